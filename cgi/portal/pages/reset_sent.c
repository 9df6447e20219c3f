/* After a new password was asked for: the same for everybody. */
#include "web/page.h"
#include "web/reply.h"
#include "web/request.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    (void)rp;
    return SM_OK;
}

const struct sm_page sm_page_reset_sent = {
    .path = "/reset/sent",
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .tpl = "reset_sent.tpl",
    .help = "Says that a link comes by mail.",
};
