/* Delivery of messages to the merchant's server: as each protocol writes and
 * signs them, repeated until the merchant acknowledges in its words. */
#include <curl/curl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "sandbox/desk.h"
#include "sandbox/wire.h"
#include "web/app.h"

#define QUEUE_MAX 4096
#define TRIES_MAX 12
#define THREADS 2

#define REPLY_MAX 16384

struct delivery {
    const struct sb_wire *wire; /* NULL marks a free place */
    struct sb_message message;
    int64_t due_ms;
    int tries;
    bool forged; /* altered after signing; sent once */
    bool busy;   /* a thread is delivering it */
};

struct reply {
    char text[REPLY_MAX];
    size_t len;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake;
static struct delivery queue[QUEUE_MAX];
static pthread_t threads[THREADS];
static bool stopping, started;
static const struct sm_settings *config;

const struct sm_settings *sb_settings(void)
{
    return config;
}

static void release(struct delivery *d)
{
    free(d->message.url);
    free(d->message.type);
    free(d->message.body);
    *d = (struct delivery){0};
}

static size_t collect(char *data, size_t size, size_t n, void *user)
{
    struct reply *reply = user;
    size_t room = sizeof(reply->text) - 1 - reply->len;
    size_t take = size * n < room ? size * n : room;

    memcpy(reply->text + reply->len, data, take);
    reply->len += take;
    reply->text[reply->len] = '\0';
    return size * n;
}

long sb_fetch(char *out, size_t size, const char *url)
{
    const char *ca = sm_settings_str(config, "sandbox.ca_file");
    struct reply reply = {.len = 0};
    CURL *curl = curl_easy_init();
    long http = 0;

    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 10000L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply);
    if (ca[0] != '\0')
        curl_easy_setopt(curl, CURLOPT_CAINFO, ca);
    if (curl_easy_perform(curl) == CURLE_OK)
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &http);
    curl_easy_cleanup(curl);
    (void)sm_copy(out, size, reply.text);
    return http;
}

/* Change one digit of BODY: still in its form, but not what was signed. */
static void spoil(char *body)
{
    for (char *at = body + strlen(body) / 2; *at != '\0'; at++)
        if (sm_is_digit(*at)) {
            *at = *at == '9' ? '8' : (char)(*at + 1);
            return;
        }
}

static struct curl_slist *headers_of(const struct delivery *d)
{
    struct curl_slist *headers = NULL;
    char line[2048];

    (void)snprintf(line, sizeof(line), "Content-Type: %s", d->message.type);
    headers = curl_slist_append(headers, line);
    if (d->wire->header != NULL) {
        d->wire->header(line, sizeof(line), d->message.body);
        headers = curl_slist_append(headers, line);
    }
    return headers;
}

/* One try; true if the merchant acknowledged. */
static bool deliver(CURL *curl, struct delivery *d)
{
    struct curl_slist *headers = headers_of(d);
    const char *ca = sm_settings_str(config, "sandbox.ca_file");
    struct reply reply = {.len = 0};
    long http = 0;
    CURLcode rc;

    if (d->forged)
        spoil(d->message.body);
    curl_easy_setopt(curl, CURLOPT_URL, d->message.url);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, d->message.body);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 10000L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply);
    if (ca[0] != '\0')
        curl_easy_setopt(curl, CURLOPT_CAINFO, ca);
    rc = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &http);
    curl_slist_free_all(headers);
    if (rc != CURLE_OK)
        sm_log_msg(SM_LOG_WARN, "notify_failed", "%s", curl_easy_strerror(rc));
    return d->forged || (rc == CURLE_OK &&
                         d->wire->acknowledged(&d->message, http, reply.text));
}

static void expired(const struct sb_session *session)
{
    sb_notify(SB_EV_EXPIRED, session);
}

/* The delivery that is due first, or NULL. */
static struct delivery *next_due(int64_t now)
{
    struct delivery *best = NULL;

    for (size_t i = 0; i < QUEUE_MAX; i++)
        if (queue[i].wire != NULL && !queue[i].busy && queue[i].due_ms <= now &&
            (best == NULL || queue[i].due_ms < best->due_ms))
            best = &queue[i];
    return best;
}

/* After a try: forget it, or set the next time (2 s, 4 s, 8 s ...). */
static void settle(struct delivery *d, bool ok)
{
    d->busy = false;
    d->tries++;
    if (!ok && d->tries < TRIES_MAX) {
        d->due_ms = sm_clock_mono_ms() + (1000LL << d->tries);
        return;
    }
    release(d);
}

static void *run(void *arg)
{
    CURL *curl = curl_easy_init();

    pthread_mutex_lock(&lock);
    while (!stopping) {
        struct delivery *d = next_due(sm_clock_mono_ms());
        struct timespec until;

        if (d != NULL) {
            bool ok;

            d->busy = true;
            pthread_mutex_unlock(&lock);
            ok = deliver(curl, d);
            pthread_mutex_lock(&lock);
            settle(d, ok);
            continue;
        }
        pthread_mutex_unlock(&lock);
        if (arg != NULL) { /* one thread looks after what time brings */
            sb_store_expire_due((int64_t)time(NULL), expired);
            sb_desk_due();
        }
        pthread_mutex_lock(&lock);
        if (stopping || next_due(sm_clock_mono_ms()) != NULL)
            continue;
        (void)clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += 200000000;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        (void)pthread_cond_timedwait(&wake, &lock, &until);
    }
    pthread_mutex_unlock(&lock);
    curl_easy_cleanup(curl);
    return NULL;
}

enum sm_status sb_notify_open(const struct sm_settings *settings,
                              struct sm_error *err)
{
    pthread_condattr_t attr;

    config = settings;
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return SM_FAIL(err, SM_INTERNAL, "libcurl");
    (void)pthread_condattr_init(&attr);
    (void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&wake, &attr);
    (void)pthread_condattr_destroy(&attr);
    for (size_t i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, run, i == 0 ? &wake : NULL) != 0)
            return SM_FAIL(err, SM_INTERNAL, "no thread for notifications");
    started = true;
    return SM_OK;
}

void sb_notify_close(void)
{
    if (!started)
        return;
    pthread_mutex_lock(&lock);
    stopping = true;
    pthread_cond_broadcast(&wake);
    pthread_mutex_unlock(&lock);
    for (size_t i = 0; i < THREADS; i++)
        (void)pthread_join(threads[i], NULL);
    for (size_t i = 0; i < QUEUE_MAX; i++)
        release(&queue[i]);
}

/* Put a copy of MESSAGE into the queue, DELAY_MS from now. */
static void enqueue(const struct sb_message *message,
                    const struct sb_wire *wire, int64_t delay_ms, bool forged)
{
    struct delivery d = {.wire = wire, .forged = forged};
    bool placed = false;

    d.message.url = strdup(message->url);
    d.message.type = strdup(message->type);
    d.message.body = strdup(message->body);
    (void)sm_copy(d.message.reference, sizeof(d.message.reference),
                  message->reference);
    d.due_ms = sm_clock_mono_ms() + delay_ms;
    if (d.message.url == NULL || d.message.type == NULL ||
        d.message.body == NULL) {
        release(&d);
        return;
    }
    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < QUEUE_MAX && !placed; i++)
        if (queue[i].wire == NULL) {
            queue[i] = d;
            placed = true;
        }
    pthread_cond_signal(&wake);
    pthread_mutex_unlock(&lock);
    if (!placed)
        release(&d);
}

/* Queue MESSAGE as the behaviour says.  BEHIND: where messages are reordered,
 * it is sent after those that come after it.  Releases what MESSAGE holds. */
static void dispatch(struct sb_message *message, const struct sb_wire *wire,
                     bool behind)
{
    struct sb_behaviour how = sb_behaviour_get();
    int64_t delay_ms = 0;

    if (message->url != NULL && message->type != NULL &&
        message->body != NULL) {
        if (strcmp(how.notify, "late") == 0)
            delay_ms = 15000;
        if (strcmp(how.notify, "reorder") == 0 && behind)
            delay_ms = 4000;
        if (strcmp(how.notify, "forged") == 0)
            enqueue(message, wire, 0, true);
        enqueue(message, wire, delay_ms, false);
        if (strcmp(how.notify, "twice") == 0)
            enqueue(message, wire, 300, false);
    }
    free(message->url);
    free(message->type);
    free(message->body);
}

void sb_notify(enum sb_event event, const struct sb_session *session)
{
    const struct sb_wire *wire = sb_wire_of(session->processor);
    struct sb_behaviour how = sb_behaviour_get();
    struct sb_message message = {0};

    (void)sm_copy(message.reference, sizeof(message.reference),
                  session->reference);
    if (wire != NULL && strcmp(how.notify, "none") != 0 &&
        wire->tell(&message, event, session))
        dispatch(&message, wire, event != SB_EV_PAID);
}

void sb_notify_part(enum sb_part_event event, const struct sb_part *part)
{
    const struct sb_wire *wire = sb_wire_of(part->processor);
    struct sb_behaviour how = sb_behaviour_get();
    struct sb_message message = {0};
    struct sb_session session;

    (void)sm_copy(message.reference, sizeof(message.reference),
                  part->reference);
    if (wire == NULL || strcmp(how.notify, "none") == 0)
        return;
    if (wire->tell_part == NULL) {
        if (event == SB_PE_REFUNDED &&
            sb_store_find(&session, part->session) == SM_OK)
            sb_notify(SB_EV_REFUNDED, &session);
    } else if (wire->tell_part(&message, event, part)) {
        dispatch(&message, wire,
                 event == SB_PE_REFUNDED || event == SB_PE_DISPUTED);
    }
}
