/* The accessibility statement. */
#include "portal/guest.h"
#include "web/page.h"
#include "web/reply.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    sm_portal_company(rq, rp->dict);
    return SM_OK;
}

const struct sm_page sm_page_accessibility = {
    .path = "/accessibility",
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .tpl = "accessibility.tpl",
    .help = "Accessibility statement after EN 301 549.",
};
