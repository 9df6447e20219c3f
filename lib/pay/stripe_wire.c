#include "pay/stripe_wire.h"

#include <string.h>

#include "pay/protocol.h"
#include "json/json.h"

#define REPLY_MAX (1024 * 1024)
#define NAME_MAX_BYTES 150

static void field(struct sm_buf *out, const char *name, const char *value)
{
    if (out->len > 0)
        sm_buf_addc(out, '&');
    sm_buf_add_url(out, name, strlen(name));
    sm_buf_addc(out, '=');
    sm_buf_add_url(out, value, strlen(value));
}

static void number(struct sm_buf *out, const char *name, int64_t value)
{
    if (out->len > 0)
        sm_buf_addc(out, '&');
    sm_buf_add_url(out, name, strlen(name));
    sm_buf_addc(out, '=');
    sm_buf_addi(out, value);
}

static void page_url(struct sm_buf *out, const char *name, const char *origin,
                     const struct sm_pay_order *order, const char *page)
{
    char id[SM_ID_TEXT];
    struct sm_buf url;

    sm_id_format(id, order->payment);
    sm_buf_init(&url, SM_STRIPE_BODY_MAX);
    sm_buf_addf(&url, "%s/%s/pay/%s/%s", origin, order->lang, page, id);
    field(out, name, sm_buf_ok(&url) ? url.data : "");
    sm_buf_release(&url);
}

void sm_stripe_create_body(struct sm_buf *out, const struct sm_pay_order *order,
                           const char *origin, const char *company)
{
    char currency[4] = "", name[192];
    size_t len = strnlen(company, NAME_MAX_BYTES), i;
    struct sm_buf text;

    for (i = 0; i < 3 && order->currency[i] != '\0'; i++)
        currency[i] = sm_to_lower(order->currency[i]);
    /* The company's name without a cut letter: it has a ceiling at Stripe. */
    while (len > 0 && ((unsigned char)company[len] & 0xc0) == 0x80)
        len--;
    /* No words, so that the line needs no language: "Company, ...1234". */
    sm_buf_init(&text, sizeof(name) - 1);
    sm_buf_addf(&text, "%.*s, ...%.16s", (int)len, company, order->hint);
    field(out, "mode", "payment");
    field(out, "submit_type", "pay");
    field(out, "locale", order->lang);
    field(out, "client_reference_id", order->order_no);
    if (order->email[0] != '\0')
        field(out, "customer_email", order->email);
    field(out, "line_items[0][quantity]", "1");
    field(out, "line_items[0][price_data][currency]", currency);
    number(out, "line_items[0][price_data][unit_amount]", order->amount_minor);
    field(out, "line_items[0][price_data][product_data][name]", text.data);
    page_url(out, "success_url", origin, order, "return");
    page_url(out, "cancel_url", origin, order, "status");
    number(out, "expires_at",
           (order->expires_us - sm_proto_shift_us()) / 1000000);
    field(out, "metadata[order_no]", order->order_no);
    field(out, "metadata[payment]", order->idempotency_key);
    field(out, "payment_intent_data[metadata][order_no]", order->order_no);
    sm_buf_release(&text);
}

enum sm_status sm_stripe_call(struct sm_http_reply *reply,
                              const struct stripe *stripe,
                              struct sm_arena *arena, const char *path,
                              const struct sm_buf *body, const char *key,
                              int budget_ms, struct sm_error *err)
{
    const char *headers[4];
    size_t count = 0;
    const char *url;

    url = sm_arena_printf(arena, "%s%s", stripe->base_url, path);
    headers[count++] =
        sm_arena_printf(arena, "Authorization: Bearer %s", stripe->secret_key);
    headers[count++] =
        sm_arena_printf(arena, "Stripe-Version: %s", stripe->api_version);
    if (body != NULL)
        headers[count++] = "Content-Type: application/x-www-form-urlencoded";
    if (key != NULL)
        headers[count++] = sm_arena_printf(arena, "Idempotency-Key: %s", key);
    if (url == NULL || headers[0] == NULL || headers[1] == NULL ||
        headers[count - 1] == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    return sm_http_send(reply,
                        &(struct sm_http_request){
                            .method = body != NULL ? "POST" : "GET",
                            .url = url,
                            .headers = headers,
                            .nheaders = count,
                            .body = body != NULL ? body->data : NULL,
                            .body_len = body != NULL ? body->len : 0,
                            .connect_ms = budget_ms < stripe->connect_ms
                                              ? budget_ms
                                              : stripe->connect_ms,
                            .total_ms = budget_ms,
                            .reply_max = REPLY_MAX,
                            .ca_file = stripe->ca_file,
                        },
                        err);
}

/* What an answer that is no 200 means, as sm_stripe_fetch() says. */
static enum sm_status refusal(const struct sm_http_reply *reply,
                              struct sm_arena *arena, struct sm_error *err)
{
    const struct sm_json *top = NULL;
    const char *type;

    if (reply->code != 400 && reply->code != 404)
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: http %d", reply->code);
    if (sm_json_parse(&top, arena, reply->body.data, reply->body.len, err) !=
        SM_OK)
        return SM_UNAVAILABLE;
    type = sm_json_str(top, "error.type");
    if (type != NULL && strcmp(type, "idempotency_error") == 0)
        return SM_FAIL(err, SM_CONFLICT, "stripe: key used otherwise");
    if (type != NULL && strcmp(type, "invalid_request_error") == 0)
        return SM_FAIL(err, reply->code == 404 ? SM_NOT_FOUND : SM_DECLINED,
                       "stripe: http %d", reply->code);
    return SM_FAIL(err, SM_UNAVAILABLE, "stripe: http %d", reply->code);
}

enum sm_status sm_stripe_fetch(const struct sm_json **out,
                               const struct stripe *stripe,
                               struct sm_arena *arena, const char *path,
                               const struct sm_buf *body, const char *key,
                               int budget_ms, struct sm_error *err)
{
    struct sm_http_reply reply;
    enum sm_status status;

    *out = NULL;
    status =
        sm_stripe_call(&reply, stripe, arena, path, body, key, budget_ms, err);
    if (status != SM_OK)
        return status;
    if (reply.code != 200)
        status = refusal(&reply, arena, err);
    else if (sm_json_parse(out, arena, reply.body.data, reply.body.len, err) !=
             SM_OK)
        status = SM_UNAVAILABLE; /* it says nothing: ask again */
    sm_http_reply_release(&reply);
    return status;
}

enum sm_status sm_stripe_exchange(struct sm_pay_event *out,
                                  const struct stripe *stripe,
                                  struct sm_arena *arena,
                                  const struct sm_pay_order *order,
                                  const char *path, const struct sm_buf *body,
                                  const char *key, int budget_ms,
                                  struct sm_error *err)
{
    const struct sm_json *session = NULL;
    enum sm_status status;

    status = sm_stripe_fetch(&session, stripe, arena, path, body, key,
                             budget_ms, err);
    if (status == SM_NOT_FOUND)
        return SM_DECLINED;
    if (status != SM_OK)
        return status;
    if (sm_stripe_read_session(out, arena, session, err) != SM_OK)
        return SM_UNAVAILABLE;
    if (strcmp(out->order_no, order->order_no) != 0 ||
        (order->processor_ref[0] != '\0' &&
         strcmp(out->processor_ref, order->processor_ref) != 0))
        return SM_FAIL(err, SM_UNAVAILABLE, "stripe: another order's answer");
    return SM_OK;
}

bool sm_stripe_ref_ok(const char *ref)
{
    size_t len;

    for (len = 0; ref[len] != '\0'; len++)
        if (len >= SM_STRIPE_REF_MAX ||
            (!sm_is_alpha(ref[len]) && !sm_is_digit(ref[len]) &&
             ref[len] != '_'))
            return false;
    return len > 0;
}

const char *sm_stripe_path(struct sm_arena *arena, const char *folder,
                           const char *ref, const char *tail)
{
    return sm_stripe_ref_ok(ref)
               ? sm_arena_printf(arena, "%s%s%s", folder, ref, tail)
               : NULL;
}
