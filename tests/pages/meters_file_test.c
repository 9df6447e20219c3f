/* needs: portal */
/* Readings of many meters in one file: checked whole, kept whole or in part
 * as its sender says, once; nothing of anybody else. */
#include "bills.h"
#include "customer.h"
#include "harness.h"
#include "readings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "support/fixture.h"

#define HEAD "serial;register;value\n"
#define UNKNOWN "You have no meter with this serial number."

static struct sm_site site;
static struct sm_browser ana = {.site = &site}, bob = {.site = &site};

static int start(void **state)
{
    static const char *const hers[] = {"ANAA00001111", NULL};
    static const char *const his[] = {"BOBB00003333", NULL};

    (void)state;
    sm_bills_schema();
    sm_bills_account("ANAA00001111");
    sm_bills_account("BOBB00003333");
    sm_readings_meter("ANAA00001111", "EM-1", 1);
    sm_readings_meter("ANAA00001111", "EM-2", 2);
    sm_readings_meter("ANAA00001111", "EM-3", 1);
    sm_readings_meter("BOBB00003333", "BM-9", 1);
    /* what is usual at EM-3: 2.47 kWh a day */
    sm_test_sql("INSERT INTO meter.reading (register_id, value_milli, "
                "received_at, read_on, source, state) SELECT r.id, 100000, "
                "now(), g.read_on - 365, 'read', 'accepted' FROM "
                "meter.register AS r JOIN meter.meter AS m ON m.id = "
                "r.meter_id AND m.serial = 'EM-3' JOIN meter.reading AS g ON "
                "g.register_id = r.id");
    sm_customer(&ana, "ana@example.org", hers);
    sm_customer(&bob, "bob@example.org", his);
    sm_site_start(&site, "portal", NULL, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

/* Nothing of what was sent is there any more. */
static void forget(void)
{
    sm_test_sql("SET session_replication_role = replica; "
                "DELETE FROM meter.reading WHERE submission_id IS NOT NULL; "
                "DELETE FROM meter.submission; DELETE FROM ops.review");
}

static void expect_sent(const char *count)
{
    sm_readings_expect("SELECT count(*) FROM meter.submission", count);
}

static void once_of(char out[27], const struct sm_answer *answer)
{
    const char *at = strstr(answer->body, "name=\"once\" value=\"");

    assert_non_null(at);
    sm_copy(out, 27, at + strlen("name=\"once\" value=\""));
}

static void open_form(char once[27], struct sm_browser *browser)
{
    struct sm_answer answer;

    sm_browser_get(&answer, browser, "/en/meters/file");
    sm_assert_page(&answer, 200);
    once_of(once, &answer);
    sm_answer_free(&answer);
}

/* Send TEXT as a file, with the box BOX ticked, if any. */
static void upload(struct sm_answer *out, struct sm_browser *browser,
                   const char *once, const char *text, const char *box)
{
    const char *const fields[] = {"once", once, "lines", "", box, "1", NULL};

    sm_browser_upload(out, browser, "/en/meters/file", fields, "file", text,
                      strlen(text));
}

/* The answer leads to the list; GET it. */
static void follow(struct sm_answer *out, struct sm_answer *answer,
                   struct sm_browser *browser)
{
    char where[120];

    assert_int_equal(answer->http, 303);
    sm_answer_header(answer, "Location", where, sizeof(where));
    assert_int_equal(strncmp(where, "/en/meters/file/", 16), 0);
    sm_answer_free(answer);
    sm_browser_get(out, browser, where);
}

static void test_to_fill_in(void **state)
{
    struct sm_browser nobody = {.site = &site};
    struct sm_answer answer;
    char where[120];

    (void)state;
    sm_browser_get(&answer, &ana, "/en/meters/file/csv");
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "text/csv; charset=utf-8");
    sm_assert_has(&answer, "serial,register,place,last_index,last_date,value"
                           "\r\n\"EM-1\",1,\"Street 1, flat EM-1\",1000,20");
    sm_assert_has(&answer, "\"EM-2\",2,\"Street 1, flat EM-2\",1000,20");
    sm_assert_hasnt(&answer, "BM-9");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &nobody, "/en/meters/file");
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", where, sizeof(where));
    assert_int_equal(strncmp(where, "/en/login?next=", 15), 0);
    sm_answer_free(&answer);
}

/* The file as it was fetched, with its values, is taken. */
static void test_taken(void **state)
{
    static const char file[] =
        "\xEF\xBB\xBFserial,register,place,last_index,last_date,value\r\n"
        "\"EM-1\",1,\"Street 1, flat EM-1\",1000,2026-01-01,1100\r\n"
        "\"EM-2\",1,\"Street 1, flat EM-2\",1000,2026-01-01,1200\r\n"
        "\"EM-2\",2,\"Street 1, flat EM-2\",1000,2026-01-01,1300\r\n"
        "\"EM-3\",1,\"Street 1, flat EM-3\",1000,2026-01-01,\r\n";
    struct sm_answer answer, list;
    char once[27], path[64];

    (void)state;
    forget();
    open_form(once, &ana);
    for (int i = 0; i < 2; i++) { /* a double click */
        upload(&answer, &ana, once, file, "none");
        follow(&list, &answer, &ana);
        sm_assert_page(&list, 200);
        sm_assert_has(&list, "3 values came. 3 were accepted.");
        sm_assert_has(&list, "1,300 kWh");
        sm_assert_hasnt(&list, "left out");
        sm_answer_free(&list);
    }
    expect_sent("2");
    sm_readings_expect("SELECT string_agg(g.value_milli || ' ' || g.source, "
                       "', ' ORDER BY g.value_milli) FROM meter.reading AS g "
                       "WHERE g.submission_id IS NOT NULL",
                       "1100000 csv, 1200000 csv, 1300000 csv");
    snprintf(path, sizeof(path), "/en/meters/file/%s", once);
    sm_browser_get(&answer, &bob, path);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
}

static void test_refused(void **state)
{
    static const char text[] = HEAD "EM-1;1;1100\nBM-9;1;1100\nNONE;1;1100\n"
                                    "EM-2;1;1100\nEM-3;1;900\nEM-3;x;5\n";
    const char *at, *next;
    struct sm_answer answer, list;
    char once[27], again[27], body[200];

    (void)state;
    forget();
    open_form(once, &ana);
    upload(&answer, &ana, once, text, "none");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "Nothing was sent yet");
    sm_assert_has(&answer, "5 lines cannot be taken");
    at = strstr(answer.body, UNKNOWN);
    assert_non_null(at);
    next = strstr(at + 1, UNKNOWN);
    assert_non_null(next); /* another's is as unknown as none */
    sm_assert_has(&answer, "<th scope=\"row\">3</th><td>BM9</td>");
    sm_assert_has(&answer, "<th scope=\"row\">4</th><td>NONE</td>");
    sm_assert_has(&answer, "<th scope=\"row\">5</th><td>EM2</td><td>The file "
                           "needs a line for each register");
    sm_assert_has(&answer, "<th scope=\"row\">6</th><td>EM3</td><td>The value "
                           "is below the last index.");
    sm_assert_has(&answer, "<th scope=\"row\">7</th><td></td><td>The register "
                           "is a number");
    sm_assert_has(&answer, "1 meter can be sent as it stands.");
    sm_assert_has(&answer, ">" HEAD "EM-1;1;1100\nBM-9;1;1100\n");
    once_of(again, &answer);
    assert_string_equal(once, again);
    sm_answer_free(&answer);
    expect_sent("0");
    /* the good ones, from the text area */
    open_form(again, &ana);
    snprintf(body, sizeof(body),
             "lines=serial%%3Bvalue%%0D%%0AEM-1%%3B1100%%0D%%0ABM-9%%3B1100"
             "&good_ones=1&once=%s",
             again);
    sm_browser_post(&answer, &ana, "/en/meters/file", body);
    follow(&list, &answer, &ana);
    sm_assert_page(&list, 200);
    sm_assert_has(&list, "1 value came.");
    sm_assert_has(&list, "1 line of the file was left out and not sent.");
    sm_answer_free(&list);
    expect_sent("1");
    upload(&answer, &ana, once, HEAD "NONE;1;1100\n", "good_ones");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "there is no line that can be taken");
    sm_answer_free(&answer);
}

/* Lines that are good by themselves and not together: none of them is sent. */
static void test_apart(void **state)
{
    struct sm_answer answer;
    char once[27];

    (void)state;
    forget();
    open_form(once, &ana);
    upload(&answer, &ana, once,
           "serial;register;value;date\nEM-2;1;1100;\nEM-2;2;1100;2026-11-01"
           "\nEM-1;;1100;\nem 1;;1101;\n",
           "good_ones");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "there is no line that can be taken");
    sm_assert_has(&answer, "<th scope=\"row\">3</th><td>EM2</td><td>The "
                           "registers of one meter are read on one day");
    sm_assert_has(&answer, "<th scope=\"row\">5</th><td></td><td>This "
                           "register stands on an earlier line.");
    sm_answer_free(&answer);
    expect_sent("0");
}

static void test_doubts(void **state)
{
    struct sm_answer answer, list;
    char once[27];

    (void)state;
    forget();
    open_form(once, &ana);
    upload(&answer, &ana, once, HEAD "EM-1;;1000\n", "none");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "1 value is unusual");
    sm_assert_has(&answer, "Nothing was used since the last index.");
    sm_answer_free(&answer);
    expect_sent("0");
    upload(&answer, &ana, once, HEAD "EM-1;;1000\n", "sure");
    follow(&list, &answer, &ana);
    sm_assert_has(&list, "1 was accepted.");
    sm_answer_free(&list);
    open_form(once, &ana);
    upload(&answer, &ana, once, HEAD "EM-3;;9000\n", "sure");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "2.47 kWh is usual.");
    sm_assert_has(&answer, "name=\"sure\" value=\"1\" checked");
    sm_assert_has(&answer, "name=\"very_sure\"");
    sm_answer_free(&answer);
    expect_sent("1");

    const char *const both[] = {
        "lines", HEAD "EM-3;;9000", "sure", "1", "very_sure", "1", "once", once,
        NULL};

    sm_browser_upload(&answer, &ana, "/en/meters/file", both, "file", "", 0);
    follow(&list, &answer, &ana);
    sm_assert_has(&list, "1 is unusual: one of us looks at it.");
    sm_answer_free(&list);
    expect_sent("2");
}

/* The key of a form that has sent other values is replaced. */
static void test_changed(void **state)
{
    struct sm_answer answer, list;
    char once[27], next[27];

    (void)state;
    forget();
    open_form(once, &ana);
    upload(&answer, &ana, once, HEAD "EM-1;;1100\n", "none");
    follow(&list, &answer, &ana);
    sm_answer_free(&list);
    upload(&answer, &ana, once, HEAD "EM-1;;1101\n", "none");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "This form has sent another value of this meter.");
    once_of(next, &answer);
    sm_answer_free(&answer);
    upload(&answer, &ana, next, HEAD "EM-1;;1101\n", "none");
    follow(&list, &answer, &ana);
    sm_assert_page(&list, 200);
    sm_answer_free(&list);
    expect_sent("2");
}

static void refused(const char *text, size_t len, int http, const char *says)
{
    struct sm_answer answer;
    char once[27];

    open_form(once, &ana);

    const char *const fields[] = {"once", once, "lines", "", NULL};

    sm_browser_upload(&answer, &ana, "/en/meters/file", fields, "file", text,
                      len);
    sm_assert_page(&answer, http);
    sm_assert_has(&answer, says);
    sm_answer_free(&answer);
}

static void test_broken(void **state)
{
    static const char latin[] = HEAD "EM-1;1;1100\n\xe8;1;5\n\0;1;5\n";
    struct sm_browser other = ana;
    struct sm_answer answer;
    char *large = malloc(1100000);
    char once[27];

    (void)state;
    forget();
    assert_non_null(large);
    memset(large, 'x', 1100000);
    refused("", 0, 422, "Choose the file, or paste its lines below.");
    refused("EM-1;5\n", 7, 422, "The first line has to name the columns");
    refused("serial;value\nEM-1;\n", 19, 422, "has no line with a value");
    refused(latin, sizeof(latin) - 1, 422, "letters that are not UTF-8");
    refused(large, 1010000, 422, "This is too long.");
    refused(large, 1100000, 413, "");
    free(large);
    /* what was pasted is kept when the form has expired */
    open_form(once, &other);
    sm_copy(other.csrf, sizeof(other.csrf), "old");
    sm_browser_post(&answer, &other, "/en/meters/file",
                    "lines=serial%3Bvalue%0AEM-1%3B1100%0A&once="
                    "AAAAAAAAAAAAAAAAAAAAAAAAAA");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "serial;value\nEM-1;1100\n");
    sm_answer_free(&answer);
    /* pages without a file field take no such forms */
    const char *const fields[] = {NULL};

    sm_browser_upload(&answer, &ana, "/en/reading", fields, "file", "1", 1);
    sm_assert_page(&answer, 400);
    sm_answer_free(&answer);
    sm_browser_upload(&answer, &ana, "/en/meters/file", fields, "once", "1", 1);
    sm_assert_page(&answer, 400);
    sm_answer_free(&answer);
    expect_sent("0");
}

/* More meters than go in one statement; one bad one takes all back. */
static void test_many(void **state)
{
    struct sm_answer answer, list;
    struct sm_buf text;
    char once[27];

    (void)state;
    forget();
    sm_test_sql(
        "INSERT INTO meter.meter (supply_point_id, kind, serial) SELECT "
        "min(m.supply_point_id), 'electricity', 'Z' || n FROM meter.meter AS "
        "m, generate_series(1, 600) AS n WHERE m.serial = 'EM-1' GROUP BY n; "
        "INSERT INTO meter.register (meter_id, no, unit, digits) SELECT id, "
        "1, 'KWH', 5 FROM meter.meter WHERE serial LIKE 'Z%'");
    sm_buf_init(&text, 1 << 20);
    sm_buf_adds(&text, HEAD);
    for (int i = 1; i <= 600; i++)
        sm_buf_addf(&text, "Z%d;1;%d\n", i, i);
    sm_buf_adds(&text, "NONE;1;1\n");
    open_form(once, &ana);
    upload(&answer, &ana, once, text.data, "none");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "1 line cannot be taken");
    sm_assert_has(&answer, "600 meters can be sent as they stand.");
    sm_answer_free(&answer);
    expect_sent("0");
    upload(&answer, &ana, once, text.data, "good_ones");
    follow(&list, &answer, &ana);
    sm_assert_page(&list, 200);
    sm_assert_has(&list, "600 values came. 600 were accepted.");
    sm_answer_free(&list);
    expect_sent("600");
    sm_buf_release(&text);
}

static void test_no_database(void **state)
{
    struct sm_answer answer;
    char once[27];

    (void)state;
    open_form(once, &ana);
    sm_test_server_stop();
    upload(&answer, &ana, once, HEAD "EM-1;;1100\n", "none");
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_to_fill_in),  cmocka_unit_test(test_taken),
        cmocka_unit_test(test_refused),     cmocka_unit_test(test_apart),
        cmocka_unit_test(test_doubts),      cmocka_unit_test(test_changed),
        cmocka_unit_test(test_broken),      cmocka_unit_test(test_many),
        cmocka_unit_test(test_no_database),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
