/* smetka demo-data: files of a demonstration company. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"
#include "ctl/ctl.h"
#include "domain/demo.h"

static int read_options(struct sm_demo *demo, struct ctl *ctl)
{
    const char *until = ctl_option(ctl, "until");
    int64_t seed = 1;
    int code;

    demo->out = ctl_option(ctl, "out");
    if (!demo->out)
        return ctl_usage(ctl, "--out says where the files go");
    demo->until = sm_date_local(sm_clock_now_us());
    if (until && sm_parse_date(&demo->until, until) != SM_OK)
        return ctl_usage(ctl, "--until is not a date YYYY-MM-DD");
    code = ctl_option_int(&demo->customers, ctl, "customers", 200, 3, 10000000);
    if (code == CTL_OK)
        code = ctl_option_int(&demo->months, ctl, "months", 24, 0, 120);
    if (code == CTL_OK)
        code =
            ctl_option_int(&demo->xml_percent, ctl, "xml-percent", 10, 0, 100);
    if (code == CTL_OK)
        code = ctl_option_int(&seed, ctl, "seed", 1, 0, INT64_MAX);
    demo->seed = (uint64_t)seed;
    return code;
}

static int finish(struct ctl *ctl, const struct sm_demo_result *r)
{
    bool codes = ctl->json || ctl_option(ctl, "print-codes");

    printf(ctl->json ? "{\"ok\":true,\"accounts\":%lld,\"invoices\":%lld,"
                       "\"einvoices\":%lld,\"payments\":%lld,"
                       "\"readings\":%lld"
                     : "%lld account rows, %lld invoices, %lld e-invoices, "
                       "%lld payments, %lld readings\n",
           (long long)r->accounts, (long long)r->invoices,
           (long long)r->einvoices, (long long)r->payments,
           (long long)r->readings);
    if (ctl->json)
        fputs(",\"codes\":[", stdout);
    for (int i = 0; codes && i < SM_DEMO_CODES; i++)
        printf(ctl->json ? "%s\"%s\"" : "%s%s\n", ctl->json && i > 0 ? "," : "",
               r->codes[i]);
    if (ctl->json)
        puts("]}");
    return CTL_OK;
}

static int run_demo(struct ctl *ctl)
{
    struct sm_demo demo = {0};
    struct sm_demo_result result;
    const struct sm_settings *s;
    enum sm_status status;
    int code = ctl_settings(ctl);

    if (code == CTL_OK)
        code = read_options(&demo, ctl);
    if (code != CTL_OK)
        return code;
    s = ctl->settings;
    demo.code.min = (int)sm_settings_int(s, "payment_code.min");
    demo.code.max = (int)sm_settings_int(s, "payment_code.max");
    demo.code.digits = sm_settings_bool(s, "payment_code.digits");
    status = sm_code_check_parse(&demo.code.check,
                                 sm_settings_str(s, "payment_code.check"));
    if (status == SM_OK && mkdir(demo.out, 0755) != 0 && errno != EEXIST)
        status = SM_FAIL(&ctl->err, SM_UNAVAILABLE, "%s", strerror(errno));
    if (status == SM_OK)
        status = sm_demo_write(&result, &demo, &ctl->err);
    return status == SM_OK ? finish(ctl, &result)
                           : ctl_fail(ctl, status, demo.out);
}

static const struct ctl_option options[] = {
    {"out", "DIR", "Where the files go (required)"},
    {"customers", "N", "How many customers (200)"},
    {"months", "N", "Months of invoices (24)"},
    {"xml-percent", "N", "Percent of the newest invoices as UBL (10)"},
    {"seed", "N", "Another company for another number (1)"},
    {"until", "DATE", "The last day of the story (today)"},
    {"print-codes", NULL, "Print the three payment codes to try"},
};

const struct ctl_command ctl_command_demo = {
    .name = "demo-data",
    .usage = "",
    .help =
        "Write the files of a demonstration company.\n"
        "sellers.csv, accounts.csv, invoices.csv, payments.csv, einvoice/, "
        "routes.csv and "
        "meters.csv\nare for `smetka import`, in this order; codes holds three "
        "payment codes to try:\na current and an overdue invoice in RON, a "
        "single invoice in EUR, nothing to\npay and a credit.",
    .options = options,
    .noptions = SM_COUNT(options),
    .run = run_demo,
};
