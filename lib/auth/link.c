/* Tokens of mailed status links. */
#include "auth/auth.h"

enum { LINK_BYTES = 16 };

static void link_bytes(uint8_t out[SM_HASH_BYTES],
                       const struct sm_key_bytes *key,
                       const uint8_t payment[SM_ID_BYTES])
{
    sm_hmac(out, key, "status", payment, SM_ID_BYTES);
}

void sm_auth_status_token(char out[SM_AUTH_TOKEN_TEXT],
                          const struct sm_key_bytes *key,
                          const uint8_t payment[SM_ID_BYTES])
{
    uint8_t hash[SM_HASH_BYTES];

    link_bytes(hash, key, payment);
    sm_base64url_encode(out, SM_AUTH_TOKEN_TEXT, hash, LINK_BYTES);
}

bool sm_auth_status_check(const char *token, const struct sm_key_bytes *key,
                          const uint8_t payment[SM_ID_BYTES])
{
    uint8_t given[LINK_BYTES], right[SM_HASH_BYTES];
    size_t len;

    if (sm_base64url_decode(given, sizeof(given), &len, token) != SM_OK ||
        len != sizeof(given))
        return false;
    link_bytes(right, key, payment);
    return sm_same_bytes(given, right, sizeof(given));
}
