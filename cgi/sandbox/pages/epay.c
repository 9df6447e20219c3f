/* POST /epay: ePay.bg's address, where the browser brings a payment. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "sandbox/wire_epay.h"
#include "web/app.h"
#include "web/page.h"

/* The line NAME of DATA into OUT; false if it is missing or too long. */
static bool line_of(char *out, size_t size, const char *data, const char *name)
{
    size_t name_len = strlen(name);

    while (*data != '\0') {
        size_t len = strcspn(data, "\n");

        if (len > name_len && strncmp(data, name, name_len) == 0 &&
            data[name_len] == '=' && len - name_len <= size) {
            (void)sm_copy(out, len - name_len, data + name_len + 1);
            return true;
        }
        data += len + (data[len] == '\n');
    }
    return false;
}

static enum sm_status refuse(struct sm_reply *rp, const char *why)
{
    sm_reply_text(rp, 400, "text/plain; charset=utf-8", why);
    return SM_OK;
}

/* Fill SESSION from the lines; false if one is not what it must be. */
static bool fill(struct sb_session *s, const char *data)
{
    char amount[16], expires[24];
    struct tm parts = {.tm_isdst = -1};
    const char *end;

    if (!line_of(s->reference, sizeof(s->reference), data, "INVOICE") ||
        !line_of(amount, sizeof(amount), data, "AMOUNT") ||
        !line_of(s->currency, sizeof(s->currency), data, "CURRENCY") ||
        !line_of(expires, sizeof(expires), data, "EXP_TIME") ||
        !sb_amount_read(&s->amount, amount) || s->amount < 2)
        return false;
    (void)line_of(s->product, sizeof(s->product), data, "DESCR");
    for (char *c = s->currency; *c != '\0'; c++)
        *c = sm_to_lower(*c);
    end = strptime(expires, "%d.%m.%Y %H:%M:%S", &parts);
    if (end == NULL || *end != '\0')
        return false;
    s->expires_at = (int64_t)mktime(&parts);
    /* an invoice's number is taken once */
    (void)sm_copy(s->idempotency_key, sizeof(s->idempotency_key), s->reference);
    (void)snprintf(s->fingerprint, sizeof(s->fingerprint), "%lld%s",
                   (long long)s->amount, s->currency);
    (void)snprintf(s->data, sizeof(s->data), "%lld", (long long)s->amount);
    return s->expires_at > (int64_t)time(NULL);
}

static enum sm_status bring(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_session session = {.processor = "epay"};
    char encoded[4096], sum[64];
    const char *data;
    enum sm_status st;

    if (!sb_form_value(encoded, sizeof(encoded), rq->body, rq->body_len,
                       "ENCODED") ||
        !sb_form_value(sum, sizeof(sum), rq->body, rq->body_len, "CHECKSUM") ||
        !sb_form_value(session.success_url, sizeof(session.success_url),
                       rq->body, rq->body_len, "URL_OK") ||
        !sb_form_value(session.cancel_url, sizeof(session.cancel_url), rq->body,
                       rq->body_len, "URL_CANCEL"))
        return refuse(rp, "too long\n");
    if (strcmp(sum, sb_epay_sum(rq,
                                sm_settings_str(rq->app->settings,
                                                "sandbox.epay_secret"),
                                encoded)) != 0)
        return refuse(rp, "ERR=Not valid CHECKSUM\n");
    data = sb_epay_decode(rq, encoded);
    if (data == NULL || !fill(&session, data))
        return refuse(rp, "ERR=Not valid data\n");
    if (!sb_behave(rq, rp, sb_behaviour_get().create))
        return SM_OK;
    st = sb_store_create(&session);
    if (st == SM_CONFLICT)
        return refuse(rp, "ERR=INVOICE already exists\n");
    rp->http = 303;
    rp->location = sm_arena_printf(rq->arena, "/c/pay/%s", session.id);
    return rp->location != NULL ? st : SM_INTERNAL;
}

const struct sm_page sm_page_epay = {
    .path = "/epay",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .post = bring,
    .help = "ePay.bg's address, where the browser brings a payment.",
};
