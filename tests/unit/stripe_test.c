/* links: pay json crypto base */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pay/stripe.h"

/* The vector of the vendor's own library: this body, secret and stamp. */
#define BODY "{\n  \"id\": \"evt_test_webhook\",\n  \"object\": \"event\"\n}"
#define SECRET "whsec_test_secret"
#define STAMP INT64_C(1614265330)
#define GOOD "af4ead0627a34a8cca29808e8de9ada8e41a92e6237c63cef6eacf51d36cca34"
#define BAD "bf4ead0627a34a8cca29808e8de9ada8e41a92e6237c63cef6eacf51d36cca34"

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

static enum sm_status check(const char *secrets, const char *header,
                            const char *body, int64_t real_s)
{
    return sm_stripe_signature(secrets, header, body, strlen(body),
                               real_s * 1000000, NULL);
}

static void accepts_the_vendors_vector(void **state)
{
    (void)state;
    assert_int_equal(check(SECRET, "t=1614265330,v1=" GOOD, BODY, STAMP),
                     SM_OK);
    /* any v1 may fit; v0 never counts; order does not matter */
    assert_int_equal(check(SECRET,
                           "v1=" BAD ",v0=" GOOD ",v1=" GOOD ",t=1614265330",
                           BODY, STAMP),
                     SM_OK);
    /* either secret while one is being replaced */
    assert_int_equal(
        check("whsec_new, " SECRET, "t=1614265330,v1=" GOOD, BODY, STAMP),
        SM_OK);
    assert_int_equal(
        check(SECRET ",whsec_new", "t=1614265330,v1=" GOOD, BODY, STAMP),
        SM_OK);
}

static void refuses_forgeries(void **state)
{
    static const char *const headers[] = {
        "",
        "t=1614265330",
        "v1=" GOOD,
        "t=1614265330,v1=" BAD,
        "t=1614265330,v0=" GOOD,
        "t=1614265330,v1=" GOOD "0",
        "t=1614265330,v1=af4e",
        "t=1614265331,v1=" GOOD,
        "t=+1614265330,v1=" GOOD,
        "t=1614265330,t=1614265330,v1=" GOOD,
        "t=99999999999999999999999999,v1=" GOOD,
        "t=1614265330 ,v1=" GOOD,
    };
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(headers); i++)
        assert_int_equal(check(SECRET, headers[i], BODY, STAMP), SM_DENIED);
    assert_int_equal(check("whsec_other", "t=1614265330,v1=" GOOD, BODY, STAMP),
                     SM_DENIED);
    assert_int_equal(check("", "t=1614265330,v1=" GOOD, BODY, STAMP),
                     SM_DENIED);
    assert_int_equal(check(SECRET, "t=1614265330,v1=" GOOD, BODY " ", STAMP),
                     SM_DENIED);
}

static void window_is_closed_on_both_sides(void **state)
{
    const char *header = "t=1614265330,v1=" GOOD;

    (void)state;
    assert_int_equal(check(SECRET, header, BODY, STAMP + 300), SM_OK);
    assert_int_equal(check(SECRET, header, BODY, STAMP - 300), SM_OK);
    assert_int_equal(check(SECRET, header, BODY, STAMP + 301), SM_DENIED);
    assert_int_equal(check(SECRET, header, BODY, STAMP - 301), SM_DENIED);
}

/* An event of TYPE around a checkout session, as recorded. */
static enum sm_status session_event(struct sm_pay_event *out, const char *type,
                                    const char *status, const char *paid)
{
    char text[2048];

    snprintf(text, sizeof(text),
             "{\"id\":\"evt_1\",\"object\":\"event\",\"api_version\":"
             "\"2024-06-20\",\"type\":\"%s\",\"livemode\":false,"
             "\"data\":{\"object\":{\"id\":\"cs_test_a1\",\"object\":"
             "\"checkout.session\",\"amount_subtotal\":14999,"
             "\"amount_total\":14999,\"client_reference_id\":\"SM-1\","
             "\"currency\":\"ron\",\"expires_at\":1795000000,"
             "\"metadata\":{\"order_no\":\"SM-1\"},\"mode\":\"payment\","
             "\"payment_intent\":\"pi_1\",\"payment_status\":\"%s\","
             "\"status\":\"%s\",\"ui_mode\":\"hosted_page\",\"url\":%s}}}",
             type, paid, status,
             strcmp(status, "open") == 0
                 ? "\"https://checkout.stripe.com/c/pay/cs_test_a1#x\""
                 : "null");
    return sm_stripe_read_event(out, arena, text, strlen(text), NULL);
}

static void completed_settles_only_if_paid(void **state)
{
    struct sm_pay_event event;

    (void)state;
    assert_int_equal(
        session_event(&event, "checkout.session.completed", "complete", "paid"),
        SM_OK);
    assert_int_equal(event.kind, SM_PAY_CAPTURED);
    assert_int_equal(event.amount_minor, 14999);
    assert_string_equal(event.currency, "RON");
    assert_string_equal(event.order_no, "SM-1");
    assert_string_equal(event.processor_ref, "cs_test_a1");
    assert_string_equal(event.key, "evt_1");
    assert_int_equal(session_event(&event, "checkout.session.completed",
                                   "complete", "unpaid"),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_PENDING);
    assert_int_equal(event.amount_minor, 0);
}

static void other_session_events(void **state)
{
    struct sm_pay_event event;

    (void)state;
    assert_int_equal(session_event(&event,
                                   "checkout.session.async_payment_succeeded",
                                   "complete", "paid"),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_CAPTURED);
    assert_int_equal(session_event(&event,
                                   "checkout.session.async_payment_failed",
                                   "complete", "unpaid"),
                     SM_OK);
    assert_int_equal(event.kind, SM_PAY_CLOSED);
    assert_string_equal(event.reason, "declined");
    assert_int_equal(
        session_event(&event, "checkout.session.expired", "expired", "unpaid"),
        SM_OK);
    assert_int_equal(event.kind, SM_PAY_CLOSED);
    assert_string_equal(event.reason, "expired");
    assert_int_equal(
        session_event(&event, "customer.created", "open", "unpaid"), SM_OK);
    assert_int_equal(event.kind, SM_PAY_IGNORED);
    assert_int_equal(session_event(&event, "checkout.session.completed",
                                   "something", "unpaid"),
                     SM_INVALID);
}

static void decline_keeps_the_page_payable(void **state)
{
    static const char text[] =
        "{\"id\":\"evt_2\",\"object\":\"event\",\"type\":"
        "\"payment_intent.payment_failed\",\"data\":{\"object\":{\"id\":"
        "\"pi_1\",\"object\":\"payment_intent\",\"metadata\":{\"order_no\":"
        "\"SM-1\"},\"last_payment_error\":{\"code\":\"card_declined\","
        "\"decline_code\":\"insufficient_funds\"}}}}";
    struct sm_pay_event event;

    (void)state;
    assert_int_equal(
        sm_stripe_read_event(&event, arena, text, sizeof(text) - 1, NULL),
        SM_OK);
    assert_int_equal(event.kind, SM_PAY_DECLINED);
    assert_string_equal(event.order_no, "SM-1");
    assert_string_equal(event.reason, "funds");
}

static void read_session(struct sm_pay_event *out, const char *text,
                         enum sm_status expected)
{
    const struct sm_json *session = NULL;

    assert_int_equal(sm_json_parse(&session, arena, text, strlen(text), NULL),
                     SM_OK);
    assert_int_equal(sm_stripe_read_session(out, arena, session, NULL),
                     expected);
}

static void sessions_from_queries(void **state)
{
    /* paid, but nobody can say how much */
    static const char *const no_sums[] = {
        "\"currency\":\"ron\",\"amount_total\":12.5",
        "\"currency\":\"ron\",\"amount_total\":null",
        "\"currency\":\"ron\",\"amount_total\":0",
        "\"currency\":\"ron\",\"amount_total\":-1",
        "\"currency\":\"ron\",\"amount_total\":\"12\"",
        "\"currency\":\"ron\",\"amount_total\":1e17",
        "\"currency\":\"ron\",\"amount_total\":99999999999999999999",
        "\"currency\":\"r n\",\"amount_total\":1",
        "\"currency\":null,\"amount_total\":1",
        "\"amount_total\":1",
    };
    struct sm_pay_event event;
    char text[256];
    size_t i;

    (void)state;
    read_session(
        &event,
        "{\"id\":\"cs_1\",\"object\":\"checkout.session\",\"status\":"
        "\"open\",\"payment_status\":\"unpaid\",\"expires_at\":1795000000,"
        "\"url\":\"https://checkout.stripe.com/c/pay/cs_1\"}",
        SM_OK);
    assert_int_equal(event.kind, SM_PAY_OPEN);
    assert_true(event.expires_us == INT64_C(1795000000000000));
    read_session(&event,
                 "{\"id\":\"cs_1\",\"object\":\"checkout.session\",\"status\":"
                 "\"complete\",\"payment_status\":\"unpaid\","
                 "\"payment_intent\":{\"status\":\"processing\"}}",
                 SM_OK);
    assert_int_equal(event.kind, SM_PAY_PENDING);
    read_session(&event,
                 "{\"id\":\"cs_1\",\"object\":\"checkout.session\",\"status\":"
                 "\"complete\",\"payment_status\":\"unpaid\","
                 "\"payment_intent\":{\"status\":\"requires_payment_method\"}}",
                 SM_OK);
    assert_int_equal(event.kind, SM_PAY_CLOSED);
    for (i = 0; i < SM_COUNT(no_sums); i++) {
        snprintf(text, sizeof(text),
                 "{\"id\":\"cs_1\",\"object\":\"checkout.session\","
                 "\"status\":\"complete\",\"payment_status\":\"paid\",%s}",
                 no_sums[i]);
        read_session(&event, text, SM_INVALID);
    }
    read_session(&event,
                 "{\"id\":\"cs_1\",\"object\":\"checkout.session\",\"status\":"
                 "\"open\",\"payment_status\":\"unpaid\",\"url\":"
                 "\"javascript:alert(1)\"}",
                 SM_INVALID);
    read_session(&event, "{\"id\":\"pi_1\",\"object\":\"payment_intent\"}",
                 SM_INVALID);
}

static void body_is_a_function_of_the_row(void **state)
{
    struct sm_pay_order order = {
        .payment = {0},
        .order_no = "SM-1",
        .idempotency_key = "k",
        .processor_ref = "",
        .amount_minor = 14999,
        .currency = "RON",
        .email = "ana+x@example.com",
        .lang = "ro",
        .hint = "4321",
        .expires_us = INT64_C(1795000000000000),
    };
    char name[202] = "";
    struct sm_buf body;
    size_t i;

    (void)state;
    sm_buf_init(&body, 8192);
    sm_stripe_create_body(&body, &order, "https://pay.example", "Apă & Gaz");
    assert_true(sm_buf_ok(&body));
    assert_string_equal(
        body.data,
        "mode=payment&submit_type=pay&locale=ro&client_reference_id=SM-1"
        "&customer_email=ana%2Bx%40example.com"
        "&line_items%5B0%5D%5Bquantity%5D=1"
        "&line_items%5B0%5D%5Bprice_data%5D%5Bcurrency%5D=ron"
        "&line_items%5B0%5D%5Bprice_data%5D%5Bunit_amount%5D=14999"
        "&line_items%5B0%5D%5Bprice_data%5D%5Bproduct_data%5D%5Bname%5D="
        "Ap%C4%83%20%26%20Gaz%2C%20...4321"
        "&success_url=https%3A%2F%2Fpay.example%2Fro%2Fpay%2Freturn%2F"
        "aaaaaaaaaaaaaaaaaaaaaaaaaa"
        "&cancel_url=https%3A%2F%2Fpay.example%2Fro%2Fpay%2Fstatus%2F"
        "aaaaaaaaaaaaaaaaaaaaaaaaaa"
        "&expires_at=1795000000&metadata%5Border_no%5D=SM-1"
        "&metadata%5Bpayment%5D=k"
        "&payment_intent_data%5Bmetadata%5D%5Border_no%5D=SM-1");
    /* a name that is too long is not cut in the middle of a letter */
    memcpy(name, "a", 1);
    for (i = 0; i < 100; i++)
        memcpy(name + 1 + 2 * i, "б", 2);
    sm_buf_clear(&body);
    sm_stripe_create_body(&body, &order, "https://pay.example", name);
    assert_non_null(strstr(body.data, "%D0%B1%2C%20...4321"));
    sm_buf_release(&body);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_the_vendors_vector),
        cmocka_unit_test(refuses_forgeries),
        cmocka_unit_test(window_is_closed_on_both_sides),
        cmocka_unit_test(completed_settles_only_if_paid),
        cmocka_unit_test(other_session_events),
        cmocka_unit_test(decline_keeps_the_page_payable),
        cmocka_unit_test(sessions_from_queries),
        cmocka_unit_test(body_is_a_function_of_the_row),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
