/* links: pay net json crypto config base */
/* The BORICA adapter against the gateway's own signatures and those of its
 * instruction; what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/text.h"
#include "borica_vectors.h"
#include "crypto/crypto.h"
#include "data.h"
#include "pay/borica.h"

#define TEXT_MAX 4096
#define HOUR_US (INT64_C(3600) * 1000000)

static struct sm_arena *arena;
static struct sm_settings *settings;

static int open_arena(void **state)
{
    (void)state;
    arena = sm_arena_new(1 << 22);
    return arena != NULL ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    sm_settings_free(settings);
    settings = NULL;
    sm_arena_free(arena);
    return 0;
}

/* Open the adapter as the test terminal V1800001; EXTRA settings win. */
static enum sm_status open_with(struct sm_processor **out, const char *extra)
{
    char path[] = "/tmp/smetka-borica.XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");
    enum sm_status status;
    struct sm_error err;

    assert_non_null(file);
    (void)fprintf(file,
                  "processor = borica\nborica.merchant = 1600000001\n"
                  "borica.private_key_file = %s/borica_merchant.key\n"
                  "borica.gateway_keys = %s/borica_gateway.cer\n"
                  "company.name_bg = Електра Аква и всичко останало, което "
                  "се плаща\n%s",
                  SM_TEST_DATA, SM_TEST_DATA, extra);
    (void)fclose(file);
    sm_settings_free(settings);
    settings = NULL;
    status = sm_settings_load(&settings, path, &err);
    unlink(path);
    if (status != SM_OK)
        fail_msg("%s", err.message);
    return sm_borica_open(out, settings, &err);
}

#define TERMINAL "borica.terminal = V1800001\n"
#define OLD_TERMINAL TERMINAL "borica.mac = advanced\n"

static enum sm_status verify(struct sm_pay_event **out,
                             const struct sm_processor *processor,
                             const char *body)
{
    const struct sm_pay_notice notice = {.body = body, .len = strlen(body)};
    size_t count = 0;
    enum sm_status status;

    status = processor->ops->verify(out, &count, processor, arena, &notice,
                                    sm_clock_real_us(), NULL);
    assert_int_equal(count, status == SM_OK || status == SM_INVALID);
    return status;
}

static void signs_as_the_instruction_shows(void **state)
{
    static const struct {
        enum sm_borica_mac mac;
        struct sm_borica_request request;
        const char *text, *sign;
    } rows[] = {
        {SM_BORICA_GENERAL,
         {"V1800001", "1", "1.00", "BGN", "145659", "1600000001",
          "20201013115715", "FC8AC36A9FDADCB6127D273CD15DAEC3"},
         "8V18000011141.003BGN6145659142020101311571532FC8AC36A9FDADCB6127D27"
         "3CD15DAEC3-",
         SIGN_REQ_GENERAL},
        {SM_BORICA_EXTENDED,
         {"V1800001", "1", "1.00", "BGN", "145659", "1600000001",
          "20201013115715", "FC8AC36A9FDADCB6127D273CD15DAEC3"},
         "8V18000011141.003BGN6145659101600000001142020101311571532FC8AC36A9F"
         "DADCB6127D273CD15DAEC3",
         SIGN_REQ_EXTENDED},
        {SM_BORICA_GENERAL,
         {"V1800001", "90", "", "", "114233", "", "",
          "622CAAA8BF20C5A21A917DCB8401C336"},
         "8V1800001290611423332622CAAA8BF20C5A21A917DCB8401C336",
         SIGN_REQ_STATUS},
        {SM_BORICA_GENERAL,
         {"V1800001", "1", "9.00", "BGN", "154744", "1600000001",
          "20201012124757", "9EADBD70C0A5AFBAD3DF405902602F79"},
         "8V18000011149.003BGN61547441420201012124757329EADBD70C0A5AFBAD3DF40"
         "5902602F79-",
         NULL},
        {SM_BORICA_ADVANCED,
         {"V1800001", "1", "9.00", "BGN", "154744", "1600000001",
          "20201012124757", "9EADBD70C0A5AFBAD3DF405902602F79"},
         "8V18000011149.003BGN61547441420201012124757329EADBD70C0A5AFBAD3DF40"
         "5902602F79",
         NULL},
    };
    char pem[TEXT_MAX], hex[2 * SM_RSA_MAX + 1];
    uint8_t sig[SM_RSA_MAX];
    struct sm_rsa *key = NULL;
    struct sm_buf text;
    size_t len, i;

    (void)state;
    read_data(pem, sizeof(pem), "borica_merchant.key");
    assert_int_equal(sm_rsa_private(&key, pem), SM_OK);
    for (i = 0; i < SM_COUNT(rows); i++) {
        sm_buf_init(&text, 1024);
        sm_borica_request_text(&text, rows[i].mac, &rows[i].request);
        assert_string_equal(text.data, rows[i].text);
        assert_int_equal(
            sm_rsa_sign(sig, &len, key, SM_DIGEST_SHA256, text.data, text.len),
            SM_OK);
        sm_hex(hex, sig, len);
        if (rows[i].sign != NULL)
            assert_true(sm_equal_nocase(hex, rows[i].sign));
        sm_buf_release(&text);
    }
    sm_rsa_free(key);
}

static void believes_the_gateways_own_answers(void **state)
{
    static const char *const forms[] = {FORM_SALE SIGN_SALE,
                                        FORM_DUPLICATE SIGN_DUPLICATE,
                                        FORM_REVERSAL SIGN_REVERSAL};
    static const char *const texts[] = {JSON_STATUS SIGN_STATUS "\"}",
                                        JSON_ABSENT SIGN_ABSENT "\"}"};
    char pem[TEXT_MAX];
    struct sm_rsa *key = NULL;
    struct sm_borica_answer answer;
    uint8_t sig[256];
    struct sm_buf text;
    size_t i;

    (void)state;
    read_data(pem, sizeof(pem), "borica_gateway.cer");
    assert_int_equal(sm_rsa_public(&key, pem), SM_OK);
    for (i = 0; i < SM_COUNT(forms) + SM_COUNT(texts); i++) {
        const char *one = i < SM_COUNT(forms) ? forms[i]
                                              : texts[i - SM_COUNT(forms)];

        if (i < SM_COUNT(forms))
            assert_int_equal(
                sm_borica_read_form(&answer, arena, one, strlen(one), NULL),
                SM_OK);
        else
            assert_int_equal(
                sm_borica_read_json(&answer, arena, one, strlen(one), NULL),
                SM_OK);
        assert_int_equal(
            sm_unhex(sig, sizeof(sig), answer.value[SM_BORICA_P_SIGN]), SM_OK);
        sm_buf_init(&text, 1024);
        sm_borica_answer_text(&text, SM_BORICA_ADVANCED, &answer);
        assert_true(sm_rsa_verify(key, SM_DIGEST_SHA256, sig, sizeof(sig),
                                  text.data, text.len));
        sm_buf_release(&text);
        /* an empty currency of a status answer is signed as USD */
        if (one == texts[1]) {
            answer.value[SM_BORICA_CURRENCY] = "";
            sm_buf_init(&text, 1024);
            sm_borica_answer_text(&text, SM_BORICA_ADVANCED, &answer);
            assert_true(sm_rsa_verify(key, SM_DIGEST_SHA256, sig, sizeof(sig),
                                      text.data, text.len));
            sm_buf_release(&text);
        }
    }
    sm_rsa_free(key);
}

static void reads_a_sale(void **state)
{
    static const uint8_t payment[] = {0x22, 0xEA, 0x51, 0x78, 0x8A, 0xFE,
                                      0x61, 0xA9, 0xD8, 0x14, 0xB7, 0x71,
                                      0xA8, 0xFA, 0x63, 0x79};
    struct sm_processor *processor = NULL;
    struct sm_pay_event *event = NULL, *again = NULL;

    (void)state;
    assert_int_equal(open_with(&processor, OLD_TERMINAL), SM_OK);
    assert_int_equal(verify(&event, processor, FORM_SALE SIGN_SALE), SM_OK);
    assert_int_equal(event->kind, SM_PAY_CAPTURED);
    assert_true(event->has_payment);
    assert_memory_equal(event->payment, payment, sizeof(payment));
    assert_string_equal(event->processor_ref,
                        "22EA51788AFE61A9D814B771A8FA6379");
    assert_string_equal(event->capture_ref, "028701253242/B7A68A9F37E8586E");
    assert_int_equal(event->amount_minor, 100);
    assert_string_equal(event->currency, "BGN");
    assert_int_equal(strlen(event->key), 64);
    /* the same message is the same event */
    assert_int_equal(verify(&again, processor, FORM_SALE SIGN_SALE), SM_OK);
    assert_string_equal(again->key, event->key);
    /* a duplicate says nothing new: it is asked about */
    assert_int_equal(verify(&event, processor, FORM_DUPLICATE SIGN_DUPLICATE),
                     SM_OK);
    assert_int_equal(event->kind, SM_PAY_PENDING);
    assert_int_equal(event->amount_minor, 0);
    /* authentic, but of no sale */
    assert_int_equal(verify(&event, processor, FORM_REVERSAL SIGN_REVERSAL),
                     SM_OK);
    assert_int_equal(event->kind, SM_PAY_IGNORED);
    sm_processor_close(processor);
}

/* FORM_SALE with its first FROM replaced by TO (of the same length). */
static const char *altered(const char *from, const char *to)
{
    char *copy = sm_arena_strdup(arena, FORM_SALE SIGN_SALE);
    char *at = strstr(copy, from);

    assert_non_null(at);
    assert_int_equal(strlen(from), strlen(to));
    memcpy(at, to, strlen(to));
    return copy;
}

static void refuses_what_was_not_signed(void **state)
{
    static const char *const swaps[][2] = {
        {"ACTION=0", "ACTION=2"},
        {"RC=00", "RC=05"},
        {"APPROVAL=S", "APPROVAL=T"},
        {"V1800001", "V1800002"},
        {"TRTYPE=1&", "TRTYPE=2&"},
        {"AMOUNT=1.00", "AMOUNT=9.00"},
        {"CURRENCY=BGN", "CURRENCY=EUR"},
        {"ORDER=170403", "ORDER=170404"},
        {"RRN=0287", "RRN=0288"},
        {"INT_REF=B7", "INT_REF=B8"},
        {"TIMESTAMP=2020", "TIMESTAMP=2021"},
        {"NONCE=22EA", "NONCE=23EA"},
        {"P_SIGN=31C6", "P_SIGN=31C7"},
        {"P_SIGN=31C6", "P_SIGN=31CX"},
        {"P_SIGN=", "P_SIGH="},
    };
    struct sm_processor *processor = NULL;
    struct sm_pay_event *event = NULL;
    size_t i;

    (void)state;
    assert_int_equal(open_with(&processor, OLD_TERMINAL), SM_OK);
    for (i = 0; i < SM_COUNT(swaps); i++)
        assert_int_equal(
            verify(&event, processor, altered(swaps[i][0], swaps[i][1])),
            SM_DENIED);
    /* what is signed may stand there once */
    assert_int_equal(
        verify(&event, processor, FORM_SALE SIGN_SALE "&AMOUNT=1.00"),
        SM_DENIED);
    assert_int_equal(verify(&event, processor, ""), SM_DENIED);
    assert_int_equal(verify(&event, processor, "ACTION=%zz"), SM_DENIED);
    sm_processor_close(processor);
    /* of another terminal, by another scheme, with another key */
    assert_int_equal(open_with(&processor, "borica.terminal = V1800002\n"
                                           "borica.mac = advanced\n"),
                     SM_OK);
    assert_int_equal(verify(&event, processor, FORM_SALE SIGN_SALE), SM_DENIED);
    sm_processor_close(processor);
    assert_int_equal(open_with(&processor, TERMINAL), SM_OK);
    assert_int_equal(verify(&event, processor, FORM_SALE SIGN_SALE), SM_DENIED);
    sm_processor_close(processor);
}

static void settings_are_checked(void **state)
{
    struct sm_processor *processor = NULL;

    (void)state;
    assert_int_equal(open_with(&processor, ""), SM_INVALID);
    assert_int_equal(open_with(&processor, TERMINAL "borica.base_url = "
                                                    "http://example.com/\n"),
                     SM_INVALID);
    assert_int_equal(
        open_with(&processor, TERMINAL "attempt.expires_min = 1381\n"),
        SM_INVALID);
    assert_null(processor);
}

static const struct sm_pay_order order = {
    .payment = {0xFC, 0x8A, 0xC3, 0x6A, 0x9F, 0xDA, 0xDC, 0xB6, 0x12, 0x7D,
                0x27, 0x3C, 0xD1, 0x5D, 0xAE, 0xC3},
    .order_no = "1000145659",
    .idempotency_key = "k",
    .processor_ref = "",
    .capture_ref = "",
    .amount_minor = 100,
    .currency = "EUR",
    .email = "ana\"x@example.org",
    .lang = "bg",
    .hint = "1234",
    .created_us = 0,
    .expires_us = INT64_MAX / 2,
};

static const char *value_of(const struct sm_pay_field *fields, size_t count,
                            const char *name)
{
    const char *value = NULL;
    size_t i;

    for (i = 0; i < count; i++)
        if (strcmp(fields[i].name, name) == 0) {
            assert_null(value);
            value = fields[i].value;
        }
    assert_non_null(value);
    return value;
}

static void form_is_signed(void **state)
{
    static const char *const want[][2] = {
        {"TERMINAL", "V1800001"},
        {"TRTYPE", "1"},
        {"AMOUNT", "1.00"},
        {"CURRENCY", "EUR"},
        {"ORDER", "145659"},
        {"TIMESTAMP", "20201013115715"},
        {"LANG", "BG"},
        {"ADDENDUM", "AD,TD"},
        {"NONCE", "FC8AC36A9FDADCB6127D273CD15DAEC3"},
        {"AD.CUST_BOR_ORDER_ID", "1456591000145659"},
        {"MERCHANT", "1600000001"},
    };
    struct sm_processor *processor = NULL;
    struct sm_pay_field *fields = NULL;
    struct sm_pay_order late = order;
    char pem[TEXT_MAX], text[256];
    struct sm_rsa *key = NULL;
    uint8_t sig[256];
    size_t count = 0, i, len;

    (void)state;
    assert_int_equal(open_with(&processor, TERMINAL), SM_OK);
    assert_int_equal(processor->ops->form(&fields, &count, processor, arena,
                                          &order, INT64_C(1602590235000000),
                                          NULL),
                     SM_OK);
    for (i = 0; i < SM_COUNT(want); i++)
        assert_string_equal(value_of(fields, count, want[i][0]), want[i][1]);
    /* the description is cut between two letters */
    assert_true(strlen(value_of(fields, count, "DESC")) <= 50);
    assert_true(sm_utf8_valid(value_of(fields, count, "DESC"),
                              strlen(value_of(fields, count, "DESC"))));
    assert_int_equal(sm_base64_decode((uint8_t *)text, sizeof(text) - 1, &len,
                                      value_of(fields, count, "M_INFO")),
                     SM_OK);
    text[len] = '\0';
    assert_string_equal(text, "{\"cardholderName\":\"CUSTOMER\",\"email\":"
                              "\"ana\\\"x@example.org\"}");
    read_data(pem, sizeof(pem), "borica_merchant.key");
    assert_int_equal(sm_rsa_private(&key, pem), SM_OK);
    assert_int_equal(
        sm_unhex(sig, sizeof(sig), value_of(fields, count, "P_SIGN")), SM_OK);
    (void)snprintf(text, sizeof(text),
                   "8V18000011141.003EUR61456591420201013"
                   "11571532FC8AC36A9FDADCB6127D273CD15DAE"
                   "C3-");
    assert_true(sm_rsa_verify(key, SM_DIGEST_SHA256, sig, sizeof(sig), text,
                              strlen(text)));
    sm_rsa_free(key);
    /* no form leads to an order whose time is over */
    late.expires_us = sm_clock_now_us() - HOUR_US;
    assert_int_equal(processor->ops->form(&fields, &count, processor, arena,
                                          &late, sm_clock_real_us(), NULL),
                     SM_UNAVAILABLE);
    sm_processor_close(processor);
}

static void create_asks_nobody(void **state)
{
    struct sm_processor *processor = NULL;
    struct sm_pay_order foreign = order;
    struct sm_pay_event event;

    (void)state;
    assert_int_equal(open_with(&processor, TERMINAL), SM_OK);
    assert_int_equal(
        processor->ops->create(&event, processor, arena, &order, 1000, NULL),
        SM_OK);
    assert_int_equal(event.kind, SM_PAY_OPEN);
    assert_string_equal(event.order_no, order.order_no);
    assert_string_equal(event.processor_ref,
                        "FC8AC36A9FDADCB6127D273CD15DAEC3");
    assert_string_equal(event.redirect_url,
                        "https://3dsgate.borica.bg/cgi-bin/cgi_link");
    foreign.currency = "RON";
    assert_int_equal(
        processor->ops->create(&event, processor, arena, &foreign, 1000, NULL),
        SM_OK);
    assert_int_equal(event.kind, SM_PAY_CLOSED);
    assert_string_equal(event.reason, "never_created");
    sm_processor_close(processor);
}

static void answers_its_messages(void **state)
{
    struct sm_processor *processor = NULL;

    (void)state;
    assert_int_equal(open_with(&processor, TERMINAL), SM_OK);
    assert_int_equal(sm_processor_ack(processor, arena, NULL, 0, SM_OK).http,
                     200);
    assert_int_equal(
        sm_processor_ack(processor, arena, NULL, 0, SM_DENIED).http, 400);
    assert_int_equal(
        sm_processor_ack(processor, arena, NULL, 0, SM_UNAVAILABLE).http, 503);
    sm_processor_close(processor);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_as_the_instruction_shows),
        cmocka_unit_test(believes_the_gateways_own_answers),
        cmocka_unit_test(reads_a_sale),
        cmocka_unit_test(refuses_what_was_not_signed),
        cmocka_unit_test(settings_are_checked),
        cmocka_unit_test(form_is_signed),
        cmocka_unit_test(create_asks_nobody),
        cmocka_unit_test(answers_its_messages),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
