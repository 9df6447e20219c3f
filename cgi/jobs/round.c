/* Work that the database gives out under a lease. */
#include "base/clock.h"
#include "base/log.h"
#include "jobs/jobs.h"

enum sm_status sm_jobs_run(struct sm_rows **out, struct sm_jobs *jobs,
                           struct sm_arena *arena, const struct sm_stmt *stmt,
                           const struct sm_arg *args, struct sm_error *err)
{
    return sm_db_run(out, jobs->pool, arena, stmt, args, err);
}

int sm_jobs_round(struct sm_jobs *jobs, const struct sm_jobs_kind *kind,
                  struct sm_arena *batch, struct sm_arena *one, int budget_ms,
                  void *ctx)
{
    /* The lease outlasts the last piece however long that may take. */
    int32_t lease_s = kind->span_s + 2 * budget_ms / 1000 + 1;
    int64_t end_ms = sm_clock_mono_ms() + INT64_C(1000) * kind->span_s;
    struct sm_error err = {.message = ""};
    struct sm_rows *rows = NULL;
    enum sm_status status;
    int i;

    sm_arena_clear(batch);
    /* After a COMMIT in doubt the claim is not run again, since it would take
     * others: what it may have taken comes back when the lease ends. */
    status = sm_db_run_once(
        &rows, jobs->pool, batch, kind->claim,
        (const struct sm_arg[]){sm_arg_int4(kind->batch), sm_arg_int4(lease_s),
                                sm_arg_time(sm_clock_now_us())},
        &err);
    if (status != SM_OK) {
        sm_log_error(kind->claim_event, status, &err);
        return 0;
    }
    for (i = 0; i < sm_rows_count(rows); i++) {
        /* What is left keeps its lease and goes with the next claim: never
         * do what another process may hold by now. */
        if (sm_jobs_stopping(jobs) || sm_clock_mono_ms() > end_ms)
            return 0;
        sm_arena_clear(one);
        kind->work(ctx, one, rows, i, budget_ms);
    }
    return sm_rows_count(rows);
}
