/* needs: portal */
/* The look-up by payment code: hit, miss, bad input, too many, no database. */
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
    sm_bills_account("CODE11112222");
    sm_bills_invoice("CODE11112222", "F-2026-0931", 41287, "RON", 10);
    sm_site_start(&site, "portal", "limit.lookups_per_address = 1000\n", NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

static void test_form(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &browser, "/ro/pay");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "name=\"payment_code\"");
    sm_assert_has(&answer, "autocomplete=\"email\"");
    sm_assert_has(&answer, "inputmode=\"text\"");
    sm_assert_hasnt(&answer, "name=\"invoice_last4\"");
    assert_true(strlen(browser.cookie) > 0);
    assert_true(strlen(browser.csrf) > 0);
    sm_answer_free(&answer);
}

static void test_hit_as_typed_from_paper(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;
    char to[128];

    (void)state;
    sm_browser_get(&answer, &browser, "/en/pay");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &browser, "/en/pay",
                    "payment_code=code+1111-2222&email=a%40example.org");
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", to, sizeof(to));
    assert_int_equal(strncmp(to, "/en/pay/", 8), 0);
    assert_int_equal(strlen(to), 8 + 26);
    sm_answer_free(&answer);
}

static void test_miss_keeps_what_was_typed(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &browser, "/bg/pay");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &browser, "/bg/pay",
                    "payment_code=ZZZZ99990000&email=a%40example.org");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "value=\"ZZZZ99990000\"");
    sm_assert_has(&answer, "value=\"a@example.org\"");
    sm_assert_has(&answer, "href=\"#payment_code\"");
    sm_assert_has(&answer, "aria-invalid=\"true\"");
    sm_answer_free(&answer);
}

static void test_bad_fields(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &browser, "/en/pay");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &browser, "/en/pay",
                    "payment_code=12&email=%22%3E%3Cscript%3E");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "<title>Error: ");
    sm_assert_has(&answer, "href=\"#payment_code\"");
    sm_assert_has(&answer, "href=\"#email\"");
    sm_assert_has(&answer, "&quot;&gt;&lt;script&gt;");
    sm_assert_hasnt(&answer, "<script>");
    sm_answer_free(&answer);
}

static void test_without_a_token(void **state)
{
    struct sm_browser browser = {.site = &site};
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &browser, "/en/pay");
    sm_answer_free(&answer);
    snprintf(browser.csrf, sizeof(browser.csrf), "no-token-of-ours");
    sm_browser_post(&answer, &browser, "/en/pay",
                    "payment_code=CODE11112222&email=a%40example.org");
    assert_true(answer.http >= 400 && answer.http < 500);
    sm_assert_header(&answer, "Location", "");
    sm_answer_free(&answer);
}

/* The page after a look-up by the address that asked too often. */
static void look_up(struct sm_answer *answer, const struct sm_site *on,
                    const char *code)
{
    struct sm_browser browser = {.site = on};
    char body[128];

    sm_browser_get(answer, &browser, "/en/pay");
    sm_answer_free(answer);
    snprintf(body, sizeof(body), "payment_code=%s&email=a%%40example.org",
             code);
    sm_browser_post(answer, &browser, "/en/pay", body);
}

static void test_limits(void **state)
{
    struct sm_site strict;
    struct sm_answer hit, miss;

    (void)state;
    sm_test_sql("TRUNCATE ops.budget");
    sm_site_start(&strict, "portal",
                  "limit.lookups_per_address = 1\nlimit.hard_factor = 3\n"
                  "company.phone = +40 21 555 0100\n",
                  NULL);
    look_up(&hit, &strict, "CODE11112222");
    assert_int_equal(hit.http, 303);
    sm_answer_free(&hit);
    /* past the soft limit a hit and a miss read the same */
    look_up(&hit, &strict, "CODE11112222");
    look_up(&miss, &strict, "ZZZZ99990000");
    sm_assert_page(&hit, 200);
    sm_assert_page(&miss, 200);
    sm_assert_has(&hit, "if the data are right");
    assert_int_equal(hit.len, miss.len);
    sm_answer_free(&hit);
    sm_answer_free(&miss);
    look_up(&hit, &strict, "CODE11112222");
    sm_assert_page(&hit, 429);
    sm_assert_has(&hit, "+40 21 555 0100");
    sm_answer_free(&hit);
    assert_int_equal(sm_site_stop(&strict), 0);
    sm_test_sql("TRUNCATE ops.budget");
}

/* A refusal rolls nothing back: the miss stays counted. */
static void test_misses_are_counted(void **state)
{
    struct sm_site strict;
    struct sm_answer answer;

    (void)state;
    sm_test_sql("TRUNCATE ops.budget");
    sm_site_start(&strict, "portal", "limit.lookups_per_address = 1\n", NULL);
    look_up(&answer, &strict, "ZZZZ99990000");
    sm_assert_page(&answer, 422);
    sm_answer_free(&answer);
    look_up(&answer, &strict, "ZZZZ99990000");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "if the data are right");
    sm_answer_free(&answer);
    assert_int_equal(sm_site_stop(&strict), 0);
    sm_test_sql("TRUNCATE ops.budget");
}

static void test_second_factor(void **state)
{
    struct sm_browser browser;
    struct sm_site strict;
    struct sm_answer answer;
    static const char *const bodies[] = {
        "payment_code=CODE11112222&email=a%40example.org",
        "payment_code=CODE11112222&email=a%40example.org&invoice_last4=0000",
        "payment_code=CODE11112222&email=a%40example.org&invoice_last4=0931",
    };

    (void)state;
    sm_site_start(&strict, "portal",
                  "guest_pay.second_factor = invoice_last4\n"
                  "limit.lookups_per_address = 1000\n",
                  NULL);
    browser = (struct sm_browser){.site = &strict};
    sm_browser_get(&answer, &browser, "/en/pay");
    sm_assert_has(&answer, "name=\"invoice_last4\"");
    sm_answer_free(&answer);
    for (size_t i = 0; i < 3; i++) {
        sm_browser_post(&answer, &browser, "/en/pay", bodies[i]);
        assert_int_equal(answer.http, i == 2 ? 303 : 422);
        sm_answer_free(&answer);
    }
    assert_int_equal(sm_site_stop(&strict), 0);
}

static void test_always_by_mail(void **state)
{
    struct sm_site strict;
    struct sm_answer answer;

    (void)state;
    sm_site_start(&strict, "portal",
                  "guest_pay.second_factor = email_stepup\n"
                  "limit.lookups_per_address = 1000\n",
                  NULL);
    look_up(&answer, &strict, "CODE11112222");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "if the data are right");
    sm_answer_free(&answer);
    assert_int_equal(sm_site_stop(&strict), 0);
}

static void test_no_database(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_test_server_stop();
    look_up(&answer, &site, "CODE11112222");
    sm_assert_page(&answer, 503);
    sm_assert_hasnt(&answer, "postgres");
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form),
        cmocka_unit_test(test_hit_as_typed_from_paper),
        cmocka_unit_test(test_miss_keeps_what_was_typed),
        cmocka_unit_test(test_bad_fields),
        cmocka_unit_test(test_without_a_token),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_misses_are_counted),
        cmocka_unit_test(test_second_factor),
        cmocka_unit_test(test_always_by_mail),
        cmocka_unit_test(test_no_database),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
