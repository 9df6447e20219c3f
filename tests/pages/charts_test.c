/* needs: portal */
/* Charts of a place and the files of the same figures; nothing of anybody
 * else. */
#include "bills.h"
#include "customer.h"
#include "harness.h"
#include "payer.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "support/fixture.h"

static struct sm_site site;
static struct sm_browser ana = {.site = &site}, bob = {.site = &site},
                         eva = {.site = &site};

/* Bills of months, by number "P-YYYYMM": period, sum and kWh of a register;
 * what it read is estimated in 02. */
static const char figures[] =
    "INSERT INTO customer.contract (account_id, number, utility) SELECT id, "
    "'C-' || payment_code_hint, CASE payment_code_hint WHEN '2222' THEN 'gas' "
    "ELSE 'electricity' END FROM customer.account; "
    "UPDATE billing.document SET period_from = to_date(substr(number, 3), "
    "'YYYYMM'), period_to = (to_date(substr(number, 3), 'YYYYMM') + "
    "interval '1 month')::date - 1 WHERE number LIKE 'P-%'; "
    "INSERT INTO billing.document_register (document_id, no, old_milli, "
    "new_milli, quantity_milli, unit, old_read, new_read) SELECT id, 1, 0, 0, "
    "total_minor * 100, 'KWH', 'measured', CASE WHEN number LIKE '%02' THEN "
    "'estimated' ELSE 'measured' END FROM billing.document WHERE number LIKE "
    "'P-%'";

static int start(void **state)
{
    static const char *const hers[] = {"ANAA00001111", "ANAA00002222", NULL};
    static const char *const his[] = {"BOBB00003333", NULL};
    static const char *const none[] = {NULL};

    (void)state;
    sm_bills_schema();
    sm_bills_account("ANAA00001111");
    sm_bills_account("ANAA00002222");
    sm_bills_account("BOBB00003333");
    sm_bills_invoice("ANAA00001111", "P-202501", 10000, "RON", -200);
    sm_bills_invoice("ANAA00001111", "P-202502", 5600, "RON", -170);
    /* no bill for March */
    sm_bills_invoice("ANAA00001111", "P-202504", 12345, "RON", -100);
    sm_bills_invoice("ANAA00001111", "P-202601", 3100, "RON", -10);
    sm_bills_invoice("ANAA00001111", "E-1", 777, "EUR", 5);
    sm_bills_invoice("ANAA00002222", "P-202512", 99900, "RON", 5);
    sm_bills_invoice("BOBB00003333", "P-202511", 88800, "RON", 5);
    sm_test_sql(figures);
    sm_customer(&ana, "ana@example.org", hers);
    sm_customer(&bob, "bob@example.org", his);
    sm_customer(&eva, "eva@example.org", none);
    sm_site_start(&site, "portal", NULL, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

/* "/en/charts<TAIL>?place=" with the id of the account with code HINT. */
static void path_of(char out[128], const char *tail, const char *hint)
{
    char sql[160], hex[40], id[SM_ID_TEXT];
    uint8_t bytes[SM_ID_BYTES];

    snprintf(sql, sizeof(sql),
             "SELECT replace(public_id::text, '-', '') FROM customer.account "
             "WHERE payment_code_hint = '%s'",
             hint);
    sm_payer_sql(hex, sizeof(hex), sql);
    assert_int_equal(sm_unhex(bytes, sizeof(bytes), hex), SM_OK);
    sm_id_format(id, bytes);
    snprintf(out, 128, "/en/charts%s?place=%s", tail, id);
}

/* How often WHAT is in TEXT. */
static int count_of(const char *text, const char *what)
{
    int n = 0;

    for (const char *at = strstr(text, what); at; at = strstr(at + 1, what))
        n++;
    return n;
}

static void test_page(void **state)
{
    struct sm_answer answer;
    char path[128];

    (void)state;
    path_of(path, "", "1111");
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_header(&answer, "Cache-Control", "no-store");
    /* a chart each of EUR, RON, kWh and kWh a day, in two sizes */
    assert_int_equal(count_of(answer.body, "<svg "), 8);
    sm_assert_has(&answer, ">Billed sums, EUR</h2>");
    sm_assert_has(&answer, ">Billed sums, RON</h2>");
    sm_assert_has(&answer, ">Electricity used, kWh</h2>");
    sm_assert_has(&answer, "Electricity used, kWh: average per day</title>");
    sm_assert_has(&answer, "Highest: Apr\xC2\xA0"
                           "2025, RON\xC2\xA0"
                           "123.45.");
    /* the table has the data's figures */
    sm_assert_has(&answer, "<th scope=\"row\">Apr\xC2\xA0"
                           "2025</th><td class=\"wide\">"
                           "1\xE2\x80\x93"
                           "30 April 2025</td><td class=\"amount\">"
                           "RON\xC2\xA0"
                           "123.45</td>");
    sm_assert_has(&answer, "<td class=\"amount\">1,234.5 kWh</td>"
                           "<td class=\"amount\">41.15 kWh</td>");
    /* a gap, an estimate, last year, the averages of four bills */
    sm_assert_has(&answer, "<th scope=\"row\">Mar\xC2\xA0"
                           "2025</th>"
                           "<td class=\"wide\"></td><td class=\"amount\">"
                           "<span class=\"quiet\">No bill</span></td>");
    sm_assert_has(&answer, "Feb\xC2\xA0"
                           "2025<br><span class=\"quiet\">"
                           "estimated</span>");
    sm_assert_has(&answer, "<td class=\"amount\">310.0 kWh</td>"
                           "<td class=\"amount\">10.00 kWh</td>"
                           "<td class=\"amount\">1,000.0 kWh</td>");
    sm_assert_has(&answer, "<td class=\"amount\">RON\xC2\xA0"
                           "77.61</td>");
    sm_assert_has(&answer, "<td class=\"amount\">776.1 kWh</td>"
                           "<td class=\"amount\">25.87 kWh</td>");
    sm_assert_hasnt(&answer, "999.00");
    sm_assert_hasnt(&answer, "888.00");
    sm_answer_free(&answer);
}

static void test_places(void **state)
{
    static const char nobody[] = "/en/charts?place=aaaaaaaaaaaaaaaaaaaaaaaaae";
    struct sm_answer answer, other;
    char path[128];

    (void)state;
    path_of(path, "", "2222");
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, ">Gas used, kWh</h2>");
    sm_assert_has(&answer, "RON\xC2\xA0"
                           "999.00");
    sm_assert_hasnt(&answer, "123.45");
    sm_assert_has(&answer, "\" selected> (…2222)</option>");
    sm_answer_free(&answer);
    /* without a choice the first */
    sm_browser_get(&answer, &ana, "/en/charts");
    sm_assert_has(&answer, "123.45");
    sm_answer_free(&answer);
    path_of(path, "", "3333");
    sm_browser_get(&answer, &ana, path);
    sm_browser_get(&other, &ana, nobody);
    assert_int_equal(answer.http, 404);
    assert_int_equal(other.http, 404);
    assert_int_equal(answer.len, other.len);
    sm_answer_free(&other);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/charts?place=x");
    sm_assert_page(&answer, 200); /* as good as absent */
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, "/en/charts");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "888.00");
    sm_assert_hasnt(&answer, "<select");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &eva, "/en/charts");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "No contract is connected");
    sm_answer_free(&answer);
}

static void test_csv(void **state)
{
    struct sm_answer answer;
    char path[128];

    (void)state;
    path_of(path, "/csv", "1111");
    sm_browser_get(&answer, &ana, path);
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "text/csv; charset=utf-8");
    sm_assert_has(&answer, "\r\n\"1111\",\"billed\",\"\",\"RON\",2025-04,"
                           "2025-04-01,2025-04-30,123.45,\"\",\"\",\"\",\"\"");
    sm_assert_has(&answer, "\"use\",\"electricity\",\"KWH\",2025-02,2025-02-01,"
                           "2025-02-28,560.0,20.00,\"\",\"\",\"estimated\"");
    sm_assert_has(&answer, ",2025-03,\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n");
    sm_assert_has(&answer, ",2026-01,2026-01-01,2026-01-31,310.0,10.00,1000.0,"
                           "32.26,\"\"\r\n");
    sm_answer_free(&answer);
    path_of(path, "/csv", "3333");
    sm_browser_get(&answer, &ana, path);
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &eva, "/en/charts/csv");
    assert_int_equal(answer.http, 200);
    sm_assert_hasnt(&answer, "1111");
    sm_answer_free(&answer);
}

static void test_no_session(void **state)
{
    struct sm_browser nobody = {.site = &site};
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &nobody, "/en/charts");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    sm_test_server_stop();
    sm_browser_get(&answer, &ana, "/en/charts");
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_csv),
        cmocka_unit_test(test_no_session),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
