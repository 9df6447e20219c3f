/* links: pay json money crypto base */
/* EuPlatesc: the hash of its own panel, messages signed by Python's hmac. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/clock.h"
#include "pay/euplatesc.h"

#define EP_ID "15F124618DA2E299CBEFA787A09464352946F422"
#define NONCE "a1b2c3d4e5f60718293a4b5c6d7e8f90"
#define GOOD "9DB43D78E8238AB0BA55F4A98072CFB0"
#define END_US INT64_C(1795000000000000)

static struct sm_arena *arena;
static struct sm_euplatesc_terms terms = {.merchant = "testaccount",
                                          .extra = ""};
static const struct sm_pay_order order = {
    .order_no = "1000000001",
    .processor_ref = "",
    .capture_ref = EP_ID,
    .amount_minor = 14999,
    .currency = "RON",
    .expires_us = END_US,
};

static int open_arena(void **state)
{
    (void)state;
    arena = sm_arena_new(1 << 20);
    return arena != NULL ? (int)sm_euplatesc_key_read(
                               &terms.key, "00112233445566778899AABBCCDDEEFF")
                         : -1;
}

static int close_arena(void **state)
{
    (void)state;
    sm_arena_free(arena);
    return 0;
}

static void hash_of_their_panel(void **state)
{
    const struct sm_pay_field fields[] = {
        {"amount", "1.00"},
        {"curr", "RON"},
        {"invoice_id", "00012"},
        {"order_desc", "Test order"},
        {"merch_id", "testaccount"},
        {"timestamp", "20190101000000"},
        {"nonce", "f7d93357a7040619bc416881c479687f"},
    };
    char hash[SM_EUPLATESC_HASH];

    (void)state;
    assert_int_equal(
        sm_euplatesc_hash(hash, &terms.key, fields, SM_COUNT(fields)), SM_OK);
    assert_string_equal(hash, "7C92021205130AB01AAA014E4B47222A");
}

static void keys_are_hex_digits(void **state)
{
    static const char *const bad[] = {
        "", "00112233445566", "0011223344556677889", "zz112233445566778899"};
    struct sm_euplatesc_key key;
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(bad); i++)
        assert_int_equal(sm_euplatesc_key_read(&key, bad[i]), SM_INVALID);
    assert_int_equal(sm_euplatesc_key_read(&key, "00112233445566778899aabb"),
                     SM_OK);
    assert_int_equal(key.len, 12);
}

static void local_time_follows_the_law(void **state)
{
    static const struct {
        int64_t s;
        const char *text;
    } cases[] = {
        {1768000000, "20260110010640"}, /* winter */
        {1774745999, "20260329025959"}, /* a second before summer time */
        {1774746000, "20260329040000"}, /* 01:00 UTC, 29 March */
        {1782000000, "20260621030000"}, /* summer */
        {1792889999, "20261025035959"}, /* 25 October */
        {1792890000, "20261025030000"}, /* 01:00 UTC: the hour comes twice */
    };
    char text[15];
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(cases); i++) {
        sm_euplatesc_local(text, cases[i].s * 1000000);
        assert_string_equal(text, cases[i].text);
    }
}

/* What a message holds; the rest is the same in each. */
struct message {
    const char *amount, *curr, *ep_id, *merchant, *action, *message, *approval;
    const char *tail, *hash;
};

static const struct message good = {
    "149.99", "RON", EP_ID, "testaccount", "0", "Approved", "123456", "", GOOD,
};

static enum sm_status read_message(struct sm_pay_event *out,
                                   const struct message *m)
{
    char text[2048];

    snprintf(text, sizeof(text),
             "amount=%s&curr=%s&invoice_id=1000000001&ep_id=%s&merch_id=%s"
             "&action=%s&message=%s&approval=%s&timestamp=20261125120000"
             "&nonce=" NONCE "&fp_hash=%s%s",
             m->amount, m->curr, m->ep_id, m->merchant, m->action, m->message,
             m->approval, m->hash, m->tail);
    return sm_euplatesc_read_message(out, arena, &terms, text, strlen(text),
                                     NULL);
}

static void approval_is_money(void **state)
{
    struct message m = good;
    struct sm_pay_event event;

    (void)state;
    assert_int_equal(read_message(&event, &m), SM_OK);
    assert_int_equal(event.kind, SM_PAY_CAPTURED);
    assert_int_equal(event.amount_minor, 14999);
    assert_string_equal(event.currency, "RON");
    assert_string_equal(event.order_no, "1000000001");
    assert_string_equal(event.processor_ref, EP_ID);
    assert_string_equal(event.capture_ref, EP_ID);
    assert_string_equal(event.key, EP_ID ":0:" NONCE);
    /* lower-case hex and fields that are not signed change nothing */
    m.hash = "9db43d78e8238ab0ba55f4a98072cfb0";
    m.tail = "&email=ana%40example.org&ExtraData%5Bx%5D=1&sec_status=9";
    assert_int_equal(read_message(&event, &m), SM_OK);
    assert_int_equal(event.kind, SM_PAY_CAPTURED);
    /* the largest and the least sum, another currency */
    m = good;
    m.amount = "99999999.99";
    m.hash = "FA3EEB712B4D1931AE9DF624A8FFBC62";
    assert_int_equal(read_message(&event, &m), SM_OK);
    assert_true(event.amount_minor == INT64_C(9999999999));
    m.amount = "0.01";
    m.curr = "EUR";
    m.hash = "29CF0D77745EF07DCB1E2C45BE047801";
    assert_int_equal(read_message(&event, &m), SM_OK);
    assert_int_equal(event.amount_minor, 1);
    assert_string_equal(event.currency, "EUR");
}

static void altered_fields_are_refused(void **state)
{
    struct sm_euplatesc_terms other = terms;
    struct sm_pay_event event;
    struct message m;

    (void)state;
#define TRY(field, value)                                                      \
    m = good;                                                                  \
    m.field = (value);                                                         \
    assert_int_equal(read_message(&event, &m), SM_DENIED)
    TRY(amount, "1.00");
    TRY(amount, "");
    TRY(curr, "EUR");
    TRY(ep_id, "25F124618DA2E299CBEFA787A09464352946F422");
    TRY(merchant, "othermerchant");
    TRY(action, "1");
    TRY(message, "");
    TRY(approval, "");
    TRY(hash, "");
    TRY(hash, "9DB43D78E8238AB0BA55F4A98072CFB1");
    TRY(hash, GOOD "0");
    /* a field twice, the second as good as the first */
    TRY(tail, "&amount=149.99");
    TRY(tail, "&fp_hash=" GOOD);
    TRY(tail, "&invoice_id=1000000002");
    TRY(tail, "&x=%zz");
#undef TRY
    /* signed, but for another merchant with the same key */
    m = good;
    m.merchant = "other";
    m.hash = "6D6ED7ACDEB51C38AA6D46E941F9945F";
    assert_int_equal(read_message(&event, &m), SM_DENIED);
    /* another key */
    assert_int_equal(
        sm_euplatesc_key_read(&terms.key, "10112233445566778899AABBCCDDEEFF"),
        SM_OK);
    assert_int_equal(read_message(&event, &good), SM_DENIED);
    terms = other;
    assert_int_equal(
        sm_euplatesc_read_message(&event, arena, &terms, "", 0, NULL),
        SM_DENIED);
}

static void refusal_keeps_the_form_payable(void **state)
{
    struct message m = good;
    struct sm_pay_event event;

    (void)state;
    m.action = "2";
    m.message = "Declined";
    m.approval = "";
    m.hash = "B829D043CD63D17AA1FACDE8E8E660FF";
    assert_int_equal(read_message(&event, &m), SM_OK);
    assert_int_equal(event.kind, SM_PAY_DECLINED);
    assert_int_equal(event.amount_minor, 0);
    assert_string_equal(event.processor_ref, "");
    assert_string_equal(event.reason, "refused");
    /* lengths count bytes, not letters */
    m = good;
    m.action = "2";
    m.message = "Refuzat%C4%83";
    m.hash = "713C6CD8FB869BD1274E7969C64BE5E6";
    assert_int_equal(read_message(&event, &m), SM_OK);
    assert_int_equal(event.kind, SM_PAY_DECLINED);
}

static void signed_but_not_readable(void **state)
{
    static const struct {
        struct message m;
    } cases[] = {
        {{"0.00", "RON", EP_ID, "testaccount", "0", "Approved", "123456", "",
          "D0A740A369DCBD88981CA0898BFFF298"}},
        {{"149.995", "RON", EP_ID, "testaccount", "0", "Approved", "123456", "",
          "FB83F8DBEC888F1CE16B85124E7AA49D"}},
        {{"149.99", "ron", EP_ID, "testaccount", "0", "Approved", "123456", "",
          "98DB34627CFAF68F0B962C3A32EFE31E"}},
        {{"149.99", "RON", "", "testaccount", "0", "Approved", "123456", "",
          "8144E25B3888F337B78F246E03121333"}},
        {{"149.99", "RON", "a%3Ab", "testaccount", "0", "Approved", "123456",
          "", "4F24E3651E4AA196F3B5E28B9235EFD7"}},
        {{"149.99", "RON", EP_ID, "testaccount", "0", "Approved", "123456",
          "&sec_status=8&sec_status=8", GOOD}},
    };
    struct sm_pay_event event;
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(cases); i++)
        assert_int_equal(read_message(&event, &cases[i].m), SM_INVALID);
}

static void review_is_waited_for(void **state)
{
    struct sm_euplatesc_terms plain = terms;
    struct message m = good;
    struct sm_pay_event event;

    (void)state;
    /* suspicion and every unknown word: neither money nor a refusal */
    m.tail = "&sec_status=5";
    assert_int_equal(read_message(&event, &m), SM_OK);
    assert_int_equal(event.kind, SM_PAY_PENDING);
    assert_int_equal(event.amount_minor, 0);
    assert_string_equal(event.key, EP_ID ":0:" NONCE ":review");
    m.tail = "&sec_status=1";
    assert_int_equal(read_message(&event, &m), SM_OK);
    assert_int_equal(event.kind, SM_PAY_PENDING);
    /* where a review is agreed, its end is believed only if signed */
    terms.review = true;
    m.tail = "&sec_status=8";
    assert_int_equal(read_message(&event, &m), SM_OK);
    assert_int_equal(event.kind, SM_PAY_PENDING);
    assert_int_equal(read_message(&event, &good), SM_OK);
    assert_int_equal(event.kind, SM_PAY_PENDING);
    terms.extra = "sec_status";
    m.hash = "CC6473DEFFF247B4CF08D2C6BDB4D724";
    assert_int_equal(read_message(&event, &m), SM_OK);
    assert_int_equal(event.kind, SM_PAY_CAPTURED);
    m.tail = "&sec_status=9";
    assert_int_equal(read_message(&event, &m), SM_DENIED);
    m.tail = "&sec_status=5";
    m.hash = "8DDB2BF38C56DF5E7A7B27DC38235FA2";
    assert_int_equal(read_message(&event, &m), SM_OK);
    assert_int_equal(event.kind, SM_PAY_PENDING);
    terms = plain;
}

/* One transaction as recorded, with ACTION and more members. */
#define ITEM(action, more)                                                     \
    "{\"merch_id\":\"testaccount\",\"invoice_id\":\"1000000001\",\"ep_id\":"   \
    "\"" EP_ID "\",\"action\":\"" action "\",\"message\":\"x\",\"captured\":"  \
    "\"0\",\"masked_card\":\"444444xxxxxx4444\",\"tran_type\":\"Normal\"" more \
    "}"

static enum sm_status read_status(struct sm_pay_event *out, const char *text,
                                  int64_t now_us)
{
    return sm_euplatesc_read_status(out, arena, &terms, "404, 405", &order,
                                    now_us, text, strlen(text), NULL);
}

static void expect_kind(const char *text, int64_t now_us, enum sm_pay_kind kind,
                        const char *reason)
{
    struct sm_pay_event event;

    assert_int_equal(read_status(&event, text, now_us), SM_OK);
    assert_int_equal(event.kind, kind);
    assert_string_equal(event.reason, reason);
    assert_string_equal(event.order_no, "1000000001");
    if (kind == SM_PAY_CAPTURED)
        assert_string_equal(event.capture_ref, EP_ID);
}

static void answers_about_an_order(void **state)
{
    const int64_t late = END_US + INT64_C(901) * 1000000;
    struct sm_pay_event event;

    (void)state;
    expect_kind("{\"success\":[" ITEM("0", "") "]}", END_US, SM_PAY_CAPTURED,
                "");
    expect_kind("{\"success\":[" ITEM("0", ",\"sec_status\":\"9\"") "]}",
                END_US, SM_PAY_CAPTURED, "");
    expect_kind("{\"success\":[" ITEM("0", ",\"sec_status\":\"6\"") "]}", late,
                SM_PAY_PENDING, "");
    expect_kind("{\"success\":[" ITEM("", "") "]}", late, SM_PAY_PENDING, "");
    /* a try that failed leaves the form payable until its end, and a while
     * for a card that is with its bank then */
    expect_kind("{\"success\":[" ITEM("2", "") "]}", END_US, SM_PAY_OPEN, "");
    expect_kind("{\"success\":[" ITEM("2", "") "]}", late - 2000000,
                SM_PAY_OPEN, "");
    expect_kind("{\"success\":[" ITEM("2", "") "]}", late, SM_PAY_CLOSED,
                "declined");
    expect_kind("{\"success\":[" ITEM("2", "") "," ITEM("0", "") "]}", late,
                SM_PAY_CAPTURED, "");
    /* never posted */
    expect_kind("{\"success\":[]}", END_US, SM_PAY_OPEN, "");
    expect_kind("{\"success\":[]}", late, SM_PAY_CLOSED, "expired");
    expect_kind("{\"error\":\"none\",\"ecode\":\"405\"}", late, SM_PAY_CLOSED,
                "expired");
    /* the list as text, as their own library shows it */
    expect_kind("{\"success\":\"[]\"}", END_US, SM_PAY_OPEN, "");
    /* the sum is theirs where they say it, else that of the form */
    assert_int_equal(
        read_status(&event, "{\"success\":[" ITEM("0", "") "]}", END_US),
        SM_OK);
    assert_int_equal(event.amount_minor, 14999);
    assert_string_equal(event.currency, "RON");
    assert_int_equal(
        read_status(&event,
                    "{\"success\":[" ITEM("0", ",\"amount\":\"12.50\","
                                               "\"currency\":\"EUR\"") "]}",
                    END_US),
        SM_OK);
    assert_int_equal(event.amount_minor, 1250);
    assert_string_equal(event.currency, "EUR");
}

static void answers_that_say_nothing(void **state)
{
    static const char *const texts[] = {
        "",
        "[]",
        "{}",
        "not json",
        "{\"success\":\"1\"}",
        "{\"success\":{}}",
        "{\"error\":\"none\",\"ecode\":\"40\"}",
        "{\"error\":\"none\"}",
        "{\"success\":[" ITEM("0", ",\"amount\":\"1.005\"") "]}",
        "{\"success\":[" ITEM("0", ",\"amount\":\"-1.00\"") "]}",
        "{\"success\":[" ITEM("0", ",\"currency\":\"lei\"") "]}",
        "{\"success\":[{\"merch_id\":\"testaccount\",\"invoice_id\":"
        "\"1000000002\",\"ep_id\":\"" EP_ID "\",\"action\":\"0\"}]}",
        "{\"success\":[{\"merch_id\":\"other\",\"invoice_id\":"
        "\"1000000001\",\"ep_id\":\"" EP_ID "\",\"action\":\"0\"}]}",
        "{\"success\":[{\"merch_id\":\"testaccount\",\"invoice_id\":"
        "\"1000000001\",\"action\":\"0\"}]}",
    };
    struct sm_pay_event event;
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(texts); i++)
        assert_int_equal(read_status(&event, texts[i], END_US), SM_UNAVAILABLE);
}

static enum sm_status done(const char *text)
{
    return sm_euplatesc_read_done(arena, text, strlen(text), NULL);
}

static void answers_to_a_refund(void **state)
{
    const char *text =
        "{\"success\":[" ITEM("0", ",\"refunded\":\"12.50\"") "]}";
    int64_t minor = 0;

    (void)state;
    assert_int_equal(done("{\"success\":\"1\"}"), SM_OK);
    assert_int_equal(done("{\"success\":1}"), SM_OK);
    assert_int_equal(done("{\"error\":\"no\",\"ecode\":\"12\"}"), SM_DECLINED);
    assert_int_equal(done("{\"success\":\"0\",\"error\":\"no\"}"),
                     SM_UNAVAILABLE);
    assert_int_equal(done("{}"), SM_UNAVAILABLE);
    assert_int_equal(done("down"), SM_UNAVAILABLE);
    assert_int_equal(sm_euplatesc_read_refunded(&minor, arena, &terms, &order,
                                                text, strlen(text), NULL),
                     SM_OK);
    assert_int_equal(minor, 1250);
    text = "{\"success\":[" ITEM("0", "") "]}";
    assert_int_equal(sm_euplatesc_read_refunded(&minor, arena, &terms, &order,
                                                text, strlen(text), NULL),
                     SM_UNAVAILABLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hash_of_their_panel),
        cmocka_unit_test(keys_are_hex_digits),
        cmocka_unit_test(local_time_follows_the_law),
        cmocka_unit_test(approval_is_money),
        cmocka_unit_test(altered_fields_are_refused),
        cmocka_unit_test(refusal_keeps_the_form_payable),
        cmocka_unit_test(signed_but_not_readable),
        cmocka_unit_test(review_is_waited_for),
        cmocka_unit_test(answers_about_an_order),
        cmocka_unit_test(answers_that_say_nothing),
        cmocka_unit_test(answers_to_a_refund),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
