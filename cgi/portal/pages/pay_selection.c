/* From an account to paying: the bill of a place opens in this browser, with
 * the log-in's address for the receipt.  From there on it is a guest's. */
#include <string.h>

#include "portal/guest.h"
#include "portal/login.h"
#include "sql/pay_selection.h"

static const struct sm_input inputs[] = {
    {"place", SM_IN_ID, .required = true},
};

static enum sm_status open_bill(struct sm_request *rq, struct sm_reply *rp)
{
    const char *email = rq->customer->email;
    struct sm_handle handle;
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!rq->inputs_ok)
        return sm_reply_see_other(rq, rp, "/home");
    sm_handle_new(&handle, rq);

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "place")->id),
        sm_arg_bytes(handle.hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_text(strchr(email, '@') ? email : NULL),
        sm_arg_text(sm_lang_code(rq->lang)),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_self_pay_open, args);
    if (st != SM_OK)
        return st;
    if (!sm_row_bool(rows, 0, SELF_PAY_OPEN__DONE))
        return SM_NOT_FOUND;
    return sm_reply_see_other(rq, rp, "/pay/%s", handle.text);
}

const struct sm_page sm_page_pay_selection = {
    .path = "/pay/selection",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = open_bill,
    .personal = true,
    .repeatable = true,
    .help = "Open the bill of a place for paying.",
};
