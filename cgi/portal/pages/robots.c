/* Rules for robots. */
#include "web/page.h"
#include "web/reply.h"

/* Bills and payments are nobody's search result. */
static const char rules[] = "User-agent: *\n"
                            "Disallow: /*/pay/\n"
                            "Disallow: /*/l/\n"
                            "Disallow: /gw/\n";

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    sm_reply_text(rp, 200, "text/plain; charset=utf-8", rules);
    return SM_OK;
}

const struct sm_page sm_page_robots = {
    .path = "/robots.txt",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .help = "Rules for robots.",
};
