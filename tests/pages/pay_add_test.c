/* needs: portal */
/* A second code and another e-mail address on the bill that is open. */
#include "bills.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "support/fixture.h"

static struct sm_site site;

static int start(void **state)
{
    char code[16];

    (void)state;
    sm_bills_schema();
    for (int i = 1; i <= 6; i++) {
        snprintf(code, sizeof(code), "ADD%05d%04d", i, i);
        sm_bills_account(code);
        sm_bills_invoice(code, code, 1000 * i, "RON", 10);
    }
    sm_site_start(&site, "portal", "limit.lookups_per_address = 1000\n", NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

static void open_bill(char out[64], struct sm_browser *browser)
{
    struct sm_answer answer;

    sm_browser_get(&answer, browser, "/en/pay");
    sm_answer_free(&answer);
    sm_browser_post(&answer, browser, "/en/pay",
                    "payment_code=ADD000010001&email=a%40example.org");
    sm_answer_header(&answer, "Location", out, 64);
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
}

/* POST FIELDS to the page TAIL below the bill URL. */
static int post(struct sm_answer *answer, struct sm_browser *browser,
                const char *url, const char *tail, const char *fields)
{
    char path[96];

    snprintf(path, sizeof(path), "%s/%s", url, tail);
    sm_browser_post(answer, browser, path, fields);
    return answer->http;
}

static void test_adds_up(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char url[64];

    (void)state;
    open_bill(url, &browser);
    assert_int_equal(
        post(&answer, &browser, url, "add", "payment_code=ADD000020002"), 303);
    sm_assert_header(&answer, "Location", url);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "name=\"shown_minor\" value=\"3000\"");
    sm_assert_has(&answer, "name=\"current_minor\" value=\"3000\"");
    sm_answer_free(&answer);
}

static void test_refusals(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char url[64], fields[64];

    (void)state;
    open_bill(url, &browser);
    assert_int_equal(
        post(&answer, &browser, url, "add", "payment_code=ADD000010001"), 422);
    sm_assert_has(&answer, "on the page already");
    sm_answer_free(&answer);
    assert_int_equal(
        post(&answer, &browser, url, "add", "payment_code=ZZZZ00000000"), 422);
    sm_assert_has(&answer, "no bill with this code");
    sm_answer_free(&answer);
    assert_int_equal(post(&answer, &browser, url, "add", "payment_code=1"),
                     422);
    sm_assert_page(&answer, 422);
    sm_answer_free(&answer);
    for (int i = 2; i <= 6; i++) {
        snprintf(fields, sizeof(fields), "payment_code=ADD%05d%04d", i, i);
        assert_int_equal(post(&answer, &browser, url, "add", fields),
                         i <= 5 ? 303 : 422);
        sm_answer_free(&answer);
    }
    sm_browser_get(&answer, &browser, url);
    sm_assert_hasnt(&answer, "/add\"");
    sm_answer_free(&answer);
}

static void test_email(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char url[64], path[96];

    (void)state;
    open_bill(url, &browser);
    snprintf(path, sizeof(path), "%s/email", url);
    sm_browser_get(&answer, &browser, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "value=\"a@example.org\"");
    sm_answer_free(&answer);
    assert_int_equal(post(&answer, &browser, url, "email", "email=nobody"),
                     422);
    sm_assert_has(&answer, "value=\"nobody\"");
    sm_answer_free(&answer);
    assert_int_equal(
        post(&answer, &browser, url, "email", "email=b%40other.example"), 303);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, url);
    sm_assert_has(&answer, "@other.example");
    sm_answer_free(&answer);
}

static void test_not_theirs(void **state)
{
    struct sm_browser browser = {.site = &site}, other = {.site = &site};
    struct sm_answer answer;
    char url[64], path[96];

    (void)state;
    open_bill(url, &browser);
    sm_browser_get(&answer, &other, "/en/pay");
    sm_answer_free(&answer);
    assert_int_equal(
        post(&answer, &other, url, "add", "payment_code=ADD000020002"), 404);
    sm_answer_free(&answer);
    assert_int_equal(
        post(&answer, &other, url, "email", "email=c%40example.org"), 404);
    sm_answer_free(&answer);
    snprintf(path, sizeof(path), "%s/email", url);
    sm_browser_get(&answer, &other, path);
    sm_assert_page(&answer, 404);
    sm_assert_hasnt(&answer, "a@example.org");
    sm_answer_free(&answer);
}

static void test_not_with_a_second_factor(void **state)
{
    struct sm_browser browser;
    struct sm_site strict;
    struct sm_answer answer;

    (void)state;
    sm_site_start(&strict, "portal",
                  "guest_pay.second_factor = invoice_last4\n", NULL);
    browser = (struct sm_browser){.site = &strict};
    sm_browser_get(&answer, &browser, "/en/pay/aaaaaaaaaaaaaaaaaaaaaaaaaa/add");
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    assert_int_equal(sm_site_stop(&strict), 0);
}

static void test_no_database(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char url[64];

    (void)state;
    open_bill(url, &browser);
    sm_test_server_stop();
    assert_int_equal(
        post(&answer, &browser, url, "add", "payment_code=ADD000020002"), 503);
    sm_answer_free(&answer);
    assert_int_equal(
        post(&answer, &browser, url, "email", "email=c%40example.org"), 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adds_up),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_email),
        cmocka_unit_test(test_not_theirs),
        cmocka_unit_test(test_not_with_a_second_factor),
        cmocka_unit_test(test_no_database),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
