/* needs: portal pay */
/* BORICA's reversals. They are asked for by the jobs program, so the adapter is
 * called itself. */
#include "payer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pay/borica.h"

static struct sm_payer payer;

static int start(void **state)
{
    (void)state;
    sm_payer_open_as(&payer, "fake_borica.py", "RON", sm_payer_borica);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_payer_close(&payer);
    return 0;
}

static struct sm_processor *open_adapter(struct sm_settings **conf)
{
    struct sm_processor *processor = NULL;
    char path[] = "/tmp/smetka-borica.XXXXXX", text[2048];
    struct sm_error err;
    FILE *file = fdopen(mkstemp(path), "w");

    assert_non_null(file);
    sm_payer_borica(&payer, text, sizeof(text));
    fputs(text, file);
    fclose(file);
    if (sm_settings_load(conf, path, &err) != SM_OK ||
        sm_borica_open(&processor, *conf, &err) != SM_OK)
        fail_msg("%s", err.message);
    remove(path);
    return processor;
}

static const struct sm_pay_order sale = {.order_no = "1000000077",
                                         .idempotency_key = "",
                                         .processor_ref = "AB",
                                         .capture_ref = "028701253242/"
                                                        "B7A68A9F37E8586E",
                                         .amount_minor = 8000,
                                         .currency = "RON",
                                         .email = "",
                                         .lang = "bg",
                                         .hint = "1234"};
static const struct sm_pay_refund part = {.id = {0xAB, 1},
                                          .key = "",
                                          .ref = "",
                                          .amount_minor = 3000,
                                          .currency = "RON",
                                          .asked_us = 1000000};

/* The adapter, and where it puts what it reads. */
struct desk {
    struct sm_settings *conf;
    struct sm_processor *processor;
    struct sm_arena *arena;
    struct sm_pay_event event;
};

static void open_desk(struct desk *out)
{
    out->arena = sm_arena_new(1 << 22);
    out->processor = open_adapter(&out->conf);
}

static void close_desk(struct desk *desk)
{
    sm_processor_close(desk->processor);
    sm_settings_free(desk->conf);
    sm_arena_free(desk->arena);
}

/* Ask for WANTED while the gateway answers ANSWER. */
static enum sm_status reverse(struct desk *desk,
                              const struct sm_pay_refund *wanted,
                              const char *answer)
{
    char state[128];

    snprintf(state, sizeof(state), "state?%s", answer);
    free(sm_payer_tell(&payer, state));
    return desk->processor->ops->refund(&desk->event, desk->processor,
                                        desk->arena, &sale, wanted, 5000, NULL);
}

/* Ask about WANTED at NOW_US. */
static enum sm_status ask_about(struct desk *desk,
                                const struct sm_pay_refund *wanted,
                                int64_t now_us)
{
    return desk->processor->ops->refund_query(&desk->event, desk->processor,
                                              desk->arena, &sale, wanted,
                                              now_us, 5000, NULL);
}

/* The last two transactions the gateway saw. */
static void expect_asked(const char *types)
{
    char *asked = sm_payer_tell(&payer, "asked");

    assert_string_equal(asked + strlen(asked) - strlen(types), types);
    free(asked);
}

static void test_refunds(void **state)
{
    struct desk desk;

    (void)state;
    open_desk(&desk);
    assert_int_equal(
        reverse(&desk, &part, "ACTION=0&RC=00&AMOUNT=30.00&CURRENCY=RON"),
        SM_OK);
    assert_int_equal(desk.event.kind, SM_PAY_REFUND);
    assert_string_equal(desk.event.part_state, "succeeded");
    assert_int_equal(desk.event.amount_minor, 3000);
    assert_true(desk.event.has_refund);
    assert_string_equal(desk.event.part_ref,
                        "AB010000000000000000000000000000");
    /* another sum than was asked for: nothing is certain */
    assert_int_equal(
        reverse(&desk, &part, "ACTION=0&RC=00&AMOUNT=80.00&CURRENCY=RON"),
        SM_UNAVAILABLE);
    assert_int_equal(
        reverse(&desk, &part, "ACTION=2&RC=95&AMOUNT=30.00&CURRENCY=RON"),
        SM_OK);
    assert_string_equal(desk.event.part_state, "failed");
    assert_int_equal(
        reverse(&desk, &part, "ACTION=3&RC=-4&AMOUNT=30.00&CURRENCY=RON"),
        SM_UNAVAILABLE);
    /* it never came there: it is asked for again, within the gateway's day */
    free(sm_payer_tell(&payer, "state?ACTION=3&RC=-24&AMOUNT=&CURRENCY=USD"));
    assert_int_equal(ask_about(&desk, &part, 2000000), SM_UNAVAILABLE);
    expect_asked("90 24");
    assert_int_equal(ask_about(&desk, &part, INT64_C(90000) * 1000000),
                     SM_UNAVAILABLE);
    expect_asked("24 90");
    close_desk(&desk);
}

/* The gateway takes one reversal a sale, and answers about the sale. */
static void test_a_second_refund(void **state)
{
    struct sm_pay_refund second = part;
    struct desk desk;

    (void)state;
    open_desk(&desk);
    second.others = 1;
    assert_int_equal(ask_about(&desk, &second, 2000000), SM_UNAVAILABLE);
    second.others_minor = 3000;
    assert_int_equal(
        reverse(&desk, &second, "ACTION=0&RC=00&AMOUNT=30.00&CURRENCY=RON"),
        SM_OK);
    assert_string_equal(desk.event.part_state, "failed");
    close_desk(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refunds),
        cmocka_unit_test(test_a_second_refund),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
