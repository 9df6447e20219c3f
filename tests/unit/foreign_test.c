/* links: base crypto */
/* lib/crypto/foreign.c: RFC 2202, RFC 4648, and RSA against signatures that
 * others made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "data.h"

#define TEXT_MAX 4096

static void hmac_of_older_hashes(void **state)
{
    uint8_t out[SM_DIGEST_MAX];
    char hex[2 * SM_DIGEST_MAX + 1];

    (void)state;
    sm_hex(hex, out,
           sm_hmac_plain(out, SM_DIGEST_SHA1, "Jefe", 4,
                         "what do ya want for nothing?", 28));
    assert_string_equal(hex, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    sm_hex(hex, out,
           sm_hmac_plain(out, SM_DIGEST_MD5, "Jefe", 4,
                         "what do ya want for nothing?", 28));
    assert_string_equal(hex, "750c783e6ab0b503eaa86e310a5db738");
    /* ePay.bg, recorded */
    sm_hex(hex, out,
           sm_hmac_plain(out, SM_DIGEST_SHA1, "some-secret", 11, "test-message",
                         12));
    assert_string_equal(hex, "33ca6a84fc0b06a9506b79147faad49b53149657");
    assert_int_equal(sm_hmac_plain(out, SM_DIGEST_SHA1, NULL, 0, NULL, 0), 20);
    sm_hex(hex, out, 20);
    assert_string_equal(hex, "fbdb1d1b18aa6c08324b7d64b71fb76370690e1d");
    assert_int_equal(sm_hash_plain(out, SM_DIGEST_SHA512, "abc", 3), 64);
    sm_hex(hex, out, 4);
    assert_string_equal(hex, "ddaf35a1");
}

static void base64_vectors(void **state)
{
    static const char *const pairs[][2] = {{"", ""},
                                           {"f", "Zg=="},
                                           {"fo", "Zm8="},
                                           {"foo", "Zm9v"},
                                           {"foob", "Zm9vYg=="},
                                           {"fooba", "Zm9vYmE="},
                                           {"foobar", "Zm9vYmFy"}};
    static const char *const bad[] = {
        "Zg",   "Zg=",    "Z===",     "====", "Zh==",
        "Zm9=", "Zm9v\n", "Zg==Zg==", "Zm-v", "Zm 9v"};
    char text[32];
    uint8_t bytes[32];
    size_t len, i;

    (void)state;
    for (i = 0; i < SM_COUNT(pairs); i++) {
        assert_int_equal(sm_base64_encode(text, sizeof(text), pairs[i][0],
                                          strlen(pairs[i][0])),
                         strlen(pairs[i][1]));
        assert_string_equal(text, pairs[i][1]);
        assert_int_equal(
            sm_base64_decode(bytes, sizeof(bytes), &len, pairs[i][1]), SM_OK);
        assert_int_equal(len, strlen(pairs[i][0]));
        assert_memory_equal(bytes, pairs[i][0], len);
    }
    for (i = 0; i < SM_COUNT(bad); i++)
        assert_int_equal(sm_base64_decode(bytes, sizeof(bytes), &len, bad[i]),
                         SM_INVALID);
    assert_int_equal(sm_base64_encode(text, 8, "foobar", 6), 0);
    assert_int_equal(sm_base64_decode(bytes, 5, &len, "Zm9vYmFy"), SM_INVALID);
}

static void rsa_round_trip(void **state)
{
    char pem[TEXT_MAX], other[TEXT_MAX];
    struct sm_rsa *key = NULL, *gateway = NULL;
    uint8_t sig[SM_RSA_MAX];
    size_t len;

    (void)state;
    read_data(pem, sizeof(pem), "borica_merchant.key");
    read_data(other, sizeof(other), "borica_gateway.cer");
    assert_int_equal(sm_rsa_private(&key, pem), SM_OK);
    assert_int_equal(sm_rsa_public(&gateway, other), SM_OK);
    assert_int_equal(sm_rsa_sign(sig, &len, key, SM_DIGEST_SHA256, "abc", 3),
                     SM_OK);
    assert_int_equal(len, 256);
    /* a private key knows its public half */
    assert_true(sm_rsa_verify(key, SM_DIGEST_SHA256, sig, len, "abc", 3));
    assert_false(sm_rsa_verify(key, SM_DIGEST_SHA256, sig, len, "abd", 3));
    assert_false(sm_rsa_verify(key, SM_DIGEST_SHA512, sig, len, "abc", 3));
    assert_false(sm_rsa_verify(key, SM_DIGEST_SHA256, sig, len - 1, "abc", 3));
    assert_false(sm_rsa_verify(gateway, SM_DIGEST_SHA256, sig, len, "abc", 3));
    sig[7] ^= 1;
    assert_false(sm_rsa_verify(key, SM_DIGEST_SHA256, sig, len, "abc", 3));
    sm_rsa_free(key);
    sm_rsa_free(gateway);
}

static void rsa_refuses_other_keys(void **state)
{
    /* P-256: a key, but not RSA */
    static const char curve[] =
        "-----BEGIN PUBLIC KEY-----\n"
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEaxfR8uEsQkf4vOblY6RA8ncDfYEt\n"
        "6zOg9KE5RdiYwpZP40Li/hp/m47n60p8D54WK84zV2sxXs7LtkBoN79R9Q==\n"
        "-----END PUBLIC KEY-----\n";
    char pem[TEXT_MAX];
    struct sm_rsa *key = NULL;

    (void)state;
    read_data(pem, sizeof(pem), "borica_gateway.cer");
    assert_int_equal(sm_rsa_private(&key, pem), SM_INVALID);
    assert_null(key);
    assert_int_equal(sm_rsa_public(&key, curve), SM_INVALID);
    assert_int_equal(sm_rsa_public(&key, ""), SM_INVALID);
    pem[200] = '!';
    assert_int_equal(sm_rsa_public(&key, pem), SM_INVALID);
    sm_rsa_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hmac_of_older_hashes),
        cmocka_unit_test(base64_vectors),
        cmocka_unit_test(rsa_round_trip),
        cmocka_unit_test(rsa_refuses_other_keys),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
