/* Money that was received must stand on an account within company.post_days:
 * figures of what does not yet, and an alarm, once each, for what is late. */
#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "jobs/jobs.h"
#include "sql/jobs_work.h"

/* Note the late money of row I; the log tells of it the first time. */
static void alarm_of(struct sm_jobs *jobs, struct sm_arena *arena,
                     const struct sm_rows *rows, int i)
{
    const struct sm_arg args[] = {
        sm_arg_int8(sm_row_int(rows, i, JOBS_UNPOSTED__UNMATCHED_ID)),
        sm_arg_time(sm_clock_now_us()),
    };
    struct sm_error err = {.message = ""};
    struct sm_rows *noted = NULL;
    struct sm_log_line line;
    enum sm_status status =
        sm_jobs_run(&noted, jobs, arena, &sm_sql_jobs_not_posted, args, &err);

    if (status != SM_OK) {
        sm_log_error("not_posted", status, &err);
        return;
    }
    if (!sm_row_bool(noted, 0, JOBS_NOT_POSTED__NEW))
        return;
    sm_log_begin(&line, SM_LOG_ERROR, "payment_not_posted");
    sm_log_int(&line, "unmatched",
               sm_row_int(rows, i, JOBS_UNPOSTED__UNMATCHED_ID));
    sm_log_str(&line, "processor",
               sm_row_text(rows, i, JOBS_UNPOSTED__PROCESSOR));
    sm_log_str(&line, "reference",
               sm_row_text(rows, i, JOBS_UNPOSTED__REFERENCE));
    sm_log_int(&line, "amount_minor",
               sm_row_int(rows, i, JOBS_UNPOSTED__AMOUNT_MINOR));
    sm_log_str(&line, "currency",
               sm_row_text(rows, i, JOBS_UNPOSTED__CURRENCY));
    sm_log_end(&line);
}

void sm_jobs_posting(struct sm_jobs *jobs, struct sm_arena *arena)
{
    int64_t days = sm_settings_int(jobs->settings, "company.post_days");
    int64_t now = sm_clock_now_us(), today, late = 0, oldest = 0;
    struct sm_error err = {.message = ""};
    struct sm_rows *rows = NULL;
    enum sm_status status;

    sm_arena_clear(arena);
    status = sm_jobs_run(&rows, jobs, arena, &sm_sql_jobs_unposted, NULL, &err);
    if (status != SM_OK) {
        sm_log_error("unposted", status, &err);
        return;
    }
    today = sm_date_to_days(sm_date_local(now));
    for (int i = 0; i < sm_rows_count(rows); i++) {
        int64_t at = sm_row_time(rows, i, JOBS_UNPOSTED__RECEIVED_AT);

        if (oldest < (now - at) / 1000000)
            oldest = (now - at) / 1000000;
        if (today <= sm_date_to_days(sm_pay_posted_by(at, days)))
            continue;
        late++;
        if (!sm_row_bool(rows, i, JOBS_UNPOSTED__TOLD))
            alarm_of(jobs, arena, rows, i);
    }
    sm_metric_set(SM_METRIC_UNPOSTED, sm_rows_count(rows));
    sm_metric_set(SM_METRIC_UNPOSTED_LATE, late);
    sm_metric_set(SM_METRIC_UNPOSTED_OLDEST_S, oldest);
}
