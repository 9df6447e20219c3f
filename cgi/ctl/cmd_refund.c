/* smetka refund: give money of a payment back. */
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

static int run_refund(struct ctl *ctl)
{
    bool list = strcmp(ctl->args[0], "list") == 0;
    struct ctl_work work;
    uint8_t id[16];
    int code;

    if (!list && !ctl_parse_id(id, ctl->args[0]))
        return ctl_usage(ctl, "not the id of a payment");
    code = ctl_work_open(&work, ctl, false);
    if (code == CTL_OK)
        code = list ? ctl_work_print(&work, &sm_sql_ctl_refunds, NULL,
                                     "refund list", CTL_OK)
                    : request(&work, id);
    ctl_work_close(&work);
    return code;
}

static const struct ctl_option options[] = {
    {"amount", "SUM", "A part; all that is left of the payment otherwise"},
    {"note", "TEXT", "Why; kept with the refund"},
};

const struct ctl_command ctl_command_refund = {
    .name = "refund",
    .usage = "PAYMENT|list",
    .help = "Give money of a payment back to where it came from.\n"
            "The refund is noted here and asked for by jobs; what it leaves\n"
            "owed is posted when the processor accepts it.  list shows the\n"
            "refunds that are not decided.",
    .options = options,
    .noptions = SM_COUNT(options),
    .min_args = 1,
    .max_args = 1,
    .run = run_refund,
};
