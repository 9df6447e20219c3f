/* Figures of bills as a series of months, for charts and their tables.
 *
 * A figure belongs to the months whose 15th day its period holds, and to the
 * month of its last day if it holds none.  It counts in the last of them:
 * figures of one month, such as a bill and its credit note, are one point,
 * their sum.  A month that no figure belongs to, between the first and the
 * last, is a point that is missing; so a bill for two months leaves no gap. */
#ifndef SM_DOMAIN_SERIES_H
#define SM_DOMAIN_SERIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/status.h"

#define SM_SERIES_POINTS 24

struct sm_series_figure {
    struct sm_date from; /* year 0: not known, or of one day */
    struct sm_date to;
    int64_t value; /* whatever is counted; below zero for a credit note */
    bool estimated;
};

struct sm_series_point {
    int year, month;
    struct sm_date from, to; /* first and last day of its figures */
    bool missing;            /* no figure: what follows is 0 */
    bool estimated;          /* one of its figures is */
    int64_t value;
    int64_t days; /* that a figure is for, each once; 0: not known */
    int64_t per_day;
    /* the same month of the year before, also of one that is missing */
    bool has_last_year, has_last_year_per_day;
    int64_t last_year, last_year_per_day;
};

struct sm_series {
    struct sm_series_point points[SM_SERIES_POINTS]; /* oldest first */
    size_t count;
    /* of the points that have a value, rounded half away from zero */
    bool has_average, has_average_per_day;
    int64_t average;         /* their sum by their number */
    int64_t average_per_day; /* of those with days: sum of values by days */
    size_t highest, lowest;  /* the first such point, if has_average */
    bool any_estimated, any_missing, any_last_year;
};

/* Make the series of COUNT FIGURES, which are in the order of their first
 * days (of "to" where "from" is not known): its last 24 points.  A value per
 * day is in hundredths of what UNITS_IN_ONE of value make, rounded half away
 * from zero.  What lies more than 12 years before the last is left out.
 * SM_INVALID: a hundredfold sum is too large for 64 bits. */
enum sm_status sm_series_make(struct sm_series *out,
                              const struct sm_series_figure *figures,
                              size_t count, int64_t units_in_one,
                              struct sm_error *err) SM_MUSTCHECK;

#endif
