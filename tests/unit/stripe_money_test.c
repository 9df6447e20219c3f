/* links: pay json base */
/* Refunds and disputes as Stripe writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/log.h"
#include "pay/stripe.h"

static const uint8_t refund_id[SM_ID_BYTES] = {1, 2, 3};
static char refund_key[SM_ID_TEXT];
static struct sm_arena *arena;

static int open_arena(void **state)
{
    (void)state;
    sm_log_open("test", SM_LOG_ERROR);
    sm_id_format(refund_key, refund_id);
    arena = sm_arena_new(1 << 20);
    return arena != NULL ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    sm_arena_free(arena);
    return 0;
}

/* TEXT with FROM replaced by TO; the test fails if FROM is not in it. */
static const char *with(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    char *out;

    assert_non_null(at);
    out = sm_arena_printf(arena, "%.*s%s%s", (int)(at - text), text, to,
                          at + strlen(from));
    assert_non_null(out);
    return out;
}

static enum sm_status read_event(struct sm_pay_event *out, const char *type,
                                 const char *object)
{
    const char *text = sm_arena_printf(
        arena,
        "{\"id\":\"evt_1\",\"object\":\"event\",\"api_version\":"
        "\"2024-06-20\",\"created\":1795000000,\"type\":\"%s\","
        "\"livemode\":false,\"data\":{\"object\":%s}}",
        type, object);

    assert_non_null(text);
    return sm_stripe_read_event(out, arena, text, strlen(text), NULL);
}

/* As recorded, but for the numbers. */
static const char refund[] =
    "{\"id\":\"re_3Q1\",\"object\":\"refund\",\"amount\":1500,"
    "\"balance_transaction\":\"txn_3Q1\",\"charge\":\"ch_3Q1\","
    "\"created\":1795000000,\"currency\":\"ron\","
    "\"destination_details\":{\"card\":{\"reference_status\":\"pending\","
    "\"type\":\"refund\"},\"type\":\"card\"},"
    "\"metadata\":{\"order_no\":\"1000000001\",\"refund\":"
    "\"aebagaaaaaaaaaaaaaaaaaaaaa\"},"
    "\"payment_intent\":\"pi_3Q1\",\"reason\":\"requested_by_customer\","
    "\"receipt_number\":null,\"source_transfer_reversal\":null,"
    "\"status\":\"succeeded\",\"transfer_reversal\":null}";

static const char dispute[] =
    "{\"id\":\"dp_1\",\"object\":\"dispute\",\"amount\":1500,"
    "\"balance_transactions\":[{\"id\":\"txn_1\",\"object\":"
    "\"balance_transaction\",\"amount\":-1500,\"currency\":\"ron\","
    "\"fee\":7500,\"net\":-9000,\"reporting_category\":\"dispute\","
    "\"source\":\"dp_1\",\"type\":\"adjustment\"}],\"charge\":\"ch_1\","
    "\"currency\":\"ron\",\"evidence\":{},\"metadata\":{},"
    "\"payment_intent\":\"pi_3Q1\",\"reason\":\"fraudulent\","
    "\"status\":\"needs_response\"}";

static void refunds_of_every_state(void **state)
{
    static const struct {
        const char *theirs, *ours, *reason;
    } states[] = {
        {"pending", "accepted", ""},
        {"requires_action", "accepted", ""},
        {"succeeded", "succeeded", ""},
        {"failed", "failed", "refused"},
        {"canceled", "failed", "cancelled"},
    };
    static const char *const types[] = {"refund.created", "refund.updated",
                                        "refund.failed",
                                        "charge.refund.updated"};
    struct sm_pay_event event;
    size_t i, j;

    (void)state;
    for (i = 0; i < SM_COUNT(states); i++)
        for (j = 0; j < SM_COUNT(types); j++) {
            assert_int_equal(
                read_event(&event, types[j],
                           with(refund, "succeeded", states[i].theirs)),
                SM_OK);
            assert_int_equal(event.kind, SM_PAY_REFUND);
            assert_string_equal(event.part_state, states[i].ours);
            assert_string_equal(event.reason, states[i].reason);
            assert_string_equal(event.part_ref, "re_3Q1");
            assert_string_equal(event.capture_ref, "pi_3Q1");
            assert_string_equal(event.order_no, "1000000001");
            assert_string_equal(event.currency, "RON");
            assert_string_equal(event.key, "evt_1");
            assert_string_equal(event.type, types[j]);
            assert_int_equal(event.amount_minor, 1500);
        }
}

static void refund_names_ours_or_none(void **state)
{
    struct sm_pay_event event;

    (void)state;
    assert_int_equal(
        read_event(&event, "refund.created",
                   with(refund, "aebagaaaaaaaaaaaaaaaaaaaaa", refund_key)),
        SM_OK);
    assert_true(event.has_refund);
    assert_memory_equal(event.refund, refund_id, SM_ID_BYTES);
    /* made in the dashboard: no word of ours in it */
    assert_int_equal(read_event(&event, "refund.created",
                                with(refund,
                                     "\"metadata\":{\"order_no\":"
                                     "\"1000000001\",\"refund\":"
                                     "\"aebagaaaaaaaaaaaaaaaaaaaaa\"}",
                                     "\"metadata\":{}")),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_REFUND);
    assert_false(event.has_refund);
    assert_string_equal(event.order_no, "");
    /* another system's word is not taken for one of ours */
    assert_int_equal(
        read_event(&event, "refund.created",
                   with(refund, "aebagaaaaaaaaaaaaaaaaaaaaa", "R-17")),
        SM_OK);
    assert_false(event.has_refund);
    /* the whole payment intent instead of its number */
    assert_int_equal(
        read_event(&event, "refund.created",
                   with(refund, "\"pi_3Q1\"", "{\"id\":\"pi_3Q1\"}")),
        SM_OK);
    assert_string_equal(event.capture_ref, "pi_3Q1");
    /* of no payment intent: not of money that came by us */
    assert_int_equal(read_event(&event, "refund.created",
                                with(refund, "\"pi_3Q1\"", "null")),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_IGNORED);
    /* names a charge, but no refund */
    assert_int_equal(read_event(&event, "charge.refunded",
                                "{\"id\":\"ch_1\",\"object\":\"charge\","
                                "\"amount_refunded\":1500}"),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_IGNORED);
}

static void failures_have_classes(void **state)
{
    static const struct {
        const char *theirs, *ours;
    } reasons[] = {
        {"expired_or_canceled_card", "card_gone"},
        {"lost_or_stolen_card", "card_gone"},
        {"insufficient_funds", "funds"},
        {"charge_for_pending_refund_disputed", "disputed"},
        {"merchant_request", "cancelled"},
        {"declined", "refused"},
        {"unknown", "refused"},
    };
    struct sm_pay_event event;
    char to[128];
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(reasons); i++) {
        snprintf(to, sizeof(to),
                 "\"status\":\"failed\",\"failure_reason\":\"%s\"",
                 reasons[i].theirs);
        assert_int_equal(
            read_event(&event, "refund.failed",
                       with(refund, "\"status\":\"succeeded\"", to)),
            SM_OK);
        assert_string_equal(event.reason, reasons[i].ours);
    }
}

static void broken_parts_are_refused(void **state)
{
    static const struct {
        const char *from, *to;
    } breaks[] = {
        {"\"re_3Q1\"", "\"\""},
        {"\"re_3Q1\"", "\"re/../x\""},
        {"\"re_3Q1\"", "7"},
        {"\"object\":\"refund\"", "\"object\":\"charge\""},
        {"\"pi_3Q1\"", "\"pi&x=1\""},
        {"1500", "0"},
        {"1500", "-1500"},
        {"1500", "15.5"},
        {"1500", "\"1500\""},
        {"1500", "99999999999999999999"},
        {"\"ron\"", "\"r1n\""},
        {"\"ron\"", "null"},
        {"\"succeeded\"", "\"done\""},
        {"\"succeeded\"", "null"},
    };
    struct sm_pay_event event;
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(breaks); i++)
        assert_int_equal(read_event(&event, "refund.updated",
                                    with(refund, breaks[i].from, breaks[i].to)),
                         SM_INVALID);
    assert_int_equal(read_event(&event, "refund.updated", "null"), SM_INVALID);
    assert_int_equal(read_event(&event, "refund.updated", "[]"), SM_INVALID);
    assert_int_equal(
        read_event(&event, "charge.dispute.created",
                   with(dispute, "\"amount\":1500", "\"amount\":0")),
        SM_INVALID);
    assert_int_equal(read_event(&event, "charge.dispute.created",
                                with(dispute, "\"id\":\"dp_1\"", "\"id\":1")),
                     SM_INVALID);
    assert_int_equal(read_event(&event, "charge.dispute.created", refund),
                     SM_INVALID);
}

static void disputes_of_every_status(void **state)
{
    static const struct {
        const char *theirs, *ours;
    } states[] = {
        {"needs_response", "open"},
        {"under_review", "open"},
        {"won", "won"},
        {"lost", "lost"},
        {"warning_needs_response", NULL},
        {"warning_under_review", NULL},
        {"warning_closed", NULL},
        {"prevented", NULL},
    };
    static const char *const types[] = {
        "charge.dispute.created", "charge.dispute.updated",
        "charge.dispute.closed", "charge.dispute.funds_withdrawn",
        "charge.dispute.funds_reinstated"};
    struct sm_pay_event event;
    size_t i, j;

    (void)state;
    for (i = 0; i < SM_COUNT(states); i++)
        for (j = 0; j < SM_COUNT(types); j++) {
            assert_int_equal(
                read_event(&event, types[j],
                           with(dispute, "needs_response", states[i].theirs)),
                SM_OK);
            assert_string_equal(event.key, "evt_1");
            if (states[i].ours == NULL) {
                assert_int_equal(event.kind, SM_PAY_IGNORED);
                continue;
            }
            assert_int_equal(event.kind, SM_PAY_DISPUTE);
            assert_string_equal(event.part_state, states[i].ours);
            assert_string_equal(event.part_ref, "dp_1");
            assert_string_equal(event.capture_ref, "pi_3Q1");
            assert_string_equal(event.currency, "RON");
            assert_int_equal(event.amount_minor, 1500);
            assert_int_equal(event.fee_minor, 7500);
        }
    assert_int_equal(read_event(&event, "charge.dispute.created",
                                with(dispute, "\"pi_3Q1\"", "null")),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_IGNORED);
}

static void dispute_fees_are_summed(void **state)
{
    static const struct {
        const char *to;
        int64_t fee;
    } fees[] = {
        {"\"fee\":\"7500\"", 0},
        {"\"fee\":0", 0},
        {"\"fee\":-7500", 0},
        {"\"fee\":7500},{\"currency\":\"RON\",\"fee\":25", 7525},
        /* where winning gives the fee back */
        {"\"fee\":7500},{\"currency\":\"ron\",\"fee\":-7500", 0},
        {"\"fee\":7500},{\"currency\":\"eur\",\"fee\":1500", 7500},
        {"\"fee\":7500},\"txn_2\",{\"x\":1", 7500},
    };
    struct sm_pay_event event;
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(fees); i++) {
        assert_int_equal(
            read_event(&event, "charge.dispute.created",
                       with(with(dispute,
                                 "\"net\":-9000,\"reporting_category\":"
                                 "\"dispute\",\"source\":\"dp_1\","
                                 "\"type\":\"adjustment\"",
                                 "\"x\":0"),
                            "\"fee\":7500,\"x\":0", fees[i].to)),
            SM_OK);
        assert_int_equal(event.fee_minor, fees[i].fee);
    }
    assert_int_equal(read_event(&event, "charge.dispute.created",
                                with(dispute, "balance_transactions", "x")),
                     SM_OK);
    assert_int_equal(event.fee_minor, 0);
}

static void body_is_a_function_of_the_rows(void **state)
{
    const struct sm_pay_order order = {.order_no = "1000000001"};
    const struct sm_pay_refund wanted = {
        .key = refund_key, .ref = "", .amount_minor = 1500, .currency = "RON"};
    struct sm_buf body;

    (void)state;
    sm_buf_init(&body, 8192);
    sm_stripe_refund_body(&body, "pi_3Q1", &order, &wanted);
    assert_true(sm_buf_ok(&body));
    assert_string_equal(body.data, with("payment_intent=pi_3Q1&amount=1500"
                                        "&reason=requested_by_customer"
                                        "&metadata%5Brefund%5D=@"
                                        "&metadata%5Border_no%5D=1000000001",
                                        "@", refund_key));
    sm_buf_release(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refunds_of_every_state),
        cmocka_unit_test(refund_names_ours_or_none),
        cmocka_unit_test(failures_have_classes),
        cmocka_unit_test(broken_parts_are_refused),
        cmocka_unit_test(disputes_of_every_status),
        cmocka_unit_test(dispute_fees_are_summed),
        cmocka_unit_test(body_is_a_function_of_the_rows),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
