/* smetka review list|show|approve|refuse: what customers sent and a person has
 * to decide. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ctl/table.h"
#include "ctl/work.h"
#include "sql/ctl_review.h"

static int list(struct ctl_work *work, int64_t id)
{
    (void)id;
    return ctl_work_print(work, &sm_sql_ctl_reviews,
                          (const struct sm_arg[]){sm_arg_bool(
                              ctl_option(work->ctl, "all") != NULL)},
                          "review list", CTL_OK);
}

static int show(struct ctl_work *work, int64_t id)
{
    static const struct {
        const char *name;
        const struct sm_stmt *stmt;
    } parts[] = {{"review", &sm_sql_ctl_review},
                 {"readings", &sm_sql_ctl_review_readings}};
    const struct sm_arg arg = sm_arg_int8(id);
    bool json = work->ctl->json;
    enum sm_status status = SM_OK;
    struct sm_buf out;

    sm_buf_init(&out, (size_t)4 << 20);
    sm_buf_adds(&out, json ? "{" : "");
    for (size_t i = 0; i < SM_COUNT(parts) && status == SM_OK; i++) {
        struct sm_rows *rows = NULL;

        status = ctl_work_run(&rows, work, parts[i].stmt, &arg);
        if (status == SM_OK && i == 0 && sm_rows_count(rows) == 0)
            status = SM_FAIL(&work->ctl->err, SM_NOT_FOUND, "no such review");
        if (status != SM_OK)
            break;
        if (json)
            sm_buf_addf(&out, "%s\"%s\":", i > 0 ? "," : "", parts[i].name);
        else
            sm_buf_adds(&out, i > 0 ? "\n" : "");
        table_print(&out, parts[i].stmt, rows, json);
    }
    sm_buf_adds(&out, json ? "}" : "");
    if (status == SM_OK)
        return ctl_print(&out, CTL_OK);
    sm_buf_release(&out);
    return ctl_fail(work->ctl, status, "review show");
}

static int decide(struct ctl_work *work, int64_t id, const char *state)
{
    struct ctl *ctl = work->ctl;
    const char *by = ctl_option(ctl, "by"), *note = ctl_option(ctl, "note");
    bool refused = strcmp(state, "refused") == 0;
    struct sm_rows *rows = NULL;
    enum sm_status status;
    const char *outcome;

    if (!by || strlen(by) < 2 || strlen(by) > 100)
        return ctl_usage(ctl, "--by says in 2 to 100 characters who decides");
    if ((refused && !note) ||
        (note && (strlen(note) < 5 || strlen(note) > 200)))
        return ctl_usage(ctl, "--note says why in 5 to 200 characters; the "
                              "customer reads why it was refused");
    status = ctl_work_run(
        &rows, work, &sm_sql_ctl_review_decide,
        (const struct sm_arg[]){sm_arg_int8(id), sm_arg_text(state),
                                sm_arg_text(by), sm_arg_text(note),
                                sm_arg_time(sm_clock_now_us())});
    if (status != SM_OK)
        return ctl_fail(ctl, status, "review");
    outcome = sm_row_text(rows, 0, CTL_REVIEW_DECIDE__OUTCOME);
    return ctl_work_say(work,
                        (const char *const[][2]){{"review", ctl->args[1]},
                                                 {"outcome", outcome}},
                        2, strcmp(outcome, "done") == 0 ? CTL_OK : CTL_REFUSED);
}

static int approve(struct ctl_work *work, int64_t id)
{
    return decide(work, id, "approved");
}

static int refuse(struct ctl_work *work, int64_t id)
{
    return decide(work, id, "refused");
}

static int run_review(struct ctl *ctl)
{
    static const struct {
        const char *word;
        int (*run)(struct ctl_work *work, int64_t id);
        int words;
    } verbs[] = {{"list", list, 1},
                 {"show", show, 2},
                 {"approve", approve, 2},
                 {"refuse", refuse, 2}};
    struct ctl_work work;
    int64_t id = 0;
    int code;

    for (size_t i = 0; i < SM_COUNT(verbs); i++) {
        if (strcmp(ctl->args[0], verbs[i].word) != 0)
            continue;
        if (ctl->nargs != verbs[i].words ||
            (ctl->nargs > 1 &&
             sm_parse_i64(&id, ctl->args[1], 1, INT64_MAX) != SM_OK))
            return ctl_usage(ctl, "%s%s", verbs[i].word,
                             verbs[i].words > 1
                                 ? " NUMBER, as review list shows it"
                                 : " takes no more words");
        code = ctl_work_open(&work, ctl, false);
        if (code == CTL_OK)
            code = verbs[i].run(&work, id);
        ctl_work_close(&work);
        return code;
    }
    return ctl_usage(ctl, "review what? list, show, approve or refuse");
}

static const struct ctl_option options[] = {
    {"all", NULL, "list: those that are decided, too"},
    {"by", "NAME", "approve, refuse: who decides"},
    {"note", "TEXT", "refuse: why; the customer reads it.  approve: optional"},
};

const struct ctl_command ctl_command_review = {
    .name = "review",
    .usage = "list | show NUMBER | approve NUMBER | refuse NUMBER",
    .help = "Decide what customers sent and no rule could.\n"
            "A reading waits here when it is far from what is usual, below\n"
            "an estimate, or from a guest and odd in some way; show puts it\n"
            "beside what the meter showed before.  approve makes it count,\n"
            "refuse does not; either ends with 1 where it is too late:\n"
            "gone (decided, or its sender replaced it), overtaken (a later\n"
            "reading counts) and unfit (more digits than the dial has) can\n"
            "only be refused.",
    .options = options,
    .noptions = SM_COUNT(options),
    .min_args = 1,
    .max_args = 2,
    .run = run_review,
};
