/* smetka sweep: ask about everything that is due, now. */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "ctl/work.h"
#include "sql/ctl_show.h"
#include "sql/jobs_work.h"
#include "sql/pay_refund.h"

enum { BATCH = 10 };
#define ONE_MAX ((size_t)16 << 20)

struct tally {
    int asked, settled, closed, unanswered, refunds;
};

struct sweep {
    struct ctl_work *work;
    struct sm_arena *one; /* of one piece */
    int budget_ms;
    struct tally tally;
};

static void count(struct tally *tally, enum sm_status status,
                  const struct sm_pay_result *result)
{
    tally->asked++;
    if (status != SM_OK)
        tally->unanswered++;
    else if (sm_pay_is_final(result->state))
        *(result->state[0] == 's' ? &tally->settled : &tally->closed) += 1;
}

static void ask(struct sweep *sweep, const struct sm_rows *rows, int i)
{
    struct sm_pay_result result;

    count(&sweep->tally,
          sm_pay_ask(&result, sweep->work->pay, sweep->one,
                     sm_row_bytes(rows, i, JOBS_SWEEP_CLAIM__PAYMENT_ID),
                     sweep->budget_ms, sm_clock_now_us(),
                     &sweep->work->ctl->err),
          &result);
}

static void refund(struct sweep *sweep, const struct sm_rows *rows, int i)
{
    struct sm_pay_result result;

    sweep->tally.refunds++;
    if (sm_pay_refund_send(&result, sweep->work->pay, sweep->one,
                           sm_row_bytes(rows, i, PAY_REFUND_CLAIM__REFUND_ID),
                           (int)sm_row_int(rows, i, PAY_REFUND_CLAIM__ASKED),
                           sweep->budget_ms, sm_clock_now_us(),
                           &sweep->work->ctl->err) != SM_OK)
        sweep->tally.unanswered++;
}

/* Claim with STMT, batch after batch, and do WORK with each row, until as many
 * are done as were DUE: one that is due again meanwhile is for the next run.  A
 * lease lasts for a whole batch whose every call takes its time twice. */
static enum sm_status all(struct sweep *sweep, const struct sm_stmt *stmt,
                          int64_t due,
                          void (*work)(struct sweep *sweep,
                                       const struct sm_rows *rows, int i))
{
    struct sm_rows *rows = NULL;
    enum sm_status status;
    int n = BATCH, i;

    for (; n == BATCH && due > 0; due -= n) {
        const struct sm_arg args[] = {
            sm_arg_int4(BATCH),
            sm_arg_int4(2 * BATCH * sweep->budget_ms / 1000 + 1),
            sm_arg_time(sm_clock_now_us())};

        sm_arena_clear(sweep->work->arena);
        status = ctl_work_run(&rows, sweep->work, stmt, args);
        if (status != SM_OK)
            return status;
        n = sm_rows_count(rows);
        for (i = 0; i < n; i++) {
            sm_arena_clear(sweep->one);
            work(sweep, rows, i);
        }
    }
    return SM_OK;
}

static enum sm_status sweep_all(struct sweep *sweep)
{
    struct sm_rows *rows = NULL;
    int64_t attempts, refunds;
    enum sm_status status;

    status =
        ctl_work_run(&rows, sweep->work, &sm_sql_ctl_due,
                     (const struct sm_arg[]){sm_arg_time(sm_clock_now_us())});
    if (status != SM_OK)
        return status;
    attempts = sm_row_int(rows, 0, CTL_DUE__ATTEMPTS);
    refunds = sm_row_int(rows, 0, CTL_DUE__REFUNDS);
    status = all(sweep, &sm_sql_jobs_sweep_claim, attempts, ask);
    if (status == SM_OK)
        status = all(sweep, &sm_sql_pay_refund_claim, refunds, refund);
    return status;
}

static int say(struct ctl_work *work, const struct tally *tally)
{
    const int figures[] = {tally->asked, tally->settled, tally->closed,
                           tally->refunds, tally->unanswered};
    char words[SM_COUNT(figures)][16];

    for (size_t i = 0; i < SM_COUNT(words); i++)
        (void)snprintf(words[i], sizeof(words[i]), "%d", figures[i]);
    return ctl_work_say(work,
                        (const char *const[][2]){{"asked", words[0]},
                                                 {"settled", words[1]},
                                                 {"closed", words[2]},
                                                 {"refunds", words[3]},
                                                 {"unanswered", words[4]}},
                        5, tally->unanswered > 0 ? CTL_UNAVAILABLE : CTL_OK);
}

static int run_sweep(struct ctl *ctl)
{
    struct ctl_work work;
    struct sweep sweep = {.work = &work};
    enum sm_status status;
    int code = ctl_work_open(&work, ctl, true);

    if (code == CTL_OK) {
        sweep.budget_ms =
            (int)sm_settings_int(ctl->settings, "processor.total_ms");
        sweep.one = sm_arena_new(ONE_MAX);
        status = sweep.one ? sweep_all(&sweep)
                           : SM_FAIL(&ctl->err, SM_INTERNAL, "out of memory");
        code = status == SM_OK ? say(&work, &sweep.tally)
                               : ctl_fail(ctl, status, "sweep");
        sm_arena_free(sweep.one);
    }
    ctl_work_close(&work);
    return code;
}

const struct ctl_command ctl_command_sweep = {
    .name = "sweep",
    .usage = "",
    .help = "Ask the processor about every payment and refund that is due.\n"
            "The daemon jobs does it all the time; this is for when it does\n"
            "not run, or nobody wants to wait.",
    .run = run_sweep,
};
