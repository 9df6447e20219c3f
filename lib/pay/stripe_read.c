/* Reading what Stripe sends: signatures, sessions, events.  No calls out. */
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "net/http.h"
#include "pay/protocol.h"
#include "pay/stripe.h"
#include "pay/stripe_wire.h"
#include "json/json.h"

#define HEX_BYTES (2 * SM_HASH_BYTES)
#define MAX_SECRETS 8
#define MAX_HEADER 4096

/* The HMACs that a good notification could carry, one for each secret. */
struct expected {
    char hex[MAX_SECRETS][HEX_BYTES + 1];
    size_t count;
};

static enum sm_status expect(struct expected *out, const char *secrets,
                             const char *stamp, size_t stamp_len,
                             const char *body, size_t len)
{
    uint8_t mac[SM_HASH_BYTES];
    struct sm_buf text;
    const char *secret;
    size_t secret_len;

    out->count = 0;
    sm_buf_init(&text, stamp_len + 1 + len);
    sm_buf_add(&text, stamp, stamp_len);
    sm_buf_addc(&text, '.');
    sm_buf_add(&text, body, len);
    if (!sm_buf_ok(&text)) {
        sm_buf_release(&text);
        return SM_INTERNAL;
    }
    while (out->count < MAX_SECRETS &&
           sm_list_next(&secrets, &secret, &secret_len)) {
        sm_hmac_sha256(mac, secret, secret_len, text.data, text.len);
        sm_hex(out->hex[out->count++], mac, sizeof(mac));
    }
    sm_buf_release(&text);
    return SM_OK;
}

/* All pairs are compared, so that time says nothing about which one fits. */
static bool any_fits(const struct expected *expected, const char *value,
                     size_t len)
{
    bool fits = false;
    size_t i;

    if (len != HEX_BYTES)
        return false;
    for (i = 0; i < expected->count; i++)
        fits |= sm_same_bytes(expected->hex[i], value, HEX_BYTES);
    return fits;
}

/* The value of the first "t=" of the header; false without exactly one. */
static bool find_stamp(const char *header, const char **value, size_t *len)
{
    const char *at;
    int seen = 0;

    for (at = header; *at != '\0'; at += *at == ',') {
        size_t part = strcspn(at, ",");

        if (part > 2 && memcmp(at, "t=", 2) == 0) {
            *value = at + 2;
            *len = part - 2;
            seen++;
        }
        at += part;
    }
    return seen == 1;
}

static bool stamp_ok(const char *value, size_t len, int64_t real_us)
{
    int64_t stamp, now = real_us / 1000000;
    char text[24];

    if (len >= sizeof(text))
        return false;
    memcpy(text, value, len);
    text[len] = '\0';
    return sm_parse_i64(&stamp, text, 0, INT64_C(1) << 40) == SM_OK &&
           stamp >= now - SM_STRIPE_TOLERANCE_S &&
           stamp <= now + SM_STRIPE_TOLERANCE_S;
}

enum sm_status sm_stripe_signature(const char *secrets, const char *header,
                                   const char *body, size_t len,
                                   int64_t real_us, struct sm_error *err)
{
    struct expected expected;
    const char *stamp = "", *at;
    size_t stamp_len = 0;
    bool fits = false;

    if (strlen(header) > MAX_HEADER || !find_stamp(header, &stamp, &stamp_len))
        return SM_FAIL(err, SM_DENIED, "signature header malformed");
    if (!stamp_ok(stamp, stamp_len, real_us))
        return SM_FAIL(err, SM_DENIED, "signature stamp outside tolerance");
    if (expect(&expected, secrets, stamp, stamp_len, body, len) != SM_OK)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    for (at = header; *at != '\0'; at += *at == ',') {
        size_t part = strcspn(at, ",");

        if (part > 3 && memcmp(at, "v1=", 3) == 0)
            fits |= any_fits(&expected, at + 3, part - 3);
        at += part;
    }
    if (!fits)
        return SM_FAIL(err, SM_DENIED, "signature does not fit");
    return SM_OK;
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

const char *sm_stripe_str(const struct sm_json *value, const char *path)
{
    return or_empty(sm_json_str(value, path));
}

const char *sm_stripe_currency(struct sm_arena *arena,
                               const struct sm_json *object)
{
    const char *text = sm_stripe_str(object, "currency");
    char *copy;
    size_t i;

    if (strlen(text) != 3)
        return "";
    copy = sm_arena_strdup(arena, text);
    if (copy == NULL)
        return "";
    for (i = 0; i < 3; i++) {
        if (!sm_is_alpha(copy[i]))
            return "";
        copy[i] = sm_to_upper(copy[i]);
    }
    return copy;
}

/* A session that was completed without the money being there: what its
 * payment intent says, where the answer holds it. */
static void read_unpaid(struct sm_pay_event *out, const struct sm_json *session)
{
    const char *intent = sm_stripe_str(session, "payment_intent.status");

    out->kind = SM_PAY_PENDING;
    if (strcmp(intent, "requires_payment_method") == 0 ||
        strcmp(intent, "canceled") == 0) {
        out->kind = SM_PAY_CLOSED;
        out->reason = "declined";
    }
}

static enum sm_status read_paid(struct sm_pay_event *out,
                                struct sm_arena *arena,
                                const struct sm_json *session,
                                struct sm_error *err)
{
    const char *intent = sm_json_str(session, "payment_intent");

    out->kind = SM_PAY_CAPTURED;
    out->currency = sm_stripe_currency(arena, session);
    /* a plain id, or the whole object where it was asked for */
    out->capture_ref = or_empty(
        intent != NULL ? intent : sm_json_str(session, "payment_intent.id"));
    if (sm_json_int(&out->amount_minor, session, "amount_total") != SM_OK ||
        out->amount_minor <= 0 || out->currency[0] == '\0')
        return SM_FAIL(err, SM_INVALID, "paid session without a sum");
    return SM_OK;
}

enum sm_status sm_stripe_read_session(struct sm_pay_event *out,
                                      struct sm_arena *arena,
                                      const struct sm_json *session,
                                      struct sm_error *err)
{
    const char *object = sm_stripe_str(session, "object");
    const char *status = sm_stripe_str(session, "status");
    const char *paid = sm_stripe_str(session, "payment_status");
    int64_t expires;

    *out = sm_pay_event_none();
    out->processor_ref = sm_stripe_str(session, "id");
    out->order_no = sm_stripe_str(session, "client_reference_id");
    if (strcmp(object, "checkout.session") != 0 ||
        out->processor_ref[0] == '\0')
        return SM_FAIL(err, SM_INVALID, "not a checkout session");
    if (sm_json_int(&expires, session, "expires_at") == SM_OK && expires > 0 &&
        expires < INT64_C(1) << 40)
        out->expires_us = expires * 1000000 + sm_proto_shift_us();
    if (strcmp(paid, "paid") == 0)
        return read_paid(out, arena, session, err);
    if (strcmp(status, "complete") == 0) {
        read_unpaid(out, session);
    } else if (strcmp(status, "expired") == 0) {
        out->kind = SM_PAY_CLOSED;
        out->reason = "expired";
    } else if (strcmp(status, "open") == 0) {
        out->kind = SM_PAY_OPEN;
        out->redirect_url = sm_stripe_str(session, "url");
        if (!sm_http_url_ok(out->redirect_url))
            return SM_FAIL(err, SM_INVALID, "open session without a url");
    } else {
        return SM_FAIL(err, SM_INVALID, "session status unknown");
    }
    return SM_OK;
}

/* The class of a decline, coarse enough to be shown and counted. */
static const char *decline_class(const struct sm_json *intent)
{
    const char *code = sm_stripe_str(intent, "last_payment_error.decline_code");

    if (code[0] == '\0')
        code = sm_stripe_str(intent, "last_payment_error.code");
    if (strcmp(code, "insufficient_funds") == 0)
        return "funds";
    if (strcmp(code, "expired_card") == 0)
        return "card_expired";
    if (strcmp(code, "authentication_required") == 0 ||
        strcmp(code, "payment_intent_authentication_failure") == 0)
        return "authentication";
    return "refused";
}

/* A failed try: the session stays payable, so this is no end. */
static void read_decline(struct sm_pay_event *out, const struct sm_json *intent)
{
    const char *order_no = sm_json_str(intent, "metadata.order_no");

    if (order_no == NULL)
        return; /* another system's payment on the same account */
    out->kind = SM_PAY_DECLINED;
    out->order_no = order_no;
    out->reason = decline_class(intent);
}

/* What the events that concern us are about. */
enum subject { OTHER, SESSION, INTENT, REFUND, DISPUTE };

static enum subject subject_of(const char *type)
{
    static const struct {
        const char *type;
        enum subject subject;
    } known[] = {
        {"checkout.session.completed", SESSION},
        {"checkout.session.async_payment_succeeded", SESSION},
        {"checkout.session.async_payment_failed", SESSION},
        {"checkout.session.expired", SESSION},
        {"payment_intent.payment_failed", INTENT},
        {"refund.created", REFUND},
        {"refund.updated", REFUND},
        {"refund.failed", REFUND},
        {"charge.refund.updated", REFUND},
        {"charge.dispute.created", DISPUTE},
        {"charge.dispute.updated", DISPUTE},
        {"charge.dispute.closed", DISPUTE},
        {"charge.dispute.funds_withdrawn", DISPUTE},
        {"charge.dispute.funds_reinstated", DISPUTE},
    };
    size_t i;

    for (i = 0; i < SM_COUNT(known); i++)
        if (strcmp(type, known[i].type) == 0)
            return known[i].subject;
    return OTHER;
}

static enum sm_status read_session_event(struct sm_pay_event *out,
                                         struct sm_arena *arena,
                                         const char *type,
                                         const struct sm_json *session,
                                         struct sm_error *err)
{
    enum sm_status status = sm_stripe_read_session(out, arena, session, err);

    if (status == SM_OK && out->kind != SM_PAY_CAPTURED &&
        strcmp(type, "checkout.session.async_payment_failed") == 0) {
        out->kind = SM_PAY_CLOSED;
        out->reason = "declined";
    }
    return status;
}

/* Money that came by no payment intent came by no session: not by us. */
static void leave_others(struct sm_pay_event *event)
{
    if (event->capture_ref[0] == '\0')
        *event = sm_pay_event_none();
}

enum sm_status sm_stripe_read_event(struct sm_pay_event *out,
                                    struct sm_arena *arena, const char *text,
                                    size_t len, struct sm_error *err)
{
    const struct sm_json *event = NULL, *object;
    enum sm_status status;
    const char *key, *type;

    *out = sm_pay_event_none();
    status = sm_json_parse(&event, arena, text, len, err);
    if (status != SM_OK)
        return status;
    key = sm_stripe_str(event, "id");
    type = sm_stripe_str(event, "type");
    object = sm_json_at(event, "data.object");
    if (key[0] == '\0' || strlen(key) > 255)
        return SM_FAIL(err, SM_INVALID, "event without an id");
    switch (subject_of(type)) {
    case SESSION:
        status = read_session_event(out, arena, type, object, err);
        break;
    case INTENT:
        read_decline(out, object);
        break;
    case REFUND:
        status = sm_stripe_read_refund(out, arena, object, err);
        leave_others(out);
        break;
    case DISPUTE:
        status = sm_stripe_read_dispute(out, arena, object, err);
        leave_others(out);
        break;
    case OTHER:
        break;
    }
    out->key = key;
    out->type = type;
    return status;
}
