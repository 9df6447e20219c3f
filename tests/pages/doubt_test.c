/* needs: portal pay testpages */
/* The answer to a COMMIT is lost: nothing happens twice, nobody is told what
 * is not known, and who can be told the truth at once is. */
#include "bills.h"
#include "payer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/mail_token.h"
#include "support/fixture.h"
#include "support/relay.h"

static struct sm_payer payer;
static struct sm_relay *relay;

static int start(void **state)
{
    (void)state;
    relay = sm_relay_start();
    setenv("SMETKA_DATABASE", sm_relay_database(relay), 1);
    sm_payer_open(&payer, "");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_payer_close(&payer);
    sm_relay_stop(relay);
    return 0;
}

/* POST while LOSS befalls the next TIMES commits, and expect HTTP. */
static void post(struct sm_answer *answer, struct sm_browser *browser,
                 const char *path, const char *fields, int times, int http)
{
    int before = sm_relay_lost(relay);

    sm_relay_lose(relay, SM_RELAY_ANSWER, times);
    sm_browser_post(answer, browser, path, fields);
    sm_relay_lose(relay, SM_RELAY_NOTHING, 0);
    assert_true(sm_relay_lost(relay) > before);
    if (answer->http != http)
        fail_msg("%d, not %d: %s", answer->http, http, answer->body);
}

static void test_bill_is_opened(void **state)
{
    struct sm_browser browser = {.site = &payer.portal};
    struct sm_answer answer;
    char url[64];

    (void)state;
    sm_bills_account("DBT000000001");
    sm_bills_invoice("DBT000000001", "DBT-1", 1000, "RON", 10);
    sm_browser_get(&answer, &browser, "/en/pay");
    sm_answer_free(&answer);
    post(&answer, &browser, "/en/pay",
         "payment_code=DBT000000001&email=a%40example.org", 1, 303);
    sm_answer_header(&answer, "Location", url, sizeof(url));
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "name=\"shown_minor\" value=\"1000\"");
    sm_answer_free(&answer);
}

/* The second run finds the code on the bill, put there by the first: to the
 * guest that is no mistake of his. */
static void test_code_is_added(void **state)
{
    struct sm_answer answer;
    char path[64];

    (void)state;
    sm_payer_bill(&payer, "DBT000000002", 2000);
    sm_bills_account("DBT000000003");
    sm_bills_invoice("DBT000000003", "DBT-3", 3000, "RON", 10);
    payer.browser.site = &payer.portal;
    snprintf(path, sizeof(path), "/en/pay/%s/add", payer.handle);
    post(&answer, &payer.browser, path, "payment_code=DBT000000003", 1, 303);
    sm_answer_free(&answer);
    snprintf(path, sizeof(path), "/en/pay/%s", payer.handle);
    sm_browser_get(&answer, &payer.browser, path);
    sm_assert_has(&answer, "name=\"shown_minor\" value=\"5000\"");
    sm_answer_free(&answer);
    /* typed twice it is one */
    snprintf(path, sizeof(path), "/en/pay/%s/add", payer.handle);
    sm_browser_post(&answer, &payer.browser, path, "payment_code=DBT000000003");
    sm_assert_page(&answer, 422);
    sm_answer_free(&answer);
}

static void test_mailed_link_is_not_used_up(void **state)
{
    struct sm_browser browser = {.site = &payer.portal};
    uint8_t number[SM_MAIL_TOKEN_BYTES] = {0x77};
    char token[SM_MAIL_TOKEN_TEXT], path[128], text[65], url[64];
    struct sm_key_bytes key;
    struct sm_answer answer;

    (void)state;
    sm_test_sql("INSERT INTO pay.step_up (token_hash, account_id, email, "
                "lang, expires_at) SELECT '\\x77' || "
                "decode(repeat('00', 31), 'hex'), a.id, 'a@example.org', "
                "'en', now() + interval '20 minutes' "
                "FROM customer.account AS a LIMIT 1");
    snprintf(text, sizeof(text), "%064d", 3);
    assert_int_equal(sm_key_parse(&key, text), 0);
    sm_mail_token_make(token, &key, "step_up", number);
    snprintf(path, sizeof(path), "/en/pay/step-up/%s", token);
    sm_browser_get(&answer, &browser, path);
    sm_answer_free(&answer);
    post(&answer, &browser, path, "", 1, 303);
    sm_answer_header(&answer, "Location", url, sizeof(url));
    sm_answer_free(&answer);
    sm_browser_get(&answer, &browser, url);
    sm_assert_page(&answer, 200);
    sm_answer_free(&answer);
}

static void test_payment_starts_once(void **state)
{
    struct sm_answer answer;
    char path[128];
    int before;

    (void)state;
    sm_payer_bill(&payer, "DBT000000004", 4000);
    before = sm_payer_sessions(&payer);
    snprintf(path, sizeof(path), "/en/pay/%s/start", payer.handle);
    post(&answer, &payer.browser, path,
         "choice=total&amount=&currency=RON&shown_minor=4000&once_key=doubt-"
         "key-one",
         2, 303);
    sm_assert_header(&answer, "Content-Length", "0");
    sm_answer_free(&answer);
    sm_payer_expect_sql(
        "SELECT count(*) FROM pay.attempt WHERE once_key = 'doubt-key-one'",
        "1");
    sm_payer_expect_sql(
        "SELECT state FROM pay.attempt WHERE once_key = 'doubt-key-one'",
        "open");
    assert_int_equal(sm_payer_sessions(&payer), before + 1);
    assert_int_equal(sm_payer_clashes(&payer), 0);
}

/* The truth cannot be had: the page says neither yes nor no, and the same
 * button later finds the one attempt. */
static void test_endless_doubt_says_nothing(void **state)
{
    static const char fields[] = "choice=total&amount=&currency=RON"
                                 "&shown_minor=5000&once_key=doubt-key-two";
    struct sm_answer answer;
    char path[128];

    (void)state;
    sm_payer_bill(&payer, "DBT000000005", 5000);
    snprintf(path, sizeof(path), "/en/pay/%s/start", payer.handle);
    post(&answer, &payer.browser, path, fields, 1000, 503);
    sm_assert_page(&answer, 503);
    sm_assert_hasnt(&answer, "Nothing was done");
    sm_assert_has(&answer, "do not pay again");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &payer.browser, path, fields);
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    sm_payer_expect_sql(
        "SELECT count(*) FROM pay.attempt WHERE once_key = 'doubt-key-two'",
        "1");
}

/* Money that came in is posted once, and the processor hears yes. */
static void test_notification_is_posted_once(void **state)
{
    struct sm_answer answer;
    int lost = sm_relay_lost(relay), n;
    char what[64];

    (void)state;
    sm_payer_bill(&payer, "DBT000000006", 6000);
    sm_payer_go(&payer, "doubt-key-three", 6000);
    n = sm_payer_sessions(&payer);
    snprintf(what, sizeof(what), "pay?id=cs_test_%d", n);
    free(sm_payer_tell(&payer, what));
    sm_relay_lose(relay, SM_RELAY_ANSWER, 2);
    sm_payer_event(&answer, &payer, "evt_dbt", "checkout.session.completed", n,
                   false);
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
    sm_relay_lose(relay, SM_RELAY_NOTHING, 0);
    assert_true(sm_relay_lost(relay) > lost);
    sm_payer_expect(&payer, "settled");
    sm_payer_expect_sql(
        "SELECT count(*) FROM pay.receipt AS r JOIN pay.attempt AS a "
        "ON a.id = r.payment_id WHERE a.once_key = 'doubt-key-three'",
        "1");
}

/* A page that does not say it can be repeated is not. */
static void test_other_pages_run_once(void **state)
{
    struct sm_browser browser;
    struct sm_answer answer;
    struct sm_site site;

    (void)state;
    sm_test_sql("CREATE TABLE public.note (email text, amount_minor bigint);"
                "GRANT ALL ON public.note TO PUBLIC;"
                "GRANT USAGE ON SCHEMA public TO PUBLIC");
    sm_site_start(&site, "testpages", "", NULL);
    browser = (struct sm_browser){.site = &site};
    sm_browser_get(&answer, &browser, "/en/form");
    sm_answer_free(&answer);
    post(&answer, &browser, "/en/form",
         "payment_code=12345678&email=twice%40example.org", 1, 503);
    sm_answer_free(&answer);
    sm_payer_expect_sql("SELECT count(*) FROM public.note", "1");
    assert_int_equal(sm_site_stop(&site), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bill_is_opened),
        cmocka_unit_test(test_code_is_added),
        cmocka_unit_test(test_mailed_link_is_not_used_up),
        cmocka_unit_test(test_payment_starts_once),
        cmocka_unit_test(test_endless_doubt_says_nothing),
        cmocka_unit_test(test_notification_is_posted_once),
        cmocka_unit_test(test_other_pages_run_once),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
