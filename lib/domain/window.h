/* When customers may send what their meters show: a window comes round every
 * month or every few, by days of the month, or on dates that the company
 * names.  Days are of the place; both ends belong to the window.
 * meter.window_on() says the same in the database; a test compares the two. */
#ifndef SM_DOMAIN_WINDOW_H
#define SM_DOMAIN_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

struct sm_window_span {
    struct sm_date from, to; /* first and last day */
};

/* The rule of a route.  Days and dates may stand side by side. */
struct sm_window_rule {
    int first_day; /* 1 to 31, cut to the length of the month; 0: dates only */
    int last_day;  /* likewise; below first_day it is of the next month */
    int every_months; /* 1, 2, 3, 4, 6 or 12 */
    int base_month;   /* 1 to 12: one of the months in which it opens */
    const struct sm_window_span *spans; /* dates, in any order; borrowed */
    size_t nspans;
};

/* What a day is to a rule. */
struct sm_window {
    bool open;
    struct sm_window_span now; /* only if open */
    int64_t days_left;         /* with the day itself: 1 on the last; else 0 */
    bool has_next;
    struct sm_window_span next; /* the first that opens after the day */
    int64_t days_until;         /* from the day to its opening; else 0 */
};

/* True if the numbers of RULE are within their bounds and each span ends on
 * or after its first day. */
bool sm_window_rule_valid(const struct sm_window_rule *rule);

/* What DAY is to RULE, which is valid.  Of several windows that hold the day
 * the one that opened last counts. */
void sm_window_at(struct sm_window *out, const struct sm_window_rule *rule,
                  struct sm_date day);

#endif
