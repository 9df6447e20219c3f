#include "pay/epay.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/form.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "pay/protocol.h"

#define DATA_MAX 2048
#define DESCR_MAX 100
#define ACK_MAX 8192
/* Notifications repeat; one that has not come so long after an order's end
 * will not come by itself. */
#define MARGIN_US (INT64_C(3600) * 1000000)

struct epay {
    struct sm_processor head;
    const struct sm_settings *settings; /* strings below are borrowed of it */
    const char *base_url, *min, *secret, *page;
};

static const struct epay *self_of(const struct sm_processor *processor)
{
    return (const struct epay *)(const void *)processor;
}

static bool takes(const struct sm_processor *self, int64_t amount_minor,
                  const char *currency)
{
    (void)self;
    return amount_minor > 0 && amount_minor <= INT64_C(99999999) &&
           sm_proto_listed("EUR,BGN,USD", currency);
}

static void payable(struct sm_pay_event *out, const struct epay *epay,
                    const struct sm_pay_order *order)
{
    *out = sm_pay_event_none();
    out->kind = SM_PAY_OPEN;
    out->order_no = order->order_no;
    out->processor_ref = order->order_no; /* it has no number of its own */
    out->redirect_url = epay->base_url;
}

/* ePay.bg learns of an order when the browser posts its form. */
static enum sm_status create(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order, int budget_ms,
                             struct sm_error *err)
{
    (void)arena;
    (void)budget_ms;
    (void)err;
    if (takes(self, order->amount_minor, order->currency))
        payable(out, self_of(self), order);
    else
        sm_proto_never_created(out, order);
    return SM_OK;
}

/* Nothing can be asked: an order is payable until its time is over, and then
 * a notification says what became of it. */
static enum sm_status query(struct sm_pay_event *out,
                            const struct sm_processor *self,
                            struct sm_arena *arena,
                            const struct sm_pay_order *order, int budget_ms,
                            struct sm_error *err)
{
    int64_t now_us = sm_clock_now_us();

    (void)arena;
    (void)budget_ms;
    if (now_us > order->expires_us + MARGIN_US)
        return SM_FAIL(err, SM_UNAVAILABLE,
                       "epay: no notification of an order that has ended");
    payable(out, self_of(self), order);
    return SM_OK;
}

/* The fields that the browser posts. */
static enum sm_status fill_form(struct sm_pay_field *fields,
                                const struct epay *epay, struct sm_arena *arena,
                                const struct sm_pay_order *order,
                                const struct sm_buf *data, struct sm_error *err)
{
    const char *origin = sm_settings_str(epay->settings, "public_origin");
    char encoded[DATA_MAX * 2], sum[SM_EPAY_SUM], id[SM_ID_TEXT];
    size_t i;

    if (!sm_buf_ok(data) ||
        sm_base64_encode(encoded, sizeof(encoded), data->data, data->len) == 0)
        return SM_FAIL(err, SM_INTERNAL, "epay: request too long");
    sm_epay_checksum(sum, epay->secret, encoded, strlen(encoded));
    sm_id_format(id, order->payment);
    fields[0] = (struct sm_pay_field){"PAGE", epay->page};
    fields[1] = (struct sm_pay_field){
        "LANG", strcmp(order->lang, "bg") == 0 ? "bg" : "en"};
    fields[2] =
        (struct sm_pay_field){"ENCODED", sm_arena_strdup(arena, encoded)};
    fields[3] = (struct sm_pay_field){"CHECKSUM", sm_arena_strdup(arena, sum)};
    fields[4] = (struct sm_pay_field){
        "URL_OK",
        sm_arena_printf(arena, "%s/%s/pay/return/%s", origin, order->lang, id)};
    fields[5] = (struct sm_pay_field){
        "URL_CANCEL",
        sm_arena_printf(arena, "%s/%s/pay/status/%s", origin, order->lang, id)};
    for (i = 0; i < 6; i++)
        if (fields[i].value == NULL)
            return SM_FAIL(err, SM_INTERNAL, "out of memory");
    return SM_OK;
}

static enum sm_status form(struct sm_pay_field **out, size_t *count,
                           const struct sm_processor *self,
                           struct sm_arena *arena,
                           const struct sm_pay_order *order, int64_t now_us,
                           struct sm_error *err)
{
    const struct epay *epay = self_of(self);
    const char *company = sm_proto_company(epay->settings, order->lang);
    const char *descr;
    enum sm_status status;
    struct sm_buf data;
    int64_t shift_us = sm_clock_now_us() - sm_clock_real_us();

    (void)now_us;
    if (sm_clock_now_us() > order->expires_us)
        return SM_FAIL(err, SM_UNAVAILABLE, "epay: the order's time is over");
    /* no words, so that the line needs no language: "Company, ...1234" */
    descr = sm_arena_printf(arena, "%.*s, ...%.4s",
                            (int)sm_proto_fit(company, DESCR_MAX - 10), company,
                            order->hint);
    *out = sm_arena_calloc(arena, 6, sizeof(**out));
    if (*out == NULL || descr == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    sm_buf_init(&data, DATA_MAX);
    sm_epay_data(&data, &(struct sm_epay_request){
                            .min = epay->min,
                            .invoice = order->order_no,
                            .currency = order->currency,
                            .descr = descr,
                            .amount_minor = order->amount_minor,
                            .expires_us = order->expires_us - shift_us,
                        });
    status = fill_form(*out, epay, arena, order, &data, err);
    sm_buf_release(&data);
    *count = status == SM_OK ? 6 : 0;
    return status;
}

/* The field NAME, spelled in small or in capital letters. */
static const char *either(const struct sm_form *form, const char *small,
                          const char *capital)
{
    const struct sm_field *a = NULL, *b = NULL;

    if (sm_form_find(&a, form, small) != SM_OK ||
        sm_form_find(&b, form, capital) != SM_OK || (a != NULL && b != NULL))
        return NULL;
    if (a == NULL)
        a = b;
    return a != NULL ? a->value : NULL;
}

/* Decode ENCODED, which may be cut into lines. */
static enum sm_status decode(const char **text, size_t *len,
                             struct sm_arena *arena, const char *encoded,
                             struct sm_error *err)
{
    size_t size = strlen(encoded), n = 0, i;
    char *packed = sm_arena_alloc(arena, size + 1);
    uint8_t *out = sm_arena_alloc(arena, size + 1);

    if (packed == NULL || out == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    for (i = 0; i < size; i++)
        if (encoded[i] != '\n' && encoded[i] != '\r')
            packed[n++] = encoded[i];
    if (sm_base64_decode(out, size, len, packed) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "epay: not base64");
    *text = (const char *)out;
    return SM_OK;
}

static enum sm_status verify(struct sm_pay_event **out, size_t *count,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_notice *notice,
                             int64_t real_us, struct sm_error *err)
{
    const struct epay *epay = self_of(self);
    char want[SM_EPAY_SUM], got[SM_EPAY_SUM];
    const char *encoded, *sum, *text = "";
    struct sm_form form;
    enum sm_status status;
    size_t len = 0, i;

    (void)real_us; /* a notification is repeated for days */
    status = sm_form_parse(&form, arena, notice->body, notice->len);
    if (status != SM_OK)
        return status == SM_INVALID ? SM_DENIED : status;
    encoded = either(&form, "encoded", "ENCODED");
    sum = either(&form, "checksum", "CHECKSUM");
    if (encoded == NULL || sum == NULL || strlen(sum) != SM_EPAY_SUM - 1)
        return SM_FAIL(err, SM_DENIED, "epay: no checksum");
    sm_epay_checksum(want, epay->secret, encoded, strlen(encoded));
    for (i = 0; i < SM_EPAY_SUM; i++)
        got[i] = sm_to_lower(sum[i]);
    if (!sm_same_bytes(want, got, SM_EPAY_SUM - 1))
        return SM_FAIL(err, SM_DENIED, "epay: checksum does not fit");
    status = decode(&text, &len, arena, encoded, err);
    return status == SM_OK ? sm_epay_read(out, count, arena, text, len, err)
                           : status;
}

/* What became of one invoice, in ePay.bg's words: OK ends the repetitions, NO
 * too (no such invoice here), ERR has it come again. */
static const char *word_of(const struct sm_pay_event *event)
{
    if (event->status != SM_OK || event->kind == SM_PAY_IGNORED)
        return "ERR";
    return event->ours ? "OK" : "NO";
}

static struct sm_pay_ack ack(const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_event *events, size_t count,
                             enum sm_status status)
{
    struct sm_buf text;
    const char *body;
    size_t i;

    (void)self;
    if (status == SM_DENIED)
        return (struct sm_pay_ack){400, "text/plain",
                                   "ERR=Not valid CHECKSUM\n"};
    if (status == SM_INVALID)
        return (struct sm_pay_ack){400, "text/plain", "ERR=Not readable\n"};
    sm_buf_init(&text, ACK_MAX);
    for (i = 0; i < count; i++)
        sm_buf_addf(&text, "INVOICE=%s:STATUS=%s\n", events[i].order_no,
                    word_of(&events[i]));
    body = count > 0 && sm_buf_ok(&text)
               ? sm_arena_strndup(arena, text.data, text.len)
               : NULL;
    sm_buf_release(&text);
    if (body == NULL)
        return (struct sm_pay_ack){503, "text/plain", "ERR=Again\n"};
    return (struct sm_pay_ack){200, "text/plain", body};
}

static void close_epay(struct sm_processor *self)
{
    free(self);
}

static const struct sm_processor_ops epay_ops = {
    .takes = takes,
    .create = create,
    .query = query,
    .form = form,
    .verify = verify,
    .ack = ack,
    .close = close_epay,
};

enum sm_status sm_epay_open(struct sm_processor **out,
                            const struct sm_settings *settings,
                            struct sm_error *err)
{
    static const char *const required[] = {"public_origin", "epay.base_url",
                                           "epay.min", "epay.secret"};
    struct epay *epay;
    enum sm_status status;

    status = sm_settings_require(settings, required, SM_COUNT(required), err);
    if (status != SM_OK)
        return status;
    if (!sm_http_url_ok(sm_settings_str(settings, "epay.base_url")))
        return SM_FAIL(err, SM_INVALID, "epay.base_url: https is required");
    epay = calloc(1, sizeof(*epay));
    if (epay == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    epay->head.name = "epay";
    epay->head.ops = &epay_ops;
    epay->settings = settings;
    epay->base_url = sm_settings_str(settings, "epay.base_url");
    epay->min = sm_settings_str(settings, "epay.min");
    epay->secret = sm_settings_str(settings, "epay.secret");
    epay->page = sm_settings_str(settings, "epay.page");
    *out = &epay->head;
    return SM_OK;
}
