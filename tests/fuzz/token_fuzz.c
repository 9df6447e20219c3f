/* links: domain pay crypto base */
/* Tokens and handles as they stand in an address.  Nobody can make a signed
 * one by chance; what has one spelling is written again as it was read; and a
 * link that we make from the same bytes is read as it was made. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/mail_token.h"
#include "domain/paylink.h"
#include "pay/links.h"

#define TEXT_MAX 512
#define NOW_S INT64_C(1790000000)

static const uint8_t seed[32] = {1, 2, 3, 4, 5};
static const struct sm_key_bytes secret = {.bytes = {6, 7}, .set = true};
static struct sm_paylink_keys keys;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The text as every kind of token. */
static void read_all(const char *text)
{
    struct sm_paylink link;
    uint8_t bytes[TEXT_MAX], id[SM_ID_BYTES];
    char again[TEXT_MAX * 2];
    size_t len;

    if (sm_paylink_verify(&link, &keys, text, NOW_S) == SM_OK ||
        sm_mail_token_read(bytes, &secret, "step_up", text) == SM_OK ||
        sm_link_receipt_read(id, &secret, text) == SM_OK ||
        sm_link_status_ok(&secret, seed, text))
        abort();
    if (sm_id_parse(id, text) == SM_OK) {
        sm_id_format(again, id);
        if (strcmp(again, text) != 0)
            abort();
    }
    if (sm_base64url_decode(bytes, sizeof(bytes), &len, text) == SM_OK) {
        sm_base64url_encode(again, sizeof(again), bytes, len);
        if (strcmp(again, text) != 0)
            abort();
    }
}

/* A link made of DATA: either refused, or the same when it is read. */
static void make_one(const uint8_t *data, size_t size)
{
    struct sm_paylink link = {.key_id = 7, .currency = "RON"}, back;
    char token[SM_PAYLINK_TEXT];
    int64_t times[2];

    if (size < sizeof(link.account) + sizeof(times) + 4)
        return;
    memcpy(link.account, data, sizeof(link.account));
    data += sizeof(link.account);
    memcpy(times, data, sizeof(times));
    data += sizeof(times);
    link.rule = (enum sm_paylink_rule)(data[0] % 4);
    link.amount_minor = times[0];
    link.expires_at = times[1];
    if (data[0] & 4)
        memcpy(link.currency, data + 1, 3);
    if (sm_paylink_make(token, &link, seed) != SM_OK)
        return;
    if (sm_paylink_verify(&back, &keys, token, link.expires_at - 1) != SM_OK ||
        memcmp(back.account, link.account, sizeof(link.account)) != 0 ||
        back.amount_minor != link.amount_minor || back.rule != link.rule ||
        strcmp(back.currency, link.currency) != 0 ||
        back.expires_at != link.expires_at)
        abort();
}

static void set_up(void)
{
    char text[80] = "7:";
    uint8_t public_key[32];

    if (sm_ed25519_public(public_key, seed) != SM_OK)
        abort();
    sm_hex(text + 2, public_key, 32);
    if (sm_paylink_keys_parse(&keys, text) != SM_OK)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sm_paylink_keys other;
    char text[TEXT_MAX];

    if (keys.count == 0)
        set_up();
    if (size >= sizeof(text))
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    read_all(text);
    make_one(data, size);
    if (sm_paylink_keys_parse(&other, text) == SM_OK &&
        other.count > SM_PAYLINK_KEYS)
        abort();
    return 0;
}
