#include "pay/euplatesc.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "money/money.h"
#include "pay/euplatesc_wire.h"
#include "pay/protocol.h"

static const struct euplatesc *self_of(const struct sm_processor *processor)
{
    return (const struct euplatesc *)(const void *)processor;
}

static bool takes(const struct sm_processor *self, int64_t amount_minor,
                  const char *currency)
{
    (void)self;
    return amount_minor > 0 && amount_minor <= INT64_C(9999999999) &&
           (strcmp(currency, "RON") == 0 || strcmp(currency, "EUR") == 0 ||
            strcmp(currency, "USD") == 0);
}

/* There is no call: the order comes to be when the browser posts the form, so
 * until its end it may be paid. */
static enum sm_status create(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order, int budget_ms,
                             struct sm_error *err)
{
    (void)arena;
    (void)budget_ms;
    (void)err;
    if (!takes(self, order->amount_minor, order->currency)) {
        sm_proto_never_created(out, order);
        return SM_OK;
    }
    *out = sm_pay_event_none();
    out->kind = SM_PAY_OPEN;
    out->order_no = order->order_no;
    out->redirect_url = self_of(self)->page_url;
    return SM_OK;
}

/* check_status by our order number, which finds every try of it; or of the
 * one transaction EPID, where that is not NULL. */
static enum sm_status check(struct sm_http_reply *reply,
                            const struct euplatesc *self,
                            struct sm_arena *arena,
                            const struct sm_pay_order *order, const char *epid,
                            int budget_ms, struct sm_error *err)
{
    const struct sm_pay_field fields[] = {
        {"method", "check_status"},
        {"mid", self->terms.merchant},
        {epid != NULL ? "epid" : "invoice_id",
         epid != NULL ? epid : order->order_no},
    };

    return sm_euplatesc_call(reply, self, arena, &self->terms.key, fields,
                             SM_COUNT(fields), budget_ms, err);
}

static enum sm_status query(struct sm_pay_event *out,
                            const struct sm_processor *self,
                            struct sm_arena *arena,
                            const struct sm_pay_order *order, int budget_ms,
                            struct sm_error *err)
{
    const struct euplatesc *ep = self_of(self);
    struct sm_http_reply reply;
    enum sm_status status;

    status = check(&reply, ep, arena, order, NULL, budget_ms, err);
    if (status != SM_OK)
        return status;
    status = sm_euplatesc_read_status(out, arena, &ep->terms, ep->unknown,
                                      order, sm_clock_now_us(), reply.body.data,
                                      reply.body.len, err);
    sm_http_reply_release(&reply);
    if (status == SM_OK && out->kind == SM_PAY_OPEN)
        out->redirect_url = ep->page_url;
    return status;
}

/* A form that is signed cannot be called back: it ends by its valability.
 * What is true is all that can be said. */
static enum sm_status form(struct sm_pay_field **out, size_t *count,
                           const struct sm_processor *self,
                           struct sm_arena *arena,
                           const struct sm_pay_order *order, int64_t now_us,
                           struct sm_error *err)
{
    return sm_euplatesc_form(out, count, self_of(self), arena, order, now_us,
                             err);
}

static enum sm_status refund(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order,
                             const struct sm_pay_refund *refund, int budget_ms,
                             struct sm_error *err)
{
    const struct euplatesc *ep = self_of(self);
    char amount[SM_DECIMAL_TEXT];
    const struct sm_pay_field fields[] = {
        {"method", "refund"},         {"ukey", ep->user},
        {"epid", order->capture_ref}, {"amount", amount},
        {"reason", refund->key},
    };
    struct sm_http_reply reply;
    enum sm_status status;

    sm_decimal_format(amount, refund->amount_minor, 2);
    status = sm_euplatesc_call(&reply, ep, arena, &ep->api, fields,
                               SM_COUNT(fields), budget_ms, err);
    if (status != SM_OK)
        return status;
    status =
        sm_euplatesc_read_done(arena, reply.body.data, reply.body.len, err);
    sm_http_reply_release(&reply);
    if (status != SM_OK && status != SM_DECLINED)
        return status;
    *out = sm_proto_refund(order, refund,
                           status == SM_OK ? "succeeded" : "failed");
    return SM_OK;
}

/* A refund has no key there, so that one whose answer was lost is never sent
 * again: it is known to have worked if the sum given back is just its own
 * and that of the others, else a person looks at their panel. */
static enum sm_status refund_query(struct sm_pay_event *out,
                                   const struct sm_processor *self,
                                   struct sm_arena *arena,
                                   const struct sm_pay_order *order,
                                   const struct sm_pay_refund *refund,
                                   int64_t now_us, int budget_ms,
                                   struct sm_error *err)
{
    const struct euplatesc *ep = self_of(self);
    struct sm_http_reply reply;
    enum sm_status status;
    int64_t refunded = 0;

    (void)now_us;
    status =
        check(&reply, ep, arena, order, order->capture_ref, budget_ms, err);
    if (status != SM_OK)
        return status;
    status = sm_euplatesc_read_refunded(&refunded, arena, &ep->terms, order,
                                        reply.body.data, reply.body.len, err);
    sm_http_reply_release(&reply);
    if (status != SM_OK)
        return status;
    if (refunded != refund->others_minor + refund->amount_minor)
        return SM_FAIL(err, SM_UNAVAILABLE, "euplatesc: refund not known");
    *out = sm_proto_refund(order, refund, "succeeded");
    return SM_OK;
}

static enum sm_status verify(struct sm_pay_event **out, size_t *count,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_notice *notice,
                             int64_t real_us, struct sm_error *err)
{
    (void)real_us; /* a silent POST may be late, and a repeated one is known */
    *out = sm_arena_calloc(arena, 1, sizeof(**out));
    if (*out == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    *count = 1;
    return sm_euplatesc_read_message(*out, arena, &self_of(self)->terms,
                                     notice->body, notice->len, err);
}

static void close_euplatesc(struct sm_processor *self)
{
    free(self);
}

/* Without the keys of management calls, refunds are made on their panel. */
static const struct sm_processor_ops desk_ops = {
    .takes = takes,
    .create = create,
    .query = query,
    .form = form,
    .verify = verify,
    .close = close_euplatesc,
};

static const struct sm_processor_ops full_ops = {
    .takes = takes,
    .create = create,
    .query = query,
    .form = form,
    .refund = refund,
    .refund_query = refund_query,
    .verify = verify,
    .close = close_euplatesc,
};

/* Read the secrets and what depends on them. */
static enum sm_status read_keys(struct euplatesc *self,
                                const struct sm_settings *settings,
                                struct sm_error *err)
{
    const char *api = sm_settings_str(settings, "euplatesc.user_api");

    self->user = sm_settings_str(settings, "euplatesc.user_key");
    self->head.ops = &desk_ops;
    if (sm_euplatesc_key_read(&self->terms.key,
                              sm_settings_str(settings, "euplatesc.key")) !=
        SM_OK)
        return SM_FAIL(err, SM_INVALID, "euplatesc.key: not hex digits");
    if ((self->user[0] == '\0') != (api[0] == '\0'))
        return SM_FAIL(err, SM_INVALID,
                       "euplatesc.user_key and user_api: both or none");
    if (api[0] == '\0')
        return SM_OK;
    self->head.ops = &full_ops;
    if (sm_euplatesc_key_read(&self->api, api) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "euplatesc.user_api: not hex digits");
    return SM_OK;
}

enum sm_status sm_euplatesc_open(struct sm_processor **out,
                                 const struct sm_settings *settings,
                                 struct sm_error *err)
{
    static const char *const required[] = {
        "public_origin",      "euplatesc.key",    "euplatesc.merchant_id",
        "euplatesc.page_url", "euplatesc.ws_url",
    };
    struct euplatesc *self;
    enum sm_status status;

    status = sm_settings_require(settings, required, SM_COUNT(required), err);
    if (status != SM_OK)
        return status;
    if (!sm_http_url_ok(sm_settings_str(settings, "euplatesc.page_url")) ||
        !sm_http_url_ok(sm_settings_str(settings, "euplatesc.ws_url")))
        return SM_FAIL(err, SM_INVALID,
                       "euplatesc.page_url, ws_url: https is required");
    self = calloc(1, sizeof(*self));
    if (self == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    self->head.name = "euplatesc";
    self->settings = settings;
    self->terms.merchant = sm_settings_str(settings, "euplatesc.merchant_id");
    self->terms.extra = sm_settings_str(settings, "euplatesc.extra_fields");
    self->terms.review = sm_settings_bool(settings, "euplatesc.review");
    self->origin = sm_settings_str(settings, "public_origin");
    self->page_url = sm_settings_str(settings, "euplatesc.page_url");
    self->ws_url = sm_settings_str(settings, "euplatesc.ws_url");
    self->unknown = sm_settings_str(settings, "euplatesc.unknown_codes");
    status = read_keys(self, settings, err);
    if (status != SM_OK) {
        free(self);
        return status;
    }
    *out = &self->head;
    return SM_OK;
}
