/* Cancel a payment that was not finished: only what the processor confirms. */
#include "base/log.h"
#include "pay/attempt.h"
#include "pay/pay_app.h"
#include "web/page.h"

#define BUDGET_MS 6000

static const struct sm_input inputs[] = {SM_ATTEMPT_INPUTS};

static enum sm_status cancel(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_pay_result result;
    struct sm_attempt attempt;
    enum sm_status status;

    status = sm_attempt_load(&attempt, rq);
    if (status != SM_OK)
        return status;
    if (!attempt.mine)
        return SM_NOT_FOUND;
    sm_request_db_release(rq);
    if (!sm_pay_is_final(attempt.state)) {
        status = sm_pay_cancel(&result, sm_pay_app(rq)->pay, rq->arena,
                               attempt.id, BUDGET_MS, rq->now_us, &rq->err);
        if (status != SM_OK)
            sm_log_error("status_cancel", status, &rq->err);
    }
    return sm_attempt_see(rq, rp, &attempt);
}

const struct sm_page sm_page_status_cancel = {
    .path = "/pay/status/{payment}/cancel",
    .auth = SM_AUTH_BROWSER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = cancel,
    .limit = "start",
    .personal = true,
    .instance = "pay",
    .help = "Close a payment at the processor, for who started it.",
};
