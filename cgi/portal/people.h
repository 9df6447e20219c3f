/* What the pages about delegates share: the words for what somebody may do,
 * the names of places, days that are typed. */
#ifndef SM_PORTAL_PEOPLE_H
#define SM_PORTAL_PEOPLE_H

#include "portal/login.h"

/* What the words of SCOPE ("see,pay") allow, as a list in the language of the
 * request: "see the bills, pay".  In the arena. */
const char *sm_people_may(struct sm_request *rq, const char *scope);

/* How a place is named: its address, else the end of its payment code. */
const char *sm_people_place(struct sm_request *rq, const char *address,
                            const char *code_hint);

/* LIST, and after it "; " if it has something, and WORD.  In the arena. */
const char *sm_people_join(struct sm_request *rq, const char *list,
                           const char *word);

/* The day in TEXT: "2026-06-01" as browsers send it, or "1.6.2026" as people
 * type it.  Year 0: it is none. */
struct sm_date sm_people_day(const char *text);

/* The rows of the invitation in the input "token" (sm_sql_auth_invite_open),
 * with its NUMBER; none if it opens nothing. */
enum sm_status sm_people_invite(struct sm_rows **out,
                                uint8_t number[SM_HASH_BYTES],
                                struct sm_request *rq) SM_MUSTCHECK;

/* Fill what an invitation says: who, what, where, until when. */
void sm_people_fill_invite(struct sm_request *rq, struct sm_dict *dict,
                           const struct sm_rows *rows);

#endif
