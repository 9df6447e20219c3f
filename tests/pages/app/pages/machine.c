#include <string.h>

#include "web/page.h"
#include "web/reply.h"

/* Says back what the raw body and a header were. */
static enum sm_status take(struct sm_request *rq, struct sm_reply *rp)
{
    rp->body = sm_arena_printf(rq->arena, "%zu %s\n", rq->body_len,
                               sm_request_header(rq, "HTTP_STRIPE_SIGNATURE"));
    if (!rp->body)
        return SM_INTERNAL;
    rp->body_len = strlen(rp->body);
    rp->type = "text/plain; charset=utf-8";
    return SM_OK;
}

const struct sm_page sm_page_machine = {
    .path = "/machine",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .post = take,
    .limit = "notify",
    .body_max = 300000,
    .help = "Takes a signed body.",
};
