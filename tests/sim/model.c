#include "model.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "sim.h"

#define LEAST 100
#define MOST 2000000

struct model model;

static const char *const currencies[MODEL_CURRENCIES] = {"RON", "EUR"};

int model_currency(const char *currency)
{
    int i;

    for (i = 0; i < MODEL_CURRENCIES; i++) {
        if (strcasecmp(currencies[i], currency) == 0)
            return i;
    }
    return -1;
}

const char *model_currency_word(int currency)
{
    return currency >= 0 ? currencies[currency] : "?";
}

void model_clear(void)
{
    memset(&model, 0, sizeof(model));
}

int model_find(const uint8_t id[16])
{
    int i;

    for (i = 0; i < model.nattempts; i++) {
        if (memcmp(model.attempts[i].id, id, 16) == 0)
            return i;
    }
    return -1;
}

int model_find_order(const char *order_no)
{
    int i;

    for (i = 0; i < model.nattempts; i++) {
        if (strcmp(model.attempts[i].order_no, order_no) == 0)
            return i;
    }
    return -1;
}

const char *model_name(const uint8_t id[16])
{
    static _Thread_local char text[24];
    int index = model_find(id);

    if (index < 0)
        return "a payment unknown";
    snprintf(text, sizeof(text), "payment %d", index);
    return text;
}

/* True if A is paid before B: due date, date of issue, number. */
static bool is_older(const struct model_doc *a, const struct model_doc *b)
{
    int order;

    if (a->due != b->due)
        return a->due < b->due;
    if (a->issued != b->issued)
        return a->issued < b->issued;
    order = strcmp(a->number, b->number);
    return order != 0 ? order < 0 : a->id < b->id;
}

static bool is_among(int account, const int *accounts, int count)
{
    int i;

    for (i = 0; i < count; i++) {
        if (accounts[i] == account)
            return true;
    }
    return false;
}

/* The oldest open document of the accounts that comes after AFTER (-1: the
 * very oldest); -1 if there is none. */
static int next_oldest(const int *accounts, int count, int currency, int after)
{
    int best = -1, i;

    for (i = 0; i < model.ndocs; i++) {
        const struct model_doc *doc = &model.docs[i];

        if (doc->open <= 0 || doc->currency != currency ||
            !is_among(doc->account, accounts, count))
            continue;
        if (after >= 0 && !is_older(&model.docs[after], doc))
            continue;
        if (best < 0 || is_older(doc, &model.docs[best]))
            best = i;
    }
    return best;
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* Lower document AT by PART, paid from SOURCE. */
static void lower(int at, int64_t part, int source)
{
    if (part <= 0)
        return;
    model.docs[at].open -= part;
    if (model.nparts == MODEL_PARTS)
        sim_broken("SIM", "more than %d parts", MODEL_PARTS);
    else
        model.parts[model.nparts++] = (struct model_part){at, source, part};
}

int64_t model_pay_oldest(const int *accounts, int count, int currency,
                         int64_t amount, int source)
{
    int at;

    while (amount > 0 &&
           (at = next_oldest(accounts, count, currency, -1)) >= 0) {
        int64_t part = least(amount, model.docs[at].open);

        lower(at, part, source);
        amount -= part;
    }
    return amount;
}

void model_use_credit(int account, int currency)
{
    int64_t *credit = &model.accounts[account].credit[currency];

    *credit = model_pay_oldest(&account, 1, currency, *credit, MODEL_BY_CREDIT);
}

void model_document(const struct model_doc *doc, bool credit_note)
{
    if (credit_note)
        model.accounts[doc->account].credit[doc->currency] += doc->total;
    else if (model.ndocs < MODEL_DOCS)
        model.docs[model.ndocs++] = *doc;
    else
        sim_broken("SIM", "more than %d documents", MODEL_DOCS);
    model_use_credit(doc->account, doc->currency);
}

void model_elsewhere(int account, int currency, int64_t amount,
                     const char *number)
{
    int i;

    for (i = 0; i < model.ndocs; i++) {
        struct model_doc *doc = &model.docs[i];

        if (number != NULL && doc->account == account &&
            doc->currency == currency && strcmp(doc->number, number) == 0) {
            int64_t part = least(amount, doc->open);

            lower(i, part, MODEL_BY_OTHER);
            amount -= part;
        }
    }
    model.accounts[account].credit[currency] +=
        model_pay_oldest(&account, 1, currency, amount, MODEL_BY_OTHER);
}

/* What the payer chose first, oldest of it first, each up to what is open now
 * and was chosen of it; then the oldest due; the rest is credit. */
void model_settle(int index, int64_t amount, int currency, const char *ref)
{
    struct model_attempt *attempt = &model.attempts[index];
    int64_t left = amount;
    int at = -1, i;

    if (attempt->state == MODEL_SETTLED) {
        sim_broken("I1", "payment %d is settled twice", index);
        return;
    }
    while ((at = next_oldest(attempt->accounts, attempt->naccounts, currency,
                             at)) >= 0) {
        for (i = 0; i < attempt->nitems && currency == attempt->currency; i++) {
            if (attempt->items[i].doc == at) {
                int64_t part = least(
                    left, least(attempt->items[i].amount, model.docs[at].open));

                lower(at, part, index);
                left -= part;
            }
        }
    }
    left = model_pay_oldest(attempt->accounts, attempt->naccounts, currency,
                            left, index);
    model.accounts[attempt->accounts[0]].credit[currency] += left;
    model.clearing[currency] += amount;
    model.captured[currency] += amount;
    attempt->state = MODEL_SETTLED;
    attempt->got = amount;
    attempt->got_currency = currency;
    attempt->credit = left;
    snprintf(attempt->ref, sizeof(attempt->ref), "%s", ref);
}

void model_unmatched(const char *ref, int64_t amount, int currency)
{
    int i;

    for (i = 0; i < model.nlost; i++) {
        if (strcmp(model.lost[i].ref, ref) == 0)
            return; /* another word of the same money */
    }
    if (model.nlost == MODEL_LOST)
        return;
    model.lost[model.nlost] =
        (struct model_lost){.amount = amount, .currency = currency};
    snprintf(model.lost[model.nlost].ref, sizeof(model.lost[0].ref), "%s", ref);
    model.nlost++;
    model.clearing[currency] += amount;
    model.captured[currency] += amount;
    model.suspense[currency] -= amount;
}

int64_t model_open(int account, int currency)
{
    int64_t sum = 0;
    int i;

    for (i = 0; i < model.ndocs; i++) {
        if (model.docs[i].account == account &&
            model.docs[i].currency == currency)
            sum += model.docs[i].open;
    }
    return sum;
}

bool model_in_flight(const uint8_t browser[32], int account, int currency,
                     bool own)
{
    int i;

    for (i = 0; i < model.nattempts; i++) {
        const struct model_attempt *attempt = &model.attempts[i];
        const struct model_handle *handle = &model.handles[attempt->handle];

        if (attempt->state == MODEL_FLIGHT && attempt->currency == currency &&
            is_among(account, attempt->accounts, attempt->naccounts) &&
            (memcmp(handle->browser, browser, 32) == 0) == own)
            return true;
    }
    return false;
}

/* Add document AT of AMOUNT to the choice. */
static void choose(struct model_attempt *out, int at, int64_t amount)
{
    if (out->nitems < MODEL_ITEMS)
        out->items[out->nitems++] = (struct model_item){at, amount};
}

/* The invoice that was issued last on ACCOUNT of those open. */
static int current_of(int account, int currency)
{
    int best = -1, i;

    for (i = 0; i < model.ndocs; i++) {
        const struct model_doc *doc = &model.docs[i];

        if (doc->account != account || doc->currency != currency ||
            doc->open <= 0)
            continue;
        if (best < 0 || doc->issued > model.docs[best].issued ||
            (doc->issued == model.docs[best].issued &&
             doc->id > model.docs[best].id))
            best = i;
    }
    return best;
}

bool model_is_selected(const struct model_handle *handle, int doc)
{
    return handle->selected && is_among(doc, handle->docs, handle->ndocs);
}

/* Take what is open, oldest first: all of it with WHOLE, else up to LEFT.  Of
 * a selection, what was chosen, or with CHOSEN false the rest.  Returns the sum
 * of what was looked at. */
static int64_t pick_from(struct model_attempt *out,
                         const struct model_handle *handle, int currency,
                         bool whole, int64_t *left, bool chosen)
{
    int64_t sum = 0;
    int at = -1;

    while ((at = next_oldest(handle->accounts, handle->naccounts, currency,
                             at)) >= 0) {
        int64_t open = model.docs[at].open;
        int64_t part = whole ? open : least(*left, open);

        if (handle->selected && model_is_selected(handle, at) != chosen)
            continue;
        sum += open;
        *left -= part;
        if (part > 0)
            choose(out, at, part);
    }
    return sum;
}

/* What CHOICE means now; returns the sum that the page shows for it. */
static int64_t pick(struct model_attempt *out,
                    const struct model_handle *handle,
                    const struct model_ask *ask)
{
    bool other = strcmp(ask->choice, "other") == 0;
    int64_t sum = 0, left = ask->amount;
    int at, i;

    out->nitems = 0;
    if (strcmp(ask->choice, "current") == 0) {
        for (i = 0; i < handle->naccounts && !handle->selected; i++) {
            at = current_of(handle->accounts[i], ask->currency);
            if (at >= 0) {
                choose(out, at, model.docs[at].open);
                sum += model.docs[at].open;
            }
        }
        out->amount = sum;
        return sum;
    }
    sum = pick_from(out, handle, ask->currency, !other, &left, true);
    if (other && handle->selected)
        pick_from(out, handle, ask->currency, false, &left, false);
    out->amount = other ? ask->amount : sum;
    return sum;
}

int64_t model_divide(struct model_attempt *out,
                     const struct model_handle *handle, int currency,
                     int64_t amount)
{
    struct model_ask ask = {
        .choice = "other", .currency = currency, .amount = amount};

    memset(out, 0, sizeof(*out));
    return pick(out, handle, &ask);
}

int model_find_doc(const char *number)
{
    int i;

    for (i = 0; i < model.ndocs; i++) {
        if (strcmp(model.docs[i].number, number) == 0)
            return i;
    }
    return -1;
}

/* The account of what is due first comes first. */
void model_select(struct model_handle *handle, const int *docs, int count)
{
    int first[MODEL_ACCOUNTS] = {0}, i, j;

    handle->selected = true;
    handle->ndocs = count;
    for (i = 0; i < count; i++) {
        const struct model_doc *doc = &model.docs[docs[i]];

        handle->docs[i] = docs[i];
        if (!is_among(doc->account, handle->accounts, handle->naccounts)) {
            handle->accounts[handle->naccounts++] = doc->account;
            first[doc->account] = doc->due;
        } else if (doc->due < first[doc->account]) {
            first[doc->account] = doc->due;
        }
    }
    for (i = 0; i < handle->naccounts; i++) {
        for (j = i + 1; j < handle->naccounts; j++) {
            int a = handle->accounts[i], b = handle->accounts[j];

            if (first[b] < first[a] || (first[b] == first[a] && b < a)) {
                handle->accounts[i] = b;
                handle->accounts[j] = a;
            }
        }
    }
}

/* The attempt that this key made before; -1 if there is none. */
static int find_key(const struct model_ask *ask)
{
    int i;

    for (i = 0; i < model.nattempts; i++) {
        const struct model_handle *handle =
            &model.handles[model.attempts[i].handle];

        if (memcmp(handle->hash, ask->handle, 32) == 0 &&
            memcmp(handle->browser, ask->browser, 32) == 0 &&
            strcmp(model.attempts[i].once_key, ask->once_key) == 0)
            return i;
    }
    return -1;
}

static int find_handle(const struct model_ask *ask)
{
    int i;

    for (i = 0; i < model.nhandles; i++) {
        if (memcmp(model.handles[i].hash, ask->handle, 32) == 0 &&
            memcmp(model.handles[i].browser, ask->browser, 32) == 0)
            return i;
    }
    return -1;
}

static enum model_answer again(struct model_attempt *out, int index,
                               const struct model_ask *ask)
{
    bool other = strcmp(ask->choice, "other") == 0;

    *out = model.attempts[index];
    if (strcmp(out->choice, ask->choice) != 0 || out->currency != ask->currency)
        return MODEL_CONFLICT;
    if (other)
        return out->amount == ask->amount ? MODEL_SAME : MODEL_CONFLICT;
    return ask->shown < 0 || out->amount == ask->shown ? MODEL_SAME
                                                       : MODEL_CONFLICT;
}

enum model_answer model_start(struct model_attempt *out,
                              const struct model_ask *ask, int64_t now_us)
{
    int found = find_key(ask), at = find_handle(ask), i;
    const struct model_handle *handle;
    int64_t shown;

    memset(out, 0, sizeof(*out));
    if (found >= 0)
        return again(out, found, ask);
    if (at < 0 || model.handles[at].expires_us <= now_us)
        return MODEL_GONE;
    handle = &model.handles[at];
    for (i = 0; i < handle->naccounts; i++) {
        if (model_in_flight(ask->browser, handle->accounts[i], ask->currency,
                            true))
            return MODEL_BUSY;
    }
    shown = pick(out, handle, ask);
    if (shown == 0)
        return MODEL_NOTHING;
    if (ask->shown >= 0 && ask->shown != shown) {
        out->amount = shown;
        return MODEL_CHANGED;
    }
    if (out->amount < LEAST || out->amount > MOST)
        return MODEL_RANGE;
    out->handle = at;
    memcpy(out->accounts, handle->accounts, sizeof(out->accounts));
    out->naccounts = handle->naccounts;
    out->currency = ask->currency;
    snprintf(out->once_key, sizeof(out->once_key), "%s", ask->once_key);
    snprintf(out->choice, sizeof(out->choice), "%s", ask->choice);
    snprintf(out->email, sizeof(out->email), "%s", handle->email);
    return MODEL_CREATED;
}
