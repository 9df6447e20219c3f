/* needs: portal pay */
/* ePay.bg: the form that leads there, notifications of several invoices and the
 * answers to them, the biller's two pages.  What comes from outside is signed
 * by Python's hmac. */
#include "payer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "bills.h"

static struct sm_payer payer;

static void settings(const struct sm_payer *with, char *out, size_t size)
{
    (void)with;
    snprintf(out, size,
             "processor = epay\nepay.min = 1234\nepay.secret = some-secret\n"
             "epay.base_url = https://epay.example.com/\n"
             "epay.form_origins = https://epay.example.com\n"
             "epay.biller_merchant = 0000001\n"
             "epay.biller_secret = biller-secret\n"
             "epay.biller_currency = EUR\nworker.threads = 8\n");
}

static int start(void **state)
{
    (void)state;
    sm_payer_open_as(&payer, "fake_epay.py", "EUR", settings);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_payer_close(&payer);
    return 0;
}

/* Start under KEY; the number of the order into NUMBER. */
static void go(const char *code, const char *key, char number[24])
{
    struct sm_answer page;
    char sql[128];

    sm_payer_bill(&payer, code, 5000);
    sm_payer_begin(&page, &payer, key, 5000);
    sm_assert_page(&page, 200);
    sm_assert_has(&page, "action=\"https://epay.example.com/\"");
    sm_assert_has(&page, "name=\"PAGE\" value=\"paylogin\"");
    sm_assert_hasnt(&page, "<script");
    sm_answer_free(&page);
    snprintf(sql, sizeof(sql),
             "SELECT order_no FROM pay.attempt WHERE once_key = '%s'", key);
    sm_payer_sql(number, 24, sql);
    sm_payer_expect(&payer, "started");
}

/* Deliver TEXT (| stands for a line's end) as ePay.bg does; the answer must be
 * WANT under HTTP. */
static void notice(const char *text, int http, const char *want, bool forge)
{
    struct sm_answer answer;
    char what[220], *body, *at;

    snprintf(what, sizeof(what), "notice?text=%s", text);
    body = sm_payer_tell(&payer, what);
    if (forge) {
        at = strstr(body, "checksum=");
        assert_non_null(at);
        at[9] = at[9] == '0' ? '1' : '0';
    }
    sm_site_ask(&answer, &payer.notify,
                &(struct sm_ask){.method = "POST",
                                 .path = "/gw/notify/epay",
                                 .type = "application/x-www-form-urlencoded",
                                 .body = body});
    assert_int_equal(answer.http, http);
    assert_string_equal(answer.body, want);
    sm_answer_free(&answer);
    free(body);
}

static void test_form_has_its_checksum(void **state)
{
    struct sm_answer page;
    char encoded[1024], what[1200], *sum;
    const char *at;

    (void)state;
    sm_payer_bill(&payer, "EPAY11110001", 5000);
    sm_payer_begin(&page, &payer, "epay-key-0001", 5000);
    at = strstr(page.body, "name=\"ENCODED\" value=\"");
    assert_non_null(at);
    at += strlen("name=\"ENCODED\" value=\"");
    snprintf(encoded, sizeof(encoded), "%.*s", (int)strcspn(at, "\""), at);
    assert_true(strlen(encoded) < 230);
    /* padding is all that needs escaping in an address */
    snprintf(what, sizeof(what), "sum?text=%.*s%s", (int)strcspn(encoded, "="),
             encoded,
             strstr(encoded, "==")  ? "%3D%3D"
             : strchr(encoded, '=') ? "%3D"
                                    : "");
    sum = sm_payer_tell(&payer, what);
    sm_assert_has(&page, sum);
    free(sum);
    sm_answer_free(&page);
}

static void test_paid_settles_with_the_orders_sum(void **state)
{
    char number[24], text[128], want[64], sum[32];

    (void)state;
    go("EPAY11110002", "epay-key-0002", number);
    snprintf(text, sizeof(text),
             "INVOICE%%3D%s:STATUS%%3DPAID:STAN%%3D000123:"
             "BCODE%%3DA1B2C3",
             number);
    snprintf(want, sizeof(want), "INVOICE=%s:STATUS=OK\n", number);
    notice(text, 400, "ERR=Not valid CHECKSUM\n", true);
    sm_payer_expect(&payer, "started");
    notice(text, 200, want, false);
    sm_payer_expect(&payer, "settled");
    notice(text, 200, want, false); /* the same answer again */
    sm_payer_sql(sum, sizeof(sum),
                 "SELECT string_agg(s.amount_minor || s.currency, ' ') FROM "
                 "pay.settlement AS s JOIN pay.attempt AS a ON a.id = "
                 "s.payment_id WHERE a.once_key = 'epay-key-0002'");
    assert_string_equal(sum, "5000EUR");
}

static void test_several_invoices_are_answered_each(void **state)
{
    char one[24], two[24], text[200], want[160], count[16];

    (void)state;
    go("EPAY11110003", "epay-key-0003", one);
    go("EPAY11110004", "epay-key-0004", two);
    snprintf(text, sizeof(text),
             "INVOICE%%3D%s:STATUS%%3DDENIED|INVOICE%%3D99:STATUS%%3DPAID:"
             "STAN%%3D000009|INVOICE%%3D%s:STATUS%%3DPAID:STAN%%3D000124",
             one, two);
    snprintf(want, sizeof(want),
             "INVOICE=%s:STATUS=OK\nINVOICE=99:STATUS=NO\n"
             "INVOICE=%s:STATUS=OK\n",
             one, two);
    notice(text, 200, want, false);
    sm_payer_expect(&payer, "settled");
    notice(text, 200, want, false);
    sm_payer_sql(count, sizeof(count),
                 "SELECT string_agg(a.state, ' ' ORDER BY a.order_no) FROM "
                 "pay.attempt AS a WHERE a.once_key IN ('epay-key-0003', "
                 "'epay-key-0004')");
    assert_string_equal(count, "closed settled");
    /* kept, and nothing posted of a sum that nobody named */
    sm_payer_sql(count, sizeof(count),
                 "SELECT count(*) FROM pay.processor_event WHERE order_no = "
                 "'99' AND outcome = 'unmatched'");
    assert_string_equal(count, "1");
}

static void test_nothing_can_be_asked(void **state)
{
    struct sm_answer answer;
    char number[24], path[128], text[64], want[64];

    (void)state;
    go("EPAY11110005", "epay-key-0005", number);
    snprintf(path, sizeof(path), "/en/pay/status/%s/cancel", payer.payment);
    sm_browser_post(&answer, &payer.browser, path, "");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    sm_payer_expect(&payer, "started"); /* nobody confirmed an end */
    snprintf(text, sizeof(text), "INVOICE%%3D%s:STATUS%%3DEXPIRED", number);
    snprintf(want, sizeof(want), "INVOICE=%s:STATUS=OK\n", number);
    notice(text, 200, want, false);
    sm_payer_expect(&payer, "cancelled"); /* before its time */
}

/* GET the biller's page for the parameters QUERY, signed. */
static void bill(struct sm_answer *out, const char *page, const char *query,
                 bool forge)
{
    char what[240], path[512], *text;

    snprintf(what, sizeof(what), "bill?MERCHANTID=0000001&%s", query);
    text = sm_payer_tell(&payer, what);
    if (forge)
        text[strlen(text) - 1] = text[strlen(text) - 1] == '0' ? '1' : '0';
    snprintf(path, sizeof(path), "/gw/epay/pay/%s?%s", page, text);
    sm_site_ask(out, &payer.notify, &(struct sm_ask){.path = path});
    free(text);
}

static void say(const char *page, const char *query, int http,
                const char *status)
{
    struct sm_answer answer;
    char want[32];

    bill(&answer, page, query, false);
    assert_int_equal(answer.http, http);
    snprintf(want, sizeof(want), "\"STATUS\":\"%s\"", status);
    sm_assert_has(&answer, want);
    sm_answer_free(&answer);
}

static void test_biller(void **state)
{
    static const char confirm[] =
        "IDN=EPAY11110006&TYPE=BILLING&TID=20260310080000000001000001&"
        "DATE=20260310080000&TOTAL=5000";
    struct sm_answer answer;
    char text[64];

    (void)state;
    sm_payer_bill(&payer, "EPAY11110006", 5000);
    bill(&answer, "init", "IDN=EPAY11110006&TYPE=CHECK", false);
    assert_int_equal(answer.http, 200);
    sm_assert_has(&answer, "{\"STATUS\":\"00\",\"IDN\":\"EPAY11110006\"");
    sm_assert_has(&answer, "\"AMOUNT\":5000");
    sm_assert_has(&answer, "\"INVOICES\":[{\"INVOICE\":\"");
    sm_assert_has(&answer, "50.00 EUR");
    sm_assert_hasnt(&answer, "@"); /* nobody is named */
    sm_answer_free(&answer);
    bill(&answer, "init", "IDN=EPAY11110006&TYPE=CHECK", true);
    assert_int_equal(answer.http, 400);
    sm_answer_free(&answer);
    say("init", "IDN=EPAY99999999&TYPE=CHECK", 200, "14");
    say("init", "IDN=1&TYPE=CHECK", 200, "14");
    say("init", "IDN=EPAY11110006&TYPE=OTHER", 200, "96");

    bill(&answer, "confirm", confirm, true);
    assert_int_equal(answer.http, 400);
    sm_answer_free(&answer);
    say("confirm", confirm, 200, "00");
    say("confirm", confirm, 200, "94");
    say("confirm",
        "IDN=EPAY11110006&TYPE=BILLING&TID=20260310080000000001000001&"
        "TOTAL=4999",
        200, "96");
    say("confirm",
        "IDN=EPAY11110006&TYPE=CHECK&TID=20260310080000000002000001&"
        "TOTAL=1",
        200, "96");
    say("init", "IDN=EPAY11110006&TYPE=BILLING", 200, "62");
    say("init", "IDN=EPAY11110006&TYPE=DEPOSIT", 200, "00");
    sm_payer_sql(text, sizeof(text),
                 "SELECT string_agg(a.state || a.amount_minor, ' ') FROM "
                 "pay.attempt AS a WHERE a.processor_ref = "
                 "'20260310080000000001000001'");
    assert_string_equal(text, "settled5000");
    /* the other instance has no such page */
    sm_site_ask(&answer, &payer.pay,
                &(struct sm_ask){.path = "/gw/epay/pay/init?IDN=1"});
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form_has_its_checksum),
        cmocka_unit_test(test_paid_settles_with_the_orders_sum),
        cmocka_unit_test(test_several_invoices_are_answered_each),
        cmocka_unit_test(test_nothing_can_be_asked),
        cmocka_unit_test(test_biller),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
