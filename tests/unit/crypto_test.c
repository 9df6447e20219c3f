/* links: base crypto */
/* lib/crypto against published vectors: RFC 4231, FIPS 180, RFC 4648,
 * RFC 8032; and the properties of sealing. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "crypto/crypto.h"

static void assert_hex(const uint8_t *bytes, size_t len, const char *hex)
{
    char text[2 * 64 + 1];

    sm_hex(text, bytes, len);
    assert_string_equal(text, hex);
}

static void sha256_vectors(void **state)
{
    uint8_t out[SM_HASH_BYTES];

    (void)state;
    sm_sha256(out, "abc", 3);
    assert_hex(out, sizeof(out),
               "ba7816bf8f01cfea414140de5dae2223"
               "b00361a396177a9cb410ff61f20015ad");
    sm_sha256(out, NULL, 0);
    assert_hex(out, sizeof(out),
               "e3b0c44298fc1c149afbf4c8996fb924"
               "27ae41e4649b934ca495991b7852b855");
}

static void hmac_vectors(void **state)
{
    uint8_t out[SM_HASH_BYTES];
    uint8_t key[131];

    (void)state;
    sm_hmac_sha256(out, "Jefe", 4, "what do ya want for nothing?", 28);
    assert_hex(out, sizeof(out),
               "5bdcc146bf60754e6a042426089575c7"
               "5a003f089d2739839dec58b964ec3843");
    memset(key, 0xAA, sizeof(key));
    sm_hmac_sha256(out, key, sizeof(key),
                   "Test Using Larger Than Block-Size Key - Hash Key First",
                   54);
    assert_hex(out, sizeof(out),
               "60e431591ee0b67f0d8a26aacbf5b77f"
               "8e0bc6213728c5140546040f0ee37f54");
    sm_hmac_sha256(out, NULL, 0, NULL, 0);
    assert_hex(out, sizeof(out),
               "b613679a0814d9ec772f95d778c35fc5"
               "ff1697c493715653c6c712144292c5ad");
}

static void purposes_are_apart(void **state)
{
    struct sm_key_bytes key;
    uint8_t a[SM_HASH_BYTES];
    uint8_t b[SM_HASH_BYTES];
    uint8_t joined[] = "browser\0x";

    (void)state;
    assert_int_equal(sm_key_parse(&key, "000102030405060708090a0b0c0d0e0f"
                                        "101112131415161718191a1b1c1d1e1f"),
                     SM_OK);
    sm_hmac(a, &key, "browser", "x", 1);
    sm_hmac_sha256(b, key.bytes, SM_KEY_BYTES, joined, sizeof(joined) - 1);
    assert_memory_equal(a, b, SM_HASH_BYTES);
    sm_hmac(b, &key, "handle", "x", 1);
    assert_false(sm_same_bytes(a, b, SM_HASH_BYTES));
    assert_true(sm_same_bytes(a, a, SM_HASH_BYTES));
}

/* More keys than a thread keeps contexts for, used in turns. */
static void keys_are_not_mixed_up(void **state)
{
    struct sm_key_bytes keys[6] = {{{0}, false}};
    uint8_t kept[SM_HASH_BYTES], plain[SM_HASH_BYTES];
    const char joined[] = "browser\0x";

    (void)state;
    for (int turn = 0; turn < 60; turn++) {
        struct sm_key_bytes *key = &keys[(turn * 5 + turn / 7) % 6];

        memset(key->bytes, (int)(key - keys), SM_KEY_BYTES);
        key->set = true;
        sm_hmac(kept, key, "browser", "x", 1);
        sm_hmac_sha256(plain, key->bytes, SM_KEY_BYTES, joined,
                       sizeof(joined) - 1);
        assert_memory_equal(kept, plain, SM_HASH_BYTES);
        sm_hmac(kept, key, "browser", "x", 1);
        assert_memory_equal(kept, plain, SM_HASH_BYTES);
    }
}

static void keys_are_64_digits(void **state)
{
    struct sm_key_bytes key;

    (void)state;
    assert_int_equal(sm_key_parse(&key, ""), SM_INVALID);
    assert_int_equal(sm_key_parse(&key, "00"), SM_INVALID);
    assert_int_equal(sm_key_parse(&key, "000102030405060708090a0b0c0d0e0f"
                                        "101112131415161718191a1b1c1d1e1g"),
                     SM_INVALID);
    assert_false(key.set);
}

static void random_bytes_differ(void **state)
{
    uint8_t a[64] = {0};
    uint8_t b[64] = {0};

    (void)state;
    sm_random(a, sizeof(a));
    sm_random(b, sizeof(b));
    assert_memory_not_equal(a, b, sizeof(a));
    sm_random(a, 0);
}

static void base64url_vectors(void **state)
{
    static const char *const pairs[][2] = {
        {"", ""},
        {"f", "Zg"},
        {"fo", "Zm8"},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg"},
        {"fooba", "Zm9vYmE"},
        {"foobar", "Zm9vYmFy"},
        {"\xFB\xFF", "-_8"},
    };
    static const char *const bad[] = {
        "Zg==", "Zh", "Z", "Zm9", "Zm9v!", "Zm 9", "+/8", "Zm9vZ", "A", "Zm9vA",
    };
    uint8_t bytes[16];
    char text[16];
    size_t len;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(pairs); i++) {
        len = strlen(pairs[i][0]);
        assert_int_equal(
            sm_base64url_encode(text, sizeof(text), pairs[i][0], len),
            strlen(pairs[i][1]));
        assert_string_equal(text, pairs[i][1]);
        assert_int_equal(sm_base64url_decode(bytes, sizeof(bytes), &len, text),
                         SM_OK);
        assert_int_equal(len, strlen(pairs[i][0]));
        assert_memory_equal(bytes, pairs[i][0], len);
    }
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        assert_int_equal(
            sm_base64url_decode(bytes, sizeof(bytes), &len, bad[i]),
            SM_INVALID);
    assert_int_equal(sm_base64url_decode(bytes, 2, &len, "Zm9v"), SM_INVALID);
    assert_int_equal(sm_base64url_encode(text, 4, "foo", 3), 0);
    assert_int_equal(sm_base64url_encode(text, 5, "foo", 3), 4);
}

static void seal_round_trip(void **state)
{
    struct sm_key_bytes key = {.set = true};
    uint8_t sealed[64];
    uint8_t again[64];
    char out[64];
    size_t len = 0;

    (void)state;
    for (size_t size = 0; size <= 20; size++) {
        assert_int_equal(sm_seal(sealed, sizeof(sealed), &key, "row", 3,
                                 "01234567890123456789", size),
                         SM_OK);
        assert_int_equal(sm_unseal(out, sizeof(out), &len, &key, "row", 3,
                                   sealed, size + SM_SEAL_OVERHEAD),
                         SM_OK);
        assert_int_equal(len, size);
        assert_memory_equal(out, "01234567890123456789", size);
    }
    assert_int_equal(sm_seal(again, sizeof(again), &key, "row", 3,
                             "01234567890123456789", 20),
                     SM_OK);
    assert_memory_not_equal(sealed, again, 49); /* a new nonce each time */
}

static void seal_refuses_what_changed(void **state)
{
    struct sm_key_bytes key = {.set = true};
    struct sm_key_bytes unset = {.set = false};
    uint8_t sealed[64];
    char out[64];
    size_t len = 0;

    (void)state;
    assert_int_equal(sm_seal(sealed, 33, &key, "row", 3, "secret", 5),
                     SM_INVALID);
    assert_int_equal(sm_seal(sealed, 64, &unset, "row", 3, "secret", 5),
                     SM_INVALID);
    assert_int_equal(sm_seal(sealed, 35, &key, "row", 3, "secret", 6), SM_OK);
    for (size_t i = 0; i < 35; i++) {
        sealed[i] ^= 1;
        assert_int_equal(
            sm_unseal(out, sizeof(out), &len, &key, "row", 3, sealed, 35),
            SM_DENIED);
        sealed[i] ^= 1;
    }
    for (size_t i = 0; i < 35; i++)
        assert_int_equal(
            sm_unseal(out, sizeof(out), &len, &key, "row", 3, sealed, i),
            SM_DENIED);
    assert_int_equal(
        sm_unseal(out, sizeof(out), &len, &key, "raw", 3, sealed, 35),
        SM_DENIED);
    assert_int_equal(sm_unseal(out, 5, &len, &key, "row", 3, sealed, 35),
                     SM_INVALID);
    key.bytes[0] ^= 1;
    assert_int_equal(
        sm_unseal(out, sizeof(out), &len, &key, "row", 3, sealed, 35),
        SM_DENIED);
}

static void ed25519_vector(void **state)
{
    uint8_t seed[32];
    uint8_t public_key[32];
    uint8_t sig[64];

    (void)state;
    assert_int_equal(sm_unhex(seed, 32,
                              "4ccd089b28ff96da9db6c346ec114e0f"
                              "5b8a319f35aba624da8cf6ed4fb8a6fb"),
                     SM_OK);
    assert_int_equal(sm_ed25519_public(public_key, seed), SM_OK);
    assert_hex(public_key, 32,
               "3d4017c3e843895a92b70aa74d1b7ebc"
               "9c982ccf2ec4968cc0cd55f12af4660c");
    assert_int_equal(sm_ed25519_sign(sig, seed, "\x72", 1), SM_OK);
    assert_hex(sig, 64,
               "92a009a9f0d4cab8720e820b5f642540"
               "a2b27b5416503f8fb3762223ebdb69da"
               "085ac1e43e15996e458f3613d0f11d8c"
               "387b2eaeb4302aeeb00d291612bb0c00");
    assert_true(sm_ed25519_verify(public_key, sig, "\x72", 1));
    assert_false(sm_ed25519_verify(public_key, sig, "\x73", 1));
    sig[40] ^= 1;
    assert_false(sm_ed25519_verify(public_key, sig, "\x72", 1));
}

static void *hash_many(void *arg)
{
    struct sm_key_bytes key = {.set = true};
    uint8_t first[SM_HASH_BYTES];
    uint8_t out[SM_HASH_BYTES];

    sm_hmac(first, &key, "browser", "x", 1);
    for (int i = 0; i < 500; i++) {
        sm_hmac(out, &key, "browser", "x", 1);
        if (memcmp(out, first, sizeof(out)) != 0)
            *(bool *)arg = true;
    }
    return NULL;
}

static void threads_do_not_disturb(void **state)
{
    pthread_t threads[4];
    bool wrong[4] = {false};

    (void)state;
    for (size_t i = 0; i < SM_COUNT(threads); i++)
        assert_int_equal(
            pthread_create(&threads[i], NULL, hash_many, &wrong[i]), 0);
    for (size_t i = 0; i < SM_COUNT(threads); i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_false(wrong[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(threads_do_not_disturb),
        cmocka_unit_test(sha256_vectors),
        cmocka_unit_test(hmac_vectors),
        cmocka_unit_test(purposes_are_apart),
        cmocka_unit_test(keys_are_not_mixed_up),
        cmocka_unit_test(keys_are_64_digits),
        cmocka_unit_test(random_bytes_differ),
        cmocka_unit_test(base64url_vectors),
        cmocka_unit_test(seal_round_trip),
        cmocka_unit_test(seal_refuses_what_changed),
        cmocka_unit_test(ed25519_vector),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
