/* The books of the processor. */
#include "psp.h"

#include <stdio.h>
#include <string.h>

#include "sim.h"
#include "tasks.h"

struct psp psp;

void psp_clear(void)
{
    psp.nsessions = psp.nevents = psp.nbacks = 0;
    psp.nmoves = psp.npayouts = 0;
    psp_api_clear();
}

struct psp_session *psp_find_order(const char *order_no)
{
    int i;

    for (i = 0; i < psp.nsessions; i++) {
        if (psp.sessions[i].ours &&
            strcmp(psp.sessions[i].order_no, order_no) == 0)
            return &psp.sessions[i];
    }
    return NULL;
}

int psp_find_page(const char *url)
{
    const char *at = strrchr(url, '/');
    int i;

    for (i = 0; at != NULL && i < psp.nsessions; i++) {
        if (strcmp(psp.sessions[i].id, at + 1) == 0)
            return i;
    }
    return -1;
}

int psp_add(const char *order_no, int64_t amount, const char *currency,
            int64_t expires_s, bool ours, const char *key)
{
    struct psp_session *session;
    int index = psp.nsessions;

    if (index == PSP_SESSIONS) {
        sim_broken("SIM", "more than %d sessions", PSP_SESSIONS);
        return -1;
    }
    psp.nsessions++;
    session = &psp.sessions[index];
    *session = (struct psp_session){
        .amount = amount,
        .created_s = sim.now_us / SIM_SECOND,
        .expires_s = expires_s,
        .ours = ours,
    };
    snprintf(session->id, sizeof(session->id), "cs_%llu_%d",
             (unsigned long long)sim.life, index);
    snprintf(session->order_no, sizeof(session->order_no), "%s", order_no);
    snprintf(session->key, sizeof(session->key), "%s", key);
    snprintf(session->currency, sizeof(session->currency), "%s", currency);
    sim_task_at(expires_s * SIM_SECOND, TASK_PROCESSOR, index, PSP_EXPIRE);
    return index;
}

int psp_json(char *out, size_t size, const struct psp_session *session,
             bool expand)
{
    static const char *const words[] = {"open", "complete", "expired"};
    bool taken = session->paid;
    char intent[160] = "null", url[128] = "null";

    if (session->status == PSP_OPEN)
        snprintf(url, sizeof(url), "\"https://checkout.stripe.com/c/%s\"",
                 session->id);
    if (session->paid || session->async || session->failed) {
        if (expand)
            snprintf(intent, sizeof(intent),
                     "{\"id\":\"pi_%s\",\"object\":\"payment_intent\","
                     "\"status\":\"%s\"}",
                     session->id,
                     session->paid     ? "succeeded"
                     : session->failed ? "requires_payment_method"
                                       : "processing");
        else
            snprintf(intent, sizeof(intent), "\"pi_%s\"", session->id);
    }
    return snprintf(
        out, size,
        "{\"id\":\"%s\",\"object\":\"checkout.session\","
        "\"client_reference_id\":\"%s\",\"amount_total\":%lld,"
        "\"currency\":\"%s\",\"status\":\"%s\",\"payment_status\":\"%s\","
        "\"payment_intent\":%s,\"expires_at\":%lld,\"created\":%lld,"
        "\"metadata\":{\"order_no\":\"%s\"},\"url\":%s}",
        session->id, session->order_no,
        (long long)(taken ? session->got : session->amount),
        taken ? session->got_currency : session->currency,
        words[session->status], taken ? "paid" : "unpaid", intent,
        (long long)session->expires_s, (long long)session->created_s,
        session->order_no, url);
}

/* Take the money. */
void psp_capture(int index)
{
    struct psp_session *session = &psp.sessions[index];

    session->paid = true;
    session->async = session->failed = false;
    session->status = PSP_COMPLETE;
    session->got = session->amount;
    memcpy(session->got_currency, session->currency,
           sizeof(session->got_currency));
    if (sim_fault(sim.odds.wrong_amount)) {
        session->got += sim_between(-session->amount / 2, session->amount / 2);
        if (session->got < 1)
            session->got = 1;
    }
    if (sim_fault(sim.odds.wrong_currency))
        snprintf(session->got_currency, sizeof(session->got_currency), "%s",
                 strcmp(session->currency, "eur") == 0 ? "ron" : "eur");
    psp_move("capture", session->id, session->got_currency, session->got,
             session->got * 14 / 1000 + 30);
    sim_say("processor: takes %lld %s for session %d%s",
            (long long)session->got, session->got_currency, index,
            session->late ? ", late" : "");
}

/* It can be paid no more, the processor says; sometimes it errs. */
void psp_close(int index)
{
    psp.sessions[index].status = PSP_EXPIRED;
    sim_say("processor: session %d expires", index);
    psp_emit("checkout.session.expired", index);
    if (sim_fault(sim.odds.late_money))
        sim_task_at(sim.now_us + sim_between(SIM_SECOND, sim_chance(500)
                                                             ? 10 * SIM_SECOND
                                                             : 20 * SIM_HOUR),
                    TASK_PROCESSOR, index, PSP_LATE);
}

void psp_act(int index, enum psp_act what)
{
    struct psp_session *session = &psp.sessions[index];

    if (what >= PSP_REFUND_GOOD) {
        psp_back_act(index, what);
        return;
    }
    switch (what) {
    case PSP_EXPIRE:
        if (session->status == PSP_OPEN)
            psp_close(index);
        break;
    case PSP_ASYNC_GOOD:
        psp_capture(index);
        psp_emit("checkout.session.async_payment_succeeded", index);
        break;
    case PSP_ASYNC_BAD:
        session->async = false;
        session->failed = true;
        sim_say("processor: session %d fails after all", index);
        psp_emit("checkout.session.async_payment_failed", index);
        break;
    case PSP_LATE:
        session->late = true;
        psp_capture(index);
        psp_emit("checkout.session.completed", index);
        break;
    case PSP_REFUND_GOOD:
    case PSP_REFUND_BAD:
    case PSP_DISPUTE_WON:
    case PSP_DISPUTE_LOST:
        break;
    }
}

bool psp_visit_page(int index, enum psp_visit what)
{
    struct psp_session *session = &psp.sessions[index];
    int64_t later;

    if (session->status != PSP_OPEN || what == PSP_LEAVE)
        return session->status == PSP_COMPLETE;
    if (what == PSP_DECLINE) {
        sim_say("processor: a card is declined on session %d", index);
        psp_emit("payment_intent.payment_failed", index);
        return false;
    }
    if (what == PSP_PAY) {
        psp_capture(index);
        psp_emit("checkout.session.completed", index);
        if (sim_fault(100)) /* it tells the same in two ways */
            psp_emit("checkout.session.async_payment_succeeded", index);
        return true;
    }
    session->status = PSP_COMPLETE;
    session->async = true;
    sim_say("processor: session %d is on its way", index);
    psp_emit("checkout.session.completed", index);
    later = sim_chance(30) ? sim_between(SIM_HOUR, 60 * SIM_HOUR)
                           : sim_between(SIM_SECOND, SIM_HOUR);
    sim_task_at(sim.now_us + later, TASK_PROCESSOR, index,
                sim_chance(700) ? PSP_ASYNC_GOOD : PSP_ASYNC_BAD);
    return true;
}

void psp_foreign(void)
{
    char order_no[48];
    int index;

    snprintf(order_no, sizeof(order_no), "shop-%llu-%d",
             (unsigned long long)sim.life, psp.nsessions);
    index = psp_add(order_no, sim_between(100, 90000), "ron",
                    sim.now_us / SIM_SECOND + 3600, false, "");
    if (index < 0)
        return;
    sim_say("processor: an order that is not ours is paid, session %d", index);
    psp_capture(index);
    psp_emit("checkout.session.completed", index);
    if (sim_chance(500))
        psp_emit("checkout.session.async_payment_succeeded", index);
}

void psp_by_hand(void)
{
    struct psp_session first;
    int of, index;

    if (psp.nsessions == 0)
        return;
    of = (int)sim_below(psp.nsessions);
    first = psp.sessions[of];
    if (!first.ours)
        return;
    index = psp_add(first.order_no, first.amount, first.currency,
                    sim.now_us / SIM_SECOND + 3600, false, "");
    if (index < 0)
        return;
    sim_say("processor: the order of session %d is paid by hand, session %d",
            of, index);
    psp_capture(index);
    psp_emit("checkout.session.completed", index);
}
