/* links: pay json money crypto base */
/* Netopia: answers as recorded, sums that must not be rounded. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pay/netopia.h"

#define STAMP INT64_C(1795000000)
#define POS "ABCD-EFGH-IJKL-MNOP-QRST"

static struct sm_arena *arena;
static const struct sm_pay_order order = {
    .payment = {0},
    .order_no = "1000000001",
    .processor_ref = "1309088",
    .capture_ref = "1309088",
    .amount_minor = 14999,
    .currency = "RON",
    .email = "ana+x@example.com",
    .lang = "ro",
    .hint = "4321",
    .created_us = STAMP * 1000000,
};

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

static enum sm_status read_notice(struct sm_pay_event *out, const char *text)
{
    return sm_netopia_read_notice(out, arena, text, strlen(text), NULL);
}

static void expect_notice(int status, enum sm_pay_kind kind, const char *reason,
                          const char *part_state)
{
    struct sm_pay_event event;
    char text[256];

    (void)snprintf(text, sizeof(text),
                   "{\"order\":{\"orderID\":\"1000000001\"},\"payment\":{"
                   "\"amount\":149.99,\"currency\":\"RON\",\"ntpID\":"
                   "\"1309088\",\"status\":%d}}",
                   status);
    assert_int_equal(read_notice(&event, text), SM_OK);
    assert_int_equal(event.kind, kind);
    assert_string_equal(event.reason, reason);
    assert_string_equal(event.part_state, part_state);
    assert_string_equal(event.order_no, "1000000001");
    assert_string_equal(event.processor_ref, "1309088");
    assert_int_equal(event.amount_minor, kind == SM_PAY_CAPTURED ||
                                                 kind == SM_PAY_REFUND ||
                                                 kind == SM_PAY_DISPUTE
                                             ? 14999
                                             : 0);
    if (kind == SM_PAY_REFUND)
        assert_string_equal(event.part_ref, "");
    if (kind == SM_PAY_DISPUTE)
        assert_string_equal(event.part_ref, "1309088");
}

static void what_each_status_becomes(void **state)
{
    static const int waits[] = {2,  6,  7,  13, 14, 15, 18,
                                19, 20, 21, 22, 24, 99};
    size_t i;

    (void)state;
    expect_notice(3, SM_PAY_CAPTURED, "", "");
    expect_notice(5, SM_PAY_CAPTURED, "", "");
    expect_notice(1, SM_PAY_IGNORED, "", "");
    expect_notice(11, SM_PAY_DECLINED, "refused", "");
    expect_notice(12, SM_PAY_DECLINED, "refused", "");
    expect_notice(4, SM_PAY_CLOSED, "cancelled", "");
    expect_notice(17, SM_PAY_CLOSED, "cancelled", "");
    expect_notice(23, SM_PAY_CLOSED, "expired", "");
    expect_notice(8, SM_PAY_REFUND, "", "succeeded");
    expect_notice(9, SM_PAY_DISPUTE, "", "open");
    expect_notice(16, SM_PAY_DISPUTE, "", "open");
    expect_notice(10, SM_PAY_DISPUTE, "", "lost");
    for (i = 0; i < SM_COUNT(waits); i++)
        expect_notice(waits[i], SM_PAY_PENDING, "", "");
}

/* A notification of money whose amount is written AMOUNT. */
static enum sm_status read_amount(int64_t *out, const char *amount)
{
    struct sm_pay_event event;
    enum sm_status status;
    char text[256];

    (void)snprintf(text, sizeof(text),
                   "{\"order\":{\"orderID\":\"1\"},\"payment\":{\"amount\":%s,"
                   "\"currency\":\"RON\",\"ntpID\":\"1\",\"status\":3}}",
                   amount);
    status = read_notice(&event, text);
    *out = event.amount_minor;
    return status;
}

static void sums_are_exact(void **state)
{
    static const struct {
        const char *text;
        int64_t minor;
    } good[] = {
        {"0.01", 1},
        {"0.1", 10},
        {"1", 100},
        {"1.0", 100},
        {"1.10", 110},
        {"19.99", 1999},
        {"0.29", 29},
        {"4.35", 435},
        {"1.005e3", 100500},
        {"2.675e2", 26750},
        {"8.2", 820},
        {"99999999.99", 9999999999},
        {"99999999.98", 9999999998},
        {"33333333.33", 3333333333},
        {"1000000.01", 100000001},
        {"\"149.99\"", 14999},
        {"1e2", 10000},
    };
    static const char *const bad[] = {
        "0",    "-1",        "0.001",          "1.005",   "149.995", "0.009999",
        "null", "\"\"",      "\"1,5\"",        "\"abc\"", "true",    "{}",
        "1e30", "0.1000001", "9.999999999999", "\"1e2\"", "-0.01",
    };
    int64_t minor, i;
    char text[32];

    (void)state;
    for (i = 0; i < (int64_t)SM_COUNT(good); i++) {
        if (read_amount(&minor, good[i].text) != SM_OK ||
            minor != good[i].minor)
            fail_msg("%s became %" PRId64, good[i].text, minor);
    }
    for (i = 0; i < (int64_t)SM_COUNT(bad); i++)
        if (read_amount(&minor, bad[i]) != SM_INVALID)
            fail_msg("%s was taken", bad[i]);
    /* every sum comes back as it went out */
    for (i = 1; i <= INT64_C(9999999999); i += i < 20000 ? 1 : i / 997) {
        (void)snprintf(text, sizeof(text), "%" PRId64 ".%02" PRId64, i / 100,
                       i % 100);
        if (read_amount(&minor, text) != SM_OK || minor != i)
            fail_msg("%s became %" PRId64, text, minor);
        if (i % 512 == 0)
            sm_arena_clear(arena);
    }
    sm_arena_clear(arena);
}

static void notices_that_are_none(void **state)
{
    static const char *const texts[] = {
        "",
        "[]",
        "{}",
        "{\"order\":{\"orderID\":\"1\"}}",
        "{\"order\":{},\"payment\":{\"ntpID\":\"1\",\"status\":3,\"amount\":1,"
        "\"currency\":\"RON\"}}",
        "{\"order\":{\"orderID\":\"1\"},\"payment\":{\"ntpID\":\"1\","
        "\"status\":3,\"amount\":1,\"currency\":\"lei\"}}",
        "{\"order\":{\"orderID\":\"1\"},\"payment\":{\"ntpID\":\"\",\"status\":"
        "3,\"amount\":1,\"currency\":\"RON\"}}",
        "{\"order\":{\"orderID\":\"1\"},\"payment\":{\"ntpID\":\"a:b\","
        "\"status\":3,\"amount\":1,\"currency\":\"RON\"}}",
        "{\"order\":{\"orderID\":\"1\"},\"payment\":{\"ntpID\":\"1\","
        "\"status\":\"3\",\"amount\":1,\"currency\":\"RON\"}}",
        "{\"order\":{\"orderID\":\"1\"},\"payment\":{\"ntpID\":\"1\","
        "\"status\":3,\"status\":3,\"amount\":1,\"currency\":\"RON\"}}",
        "{\"order\":{\"orderID\":\"1\"},\"payment\":{\"ntpID\":\"1\","
        "\"status\":8,\"amount\":0,\"currency\":\"RON\"}}",
        "{\"order\":{\"orderID\":\"1\"},\"payment\":{\"ntpID\":\"1\","
        "\"status\":-3}}",
    };
    struct sm_pay_event event;
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(texts); i++)
        if (read_notice(&event, texts[i]) != SM_INVALID)
            fail_msg("%s", texts[i]);
}

static enum sm_status read_start(struct sm_pay_event *out, const char *text)
{
    return sm_netopia_read_start(out, arena, &order, text, strlen(text), NULL);
}

static void answers_to_a_start(void **state)
{
    struct sm_pay_event event;

    (void)state;
    assert_int_equal(
        read_start(&event,
                   "{\"customerAction\":{},\"error\":{\"code\":\"101\","
                   "\"message\":\"Redirect user to payment page\"},"
                   "\"payment\":{\"amount\":149.99,\"currency\":\"RON\","
                   "\"ntpID\":\"1309088\",\"paymentURL\":"
                   "\"https://secure.sandbox.example/ui/card?p=1309088\","
                   "\"status\":1}}"),
        SM_OK);
    assert_int_equal(event.kind, SM_PAY_OPEN);
    assert_string_equal(event.processor_ref, "1309088");
    assert_string_equal(event.order_no, "1000000001");
    assert_string_equal(event.redirect_url,
                        "https://secure.sandbox.example/ui/card?p=1309088");
    /* another step of theirs, and a payment that is there already */
    assert_int_equal(read_start(&event,
                                "{\"error\":{\"code\":\"100\"},\"payment\":{"
                                "\"ntpID\":\"1309088\",\"status\":15}}"),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_PENDING);
    assert_int_equal(read_start(&event,
                                "{\"error\":{\"code\":\"00\"},\"payment\":{"
                                "\"ntpID\":\"1309088\",\"status\":3,"
                                "\"amount\":149.99,\"currency\":\"RON\"}}"),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_CAPTURED);
    assert_int_equal(event.amount_minor, 14999);
    /* the number was used: paid, or with another sum */
    assert_int_equal(
        read_start(&event, "{\"error\":{\"code\":\"56\",\"message\":\"Order "
                           "closed\"},\"payment\":{\"amount\":200,\"currency\":"
                           "\"RON\",\"ntpID\":\"1309088\",\"status\":5}}"),
        SM_CONFLICT);
    assert_int_equal(read_start(&event, "{\"error\":{\"code\":99}}"),
                     SM_CONFLICT);
    /* refused, and not said */
    assert_int_equal(
        read_start(&event, "{\"error\":{\"code\":\"34\"},\"payment\":{}}"),
        SM_DECLINED);
    assert_int_equal(read_start(&event, "{\"error\":{\"code\":\"101\"}}"),
                     SM_UNAVAILABLE);
    assert_int_equal(read_start(&event,
                                "{\"error\":{\"code\":\"34\"},\"payment\":{"
                                "\"ntpID\":\"1309088\",\"status\":1}}"),
                     SM_UNAVAILABLE);
    assert_int_equal(read_start(&event, "{\"error\":{\"code\":\"100\"}}"),
                     SM_UNAVAILABLE);
    assert_int_equal(
        read_start(&event, "{\"code\":\"401\",\"message\":\"Unauthorized\"}"),
        SM_UNAVAILABLE);
    assert_int_equal(read_start(&event, "<html>"), SM_UNAVAILABLE);
    assert_int_equal(read_start(&event,
                                "{\"error\":{\"code\":\"101\"},\"payment\":{"
                                "\"ntpID\":\"1\",\"status\":1,\"paymentURL\":"
                                "\"javascript:alert(1)\"}}"),
                     SM_UNAVAILABLE);
}

static enum sm_status read_status(struct sm_pay_event *out, const char *text)
{
    int status = 0;

    return sm_netopia_read_status(out, &status, arena, &order, text,
                                  strlen(text), NULL);
}

#define STATUS(number, payment, status)                                        \
    "{\"order\":{\"ntpID\":\"" payment "\",\"orderID\":\"" number              \
    "\",\"amount\":149.99,\"currency\":\"RON\"},\"payment\":{\"ntpID\":"       \
    "\"" payment "\",\"status\":" status                                       \
    ",\"amount\":100.5,\"currency\":\"RON\"}}"

static void answers_about_an_order(void **state)
{
    struct sm_pay_event event;

    (void)state;
    assert_int_equal(read_status(&event, STATUS("1000000001", "1309088", "5")),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_CAPTURED);
    assert_int_equal(event.amount_minor, 10050);
    assert_string_equal(event.capture_ref, "1309088");
    /* once money went back, the payment's own sum is that part */
    assert_int_equal(read_status(&event, STATUS("1000000001", "1309088", "8")),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_CAPTURED);
    assert_int_equal(event.amount_minor, 14999);
    assert_int_equal(read_status(&event, STATUS("1000000001", "1309088", "12")),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_OPEN);
    assert_int_equal(event.amount_minor, 0);
    assert_int_equal(read_status(&event, STATUS("1000000001", "1309088", "23")),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_CLOSED);
    assert_int_equal(read_status(&event, STATUS("1000000001", "1309088", "13")),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_PENDING);
    /* another order's, by either number */
    assert_int_equal(read_status(&event, STATUS("1000000002", "1309088", "3")),
                     SM_UNAVAILABLE);
    assert_int_equal(read_status(&event, STATUS("1000000001", "1309089", "3")),
                     SM_UNAVAILABLE);
    assert_int_equal(read_status(&event, "{\"payment\":{\"status\":3,"
                                         "\"amount\":1,\"currency\":\"RON\"}}"),
                     SM_UNAVAILABLE);
    /* no such order; the gateway's word is none about it */
    assert_int_equal(read_status(&event, "{\"error\":{\"code\":\"103\"}}"),
                     SM_NOT_FOUND);
    assert_int_equal(read_status(&event, "{\"code\":\"401\"}"), SM_UNAVAILABLE);
    assert_int_equal(read_status(&event, "{\"error\":{\"code\":\"00\"}}"),
                     SM_UNAVAILABLE);
    assert_int_equal(read_status(&event, ""), SM_UNAVAILABLE);
    assert_int_equal(
        read_status(&event, "{\"order\":{\"orderID\":\"1000000001\"},"
                            "\"payment\":{\"ntpID\":\"1309088\",\"status\":3,"
                            "\"amount\":1.005,\"currency\":\"RON\"}}"),
        SM_UNAVAILABLE);
}

static enum sm_status read_credit(const char *text)
{
    const struct sm_pay_refund refund = {
        .key = "k", .ref = "", .amount_minor = 1250, .currency = "RON"};

    return sm_netopia_read_credit(arena, &refund, text, strlen(text), NULL);
}

static void answers_to_a_refund(void **state)
{
    (void)state;
    assert_int_equal(
        read_credit("{\"error\":{\"code\":\"00\",\"message\":\"Approved\"},"
                    "\"payment\":{\"ntpID\":\"1309088\",\"status\":8,"
                    "\"amount\":12.5,\"currency\":\"RON\"}}"),
        SM_OK);
    assert_int_equal(read_credit("{\"error\":{\"code\":\"103\"}}"),
                     SM_DECLINED);
    /* approved, but nothing, another sum or another currency given back */
    assert_int_equal(
        read_credit("{\"error\":{\"code\":\"00\"},\"payment\":{\"status\":5,"
                    "\"amount\":12.5,\"currency\":\"RON\"}}"),
        SM_UNAVAILABLE);
    assert_int_equal(
        read_credit("{\"error\":{\"code\":\"0\"},\"payment\":{\"status\":8,"
                    "\"amount\":149.99,\"currency\":\"RON\"}}"),
        SM_UNAVAILABLE);
    assert_int_equal(
        read_credit("{\"error\":{\"code\":\"00\"},\"payment\":{\"status\":8,"
                    "\"amount\":12.5,\"currency\":\"EUR\"}}"),
        SM_UNAVAILABLE);
    assert_int_equal(read_credit("{\"code\":\"401\"}"), SM_UNAVAILABLE);
    assert_int_equal(read_credit("down"), SM_UNAVAILABLE);
}

static void body_is_a_function_of_the_row(void **state)
{
    static const char payer[] =
        "{\"email\":\"ana+x@example.com\",\"phone\":\"-\",\"firstName\":\"-\","
        "\"lastName\":\"-\",\"city\":\"-\",\"country\":642,\"countryName\":"
        "\"Romania\",\"state\":\"-\",\"postalCode\":\"000000\",\"details\":"
        "\"-\"}";
    struct sm_buf body;
    char wanted[4096];

    (void)state;
    (void)snprintf(
        wanted, sizeof(wanted),
        "{\"config\":{\"emailTemplate\":\"\",\"emailSubject\":\"\","
        "\"cancelUrl\":\"https://pay.example/ro/pay/status/"
        "aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"notifyUrl\":\"https://pay.example/gw/"
        "notify/netopia\",\"redirectUrl\":\"https://pay.example/ro/pay/return/"
        "aaaaaaaaaaaaaaaaaaaaaaaaaa\",\"language\":\"ro\"},\"payment\":{"
        "\"options\":{\"installments\":0,\"bonus\":0},\"instrument\":{"
        "\"type\":\"card\"},\"data\":{}},\"order\":{\"ntpID\":\"\","
        "\"posSignature\":\"" POS "\",\"dateTime\":\"2026-11-18T11:06:40Z\","
        "\"description\":\"Ap\xc4\x83 \\\"Gaz\\\", ...4321\",\"orderID\":"
        "\"1000000001\",\"amount\":149.99,\"currency\":\"RON\",\"billing\":%s,"
        "\"shipping\":%s,\"products\":[{\"name\":\"Ap\xc4\x83 \\\"Gaz\\\", "
        "...4321\",\"code\":\"1000000001\",\"category\":\"bill\",\"price\":"
        "149.99,\"vat\":0}],\"installments\":{\"selected\":0,\"available\":[0]}"
        ",\"data\":{}}}",
        payer, payer);
    sm_buf_init(&body, 8192);
    sm_netopia_start_body(&body, &order, POS, "https://pay.example",
                          "Apă \"Gaz\"");
    assert_true(sm_buf_ok(&body));
    assert_string_equal(body.data, wanted);
    assert_null(strstr(body.data, "account"));
    sm_buf_release(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_each_status_becomes),
        cmocka_unit_test(sums_are_exact),
        cmocka_unit_test(notices_that_are_none),
        cmocka_unit_test(answers_to_a_start),
        cmocka_unit_test(answers_about_an_order),
        cmocka_unit_test(answers_to_a_refund),
        cmocka_unit_test(body_is_a_function_of_the_row),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
