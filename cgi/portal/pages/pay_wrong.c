/* What to do when a payment went wrong. */
#include "portal/guest.h"
#include "web/page.h"
#include "web/reply.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    sm_portal_company(rq, rp->dict);
    return SM_OK;
}

const struct sm_page sm_page_pay_wrong = {
    .path = "/pay/wrong",
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .tpl = "pay_wrong.tpl",
    .help = "What to do after a wrong or a double payment.",
};
