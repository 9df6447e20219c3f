/* needs: portal */
/* Meters of who is logged in: the list, one meter, sending what it shows. */
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
                         eye = {.site = &site};

/* Routes with a window that is open, one to come, one that keeps all, and
 * meters of 5 digits: E1 open (100 a month), D1 day and night, N1 not yet,
 * K1 keeps, W1 with decimals; B1 is Bob's. */
static const char world[] =
    "CREATE FUNCTION t.route(p_code text, p_from integer, p_to integer, "
    "p_keeps boolean) RETURNS void LANGUAGE sql AS $$ "
    "INSERT INTO meter.route (code, read_method, read_every_months, "
    "keeps_outside, note_en) VALUES (p_code, 'self', 3, p_keeps, 'A note'); "
    "INSERT INTO meter.route_dates SELECT r.id, ops.day(now()) + p_from, "
    "ops.day(now()) + p_to FROM meter.route AS r WHERE r.code = p_code $$; "
    "CREATE FUNCTION t.meter(p_hint text, p_serial text, p_route text, "
    "p_kinds text[], p_decimals integer) RETURNS void LANGUAGE plpgsql AS $$ "
    "DECLARE v_contract bigint; v_point bigint; v_meter bigint; BEGIN "
    "INSERT INTO customer.contract (account_id, number, utility) SELECT a.id, "
    "'C ' || p_serial, 'electricity' FROM customer.account AS a WHERE "
    "a.payment_code_hint = p_hint RETURNING id INTO v_contract; "
    "INSERT INTO customer.supply_point (contract_id, code, address) VALUES "
    "(v_contract, 'P ' || p_serial, 'Street ' || p_serial) RETURNING id INTO "
    "v_point; INSERT INTO meter.place SELECT v_point, r.id FROM meter.route "
    "AS r WHERE r.code = p_route; "
    "INSERT INTO meter.meter (supply_point_id, kind, serial) VALUES (v_point, "
    "'electricity', p_serial) RETURNING id INTO v_meter; "
    "INSERT INTO meter.register (meter_id, no, kind, unit, digits, decimals) "
    "SELECT v_meter, n, k, 'KWH', 5, p_decimals FROM unnest(p_kinds) WITH "
    "ORDINALITY AS u (k, n); "
    "INSERT INTO meter.reading (register_id, value_milli, received_at, "
    "read_on, source, state, billed) SELECT r.id, CASE WHEN r.no = 2 THEN "
    "2000 - 30 * n ELSE 2000 - 100 * n END * 1000, now(), ops.day(now()) - 10 "
    "- 30 * n, CASE WHEN n = 1 THEN 'estimated' ELSE 'read' END::meter.source, "
    "'accepted', true FROM meter.register AS r, generate_series(0, 6) AS n "
    "WHERE r.meter_id = v_meter; END $$; "
    "SELECT t.route('OPEN', -5, 5, false), t.route('NEXT', 3, 9, false), "
    "t.route('KEEP', 30, 40, true); "
    "SELECT t.meter('1111', 'E1', 'OPEN', '{single}', 0), "
    "t.meter('1111', 'D1', 'OPEN', '{day,night}', 0), "
    "t.meter('2222', 'N1', 'NEXT', '{single}', 0), "
    "t.meter('2222', 'K1', 'KEEP', '{single}', 0), "
    "t.meter('1111', 'W1', 'OPEN', '{single}', 2), "
    "t.meter('3333', 'B1', 'OPEN', '{single}', 0);";

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
    sm_test_sql(world);
    sm_customer(&ana, "ana@example.org", hers);
    sm_customer(&bob, "bob@example.org", his);
    sm_customer(&eye, "eye@example.org", none);
    sm_test_sql(
        "INSERT INTO auth.login_account (login_id, account_id, role, state, "
        "scope, invited_by, created_at, ends_at) SELECT l.id, a.id, "
        "'delegate', 'active', '{see}', o.id, now(), now() + interval '1 day' "
        "FROM auth.login AS l, auth.login AS o, customer.account AS a WHERE "
        "l.email = 'eye@example.org' AND o.email = 'ana@example.org' AND "
        "a.payment_code_hint = '1111'");
    sm_site_start(&site, "portal", NULL, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

/* The address of the meter SERIAL. */
static const char *meter_path(char out[64], const char *serial)
{
    uint8_t id[SM_ID_BYTES];
    char sql[160], hex[40], text[SM_ID_TEXT];

    snprintf(sql, sizeof(sql),
             "SELECT replace(public_id::text, '-', '') FROM meter.meter WHERE "
             "serial = '%s'",
             serial);
    sm_payer_sql(hex, sizeof(hex), sql);
    assert_int_equal(sm_unhex(id, sizeof(id), hex), SM_OK);
    sm_id_format(text, id);
    snprintf(out, 64, "/en/meters/%s", text);
    return out;
}

/* The value of the hidden field NAME of a page. */
static void hidden(char *out, size_t size, const struct sm_answer *answer,
                   const char *name)
{
    char mark[64];
    const char *at;

    snprintf(mark, sizeof(mark), "name=\"%s\" value=\"", name);
    at = strstr(answer->body, mark);
    assert_non_null(at);
    at += strlen(mark);
    snprintf(out, size, "%.*s", (int)strcspn(at, "\""), at);
}

/* Open the meter SERIAL's page and post FIELDS with the key of its form. */
static void post(struct sm_answer *out, struct sm_browser *who,
                 const char *serial, const char *fields)
{
    char path[64], to[80], key[40], body[300];

    meter_path(path, serial);
    sm_browser_get(out, who, path);
    sm_assert_page(out, 200);
    hidden(key, sizeof(key), out, "once_key");
    sm_answer_free(out);
    snprintf(to, sizeof(to), "%s/reading", path);
    snprintf(body, sizeof(body), "%s&once_key=%s", fields, key);
    sm_browser_post(out, who, to, body);
}

/* Post again what the page ANSWER asks to be confirmed, with FIELDS. */
static void confirm(struct sm_answer *answer, struct sm_browser *who,
                    const char *serial, const char *fields)
{
    char path[64], to[80], key[40], doubted[80], body[400];

    hidden(key, sizeof(key), answer, "once_key");
    hidden(doubted, sizeof(doubted), answer, "doubted");
    assert_string_not_equal(doubted, "");
    snprintf(to, sizeof(to), "%s/reading", meter_path(path, serial));
    snprintf(body, sizeof(body), "%s&once_key=%s&doubted=%s", fields, key,
             doubted);
    sm_answer_free(answer);
    sm_browser_post(answer, who, to, body);
}

/* How many submissions there are of the meter SERIAL. */
static void assert_sent(const char *serial, const char *want)
{
    char sql[200], got[16];

    snprintf(sql, sizeof(sql),
             "SELECT count(*) FROM meter.submission AS s JOIN meter.meter AS m "
             "ON m.id = s.meter_id WHERE m.serial = '%s'",
             serial);
    sm_payer_sql(got, sizeof(got), sql);
    assert_string_equal(got, want);
}

/* FIELDS for SERIAL are refused with SENTENCE (and WITH), nothing stored. */
static void assert_refused(const char *serial, const char *fields,
                           const char *sentence, const char *with)
{
    struct sm_answer answer;

    post(&answer, &ana, serial, fields);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, sentence);
    sm_assert_has(&answer, with);
    sm_answer_free(&answer);
    assert_sent(serial, "0");
}

static void test_list(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &ana, "/en/meters");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "5 meters");
    sm_assert_has(&answer, "2000 kWh");
    sm_assert_has(&answer, "2000.00 kWh");
    sm_assert_has(&answer, "read by us");
    sm_assert_has(&answer, "6 days left");
    sm_assert_has(&answer, "next: ");
    sm_assert_has(&answer, "Night: ");
    sm_assert_hasnt(&answer, "B1");
    sm_assert_header(&answer, "Cache-Control", "no-store");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/meters?q=street+d1");
    sm_assert_has(&answer, "1 meter");
    sm_assert_has(&answer, ">D1<");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/meters?q=B1");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "No meter fits");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &eye, "/en/meters");
    sm_assert_has(&answer, "3 meters");
    sm_answer_free(&answer);
    sm_test_sql("SELECT t.meter('3333', 'M' || n, 'OPEN', '{single}', 0) FROM "
                "generate_series(10, 40) AS n");
    sm_browser_get(&answer, &bob, "/en/meters?q=M&page=2");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "31 meters");
    sm_assert_has(&answer, "Page 2 of 2");
    sm_assert_has(&answer, "q=M&amp;page=1");
    sm_assert_has(&answer, ">M40<");
    sm_assert_hasnt(&answer, ">M34<");
    sm_answer_free(&answer);
}

static void test_meter(void **state)
{
    struct sm_answer answer;
    char path[64];

    (void)state;
    sm_browser_get(&answer, &ana, meter_path(path, "E1"));
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "Used since ");
    sm_assert_has(&answer, "3.33 kWh");
    sm_assert_has(&answer, "every 3 months");
    sm_assert_has(&answer, "A note");
    sm_assert_has(&answer, "estimated");
    sm_assert_has(&answer, "name=\"value_1\"");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, meter_path(path, "D1"));
    sm_assert_has(&answer, "name=\"value_2\"");
    sm_assert_has(&answer, "Night");
    sm_answer_free(&answer);
    /* the next window, and no form */
    sm_browser_get(&answer, &ana, meter_path(path, "N1"));
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "next: ");
    sm_assert_hasnt(&answer, "name=\"value_1\"");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, meter_path(path, "K1"));
    sm_assert_has(&answer, "for information");
    sm_assert_has(&answer, "name=\"value_1\"");
    sm_answer_free(&answer);
    /* who may only see finds no form */
    sm_browser_get(&answer, &eye, meter_path(path, "E1"));
    sm_assert_page(&answer, 200);
    sm_assert_hasnt(&answer, "name=\"value_1\"");
    sm_answer_free(&answer);
}

/* A refusal without what differs from request to request. */
static void assert_nothing(struct sm_browser *who, const char *path,
                           const char *fields)
{
    struct sm_answer one, two;

    sm_browser_get(&one, who, "/en/meters");
    sm_answer_free(&one);
    if (fields) {
        sm_browser_post(&one, who, path, fields);
        sm_browser_post(
            &two, who, "/en/meters/aaaaaaaaaaaaaaaaaaaaaaaaae/reading", fields);
    } else {
        sm_browser_get(&one, who, path);
        sm_browser_get(&two, who, "/en/meters/aaaaaaaaaaaaaaaaaaaaaaaaae");
    }
    assert_int_equal(one.http, 404);
    assert_int_equal(two.http, 404);
    assert_int_equal(one.len, two.len);
    sm_answer_free(&one);
    sm_answer_free(&two);
}

static void test_foreign(void **state)
{
    static const char fields[] =
        "value_1=2100&once_key=aaaaaaaaaaaaaaaaaaaaaaaaae";
    struct sm_answer answer;
    char path[64], to[80];

    (void)state;
    assert_nothing(&ana, meter_path(path, "B1"), NULL);
    snprintf(to, sizeof(to), "%s/reading", path);
    assert_nothing(&ana, to, fields);
    snprintf(to, sizeof(to), "%s/reading", meter_path(path, "E1"));
    assert_nothing(&eye, to, fields);
    assert_sent("B1", "0");
    assert_sent("E1", "0");
    sm_browser_get(&answer, &ana, "/en/meters/nothing");
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
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
    snprintf(to, sizeof(to), "%s/reading", meter_path(path, "N1"));
    sm_browser_post(&answer, &ana, to,
                    "value_1=2040&once_key=aaaaaaaaaaaaaaaaaaaaaaaaae");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "not the reading period now");
    sm_assert_has(&answer, "next: ");
    sm_answer_free(&answer);
    assert_sent("N1", "0");
    /* a company that keeps it for information */
    post(&answer, &ana, "K1", "value_1=2040");
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
    post(&answer, &ana, "W1", "value_1=2500&sure=1&sure_again=1");
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
    assert_sent("W1", "0");
    confirm(&answer, &ana, "W1", "value_1=2501&sure=1");
    confirm(&answer, &ana, "W1", "value_1=2501&sure=1&sure_again=1");
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", path, sizeof(path));
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "In check");
    sm_answer_free(&answer);
    assert_sent("W1", "1");
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
    sm_browser_get(&answer, &ana, meter_path(path, "E1"));
    hidden(key, sizeof(key), &answer, "once_key");
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
    assert_sent("E1", "1");
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
    post(&answer, &ana, "E1", "value_1=2045");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, sent);
    sm_assert_has(&answer, "Replaced:");
    sm_assert_hasnt(&answer, "Estimate of the next bill");
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
    assert_sent("E1", "2");
}

static void test_home(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &eye, "/en/home");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "The index can be sent until ");
    sm_assert_hasnt(&answer, ">Send the index");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/home");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, ">Send the index");
    sm_assert_has(&answer, "6 days left");
    sm_assert_has(&answer, "Next reading period: ");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, "/en/home");
    sm_assert_has(&answer, "32 meters wait for their index until ");
    sm_answer_free(&answer);
}

static void test_down(void **state)
{
    struct sm_browser nobody = {.site = &site};
    struct sm_answer answer;
    char path[64];

    (void)state;
    sm_browser_get(&answer, &nobody, "/en/meters");
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", "/en/login?next=%2Fmeters");
    sm_answer_free(&answer);
    meter_path(path, "E1");
    sm_test_server_stop();
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),    cmocka_unit_test(test_meter),
        cmocka_unit_test(test_foreign), cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_closed),  cmocka_unit_test(test_doubts),
        cmocka_unit_test(test_send),    cmocka_unit_test(test_home),
        cmocka_unit_test(test_down),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
