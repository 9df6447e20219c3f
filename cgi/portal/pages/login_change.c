/* A password of one's own in place of the one that was handed out on paper. */
#include <string.h>

#include "keys.h"
#include "portal/login.h"
#include "portal/second.h"

static const struct sm_input inputs[] = {
    {"password", SM_IN_PASSWORD, .required = true,
     .label = SM_N_("New password")},
    {"password_again", SM_IN_PASSWORD, .required = true,
     .label = SM_N_("The same password again")},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    (void)rp;
    return SM_OK;
}

static enum sm_status save(struct sm_request *rq, struct sm_reply *rp)
{
    return sm_password_put(rq, rp, "/home");
}

const struct sm_page sm_page_login_change = {
    .path = "/login/change",
    .auth = SM_AUTH_CUSTOMER,
    .stage = "change",
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = save,
    .tpl = "login_change.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "Replace the password that was handed out.",
};
