#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "id", .type = SM_IN_ID, .required = true},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    sm_reply_text(rp, 200, "text/plain; charset=utf-8", "yours\n");
    return SM_OK;
}

const struct sm_page sm_page_mine = {
    .path = "/mine/{id}",
    .auth = SM_AUTH_BROWSER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .personal = true,
    .help = "Only for a browser that carries our cookie.",
};
