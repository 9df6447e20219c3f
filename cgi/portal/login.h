/* What the pages that log somebody in share: how a log-in is found, how a
 * typed password is compared, how a new one is taken, where one goes
 * afterwards.  Nobody computes a password's hash with a transaction open or a
 * connection in hand. */
#ifndef SM_PORTAL_LOGIN_H
#define SM_PORTAL_LOGIN_H

#include "auth/password.h"
#include "auth/session.h"
#include "portal/guest.h"

/* Argument: the keyed hash by which a log-in is found, of an address or user
 * name in any case. */
struct sm_arg sm_login_key(struct sm_request *rq, const char *email);

/* Argument: the keyed hash of the mailbox that an address leads to, however
 * it is spelt: mails to it are counted by that. */
struct sm_arg sm_login_mailbox(struct sm_request *rq, const char *email);

/* Argument: the limits and lives that the functions of schema auth read. */
struct sm_arg sm_login_limits(struct sm_request *rq);

/* The input of what proves a contract, whichever register.proof asks for. */
#define SM_LOGIN_PROOF                                                         \
    {                                                                          \
        .name = "invoice_no", .type = SM_IN_INVOICE_NO, .required = true,      \
        .missing = SM_N_("Type the number or code that shows that the "        \
                         "contract is yours.")                                 \
    }

/* Say in the form what proves a contract: PROOF_INVOICE, PROOF_LETTER or
 * PROOF_EITHER. */
void sm_login_proof(const struct sm_request *rq, struct sm_dict *page);

/* Argument: the session of rq->customer. */
struct sm_arg sm_login_session(const struct sm_request *rq);

/* Run STMT in a transaction of its own, again after a COMMIT in doubt; no
 * connection is kept. */
enum sm_status sm_login_run(struct sm_rows **out, struct sm_request *rq,
                            const struct sm_stmt *stmt,
                            const struct sm_arg *args) SM_MUSTCHECK;

/* Hash the new password in the inputs "password" and "password_again" into
 * OUT.  EMAIL and CLIENT_CODE are what it must not be; NULL: not known.
 * SM_INVALID  they differ or break a rule: the input is refused with the
 *             sentence; SM_BUSY as for sm_password_hash(). */
enum sm_status sm_login_new_password(char out[SM_PASSWORD_TEXT],
                                     struct sm_request *rq, const char *email,
                                     const char *client_code) SM_MUSTCHECK;

/* Compare the input NAME with the password of who is logged in, and count the
 * try.  SM_OK if it is right.  SM_INVALID: wrong, and the input is refused;
 * SM_DENIED: the answer is made, too many tries or the session is over. */
enum sm_status sm_login_same(struct sm_request *rq, struct sm_reply *rp,
                             const char *name) SM_MUSTCHECK;

/* Answer 429 with what can be done instead of waiting. */
enum sm_status sm_login_slow(struct sm_reply *rp, int64_t retry_after_s)
    SM_MUSTCHECK;

/* Answer 404: a mailed link that is unknown, used or past its time. */
enum sm_status sm_login_bad_link(struct sm_reply *rp) SM_MUSTCHECK;

/* The number of the mailed link in the input "token", made for PURPOSE.
 * False: it is none of ours. */
bool sm_login_token(uint8_t number[SM_HASH_BYTES], const struct sm_request *rq,
                    const char *purpose);

/* The path in the input "next" if it is one of ours, else FALLBACK. */
const char *sm_login_next(const struct sm_request *rq, const char *fallback);

/* Inputs that such a page declares. */
#define SM_LOGIN_NEXT                                                          \
    {                                                                          \
        "next", SM_IN_TEXT, .max = 300                                         \
    }
#define SM_LOGIN_TOKEN                                                         \
    {                                                                          \
        "token", SM_IN_TOKEN, .required = true, .max = 64                      \
    }

#endif
