#include "domain/paylink.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"

/* Where each field begins. */
enum {
    VERSION = 0,
    KEY_ID = 1,
    ACCOUNT = 2,
    RULE = 18,
    AMOUNT = 19,
    CURRENCY = 27,
    EXPIRY = 30,
    SIGNATURE = 34
};

static void put_be(uint8_t *out, uint64_t value, int bytes)
{
    for (int i = bytes - 1; i >= 0; i--, value >>= 8)
        out[i] = (uint8_t)(value & 0xff);
}

static uint64_t get_be(const uint8_t *in, int bytes)
{
    uint64_t value = 0;

    for (int i = 0; i < bytes; i++)
        value = value << 8 | in[i];
    return value;
}

/* The rules that hold for every link, made or read. */
static bool is_sound(const struct sm_paylink *link)
{
    for (int i = 0; i < 3; i++)
        if (link->currency[i] < 'A' || link->currency[i] > 'Z')
            return false;
    if (link->currency[3] != '\0' || link->expires_at <= 0 ||
        link->expires_at > UINT32_MAX)
        return false;
    if (link->rule == SM_PAYLINK_FIXED)
        return link->amount_minor > 0;
    return (link->rule == SM_PAYLINK_TOTAL ||
            link->rule == SM_PAYLINK_CURRENT) &&
           link->amount_minor == 0;
}

enum sm_status sm_paylink_make(char out[SM_PAYLINK_TEXT],
                               const struct sm_paylink *link,
                               const uint8_t seed[32])
{
    uint8_t bytes[SM_PAYLINK_BYTES] = {1, link->key_id};
    enum sm_status status;

    if (!is_sound(link))
        return SM_INVALID;
    memcpy(bytes + ACCOUNT, link->account, 16);
    bytes[RULE] = (uint8_t)link->rule;
    put_be(bytes + AMOUNT, (uint64_t)link->amount_minor, 8);
    memcpy(bytes + CURRENCY, link->currency, 3);
    put_be(bytes + EXPIRY, (uint64_t)link->expires_at, 4);
    status = sm_ed25519_sign(bytes + SIGNATURE, seed, bytes, SIGNATURE);
    if (status != SM_OK)
        return status;
    if (sm_base64url_encode(out, SM_PAYLINK_TEXT, bytes, sizeof(bytes)) !=
        SM_PAYLINK_TEXT - 1)
        return SM_INTERNAL;
    return SM_OK;
}

static const uint8_t *find_key(const struct sm_paylink_keys *keys, uint8_t id)
{
    for (size_t i = 0; i < keys->count; i++)
        if (keys->keys[i].id == id)
            return keys->keys[i].public_key;
    return NULL;
}

enum sm_status sm_paylink_verify(struct sm_paylink *out,
                                 const struct sm_paylink_keys *keys,
                                 const char *token, int64_t now_s)
{
    uint8_t bytes[SM_PAYLINK_BYTES];
    const uint8_t *key;
    uint64_t amount;
    size_t len = 0;

    memset(out, 0, sizeof(*out));
    if (strnlen(token, SM_PAYLINK_TEXT) != SM_PAYLINK_TEXT - 1 ||
        sm_base64url_decode(bytes, sizeof(bytes), &len, token) != SM_OK ||
        len != sizeof(bytes) || bytes[VERSION] != 1)
        return SM_INVALID;
    key = find_key(keys, bytes[KEY_ID]);
    if (!key)
        return SM_INVALID;
    if (!sm_ed25519_verify(key, bytes + SIGNATURE, bytes, SIGNATURE))
        return SM_DENIED;
    amount = get_be(bytes + AMOUNT, 8);
    if (amount > INT64_MAX)
        return SM_INVALID;
    out->key_id = bytes[KEY_ID];
    memcpy(out->account, bytes + ACCOUNT, 16);
    out->rule = (enum sm_paylink_rule)bytes[RULE];
    out->amount_minor = (int64_t)amount;
    memcpy(out->currency, bytes + CURRENCY, 3);
    out->expires_at = (int64_t)get_be(bytes + EXPIRY, 4);
    if (!is_sound(out))
        return SM_INVALID;
    return now_s < out->expires_at ? SM_OK : SM_CONFLICT;
}

/* One "ID:HEX" of LEN characters. */
static enum sm_status parse_key(struct sm_paylink_keys *out, const char *text,
                                size_t len)
{
    char copy[4 + 64 + 1];
    const char *colon = memchr(text, ':', len);
    int64_t id;
    size_t digits = colon ? (size_t)(colon - text) : 0;

    if (digits < 1 || digits > 3 || len != digits + 1 + 64 ||
        out->count == SM_PAYLINK_KEYS)
        return SM_INVALID;
    memcpy(copy, text, len);
    copy[digits] = '\0';
    copy[len] = '\0';
    if (sm_parse_i64(&id, copy, 0, 255) != SM_OK || find_key(out, (uint8_t)id))
        return SM_INVALID;
    out->keys[out->count].id = (uint8_t)id;
    if (sm_unhex(out->keys[out->count].public_key, 32, copy + digits + 1) !=
        SM_OK)
        return SM_INVALID;
    out->count++;
    return SM_OK;
}

enum sm_status sm_paylink_keys_parse(struct sm_paylink_keys *out,
                                     const char *text)
{
    memset(out, 0, sizeof(*out));
    text += strspn(text, " ");
    while (*text) {
        size_t len = strcspn(text, ", ");
        enum sm_status status = parse_key(out, text, len);

        if (status != SM_OK)
            return status;
        text += len;
        text += strspn(text, " ");
        if (!*text)
            break;
        if (*text != ',')
            return SM_INVALID;
        text += 1 + strspn(text + 1, " ");
        if (!*text)
            return SM_INVALID;
    }
    return SM_OK;
}
