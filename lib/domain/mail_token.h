/* Links of one use that are mailed: what opens a bill where guesses are many,
 * makes a log-in, sets a new password.
 *
 * A program draws a number of 32 bytes; the database keeps it (it opens
 * nothing by itself), and jobs mails the token: base64url of the number and
 * the first 16 bytes of HMAC(secret.link, purpose, number).  So neither the
 * database nor its backups hold anything that opens a page, and a link of one
 * purpose is none of another. */
#ifndef SM_DOMAIN_MAIL_TOKEN_H
#define SM_DOMAIN_MAIL_TOKEN_H

#include <stdint.h>

#include "base/status.h"
#include "crypto/crypto.h"

enum {
    SM_MAIL_TOKEN_BYTES = 32,
    SM_MAIL_TOKEN_TEXT = 65 /* 64 characters and the NUL */
};

/* The token that belongs to NUMBER for PURPOSE ("step_up", "activate"). */
void sm_mail_token_make(char out[SM_MAIL_TOKEN_TEXT],
                        const struct sm_key_bytes *link, const char *purpose,
                        const uint8_t number[SM_MAIL_TOKEN_BYTES]);

/* The number in TOKEN.  SM_INVALID if it is not a token in its one spelling,
 * SM_DENIED if it was not made with this key for this purpose. */
enum sm_status sm_mail_token_read(uint8_t out[SM_MAIL_TOKEN_BYTES],
                                  const struct sm_key_bytes *link,
                                  const char *purpose, const char *token)
    SM_MUSTCHECK;

#endif
