/* needs: portal */
/* Bills opened by a link: the signed pay link, the mailed step-up link. */
#include "bills.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "domain/mail_token.h"
#include "domain/paylink.h"
#include "support/fixture.h"

static const uint8_t seed[32] = {1, 2, 3};
static const uint8_t account[16] = {0xab, 0xcd};
static struct sm_site site;

static int start(void **state)
{
    uint8_t public_key[32];
    char hex[65], conf[256];

    (void)state;
    sm_bills_schema();
    sm_bills_account("LINK00001111");
    sm_bills_invoice("LINK00001111", "L-2026-0931", 41287, "RON", 10);
    sm_test_sql("UPDATE customer.account SET public_id = "
                "'abcd0000-0000-0000-0000-000000000000'");
    assert_int_equal(sm_ed25519_public(public_key, seed), 0);
    sm_hex(hex, public_key, sizeof(public_key));
    snprintf(conf, sizeof(conf),
             "paylink.keys = 7:%s\nlimit.lookups_per_address = 1000\n", hex);
    sm_site_start(&site, "portal", conf, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

/* The path of a link to ID that is good for SECONDS. */
static void make_path(char out[160], const uint8_t id[16],
                      enum sm_paylink_rule rule, int64_t minor, int seconds)
{
    struct sm_paylink link = {.key_id = 7,
                              .rule = rule,
                              .amount_minor = minor,
                              .currency = "RON",
                              .expires_at = (int64_t)time(NULL) + seconds};
    char token[SM_PAYLINK_TEXT];

    memcpy(link.account, id, sizeof(link.account));
    assert_int_equal(sm_paylink_make(token, &link, seed), 0);
    snprintf(out, 160, "/en/l/%s", token);
}

static void test_opens_and_asks_for_an_address(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char path[160], url[64], email[96];

    (void)state;
    make_path(path, account, SM_PAYLINK_FIXED, 5000, 3600);
    sm_browser_get(&answer, &browser, path);
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", url, sizeof(url));
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "412.87");
    sm_assert_has(&answer, "name=\"email\"");
    sm_assert_hasnt(&answer, "/start\"");
    sm_answer_free(&answer);
    snprintf(email, sizeof(email), "%s/email", url);
    sm_browser_post(&answer, &browser, email, "email=a%40example.org");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, url);
    sm_assert_has(&answer, "/start\"");
    sm_assert_has(&answer, "value=\"other\" checked");
    sm_assert_has(&answer, "value=\"50.00\"");
    sm_answer_free(&answer);
}

static void assert_bad(const char *path)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;

    sm_browser_get(&answer, &browser, path);
    sm_assert_page(&answer, 404);
    sm_assert_has(&answer, "This link does not work");
    sm_assert_has(&answer, "href=\"/en/pay\"");
    sm_answer_free(&answer);
}

static void test_bad_links_offer_the_form(void **state)
{
    static const uint8_t nobody[16] = {1};
    char path[160];

    (void)state;
    make_path(path, account, SM_PAYLINK_TOTAL, 0, -1);
    assert_bad(path);
    make_path(path, account, SM_PAYLINK_TOTAL, 0, 3600);
    path[40] = path[40] == 'A' ? 'B' : 'A';
    assert_bad(path);
    make_path(path, nobody, SM_PAYLINK_TOTAL, 0, 3600);
    assert_bad(path);
    assert_bad("/en/l/abc");
}

/* The path of the mailed link whose number is NUMBER. */
static void step_up_path(char out[128],
                         const uint8_t number[SM_MAIL_TOKEN_BYTES])
{
    struct sm_key_bytes key;
    char token[SM_MAIL_TOKEN_TEXT], text[65];

    snprintf(text, sizeof(text), "%064d", 3);
    assert_int_equal(sm_key_parse(&key, text), 0);
    sm_mail_token_make(token, &key, "step_up", number);
    snprintf(out, 128, "/en/pay/step-up/%s", token);
}

static void test_step_up_works_once(void **state)
{
    struct sm_browser browser = {.site = &site}, other = {.site = &site};
    char first[64];
    uint8_t number[SM_MAIL_TOKEN_BYTES] = {0x11};
    struct sm_answer answer;
    char path[128];

    (void)state;
    sm_test_sql("INSERT INTO pay.step_up (token_hash, account_id, email, "
                "lang, expires_at) SELECT '\\x11' || "
                "decode(repeat('00', 31), 'hex'), a.id, 'a@example.org', "
                "'en', now() + interval '20 minutes' "
                "FROM customer.account AS a");
    step_up_path(path, number);
    sm_browser_get(&answer, &browser, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "type=\"submit\"");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &browser, path, "");
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", first, sizeof(first));
    sm_answer_free(&answer);
    sm_browser_post(&answer, &browser, path, ""); /* a double click */
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", first);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &other, path);
    sm_answer_free(&answer);
    sm_browser_post(&answer, &other, path, "");
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    number[0] = 0x12; /* well made, but no such row */
    step_up_path(path, number);
    sm_browser_post(&answer, &browser, path, "");
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    assert_bad("/en/pay/step-up/abc");
}

static void test_no_database(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char path[160];

    (void)state;
    make_path(path, account, SM_PAYLINK_TOTAL, 0, 3600);
    sm_test_server_stop();
    sm_browser_get(&answer, &browser, path);
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_opens_and_asks_for_an_address),
        cmocka_unit_test(test_bad_links_offer_the_form),
        cmocka_unit_test(test_step_up_works_once),
        cmocka_unit_test(test_no_database),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
