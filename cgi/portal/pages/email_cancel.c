/* The link mailed to the old address, which stops or undoes a change. */
#include <string.h>

#include "keys.h"
#include "portal/mailed.h"
#include "sql/profile.h"

static const struct sm_input inputs[] = {SM_LOGIN_TOKEN};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    return sm_mailed_show(rq, rp, "email_cancel");
}

static enum sm_status take(struct sm_request *rq, struct sm_reply *rp)
{
    const char *outcome;
    enum sm_status st = sm_mailed_take(&outcome, rq, rp, "email_cancel",
                                       &sm_sql_auth_email_undo);

    if (st != SM_OK || !outcome)
        return st;
    rp->tpl = "email_done.tpl";
    sm_show(rp->dict, strcmp(outcome, "restored") == 0 ? K_EMAIL_RESTORED
                                                       : K_EMAIL_WITHDRAWN);
    return SM_OK;
}

const struct sm_page sm_page_email_cancel = {
    .path = "/email/cancel/{token}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = take,
    .tpl = "email_cancel.tpl",
    .limit = "lookup",
    .personal = true,
    .repeatable = true,
    .help = "Stop or undo the change of an e-mail address.",
};
