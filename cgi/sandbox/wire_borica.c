#include "sandbox/wire_borica.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "web/app.h"

/* The fields that an answer signs, in this order. */
enum {
    ACTION,
    RC,
    APPROVAL,
    TERMINAL,
    TRTYPE,
    AMOUNT,
    CURRENCY,
    ORDER,
    RRN,
    INT_REF,
    PARES_STATUS,
    ECI,
    TIMESTAMP,
    NONCE,
    SIGNED
};
static const char *const names[SIGNED] = {
    "ACTION",       "RC",       "APPROVAL",  "TERMINAL", "TRTYPE",
    "AMOUNT",       "CURRENCY", "ORDER",     "RRN",      "INT_REF",
    "PARES_STATUS", "ECI",      "TIMESTAMP", "NONCE"};

const char *sb_borica_kept(struct sm_request *rq,
                           const struct sb_session *session, const char *name)
{
    cJSON *json = cJSON_Parse(session->data);
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));
    const char *copy = sm_arena_strdup(rq->arena, text != NULL ? text : "");

    cJSON_Delete(json);
    return copy != NULL ? copy : "";
}

static const char *stamp(struct sm_request *rq)
{
    time_t now = time(NULL);
    char text[20] = "";
    struct tm parts;

    if (gmtime_r(&now, &parts) != NULL)
        (void)strftime(text, sizeof(text), "%Y%m%d%H%M%S", &parts);
    return sm_arena_strdup(rq->arena, text);
}

static const char *upper(struct sm_request *rq, const char *text)
{
    char *copy = sm_arena_strdup(rq->arena, text);

    for (char *c = copy; c != NULL && *c != '\0'; c++)
        *c = sm_to_upper(*c);
    return copy != NULL ? copy : "";
}

/* Fill the fields of an answer; TRTYPE and NONCE are those of the request. */
static void fill(const char *value[SIGNED], struct sm_request *rq,
                 const struct sb_session *s, const char *action, const char *rc)
{
    bool taken = s->paid == SB_PAID;

    value[ACTION] = action;
    value[RC] = rc;
    value[APPROVAL] = taken ? sb_borica_kept(rq, s, "approval") : "";
    value[TERMINAL] = sb_borica_kept(rq, s, "terminal");
    value[AMOUNT] = sb_amount(rq, s->amount);
    value[CURRENCY] = upper(rq, s->currency);
    value[ORDER] = s->reference;
    value[RRN] = taken ? sb_borica_kept(rq, s, "rrn") : "";
    value[INT_REF] = sb_borica_kept(rq, s, "int_ref");
    value[PARES_STATUS] = taken ? "Y" : "";
    value[ECI] = taken ? "05" : "";
    value[TIMESTAMP] = stamp(rq);
}

/* P_SIGN under MAC_GENERAL. */
static const char *sign(struct sm_request *rq, const char *const value[SIGNED])
{
    const char *text = "";

    for (int i = 0; i < SIGNED && text != NULL; i++)
        text = value[i][0] == '\0'
                   ? sm_arena_printf(rq->arena, "%s-", text)
                   : sm_arena_printf(rq->arena, "%s%zu%s", text,
                                     strlen(value[i]), value[i]);
    text = text != NULL ? sm_arena_printf(rq->arena, "%s-", text) : NULL;
    return text != NULL ? sb_rsa_sign(rq,
                                      sm_settings_str(rq->app->settings,
                                                      "sandbox.borica_key"),
                                      text)
                        : "";
}

void sb_borica_state(const char **action, const char **rc,
                     const struct sb_session *s)
{
    *action = "3";
    *rc = "-40"; /* the page is open, or was left open for good */
    if (s->paid == SB_PAID) {
        *action = "0";
        *rc = "00";
    } else if (s->status == SB_DECLINED) {
        *action = "2";
        *rc = "05";
    } else if (s->status == SB_CANCELLED) {
        *rc = "-25";
    }
}

static enum sm_status send_json(struct sm_request *rq, struct sm_reply *rp,
                                const char *const value[SIGNED],
                                const char *tran)
{
    cJSON *json = cJSON_CreateObject();
    char *text;

    for (int i = 0; i < SIGNED; i++)
        cJSON_AddStringToObject(json, names[i], value[i]);
    cJSON_AddStringToObject(json, "STATUSMSG",
                            strcmp(value[RC], "00") == 0 ? "Approved"
                                                         : "See RC");
    cJSON_AddStringToObject(json, "TRAN_TRTYPE", tran);
    cJSON_AddStringToObject(json, "P_SIGN", sign(rq, value));
    text = cJSON_PrintUnformatted(json);
    sm_reply_text(rp, 200, "application/json",
                  sm_arena_strdup(rq->arena, text));
    free(text);
    cJSON_Delete(json);
    return SM_OK;
}

/* Field NAME of the request, in the arena. */
static const char *sent(struct sm_request *rq, const char *name)
{
    char text[SB_TEXT];

    if (!sb_form_value(text, sizeof(text), rq->body, rq->body_len, name))
        return "";
    return sm_arena_strdup(rq->arena, text);
}

enum sm_status sb_borica_answer(struct sm_request *rq, struct sm_reply *rp,
                                const struct sb_session *session,
                                const char *action, const char *rc,
                                const char *nonce)
{
    static const struct sb_session none;
    const char *value[SIGNED];
    const char *tran = sent(rq, "TRAN_TRTYPE");

    fill(value, rq, session != NULL ? session : &none, action, rc);
    value[TRTYPE] = sent(rq, "TRTYPE");
    value[NONCE] = nonce;
    if (session == NULL) {
        value[TERMINAL] = sent(rq, "TERMINAL");
        value[ORDER] = sent(rq, "ORDER");
        value[AMOUNT] = "";
        value[CURRENCY] = "USD";
    } else if (strcmp(tran, "24") == 0 || strcmp(value[TRTYPE], "24") == 0) {
        value[AMOUNT] = sb_amount(rq, session->refunded);
    }
    return send_json(rq, rp, value, tran);
}

enum sm_status sb_borica_return(struct sm_request *rq, struct sm_reply *rp,
                                const struct sb_session *session,
                                const char *action, const char *rc)
{
    struct sb_field fields[SIGNED + 2];
    const char *value[SIGNED], *url;

    fill(value, rq, session, action, rc);
    value[TRTYPE] = "1";
    value[NONCE] = sb_borica_kept(rq, session, "nonce");
    for (int i = 0; i < SIGNED; i++)
        fields[i] = (struct sb_field){names[i], value[i]};
    fields[SIGNED] = (struct sb_field){"P_SIGN", sign(rq, value)};
    fields[SIGNED + 1] = (struct sb_field){"CARD", "4242XXXXXXXX4242"};
    url = sm_arena_printf(
        rq->arena, "%s/gw/return/borica",
        sm_settings_str(rq->app->settings, "sandbox.merchant_origin"));
    return url != NULL ? sb_back_form(rp, url, fields, SM_COUNT(fields))
                       : SM_INTERNAL;
}

static enum sm_status back(struct sm_request *rq, struct sm_reply *rp,
                           const struct sb_session *session,
                           enum sb_event event)
{
    const char *action, *rc;

    (void)event; /* the answer says how the order stands */
    sb_borica_state(&action, &rc, session);
    return sb_borica_return(rq, rp, session, action, rc);
}

/* The gateway tells the merchant's server nothing by itself. */
static bool tell(struct sb_message *out, enum sb_event event,
                 const struct sb_session *session)
{
    (void)out;
    (void)event;
    (void)session;
    return false;
}

static bool acknowledged(const struct sb_message *sent, long http,
                         const char *reply)
{
    (void)sent;
    (void)http;
    (void)reply;
    return true;
}

const struct sb_wire sb_wire_borica = {
    .name = "borica",
    .decline_ends = true,
    .leave_ends = true,
    .tell = tell,
    .acknowledged = acknowledged,
    .back = back,
};
