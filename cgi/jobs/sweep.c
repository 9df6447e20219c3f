/* The sweep: every attempt in flight is asked about when it is due, until the
 * truth is known.  What a crash left behind is found here. */
#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "jobs/jobs.h"
#include "sql/jobs_work.h"

#define BATCH 10
#define SPAN_S 100
#define IDLE_MS 1000
#define ARENA_MAX (16u * 1024 * 1024)

static void ask(void *ctx, struct sm_arena *arena, const struct sm_rows *rows,
                int i, int budget_ms)
{
    struct sm_jobs *jobs = ctx;
    struct sm_error err = {.message = ""};
    struct sm_pay_result result;
    struct sm_log_line line;
    enum sm_status status;

    status = sm_pay_ask(&result, jobs->pay, arena,
                        sm_row_bytes(rows, i, JOBS_SWEEP_CLAIM__PAYMENT_ID),
                        budget_ms, sm_clock_now_us(), &err);
    sm_log_begin(&line, status == SM_OK ? SM_LOG_INFO : SM_LOG_WARN, "sweep");
    sm_log_str(&line, "order_no",
               sm_row_text(rows, i, JOBS_SWEEP_CLAIM__ORDER_NO));
    sm_log_int(&line, "asked",
               sm_row_int(rows, i, JOBS_SWEEP_CLAIM__ASKED_COUNT));
    sm_log_str(&line, "from", sm_row_text(rows, i, JOBS_SWEEP_CLAIM__STATE));
    sm_log_str(&line, "to", result.state);
    if (status != SM_OK)
        sm_log_str(&line, "why", err.message);
    sm_log_end(&line);
}

static const struct sm_jobs_kind sweeping = {
    .claim = &sm_sql_jobs_sweep_claim,
    .claim_event = "sweep_claim",
    .batch = BATCH,
    .span_s = SPAN_S,
    .work = ask,
};

void *sm_jobs_sweep(void *arg)
{
    struct sm_jobs *jobs = arg;
    struct sm_arena *batch = sm_arena_new(ARENA_MAX);
    struct sm_arena *one = sm_arena_new(ARENA_MAX);
    int budget_ms = (int)sm_settings_int(jobs->settings, "processor.total_ms");

    while (batch != NULL && one != NULL && !sm_jobs_stopping(jobs)) {
        if (sm_jobs_round(jobs, &sweeping, batch, one, budget_ms, jobs) <
                BATCH &&
            sm_jobs_wait(jobs, IDLE_MS))
            break;
    }
    sm_arena_free(one);
    sm_arena_free(batch);
    return NULL;
}

void sm_jobs_figures(struct sm_jobs *jobs, struct sm_arena *arena)
{
    static const struct {
        enum sm_metric metric;
        int column;
    } figures[] = {
        {SM_METRIC_ATTEMPTS_CREATED, JOBS_FIGURES__CREATED},
        {SM_METRIC_ATTEMPTS_REQUESTED, JOBS_FIGURES__REQUESTED},
        {SM_METRIC_ATTEMPTS_OPEN, JOBS_FIGURES__OPEN},
        {SM_METRIC_ATTEMPTS_PENDING, JOBS_FIGURES__PENDING},
        {SM_METRIC_ATTEMPTS_OLDEST_S, JOBS_FIGURES__ATTEMPTS_OLDEST_S},
        {SM_METRIC_UNMATCHED, JOBS_FIGURES__UNMATCHED},
        {SM_METRIC_TASKS, JOBS_FIGURES__TASKS},
        {SM_METRIC_TASKS_OLDEST_S, JOBS_FIGURES__TASKS_OLDEST_S},
        {SM_METRIC_REFUNDS, JOBS_FIGURES__REFUNDS},
        {SM_METRIC_OUTBOX_DEPTH, JOBS_FIGURES__OUTBOX_DEPTH},
        {SM_METRIC_OUTBOX_OLDEST_S, JOBS_FIGURES__OUTBOX_OLDEST_S},
        {SM_METRIC_FEED_AGE_S, JOBS_FIGURES__FEED_AGE_S},
    };
    struct sm_error err = {.message = ""};
    struct sm_rows *rows = NULL;
    enum sm_status status;
    size_t i;

    sm_arena_clear(arena);
    status = sm_jobs_run(
        &rows, jobs, arena, &sm_sql_jobs_figures,
        (const struct sm_arg[]){sm_arg_time(sm_clock_now_us())}, &err);
    if (status != SM_OK) {
        sm_log_error("figures", status, &err);
        return;
    }
    for (i = 0; i < SM_COUNT(figures); i++)
        sm_metric_set(figures[i].metric,
                      sm_row_int(rows, 0, figures[i].column));
}
