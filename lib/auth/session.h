/* Who is logged in in a browser: the session's cookie, and what the database
 * says of it.  The cookie holds 128 random bits; the database knows their
 * keyed hash.  A session begins with a new cookie each time somebody logs in,
 * and goes on under another one after each step up. */
#ifndef SM_AUTH_SESSION_H
#define SM_AUTH_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "web/reply.h"
#include "web/request.h"

/* A session as its browser knows it, and as the database does. */
struct sm_session {
    char text[SM_ID_TEXT];
    uint8_t key[SM_HASH_BYTES];
};

/* Draw a new one. */
void sm_session_new(struct sm_session *out, const struct sm_request *rq);

/* The one that continues rq->customer's after this request: always the same
 * one, however often its handler runs. */
void sm_session_next(struct sm_session *out, const struct sm_request *rq);

/* Have the browser keep SESSION, for 30 days if KEPT, else until it is closed.
 * SM_INTERNAL without memory. */
enum sm_status sm_session_give(struct sm_request *rq, struct sm_reply *rp,
                               const struct sm_session *session, bool kept)
    SM_MUSTCHECK;

/* Have the browser forget its session. */
void sm_session_forget(struct sm_reply *rp);

/* Fill rq->customer; the guard's .enter. */
enum sm_status sm_session_enter(struct sm_request *rq,
                                const char *cookie_header) SM_MUSTCHECK;

/* What a browser calls itself, in two words for the list of sessions
 * ("Firefox, Android"), of the User-Agent header; "" if it is not known. */
void sm_session_agent(char *out, size_t size, const char *user_agent);

#endif
