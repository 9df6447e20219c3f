/* Refunds on their way, and the books held against the processor's: its list of
 * orders once a day, its payouts once an hour. */
#include "base/clock.h"
#include "base/log.h"
#include "jobs/jobs.h"
#include "sql/pay_refund.h"

#define BATCH 10
#define SPAN_S 100
#define IDLE_MS 1000
#define BOOKS_MS (60 * 1000)        /* is a comparison due? */
#define PAYOUTS_MS (60 * 60 * 1000) /* are there payouts? */
#define ARENA_MAX (16u * 1024 * 1024)
#define DAY_US (INT64_C(86400) * 1000000)
#define COMPARE_DAYS 4 /* orders are compared on each of so many days */
#define SETTLE_US (INT64_C(3600) * 1000000) /* the last hour still moves */

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

    for (i = 0; (processor = sm_pay_processor_at(jobs->pay, i)) != NULL; i++) {
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

static void payouts(struct sm_jobs *jobs)
{
    const struct sm_processor *processor;
    enum sm_status status;
    int i, count;

    for (i = 0; (processor = sm_pay_processor_at(jobs->pay, i)) != NULL; i++) {
        struct sm_error err = {.message = ""};
        int64_t now_us = sm_clock_now_us();

        status = sm_pay_payouts(&count, jobs->pay, processor, now_us, &err);
        if (count > 0)
            sm_log_msg(SM_LOG_INFO, "payouts", "%s: %d posted", processor->name,
                       count);
        if (status != SM_OK && status != SM_NOT_FOUND)
            sm_log_error("payouts", status, &err);
    }
}

void *sm_jobs_money(void *arg)
{
    struct sm_jobs *jobs = arg;
    struct sm_arena *batch = sm_arena_new(ARENA_MAX);
    struct sm_arena *one = sm_arena_new(ARENA_MAX);
    int budget_ms = (int)sm_settings_int(jobs->settings, "processor.total_ms");
    int64_t compare_ms = 0, payouts_ms = 0, now_ms;

    while (batch != NULL && one != NULL && !sm_jobs_stopping(jobs)) {
        now_ms = sm_clock_mono_ms();
        if (sm_jobs_round(jobs, &refunding, batch, one, budget_ms, jobs) ==
            BATCH)
            continue;
        if (now_ms >= compare_ms) {
            compare(jobs, one);
            compare_ms = now_ms + BOOKS_MS;
        }
        if (now_ms >= payouts_ms) {
            payouts(jobs);
            payouts_ms = now_ms + PAYOUTS_MS;
        }
        if (sm_jobs_wait(jobs, IDLE_MS))
            break;
    }
    sm_arena_free(one);
    sm_arena_free(batch);
    return NULL;
}
