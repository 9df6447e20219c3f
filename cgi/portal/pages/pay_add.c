/* A second code on the same page, for instance light and water. */
#include <string.h>

#include "keys.h"
#include "portal/guest.h"
#include "sql/pay_add.h"

static const struct sm_input inputs[] = {
    {"handle", SM_IN_ID, .required = true},
    {"payment_code", SM_IN_PAYMENT_CODE, .required = true,
     .label = SM_N_("Payment code")},
};

/* With a second factor every bill is opened by itself. */
static bool may_add(const struct sm_request *rq)
{
    return strcmp(sm_settings_str(rq->app->settings, "guest_pay.second_factor"),
                  "none") == 0;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_handle handle;

    if (!may_add(rq))
        return SM_NOT_FOUND;
    sm_handle_read(&handle, rq);
    sm_portal_code_form(rq, rp);
    sm_set(rp->dict, K_HANDLE, handle.text);
    return SM_OK;
}

static enum sm_status refuse(struct sm_request *rq, const char *sentence)
{
    enum sm_status st = sm_request_commit(rq);

    if (st != SM_OK)
        return st;
    sm_in_refuse(rq, "payment_code", sentence);
    return SM_INVALID;
}

static enum sm_status answer(struct sm_request *rq, struct sm_reply *rp,
                             const struct sm_handle *handle,
                             const struct sm_rows *rows)
{
    const char *outcome = sm_row_text(rows, 0, GUEST_ADD__OUTCOME);

    /* The COMMIT whose answer was lost has put it there. */
    if (rq->again && strcmp(outcome, "same") == 0)
        outcome = "ok";
    sm_portal_count(outcome);
    if (strcmp(outcome, "ok") == 0)
        return sm_reply_see_other(rq, rp, "/pay/%s", handle->text);
    if (strcmp(outcome, "miss") == 0)
        return sm_portal_miss(rq);
    if (strcmp(outcome, "same") == 0)
        return refuse(rq, SM_N_("This code is on the page already."));
    if (strcmp(outcome, "full") == 0)
        return refuse(rq, SM_N_("At most 5 codes can be paid at once. Pay "
                                "these first."));
    if (strcmp(outcome, "throttled") == 0)
        return sm_portal_slow(rq, rp,
                              sm_row_int(rows, 0, GUEST_ADD__RETRY_AFTER_S));
    return sm_portal_gone(rp);
}

static enum sm_status add(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_handle handle;
    struct sm_rows *rows = NULL;
    enum sm_status st = show(rq, rp);

    if (st != SM_OK)
        return st;
    if (!rq->inputs_ok)
        return SM_INVALID;
    sm_handle_read(&handle, rq);

    const struct sm_arg args[] = {
        sm_arg_bytes(handle.hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_portal_hash(rq, "payment_code", sm_in(rq, "payment_code")->text),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_portal_limits(rq, false),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_guest_add, args);
    return st == SM_OK ? answer(rq, rp, &handle, rows) : st;
}

const struct sm_page sm_page_pay_add = {
    .path = "/pay/{handle}/add",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = add,
    .tpl = "pay_add.tpl",
    .limit = "lookup",
    .personal = true,
    .repeatable = true,
    .help = "Add another payment code to the bill that is open.",
};
