/* Money that was paid beyond the bill goes back to who paid it. */
#include "pay/attempt.h"
#include "pay/pay_app.h"
#include "sql/status.h"
#include "web/page.h"

static const struct sm_input inputs[] = {SM_ATTEMPT_INPUTS};

/* Only the wish is noted here; jobs asks the processor.  A second click finds
 * the first one's wish. */
static enum sm_status want_back(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_rows *rows = NULL;
    struct sm_attempt attempt;
    enum sm_status status;

    status = sm_attempt_load(&attempt, rq);
    if (status != SM_OK)
        return status;
    status = sm_request_query(
        &rows, rq, &sm_sql_payer_refund,
        (const struct sm_arg[]){
            sm_arg_uuid(attempt.id), sm_arg_bytes(rq->browser_hash, 32),
            sm_arg_bool(attempt.key[0] != '\0'), sm_arg_time(rq->now_us)});
    return status == SM_OK ? sm_attempt_see(rq, rp, &attempt) : status;
}

const struct sm_page sm_page_status_refund = {
    .path = "/pay/status/{payment}/refund",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = want_back,
    .limit = "start",
    .personal = true,
    .repeatable = true,
    .instance = "pay",
    .help = "Return what was paid beyond the bill, for who paid it.",
};
