/* What the pages of a customer's meters share: how a meter, an index, the time
 * in which it may be sent and its state are put into words. */
#ifndef SM_PORTAL_METERS_H
#define SM_PORTAL_METERS_H

#include "base/clock.h"
#include "web/reply.h"
#include "web/request.h"

enum { SM_METERS_PAGE = 25 };

/* MOST meters after the first SKIP: the one of id METER, or (NULL) those that
 * the inputs "place" and "q" ask for.  Rows of sm_sql_self_meters, one a
 * register. */
enum sm_status sm_meters_load(struct sm_rows **out, struct sm_request *rq,
                              const uint8_t *meter, int most, int skip)
    SM_MUSTCHECK;

/* Set marker KEY to an index as the dial shows it, with its DECIMALS. */
void sm_meters_index(struct sm_dict *dict, int key, int64_t milli,
                     int decimals);

/* Set marker KEY to thousandths of a unit, without zeros at their end. */
void sm_meters_amount(struct sm_dict *dict, int key, int64_t milli);

/* Set marker KEY to millionths of a unit a day, to two decimals. */
void sm_meters_rate(struct sm_dict *dict, int key, int64_t micro);

/* Show one of the sections REG_SINGLE, REG_DAY, REG_NIGHT, REG_IMPORT,
 * REG_EXPORT: which of the meter's figures it is; NOT_SINGLE: of several. */
void sm_meters_register(struct sm_dict *dict, const char *kind);

/* Show one of the sections WAY_READ, WAY_SELF, ...: how an index came. */
void sm_meters_way(struct sm_dict *dict, const char *source);

/* Show one of the sections STATE_ACCEPTED, STATE_IN_CHECK, ... */
void sm_meters_state(struct sm_dict *dict, const char *state);

/* Fill what row I says of a meter as a whole: METER_ID, SERIAL, its kind,
 * where it is, and the time in which an index may be sent (a section WIN_...,
 * see _meter_window.tpl). */
void sm_meters_fill(struct sm_dict *dict, const struct sm_request *rq,
                    const struct sm_rows *rows, int i);

/* Fill the register of row I: which it is, UNIT, its last index with date and
 * way, what was used. */
void sm_meters_fill_register(struct sm_dict *dict, const struct sm_rows *rows,
                             int i);

/* True if rows I and J are of one meter. */
bool sm_meters_same(const struct sm_rows *rows, int i, int j);

#endif
