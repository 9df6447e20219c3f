#include "pay/stripe.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "net/http.h"
#include "pay/protocol.h"
#include "pay/stripe_wire.h"
#include "json/json.h"

/* The search for a lost order looks at this many pages of 100. */
#define SEARCH_PAGES 20
/* Five minutes of room where two clocks need not agree. */
#define CLOCKS_US (INT64_C(300) * 1000000)
/* Stripe creates no session that would expire sooner than this. */
#define LEAST_LIFE_US (INT64_C(1800) * 1000000)

static const struct stripe *self_of(const struct sm_processor *processor)
{
    return (const struct stripe *)(const void *)processor;
}

static bool takes(const struct sm_processor *self, int64_t amount_minor,
                  const char *currency)
{
    /* Currencies with two decimals both for ISO 4217 and for Stripe, so that
     * our minor units are theirs; eight digits are Stripe's ceiling. */
    static const char known[] = "EUR RON BGN USD GBP CHF PLN CZK HUF SEK NOK "
                                "DKK TRY RSD MDL UAH ";
    const char *at;

    (void)self;
    if (amount_minor <= 0 || amount_minor > 99999999 || strlen(currency) != 3)
        return false;
    for (at = known; *at != '\0'; at += 4)
        if (memcmp(at, currency, 3) == 0)
            return true;
    return false;
}

/* The create call itself; SM_CONFLICT and SM_DECLINED as refusal(). */
static enum sm_status post_create(struct sm_pay_event *out,
                                  const struct stripe *stripe,
                                  struct sm_arena *arena,
                                  const struct sm_pay_order *order,
                                  int budget_ms, struct sm_error *err)
{
    enum sm_status status = SM_INTERNAL;
    struct sm_buf body;

    sm_buf_init(&body, SM_STRIPE_BODY_MAX);
    sm_stripe_create_body(&body, order, stripe->origin,
                          sm_proto_company(stripe->settings, order->lang));
    if (sm_buf_ok(&body))
        status = sm_stripe_exchange(out, stripe, arena, order,
                                    "/v1/checkout/sessions", &body,
                                    order->idempotency_key, budget_ms, err);
    sm_buf_release(&body);
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
    status = post_create(out, self_of(self), arena, order, budget_ms, err);
    if (status == SM_DECLINED) {
        sm_log_error("stripe_create_refused", status, err);
        sm_proto_never_created(out, order);
        return SM_OK;
    }
    return status == SM_CONFLICT ? SM_UNAVAILABLE : status;
}

/* Sessions by when they were created, in Stripe's time. */
struct span {
    int64_t since_us;
    int64_t until_us; /* 0: no end */
};

/* One page of sessions as a parsed list. */
static enum sm_status list_page(const struct sm_json **out,
                                const struct stripe *stripe,
                                struct sm_arena *arena, const struct span *span,
                                const char *cursor, int budget_ms,
                                struct sm_error *err)
{
    enum sm_status status = SM_INTERNAL;
    struct sm_buf path;

    sm_buf_init(&path, SM_STRIPE_BODY_MAX);
    sm_buf_adds(&path, "/v1/checkout/sessions?limit=100&created%5Bgte%5D=");
    sm_buf_addi(&path, span->since_us / 1000000);
    if (span->until_us > 0) {
        sm_buf_adds(&path, "&created%5Blte%5D=");
        sm_buf_addi(&path, span->until_us / 1000000);
    }
    if (cursor[0] != '\0') {
        sm_buf_adds(&path, "&starting_after=");
        sm_buf_add_url(&path, cursor, strlen(cursor));
    }
    if (sm_buf_ok(&path))
        status = sm_stripe_fetch(out, stripe, arena, path.data, NULL, NULL,
                                 budget_ms, err);
    sm_buf_release(&path);
    return status == SM_OK || status == SM_INTERNAL ? status : SM_UNAVAILABLE;
}

static enum sm_status list_span(struct sm_pay_event **out, size_t *count,
                                const char **next, const struct stripe *stripe,
                                struct sm_arena *arena, const struct span *span,
                                const char *cursor, int budget_ms,
                                struct sm_error *err)
{
    const struct sm_json *top = NULL, *data, *item;
    struct sm_pay_event *events;
    enum sm_status status;

    *next = "";
    *count = 0;
    status = list_page(&top, stripe, arena, span, cursor, budget_ms, err);
    if (status != SM_OK)
        return status;
    data = sm_json_at(top, "data");
    if (data == NULL)
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: list without data");
    events = sm_arena_calloc(arena, sm_json_count(data) + 1, sizeof(*events));
    if (events == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    for (item = sm_json_first(data); item != NULL; item = sm_json_next(item)) {
        /* One that cannot be read is another product's; it is skipped, but
         * the next page still starts after it. */
        if (sm_json_true(top, "has_more") && sm_json_str(item, "id") != NULL)
            *next = sm_json_str(item, "id");
        if (sm_stripe_read_session(&events[*count], arena, item, err) == SM_OK)
            (*count)++;
    }
    if (sm_json_true(top, "has_more") && (*next)[0] == '\0')
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: list without its rest");
    *out = events;
    return SM_OK;
}

static enum sm_status list(struct sm_pay_event **out, size_t *count,
                           const char **next, const struct sm_processor *self,
                           struct sm_arena *arena, int64_t since_us,
                           const char *cursor, int budget_ms,
                           struct sm_error *err)
{
    return list_span(out, count, next, self_of(self), arena,
                     &(struct span){.since_us = since_us}, cursor, budget_ms,
                     err);
}

/* Search Stripe's list for our order number.  Its end without a match means
 * that the order was never created. */
static enum sm_status search(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order, int budget_ms,
                             struct sm_error *err)
{
    int64_t end_ms = sm_clock_mono_ms() + budget_ms;
    int64_t shift_us = sm_proto_shift_us();
    /* Too wide only lengthens the search; too narrow would miss the order. */
    const struct span span = {
        .since_us = order->created_us - shift_us - CLOCKS_US,
        .until_us = order->expires_us - shift_us - LEAST_LIFE_US + CLOCKS_US,
    };
    struct sm_pay_event *events = NULL;
    const char *cursor = "";
    enum sm_status status;
    size_t count = 0, i;
    int page;

    for (page = 0; page < SEARCH_PAGES; page++) {
        int64_t left_ms = end_ms - sm_clock_mono_ms();

        if (left_ms <= 0)
            break;
        status = list_span(&events, &count, &cursor, self_of(self), arena,
                           &span, cursor, (int)left_ms, err);
        if (status != SM_OK)
            return status;
        for (i = 0; i < count; i++) {
            if (strcmp(events[i].order_no, order->order_no) == 0) {
                *out = events[i];
                return SM_OK;
            }
        }
        if (cursor[0] == '\0') {
            sm_proto_never_created(out, order);
            return SM_OK;
        }
    }
    return SM_FAIL(err, SM_UNAVAILABLE, "stripe: search not finished");
}

static enum sm_status recover(struct sm_pay_event *out,
                              const struct sm_processor *self,
                              struct sm_arena *arena,
                              const struct sm_pay_order *order, int64_t now_us,
                              int budget_ms, struct sm_error *err)
{
    int64_t start_ms = sm_clock_mono_ms(), left_ms;
    enum sm_status status;

    if (now_us - order->created_us < SM_STRIPE_KEY_LIFE_US) {
        status = post_create(out, self_of(self), arena, order, budget_ms, err);
        if (status != SM_CONFLICT && status != SM_DECLINED)
            return status;
    }
    /* The key is forgotten, the site's address or the payer's changed since,
     * or the repeat is refused: that says nothing about the first call. */
    left_ms = budget_ms - (sm_clock_mono_ms() - start_ms);
    return left_ms > 0
               ? search(out, self, arena, order, (int)left_ms, err)
               : SM_FAIL(err, SM_UNAVAILABLE, "stripe: no time to search");
}

static const char *session_path(struct sm_arena *arena,
                                const struct sm_pay_order *order,
                                const char *tail)
{
    return sm_stripe_path(arena, "/v1/checkout/sessions/", order->processor_ref,
                          tail);
}

static enum sm_status query(struct sm_pay_event *out,
                            const struct sm_processor *self,
                            struct sm_arena *arena,
                            const struct sm_pay_order *order, int budget_ms,
                            struct sm_error *err)
{
    const char *path =
        session_path(arena, order, "?expand%5B%5D=payment_intent");
    enum sm_status status;

    if (path == NULL)
        return SM_FAIL(err, SM_INTERNAL, "stripe: bad session id");
    status = sm_stripe_exchange(out, self_of(self), arena, order, path, NULL,
                                NULL, budget_ms, err);
    /* A session that we were given cannot be unknown: it is another key's. */
    return status == SM_DECLINED || status == SM_CONFLICT ? SM_UNAVAILABLE
                                                          : status;
}

static enum sm_status cancel(struct sm_pay_event *out,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_order *order, int budget_ms,
                             struct sm_error *err)
{
    const char *path = session_path(arena, order, "/expire");
    int64_t start_ms = sm_clock_mono_ms(), left_ms;
    enum sm_status status;
    struct sm_buf empty;

    if (path == NULL)
        return SM_FAIL(err, SM_INTERNAL, "stripe: bad session id");
    sm_buf_init(&empty, 0);
    status = sm_stripe_exchange(out, self_of(self), arena, order, path, &empty,
                                NULL, budget_ms, err);
    if (status == SM_OK && out->kind == SM_PAY_CLOSED)
        out->reason = "cancelled";
    if (status != SM_DECLINED)
        return status;
    /* Only an open session can be expired: learn what it has become. */
    left_ms = budget_ms - (sm_clock_mono_ms() - start_ms);
    return left_ms > 0 ? query(out, self, arena, order, (int)left_ms, err)
                       : SM_FAIL(err, SM_UNAVAILABLE, "stripe: no time left");
}

static enum sm_status verify(struct sm_pay_event **out, size_t *count,
                             const struct sm_processor *self,
                             struct sm_arena *arena,
                             const struct sm_pay_notice *notice,
                             int64_t real_us, struct sm_error *err)
{
    const struct stripe *stripe = self_of(self);
    enum sm_status status;

    status = sm_stripe_signature(
        stripe->webhook_secrets,
        notice->header(notice->ctx, "HTTP_STRIPE_SIGNATURE"), notice->body,
        notice->len, real_us, err);
    if (status != SM_OK)
        return status;
    *out = sm_arena_calloc(arena, 1, sizeof(**out));
    if (*out == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    *count = 1;
    return sm_stripe_read_event(*out, arena, notice->body, notice->len, err);
}

static void close_stripe(struct sm_processor *self)
{
    free(self);
}

static const struct sm_processor_ops stripe_ops = {
    .takes = takes,
    .create = create,
    .recover = recover,
    .query = query,
    .refund = sm_stripe_refund,
    .refund_query = sm_stripe_refund_query,
    .cancel = cancel,
    .list = list,
    .payouts = sm_stripe_payouts,
    .payout_lines = sm_stripe_payout_lines,
    .verify = verify,
    .close = close_stripe,
};

enum sm_status sm_stripe_open(struct sm_processor **out,
                              const struct sm_settings *settings,
                              struct sm_error *err)
{
    static const char *const required[] = {
        "public_origin",
        "stripe.base_url",
        "stripe.secret_key",
        "stripe.webhook_secret",
    };
    struct stripe *stripe;
    enum sm_status status;

    status = sm_settings_require(settings, required, SM_COUNT(required), err);
    if (status != SM_OK)
        return status;
    if (!sm_http_url_ok(sm_settings_str(settings, "stripe.base_url")))
        return SM_FAIL(err, SM_INVALID, "stripe.base_url: https is required");
    stripe = calloc(1, sizeof(*stripe));
    if (stripe == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    stripe->head.name = "stripe";
    stripe->head.ops = &stripe_ops;
    stripe->settings = settings;
    stripe->base_url = sm_settings_str(settings, "stripe.base_url");
    stripe->secret_key = sm_settings_str(settings, "stripe.secret_key");
    stripe->webhook_secrets =
        sm_settings_str(settings, "stripe.webhook_secret");
    stripe->ca_file = sm_settings_str(settings, "processor.ca_file");
    stripe->origin = sm_settings_str(settings, "public_origin");
    stripe->api_version = sm_settings_str(settings, "stripe.api_version");
    stripe->connect_ms = (int)sm_settings_int(settings, "processor.connect_ms");
    *out = &stripe->head;
    return SM_OK;
}
