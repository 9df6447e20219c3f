/* The page of one meter: what it showed, how and when it is read, its history
 * and the form with which an index is sent.  Shown by its own address, and
 * again by the one that the form posts to, with what is wrong. */
#ifndef SM_PORTAL_METER_SHOW_H
#define SM_PORTAL_METER_SHOW_H

#include "domain/reading.h"
#include "web/reply.h"
#include "web/request.h"

/* The names of the form's fields, value_1 to value_8. */
extern const char *const sm_meter_fields[SM_REGISTERS_MAX];

/* What was typed into the form and is shown again. */
struct sm_meter_form {
    const char *typed[SM_REGISTERS_MAX];
    const char *read_on;
    const char *once_key; /* NULL: a new one */
    const char *doubted;  /* the values that are doubted, "" for none */
    int ask;              /* which confirmation is asked for, 1 or 2; or 0 */
    bool photo;           /* one was sent, so it can be sent again */
    struct sm_reading_hint hint;
    /* what is said of each value, SM_READING_OK where nothing is */
    struct sm_reading_finding found[SM_REGISTERS_MAX];
    const char *wrong[SM_REGISTERS_MAX]; /* sentences of what is refused */
};

/* Fill the page of the meter whose registers are ROWS (sm_sql_self_meters, at
 * least one); FORM is what was typed, or NULL. */
enum sm_status sm_meter_show(struct sm_request *rq, struct sm_reply *rp,
                             const struct sm_rows *rows,
                             const struct sm_meter_form *form) SM_MUSTCHECK;

#endif
