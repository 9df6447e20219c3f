/* The end of a seed: nothing is under way, every fault is healed.  The
 * processor's books, the auditor's and the database must be one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "audit.h"
#include "books.h"
#include "jobs_sim.h"
#include "sim.h"

static int64_t number_at(const PGresult *rows, int row, int column)
{
    return strtoll(PQgetvalue(rows, row, column), NULL, 10);
}

static void check_items(void)
{
    PGresult *rows = books_ask("items", 0, NULL);
    int i, j;

    if (PQntuples(rows) != model.ndocs)
        sim_broken("I3", "%d open items, not %d", PQntuples(rows), model.ndocs);
    for (i = 0; i < PQntuples(rows); i++) {
        for (j = 0; j < model.ndocs; j++) {
            if (model.docs[j].id == number_at(rows, i, 0) &&
                model.docs[j].open != number_at(rows, i, 1))
                sim_broken("I3", "%lld is open on document %d, not %lld",
                           (long long)number_at(rows, i, 1), j,
                           (long long)model.docs[j].open);
        }
    }
    PQclear(rows);
}

static void check_credits(void)
{
    PGresult *rows = books_ask("credits", 0, NULL);
    int64_t seen[MODEL_ACCOUNTS][MODEL_CURRENCIES] = {{0}};
    int i, j;

    for (i = 0; i < PQntuples(rows); i++) {
        int currency = model_currency(PQgetvalue(rows, i, 1));

        if (number_at(rows, i, 2) != -number_at(rows, i, 3))
            sim_broken("I3", "a balance's credit is not the journal's");
        for (j = 0; j < model.naccounts; j++) {
            if (model.accounts[j].id == number_at(rows, i, 0) && currency >= 0)
                seen[j][currency] = number_at(rows, i, 2);
        }
    }
    PQclear(rows);
    for (i = 0; i < model.naccounts; i++) {
        for (j = 0; j < MODEL_CURRENCIES; j++) {
            if (seen[i][j] != model.accounts[i].credit[j])
                sim_broken("I3", "account %d has %lld %s of credit, not %lld",
                           i, (long long)seen[i][j], model_currency_word(j),
                           (long long)model.accounts[i].credit[j]);
        }
    }
}

/* One row of "attempts" against the model's. */
static void check_attempt(const PGresult *rows, int row)
{
    static const char *const words[] = {"", "closed", "settled"};
    const struct model_attempt *attempt;
    uint8_t id[16];
    int index;

    books_uuid(id, PQgetvalue(rows, row, 0));
    index = model_find(id);
    if (index < 0) {
        sim_broken("I9", "an attempt that nobody saw being committed");
        return;
    }
    attempt = &model.attempts[index];
    if (attempt->state == MODEL_FLIGHT)
        sim_broken("I7", "payment %d is in flight for ever: %s", index,
                   PQgetvalue(rows, row, 1));
    else if (strcmp(PQgetvalue(rows, row, 1), words[attempt->state]) != 0)
        sim_broken("I4", "payment %d is %s, not %s", index,
                   PQgetvalue(rows, row, 1), words[attempt->state]);
    if (attempt->state != MODEL_SETTLED)
        return;
    if (number_at(rows, row, 2) != attempt->got ||
        model_currency(PQgetvalue(rows, row, 3)) != attempt->got_currency ||
        number_at(rows, row, 5) != attempt->credit)
        sim_broken("I10", "payment %d is settled with %s %s", index,
                   PQgetvalue(rows, row, 2), PQgetvalue(rows, row, 3));
    if (PQgetisnull(rows, row, 6))
        sim_broken("I5", "payment %d has no receipt", index);
    if (!jobs_reached("receipt", attempt->id, attempt->email))
        sim_broken("I14", "the receipt of payment %d did not reach %s", index,
                   attempt->email);
}

static void check_attempts(void)
{
    PGresult *rows = books_ask("attempts", 0, NULL);
    int i;

    if (PQntuples(rows) != model.nattempts)
        sim_broken("I9", "%d attempts, not %d", PQntuples(rows),
                   model.nattempts);
    for (i = 0; i < PQntuples(rows); i++)
        check_attempt(rows, i);
    PQclear(rows);
}

/* What our books have of the processor's reference ID. */
static int64_t booked(const struct psp_session *session, const PGresult *lost)
{
    int64_t sum = 0;
    int i;

    for (i = 0; i < model.nattempts; i++) {
        const struct model_attempt *attempt = &model.attempts[i];

        if (attempt->state == MODEL_SETTLED &&
            strcmp(attempt->ref, session->id) == 0 &&
            attempt->got_currency == model_currency(session->got_currency))
            sum += attempt->got;
    }
    for (i = 0; i < PQntuples(lost); i++) {
        if (strcmp(PQgetvalue(lost, i, 0), session->id) == 0 &&
            model_currency(PQgetvalue(lost, i, 2)) ==
                model_currency(session->got_currency))
            sum += number_at(lost, i, 1);
    }
    return sum;
}

/* I10: captures there = settled here + put aside, each by itself. */
static void check_captures(void)
{
    PGresult *lost = books_ask("unmatched", 0, NULL);
    int64_t there[MODEL_CURRENCIES] = {0};
    int i;

    for (i = 0; i < psp.nsessions; i++) {
        const struct psp_session *session = &psp.sessions[i];

        if (!session->paid)
            continue;
        there[model_currency(session->got_currency)] += session->got;
        if (booked(session, lost) != session->got)
            sim_broken("I10", "of %lld %s of session %d %lld are booked",
                       (long long)session->got, session->got_currency, i,
                       (long long)booked(session, lost));
    }
    if (PQntuples(lost) != model.nlost)
        sim_broken("I10", "%d sums are put aside, not %d", PQntuples(lost),
                   model.nlost);
    PQclear(lost);
    for (i = 0; i < MODEL_CURRENCIES; i++) {
        if (there[i] != model.captured[i])
            sim_broken("I10", "the processor took %lld %s, we booked %lld",
                       (long long)there[i], model_currency_word(i),
                       (long long)model.captured[i]);
    }
}

/* The sums of one journal account by currency. */
static void read_sums(int64_t out[MODEL_CURRENCIES], const char *account)
{
    PGresult *rows = books_ask("clearing", 0, NULL);
    int i;

    memset(out, 0, MODEL_CURRENCIES * sizeof(*out));
    for (i = 0; i < PQntuples(rows); i++) {
        int currency = model_currency(PQgetvalue(rows, i, 0));

        if (currency >= 0 && strcmp(PQgetvalue(rows, i, 1), account) == 0)
            out[currency] = number_at(rows, i, 2);
    }
    PQclear(rows);
}

static void check_sums(const char *account, const int64_t *want)
{
    int64_t sums[MODEL_CURRENCIES];
    int i;

    read_sums(sums, account);
    for (i = 0; i < MODEL_CURRENCIES; i++) {
        if (sums[i] != want[i])
            sim_broken("I15", "%s: %lld %s, not %lld", account,
                       (long long)sums[i], model_currency_word(i),
                       (long long)want[i]);
    }
}

void audit_clearing(void)
{
    if (psp.npayouts == 0)
        check_sums("processor_clearing", model.clearing);
}

/* Once all is paid out the processor owes nothing, and its fees are those that
 * it says. */
static void check_paid_out(void)
{
    int64_t none[MODEL_CURRENCIES] = {0}, fees[MODEL_CURRENCIES] = {0};
    int64_t suspense[MODEL_CURRENCIES];
    int i;

    for (i = 0; i < psp.nmoves; i++)
        fees[model_currency(psp.moves[i].currency)] += psp.moves[i].fee;
    memcpy(suspense, model.suspense, sizeof(suspense));
    for (i = 0; i < psp.npayouts; i++)
        suspense[model_currency(psp.payouts[i].currency)] -= psp.payouts[i].off;
    check_sums("processor_clearing", none);
    check_sums("fees", fees);
    check_sums("suspense", suspense);
}

/* What went back there went back here, each by itself. */
static void check_backs(void)
{
    int i, j;

    for (i = 0; i < psp.nbacks; i++) {
        const struct psp_back *back = &psp.backs[i];
        const char *word = "nothing";

        for (j = 0; j < model.nrefunds; j++) {
            static const char *const words[] = {"requested", "accepted",
                                                "succeeded", "failed"};

            if (strcmp(model.refunds[j].ref, back->id) == 0)
                word = words[model.refunds[j].state];
        }
        for (j = 0; j < model.ndisputes; j++) {
            if (strcmp(model.disputes[j].ref, back->id) == 0)
                word = !model.disputes[j].decided ? "open"
                       : model.disputes[j].lost   ? "lost"
                                                  : "won";
        }
        if (strcmp(word, back->state) != 0)
            sim_broken("R2", "%s is %s at the processor, %s here", back->id,
                       back->state, word);
    }
}

static void check_outbox(void)
{
    PGresult *rows = books_ask("outbox", 0, NULL);
    uint8_t payment[16];
    int i;

    for (i = 0; i < PQntuples(rows); i++) {
        books_uuid(payment, PQgetvalue(rows, i, 4));
        if (strcmp(PQgetvalue(rows, i, 2), "sent") != 0)
            sim_broken("I14", "a mail %s stays %s", PQgetvalue(rows, i, 0),
                       PQgetvalue(rows, i, 2));
        else if (!jobs_reached(PQgetvalue(rows, i, 0), payment,
                               PQgetvalue(rows, i, 1)))
            sim_broken("I14", "a mail %s counts as sent and was not",
                       PQgetvalue(rows, i, 0));
    }
    PQclear(rows);
}

/* The invariants in SQL. */
static bool check_sql(const char *name)
{
    PGresult *rows = books_ask(name, 0, NULL);
    bool good = PQntuples(rows) == 0;

    if (!good)
        sim_broken(PQgetvalue(rows, 0, 0), "%d rows of %s", PQntuples(rows),
                   name);
    PQclear(rows);
    return good;
}

void audit_end(void)
{
    char horizon[24];

    snprintf(horizon, sizeof(horizon), "%lld", (long long)sim.now_us);
    PQclear(books_ask("horizon", 1, (const char *[]){horizon}));
    check_items();
    check_credits();
    check_attempts();
    check_captures();
    check_paid_out();
    check_backs();
    check_outbox();
    check_sql("broken");
}

bool audit_all(void)
{
    return check_sql("broken_all");
}
