#include "pay/links.h"

#include <string.h>

#define MAC_BYTES 16

static void mac_of(uint8_t out[MAC_BYTES], const struct sm_key_bytes *key,
                   const char *purpose, const uint8_t payment[SM_ID_BYTES])
{
    uint8_t mac[SM_HASH_BYTES];

    sm_hmac(mac, key, purpose, payment, SM_ID_BYTES);
    memcpy(out, mac, MAC_BYTES);
}

void sm_link_status(char out[SM_LINK_TOKEN], const struct sm_key_bytes *key,
                    const uint8_t payment[SM_ID_BYTES])
{
    uint8_t mac[MAC_BYTES];

    mac_of(mac, key, "status", payment);
    sm_base64url_encode(out, SM_LINK_TOKEN, mac, sizeof(mac));
}

bool sm_link_status_ok(const struct sm_key_bytes *key,
                       const uint8_t payment[SM_ID_BYTES], const char *token)
{
    uint8_t mac[MAC_BYTES], got[MAC_BYTES];
    size_t len = 0;

    mac_of(mac, key, "status", payment);
    return sm_base64url_decode(got, sizeof(got), &len, token) == SM_OK &&
           len == sizeof(got) && sm_same_bytes(mac, got, sizeof(got));
}

void sm_link_receipt(char out[SM_LINK_CHECK], const struct sm_key_bytes *key,
                     const uint8_t payment[SM_ID_BYTES])
{
    uint8_t both[SM_ID_BYTES + MAC_BYTES];

    memcpy(both, payment, SM_ID_BYTES);
    mac_of(both + SM_ID_BYTES, key, "receipt", payment);
    sm_base64url_encode(out, SM_LINK_CHECK, both, sizeof(both));
}

enum sm_status sm_link_receipt_read(uint8_t payment[SM_ID_BYTES],
                                    const struct sm_key_bytes *key,
                                    const char *token)
{
    uint8_t both[SM_ID_BYTES + MAC_BYTES], mac[MAC_BYTES];
    size_t len = 0;

    if (sm_base64url_decode(both, sizeof(both), &len, token) != SM_OK ||
        len != sizeof(both))
        return SM_DENIED;
    mac_of(mac, key, "receipt", both);
    if (!sm_same_bytes(mac, both + SM_ID_BYTES, MAC_BYTES))
        return SM_DENIED;
    memcpy(payment, both, SM_ID_BYTES);
    return SM_OK;
}
