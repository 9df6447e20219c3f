/* Mailed links that ask for one press of a button: what they are about, and
 * the press.  Mail programs follow links by themselves, people press. */
#ifndef SM_PORTAL_MAILED_H
#define SM_PORTAL_MAILED_H

#include "portal/login.h"

/* Show the page of the link in the input "token", made for PURPOSE, which is
 * its kind in the database too: fills TOKEN_EMAIL, or answers 404. */
enum sm_status sm_mailed_show(struct sm_request *rq, struct sm_reply *rp,
                              const char *purpose) SM_MUSTCHECK;

/* The button was pressed: run STMT (of the link's number and now), whose one
 * column is a word, into *OUTCOME.  NULL with SM_OK: answered with 404, since
 * the link is none of ours or the word is "gone". */
enum sm_status sm_mailed_take(const char **outcome, struct sm_request *rq,
                              struct sm_reply *rp, const char *purpose,
                              const struct sm_stmt *stmt) SM_MUSTCHECK;

#endif
