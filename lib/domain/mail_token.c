#include "domain/mail_token.h"

#include <string.h>

enum { MAC_BYTES = 16, TOKEN_BYTES = SM_MAIL_TOKEN_BYTES + MAC_BYTES };

static void seal(uint8_t out[TOKEN_BYTES], const struct sm_key_bytes *link,
                 const char *purpose, const uint8_t number[SM_MAIL_TOKEN_BYTES])
{
    uint8_t mac[SM_HASH_BYTES];

    sm_hmac(mac, link, purpose, number, SM_MAIL_TOKEN_BYTES);
    memcpy(out, number, SM_MAIL_TOKEN_BYTES);
    memcpy(out + SM_MAIL_TOKEN_BYTES, mac, MAC_BYTES);
}

void sm_mail_token_make(char out[SM_MAIL_TOKEN_TEXT],
                        const struct sm_key_bytes *link, const char *purpose,
                        const uint8_t number[SM_MAIL_TOKEN_BYTES])
{
    uint8_t bytes[TOKEN_BYTES];

    seal(bytes, link, purpose, number);
    sm_base64url_encode(out, SM_MAIL_TOKEN_TEXT, bytes, sizeof(bytes));
}

enum sm_status sm_mail_token_read(uint8_t out[SM_MAIL_TOKEN_BYTES],
                                  const struct sm_key_bytes *link,
                                  const char *purpose, const char *token)
{
    uint8_t bytes[TOKEN_BYTES], good[TOKEN_BYTES];
    size_t len = 0;
    enum sm_status st = sm_base64url_decode(bytes, sizeof(bytes), &len, token);

    if (st != SM_OK || len != sizeof(bytes))
        return SM_INVALID;
    seal(good, link, purpose, bytes);
    if (!sm_same_bytes(good, bytes, sizeof(bytes)))
        return SM_DENIED;
    memcpy(out, bytes, SM_MAIL_TOKEN_BYTES);
    return SM_OK;
}
