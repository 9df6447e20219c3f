/* smetka refund: give money of a payment back, see what is under way, settle
 * what the processor cannot say. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "ctl/work.h"
#include "money/money.h"
#include "sql/ctl_show.h"

static int request(struct ctl_work *work, const uint8_t id[16])
{
    const char *text = ctl_option(work->ctl, "amount");
    const char *note = ctl_option(work->ctl, "note");
    struct sm_arg amount = sm_arg_null(SM_TYPE_INT8);
    struct sm_rows *rows = NULL;
    enum sm_status status;
    const char *outcome;
    int64_t minor;

    if (text) {
        if (sm_amount_parse(&minor, text, 2) != SM_OK || minor <= 0)
            return ctl_usage(work->ctl, "--amount is a sum such as 123.45");
        amount = sm_arg_int8(minor);
    }
    if (!note || strlen(note) < 5 || strlen(note) > 200)
        return ctl_usage(work->ctl, "--note says why in 5 to 200 characters");
    status = ctl_work_run(
        &rows, work, &sm_sql_ctl_refund,
        (const struct sm_arg[]){sm_arg_uuid(id), amount, sm_arg_text(note),
                                sm_arg_time(sm_clock_now_us())});
    if (status != SM_OK)
        return ctl_fail(work->ctl, status, "refund");
    outcome = sm_row_text(rows, 0, CTL_REFUND__OUTCOME);
    return ctl_work_say(
        work,
        (const char *const[][2]){
            {"outcome", outcome},
            {"refund", sm_row_text(rows, 0, CTL_REFUND__REFUND)},
            {"amount", sm_row_text(rows, 0, CTL_REFUND__AMOUNT)}},
        3,
        strcmp(outcome, "created") == 0 || strcmp(outcome, "same") == 0
            ? CTL_OK
            : CTL_REFUSED);
}

static int list(struct ctl_work *work, const uint8_t id[16])
{
    (void)id;
    return ctl_work_print(work, &sm_sql_ctl_refunds, NULL, "refund list",
                          CTL_OK);
}

static int resolve(struct ctl_work *work, const uint8_t id[16])
{
    struct ctl *ctl = work->ctl;
    const char *word = ctl->nargs > 2 ? ctl->args[2] : "";
    const char *evidence = ctl_option(ctl, "evidence");
    bool made = strcmp(word, "made") == 0, found;
    const char *wanted, *state;
    struct sm_rows *rows = NULL;
    enum sm_status status;

    if (!made && strcmp(word, "failed") != 0)
        return ctl_usage(ctl, "resolve REFUND made|failed");
    if (!evidence || strlen(evidence) < 5 || strlen(evidence) > 140)
        return ctl_usage(ctl, "--evidence says in 5 to 140 characters who "
                              "found out what, where");
    wanted = made ? "succeeded" : "failed";
    status = ctl_work_run(
        &rows, work, &sm_sql_ctl_refund_resolve,
        (const struct sm_arg[]){sm_arg_uuid(id), sm_arg_text(wanted),
                                sm_arg_text(evidence),
                                sm_arg_time(sm_clock_now_us())});
    if (status != SM_OK)
        return ctl_fail(ctl, status, "refund resolve");
    found = sm_rows_count(rows) > 0;
    state = found ? sm_row_text(rows, 0, CTL_REFUND_RESOLVE__STATE) : "";
    return ctl_work_say(
        work,
        (const char *const[][2]){
            {"outcome", found
                            ? sm_row_text(rows, 0, CTL_REFUND_RESOLVE__OUTCOME)
                            : "unknown"},
            {"state", state}},
        2, strcmp(state, wanted) == 0 ? CTL_OK : CTL_REFUSED);
}

static int run_refund(struct ctl *ctl)
{
    int (*run)(struct ctl_work * work, const uint8_t id[16]) = request;
    const char *of = ctl->args[0];
    struct ctl_work work;
    uint8_t id[16] = {0};
    int words = 1, code;

    if (strcmp(of, "list") == 0) {
        run = list;
    } else if (strcmp(of, "resolve") == 0) {
        run = resolve;
        of = ctl->nargs > 1 ? ctl->args[1] : "";
        words = 3;
    }
    if (ctl->nargs != words)
        return ctl_usage(ctl, "PAYMENT | list | resolve REFUND made|failed");
    if (run != list && !ctl_parse_id(id, of))
        return ctl_usage(ctl, run == resolve ? "not the id of a refund"
                                             : "not the id of a payment");
    code = ctl_work_open(&work, ctl, false);
    if (code == CTL_OK)
        code = run(&work, id);
    ctl_work_close(&work);
    return code;
}

static const struct ctl_option options[] = {
    {"amount", "SUM", "A part; all that is left of the payment otherwise"},
    {"note", "TEXT", "Why; kept with the refund"},
    {"evidence", "TEXT", "resolve: who found out what, where"},
};

const struct ctl_command ctl_command_refund = {
    .name = "refund",
    .usage = "PAYMENT | list | resolve REFUND made|failed",
    .help =
        "Give money of a payment back to where it came from.\n"
        "The refund is noted here and asked for by jobs; what it leaves\n"
        "owed is posted when the processor accepts it.  list shows the\n"
        "refunds that are not decided; resolve takes what a person found\n"
        "out at the processor's desk about one, with the evidence.  It is\n"
        "for what the processor does not report by itself: what it reports\n"
        "later would be booked beside it.",
    .options = options,
    .noptions = SM_COUNT(options),
    .min_args = 1,
    .max_args = 3,
    .run = run_refund,
};
