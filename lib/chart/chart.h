/* A bar chart as inline SVG, for a customer's page: one bar a month, last
 * year's bar behind it, the average as a line.
 *
 * It is drawn twice, for narrow and for wide screens, so that its words keep
 * their size; cgi/static/smetka.css (.chart) shows one of the two and hides
 * the other from readers too, and gives both their colours.  Nothing depends
 * on colour alone: what was estimated is hatched, last year is an outline, a
 * missing month a gap.  A chart is a picture: the page has a table with the
 * same figures below it.
 *
 * Every text is escaped, and cut where it is longer than a chart can bear.
 * The same chart gives the same bytes.  No floating point; the whole range of
 * int64_t is drawn. */
#ifndef SM_CHART_CHART_H
#define SM_CHART_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"
#include "view/view.h"

#define SM_CHART_POINTS 36 /* the most that are drawn */
#define SM_CHART_DECIMALS 6
#define SM_CHART_BYTES ((size_t)256 * 1024) /* no chart is larger */

/* A month, a bill, a day. */
struct sm_chart_point {
    const char *label; /* below the bar: "nov."; see sm_format_month() */
    const char *group; /* below the labels that share it: "2026"; or NULL */
    int64_t value;     /* below zero for a credit note, for export */
    int64_t compare;   /* the same month of last year */
    bool has_compare;
    bool estimated;
    bool missing; /* there is no value: a gap */
};

/* What the kinds of marks are called, in the legend and beside the pointer;
 * only what the chart has is named.  NULL or "" leaves one out.  A phone has
 * room for 30 characters. */
struct sm_chart_words {
    const char *value;     /* "Billed" */
    const char *compare;   /* "Same month of last year" */
    const char *estimated; /* "Estimated" */
    const char *missing;   /* "No bill" */
    const char *average;   /* "Average"; its value follows */
};

/* Texts are in the page's language already; nothing of it is kept. */
struct sm_chart {
    const char *id;          /* its own in the page; 1 to 12 of a-z, 0-9 */
    const char *title;       /* what it shows */
    const char *description; /* what it says, in a sentence or two */
    const char *unit;        /* "kWh", above the axis and behind values */
    const char *currency;    /* values are money in minor units: "RON" */
    int decimals;            /* without currency: of values, 0 to 6 */
    const struct sm_chart_point *points; /* oldest first */
    size_t count;
    struct sm_chart_words words;
    int64_t average;
    bool has_average;
    bool show_most; /* write the greatest and the least beside their bars,
                     * where not all have room */
};

/* Append the chart to OUT.
 * SM_NOT_FOUND  no point has a value: there is nothing to draw, nothing is
 *               appended, and the page says so in words.
 * SM_INVALID    more points than SM_CHART_POINTS, an id that is none, an
 *               unknown currency, too many decimals: a mistake of the page.
 * SM_INTERNAL   it did not fit into OUT. */
enum sm_status sm_chart_draw(struct sm_buf *out, enum sm_lang lang,
                             const struct sm_chart *chart, struct sm_error *err)
    SM_MUSTCHECK;

/* Put the chart into the page at the marker KEY, which the template writes
 * {{NAME:x-svg}} between tags.  Results as above; the marker shows nothing
 * unless it is SM_OK. */
enum sm_status sm_chart_show(struct sm_dict *dict, int key,
                             const struct sm_chart *chart, struct sm_error *err)
    SM_MUSTCHECK;

/* The least of 1, 2, 5, 10, 20, 50, ... of which at most INTERVALS (2 or
 * more) reach from zero up to ABOVE and down to BELOW together; both at most
 * 2^63. */
uint64_t sm_chart_nice_step(uint64_t above, uint64_t below, unsigned intervals);

#endif
