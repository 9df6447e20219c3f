/* Refunds on their way: each is sent, and asked about until it is decided. */
#include "base/clock.h"
#include "base/log.h"
#include "jobs/jobs.h"
#include "sql/pay_refund.h"

#define BATCH 10
#define SPAN_S 100
#define IDLE_MS 1000
#define ARENA_MAX (16u * 1024 * 1024)

static void send(void *ctx, struct sm_arena *arena, const struct sm_rows *rows,
                 int i, int budget_ms)
{
    struct sm_jobs *jobs = ctx;
    struct sm_error err = {.message = ""};
    struct sm_pay_result result = {.state = "", .applied = ""};
    struct sm_log_line line;
    enum sm_status status;
    char id[SM_ID_TEXT];

    status =
        sm_pay_refund_send(&result, jobs->pay, arena,
                           sm_row_bytes(rows, i, PAY_REFUND_CLAIM__REFUND_ID),
                           (int)sm_row_int(rows, i, PAY_REFUND_CLAIM__ASKED),
                           budget_ms, sm_clock_now_us(), &err);
    sm_id_format(id, sm_row_bytes(rows, i, PAY_REFUND_CLAIM__REFUND_ID));
    sm_log_begin(&line, status == SM_OK ? SM_LOG_INFO : SM_LOG_WARN, "refund");
    sm_log_str(&line, "refund", id);
    sm_log_int(&line, "asked", sm_row_int(rows, i, PAY_REFUND_CLAIM__ASKED));
    sm_log_str(&line, "from", sm_row_text(rows, i, PAY_REFUND_CLAIM__STATE));
    sm_log_str(&line, "to", result.state);
    if (status != SM_OK)
        sm_log_str(&line, "why", err.message);
    sm_log_end(&line);
}

static const struct sm_jobs_kind refunding = {
    .claim = &sm_sql_pay_refund_claim,
    .claim_event = "refund_claim",
    .batch = BATCH,
    .span_s = SPAN_S,
    .work = send,
};

void *sm_jobs_refunds(void *arg)
{
    struct sm_jobs *jobs = arg;
    struct sm_arena *batch = sm_arena_new(ARENA_MAX);
    struct sm_arena *one = sm_arena_new(ARENA_MAX);
    int budget_ms = (int)sm_settings_int(jobs->settings, "processor.total_ms");

    while (batch != NULL && one != NULL && !sm_jobs_stopping(jobs)) {
        if (sm_jobs_round(jobs, &refunding, batch, one, budget_ms, jobs) <
                BATCH &&
            sm_jobs_wait(jobs, IDLE_MS))
            break;
    }
    sm_arena_free(one);
    sm_arena_free(batch);
    return NULL;
}
