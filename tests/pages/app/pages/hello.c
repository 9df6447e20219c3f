#include "keys.h"
#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "who", .type = SM_IN_TEXT, .max = 40, .label = "Who"},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    sm_set(rp->dict, K_GREETING, sm_in(rq, "who")->text);
    return SM_OK;
}

const struct sm_page sm_page_hello = {
    .path = "/hello",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "hello.tpl",
    .help = "A greeting.",
};
