/* needs: portal pay */
/* The status page and what its buttons do. */
#include "payer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "support/fixture.h"

static struct sm_payer payer;

static int start(void **state)
{
    (void)state;
    sm_payer_open(&payer, "sweep.unknown_after_s = 1\n");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_payer_close(&payer);
    return 0;
}

static void get(struct sm_answer *out, const char *tail)
{
    char path[256];

    snprintf(path, sizeof(path), "/en/pay/status/%s%s", payer.payment, tail);
    sm_browser_get(out, &payer.browser, path);
}

static void post(const char *tail, const char *body, int http)
{
    struct sm_answer answer;
    char path[256];

    snprintf(path, sizeof(path), "/en/pay/status/%s/%s", payer.payment, tail);
    sm_browser_post(&answer, &payer.browser, path, body);
    assert_int_equal(answer.http, http);
    sm_answer_free(&answer);
}

/* The token of the mailed link as docs/ARCHITECTURE.md part 5 says, under the
 * harness's secret.link. */
static const char *link_token(char out[32])
{
    uint8_t id[SM_ID_BYTES], mac[SM_HASH_BYTES];
    struct sm_key_bytes key;
    char text[65];

    snprintf(text, sizeof(text), "%064d", 3);
    assert_int_equal(sm_key_parse(&key, text), 0);
    assert_int_equal(sm_id_parse(id, payer.payment), 0);
    sm_hmac(mac, &key, "status", id, sizeof(id));
    sm_base64url_encode(out, 32, mac, 16);
    return out;
}

static void test_refreshes_for_two_minutes(void **state)
{
    struct sm_answer answer;
    char header[256], expected[256];

    (void)state;
    sm_payer_bill(&payer, "STAT11110001", 4000);
    sm_payer_go(&payer, "status-key-01", 4000);
    get(&answer, "");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "Continue to the payment page");
    sm_assert_has(&answer, "https://checkout.example.com/c/pay/");
    sm_assert_has(&answer, "a***@example.org");
    sm_assert_header(&answer, "Cache-Control", "no-store");
    snprintf(expected, sizeof(expected), "5; url=/en/pay/status/%s?n=2",
             payer.payment);
    assert_string_equal(
        sm_answer_header(&answer, "Refresh", header, sizeof(header)), expected);
    sm_answer_free(&answer);
    get(&answer, "?n=24");
    sm_assert_header(&answer, "Refresh", "");
    sm_assert_has(&answer, "Ask the bank now");
    sm_answer_free(&answer);
    get(&answer, "?n=0");
    sm_assert_header(&answer, "Refresh", "");
    sm_answer_free(&answer);
}

static void test_is_nobody_elses(void **state)
{
    struct sm_browser other = {.site = &payer.pay};
    char path[256], token[32], body[64];
    struct sm_answer answer;

    (void)state;
    snprintf(path, sizeof(path), "/en/pay/status/%s", payer.payment);
    sm_browser_get(&answer, &other, path);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    /* nor with a broken token */
    snprintf(path, sizeof(path), "/en/pay/status/%s?k=%s", payer.payment,
             "AAAAAAAAAAAAAAAAAAAAAA");
    sm_browser_get(&answer, &other, path);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    /* the mailed link shows it, without the starter's buttons */
    snprintf(path, sizeof(path), "/bg/pay/status/%s?n=24&k=%s", payer.payment,
             link_token(token));
    sm_browser_get(&answer, &other, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "data-payment-state=\"started\"");
    sm_assert_hasnt(&answer, "checkout.example.com");
    sm_assert_hasnt(&answer, "/cancel\"");
    sm_answer_free(&answer);
    snprintf(path, sizeof(path), "/en/pay/status/%s/cancel", payer.payment);
    snprintf(body, sizeof(body), "k=%s", token);
    sm_browser_post(&answer, &other, path, body);
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
    sm_payer_expect(&payer, "started");
}

static void test_bad_ids(void **state)
{
    static const char *const paths[] = {
        "/en/pay/status/x", "/en/pay/status/aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/en/pay/status/AAAAAAAAAAAAAAAAAAAAAAAAAA"};
    struct sm_answer answer;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        sm_browser_get(&answer, &payer.browser, paths[i]);
        sm_assert_page(&answer, 404);
        sm_answer_free(&answer);
    }
}

static void test_cancel_needs_the_processor(void **state)
{
    (void)state;
    free(sm_payer_tell(&payer, "mode?cancel=down"));
    post("cancel", "", 303);
    free(sm_payer_tell(&payer, "mode?cancel=ok"));
    sm_payer_expect(&payer, "started");
    post("cancel", "", 303);
    sm_payer_expect(&payer, "cancelled");
}

static void test_money_wins_over_cancel(void **state)
{
    struct sm_answer answer;
    char what[64];

    (void)state;
    sm_payer_bill(&payer, "STAT11110002", 4100);
    sm_payer_go(&payer, "status-key-02", 4100);
    snprintf(what, sizeof(what), "pay?id=cs_test_%d",
             sm_payer_sessions(&payer));
    free(sm_payer_tell(&payer, what));
    post("cancel", "", 303);
    sm_payer_expect(&payer, "settled");
    get(&answer, "");
    sm_assert_has(&answer, "Paid: ");
    sm_assert_has(&answer, "/en/pay/receipt/");
    sm_assert_header(&answer, "Refresh", "");
    sm_answer_free(&answer);
}

static void test_ask_learns_expiry(void **state)
{
    (void)state;
    sm_payer_bill(&payer, "STAT11110003", 4200);
    sm_payer_go(&payer, "status-key-03", 4200);
    sm_payer_expire(&payer, "status-key-03");
    post("ask", "", 303);
    sm_payer_expect(&payer, "expired");
}

static void test_unknown_says_when(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_test_sql("UPDATE ops.setting SET value = 1 "
                "WHERE name = 'unknown.after_s'");
    sm_payer_bill(&payer, "STAT11110004", 4300);
    sm_payer_go(&payer, "status-key-04", 4300);
    free(sm_payer_tell(&payer, "mode?query=down"));
    post("ask", "", 303);
    sm_test_sql("UPDATE pay.attempt SET unreachable_since = unreachable_since "
                "- interval '2 s' WHERE once_key = 'status-key-04'");
    sm_payer_expect(&payer, "unknown");
    get(&answer, "");
    sm_assert_has(&answer, "Do not pay again");
    sm_assert_has(&answer, "a***@example.org");
    sm_assert_hasnt(&answer, "Try again");
    sm_answer_free(&answer);
    free(sm_payer_tell(&payer, "mode?query=ok"));
    post("ask", "", 303);
    sm_payer_expect(&payer, "started");
}

static void test_address_once(void **state)
{
    struct sm_answer answer;

    (void)state;
    get(&answer, "/email");
    sm_assert_page(&answer, 200);
    sm_answer_free(&answer);
    post("email", "email=not+one", 422);
    post("email", "email=maria%40example.org", 303);
    get(&answer, "");
    sm_assert_has(&answer, "m***@example.org");
    sm_answer_free(&answer);
    post("email", "email=ion%40example.org", 422);
}

static void test_languages(void **state)
{
    static const struct {
        const char *lang, *words;
    } pages[] = {{"ro", "Plată începută, neterminată"},
                 {"bg", "Плащането е започнато"}};
    struct sm_answer answer;
    char path[128];

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof(path), "/%s/pay/status/%s", pages[i].lang,
                 payer.payment);
        sm_browser_get(&answer, &payer.browser, path);
        sm_assert_page(&answer, 200);
        sm_assert_has(&answer, pages[i].words);
        sm_answer_free(&answer);
    }
}

static void test_no_database(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_test_server_stop();
    get(&answer, "");
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refreshes_for_two_minutes),
        cmocka_unit_test(test_is_nobody_elses),
        cmocka_unit_test(test_bad_ids),
        cmocka_unit_test(test_cancel_needs_the_processor),
        cmocka_unit_test(test_money_wins_over_cancel),
        cmocka_unit_test(test_ask_learns_expiry),
        cmocka_unit_test(test_unknown_says_when),
        cmocka_unit_test(test_address_once),
        cmocka_unit_test(test_languages),
        cmocka_unit_test(test_no_database),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
