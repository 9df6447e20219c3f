/* The wire side of Netopia's API v2: what its answers and notifications
 * hold. */
#ifndef SM_SANDBOX_WIRE_NETOPIA_H
#define SM_SANDBOX_WIRE_NETOPIA_H

#include <cjson/cJSON.h>

#include "sandbox/wire.h"

/* Add the parts "payment" and, if FULL, "order" of SESSION to JSON. */
void sb_netopia_describe(cJSON *json, const struct sb_session *session,
                         bool full);

/* The same of money that was taken: STATUS of theirs about MINOR of it. */
void sb_netopia_describe_part(cJSON *json, const struct sb_session *session,
                              int status, int64_t minor);

/* Answer 200 with JSON under "error" CODE and MESSAGE; releases JSON. */
enum sm_status sb_netopia_answer(struct sm_request *rq, struct sm_reply *rp,
                                 cJSON *json, const char *code,
                                 const char *message);

/* The posted JSON if the request carries the API key; else NULL, and the
 * reply says why.  To be released. */
cJSON *sb_netopia_read(struct sm_request *rq, struct sm_reply *rp);

/* The string at NAME of JSON; "". */
const char *sb_netopia_text(const cJSON *json, const char *name);

/* The amount at NAME of JSON in minor units; 0 if it is none. */
int64_t sb_netopia_sum(const cJSON *json, const char *name);

#endif
