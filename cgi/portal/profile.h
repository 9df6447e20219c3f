/* What the pages about a log-in's places share. */
#ifndef SM_PORTAL_PROFILE_H
#define SM_PORTAL_PROFILE_H

#include "portal/people.h"

/* What is on file about the place in the input "account"
 * (sm_sql_auth_profile): one row, or none if it is not theirs. */
enum sm_status sm_profile_place(struct sm_rows **out, struct sm_request *rq)
    SM_MUSTCHECK;

/* Fill the name of the place and its id. */
void sm_profile_fill(struct sm_request *rq, struct sm_dict *dict,
                     const struct sm_rows *rows, int i);

/* Set KEY to what column COLUMN of the place says, unless the form came in:
 * what was typed stands then. */
void sm_profile_value(const struct sm_request *rq, struct sm_dict *dict,
                      int key, const struct sm_rows *rows, int column);

/* Argument: the text of input NAME; null if nothing was typed. */
struct sm_arg sm_profile_arg(const struct sm_request *rq, const char *name);

#endif
