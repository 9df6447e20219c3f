/* "Ask now": one question to the processor, then the status page. */
#include "base/log.h"
#include "pay/attempt.h"
#include "pay/pay_app.h"
#include "web/page.h"

#define BUDGET_MS 4000

static const struct sm_input inputs[] = {SM_ATTEMPT_INPUTS};

static enum sm_status ask(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_pay_result result;
    struct sm_attempt attempt;
    enum sm_status status;

    status = sm_attempt_load(&attempt, rq);
    if (status != SM_OK)
        return status;
    sm_request_db_release(rq);
    if (!sm_pay_is_final(attempt.state)) {
        status = sm_pay_ask(&result, sm_pay_app(rq)->pay, rq->arena, attempt.id,
                            BUDGET_MS, rq->now_us, &rq->err);
        /* Not being able to ask is no failure of the page: it says so. */
        if (status != SM_OK)
            sm_log_error("status_ask", status, &rq->err);
    }
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
