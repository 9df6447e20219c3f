#include "sandbox/store.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "sandbox/book.h"

static void read_line(const char *line);

static struct sb_book book = SB_BOOK(read_line);
static struct sb_session *sessions; /* oldest first */
static size_t count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* of behaviour */
static struct sb_behaviour behaviour = {"normal", "normal", "normal", "normal",
                                        "normal"};

const char *const sb_status_words[] = {"open", "complete", "expired",
                                       "declined", "cancelled"};
static const char *const paid_words[] = {"unpaid", "processing", "paid"};

static const struct sb_book_field fields[] = {
    SB_BOOK_FIELD(sb_session, processor),
    SB_BOOK_FIELD(sb_session, id),
    SB_BOOK_FIELD(sb_session, intent),
    SB_BOOK_FIELD(sb_session, idempotency_key),
    SB_BOOK_FIELD(sb_session, fingerprint),
    SB_BOOK_FIELD(sb_session, reference),
    SB_BOOK_FIELD(sb_session, email),
    SB_BOOK_FIELD(sb_session, locale),
    SB_BOOK_FIELD(sb_session, product),
    SB_BOOK_FIELD(sb_session, currency),
    SB_BOOK_FIELD(sb_session, success_url),
    SB_BOOK_FIELD(sb_session, cancel_url),
    SB_BOOK_FIELD(sb_session, payment),
    SB_BOOK_FIELD(sb_session, data),
};

static void write_session(const struct sb_session *s)
{
    cJSON *json = cJSON_CreateObject();
    char *line = NULL;

    if (json == NULL)
        goto out;
    sb_book_put(json, s, fields, SM_COUNT(fields));
    cJSON_AddNumberToObject(json, "amount", (double)s->amount);
    cJSON_AddNumberToObject(json, "refunded", (double)s->refunded);
    cJSON_AddNumberToObject(json, "created", (double)s->created);
    cJSON_AddNumberToObject(json, "expires_at", (double)s->expires_at);
    cJSON_AddNumberToObject(json, "declines", s->declines);
    cJSON_AddStringToObject(json, "status", sb_status_words[s->status]);
    cJSON_AddStringToObject(json, "paid", paid_words[s->paid]);
    line = cJSON_PrintUnformatted(json);
    if (line != NULL)
        sb_book_write(&book, line);
out:
    free(line);
    cJSON_Delete(json);
}

static int word_index(const char *word, const char *const *words, int n)
{
    for (int i = 0; i < n; i++)
        if (word != NULL && strcmp(word, words[i]) == 0)
            return i;
    return 0;
}

static struct sb_session *find_locked(const char *id)
{
    for (size_t i = count; i-- > 0;)
        if (strcmp(sessions[i].id, id) == 0)
            return &sessions[i];
    return NULL;
}

/* Room for one more: the oldest finished session is forgotten. */
static struct sb_session *new_slot(void)
{
    size_t victim = 0;

    if (count < SB_SESSIONS_MAX)
        return &sessions[count++];
    while (victim + 1 < count && sessions[victim].status == SB_OPEN)
        victim++;
    memmove(&sessions[victim], &sessions[victim + 1],
            (count - victim - 1) * sizeof(sessions[0]));
    return &sessions[count - 1];
}

static void read_line(const char *line)
{
    cJSON *json = cJSON_Parse(line);
    struct sb_session s = {0}, *known;

    if (json == NULL)
        return;
    sb_book_get(&s, json, fields, SM_COUNT(fields));
    if (s.processor[0] == '\0') /* a line of before there were several */
        (void)sm_copy(s.processor, sizeof(s.processor), "stripe");
    s.amount = sb_book_number(json, "amount");
    s.refunded = sb_book_number(json, "refunded");
    s.created = sb_book_number(json, "created");
    s.expires_at = sb_book_number(json, "expires_at");
    s.declines = (int)sb_book_number(json, "declines");
    s.status = (enum sb_status)word_index(
        cJSON_GetStringValue(cJSON_GetObjectItem(json, "status")),
        sb_status_words, SM_COUNT(sb_status_words));
    s.paid = (enum sb_paid)word_index(
        cJSON_GetStringValue(cJSON_GetObjectItem(json, "paid")), paid_words,
        SM_COUNT(paid_words));
    known = find_locked(s.id);
    *(known != NULL ? known : new_slot()) = s;
    cJSON_Delete(json);
}

enum sm_status sb_store_open(const char *dir, struct sm_error *err)
{
    sessions = calloc(SB_SESSIONS_MAX, sizeof(sessions[0]));
    if (sessions == NULL)
        return SM_FAIL(err, SM_INTERNAL, "no memory for the sandbox's books");
    return sb_book_open(&book, dir, "truth.jsonl", err);
}

void sb_store_close(void)
{
    sb_book_close(&book);
    free(sessions);
    sessions = NULL;
    count = 0;
}

enum sm_status sb_store_create(struct sb_session *session)
{
    enum sm_status st = SM_OK;
    struct sb_session *known = NULL;

    sb_book_enter(&book);
    for (size_t i = count; i-- > 0 && session->idempotency_key[0] != '\0';)
        if (strcmp(sessions[i].idempotency_key, session->idempotency_key) ==
                0 &&
            strcmp(sessions[i].processor, session->processor) == 0) {
            known = &sessions[i];
            break;
        }
    if (known != NULL) {
        if (strcmp(known->fingerprint, session->fingerprint) != 0)
            st = SM_CONFLICT;
        *session = *known;
    } else {
        if (session->id[0] == '\0')
            sb_book_random_id(session->id, sizeof(session->id), "cs_test_");
        if (session->intent[0] == '\0')
            sb_book_random_id(session->intent, sizeof(session->intent), "pi_");
        session->created = (int64_t)time(NULL);
        *new_slot() = *session;
        write_session(session);
    }
    sb_book_leave(&book);
    return st;
}

enum sm_status sb_store_find(struct sb_session *out, const char *id)
{
    struct sb_session *s;

    sb_book_enter(&book);
    s = find_locked(id);
    if (s != NULL)
        *out = *s;
    sb_book_leave(&book);
    return s != NULL ? SM_OK : SM_NOT_FOUND;
}

enum sm_status sb_store_find_intent(struct sb_session *out, const char *intent)
{
    enum sm_status st = SM_NOT_FOUND;

    sb_book_enter(&book);
    for (size_t i = count; i-- > 0 && st != SM_OK;)
        if (strcmp(sessions[i].intent, intent) == 0) {
            *out = sessions[i];
            st = SM_OK;
        }
    sb_book_leave(&book);
    return st;
}

enum sm_status sb_store_find_order(struct sb_session *out,
                                   const char *processor, const char *reference)
{
    enum sm_status st = SM_NOT_FOUND;

    sb_book_enter(&book);
    for (size_t i = count; i-- > 0 && st != SM_OK;)
        if (strcmp(sessions[i].processor, processor) == 0 &&
            strcmp(sessions[i].reference, reference) == 0) {
            *out = sessions[i];
            st = SM_OK;
        }
    sb_book_leave(&book);
    return st;
}

enum sm_status sb_store_update(struct sb_session *out, const char *id,
                               bool (*change)(struct sb_session *, void *),
                               void *with)
{
    enum sm_status st = SM_NOT_FOUND;
    struct sb_session *s;

    sb_book_enter(&book);
    s = find_locked(id);
    if (s != NULL) {
        st = change(s, with) ? SM_OK : SM_CONFLICT;
        if (st == SM_OK)
            write_session(s);
        *out = *s;
    }
    sb_book_leave(&book);
    return st;
}

size_t sb_store_list(struct sb_session *out, size_t max)
{
    size_t n = 0;

    sb_book_enter(&book);
    for (size_t i = count; i-- > 0 && n < max;)
        out[n++] = sessions[i];
    sb_book_leave(&book);
    return n;
}

void sb_store_each(void (*for_each)(const struct sb_session *, void *),
                   void *with)
{
    sb_book_enter(&book);
    for (size_t i = count; i-- > 0;)
        for_each(&sessions[i], with);
    sb_book_leave(&book);
}

void sb_store_lines(struct sm_buf *out)
{
    sb_book_enter(&book);
    for (size_t i = count; i-- > 0;) {
        const struct sb_session *one = &sessions[i];

        sm_buf_addf(out, "%s %s %s %" PRId64 " %s %" PRId64 " %s %s\n", one->id,
                    sb_status_words[one->status],
                    one->paid == SB_PAID ? "paid" : "unpaid", one->amount,
                    one->currency, one->refunded, one->processor,
                    one->reference);
    }
    sb_book_leave(&book);
}

void sb_store_expire_due(int64_t now,
                         void (*expired)(const struct sb_session *))
{
    sb_book_enter(&book);
    for (size_t i = 0; i < count; i++) {
        struct sb_session copy;

        if (sessions[i].status != SB_OPEN || sessions[i].expires_at > now)
            continue;
        sessions[i].status = SB_EXPIRED;
        write_session(&sessions[i]);
        copy = sessions[i];
        sb_book_leave(&book);
        expired(&copy); /* queues an event; takes a lock of its own */
        sb_book_enter(&book);
    }
    sb_book_leave(&book);
}

struct sb_behaviour sb_behaviour_get(void)
{
    struct sb_behaviour copy;

    pthread_mutex_lock(&lock);
    copy = behaviour;
    pthread_mutex_unlock(&lock);
    return copy;
}

void sb_behaviour_set(const struct sb_behaviour *wanted)
{
    pthread_mutex_lock(&lock);
    behaviour = *wanted;
    pthread_mutex_unlock(&lock);
}
