/* needs: portal */
/* Bills and payments of who is logged in; nothing of anybody else. */
#include "bills.h"
#include "chooser.h"
#include "customer.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "support/fixture.h"

static struct sm_site site;
static struct sm_browser ana = {.site = &site}, bob = {.site = &site};

static int start(void **state)
{
    static const char *const hers[] = {"ANAA00001111", "ANAA00002222", NULL};
    static const char *const his[] = {"BOBB00003333", NULL};

    (void)state;
    sm_bills_schema();
    sm_bills_account("ANAA00001111");
    sm_bills_account("ANAA00002222");
    sm_bills_account("BOBB00003333");
    sm_bills_invoice("ANAA00001111", "A-1", 4100, "RON", 5);
    sm_bills_invoice("ANAA00001111", "A-2", 4200, "RON", -3);
    sm_bills_invoice("ANAA00002222", "=A/3", 4300, "EUR", 0);
    sm_bills_invoice("BOBB00003333", "B-1", 9900, "RON", 5);
    for (int i = 0; i < 30; i++) {
        char number[16];

        snprintf(number, sizeof(number), "M-%02d", i);
        sm_bills_invoice("ANAA00002222", number, 100, "RON", 20);
    }
    sm_test_sql(
        "INSERT INTO billing.document_line (document_id, line_no, "
        "quantity_micro, price_micro, net_minor, tax_rate_bp, unit, name) "
        "SELECT id, 1, 31500000, 1301587, 4100, 1900, 'KWH', 'Energy <&>' "
        "FROM billing.document WHERE number IN ('A-1', 'B-1'); "
        "INSERT INTO billing.document_register (document_id, no, line_no, "
        "meter, register, unit, old_milli, new_milli, quantity_milli, "
        "old_read, new_read) SELECT id, 1, 1, 'EM-7', '', 'KWH', 1000000, "
        "1031500, 31500, 'measured', 'estimated' FROM billing.document "
        "WHERE number = 'A-1'; "
        "INSERT INTO billing.original (document_id, sha256, media_type, "
        "received_at, body) SELECT id, sha256('<a>\\000</a>'), "
        "'application/xml', now(), convert_to('<a>' || number || '</a>', "
        "'UTF8') FROM billing.document WHERE number IN ('A-1', 'B-1')");
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

static void test_list(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &ana, "/en/invoices");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "33 bills");
    sm_assert_has(&answer, "Page 1 of 2");
    sm_assert_has(&answer, "M-29");
    sm_assert_hasnt(&answer, "B-1");
    sm_assert_hasnt(&answer, "A-2");
    sm_assert_header(&answer, "Cache-Control", "no-store");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/invoices?page=2");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "due in 5 days");
    sm_assert_has(&answer, "due today");
    sm_assert_has(&answer, "3 days past its date");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/invoices?state=overdue&q=a-2");
    sm_assert_has(&answer, "1 bill");
    sm_assert_has(&answer, "42.00");
    sm_assert_has(&answer, "state=overdue&amp;q=a-2");
    sm_answer_free(&answer);
    /* what cannot be read is as good as absent */
    sm_browser_get(&answer, &ana, "/en/invoices?from=2026-02-30&to=x&page=-1");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "33 bills");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/invoices?q=nothing");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "No bill fits");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, "/en/invoices");
    sm_assert_has(&answer, "99.00");
    sm_assert_hasnt(&answer, "A-1");
    sm_answer_free(&answer);
}

/* More than a page of bills is chosen at once, without a tick each. */
static void test_choose_all(void **state)
{
    struct sm_answer answer;
    int chosen = 0;

    (void)state;
    sm_browser_get(&answer, &ana, "/en/invoices");
    sm_assert_has(&answer, "href=\"/en/invoices?state=open&amp;all=1\"");
    sm_assert_hasnt(&answer, " checked>");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/invoices?q=m&state=open&all=1");
    sm_assert_page(&answer, 200);
    for (const char *at = answer.body; (at = strstr(at, " checked>")); at++)
        chosen++;
    assert_int_equal(chosen, 30);
    sm_assert_has(&answer, "Choose none");
    sm_assert_hasnt(&answer, "Page 1 of");
    sm_answer_free(&answer);
}

static void test_csv(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &ana, "/en/invoices/csv");
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "text/csv; charset=utf-8");
    assert_memory_equal(answer.body, "\xEF\xBB\xBFnumber,", 10);
    sm_assert_has(&answer, "\r\n\"'=A/3\",\"invoice\",");
    sm_assert_has(&answer, ",43.00,43.00,\"EUR\",\"open\"\r\n");
    sm_assert_hasnt(&answer, "B-1");
    sm_answer_free(&answer);
}

static void path_of(char out[96], const char *number, const char *tail)
{
    char id[27];

    sm_customer_bill(id, number);
    snprintf(out, 96, "/en/invoices/%s%s", id, tail);
}

/* The page without what differs from request to request. */
static void assert_same_refusal(const char *foreign, const char *unknown)
{
    struct sm_answer one, two;

    sm_browser_get(&one, &ana, foreign);
    sm_browser_get(&two, &ana, unknown);
    assert_int_equal(one.http, 404);
    assert_int_equal(two.http, 404);
    assert_int_equal(one.len, two.len);
    sm_answer_free(&one);
    sm_answer_free(&two);
}

static void test_bill(void **state)
{
    static const char nobody[] = "/en/invoices/aaaaaaaaaaaaaaaaaaaaaaaaae";
    struct sm_answer answer;
    char path[96], xml[96];

    (void)state;
    path_of(path, "A-1", "");
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "Energy &lt;&amp;&gt;");
    sm_assert_has(&answer, "31.5 kWh");
    sm_assert_has(&answer, "1.301587");
    sm_assert_has(&answer, "41.00");
    sm_assert_has(&answer, "/xml\"");
    sm_assert_has(&answer, "Pay " SM_RON "41.00");
    sm_assert_has(&answer, "EM-7");
    sm_assert_has(&answer, "1,031.5");
    sm_assert_has(&answer, "estimated");
    sm_assert_hasnt(&answer, "Balance of this bill");
    sm_answer_free(&answer);
    path_of(path, "B-1", "");
    assert_same_refusal(path, nobody);
    path_of(path, "B-1", "/xml");
    snprintf(xml, sizeof(xml), "%s/xml", nobody);
    assert_same_refusal(path, xml);
    sm_browser_get(&answer, &ana, "/en/invoices/not-an-id");
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
    path_of(path, "A-2", "/xml"); /* came without one */
    sm_browser_get(&answer, &ana, path);
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
}

/* From the total to what is left; who may only see is offered no payment. */
static void test_chain(void **state)
{
    struct sm_answer answer;
    char path[96];

    (void)state;
    sm_test_sql(
        "UPDATE billing.open_item SET open_minor = 1200 WHERE document_id = "
        "(SELECT id FROM billing.document WHERE number = 'A-2'); "
        "INSERT INTO auth.login_account (login_id, account_id, role, state, "
        "scope, invited_by, created_at, ends_at) SELECT l.id, a.id, "
        "'delegate', 'active', '{see}', o.id, now(), now() + interval '1 day' "
        "FROM auth.login AS l, auth.login AS o, customer.account AS a WHERE "
        "l.email = 'bob@example.org' AND o.email = 'ana@example.org' AND "
        "a.payment_code_hint = '1111'");
    path_of(path, "A-2", "");
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "Balance of this bill");
    sm_assert_has(&answer, "Other changes");
    sm_assert_has(&answer, "30.00");
    sm_assert_has(&answer, "Pay " SM_RON "12.00");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "12.00");
    sm_assert_hasnt(&answer, "Pay " SM_RON "12.00");
    sm_answer_free(&answer);
    sm_test_sql("DELETE FROM auth.login_account WHERE role = 'delegate'; "
                "UPDATE billing.open_item SET open_minor = 4200 WHERE "
                "document_id = (SELECT id FROM billing.document WHERE "
                "number = 'A-2')");
}

static void test_xml(void **state)
{
    struct sm_answer answer;
    char path[96], etag[120], header[160], jar[300];
    struct sm_ask ask = {.path = path, .header = header, .cookie = jar};

    (void)state;
    path_of(path, "A-1", "/xml");
    sm_browser_get(&answer, &ana, path);
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "application/xml");
    sm_assert_header(&answer, "Cache-Control", "private, no-cache");
    sm_assert_header(&answer, "Content-Disposition",
                     "inline; filename=\"A-1.xml\"");
    assert_string_equal(answer.body, "<a>A-1</a>");
    sm_answer_header(&answer, "ETag", etag, sizeof(etag));
    sm_answer_free(&answer);
    snprintf(header, sizeof(header), "HTTP_IF_NONE_MATCH=%s", etag);
    snprintf(jar, sizeof(jar), "%s", ana.session);
    sm_site_ask(&answer, &site, &ask);
    assert_int_equal(answer.http, 304);
    sm_answer_free(&answer);
    /* who may not see it is not told that it is the same */
    snprintf(jar, sizeof(jar), "%s", bob.session);
    sm_site_ask(&answer, &site, &ask);
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
}

static void test_pdf(void **state)
{
    struct sm_answer answer, again;
    char path[96];

    (void)state;
    path_of(path, "A-1", "/pdf");
    sm_browser_get(&answer, &ana, path);
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "application/pdf");
    assert_memory_equal(answer.body, "%PDF-", 5);
    sm_browser_get(&again, &ana, path);
    assert_int_equal(again.len, answer.len);
    assert_memory_equal(again.body, answer.body, answer.len);
    sm_answer_free(&again);
    sm_answer_free(&answer);
    path_of(path, "B-1", "/pdf");
    assert_same_refusal(path, "/en/invoices/aaaaaaaaaaaaaaaaaaaaaaaaae/pdf");
    path_of(path, "B-1", "/why");
    assert_same_refusal(path, "/en/invoices/aaaaaaaaaaaaaaaaaaaaaaaaae/why");
}

static void test_why(void **state)
{
    struct sm_answer answer;
    char path[96];

    (void)state;
    path_of(path, "A-1", "/why");
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "31.5 kWh × 1.301587 = ");
    sm_assert_has(&answer, "no earlier bill");
    sm_answer_free(&answer);
}

static void test_payments(void **state)
{
    struct sm_answer answer;
    char path[96];

    (void)state;
    sm_browser_get(&answer, &ana, "/en/payments");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "There is no payment yet.");
    sm_answer_free(&answer);
    sm_test_sql(
        "SET SESSION AUTHORIZATION smetka_owner; "
        "SELECT billing.import_payment(a.id, 'bank', 'OP-77', 4200, 'RON', "
        "ops.day(now()) - 1, 'A-2', now()) FROM customer.account AS a "
        "WHERE a.payment_code_hint = '1111'");
    sm_browser_get(&answer, &ana, "/en/payments");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "OP-77");
    sm_assert_has(&answer, "bank transfer");
    sm_answer_free(&answer);
    path_of(path, "A-2", "");
    sm_browser_get(&answer, &ana, path);
    sm_assert_has(&answer, "OP-77");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/payments/csv");
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "text/csv; charset=utf-8");
    sm_assert_has(&answer, ",42.00,0.00,\"RON\",\"bank\",\"1111\",\"OP-77\"");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, "/en/payments");
    sm_assert_hasnt(&answer, "OP-77");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, "/en/payments/csv");
    sm_assert_hasnt(&answer, "OP-77");
    sm_answer_free(&answer);
}

/* The place of the page's first Pay button. */
static void first_place(char out[32], const char *page)
{
    static const char field[] = "name=\"place\" value=\"";
    const char *at = strstr(page, field);

    assert_non_null(at);
    snprintf(out, 32, "%.26s", at + sizeof(field) - 1);
}

static void test_pay(void **state)
{
    struct sm_answer answer;
    char place[32], fields[64], path[64];

    (void)state;
    sm_browser_get(&answer, &bob, "/en/home");
    sm_assert_page(&answer, 200);
    first_place(place, answer.body);
    sm_answer_free(&answer);
    snprintf(fields, sizeof(fields), "place=%s", place);
    sm_browser_post(&answer, &bob, "/en/pay/selection", fields);
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", path, sizeof(path));
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "99.00");
    sm_assert_has(&answer, "The receipt goes to b");
    sm_answer_free(&answer);
    /* somebody else's place is as unknown as none */
    sm_browser_get(&answer, &ana, "/en/home");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &ana, "/en/pay/selection", fields);
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
}

static void test_no_session(void **state)
{
    struct sm_browser nobody = {.site = &site};
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &nobody, "/en/invoices");
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", "/en/login?next=%2Finvoices");
    sm_answer_free(&answer);
    sm_test_sql("UPDATE auth.session SET seen_at = now() - interval '2 hours' "
                "WHERE login_id = (SELECT id FROM auth.login WHERE email = "
                "'bob@example.org')");
    sm_browser_get(&answer, &bob, "/en/payments");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    sm_test_server_stop();
    sm_browser_get(&answer, &ana, "/en/invoices");
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),       cmocka_unit_test(test_choose_all),
        cmocka_unit_test(test_csv),        cmocka_unit_test(test_bill),
        cmocka_unit_test(test_chain),      cmocka_unit_test(test_xml),
        cmocka_unit_test(test_pdf),        cmocka_unit_test(test_why),
        cmocka_unit_test(test_payments),   cmocka_unit_test(test_pay),
        cmocka_unit_test(test_no_session),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
