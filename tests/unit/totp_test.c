/* links: auth base */
/* Codes of the second factor against the vectors of RFC 4226 and RFC 6238. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "auth/totp.h"

#define US INT64_C(1000000)
#define NOW_S INT64_C(1234567890)
#define STEP_THEN (NOW_S / 30)

/* The secret of both documents: "12345678901234567890". */
static const uint8_t secret[SM_TOTP_SECRET_BYTES] = {
    '1', '2', '3', '4', '5', '6', '7', '8', '9', '0',
    '1', '2', '3', '4', '5', '6', '7', '8', '9', '0',
};

static void rfc4226_vectors(void **state)
{
    static const char *const codes[] = {
        "755224", "287082", "359152", "969429", "338314",
        "254676", "287922", "162583", "399871", "520489",
    };
    char code[SM_TOTP_CODE_TEXT];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(codes); i++) {
        sm_totp_code(code, secret, (int64_t)i);
        assert_string_equal(code, codes[i]);
    }
}

/* Its codes have eight digits; ours are the last six of them. */
static void rfc6238_vectors(void **state)
{
    static const struct {
        int64_t seconds;
        const char *code;
    } vectors[] = {
        {59, "94287082"},         {1111111109, "07081804"},
        {1111111111, "14050471"}, {1234567890, "89005924"},
        {2000000000, "69279037"}, {INT64_C(20000000000), "65353130"},
    };
    char code[SM_TOTP_CODE_TEXT];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(vectors); i++) {
        int64_t step = -7, now_us = vectors[i].seconds * US;

        sm_totp_code(code, secret, sm_totp_step(now_us));
        assert_string_equal(code, vectors[i].code + 2);
        assert_int_equal(
            sm_totp_verify(&step, secret, code, now_us, SM_TOTP_NEVER), SM_OK);
        assert_int_equal(step, vectors[i].seconds / 30);
    }
}

static void steps_change_each_half_minute(void **state)
{
    (void)state;
    assert_int_equal(sm_totp_step(0), 0);
    assert_int_equal(sm_totp_step(30 * US - 1), 0);
    assert_int_equal(sm_totp_step(30 * US), 1);
    assert_int_equal(sm_totp_step(59 * US), 1);
}

/* The code of the step that is AWAY from the present one. */
static enum sm_status verify_away(int64_t *step, int64_t away, int64_t used)
{
    char code[SM_TOTP_CODE_TEXT];

    sm_totp_code(code, secret, STEP_THEN + away);
    return sm_totp_verify(step, secret, code, NOW_S * US, used);
}

static void one_step_either_way(void **state)
{
    (void)state;
    for (int64_t away = -3; away <= 3; away++) {
        bool near = away >= -1 && away <= 1;
        int64_t step = -7;

        assert_int_equal(verify_away(&step, away, SM_TOTP_NEVER),
                         near ? SM_OK : SM_DENIED);
        assert_int_equal(step, near ? STEP_THEN + away : -7);
    }
}

static void a_step_is_used_once(void **state)
{
    int64_t step = 0, used;

    (void)state;
    assert_int_equal(verify_away(&step, 0, SM_TOTP_NEVER), SM_OK);
    used = step;
    assert_int_equal(used, STEP_THEN);
    step = -7;
    assert_int_equal(verify_away(&step, 0, used), SM_DENIED);
    assert_int_equal(verify_away(&step, -1, used), SM_DENIED);
    assert_int_equal(step, -7);
    assert_int_equal(verify_away(&step, 1, used), SM_OK);
    assert_int_equal(step, used + 1);
    assert_int_equal(verify_away(&step, 0, used - 1), SM_OK);
    assert_int_equal(verify_away(&step, 1, used + 1), SM_DENIED);
}

static void six_digits_with_or_without_blanks(void **state)
{
    static const char *const bad[] = {
        "",
        "00592",
        "0059244",
        "00592a",
        "005 92",
        "-05924",
        "+05924",
        "0059 244",
        "005924\n",
        "005924 5",
        "\xD9\xA0\xD9\xA0\xD9\xA5\xD9\xA9\xD9\xA2\xD9\xA4", /* Arabic */
    };
    int64_t step = -7;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        assert_int_equal(
            sm_totp_verify(&step, secret, bad[i], NOW_S * US, SM_TOTP_NEVER),
            SM_INVALID);
    assert_int_equal(
        sm_totp_verify(&step, secret, "005925", NOW_S * US, SM_TOTP_NEVER),
        SM_DENIED);
    assert_int_equal(step, -7);
    assert_int_equal(
        sm_totp_verify(&step, secret, " 005 924 ", NOW_S * US, SM_TOTP_NEVER),
        SM_OK);
}

static void another_secret_has_other_codes(void **state)
{
    uint8_t one[SM_TOTP_SECRET_BYTES], two[SM_TOTP_SECRET_BYTES];
    uint8_t other[SM_TOTP_SECRET_BYTES];
    int64_t step;

    (void)state;
    memcpy(other, secret, sizeof(other));
    other[SM_TOTP_SECRET_BYTES - 1] ^= 1;
    assert_int_equal(
        sm_totp_verify(&step, other, "005924", NOW_S * US, SM_TOTP_NEVER),
        SM_DENIED);
    memset(one, 0, sizeof(one));
    memset(two, 0, sizeof(two));
    sm_totp_secret_new(one);
    sm_totp_secret_new(two);
    assert_memory_not_equal(one, two, sizeof(one));
}

static void secret_in_base32(void **state)
{
    uint8_t bytes[SM_TOTP_SECRET_BYTES];
    char text[SM_TOTP_SECRET_TEXT];

    (void)state;
    sm_totp_secret_format(text, secret);
    assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    memset(bytes, 0xFF, sizeof(bytes));
    sm_totp_secret_format(text, bytes);
    assert_string_equal(text, "77777777777777777777777777777777");
    memset(bytes, 0, sizeof(bytes));
    sm_totp_secret_format(text, bytes);
    assert_string_equal(text, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
}

#define URI_END "&algorithm=SHA1&digits=6&period=30"

static void uri_is_encoded(void **state)
{
    char uri[512];

    (void)state;
    assert_int_equal(sm_totp_uri(uri, sizeof(uri), secret, "Apa & Gaz S.A.",
                                 "ana+1@example.com"),
                     SM_OK);
    assert_string_equal(
        uri, "otpauth://totp/Apa%20%26%20Gaz%20S.A.:ana%2B1%40example.com"
             "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
             "&issuer=Apa%20%26%20Gaz%20S.A." URI_END);
    assert_int_equal(sm_totp_uri(uri, sizeof(uri), secret, "Ток?#/", "ș%"),
                     SM_OK);
    assert_string_equal(uri,
                        "otpauth://totp/%D0%A2%D0%BE%D0%BA%3F%23%2F:%C8%99%25"
                        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        "&issuer=%D0%A2%D0%BE%D0%BA%3F%23%2F" URI_END);
}

static void uri_that_cannot_be(void **state)
{
    static const char *const bad[] = {"", "a:b", ":", "\xC3"};
    char uri[512], exact[512];
    size_t len;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++) {
        memset(uri, 'x', sizeof(uri));
        assert_int_equal(sm_totp_uri(uri, sizeof(uri), secret, bad[i], "ana"),
                         SM_INVALID);
        assert_string_equal(uri, "");
        assert_int_equal(sm_totp_uri(uri, sizeof(uri), secret, "Apa", bad[i]),
                         SM_INVALID);
    }
    assert_int_equal(sm_totp_uri(uri, sizeof(uri), secret, "Apa", "ana"),
                     SM_OK);
    len = strlen(uri);
    assert_int_equal(sm_totp_uri(exact, len + 1, secret, "Apa", "ana"), SM_OK);
    assert_string_equal(exact, uri);
    memset(exact, 'x', sizeof(exact));
    assert_int_equal(sm_totp_uri(exact, len, secret, "Apa", "ana"), SM_INVALID);
    /* Nothing of the secret is left in what was too small. */
    for (size_t i = 0; i < len; i++)
        assert_int_equal(exact[i], '\0');
    assert_int_equal(exact[len], 'x');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rfc4226_vectors),
        cmocka_unit_test(rfc6238_vectors),
        cmocka_unit_test(steps_change_each_half_minute),
        cmocka_unit_test(one_step_either_way),
        cmocka_unit_test(a_step_is_used_once),
        cmocka_unit_test(six_digits_with_or_without_blanks),
        cmocka_unit_test(another_secret_has_other_codes),
        cmocka_unit_test(secret_in_base32),
        cmocka_unit_test(uri_is_encoded),
        cmocka_unit_test(uri_that_cannot_be),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
