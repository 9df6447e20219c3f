/* needs: portal */
/* Somebody sends what their meter shows: what is refused, doubted, taken. */
#include "bills.h"
#include "harness.h"
#include "metered.h"
#include "payer.h"

#include <stdio.h>

#include "support/fixture.h"

static struct sm_site site;
static struct sm_browser ana = {.site = &site}, bob = {.site = &site},
                         eye = {.site = &site};

static int start(void **state)
{
    (void)state;
    sm_metered(&ana, &bob, &eye);
    sm_site_start(&site, "portal", NULL, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

/* Post again what the page ANSWER asks to be confirmed, with FIELDS. */
static void confirm(struct sm_answer *answer, struct sm_browser *who,
                    const char *serial, const char *fields)
{
    char path[64], to[80], key[40], doubted[80], body[400];

    sm_metered_hidden(key, sizeof(key), answer, "once_key");
    sm_metered_hidden(doubted, sizeof(doubted), answer, "doubted");
    assert_string_not_equal(doubted, "");
    snprintf(to, sizeof(to), "%s/reading", sm_metered_path(path, serial));
    snprintf(body, sizeof(body), "%s&once_key=%s&doubted=%s", fields, key,
             doubted);
    sm_answer_free(answer);
    sm_browser_post(answer, who, to, body);
}

/* FIELDS for SERIAL are refused with SENTENCE (and WITH), nothing stored. */
static void assert_refused(const char *serial, const char *fields,
                           const char *sentence, const char *with)
{
    struct sm_answer answer;

    sm_metered_post(&answer, &ana, serial, fields);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, sentence);
    sm_assert_has(&answer, with);
    sm_answer_free(&answer);
    sm_metered_sent(serial, "0");
}

static void day(char out[32], int back)
{
    char sql[80];

    snprintf(sql, sizeof(sql), "SELECT ops.day(now()) - %d", back);
    sm_payer_sql(out, 32, sql);
}

static void test_refusals(void **state)
{
    char on[32], fields[80];

    (void)state;
    assert_refused("E1", "value_1=", "Type the index.", "name=\"value_1\"");
    assert_refused("E1", "value_1=21o0", "An index is digits only",
                   "value=\"21o0\"");
    assert_refused("E1", "value_1=123456", "more digits than the meter",
                   "The dial has 5 digits.");
    assert_refused("E1", "value_1=2100.5", "more decimals than the meter",
                   "aria-invalid");
    assert_refused("W1", "value_1=2100.125", "more decimals than the meter",
                   "2 decimals at most");
    assert_refused("E1", "value_1=1999", "lower than the last one",
                   "The last one was 2000 on ");
    day(on, -1);
    snprintf(fields, sizeof(fields), "value_1=2040&read_on=%s", on);
    assert_refused("E1", fields, "still to come", "Today is ");
    day(on, 10);
    snprintf(fields, sizeof(fields), "value_1=2040&read_on=%s", on);
    assert_refused("E1", fields, "We have an index of this day",
                   "The last index is of ");
    day(on, 7);
    snprintf(fields, sizeof(fields), "value_1=2040&read_on=%s", on);
    assert_refused("E1", fields, "before the reading period", "It began on ");
    assert_refused("E1", "value_1=2040&read_on=yesterday", "This is not a day",
                   "value=\"yesterday\"");
    assert_refused("D1", "value_1=2040", "Type the index.", "value=\"2040\"");
}

static void test_closed(void **state)
{
    struct sm_answer answer;
    char path[64], to[80];

    (void)state;
    sm_browser_get(&answer, &ana, "/en/meters");
    sm_answer_free(&answer);
    snprintf(to, sizeof(to), "%s/reading", sm_metered_path(path, "N1"));
    sm_browser_post(&answer, &ana, to,
                    "value_1=2040&once_key=aaaaaaaaaaaaaaaaaaaaaaaaae");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "not the reading period now");
    sm_assert_has(&answer, "next: ");
    sm_answer_free(&answer);
    sm_metered_sent("N1", "0");
    /* a company that keeps it for information */
    sm_metered_post(&answer, &ana, "K1", "value_1=2040");
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", path, sizeof(path));
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "outside of the reading period");
    sm_answer_free(&answer);
}

static void test_doubts(void **state)
{
    struct sm_answer answer;
    char path[64];

    (void)state;
    assert_refused("W1", "value_1=2000", "This index is unusual",
                   "nothing was used since ");
    assert_refused("W1", "value_1=2001", "This index is unusual",
                   "less than a quarter of the usual 3.33 kWh a day");
    assert_refused("W1", "value_1=2200", "This index is unusual",
                   "200 kWh in 10 days, 20 kWh a day: more than four times");
    assert_refused("D1", "value_1=2020&value_2=1970", "lower than the last one",
                   "The last one was 2000");
    /* the two fit better the other way round */
    assert_refused("D1", "value_1=2008&value_2=2040", "This index is unusual",
                   "Day and night fit better the other way round");
    /* more than ten times: said twice, and not for other values */
    sm_metered_post(&answer, &ana, "W1", "value_1=2500&sure=1&sure_again=1");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "more than ten times");
    sm_assert_has(&answer, "id=\"sure\"");
    confirm(&answer, &ana, "W1", "value_1=2500&sure=1");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "Compare the serial number");
    sm_assert_has(&answer, "id=\"sure_again\"");
    confirm(&answer, &ana, "W1", "value_1=2501&sure=1&sure_again=1");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "id=\"sure\"");
    sm_metered_sent("W1", "0");
    confirm(&answer, &ana, "W1", "value_1=2501&sure=1");
    confirm(&answer, &ana, "W1", "value_1=2501&sure=1&sure_again=1");
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", path, sizeof(path));
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "In check");
    sm_answer_free(&answer);
    sm_metered_sent("W1", "1");
}

/* A photo says it twice, and lies beside what is checked. */
static void test_photo(void **state)
{
    struct sm_answer answer;
    char kept[80];

    (void)state;
    sm_metered_post(&answer, &ana, "W1", "value_1=2502");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "A photo of the meter");
    confirm(&answer, &ana, "W1", "value_1=2502&sure=1&photo=%3Csvg%3E");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "Send a PDF file, or a picture");
    sm_answer_free(&answer);
    sm_metered_post(&answer, &ana, "W1", "value_1=2502");
    confirm(&answer, &ana, "W1", "value_1=2502&sure=1&photo=%25PDF-1.4");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    sm_payer_sql(kept, sizeof(kept),
                 "SELECT count(*) || ' ' || min(v.kind) || ' ' || "
                 "min(v.args->>'values_milli') || ' ' || min(convert_from("
                 "t.body, 'UTF8')) FROM ops.attachment AS t JOIN ops.review "
                 "AS v ON v.id = t.review_id WHERE v.state = 'open'");
    assert_string_equal(kept, "1 reading [2502000] %PDF-1.4");
    /* and the overview says that it is being looked at */
    sm_browser_get(&answer, &ana, "/en/home");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "We are looking at:");
    sm_assert_has(&answer, "a meter reading</a></p>");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, "/en/home");
    sm_assert_hasnt(&answer, "We are looking at:");
    sm_answer_free(&answer);
}

/* A bill of E1 with lines and what its meter counted: 100 kWh, 60.00 with
 * tax, and a subscription of 5.00. */
static void bill_it(void)
{
    sm_bills_invoice("ANAA00001111", "L-1", 6500, "RON", 5);
    sm_test_sql(
        "UPDATE billing.document SET supply_point_id = (SELECT "
        "supply_point_id FROM meter.meter WHERE serial = 'E1') WHERE number = "
        "'L-1'; INSERT INTO billing.document_line (document_id, line_no, "
        "quantity_micro, net_minor, tax_rate_bp, unit, name, kind) SELECT id, "
        "n, 100000000, CASE n WHEN 1 THEN 5000 ELSE 500 END, CASE n WHEN 1 "
        "THEN 2000 ELSE 0 END, 'KWH', 'x', CASE n WHEN 1 THEN 'use' ELSE "
        "'fixed' END FROM billing.document, generate_series(1, 2) AS n WHERE "
        "number = 'L-1'; INSERT INTO billing.document_register (document_id, "
        "no, meter, register, unit, old_milli, new_milli, quantity_milli) "
        "SELECT id, 1, 'E1', '', 'KWH', 1900000, 2000000, 100000 FROM "
        "billing.document WHERE number = 'L-1'");
}

static void test_send(void **state)
{
    struct sm_answer answer;
    char path[64], to[80], sent[64], key[40], body[120];

    (void)state;
    bill_it();
    sm_browser_get(&answer, &ana, sm_metered_path(path, "E1"));
    sm_metered_hidden(key, sizeof(key), &answer, "once_key");
    sm_answer_free(&answer);
    snprintf(to, sizeof(to), "%s/reading", path);
    snprintf(body, sizeof(body), "value_1=2050&once_key=%s", key);
    sm_browser_post(&answer, &ana, to, body);
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", sent, sizeof(sent));
    sm_answer_free(&answer);
    /* the same form twice is one submission; with another value it is not */
    sm_browser_post(&answer, &ana, to, body);
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", sent);
    sm_answer_free(&answer);
    snprintf(body, sizeof(body), "value_1=2051&once_key=%s", key);
    sm_browser_post(&answer, &ana, to, body);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "This form was sent already");
    sm_assert_hasnt(&answer, key);
    sm_answer_free(&answer);
    sm_metered_sent("E1", "1");
    sm_browser_get(&answer, &ana, sent);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "Accepted.");
    sm_assert_has(&answer, "2050 kWh");
    sm_assert_has(&answer, "in 10 days");
    sm_assert_has(&answer, "Estimate of the next bill");
    sm_assert_has(&answer, "35.00"); /* half of 60 and the 5 */
    sm_assert_has(&answer, "on bill L-1");
    sm_assert_has(&answer, "you can send another index");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, sent);
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
    /* what was sent is in the form, and held against the index before it */
    sm_browser_get(&answer, &ana, path);
    sm_assert_has(&answer, "value=\"2050\"");
    sm_assert_has(&answer, "Index before: 2000 on ");
    sm_assert_has(&answer, "can be corrected");
    sm_answer_free(&answer);
    sm_metered_post(&answer, &ana, "E1", "value_1=2045");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, sent);
    sm_assert_has(&answer, "Replaced:");
    sm_assert_hasnt(&answer, "Estimate of the next bill");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, path);
    sm_assert_has(&answer, "replaced");
    sm_answer_free(&answer);
    sm_test_sql("UPDATE meter.reading SET billed = true WHERE value_milli = "
                "2045000");
    sm_browser_get(&answer, &ana, path);
    sm_assert_has(&answer, "A bill has used the index");
    sm_assert_hasnt(&answer, "name=\"value_1\"");
    sm_answer_free(&answer);
    snprintf(body, sizeof(body),
             "value_1=2046&once_key=aaaaaaaaaaaaaaaaaaaaaaaaae");
    sm_browser_post(&answer, &ana, to, body);
    assert_int_equal(answer.http, 422);
    sm_assert_has(&answer, "A bill has used the index");
    sm_answer_free(&answer);
    sm_metered_sent("E1", "2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refusals), cmocka_unit_test(test_closed),
        cmocka_unit_test(test_doubts),   cmocka_unit_test(test_photo),
        cmocka_unit_test(test_send),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
