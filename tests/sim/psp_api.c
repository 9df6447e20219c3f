/* The processor's interface: form bodies in, JSON out. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "psp.h"
#include "sim.h"
#include "tasks.h"

enum { HELD = 32, BODY = 4096, LIST = 1 << 17 };

/* An idempotency key and what was answered under it. */
struct key {
    char name[80];
    uint64_t body;
    int64_t at_s;
    int code;
    char answer[PSP_TEXT];
};

static struct key keys[PSP_KEYS];
static int nkeys;
static struct {
    char body[BODY], key[80];
} held[HELD];
static int nheld;

void psp_api_clear(void)
{
    nkeys = nheld = 0;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return tolower((unsigned char)c) - 'a' + 10;
}

/* Decode what stands before one of STOPS into OUT[SIZE]; where it ended. */
static const char *decode(char *out, size_t size, const char *at,
                          const char *stops)
{
    size_t len = 0;

    for (; *at != '\0' && strchr(stops, *at) == NULL; at++) {
        char c = *at == '+' ? ' ' : *at;

        if (c == '%' && at[1] != '\0' && at[2] != '\0') {
            c = (char)(hex(at[1]) * 16 + hex(at[2]));
            at += 2;
        }
        if (len + 1 < size)
            out[len++] = c;
    }
    out[len] = '\0';
    return at;
}

/* The value of NAME in the form BODY into OUT[SIZE]; "" if it is absent. */
static void field(char *out, size_t size, const char *body, const char *name)
{
    const char *at = body;
    char key[96];

    while (*at != '\0') {
        at = decode(key, sizeof(key), at, "=&");
        out[0] = '\0';
        if (*at == '=')
            at = decode(out, size, at + 1, "&");
        if (strcmp(key, name) == 0)
            return;
        if (*at == '&')
            at++;
    }
    out[0] = '\0';
}

static int refuse(char *out, const char *type)
{
    snprintf(out, PSP_TEXT, "{\"error\":{\"type\":\"%s\"}}", type);
    return 400;
}

/* Make the session that BODY asks for. */
static int create(char *out, const char *body, const char *key)
{
    char order[48], amount[32], currency[8], expires[32], mode[16];
    int64_t now_s = sim.now_us / SIM_SECOND, expires_s;
    int index;

    field(order, sizeof(order), body, "client_reference_id");
    field(amount, sizeof(amount), body,
          "line_items[0][price_data][unit_amount]");
    field(currency, sizeof(currency), body,
          "line_items[0][price_data][currency]");
    field(expires, sizeof(expires), body, "expires_at");
    field(mode, sizeof(mode), body, "mode");
    expires_s = strtoll(expires, NULL, 10);
    if (strcmp(mode, "payment") != 0 || order[0] == '\0' ||
        strlen(currency) != 3 || strtoll(amount, NULL, 10) < 1 ||
        expires_s < now_s + 1800 || expires_s > now_s + 86400)
        return refuse(out, "invalid_request_error");
    if (psp_find_order(order) != NULL)
        sim_broken("I13", "a second order at the processor for order %s",
                   "of one attempt");
    currency[3] = '\0';
    index = psp_add(order, strtoll(amount, NULL, 10), currency, expires_s, true,
                    key);
    if (index < 0)
        return refuse(out, "api_error");
    sim_say("processor: session %d over %s %s", index, amount, currency);
    psp_json(out, PSP_TEXT, &psp.sessions[index], false);
    return 200;
}

/* Give back what BODY asks for. */
static int refund(char *out, const char *body, const char *key)
{
    char capture[64], amount[32], id[32];
    int index;

    (void)key;
    field(capture, sizeof(capture), body, "payment_intent");
    field(amount, sizeof(amount), body, "amount");
    field(id, sizeof(id), body, "metadata[refund]");
    index =
        psp_refund(psp_find_capture(capture), strtoll(amount, NULL, 10), id);
    if (index < 0)
        return refuse(out, "invalid_request_error");
    psp_back_json(out, PSP_TEXT, index);
    return 200;
}

/* A call that makes something, under its key: the same answer within a day. */
static int once(char *out, const char *body, const char *key,
                int (*make)(char *out, const char *body, const char *key))
{
    uint64_t hash = sim_hash(1, body, strlen(body));
    int64_t now_s = sim.now_us / SIM_SECOND;
    struct key *entry;
    int i;

    for (i = 0; i < nkeys; i++) {
        entry = &keys[i];
        if (strcmp(entry->name, key) != 0 || now_s - entry->at_s >= 86400)
            continue;
        if (entry->body != hash)
            return refuse(out, "idempotency_error");
        snprintf(out, PSP_TEXT, "%s", entry->answer);
        return entry->code;
    }
    if (nkeys == PSP_KEYS) {
        sim_broken("SIM", "more than %d keys", PSP_KEYS);
        return refuse(out, "api_error");
    }
    entry = &keys[nkeys++];
    snprintf(entry->name, sizeof(entry->name), "%s", key);
    entry->body = hash;
    entry->at_s = now_s;
    entry->code = make(out, body, key);
    snprintf(entry->answer, sizeof(entry->answer), "%s", out);
    /* its own failure, after the order was made, is kept under the key */
    if (entry->code == 200 && sim.odds.saves_500 &&
        sim_fault(sim.odds.http / 4)) {
        sim_say("processor: and answers 500, for good under this key");
        entry->code = 500;
        snprintf(entry->answer, sizeof(entry->answer),
                 "{\"error\":{\"type\":\"api_error\"}}");
        snprintf(out, PSP_TEXT, "%s", entry->answer);
    }
    return entry->code;
}

static struct psp_session *by_id(const char *id, size_t len)
{
    int i;

    for (i = 0; i < psp.nsessions; i++) {
        if (strlen(psp.sessions[i].id) == len &&
            memcmp(psp.sessions[i].id, id, len) == 0)
            return &psp.sessions[i];
    }
    return NULL;
}

static int expire(char *out, struct psp_session *session)
{
    if (session->status != PSP_OPEN)
        return refuse(out, "invalid_request_error");
    psp_close((int)(session - psp.sessions));
    psp_json(out, PSP_TEXT, session, false);
    return 200;
}

/* The sessions that the query asks for, newest first. */
static int list(char *out, const char *query)
{
    char since[24], until[24], after[48];
    int64_t from_s, to_s;
    size_t len;
    int i, first = psp.nsessions - 1, n = 0, limit = 3;
    bool more = false;

    field(since, sizeof(since), query, "created[gte]");
    field(until, sizeof(until), query, "created[lte]");
    field(after, sizeof(after), query, "starting_after");
    from_s = strtoll(since, NULL, 10);
    to_s = until[0] != '\0' ? strtoll(until, NULL, 10) : INT64_MAX;
    if (after[0] != '\0') {
        const struct psp_session *last = by_id(after, strlen(after));

        first = last != NULL ? (int)(last - psp.sessions) - 1 : -1;
    }
    len = (size_t)snprintf(out, LIST, "{\"object\":\"list\",\"data\":[");
    for (i = first; i >= 0; i--) {
        const struct psp_session *session = &psp.sessions[i];

        if (session->created_s < from_s || session->created_s > to_s)
            continue;
        if (n == limit) { /* short pages: a search has to turn them */
            more = true;
            break;
        }
        if (n++ > 0)
            out[len++] = ',';
        len += (size_t)psp_json(out + len, LIST - len, session, false);
    }
    snprintf(out + len, LIST - len, "],\"has_more\":%s}",
             more ? "true" : "false");
    return 200;
}

/* The refunds of the payment that the query names, newest first. */
static int list_refunds(char *out, const char *query)
{
    char capture[64], after[48];
    int session, i, n = 0, limit = 2;
    size_t len;
    bool more = false, on;

    field(capture, sizeof(capture), query, "payment_intent");
    field(after, sizeof(after), query, "starting_after");
    session = psp_find_capture(capture);
    on = after[0] == '\0';
    len = (size_t)snprintf(out, LIST, "{\"object\":\"list\",\"data\":[");
    for (i = psp.nbacks - 1; i >= 0; i--) {
        if (psp.backs[i].dispute || psp.backs[i].session != session)
            continue;
        if (on && n == limit) {
            more = true;
            break;
        }
        if (on) {
            if (n++ > 0)
                out[len++] = ',';
            len += (size_t)psp_back_json(out + len, LIST - len, i);
        }
        on = on || strcmp(psp.backs[i].id, after) == 0;
    }
    snprintf(out + len, LIST - len, "],\"has_more\":%s}",
             more ? "true" : "false");
    return 200;
}

static int answer_refunds(char *out, const char *rest, const char *body,
                          const char *key)
{
    int index;

    if (*rest == '\0' && body != NULL)
        return once(out, body, key, refund);
    if (*rest == '?' && body == NULL)
        return list_refunds(out, rest + 1);
    index = *rest == '/' ? psp_find_back(rest + 1) : -1;
    if (index < 0 || body != NULL)
        return refuse(out, "invalid_request_error") + 4;
    psp_back_json(out, PSP_TEXT, index);
    return 200;
}

static int answer_sessions(char *out, const char *rest, const char *body,
                           const char *key)
{
    struct psp_session *session;
    size_t len;

    if (*rest == '\0' && body != NULL)
        return once(out, body, key, create);
    if (*rest == '?' && body == NULL)
        return list(out, rest + 1);
    if (*rest != '/')
        return refuse(out, "invalid_request_error");
    rest++;
    len = strcspn(rest, "/?");
    session = by_id(rest, len);
    if (session == NULL)
        return refuse(out, "invalid_request_error") + 4;
    if (body != NULL && strcmp(rest + len, "/expire") == 0)
        return expire(out, session);
    psp_json(out, PSP_TEXT, session, strstr(rest, "expand") != NULL);
    return 200;
}

int psp_answer(char **out, const char *path, const char *body, const char *key)
{
    static const char sessions[] = "/v1/checkout/sessions",
                      refunds[] = "/v1/refunds";

    *out = malloc(LIST);
    if (*out == NULL)
        return 500;
    if (strncmp(path, sessions, sizeof(sessions) - 1) == 0)
        return answer_sessions(*out, path + sizeof(sessions) - 1, body, key);
    if (strncmp(path, refunds, sizeof(refunds) - 1) == 0)
        return answer_refunds(*out, path + sizeof(refunds) - 1, body, key);
    return refuse(*out, "invalid_request_error");
}

void psp_hold(const char *body, const char *key)
{
    if (nheld == HELD)
        return;
    snprintf(held[nheld].body, sizeof(held[nheld].body), "%s", body);
    snprintf(held[nheld].key, sizeof(held[nheld].key), "%s", key);
    sim_task_at(sim.now_us + sim_between(SIM_SECOND, 15 * SIM_MINUTE),
                TASK_CREATE, nheld++, 0);
}

void psp_held_create(int index)
{
    char *answer = NULL;

    sim_say("network: a create call arrives late");
    psp_answer(&answer, "/v1/checkout/sessions", held[index].body,
               held[index].key);
    free(answer);
}
