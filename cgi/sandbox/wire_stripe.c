#include "sandbox/wire_stripe.h"

#include <cjson/cJSON.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/text.h"
#include "web/app.h"

cJSON *sb_session_object(const struct sb_session *s)
{
    cJSON *json = cJSON_CreateObject(), *meta;
    char url[SB_URL];

    (void)snprintf(url, sizeof(url), "%s/c/pay/%s",
                   sm_settings_str(sb_settings(), "sandbox.public_origin"),
                   s->id);
    cJSON_AddStringToObject(json, "id", s->id);
    cJSON_AddStringToObject(json, "object", "checkout.session");
    cJSON_AddNumberToObject(json, "amount_total", (double)s->amount);
    cJSON_AddStringToObject(json, "cancel_url", s->cancel_url);
    cJSON_AddStringToObject(json, "client_reference_id", s->reference);
    cJSON_AddNumberToObject(json, "created", (double)s->created);
    cJSON_AddStringToObject(json, "currency", s->currency);
    cJSON_AddStringToObject(json, "customer_email", s->email);
    cJSON_AddNumberToObject(json, "expires_at", (double)s->expires_at);
    cJSON_AddFalseToObject(json, "livemode");
    cJSON_AddStringToObject(json, "locale", s->locale);
    meta = cJSON_AddObjectToObject(json, "metadata");
    cJSON_AddStringToObject(meta, "payment", s->payment);
    cJSON_AddStringToObject(json, "mode", "payment");
    cJSON_AddStringToObject(json, "payment_intent", s->intent);
    cJSON_AddStringToObject(json, "payment_status",
                            s->paid == SB_PAID ? "paid" : "unpaid");
    cJSON_AddStringToObject(json, "status", sb_status_words[s->status]);
    cJSON_AddStringToObject(json, "success_url", s->success_url);
    if (s->status == SB_OPEN)
        cJSON_AddStringToObject(json, "url", url);
    else
        cJSON_AddNullToObject(json, "url");
    return json;
}

/* Print JSON into the request's arena and release it. */
static const char *in_arena(struct sm_request *rq, cJSON *json)
{
    char *text = cJSON_PrintUnformatted(json);
    const char *copy = sm_arena_strdup(rq->arena, text);

    free(text);
    cJSON_Delete(json);
    return copy;
}

enum sm_status sb_reply_session(struct sm_request *rq, struct sm_reply *rp,
                                const struct sb_session *session)
{
    sm_reply_text(rp, 200, "application/json",
                  in_arena(rq, sb_session_object(session)));
    return SM_OK;
}

enum sm_status sb_reply_error(struct sm_request *rq, struct sm_reply *rp,
                              int http, const char *type, const char *message)
{
    cJSON *json = cJSON_CreateObject();
    cJSON *error = cJSON_AddObjectToObject(json, "error");

    cJSON_AddStringToObject(error, "type", type);
    cJSON_AddStringToObject(error, "message", message);
    sm_reply_text(rp, http, "application/json", in_arena(rq, json));
    return SM_OK;
}

bool sb_authorised(struct sm_request *rq, struct sm_reply *rp)
{
    const char *sent = sm_request_header(rq, "HTTP_AUTHORIZATION");
    const char *key = sm_settings_str(rq->app->settings, "sandbox.secret_key");

    if (strncmp(sent, "Bearer ", 7) == 0 && strcmp(sent + 7, key) == 0)
        return true;
    (void)sb_reply_error(rq, rp, 401, "invalid_request_error",
                         "Invalid API Key provided");
    return false;
}

enum sm_status sb_stripe_find(struct sb_session *out, const char *id)
{
    enum sm_status st = sb_store_find(out, id);

    if (st == SM_OK && strcmp(out->processor, sb_wire_stripe.name) != 0)
        return SM_NOT_FOUND;
    return st;
}

/* What a failed try names: the payment intent, not the session. */
static cJSON *intent_object(const struct sb_session *s)
{
    cJSON *json = cJSON_CreateObject(), *part;

    cJSON_AddStringToObject(json, "id", s->intent);
    cJSON_AddStringToObject(json, "object", "payment_intent");
    cJSON_AddNumberToObject(json, "amount", (double)s->amount);
    cJSON_AddStringToObject(json, "currency", s->currency);
    cJSON_AddStringToObject(json, "status", "requires_payment_method");
    part = cJSON_AddObjectToObject(json, "last_payment_error");
    cJSON_AddStringToObject(part, "code", "card_declined");
    cJSON_AddStringToObject(part, "decline_code", "generic_decline");
    part = cJSON_AddObjectToObject(json, "metadata");
    cJSON_AddStringToObject(part, "payment", s->payment);
    cJSON_AddStringToObject(part, "order_no", s->reference);
    return json;
}

char *sb_stripe_event(const char *type, cJSON *object)
{
    cJSON *json = cJSON_CreateObject(), *data;
    uint8_t bytes[12];
    char id[40], hex[2 * sizeof(bytes) + 1], *body;

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        abort();
    sm_hex(hex, bytes, sizeof(bytes));
    (void)snprintf(id, sizeof(id), "evt_%s", hex);
    cJSON_AddStringToObject(json, "id", id);
    cJSON_AddStringToObject(json, "object", "event");
    cJSON_AddStringToObject(json, "api_version", "2024-06-20");
    cJSON_AddNumberToObject(json, "created", (double)time(NULL));
    cJSON_AddStringToObject(json, "type", type);
    cJSON_AddFalseToObject(json, "livemode");
    data = cJSON_AddObjectToObject(json, "data");
    cJSON_AddItemToObject(data, "object", object);
    body = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    return body;
}

static bool tell(struct sb_message *out, enum sb_event event,
                 const struct sb_session *session)
{
    static const char *const types[] = {
        [SB_EV_PAID] = "checkout.session.completed",
        [SB_EV_DECLINED] = "payment_intent.payment_failed",
        [SB_EV_EXPIRED] = "checkout.session.expired",
    };

    if ((size_t)event >= SM_COUNT(types) || types[event] == NULL)
        return false; /* refunds have messages of their own */
    out->url = strdup(sm_settings_str(sb_settings(), "sandbox.webhook_url"));
    out->type = strdup("application/json; charset=utf-8");
    out->body = sb_stripe_event(types[event], event == SB_EV_DECLINED
                                                  ? intent_object(session)
                                                  : sb_session_object(session));
    return true;
}

static void header(char *out, size_t size, const char *body)
{
    const char *secret =
        sm_settings_str(sb_settings(), "sandbox.webhook_secret");
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int mac_len = 0;
    char stamp[32], hex[2 * EVP_MAX_MD_SIZE + 1];
    size_t len = strlen(body), head;
    char *text;

    (void)snprintf(stamp, sizeof(stamp), "%lld", (long long)time(NULL));
    head = strlen(stamp) + 1;
    text = malloc(head + len + 1);
    out[0] = '\0';
    if (text == NULL)
        return;
    (void)snprintf(text, head + len + 1, "%s.%s", stamp, body);
    (void)HMAC(EVP_sha256(), secret, (int)strlen(secret),
               (const unsigned char *)text, head + len, mac, &mac_len);
    sm_hex(hex, mac, mac_len);
    (void)snprintf(out, size, "Stripe-Signature: t=%s,v1=%s", stamp, hex);
    free(text);
}

static bool acknowledged(const struct sb_message *sent, long http,
                         const char *reply)
{
    (void)sent;
    (void)reply;
    return http >= 200 && http < 300;
}

/* 303 to the merchant's own address, with {CHECKOUT_SESSION_ID} filled in. */
static enum sm_status back(struct sm_request *rq, struct sm_reply *rp,
                           const struct sb_session *session,
                           enum sb_event event)
{
    static const char mark[] = "{CHECKOUT_SESSION_ID}";
    const char *url = event == SB_EV_PAID ? session->success_url
                                          : session->cancel_url;
    const char *at = strstr(url, mark);

    rp->http = 303;
    rp->location =
        at == NULL ? sm_arena_strdup(rq->arena, url)
                   : sm_arena_printf(rq->arena, "%.*s%s%s", (int)(at - url),
                                     url, session->id, at + sizeof(mark) - 1);
    return rp->location != NULL ? SM_OK : SM_INTERNAL;
}

const struct sb_wire sb_wire_stripe = {
    .name = "stripe",
    .tell = tell,
    .tell_part = sb_stripe_tell_part,
    .header = header,
    .acknowledged = acknowledged,
    .back = back,
};
