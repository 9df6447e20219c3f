/* The wire side of BORICA's gateway: what its one address is sent, and what it
 * answers, signed. */
#ifndef SM_SANDBOX_WIRE_BORICA_H
#define SM_SANDBOX_WIRE_BORICA_H

#include "sandbox/wire.h"

#define SB_BORICA_GUARD_S 900 /* a form is good so long */

/* Answer a question of the merchant's server in JSON: ACTION and RC about
 * SESSION (NULL: there is none), NONCE echoed. */
enum sm_status sb_borica_answer(struct sm_request *rq, struct sm_reply *rp,
                                const struct sb_session *session,
                                const char *action, const char *rc,
                                const char *nonce);

/* ACTION and RC of SESSION's sale as it stands. */
void sb_borica_state(const char **action, const char **rc,
                     const struct sb_session *session);

/* Send the browser back with ACTION and RC of the caller's choice. */
enum sm_status sb_borica_return(struct sm_request *rq, struct sm_reply *rp,
                                const struct sb_session *session,
                                const char *action, const char *rc);

/* The text NAME of what SESSION keeps for this protocol, in the arena. */
const char *sb_borica_kept(struct sm_request *rq,
                           const struct sb_session *session, const char *name);

#endif
