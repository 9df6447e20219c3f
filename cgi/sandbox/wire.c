#include "sandbox/wire.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "web/app.h"

static int hex_digit(char c)
{
    if (sm_is_digit(c))
        return c - '0';
    c = sm_to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decode LEN bytes of urlencoded text; false if it does not fit. */
static bool decode(char *out, size_t size, const char *text, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        char c = text[i];

        if (n + 1 >= size)
            return false;
        if (c == '+') {
            c = ' ';
        } else if (c == '%' && i + 2 < len && hex_digit(text[i + 1]) >= 0 &&
                   hex_digit(text[i + 2]) >= 0) {
            c = (char)(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        }
        out[n++] = c;
    }
    out[n] = '\0';
    return true;
}

bool sb_form_value(char *out, size_t size, const char *body, size_t len,
                   const char *name)
{
    const char *end = body + len;
    char key[128];

    out[0] = '\0';
    while (body < end) {
        const char *amp = memchr(body, '&', (size_t)(end - body));
        const char *stop = amp != NULL ? amp : end;
        const char *eq = memchr(body, '=', (size_t)(stop - body));

        if (eq != NULL && decode(key, sizeof(key), body, (size_t)(eq - body)) &&
            strcmp(key, name) == 0)
            return decode(out, size, eq + 1, (size_t)(stop - eq - 1));
        body = stop + 1;
    }
    return true;
}

static cJSON *session_object(const struct sb_session *s, const char *origin)
{
    static const char *const status[] = {"open", "complete", "expired"};
    cJSON *json = cJSON_CreateObject(), *meta;
    char url[SB_URL];

    (void)snprintf(url, sizeof(url), "%s/c/pay/%s", origin, s->id);
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
    cJSON_AddStringToObject(json, "status", status[s->status]);
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

const char *sb_session_json(struct sm_request *rq,
                            const struct sb_session *session)
{
    return in_arena(rq,
                    session_object(session, sm_settings_str(rq->app->settings,
                                                            "sandbox.public_"
                                                            "origin")));
}

enum sm_status sb_reply_session(struct sm_request *rq, struct sm_reply *rp,
                                const struct sb_session *session)
{
    sm_reply_text(rp, 200, "application/json", sb_session_json(rq, session));
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

bool sb_behave(struct sm_request *rq, struct sm_reply *rp, const char *word)
{
    if (strcmp(word, "slow") == 0)
        (void)sleep(4);
    if (strcmp(word, "never") == 0)
        (void)sleep(60);
    if (strncmp(word, "error", 5) != 0)
        return true;
    (void)sb_reply_error(rq, rp, 500, "api_error",
                         "The sandbox was told to fail");
    return false;
}
