/* Signed pay links: /{lang}/l/{token}.  The token names an account by its
 * public id (never its payment code), how much to pay and until when, under
 * an Ed25519 signature; whoever makes links needs one key and no database.
 *
 * base64url of: version 1 | key id | account public id (16) | amount rule |
 * amount (8, big endian, 0 unless fixed) | currency (3) | expiry (4, unix
 * seconds, big endian) | signature (64) over what precedes it. */
#ifndef SM_DOMAIN_PAYLINK_H
#define SM_DOMAIN_PAYLINK_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

enum {
    SM_PAYLINK_BYTES = 98,
    SM_PAYLINK_TEXT = 132, /* 131 characters and the NUL */
    SM_PAYLINK_KEYS = 8
};

enum sm_paylink_rule {
    SM_PAYLINK_TOTAL = 0,
    SM_PAYLINK_CURRENT = 1,
    SM_PAYLINK_FIXED = 2
};

struct sm_paylink {
    uint8_t key_id;
    uint8_t account[16];
    enum sm_paylink_rule rule;
    int64_t amount_minor; /* > 0 with SM_PAYLINK_FIXED, else 0 */
    char currency[4];
    int64_t expires_at; /* unix seconds; the link is good before it */
};

/* The public keys that are honoured, by id. */
struct sm_paylink_keys {
    struct {
        uint8_t id;
        uint8_t public_key[32];
    } keys[SM_PAYLINK_KEYS];
    size_t count;
};

/* Read the setting paylink.keys: "ID:HEX, ID:HEX" with ID 0 to 255 and HEX
 * the 64 digits of a public key.  "" gives no keys.  SM_INVALID else. */
enum sm_status sm_paylink_keys_parse(struct sm_paylink_keys *out,
                                     const char *text) SM_MUSTCHECK;

/* Read and verify TOKEN at the instant NOW_S (unix seconds).
 * SM_INVALID  not a token in its one spelling, or of an unknown key
 * SM_DENIED   the signature does not fit
 * SM_CONFLICT genuine, but expired; OUT is filled. */
enum sm_status sm_paylink_verify(struct sm_paylink *out,
                                 const struct sm_paylink_keys *keys,
                                 const char *token, int64_t now_s) SM_MUSTCHECK;

/* Make a token with the private key SEED.  SM_INVALID if LINK breaks a rule
 * that verifying would refuse. */
enum sm_status sm_paylink_make(char out[SM_PAYLINK_TEXT],
                               const struct sm_paylink *link,
                               const uint8_t seed[32]) SM_MUSTCHECK;

#endif
