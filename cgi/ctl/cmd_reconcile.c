/* smetka reconcile: our books against the processor's list and payouts. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "ctl/work.h"
#include "domain/csv.h"
#include "money/money.h"

#define DAY_US (INT64_C(86400) * 1000000)
#define HOUR_US (INT64_C(3600) * 1000000)
#define LINES_MAX ((size_t)8 << 20)

/* Compare with one processor and say what was found. */
static int compare_one(struct ctl_work *work,
                       const struct sm_processor *processor, int64_t days)
{
    int64_t now_us = sm_clock_now_us();
    struct sm_pay_compared found;
    struct sm_pay_paid_out paid_out = {.posted = 0};
    char words[7][16];
    enum sm_status status;

    status = sm_pay_compare(&found, work->pay, processor,
                            now_us - days * DAY_US, now_us - HOUR_US, now_us,
                            &work->ctl->err);
    if (status == SM_OK)
        status = sm_pay_payouts(&paid_out, work->pay, processor, now_us,
                                &work->ctl->err);
    if (status != SM_OK && status != SM_NOT_FOUND)
        return ctl_fail(work->ctl, status, processor->name);
    const int figures[] = {
        found.listed,    found.missing_here, found.missing_there, found.differs,
        paid_out.posted, paid_out.differs,   paid_out.unread};
    for (size_t i = 0; i < SM_COUNT(words); i++)
        (void)snprintf(words[i], sizeof(words[i]), "%d", figures[i]);
    return ctl_work_say(work,
                        (const char *const[][2]){{"processor", processor->name},
                                                 {"listed", words[0]},
                                                 {"missing_here", words[1]},
                                                 {"missing_there", words[2]},
                                                 {"differs", words[3]},
                                                 {"payouts_posted", words[4]},
                                                 {"payouts_differ", words[5]},
                                                 {"payouts_unread", words[6]}},
                        8,
                        found.missing_here + found.missing_there +
                                    found.differs + paid_out.differs +
                                    paid_out.unread >
                                0
                            ? CTL_REFUSED
                            : CTL_OK);
}

static int compare(struct ctl_work *work)
{
    const struct sm_processor *processor;
    int64_t days;
    int code = ctl_option_int(&days, work->ctl, "days", 4, 1, 90), one;

    for (int i = 0; code != CTL_USAGE && code != CTL_UNAVAILABLE &&
                    (processor = sm_pay_processor_at(work->pay, i)) != NULL;
         i++) {
        one = compare_one(work, processor, days);
        code = one > code ? one : code;
    }
    return code;
}

enum { KIND, REF, GROSS, FEE };

/* The lines of FILE as pay.payout_apply() takes them; NET is their sum. */
static enum sm_status read_lines(struct sm_buf *out, int64_t *net,
                                 struct sm_csv *csv, struct sm_error *err)
{
    static const char kinds[] =
        "capture refund refund_failed dispute dispute_won fee other ";
    enum sm_status status;
    int64_t gross, fee;

    *net = 0;
    sm_buf_addc(out, '[');
    while ((status = sm_csv_next(csv, err)) == SM_OK) {
        const char *kind = sm_csv_get(csv, KIND), *ref = sm_csv_get(csv, REF);
        const char *paid = sm_csv_get(csv, FEE);
        const char *at = strstr(kinds, kind);

        fee = 0;
        if (kind[0] == '\0' || at == NULL || at[strlen(kind)] != ' ' ||
            (at > kinds && at[-1] != ' '))
            return SM_FAIL(err, SM_INVALID, "line %lld: kind is one of %s",
                           (long long)sm_csv_line(csv), kinds);
        if (sm_decimal_parse(&gross, sm_csv_get(csv, GROSS), 2) != SM_OK ||
            (paid[0] != '\0' && sm_decimal_parse(&fee, paid, 2) != SM_OK))
            return SM_FAIL(err, SM_INVALID, "line %lld: gross or fee is no sum",
                           (long long)sm_csv_line(csv));
        sm_buf_adds(out, out->len > 1 ? ",{\"kind\":\"" : "{\"kind\":\"");
        sm_buf_adds(out, kind);
        sm_buf_adds(out, "\",\"ref\":\"");
        sm_buf_add_json(out, ref, strlen(ref));
        sm_buf_addf(out, "\",\"gross_minor\":%lld,\"fee_minor\":%lld}",
                    (long long)gross, (long long)fee);
        *net += gross - fee;
    }
    sm_buf_addc(out, ']');
    if (status != SM_NOT_FOUND)
        return status;
    return sm_buf_ok(out) ? SM_OK
                          : SM_FAIL(err, SM_INVALID, "the file is too large");
}

static enum sm_status post_file(const char **outcome, struct ctl_work *work,
                                const char *path, struct sm_pay_payout *payout)
{
    static const struct sm_csv_column columns[] = {
        [KIND] = {"kind", true},
        [REF] = {"ref", true},
        [GROSS] = {"gross", true},
        [FEE] = {"fee", false},
    };
    struct sm_error *err = &work->ctl->err;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct sm_csv_source source = {.ctx = &fd, .read = sm_csv_read_fd};
    struct sm_csv *csv = NULL;
    enum sm_status status;
    struct sm_buf lines;

    if (fd < 0)
        return SM_FAIL(err, SM_NOT_FOUND, "%.200s: %s", path, strerror(errno));
    sm_buf_init(&lines, LINES_MAX);
    status = sm_csv_open(&csv, &source, columns, SM_COUNT(columns), err);
    if (status == SM_OK)
        status = read_lines(&lines, &payout->net_minor, csv, err);
    payout->lines = lines.data;
    if (status == SM_OK)
        status = sm_pay_payout_post(
            outcome, work->pay, ctl_option(work->ctl, "processor"), work->arena,
            payout, sm_clock_now_us(), err);
    sm_csv_free(csv);
    sm_buf_release(&lines);
    close(fd);
    return status;
}

static int payout(struct ctl_work *work)
{
    struct ctl *ctl = work->ctl;
    struct sm_pay_payout payout = {.ref = ctl_option(ctl, "reference"),
                                   .currency = ctl_option(ctl, "currency")};
    const char *day = ctl_option(ctl, "date"), *outcome = "";
    enum sm_status status;

    if (ctl->nargs < 2 || !payout.ref || !payout.currency || !day ||
        !ctl_option(ctl, "processor") || strlen(payout.currency) != 3 ||
        sm_parse_date(&payout.arrived_on, day) != SM_OK)
        return ctl_usage(ctl, "payout FILE.csv needs --processor, --reference, "
                              "--currency and --date YYYY-MM-DD");
    status = post_file(&outcome, work, ctl->args[1], &payout);
    if (status != SM_OK)
        return ctl_fail(ctl, status, "reconcile payout");
    return ctl_work_say(
        work,
        (const char *const[][2]){{"payout", payout.ref}, {"outcome", outcome}},
        2, strcmp(outcome, "wrong_sum") == 0 ? CTL_REFUSED : CTL_OK);
}

static int run_reconcile(struct ctl *ctl)
{
    const char *what = ctl->nargs > 0 ? ctl->args[0] : "processor";
    struct ctl_work work;
    int code;

    if (strcmp(what, "processor") != 0 && strcmp(what, "payout") != 0)
        return ctl_usage(ctl, "reconcile what? processor or payout");
    code = ctl_work_open(&work, ctl, true);
    if (code == CTL_OK)
        code = what[1] == 'r' ? compare(&work) : payout(&work);
    ctl_work_close(&work);
    return code;
}

static const struct ctl_option options[] = {
    {"days", "N", "processor: orders of so many days (4)"},
    {"processor", "NAME", "payout: whose it is"},
    {"reference", "REF", "payout: its number; each is posted once"},
    {"currency", "CODE", "payout: its currency"},
    {"date", "DAY", "payout: when it reached the bank"},
};

const struct ctl_command ctl_command_reconcile = {
    .name = "reconcile",
    .usage = "[processor | payout FILE.csv]",
    .help = "Hold our books against the processor's.\n"
            "processor  its list of orders, both ways, and its payouts; what\n"
            "           is paid there and missing here is applied\n"
            "payout     a settlement file: kind,ref,gross,fee a line, kind\n"
            "           capture, refund, refund_failed, dispute, dispute_won,\n"
            "           fee or other; sums as 123.45, negative where they\n"
            "           lower the payout\n"
            "Exit code 1: something differs; smetka task list says what.",
    .options = options,
    .noptions = SM_COUNT(options),
    .max_args = 2,
    .run = run_reconcile,
};
