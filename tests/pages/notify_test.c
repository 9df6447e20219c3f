/* needs: portal pay */
/* Notifications: authentic or not, twice, out of order, late, unknown. */
#include "payer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/fixture.h"

#define COMPLETED "checkout.session.completed"
#define EXPIRED "checkout.session.expired"

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

static void deliver(const char *key, const char *type, int n, bool forge,
                    int http)
{
    struct sm_answer answer;

    sm_payer_event(&answer, &payer, key, type, n, forge);
    assert_int_equal(answer.http, http);
    sm_answer_free(&answer);
}

/* Start a payment; the number of its session. */
static int begin(const char *code, const char *key, int64_t minor)
{
    sm_payer_bill(&payer, code, minor);
    sm_payer_go(&payer, key, minor);
    return sm_payer_sessions(&payer);
}

static void paid(int n)
{
    char what[64];

    snprintf(what, sizeof(what), "pay?id=cs_test_%d", n);
    free(sm_payer_tell(&payer, what));
}

static void test_forged_changes_nothing(void **state)
{
    int n = begin("NOTI11110001", "notify-key-01", 7000);

    (void)state;
    paid(n);
    deliver("evt_forged", COMPLETED, n, true, 400);
    sm_payer_expect(&payer, "started");
    sm_payer_expect_sql("SELECT count(*) FROM pay.processor_event "
                        "WHERE event_key = 'evt_forged'",
                        "0");
    deliver("evt_1", COMPLETED, n, false, 200);
    sm_payer_expect(&payer, "settled");
    sm_payer_expect_sql(
        "SELECT payable_minor - open_minor FROM billing.document AS d "
        "JOIN billing.open_item AS o ON o.document_id = d.id "
        "WHERE number = 'NOTI11110001'",
        "7000");
}

static void test_twice_is_once(void **state)
{
    int n = begin("NOTI11110002", "notify-key-02", 7100);

    (void)state;
    paid(n);
    deliver("evt_2", COMPLETED, n, false, 200);
    deliver("evt_2", COMPLETED, n, false, 200);
    deliver("evt_2b", "checkout.session.async_payment_succeeded", n, false,
            200);
    sm_payer_expect_sql(
        "SELECT count(*) FROM pay.settlement AS s JOIN pay.attempt AS a "
        "ON a.id = s.payment_id WHERE a.once_key = 'notify-key-02'",
        "1");
    sm_payer_expect_sql("SELECT count(*) FROM notify.outbox WHERE dedupe_key = "
                        "'receipt:' || (SELECT id FROM pay.attempt "
                        "WHERE once_key = 'notify-key-02')",
                        "1");
}

static void test_late_money_after_expiry(void **state)
{
    int n = begin("NOTI11110003", "notify-key-03", 7200);

    (void)state;
    sm_payer_expire(&payer, "notify-key-03");
    deliver("evt_3", EXPIRED, n, false, 200);
    sm_payer_expect(&payer, "expired");
    paid(n);
    deliver("evt_3b", COMPLETED, n, false, 200);
    sm_payer_expect(&payer, "settled");
    /* and the other order: expiry after the money changes nothing */
    sm_payer_expire(&payer, "notify-key-03");
    deliver("evt_3c", EXPIRED, n, false, 200);
    sm_payer_expect(&payer, "settled");
}

static void test_unknown_order_is_kept_aside(void **state)
{
    int n = begin("NOTI11110004", "notify-key-04", 7300);

    (void)state;
    paid(n);
    sm_test_sql("SET session_replication_role = replica; "
                "UPDATE pay.attempt SET order_no = 'other', "
                "processor_ref = NULL WHERE once_key = 'notify-key-04'");
    deliver("evt_4", COMPLETED, n, false, 200);
    sm_payer_expect_sql(
        "SELECT amount_minor || ' ' || reason FROM pay.unmatched "
        "ORDER BY id DESC LIMIT 1",
        "7300 unknown_order");
}

static void test_others_are_let_pass(void **state)
{
    int n = begin("NOTI11110005", "notify-key-05", 7400);
    struct sm_answer answer;

    (void)state;
    deliver("evt_5", "customer.created", n, false, 200);
    sm_payer_expect_sql("SELECT count(*) FROM pay.processor_event "
                        "WHERE event_key = 'evt_5'",
                        "0");
    sm_payer_expect(&payer, "started");
    /* no signature at all; another processor's name; the wrong instance */
    sm_site_ask(&answer, &payer.notify,
                &(struct sm_ask){.method = "POST",
                                 .path = "/gw/notify/stripe",
                                 .type = "application/json",
                                 .body = "{}"});
    assert_int_equal(answer.http, 400);
    sm_answer_free(&answer);
    sm_site_ask(&answer, &payer.notify,
                &(struct sm_ask){.method = "POST",
                                 .path = "/gw/notify/other",
                                 .type = "application/json",
                                 .body = "{}"});
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
    sm_site_ask(&answer, &payer.pay,
                &(struct sm_ask){.method = "POST",
                                 .path = "/gw/notify/stripe",
                                 .type = "application/json",
                                 .body = "{}"});
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
}

static void test_too_long_is_not_read(void **state)
{
    static char body[70000];
    struct sm_answer answer;

    (void)state;
    memset(body, 'x', sizeof(body) - 1);
    sm_site_ask(&answer, &payer.notify,
                &(struct sm_ask){.method = "POST",
                                 .path = "/gw/notify/stripe",
                                 .type = "application/json",
                                 .body = body});
    assert_int_equal(answer.http, 413);
    sm_answer_free(&answer);
}

static void test_no_database_asks_to_repeat(void **state)
{
    int n = begin("NOTI11110006", "notify-key-06", 7500);

    (void)state;
    paid(n);
    sm_test_server_stop();
    deliver("evt_6", COMPLETED, n, false, 503);
    sm_test_server_start();
    sm_site_await(&payer.notify);
    sm_site_await(&payer.pay);
    deliver("evt_6", COMPLETED, n, false, 200);
    sm_payer_expect(&payer, "settled");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_forged_changes_nothing),
        cmocka_unit_test(test_twice_is_once),
        cmocka_unit_test(test_late_money_after_expiry),
        cmocka_unit_test(test_unknown_order_is_kept_aside),
        cmocka_unit_test(test_others_are_let_pass),
        cmocka_unit_test(test_too_long_is_not_read),
        cmocka_unit_test(test_no_database_asks_to_repeat),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
