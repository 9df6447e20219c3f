#include "auth/totp.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "crypto/crypto.h"

enum {
    US_PER_S = 1000000,
    GROUP_BYTES = 5, /* that make eight characters of base32 */
    NAME_MAX_BYTES = 1024
};

_Static_assert(SM_TOTP_SECRET_BYTES % GROUP_BYTES == 0 &&
                   SM_TOTP_SECRET_TEXT == SM_TOTP_SECRET_BYTES / 5 * 8 + 1,
               "the secret is whole groups of base32");

void sm_totp_secret_new(uint8_t out[SM_TOTP_SECRET_BYTES])
{
    sm_random(out, SM_TOTP_SECRET_BYTES);
}

void sm_totp_secret_format(char out[SM_TOTP_SECRET_TEXT],
                           const uint8_t secret[SM_TOTP_SECRET_BYTES])
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    for (size_t i = 0; i < SM_TOTP_SECRET_BYTES; i += GROUP_BYTES) {
        uint64_t bits = 0;

        for (size_t k = 0; k < GROUP_BYTES; k++)
            bits = bits << 8 | secret[i + k];
        for (int shift = 35; shift >= 0; shift -= 5)
            *out++ = digits[bits >> shift & 31];
    }
    *out = '\0';
}

/* NAME percent-encoded into OUT, false if it cannot stand in a label. */
static bool add_name(struct sm_buf *out, const char *name)
{
    size_t len = strlen(name);

    if (len == 0 || strchr(name, ':') || !sm_utf8_valid(name, len))
        return false;
    sm_buf_add_url(out, name, len);
    return sm_buf_ok(out);
}

enum sm_status sm_totp_uri(char *out, size_t size,
                           const uint8_t secret[SM_TOTP_SECRET_BYTES],
                           const char *issuer, const char *account)
{
    enum sm_status status = SM_INVALID;
    char text[SM_TOTP_SECRET_TEXT];
    struct sm_buf from, who;
    int len = -1;

    sm_buf_init(&from, NAME_MAX_BYTES);
    sm_buf_init(&who, NAME_MAX_BYTES);
    if (!add_name(&from, issuer) || !add_name(&who, account))
        goto out;
    sm_totp_secret_format(text, secret);
    len = snprintf(out, size,
                   "otpauth://totp/%s:%s?secret=%s&issuer=%s"
                   "&algorithm=SHA1&digits=%d&period=%d",
                   from.data, who.data, text, from.data, SM_TOTP_DIGITS,
                   SM_TOTP_STEP_S);
    explicit_bzero(text, sizeof(text));
    if (len > 0 && (size_t)len < size)
        status = SM_OK;
out:
    if (status != SM_OK && size > 0)
        explicit_bzero(out, size);
    sm_buf_release(&from);
    sm_buf_release(&who);
    return status;
}

int64_t sm_totp_step(int64_t now_us)
{
    return now_us / US_PER_S / SM_TOTP_STEP_S;
}

/* RFC 4226 5.3: the last four bits say where the number begins. */
void sm_totp_code(char out[SM_TOTP_CODE_TEXT],
                  const uint8_t secret[SM_TOTP_SECRET_BYTES], int64_t step)
{
    uint8_t counter[8], hash[SM_DIGEST_MAX];
    size_t len, at;
    uint32_t number = 0;

    for (size_t i = 0; i < sizeof(counter); i++)
        counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    len = sm_hmac_plain(hash, SM_DIGEST_SHA1, secret, SM_TOTP_SECRET_BYTES,
                        counter, sizeof(counter));
    at = hash[len - 1] & 15;
    for (size_t i = 0; i < sizeof(number); i++)
        number = number << 8 | hash[at + i];
    number &= 0x7FFFFFFF;
    for (size_t i = SM_TOTP_DIGITS; i > 0; i--, number /= 10)
        out[i - 1] = (char)('0' + number % 10);
    out[SM_TOTP_DIGITS] = '\0';
    explicit_bzero(hash, sizeof(hash));
}

/* The six digits of TEXT without the blanks between them. */
static bool read_digits(char out[SM_TOTP_CODE_TEXT], const char *text)
{
    size_t count = 0;

    for (; *text; text++) {
        if (*text == ' ')
            continue;
        if (!sm_is_digit(*text) || count == SM_TOTP_DIGITS)
            return false;
        out[count++] = *text;
    }
    out[count] = '\0';
    return count == SM_TOTP_DIGITS;
}

enum sm_status sm_totp_verify(int64_t *step,
                              const uint8_t secret[SM_TOTP_SECRET_BYTES],
                              const char *typed, int64_t now_us,
                              int64_t used_step)
{
    int64_t now = sm_totp_step(now_us), found = SM_TOTP_NEVER;
    char digits[SM_TOTP_CODE_TEXT], expected[SM_TOTP_CODE_TEXT];

    if (!read_digits(digits, typed))
        return SM_INVALID;
    /* All are compared, also after one that is equal. */
    for (int64_t at = now - SM_TOTP_WINDOW; at <= now + SM_TOTP_WINDOW; at++) {
        bool same;

        sm_totp_code(expected, secret, at);
        same = sm_same_bytes(expected, digits, SM_TOTP_DIGITS);
        found = same && at > used_step ? at : found;
    }
    explicit_bzero(expected, sizeof(expected));
    if (found == SM_TOTP_NEVER)
        return SM_DENIED;
    *step = found;
    return SM_OK;
}
