/* POST /dispute/{session}: the payer's bank contests a payment. */
#include "sandbox/desk.h"
#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "session", .type = SM_IN_TOKEN, .required = true, .max = 60},
};

static enum sm_status dispute(struct sm_request *rq, struct sm_reply *rp)
{
    enum sm_status st = sb_desk_dispute(sm_in(rq, "session")->text);

    if (st != SM_OK)
        return st;
    rp->http = 303;
    rp->location = "/";
    return SM_OK;
}

const struct sm_page sm_page_dispute = {
    .path = "/dispute/{session}",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = dispute,
    .help = "Let the payer's bank contest a paid session.",
};
