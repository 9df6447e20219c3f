/* "Ask now": one question to the processor, then the status page. */
#include "pay/attempt.h"
#include "web/page.h"

#define BUDGET_MS 4000

static const struct sm_input inputs[] = {SM_ATTEMPT_INPUTS};

static enum sm_status ask(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_attempt attempt;
    enum sm_status status;

    status = sm_attempt_load(&attempt, rq);
    if (status != SM_OK)
        return status;
    sm_attempt_ask(rq, &attempt, BUDGET_MS, "status_ask");
    return sm_attempt_see(rq, rp, &attempt);
}

const struct sm_page sm_page_status_ask = {
    .path = "/pay/status/{payment}/ask",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = ask,
    .limit = "start",
    .personal = true,
    .instance = "pay",
    .help = "Ask the processor about a payment at once.",
};
