/* How the company is reached. */
#include "portal/guest.h"
#include "web/page.h"
#include "web/reply.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    sm_portal_company(rq, rp->dict);
    return SM_OK;
}

const struct sm_page sm_page_contact = {
    .path = "/contact",
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .tpl = "contact.tpl",
    .help = "Telephone, e-mail, address, cash desks, bank account.",
};
