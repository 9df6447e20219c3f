/* The pool: a fixed number of slots, taken last-used-first so that few
 * connections stay hot.  All I/O happens outside the lock. */
#include "db/internal.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/metrics.h"
#include "base/text.h"

enum {
    SIZE_MAX_SLOTS = 1000,
    BACKOFF_FIRST_MS = 50,
    BACKOFF_MOST_MS = 1000,
    LIFE_MS = 3600 * 1000
};

static char *copy(const char *text)
{
    return text && text[0] ? strdup(text) : NULL;
}

static int count_items(const char *list)
{
    int count = list ? 1 : 0;

    for (; list && *list; list++)
        count += *list == ',';
    return count;
}

/* Nothing is read where it could not be written: a standby shows a past in
 * which a payment is not there yet. */
static bool wants_standby(const char *attrs)
{
    return attrs && (strcmp(attrs, "standby") == 0 ||
                     strcmp(attrs, "prefer-standby") == 0 ||
                     strcmp(attrs, "read-only") == 0);
}

/* Keep the lists of hosts, so that connecting can go host by host. */
static enum sm_status read_conninfo(struct sm_db_pool *pool,
                                    struct sm_error *err)
{
    PQconninfoOption *options = PQconninfoParse(pool->conninfo, NULL);
    bool standby = false;

    if (!options) /* libpq's own message could quote a password */
        return SM_FAIL(err, SM_INVALID,
                       "database: not a libpq connection string");
    for (const PQconninfoOption *o = options; o->keyword; o++) {
        if (strcmp(o->keyword, "host") == 0)
            pool->host = copy(o->val);
        else if (strcmp(o->keyword, "hostaddr") == 0)
            pool->hostaddr = copy(o->val);
        else if (strcmp(o->keyword, "port") == 0)
            pool->port = copy(o->val);
        else if (strcmp(o->keyword, "target_session_attrs") == 0)
            standby = wants_standby(o->val);
    }
    PQconninfoFree(options);
    if (standby)
        return SM_FAIL(err, SM_INVALID,
                       "database: target_session_attrs must be read-write, "
                       "primary or any");
    pool->nhosts = count_items(pool->hostaddr ? pool->hostaddr : pool->host);
    if (pool->nhosts < 1)
        pool->nhosts = 1;
    if (pool->nhosts > SM_DB_HOSTS_MAX)
        return SM_FAIL(err, SM_INVALID, "database: more than %d hosts",
                       SM_DB_HOSTS_MAX);
    return SM_OK;
}

static enum sm_status make_slots(struct sm_db_pool *pool, struct sm_error *err)
{
    size_t size = (size_t)pool->size;

    pool->slots = calloc(size, sizeof(*pool->slots));
    pool->idle = calloc(size, sizeof(*pool->idle));
    pool->empty = calloc(size, sizeof(*pool->empty));
    if (!pool->slots || !pool->idle || !pool->empty)
        return SM_FAIL(err, SM_INTERNAL, "pool: out of memory");
    for (int i = 0; i < pool->size; i++) {
        pool->slots[i].pool = pool;
        pool->empty[pool->nempty++] = &pool->slots[i];
    }
    sm_metric_add(SM_METRIC_DB_SIZE, pool->size + pool->shared);
    return SM_OK;
}

static bool make_lock(struct sm_db_pool *pool)
{
    if (pthread_mutex_init(&pool->lock, NULL) != 0)
        return false;
    if (pthread_condattr_init(&pool->monotonic) != 0) {
        pthread_mutex_destroy(&pool->lock);
        return false;
    }
    pthread_condattr_setclock(&pool->monotonic, CLOCK_MONOTONIC);
    if (!sm_db_share_open(pool)) {
        pthread_condattr_destroy(&pool->monotonic);
        pthread_mutex_destroy(&pool->lock);
        return false;
    }
    return true;
}

enum sm_status sm_db_pool_new(struct sm_db_pool **out,
                              const struct sm_db_options *options,
                              struct sm_error *err)
{
    struct sm_db_pool *pool;
    enum sm_status status = SM_OK;

    *out = NULL;
    if (options->size < 1 || options->size > SIZE_MAX_SLOTS ||
        options->wait_ms < 0 || options->connect_ms < 1 ||
        options->query_ms < 1 || options->query_ms > 3600 * 1000)
        return SM_FAIL(err, SM_INVALID, "pool: size or deadline");
    pool = calloc(1, sizeof(*pool));
    if (!pool || !make_lock(pool)) {
        free(pool);
        return SM_FAIL(err, SM_INTERNAL, "pool: out of memory");
    }
    pool->size = options->size;
    pool->shared = options->share;
    pool->wait_ms = options->wait_ms;
    pool->connect_ms = options->connect_ms;
    pool->query_ms = options->query_ms;
    pool->life_ms = options->life_ms > 0 ? options->life_ms : LIFE_MS;
    pool->require_durable = options->require_durable;
    pool->conninfo = strdup(options->conninfo ? options->conninfo : "");
    pool->user = copy(options->user);
    pool->passfile = copy(options->passfile);
    pool->program = copy(options->program);
    if (!pool->conninfo)
        status = SM_FAIL(err, SM_INTERNAL, "pool: out of memory");
    if (status == SM_OK)
        status = read_conninfo(pool, err);
    if (status == SM_OK)
        status = sm_fence_open(&pool->fence, options->timeline_file, err);
    if (status == SM_OK)
        status = make_slots(pool, err);
    if (status != SM_OK)
        sm_db_pool_free(pool);
    else
        *out = pool;
    return status;
}

void sm_db_pool_free(struct sm_db_pool *pool)
{
    if (!pool)
        return;
    if (pool->slots && pool->idle && pool->empty)
        sm_metric_add(SM_METRIC_DB_SIZE, -pool->size - pool->shared);
    for (int i = 0; pool->slots && i < pool->size; i++)
        PQfinish(pool->slots[i].conn);
    sm_db_share_close(pool);
    pthread_condattr_destroy(&pool->monotonic);
    pthread_mutex_destroy(&pool->lock);
    sm_fence_close(pool->fence);
    free(pool->slots);
    free(pool->idle);
    free(pool->empty);
    free(pool->conninfo);
    free(pool->user);
    free(pool->passfile);
    free(pool->program);
    free(pool->host);
    free(pool->hostaddr);
    free(pool->port);
    free(pool);
}

static struct timespec instant(int64_t mono_ms)
{
    return (struct timespec){
        .tv_sec = mono_ms / 1000,
        .tv_nsec = mono_ms % 1000 * 1000000L,
    };
}

/* Until when one who began to wait at START_MS may: for wait_ms, but not for a
 * pool of which nothing has come back for half of that.  Its server hangs, on
 * a lock perhaps, and a thread that waits for it would be missed by the pages
 * that need no database.  The lock is held. */
static int64_t patience_ends_ms(const struct sm_db_pool *pool, int64_t start_ms)
{
    int64_t own = start_ms + pool->wait_ms;
    int64_t stuck = pool->moved_ms + pool->wait_ms / 2;

    return own < stuck ? own : stuck;
}

static void unlink_waiter(struct sm_db_pool *pool,
                          const struct sm_db_waiter *gone)
{
    struct sm_db_waiter **link = &pool->first_waiter;

    while (*link && *link != gone)
        link = &(*link)->next;
    if (*link)
        *link = gone->next;
}

/* Queue up and sleep until give() hands over a slot; the lock is held.  A
 * slot goes to who waits longest, never to a thread that comes by just when
 * it is free: under load that one would be the thread that returned it. */
static struct sm_db *wait_for_slot(struct sm_db_pool *pool)
{
    struct sm_db_waiter self = {0}, **link = &pool->first_waiter;
    int64_t start_ms = sm_clock_mono_ms(), until_ms;

    if (start_ms >= patience_ends_ms(pool, start_ms) ||
        pthread_cond_init(&self.handed, &pool->monotonic) != 0)
        return NULL;
    while (*link)
        link = &(*link)->next;
    *link = &self;
    atomic_fetch_add(&pool->waiting, 1);
    sm_metric_add(SM_METRIC_DB_WAITING, 1);
    while (!self.db &&
           (until_ms = patience_ends_ms(pool, start_ms)) > sm_clock_mono_ms()) {
        const struct timespec until = instant(until_ms);

        pthread_cond_timedwait(&self.handed, &pool->lock, &until);
    }
    atomic_fetch_sub(&pool->waiting, 1);
    sm_metric_add(SM_METRIC_DB_WAITING, -1);
    if (!self.db)
        unlink_waiter(pool, &self);
    pthread_cond_destroy(&self.handed);
    return self.db;
}

static struct sm_db *take(struct sm_db_pool *pool)
{
    struct sm_db *db;

    pthread_mutex_lock(&pool->lock);
    if (pool->nidle > 0)
        db = pool->idle[--pool->nidle];
    else if (pool->nempty > 0)
        db = pool->empty[--pool->nempty];
    else
        db = wait_for_slot(pool);
    if (db && pool->nidle + pool->nempty == 0)
        pool->moved_ms = sm_clock_mono_ms();
    pthread_mutex_unlock(&pool->lock);
    if (db) {
        atomic_fetch_add(&pool->in_use, 1);
        sm_metric_add(SM_METRIC_DB_IN_USE, 1);
    }
    return db;
}

static void give(struct sm_db *db)
{
    struct sm_db_pool *pool = db->pool;
    struct sm_db_waiter *waiter;

    atomic_fetch_sub(&pool->in_use, 1);
    sm_metric_add(SM_METRIC_DB_IN_USE, -1);
    pthread_mutex_lock(&pool->lock);
    waiter = pool->first_waiter;
    if (waiter) {
        pool->first_waiter = waiter->next;
        waiter->db = db;
        pool->moved_ms = sm_clock_mono_ms();
        pthread_cond_signal(&waiter->handed);
    } else if (db->conn) {
        pool->idle[pool->nidle++] = db;
    } else {
        pool->empty[pool->nempty++] = db;
    }
    pthread_mutex_unlock(&pool->lock);
}

/* Nothing is due on an idle connection.  If there is something to read, it
 * is the server's farewell, or not worth telling from one. */
static bool is_healthy(const struct sm_db *db)
{
    struct pollfd fd = {.fd = PQsocket(db->conn), .events = POLLIN};

    return PQstatus(db->conn) == CONNECTION_OK && poll(&fd, 1, 0) == 0;
}

/* True if this thread may try to connect now.  While the server is known to
 * be away, one thread at a time tries, and only after a pause. */
static bool may_connect(struct sm_db_pool *pool, struct sm_error *err)
{
    bool may = true;

    pthread_mutex_lock(&pool->lock);
    if (pool->failing) {
        may = !pool->probing && sm_clock_mono_ms() >= pool->retry_at;
        if (may)
            pool->probing = true;
        else
            sm_error_set(err, SM_UNAVAILABLE, __FILE__, __LINE__,
                         "database is away: %s", pool->why);
    }
    pthread_mutex_unlock(&pool->lock);
    return may;
}

static void note_connect(struct sm_db_pool *pool, bool connected,
                         const char *why)
{
    pthread_mutex_lock(&pool->lock);
    pool->probing = false;
    pool->failing = !connected;
    if (connected) {
        pool->backoff_ms = 0;
    } else {
        sm_copy(pool->why, sizeof(pool->why), why);
        pool->backoff_ms = pool->backoff_ms ? pool->backoff_ms * 2
                                            : BACKOFF_FIRST_MS;
        if (pool->backoff_ms > BACKOFF_MOST_MS)
            pool->backoff_ms = BACKOFF_MOST_MS;
        pool->retry_at = sm_clock_mono_ms() + pool->backoff_ms;
    }
    pthread_mutex_unlock(&pool->lock);
}

static enum sm_status connect_now(struct sm_db *db, struct sm_error *err)
{
    struct sm_error why = {.message = ""};
    enum sm_status status = sm_db_connect(db, &why);

    note_connect(db->pool, status == SM_OK, why.message);
    if (status != SM_OK && err)
        *err = why;
    return status;
}

enum sm_status sm_db_get(struct sm_db **out, struct sm_db_pool *pool,
                         struct sm_error *err)
{
    struct sm_db *db;
    enum sm_status status;

    *out = NULL;
    db = take(pool);
    if (!db) {
        atomic_fetch_add(&pool->waits_failed, 1);
        sm_metric_add(SM_METRIC_DB_BUSY, 1);
        return SM_FAIL(err, SM_BUSY, "no free database connection");
    }
    if (db->conn && (sm_db_is_past(db) || !is_healthy(db)))
        sm_db_drop(db);
    if (!db->conn) {
        if (!may_connect(pool, err)) {
            give(db);
            return SM_UNAVAILABLE;
        }
        status = connect_now(db, err);
        if (status != SM_OK) {
            give(db);
            return status;
        }
    }
    db->constraint[0] = '\0';
    db->doubt = false;
    *out = db;
    return SM_OK;
}

void sm_db_put(struct sm_db *db)
{
    if (!db)
        return;
    sm_db_rollback(db);
    if (db->conn && (PQstatus(db->conn) != CONNECTION_OK ||
                     PQtransactionStatus(db->conn) != PQTRANS_IDLE)) {
        sm_db_drop(db);
    } else if (db->conn && (db->retire || sm_db_is_old(db))) {
        PQfinish(db->conn);
        db->conn = NULL;
    }
    give(db);
}

struct sm_db_stats sm_db_pool_stats(struct sm_db_pool *pool)
{
    return (struct sm_db_stats){
        .size = pool->size,
        .in_use = atomic_load(&pool->in_use),
        .waiting = atomic_load(&pool->waiting),
        .waits_failed = atomic_load(&pool->waits_failed),
        .connects = atomic_load(&pool->connects),
        .broken = atomic_load(&pool->broken),
        .queries = atomic_load(&pool->queries),
    };
}
