/* The mailed link that confirms a new address. */
#include "keys.h"
#include "portal/mailed.h"
#include "sql/profile.h"

static const struct sm_input inputs[] = {SM_LOGIN_TOKEN};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    return sm_mailed_show(rq, rp, "email");
}

static enum sm_status take(struct sm_request *rq, struct sm_reply *rp)
{
    const char *outcome;
    enum sm_status st =
        sm_mailed_take(&outcome, rq, rp, "email", &sm_sql_auth_email_take);

    if (st != SM_OK || !outcome)
        return st;
    rp->tpl = "email_done.tpl";
    sm_show(rp->dict, K_EMAIL_CHANGED);
    return SM_OK;
}

const struct sm_page sm_page_email = {
    .path = "/email/{token}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = take,
    .tpl = "email.tpl",
    .limit = "lookup",
    .personal = true,
    .repeatable = true,
    .help = "Confirm a new e-mail address by the link mailed to it.",
};
