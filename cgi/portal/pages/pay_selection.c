/* What a customer who is logged in chose to pay becomes a handle, like the one
 * that a payment code opens for a guest. */
#include "sql/pay_selection.h"

#include <string.h>

#include "base/buf.h"
#include "keys.h"
#include "portal/login.h"

static const struct sm_input inputs[] = {
    {"invoice", SM_IN_ID, .many = true, .max = SM_MANY_MAX},
    {.name = "all", .type = SM_IN_BOOL},
    {.name = "place", .type = SM_IN_ID},
    {"currency", SM_IN_TEXT, .min = 3, .max = 3},
};

/* Nothing is to be seen here; who has been sent to log in comes back so. */
static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    return sm_reply_see_other(rq, rp, "/home");
}

/* A place without bills stands for all that is open there. */
static bool wants_all(const struct sm_request *rq)
{
    return sm_in(rq, "all")->present ||
           (sm_in(rq, "place")->present && !sm_in(rq, "invoice")->present);
}

/* Argument: the chosen ids, as "hex,hex"; null for all. */
static struct sm_arg documents_arg(struct sm_request *rq)
{
    const struct sm_value *chosen = sm_in(rq, "invoice");
    char hex[2 * SM_ID_BYTES + 1];
    const char *copy;
    struct sm_buf list;

    if (wants_all(rq))
        return sm_arg_null(SM_TYPE_TEXT);
    sm_buf_init(&list, SM_MANY_MAX * sizeof(hex));
    for (size_t i = 0; i < chosen->count; i++) {
        sm_hex(hex, chosen->ids[i], SM_ID_BYTES);
        sm_buf_adds(&list, i ? "," : "");
        sm_buf_adds(&list, hex);
    }
    /* without memory: an empty list, which finds nothing */
    copy = sm_buf_ok(&list) ? sm_arena_strdup(rq->arena, list.data) : NULL;
    sm_buf_release(&list);
    return sm_arg_text(copy ? copy : "");
}

static enum sm_status refuse(struct sm_reply *rp, int http, int section)
{
    rp->http = http;
    sm_show(rp->dict, section);
    return SM_OK;
}

static enum sm_status answer(struct sm_request *rq, struct sm_reply *rp,
                             const struct sm_handle *handle,
                             const struct sm_rows *rows)
{
    const char *outcome = sm_row_text(rows, 0, PAY_SELECT__OUTCOME);
    int64_t left_out = sm_row_int(rows, 0, PAY_SELECT__LEFT_OUT);

    if (strcmp(outcome, "mixed") == 0)
        return refuse(rp, 422, K_MIXED);
    if (strcmp(outcome, "too_many") == 0)
        return refuse(rp, 422, K_TOO_MANY);
    if (strcmp(outcome, "denied") == 0) /* it has ended this moment */
        return sm_reply_see_other(rq, rp, "/login?undone=1&next=/home");
    if (strcmp(outcome, "ok") != 0)
        return refuse(rp, 404, K_NOTHING);
    if (left_out > 0)
        return sm_reply_see_other(rq, rp, "/pay/selection/%s?left_out=%d",
                                  handle->text, (int)left_out);
    return sm_reply_see_other(rq, rp, "/pay/selection/%s", handle->text);
}

static enum sm_status choose(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *place = sm_in(rq, "place");
    const struct sm_value *currency = sm_in(rq, "currency");
    struct sm_handle handle;
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!rq->inputs_ok) {
        sm_show(rp->dict, K_REFUSED);
        return SM_INVALID;
    }
    if (!wants_all(rq) && !sm_in(rq, "invoice")->present)
        return refuse(rp, 422, K_NONE_CHOSEN);
    sm_handle_new(&handle, rq);

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(handle.hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_uuid(place->present ? place->id : NULL),
        documents_arg(rq),
        sm_arg_text(currency->present ? currency->text : NULL),
        sm_arg_text(sm_lang_code(rq->lang)),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_pay_select, args);
    return st == SM_OK ? answer(rq, rp, &handle, rows) : st;
}

const struct sm_page sm_page_pay_selection = {
    .path = "/pay/selection",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = choose,
    .tpl = "pay_selection.tpl",
    .limit = "start",
    .personal = true,
    .repeatable = true,
    .help = "Choose invoices to pay: a list of them, or all.",
};
