/* What happened to a log-in, in words. */
#ifndef SM_PORTAL_EVENTS_H
#define SM_PORTAL_EVENTS_H

#include "base/buf.h"
#include "portal/login.h"

enum { SM_EVENTS_MOST = 1000 }; /* at a time, of the database */

/* At most MOST events before the one numbered BEFORE (0: the newest): the rows
 * of sm_sql_auth_events, in ARENA. */
enum sm_status sm_events_read(struct sm_rows **out, struct sm_request *rq,
                              struct sm_arena *arena, int64_t before,
                              int32_t most) SM_MUSTCHECK;

/* The sentence for KIND, marked for translation; NULL: none is known. */
const char *sm_events_words(const char *kind);

/* True if the detail of KIND is for people: an address, a browser. */
bool sm_events_detailed(const char *kind);

/* The text that the hash of row I is of: "seq|microseconds|kind|detail". */
void sm_events_text(struct sm_buf *out, const struct sm_rows *rows, int i);

/* Append row I to a file: the columns of SM_EVENTS_HEADER. */
void sm_events_csv(struct sm_buf *out, const struct sm_rows *rows, int i);
#define SM_EVENTS_HEADER "seq,at,microseconds,kind,detail,text,hash"

#endif
