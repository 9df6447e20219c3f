#include "sandbox/wire_epay.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "web/app.h"

#define NOTICE_MAX 512

/* Lower-case hex of HMAC-SHA1 into OUT, which holds 41. */
static void checksum(char *out, const char *secret, const char *text)
{
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int len = 0;

    (void)HMAC(EVP_sha1(), secret, (int)strlen(secret),
               (const unsigned char *)text, strlen(text), mac, &len);
    sm_hex(out, mac, len);
}

const char *sb_epay_sum(struct sm_request *rq, const char *secret,
                        const char *text)
{
    char *hex = sm_arena_alloc(rq->arena, 2 * EVP_MAX_MD_SIZE + 1);

    if (hex == NULL)
        return "";
    checksum(hex, secret, text);
    return hex;
}

const char *sb_epay_decode(struct sm_request *rq, const char *text)
{
    size_t len = strlen(text);
    char *out = sm_arena_alloc(rq->arena, len + 4);
    int got;

    if (out == NULL || len == 0 || len > 8192)
        return NULL;
    got = EVP_DecodeBlock((unsigned char *)out, (const unsigned char *)text,
                          (int)len);
    return got > 0 ? out : NULL;
}

/* TEXT as base64 with the characters of a form escaped; heap. */
static char *notice_body(const char *secret, const char *text)
{
    char encoded[NOTICE_MAX * 2], sum[64], form[NOTICE_MAX * 4] = "encoded=";
    size_t n = strlen(form);
    char *body;

    (void)EVP_EncodeBlock((unsigned char *)encoded, (const unsigned char *)text,
                          (int)strlen(text));
    checksum(sum, secret, encoded);
    for (const char *c = encoded; *c != '\0'; c++)
        n += (size_t)snprintf(form + n, sizeof(form) - n,
                              strchr("+/=", *c) != NULL ? "%%%02X" : "%c",
                              (unsigned char)*c);
    body = malloc(n + 64);
    if (body != NULL)
        (void)snprintf(body, n + 64, "%s&checksum=%s", form, sum);
    return body;
}

/* "PAID" with what goes with it. */
static void paid_words(char *out, size_t size, const struct sb_session *s)
{
    time_t now = time(NULL);
    char stamp[20] = "", amount[48] = "";
    unsigned stan = 0;
    struct tm parts;

    if (localtime_r(&now, &parts) != NULL)
        (void)strftime(stamp, sizeof(stamp), "%Y%m%d%H%M%S", &parts);
    for (const char *c = s->id; *c != '\0'; c++)
        stan = (stan * 31 + (unsigned char)*c) % 1000000;
    /* the sum is told only where it is not what was asked for */
    if (s->amount != (int64_t)strtoll(s->data, NULL, 10))
        (void)snprintf(amount, sizeof(amount), ":AMOUNT=%lld.%02lld",
                       (long long)s->amount / 100, (long long)s->amount % 100);
    (void)snprintf(out, size, "PAID:PAY_TIME=%s:STAN=%06u:BCODE=SB%04u%s",
                   stamp, stan, stan % 10000, amount);
}

static bool tell(struct sb_message *out, enum sb_event event,
                 const struct sb_session *s)
{
    char text[NOTICE_MAX], words[NOTICE_MAX / 2] = "", url[SB_URL];

    if (event == SB_EV_PAID)
        paid_words(words, sizeof(words), s);
    else if (event == SB_EV_LEFT)
        (void)sm_copy(words, sizeof(words), "DENIED");
    else if (event == SB_EV_EXPIRED)
        (void)sm_copy(words, sizeof(words), "EXPIRED");
    else
        return false;
    (void)snprintf(text, sizeof(text), "INVOICE=%.60s:STATUS=%s\n",
                   s->reference, words);
    (void)snprintf(url, sizeof(url), "%s/gw/notify/epay",
                   sm_settings_str(sb_settings(), "sandbox.merchant_origin"));
    out->url = strdup(url);
    out->type = strdup("application/x-www-form-urlencoded");
    out->body = notice_body(
        sm_settings_str(sb_settings(), "sandbox.epay_secret"), text);
    return true;
}

/* Each invoice is answered for itself: OK or NO ends the repetitions. */
static bool acknowledged(const struct sb_message *sent, long http,
                         const char *reply)
{
    char line[SB_TEXT + 32];

    if (http != 200)
        return false;
    (void)snprintf(line, sizeof(line), "INVOICE=%s:STATUS=OK\n",
                   sent->reference);
    if (strstr(reply, line) != NULL)
        return true;
    (void)snprintf(line, sizeof(line), "INVOICE=%s:STATUS=NO\n",
                   sent->reference);
    return strstr(reply, line) != NULL;
}

static enum sm_status back(struct sm_request *rq, struct sm_reply *rp,
                           const struct sb_session *session,
                           enum sb_event event)
{
    rp->http = 303;
    rp->location = sm_arena_strdup(rq->arena, event == SB_EV_PAID
                                                  ? session->success_url
                                                  : session->cancel_url);
    return rp->location != NULL ? SM_OK : SM_INTERNAL;
}

long sb_epay_ask(char *out, size_t size, struct sm_request *rq,
                 const char *path, const struct sb_param *params, size_t count)
{
    const struct sm_settings *settings = rq->app->settings;
    const char *text = "", *query = "", *url;

    for (size_t i = 0; i < count && text != NULL && query != NULL; i++) {
        text = sm_arena_printf(rq->arena, "%s%s%s\n", text, params[i].name,
                               params[i].value);
        /* letters, digits and commas: nothing to escape */
        query = sm_arena_printf(rq->arena, "%s%s=%s&", query, params[i].name,
                                params[i].value);
    }
    if (text == NULL || query == NULL)
        return 0;
    url = sm_arena_printf(
        rq->arena, "%s/gw/epay/pay/%s?%sCHECKSUM=%s",
        sm_settings_str(settings, "sandbox.merchant_origin"), path, query,
        sb_epay_sum(rq, sm_settings_str(settings, "sandbox.epay_biller_secret"),
                    text));
    return url != NULL ? sb_fetch(out, size, url) : 0;
}

const struct sb_wire sb_wire_epay = {
    .name = "epay",
    .leave_ends = true, /* the payer refuses to pay */
    .tell = tell,
    .acknowledged = acknowledged,
    .back = back,
};
