/* The link that is mailed instead of an answer, once guesses are many.
 *
 * The portal draws a number of 32 bytes; the database keeps it (it opens
 * nothing by itself), and jobs mails the token: base64url of the number and
 * the first 16 bytes of HMAC(secret.link, "step_up", number).  So neither the
 * database nor its backups hold anything that opens a bill. */
#ifndef SM_DOMAIN_STEP_UP_H
#define SM_DOMAIN_STEP_UP_H

#include <stdint.h>

#include "base/status.h"
#include "crypto/crypto.h"

enum {
    SM_STEP_UP_BYTES = 32,
    SM_STEP_UP_TEXT = 65 /* 64 characters and the NUL */
};

/* The token that belongs to NUMBER. */
void sm_step_up_token(char out[SM_STEP_UP_TEXT],
                      const struct sm_key_bytes *link,
                      const uint8_t number[SM_STEP_UP_BYTES]);

/* The number in TOKEN.  SM_INVALID if it is not a token in its one spelling,
 * SM_DENIED if it was not made with this key. */
enum sm_status sm_step_up_read(uint8_t out[SM_STEP_UP_BYTES],
                               const struct sm_key_bytes *link,
                               const char *token) SM_MUSTCHECK;

#endif
