/* needs: portal pay jobs */
/* The books held against the processor's while it is slow: refunds do not wait
 * for that, a process that is told to end does not finish it, and the next one
 * does; a payout that does not add up holds up nobody. */
#include "payer.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "support/fixture.h"

enum { WAIT_MS = 15000, PAGE_MS = 1500 /* of the processor's "slow" */ };

static struct sm_payer payer;
static struct sm_site jobs;

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

static void tell(const char *what)
{
    free(sm_payer_tell(&payer, what));
}

static void start_jobs(void)
{
    char settings[512];

    /* a slow page is no lost one */
    snprintf(settings, sizeof(settings),
             "stripe.base_url = http://127.0.0.1:%d\n"
             "stripe.secret_key = sk_test_1\n"
             "stripe.webhook_secret = whsec_test_secret\n",
             payer.port);
    sm_site_start(&jobs, "jobs", settings, NULL);
}

/* Wait until SQL gives VALUE. */
static void await_sql(const char *sql, const char *value)
{
    int64_t until = sm_test_ms() + WAIT_MS;
    char got[256];

    do {
        sm_payer_sql(got, sizeof(got), sql);
        if (strcmp(got, value) == 0)
            return;
        sm_test_sleep_ms(50);
    } while (sm_test_ms() < until);
    fail_msg("%s: \"%s\", not \"%s\"", sql, got, value);
}

/* Wait until so many pages of lines were asked for. */
static void await_lines(int count)
{
    int64_t until = sm_test_ms() + WAIT_MS;
    int got;

    do {
        char *text = sm_payer_tell(&payer, "lines");

        got = (int)strtol(text, NULL, 10);
        free(text);
        if (got >= count)
            return;
        sm_test_sleep_ms(50);
    } while (sm_test_ms() < until);
    fail_msg("%d pages of lines, not %d", got, count);
}

/* Nothing that is not whole: what is posted has its lines and is balanced. */
static void expect_whole(void)
{
    sm_payer_expect_sql("SELECT count(*) FROM pay.payout AS p WHERE p.net_minor"
                        " <> (SELECT sum(l.gross_minor - l.fee_minor) FROM "
                        "pay.payout_line AS l WHERE l.payout_id = p.id) AND "
                        "NOT EXISTS (SELECT FROM audit.task AS k WHERE "
                        "k.key = p.processor || ' ' || p.processor_ref)",
                        "0");
    sm_payer_expect_sql("SELECT count(*) FROM (SELECT FROM audit.ledger AS l "
                        "GROUP BY l.txn_id, l.currency "
                        "HAVING sum(l.amount_minor) <> 0) AS x",
                        "0");
}

/* A payout of yesterday with these lines; OFF more than they make. */
static void pay_out(const char *ref, const char *lines, long long off)
{
    char what[512];

    snprintf(what, sizeof(what), "payout?id=%s&arrival=%lld&off=%lld&lines=%s",
             ref, (long long)time(NULL) - 86400, off, lines);
    tell(what);
}

/* A payment that brings MINOR. */
static void pay(const char *code, const char *key, int64_t minor)
{
    char what[64];
    struct sm_answer answer;

    sm_payer_bill(&payer, code, minor);
    sm_payer_go(&payer, key, minor);
    snprintf(what, sizeof(what), "pay?id=cs_test_%d",
             sm_payer_sessions(&payer));
    tell(what);
    snprintf(what, sizeof(what), "evt_%s", key);
    sm_payer_event(&answer, &payer, what, "checkout.session.completed",
                   sm_payer_sessions(&payer), false);
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
}

/* The first payout takes four pages of 1.5 s; a refund that is wanted while
 * they are read is made meanwhile. */
static void refunds_are_not_held_up(void **state)
{
    (void)state;
    pay("BOOK11110001", "books-key-001", 5000);
    pay_out("po_1",
            "charge:100:1:pi_a%20charge:200:2:pi_b%20"
            "charge:300:3:pi_c",
            0);
    pay_out("po_2", "charge:400:4:pi_d%20charge:10:0:pi_h%20charge:20:0:pi_i",
            7);
    pay_out("po_3", "charge:500:5:pi_e", 0);
    tell("mode?lines=slow&page=1");
    start_jobs();
    await_lines(1);
    sm_test_sql("SELECT pay.refund_request(a.id, 100, 'operator', NULL, now()) "
                "FROM pay.attempt AS a WHERE a.once_key = 'books-key-001'");
    await_sql("SELECT state FROM pay.refund", "succeeded");
    sm_payer_expect_sql("SELECT count(*) FROM pay.payout", "0");
}

/* Told to end at the second or third of a payout's four pages, it does so with
 * that page, and posts nothing of that payout. */
static void a_stop_leaves_nothing_half_done(void **state)
{
    int64_t began;

    (void)state;
    await_sql("SELECT count(*) FROM pay.payout", "1"); /* and po_2 is next */
    await_lines(5);
    began = sm_test_ms();
    assert_int_equal(sm_site_stop(&jobs), 0);
    assert_true(sm_test_ms() - began < 3 * PAGE_MS);
    sm_payer_expect_sql("SELECT string_agg(processor_ref, ' ') FROM pay.payout",
                        "po_1");
    expect_whole();
}

/* The next process does the rest: po_2 is off by 7, and po_4, which has a line
 * that is no sum of money, waits for a person; nobody waits behind them. */
static void the_rest_is_done_by_the_next(void **state)
{
    (void)state;
    tell("mode?lines=ok&page=100");
    pay_out("po_4", "charge:9007199254740991:0:pi_f", -9007199254740000);
    pay_out("po_5", "charge:600:6:pi_g", 0);
    start_jobs();
    await_sql("SELECT string_agg(processor_ref, ' ' ORDER BY id) "
              "FROM pay.payout",
              "po_1 po_2 po_3 po_5");
    sm_payer_expect_sql("SELECT string_agg(key, ', ' ORDER BY key) FROM "
                        "audit.task WHERE kind = 'payout_differs' "
                        "AND done_at IS NULL",
                        "stripe po_2, stripe po_4 unread");
    sm_payer_expect_sql("SELECT note FROM audit.task "
                        "WHERE key = 'stripe po_2'",
                        "lines make 426, the payout is 433 RON");
    sm_payer_expect_sql("SELECT sum(amount_minor) FROM audit.ledger "
                        "WHERE account = 'suspense'",
                        "-7");
    sm_payer_expect_sql("SELECT sum(amount_minor) FROM audit.ledger "
                        "WHERE account = 'bank'",
                        "2116");
    expect_whole();
    assert_int_equal(sm_site_stop(&jobs), 0);
}

/* Four orders on a page each, 1.5 s a page. */
static void the_comparison_stops_between_pages(void **state)
{
    int64_t began;

    (void)state;
    pay("BOOK11110002", "books-key-002", 5100);
    pay("BOOK11110003", "books-key-003", 5200);
    pay("BOOK11110004", "books-key-004", 5300);
    sm_test_sql("UPDATE pay.compare SET started_at = started_at "
                "- interval '2 days', finished_at = finished_at "
                "- interval '2 days'");
    sm_payer_expect_sql("SELECT count(*) FROM pay.compare "
                        "WHERE finished_at IS NOT NULL",
                        "1");
    tell("mode?query=slow&page=1");
    start_jobs();
    await_sql("SELECT listed FROM pay.compare WHERE finished_at IS NULL", "1");
    began = sm_test_ms();
    assert_int_equal(sm_site_stop(&jobs), 0);
    assert_true(sm_test_ms() - began < 3 * PAGE_MS);
    tell("mode?query=ok&page=100");
    /* it says nothing of what it has not seen */
    sm_payer_expect_sql("SELECT count(*) FROM audit.task "
                        "WHERE kind = 'missing_there'",
                        "0");
    sm_payer_expect_sql("SELECT count(*) FROM pay.compare "
                        "WHERE finished_at IS NULL",
                        "1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refunds_are_not_held_up),
        cmocka_unit_test(a_stop_leaves_nothing_half_done),
        cmocka_unit_test(the_rest_is_done_by_the_next),
        cmocka_unit_test(the_comparison_stops_between_pages),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
