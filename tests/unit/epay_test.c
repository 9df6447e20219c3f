/* links: pay net json crypto config base */
/* The ePay.bg adapter: recorded checksums, notifications of several invoices,
 * the answers to them; the biller's requests.  What is signed here was signed
 * by another implementation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "pay/epay.h"

#define THREE                                                                  \
    "SU5WT0lDRT0xMDAwMDAwMDAxOlNUQVRVUz1QQUlEOlBBWV9USU1FPTIwMjYwMzAxMTAxMTEy" \
    "OlNUQU49MTIzNDU2OkJDT0RFPUExQjJDMwpJTlZPSUNFPTEwMDAwMDAwMDI6U1RBVFVTPURF" \
    "TklFRApJTlZPSUNFPTEwMDAwMDAwMDM6U1RBVFVTPUVYUElSRUQK"
#define THREE_SUM "87edb11f1a57c4be41b84e77f4ee4dfd551c13db"
/* one invoice with its sum and a name in CP1251 */
#define CYRILLIC                                                               \
    "SU5WT0lDRT0xMDAwMDAwMDAxOlNUQVRVUz1QQUlEOlNUQU49MDAwMDAxOkJDT0RFPUFCMTJD" \
    "RDpBTU9VTlQ9MzMuMjM6TkFNRT3I4uDtDQo="
#define CYRILLIC_SUM "366a59667921576fa6a9126216fdc92c1a89a689"
#define BILL "IDN=1234567890&MERCHANTID=0001234&TYPE=CHECK"
#define BILL_SUM "be388dec138d77e265e21f628c80fc2eadf6db09"
#define BILL_SECRET "3EA1ABD845C3D684"

static struct sm_arena *arena;
static struct sm_settings *settings;
static struct sm_processor *processor;

static int open_all(void **state)
{
    char path[] = "/tmp/smetka-epay.XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");
    enum sm_status status;
    struct sm_error err;

    (void)state;
    arena = sm_arena_new(1 << 22);
    if (arena == NULL || file == NULL)
        return -1;
    setenv("TZ", "Europe/Sofia", 1);
    tzset();
    fputs("processor = epay\nepay.min = 1234\nepay.secret = some-secret\n"
          "company.name_bg = Електра Аква\n"
          "public_origin = https://pay.example.com\n",
          file);
    (void)fclose(file);
    status = sm_settings_load(&settings, path, &err);
    unlink(path);
    return status == SM_OK && sm_epay_open(&processor, settings, &err) == SM_OK
               ? 0
               : -1;
}

static int close_all(void **state)
{
    (void)state;
    sm_processor_close(processor);
    sm_settings_free(settings);
    sm_arena_free(arena);
    return 0;
}

static enum sm_status verify(struct sm_pay_event **out, size_t *count,
                             const char *encoded, const char *sum)
{
    struct sm_pay_notice notice = {0};
    struct sm_buf body;
    enum sm_status status;

    sm_buf_init(&body, 8192);
    sm_buf_adds(&body, "encoded=");
    sm_buf_add_url(&body, encoded, strlen(encoded));
    sm_buf_addf(&body, "&checksum=%s", sum);
    notice.body = body.data;
    notice.len = body.len;
    *count = 0;
    status = processor->ops->verify(out, count, processor, arena, &notice,
                                    sm_clock_real_us(), NULL);
    sm_buf_release(&body);
    return status;
}

static void recorded_checksums(void **state)
{
    char sum[SM_EPAY_SUM], encoded[512];
    struct sm_buf data;

    (void)state;
    sm_epay_checksum(sum, "some-secret", "test-message", 12);
    assert_string_equal(sum, "33ca6a84fc0b06a9506b79147faad49b53149657");
    sm_buf_init(&data, 1024);
    sm_epay_data(&data, &(struct sm_epay_request){
                            .min = "1234",
                            .invoice = "00001",
                            .currency = "BGN",
                            .descr = "some-description",
                            .amount_minor = 3323,
                            /* 2020-08-01 20:15:30 UTC, summer time in Sofia */
                            .expires_us = INT64_C(1596312930) * 1000000,
                        });
    assert_string_equal(data.data,
                        "MIN=1234\nINVOICE=00001\nAMOUNT=33.23\nCURRENCY=BGN\n"
                        "EXP_TIME=01.08.2020 23:15:30\nDESCR=some-description\n"
                        "ENCODING=utf-8");
    sm_base64_encode(encoded, sizeof(encoded), data.data, data.len);
    sm_epay_checksum(sum, "some-secret", encoded, strlen(encoded));
    assert_string_equal(sum, "9d09db1b61bfd7947ed390d6464ca7953d0bf3f2");
    sm_buf_release(&data);
}

static void reads_several_invoices(void **state)
{
    struct sm_pay_event *events = NULL;
    size_t count = 0;

    (void)state;
    assert_int_equal(verify(&events, &count, THREE, THREE_SUM), SM_OK);
    assert_int_equal(count, 3);
    assert_int_equal(events[0].kind, SM_PAY_CAPTURED);
    assert_string_equal(events[0].order_no, "1000000001");
    assert_string_equal(events[0].key, "1000000001:PAID:123456");
    assert_string_equal(events[0].capture_ref, "123456/A1B2C3");
    /* the sum is the order's */
    assert_int_equal(events[0].amount_minor, 0);
    assert_string_equal(events[0].currency, "");
    assert_int_equal(events[1].kind, SM_PAY_CLOSED);
    assert_string_equal(events[1].reason, "declined");
    assert_int_equal(events[2].kind, SM_PAY_CLOSED);
    assert_string_equal(events[2].reason, "expired");
    /* capital letters in the sum are the same sum */
    assert_int_equal(verify(&events, &count, THREE,
                            "87EDB11F1A57C4BE41B84E77F4EE4DFD551C13DB"),
                     SM_OK);
    assert_int_equal(verify(&events, &count, CYRILLIC, CYRILLIC_SUM), SM_OK);
    assert_int_equal(count, 1);
    assert_int_equal(events[0].amount_minor, 3323);
}

static void refuses_what_was_not_signed(void **state)
{
    static const char *const bodies[] = {
        "",
        "encoded=" THREE,
        "checksum=" THREE_SUM,
        "encoded=" THREE "&checksum=" THREE_SUM "&checksum=" THREE_SUM,
        "encoded=" THREE "&ENCODED=" THREE "&checksum=" THREE_SUM,
        "encoded=" THREE "&checksum=%zz",
    };
    struct sm_pay_event *events = NULL;
    char *altered = sm_arena_strdup(arena, THREE);
    size_t count = 0, i;

    (void)state;
    altered[20] = altered[20] == 'A' ? 'B' : 'A';
    assert_int_equal(verify(&events, &count, altered, THREE_SUM), SM_DENIED);
    assert_int_equal(verify(&events, &count, THREE, CYRILLIC_SUM), SM_DENIED);
    assert_int_equal(verify(&events, &count, THREE, "87edb11f"), SM_DENIED);
    for (i = 0; i < SM_COUNT(bodies); i++) {
        const struct sm_pay_notice notice = {.body = bodies[i],
                                             .len = strlen(bodies[i])};

        assert_int_equal(processor->ops->verify(&events, &count, processor,
                                                arena, &notice, 0, NULL),
                         SM_DENIED);
    }
}

static void refuses_what_cannot_be_read(void **state)
{
    static const char *const texts[] = {
        "",
        "\n",
        "STATUS=PAID",
        "INVOICE=1",
        "INVOICE=:STATUS=PAID",
        "INVOICE=1:STATUS=PAID:STATUS=DENIED",
        "INVOICE=1:INVOICE=2:STATUS=PAID",
        "INVOICE=1;2:STATUS=PAID",
        "INVOICE=123456789012345678901:STATUS=PAID",
        "INVOICE=1:STATUS=PAID:AMOUNT=1,00",
        "INVOICE=1:STATUS=PAID:AMOUNT=0.00",
        "INVOICE=1:STATUS=PAID\nSTATUS=PAID",
    };
    struct sm_pay_event *events = NULL;
    size_t count = 0, i;

    (void)state;
    for (i = 0; i < SM_COUNT(texts); i++) {
        if (sm_epay_read(&events, &count, arena, texts[i], strlen(texts[i]),
                         NULL) != SM_INVALID)
            fail_msg("accepted: %s", texts[i]);
        assert_int_equal(count, 0);
    }
    /* keys are found by name, wherever they stand */
    assert_int_equal(sm_epay_read(&events, &count, arena,
                                  "STATUS=DENIED:X:INVOICE=7\r\n", 27, NULL),
                     SM_OK);
    assert_string_equal(events[0].order_no, "7");
}

static void answers_are_a_function_of_what_became(void **state)
{
    struct sm_pay_event events[4];
    struct sm_pay_ack ack;
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(events); i++)
        events[i] = sm_pay_event_none();
    events[0].order_no = "1";
    events[0].kind = SM_PAY_CAPTURED;
    events[0].ours = true;
    events[0].applied = "applied";
    events[1].order_no = "2";
    events[1].kind = SM_PAY_PENDING;
    events[1].applied = "unmatched";
    events[2].order_no = "3";
    events[2].kind = SM_PAY_CLOSED;
    events[2].ours = true;
    events[2].status = SM_UNAVAILABLE;
    events[3].order_no = "4"; /* a status that nobody knows */
    events[3].kind = SM_PAY_IGNORED;
    ack = processor->ops->ack(processor, arena, events, 4, SM_UNAVAILABLE);
    assert_int_equal(ack.http, 200);
    assert_string_equal(ack.body, "INVOICE=1:STATUS=OK\nINVOICE=2:STATUS=NO\n"
                                  "INVOICE=3:STATUS=ERR\nINVOICE=4:STATUS=ERR"
                                  "\n");
    /* a repetition is answered like the first time */
    events[0].applied = events[1].applied = "duplicate";
    ack = processor->ops->ack(processor, arena, events, 2, SM_OK);
    assert_string_equal(ack.body, "INVOICE=1:STATUS=OK\nINVOICE=2:STATUS=NO\n");
    ack = processor->ops->ack(processor, arena, NULL, 0, SM_DENIED);
    assert_int_equal(ack.http, 400);
    assert_string_equal(ack.body, "ERR=Not valid CHECKSUM\n");
    ack = processor->ops->ack(processor, arena, NULL, 0, SM_INTERNAL);
    assert_int_equal(ack.http, 503);
}

static struct sm_pay_order order = {
    .payment = {1},
    .order_no = "1000145659",
    .idempotency_key = "k",
    .processor_ref = "",
    .capture_ref = "",
    .amount_minor = 3323,
    .currency = "EUR",
    .email = "",
    .lang = "bg",
    .hint = "1234",
};

static void form_is_signed(void **state)
{
    struct sm_pay_field *fields = NULL;
    char sum[SM_EPAY_SUM], text[512];
    size_t count = 0, len = 0;

    (void)state;
    order.expires_us = sm_clock_now_us() + INT64_C(3600000000);
    assert_int_equal(processor->ops->form(&fields, &count, processor, arena,
                                          &order, sm_clock_real_us(), NULL),
                     SM_OK);
    assert_int_equal(count, 6);
    assert_string_equal(fields[0].name, "PAGE");
    assert_string_equal(fields[0].value, "paylogin");
    assert_string_equal(fields[2].name, "ENCODED");
    sm_epay_checksum(sum, "some-secret", fields[2].value,
                     strlen(fields[2].value));
    assert_string_equal(fields[3].name, "CHECKSUM");
    assert_string_equal(fields[3].value, sum);
    assert_int_equal(sm_base64_decode((uint8_t *)text, sizeof(text) - 1, &len,
                                      fields[2].value),
                     SM_OK);
    text[len] = '\0';
    assert_non_null(strstr(text, "INVOICE=1000145659\nAMOUNT=33.23\n"
                                 "CURRENCY=EUR\n"));
    assert_non_null(strstr(text, "\nDESCR=Електра Аква, ...1234\n"));
    assert_non_null(
        strstr(fields[4].value, "https://pay.example.com/bg/pay/return/"));
    order.expires_us = sm_clock_now_us() - 1;
    assert_int_equal(processor->ops->form(&fields, &count, processor, arena,
                                          &order, 0, NULL),
                     SM_UNAVAILABLE);
}

static void says_what_can_be_known(void **state)
{
    struct sm_pay_event event;

    (void)state;
    order.expires_us = sm_clock_now_us() + 1000000;
    assert_int_equal(
        processor->ops->create(&event, processor, arena, &order, 100, NULL),
        SM_OK);
    assert_int_equal(event.kind, SM_PAY_OPEN);
    assert_string_equal(event.processor_ref, order.order_no);
    assert_int_equal(
        processor->ops->query(&event, processor, arena, &order, 100, NULL),
        SM_OK);
    assert_int_equal(event.kind, SM_PAY_OPEN);
    /* no notification long after its end: a person is to look */
    order.expires_us = sm_clock_now_us() - INT64_C(7200) * 1000000;
    assert_int_equal(
        processor->ops->query(&event, processor, arena, &order, 100, NULL),
        SM_UNAVAILABLE);
    assert_false(processor->ops->takes(processor, 100, "RON"));
    assert_true(processor->ops->takes(processor, 100, "BGN"));
    assert_null(processor->ops->cancel);
    assert_null(processor->ops->refund);
}

static enum sm_status bill(struct sm_epay_bill *out, const char *query)
{
    return sm_epay_bill_read(out, arena, query, "0001234", BILL_SECRET, NULL);
}

static void reads_a_billers_requests(void **state)
{
    static const char *const forged[] = {
        BILL,
        BILL "&CHECKSUM=" BILL_SUM "0",
        BILL "&CHECKSUM=ce388dec138d77e265e21f628c80fc2eadf6db09",
        BILL "&X=1&CHECKSUM=" BILL_SUM,
        BILL "&IDN=1234567890&CHECKSUM=" BILL_SUM,
        /* signed, and still two values under one name */
        BILL "&IDN=1234567890&CHECKSUM="
             "2057c0f24b0498b3e4a3d5e21bb8e4b212d1afe4",
        BILL "&CHECKSUM=" BILL_SUM "&CHECKSUM=" BILL_SUM,
        "IDN=1234567891&MERCHANTID=0001234&TYPE=CHECK&CHECKSUM=" BILL_SUM,
    };
    struct sm_epay_bill out;
    size_t i;

    (void)state;
    /* the order of the query does not matter */
    assert_int_equal(bill(&out, "TYPE=CHECK&CHECKSUM=" BILL_SUM
                                "&MERCHANTID=0001234&IDN=1234567890"),
                     SM_OK);
    assert_string_equal(out.idn, "1234567890");
    assert_string_equal(out.type, "CHECK");
    assert_int_equal(bill(&out,
                          "IDN=1234567890&MERCHANTID=0001234&TYPE=PARTIAL&"
                          "TID=20260301101112123456000001&DATE=20260301101112&"
                          "TOTAL=1500&INVOICES=a%2Cb&"
                          "CHECKSUM=926f5ed6f843e76b6a242be057fea291a00889ca"),
                     SM_OK);
    assert_int_equal(out.total_minor, 1500);
    assert_int_equal(out.ninvoices, 2);
    assert_string_equal(out.invoices[1], "b");
    assert_string_equal(out.tid, "20260301101112123456000001");
    for (i = 0; i < SM_COUNT(forged); i++)
        if (bill(&out, forged[i]) != SM_DENIED)
            fail_msg("accepted: %s", forged[i]);
    assert_int_equal(sm_epay_bill_read(&out, arena, BILL "&CHECKSUM=" BILL_SUM,
                                       "0001235", BILL_SECRET, NULL),
                     SM_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recorded_checksums),
        cmocka_unit_test(reads_several_invoices),
        cmocka_unit_test(refuses_what_was_not_signed),
        cmocka_unit_test(refuses_what_cannot_be_read),
        cmocka_unit_test(answers_are_a_function_of_what_became),
        cmocka_unit_test(form_is_signed),
        cmocka_unit_test(says_what_can_be_known),
        cmocka_unit_test(reads_a_billers_requests),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
