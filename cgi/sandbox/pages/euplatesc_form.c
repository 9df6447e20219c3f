/* POST /tdsprocess/tranzactd.php: the browser brings EuPlatesc's form and is
 * shown the card page. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "sandbox/wire_euplatesc.h"
#include "web/app.h"
#include "web/page.h"

enum {
    AMOUNT,
    CURR,
    INVOICE,
    DESC,
    MERCHANT,
    STAMP,
    NONCE,
    VALABILITY,
    SIGNED
};

static const char *const names[SIGNED] = {
    "amount",   "curr",      "invoice_id", "order_desc",
    "merch_id", "timestamp", "nonce",      "valability",
};

static bool text(char *out, size_t size, const struct sm_request *rq,
                 const char *name)
{
    return sb_form_value(out, size, rq->body, rq->body_len, name);
}

/* Where the merchant's server is told; kept, since only this protocol has
 * it in the form. */
static bool keep_address(struct sb_session *s, const struct sm_request *rq)
{
    cJSON *json = cJSON_CreateObject();
    char url[SB_URL], *line;

    if (text(url, sizeof(url), rq, "ExtraData[silenturl]"))
        cJSON_AddStringToObject(json, "silenturl", url);
    line = cJSON_PrintUnformatted(json);
    (void)sm_copy(s->data, sizeof(s->data), line);
    free(line); /* lint-ok: free cJSON's own text, made here */
    cJSON_Delete(json);
    return text(s->success_url, sizeof(s->success_url), rq,
                "ExtraData[successurl]") &&
           text(s->cancel_url, sizeof(s->cancel_url), rq,
                "ExtraData[backtosite]") &&
           text(s->email, sizeof(s->email), rq, "email") &&
           text(s->locale, sizeof(s->locale), rq, "lang");
}

/* YYYYMMDDhhmmss of this zone's clocks as seconds; 0 if it is none. */
static int64_t local_time(const char *stamp)
{
    struct tm parts = {.tm_isdst = -1};
    const char *end = strptime(stamp, "%Y%m%d%H%M%S", &parts);

    return end != NULL && *end == '\0' ? (int64_t)mktime(&parts) : 0;
}

/* Fill SESSION from the form; a sentence about what is wrong, or NULL. */
static const char *fill(struct sb_session *s, const char *const *value,
                        const struct sm_request *rq)
{
    char number[41];
    size_t i;

    if (!sb_amount_read(&s->amount, value[AMOUNT]) || s->amount <= 0)
        return "Invalid amount\n";
    if (strlen(value[CURR]) != 3)
        return "Invalid currency\n";
    if (strlen(value[INVOICE]) < 6 || strlen(value[INVOICE]) > 27)
        return "Invalid invoice_id\n";
    for (i = 0; i < 3; i++)
        s->currency[i] = sm_to_lower(value[CURR][i]);
    s->expires_at = local_time(value[VALABILITY]);
    if (s->expires_at <= (int64_t)time(NULL))
        return "Link expired\n";
    sb_ep_number(number);
    (void)sm_copy(s->id, sizeof(s->id), number);
    (void)sm_copy(s->intent, sizeof(s->intent), number);
    (void)sm_copy(s->reference, sizeof(s->reference), value[INVOICE]);
    (void)sm_copy(s->product, sizeof(s->product), value[DESC]);
    return keep_address(s, rq) ? NULL : "A field is too long\n";
}

static enum sm_status refuse(struct sm_reply *rp, const char *why)
{
    sm_reply_text(rp, 400, "text/plain", why);
    return SM_OK;
}

static enum sm_status bring(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_settings *settings = rq->app->settings;
    struct sb_session session = {.processor = "euplatesc"}, known;
    const char *value[SIGNED], *wrong;
    enum sm_status st = SM_OK;

    if (!sb_ep_read(value, rq, names, SIGNED, true,
                    sm_settings_str(settings, "euplatesc.key")))
        return refuse(rp, "Invalid fp_hash\n");
    if (strcmp(value[MERCHANT],
               sm_settings_str(settings, "euplatesc.merchant_id")) != 0)
        return refuse(rp, "Invalid merch_id\n");
    if (!sb_behave(rq, rp, sb_behaviour_get().create))
        return SM_OK;
    /* the form again: the page that it had, if that still is one */
    if (sb_store_find_order(&known, "euplatesc", value[INVOICE]) == SM_OK &&
        known.status != SB_EXPIRED) {
        session = known;
    } else {
        wrong = fill(&session, value, rq);
        if (wrong != NULL)
            return refuse(rp, wrong);
        st = sb_store_create(&session);
    }
    rp->http = 303;
    rp->location = sm_arena_printf(rq->arena, "/c/pay/%s", session.id);
    return rp->location != NULL ? st : SM_INTERNAL;
}

const struct sm_page sm_page_euplatesc_form = {
    .path = "/tdsprocess/tranzactd.php",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .post = bring,
    .help = "EuPlatesc's page: where the browser brings the signed form.",
};
