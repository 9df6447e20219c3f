/* smetka sweep: ask about everything that is due, now. */
#include <inttypes.h>
#include <stdio.h>

#include "base/clock.h"
#include "ctl/work.h"
#include "sql/jobs_work.h"
#include "sql/pay_refund.h"

enum { BATCH = 50 };

struct tally {
    int asked, settled, closed, unanswered, refunds;
};

/* The lease lasts for a whole batch whose every call takes BUDGET_MS twice. */
static enum sm_status claim(struct sm_rows **out, struct ctl_work *work,
                            const struct sm_stmt *stmt, int budget_ms)
{
    const struct sm_arg args[] = {sm_arg_int4(BATCH),
                                  sm_arg_int4(2 * BATCH * budget_ms / 1000 + 1),
                                  sm_arg_time(sm_clock_now_us())};

    return ctl_work_run(out, work, stmt, args);
}

static void count(struct tally *tally, enum sm_status status,
                  const struct sm_pay_result *result)
{
    tally->asked++;
    if (status != SM_OK)
        tally->unanswered++;
    else if (sm_pay_is_final(result->state))
        *(result->state[0] == 's' ? &tally->settled : &tally->closed) += 1;
}

static enum sm_status sweep(struct tally *tally, struct ctl_work *work)
{
    int budget_ms =
        (int)sm_settings_int(work->ctl->settings, "processor.total_ms");
    struct sm_pay_result result;
    struct sm_rows *rows = NULL;
    enum sm_status status;
    int n = BATCH, i;

    while (n == BATCH) {
        status = claim(&rows, work, &sm_sql_jobs_sweep_claim, budget_ms);
        if (status != SM_OK)
            return status;
        n = sm_rows_count(rows);
        for (i = 0; i < n; i++) {
            status =
                sm_pay_ask(&result, work->pay, work->arena,
                           sm_row_bytes(rows, i, JOBS_SWEEP_CLAIM__PAYMENT_ID),
                           budget_ms, sm_clock_now_us(), &work->ctl->err);
            count(tally, status, &result);
        }
    }
    return SM_OK;
}

static enum sm_status refunds(struct tally *tally, struct ctl_work *work)
{
    int budget_ms =
        (int)sm_settings_int(work->ctl->settings, "processor.total_ms");
    struct sm_pay_result result;
    struct sm_rows *rows = NULL;
    enum sm_status status;
    int i;

    status = claim(&rows, work, &sm_sql_pay_refund_claim, budget_ms);
    for (i = 0; status == SM_OK && i < sm_rows_count(rows); i++) {
        tally->refunds++;
        if (sm_pay_refund_send(
                &result, work->pay, work->arena,
                sm_row_bytes(rows, i, PAY_REFUND_CLAIM__REFUND_ID),
                (int)sm_row_int(rows, i, PAY_REFUND_CLAIM__ASKED), budget_ms,
                sm_clock_now_us(), &work->ctl->err) != SM_OK)
            tally->unanswered++;
    }
    return status;
}

static int run_sweep(struct ctl *ctl)
{
    struct tally tally = {0};
    struct ctl_work work;
    enum sm_status status;
    char words[5][16];
    int code = ctl_work_open(&work, ctl, true);

    if (code == CTL_OK) {
        status = sweep(&tally, &work);
        if (status == SM_OK)
            status = refunds(&tally, &work);
        if (status != SM_OK) {
            code = ctl_fail(ctl, status, "sweep");
        } else {
            const int figures[5] = {tally.asked, tally.settled, tally.closed,
                                    tally.refunds, tally.unanswered};

            for (size_t i = 0; i < SM_COUNT(words); i++)
                (void)snprintf(words[i], sizeof(words[i]), "%d", figures[i]);
            code = ctl_work_say(
                &work,
                (const char *const[][2]){{"asked", words[0]},
                                         {"settled", words[1]},
                                         {"closed", words[2]},
                                         {"refunds", words[3]},
                                         {"unanswered", words[4]}},
                5, tally.unanswered > 0 ? CTL_UNAVAILABLE : CTL_OK);
        }
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
