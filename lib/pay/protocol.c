#include "pay/protocol.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/text.h"

#define REPLY_MAX (256 * 1024)
#define AMOUNT_TEXT_MAX 12

void sm_proto_amount(char out[SM_PROTO_AMOUNT], int64_t minor)
{
    (void)snprintf(out, SM_PROTO_AMOUNT, "%lld.%02lld", (long long)minor / 100,
                   (long long)minor % 100);
}

enum sm_status sm_proto_amount_read(int64_t *out, const char *text)
{
    char digits[AMOUNT_TEXT_MAX + 1];
    size_t len = strlen(text), n = 0, i;

    if (len < 4 || len > AMOUNT_TEXT_MAX || text[len - 3] != '.')
        return SM_INVALID;
    for (i = 0; i < len; i++) {
        if (i == len - 3)
            continue;
        if (!sm_is_digit(text[i]))
            return SM_INVALID;
        digits[n++] = text[i];
    }
    digits[n] = '\0';
    return sm_parse_i64(out, digits, 1, INT64_C(99999999999));
}

void sm_proto_stamp(char out[SM_PROTO_STAMP], int64_t us)
{
    time_t at = (time_t)(us / 1000000);
    struct tm parts;

    out[0] = '\0';
    if (gmtime_r(&at, &parts) != NULL)
        (void)strftime(out, SM_PROTO_STAMP, "%Y%m%d%H%M%S", &parts);
}

void sm_proto_hex(char *out, const uint8_t *bytes, size_t len)
{
    sm_hex(out, bytes, len);
    for (; *out != '\0'; out++)
        *out = sm_to_upper(*out);
}

bool sm_proto_listed(const char *list, const char *word)
{
    size_t len = strlen(word), part;
    const char *at;

    while (sm_list_next(&list, &at, &part))
        if (part == len && memcmp(at, word, len) == 0)
            return true;
    return false;
}

size_t sm_proto_fit(const char *text, size_t max)
{
    size_t len = strnlen(text, max + 1);

    if (len <= max)
        return len;
    len = max;
    while (len > 0 && ((unsigned char)text[len] & 0xc0) == 0x80)
        len--;
    return len;
}

const char *sm_proto_company(const struct sm_settings *settings,
                             const char *lang)
{
    if (strcmp(lang, "bg") == 0)
        return sm_settings_str(settings, "company.name_bg");
    if (strcmp(lang, "en") == 0)
        return sm_settings_str(settings, "company.name_en");
    return sm_settings_str(settings, "company.name_ro");
}

int64_t sm_proto_shift_us(void)
{
    /* The two clocks are read one after the other: round to the second. */
    int64_t shift = sm_clock_now_us() - sm_clock_real_us();
    int64_t half = shift < 0 ? -500000 : 500000;

    return (shift + half) / 1000000 * 1000000;
}

const char *sm_proto_page(struct sm_arena *arena, const char *origin,
                          const struct sm_pay_order *order, const char *page)
{
    char id[SM_ID_TEXT];

    sm_id_format(id, order->payment);
    return sm_arena_printf(arena, "%s/%s/pay/%s/%s", origin, order->lang, page,
                           id);
}

void sm_proto_field(struct sm_buf *body, const char *name, const char *value)
{
    if (body->len > 0)
        sm_buf_addc(body, '&');
    sm_buf_add_url(body, name, strlen(name));
    sm_buf_addc(body, '=');
    sm_buf_add_url(body, value, strlen(value));
}

enum sm_status sm_proto_post(struct sm_http_reply *reply,
                             const struct sm_settings *settings,
                             const char *url, const struct sm_buf *body,
                             int budget_ms, struct sm_error *err)
{
    static const char *const headers[] = {
        "Content-Type: application/x-www-form-urlencoded"};
    int connect_ms = (int)sm_settings_int(settings, "processor.connect_ms");

    return sm_http_send(
        reply,
        &(struct sm_http_request){
            .method = "POST",
            .url = url,
            .headers = headers,
            .nheaders = SM_COUNT(headers),
            .body = body->data,
            .body_len = body->len,
            .connect_ms = budget_ms < connect_ms ? budget_ms : connect_ms,
            .total_ms = budget_ms,
            .reply_max = REPLY_MAX,
            .ca_file = sm_settings_str(settings, "processor.ca_file"),
        },
        err);
}

void sm_proto_never_created(struct sm_pay_event *out,
                            const struct sm_pay_order *order)
{
    *out = sm_pay_event_none();
    out->kind = SM_PAY_CLOSED;
    out->order_no = order->order_no;
    out->reason = "never_created";
}

struct sm_pay_event sm_proto_refund(const struct sm_pay_order *order,
                                    const struct sm_pay_refund *refund,
                                    const char *state)
{
    struct sm_pay_event event = sm_pay_event_none();

    event.kind = SM_PAY_REFUND;
    event.order_no = order->order_no;
    event.processor_ref = event.capture_ref = order->capture_ref;
    event.amount_minor = refund->amount_minor;
    event.currency = refund->currency;
    event.part_ref = refund->key;
    event.part_state = state;
    event.has_refund = true;
    memcpy(event.refund, refund->id, sizeof(event.refund));
    return event;
}

struct sm_pay_ack sm_proto_ack(enum sm_status status)
{
    if (status == SM_OK)
        return (struct sm_pay_ack){200, "text/plain", "OK"};
    if (status == SM_DENIED || status == SM_INVALID)
        return (struct sm_pay_ack){400, "text/plain", "refused\n"};
    return (struct sm_pay_ack){503, "text/plain", "again\n"};
}
