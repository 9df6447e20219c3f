/* Everything that works without an account. */
#include "web/page.h"
#include "web/reply.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    (void)rp;
    return SM_OK;
}

const struct sm_page sm_page_services = {
    .path = "/services",
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .tpl = "services.tpl",
    .help = "Everything that works without an account, on one page.",
};
