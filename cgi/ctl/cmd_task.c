/* smetka task list|done: what waits for a person. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ctl/work.h"
#include "sql/ctl_show.h"

static int done(struct ctl_work *work)
{
    struct ctl *ctl = work->ctl;
    const char *note = ctl_option(ctl, "note");
    struct sm_rows *rows = NULL;
    enum sm_status status;
    int64_t id;

    if (ctl->nargs < 2 ||
        sm_parse_i64(&id, ctl->args[1], 1, INT64_MAX) != SM_OK)
        return ctl_usage(ctl, "done NUMBER, as task list shows it");
    if (!note || strlen(note) < 5 || strlen(note) > 500)
        return ctl_usage(ctl, "--note says in 5 to 500 characters what was "
                              "done");
    status =
        ctl_work_run(&rows, work, &sm_sql_ctl_task_done,
                     (const struct sm_arg[]){sm_arg_int8(id), sm_arg_text(note),
                                             sm_arg_time(sm_clock_now_us())});
    if (status == SM_OK && !sm_row_bool(rows, 0, CTL_TASK_DONE__DONE))
        status = SM_FAIL(&ctl->err, SM_NOT_FOUND, "no such task is open");
    if (status != SM_OK)
        return ctl_fail(ctl, status, "task done");
    return ctl_work_say(
        work,
        (const char *const[][2]){{"task", ctl->args[1]}, {"state", "done"}}, 2,
        CTL_OK);
}

static int run_task(struct ctl *ctl)
{
    bool list = strcmp(ctl->args[0], "list") == 0;
    struct ctl_work work;
    int code;

    if (!list && strcmp(ctl->args[0], "done") != 0)
        return ctl_usage(ctl, "task what? list or done");
    code = ctl_work_open(&work, ctl, false);
    if (code == CTL_OK && list)
        code = ctl_work_print(&work, &sm_sql_ctl_tasks,
                              (const struct sm_arg[]){
                                  sm_arg_bool(ctl_option(ctl, "all") != NULL)},
                              "task list", CTL_OK);
    else if (code == CTL_OK)
        code = done(&work);
    ctl_work_close(&work);
    return code;
}

static const struct ctl_option options[] = {
    {"all", NULL, "list: those that are done, too"},
    {"note", "TEXT", "done: what was done"},
};

const struct ctl_command ctl_command_task = {
    .name = "task",
    .usage = "list|done [NUMBER]",
    .help = "List what waits for a person, or end one of it.\n"
            "docs/MONEY.md says what each kind means and what to do.",
    .options = options,
    .noptions = SM_COUNT(options),
    .min_args = 1,
    .max_args = 2,
    .run = run_task,
};
