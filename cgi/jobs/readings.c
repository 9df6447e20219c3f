/* What guests sent as readings: looked at here, so that the page that takes
 * them neither knows nor tells what exists. */
#include "base/clock.h"
#include "base/log.h"
#include "jobs/jobs.h"
#include "sql/jobs_work.h"

#define BATCH 100
#define IDLE_MS 1000
#define ARENA_MAX (1u * 1024 * 1024)

/* One batch; how many there were, 0 if the database did not answer. */
static int64_t take(struct sm_jobs *jobs, struct sm_arena *arena)
{
    struct sm_error err = {.message = ""};
    struct sm_rows *rows = NULL;
    struct sm_log_line line;
    enum sm_status status;
    int64_t taken;

    sm_arena_clear(arena);
    /* After a COMMIT in doubt it is not run again: what was not taken is
     * taken in a second. */
    status =
        sm_db_run_once(&rows, jobs->pool, arena, &sm_sql_jobs_inbox_take,
                       (const struct sm_arg[]){sm_arg_int4(BATCH),
                                               sm_arg_time(sm_clock_now_us())},
                       &err);
    if (status != SM_OK) {
        sm_log_error("inbox_take", status, &err);
        return 0;
    }
    taken = sm_row_int(rows, 0, JOBS_INBOX_TAKE__TAKEN);
    if (taken > 0) {
        sm_log_begin(&line, SM_LOG_INFO, "readings");
        sm_log_int(&line, "taken", taken);
        sm_log_end(&line);
    }
    return taken;
}

void *sm_jobs_readings(void *arg)
{
    struct sm_jobs *jobs = arg;
    struct sm_arena *arena = sm_arena_new(ARENA_MAX);

    while (arena != NULL && !sm_jobs_stopping(jobs)) {
        if (take(jobs, arena) < BATCH && sm_jobs_wait(jobs, IDLE_MS))
            break;
    }
    sm_arena_free(arena);
    return NULL;
}
