/* The wire side of Stripe Checkout: sessions as JSON, refusals, the key. */
#ifndef SM_SANDBOX_WIRE_STRIPE_H
#define SM_SANDBOX_WIRE_STRIPE_H

#include <cjson/cJSON.h>

#include "sandbox/parts.h"
#include "sandbox/wire.h"

/* SESSION as the processor's JSON. */
cJSON *sb_session_object(const struct sb_session *session);

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

/* An event of TYPE about OBJECT, which it takes; to be freed. */
char *sb_stripe_event(const char *type, cJSON *object);

/* The tell_part of this wire. */
bool sb_stripe_tell_part(struct sb_message *out, enum sb_part_event event,
                         const struct sb_part *part);

/* Parts as the processor's JSON: a refund in STATE, a dispute, a payout, and
 * what moved with a payout (BACK: what came back), its source in full if
 * EXPANDED. */
cJSON *sb_refund_object(const struct sb_part *refund, enum sb_part_state state);
cJSON *sb_dispute_object(const struct sb_part *dispute);
cJSON *sb_payout_object(const struct sb_part *payout);
cJSON *sb_txn_object(const struct sb_part *part, bool back, bool expanded);

/* Answer 200 with OBJECT, which it takes. */
enum sm_status sb_reply_json(struct sm_request *rq, struct sm_reply *rp,
                             cJSON *object);

/* The same with a page of ITEMS, an array, newest first: those after the one
 * with the id AFTER ("" from the first), at most LIMIT (0: ten). */
enum sm_status sb_reply_list(struct sm_request *rq, struct sm_reply *rp,
                             cJSON *items, const char *after, int64_t limit);

/* A hash of the parameters of RQ: the same key with others is refused. */
void sb_fingerprint(char out[72], const struct sm_request *rq);

#endif
