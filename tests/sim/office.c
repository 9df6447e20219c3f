#include "office.h"

#include <stdio.h>
#include <string.h>

#include "books.h"
#include "model.h"
#include "psp.h"
#include "seam.h"
#include "sim.h"

static int made; /* documents and payments, for their numbers */

static void bill(int account, bool credit_note)
{
    int day = (int)(sim.now_us / SIM_DAY);
    struct model_doc doc = {
        .account = account,
        .currency = sim_chance(80),
        .total = sim_between(150, 40000),
    };

    doc.issued = day - (int)sim_below(60);
    doc.due = doc.issued + (int)sim_below(30);
    snprintf(doc.number, sizeof(doc.number), "%c%llu-%d",
             (char)('A' + sim_below(3)), (unsigned long long)sim.life, made++);
    doc.open = doc.total;
    doc.id = books_document(model.accounts[account].id, doc.number, credit_note,
                            doc.total, doc.issued, doc.due,
                            model_currency_word(doc.currency));
    sim_say("company: %s over %lld %s for account %d",
            credit_note ? "credit note" : "invoice", (long long)doc.total,
            model_currency_word(doc.currency), account);
    model_document(&doc, credit_note);
}

static void elsewhere(int account)
{
    const char *number = NULL;
    int64_t amount = sim_between(50, 30000);
    int currency = sim_chance(80), i;
    char reference[40];

    for (i = 0; i < model.ndocs && sim_chance(500); i++) {
        if (model.docs[i].account == account &&
            model.docs[i].currency == currency) {
            number = model.docs[i].number;
            if (sim_chance(500))
                amount = model.docs[i].total;
        }
    }
    snprintf(reference, sizeof(reference), "bank-%llu-%d",
             (unsigned long long)sim.life, made++);
    sim_say("company: account %d paid %lld %s at the bank%s", account,
            (long long)amount, model_currency_word(currency),
            number != NULL ? " for an invoice" : "");
    if (books_elsewhere(model.accounts[account].id, reference, amount,
                        model_currency_word(currency), number))
        model_elsewhere(account, currency, amount, number);
}

/* An operator gives back what a payer has paid, or a part. */
static void refund(void)
{
    int attempt = (int)sim_below(model.nattempts), index, i;
    int64_t most, amount = 0, minor;
    const char *want;
    uint8_t id[16];
    char word[16];

    if (model.nattempts == 0)
        return;
    most = model_refundable(attempt);
    if (sim_chance(500))
        amount = sim_between(1, most > 0 ? most + most / 10 + 1 : 10);
    want = model.attempts[attempt].state != MODEL_SETTLED ? "not_settled"
           : most <= 0                                    ? "nothing"
           : amount > most                                ? "range"
                                                          : "created";
    for (i = 0; i < model.nrefunds; i++) {
        if (model.refunds[i].attempt == attempt && model.refunds[i].has_own &&
            model.refunds[i].state == MODEL_WANTED)
            want = "same";
    }
    books_refund(word, id, &minor, model.attempts[attempt].id, amount);
    sim_say("operator: refund of payment %d: %s", attempt, word);
    if (strcmp(word, want) != 0)
        sim_broken("R1", "a refund is answered %s, not %s", word, want);
    if (strcmp(word, "created") != 0)
        return;
    if (minor != (amount > 0 ? amount : most))
        sim_broken("R1", "a refund of %lld, not %lld", (long long)minor,
                   (long long)(amount > 0 ? amount : most));
    index = model_want(attempt, minor, model.attempts[attempt].got_currency);
    model.refunds[index].has_own = model.refunds[index].has_id = true;
    memcpy(model.refunds[index].id, id, 16);
    seam_dirty = true;
}

void office_begin(void)
{
    int accounts = sim_chance(300) ? 2 : 1, i, j;

    made = 0;
    for (i = 0; i < accounts; i++) {
        struct model_account *account = &model.accounts[i];
        int docs = (int)sim_between(1, 4);

        sim_own_bytes(account->code_hash, sizeof(account->code_hash));
        account->id = books_account(account->code_hash);
        model.naccounts++;
        for (j = 0; j < docs; j++)
            bill(i, false);
    }
}

void office_act(void)
{
    int account = (int)sim_below(model.naccounts);
    int64_t pick = sim_below(100);

    if (pick < 25)
        bill(account, false);
    else if (pick < 35)
        bill(account, true);
    else if (pick < 55)
        elsewhere(account);
    else if (pick < 60)
        psp_foreign();
    else if (pick < 64)
        psp_by_hand();
    else if (pick < 78)
        refund();
    else if (pick < 84)
        psp_pay_out();
    else if (sim.odds.hooks_dead)
        return;
    else if (pick < 91)
        psp_desk_refund();
    else
        psp_dispute();
}
