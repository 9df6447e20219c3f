/* smetka attempt show|ask|resolve: what happened to a payment, what the
 * processor says of it, and what a person found out. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "ctl/table.h"
#include "ctl/work.h"
#include "money/money.h"
#include "sql/ctl_show.h"

static enum sm_status add(struct sm_buf *out, struct ctl_work *work,
                          const struct sm_stmt *stmt, const char *name,
                          const uint8_t id[16], int *count)
{
    const struct sm_arg arg = sm_arg_uuid(id);
    bool json = work->ctl->json;
    struct sm_rows *rows = NULL;
    enum sm_status status = ctl_work_run(&rows, work, stmt, &arg);

    if (status != SM_OK)
        return status;
    *count = sm_rows_count(rows);
    if (json) {
        sm_buf_addf(out, "%s\"%s\":", out->len > 1 ? "," : "", name);
        table_print(out, stmt, rows, true);
    } else if (*count > 0) {
        sm_buf_addf(out, "%s%s\n", out->len > 0 ? "\n" : "", name);
        table_print(out, stmt, rows, false);
    }
    return SM_OK;
}

static int show(struct ctl_work *work, const uint8_t id[16])
{
    static const struct {
        const char *name;
        const struct sm_stmt *stmt;
    } parts[] = {
        {"attempt", &sm_sql_ctl_attempt},
        {"events", &sm_sql_ctl_attempt_events},
        {"messages", &sm_sql_ctl_attempt_messages},
        {"postings", &sm_sql_ctl_attempt_postings},
        {"refunds", &sm_sql_ctl_attempt_refunds},
        {"disputes", &sm_sql_ctl_attempt_disputes},
        {"tasks", &sm_sql_ctl_attempt_tasks},
    };
    enum sm_status status = SM_OK;
    struct sm_buf out;
    int count = 0;

    sm_buf_init(&out, (size_t)4 << 20);
    sm_buf_adds(&out, work->ctl->json ? "{" : "");
    for (size_t i = 0; i < SM_COUNT(parts) && status == SM_OK; i++) {
        status = add(&out, work, parts[i].stmt, parts[i].name, id, &count);
        if (status == SM_OK && i == 0 && count == 0)
            status = SM_FAIL(&work->ctl->err, SM_NOT_FOUND, "no such payment");
    }
    sm_buf_adds(&out, work->ctl->json ? "}" : "");
    if (status == SM_OK)
        return ctl_print(&out, CTL_OK);
    sm_buf_release(&out);
    return ctl_fail(work->ctl, status, "attempt show");
}

static int ask(struct ctl_work *work, const uint8_t id[16])
{
    int budget_ms =
        (int)sm_settings_int(work->ctl->settings, "processor.total_ms");
    struct sm_pay_result result;
    enum sm_status status;

    status = sm_pay_ask(&result, work->pay, work->arena, id, budget_ms,
                        sm_clock_now_us(), &work->ctl->err);
    if (status != SM_OK)
        return ctl_fail(work->ctl, status, "attempt ask");
    return ctl_work_say(
        work,
        (const char *const[][2]){{"state", result.state},
                                 {"answer", result.applied[0] != '\0'
                                                ? result.applied
                                                : "not asked: it is final"}},
        2, CTL_OK);
}

/* Read --amount, a decimal of two places, or take it as said by the row. */
static int read_amount(struct sm_arg *out, struct ctl *ctl)
{
    const char *text = ctl_option(ctl, "amount");
    int64_t minor;

    *out = sm_arg_null(SM_TYPE_INT8);
    if (!text)
        return CTL_OK;
    if (sm_amount_parse(&minor, text, 2) != SM_OK || minor <= 0)
        return ctl_usage(ctl, "--amount is a sum such as 123.45");
    *out = sm_arg_int8(minor);
    return CTL_OK;
}

static int resolve(struct ctl_work *work, const uint8_t id[16])
{
    struct ctl *ctl = work->ctl;
    const char *word = ctl->nargs > 2 ? ctl->args[2] : "";
    const char *evidence = ctl_option(ctl, "evidence");
    struct sm_arg amount;
    int code;

    if (strcmp(word, "paid") != 0 && strcmp(word, "not-paid") != 0)
        return ctl_usage(ctl, "resolve ID paid|not-paid");
    if (!evidence || strlen(evidence) < 5 || strlen(evidence) > 200)
        return ctl_usage(ctl, "--evidence says in 5 to 200 characters who "
                              "found out what, where");
    code = read_amount(&amount, ctl);
    if (code != CTL_OK)
        return code;
    return ctl_work_print(
        work, &sm_sql_ctl_resolve,
        (const struct sm_arg[]){
            sm_arg_uuid(id),
            sm_arg_text(strcmp(word, "paid") == 0 ? "captured" : "closed"),
            sm_arg_text(evidence), sm_arg_text(ctl_option(ctl, "reference")),
            amount, sm_arg_text(ctl_option(ctl, "currency")),
            sm_arg_time(sm_clock_now_us())},
        "attempt resolve", CTL_OK);
}

static int run_attempt(struct ctl *ctl)
{
    static const struct {
        const char *word;
        int (*run)(struct ctl_work *work, const uint8_t id[16]);
        bool asking;
    } verbs[] = {
        {"show", show, false}, {"ask", ask, true}, {"resolve", resolve, false}};
    struct ctl_work work;
    uint8_t id[16];
    int code;

    for (size_t i = 0; i < SM_COUNT(verbs); i++) {
        if (strcmp(ctl->args[0], verbs[i].word) != 0)
            continue;
        if (!ctl_parse_id(id, ctl->args[1]))
            return ctl_usage(ctl, "not the id of a payment");
        code = ctl_work_open(&work, ctl, verbs[i].asking);
        if (code == CTL_OK)
            code = verbs[i].run(&work, id);
        ctl_work_close(&work);
        return code;
    }
    return ctl_usage(ctl, "attempt what? show, ask or resolve");
}

static const struct ctl_option options[] = {
    {"evidence", "TEXT", "resolve: who found out what, where"},
    {"reference", "REF", "resolve paid: the processor's number of the capture"},
    {"amount", "SUM", "resolve paid: what was taken, if another sum"},
    {"currency", "CODE", "resolve paid: if another currency"},
};

const struct ctl_command ctl_command_attempt = {
    .name = "attempt",
    .usage = "show|ask|resolve ID [paid|not-paid]",
    .help = "Show a payment, ask the processor about it, or settle what it "
            "cannot say.\n"
            "show     all that is known: moves, messages, postings, refunds\n"
            "ask      put the question now and apply the answer\n"
            "resolve  what a person found out (a bank statement, the\n"
            "         processor's desk); it is kept with its evidence",
    .options = options,
    .noptions = SM_COUNT(options),
    .min_args = 2,
    .max_args = 3,
    .run = run_attempt,
};
