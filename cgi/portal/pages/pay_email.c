/* The address that the receipt goes to. */
#include "sql/pay_email.h"
#include "keys.h"
#include "portal/guest.h"
#include "sql/pay_bill.h"

static const struct sm_input inputs[] = {
    {"handle", SM_IN_ID, .required = true},
    {"email", SM_IN_EMAIL, .required = true, .label = SM_N_("E-mail address")},
};

/* The form, with the address that is kept now. */
static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_handle handle;
    struct sm_rows *rows = NULL;
    const char *email = "";
    bool selected = false;
    enum sm_status st;

    st = sm_portal_bill(&rows, &handle, rq);
    if (st == SM_OK && sm_rows_count(rows) == 0)
        st = sm_portal_selected(&selected, &email, &handle, rq);
    else if (st == SM_OK)
        email = sm_row_text(rows, 0, GUEST_BILL__EMAIL);
    if (st != SM_OK)
        return st;
    if (sm_rows_count(rows) == 0 && !selected)
        return sm_portal_gone(rp);
    sm_set(rp->dict, K_HANDLE, handle.text);
    sm_set(rp->dict, K_EMAIL_VALUE, email);
    return SM_OK;
}

static enum sm_status save(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_handle handle;
    struct sm_rows *rows = NULL;
    enum sm_status st;

    sm_handle_read(&handle, rq);
    sm_set(rp->dict, K_HANDLE, handle.text);
    if (!rq->inputs_ok)
        return SM_INVALID;

    const struct sm_arg args[] = {
        sm_arg_bytes(handle.hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_text(sm_in(rq, "email")->text),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_guest_email, args);
    if (st != SM_OK)
        return st;
    if (!sm_row_bool(rows, 0, GUEST_EMAIL__DONE))
        return sm_portal_gone(rp);
    return sm_reply_see_other(rq, rp, "/pay/%s", handle.text);
}

const struct sm_page sm_page_pay_email = {
    .path = "/pay/{handle}/email",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = save,
    .tpl = "pay_email.tpl",
    .personal = true,
    .repeatable = true,
    .help = "Give or correct the address that the receipt goes to.",
};
