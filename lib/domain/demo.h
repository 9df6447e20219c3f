/* A demonstration company, Electra Aqua: it sells electricity and water in
 * Romania (RON) and Bulgaria (EUR).  The files are those of docs/import.md and
 * depend on nothing but the options: the same options, the same bytes. */
#ifndef SM_DOMAIN_DEMO_H
#define SM_DOMAIN_DEMO_H

#include <stdint.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/status.h"
#include "ident/code.h"

enum {
    SM_DEMO_CODES = 3,
    SM_DEMO_STORIES = 20 /* customers all of whose invoices are UBL */
};

struct sm_demo {
    const char *out;     /* an existing folder */
    int64_t customers;   /* 3 at least */
    int64_t months;      /* of invoices, the last of them in UNTIL's */
    int64_t xml_percent; /* of the newest invoices that become UBL; 0: none,
                            not even of the first SM_DEMO_STORIES customers */
    uint64_t seed;
    struct sm_date until; /* "today" of the company */
    struct sm_code_rule code;
};

struct sm_demo_result {
    int64_t accounts, invoices, einvoices, payments, readings;
    /* to try: a current and an overdue invoice in RON; a single one in EUR;
     * nothing to pay and a credit */
    char codes[SM_DEMO_CODES][SM_CODE_TEXT];
};

/* Write sellers.csv, accounts.csv, invoices.csv, payments.csv, routes.csv,
 * meters.csv, codes and einvoice/ below demo->out.  SM_UNAVAILABLE if a file
 * cannot be written. */
enum sm_status sm_demo_write(struct sm_demo_result *result,
                             const struct sm_demo *demo, struct sm_error *err)
    SM_MUSTCHECK;

#endif
