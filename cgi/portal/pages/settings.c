/* The settings of who is logged in. */
#include "keys.h"
#include "web/page.h"
#include "web/reply.h"
#include "web/request.h"

static const struct sm_input inputs[] = {
    {"news", SM_IN_CHOICE, .choices = "password|code_on|code_off"},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    sm_set(rp->dict, K_LOGIN_EMAIL, rq->customer->email);
    sm_show_if(rp->dict, K_SECOND_ON, rq->customer->second);
    sm_show_if(rp->dict, K_SECOND_OFF, !rq->customer->second);
    return SM_OK;
}

const struct sm_page sm_page_settings = {
    .path = "/settings",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "settings.tpl",
    .personal = true,
    .help = "What can be set, with the way to each.",
};
