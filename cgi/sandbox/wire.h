/* The wire side of the sandbox processor: its objects as JSON, its form
 * bodies, its signed notifications and their delivery. */
#ifndef SM_SANDBOX_WIRE_H
#define SM_SANDBOX_WIRE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "config/settings.h"
#include "sandbox/store.h"
#include "web/reply.h"

/* The value of form field NAME (brackets literal) in the urlencoded BODY,
 * decoded into OUT; "" when absent.  False if it does not fit. */
bool sb_form_value(char *out, size_t size, const char *body, size_t len,
                   const char *name);

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

/* Play the part of WORD (normal, slow, never, error): waits, or makes the
 * reply an error and returns false. */
bool sb_behave(struct sm_request *rq, struct sm_reply *rp, const char *word);

/* Start and stop the threads that deliver notifications. */
enum sm_status sb_notify_open(const struct sm_settings *settings,
                              struct sm_error *err) SM_MUSTCHECK;
void sb_notify_close(void);

/* Queue an event of TYPE ("checkout.session.completed") about SESSION, to be
 * delivered as the behaviour says. */
void sb_notify(const char *type, const struct sb_session *session);

#endif
