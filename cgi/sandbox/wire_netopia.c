#include "sandbox/wire_netopia.h"

#include <math.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "sandbox/parts.h"
#include "web/app.h"

#define HASH_BYTES 64
#define SIGNATURE_MAX 512
#define TOKEN_S 300

/* How SESSION stands in their numbers. */
static int status_of(const struct sb_session *s)
{
    if (s->paid == SB_PAID)
        return s->refunded > 0 ? 8 : 3;
    if (s->status == SB_EXPIRED)
        return 23;
    if (s->status == SB_CANCELLED)
        return 4;
    return s->declines > 0 ? 12 : 1;
}

/* An amount as the number that they print: 149.9, not 149.90. */
static void add_sum(cJSON *json, int64_t minor)
{
    cJSON_AddNumberToObject(json, "amount", (double)minor / 100);
}

void sb_netopia_describe_part(cJSON *json, const struct sb_session *session,
                              int status, int64_t minor)
{
    cJSON *payment = cJSON_AddObjectToObject(json, "payment"), *order;
    char currency[4];

    for (size_t i = 0; i < sizeof(currency); i++)
        currency[i] = sm_to_upper(session->currency[i]);
    add_sum(payment, minor);
    cJSON_AddStringToObject(payment, "currency", currency);
    cJSON_AddStringToObject(payment, "ntpID", session->id);
    cJSON_AddNumberToObject(payment, "status", status);
    order = cJSON_AddObjectToObject(json, "order");
    cJSON_AddStringToObject(order, "orderID", session->reference);
}

void sb_netopia_describe(cJSON *json, const struct sb_session *session,
                         bool full)
{
    int status = status_of(session);
    char url[SB_URL];
    cJSON *order;

    sb_netopia_describe_part(json, session, status,
                             status == 8 ? session->refunded : session->amount);
    (void)snprintf(url, sizeof(url), "%s/c/pay/%s",
                   sm_settings_str(sb_settings(), "sandbox.public_origin"),
                   session->id);
    if (session->status == SB_OPEN && !full) /* told at the start only */
        cJSON_AddStringToObject(
            cJSON_GetObjectItemCaseSensitive(json, "payment"), "paymentURL",
            url);
    if (!full)
        return;
    order = cJSON_GetObjectItemCaseSensitive(json, "order");
    cJSON_AddStringToObject(order, "ntpID", session->id);
    add_sum(order, session->amount);
    cJSON_AddItemToObject(
        order, "currency",
        cJSON_Duplicate(
            cJSON_GetObjectItemCaseSensitive(
                cJSON_GetObjectItemCaseSensitive(json, "payment"), "currency"),
            true));
}

static void send_json(struct sm_request *rq, struct sm_reply *rp, int http,
                      cJSON *json)
{
    char *text = cJSON_PrintUnformatted(json);

    sm_reply_text(rp, http, "application/json",
                  sm_arena_strdup(rq->arena, text));
    free(text);
    cJSON_Delete(json);
}

enum sm_status sb_netopia_answer(struct sm_request *rq, struct sm_reply *rp,
                                 cJSON *json, const char *code,
                                 const char *message)
{
    cJSON *error = cJSON_AddObjectToObject(json, "error");

    cJSON_AddStringToObject(error, "code", code);
    cJSON_AddStringToObject(error, "message", message);
    send_json(rq, rp, 200, json);
    return SM_OK;
}

cJSON *sb_netopia_read(struct sm_request *rq, struct sm_reply *rp)
{
    const char *sent = sm_request_header(rq, "HTTP_AUTHORIZATION");
    cJSON *json = NULL, *refusal;

    if (strcmp(sent, sm_settings_str(rq->app->settings, "netopia.api_key")) ==
        0)
        json = cJSON_ParseWithLength(rq->body, rq->body_len);
    if (json != NULL)
        return json;
    refusal = cJSON_CreateObject();
    cJSON_AddStringToObject(refusal, "code", "401");
    cJSON_AddStringToObject(refusal, "message", "Unauthorized");
    send_json(rq, rp, 401, refusal);
    return NULL;
}

const char *sb_netopia_text(const cJSON *json, const char *name)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));

    return text != NULL ? text : "";
}

int64_t sb_netopia_sum(const cJSON *json, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, name);

    if (!cJSON_IsNumber(item) || !(item->valuedouble > 0) ||
        item->valuedouble > 1e9)
        return 0;
    return llround(item->valuedouble * 100);
}

/* base64 of RFC 4648, URL: in its other alphabet and without padding. */
static char *base64(const void *data, size_t len, bool url)
{
    char *text = malloc((len + 2) / 3 * 4 + 1);
    int n;

    if (text == NULL)
        return NULL;
    n = EVP_EncodeBlock((unsigned char *)text, data, (int)len);
    while (url && n > 0 && text[n - 1] == '=')
        text[--n] = '\0';
    for (int i = 0; url && i < n; i++)
        text[i] = text[i] == '+' ? '-' : text[i] == '/' ? '_' : text[i];
    return text;
}

/* The claims of a token about BODY. */
static char *claims_of(const char *body)
{
    const char *pos = sm_settings_str(sb_settings(), "netopia.pos_signature");
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned int hash_len = 0;
    time_t now = time(NULL);
    cJSON *json = cJSON_CreateObject();
    char *subject, *text;

    (void)EVP_Digest(body, strlen(body), hash, &hash_len, EVP_sha512(), NULL);
    subject = base64(hash, hash_len, false);
    cJSON_AddStringToObject(json, "iss", "NETOPIA Payments");
    cJSON_AddItemToArray(cJSON_AddArrayToObject(json, "aud"),
                         cJSON_CreateString(pos));
    cJSON_AddStringToObject(json, "sub", subject != NULL ? subject : "");
    cJSON_AddNumberToObject(json, "iat", (double)now);
    cJSON_AddNumberToObject(json, "nbf", (double)now);
    cJSON_AddNumberToObject(json, "exp", (double)(now + TOKEN_S));
    text = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    free(subject);
    return text;
}

/* The RS512 signature of TEXT, coded; NULL without a key. */
static char *signature_of(const char *text)
{
    const char *pem = sm_settings_str(sb_settings(), "sandbox.netopia_key");
    BIO *bio = BIO_new_mem_buf(pem, -1);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    unsigned char sig[SIGNATURE_MAX];
    size_t len = sizeof(sig);
    char *coded = NULL;

    if (key != NULL &&
        EVP_DigestSignInit(ctx, NULL, EVP_sha512(), NULL, key) == 1 &&
        EVP_DigestSign(ctx, sig, &len, (const unsigned char *)text,
                       strlen(text)) == 1)
        coded = base64(sig, len, true);
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    BIO_free(bio);
    return coded;
}

static void header(char *out, size_t size, const char *body)
{
    static const char head_text[] = "{\"alg\":\"RS512\",\"typ\":\"JWT\"}";
    char *head = base64(head_text, sizeof(head_text) - 1, true);
    char *claims = claims_of(body);
    char *coded = claims != NULL ? base64(claims, strlen(claims), true) : NULL;
    char text[2048], *signature;

    (void)snprintf(text, sizeof(text), "%s.%s", head != NULL ? head : "",
                   coded != NULL ? coded : "");
    signature = signature_of(text);
    (void)snprintf(out, size, "Verification-token: %s.%s", text,
                   signature != NULL ? signature : "");
    free(signature);
    free(coded);
    free(claims);
    free(head);
}

/* The address for notifications that the start named, if it is the
 * merchant's. */
static char *address_of(const struct sb_session *session)
{
    const char *origin =
        sm_settings_str(sb_settings(), "sandbox.merchant_origin");
    cJSON *json = cJSON_Parse(session->data);
    const char *url = sb_netopia_text(json, "notifyUrl");
    char *copy = strncmp(url, origin, strlen(origin)) == 0 ? strdup(url) : NULL;

    cJSON_Delete(json);
    return copy;
}

static bool tell(struct sb_message *out, enum sb_event event,
                 const struct sb_session *session)
{
    cJSON *json;

    if (event == SB_EV_LEFT)
        return false;
    out->url = address_of(session);
    if (out->url == NULL)
        return false;
    json = cJSON_CreateObject();
    sb_netopia_describe(json, session, false);
    out->type = strdup("application/json");
    out->body = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    return true;
}

/* A refund is told once it is made, a dispute when it begins and ends; one that
 * was won is told as the money asked for again. */
static bool tell_part(struct sb_message *out, enum sb_part_event event,
                      const struct sb_part *part)
{
    struct sb_session session;
    int status = 0;
    cJSON *json;

    if (event == SB_PE_REFUNDED)
        status = 8;
    if (event == SB_PE_DISPUTED)
        status = 9;
    if (event == SB_PE_DISPUTE_CLOSED)
        status = part->state == SB_LOST ? 10 : 16;
    if (status == 0 || sb_store_find(&session, part->session) != SM_OK)
        return false;
    out->url = address_of(&session);
    if (out->url == NULL)
        return false;
    json = cJSON_CreateObject();
    sb_netopia_describe_part(json, &session, status, part->amount);
    out->type = strdup("application/json");
    out->body = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    return true;
}

/* errorCode 0 ends it, and so does errorType 2: it would not get better. */
static bool acknowledged(const struct sb_message *sent, long http,
                         const char *reply)
{
    cJSON *json = cJSON_Parse(reply);
    const cJSON *code = cJSON_GetObjectItemCaseSensitive(json, "errorCode");
    const cJSON *type = cJSON_GetObjectItemCaseSensitive(json, "errorType");
    bool ends = (cJSON_IsNumber(code) && code->valueint == 0) ||
                (cJSON_IsNumber(type) && type->valueint == 2);

    (void)sent;
    (void)http;
    cJSON_Delete(json);
    return ends;
}

static enum sm_status back(struct sm_request *rq, struct sm_reply *rp,
                           const struct sb_session *session,
                           enum sb_event event)
{
    rp->http = 303;
    rp->location = event == SB_EV_LEFT
                       ? sm_arena_strdup(rq->arena, session->cancel_url)
                       : sm_arena_printf(rq->arena, "%s?orderId=%s",
                                         session->success_url,
                                         session->reference);
    return rp->location != NULL ? SM_OK : SM_INTERNAL;
}

const struct sb_wire sb_wire_netopia = {
    .name = "netopia",
    .tell = tell,
    .tell_part = tell_part,
    .header = header,
    .acknowledged = acknowledged,
    .back = back,
};
