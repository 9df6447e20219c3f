/* The shared connection: reads that need no transaction of their own travel
 * on it behind each other, each before its own Sync, so that a backend of the
 * server that is woken once answers several, its caches warm.
 *
 * Who asks sends under the lock and waits.  One of those who wait, the
 * leader, reads what comes and gives each its answer; when it has its own, it
 * leaves that to the one who now waits longest.  Only the leader, or who is
 * alone, closes the connection: nobody else may be in poll() on it.
 *
 * It is an extra.  While there is none, or the answer before ours is late, a
 * read borrows a connection of the pool.  One whose answer was lost with the
 * connection is asked again on one of the pool, since a read can be repeated:
 * also where those before it, each within its own time, took the time of all.
 * Only a server that says nothing for a statement's whole time is given up. */
#include "db/internal.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/metrics.h"

enum {
    LATE_MS = 25, /* an answer that takes longer holds up nobody who comes */
    TRIES = 3     /* of a read whose connection went before the answer */
};

/* One read on its way; lives on the stack of who asks.  DONE and LEADS are
 * guarded by its own lock, so that who is woken meets nobody at the lock of
 * all. */
struct sm_db_ask {
    const struct sm_stmt *stmt;
    struct sm_error *err;
    PGresult *result;
    enum sm_status status;
    bool again;    /* the connection's fault: worth another try */
    bool answered; /* no longer among those who wait */
    int64_t sent_ms;
    int64_t first_ms; /* since when the server is at it */
    struct sm_db_ask *next;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool done;  /* what stands above is final */
    bool leads; /* it is to read from now on */
};

bool sm_db_share_open(struct sm_db_pool *pool)
{
    pthread_mutexattr_t attr;
    bool good;

    pool->share.db.pool = pool;
    if (pthread_mutexattr_init(&attr) != 0)
        return false;
    /* held for the length of a send(): worth a moment's spinning */
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ADAPTIVE_NP);
    good = pthread_mutex_init(&pool->share.lock, &attr) == 0;
    pthread_mutexattr_destroy(&attr);
    return good;
}

void sm_db_share_close(struct sm_db_pool *pool)
{
    PQfinish(pool->share.db.conn);
    pthread_mutex_destroy(&pool->share.lock);
}

static bool ask_open(struct sm_db_ask *ask, const struct sm_db_pool *pool)
{
    if (pthread_mutex_init(&ask->lock, NULL) != 0)
        return false;
    if (pthread_cond_init(&ask->woken, &pool->monotonic) == 0)
        return true;
    pthread_mutex_destroy(&ask->lock);
    return false;
}

static void ask_close(struct sm_db_ask *ask)
{
    pthread_cond_destroy(&ask->woken);
    pthread_mutex_destroy(&ask->lock);
}

/* Raise FLAG of ASK, which may be gone as soon as it is seen. */
static void wake(struct sm_db_ask *ask, bool *flag)
{
    pthread_mutex_lock(&ask->lock);
    *flag = true;
    pthread_cond_signal(&ask->woken);
    pthread_mutex_unlock(&ask->lock);
}

/* The first who waits has its answer; it is told later. */
static void answer(struct sm_db_share *share)
{
    struct sm_db_ask *ask = share->first;

    share->first = ask->next;
    if (share->first)
        share->first->first_ms = sm_clock_mono_ms();
    else
        share->last = NULL;
    ask->next = share->ready;
    ask->answered = true;
    share->ready = ask;
}

/* Wake those who have their answer, without the lock. */
static void deliver(struct sm_db_ask *ready)
{
    while (ready) {
        struct sm_db_ask *ask = ready;

        ready = ask->next;
        wake(ask, &ask->done);
    }
}

static struct sm_db_ask *take_ready(struct sm_db_share *share)
{
    struct sm_db_ask *ready = share->ready;

    share->ready = NULL;
    return ready;
}

/* The connection is of no use any more: nobody will be answered on it. */
static void give_up(struct sm_db_share *share)
{
    bool silent = share->first && sm_clock_mono_ms() - share->first->first_ms >=
                                      share->db.pool->query_ms;

    while (share->first) {
        struct sm_db_ask *ask = share->first;

        if (ask->status == SM_OK)
            ask->status = SM_FAIL(ask->err, SM_UNAVAILABLE,
                                  "%s: connection lost", ask->stmt->name);
        ask->again = !silent;
        answer(share);
    }
    sm_db_drop(&share->db);
    share->cut = share->closing = false;
}

/* Take what belongs to the first who waits.  False if it is out of step. */
static bool take_result(struct sm_db_share *share, PGresult *result)
{
    struct sm_db_ask *ask = share->first;
    bool known = true, kept = false;

    switch ((int)PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
        kept = !ask->result;
        if (kept)
            ask->result = result;
        break;
    case PGRES_FATAL_ERROR:
        if (ask->status == SM_OK)
            ask->status =
                sm_db_failure(&share->db, ask->stmt->name, result, ask->err);
        ask->again |= share->db.stale;
        share->closing |= share->db.stale || share->db.retire;
        break;
    case PGRES_COMMAND_OK:
    case PGRES_PIPELINE_ABORTED:
        break;
    case PGRES_PIPELINE_SYNC:
        answer(share);
        break;
    default:
        known = false;
        break;
    }
    if (!kept)
        PQclear(result);
    return known;
}

/* Take all that has come.  False if the connection is of no use. */
static bool take_results(struct sm_db_share *share)
{
    PGconn *conn = share->db.conn;
    int ends = 0; /* of a command's results; two running: out of step */

    while (share->first && !PQisBusy(conn)) {
        PGresult *result = PQgetResult(conn);

        ends = result ? 0 : ends + 1;
        if (ends > 1 || (result && !take_result(share, result)))
            return false;
    }
    return PQstatus(conn) == CONNECTION_OK;
}

/* Give out what has come, and wait for more, both without the lock.  False if
 * nothing came before DEADLINE. */
static bool wait_for_more(struct sm_db_share *share, int64_t deadline)
{
    PGconn *conn = share->db.conn;
    struct sm_db_ask *ready = take_ready(share);
    int unsent = PQflush(conn);
    short events = unsent > 0 ? POLLIN | POLLOUT : POLLIN;
    bool more;

    pthread_mutex_unlock(&share->lock);
    deliver(ready);
    more = unsent >= 0 && sm_db_wait(conn, events, deadline);
    pthread_mutex_lock(&share->lock);
    /* A failure here is kept by libpq and comes as a result. */
    return more && (PQconsumeInput(conn) || !PQisBusy(conn));
}

/* Read answers until SELF has its own, then let the next one read.  The lock
 * is held, and given back. */
static void lead(struct sm_db_share *share, const struct sm_db_ask *self,
                 int64_t deadline)
{
    struct sm_db_ask *ready, *next;

    while (!self->answered) {
        if (!share->cut && !take_results(share))
            share->cut = true;
        if (share->cut)
            give_up(share);
        else if (!self->answered && !wait_for_more(share, deadline))
            share->cut = true;
    }
    next = share->first;
    share->led = next != NULL;
    if (!next && share->closing) {
        PQfinish(share->db.conn);
        share->db.conn = NULL;
        share->closing = false;
    }
    ready = take_ready(share);
    pthread_mutex_unlock(&share->lock);
    if (next)
        wake(next, &next->leads);
    deliver(ready);
}

/* Nothing came before the deadline: have the leader close the connection. */
static void cut(struct sm_db_share *share)
{
    pthread_mutex_lock(&share->lock);
    if (share->db.conn && share->first) {
        share->cut = true;
        shutdown(PQsocket(share->db.conn), SHUT_RDWR);
    }
    pthread_mutex_unlock(&share->lock);
}

/* Wait for the answer, or until it is SELF's turn to read: true then. */
static bool follow(struct sm_db_share *share, struct sm_db_ask *self,
                   int64_t deadline)
{
    const struct timespec until = {
        .tv_sec = deadline / 1000,
        .tv_nsec = deadline % 1000 * 1000000,
    };
    bool late = false, leads;

    pthread_mutex_lock(&self->lock);
    while (!self->done && !self->leads) {
        if (late) { /* the leader has been told */
            pthread_cond_wait(&self->woken, &self->lock);
        } else if (pthread_cond_timedwait(&self->woken, &self->lock, &until) ==
                   ETIMEDOUT) {
            late = true;
            pthread_mutex_unlock(&self->lock);
            cut(share);
            pthread_mutex_lock(&self->lock);
        }
    }
    leads = !self->done;
    pthread_mutex_unlock(&self->lock);
    return leads;
}

/* Wait for the answer, reading for all if nobody else does.  The lock is
 * held, and given back. */
static void wait_for_answer(struct sm_db_share *share, struct sm_db_ask *self)
{
    int64_t deadline = self->sent_ms + share->db.pool->query_ms +
                       SM_DB_GRACE_MS;
    bool leads = !share->led;

    if (leads) {
        share->led = true;
    } else {
        pthread_mutex_unlock(&share->lock);
        leads = follow(share, self, deadline);
        if (!leads)
            return;
        pthread_mutex_lock(&share->lock);
    }
    lead(share, self, deadline);
}

/* May another read go onto the connection now? */
static bool is_open(struct sm_db_share *share, int64_t now)
{
    if (!share->db.conn || share->cut || share->closing)
        return false;
    if (sm_db_is_past(&share->db) || sm_db_is_old(&share->db))
        share->closing = true; /* by who is the last to read */
    if (share->first)
        return !share->closing && now - share->first->sent_ms <= LATE_MS;
    if (!share->closing)
        return true;
    PQfinish(share->db.conn);
    share->db.conn = NULL;
    share->closing = false;
    return false;
}

/* Queue it at the server.  What is prepared here counts as known at once: the
 * next one may be sent before the answer. */
static bool send_ask(struct sm_db_share *share, const struct sm_db_ask *ask,
                     const struct sm_db_params *params)
{
    struct sm_db_batch batch = {.db = &share->db};

    if (!sm_db_batch_send(&batch, ask->stmt, params))
        return false;
    sm_db_batch_note(&batch);
    return PQpipelineSync(share->db.conn) && PQflush(share->db.conn) >= 0;
}

static void enqueue(struct sm_db_share *share, struct sm_db_ask *ask)
{
    ask->first_ms = ask->sent_ms;
    if (share->last)
        share->last->next = ask;
    else
        share->first = ask;
    share->last = ask;
}

/* Ask on the shared connection.  False if that is not to be had now. */
static bool ask_shared(struct sm_db_pool *pool, struct sm_db_ask *ask,
                       const struct sm_db_params *params)
{
    struct sm_db_share *share = &pool->share;

    if (!ask_open(ask, pool))
        return false;
    pthread_mutex_lock(&share->lock);
    ask->sent_ms = sm_clock_mono_ms();
    if (!is_open(share, ask->sent_ms)) {
        pthread_mutex_unlock(&share->lock);
        ask_close(ask);
        return false;
    }
    enqueue(share, ask);
    if (!send_ask(share, ask, params)) {
        share->cut = true;
        shutdown(PQsocket(share->db.conn), SHUT_RDWR);
    }
    wait_for_answer(share, ask);
    ask_close(ask);
    atomic_fetch_add_explicit(&pool->queries, 1, memory_order_relaxed);
    sm_metric_add(SM_METRIC_DB_TRIPS, 1);
    return true;
}

/* Make the connection DB, which has just served well, the shared one if there
 * is none. */
static void hand_over(struct sm_db *db)
{
    struct sm_db_share *share = &db->pool->share;

    pthread_mutex_lock(&share->lock);
    if (!share->db.conn && db->conn && !db->retire && !db->stale) {
        share->db = *db;
        sm_db_listen(&share->db);
        db->conn = NULL;
    }
    pthread_mutex_unlock(&share->lock);
}

/* What one try came to: *LOST if the connection went before the answer, and
 * not because the server was silent. */
static enum sm_status ask_alone(struct sm_rows **out, struct sm_db_pool *pool,
                                struct sm_arena *arena,
                                const struct sm_stmt *stmt,
                                const struct sm_arg *args, bool *lost,
                                struct sm_error *err)
{
    struct sm_db *db;
    enum sm_status status = sm_db_get(&db, pool, err);
    int64_t began = sm_clock_mono_ms();

    if (status != SM_OK)
        return status;
    status = sm_db_query(out, db, arena, stmt, args, err);
    *lost = status == SM_UNAVAILABLE && !db->conn &&
            sm_clock_mono_ms() - began < pool->query_ms;
    if (status == SM_OK && pool->shared)
        hand_over(db);
    sm_db_put(db);
    return status;
}

/* The same where it may be shared, which it is not once it was *LOST. */
static enum sm_status ask_once(struct sm_rows **out, struct sm_db_pool *pool,
                               struct sm_arena *arena,
                               const struct sm_stmt *stmt,
                               const struct sm_arg *args, bool *lost,
                               struct sm_error *err)
{
    struct sm_db_ask ask = {.stmt = stmt, .err = err, .status = SM_OK};
    struct sm_db_params params;
    enum sm_status status = sm_db_bind(&params, stmt, args, err);

    if (status != SM_OK) {
        *lost = false;
        return status;
    }
    if (!pool->shared || *lost || !ask_shared(pool, &ask, &params)) {
        *lost = false;
        return ask_alone(out, pool, arena, stmt, args, lost, err);
    }
    if (ask.status == SM_OK && ask.result)
        return sm_rows_take(out, arena, stmt, ask.result, err);
    PQclear(ask.result);
    *lost = ask.again;
    if (ask.status == SM_OK)
        return SM_FAIL(err, SM_INTERNAL, "%s: no answer", stmt->name);
    return ask.status;
}

enum sm_status sm_db_read(struct sm_rows **out, struct sm_db_pool *pool,
                          struct sm_arena *arena, const struct sm_stmt *stmt,
                          const struct sm_arg *args, struct sm_error *err)
{
    enum sm_status status;
    bool lost = false;
    int tries = 0;

    if (out)
        *out = NULL;
    do
        status = ask_once(out, pool, arena, stmt, args, &lost, err);
    while (lost && ++tries < TRIES);
    return status;
}
