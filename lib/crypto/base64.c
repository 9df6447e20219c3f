#include <string.h>

#include "crypto/crypto.h"

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

size_t sm_base64url_encode(char *out, size_t size, const void *data, size_t len)
{
    const uint8_t *in = data;
    uint32_t bits = 0; /* the low NBITS are not yet written */
    unsigned nbits = 0;
    size_t n = 0;

    if (len > SIZE_MAX / 2 || size <= (len * 8 + 5) / 6) {
        if (size > 0)
            *out = '\0';
        return 0;
    }
    for (size_t i = 0; i < len; i++) {
        bits = (bits << 8 | in[i]) & 0xFFFF;
        nbits += 8;
        while (nbits >= 6) {
            nbits -= 6;
            out[n++] = alphabet[bits >> nbits & 63];
        }
    }
    if (nbits > 0)
        out[n++] = alphabet[bits << (6 - nbits) & 63];
    out[n] = '\0';
    return n;
}

enum sm_status sm_base64url_decode(uint8_t *out, size_t size, size_t *len,
                                   const char *text)
{
    uint32_t bits = 0;
    unsigned nbits = 0;
    size_t n = 0;

    for (; *text; text++) {
        const char *at = strchr(alphabet, *text);

        if (!at)
            return SM_INVALID;
        bits = (bits << 6 | (uint32_t)(at - alphabet)) & 0xFFFF;
        nbits += 6;
        if (nbits >= 8) {
            nbits -= 8;
            if (n == size)
                return SM_INVALID;
            out[n++] = (uint8_t)(bits >> nbits);
        }
    }
    /* Six bits left over are a lone character; the rest must be zero. */
    if (nbits == 6 || (bits & ((1U << nbits) - 1)))
        return SM_INVALID;
    *len = n;
    return SM_OK;
}
