/* The processor's books of what goes back, and of what it pays out. */
#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "base/text.h"
#include "psp.h"
#include "sim.h"
#include "tasks.h"

void psp_move(const char *kind, const char *ref, const char *currency,
              int64_t gross, int64_t fee)
{
    struct psp_move *move = &psp.moves[psp.nmoves];

    if (psp.nmoves == PSP_MOVES) {
        sim_broken("SIM", "more than %d movements", PSP_MOVES);
        return;
    }
    psp.nmoves++;
    *move = (struct psp_move){.kind = kind, .gross = gross, .fee = fee};
    sm_copy(move->ref, sizeof(move->ref), ref);
    sm_copy(move->currency, sizeof(move->currency), currency);
}

int64_t psp_left(int index)
{
    int64_t left = psp.sessions[index].paid ? psp.sessions[index].got : 0;
    int i;

    for (i = 0; i < psp.nbacks; i++) {
        const struct psp_back *back = &psp.backs[i];

        if (back->session == index && strcmp(back->state, "failed") != 0 &&
            strcmp(back->state, "won") != 0)
            left -= back->amount;
    }
    return left;
}

static int add(int session, int64_t amount, const char *key, bool dispute)
{
    struct psp_back *back = &psp.backs[psp.nbacks];

    if (psp.nbacks == PSP_BACKS)
        return -1;
    *back = (struct psp_back){
        .session = session, .amount = amount, .dispute = dispute};
    snprintf(back->id, sizeof(back->id), "%s_%llu_%d", dispute ? "dp" : "re",
             (unsigned long long)sim.life, psp.nbacks);
    snprintf(back->key, sizeof(back->key), "%s", key);
    return psp.nbacks++;
}

static void later(int index, int64_t most_us, enum psp_act what)
{
    sim_task_at(sim.now_us + sim_between(SIM_SECOND, most_us), TASK_PROCESSOR,
                index, (int)what);
}

/* A refund has been taken on. */
static int refund(int session, int64_t amount, const char *key, bool named)
{
    int index = add(session, amount, key, false);
    struct psp_back *back;

    if (index < 0)
        return -1;
    back = &psp.backs[index];
    back->named = named;
    back->state = sim_chance(500) ? "accepted" : "succeeded";
    psp_move("refund", back->id, psp.sessions[session].got_currency, -amount,
             0);
    sim_say("processor: refund %d of %lld from session %d is %s", index,
            (long long)amount, session, back->state);
    psp_emit_back("refund.created", index);
    if (back->state[0] == 'a')
        later(index, 6 * SIM_HOUR,
              sim_chance(750) ? PSP_REFUND_GOOD : PSP_REFUND_BAD);
    else if (!sim.odds.hooks_dead && sim_chance(200))
        later(index, 30 * SIM_HOUR, PSP_REFUND_BAD);
    return index;
}

int psp_find_back(const char *id)
{
    int i;

    for (i = 0; i < psp.nbacks; i++) {
        if (strcmp(psp.backs[i].id, id) == 0)
            return i;
    }
    return -1;
}

int psp_find_capture(const char *capture)
{
    int i;

    for (i = 0; i < psp.nsessions; i++) {
        if (strncmp(capture, "pi_", 3) == 0 &&
            strcmp(psp.sessions[i].id, capture + 3) == 0)
            return i;
    }
    return -1;
}

int psp_back_json(char *out, size_t size, int index)
{
    static const char *const words[][2] = {{"accepted", "pending"},
                                           {"open", "needs_response"}};
    const struct psp_back *back = &psp.backs[index];
    const struct psp_session *session = &psp.sessions[back->session];
    const char *word = back->state;
    char metadata[160] = "", fees[120] = "";
    size_t i;

    for (i = 0; i < SM_COUNT(words); i++) {
        if (strcmp(word, words[i][0]) == 0)
            word = words[i][1];
    }
    if (back->named)
        snprintf(metadata, sizeof(metadata), "\"order_no\":\"%s\"%s%s%s",
                 session->order_no,
                 back->key[0] != '\0' ? ",\"refund\":\"" : "", back->key,
                 back->key[0] != '\0' ? "\"" : "");
    if (back->fee > 0)
        snprintf(fees, sizeof(fees), "{\"currency\":\"%s\",\"fee\":%lld}",
                 session->got_currency, (long long)back->fee);
    return snprintf(
        out, size,
        "{\"id\":\"%s\",\"object\":\"%s\",\"amount\":%lld,"
        "\"currency\":\"%s\",\"payment_intent\":\"pi_%s\","
        "\"status\":\"%s\",\"failure_reason\":\"lost_or_stolen_card\","
        "\"balance_transactions\":[%s],\"metadata\":{%s}}",
        back->id, back->dispute ? "dispute" : "refund", (long long)back->amount,
        session->got_currency, session->id, word, fees, metadata);
}

int psp_refund(int session, int64_t amount, const char *key)
{
    int index = -1;

    if (session >= 0 && amount > 0 && psp_left(session) >= amount)
        index = refund(session, amount, key, true);
    if (index < 0)
        sim_say("processor: refuses a refund of %lld", (long long)amount);
    return index;
}

/* A session that has money; -1 if chance finds none. */
static int some_paid(void)
{
    int i = psp.nsessions > 0 ? (int)sim_below(psp.nsessions) : -1;

    return i >= 0 && psp_left(i) > 0 ? i : -1;
}

void psp_desk_refund(void)
{
    int session = some_paid();
    int64_t left;

    bool named = sim_chance(300);

    if (session < 0)
        return;
    /* one that does not name the order is understood once its money is */
    if (!named && !audit_is_booked(&psp.sessions[session]))
        return;
    left = psp_left(session);
    refund(session, sim_chance(500) ? left : sim_between(1, left), "", named);
}

void psp_dispute(void)
{
    int session = some_paid(), index;
    struct psp_back *back;
    int64_t left;

    /* it names nothing but the money */
    if (session < 0 || !audit_is_booked(&psp.sessions[session]))
        return;
    left = psp_left(session);
    index =
        add(session, sim_chance(700) ? left : sim_between(1, left), "", true);
    if (index < 0)
        return;
    back = &psp.backs[index];
    back->state = "open";
    back->fee = sim_chance(700) ? 1500 : 0;
    psp_move("dispute", back->id, psp.sessions[session].got_currency,
             -back->amount, back->fee);
    sim_say("processor: %lld of session %d is contested",
            (long long)back->amount, session);
    psp_emit_back("charge.dispute.created", index);
    later(index, 40 * SIM_HOUR,
          sim_chance(500) ? PSP_DISPUTE_WON : PSP_DISPUTE_LOST);
}

void psp_back_act(int index, enum psp_act what)
{
    struct psp_back *back = &psp.backs[index];
    const char *currency = psp.sessions[back->session].got_currency;

    if (what == PSP_REFUND_GOOD)
        back->state = "succeeded";
    else if (what == PSP_REFUND_BAD)
        back->state = "failed";
    else
        back->state = what == PSP_DISPUTE_WON ? "won" : "lost";
    sim_say("processor: %s %d: %s", back->dispute ? "dispute" : "refund", index,
            back->state);
    if (what == PSP_REFUND_BAD)
        psp_move("refund_failed", back->id, currency, back->amount, 0);
    if (what == PSP_DISPUTE_WON)
        psp_move("dispute_won", back->id, currency, back->amount, 0);
    psp_emit_back(back->dispute ? "charge.dispute.closed" : "refund.updated",
                  index);
}

static void pay_out(const char *currency)
{
    struct psp_payout *payout = &psp.payouts[psp.npayouts];
    size_t len = 1;
    int i;

    *payout = (struct psp_payout){.lines = "["};
    for (i = 0; i < psp.nmoves; i++) {
        struct psp_move *move = &psp.moves[i];

        if (move->paid_out || strcmp(move->currency, currency) != 0)
            continue;
        move->paid_out = true;
        payout->net += move->gross - move->fee;
        len += (size_t)snprintf(
            payout->lines + len, sizeof(payout->lines) - len,
            "%s{\"kind\":\"%s\",\"ref\":\"%s\",\"gross_minor\":%lld,"
            "\"fee_minor\":%lld}",
            len > 1 ? "," : "", move->kind, move->ref, (long long)move->gross,
            (long long)move->fee);
    }
    if (len == 1)
        return;
    snprintf(payout->lines + len, sizeof(payout->lines) - len, "]");
    payout->off = sim_chance(100) ? sim_between(-9, 9) : 0;
    payout->net += payout->off;
    snprintf(payout->id, sizeof(payout->id), "po_%llu_%d",
             (unsigned long long)sim.life, psp.npayouts);
    snprintf(payout->currency, sizeof(payout->currency), "%s", currency);
    sim_say("processor: pays out %lld %s", (long long)payout->net, currency);
    psp.npayouts++;
}

void psp_pay_out(void)
{
    if (psp.npayouts + 2 > PSP_PAYOUTS)
        return;
    pay_out("ron");
    pay_out("eur");
}
