/* The auditor's arithmetic of money that goes back. */
#include <stdio.h>
#include <string.h>

#include "model.h"
#include "sim.h"

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t positive(int64_t a)
{
    return a > 0 ? a : 0;
}

/* What has not gone back of payment ATTEMPT, and how much of that is surplus.
 * A refund that failed came back as credit. */
static void left_of(int attempt, int64_t *amount, int64_t *surplus)
{
    int i;

    *amount = model.attempts[attempt].got;
    *surplus = model.attempts[attempt].credit;
    for (i = 0; i < model.nrefunds; i++) {
        const struct model_refund *refund = &model.refunds[i];

        if (refund->attempt != attempt || !refund->posted)
            continue;
        *amount -= refund->taken.credit + refund->taken.reopened;
        *surplus -= refund->taken.credit;
        if (refund->state == MODEL_FAILED) {
            *amount += refund->taken.credit + refund->taken.reopened;
            *surplus += refund->taken.credit + refund->taken.reopened;
        }
    }
    for (i = 0; i < model.ndisputes; i++) {
        const struct model_dispute *dispute = &model.disputes[i];

        if (dispute->attempt != attempt || !dispute->lost)
            continue;
        *amount -= dispute->taken.credit + dispute->taken.reopened;
        *surplus -= dispute->taken.credit;
    }
}

int64_t model_refundable(int attempt)
{
    int64_t amount, surplus;
    int i;

    if (model.attempts[attempt].state != MODEL_SETTLED)
        return 0;
    left_of(attempt, &amount, &surplus);
    for (i = 0; i < model.nrefunds; i++) {
        if (model.refunds[i].attempt == attempt &&
            model.refunds[i].state == MODEL_WANTED)
            amount -= model.refunds[i].amount;
    }
    for (i = 0; i < model.ndisputes; i++) {
        if (model.disputes[i].attempt == attempt && !model.disputes[i].decided)
            amount -= model.disputes[i].amount;
    }
    return amount;
}

static int64_t *credit_of(int attempt, int currency)
{
    int account = model.attempts[attempt].accounts[0];

    return &model.accounts[account].credit[currency];
}

int64_t model_surplus(int attempt)
{
    const struct model_attempt *payment = &model.attempts[attempt];
    int64_t amount, surplus;
    int i;

    if (payment->state != MODEL_SETTLED || payment->credit <= 0)
        return 0;
    left_of(attempt, &amount, &surplus);
    surplus = least(surplus, *credit_of(attempt, payment->got_currency));
    for (i = 0; i < model.nrefunds; i++) {
        if (model.refunds[i].attempt == attempt &&
            model.refunds[i].state == MODEL_WANTED)
            surplus -= model.refunds[i].amount;
    }
    return positive(least(surplus, model_refundable(attempt)));
}

/* True if part A is undone before B: the newest debt first. */
static bool is_newer(const struct model_part *a, const struct model_part *b)
{
    const struct model_doc *x = &model.docs[a->doc], *y = &model.docs[b->doc];

    if (x->due != y->due)
        return x->due > y->due;
    if (x->issued != y->issued)
        return x->issued > y->issued;
    if (x->id != y->id)
        return x->id > y->id;
    return a > b;
}

/* Undo what SOURCE paid on the accounts, up to AMOUNT; what it found. */
static int64_t reopen(const int *accounts, int count, int currency, int source,
                      int64_t amount)
{
    int64_t found = 0;

    while (found < amount) {
        struct model_part *best = NULL;
        int64_t part;
        int i, j;

        for (i = 0; i < model.nparts; i++) {
            struct model_part *at = &model.parts[i];
            bool mine = false;

            for (j = 0; j < count; j++)
                mine |= model.docs[at->doc].account == accounts[j];
            if (!mine || at->source != source || at->left <= 0 ||
                model.docs[at->doc].currency != currency)
                continue;
            if (best == NULL || is_newer(at, best))
                best = at;
        }
        if (best == NULL)
            break;
        part = least(amount - found, best->left);
        best->left -= part;
        model.docs[best->doc].open += part;
        found += part;
    }
    return found;
}

/* Take AMOUNT out of what payment ATTEMPT had paid: its surplus as far as it
 * is still credit, its invoices, invoices that credit had paid. */
static void take(struct model_taken *out, int attempt, int64_t amount)
{
    const struct model_attempt *payment = &model.attempts[attempt];
    int currency = payment->got_currency, i;
    int64_t left, surplus, have, rest;

    left_of(attempt, &left, &surplus);
    have = least(amount, left);
    out->credit =
        positive(least(have, least(surplus, *credit_of(attempt, currency))));
    *credit_of(attempt, currency) -= out->credit;
    rest = have - out->credit;
    out->reopened = 0;
    if (rest > 0)
        out->reopened = reopen(payment->accounts, payment->naccounts, currency,
                               attempt, rest);
    rest -= out->reopened;
    if (rest > 0) {
        int64_t more =
            reopen(payment->accounts, 1, currency, MODEL_BY_CREDIT, rest);

        out->reopened += more;
        rest -= more;
    }
    out->suspense = rest + amount - have;
    model.suspense[currency] += out->suspense;
    for (i = 0; i < payment->naccounts; i++)
        model_use_credit(payment->accounts[i], currency);
}

/* The refund came back. */
static void give(const struct model_refund *refund)
{
    int account = model.attempts[refund->attempt].accounts[0];

    model.accounts[account].credit[refund->currency] += refund->amount -
                                                        refund->taken.suspense;
    model.suspense[refund->currency] -= refund->taken.suspense;
    model_use_credit(account, refund->currency);
}

int model_want(int attempt, int64_t amount, int currency)
{
    if (model.nrefunds == MODEL_REFUNDS) {
        sim_broken("SIM", "more than %d refunds", MODEL_REFUNDS);
        return 0;
    }
    model.refunds[model.nrefunds] = (struct model_refund){
        .attempt = attempt, .amount = amount, .currency = currency};
    sim_say("refund %d of %lld is wanted", model.nrefunds, (long long)amount);
    return model.nrefunds++;
}

int model_find_refund(const uint8_t *id, const char *ref)
{
    int i;

    for (i = 0; id != NULL && i < model.nrefunds; i++) {
        if (model.refunds[i].has_id && memcmp(model.refunds[i].id, id, 16) == 0)
            return i;
    }
    for (i = 0; ref[0] != '\0' && i < model.nrefunds; i++) {
        if (strcmp(model.refunds[i].ref, ref) == 0)
            return i;
    }
    return -1;
}

static void post(struct model_refund *refund)
{
    refund->posted = true;
    model.clearing[refund->currency] -= refund->amount;
    if (refund->attempt >= 0)
        take(&refund->taken, refund->attempt, refund->amount);
    else
        model.suspense[refund->currency] += refund->amount;
}

static void post_back(struct model_refund *refund)
{
    model.clearing[refund->currency] += refund->amount;
    if (refund->attempt >= 0)
        give(refund);
    else
        model.suspense[refund->currency] -= refund->amount;
}

void model_refund_says(int index, int attempt, const char *ref,
                       const char *state, int64_t amount, int currency)
{
    struct model_refund *refund;
    bool failed = strcmp(state, "failed") == 0;

    if (index < 0)
        index = model_want(attempt, amount, currency);
    refund = &model.refunds[index];
    if (refund->ref[0] == '\0')
        snprintf(refund->ref, sizeof(refund->ref), "%s", ref);
    if (refund->state == MODEL_WANTED && !failed)
        refund->amount = amount;
    if (!failed && !refund->posted)
        post(refund);
    refund->state = failed                            ? MODEL_FAILED
                    : strcmp(state, "succeeded") == 0 ? MODEL_SUCCEEDED
                                                      : MODEL_ACCEPTED;
    if (failed && refund->posted)
        post_back(refund);
    sim_say("refund %d: %s", index, state);
}

void model_dispute_says(int attempt, const char *ref, const char *state,
                        int64_t amount, int64_t fee, int currency)
{
    struct model_dispute *dispute = NULL;
    int i;

    for (i = 0; i < model.ndisputes; i++) {
        if (strcmp(model.disputes[i].ref, ref) == 0)
            dispute = &model.disputes[i];
    }
    if (dispute == NULL) {
        if (model.ndisputes == MODEL_DISPUTES)
            return;
        dispute = &model.disputes[model.ndisputes++];
        *dispute = (struct model_dispute){.attempt = attempt,
                                          .amount = amount,
                                          .fee = fee,
                                          .currency = currency};
        snprintf(dispute->ref, sizeof(dispute->ref), "%s", ref);
        model.clearing[currency] -= amount + fee;
    }
    sim_say("dispute %d: %s", (int)(dispute - model.disputes), state);
    if (strcmp(state, "open") == 0)
        return;
    dispute->decided = true;
    dispute->lost = strcmp(state, "lost") == 0;
    if (!dispute->lost)
        model.clearing[dispute->currency] += dispute->amount;
    else if (dispute->attempt >= 0)
        take(&dispute->taken, dispute->attempt, dispute->amount);
    else
        model.suspense[dispute->currency] += dispute->amount;
}

const char *model_shown(int attempt)
{
    int64_t gone = 0;
    bool lost = false;
    int i;

    for (i = 0; i < model.ndisputes; i++) {
        if (model.disputes[i].attempt != attempt)
            continue;
        if (!model.disputes[i].decided)
            return "disputed";
        lost |= model.disputes[i].lost;
    }
    if (lost)
        return "charged_back";
    for (i = 0; i < model.nrefunds; i++) {
        if (model.refunds[i].attempt == attempt &&
            (model.refunds[i].state == MODEL_ACCEPTED ||
             model.refunds[i].state == MODEL_SUCCEEDED))
            gone += model.refunds[i].amount;
    }
    return gone == 0                             ? "settled"
           : gone >= model.attempts[attempt].got ? "refunded"
                                                 : "partly_refunded";
}
