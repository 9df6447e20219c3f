/* The browser comes back from the processor.  What its address says proves
 * nothing and is not read: our own state counts, after one short question. */
#include "pay/attempt.h"
#include "pay/pay_app.h"
#include "pay/receive.h"
#include "web/page.h"

#define BUDGET_MS 2000

static const struct sm_input inputs[] = {SM_ATTEMPT_INPUTS};

static enum sm_status come_back(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_attempt attempt;
    enum sm_status status;

    status = sm_attempt_load(&attempt, rq);
    /* Another browser (a link opened in an app) gets no question asked; the
     * status page tells it what it may know. */
    if (status == SM_NOT_FOUND && sm_in(rq, "payment")->error == NULL)
        return sm_attempt_see(rq, rp, &attempt);
    if (status != SM_OK)
        return status;
    sm_attempt_ask(rq, &attempt, BUDGET_MS, "pay_return_ask");
    return sm_attempt_see(rq, rp, &attempt);
}

/* A processor that has the browser carry a signed form back: what it says is
 * kept like a notification; where to go on is said by the address alone. */
static enum sm_status come_back_signed(struct sm_request *rq,
                                       struct sm_reply *rp)
{
    struct sm_received received;

    sm_receive_any(&received, rq);
    return sm_reply_see_other(rq, rp, "/pay/status/%s",
                              sm_in(rq, "payment")->raw);
}

const struct sm_page sm_page_pay_return = {
    .path = "/pay/return/{payment}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = come_back,
    .post = come_back_signed,
    .signed_post = true,
    .limit = "start",
    .personal = true,
    .get_writes = true,
    .instance = "pay",
    .help = "Where the processor sends the browser; asks it once.",
};
