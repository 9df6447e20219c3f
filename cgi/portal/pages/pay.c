/* The look-up of a bill: two fields, no account. */
#include <string.h>

#include "assets.h"
#include "keys.h"
#include "portal/guest.h"
#include "portal/login.h"
#include "sql/pay.h"
#include "view/lang.h"

static const struct sm_input inputs[] = {
    {"payment_code", SM_IN_PAYMENT_CODE, .required = true,
     .label = SM_N_("Payment code")},
    {"email", SM_IN_EMAIL, .required = true, .label = SM_N_("E-mail address")},
    {"invoice_last4", SM_IN_TEXT, .min = 4, .max = 4,
     .label = SM_N_("Last 4 characters of the invoice number")},
};

static bool second_factor_is(const struct sm_request *rq, const char *what)
{
    return strcmp(sm_settings_str(rq->app->settings, "guest_pay.second_factor"),
                  what) == 0;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    sm_portal_code_form(rq, rp);
    sm_set(rp->dict, K_ASSET_BILL, SM_ASSET_BILL_SVG);
    sm_show_if(rp->dict, K_ASK_LAST4, second_factor_is(rq, "invoice_last4"));
    return SM_OK;
}

/* SHA-256 of the upper-case characters, as the database compares it. */
static struct sm_arg last4_arg(struct sm_request *rq)
{
    const struct sm_value *typed = sm_in(rq, "invoice_last4");
    uint8_t *hash = sm_arena_alloc(rq->arena, SM_HASH_BYTES);
    char *text = sm_arena_strdup(rq->arena, typed->text);

    if (!second_factor_is(rq, "invoice_last4") || hash == NULL || text == NULL)
        return sm_arg_null(SM_TYPE_BYTEA);
    for (char *p = text; *p; p++)
        *p = sm_to_upper(*p);
    sm_sha256(hash, text, strlen(text));
    return sm_arg_bytes(hash, SM_HASH_BYTES);
}

static enum sm_status look_up(struct sm_rows **out, struct sm_request *rq,
                              const struct sm_handle *handle)
{
    const char *email = sm_in(rq, "email")->text;
    uint8_t step_up[SM_HASH_BYTES];

    sm_random(step_up, sizeof(step_up));

    const struct sm_arg args[] = {
        sm_portal_hash(rq, "payment_code", sm_in(rq, "payment_code")->text),
        sm_arg_bytes(handle->hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_arg_text(email),
        sm_login_mailbox(rq, email),
        sm_arg_text(sm_lang_code(rq->lang)),
        sm_arg_bytes(step_up, sizeof(step_up)),
        last4_arg(rq),
        sm_portal_limits(rq, second_factor_is(rq, "email_stepup")),
        sm_arg_time(rq->now_us),
    };

    return sm_request_query(out, rq, &sm_sql_guest_open, args);
}

static enum sm_status open_bill(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_handle handle;
    struct sm_rows *rows = NULL;
    const char *outcome;
    enum sm_status st = show(rq, rp);

    if (st != SM_OK)
        return st;
    if (second_factor_is(rq, "invoice_last4") &&
        !sm_in(rq, "invoice_last4")->present) {
        sm_in_refuse(rq, "invoice_last4",
                     SM_N_("Type the last 4 characters of an invoice "
                           "number."));
        return SM_INVALID;
    }
    if (!rq->inputs_ok)
        return SM_INVALID;
    sm_handle_new(&handle, rq);
    st = look_up(&rows, rq, &handle);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, GUEST_OPEN__OUTCOME);
    sm_portal_count(outcome);
    if (strcmp(outcome, "ok") == 0)
        return sm_reply_see_other(rq, rp, "/pay/%s", handle.text);
    if (strcmp(outcome, "miss") == 0)
        return sm_portal_miss(rq);
    if (strcmp(outcome, "throttled") == 0)
        return sm_portal_slow(rq, rp,
                              sm_row_int(rows, 0, GUEST_OPEN__RETRY_AFTER_S));
    rp->tpl = "pay_sent.tpl";
    return SM_OK;
}

const struct sm_page sm_page_pay = {
    .path = "/pay",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = open_bill,
    .tpl = "pay.tpl",
    .limit = "lookup",
    .repeatable = true,
    .help = "Look a bill up by its payment code.",
};
