/* links: pay json base */
/* The lines of payouts as Stripe writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pay/stripe.h"

static struct sm_arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = sm_arena_new(1 << 20);
    return arena != NULL ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    sm_arena_free(arena);
    return 0;
}

static const struct sm_json *parse(const char *text)
{
    const struct sm_json *json = NULL;

    assert_int_equal(sm_json_parse(&json, arena, text, strlen(text), NULL),
                     SM_OK);
    return json;
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

/* The line that TXN becomes in a payout in RON. */
static enum sm_status read_line(char *out, size_t size, const char *txn)
{
    const struct sm_pay_payout payout = {.ref = "po_1", .currency = "RON"};
    enum sm_status status;
    struct sm_buf lines;

    sm_buf_init(&lines, size - 1);
    status = sm_stripe_read_line(&lines, arena, &payout, parse(txn), NULL);
    assert_true(sm_buf_ok(&lines));
    (void)sm_copy(out, size, lines.data);
    sm_buf_release(&lines);
    return status;
}

#define TXN(type, amount, fee, net, source)                                    \
    "{\"id\":\"txn_1\",\"object\":\"balance_transaction\",\"amount\":" amount  \
    ",\"currency\":\"ron\",\"fee\":" fee ",\"net\":" net ",\"type\":\"" type   \
    "\",\"source\":" source "}"
#define CHARGE                                                                 \
    "{\"id\":\"ch_1\",\"object\":\"charge\",\"payment_intent\":\"pi_1\"}"
#define LINE(kind, ref, gross, fee)                                            \
    "{\"kind\":\"" kind "\",\"ref\":\"" ref "\",\"gross_minor\":" gross        \
    ",\"fee_minor\":" fee "}"

static void lines_of_a_payout(void **state)
{
    static const struct {
        const char *txn, *line;
    } known[] = {
        {TXN("charge", "3000", "67", "2933", CHARGE),
         LINE("capture", "pi_1", "3000", "67")},
        {TXN("payment", "3000", "67", "2933",
             "{\"id\":\"py_1\",\"payment_intent\":{\"id\":\"pi_2\"}}"),
         LINE("capture", "pi_2", "3000", "67")},
        /* a charge without an intent is known to nobody, and says so */
        {TXN("charge", "3000", "67", "2933", "\"ch_9\""),
         LINE("capture", "ch_9", "3000", "67")},
        {TXN("refund", "-1500", "0", "-1500",
             "{\"id\":\"re_1\",\"object\":\"refund\"}"),
         LINE("refund", "re_1", "-1500", "0")},
        {TXN("payment_refund", "-1500", "0", "-1500", "\"re_2\""),
         LINE("refund", "re_2", "-1500", "0")},
        {TXN("refund_failure", "1500", "0", "1500", "\"re_1\""),
         LINE("refund_failed", "re_1", "1500", "0")},
        {TXN("payment_failure_refund", "1500", "0", "1500", "\"re_1\""),
         LINE("refund_failed", "re_1", "1500", "0")},
        /* a payment that did not come after all */
        {TXN("payment_failure_refund", "-1500", "0", "-1500", "\"pyr_1\""),
         LINE("refund", "pyr_1", "-1500", "0")},
        {TXN("adjustment", "-3000", "7500", "-10500",
             "{\"id\":\"du_1\",\"object\":\"dispute\"}"),
         LINE("dispute", "du_1", "-3000", "7500")},
        {TXN("adjustment", "3000", "0", "3000", "\"dp_1\""),
         LINE("dispute_won", "dp_1", "3000", "0")},
        {TXN("adjustment", "3000", "0", "3000", "\"xx_1\""),
         LINE("other", "xx_1", "3000", "0")},
        {TXN("stripe_fee", "-120", "0", "-120", "null"),
         LINE("fee", "", "0", "120")},
        {TXN("stripe_fee", "-100", "20", "-120", "null"),
         LINE("fee", "", "0", "120")},
        {TXN("reserve_transaction", "-500", "0", "-500", "null"),
         LINE("other", "", "-500", "0")},
        /* the payout's own entry, and one that came back */
        {TXN("payout", "-2933", "0", "-2933", "\"po_1\""), ""},
        {TXN("payout_failure", "2933", "0", "2933", "\"po_0\""),
         LINE("other", "po_0", "2933", "0")},
    };
    char line[256];
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(known); i++) {
        assert_int_equal(read_line(line, sizeof(line), known[i].txn), SM_OK);
        assert_string_equal(line, known[i].line);
    }
}

static void broken_lines_are_refused(void **state)
{
    static const char good[] = TXN("charge", "3000", "67", "2933", CHARGE);
    static const struct {
        const char *from, *to;
    } breaks[] = {
        {"balance_transaction", "charge"},
        {"\"type\":\"charge\"", "\"type\":\"\""},
        {"\"fee\":67", "\"fee\":66"},
        {"\"fee\":67", "\"fee\":null"},
        {"\"amount\":3000", "\"amount\":3000.5"},
        {"\"amount\":3000,", ""},
        {"\"net\":2933", "\"net\":\"2933\""},
        {"\"ron\"", "\"eur\""},
        {"\"ron\"", "\"\""},
        {CHARGE, "\"ch\\\"1\""},
    };
    char line[256];
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(breaks); i++) {
        assert_int_equal(read_line(line, sizeof(line),
                                   with(good, breaks[i].from, breaks[i].to)),
                         SM_INVALID);
        assert_string_equal(line, "");
    }
    /* sums that their total in the database could overflow with */
    assert_int_equal(read_line(line, sizeof(line),
                               TXN("charge", "9007199254740991", "0",
                                   "9007199254740991", CHARGE)),
                     SM_INVALID);
}

static void lines_are_joined(void **state)
{
    const struct sm_pay_payout payout = {.ref = "po_1", .currency = "RON"};
    const struct sm_json *txn =
        parse(TXN("refund", "-1500", "0", "-1500", "\"re_1\""));
    struct sm_buf lines;

    (void)state;
    sm_buf_init(&lines, 4096);
    assert_int_equal(sm_stripe_read_line(&lines, arena, &payout, txn, NULL),
                     SM_OK);
    assert_int_equal(sm_stripe_read_line(&lines, arena, &payout, txn, NULL),
                     SM_OK);
    assert_string_equal(lines.data,
                        LINE("refund", "re_1", "-1500",
                             "0") "," LINE("refund", "re_1", "-1500", "0"));
    sm_buf_release(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_of_a_payout),
        cmocka_unit_test(broken_lines_are_refused),
        cmocka_unit_test(lines_are_joined),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
