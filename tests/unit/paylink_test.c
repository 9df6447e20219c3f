/* links: domain */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/paylink.h"

enum { NOW = 1790000000 };

static const uint8_t seed[32] = {1, 2, 3, 4, 5};
static struct sm_paylink_keys keys;

static struct sm_paylink sample(void)
{
    return (struct sm_paylink){.key_id = 7,
                               .account = {9, 8, 7},
                               .rule = SM_PAYLINK_FIXED,
                               .amount_minor = 12345,
                               .currency = "RON",
                               .expires_at = NOW + 1000};
}

static int set_up(void **state)
{
    char text[80] = "7:";
    uint8_t public_key[32];

    (void)state;
    if (sm_ed25519_public(public_key, seed) != SM_OK)
        return -1;
    sm_hex(text + 2, public_key, 32);
    return sm_paylink_keys_parse(&keys, text) == SM_OK ? 0 : -1;
}

static void make(char token[SM_PAYLINK_TEXT], const struct sm_paylink *link)
{
    assert_int_equal(sm_paylink_make(token, link, seed), SM_OK);
    assert_int_equal(strlen(token), SM_PAYLINK_TEXT - 1);
}

static void test_round_trip(void **state)
{
    struct sm_paylink link = sample();
    struct sm_paylink out;
    char token[SM_PAYLINK_TEXT];

    (void)state;
    make(token, &link);
    assert_int_equal(sm_paylink_verify(&out, &keys, token, NOW), SM_OK);
    assert_memory_equal(out.account, link.account, 16);
    assert_int_equal(out.rule, SM_PAYLINK_FIXED);
    assert_int_equal(out.amount_minor, 12345);
    assert_string_equal(out.currency, "RON");
    assert_int_equal(out.expires_at, NOW + 1000);
}

/* Whatever single character changes, the link is not accepted. */
static void test_tampered(void **state)
{
    struct sm_paylink link = sample();
    struct sm_paylink out;
    char token[SM_PAYLINK_TEXT];

    (void)state;
    make(token, &link);
    for (size_t i = 0; i < SM_PAYLINK_TEXT - 1; i++) {
        char kept = token[i];

        token[i] = kept == 'A' ? 'B' : 'A';
        assert_int_not_equal(sm_paylink_verify(&out, &keys, token, NOW), SM_OK);
        token[i] = kept;
    }
    assert_int_equal(sm_paylink_verify(&out, &keys, token, NOW), SM_OK);
}

static void test_other_forms(void **state)
{
    struct sm_paylink link = sample();
    struct sm_paylink out;
    char token[SM_PAYLINK_TEXT];
    char longer[SM_PAYLINK_TEXT + 8];

    (void)state;
    make(token, &link);
    snprintf(longer, sizeof(longer), "%s=", token);
    assert_int_equal(sm_paylink_verify(&out, &keys, longer, NOW), SM_INVALID);
    snprintf(longer, sizeof(longer), "%sA", token);
    assert_int_equal(sm_paylink_verify(&out, &keys, longer, NOW), SM_INVALID);
    token[SM_PAYLINK_TEXT - 2] = '\0';
    assert_int_equal(sm_paylink_verify(&out, &keys, token, NOW), SM_INVALID);
    assert_int_equal(sm_paylink_verify(&out, &keys, "", NOW), SM_INVALID);
}

static void test_expiry_edge(void **state)
{
    struct sm_paylink link = sample();
    struct sm_paylink out;
    char token[SM_PAYLINK_TEXT];

    (void)state;
    make(token, &link);
    assert_int_equal(sm_paylink_verify(&out, &keys, token, NOW + 999), SM_OK);
    assert_int_equal(sm_paylink_verify(&out, &keys, token, NOW + 1000),
                     SM_CONFLICT);
    assert_int_equal(out.expires_at, NOW + 1000);
}

static void test_keys(void **state)
{
    static const uint8_t other_seed[32] = {99};
    struct sm_paylink link = sample();
    struct sm_paylink out;
    char token[SM_PAYLINK_TEXT];

    (void)state;
    link.key_id = 8; /* not known */
    make(token, &link);
    assert_int_equal(sm_paylink_verify(&out, &keys, token, NOW), SM_INVALID);
    link.key_id = 7; /* known, but signed with another */
    assert_int_equal(sm_paylink_make(token, &link, other_seed), SM_OK);
    assert_int_equal(sm_paylink_verify(&out, &keys, token, NOW), SM_DENIED);
}

static void test_rules(void **state)
{
    struct sm_paylink link = sample();
    char token[SM_PAYLINK_TEXT];

    (void)state;
    link.amount_minor = 0;
    assert_int_equal(sm_paylink_make(token, &link, seed), SM_INVALID);
    link.rule = SM_PAYLINK_TOTAL;
    assert_int_equal(sm_paylink_make(token, &link, seed), SM_OK);
    link.amount_minor = 5;
    assert_int_equal(sm_paylink_make(token, &link, seed), SM_INVALID);
    link = sample();
    link.currency[0] = 'r';
    assert_int_equal(sm_paylink_make(token, &link, seed), SM_INVALID);
}

static void test_key_setting(void **state)
{
    static const char hex[] = "000102030405060708090a0b0c0d0e0f"
                              "101112131415161718191a1b1c1d1e1f";
    struct sm_paylink_keys out;
    char text[256];

    (void)state;
    assert_int_equal(sm_paylink_keys_parse(&out, ""), SM_OK);
    assert_int_equal(out.count, 0);
    snprintf(text, sizeof(text), "0:%s, 255:%s", hex, hex);
    assert_int_equal(sm_paylink_keys_parse(&out, text), SM_OK);
    assert_int_equal(out.count, 2);
    assert_int_equal(out.keys[1].id, 255);
    assert_int_equal(out.keys[1].public_key[31], 0x1f);
    snprintf(text, sizeof(text), "1:%s, 1:%s", hex, hex);
    assert_int_equal(sm_paylink_keys_parse(&out, text), SM_INVALID);
    snprintf(text, sizeof(text), "256:%s", hex);
    assert_int_equal(sm_paylink_keys_parse(&out, text), SM_INVALID);
    snprintf(text, sizeof(text), "1:%s,", hex);
    assert_int_equal(sm_paylink_keys_parse(&out, text), SM_INVALID);
    snprintf(text, sizeof(text), "1:%s 2:%s", hex, hex);
    assert_int_equal(sm_paylink_keys_parse(&out, text), SM_INVALID);
    assert_int_equal(sm_paylink_keys_parse(&out, hex), SM_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),  cmocka_unit_test(test_tampered),
        cmocka_unit_test(test_other_forms), cmocka_unit_test(test_expiry_edge),
        cmocka_unit_test(test_keys),        cmocka_unit_test(test_rules),
        cmocka_unit_test(test_key_setting),
    };

    return cmocka_run_group_tests(tests, set_up, NULL);
}
