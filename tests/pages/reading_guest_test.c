/* needs: portal */
/* A reading without an account: taken whether or not there is such a meter,
 * with the same answer; what is wrong with the form is said in words. */
#include "bills.h"
#include "harness.h"
#include "readings.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "support/fixture.h"

#define CODE "RDNG00001111"
#define FIELDS "client_code=%s&serial=%s&value=%s&value_2=%s&read_on=%s"

static struct sm_site site;

static int start(void **state)
{
    (void)state;
    sm_bills_schema();
    sm_bills_account(CODE);
    sm_readings_client(CODE, "123456");
    sm_readings_meter(CODE, "EM-77", 2);
    sm_site_start(&site, "portal",
                  "limit.lookups_per_address = 3\n"
                  "limit.hard_factor = 4\n",
                  NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

/* The key of the form that ANSWER shows. */
static void once_of(char out[27], const struct sm_answer *answer)
{
    const char *at = strstr(answer->body, "name=\"once\" value=\"");

    assert_non_null(at);
    sm_copy(out, 27, at + strlen("name=\"once\" value=\""));
}

/* GET the form; its key. */
static void open_form(char once[27], struct sm_browser *browser)
{
    struct sm_answer answer;

    browser->site = &site;
    sm_browser_get(&answer, browser, "/en/reading");
    sm_assert_page(&answer, 200);
    once_of(once, &answer);
    sm_answer_free(&answer);
}

static void post(struct sm_answer *out, struct sm_browser *browser,
                 const char *once, const char *client, const char *serial,
                 const char *value, const char *value_2, const char *read_on)
{
    char body[400];

    snprintf(body, sizeof(body), FIELDS "&once=%s", client, serial, value,
             value_2, read_on, once);
    sm_browser_post(out, browser, "/en/reading", body);
}

/* Send, and follow to the page with the reference, which goes to REFERENCE. */
static void take(char reference[9], struct sm_browser *browser,
                 const char *once, const char *client, const char *serial,
                 const char *value, const char *value_2)
{
    struct sm_answer answer;
    char where[100];

    post(&answer, browser, once, client, serial, value, value_2, "");
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", where, sizeof(where));
    assert_int_equal(strncmp(where, "/en/reading/", 12), 0);
    assert_int_equal(strlen(where), 20);
    sm_copy(reference, 9, where + 12);
    sm_answer_free(&answer);
    sm_browser_get(&answer, browser, where);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, reference);
    sm_assert_has(&answer, "We will check it against your meter.");
    sm_answer_free(&answer);
}

static void test_taken(void **state)
{
    struct sm_browser browser = {0};
    char once[27], first[9], again[9], miss[9], sql[200];

    (void)state;
    open_form(once, &browser);
    take(first, &browser, once, "123%20456", "em%2077", "01100", "1050,5");
    /* a double click */
    take(again, &browser, once, "123456", "EM-77", "1100", "1050.500");
    assert_string_equal(first, again);
    sm_readings_expect("SELECT count(*) || ' ' || min(values_milli::text) || "
                       "' ' || bool_and(read_on = ops.day(now())) "
                       "FROM meter.inbox",
                       "1 {1100000,1050500} true");
    open_form(once, &browser);
    take(miss, &browser, once, "654321", "NONE", "5", "");
    sm_test_sql("SELECT meter.inbox_take(10, now())");
    snprintf(sql, sizeof(sql),
             "SELECT string_agg(outcome, ' ' ORDER BY id) FROM meter.inbox "
             "WHERE reference IN ('%s', '%s')",
             first, miss);
    sm_readings_expect(sql, "stored miss");
}

static void refused(struct sm_browser *browser, const char *once,
                    const char *client, const char *serial, const char *value,
                    const char *value_2, const char *read_on,
                    const char *sentence)
{
    struct sm_answer answer;

    post(&answer, browser, once, client, serial, value, value_2, read_on);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, sentence);
    sm_answer_free(&answer);
}

static void test_refused(void **state)
{
    static const struct {
        const char *client, *serial, *value, *value_2, *read_on, *sentence;
    } rows[] = {
        {"", "1", "1", "", "", "Type the client code."},
        {"1", "1", "1", "", "", "This is not a client code."},
        {"123456", "", "1", "", "", "Type the serial number of the meter."},
        {"123456", "-", "1", "", "", "A serial number has digits or letters."},
        {"123456", "1", "", "", "", "Type what the meter shows."},
        {"123456", "1", "-5", "", "", "Type the digits that the meter shows"},
        {"123456", "1", "1234567890", "", "", "at most 9 digits"},
        {"123456", "1", "1,2345", "", "", "at most 3 decimals"},
        {"123456", "1", "1", "x", "", "Type the digits that the meter shows"},
        {"123456", "1", "1", "", "31.02.2026", "This is not a day."},
        {"123456", "1", "1", "", "2099-01-01", "This day has not come yet."},
        {"123456", "1", "1", "", "2020-01-01", "more than three months ago"},
    };
    struct sm_browser browser = {0};
    char once[27];

    (void)state;
    sm_test_sql("DELETE FROM meter.inbox");
    open_form(once, &browser);
    for (size_t i = 0; i < SM_COUNT(rows); i++)
        refused(&browser, once, rows[i].client, rows[i].serial, rows[i].value,
                rows[i].value_2, rows[i].read_on, rows[i].sentence);
    sm_readings_expect("SELECT count(*) FROM meter.inbox", "0");
}

/* Back, another figure, sent again: a new key is offered with the warning. */
static void test_changed(void **state)
{
    struct sm_browser browser = {0};
    struct sm_answer answer;
    char once[27], next[27], reference[9];

    (void)state;
    sm_test_sql("DELETE FROM meter.inbox; DELETE FROM ops.budget");
    open_form(once, &browser);
    take(reference, &browser, once, "123456", "EM-77", "1100", "");
    post(&answer, &browser, once, "123456", "EM-77", "1101", "", "");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "This form was sent before, with other figures.");
    sm_assert_has(&answer, "value=\"1101\"");
    once_of(next, &answer);
    sm_answer_free(&answer);
    assert_string_not_equal(once, next);
    take(reference, &browser, next, "123456", "EM-77", "1101", "");
    sm_readings_expect("SELECT count(*) FROM meter.inbox", "2");
}

static void test_limits(void **state)
{
    struct sm_browser browser = {0};
    struct sm_answer answer;
    char once[27], reference[9];

    (void)state;
    sm_test_sql("DELETE FROM meter.inbox; DELETE FROM ops.budget");
    for (int i = 0; i < 12; i++) {
        open_form(once, &browser);
        take(reference, &browser, once, "123456", "EM-77", "1100", "");
    }
    open_form(once, &browser);
    post(&answer, &browser, once, "123456", "EM-77", "1100", "", "");
    sm_assert_page(&answer, 429);
    sm_assert_has(&answer, "This reading was not taken.");
    sm_answer_free(&answer);
    sm_readings_expect("SELECT count(*) FROM meter.inbox", "12");
}

static void test_other_ends(void **state)
{
    struct sm_browser browser = {0};
    struct sm_answer answer;
    char once[27];

    (void)state;
    sm_test_sql("DELETE FROM ops.budget");
    open_form(once, &browser);
    /* references that nobody made show nothing of their own */
    sm_browser_get(&answer, &browser, "/en/reading/Z7GA79MC");
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, "/en/reading/00000000");
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, "/en/services");
    sm_assert_has(&answer, "href=\"/en/reading\"");
    sm_answer_free(&answer);
    sm_test_server_stop();
    post(&answer, &browser, once, "123456", "EM-77", "1100", "", "");
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, "/en/reading");
    sm_assert_page(&answer, 200);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taken),      cmocka_unit_test(test_refused),
        cmocka_unit_test(test_changed),    cmocka_unit_test(test_limits),
        cmocka_unit_test(test_other_ends),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
