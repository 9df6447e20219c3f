/* POST /cgi-bin/cgi_link: BORICA's one address.  The browser posts a sale
 * there and is shown the card page; the merchant's server asks (TRTYPE 90) and
 * reverses (24), and is answered in JSON. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/text.h"
#include "sandbox/wire_borica.h"
#include "web/app.h"
#include "web/page.h"

/* A request as it came; absent fields are "". */
struct asked {
    char terminal[16], trtype[4], amount[16], currency[4], order[8], stamp[16],
        nonce[40], sign[520], tran[4], rrn[16], int_ref[20], desc[SB_TEXT],
        email[SB_TEXT], lang[4], addendum[32];
};

static bool read_asked(struct asked *out, const struct sm_request *rq)
{
    const struct {
        const char *name;
        char *text;
        size_t size;
    } fields[] = {
#define FIELD(name, member) {name, out->member, sizeof(out->member)}
        FIELD("TERMINAL", terminal),
        FIELD("TRTYPE", trtype),
        FIELD("AMOUNT", amount),
        FIELD("CURRENCY", currency),
        FIELD("ORDER", order),
        FIELD("TIMESTAMP", stamp),
        FIELD("NONCE", nonce),
        FIELD("P_SIGN", sign),
        FIELD("TRAN_TRTYPE", tran),
        FIELD("RRN", rrn),
        FIELD("INT_REF", int_ref),
        FIELD("DESC", desc),
        FIELD("EMAIL", email),
        FIELD("LANG", lang),
        FIELD("AD.CUST_BOR_ORDER_ID", addendum),
#undef FIELD
    };

    for (size_t i = 0; i < SM_COUNT(fields); i++)
        if (!sb_form_value(fields[i].text, fields[i].size, rq->body,
                           rq->body_len, fields[i].name))
            return false;
    return true;
}

/* True if the terminal signed what it asks, under MAC_GENERAL. */
static bool is_signed(struct sm_request *rq, const struct asked *asked)
{
    bool status = strcmp(asked->trtype, "90") == 0;
    const char *parts[8] = {asked->terminal, asked->trtype};
    const char *text = "";
    size_t n = 2;

    if (!status) {
        parts[n++] = asked->amount;
        parts[n++] = asked->currency;
    }
    parts[n++] = asked->order;
    if (!status)
        parts[n++] = asked->stamp;
    parts[n++] = asked->nonce;
    for (size_t i = 0; i < n && text != NULL; i++)
        text = sm_arena_printf(rq->arena, "%s%zu%s", text, strlen(parts[i]),
                               parts[i]);
    if (text != NULL && !status)
        text = sm_arena_printf(rq->arena, "%s-", text);
    return text != NULL &&
           sb_rsa_verify(sm_settings_str(rq->app->settings,
                                         "sandbox.borica_terminal_key"),
                         asked->sign, text);
}

/* What the bank makes up: RRN, approval, internal reference. */
static void keep(struct sb_session *s, const struct asked *asked)
{
    cJSON *json = cJSON_CreateObject();
    uint8_t bytes[8];
    char text[32], hex[2 * sizeof(bytes) + 1], *line;

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        abort();
    sm_hex(hex, bytes, sizeof(bytes));
    for (char *c = hex; *c != '\0'; c++)
        *c = sm_to_upper(*c);
    cJSON_AddStringToObject(json, "terminal", asked->terminal);
    cJSON_AddStringToObject(json, "nonce", asked->nonce);
    cJSON_AddStringToObject(json, "int_ref", hex);
    (void)snprintf(text, sizeof(text), "%06u%06u",
                   (unsigned)bytes[0] * 256U + bytes[1],
                   (unsigned)bytes[2] * 256U + bytes[3]);
    cJSON_AddStringToObject(json, "rrn", text);
    (void)snprintf(text, sizeof(text), "S%05u",
                   (unsigned)bytes[4] * 256U + bytes[5]);
    cJSON_AddStringToObject(json, "approval", text);
    line = cJSON_PrintUnformatted(json);
    (void)sm_copy(s->data, sizeof(s->data), line);
    free(line); /* lint-ok: free cJSON's own text, made here */
    cJSON_Delete(json);
}

static void fill_session(struct sb_session *s, const struct asked *asked)
{
    int64_t now = (int64_t)time(NULL);

    /* an order number is one for a day */
    (void)snprintf(s->idempotency_key, sizeof(s->idempotency_key), "%s/%s/%lld",
                   asked->terminal, asked->order, (long long)now / 86400);
    (void)sm_copy(s->fingerprint, sizeof(s->fingerprint), asked->nonce);
    (void)sm_copy(s->reference, sizeof(s->reference), asked->order);
    (void)sm_copy(s->payment, sizeof(s->payment), asked->addendum);
    (void)sm_copy(s->email, sizeof(s->email), asked->email);
    (void)sm_copy(s->product, sizeof(s->product), asked->desc);
    (void)sm_copy(s->locale, sizeof(s->locale), asked->lang);
    for (size_t i = 0; i < sizeof(s->currency); i++)
        s->currency[i] = sm_to_lower(asked->currency[i]);
    s->expires_at = now + SB_BORICA_GUARD_S;
    keep(s, asked);
}

static bool is_fresh(const struct asked *asked)
{
    struct tm parts = {0};
    const char *end = strptime(asked->stamp, "%Y%m%d%H%M%S", &parts);
    int64_t age = end != NULL && *end == '\0'
                      ? (int64_t)time(NULL) - (int64_t)timegm(&parts)
                      : INT64_MAX;

    return age >= -SB_BORICA_GUARD_S && age <= SB_BORICA_GUARD_S;
}

static enum sm_status refuse(struct sm_request *rq, struct sm_reply *rp,
                             const char *rc)
{
    sm_reply_text(rp, 400, "text/plain; charset=utf-8",
                  sm_arena_printf(rq->arena, "ACTION 3, RC %s\n", rc));
    return SM_OK;
}

/* The browser brings a sale. */
static enum sm_status sell(struct sm_request *rq, struct sm_reply *rp,
                           const struct asked *asked)
{
    struct sb_session session = {.processor = "borica"};
    enum sm_status st;

    fill_session(&session, asked);
    if (!is_signed(rq, asked))
        return refuse(rq, rp, "-17");
    if (!sb_amount_read(&session.amount, asked->amount) || session.amount == 0)
        return refuse(rq, rp, "-10");
    if (!is_fresh(asked))
        return refuse(rq, rp, "-20");
    if (!sb_behave(rq, rp, sb_behaviour_get().create))
        return SM_OK;
    st = sb_store_create(&session);
    if (st == SM_CONFLICT) /* the number was used for another order today */
        return refuse(rq, rp, "-29");
    rp->http = 303;
    rp->location = sm_arena_printf(
        rq->arena, session.status == SB_OPEN ? "/c/pay/%s" : "/c/again/%s",
        session.id);
    return rp->location != NULL ? st : SM_INTERNAL;
}

static enum sm_status tell_status(struct sm_request *rq, struct sm_reply *rp,
                                  const struct asked *asked)
{
    const char *action = "3", *rc = "-24";
    struct sb_session session;
    enum sm_status st = sb_store_find_order(&session, "borica", asked->order);
    bool reversal = strcmp(asked->tran, "24") == 0;

    if (st != SM_OK || (reversal && session.refunded == 0))
        return sb_borica_answer(rq, rp, NULL, action, rc, asked->nonce);
    if (reversal) {
        action = "0";
        rc = "00";
    } else {
        sb_borica_state(&action, &rc, &session);
    }
    return sb_borica_answer(rq, rp, &session, action, rc, asked->nonce);
}

static bool reverse(struct sb_session *s, void *with)
{
    const int64_t *amount = with;

    /* one reversal a sale, whatever its sum */
    if (s->paid != SB_PAID || s->refunded > 0 || *amount > s->amount ||
        *amount <= 0)
        return false;
    s->refunded = *amount;
    return true;
}

static enum sm_status give_back(struct sm_request *rq, struct sm_reply *rp,
                                const struct asked *asked)
{
    struct sb_session session;
    int64_t amount = 0;
    enum sm_status st = sb_store_find_order(&session, "borica", asked->order);

    if (st != SM_OK || !sb_amount_read(&amount, asked->amount) ||
        strcmp(sb_borica_kept(rq, &session, "rrn"), asked->rrn) != 0 ||
        strcmp(sb_borica_kept(rq, &session, "int_ref"), asked->int_ref) != 0)
        return sb_borica_answer(rq, rp, NULL, "3", "-24", asked->nonce);
    st = sb_store_update(&session, session.id, reverse, &amount);
    if (st != SM_OK)
        return sb_borica_answer(rq, rp, &session, "2", "95", asked->nonce);
    return sb_borica_answer(rq, rp, &session, "0", "00", asked->nonce);
}

static enum sm_status link(struct sm_request *rq, struct sm_reply *rp)
{
    struct asked asked;

    if (!read_asked(&asked, rq)) {
        sm_reply_text(rp, 400, "text/plain", "too long\n");
        return SM_OK;
    }
    if (strcmp(asked.trtype, "1") == 0)
        return sell(rq, rp, &asked);
    if (strcmp(asked.trtype, "90") != 0 && strcmp(asked.trtype, "24") != 0)
        return refuse(rq, rp, "-2");
    if (!sb_behave(rq, rp, sb_behaviour_get().query))
        return SM_OK;
    if (!is_signed(rq, &asked))
        return sb_borica_answer(rq, rp, NULL, "3", "-17", asked.nonce);
    if (strcmp(asked.trtype, "90") == 0)
        return tell_status(rq, rp, &asked);
    return give_back(rq, rp, &asked);
}

const struct sm_page sm_page_borica_link = {
    .path = "/cgi-bin/cgi_link",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .post = link,
    .help = "BORICA's gateway: sales by the browser, questions by the server.",
};
