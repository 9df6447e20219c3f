/* The one cookie. */
#include "web/page.h"
#include "web/reply.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    (void)rp;
    return SM_OK;
}

const struct sm_page sm_page_cookies = {
    .path = "/cookies",
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .tpl = "cookies.tpl",
    .help = "The one cookie and what it is for.",
};
