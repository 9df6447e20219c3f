/* The terms of use. */
#include "portal/guest.h"
#include "web/page.h"
#include "web/reply.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    sm_portal_company(rq, rp->dict);
    return SM_OK;
}

const struct sm_page sm_page_terms = {
    .path = "/terms",
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .tpl = "terms.tpl",
    .help = "Terms of paying bills on this site.",
};
