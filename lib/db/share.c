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
 * read borrows a connection of the pool; so does one whose answer was lost
 * with the connection: a read can be repeated. */
#include "db/internal.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>

#include "base/clock.h"
#include "base/metrics.h"

/* An answer that takes longer holds up nobody who comes later. */
enum { LATE_MS = 25 };

/* One read on its way; lives on the stack of who asks. */
struct sm_db_ask {
    const struct sm_stmt *stmt;
    struct sm_error *err;
    PGresult *result;
    enum sm_status status;
    bool done;
    bool again; /* the connection's fault: worth a second try */
    int64_t sent_ms;
    pthread_cond_t woken;
    struct sm_db_ask *next;
};

bool sm_db_share_open(struct sm_db_pool *pool)
{
    pool->share.db.pool = pool;
    return pthread_mutex_init(&pool->share.lock, NULL) == 0;
}

void sm_db_share_close(struct sm_db_pool *pool)
{
    PQfinish(pool->share.db.conn);
    pthread_mutex_destroy(&pool->share.lock);
}

static void answer(struct sm_db_share *share)
{
    struct sm_db_ask *ask = share->first;

    share->first = ask->next;
    if (!share->first)
        share->last = NULL;
    ask->done = true;
    pthread_cond_signal(&ask->woken);
}

/* The connection is of no use any more: nobody will be answered on it. */
static void give_up(struct sm_db_share *share)
{
    while (share->first) {
        struct sm_db_ask *ask = share->first;

        if (ask->status == SM_OK)
            ask->status = SM_FAIL(ask->err, SM_UNAVAILABLE,
                                  "%s: connection lost", ask->stmt->name);
        ask->again = true;
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

/* Give out all that has come.  False if the connection is of no use. */
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

/* Wait until there is something to read, without the lock.  False if nothing
 * came before DEADLINE. */
static bool wait_for_more(struct sm_db_share *share, int64_t deadline)
{
    PGconn *conn = share->db.conn;
    int unsent = PQflush(conn);
    short events = unsent > 0 ? POLLIN | POLLOUT : POLLIN;
    bool ready;

    if (unsent < 0)
        return false;
    pthread_mutex_unlock(&share->lock);
    ready = sm_db_wait(conn, events, deadline);
    pthread_mutex_lock(&share->lock);
    /* A failure here is kept by libpq and comes as a result. */
    return ready && (PQconsumeInput(conn) || !PQisBusy(conn));
}

/* Read answers until SELF has its own. */
static void lead(struct sm_db_share *share, const struct sm_db_ask *self,
                 int64_t deadline)
{
    share->led = true;
    while (!self->done) {
        if (!share->cut && !take_results(share))
            share->cut = true;
        if (share->cut)
            give_up(share);
        else if (!self->done && !wait_for_more(share, deadline))
            share->cut = true;
    }
    share->led = false;
    if (share->first) {
        pthread_cond_signal(&share->first->woken);
    } else if (share->closing) {
        PQfinish(share->db.conn);
        share->db.conn = NULL;
        share->closing = false;
    }
}

/* Wait for the answer, reading for all if nobody else does. */
static void wait_for_answer(struct sm_db_share *share, struct sm_db_ask *self)
{
    int64_t deadline = self->sent_ms + share->db.pool->query_ms +
                       SM_DB_GRACE_MS;
    struct timespec until = {
        .tv_sec = deadline / 1000,
        .tv_nsec = deadline % 1000 * 1000000,
    };

    while (!self->done) {
        if (!share->led) {
            lead(share, self, deadline);
        } else if (share->cut) { /* the leader has been told */
            pthread_cond_wait(&self->woken, &share->lock);
        } else if (pthread_cond_timedwait(&self->woken, &share->lock, &until) ==
                       ETIMEDOUT &&
                   !self->done && share->led) {
            share->cut = true;
            shutdown(PQsocket(share->db.conn), SHUT_RDWR);
        }
    }
}

/* May another read go onto the connection now? */
static bool is_open(struct sm_db_share *share, int64_t now)
{
    if (!share->db.conn || share->cut || share->closing)
        return false;
    if (sm_db_is_past(&share->db)) /* closed by who is the last to read */
        share->closing = true;
    if (share->closing && share->first)
        return false;
    if (share->first)
        return now - share->first->sent_ms <= LATE_MS;
    if (!share->closing && now - share->db.born_ms <= SM_DB_LIFE_MS)
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

/* Ask on the shared connection.  False if that is not to be had now. */
static bool ask_shared(struct sm_db_pool *pool, struct sm_db_ask *ask,
                       const struct sm_db_params *params)
{
    struct sm_db_share *share = &pool->share;
    bool open;

    pthread_mutex_lock(&share->lock);
    ask->sent_ms = sm_clock_mono_ms();
    open = is_open(share, ask->sent_ms) &&
           pthread_cond_init(&ask->woken, &pool->monotonic) == 0;
    if (open) {
        if (share->last)
            share->last->next = ask;
        else
            share->first = ask;
        share->last = ask;
        atomic_fetch_add_explicit(&pool->queries, 1, memory_order_relaxed);
        sm_metric_add(SM_METRIC_DB_TRIPS, 1);
        if (!send_ask(share, ask, params)) {
            share->cut = true;
            if (share->led)
                shutdown(PQsocket(share->db.conn), SHUT_RDWR);
        }
        wait_for_answer(share, ask);
        pthread_cond_destroy(&ask->woken);
    }
    pthread_mutex_unlock(&share->lock);
    return open;
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

static enum sm_status ask_alone(struct sm_rows **out, struct sm_db_pool *pool,
                                struct sm_arena *arena,
                                const struct sm_stmt *stmt,
                                const struct sm_arg *args, struct sm_error *err)
{
    struct sm_db *db;
    enum sm_status status = sm_db_get(&db, pool, err);

    if (status != SM_OK)
        return status;
    status = sm_db_query(out, db, arena, stmt, args, err);
    if (status == SM_OK && pool->shared)
        hand_over(db);
    sm_db_put(db);
    return status;
}

enum sm_status sm_db_read(struct sm_rows **out, struct sm_db_pool *pool,
                          struct sm_arena *arena, const struct sm_stmt *stmt,
                          const struct sm_arg *args, struct sm_error *err)
{
    struct sm_db_ask ask = {.stmt = stmt, .err = err, .status = SM_OK};
    struct sm_db_params params;
    enum sm_status status;

    if (out)
        *out = NULL;
    status = sm_db_bind(&params, stmt, args, err);
    if (status != SM_OK)
        return status;
    if (!pool->shared || !ask_shared(pool, &ask, &params))
        return ask_alone(out, pool, arena, stmt, args, err);
    if (ask.status == SM_OK && ask.result)
        return sm_rows_take(out, arena, stmt, ask.result, err);
    PQclear(ask.result);
    /* Only if it failed soon, so that no wait is doubled. */
    if (ask.again && sm_clock_mono_ms() - ask.sent_ms < SM_DB_GRACE_MS)
        return ask_alone(out, pool, arena, stmt, args, err);
    return ask.status != SM_OK
               ? ask.status
               : SM_FAIL(err, SM_INTERNAL, "%s: no answer", stmt->name);
}
