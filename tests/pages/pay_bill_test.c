/* needs: portal */
/* The bill: sums, one Pay button, payments under way, whose it is. */
#include "bills.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "support/fixture.h"

static struct sm_site site;

static int start(void **state)
{
    (void)state;
    sm_bills_schema();
    sm_bills_account("TWO000001111");
    sm_bills_invoice("TWO000001111", "F-2026-0931", 41287, "RON", 10);
    sm_bills_invoice("TWO000001111", "F-2026-0801", 87150, "RON", -20);
    sm_bills_account("NONE00002222");
    sm_bills_account("PAID00003333");
    sm_bills_invoice("PAID00003333", "C-2026-0001", -5210, "RON", 10);
    sm_bills_account("EURO00004444");
    sm_bills_invoice("EURO00004444", "E-1", 1000, "RON", 5);
    sm_bills_invoice("EURO00004444", "E-2", 2000, "EUR", 5);
    sm_bills_account("WAIT00005555");
    sm_bills_invoice("WAIT00005555", "W-1", 7000, "RON", 5);
    sm_bills_account("ZERO00007777");
    sm_bills_invoice("ZERO00007777", "Z-1", 1000, "RON", 5);
    sm_bills_invoice("ZERO00007777", "Z-2", -1000, "RON", 5);
    sm_bills_invoice("ZERO00007777", "Z-3", 500, "EUR", 5);
    sm_site_start(&site, "portal", "limit.lookups_per_address = 1000\n", NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

/* Look CODE up as BROWSER; the address of the bill into OUT. */
static void open_bill(char out[64], struct sm_browser *browser,
                      const char *code, const char *email)
{
    struct sm_answer answer;
    char body[128];

    sm_browser_get(&answer, browser, "/en/pay");
    sm_answer_free(&answer);
    snprintf(body, sizeof(body), "payment_code=%s&email=%s", code, email);
    sm_browser_post(&answer, browser, "/en/pay", body);
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", out, 64);
    sm_answer_free(&answer);
}

static int count(const struct sm_answer *answer, const char *text)
{
    int n = 0;

    for (const char *at = answer->body; (at = strstr(at, text)) != NULL; at++)
        n++;
    return n;
}

/* Start a payment on the handle that was made last. */
static void start_payment(void)
{
    sm_test_sql("SELECT pay.start(h.handle_hash, h.browser_hash, "
                "sha256('once'), 'RON', 'total', NULL, 7000, 100, 1000000, "
                "'stripe', 'ro', NULL, now()) FROM pay.guest_handle AS h "
                "ORDER BY h.id DESC LIMIT 1");
}

static void test_what_is_owed(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char url[64];

    (void)state;
    open_bill(url, &browser, "TWO000001111", "ana%40gmial.com");
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 200);
    sm_assert_header(&answer, "Cache-Control", "no-store");
    sm_assert_has(&answer, "1,284.37");
    sm_assert_has(&answer, "412.87");
    sm_assert_has(&answer, "871.50");
    sm_assert_has(&answer, "0931");
    sm_assert_has(&answer, "overdue");
    sm_assert_has(&answer, "name=\"shown_minor\" value=\"128437\"");
    sm_assert_has(&answer, "name=\"current_minor\" value=\"41287\"");
    assert_int_equal(count(&answer, "/start\""), 1);
    /* the address is masked, and its slip is hinted at */
    sm_assert_hasnt(&answer, "ana@gmial.com");
    sm_assert_has(&answer, "@gmail.com");
    /* nothing about the person */
    sm_assert_hasnt(&answer, "Ana Test");
    sm_assert_hasnt(&answer, "TWO000001111");
    sm_assert_hasnt(&answer, "F-2026");
    sm_answer_free(&answer);
}

static void test_nothing_to_pay(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char url[64];

    (void)state;
    open_bill(url, &browser, "NONE00002222", "a%40example.org");
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "Nothing to pay");
    sm_assert_hasnt(&answer, "/start\"");
    sm_assert_hasnt(&answer, "verdue");
    sm_answer_free(&answer);
    open_bill(url, &browser, "PAID00003333", "a%40example.org");
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "52.10");
    sm_assert_has(&answer, "lowers your next bill");
    sm_assert_hasnt(&answer, "/start\"");
    sm_assert_hasnt(&answer, "verdue");
    sm_answer_free(&answer);
}

static void test_each_currency_by_itself(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char url[64];

    (void)state;
    open_bill(url, &browser, "EURO00004444", "a%40example.org");
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 200);
    assert_int_equal(count(&answer, "/start\""), 2);
    sm_assert_has(&answer, "name=\"currency\" value=\"EUR\"");
    sm_assert_has(&answer, "name=\"shown_minor\" value=\"2000\"");
    sm_assert_has(&answer, "name=\"shown_minor\" value=\"1000\"");
    sm_answer_free(&answer);
}

/* Beside a currency that owes, one that does not says nothing. */
static void test_no_empty_slip(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char url[64];

    (void)state;
    open_bill(url, &browser, "ZERO00007777", "a%40example.org");
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 200);
    assert_int_equal(count(&answer, "class=\"slip\""), 1);
    sm_assert_has(&answer, "name=\"currency\" value=\"EUR\"");
    sm_assert_hasnt(&answer, "Nothing to pay");
    sm_answer_free(&answer);
}

static void test_payments_under_way(void **state)
{
    struct sm_browser browser = {.site = &site}, other = {.site = &site};
    struct sm_answer answer;
    char url[64], other_url[64];

    (void)state;
    open_bill(url, &browser, "WAIT00005555", "a%40example.org");
    start_payment();
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "You have a payment under way");
    sm_assert_has(&answer, "/en/pay/status/");
    sm_assert_hasnt(&answer, "/start\"");
    sm_answer_free(&answer);
    open_bill(other_url, &other, "WAIT00005555", "b%40example.org");
    sm_browser_get(&answer, &other, other_url);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "was started 1 minute ago");
    sm_assert_hasnt(&answer, "/en/pay/status/");
    assert_int_equal(count(&answer, "/start\""), 1);
    sm_answer_free(&answer);
}

static void test_only_for_the_browser_that_opened_it(void **state)
{
    struct sm_browser browser = {.site = &site}, other = {.site = &site};
    struct sm_answer foreign, unknown;
    char url[64];

    (void)state;
    open_bill(url, &browser, "TWO000001111", "a%40example.org");
    sm_browser_get(&foreign, &other, "/en/pay");
    sm_answer_free(&foreign);
    sm_browser_get(&foreign, &other, url);
    sm_browser_get(&unknown, &other, "/en/pay/aaaaaaaaaaaaaaaaaaaaaaaaaa");
    sm_assert_page(&foreign, 404);
    sm_assert_page(&unknown, 404);
    sm_assert_has(&foreign, "This page has closed");
    assert_int_equal(foreign.len, unknown.len);
    sm_answer_free(&foreign);
    sm_answer_free(&unknown);
    sm_site_ask(&foreign, &site, &(struct sm_ask){.path = url});
    sm_assert_page(&foreign, 404);
    sm_answer_free(&foreign);
}

static void test_expired_and_malformed(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char url[64];

    (void)state;
    open_bill(url, &browser, "TWO000001111", "a%40example.org");
    sm_test_sql("UPDATE pay.guest_handle SET expires_at = now()");
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 404);
    sm_assert_has(&answer, "Type the code again");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, "/en/pay/no-handle");
    assert_true(answer.http == 404 || answer.http == 400);
    sm_answer_free(&answer);
}

static void test_no_database(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char url[64];

    (void)state;
    open_bill(url, &browser, "TWO000001111", "a%40example.org");
    sm_test_server_stop();
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_owed),
        cmocka_unit_test(test_nothing_to_pay),
        cmocka_unit_test(test_each_currency_by_itself),
        cmocka_unit_test(test_no_empty_slip),
        cmocka_unit_test(test_payments_under_way),
        cmocka_unit_test(test_only_for_the_browser_that_opened_it),
        cmocka_unit_test(test_expired_and_malformed),
        cmocka_unit_test(test_no_database),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
