#include "sandbox/parts.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "sandbox/book.h"

#define CURRENCIES_MAX 8

static void read_line(const char *line);

static struct sb_book book = SB_BOOK(read_line);
static struct sb_part *parts; /* oldest first */
static size_t count;

const char *const sb_part_words[] = {"capture", "refund", "dispute", "payout"};
const char *const sb_part_state_words[] = {
    "succeeded",      "pending", "failed", "refused",
    "needs_response", "won",     "lost"};
static const char *const prefixes[] = {"ch_", "re_", "dp_", "po_"};

static const struct sb_book_field fields[] = {
    SB_BOOK_FIELD(sb_part, id),          SB_BOOK_FIELD(sb_part, processor),
    SB_BOOK_FIELD(sb_part, session),     SB_BOOK_FIELD(sb_part, intent),
    SB_BOOK_FIELD(sb_part, reference),   SB_BOOK_FIELD(sb_part, currency),
    SB_BOOK_FIELD(sb_part, reason),      SB_BOOK_FIELD(sb_part, key),
    SB_BOOK_FIELD(sb_part, out),         SB_BOOK_FIELD(sb_part, back),
    SB_BOOK_FIELD(sb_part, meta_refund), SB_BOOK_FIELD(sb_part, meta_order),
    SB_BOOK_FIELD(sb_part, fingerprint),
};

static void write_part(const struct sb_part *p)
{
    cJSON *json = cJSON_CreateObject();
    char *line;

    sb_book_put(json, p, fields, SM_COUNT(fields));
    cJSON_AddNumberToObject(json, "kind", p->kind);
    cJSON_AddNumberToObject(json, "state", p->state);
    cJSON_AddNumberToObject(json, "first", p->first);
    cJSON_AddNumberToObject(json, "amount", (double)p->amount);
    cJSON_AddNumberToObject(json, "fee", (double)p->fee);
    cJSON_AddNumberToObject(json, "created", (double)p->created);
    cJSON_AddNumberToObject(json, "changed", (double)p->changed);
    cJSON_AddNumberToObject(json, "due", (double)p->due);
    line = cJSON_PrintUnformatted(json);
    if (line != NULL)
        sb_book_write(&book, line);
    free(line);
    cJSON_Delete(json);
}

static struct sb_part *find_locked(const char *id)
{
    for (size_t i = count; i-- > 0;)
        if (strcmp(parts[i].id, id) == 0)
            return &parts[i];
    return NULL;
}

/* True if the money of PART waits for a payout. */
static bool waits(const struct sb_part *part)
{
    return (sb_part_net(part) != 0 && part->out[0] == '\0') ||
           (sb_part_net_back(part) != 0 && part->back[0] == '\0');
}

/* Room for one more: the oldest that nothing waits for is forgotten. */
static struct sb_part *new_slot(void)
{
    size_t victim = 0;

    if (count < SB_PARTS_MAX)
        return &parts[count++];
    while (victim + 1 < count && waits(&parts[victim]))
        victim++;
    memmove(&parts[victim], &parts[victim + 1],
            (count - victim - 1) * sizeof(parts[0]));
    return &parts[count - 1];
}

static void read_line(const char *line)
{
    cJSON *json = cJSON_Parse(line);
    struct sb_part p = {.kind = SB_CAPTURE}, *known;

    if (json == NULL)
        return;
    sb_book_get(&p, json, fields, SM_COUNT(fields));
    p.kind = (enum sb_part_kind)(sb_book_number(json, "kind") & 3);
    p.state = (enum sb_part_state)(sb_book_number(json, "state") & 7);
    p.first = (enum sb_part_state)(sb_book_number(json, "first") & 7);
    p.amount = sb_book_number(json, "amount");
    p.fee = sb_book_number(json, "fee");
    p.created = sb_book_number(json, "created");
    p.changed = sb_book_number(json, "changed");
    p.due = sb_book_number(json, "due");
    known = find_locked(p.id);
    *(known != NULL ? known : new_slot()) = p;
    cJSON_Delete(json);
}

enum sm_status sb_parts_open(const char *dir, struct sm_error *err)
{
    parts = calloc(SB_PARTS_MAX, sizeof(parts[0]));
    if (parts == NULL)
        return SM_FAIL(err, SM_INTERNAL, "no memory for the sandbox's books");
    return sb_book_open(&book, dir, "parts.jsonl", err);
}

void sb_parts_close(void)
{
    sb_book_close(&book);
    free(parts);
    parts = NULL;
    count = 0;
}

/* Put PART, with what is missing of it, into the books. */
static void add_locked(struct sb_part *part)
{
    if (part->id[0] == '\0')
        sb_book_random_id(part->id, sizeof(part->id), prefixes[part->kind]);
    part->created = part->changed = (int64_t)time(NULL);
    part->first = part->state;
    *new_slot() = *part;
    write_part(part);
}

static const struct sb_part *find_key(const struct sb_part *part)
{
    if (part->key[0] == '\0')
        return NULL;
    for (size_t i = count; i-- > 0;)
        if (strcmp(parts[i].key, part->key) == 0 &&
            strcmp(parts[i].processor, part->processor) == 0)
            return &parts[i];
    return NULL;
}

enum sm_status sb_parts_create(struct sb_part *part, bool *known)
{
    enum sm_status st = SM_OK;
    const struct sb_part *first;

    sb_book_enter(&book);
    first = find_key(part);
    *known = first != NULL;
    if (first == NULL) {
        add_locked(part);
    } else {
        if (strcmp(first->fingerprint, part->fingerprint) != 0)
            st = SM_CONFLICT;
        *part = *first;
    }
    sb_book_leave(&book);
    return st;
}

enum sm_status sb_parts_find(struct sb_part *out, const char *id)
{
    const struct sb_part *p;

    sb_book_enter(&book);
    p = find_locked(id);
    if (p != NULL)
        *out = *p;
    sb_book_leave(&book);
    return p != NULL ? SM_OK : SM_NOT_FOUND;
}

enum sm_status sb_parts_update(struct sb_part *out, const char *id,
                               bool (*change)(struct sb_part *, void *),
                               void *with)
{
    enum sm_status st = SM_NOT_FOUND;
    struct sb_part *p;

    sb_book_enter(&book);
    p = find_locked(id);
    if (p != NULL) {
        st = change(p, with) ? SM_OK : SM_CONFLICT;
        if (st == SM_OK) {
            p->changed = (int64_t)time(NULL);
            write_part(p);
        }
        *out = *p;
    }
    sb_book_leave(&book);
    return st;
}

size_t sb_parts_list(struct sb_part *out, size_t max,
                     bool (*want)(const struct sb_part *, const char *),
                     const char *with)
{
    size_t n = 0;

    sb_book_enter(&book);
    for (size_t i = count; i-- > 0 && n < max;)
        if (want(&parts[i], with))
            out[n++] = parts[i];
    sb_book_leave(&book);
    return n;
}

void sb_parts_each(void (*each)(const struct sb_part *, void *), void *with)
{
    sb_book_enter(&book);
    for (size_t i = count; i-- > 0;)
        each(&parts[i], with);
    sb_book_leave(&book);
}

int64_t sb_part_net(const struct sb_part *part)
{
    if (part->kind == SB_CAPTURE)
        return part->amount - part->fee;
    if (part->kind == SB_PAYOUT || part->state == SB_REFUSED)
        return 0;
    return -part->amount - part->fee;
}

int64_t sb_part_net_back(const struct sb_part *part)
{
    return (part->kind == SB_REFUND && part->state == SB_FAILED) ||
                   (part->kind == SB_DISPUTE && part->state == SB_WON)
               ? part->amount
               : 0;
}

/* What waits at PROCESSOR in CURRENCY; where PAYOUT is named, it goes there. */
static int64_t sweep(const char *processor, const char *currency,
                     const char *payout)
{
    int64_t net = 0;

    for (size_t i = 0; i < count; i++) {
        struct sb_part *p = &parts[i];
        bool out = sb_part_net(p) != 0 && p->out[0] == '\0';
        bool back = sb_part_net_back(p) != 0 && p->back[0] == '\0';

        if (strcmp(p->processor, processor) != 0 ||
            strcmp(p->currency, currency) != 0 || (!out && !back))
            continue;
        net += (out ? sb_part_net(p) : 0) + (back ? sb_part_net_back(p) : 0);
        if (payout == NULL)
            continue;
        if (out)
            (void)sm_copy(p->out, sizeof(p->out), payout);
        if (back)
            (void)sm_copy(p->back, sizeof(p->back), payout);
        write_part(p);
    }
    return net;
}

/* The currencies in which something waits at PROCESSOR. */
static int currencies_of(char out[CURRENCIES_MAX][4], const char *processor)
{
    int n = 0;

    for (size_t i = 0; i < count && n < CURRENCIES_MAX; i++) {
        int known = 0;

        if (strcmp(parts[i].processor, processor) != 0 || !waits(&parts[i]))
            continue;
        while (known < n && strcmp(out[known], parts[i].currency) != 0)
            known++;
        if (known == n)
            (void)sm_copy(out[n++], 4, parts[i].currency);
    }
    return n;
}

int sb_parts_pay_out(const char *processor)
{
    char currencies[CURRENCIES_MAX][4];
    int made = 0, n;

    sb_book_enter(&book);
    n = currencies_of(currencies, processor);
    for (int i = 0; i < n; i++) {
        struct sb_part payout = {.kind = SB_PAYOUT, .state = SB_DONE};

        payout.amount = sweep(processor, currencies[i], NULL);
        if (payout.amount == 0) /* it waits for more */
            continue;
        (void)sm_copy(payout.processor, sizeof(payout.processor), processor);
        (void)sm_copy(payout.currency, sizeof(payout.currency), currencies[i]);
        sb_book_random_id(payout.id, sizeof(payout.id), prefixes[SB_PAYOUT]);
        (void)sweep(processor, currencies[i], payout.id);
        add_locked(&payout);
        made++;
    }
    sb_book_leave(&book);
    return made;
}

void sb_parts_lines(struct sm_buf *out)
{
    sb_book_enter(&book);
    for (size_t i = count; i-- > 0;) {
        const struct sb_part *p = &parts[i];

        if (p->kind == SB_CAPTURE || p->state == SB_REFUSED)
            continue;
        sm_buf_addf(out, "%s %s %s %" PRId64 " %s %" PRId64 " %s %s\n",
                    sb_part_words[p->kind], p->id,
                    sb_part_state_words[p->state], p->amount, p->currency,
                    p->fee, p->processor,
                    p->reference[0] != '\0' ? p->reference : "-");
    }
    sb_book_leave(&book);
}
