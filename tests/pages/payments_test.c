/* needs: portal jobs */
/* Payments of who is logged in: one of them, what is late, what is missing. */
#include "bills.h"
#include "customer.h"
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "payer.h"
#include "support/fixture.h"

static struct sm_site site;
static struct sm_browser ana = {.site = &site}, bob = {.site = &site};
static char place[SM_ID_TEXT]; /* ana's */

/* Ana pays A-1 on the internet; the processor takes it again now, and took
 * something else of hers 20 days ago. */
static const char paid_twice[] =
    "DO $$ DECLARE v_hash bytea; v_id uuid; v_at timestamptz := now() - "
    "interval '20 days'; BEGIN "
    "SELECT payment_code_hash INTO v_hash FROM customer.account WHERE "
    "payment_code_hint = '1111'; "
    "PERFORM pay.guest_open(v_hash, sha256('h'), sha256('b'), sha256('a'), "
    "'ana@example.org', NULL, 'en', sha256('s'), NULL, '{}', v_at); "
    "SELECT payment_id INTO v_id FROM pay.start(sha256('h'), sha256('b'), "
    "sha256('k'), 'RON', 'total', NULL, 4100, 100, 1000000, 'stripe', 'en', "
    "NULL, v_at); "
    "PERFORM pay.asked(v_id, v_at); "
    "PERFORM pay.apply('stripe', 'e1', v_id, NULL, 'cs_1', 'captured', 4100, "
    "'RON', NULL, NULL, NULL, 'notify', NULL, v_at, 'pi_1'); "
    "PERFORM pay.apply('stripe', 'e2', v_id, NULL, 'cs_2', 'captured', 4100, "
    "'RON', NULL, NULL, NULL, 'notify', NULL, now(), 'pi_2'); "
    "PERFORM pay.apply('stripe', 'e3', v_id, NULL, 'cs_3', 'captured', 3300, "
    "'RON', NULL, NULL, NULL, 'notify', NULL, v_at, 'pi_3'); END $$";

static int start(void **state)
{
    static const char *const hers[] = {"ANAA00001111", NULL};
    static const char *const his[] = {"BOBB00003333", NULL};
    uint8_t raw[SM_ID_BYTES];
    char hex[40];

    (void)state;
    sm_bills_schema();
    sm_bills_account("ANAA00001111");
    sm_bills_account("BOBB00003333");
    sm_bills_invoice("ANAA00001111", "A-1", 4100, "RON", 5);
    sm_bills_invoice("BOBB00003333", "B-1", 9900, "RON", 5);
    sm_customer(&ana, "ana@example.org", hers);
    sm_customer(&bob, "bob@example.org", his);
    sm_test_sql(paid_twice);
    sm_bills_invoice("ANAA00001111", "A-2", 4200, "RON", 5);
    sm_test_sql(
        "SET SESSION AUTHORIZATION smetka_owner; "
        "SELECT billing.import_payment(a.id, 'bank', 'OP-77', 5000, 'RON', "
        "ops.day(now()) - 1, 'A-2', now()) FROM customer.account AS a "
        "WHERE a.payment_code_hint = '1111'");
    sm_payer_sql(hex, sizeof(hex),
                 "SELECT replace(public_id::text, '-', '') FROM "
                 "customer.account WHERE payment_code_hint = '1111'");
    assert_int_equal(sm_unhex(raw, sizeof(raw), hex), SM_OK);
    sm_id_format(place, raw);
    sm_site_start(&site, "portal", NULL, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

/* The address of the payment that SQL finds. */
static void payment_path(char out[96], const char *sql)
{
    uint8_t raw[SM_ID_BYTES];
    char hex[40], id[SM_ID_TEXT];

    sm_payer_sql(hex, sizeof(hex), sql);
    assert_int_equal(sm_unhex(raw, sizeof(raw), hex), SM_OK);
    sm_id_format(id, raw);
    snprintf(out, 96, "/en/payments/%s", id);
}

static void test_late(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &ana, "/en/payments");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "4 payments");
    sm_assert_has(&answer, "received; will be in your account by");
    sm_assert_has(&answer, "late, we are looking");
    sm_assert_has(&answer, "cs_3");
    sm_assert_has(&answer, "posted on");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, "/en/payments");
    sm_assert_hasnt(&answer, "cs_");
    sm_answer_free(&answer);
}

static void test_one(void **state)
{
    struct sm_answer answer, other;
    char path[96];

    (void)state;
    payment_path(path, "SELECT replace(public_id::text, '-', '') FROM "
                       "billing.received WHERE reference = 'OP-77'");
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "bank transfer");
    sm_assert_has(&answer, "50.00");
    sm_assert_has(&answer, ">A-2</a>");
    sm_assert_has(&answer, "42.00");
    sm_assert_has(&answer, "which the next bill uses");
    sm_assert_has(&answer, "8.00");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, path);
    sm_browser_get(&other, &bob, "/en/payments/aaaaaaaaaaaaaaaaaaaaaaaaae");
    assert_int_equal(answer.http, 404);
    assert_int_equal(other.http, 404);
    assert_int_equal(answer.len, other.len);
    sm_answer_free(&other);
    sm_answer_free(&answer);
    payment_path(path, "SELECT replace(id::text, '-', '') FROM pay.attempt");
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, ">A-1</a>");
    sm_assert_has(&answer, ">receipt</a>");
    sm_assert_hasnt(&answer, "which the next bill uses");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, path);
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
}

/* POST the form, with the day AGO days ago. */
static void ask(struct sm_answer *out, struct sm_browser *browser, int ago,
                const char *amount, const char *more)
{
    char day[16], sql[96], fields[300];

    snprintf(sql, sizeof(sql), "SELECT (ops.day(now()) - (%d))::text", ago);
    sm_payer_sql(day, sizeof(day), sql);
    snprintf(fields, sizeof(fields),
             "place=%s&date=%s&amount=%s&currency=RON%s", place, day, amount,
             more);
    sm_browser_get(out, browser, "/en/payments/missing");
    sm_assert_page(out, 200);
    sm_answer_free(out);
    sm_browser_post(out, browser, "/en/payments/missing", fields);
}

static int filed(void)
{
    char count[8];

    sm_payer_sql(count, sizeof(count),
                 "SELECT count(*)::text FROM ops.review "
                 "WHERE kind = 'missing_payment'");
    return count[0] - '0';
}

static void test_known(void **state)
{
    struct sm_answer answer;

    (void)state;
    ask(&answer, &ana, 1, "50,00", "&how=bank&reference=OP+77");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "Is it one of these?");
    sm_assert_has(&answer, "We know a payment like this");
    sm_assert_has(&answer, "bank transfer");
    sm_assert_has(&answer, "value=\"OP 77\"");
    sm_answer_free(&answer);
    /* what is received and on no account is known, too */
    ask(&answer, &ana, 20, "33", "&how=card");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "late, we are looking");
    sm_answer_free(&answer);
    assert_int_equal(filed(), 0);
}

static void test_refused(void **state)
{
    struct sm_answer answer;

    (void)state;
    ask(&answer, &ana, -1, "10", "&how=bank");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "The day is after today");
    sm_answer_free(&answer);
    ask(&answer, &ana, 401, "10", "&how=bank");
    sm_assert_page(&answer, 422);
    sm_answer_free(&answer);
    ask(&answer, &ana, 1, "ten", "");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "#amount");
    sm_assert_has(&answer, "#how");
    sm_answer_free(&answer);
    /* somebody else's place; and a payment of theirs is not known to him */
    ask(&answer, &bob, 1, "50", "&how=bank");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "You cannot ask for this place");
    sm_assert_hasnt(&answer, "Is it one of these?");
    sm_answer_free(&answer);
    assert_int_equal(filed(), 0);
}

static void test_filed(void **state)
{
    struct sm_answer answer;
    char number[16];

    (void)state;
    ask(&answer, &ana, 1, "50", "&how=post&anyway=1&note=At+the+station");
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", "/en/payments/missing?news=filed");
    sm_answer_free(&answer);
    assert_int_equal(filed(), 1);
    ask(&answer, &ana, 1, "50", "&how=post&anyway=1&note=Again");
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", "/en/payments/missing?news=same");
    sm_answer_free(&answer);
    assert_int_equal(filed(), 1);
    sm_payer_sql(number, sizeof(number),
                 "SELECT args->>'number' FROM ops.review WHERE kind = "
                 "'missing_payment' AND args->>'note' = 'At the station'");
    sm_browser_get(&answer, &ana, "/en/payments/missing?news=filed");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, number);
    sm_assert_has(&answer, "we have been looking since");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, "/en/payments/missing");
    sm_assert_hasnt(&answer, number);
    sm_answer_free(&answer);
    sm_test_sql("SELECT ops.review_decide(id, 'refused', 'Eva', 'It went to "
                "another supplier.', now()) FROM ops.review");
    sm_browser_get(&answer, &ana, "/en/payments/missing");
    sm_assert_has(&answer, "not found");
    sm_assert_has(&answer, "It went to another supplier.");
    sm_answer_free(&answer);
}

static void test_many(void **state)
{
    struct sm_answer answer;
    char amount[8];

    (void)state;
    for (int i = 0; i < 4; i++) {
        snprintf(amount, sizeof(amount), "%d", 900 + i);
        ask(&answer, &ana, 1, amount, "&how=desk");
        assert_int_equal(answer.http, 303);
        sm_answer_free(&answer);
    }
    ask(&answer, &ana, 1, "950", "&how=desk");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "five payments today");
    sm_answer_free(&answer);
}

static int count_log(const struct sm_site *program, const char *event)
{
    char path[128], line[4096];
    int count = 0;
    FILE *file;

    snprintf(path, sizeof(path), "%s/log", program->dir);
    file = fopen(path, "re");
    assert_non_null(file);
    while (fgets(line, sizeof(line), file))
        count += strstr(line, event) != NULL;
    fclose(file);
    return count;
}

/* Of the two that are on no account, the one past its day is told of, once,
 * whatever program looks. */
static void test_alarm(void **state)
{
    const struct sm_payer nobody = {.port = 9};
    int64_t until = sm_test_ms() + 30000;
    char settings[2048], tasks[8];
    struct sm_site jobs;

    (void)state;
    sm_payer_settings(&nobody, settings, sizeof(settings));
    sm_site_start(&jobs, "jobs", settings, NULL);
    while (count_log(&jobs, "payment_not_posted") == 0 && sm_test_ms() < until)
        sm_test_sleep_ms(100);
    sm_test_sleep_ms(6000); /* it looks again */
    assert_int_equal(count_log(&jobs, "payment_not_posted"), 1);
    assert_int_equal(count_log(&jobs, "cs_3"), 1);
    assert_int_equal(sm_site_stop(&jobs), 0);
    sm_payer_sql(tasks, sizeof(tasks),
                 "SELECT count(*)::text FROM pay.task WHERE kind = "
                 "'not_posted' AND note LIKE '%cs_3%'");
    assert_string_equal(tasks, "1");
}

static void test_no_database(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_test_server_stop();
    sm_browser_get(&answer, &ana, "/en/payments/missing");
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_late),  cmocka_unit_test(test_one),
        cmocka_unit_test(test_known), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_filed), cmocka_unit_test(test_many),
        cmocka_unit_test(test_alarm), cmocka_unit_test(test_no_database),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
