/* needs: portal pay */
/* The Pay button: one order a key, whatever happens on the way. */
#include "payer.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bills.h"
#include "support/fixture.h"

static struct sm_payer payer;

static int start(void **state)
{
    (void)state;
    sm_payer_open(&payer, "");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_payer_close(&payer);
    return 0;
}

static void expect_to(const struct sm_answer *answer, const char *begin)
{
    char to[512];

    assert_int_equal(answer->http, 303);
    sm_answer_header(answer, "Location", to, sizeof(to));
    if (strncmp(to, begin, strlen(begin)) != 0)
        fail_msg("goes to %s, not %s", to, begin);
}

static void test_leads_to_the_processor(void **state)
{
    char sql[256];

    (void)state;
    sm_payer_bill(&payer, "START1110001", 41287);
    sm_payer_go(&payer, "key-one-0001", 41287);
    snprintf(sql, sizeof(sql),
             "SELECT state || ' ' || amount_minor || ' ' || processor_ref "
             "FROM pay.attempt WHERE once_key = 'key-one-0001'");
    sm_payer_expect_sql(sql, "open 41287 cs_test_1");
    sm_payer_expect(&payer, "started");
}

static void test_same_key_same_answer(void **state)
{
    struct sm_answer answer;
    int before;

    (void)state;
    sm_payer_bill(&payer, "START1110002", 1500);
    sm_payer_go(&payer, "key-two-0001", 1500);
    before = sm_payer_sessions(&payer);
    sm_payer_start(&answer, &payer, "key-two-0001", 1500);
    expect_to(&answer, "https://checkout.example.com/");
    sm_answer_free(&answer);
    assert_int_equal(sm_payer_sessions(&payer), before);
    /* the same key with another sum is another form */
    sm_payer_start(&answer, &payer, "key-two-0001", 1400);
    sm_assert_page(&answer, 409);
    sm_assert_has(&answer, "This form was used already");
    sm_answer_free(&answer);
}

static void *press(void *arg)
{
    sm_payer_start(arg, &payer, "key-parallel", 2200);
    return NULL;
}

static void test_double_click(void **state)
{
    struct sm_answer answers[4];
    pthread_t threads[4];
    int before = sm_payer_sessions(&payer);

    (void)state;
    sm_payer_bill(&payer, "START1110003", 2200);
    for (size_t i = 0; i < 4; i++)
        pthread_create(&threads[i], NULL, press, &answers[i]);
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        expect_to(&answers[i], "https://checkout.example.com/");
        sm_answer_free(&answers[i]);
    }
    assert_int_equal(sm_payer_sessions(&payer), before + 1);
    sm_payer_expect_sql("SELECT count(*) FROM pay.attempt "
                        "WHERE once_key = 'key-parallel'",
                        "1");
}

static void *press_slow(void *arg)
{
    sm_payer_start(arg, &payer, "key-impatient", 2300);
    return NULL;
}

/* However often one form is sent, somebody is left for the other pages. */
static void test_impatient_payer(void **state)
{
    struct sm_answer answers[8], page;
    pthread_t threads[8];
    int64_t from;

    (void)state;
    sm_payer_bill(&payer, "START1110017", 2300);
    free(sm_payer_tell(&payer, "mode?create=slow"));
    for (size_t i = 0; i < 8; i++)
        pthread_create(&threads[i], NULL, press_slow, &answers[i]);
    sm_test_sleep_ms(300);
    from = sm_test_ms();
    sm_browser_get(&page, &payer.browser,
                   "/en/pay/status/aaaaaaaaaaaaaaaaaaaaaaaaaa");
    assert_int_equal(page.http, 404);
    assert_true(sm_test_ms() - from < 500);
    sm_answer_free(&page);
    for (size_t i = 0; i < 8; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(answers[i].http, 303);
        sm_answer_free(&answers[i]);
    }
    free(sm_payer_tell(&payer, "mode?create=ok"));
}

static void test_changed_sum(void **state)
{
    struct sm_answer answer;
    const char *at;

    (void)state;
    sm_payer_bill(&payer, "START1110004", 3000);
    sm_bills_invoice("START1110004", "F-NEW", 1000, "RON", 20);
    sm_payer_start(&answer, &payer, "key-four-0001", 3000);
    sm_assert_page(&answer, 409);
    sm_assert_has(&answer, "The sum has changed");
    sm_assert_has(&answer, "name=\"shown_minor\" value=\"4000\"");
    at = strstr(answer.body, "name=\"once_key\" value=\"");
    assert_non_null(at);
    sm_answer_free(&answer);
    sm_payer_start(&answer, &payer, "key-four-0002", 4000);
    expect_to(&answer, "https://checkout.example.com/");
    sm_answer_free(&answer);
}

/* The value of hidden field NAME in the page. */
static const char *field(const struct sm_answer *page, const char *name,
                         char *out, size_t size)
{
    char mark[64];
    const char *at;

    snprintf(mark, sizeof(mark), "name=\"%s\" value=\"", name);
    at = strstr(page->body, mark);
    assert_non_null(at);
    at += strlen(mark);
    snprintf(out, size, "%.*s", (int)strcspn(at, "\""), at);
    return out;
}

/* With the fields that the bill itself carries. */
static void test_current_invoice_from_the_bill(void **state)
{
    char path[128], body[512], key[64], shown[32], current[32];
    struct sm_answer answer;

    (void)state;
    sm_payer_bill(&payer, "START1110010", 3000);
    sm_bills_invoice("START1110010", "F-NEWER", 1700, "RON", 20);
    snprintf(path, sizeof(path), "/en/pay/%s", payer.handle);
    payer.browser.site = &payer.portal;
    sm_browser_get(&answer, &payer.browser, path);
    payer.browser.site = &payer.pay;
    sm_assert_page(&answer, 200);
    snprintf(body, sizeof(body),
             "choice=current&amount=&currency=RON&once_key=%s&shown_minor=%s"
             "&current_minor=%s",
             field(&answer, "once_key", key, sizeof(key)),
             field(&answer, "shown_minor", shown, sizeof(shown)),
             field(&answer, "current_minor", current, sizeof(current)));
    assert_string_equal(shown, "4700");
    assert_string_equal(current, "1700");
    sm_answer_free(&answer);
    snprintf(path, sizeof(path), "/en/pay/%s/start", payer.handle);
    sm_browser_post(&answer, &payer.browser, path, body);
    expect_to(&answer, "https://checkout.example.com/");
    sm_answer_free(&answer);
    snprintf(body, sizeof(body),
             "SELECT amount_minor FROM pay.attempt WHERE once_key = '%s'", key);
    sm_payer_expect_sql(body, "1700");
}

static void test_other_amount(void **state)
{
    struct sm_answer answer;
    char path[128];

    (void)state;
    sm_payer_bill(&payer, "START1110011", 3000);
    snprintf(path, sizeof(path), "/ro/pay/%s/start", payer.handle);
    sm_browser_post(&answer, &payer.browser, path,
                    "choice=other&amount=12%2C50&currency=RON&shown_minor=3000"
                    "&current_minor=3000&once_key=key-other-001");
    expect_to(&answer, "https://checkout.example.com/");
    sm_answer_free(&answer);
    sm_payer_expect_sql("SELECT amount_minor || lang FROM pay.attempt "
                        "WHERE once_key = 'key-other-001'",
                        "1250ro");
}

/* Where the company wants no other amount, a form of one's own gets none. */
static void test_other_amount_not_offered(void **state)
{
    struct sm_answer answer;
    struct sm_site strict;
    char settings[1024], path[128];
    size_t len;

    (void)state;
    sm_payer_settings(&payer, settings, sizeof(settings));
    len = strlen(settings);
    snprintf(settings + len, sizeof(settings) - len,
             "guest_pay.other_amount = false\n");
    sm_site_start(&strict, "pay", settings,
                  (const char *const[]){"--instance", "pay", NULL});
    sm_payer_bill(&payer, "START1110016", 3000);
    payer.browser.site = &strict;
    snprintf(path, sizeof(path), "/en/pay/%s/start", payer.handle);
    sm_browser_post(&answer, &payer.browser, path,
                    "choice=other&amount=12.50&currency=RON&shown_minor=3000"
                    "&current_minor=3000&once_key=key-other-002");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "Nothing was paid");
    sm_answer_free(&answer);
    payer.browser.site = &payer.pay;
    assert_int_equal(sm_site_stop(&strict), 0);
    sm_payer_expect_sql("SELECT count(*) FROM pay.attempt "
                        "WHERE once_key = 'key-other-002'",
                        "0");
}

static void test_bad_forms(void **state)
{
    struct sm_browser other = {.site = &payer.pay};
    struct sm_answer answer;
    char path[128];

    (void)state;
    sm_payer_bill(&payer, "START1110005", 3000);
    snprintf(path, sizeof(path), "/en/pay/%s/start", payer.handle);
    sm_browser_post(&answer, &payer.browser, path,
                    "choice=other&amount=&currency=RON&shown_minor=3000"
                    "&once_key=key-five-0001");
    sm_assert_page(&answer, 422);
    sm_answer_free(&answer);
    sm_browser_post(&answer, &payer.browser, path,
                    "choice=other&amount=0.01&currency=RON&shown_minor=3000"
                    "&once_key=key-five-0002");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "This amount cannot be paid here");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &payer.browser, path,
                    "choice=total&currency=JPY&shown_minor=3000"
                    "&once_key=key-five-0003");
    sm_assert_page(&answer, 422);
    sm_answer_free(&answer);
    /* a key that could be met twice by chance */
    sm_browser_post(&answer, &payer.browser, path,
                    "choice=total&currency=RON&shown_minor=3000"
                    "&once_key=short-1");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "Nothing was paid");
    sm_answer_free(&answer);
    /* a browser without our cookie */
    sm_browser_post(&answer, &other, path,
                    "choice=total&currency=RON&shown_minor=3000"
                    "&once_key=key-five-0004");
    assert_int_equal(answer.http, 403);
    sm_answer_free(&answer);
    /* a handle that nobody has */
    sm_browser_post(&answer, &payer.browser,
                    "/en/pay/aaaaaaaaaaaaaaaaaaaaaaaaaa/start",
                    "choice=total&currency=RON&shown_minor=3000"
                    "&once_key=key-five-0005");
    sm_assert_page(&answer, 404);
    sm_assert_has(&answer, "This bill is closed");
    sm_answer_free(&answer);
}

/* Start a payment under KEY whose create call has an effect but no answer. */
static void lose_answer(const char *code, const char *key)
{
    struct sm_answer answer;
    char to[256];

    sm_payer_bill(&payer, code, 5000);
    free(sm_payer_tell(&payer, "mode?create=lost"));
    sm_payer_start(&answer, &payer, key, 5000);
    expect_to(&answer, "/en/pay/status/");
    sm_answer_header(&answer, "Location", to, sizeof(to));
    snprintf(payer.payment, sizeof(payer.payment), "%.31s", to + 15);
    sm_answer_free(&answer);
}

static void ask_now(void)
{
    struct sm_answer answer;
    char path[160];

    snprintf(path, sizeof(path), "/en/pay/status/%s/ask", payer.payment);
    sm_browser_post(&answer, &payer.browser, path, "");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
}

/* The answer of the create call is lost, its effect is not: the payer reads
 * the status, and asking again finds the same order. */
static void test_lost_answer(void **state)
{
    int before = sm_payer_sessions(&payer);

    (void)state;
    lose_answer("START1110006", "key-six-0001");
    free(sm_payer_tell(&payer, "mode?create=ok"));
    sm_payer_expect(&payer, "started");
    sm_payer_expect_sql("SELECT state FROM pay.attempt "
                        "WHERE once_key = 'key-six-0001'",
                        "requested");
    ask_now();
    sm_payer_expect_sql("SELECT state FROM pay.attempt "
                        "WHERE once_key = 'key-six-0001'",
                        "open");
    assert_int_equal(sm_payer_sessions(&payer), before + 1);
    assert_int_equal(sm_payer_clashes(&payer), 0); /* byte for byte the same */
}

/* The address was corrected between the call and its repeat. */
static void test_lost_answer_other_address(void **state)
{
    struct sm_answer answer;
    char path[160];
    int before = sm_payer_sessions(&payer);

    (void)state;
    lose_answer("START1110015", "key-address-1");
    free(sm_payer_tell(&payer, "mode?create=ok"));
    snprintf(path, sizeof(path), "/en/pay/status/%s/email", payer.payment);
    sm_browser_post(&answer, &payer.browser, path, "email=other%40example.org");
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    ask_now();
    sm_payer_expect_sql("SELECT state FROM pay.attempt "
                        "WHERE once_key = 'key-address-1'",
                        "open");
    assert_int_equal(sm_payer_clashes(&payer), 1);
    assert_int_equal(sm_payer_sessions(&payer), before + 1);
}

/* A repeat that is refused says nothing about the call before it. */
static void test_refused_repeat(void **state)
{
    (void)state;
    lose_answer("START1110013", "key-refused-1");
    free(sm_payer_tell(&payer, "mode?create=refuse"));
    ask_now();
    free(sm_payer_tell(&payer, "mode?create=ok"));
    sm_payer_expect_sql("SELECT state FROM pay.attempt "
                        "WHERE once_key = 'key-refused-1'",
                        "open");
}

/* A repeat is answered with what was true at first: one question more. */
static void test_repeat_of_an_old_answer(void **state)
{
    char what[64];

    (void)state;
    lose_answer("START1110014", "key-stale-001");
    free(sm_payer_tell(&payer, "mode?create=ok"));
    snprintf(what, sizeof(what), "pay?id=cs_test_%d",
             sm_payer_sessions(&payer));
    free(sm_payer_tell(&payer, what));
    ask_now();
    sm_payer_expect(&payer, "settled");
}

static void test_processor_down(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_payer_bill(&payer, "START1110007", 5000);
    free(sm_payer_tell(&payer, "mode?create=down"));
    sm_payer_start(&answer, &payer, "key-seven-001", 5000);
    free(sm_payer_tell(&payer, "mode?create=ok"));
    expect_to(&answer, "/en/pay/status/");
    sm_answer_free(&answer);
}

/* Pressing again with a fresh form closes the earlier order first. */
static void test_second_start_closes_the_first(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_payer_bill(&payer, "START1110008", 6000);
    sm_payer_go(&payer, "key-eight-001", 6000);
    sm_payer_start(&answer, &payer, "key-eight-002", 6000);
    expect_to(&answer, "https://checkout.example.com/");
    sm_answer_free(&answer);
    sm_payer_expect(&payer, "cancelled");
    /* but not if the processor does not confirm */
    free(sm_payer_tell(&payer, "mode?cancel=down"));
    sm_payer_start(&answer, &payer, "key-eight-003", 6000);
    free(sm_payer_tell(&payer, "mode?cancel=ok"));
    expect_to(&answer, "/en/pay/status/");
    sm_answer_free(&answer);
    sm_payer_expect_sql("SELECT count(*) FROM pay.attempt "
                        "WHERE once_key = 'key-eight-003'",
                        "0");
}

/* The connection breaks in COMMIT: nobody can say what became of it, until the
 * once-key is asked for again. */
static void test_commit_in_doubt(void **state)
{
    (void)state;
    sm_test_sql("CREATE SEQUENCE t.kills; GRANT USAGE ON SCHEMA t TO PUBLIC; "
                "CREATE FUNCTION t.kill() RETURNS trigger LANGUAGE plpgsql "
                "SECURITY DEFINER AS $$ BEGIN IF nextval('t.kills') = 1 THEN "
                "PERFORM pg_terminate_backend(pg_backend_pid()); "
                "PERFORM pg_sleep(1); END IF; RETURN NULL; END $$; "
                "CREATE CONSTRAINT TRIGGER kill AFTER INSERT ON pay.attempt "
                "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "
                "t.kill()");
    sm_payer_bill(&payer, "START1110012", 3300);
    sm_payer_go(&payer, "key-doubt-001", 3300);
    sm_payer_expect_sql("SELECT last_value FROM t.kills", "2");
    sm_payer_expect_sql("SELECT count(*) FROM pay.attempt "
                        "WHERE once_key = 'key-doubt-001'",
                        "1");
    sm_test_sql("DROP TRIGGER kill ON pay.attempt");
}

static void test_no_database(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_payer_bill(&payer, "START1110009", 6000);
    sm_test_server_stop();
    sm_payer_start(&answer, &payer, "key-nine-0001", 6000);
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
    sm_site_await(&payer.pay);
    sm_payer_go(&payer, "key-nine-0001", 6000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_leads_to_the_processor),
        cmocka_unit_test(test_same_key_same_answer),
        cmocka_unit_test(test_double_click),
        cmocka_unit_test(test_impatient_payer),
        cmocka_unit_test(test_changed_sum),
        cmocka_unit_test(test_current_invoice_from_the_bill),
        cmocka_unit_test(test_other_amount),
        cmocka_unit_test(test_other_amount_not_offered),
        cmocka_unit_test(test_bad_forms),
        cmocka_unit_test(test_lost_answer),
        cmocka_unit_test(test_lost_answer_other_address),
        cmocka_unit_test(test_refused_repeat),
        cmocka_unit_test(test_repeat_of_an_old_answer),
        cmocka_unit_test(test_processor_down),
        cmocka_unit_test(test_second_start_closes_the_first),
        cmocka_unit_test(test_commit_in_doubt),
        cmocka_unit_test(test_no_database),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
