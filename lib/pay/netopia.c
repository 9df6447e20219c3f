#include "pay/netopia.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "pay/netopia_wire.h"
#include "pay/protocol.h"

#define PEM_MAX 16384
/* A payment that is with its bank when its time ends gets this long before
 * it is ended there. */
#define GRACE_US (INT64_C(900) * 1000000)
/* A refund of which nothing is known this long after was not taken up. */
#define REFUND_US (INT64_C(900) * 1000000)

static const struct netopia *self_of(const struct sm_processor *processor)
{
    return (const struct netopia *)(const void *)processor;
}

/* Lei only: an order in another currency is charged in lei at their rate, so
 * that what was paid would not be what was asked for. */
static bool takes(const struct sm_processor *self, int64_t amount_minor,
                  const char *currency)
{
    (void)self;
    return amount_minor > 0 && amount_minor <= INT64_C(9999999999) &&
           strcmp(currency, "RON") == 0;
}

static enum sm_status start(struct sm_pay_event *out,
                            const struct netopia *self, struct sm_arena *arena,
                            const struct sm_pay_order *order, int budget_ms,
                            struct sm_error *err)
{
    struct sm_http_reply reply;
    enum sm_status status;
    struct sm_buf body;

    sm_buf_init(&body, SM_NETOPIA_BODY_MAX);
    sm_netopia_start_body(&body, order, self->pos, self->origin,
                          sm_proto_company(self->settings, order->lang));
    status = sm_netopia_call(&reply, self, arena, "/payment/card/start", &body,
                             budget_ms, err);
    sm_buf_release(&body);
    if (status != SM_OK)
        return status;
    status = sm_netopia_read_start(out, arena, order, reply.body.data,
                                   reply.body.len, err);
    sm_http_reply_release(&reply);
    return status;
}

/* A question about ORDER at PATH; it names both numbers. */
static enum sm_status ask(struct sm_pay_event *out, int *answer,
                          const struct netopia *self, struct sm_arena *arena,
                          const struct sm_pay_order *order, const char *path,
                          int budget_ms, struct sm_error *err)
{
    struct sm_http_reply reply;
    enum sm_status status;
    struct sm_buf body;

    sm_buf_init(&body, SM_NETOPIA_BODY_MAX);
    sm_buf_addc(&body, '{');
    sm_netopia_text(&body, "posID", self->pos);
    sm_netopia_text(&body, "ntpID", order->processor_ref);
    sm_netopia_text(&body, "orderID", order->order_no);
    sm_netopia_end(&body, "}");
    status = sm_netopia_call(&reply, self, arena, path, &body, budget_ms, err);
    sm_buf_release(&body);
    if (status != SM_OK)
        return status;
    status = sm_netopia_read_status(out, answer, arena, order, reply.body.data,
                                    reply.body.len, err);
    sm_http_reply_release(&reply);
    return status;
}

static enum sm_status create(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order, int budget_ms,
                             struct sm_error *err)
{
    enum sm_status status;

    if (!takes(self, order->amount_minor, order->currency)) {
        sm_proto_never_created(out, order);
        return SM_OK;
    }
    status = start(out, self_of(self), arena, order, budget_ms, err);
    if (status == SM_DECLINED) {
        sm_log_error("netopia_start_refused", status, err);
        sm_proto_never_created(out, order);
        return SM_OK;
    }
    return status == SM_CONFLICT ? SM_UNAVAILABLE : status;
}

/* End an unpaid order; OUT is what is true afterwards. */
static enum sm_status expire(struct sm_pay_event *out,
                             const struct netopia *self, struct sm_arena *arena,
                             const struct sm_pay_order *order,
                             const char *reason, int budget_ms,
                             struct sm_error *err)
{
    int64_t start_ms = sm_clock_mono_ms(), left_ms;
    enum sm_status status;
    int answer = 0;

    status = ask(out, &answer, self, arena, order, "/operation/expire",
                 budget_ms, err);
    if (status == SM_OK && out->kind == SM_PAY_CLOSED) {
        out->reason = reason;
        return SM_OK;
    }
    if (status == SM_OK && out->kind == SM_PAY_CAPTURED)
        return SM_OK;
    /* Refused, or not said: ask what it has become. */
    left_ms = budget_ms - (sm_clock_mono_ms() - start_ms);
    if (left_ms <= 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "netopia: no time left");
    status = ask(out, &answer, self, arena, order, "/operation/status",
                 (int)left_ms, err);
    return status == SM_NOT_FOUND ? SM_UNAVAILABLE : status;
}

static enum sm_status query(struct sm_pay_event *out,
                            const struct sm_processor *self,
                            struct sm_arena *arena,
                            const struct sm_pay_order *order, int budget_ms,
                            struct sm_error *err)
{
    int64_t start_ms = sm_clock_mono_ms(), left_ms;
    enum sm_status status;
    int answer = 0;

    status = ask(out, &answer, self_of(self), arena, order, "/operation/status",
                 budget_ms, err);
    if (status == SM_NOT_FOUND)
        return SM_UNAVAILABLE; /* we were told its number */
    if (status != SM_OK ||
        (out->kind != SM_PAY_OPEN && answer != SM_NETOPIA_3DS) ||
        sm_clock_now_us() < order->expires_us + GRACE_US)
        return status;
    /* Their page knows no time that we set: when ours is over, it is ended. */
    left_ms = budget_ms - (sm_clock_mono_ms() - start_ms);
    if (left_ms <= 0)
        return SM_OK;
    return expire(out, self_of(self), arena, order,
                  answer == SM_NETOPIA_DECLINED ? "declined" : "expired",
                  (int)left_ms, err);
}

/* Learn what the number of an order whose reference was never told is. */
static enum sm_status search(struct sm_pay_event *out,
                             const struct netopia *self, struct sm_arena *arena,
                             const struct sm_pay_order *order, int64_t now_us,
                             int budget_ms, struct sm_error *err)
{
    enum sm_status status;
    int answer = 0;

    if (budget_ms <= 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "netopia: no time to search");
    status = ask(out, &answer, self, arena, order, "/operation/status",
                 budget_ms, err);
    if (status != SM_NOT_FOUND)
        return status;
    /* Nobody was ever shown a page of it. */
    if (now_us < order->expires_us)
        return SM_FAIL(err, SM_UNAVAILABLE, "netopia: not known there");
    sm_proto_never_created(out, order);
    return SM_OK;
}

static enum sm_status recover(struct sm_pay_event *out,
                              const struct sm_processor *self,
                              struct sm_arena *arena,
                              const struct sm_pay_order *order, int64_t now_us,
                              int budget_ms, struct sm_error *err)
{
    int64_t start_ms = sm_clock_mono_ms();
    enum sm_status status;

    /* In its time the same start leads to the same order; afterwards it would
     * make one that nobody waits for. */
    if (now_us < order->expires_us) {
        status = start(out, self_of(self), arena, order, budget_ms, err);
        if (status != SM_CONFLICT && status != SM_DECLINED)
            return status;
    }
    return search(out, self_of(self), arena, order, now_us,
                  (int)(budget_ms - (sm_clock_mono_ms() - start_ms)), err);
}

static enum sm_status cancel(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order, int budget_ms,
                             struct sm_error *err)
{
    return expire(out, self_of(self), arena, order, "cancelled", budget_ms,
                  err);
}

static enum sm_status refund(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order,
                             const struct sm_pay_refund *refund, int budget_ms,
                             struct sm_error *err)
{
    struct sm_http_reply reply;
    enum sm_status status;
    struct sm_buf body;

    sm_buf_init(&body, SM_NETOPIA_BODY_MAX);
    sm_buf_addc(&body, '{');
    sm_netopia_text(&body, "ntpID", order->capture_ref);
    sm_netopia_sum(&body, "amount", refund->amount_minor);
    sm_buf_adds(&body, "\"split\":[]}");
    status = sm_netopia_call(&reply, self_of(self), arena, "/operation/credit",
                             &body, budget_ms, err);
    sm_buf_release(&body);
    if (status != SM_OK)
        return status;
    status = sm_netopia_read_credit(arena, refund, reply.body.data,
                                    reply.body.len, err);
    sm_http_reply_release(&reply);
    if (status != SM_OK && status != SM_DECLINED)
        return status;
    *out = sm_proto_refund(order, refund,
                           status == SM_OK ? "succeeded" : "failed");
    return SM_OK;
}

/* A refund has no key there, so that one whose answer was lost is never sent
 * again.  A payment that still stands as paid has had nothing given back; one
 * that had is told apart only by a notification, or by a person. */
static enum sm_status refund_query(struct sm_pay_event *out,
                                   const struct sm_processor *self,
                                   struct sm_arena *arena,
                                   const struct sm_pay_order *order,
                                   const struct sm_pay_refund *refund,
                                   int64_t now_us, int budget_ms,
                                   struct sm_error *err)
{
    enum sm_status status;
    int answer = 0;

    status = ask(out, &answer, self_of(self), arena, order, "/operation/status",
                 budget_ms, err);
    if (status != SM_OK)
        return status == SM_NOT_FOUND ? SM_UNAVAILABLE : status;
    if (answer == SM_NETOPIA_CREDIT &&
        refund->amount_minor == order->amount_minor) {
        *out = sm_proto_refund(order, refund, "succeeded");
        return SM_OK;
    }
    if ((answer == SM_NETOPIA_PAID || answer == SM_NETOPIA_CONFIRMED) &&
        now_us > refund->asked_us + REFUND_US) {
        *out = sm_proto_refund(order, refund, "failed");
        return SM_OK;
    }
    return SM_FAIL(err, SM_UNAVAILABLE, "netopia: refund not known");
}

static enum sm_status verify(struct sm_pay_event **out, size_t *count,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_notice *notice,
                             int64_t real_us, struct sm_error *err)
{
    const struct netopia *netopia = self_of(self);
    const char *token = notice->header(notice->ctx, "HTTP_VERIFICATION_TOKEN");
    char hex[2 * SM_HASH_BYTES + 1];
    uint8_t hash[SM_HASH_BYTES];
    enum sm_status status;

    status = sm_netopia_token(netopia->key, netopia->pos, token, notice->body,
                              notice->len, real_us, arena, err);
    if (status != SM_OK)
        return status;
    *out = sm_arena_calloc(arena, 1, sizeof(**out));
    if (*out == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    *count = 1;
    status =
        sm_netopia_read_notice(*out, arena, notice->body, notice->len, err);
    if (status != SM_OK)
        return status;
    sm_sha256(hash, token, strlen(token));
    sm_hex(hex, hash, sizeof(hash));
    (*out)->key = sm_arena_printf(arena, "%s:%s:%.32s", (*out)->processor_ref,
                                  (*out)->type, hex);
    return (*out)->key != NULL ? SM_OK
                               : SM_FAIL(err, SM_INTERNAL, "out of memory");
}

/* Their words for what is wrong, with the codes of their own library. */
static struct sm_pay_ack ack(const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_event *events, size_t count,
                             enum sm_status status)
{
    struct sm_pay_ack ack = sm_proto_ack(status);

    (void)self;
    (void)arena;
    (void)events;
    (void)count;
    ack.type = "application/json";
    if (status == SM_OK)
        ack.body = "{\"errorCode\":0}";
    else if (status == SM_DENIED)
        ack.body = "{\"errorType\":2,\"errorCode\":268435713,"
                   "\"errorMessage\":\"not verified\"}";
    else if (status == SM_INVALID)
        ack.body = "{\"errorType\":2,\"errorCode\":268435719,"
                   "\"errorMessage\":\"not understood\"}";
    else
        ack.body = "{\"errorType\":1,\"errorCode\":1,"
                   "\"errorMessage\":\"not kept, send again\"}";
    return ack;
}

static void close_netopia(struct sm_processor *processor)
{
    struct netopia *self = (struct netopia *)(void *)processor;

    sm_rsa_free(self->key);
    free(self);
}

static const struct sm_processor_ops netopia_ops = {
    .takes = takes,
    .create = create,
    .recover = recover,
    .query = query,
    .refund = refund,
    .refund_query = refund_query,
    .cancel = cancel,
    .verify = verify,
    .ack = ack,
    .close = close_netopia,
};

/* Read the certificate of the file PATH. */
static enum sm_status read_key(struct sm_rsa **out, const char *path,
                               struct sm_error *err)
{
    char pem[PEM_MAX];
    FILE *file = fopen(path, "re");
    size_t len;

    if (file == NULL)
        return SM_FAIL(err, SM_INVALID, "netopia.certificate: cannot be read");
    len = fread(pem, 1, sizeof(pem) - 1, file);
    pem[len] = '\0';
    (void)fclose(file);
    if (sm_rsa_public(out, pem) != SM_OK)
        return SM_FAIL(err, SM_INVALID,
                       "netopia.certificate: no certificate with an RSA key");
    return SM_OK;
}

enum sm_status sm_netopia_open(struct sm_processor **out,
                               const struct sm_settings *settings,
                               struct sm_error *err)
{
    static const char *const required[] = {
        "public_origin",       "netopia.api_key",       "netopia.base_url",
        "netopia.certificate", "netopia.pos_signature",
    };
    struct netopia *self;
    enum sm_status status;

    status = sm_settings_require(settings, required, SM_COUNT(required), err);
    if (status != SM_OK)
        return status;
    if (!sm_http_url_ok(sm_settings_str(settings, "netopia.base_url")))
        return SM_FAIL(err, SM_INVALID, "netopia.base_url: https is required");
    self = calloc(1, sizeof(*self));
    if (self == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    self->head.name = "netopia";
    self->head.ops = &netopia_ops;
    self->settings = settings;
    self->origin = sm_settings_str(settings, "public_origin");
    self->base_url = sm_settings_str(settings, "netopia.base_url");
    self->api_key = sm_settings_str(settings, "netopia.api_key");
    self->pos = sm_settings_str(settings, "netopia.pos_signature");
    self->ca_file = sm_settings_str(settings, "processor.ca_file");
    self->connect_ms = (int)sm_settings_int(settings, "processor.connect_ms");
    status = read_key(&self->key,
                      sm_settings_str(settings, "netopia.certificate"), err);
    if (status != SM_OK) {
        free(self);
        return status;
    }
    *out = &self->head;
    return SM_OK;
}
