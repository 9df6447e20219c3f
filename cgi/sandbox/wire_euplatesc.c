#include "sandbox/wire_euplatesc.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/text.h"
#include "web/app.h"

#define SIGNED 10
#define VALUE_MAX 256

static const char *const message_names[SIGNED] = {
    "amount", "curr",    "invoice_id", "ep_id",     "merch_id",
    "action", "message", "approval",   "timestamp", "nonce",
};

/* A message to the merchant, in the order of its signature. */
struct told {
    char value[SIGNED][VALUE_MAX];
    char hash[SB_EP_HASH];
};

static void upper(char *text)
{
    for (; *text != '\0'; text++)
        *text = sm_to_upper(*text);
}

void sb_ep_hash(char out[SB_EP_HASH], const char *key,
                const char *const *values, size_t count)
{
    unsigned char secret[64], mac[EVP_MAX_MD_SIZE];
    unsigned int mac_len = 0;
    size_t secret_len = strlen(key) / 2;
    char text[4096], *at = text;

    out[0] = '\0';
    if (secret_len > sizeof(secret) ||
        sm_unhex(secret, secret_len, key) != SM_OK)
        return;
    for (size_t i = 0; i < count; i++) {
        size_t room = sizeof(text) - (size_t)(at - text);
        int n = values[i][0] == '\0'
                    ? snprintf(at, room, "-")
                    : snprintf(at, room, "%zu%s", strlen(values[i]), values[i]);

        if (n < 0 || (size_t)n >= room)
            return;
        at += n;
    }
    (void)HMAC(EVP_md5(), secret, (int)secret_len, (const unsigned char *)text,
               (size_t)(at - text), mac, &mac_len);
    sm_hex(out, mac, mac_len);
    upper(out);
}

bool sb_ep_read(const char **values, struct sm_request *rq,
                const char *const *names, size_t count, bool all,
                const char *key)
{
    const char *signed_values[16];
    char text[SB_URL], hash[SB_EP_HASH], sent[SB_EP_HASH + 8];
    size_t n = 0;

    for (size_t i = 0; i < count; i++) {
        if (!sb_form_value(text, sizeof(text), rq->body, rq->body_len,
                           names[i]))
            return false;
        values[i] = sm_arena_strdup(rq->arena, text);
        if (values[i] == NULL)
            return false;
        if ((all || text[0] != '\0') && n < SM_COUNT(signed_values))
            signed_values[n++] = values[i];
    }
    if (!sb_form_value(sent, sizeof(sent), rq->body, rq->body_len, "fp_hash"))
        return false;
    sb_ep_hash(hash, key, signed_values, n);
    return hash[0] != '\0' && strcmp(hash, sent) == 0;
}

void sb_ep_number(char out[41])
{
    uint8_t bytes[20];

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        abort();
    sm_hex(out, bytes, sizeof(bytes));
    upper(out);
}

static void put(struct told *told, size_t i, const char *text)
{
    (void)sm_copy(told->value[i], VALUE_MAX, text);
}

/* What is said of SESSION after EVENT. */
static void compose(struct told *out, enum sb_event event,
                    const struct sb_session *session)
{
    bool paid = event == SB_EV_PAID;
    const char *values[SIGNED];
    time_t now = time(NULL);
    char number[41];
    struct tm parts;

    memset(out, 0, sizeof(*out));
    (void)snprintf(out->value[0], VALUE_MAX, "%" PRId64 ".%02" PRId64,
                   session->amount / 100, session->amount % 100);
    put(out, 1, session->currency);
    upper(out->value[1]);
    put(out, 2, session->reference);
    put(out, 3, session->id);
    put(out, 4, sm_settings_str(sb_settings(), "euplatesc.merchant_id"));
    put(out, 5, paid ? "0" : "2");
    put(out, 6, paid ? "Approved" : "Declined");
    put(out, 7, paid ? "483921" : "");
    (void)gmtime_r(&now, &parts);
    (void)strftime(out->value[8], VALUE_MAX, "%Y%m%d%H%M%S", &parts);
    sb_ep_number(number);
    (void)sm_copy(out->value[9], 33, number);
    for (size_t i = 0; i < SIGNED; i++)
        values[i] = out->value[i];
    sb_ep_hash(out->hash, sm_settings_str(sb_settings(), "euplatesc.key"),
               values, SIGNED);
}

/* The address NAME that the merchant's form named, if it is the merchant's. */
static char *address_of(const struct sb_session *session, const char *name)
{
    const char *origin =
        sm_settings_str(sb_settings(), "sandbox.merchant_origin");
    cJSON *json = cJSON_Parse(session->data);
    const char *url =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    char *copy = url != NULL && strncmp(url, origin, strlen(origin)) == 0
                     ? strdup(url)
                     : NULL;

    cJSON_Delete(json);
    return copy;
}

/* The message as an urlencoded body; values need escaping rarely. */
static char *body_of(const struct told *told)
{
    struct sm_buf body;
    char *copy;

    sm_buf_init(&body, 8192);
    for (size_t i = 0; i < SIGNED; i++) {
        sm_buf_addf(&body, "%s=", message_names[i]);
        sm_buf_add_url(&body, told->value[i], strlen(told->value[i]));
        sm_buf_addc(&body, '&');
    }
    sm_buf_addf(&body, "fp_hash=%s", told->hash);
    copy = sm_buf_ok(&body) ? strdup(body.data) : NULL;
    sm_buf_release(&body);
    return copy;
}

/* The silent POST tells what a card did, and nothing else. */
static bool tell(struct sb_message *out, enum sb_event event,
                 const struct sb_session *session)
{
    struct told told;

    if (event != SB_EV_PAID && event != SB_EV_DECLINED)
        return false;
    out->url = address_of(session, "silenturl");
    if (out->url == NULL)
        return false;
    compose(&told, event, session);
    out->type = strdup("application/x-www-form-urlencoded");
    out->body = body_of(&told);
    return true;
}

static bool acknowledged(const struct sb_message *sent, long http,
                         const char *reply)
{
    (void)sent;
    (void)reply;
    return http == 200;
}

/* After a result by a form, without one by an address. */
static enum sm_status back(struct sm_request *rq, struct sm_reply *rp,
                           const struct sb_session *session,
                           enum sb_event event)
{
    struct sb_field fields[SIGNED + 1];
    struct told told;

    if (event != SB_EV_PAID) {
        rp->http = 303;
        rp->location = sm_arena_strdup(rq->arena, session->cancel_url);
        return rp->location != NULL ? SM_OK : SM_INTERNAL;
    }
    compose(&told, event, session);
    for (size_t i = 0; i < SIGNED; i++)
        fields[i] = (struct sb_field){message_names[i], told.value[i]};
    fields[SIGNED] = (struct sb_field){"fp_hash", told.hash};
    return sb_back_form(rp, session->success_url, fields, SM_COUNT(fields));
}

const struct sb_wire sb_wire_euplatesc = {
    .name = "euplatesc",
    .tell = tell,
    .acknowledged = acknowledged,
    .back = back,
};
