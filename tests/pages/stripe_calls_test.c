/* needs: testpages */
/* The adapter's calls about refunds and payouts against a processor that does
 * as it is told. */
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "bridge.h"
#include "net/http.h"
#include "payer.h"

enum { BUDGET_MS = 5000 };
#define HOUR_US (INT64_C(3600) * 1000000)

static struct sm_payer fake;
static struct sm_settings *settings;
static struct sm_processor *processor;
static struct sm_arena *arena;

static int start(void **state)
{
    char text[512];

    (void)state;
    assert_int_equal(sm_http_global_init(NULL), SM_OK);
    sm_payer_fake(&fake);
    sm_payer_settings(&fake, text, sizeof(text));
    sm_bridge_adapter(&processor, &settings, text);
    arena = sm_arena_new((size_t)16 << 20);
    return arena != NULL ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    sm_arena_free(arena);
    sm_processor_close(processor);
    sm_settings_free(settings);
    close(fake.fake_in);
    waitpid(fake.fake, NULL, 0);
    sm_http_global_cleanup();
    return 0;
}

static void tell(const char *fmt, ...) SM_PRINTF(1, 2);

static void tell(const char *fmt, ...)
{
    char what[512], *answer;
    va_list args;

    va_start(args, fmt);
    vsnprintf(what, sizeof(what), fmt, args);
    va_end(args);
    answer = sm_payer_tell(&fake, what);
    free(answer);
}

static int refunds_made(void)
{
    char *answer = sm_payer_tell(&fake, "refunds");
    int count = (int)strtol(answer, NULL, 10);

    free(answer);
    return count;
}

/* A new order of 30.00 that is paid, and a wish for a part of it. */
struct paid {
    struct sm_pay_order order;
    struct sm_pay_refund refund;
    char order_no[16];
    char key[SM_ID_TEXT];
    char ref[64];
    char capture[64];
};

static void make_paid(struct paid *out, int64_t minor)
{
    static uint8_t made;
    int64_t now_us = sm_clock_now_us();
    struct sm_pay_event event;

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
    assert_int_equal(processor->ops->create(&event, processor, arena,
                                            &out->order, BUDGET_MS, NULL),
                     SM_OK);
    snprintf(out->ref, sizeof(out->ref), "%s", event.processor_ref);
    snprintf(out->capture, sizeof(out->capture), "pi%s", out->ref + 2);
    tell("pay?id=%s", out->ref);
    out->order.processor_ref = out->ref;
    out->order.capture_ref = out->capture;
    out->refund = (struct sm_pay_refund){
        .id = {0xee, made},
        .key = out->key,
        .ref = "",
        .amount_minor = minor,
        .currency = "RON",
        .asked_us = now_us,
    };
    sm_id_format(out->key, out->refund.id);
}

static enum sm_status refund(struct sm_pay_event *out, const struct paid *paid)
{
    return processor->ops->refund(out, processor, arena, &paid->order,
                                  &paid->refund, BUDGET_MS, NULL);
}

/* Ask AFTER_US after the refund was wanted. */
static enum sm_status query(struct sm_pay_event *out, const struct paid *paid,
                            int64_t after_us)
{
    return processor->ops->refund_query(
        out, processor, arena, &paid->order, &paid->refund,
        paid->refund.asked_us + after_us, BUDGET_MS, NULL);
}

static void assert_refund(const struct sm_pay_event *event,
                          const struct paid *paid, const char *state,
                          const char *reason)
{
    assert_int_equal(event->kind, SM_PAY_REFUND);
    assert_string_equal(event->part_state, state);
    assert_string_equal(event->reason, reason);
    assert_int_equal(event->amount_minor, paid->refund.amount_minor);
    assert_string_equal(event->currency, "RON");
    assert_string_equal(event->capture_ref, paid->capture);
    assert_string_equal(event->order_no, paid->order_no);
    assert_true(event->has_refund);
    assert_memory_equal(event->refund, paid->refund.id, SM_ID_BYTES);
}

static void a_refund_is_made_once(void **state)
{
    struct sm_pay_event event;
    int before = refunds_made();
    struct paid paid;

    (void)state;
    make_paid(&paid, 1000);
    assert_int_equal(refund(&event, &paid), SM_OK);
    assert_refund(&event, &paid, "succeeded", "");
    assert_int_equal(query(&event, &paid, HOUR_US), SM_OK);
    assert_refund(&event, &paid, "succeeded", "");
    assert_int_equal(refunds_made(), before + 1);
}

static void a_lost_answer_is_asked_for_again(void **state)
{
    struct sm_pay_event event;
    int before = refunds_made();
    struct paid paid;

    (void)state;
    make_paid(&paid, 1000);
    tell("mode?refund=lost");
    assert_int_equal(refund(&event, &paid), SM_UNAVAILABLE);
    tell("mode?refund=ok");
    assert_int_equal(query(&event, &paid, HOUR_US), SM_OK);
    assert_refund(&event, &paid, "succeeded", "");
    assert_int_equal(refunds_made(), before + 1);
}

static void a_repeat_is_not_believed_alone(void **state)
{
    struct sm_pay_event event;
    struct paid paid;

    (void)state;
    make_paid(&paid, 1000);
    tell("mode?refund=pending");
    assert_int_equal(refund(&event, &paid), SM_OK);
    assert_refund(&event, &paid, "accepted", "");
    /* its key replays "pending" */
    tell("refund?id=%s&status=failed&failure_reason=lost_or_stolen_card",
         event.part_ref);
    assert_int_equal(query(&event, &paid, HOUR_US), SM_OK);
    assert_refund(&event, &paid, "failed", "card_gone");
    paid.refund.ref = event.part_ref;
    assert_int_equal(query(&event, &paid, 30 * HOUR_US), SM_OK);
    assert_refund(&event, &paid, "failed", "card_gone");
    tell("mode?refund=ok");
}

static void a_refusal_is_certain_and_silence_is_not(void **state)
{
    static const char *const unknown[] = {"down", "lost"};
    struct sm_pay_event event;
    int before = refunds_made();
    struct paid paid;
    size_t i;

    (void)state;
    make_paid(&paid, 4000); /* more than was paid */
    assert_int_equal(refund(&event, &paid), SM_OK);
    assert_refund(&event, &paid, "failed", "refused");
    assert_string_equal(event.part_ref, "");
    assert_int_equal(refunds_made(), before);
    make_paid(&paid, 1000);
    for (i = 0; i < SM_COUNT(unknown); i++) {
        tell("mode?refund=%s", unknown[i]);
        assert_int_equal(refund(&event, &paid), SM_UNAVAILABLE);
        assert_int_equal(query(&event, &paid, HOUR_US), SM_UNAVAILABLE);
    }
    tell("mode?refund=ok");
}

static void the_payment_is_looked_up_if_need_be(void **state)
{
    struct sm_pay_event event;
    struct paid paid, open;

    (void)state;
    make_paid(&paid, 1000);
    paid.order.capture_ref = "";
    assert_int_equal(refund(&event, &paid), SM_OK);
    assert_refund(&event, &paid, "succeeded", "");
    make_paid(&open, 1000);
    open.order.capture_ref = "";
    tell("mode?query=down");
    assert_int_equal(refund(&event, &open), SM_UNAVAILABLE);
    tell("mode?query=ok");
}

static void a_forgotten_key_pays_nothing_twice(void **state)
{
    struct sm_pay_event event;
    struct paid paid;
    int before, i;

    (void)state;
    make_paid(&paid, 1000);
    tell("mode?refund=lost");
    assert_int_equal(refund(&event, &paid), SM_UNAVAILABLE);
    tell("mode?refund=ok");
    tell("forget");
    for (i = 0; i < 3; i++) /* it comes on the last of several pages */
        tell("desk?id=%s&amount=%d", paid.ref, 10 + i);
    tell("mode?page=2");
    before = refunds_made();
    assert_int_equal(query(&event, &paid, 23 * HOUR_US), SM_OK);
    assert_refund(&event, &paid, "succeeded", "");
    assert_int_equal(refunds_made(), before);
    /* the first request of a refund that waited too long looks as well */
    paid.refund.asked_us -= 23 * HOUR_US;
    assert_int_equal(refund(&event, &paid), SM_OK);
    assert_refund(&event, &paid, "succeeded", "");
    assert_int_equal(refunds_made(), before);
    make_paid(&paid, 1000);
    assert_int_equal(query(&event, &paid, 23 * HOUR_US), SM_OK);
    assert_refund(&event, &paid, "failed", "never_made");
    assert_int_equal(refunds_made(), before);
    tell("mode?query=down");
    assert_int_equal(query(&event, &paid, 23 * HOUR_US), SM_UNAVAILABLE);
    tell("mode?query=ok&page=100");
}

static void a_key_used_otherwise_is_searched_for(void **state)
{
    struct sm_pay_event event;
    struct paid paid;

    (void)state;
    make_paid(&paid, 1000);
    assert_int_equal(refund(&event, &paid), SM_OK);
    paid.refund.amount_minor = 900;
    assert_int_equal(query(&event, &paid, HOUR_US), SM_OK);
    assert_int_equal(event.amount_minor, 1000);
    assert_string_equal(event.part_state, "succeeded");
}

/* The payouts since SINCE_S as "ref net lines" each, to the first that does
 * not come; UNREAD: so many of them cannot be read. */
static enum sm_status payouts_but(char *out, size_t size, long long since_s,
                                  int *unread)
{
    const struct sm_pay_time time = {
        .budget_ms = BUDGET_MS, .end_ms = sm_clock_mono_ms() + 4 * BUDGET_MS};
    struct sm_pay_payout *all = NULL;
    enum sm_status status;
    size_t count = 0, len = 0;

    out[0] = '\0';
    *unread = 0;
    status = processor->ops->payouts(&all, &count, processor, arena,
                                     since_s * 1000000, &time, NULL);
    for (size_t i = 0; status == SM_OK && i < count; i++) {
        status = processor->ops->payout_lines(&all[i], processor, arena, &time,
                                              NULL);
        if (status == SM_INVALID) {
            status = SM_OK;
            (*unread)++;
            continue;
        }
        if (status != SM_OK)
            break;
        len += (size_t)snprintf(out + len, size - len,
                                "%s %" PRId64 " %s %04d-%02d-%02d %s\n",
                                all[i].ref, all[i].net_minor, all[i].currency,
                                all[i].arrived_on.year, all[i].arrived_on.month,
                                all[i].arrived_on.day, all[i].lines);
        assert_true(len < size);
    }
    return status;
}

/* The same where all can be read. */
static enum sm_status payouts(char *out, size_t size, long long since_s)
{
    int unread;
    enum sm_status status = payouts_but(out, size, since_s, &unread);

    assert_int_equal(unread, 0);
    return status;
}

static void payouts_are_read_with_their_lines(void **state)
{
    static char text[65536];

    (void)state;
    /* 2026-06-01, 2026-06-02 and, listed before them, 2026-05-31 */
    tell("payout?id=po_b&arrival=1780272000&lines=charge:3000:67:pi_1%%20"
         "refund:-1000:0:re_1%%20stripe_fee:-20:0:");
    tell("payout?id=po_c&arrival=1780358400&lines=charge:500:32:pi_2");
    tell("payout?id=po_a&arrival=1780185600&automatic=0&lines=charge:7:0:pi_0");
    tell("payout?id=po_x&arrival=1780358400&status=failed&lines=charge:1:0:p");
    assert_int_equal(payouts(text, sizeof(text), 1780185600 + 3600), SM_OK);
    assert_string_equal(
        text,
        "po_a 7 RON 2026-05-31 [{\"kind\":\"other\",\"ref\":\"po_a\","
        "\"gross_minor\":7,\"fee_minor\":0}]\n"
        "po_b 1913 RON 2026-06-01 ["
        "{\"kind\":\"fee\",\"ref\":\"\",\"gross_minor\":0,\"fee_minor\":20},"
        "{\"kind\":\"refund\",\"ref\":\"re_1\",\"gross_minor\":-1000,"
        "\"fee_minor\":0},"
        "{\"kind\":\"capture\",\"ref\":\"pi_1\",\"gross_minor\":3000,"
        "\"fee_minor\":67}]\n"
        "po_c 468 RON 2026-06-02 [{\"kind\":\"capture\",\"ref\":\"pi_2\","
        "\"gross_minor\":500,\"fee_minor\":32}]\n");
    /* the same over pages of one item */
    tell("mode?page=1");
    assert_int_equal(payouts(text, sizeof(text), 1780272000), SM_OK);
    assert_non_null(strstr(text, "\"pi_1\""));
    assert_non_null(strstr(text, "po_c 468"));
    assert_null(strstr(text, "po_a"));
    tell("mode?page=100");
}

static void a_payout_that_does_not_add_up_holds_up_nobody(void **state)
{
    static char text[65536];
    int unread;

    (void)state;
    tell("payout?id=po_d&arrival=1790000000&lines=charge:500:32:pi_4");
    tell("payout?id=po_e&arrival=1790086400&off=1&lines=charge:500:32:pi_5");
    tell("payout?id=po_f&arrival=1790172800&lines=charge:500:32:pi_6");
    assert_int_equal(payouts(text, sizeof(text), 1789999000), SM_OK);
    assert_non_null(strstr(text, "po_d 468"));
    assert_non_null(strstr(text, "po_e 469 RON 2026-09-22 [{\"kind\":"
                                 "\"capture\",\"ref\":\"pi_5\","
                                 "\"gross_minor\":500,\"fee_minor\":32}]"));
    assert_non_null(strstr(text, "po_f 468"));
    /* nor does one that cannot be read: no line of its own, or one that is
     * no sum */
    tell("payout?id=po_g&arrival=1790259200&off=9");
    tell("payout?id=po_h&arrival=1790345600&off=-9007199254740000"
         "&lines=charge:9007199254740991:0:p");
    tell("payout?id=po_i&arrival=1790432000&lines=charge:500:32:pi_7");
    tell("payout?id=po_j&arrival=1790432000");
    assert_int_equal(payouts_but(text, sizeof(text), 1790172800, &unread),
                     SM_OK);
    assert_int_equal(unread, 2);
    assert_non_null(strstr(text, "po_f 468"));
    assert_non_null(strstr(text, "po_i 468"));
    assert_non_null(strstr(text, "po_j 0 RON 2026-09-26 []"));
    tell("mode?query=down");
    assert_int_equal(payouts(text, sizeof(text), 1789999000), SM_UNAVAILABLE);
    tell("mode?query=ok");
}

/* The processor answers all pages but one: what it says is certain there. */
static void refused_lines_are_no_silence(void **state)
{
    static char text[65536];
    int unread;

    (void)state;
    tell("mode?lines=refuse");
    assert_int_equal(payouts_but(text, sizeof(text), 1790432000, &unread),
                     SM_OK);
    assert_int_equal(unread, 2);
    tell("mode?lines=down");
    assert_int_equal(payouts(text, sizeof(text), 1790432000), SM_UNAVAILABLE);
    tell("mode?lines=ok");
    tell("mode?query=refuse"); /* of the list itself nothing is known */
    assert_int_equal(payouts(text, sizeof(text), 1790432000), SM_UNAVAILABLE);
    tell("mode?query=ok");
}

static enum sm_status list_within(int budget_ms, int64_t end_ms,
                                  const atomic_bool *stop)
{
    const struct sm_pay_time time = {
        .budget_ms = budget_ms, .end_ms = end_ms, .stop = stop};
    struct sm_pay_payout *all = NULL;
    size_t count = 0;

    return processor->ops->payouts(&all, &count, processor, arena, 0, &time,
                                   NULL);
}

static void payouts_end_in_time(void **state)
{
    int64_t began = sm_clock_mono_ms();

    (void)state;
    /* all of the time is over, though a call could last */
    assert_int_equal(list_within(BUDGET_MS, began - 1, NULL), SM_UNAVAILABLE);
    /* a call is over, though much of the whole is left */
    tell("mode?query=slow");
    assert_int_equal(list_within(300, began + 60000, NULL), SM_UNAVAILABLE);
    assert_in_range(sm_clock_mono_ms() - began, 250, 1400);
    tell("mode?query=ok");
}

static atomic_bool stop_now;

static void *stop_soon(void *arg)
{
    (void)arg;
    usleep(2000 * 1000);
    atomic_store(&stop_now, true);
    return NULL;
}

/* Pages of one item that take 1.5 s each: the one under way is read to its
 * end, and no other is begun. */
static void payouts_stop_between_pages(void **state)
{
    int64_t began = sm_clock_mono_ms();
    pthread_t thread;

    (void)state;
    assert_int_equal(list_within(BUDGET_MS, began + 60000, &stop_now), SM_OK);
    tell("mode?query=slow&page=1");
    began = sm_clock_mono_ms();
    assert_int_equal(pthread_create(&thread, NULL, stop_soon, NULL), 0);
    assert_int_equal(list_within(BUDGET_MS, began + 60000, &stop_now),
                     SM_UNAVAILABLE);
    assert_in_range(sm_clock_mono_ms() - began, 2000, 4400);
    pthread_join(thread, NULL);
    assert_int_equal(list_within(BUDGET_MS, began + 60000, &stop_now),
                     SM_UNAVAILABLE);
    tell("mode?query=ok&page=100");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refund_is_made_once),
        cmocka_unit_test(a_lost_answer_is_asked_for_again),
        cmocka_unit_test(a_repeat_is_not_believed_alone),
        cmocka_unit_test(a_refusal_is_certain_and_silence_is_not),
        cmocka_unit_test(the_payment_is_looked_up_if_need_be),
        cmocka_unit_test(a_forgotten_key_pays_nothing_twice),
        cmocka_unit_test(a_key_used_otherwise_is_searched_for),
        cmocka_unit_test(payouts_are_read_with_their_lines),
        cmocka_unit_test(a_payout_that_does_not_add_up_holds_up_nobody),
        cmocka_unit_test(refused_lines_are_no_silence),
        cmocka_unit_test(payouts_end_in_time),
        cmocka_unit_test(payouts_stop_between_pages),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
