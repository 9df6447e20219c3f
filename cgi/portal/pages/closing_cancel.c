/* The mailed link that keeps an account which was to be closed. */
#include "keys.h"
#include "portal/mailed.h"
#include "sql/data.h"

static const struct sm_input inputs[] = {SM_LOGIN_TOKEN};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    return sm_mailed_show(rq, rp, "closing");
}

static enum sm_status take(struct sm_request *rq, struct sm_reply *rp)
{
    const char *outcome;
    enum sm_status st =
        sm_mailed_take(&outcome, rq, rp, "closing", &sm_sql_auth_close_cancel);

    if (st == SM_OK && outcome)
        rp->tpl = "closing_kept.tpl";
    return st;
}

const struct sm_page sm_page_closing_cancel = {
    .path = "/closing/{token}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = take,
    .tpl = "closing_cancel.tpl",
    .limit = "lookup",
    .personal = true,
    .repeatable = true,
    .help = "Keep an account that was to be closed, by the mailed link.",
};
