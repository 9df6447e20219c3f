/* needs: sandbox */
/* Refunds, disputes and payouts from end to end: the adapter against the
 * sandbox, which share no code.  A thread of this test stands for nginx between
 * them, and for the merchant's address that messages go to. */
#include "boxed.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "bridge.h"

enum { BUDGET_MS = 8000 };
#define HOUR_US (INT64_C(3600) * 1000000)

static struct sm_boxed boxed;

static int start(void **state)
{
    (void)state;
    sm_boxed_start(&boxed);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_boxed_stop(&boxed);
    return 0;
}

static void desk(const char *path, const char *fields, int http)
{
    sm_bridge_post(&boxed.site, path, fields, http);
}

static const char *notice_header(const void *ctx, const char *name)
{
    assert_string_equal(name, "HTTP_STRIPE_SIGNATURE");
    return ctx;
}

/* The next message that came in, as the adapter reads it. */
static struct sm_pay_event next_event(void)
{
    const struct sm_bridge_message *m = sm_bridge_next(15000);
    struct sm_pay_event *events = NULL;
    size_t count = 0;

    assert_non_null(m);
    assert_int_equal(boxed.processor->ops->verify(
                         &events, &count, boxed.processor, boxed.arena,
                         &(struct sm_pay_notice){.body = m->body,
                                                 .len = strlen(m->body),
                                                 .header = notice_header,
                                                 .ctx = m->signature},
                         sm_clock_real_us(), NULL),
                     SM_OK);
    assert_int_equal(count, 1);
    return events[0];
}

static void assert_part(const struct sm_pay_event *event, const char *state,
                        int64_t amount)
{
    assert_string_equal(event->part_state, state);
    assert_int_equal(event->amount_minor, amount);
    assert_string_equal(event->currency, "RON");
}

/* The next message is of TYPE, about a part in STATE of AMOUNT. */
static struct sm_pay_event expect(const char *type, const char *state,
                                  int64_t amount)
{
    struct sm_pay_event event = next_event();

    assert_string_equal(event.type, type);
    assert_part(&event, state, amount);
    return event;
}

/* The next two are of these types, in whatever order they were delivered. */
static struct sm_pay_event expect_two(const char *type, const char *other,
                                      const char *state, int64_t amount)
{
    struct sm_pay_event a = next_event(), b = next_event();

    assert_part(&a, state, amount);
    assert_part(&b, state, amount);
    assert_true((!strcmp(a.type, type) && !strcmp(b.type, other)) ||
                (!strcmp(a.type, other) && !strcmp(b.type, type)));
    return a;
}

/* An order of 30.00 that is paid, and a wish for a part of it. */
struct paid {
    struct sm_pay_order order;
    struct sm_pay_refund refund;
    char order_no[16], key[SM_ID_TEXT], ref[80], capture[80];
};

static void make_paid(struct paid *out, int64_t minor)
{
    static uint8_t made;
    int64_t now_us = sm_clock_now_us();
    struct sm_pay_event event;
    char path[128];

    memset(out, 0, sizeof(*out));
    made++;
    snprintf(out->order_no, sizeof(out->order_no), "SM-%d", made);
    out->order = (struct sm_pay_order){
        .payment = {made},
        .order_no = out->order_no,
        .idempotency_key = out->order_no,
        .processor_ref = "",
        .capture_ref = "",
        .amount_minor = 3000,
        .currency = "RON",
        .email = "",
        .lang = "en",
        .hint = "4321",
        .created_us = now_us,
        .expires_us = now_us + HOUR_US,
    };
    assert_int_equal(boxed.processor->ops->create(&event, boxed.processor,
                                                  boxed.arena, &out->order,
                                                  BUDGET_MS, NULL),
                     SM_OK);
    snprintf(out->ref, sizeof(out->ref), "%s", event.processor_ref);
    snprintf(path, sizeof(path), "/c/pay/%s", out->ref);
    desk(path, "card=4242424242424242&action=pay", 303);
    event = next_event();
    assert_int_equal(event.kind, SM_PAY_CAPTURED);
    snprintf(out->capture, sizeof(out->capture), "%s", event.capture_ref);
    out->order.processor_ref = out->ref;
    out->order.capture_ref = out->capture;
    out->refund = (struct sm_pay_refund){.id = {0xee, made},
                                         .key = out->key,
                                         .ref = "",
                                         .amount_minor = minor,
                                         .currency = "RON",
                                         .asked_us = now_us};
    sm_id_format(out->key, out->refund.id);
}

static struct sm_pay_event refund(const struct paid *paid)
{
    struct sm_pay_event event;

    assert_int_equal(boxed.processor->ops->refund(
                         &event, boxed.processor, boxed.arena, &paid->order,
                         &paid->refund, BUDGET_MS, NULL),
                     SM_OK);
    return event;
}

static struct sm_pay_event query(const struct paid *paid)
{
    struct sm_pay_event event;

    assert_int_equal(boxed.processor->ops->refund_query(
                         &event, boxed.processor, boxed.arena, &paid->order,
                         &paid->refund, paid->refund.asked_us + HOUR_US,
                         BUDGET_MS, NULL),
                     SM_OK);
    return event;
}

/* The line of /truth about PAID holds " 3000 ron REFUNDED ". */
static void assert_refunded(const struct paid *paid, int refunded)
{
    const char *line =
        strstr(sm_boxed_get(&boxed, &boxed.site, "/truth"), paid->ref);
    char wanted[160];

    snprintf(wanted, sizeof(wanted), "%s complete paid 3000 ron %d stripe ",
             paid->ref, refunded);
    assert_non_null(line);
    assert_memory_equal(line, wanted, strlen(wanted));
}

static void decide(const char *part, const char *action, int http)
{
    char path[128], body[32];

    snprintf(path, sizeof(path), "/part/%s", part);
    snprintf(body, sizeof(body), "action=%s", action);
    desk(path, body, http);
}

static void a_refund_and_its_message(void **state)
{
    struct sm_pay_event event, told;
    struct paid paid;

    (void)state;
    make_paid(&paid, 1000);
    event = refund(&paid);
    assert_string_equal(event.part_state, "succeeded");
    told = expect("refund.created", "succeeded", 1000);
    assert_string_equal(told.part_ref, event.part_ref);
    assert_string_equal(told.capture_ref, paid.capture);
    assert_string_equal(told.order_no, paid.order_no);
    assert_memory_equal(told.refund, paid.refund.id, SM_ID_BYTES);
    /* again under the same key: the same one, and nobody is told */
    event = query(&paid);
    assert_string_equal(told.part_ref, event.part_ref);
    assert_refunded(&paid, 1000);
    /* fails after all: it is not counted any more */
    decide(event.part_ref, "fail", 303);
    told = expect("refund.failed", "failed", 1000);
    assert_string_equal(told.reason, "card_gone");
    assert_string_equal(query(&paid).part_state, "failed");
    assert_refunded(&paid, 0);
    decide(event.part_ref, "succeed", 409);
}

static void a_refund_at_the_desk(void **state)
{
    struct sm_pay_event told;
    struct paid paid;
    char path[128];

    (void)state;
    make_paid(&paid, 1000);
    snprintf(path, sizeof(path), "/refund/%s", paid.ref);
    desk(path, "amount=12.34", 303);
    told = expect("refund.created", "succeeded", 1234);
    assert_false(told.has_refund);
    assert_string_equal(told.capture_ref, paid.capture);
    desk(path, "amount=17.67", 409); /* more than is left */
    desk(path, "amount=", 303);      /* the rest */
    (void)expect("refund.created", "succeeded", 1766);
    desk(path, "amount=", 409);
    assert_refunded(&paid, 3000);
}

static void refunds_as_the_behaviour_says(void **state)
{
    struct sm_pay_event event;
    struct paid paid, other;

    (void)state;
    desk("/", "refund=pending", 303);
    make_paid(&paid, 1000);
    event = refund(&paid);
    assert_string_equal(event.part_state, "accepted");
    (void)expect("refund.created", "accepted", 1000);
    decide(event.part_ref, "succeed", 303);
    (void)expect("refund.updated", "succeeded", 1000);
    assert_string_equal(query(&paid).part_state, "succeeded");
    desk("/", "refund=refused", 303);
    make_paid(&other, 1000);
    event = refund(&other);
    assert_string_equal(event.part_state, "failed");
    assert_string_equal(event.reason, "refused");
    /* under the same key it stays refused */
    desk("/", "refund=fail_later", 303);
    assert_string_equal(query(&other).reason, "refused");
    assert_refunded(&other, 0);
    other.refund.id[2] = 1;
    sm_id_format(other.key, other.refund.id);
    assert_string_equal(refund(&other).part_state, "succeeded");
    (void)expect("refund.created", "succeeded", 1000);
    (void)expect("refund.failed", "failed", 1000);
    assert_refunded(&other, 0);
    desk("/", "refund=normal", 303);
}

static void an_answer_that_is_lost(void **state)
{
    struct sm_pay_event event;
    struct paid paid;

    (void)state;
    make_paid(&paid, 1000);
    desk("/", "create=error_after", 303);
    assert_int_equal(boxed.processor->ops->refund(
                         &event, boxed.processor, boxed.arena, &paid.order,
                         &paid.refund, BUDGET_MS, NULL),
                     SM_UNAVAILABLE);
    desk("/", "create=normal", 303);
    (void)expect("refund.created", "succeeded", 1000);
    event = query(&paid);
    assert_string_equal(event.part_state, "succeeded");
    /* found on the list when the key is forgotten */
    paid.refund.asked_us -= 23 * HOUR_US;
    assert_string_equal(refund(&paid).part_ref, event.part_ref);
    paid.refund.id[3] = 9;
    sm_id_format(paid.key, paid.refund.id);
    assert_string_equal(refund(&paid).reason, "never_made");
    assert_refunded(&paid, 1000);
}

static void a_dispute_and_its_end(void **state)
{
    static const struct {
        const char *action, *state;
    } ends[] = {{"win", "won"}, {"lose", "lost"}};
    struct sm_pay_event told;
    struct paid paid;
    char path[128];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(ends); i++) {
        make_paid(&paid, 1000);
        snprintf(path, sizeof(path), "/dispute/%s", paid.ref);
        desk(path, "", 303);
        told = expect_two("charge.dispute.created",
                          "charge.dispute.funds_withdrawn", "open", 3000);
        assert_int_equal(told.fee_minor, 1500);
        assert_string_equal(told.capture_ref, paid.capture);
        desk(path, "", 409);
        /* what is contested is not refunded as well */
        assert_string_equal(refund(&paid).reason, "refused");
        decide(told.part_ref, ends[i].action, 303);
        if (i == 0)
            (void)expect_two("charge.dispute.closed",
                             "charge.dispute.funds_reinstated", "won", 3000);
        else
            (void)expect("charge.dispute.closed", ends[i].state, 3000);
        decide(told.part_ref, "win", 409);
    }
}

/* The payouts there are, as the adapter reads them. */
static size_t payouts(struct sm_pay_payout **out)
{
    const struct sm_pay_time time = {
        .budget_ms = BUDGET_MS, .end_ms = sm_clock_mono_ms() + 4 * BUDGET_MS};
    struct sm_error err = {.message = ""};
    enum sm_status status;
    size_t count = 0;

    status = boxed.processor->ops->payouts(
        out, &count, boxed.processor, boxed.arena,
        sm_clock_now_us() - 24 * HOUR_US, &time, &err);
    for (size_t i = 0; status == SM_OK && i < count; i++)
        status = boxed.processor->ops->payout_lines(&(*out)[i], boxed.processor,
                                                    boxed.arena, &time, &err);
    if (status != SM_OK)
        fail_msg("%s", err.message);
    return count;
}

static void payouts_add_up(void **state)
{
    struct sm_pay_payout *all = NULL;
    struct sm_pay_event event;
    char line[256];
    struct paid paid;
    size_t before;

    (void)state;
    desk("/payout", "", 303); /* what the tests before moved */
    before = payouts(&all);
    assert_true(before >= 1);
    desk("/payout", "", 303); /* nothing has moved since */
    assert_int_equal(payouts(&all), before);
    make_paid(&paid, 1000);
    event = refund(&paid);
    (void)expect("refund.created", "succeeded", 1000);
    desk("/payout", "", 303);
    assert_int_equal(payouts(&all), before + 1);
    /* 1.4 % of 30.00 and 0.25 */
    assert_int_equal(all[before].net_minor, 3000 - 67 - 1000);
    snprintf(line, sizeof(line),
             "[{\"kind\":\"refund\",\"ref\":\"%s\",\"gross_minor\":-1000,"
             "\"fee_minor\":0},{\"kind\":\"capture\",\"ref\":\"%s\","
             "\"gross_minor\":3000,\"fee_minor\":67}]",
             event.part_ref, paid.capture);
    assert_string_equal(all[before].lines, line);
    /* what comes back goes with the next */
    decide(event.part_ref, "fail", 303);
    (void)expect("refund.failed", "failed", 1000);
    desk("/payout", "", 303);
    assert_int_equal(payouts(&all), before + 2);
    assert_int_equal(all[before + 1].net_minor, 1000);
    assert_non_null(
        strstr(all[before + 1].lines, "{\"kind\":\"refund_failed\""));
}

static void two_processes_keep_one_set_of_books(void **state)
{
    struct sm_site second;
    struct sm_pay_event event;
    const char *parts;
    struct paid paid;
    char path[128];

    (void)state;
    make_paid(&paid, 1000);
    event = refund(&paid);
    (void)expect("refund.created", "succeeded", 1000);
    sm_site_start(&second, "sandbox", boxed.text, NULL);
    parts = sm_boxed_get(&boxed, &boxed.site, "/truth/parts");
    assert_non_null(strstr(parts, event.part_ref));
    assert_string_equal(sm_boxed_get(&boxed, &second, "/truth/parts"), parts);
    /* each sees what the other did since */
    snprintf(path, sizeof(path), "/part/%s", event.part_ref);
    sm_bridge_post(&second, path, "action=fail", 303);
    (void)expect("refund.failed", "failed", 1000);
    assert_string_equal(query(&paid).part_state, "failed");
    assert_int_equal(sm_site_stop(&second), 0);
    parts = sm_boxed_get(&boxed, &boxed.site, "/truth/parts");
    assert_int_equal(sm_site_stop(&boxed.site), 0);
    sm_site_start(&boxed.site, "sandbox", boxed.text, NULL);
    assert_string_equal(sm_boxed_get(&boxed, &boxed.site, "/truth/parts"),
                        parts);
}

static void the_front_page_shows_them(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_site_ask(&answer, &boxed.site, &(struct sm_ask){.path = "/"});
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "Refunds, disputes, payouts");
    sm_assert_has(&answer, "Let it fail");
    sm_assert_has(&answer, "<td>payout</td>");
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refund_and_its_message),
        cmocka_unit_test(a_refund_at_the_desk),
        cmocka_unit_test(refunds_as_the_behaviour_says),
        cmocka_unit_test(an_answer_that_is_lost),
        cmocka_unit_test(a_dispute_and_its_end),
        cmocka_unit_test(payouts_add_up),
        cmocka_unit_test(two_processes_keep_one_set_of_books),
        cmocka_unit_test(the_front_page_shows_them),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
