/* needs: portal pay */
/* Money beyond the bill: offered back to who paid it, and to nobody else; what
 * the status page says of it on its way, gone, failed, contested. */
#include "payer.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "support/fixture.h"

static struct sm_payer payer;
static char uuid[64];

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

static void get(struct sm_answer *out, const char *lang)
{
    char path[256];

    snprintf(path, sizeof(path), "/%s/pay/status/%s", lang, payer.payment);
    sm_browser_get(out, &payer.browser, path);
    sm_assert_page(out, 200);
}

static int want_back(struct sm_browser *who)
{
    struct sm_answer answer;
    char path[256];
    int http;

    snprintf(path, sizeof(path), "/en/pay/status/%s/refund", payer.payment);
    sm_browser_post(&answer, who, path, "");
    http = answer.http;
    sm_answer_free(&answer);
    return http;
}

/* What QUERY says with the payment's uuid behind it. */
static const char *ask(const char *query)
{
    static char out[128];
    char sql[1024];

    snprintf(sql, sizeof(sql), "%s'%s'", query, uuid);
    sm_payer_sql(out, sizeof(out), sql);
    return out;
}

/* The processor charges MINOR for a bill of 40.00. */
static void pay(const char *code, const char *key, const char *minor)
{
    char sql[512];

    sm_payer_bill(&payer, code, 4000);
    sm_payer_go(&payer, key, 4000);
    sm_payer_sql(uuid, sizeof(uuid),
                 "SELECT id FROM pay.attempt ORDER BY created_at DESC LIMIT 1");
    snprintf(sql, sizeof(sql),
             "SELECT pay.apply('stripe', 'event %s', '%s', NULL, "
             "(SELECT processor_ref FROM pay.attempt WHERE id = '%s'), "
             "'captured', %s, 'RON', NULL, NULL, NULL, 'notify', NULL, now(), "
             "'pi_%s')",
             key, uuid, uuid, minor, key);
    sm_test_sql(sql);
}

static void move(const char *key, const char *state)
{
    char sql[512];

    snprintf(sql, sizeof(sql),
             "SELECT pay.refund_apply('stripe', '%s', (SELECT id FROM "
             "pay.refund WHERE payment_id = '%s' ORDER BY created_at DESC "
             "LIMIT 1), NULL, NULL, NULL, NULL, 're %s', '%s', NULL, NULL, "
             "NULL, 'notify', NULL, now())",
             key, uuid, uuid, state);
    sm_test_sql(sql);
}

static void test_exact_payment_offers_nothing(void **state)
{
    struct sm_answer answer;

    (void)state;
    pay("REFU11110001", "refund-key-01", "4000");
    get(&answer, "en");
    sm_assert_has(&answer, "data-payment-state=\"settled\"");
    sm_assert_hasnt(&answer, "/refund\"");
    sm_answer_free(&answer);
    assert_int_equal(want_back(&payer.browser), 303);
    assert_string_equal(ask("SELECT count(*) FROM pay.refund "
                            "WHERE payment_id = "),
                        "0");
}

static void test_surplus_goes_back_once(void **state)
{
    struct sm_browser other = {.site = &payer.portal};
    struct sm_answer answer;

    (void)state;
    pay("REFU11110002", "refund-key-02", "5000");
    get(&answer, "en");
    sm_assert_has(&answer, "More was paid than was owed");
    sm_assert_has(&answer, "Return RON\u00a010.00");
    sm_answer_free(&answer);
    /* a stranger's browser: the payment does not exist for it */
    sm_browser_get(&answer, &other,
                   "/en/pay/status/aaaaaaaaaaaaaaaaaaaaaaaaaa");
    sm_answer_free(&answer);
    assert_int_equal(want_back(&other), 404);
    assert_string_equal(ask("SELECT count(*) FROM pay.refund "
                            "WHERE payment_id = "),
                        "0");
    /* a double click */
    assert_int_equal(want_back(&payer.browser), 303);
    assert_int_equal(want_back(&payer.browser), 303);
    assert_string_equal(ask("SELECT string_agg(amount_minor || state, ' ') "
                            "FROM pay.refund WHERE payment_id = "),
                        "1000requested");
    get(&answer, "en");
    sm_assert_has(&answer, "data-payment-state=\"settled\"");
    sm_assert_has(&answer, "RON\u00a010.00 goes back");
    sm_assert_hasnt(&answer, "/refund\"");
    sm_answer_free(&answer);
}

static void test_says_what_became_of_it(void **state)
{
    static const char *const langs[] = {"ro", "bg", "en"};
    struct sm_answer answer;

    (void)state;
    move("r1", "accepted");
    for (size_t i = 0; i < SM_COUNT(langs); i++) {
        get(&answer, langs[i]);
        sm_assert_has(&answer, "data-payment-state=\"partly_refunded\"");
        sm_answer_free(&answer);
    }
    move("r2", "failed");
    get(&answer, "en");
    sm_assert_has(&answer, "could not take back");
    sm_assert_has(&answer, "data-payment-state=\"settled\"");
    sm_assert_has(&answer, "Return RON\u00a010.00"); /* it is credit again */
    sm_answer_free(&answer);
    assert_string_equal(ask("SELECT string_agg(template, ' ' ORDER BY id) FROM "
                            "notify.outbox WHERE args ->> 'payment_id' = "),
                        "receipt surplus refunded refund_failed");
}

static void dispute(const char *key, const char *word)
{
    char sql[512];

    snprintf(sql, sizeof(sql),
             "SELECT pay.dispute_apply('stripe', '%s', '%s', NULL, NULL, NULL,"
             " 'dp %s', '%s', 4000, 1500, 'RON', 'notify', NULL, now())",
             key, uuid, uuid, word);
    sm_test_sql(sql);
}

static void test_contested(void **state)
{
    struct sm_answer answer;

    (void)state;
    pay("REFU11110003", "refund-key-03", "5000");
    dispute("d1", "open");
    get(&answer, "en");
    sm_assert_has(&answer, "data-payment-state=\"disputed\"");
    sm_assert_has(&answer, "The payment is contested");
    sm_answer_free(&answer);
    dispute("d2", "lost");
    get(&answer, "bg");
    sm_assert_has(&answer, "data-payment-state=\"charged_back\"");
    sm_answer_free(&answer);
    /* the surplus is gone with it: 10.00 of the 40.00 are still paid */
    get(&answer, "en");
    sm_assert_hasnt(&answer, "/refund\"");
    sm_answer_free(&answer);
    assert_string_equal(
        ask("SELECT open_minor FROM billing.open_item AS o JOIN pay.allocation "
            "AS a USING (document_id) WHERE a.payment_id = "),
        "3000");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exact_payment_offers_nothing),
        cmocka_unit_test(test_surplus_goes_back_once),
        cmocka_unit_test(test_says_what_became_of_it),
        cmocka_unit_test(test_contested),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
