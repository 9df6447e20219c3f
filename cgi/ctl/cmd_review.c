/* smetka review list|show|file|approve|refuse: what customers sent and a
 * person has to decide. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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
                 {"files", &sm_sql_ctl_review_files},
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

/* Write a new file, which only its maker can read. */
static enum sm_status write_file(const char *path, const uint8_t *data,
                                 size_t len, struct sm_error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    size_t done = 0;

    if (fd < 0)
        return SM_FAIL(err, SM_INVALID, "%s: %s", path, strerror(errno));
    while (done < len) {
        ssize_t n = write(fd, data + done, len - done);

        if (n < 0 && errno != EINTR)
            break;
        done += n > 0 ? (size_t)n : 0;
    }
    if (close(fd) == 0 && done == len)
        return SM_OK;
    unlink(path);
    return SM_FAIL(err, SM_UNAVAILABLE, "%s: %s", path, strerror(errno));
}

static int file(struct ctl_work *work, int64_t id)
{
    struct ctl *ctl = work->ctl;
    const char *path = ctl_option(ctl, "out");
    const struct sm_arg arg = sm_arg_int8(id);
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!path || !*path)
        return ctl_usage(ctl, "--out says into which new file");
    st = ctl_work_run(&rows, work, &sm_sql_ctl_review_file, &arg);
    if (st == SM_OK && sm_rows_count(rows) == 0)
        st = SM_FAIL(&ctl->err, SM_NOT_FOUND, "no such file");
    if (st == SM_OK)
        st = write_file(path, sm_row_bytes(rows, 0, CTL_REVIEW_FILE__BODY),
                        sm_row_len(rows, 0, CTL_REVIEW_FILE__BODY), &ctl->err);
    if (st != SM_OK)
        return ctl_fail(ctl, st, "review file");
    return ctl_work_say(work, (const char *const[][2]){{"file", path}}, 1,
                        CTL_OK);
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
                 {"file", file, 2},
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
    return ctl_usage(ctl, "review what? list, show, file, approve or refuse");
}

static const struct ctl_option options[] = {
    {"all", NULL, "list: those that are decided, too"},
    {"out", "FILE", "file: where to, a new file"},
    {"by", "NAME", "approve, refuse: who decides"},
    {"note", "TEXT", "refuse: why; the customer reads it.  approve: optional"},
};

const struct ctl_command ctl_command_review = {
    .name = "review",
    .usage = "list | show NUMBER | file NUMBER --out FILE | approve NUMBER | "
             "refuse NUMBER",
    .help = "Decide what customers sent and no rule could.\n"
            "A reading waits here when it is far from what is usual, below\n"
            "an estimate, or from a guest and odd in some way; show puts it\n"
            "beside what the meter showed before, and names the files that\n"
            "were sent along, which file saves.  approve makes it count,\n"
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
