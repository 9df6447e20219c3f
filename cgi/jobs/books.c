/* The books held against the processor's: its list of orders once a day, its
 * payouts once an hour.  Both may take minutes, so they have a thread. */
#include "base/clock.h"
#include "base/log.h"
#include "jobs/jobs.h"

#define IDLE_MS (60 * 1000)         /* is a comparison due? */
#define PAYOUTS_MS (60 * 60 * 1000) /* are there payouts? */
#define ARENA_MAX (16u * 1024 * 1024)
#define DAY_US (INT64_C(86400) * 1000000)
#define COMPARE_DAYS 4 /* orders are compared on each of so many days */
#define SETTLE_US (INT64_C(3600) * 1000000) /* the last hour still moves */

static void log_compared(const struct sm_processor *processor,
                         const struct sm_pay_compared *found,
                         enum sm_status status, const struct sm_error *err)
{
    bool clean = status == SM_OK && found->missing_here == 0 &&
                 found->missing_there == 0 && found->differs == 0;
    struct sm_log_line line;

    sm_log_begin(&line, clean ? SM_LOG_INFO : SM_LOG_WARN, "compare");
    sm_log_str(&line, "processor", processor->name);
    sm_log_int(&line, "listed", found->listed);
    sm_log_int(&line, "missing_here", found->missing_here);
    sm_log_int(&line, "missing_there", found->missing_there);
    sm_log_int(&line, "differs", found->differs);
    if (status != SM_OK)
        sm_log_str(&line, "why", err->message);
    sm_log_end(&line);
}

static void compare(struct sm_jobs *jobs, struct sm_arena *arena)
{
    const struct sm_processor *processor;
    struct sm_pay_compared found;
    enum sm_status status;
    int i;

    for (i = 0; !sm_jobs_stopping(jobs) &&
                (processor = sm_pay_processor_at(jobs->pay, i)) != NULL;
         i++) {
        struct sm_error err = {.message = ""};
        int64_t now_us = sm_clock_now_us();

        sm_arena_clear(arena);
        if (!sm_pay_compare_due(jobs->pay, processor, arena, now_us))
            continue;
        status = sm_pay_compare(&found, jobs->pay, processor,
                                now_us - COMPARE_DAYS * DAY_US,
                                now_us - SETTLE_US, now_us, &err);
        log_compared(processor, &found, status, &err);
    }
}

static void log_payouts(const struct sm_processor *processor,
                        const struct sm_pay_paid_out *found,
                        enum sm_status status, const struct sm_error *err)
{
    bool clean = status == SM_OK && found->differs == 0 && found->unread == 0;
    struct sm_log_line line;

    sm_log_begin(&line, clean ? SM_LOG_INFO : SM_LOG_WARN, "payouts");
    sm_log_str(&line, "processor", processor->name);
    sm_log_int(&line, "posted", found->posted);
    sm_log_int(&line, "differs", found->differs);
    sm_log_int(&line, "unread", found->unread);
    if (status != SM_OK)
        sm_log_str(&line, "why", err->message);
    sm_log_end(&line);
}

static void payouts(struct sm_jobs *jobs)
{
    const struct sm_processor *processor;
    struct sm_pay_paid_out found;
    enum sm_status status;
    int i;

    for (i = 0; !sm_jobs_stopping(jobs) &&
                (processor = sm_pay_processor_at(jobs->pay, i)) != NULL;
         i++) {
        struct sm_error err = {.message = ""};
        int64_t now_us = sm_clock_now_us();

        status = sm_pay_payouts(&found, jobs->pay, processor, now_us, &err);
        if (status != SM_NOT_FOUND)
            log_payouts(processor, &found, status, &err);
    }
}

void *sm_jobs_books(void *arg)
{
    struct sm_jobs *jobs = arg;
    struct sm_arena *arena = sm_arena_new(ARENA_MAX);
    int64_t payouts_ms = 0, now_ms;

    while (arena != NULL && !sm_jobs_stopping(jobs)) {
        now_ms = sm_clock_mono_ms();
        compare(jobs, arena);
        if (now_ms >= payouts_ms) {
            payouts(jobs);
            payouts_ms = now_ms + PAYOUTS_MS;
        }
        if (sm_jobs_wait(jobs, IDLE_MS))
            break;
    }
    sm_arena_free(arena);
    return NULL;
}
