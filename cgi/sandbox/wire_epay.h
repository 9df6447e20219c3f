/* The wire side of ePay.bg: its checksum, its notifications, and the counter
 * that asks a biller. */
#ifndef SM_SANDBOX_WIRE_EPAY_H
#define SM_SANDBOX_WIRE_EPAY_H

#include "sandbox/wire.h"

/* Lower-case hex of HMAC-SHA1(SECRET, TEXT), in the request's arena. */
const char *sb_epay_sum(struct sm_request *rq, const char *secret,
                        const char *text);

/* Decode base64 TEXT, in the request's arena; NULL if it is none. */
const char *sb_epay_decode(struct sm_request *rq, const char *text);

/* One parameter of a question to a biller. */
struct sb_param {
    const char *name; /* in the order of the alphabet */
    const char *value;
};

/* Ask the biller's page PATH ("init", "confirm"), signed.  What it says into
 * OUT; returns the HTTP status. */
long sb_epay_ask(char *out, size_t size, struct sm_request *rq,
                 const char *path, const struct sb_param *params, size_t count);

#endif
