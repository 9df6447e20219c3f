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

/* What the meters of the two who have one showed. */
static const char meters[] =
    "INSERT INTO customer.supply_point (contract_id, code, address) SELECT id, "
    "'P', 'Street <1>' FROM customer.contract WHERE number <> 'C-2222'; "
    "INSERT INTO meter.route (code, first_day, last_day, read_method) VALUES "
    "('R', 1, 28, 'self'); INSERT INTO meter.place SELECT p.id, r.id FROM "
    "customer.supply_point AS p, meter.route AS r; INSERT INTO meter.meter "
    "(supply_point_id, kind, serial) SELECT p.id, 'electricity', 'S' || "
    "c.number FROM customer.supply_point AS p JOIN customer.contract AS c ON "
    "c.id = p.contract_id; INSERT INTO meter.register (meter_id, no, digits, "
    "unit) SELECT id, 1, 5, 'KWH' FROM meter.meter; INSERT INTO meter.reading "
    "(register_id, value_milli, received_at, read_on, source, state) SELECT "
    "id, 31415000, now(), ops.day(now()) - n, 'self_read', 'accepted' FROM "
    "meter.register, generate_series(5, 35, 30) AS n";

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
    sm_test_sql(meters);
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

static void test_green_button(void **state)
{
    struct sm_answer answer, again;
    char path[128];

    (void)state;
    path_of(path, "/green-button", "1111");
    sm_browser_get(&answer, &ana, path);
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "application/atom+xml");
    sm_assert_has(&answer, "<title>Street &lt;1&gt;</title>");
    /* one point, two series: 4 periods of kWh, what the meter showed */
    assert_int_equal(count_of(answer.body, "<UsagePoint "), 1);
    assert_int_equal(count_of(answer.body, "<MeterReading "), 2);
    assert_int_equal(count_of(answer.body, "<IntervalBlock "), 5);
    assert_int_equal(count_of(answer.body, "<IntervalReading>"), 6);
    sm_assert_has(&answer, "<title>Electricity used, kWh</title>");
    sm_assert_has(&answer, "<title>SC-1111</title>");
    /* January 2025, in Bucharest, in watt hours; February is estimated */
    sm_assert_has(&answer, "<duration>2678400</duration>\n"
                           "<start>1735682400</start>\n</timePeriod>\n"
                           "<value>1000000</value>");
    sm_assert_has(&answer, "<quality>8</quality>\n</ReadingQuality>\n"
                           "<timePeriod>\n<duration>2419200</duration>");
    assert_int_equal(count_of(answer.body, "<quality>8<"), 1);
    assert_int_equal(count_of(answer.body, "<value>31415000<"), 2);
    assert_int_equal(count_of(answer.body, "<quality>17<"), 2);
    sm_assert_has(&answer, "<dstOffset>3600</dstOffset>");
    sm_assert_has(&answer, "<tzOffset>7200</tzOffset>");
    sm_browser_get(&again, &ana, "/ro/charts/green-button");
    assert_memory_equal(strstr(again.body, "urn:uuid"),
                        strstr(answer.body, "urn:uuid"), 45);
    sm_answer_free(&again);
    sm_answer_free(&answer);
    path_of(path, "/green-button", "3333");
    sm_browser_get(&answer, &ana, path);
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &eva, "/en/charts/green-button");
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
}

static void test_dates(void **state)
{
    struct sm_answer answer;
    char uid[64], id[27];

    (void)state;
    sm_browser_get(&answer, &ana, "/en/home");
    sm_assert_has(&answer, "href=\"/en/home/dates\"");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/home/dates");
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "text/calendar; charset=utf-8");
    assert_memory_equal(answer.body, "BEGIN:VCALENDAR\r\n", 17);
    sm_customer_bill(id, "E-1");
    snprintf(uid, sizeof(uid), "\r\nUID:due-%s@", id);
    sm_assert_has(&answer, uid);
    sm_assert_has(&answer, "SUMMARY:Bill due: E-1\\, \xE2\x82\xAC"
                           "7.77\r\n");
    assert_int_equal(count_of(answer.body, "UID:due-"), 6);
    /* a window a month for the one place that has a route */
    assert_in_range(count_of(answer.body, "UID:read-"), 12, 13);
    assert_int_equal(count_of(answer.body, "Send what the meter shows: "
                                           "Street <1>\r\n"),
                     count_of(answer.body, "UID:read-"));
    sm_assert_hasnt(&answer, "888.00");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &eva, "/en/home/dates");
    assert_int_equal(answer.http, 200);
    sm_assert_hasnt(&answer, "VEVENT");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &eva, "/en/home");
    sm_assert_hasnt(&answer, "home/dates");
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
    sm_browser_get(&answer, &nobody, "/en/home/dates");
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
        cmocka_unit_test(test_page),  cmocka_unit_test(test_places),
        cmocka_unit_test(test_csv),   cmocka_unit_test(test_green_button),
        cmocka_unit_test(test_dates), cmocka_unit_test(test_no_session),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
