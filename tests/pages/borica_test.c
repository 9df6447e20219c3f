/* needs: portal pay */
/* BORICA end to end but for the browser: the form that leads there, the signed
 * answer that comes back, questions.  The gateway signs with the openssl
 * program. */
#include "payer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "net/http.h"
#include "support/fixture.h"

static struct sm_payer payer;

static int start(void **state)
{
    (void)state;
    sm_payer_open_as(&payer, "fake_borica.py", "RON", sm_payer_borica);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_payer_close(&payer);
    return 0;
}

/* The value of hidden field NAME of the page. */
static void field(char *out, size_t size, const struct sm_answer *page,
                  const char *name)
{
    char mark[64];
    const char *at;

    snprintf(mark, sizeof(mark), "name=\"%s\" value=\"", name);
    at = strstr(page->body, mark);
    if (at == NULL)
        fail_msg("no field %s", name);
    at += strlen(mark);
    snprintf(out, size, "%.*s", (int)strcspn(at, "\""), at);
}

/* POST BODY to the gateway's /control/check; true if it says "fits". */
static bool gateway_fits(const char *body)
{
    static const char *const headers[] = {
        "Content-Type: application/x-www-form-urlencoded"};
    struct sm_http_reply reply;
    struct sm_error err;
    char url[96];
    bool fits;

    snprintf(url, sizeof(url), "http://127.0.0.1:%d/control/check", payer.port);
    assert_int_equal(
        sm_http_send(&reply,
                     &(struct sm_http_request){.method = "POST",
                                               .url = url,
                                               .headers = headers,
                                               .nheaders = 1,
                                               .body = body,
                                               .body_len = strlen(body),
                                               .connect_ms = 2000,
                                               .total_ms = 5000,
                                               .reply_max = 4096},
                     &err),
        SM_OK);
    fits = strcmp(reply.body.data, "fits") == 0;
    sm_http_reply_release(&reply);
    return fits;
}

/* Start under KEY and return with the nonce and number of the order. */
static void go(const char *code, const char *key, char nonce[40],
               char number[8])
{
    struct sm_answer page;

    sm_payer_bill(&payer, code, 8000);
    sm_payer_begin(&page, &payer, key, 8000);
    sm_assert_page(&page, 200);
    field(nonce, 40, &page, "NONCE");
    field(number, 8, &page, "ORDER");
    sm_answer_free(&page);
    sm_payer_expect(&payer, "started");
}

/* What the gateway has the browser carry back. */
static char *signed_return(const char *nonce, const char *number,
                           const char *action, const char *rc,
                           const char *amount)
{
    char what[256];

    snprintf(what, sizeof(what),
             "return?ACTION=%s&RC=%s&AMOUNT=%s&CURRENCY=RON&ORDER=%s&NONCE=%s",
             action, rc, amount, number, nonce);
    return sm_payer_tell(&payer, what);
}

/* POST BODY as the browser does; the answer must lead to TO. */
static void come_back(const char *body, const char *to)
{
    struct sm_answer answer;
    char location[256];

    sm_site_ask(&answer, &payer.pay,
                &(struct sm_ask){.method = "POST",
                                 .path = "/gw/return/borica",
                                 .type = "application/x-www-form-urlencoded",
                                 .body = body,
                                 .origin = "https://3dsgate.borica.bg"});
    assert_int_equal(answer.http, 303);
    sm_answer_header(&answer, "Location", location, sizeof(location));
    if (strstr(location, to) == NULL)
        fail_msg("%s, not %s", location, to);
    sm_answer_free(&answer);
}

static void ask_now(void)
{
    struct sm_answer answer;
    char path[128];

    snprintf(path, sizeof(path), "/en/pay/status/%s/ask", payer.payment);
    sm_browser_post(&answer, &payer.browser, path, "");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
}

static int settled(void)
{
    char text[32];

    sm_payer_sql(text, sizeof(text), "SELECT count(*) FROM pay.settlement");
    return (int)strtol(text, NULL, 10);
}

static void test_form_is_signed_and_has_one_button(void **state)
{
    static const char *const names[] = {"TERMINAL", "TRTYPE", "AMOUNT",
                                        "CURRENCY", "ORDER",  "TIMESTAMP",
                                        "NONCE",    "P_SIGN"};
    char value[600], body[2048] = "", action[128];
    struct sm_answer page;
    size_t len = 0, i;

    (void)state;
    sm_payer_bill(&payer, "BORI11110001", 8000);
    sm_payer_begin(&page, &payer, "borica-key-01", 8000);
    sm_assert_page(&page, 200);
    snprintf(action, sizeof(action),
             "action=\"http://127.0.0.1:%d/cgi-bin/cgi_link\"", payer.port);
    sm_assert_has(&page, action);
    sm_assert_hasnt(&page, "<script");
    sm_assert_hasnt(&page, "csrf");
    assert_null(strstr(strstr(page.body, "<button") + 1, "<button"));
    for (i = 0; i < SM_COUNT(names); i++) {
        field(value, sizeof(value), &page, names[i]);
        len += (size_t)snprintf(body + len, sizeof(body) - len, "%s%s=%s",
                                i > 0 ? "&" : "", names[i], value);
    }
    assert_true(gateway_fits(body));
    memcpy(strstr(body, "AMOUNT=80.00"), "AMOUNT=80.01", 12);
    assert_false(gateway_fits(body));
    sm_answer_free(&page);
}

static void test_signed_return_settles_once(void **state)
{
    char nonce[40], number[8], *body;
    int before = settled();

    (void)state;
    go("BORI11110002", "borica-key-02", nonce, number);
    body = signed_return(nonce, number, "0", "00", "80.00");
    come_back(body, payer.payment);
    sm_payer_expect(&payer, "settled");
    come_back(body, payer.payment); /* reloaded */
    sm_payer_expect(&payer, "settled");
    assert_int_equal(settled(), before + 1);
    free(body);
}

static void test_forged_return_changes_nothing(void **state)
{
    char nonce[40], number[8], *body, *at;
    int before = settled();

    (void)state;
    go("BORI11110003", "borica-key-03", nonce, number);
    body = signed_return(nonce, number, "2", "05", "80.00");
    at = strstr(body, "ACTION=2");
    assert_non_null(at);
    at[7] = '0';
    come_back(body, "/pay");
    sm_payer_expect(&payer, "started");
    come_back("ACTION=0&RC=00", "/pay");
    free(body);
    /* signed, but of an attempt that is none of ours */
    body = signed_return("00000000000000000000000000000000", number, "2", "05",
                         "80.00");
    come_back(body, "/pay");
    free(body);
    sm_payer_expect(&payer, "started");
    assert_int_equal(settled(), before);
}

static void test_money_of_nobody_is_kept_aside(void **state)
{
    char text[32], *body;

    (void)state;
    body = signed_return("0123456789ABCDEF0123456789ABCDEF", "000001", "0",
                         "00", "12.34");
    come_back(body, "/pay");
    sm_payer_sql(text, sizeof(text),
                 "SELECT sum(amount_minor) FROM "
                 "pay.unmatched WHERE processor_ref = "
                 "'0123456789ABCDEF0123456789ABCDEF'");
    assert_string_equal(text, "1234");
    free(body);
}

static void test_another_sum_is_settled_as_it_is(void **state)
{
    char nonce[40], number[8], text[32], sql[256], *body;

    (void)state;
    go("BORI11110004", "borica-key-04", nonce, number);
    body = signed_return(nonce, number, "0", "00", "79.99");
    come_back(body, payer.payment);
    sm_payer_expect(&payer, "settled");
    snprintf(sql, sizeof(sql),
             "SELECT s.amount_minor || s.amount_differs::text FROM "
             "pay.settlement AS s JOIN pay.attempt AS a ON a.id = "
             "s.payment_id WHERE a.once_key = 'borica-key-04'");
    sm_payer_sql(text, sizeof(text), sql);
    assert_string_equal(text, "7999true");
    free(body);
}

static void test_declined_is_closed(void **state)
{
    char nonce[40], number[8], *body;

    (void)state;
    go("BORI11110005", "borica-key-05", nonce, number);
    body = signed_return(nonce, number, "2", "51", "80.00");
    come_back(body, payer.payment);
    sm_payer_expect(&payer, "declined");
    free(body);
}

static void test_a_duplicate_is_asked_about(void **state)
{
    char nonce[40], number[8], *body;

    (void)state;
    go("BORI11110006", "borica-key-06", nonce, number);
    body = signed_return(nonce, number, "1", "00", "80.00");
    come_back(body, payer.payment);
    sm_payer_expect(&payer, "processing");
    free(sm_payer_tell(&payer,
                       "state?ACTION=0&RC=00&AMOUNT=80.00&CURRENCY=RON"));
    ask_now();
    sm_payer_expect(&payer, "settled");
    free(body);
}

static void test_questions(void **state)
{
    char nonce[40], number[8];

    (void)state;
    go("BORI11110007", "borica-key-07", nonce, number);
    /* not there yet: still payable */
    free(sm_payer_tell(&payer, "state?ACTION=3&RC=-24&AMOUNT=&CURRENCY=USD"));
    ask_now();
    sm_payer_expect(&payer, "started");
    /* an answer that was altered is no answer */
    free(sm_payer_tell(
        &payer, "state?ACTION=0&RC=00&AMOUNT=80.00&CURRENCY=RON&forge=1"));
    ask_now();
    sm_payer_expect(&payer, "started");
    /* the gateway refuses the question itself */
    free(sm_payer_tell(&payer, "state?ACTION=3&RC=-17&AMOUNT=&CURRENCY=USD"));
    ask_now();
    sm_payer_expect(&payer, "started");
    free(sm_payer_tell(&payer,
                       "state?ACTION=3&RC=-25&AMOUNT=80.00&CURRENCY=RON"));
    ask_now();
    sm_payer_expect(&payer, "cancelled");
}

static void test_after_its_time_absent_is_expired(void **state)
{
    char nonce[40], number[8];

    (void)state;
    go("BORI11110008", "borica-key-08", nonce, number);
    free(sm_payer_tell(&payer, "state?ACTION=3&RC=-24&AMOUNT=&CURRENCY=USD"));
    /* over, but a form might still be on its way */
    sm_test_sql("UPDATE pay.attempt SET expires_at = now() - interval '20 min' "
                "WHERE once_key = 'borica-key-08'");
    ask_now();
    sm_payer_expect(&payer, "started");
    sm_test_sql("UPDATE pay.attempt SET expires_at = now() - interval '40 min' "
                "WHERE once_key = 'borica-key-08'");
    ask_now();
    sm_payer_expect(&payer, "expired");
}

/* The setting processor is changed while an attempt is in flight. */
static void test_another_processors_order_is_not_asked_about(void **state)
{
    char nonce[40], number[8], count[16];
    struct sm_site other;

    (void)state;
    go("BORI11110009", "borica-key-09", nonce, number);
    sm_site_start(&other, "pay",
                  "processor = epay\nepay.min = 1234\nepay.secret = x\n",
                  (const char *const[]){"--instance", "pay", NULL});
    payer.browser.site = &other;
    ask_now();
    sm_payer_expect(&payer, "started");
    payer.browser.site = &payer.pay;
    assert_int_equal(sm_site_stop(&other), 0);
    sm_payer_sql(count, sizeof(count),
                 "SELECT count(*) FROM "
                 "pay.processor_event "
                 "WHERE processor = 'epay'");
    assert_string_equal(count, "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form_is_signed_and_has_one_button),
        cmocka_unit_test(test_signed_return_settles_once),
        cmocka_unit_test(test_forged_return_changes_nothing),
        cmocka_unit_test(test_money_of_nobody_is_kept_aside),
        cmocka_unit_test(test_another_sum_is_settled_as_it_is),
        cmocka_unit_test(test_declined_is_closed),
        cmocka_unit_test(test_a_duplicate_is_asked_about),
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_after_its_time_absent_is_expired),
        cmocka_unit_test(test_another_processors_order_is_not_asked_about),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
