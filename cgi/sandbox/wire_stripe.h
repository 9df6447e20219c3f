/* The wire side of Stripe Checkout: sessions as JSON, refusals, the key. */
#ifndef SM_SANDBOX_WIRE_STRIPE_H
#define SM_SANDBOX_WIRE_STRIPE_H

#include "sandbox/wire.h"

/* SESSION as the processor's JSON, in the request's arena. */
const char *sb_session_json(struct sm_request *rq,
                            const struct sb_session *session);

/* Answer 200 with a session, or an error object of that HTTP status. */
enum sm_status sb_reply_session(struct sm_request *rq, struct sm_reply *rp,
                                const struct sb_session *session);
enum sm_status sb_reply_error(struct sm_request *rq, struct sm_reply *rp,
                              int http, const char *type, const char *message);

/* True if the request carries the secret key; else the reply is a 401. */
bool sb_authorised(struct sm_request *rq, struct sm_reply *rp);

/* Find the Stripe session ID.  SM_NOT_FOUND, also for another protocol's. */
enum sm_status sb_stripe_find(struct sb_session *out, const char *id)
    SM_MUSTCHECK;

#endif
