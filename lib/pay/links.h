/* Signed links about a payment: to its status and receipt (mailed to the
 * payer), and the one on a receipt by which anybody can check it.  A token
 * is made of the payment's id and secret.link; nothing is stored. */
#ifndef SM_PAY_LINKS_H
#define SM_PAY_LINKS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "crypto/crypto.h"

#define SM_LINK_TOKEN 23 /* 16 bytes as base64url, with the NUL */
#define SM_LINK_CHECK 44 /* 32 bytes as base64url, with the NUL */

/* The k= of the status page and the receipt of PAYMENT. */
void sm_link_status(char out[SM_LINK_TOKEN], const struct sm_key_bytes *key,
                    const uint8_t payment[SM_ID_BYTES]);

/* True if TOKEN is that of PAYMENT; takes constant time. */
bool sm_link_status_ok(const struct sm_key_bytes *key,
                       const uint8_t payment[SM_ID_BYTES], const char *token);

/* The token that a receipt shows for checking it; it names the payment. */
void sm_link_receipt(char out[SM_LINK_CHECK], const struct sm_key_bytes *key,
                     const uint8_t payment[SM_ID_BYTES]);

/* The payment that TOKEN names.  SM_DENIED if we did not make it. */
enum sm_status sm_link_receipt_read(uint8_t payment[SM_ID_BYTES],
                                    const struct sm_key_bytes *key,
                                    const char *token) SM_MUSTCHECK;

#endif
