/* Another password. */
#include "keys.h"
#include "portal/login.h"
#include "portal/second.h"

static const struct sm_input inputs[] = {
    {"old_password", SM_IN_PASSWORD, .required = true,
     .label = SM_N_("Your password now")},
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
    enum sm_status st;

    if (!rq->inputs_ok)
        return SM_INVALID;
    st = sm_login_same(rq, rp, "old_password");
    if (st != SM_OK)
        return st == SM_DENIED ? SM_OK : st;
    return sm_password_put(rq, rp, "/settings?news=password");
}

const struct sm_page sm_page_settings_password = {
    .path = "/settings/password",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = save,
    .tpl = "settings_password.tpl",
    .limit = "lookup",
    .personal = true,
    .help = "Choose another password.",
};
