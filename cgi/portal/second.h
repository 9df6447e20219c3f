/* The second factor and the new password of who is logged in, as several pages
 * need them. */
#ifndef SM_PORTAL_SECOND_H
#define SM_PORTAL_SECOND_H

#include "auth/totp.h"
#include "portal/login.h"

/* The secret that is offered to who has none yet: the same one in each page of
 * the session, until it is switched on.  The caller wipes it. */
void sm_second_offer(uint8_t out[SM_TOTP_SECRET_BYTES],
                     const struct sm_request *rq);

/* Seal SECRET for the log-in into OUT[SIZE]. */
enum sm_status sm_second_seal(uint8_t *out, size_t size,
                              const struct sm_request *rq,
                              const uint8_t secret[SM_TOTP_SECRET_BYTES])
    SM_MUSTCHECK;

/* The secret that is kept, and its last used step, after counting the try.
 * SM_DENIED: the answer is made (too many tries, or the session is over). */
enum sm_status sm_second_kept(uint8_t out[SM_TOTP_SECRET_BYTES], int64_t *used,
                              struct sm_request *rq, struct sm_reply *rp)
    SM_MUSTCHECK;

/* Refuse the input "code".  SM_INVALID. */
enum sm_status sm_second_refuse(struct sm_request *rq) SM_MUSTCHECK;

/* Keep the new password of the inputs "password" and "password_again", go on
 * under another cookie and to NEXT.  Who may is decided by the caller. */
enum sm_status sm_password_put(struct sm_request *rq, struct sm_reply *rp,
                               const char *next) SM_MUSTCHECK;

#endif
