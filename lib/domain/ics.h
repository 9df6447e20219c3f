/* Calendar files: RFC 5545 in UTF-8, lines of at most 75 octets, days without
 * times.  A file begins, has any number of events, and ends. */
#ifndef SM_DOMAIN_ICS_H
#define SM_DOMAIN_ICS_H

#include <stdint.h>

#include "base/buf.h"
#include "base/clock.h"

/* Texts are UTF-8 in the reader's language; NULL or "" leaves one out. */
struct sm_ics_event {
    const char *uid;     /* always the same for the same thing */
    struct sm_date from; /* first day */
    struct sm_date to;   /* last day */
    const char *summary;
    const char *description;
    const char *url;
    int remind_days; /* that many days before FROM; 0: not at all */
};

/* Begin a calendar that is called NAME. */
void sm_ics_begin(struct sm_buf *out, const char *name);

/* Add EVENT as it is known at NOW_S, in seconds since 1970. */
void sm_ics_event(struct sm_buf *out, const struct sm_ics_event *event,
                  int64_t now_s);

/* End the calendar. */
void sm_ics_end(struct sm_buf *out);

#endif
