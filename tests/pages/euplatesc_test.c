/* needs: portal pay */
/* EuPlatesc: the form there, the signed answer back, the silent POST, and
 * questions, against tests/support/fake_euplatesc.py. */
#include "payer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define EP_ID "15F124618DA2E299CBEFA787A09464352946F422"
#define OTHER "25F124618DA2E299CBEFA787A09464352946F422"
#define BODY_MAX 8192

static struct sm_payer payer;
static char order_no[32]; /* of the last start */

/* The processor itself says how it is reached. */
static void settings(const struct sm_payer *of, char *out, size_t size)
{
    char *text = sm_payer_tell(of, "settings");

    snprintf(out, size,
             "processor = euplatesc\nprocessor.total_ms = 1000\n"
             "worker.threads = 8\n%s",
             text);
    free(text);
}

static int start(void **state)
{
    (void)state;
    sm_payer_open_as(&payer, "fake_euplatesc.py", "RON", settings);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_payer_close(&payer);
    return 0;
}

/* Text between FROM and TO behind *AT, which moves on; false at the end. */
static bool between(char *out, size_t size, const char **at, const char *from,
                    const char *to)
{
    const char *begin = strstr(*at, from), *end;

    if (begin == NULL)
        return false;
    begin += strlen(from);
    end = strstr(begin, to);
    assert_non_null(end);
    snprintf(out, size, "%.*s", (int)(end - begin), begin);
    *at = end;
    return true;
}

/* What the browser would post of the hidden fields on a page. */
static void form_body(struct sm_buf *out, const char *html)
{
    const char *at = strstr(html, "action=\"https://checkout.example.com");
    char name[64], value[512];

    assert_non_null(at);
    while (between(name, sizeof(name), &at, "type=\"hidden\" name=\"", "\"")) {
        assert_true(between(value, sizeof(value), &at, "value=\"", "\""));
        if (out->len > 0)
            sm_buf_addc(out, '&');
        sm_buf_add_url(out, name, strlen(name));
        sm_buf_addc(out, '=');
        sm_buf_add_url(out, value, strlen(value));
    }
    assert_true(sm_buf_ok(out));
}

/* The processor finds nothing wrong with the form on the page. */
static void assert_form(const struct sm_answer *answer)
{
    struct sm_buf body;
    char *wrong;

    sm_assert_has(answer, "action=\"https://checkout.example.com/tranzactd\"");
    sm_buf_init(&body, BODY_MAX);
    form_body(&body, answer->body);
    wrong = sm_payer_send(&payer, "form", body.data);
    assert_string_equal(wrong, "");
    free(wrong);
    sm_buf_release(&body);
}

/* Start a payment: a page with the form there. */
static void begin(const char *code, const char *key, int64_t minor)
{
    struct sm_answer answer;
    char sql[128];

    sm_payer_bill(&payer, code, minor);
    sm_payer_begin(&answer, &payer, key, minor);
    sm_assert_page(&answer, 200);
    assert_form(&answer);
    sm_answer_free(&answer);
    snprintf(sql, sizeof(sql),
             "SELECT order_no FROM pay.attempt WHERE once_key = '%s'", key);
    sm_payer_sql(order_no, sizeof(order_no), sql);
}

/* A message about the last start, as the processor signs it. */
static char *message(const char *amount, const char *more)
{
    char what[256];

    snprintf(what, sizeof(what), "message?invoice=%s&amount=%s&ep=%s", order_no,
             amount, more);
    return sm_payer_tell(&payer, what);
}

/* The payer's browser posts BODY: it is shown the status, whatever it says. */
static void come_back_to(const struct sm_site *site, const char *body)
{
    char path[128], to[256], expected[128];
    struct sm_answer answer;

    snprintf(path, sizeof(path), "/en/pay/return/%s", payer.payment);
    snprintf(expected, sizeof(expected), "/en/pay/status/%s", payer.payment);
    sm_site_ask(&answer, site,
                &(struct sm_ask){.method = "POST",
                                 .path = path,
                                 .origin = "https://secure.euplatesc.ro",
                                 .fetch_site = "cross-site",
                                 .body = body});
    assert_int_equal(answer.http, 303);
    assert_string_equal(sm_answer_header(&answer, "Location", to, sizeof(to)),
                        expected);
    sm_answer_free(&answer);
}

static void come_back(const char *body)
{
    come_back_to(&payer.pay, body);
}

static void silent_post(const char *body, int http, const char *reply)
{
    struct sm_answer answer;

    sm_site_ask(&answer, &payer.notify,
                &(struct sm_ask){.method = "POST",
                                 .path = "/gw/notify/euplatesc",
                                 .body = body});
    assert_int_equal(answer.http, http);
    assert_string_equal(answer.body, reply);
    sm_answer_free(&answer);
}

static void ask(void)
{
    struct sm_answer answer;
    char path[128];

    snprintf(path, sizeof(path), "/en/pay/return/%s?action=0", payer.payment);
    sm_browser_get(&answer, &payer.browser, path);
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
}

static void transaction(const char *ep, const char *action, const char *sec)
{
    char what[256];

    snprintf(what, sizeof(what),
             "transaction?invoice=%s&ep=%s&action=%s&sec=%s", order_no, ep,
             action, sec);
    free(sm_payer_tell(&payer, what));
}

static void test_signed_return(void **state)
{
    char *body, *amount;

    (void)state;
    begin("EUPL11110001", "euplatesc-01", 14999);
    /* altered on the way: nothing happens, and the payer sees the truth */
    body = message("149.99", EP_ID);
    amount = strstr(body, "amount=149.99");
    assert_non_null(amount);
    amount[7] = '9';
    come_back(body);
    free(body);
    sm_payer_expect(&payer, "started");
    come_back("");
    come_back("amount=149.99&action=0");
    sm_payer_expect(&payer, "started");
    body = message("149.99", EP_ID);
    come_back(body);
    sm_payer_expect(&payer, "settled");
    come_back(body);
    silent_post(body, 200, "OK");
    free(body);
    sm_payer_expect(&payer, "settled");
    sm_payer_expect_sql(
        "SELECT s.amount_minor || ' ' || s.processor_ref "
        "FROM pay.settlement AS s JOIN pay.attempt AS a "
        "ON a.id = s.payment_id WHERE a.once_key = 'euplatesc-01'",
        "14999 " EP_ID);
}

/* The company changed its processor while the payer was at the old one. */
static void test_return_to_an_earlier_processor(void **state)
{
    struct sm_site other;
    char text[4096], conf[4352], *body;

    (void)state;
    begin("EUPL11110009", "euplatesc-09", 4200);
    settings(&payer, text, sizeof(text));
    /* instead of "processor = euplatesc" */
    snprintf(conf, sizeof(conf),
             "%s\nprocessor = epay\nprocessor.previous = euplatesc\n"
             "epay.min = 1234\nepay.secret = x\n",
             strchr(text, '\n') + 1);
    sm_site_start(&other, "pay", conf,
                  (const char *const[]){"--instance", "pay", NULL});
    body = message("42.00", "35F124618DA2E299CBEFA787A09464352946F422");
    come_back_to(&other, "amount=42.00&action=0");
    sm_payer_expect(&payer, "started");
    come_back_to(&other, body);
    free(body);
    assert_int_equal(sm_site_stop(&other), 0);
    sm_payer_expect(&payer, "settled");
}

static void test_silent_post(void **state)
{
    char *body, *action;

    (void)state;
    begin("EUPL11110002", "euplatesc-02", 7100);
    body = message("71.00", OTHER "&action=2");
    silent_post(body, 200, "OK");
    sm_payer_expect(&payer, "started"); /* the form may be posted again */
    /* the refusal made into an approval */
    action = strstr(body, "action=2");
    assert_non_null(action);
    action[7] = '0';
    silent_post(body, 400, "refused\n");
    sm_payer_expect(&payer, "started");
    free(body);
    body = message("71.00", OTHER);
    silent_post(body, 200, "OK");
    silent_post(body, 200, "OK");
    free(body);
    sm_payer_expect(&payer, "settled");
    /* the same order paid by another transaction: money for a person */
    body = message("71.00", EP_ID);
    silent_post(body, 200, "OK");
    free(body);
    sm_payer_expect_sql(
        "SELECT amount_minor || ' ' || reason FROM pay.unmatched "
        "ORDER BY id DESC LIMIT 1",
        "7100 second_capture");
}

static void test_another_sum_or_order(void **state)
{
    char *body;

    (void)state;
    begin("EUPL11110003", "euplatesc-03", 7200);
    body = message("70.00", "35F1");
    silent_post(body, 200, "OK");
    free(body);
    sm_payer_expect_sql(
        "SELECT s.amount_minor || ' ' || s.amount_differs "
        "FROM pay.settlement AS s JOIN pay.attempt AS a "
        "ON a.id = s.payment_id WHERE a.once_key = 'euplatesc-03'",
        "7000 true");
    snprintf(order_no, sizeof(order_no), "9999999999");
    body = message("12.00", "45F1");
    silent_post(body, 200, "OK");
    free(body);
    sm_payer_expect_sql(
        "SELECT amount_minor || ' ' || reason FROM pay.unmatched "
        "ORDER BY id DESC LIMIT 1",
        "1200 unknown_order");
}

static void test_review(void **state)
{
    char *body;

    (void)state;
    begin("EUPL11110004", "euplatesc-04", 7300);
    body = message("73.00", "55F1&sec=5");
    silent_post(body, 200, "OK");
    free(body);
    sm_payer_expect(&payer, "processing");
    transaction("55F1", "0", "5");
    ask();
    sm_payer_expect(&payer, "processing");
    free(sm_payer_tell(&payer, "mode?query=ok"));
    body = message("73.00", "55F1&sec=9");
    silent_post(body, 200, "OK");
    free(body);
    sm_payer_expect(&payer, "settled");
}

static void test_questions(void **state)
{
    (void)state;
    begin("EUPL11110005", "euplatesc-05", 7400);
    ask(); /* never posted */
    sm_payer_expect(&payer, "started");
    free(sm_payer_tell(&payer, "mode?query=unknown"));
    ask();
    sm_payer_expect(&payer, "started");
    free(sm_payer_tell(&payer, "mode?query=down"));
    ask();
    sm_payer_expect(&payer, "started");
    free(sm_payer_tell(&payer, "mode?query=ok"));
    transaction("65F1", "2", "8");
    ask();
    sm_payer_expect(&payer, "started");
    transaction("65F2", "0", "8");
    ask();
    sm_payer_expect(&payer, "settled");
    sm_payer_expect_sql("SELECT s.processor_ref FROM pay.settlement AS s "
                        "JOIN pay.attempt AS a ON a.id = s.payment_id "
                        "WHERE a.once_key = 'euplatesc-05'",
                        "65F2");
}

/* A signed form cannot be called back: the payment stays open, and the status
 * page shows the form again, with a stamp of its own. */
static void test_cancel_says_what_is_true(void **state)
{
    struct sm_answer answer;
    char path[128];

    (void)state;
    begin("EUPL11110006", "euplatesc-06", 7500);
    snprintf(path, sizeof(path), "/en/pay/status/%s", payer.payment);
    sm_browser_get(&answer, &payer.browser, path);
    sm_assert_page(&answer, 200);
    assert_form(&answer);
    sm_answer_free(&answer);
    snprintf(path, sizeof(path), "/en/pay/status/%s/cancel", payer.payment);
    sm_browser_post(&answer, &payer.browser, path, "");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    sm_payer_expect(&payer, "started");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_signed_return),
        cmocka_unit_test(test_return_to_an_earlier_processor),
        cmocka_unit_test(test_silent_post),
        cmocka_unit_test(test_another_sum_or_order),
        cmocka_unit_test(test_review),
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_cancel_says_what_is_true),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
