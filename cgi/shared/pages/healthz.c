#include "web/page.h"
#include "web/reply.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    sm_reply_text(rp, 200, "text/plain; charset=utf-8", "ok\n");
    return SM_OK;
}

const struct sm_page sm_page_healthz = {
    .path = "/healthz",
    .plain = true,
    .auth = SM_AUTH_LOOPBACK,
    .get = show,
    .help = "The process answers.",
};
