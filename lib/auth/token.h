/* Tokens with which programs of a customer read: "smetka_" and the 26
 * characters of 128 random bits, sent as "Authorization: Bearer ...".  The
 * database knows their keyed hash. */
#ifndef SM_AUTH_TOKEN_H
#define SM_AUTH_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "web/request.h"

#define SM_TOKEN_PREFIX "smetka_"

enum { SM_TOKEN_TEXT = sizeof(SM_TOKEN_PREFIX) - 1 + SM_ID_TEXT };

struct sm_token {
    char text[SM_TOKEN_TEXT];
    uint8_t key[SM_HASH_BYTES];
};

/* The token that this request makes for rq->customer: always the same one,
 * however often its handler runs. */
void sm_token_new(struct sm_token *out, const struct sm_request *rq);

/* The random bits of the token in an Authorization header: the scheme in any
 * case, blanks, the token in its one spelling, nothing after it but blanks. */
bool sm_token_read(uint8_t out[SM_ID_BYTES], const char *header);

/* Fill rq->customer by the token of HEADER, and count the request; the
 * guard's .enter_token. */
enum sm_status sm_token_enter(struct sm_request *rq, int *retry_after_s,
                              const char *header) SM_MUSTCHECK;

#endif
