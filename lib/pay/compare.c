/* Our books against the processor's: its list of orders, both ways, and what
 * it paid to the bank. */
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "pay/pay_impl.h"
#include "sql/pay_compare.h"

#define PAGES_MAX 10000
#define CURSOR_MAX 256
#define ARENA_MAX ((size_t)64 << 20)
/* All payouts of one call; a large one is fetched in hundreds of pages. */
#define PAYOUTS_MS (15 * 60 * 1000)

/* One run of the comparison. */
struct run {
    struct sm_pay *pay;
    const struct sm_processor *processor;
    struct sm_arena *arena;
    int64_t id;
    int64_t now_us;
};

/* SM_UNAVAILABLE once told to stop. */
static enum sm_status go_on(const struct run *run, struct sm_error *err)
{
    return atomic_load(&run->pay->stopping)
               ? SM_FAIL(err, SM_UNAVAILABLE, "told to stop")
               : SM_OK;
}

/* Hold one paid order against ours; apply it if it is missing here. */
static enum sm_status note(const struct run *run,
                           const struct sm_pay_event *event,
                           struct sm_error *err)
{
    const char *order_no = event->order_no;
    struct sm_pay_result result;
    struct sm_rows *rows = NULL;
    enum sm_status status;

    if (event->kind != SM_PAY_CAPTURED)
        return SM_OK;
    status = sm_pay_run(
        &rows, run->pay, run->arena, &sm_sql_compare_note,
        (const struct sm_arg[]){
            sm_arg_int8(run->id),
            sm_arg_text(order_no[0] != '\0' ? order_no : NULL),
            sm_arg_text(event->processor_ref), sm_arg_int8(event->amount_minor),
            sm_arg_text(event->currency), sm_arg_time(run->now_us)},
        err);
    if (status != SM_OK || strcmp(sm_row_text(rows, 0, COMPARE_NOTE__OUTCOME),
                                  "missing_here") != 0)
        return status;
    sm_pay_result_clear(&result);
    return sm_pay_apply(&result, run->pay, run->processor, run->arena, event,
                        NULL, "query", NULL, run->now_us, err);
}

/* All pages of the list.  A list that does not come to its end says nothing of
 * what is missing there, so the comparison is left open. */
static enum sm_status walk(const struct run *run, int64_t since_us,
                           struct sm_error *err)
{
    int budget_ms =
        (int)sm_settings_int(run->pay->settings, "processor.total_ms");
    char cursor[CURSOR_MAX] = "";
    const char *next;
    struct sm_pay_event *events;
    enum sm_status status;
    size_t count, i;
    int page;

    for (page = 0; page < PAGES_MAX; page++) {
        sm_arena_clear(run->arena);
        events = NULL;
        count = 0;
        next = "";
        status = go_on(run, err);
        if (status == SM_OK)
            status = run->processor->ops->list(
                &events, &count, &next, run->processor, run->arena, since_us,
                cursor, budget_ms, err);
        for (i = 0; status == SM_OK && i < count; i++) {
            status = go_on(run, err);
            if (status == SM_OK)
                status = note(run, &events[i], err);
        }
        if (status != SM_OK || next[0] == '\0')
            return status;
        if (!sm_copy(cursor, sizeof(cursor), next))
            break;
    }
    return SM_FAIL(err, SM_UNAVAILABLE, "compare: a list without an end");
}

static enum sm_status compare(struct sm_pay_compared *out, struct run *run,
                              int64_t since_us, int64_t until_us,
                              struct sm_error *err)
{
    struct sm_rows *rows = NULL;
    enum sm_status status;

    status = sm_pay_run(
        &rows, run->pay, run->arena, &sm_sql_compare_begin,
        (const struct sm_arg[]){sm_arg_text(run->processor->name),
                                sm_arg_time(since_us), sm_arg_time(until_us),
                                sm_arg_time(run->now_us)},
        err);
    if (status != SM_OK)
        return status;
    run->id = sm_row_int(rows, 0, COMPARE_BEGIN__ID);
    status = walk(run, since_us, err);
    if (status == SM_OK)
        status = sm_pay_run(&rows, run->pay, run->arena, &sm_sql_compare_end,
                            (const struct sm_arg[]){sm_arg_int8(run->id),
                                                    sm_arg_time(run->now_us)},
                            err);
    if (status != SM_OK)
        return status;
    out->listed = (int)sm_row_int(rows, 0, COMPARE_END__LISTED);
    out->missing_here = (int)sm_row_int(rows, 0, COMPARE_END__MISSING_HERE);
    out->missing_there = (int)sm_row_int(rows, 0, COMPARE_END__MISSING_THERE);
    out->differs = (int)sm_row_int(rows, 0, COMPARE_END__DIFFERS);
    return SM_OK;
}

enum sm_status sm_pay_compare(struct sm_pay_compared *out, struct sm_pay *pay,
                              const struct sm_processor *processor,
                              int64_t since_us, int64_t until_us,
                              int64_t now_us, struct sm_error *err)
{
    struct run run = {.pay = pay, .processor = processor, .now_us = now_us};
    enum sm_status status;

    memset(out, 0, sizeof(*out));
    if (processor->ops->list == NULL)
        return SM_FAIL(err, SM_NOT_FOUND, "%s has no list", processor->name);
    run.arena = sm_arena_new(ARENA_MAX);
    status = run.arena != NULL ? compare(out, &run, since_us, until_us, err)
                               : SM_FAIL(err, SM_INTERNAL, "out of memory");
    sm_arena_free(run.arena);
    return status;
}

bool sm_pay_compare_due(struct sm_pay *pay,
                        const struct sm_processor *processor,
                        struct sm_arena *arena, int64_t now_us)
{
    struct sm_error err = {.message = ""};
    struct sm_rows *rows = NULL;
    enum sm_status status;

    if (processor->ops->list == NULL)
        return false;
    status = sm_pay_run(&rows, pay, arena, &sm_sql_compare_due,
                        (const struct sm_arg[]){sm_arg_text(processor->name),
                                                sm_arg_time(now_us)},
                        &err);
    if (status != SM_OK)
        sm_log_error("compare_due", status, &err);
    return status == SM_OK && sm_row_bool(rows, 0, COMPARE_DUE__DUE);
}

enum sm_status sm_pay_payout_post(const char **outcome, struct sm_pay *pay,
                                  const char *processor, struct sm_arena *arena,
                                  const struct sm_pay_payout *payout,
                                  int64_t now_us, struct sm_error *err)
{
    struct sm_rows *rows = NULL;
    enum sm_status status;

    *outcome = "";
    status = sm_pay_run(&rows, pay, arena, &sm_sql_payout_apply,
                        (const struct sm_arg[]){
                            sm_arg_text(processor), sm_arg_text(payout->ref),
                            sm_arg_text(payout->currency),
                            sm_arg_int8(payout->net_minor),
                            sm_arg_date(payout->arrived_on),
                            sm_arg_json(payout->lines), sm_arg_time(now_us)},
                        err);
    if (status == SM_OK)
        *outcome = sm_row_text(rows, 0, PAYOUT_APPLY__OUTCOME);
    return status;
}

/* Fetch what PAYOUT is made of and post it, unless it stands in our books;
 * ARENA is empty.  What is no failure of the way there is a person's. */
static enum sm_status post_new(struct sm_pay_paid_out *out,
                               const struct run *run,
                               struct sm_pay_payout *payout,
                               const struct sm_pay_time *time,
                               struct sm_error *err)
{
    struct sm_rows *rows = NULL;
    const char *outcome = "";
    enum sm_status status;

    status =
        sm_pay_run(&rows, run->pay, run->arena, &sm_sql_payout_posted,
                   (const struct sm_arg[]){sm_arg_text(run->processor->name),
                                           sm_arg_text(payout->ref)},
                   err);
    if (status != SM_OK || sm_row_bool(rows, 0, PAYOUT_POSTED__POSTED))
        return status;
    status = run->processor->ops->payout_lines(payout, run->processor,
                                               run->arena, time, err);
    if (status == SM_INVALID) {
        sm_log_error("payout_unread", status, err);
        payout->lines = NULL;
        status = SM_OK;
    }
    if (status == SM_OK)
        status = sm_pay_payout_post(&outcome, run->pay, run->processor->name,
                                    run->arena, payout, run->now_us, err);
    if (status != SM_OK)
        return status;
    if (strcmp(outcome, "wrong_sum") == 0)
        sm_log_msg(SM_LOG_WARN, "payout_differs", "%s", payout->ref);
    out->posted += strcmp(outcome, "applied") == 0 ||
                   strcmp(outcome, "wrong_sum") == 0;
    out->differs += strcmp(outcome, "wrong_sum") == 0;
    out->unread += strcmp(outcome, "unread") == 0;
    return SM_OK;
}

/* The same for all; LIST keeps their list. */
static enum sm_status payouts(struct sm_pay_paid_out *out,
                              const struct run *run, struct sm_arena *list,
                              struct sm_error *err)
{
    const struct sm_pay_time time = {
        .budget_ms =
            (int)sm_settings_int(run->pay->settings, "processor.total_ms"),
        .end_ms = sm_clock_mono_ms() + PAYOUTS_MS,
        .stop = &run->pay->stopping,
    };
    struct sm_pay_payout *all = NULL;
    struct sm_rows *rows = NULL;
    enum sm_status status;
    size_t listed = 0, i;

    status =
        sm_pay_run(&rows, run->pay, list, &sm_sql_payouts_since,
                   (const struct sm_arg[]){sm_arg_text(run->processor->name),
                                           sm_arg_time(run->now_us)},
                   err);
    if (status == SM_OK)
        status = run->processor->ops->payouts(
            &all, &listed, run->processor, list,
            sm_row_time(rows, 0, PAYOUTS_SINCE__SINCE), &time, err);
    for (i = 0; status == SM_OK && i < listed; i++) {
        sm_arena_clear(run->arena);
        status = go_on(run, err);
        if (status == SM_OK)
            status = post_new(out, run, &all[i], &time, err);
    }
    return status;
}

enum sm_status sm_pay_payouts(struct sm_pay_paid_out *out, struct sm_pay *pay,
                              const struct sm_processor *processor,
                              int64_t now_us, struct sm_error *err)
{
    struct run run = {.pay = pay, .processor = processor, .now_us = now_us};
    struct sm_arena *list;
    enum sm_status status;

    memset(out, 0, sizeof(*out));
    if (processor->ops->payouts == NULL)
        return SM_FAIL(err, SM_NOT_FOUND, "%s: payouts come as files",
                       processor->name);
    run.arena = sm_arena_new(ARENA_MAX);
    list = sm_arena_new(ARENA_MAX);
    status = run.arena != NULL && list != NULL
                 ? payouts(out, &run, list, err)
                 : SM_FAIL(err, SM_INTERNAL, "out of memory");
    sm_arena_free(list);
    sm_arena_free(run.arena);
    return status;
}
