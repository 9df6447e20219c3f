/* POST /v3/index.php: EuPlatesc's web service, check_status and refund. */
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "sandbox/desk.h"
#include "sandbox/wire_euplatesc.h"
#include "web/app.h"
#include "web/page.h"

/* Fields in the order that the merchant sends and signs them. */
enum { C_METHOD, C_MID, C_EPID, C_INVOICE, C_STAMP, C_NONCE, C_COUNT };
enum {
    R_METHOD,
    R_UKEY,
    R_EPID,
    R_AMOUNT,
    R_REASON,
    R_STAMP,
    R_NONCE,
    R_COUNT
};

static const char *const check_names[C_COUNT] = {
    "method", "mid", "epid", "invoice_id", "timestamp", "nonce"};
static const char *const refund_names[R_COUNT] = {
    "method", "ukey", "epid", "amount", "reason", "timestamp", "nonce"};

static enum sm_status answer(struct sm_request *rq, struct sm_reply *rp,
                             int http, cJSON *json)
{
    char *text = cJSON_PrintUnformatted(json);

    sm_reply_text(rp, http, "application/json",
                  sm_arena_strdup(rq->arena, text));
    free(text); /* lint-ok: free cJSON's own text, made here */
    cJSON_Delete(json);
    return SM_OK;
}

/* What is not signed gets an HTTP status of its own. */
static enum sm_status refuse(struct sm_request *rq, struct sm_reply *rp,
                             int http, const char *why, const char *code)
{
    cJSON *json = cJSON_CreateObject();

    cJSON_AddStringToObject(json, "error", why);
    cJSON_AddStringToObject(json, "ecode", code);
    return answer(rq, rp, http, json);
}

static enum sm_status done(struct sm_request *rq, struct sm_reply *rp,
                           const char *what)
{
    cJSON *json = cJSON_CreateObject();

    cJSON_AddStringToObject(json, "success", what);
    return answer(rq, rp, 200, json);
}

static void add_sum(cJSON *json, const char *name, int64_t minor)
{
    char text[32];

    (void)snprintf(text, sizeof(text), "%" PRId64 ".%02" PRId64, minor / 100,
                   minor % 100);
    cJSON_AddStringToObject(json, name, text);
}

/* SESSION as a transaction of their list. */
static cJSON *transaction(const struct sb_session *s, const char *merchant)
{
    bool paid = s->paid == SB_PAID;
    cJSON *json = cJSON_CreateObject();
    char currency[4];

    for (size_t i = 0; i < sizeof(currency); i++)
        currency[i] = sm_to_upper(s->currency[i]);
    cJSON_AddStringToObject(json, "merch_id", merchant);
    cJSON_AddStringToObject(json, "invoice_id", s->reference);
    cJSON_AddStringToObject(json, "ep_id", s->id);
    cJSON_AddStringToObject(json, "action", paid ? "0" : "2");
    cJSON_AddStringToObject(json, "message", paid ? "Approved" : "Declined");
    cJSON_AddStringToObject(json, "captured", paid ? "1" : "0");
    add_sum(json, "refunded", s->refunded);
    add_sum(json, "amount", s->amount);
    cJSON_AddStringToObject(json, "currency", currency);
    cJSON_AddStringToObject(json, "masked_card", "424242xxxxxx4242");
    cJSON_AddStringToObject(json, "tran_type", "Normal");
    return json;
}

/* The list is told as a text, and holds what a card has done. */
static enum sm_status check(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_settings *settings = rq->app->settings;
    const char *value[C_COUNT], *merchant;
    struct sb_session session;
    enum sm_status st;
    cJSON *list;
    char *text;

    merchant = sm_settings_str(settings, "euplatesc.merchant_id");
    if (!sb_ep_read(value, rq, check_names, C_COUNT, false,
                    sm_settings_str(settings, "euplatesc.key")) ||
        strcmp(value[C_MID], merchant) != 0)
        return refuse(rq, rp, 403, "Invalid signature", "40");
    st = value[C_EPID][0] != '\0'
             ? sb_store_find(&session, value[C_EPID])
             : sb_store_find_order(&session, "euplatesc", value[C_INVOICE]);
    list = cJSON_CreateArray();
    if (st == SM_OK && strcmp(session.processor, "euplatesc") == 0 &&
        (session.paid == SB_PAID || session.declines > 0))
        cJSON_AddItemToArray(list, transaction(&session, merchant));
    text = cJSON_PrintUnformatted(list);
    st = done(rq, rp, text);
    free(text); /* lint-ok: free cJSON's own text, made here */
    cJSON_Delete(list);
    return st;
}

static enum sm_status refund(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_settings *settings = rq->app->settings;
    const char *value[R_COUNT];
    struct sb_part part = {.kind = SB_REFUND};

    if (!sb_ep_read(value, rq, refund_names, R_COUNT, false,
                    sm_settings_str(settings, "euplatesc.user_api")) ||
        strcmp(value[R_UKEY],
               sm_settings_str(settings, "euplatesc.user_key")) != 0)
        return refuse(rq, rp, 403, "Invalid signature", "40");
    (void)sm_copy(part.session, sizeof(part.session), value[R_EPID]);
    if (!sb_amount_read(&part.amount, value[R_AMOUNT]) || part.amount <= 0 ||
        sb_desk_refund(&part) != SM_OK)
        return refuse(rq, rp, 200, "Not possible", "52");
    return done(rq, rp, "1");
}

static enum sm_status serve(struct sm_request *rq, struct sm_reply *rp)
{
    char method[32];

    if (!sb_behave(rq, rp, sb_behaviour_get().query))
        return SM_OK;
    if (!sb_form_value(method, sizeof(method), rq->body, rq->body_len,
                       "method"))
        method[0] = '\0';
    if (strcmp(method, "check_status") == 0)
        return check(rq, rp);
    if (strcmp(method, "refund") == 0)
        return refund(rq, rp);
    return refuse(rq, rp, 400, "Invalid method", "10");
}

const struct sm_page sm_page_euplatesc_ws = {
    .path = "/v3/index.php",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .post = serve,
    .help = "EuPlatesc's web service: how an order stands, refunds.",
};
