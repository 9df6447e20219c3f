/* needs: portal pay */
/* Netopia: the start, notifications with a token, questions and the end of an
 * order, against tests/support/fake_netopia.py. */
#include "payer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct sm_payer payer;
static char ntp_id[32]; /* of the last start */

/* The processor itself says how it is reached. */
static void settings(const struct sm_payer *of, char *out, size_t size)
{
    char *text = sm_payer_tell(of, "settings");

    snprintf(out, size,
             "processor = netopia\nprocessor.total_ms = 1000\n"
             "worker.threads = 8\n%s",
             text);
    free(text);
}

static int start(void **state)
{
    (void)state;
    sm_payer_open_as(&payer, "fake_netopia.py", "RON", settings);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_payer_close(&payer);
    return 0;
}

static void find_last(void)
{
    char *text = sm_payer_tell(&payer, "last");

    snprintf(ntp_id, sizeof(ntp_id), "%s", text);
    free(text);
}

static void begin(const char *code, const char *key, int64_t minor)
{
    sm_payer_bill(&payer, code, minor);
    sm_payer_go(&payer, key, minor);
    find_last();
}

static void tell(const char *format)
{
    char what[128];

    snprintf(what, sizeof(what), "%s&id=%s", format, ntp_id);
    free(sm_payer_tell(&payer, what));
}

/* Deliver a notification; FORGE alters its body after signing. */
static void notify(const char *what, bool forge, int http, const char *reply)
{
    char query[128], header[4096], *text, *body, *at;
    struct sm_answer answer;

    snprintf(query, sizeof(query), "notice?id=%s&%s", ntp_id, what);
    text = sm_payer_tell(&payer, query);
    body = strchr(text, '\n');
    assert_non_null(body);
    *body++ = '\0';
    at = strstr(body, "\"amount\": ");
    assert_non_null(at);
    if (forge)
        at[10] = at[10] == '9' ? '8' : '9';
    snprintf(header, sizeof(header), "HTTP_VERIFICATION_TOKEN=%s", text);
    sm_site_ask(&answer, &payer.notify,
                &(struct sm_ask){.method = "POST",
                                 .path = "/gw/notify/netopia",
                                 .type = "application/json",
                                 .body = body,
                                 .header = header});
    assert_int_equal(answer.http, http);
    sm_assert_has(&answer, reply);
    sm_answer_free(&answer);
    free(text);
}

static void ask(void)
{
    struct sm_answer answer;
    char path[128];

    snprintf(path, sizeof(path), "/en/pay/return/%s?orderId=1", payer.payment);
    sm_browser_get(&answer, &payer.browser, path);
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
}

static void cancel(void)
{
    struct sm_answer answer;
    char path[128];

    snprintf(path, sizeof(path), "/en/pay/status/%s/cancel", payer.payment);
    sm_browser_post(&answer, &payer.browser, path, "");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
}

static void test_notifications(void **state)
{
    static const char again[] = "\"errorType\":2";

    (void)state;
    begin("NETO11110001", "netopia-key-01", 14999);
    notify("status=3", true, 400, again);
    notify("status=3&alg=none", false, 400, again);
    notify("status=3&key=other", false, 400, again);
    sm_payer_expect(&payer, "started");
    notify("status=1", false, 200, "{\"errorCode\":0}");
    notify("status=12", false, 200, "{\"errorCode\":0}");
    sm_payer_expect(&payer, "started");
    notify("status=14", false, 200, "{\"errorCode\":0}");
    sm_payer_expect(&payer, "processing");
    notify("status=3&alg=RS256", false, 200, "{\"errorCode\":0}");
    sm_payer_expect(&payer, "settled");
    notify("status=3", false, 200, "{\"errorCode\":0}");
    notify("status=5", false, 200, "{\"errorCode\":0}");
    sm_payer_expect_sql(
        "SELECT count(*) || ' ' || min(s.amount_minor) "
        "FROM pay.settlement AS s JOIN pay.attempt AS a "
        "ON a.id = s.payment_id WHERE a.once_key = 'netopia-key-01'",
        "1 14999");
}

static void test_questions(void **state)
{
    (void)state;
    begin("NETO11110002", "netopia-key-02", 7100);
    ask();
    sm_payer_expect(&payer, "started");
    tell("status?status=15");
    ask();
    sm_payer_expect(&payer, "processing");
    tell("mode?query=down");
    tell("status?status=5");
    ask();
    sm_payer_expect(&payer, "processing");
    tell("mode?query=ok");
    ask();
    sm_payer_expect(&payer, "settled");
}

static void test_cancel_ends_it_there(void **state)
{
    (void)state;
    begin("NETO11110003", "netopia-key-03", 7200);
    cancel();
    sm_payer_expect(&payer, "cancelled");
    /* where it cannot be ended, what is true is shown */
    begin("NETO11110004", "netopia-key-04", 7300);
    tell("mode?expire=absent");
    cancel();
    sm_payer_expect(&payer, "started");
    tell("mode?expire=ok");
    tell("status?status=3");
    cancel();
    sm_payer_expect(&payer, "settled");
    /* ended, but the answer is lost */
    begin("NETO11110008", "netopia-key-08", 7700);
    tell("mode?expire=down");
    cancel();
    tell("mode?expire=ok");
    sm_payer_expect(&payer, "cancelled");
}

static void test_lost_answer(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_payer_bill(&payer, "NETO11110005", 7400);
    free(sm_payer_tell(&payer, "mode?start=lost"));
    sm_payer_begin(&answer, &payer, "netopia-key-05", 7400);
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    free(sm_payer_tell(&payer, "mode?start=ok"));
    find_last();
    /* the same start leads to the same order, and to its page */
    ask();
    sm_payer_expect(&payer, "started");
    sm_payer_expect_sql(
        "SELECT count(*) FROM pay.attempt WHERE redirect_url LIKE "
        "'https://checkout.example.com/%' "
        "AND once_key = 'netopia-key-05'",
        "1");
    /* a number that is paid is not started again, it is asked about */
    sm_payer_bill(&payer, "NETO11110006", 7500);
    free(sm_payer_tell(&payer, "mode?start=lost"));
    sm_payer_begin(&answer, &payer, "netopia-key-06", 7500);
    sm_answer_free(&answer);
    find_last();
    tell("status?status=3");
    free(sm_payer_tell(&payer, "mode?start=ok"));
    ask();
    sm_payer_expect(&payer, "settled");
}

static void test_refused_start(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_payer_bill(&payer, "NETO11110007", 7600);
    free(sm_payer_tell(&payer, "mode?start=refuse"));
    sm_payer_start(&answer, &payer, "netopia-key-07", 7600);
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    free(sm_payer_tell(&payer, "mode?start=ok"));
    sm_payer_expect_sql("SELECT state || ' ' || reason FROM pay.attempt "
                        "WHERE once_key = 'netopia-key-07'",
                        "closed never_created");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_notifications),
        cmocka_unit_test(test_questions),
        cmocka_unit_test(test_cancel_ends_it_there),
        cmocka_unit_test(test_lost_answer),
        cmocka_unit_test(test_refused_start),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
