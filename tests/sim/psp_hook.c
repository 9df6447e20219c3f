/* Notifications: signed with another library than the one that checks them,
 * delivered at least once unless the world is worse than that. */
#include <gcrypt.h>
#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "base/text.h"
#include "psp.h"
#include "sim.h"
#include "tasks.h"
#include "web.h"

#define LIFE_US (3 * SIM_DAY)

enum { HEX = 64 };

/* Lower-case hex of the signature of BODY at STAMP. */
static void sign(char out[HEX + 1], int64_t stamp, const char *body)
{
    /* two are valid while one replaces the other */
    const char *secret = sim.seed % 2 == 0 ? WEB_SECRET_NEW : WEB_SECRET_OLD;
    char text[PSP_TEXT + 32];
    unsigned char mac[32];
    size_t len = sizeof(mac), i;
    gcry_mac_hd_t handle;

    snprintf(text, sizeof(text), "%lld.%s", (long long)stamp, body);
    if (gcry_mac_open(&handle, GCRY_MAC_HMAC_SHA256, 0, NULL) != 0 ||
        gcry_mac_setkey(handle, secret, strlen(secret)) != 0 ||
        gcry_mac_write(handle, text, strlen(text)) != 0 ||
        gcry_mac_read(handle, mac, &len) != 0)
        sim_broken("SIM", "no signature");
    gcry_mac_close(handle);
    for (i = 0; i < sizeof(mac); i++)
        snprintf(out + 2 * i, 3, "%02x", mac[i]);
}

static int64_t first_delay(void)
{
    if (sim_fault(sim.odds.hook_late))
        return sim_chance(500) ? sim_between(SIM_MINUTE, 3 * SIM_HOUR)
                               : sim_between(SIM_HOUR, LIFE_US);
    return sim_between(SIM_SECOND / 10, 4 * SIM_SECOND);
}

static void add_event(const char *type, int index, const char *object,
                      bool money)
{
    struct psp_event *event;
    int number = psp.nevents;
    char id[40];

    if (number == PSP_EVENTS) {
        sim_broken("SIM", "more than %d events", PSP_EVENTS);
        return;
    }
    event = &psp.events[number];
    *event = (struct psp_event){
        .session = index, .made_us = sim.now_us, .money = money};
    snprintf(id, sizeof(id), "evt_%llu_%d", (unsigned long long)sim.life,
             number);
    sm_copy(event->id, sizeof(event->id), id);
    snprintf(event->type, sizeof(event->type), "%s", type);
    snprintf(event->body, sizeof(event->body),
             "{\"id\":\"%s\",\"object\":\"event\",\"type\":\"%s\","
             "\"created\":%lld,\"data\":{\"object\":%s}}",
             id, type, (long long)(sim.now_us / SIM_SECOND), object);
    psp.nevents++;
    if (sim.odds.hooks_dead && sim.faults) {
        event->given_up = true;
        return;
    }
    sim_task_at(sim.now_us + first_delay(), TASK_HOOK, number, 0);
    if (sim_fault(sim.odds.hook_twice))
        sim_task_at(sim.now_us + first_delay(), TASK_HOOK, number, 0);
}

void psp_emit(const char *type, int index)
{
    const struct psp_session *session = &psp.sessions[index];
    char object[PSP_TEXT - 256];

    if (strncmp(type, "payment_intent.", 15) == 0)
        snprintf(object, sizeof(object),
                 "{\"id\":\"pi_%s\",\"object\":\"payment_intent\","
                 "\"metadata\":{\"order_no\":\"%s\"},\"last_payment_error\":"
                 "{\"decline_code\":\"insufficient_funds\"}}",
                 session->id, session->order_no);
    else
        psp_json(object, sizeof(object), session, false);
    add_event(type, index, object, session->paid && object[2] == 'i');
}

void psp_emit_back(const char *type, int index)
{
    char object[PSP_TEXT - 256];

    psp_back_json(object, sizeof(object), index);
    add_event(type, psp.backs[index].session, object, false);
}

/* Try again, less and less often, for three days. */
static void later(int index)
{
    static const int64_t pauses[] = {
        SIM_MINUTE,   5 * SIM_MINUTE, SIM_HOUR / 2,  2 * SIM_HOUR,
        5 * SIM_HOUR, 10 * SIM_HOUR,  12 * SIM_HOUR, 12 * SIM_HOUR};
    struct psp_event *event = &psp.events[index];
    size_t n = (size_t)event->tries;

    if (n > SM_COUNT(pauses))
        n = SM_COUNT(pauses);
    sim_task_at(sim.now_us + pauses[n - 1], TASK_HOOK, index, 0);
}

/* The raw delivery. */
static int deliver(struct psp_event *event)
{
    int64_t stamp = sim.now_us / SIM_SECOND;
    char hexed[HEX + 1], header[256];

    sign(hexed, stamp, event->body);
    snprintf(header, sizeof(header), "t=%lld,v1=%s,v0=%s", (long long)stamp,
             hexed, "00");
    return web_notify(event->body, header);
}

void psp_deliver(int index)
{
    struct psp_event *event = &psp.events[index];
    int http;

    event->tries++;
    if (sim_fault(sim.odds.hook_drop)) {
        sim_say("notification %d is lost", index);
        if (!event->acked)
            later(index);
        return;
    }
    sim_say("notification %d: %s of session %d", index, event->type,
            event->session);
    http = deliver(event);
    if (http == 200) {
        event->acked = true;
        audit_acked(event);
        if (event->money)
            psp.sessions[event->session].told = true;
        if (sim_fault(sim.odds.hook_drop / 2)) {
            sim_say("... and its answer is lost");
            later(index);
        }
        return;
    }
    audit_refused(event, http);
    if (!event->acked)
        later(index);
}

void psp_flush_hooks(void)
{
    int i;

    for (i = 0; i < psp.nevents; i++) {
        if (!psp.events[i].acked && !psp.events[i].given_up)
            psp_deliver(i);
    }
}

/* A body that claims the money of a session that has none. */
static void forged_body(char *out, size_t size, int index)
{
    const struct psp_session *session = &psp.sessions[index];
    struct psp_session lie = *session;
    char object[PSP_TEXT - 256];

    lie.paid = true;
    lie.status = PSP_COMPLETE;
    lie.got = lie.amount;
    snprintf(lie.got_currency, sizeof(lie.got_currency), "%s", lie.currency);
    psp_json(object, sizeof(object), &lie, false);
    snprintf(out, size,
             "{\"id\":\"evt_forged_%llu_%d\",\"object\":\"event\",\"type\":"
             "\"checkout.session.completed\",\"data\":{\"object\":%s}}",
             (unsigned long long)sim.life, (int)sim.steps, object);
}

void psp_forge(void)
{
    int64_t stamp = sim.now_us / SIM_SECOND;
    int how = (int)sim_below(6), http, i;
    char body[PSP_TEXT], hexed[HEX + 1], header[256];

    if (psp.nsessions == 0)
        return;
    forged_body(body, sizeof(body), (int)sim_below(psp.nsessions));
    if (how == 3)
        stamp -= sim_between(302, 4000);
    if (how == 4)
        stamp += sim_between(302, 4000);
    sign(hexed, stamp, how == 1 ? "{\"id\":\"evt_1\"}" : body);
    if (how == 0)
        memset(hexed, 'a', HEX);
    for (i = 16; how == 2 && i < HEX; i++) /* only its beginning is right */
        hexed[i] = hexed[i] == '0' ? '1' : '0';
    snprintf(header, sizeof(header), "t=%lld,v1=%s", (long long)stamp, hexed);
    sim_say("a forged notification, way %d", how);
    http = web_notify(body, how == 5 ? "" : header);
    audit_forged(how, http);
}
