/* Delivery of notifications: signed as the processor does (with this
 * program's own use of OpenSSL), repeated until the merchant says 2xx. */
#include <cjson/cJSON.h>
#include <curl/curl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "sandbox/wire.h"
#include "web/app.h"

#define QUEUE_MAX 4096
#define TRIES_MAX 12
#define THREADS 2

struct delivery {
    char *body; /* heap; NULL marks a free place */
    int64_t due_ms;
    int tries;
    bool busy; /* a thread is delivering it */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake;
static struct delivery queue[QUEUE_MAX];
static pthread_t threads[THREADS];
static bool stopping, started;
static const struct sm_settings *config;

static void sign(char *out, size_t size, const char *body)
{
    const char *secret = sm_settings_str(config, "sandbox.webhook_secret");
    unsigned char mac[EVP_MAX_MD_SIZE];
    unsigned int mac_len = 0;
    char stamp[32], hex[2 * EVP_MAX_MD_SIZE + 1];
    size_t len = strlen(body), head;
    char *text;

    (void)snprintf(stamp, sizeof(stamp), "%lld", (long long)time(NULL));
    head = strlen(stamp) + 1;
    text = malloc(head + len + 1);
    out[0] = '\0';
    if (text == NULL)
        return;
    (void)snprintf(text, head + len + 1, "%s.%s", stamp, body);
    (void)HMAC(EVP_sha256(), secret, (int)strlen(secret),
               (const unsigned char *)text, head + len, mac, &mac_len);
    sm_hex(hex, mac, mac_len);
    (void)snprintf(out, size, "Stripe-Signature: t=%s,v1=%s", stamp, hex);
    free(text);
}

static size_t discard(char *data, size_t size, size_t n, void *user)
{
    (void)data;
    (void)user;
    return size * n;
}

/* One try; true if the merchant answered 2xx. */
static bool deliver(CURL *curl, const char *body)
{
    struct curl_slist *headers = NULL;
    const char *ca = sm_settings_str(config, "sandbox.ca_file");
    char signature[160];
    long http = 0;
    CURLcode rc;

    sign(signature, sizeof(signature), body);
    headers = curl_slist_append(headers, signature);
    headers = curl_slist_append(headers, "Content-Type: application/json; "
                                         "charset=utf-8");
    curl_easy_setopt(curl, CURLOPT_URL,
                     sm_settings_str(config, "sandbox.webhook_url"));
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 10000L);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, discard);
    if (ca[0] != '\0')
        curl_easy_setopt(curl, CURLOPT_CAINFO, ca);
    rc = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &http);
    curl_slist_free_all(headers);
    if (rc != CURLE_OK)
        sm_log_msg(SM_LOG_WARN, "notify_failed", "%s", curl_easy_strerror(rc));
    return rc == CURLE_OK && http >= 200 && http < 300;
}

static void expired(const struct sb_session *session)
{
    sb_notify("checkout.session.expired", session);
}

/* The delivery that is due first, or NULL. */
static struct delivery *next_due(int64_t now)
{
    struct delivery *best = NULL;

    for (size_t i = 0; i < QUEUE_MAX; i++)
        if (queue[i].body != NULL && !queue[i].busy && queue[i].due_ms <= now &&
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
    free(d->body);
    *d = (struct delivery){0};
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
            ok = deliver(curl, d->body);
            pthread_mutex_lock(&lock);
            settle(d, ok);
            continue;
        }
        pthread_mutex_unlock(&lock);
        if (arg != NULL) /* one thread looks after expiry */
            sb_store_expire_due((int64_t)time(NULL), expired);
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
        free(queue[i].body);
}

/* Put BODY (heap, taken over) into the queue, DELAY_MS from now. */
static void enqueue(char *body, int64_t delay_ms)
{
    bool placed = false;

    pthread_mutex_lock(&lock);
    for (size_t i = 0; i < QUEUE_MAX && !placed && body != NULL; i++)
        if (queue[i].body == NULL) {
            queue[i] = (struct delivery){
                .body = body, .due_ms = sm_clock_mono_ms() + delay_ms};
            placed = true;
        }
    pthread_cond_signal(&wake);
    pthread_mutex_unlock(&lock);
    if (!placed)
        free(body);
}

/* What a failed try names: the payment intent, not the session. */
static cJSON *intent_object(const struct sb_session *s)
{
    cJSON *json = cJSON_CreateObject(), *part;

    cJSON_AddStringToObject(json, "id", s->intent);
    cJSON_AddStringToObject(json, "object", "payment_intent");
    cJSON_AddNumberToObject(json, "amount", (double)s->amount);
    cJSON_AddStringToObject(json, "currency", s->currency);
    cJSON_AddStringToObject(json, "status", "requires_payment_method");
    part = cJSON_AddObjectToObject(json, "last_payment_error");
    cJSON_AddStringToObject(part, "code", "card_declined");
    cJSON_AddStringToObject(part, "decline_code", "generic_decline");
    part = cJSON_AddObjectToObject(json, "metadata");
    cJSON_AddStringToObject(part, "payment", s->payment);
    cJSON_AddStringToObject(part, "order_no", s->reference);
    return json;
}

static char *event_body(const char *type, const struct sb_session *session)
{
    struct sm_arena *arena = sm_arena_new(65536);
    struct sm_app app = {.settings = config};
    struct sm_request rq = {.app = &app, .arena = arena};
    cJSON *json = cJSON_CreateObject(), *data;
    uint8_t bytes[12];
    char id[40], hex[2 * sizeof(bytes) + 1], *body;

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        abort();
    sm_hex(hex, bytes, sizeof(bytes));
    (void)snprintf(id, sizeof(id), "evt_%s", hex);
    cJSON_AddStringToObject(json, "id", id);
    cJSON_AddStringToObject(json, "object", "event");
    cJSON_AddStringToObject(json, "api_version", "2024-06-20");
    cJSON_AddNumberToObject(json, "created", (double)time(NULL));
    cJSON_AddStringToObject(json, "type", type);
    cJSON_AddFalseToObject(json, "livemode");
    data = cJSON_AddObjectToObject(json, "data");
    if (strncmp(type, "payment_intent.", 15) == 0)
        cJSON_AddItemToObject(data, "object", intent_object(session));
    else
        cJSON_AddItemToObject(data, "object",
                              cJSON_Parse(sb_session_json(&rq, session)));
    body = cJSON_PrintUnformatted(json);
    cJSON_Delete(json);
    sm_arena_free(arena);
    return body;
}

void sb_notify(const char *type, const struct sb_session *session)
{
    struct sb_behaviour how = sb_behaviour_get();
    char *body = event_body(type, session);

    if (strcmp(how.notify, "none") == 0 || body == NULL) {
        free(body);
    } else if (strcmp(how.notify, "twice") == 0) {
        enqueue(strdup(body), 0);
        enqueue(body, 300);
    } else if (strcmp(how.notify, "late") == 0) {
        enqueue(body, 15000);
    } else if (strcmp(how.notify, "reorder") == 0) {
        /* what came first is sent last */
        enqueue(body, strstr(type, "completed") != NULL ? 0 : 4000);
    } else {
        enqueue(body, 0);
    }
}
