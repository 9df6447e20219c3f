/* The charts of a place: what the page, the files and programs show of it. */
#ifndef SM_PORTAL_CHARTS_H
#define SM_PORTAL_CHARTS_H

#include "domain/series.h"
#include "web/reply.h"
#include "web/request.h"

enum sm_charts_kind {
    SM_CHARTS_BILLED,
    SM_CHARTS_PAID,
    SM_CHARTS_USE,
    SM_CHARTS_GIVEN, /* back into the network */
};

/* One chart: of one kind, utility and unit. */
struct sm_charts_one {
    enum sm_charts_kind kind;
    const char *utility;  /* "electricity"; "" where it is not known */
    const char *unit;     /* a currency, or UN/ECE code */
    const char *currency; /* the same currency; NULL of what is no money */
    int decimals;         /* of values that are no money */
    struct sm_series series;
};

struct sm_charts {
    const struct sm_rows *rows; /* of sm_sql_self_charts; also all places */
    int chosen;                 /* the first row of the place; -1: no place */
    const struct sm_charts_one *all;
    size_t count;
};

/* The inputs of a page that shows the charts of a place. */
#define SM_CHARTS_INPUTS                                                       \
    {                                                                          \
        .name = "place", .type = SM_IN_ID                                      \
    }

/* Read the charts of the place in the inputs, or of the first one.
 * SM_NOT_FOUND: there is no such place, or it is another's. */
enum sm_status sm_charts_load(struct sm_charts **out, struct sm_request *rq)
    SM_MUSTCHECK;

/* "billed", "paid", "use", "given". */
const char *sm_charts_word(enum sm_charts_kind kind);

/* "Electricity used". */
const char *sm_charts_name(const struct sm_charts_one *one, enum sm_lang lang);

#endif
