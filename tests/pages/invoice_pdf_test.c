/* needs: portal */
/* A bill as a PDF: the signed link on it, and how long it is the same file. */
#include "bills.h"
#include "customer.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/paylink.h"
#include "support/fixture.h"

#define CODE "ANAA00001111"

static const uint8_t seed[32] = {7, 7, 7};
static struct sm_site site;
static struct sm_browser ana = {.site = &site};
static struct sm_paylink_keys keys = {.count = 1};

static int start(void **state)
{
    static const char *const hers[] = {CODE, NULL};
    char private_hex[65], public_hex[65], conf[300];

    (void)state;
    sm_bills_schema();
    sm_bills_account(CODE);
    sm_bills_invoice(CODE, "A-1", 4100, "RON", 5);
    sm_bills_invoice(CODE, "A-2", 4200, "RON", 5);
    sm_bills_invoice(CODE, "OLD", 4300, "RON", 5);
    sm_test_sql("UPDATE billing.document SET issued_on = "
                "issued_on - 1200 WHERE number = 'OLD'; "
                "UPDATE customer.account SET public_id = "
                "'abcd0000-0000-0000-0000-000000000000'");
    sm_customer(&ana, "ana@example.org", hers);
    keys.keys[0].id = 3;
    assert_int_equal(sm_ed25519_public(keys.keys[0].public_key, seed), 0);
    sm_hex(private_hex, seed, sizeof(seed));
    sm_hex(public_hex, keys.keys[0].public_key, 32);
    snprintf(conf, sizeof(conf),
             "paylink.keys = 3:%s\npaylink.signing_key = %s\n"
             "paylink.signing_key_id = 3\n",
             public_hex, private_hex);
    sm_site_start(&site, "portal", conf, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

static void get(struct sm_answer *answer, const char *number)
{
    char id[27], path[64];

    sm_customer_bill(id, number);
    snprintf(path, sizeof(path), "/bg/invoices/%s/pdf", id);
    sm_browser_get(answer, &ana, path);
    assert_int_equal(answer->http, 200);
    assert_memory_equal(answer->body, "%PDF-", 5);
}

/* The token of the link in a file; "" if there is none. */
static void token_of(char out[SM_PAYLINK_TEXT], const struct sm_answer *answer)
{
    const char *at = memmem(answer->body, answer->len, "/bg/l/", 6);
    size_t len;

    *out = '\0';
    if (!at)
        return;
    at += 6;
    len = strcspn(at, ")");
    assert_true(len < SM_PAYLINK_TEXT);
    memcpy(out, at, len);
    out[len] = '\0';
}

static void test_link(void **state)
{
    static const uint8_t account[16] = {0xab, 0xcd};
    char token[SM_PAYLINK_TEXT], path[160];
    struct sm_paylink link;
    struct sm_answer answer;

    (void)state;
    get(&answer, "A-1");
    token_of(token, &answer);
    sm_answer_free(&answer);
    assert_int_equal(
        sm_paylink_verify(&link, &keys, token, (int64_t)time(NULL)), SM_OK);
    assert_memory_equal(link.account, account, sizeof(account));
    assert_int_equal(link.rule, SM_PAYLINK_TOTAL);
    assert_string_equal(link.currency, "RON");
    assert_true(link.expires_at > (int64_t)time(NULL) + 1000 * 86400LL);
    snprintf(path, sizeof(path), "/bg/l/%s", token);
    sm_browser_get(&answer, &ana, path);
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
}

static void test_no_link(void **state)
{
    char token[SM_PAYLINK_TEXT];
    struct sm_answer answer;

    (void)state;
    get(&answer, "OLD");
    token_of(token, &answer);
    sm_answer_free(&answer);
    assert_string_equal(token, "");
    sm_test_sql("UPDATE billing.open_item SET open_minor = 0 WHERE document_id "
                "= (SELECT id FROM billing.document WHERE number = 'A-2')");
    get(&answer, "A-2");
    token_of(token, &answer);
    sm_answer_free(&answer);
    assert_string_equal(token, "");
}

/* Keep the payment code sealed under the key NUMBER; 5 is secret.seal. */
static void seal(uint8_t number)
{
    struct sm_key_bytes key = {.bytes = {[31] = number}, .set = true};
    uint8_t sealed[64], hash[32] = {9};
    char hex[2 * sizeof(sealed) + 1], sql[400];
    size_t len = strlen(CODE);

    assert_int_equal(
        sm_seal(sealed, sizeof(sealed), &key, hash, sizeof(hash), CODE, len),
        SM_OK);
    sm_hex(hex, sealed, len + SM_SEAL_OVERHEAD);
    snprintf(sql, sizeof(sql),
             "UPDATE customer.account SET payment_code_sealed = '\\x%s', "
             "payment_code_hash = decode(rpad('09', 64, '0'), 'hex')",
             hex);
    sm_test_sql(sql);
}

static void test_version(void **state)
{
    char first[120], second[120], path[64], id[27];
    struct sm_answer answer, again;

    (void)state;
    get(&answer, "A-1");
    get(&again, "A-1");
    assert_int_equal(answer.len, again.len);
    assert_memory_equal(answer.body, again.body, answer.len);
    sm_answer_header(&answer, "ETag", first, sizeof(first));
    sm_answer_free(&answer);
    sm_answer_free(&again);
    /* with its payment code it is another file */
    seal(5);
    get(&answer, "A-1");
    sm_answer_header(&answer, "ETag", second, sizeof(second));
    sm_answer_free(&answer);
    assert_string_not_equal(first, second);
    /* a code that does not open is a fault here, never a bill without one */
    seal(6);
    sm_customer_bill(id, "A-1");
    snprintf(path, sizeof(path), "/bg/invoices/%s/pdf", id);
    sm_browser_get(&answer, &ana, path);
    assert_int_equal(answer.http, 500);
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_link),
        cmocka_unit_test(test_no_link),
        cmocka_unit_test(test_version),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
