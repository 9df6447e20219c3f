/* From statements to the model: what a transaction will have changed, noted
 * when it ran and told to the model once it is committed for certain. */
#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "seam.h"
#include "sim.h"
#include "sql/pay_attempt.h"
#include "sql/pay_refund.h"
#include "sql/status.h"

static void copy_text(char *out, size_t size, const struct sm_arg *arg)
{
    size_t len = arg->null || arg->data == NULL ? 0 : arg->len;

    if (len >= size)
        len = size - 1;
    if (len > 0)
        memcpy(out, arg->data, len);
    out[len] = '\0';
}

static struct seam_effect *add_effect(const struct sm_db *db)
{
    struct seam_effect *effect;

    if (seam->neffects == SEAM_EFFECTS) {
        sim_broken("SIM", "more than %d effects", SEAM_EFFECTS);
        seam->neffects = 0;
    }
    effect = &seam->effects[seam->neffects++];
    memset(effect, 0, sizeof(*effect));
    effect->db = db;
    return effect;
}

static void read_ask(struct model_ask *ask, const struct sm_arg *args)
{
    char currency[8];

    memset(ask, 0, sizeof(*ask));
    memcpy(ask->handle, args[0].data, 32);
    memcpy(ask->browser, args[1].data, 32);
    copy_text(ask->once_key, sizeof(ask->once_key), &args[2]);
    copy_text(currency, sizeof(currency), &args[3]);
    ask->currency = model_currency(currency);
    copy_text(ask->choice, sizeof(ask->choice), &args[4]);
    ask->amount = args[5].number;
    ask->shown = args[6].null ? -1 : args[6].number;
}

/* pay.start(): the answer must be the model's. */
static void ran_start(struct sm_db *db, const struct sm_arg *args,
                      const struct sm_rows *rows)
{
    static const char *const words[] = {
        "created", "same",    "conflict", "changed",
        "busy",    "nothing", "range",    "gone",
    };
    const char *word = sm_row_text(rows, 0, PAY_START__OUTCOME);
    int64_t amount = sm_row_int(rows, 0, PAY_START__AMOUNT_MINOR);
    struct model_attempt want;
    struct model_ask ask;
    enum model_answer answer;

    read_ask(&ask, args);
    answer = model_start(&want, &ask, args[12].number);
    sim_say("start: %s, %lld", word, (long long)amount);
    if (strcmp(word, words[answer]) != 0) {
        sim_broken("I12", "start answers %s, not %s", word, words[answer]);
    } else if ((answer == MODEL_CREATED || answer == MODEL_CHANGED) &&
               amount != want.amount) {
        sim_broken("I12", "start %s over %lld, not %lld", word,
                   (long long)amount, (long long)want.amount);
    } else if ((answer == MODEL_SAME || answer == MODEL_CONFLICT) &&
               memcmp(want.id, sm_row_bytes(rows, 0, PAY_START__PAYMENT_ID),
                      16) != 0) {
        sim_broken("I12", "a key's second answer names another payment");
    }
    if (strcmp(word, "created") == 0) {
        struct seam_effect *effect = add_effect(db);

        effect->kind = EFFECT_START;
        effect->attempt = want;
        memcpy(effect->attempt.id, sm_row_bytes(rows, 0, PAY_START__PAYMENT_ID),
               16);
    }
}

static void ran_asked(struct sm_db *db, const struct sm_arg *args,
                      const struct sm_rows *rows)
{
    struct seam_effect *effect;

    if (sm_rows_count(rows) == 0)
        return;
    effect = add_effect(db);
    effect->kind = EFFECT_ASKED;
    memcpy(effect->payment, args[0].data, 16);
    snprintf(effect->order_no, sizeof(effect->order_no), "%s",
             sm_row_text(rows, 0, PAY_ASKED__ORDER_NO));
}

static void ran_apply(struct sm_db *db, const struct sm_arg *args,
                      const struct sm_rows *rows)
{
    struct seam_effect *effect = add_effect(db);
    char currency[8];

    seam_applies++;
    effect->kind = EFFECT_APPLY;
    copy_text(effect->text, sizeof(effect->text), &args[4]);
    copy_text(effect->what, sizeof(effect->what), &args[5]);
    effect->amount = args[6].null ? 0 : args[6].number;
    copy_text(currency, sizeof(currency), &args[7]);
    effect->currency = model_currency(currency);
    copy_text(effect->reason, sizeof(effect->reason), &args[8]);
    snprintf(effect->outcome, sizeof(effect->outcome), "%s",
             sm_row_text(rows, 0, PAY_APPLY__OUTCOME));
    if (!sm_row_null(rows, 0, PAY_APPLY__PAYMENT_ID))
        memcpy(effect->payment, sm_row_bytes(rows, 0, PAY_APPLY__PAYMENT_ID),
               16);
    sim_say("apply %s to %s: %s", effect->what, model_name(effect->payment),
            effect->outcome);
    if (sim.mutant == MUTANT_MAIL_BEFORE_COMMIT &&
        strcmp(effect->what, "captured") == 0 &&
        strcmp(effect->outcome, "applied") == 0)
        audit_mail("receipt", effect->payment, "");
}

static void ran_email(struct sm_db *db, const struct sm_arg *args,
                      const struct sm_rows *rows)
{
    struct seam_effect *effect;

    if (!sm_row_bool(rows, 0, STATUS_EMAIL__CHANGED))
        return;
    effect = add_effect(db);
    effect->kind = EFFECT_EMAIL;
    memcpy(effect->payment, args[0].data, 16);
    copy_text(effect->text, sizeof(effect->text), &args[2]);
}

/* A payer wants the surplus back. */
static void ran_wish(struct sm_db *db, const struct sm_arg *args,
                     const struct sm_rows *rows)
{
    const char *word = sm_row_text(rows, 0, PAYER_REFUND__OUTCOME);
    int index = model_find(args[0].data);
    struct seam_effect *effect;
    const char *want = "nothing";
    int i;

    if (index < 0)
        return;
    if (model.attempts[index].state != MODEL_SETTLED)
        want = "not_settled";
    else if (model_surplus(index) > 0)
        want = "created";
    for (i = 0; i < model.nrefunds; i++) {
        if (model.refunds[i].attempt == index && model.refunds[i].has_own &&
            model.refunds[i].state == MODEL_WANTED)
            want = "same";
    }
    sim_say("refund of payment %d: %s", index, word);
    if (strcmp(word, want) != 0)
        sim_broken("R1", "a wish for a refund is answered %s, not %s", word,
                   want);
    if (strcmp(word, "created") != 0)
        return;
    effect = add_effect(db);
    effect->kind = EFFECT_WISH;
    memcpy(effect->payment, args[0].data, 16);
    effect->amount = model_surplus(index);
}

/* Refunds that are about to be sent: their ids are known from now on. */
static void ran_claim(const struct sm_rows *rows)
{
    int i, j;

    for (i = 0; i < sm_rows_count(rows); i++) {
        const uint8_t *id = sm_row_bytes(rows, i, PAY_REFUND_CLAIM__REFUND_ID);
        int index =
            model_find(sm_row_bytes(rows, i, PAY_REFUND_CLAIM__PAYMENT_ID));

        if (model_find_refund(id, "") >= 0)
            continue;
        for (j = 0; j < model.nrefunds; j++) {
            if (model.refunds[j].attempt == index && model.refunds[j].has_own &&
                !model.refunds[j].has_id) {
                model.refunds[j].has_id = true;
                memcpy(model.refunds[j].id, id, 16);
            }
        }
    }
}

/* What both pay.refund_apply() and pay.dispute_apply() take and answer. */
static struct seam_effect *part(struct sm_db *db, const struct sm_arg *capture,
                                const struct sm_arg *ref,
                                const struct sm_arg *state,
                                const struct sm_arg *minor,
                                const struct sm_arg *currency,
                                const struct sm_rows *rows)
{
    struct seam_effect *effect = add_effect(db);
    char word[8];

    copy_text(effect->capture, sizeof(effect->capture), capture);
    copy_text(effect->text, sizeof(effect->text), ref);
    copy_text(effect->what, sizeof(effect->what), state);
    effect->amount = minor->null ? 0 : minor->number;
    copy_text(word, sizeof(word), currency);
    effect->currency = model_currency(word);
    snprintf(effect->outcome, sizeof(effect->outcome), "%s",
             sm_row_text(rows, 0, PAY_REFUND_APPLY__OUTCOME));
    effect->has_payment = !sm_row_null(rows, 0, PAY_REFUND_APPLY__PAYMENT_ID);
    if (effect->has_payment)
        memcpy(effect->payment,
               sm_row_bytes(rows, 0, PAY_REFUND_APPLY__PAYMENT_ID), 16);
    return effect;
}

static void ran_refund(struct sm_db *db, const struct sm_arg *args,
                       const struct sm_rows *rows)
{
    struct seam_effect *effect =
        part(db, &args[6], &args[7], &args[8], &args[9], &args[10], rows);

    effect->kind = EFFECT_REFUND;
    effect->has_refund = !args[2].null;
    if (effect->has_refund)
        memcpy(effect->refund, args[2].data, 16);
    sim_say("apply refund, %s: %s", effect->what, effect->outcome);
}

static void ran_dispute(struct sm_db *db, const struct sm_arg *args,
                        const struct sm_rows *rows)
{
    struct seam_effect *effect =
        part(db, &args[5], &args[6], &args[7], &args[8], &args[10], rows);

    effect->kind = EFFECT_DISPUTE;
    effect->fee = args[9].null ? 0 : args[9].number;
    sim_say("apply dispute, %s: %s", effect->what, effect->outcome);
}

void seam_ran(struct sm_db *db, const struct sm_stmt *stmt,
              const struct sm_arg *args, const struct sm_rows *rows)
{
    if (stmt == &sm_sql_pay_start)
        ran_start(db, args, rows);
    else if (stmt == &sm_sql_pay_asked)
        ran_asked(db, args, rows);
    else if (stmt == &sm_sql_pay_apply)
        ran_apply(db, args, rows);
    else if (stmt == &sm_sql_status_email)
        ran_email(db, args, rows);
    else if (stmt == &sm_sql_payer_refund)
        ran_wish(db, args, rows);
    else if (stmt == &sm_sql_pay_refund_claim)
        ran_claim(rows);
    else if (stmt == &sm_sql_pay_refund_apply)
        ran_refund(db, args, rows);
    else if (stmt == &sm_sql_pay_dispute_apply)
        ran_dispute(db, args, rows);
}

static void did_start(const struct seam_effect *effect)
{
    const struct model_attempt *new = &effect->attempt;
    const uint8_t *browser = model.handles[new->handle].browser;
    int i;

    if (model.nattempts == MODEL_ATTEMPTS) {
        sim_broken("SIM", "more than %d attempts", MODEL_ATTEMPTS);
        return;
    }
    for (i = 0; i < model.nattempts; i++) {
        if (model.attempts[i].handle == new->handle &&
            strcmp(model.attempts[i].once_key, new->once_key) == 0)
            sim_broken("I9", "two payments of one once-key");
    }
    for (i = 0; i < new->naccounts; i++) {
        if (model_in_flight(browser, new->accounts[i], new->currency, true))
            sim_broken("A1", "one person has two payments in flight");
    }
    model.attempts[model.nattempts++] = *new;
    sim_say("payment %d stands: %lld %s", model.nattempts - 1,
            (long long)new->amount, model_currency_word(new->currency));
}

static void did_apply(const struct seam_effect *effect)
{
    int index = model_find(effect->payment);
    struct model_attempt *attempt;

    if (strcmp(effect->outcome, "unmatched") == 0 &&
        strcmp(effect->what, "captured") == 0)
        model_unmatched(effect->text, effect->amount, effect->currency);
    if (strcmp(effect->outcome, "applied") != 0)
        return;
    if (index < 0) {
        sim_broken("I4", "%s applied to a payment that does not stand",
                   effect->what);
        return;
    }
    attempt = &model.attempts[index];
    if (strcmp(effect->what, "captured") == 0) {
        model_settle(index, effect->amount, effect->currency, effect->text);
    } else if (strcmp(effect->what, "declined") == 0) {
        return;
    } else if (attempt->state != MODEL_FLIGHT) {
        sim_broken("I4", "%s applied to payment %d, which has ended",
                   effect->what, index);
    } else if (strcmp(effect->what, "closed") == 0) {
        attempt->state = MODEL_CLOSED;
        snprintf(attempt->reason, sizeof(attempt->reason), "%s",
                 effect->reason);
    } else {
        attempt->pending = strcmp(effect->what, "pending") == 0;
    }
    sim_say("payment %d: %s", index, effect->what);
}

/* The money that a refund or dispute is of: the payment, or -1 for what was
 * put aside. */
static int money_of(const struct seam_effect *effect)
{
    return effect->has_payment ? model_find(effect->payment) : -1;
}

static void did_part(const struct seam_effect *effect)
{
    if (strcmp(effect->outcome, "applied") != 0)
        return;
    if (effect->kind == EFFECT_DISPUTE)
        model_dispute_says(money_of(effect), effect->text, effect->what,
                           effect->amount, effect->fee, effect->currency);
    else
        model_refund_says(
            model_find_refund(effect->has_refund ? effect->refund : NULL,
                              effect->text),
            money_of(effect), effect->text, effect->what, effect->amount,
            effect->currency);
}

static void did_wish(const struct seam_effect *effect)
{
    int index = model_find(effect->payment);

    if (index >= 0)
        model
            .refunds[model_want(index, effect->amount,
                                model.attempts[index].got_currency)]
            .has_own = true;
}

static void do_effect(const struct seam_effect *effect)
{
    int index = model_find(effect->payment);

    switch (effect->kind) {
    case EFFECT_START:
        did_start(effect);
        break;
    case EFFECT_ASKED:
        if (index >= 0)
            snprintf(model.attempts[index].order_no,
                     sizeof(model.attempts[index].order_no), "%s",
                     effect->order_no);
        break;
    case EFFECT_APPLY:
        did_apply(effect);
        break;
    case EFFECT_EMAIL:
        if (index >= 0) {
            snprintf(model.attempts[index].email,
                     sizeof(model.attempts[index].email), "%s", effect->text);
            model.attempts[index].email_fixed = true;
        }
        break;
    case EFFECT_WISH:
        did_wish(effect);
        break;
    case EFFECT_REFUND:
    case EFFECT_DISPUTE:
        did_part(effect);
        break;
    }
}

void seam_forget(const struct sm_db *db)
{
    int kept = 0, i;

    for (i = 0; seam != NULL && i < seam->neffects; i++) {
        if (seam->effects[i].db != db)
            seam->effects[kept++] = seam->effects[i];
    }
    if (seam != NULL)
        seam->neffects = kept;
}

void seam_committed(const struct sm_db *db)
{
    int i;

    seam_dirty = true;
    for (i = 0; i < seam->neffects; i++) {
        if (seam->effects[i].db == db)
            do_effect(&seam->effects[i]);
    }
    seam_forget(db);
}
