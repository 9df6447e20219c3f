/* The adapter's own struct and its requests.  Internal to it. */
#ifndef SM_PAY_NETOPIA_WIRE_H
#define SM_PAY_NETOPIA_WIRE_H

#include "net/http.h"
#include "pay/netopia.h"

#define SM_NETOPIA_BODY_MAX 8192

struct netopia {
    struct sm_processor head;
    const struct sm_settings *settings; /* strings below are borrowed of it */
    const char *origin;                 /* of our own pages */
    const char *base_url;
    const char *api_key;
    const char *pos;
    const char *ca_file;
    int connect_ms;
    struct sm_rsa *key; /* of who signs notifications */
};

/* Append "NAME":"VALUE" and a comma, VALUE escaped. */
void sm_netopia_text(struct sm_buf *out, const char *name, const char *value);

/* Append "NAME":VALUE and a comma: an amount as a JSON number with two
 * decimals, which is written from whole numbers. */
void sm_netopia_sum(struct sm_buf *out, const char *name, int64_t minor);

/* Take the last comma back and close what it was in. */
void sm_netopia_end(struct sm_buf *out, const char *end);

/* POST the JSON BODY to PATH.  REPLY is to be released after SM_OK, which is
 * given only to an answer that may be theirs: what is wrong with a request
 * they say under 200, 400 or 404. */
enum sm_status sm_netopia_call(struct sm_http_reply *reply,
                               const struct netopia *self,
                               struct sm_arena *arena, const char *path,
                               const struct sm_buf *body, int budget_ms,
                               struct sm_error *err) SM_MUSTCHECK;

#endif
