/* What the files of lib/db share; nobody else includes it.
 *
 * A connection is in pipeline mode from connect to close, but for scripts and
 * COPY.  All that has to be said to the server in one call (forget, BEGIN,
 * prepare, execute) is queued in a struct sm_db_batch and travels before one
 * Sync.  Every wait is a poll() with a deadline on the monotonic clock; when
 * it passes, the connection is dropped: PQcancel() would block on a server
 * that does not answer, and statement_timeout ends the query over there. */
#ifndef SM_DB_INTERNAL_H
#define SM_DB_INTERNAL_H

#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>

#include "db/db.h"
#include "db/fence.h"

enum {
    SM_DB_HOSTS_MAX = 8,
    SM_DB_PARAMS_MAX = 64,
    SM_DB_STEPS_MAX = 8,
    SM_DB_PREPARED_SLOTS = 1024, /* a power of two */
    SM_DB_PREPARED_MAX = SM_DB_PREPARED_SLOTS / 4 * 3,
    /* The server ends a statement at query_ms by itself and the connection
     * lives on; only a server that is silent for longer loses it. */
    SM_DB_GRACE_MS = 250,
    SM_DB_TELL_MS = 10 * 1000 /* the log hears of a refused server once in */
};

enum sm_db_tx {
    SM_DB_TX_NONE,
    SM_DB_TX_WANTED, /* BEGIN goes with the next statement */
    SM_DB_TX_OPEN,
    SM_DB_TX_FAILED /* only a rollback is possible */
};

struct sm_db {
    struct sm_db_pool *pool;
    PGconn *conn; /* NULL: not connected, or lost */
    enum sm_db_tx tx;
    enum sm_status failure; /* why tx is FAILED */
    bool retire;            /* close when returned */
    bool stale;             /* forget the prepared statements first */
    bool copying;
    bool committing;   /* COMMIT was sent: a warning means doubt */
    bool doubt;        /* the last COMMIT may or may not have happened */
    uint32_t timeline; /* that its server writes on */
    int64_t born_ms;
    char constraint[64];
    int nprepared;
    const struct sm_stmt *prepared[SM_DB_PREPARED_SLOTS];
};

/* A thread that waits for a slot; lives on its stack. */
struct sm_db_waiter {
    struct sm_db *db; /* what it was given */
    struct sm_db_waiter *next;
    pthread_cond_t handed;
};

/* The connection that reads share, besides those that are borrowed. */
struct sm_db_ask;
struct sm_db_share {
    pthread_mutex_t lock;
    struct sm_db db;                /* conn NULL: none */
    struct sm_db_ask *first, *last; /* not answered, as they were sent */
    struct sm_db_ask *ready;        /* answered, not told yet */
    bool led;                       /* one of them reads */
    bool cut;                       /* the leader is to close it */
    bool closing;                   /* nothing more is sent on it */
};

struct sm_db_pool {
    char *conninfo, *user, *passfile, *program;
    char *host, *hostaddr, *port; /* comma separated lists, or NULL */
    int nhosts;
    int wait_ms, connect_ms, query_ms, life_ms;
    bool require_durable;
    struct sm_fence *fence;
    atomic_int good_host;        /* where the last connect succeeded */
    atomic_int_fast64_t told_ms; /* when the log last heard of a refusal */

    pthread_mutex_t lock; /* guards what follows, to the blank line */
    struct sm_db_waiter *first_waiter; /* the longest waiting one */
    struct sm_db *slots;
    struct sm_db **idle;  /* stack of connected ones: the last used first */
    struct sm_db **empty; /* stack of slots without a connection */
    int nidle, nempty;
    int64_t moved_ms; /* when the last one was taken, or one handed on */
    bool failing;     /* the last connect failed */
    bool probing;     /* one thread is trying again */
    int backoff_ms;   /* pause after the last failure */
    int64_t retry_at; /* no connect before this */
    char why[200];    /* what the last failure said */

    pthread_condattr_t monotonic;
    struct sm_db_share share;
    bool shared; /* reads use it */
    int size;
    atomic_int in_use, waiting;
    atomic_uint_fast64_t waits_failed, connects, broken, queries;
};

/* share.c: the functions that make and release what the pool shares. */
bool sm_db_share_open(struct sm_db_pool *pool) SM_MUSTCHECK;
void sm_db_share_close(struct sm_db_pool *pool);

/* Arguments as libpq wants them. */
struct sm_db_params {
    const char *values[SM_DB_PARAMS_MAX];
    int lengths[SM_DB_PARAMS_MAX];
    int formats[SM_DB_PARAMS_MAX];
    uint8_t scratch[SM_DB_PARAMS_MAX][8];
};

/* Commands that travel before one Sync. */
struct sm_db_batch {
    struct sm_db *db;
    int nsteps;
    struct {
        const struct sm_stmt *stmt;
        bool prepare; /* else run */
    } steps[SM_DB_STEPS_MAX];
};

/* connect.c: open a connection to one of the hosts; drop one. */
enum sm_status sm_db_connect(struct sm_db *db, struct sm_error *err)
    SM_MUSTCHECK;
void sm_db_drop(struct sm_db *db);

/* Have what the server remarks reach DB. */
void sm_db_listen(struct sm_db *db);

/* session.c: set the session's defaults (again, after a script).  At connect
 * the same round trip asks who the server is: SM_DENIED if nothing may be
 * decided on it. */
enum sm_status sm_db_session(struct sm_db *db, struct sm_error *err)
    SM_MUSTCHECK;
enum sm_status sm_db_admit(struct sm_db *db, int64_t deadline,
                           struct sm_error *err) SM_MUSTCHECK;
/* True if a later timeline was seen since DB connected, by any program. */
bool sm_db_is_past(const struct sm_db *db);

/* True if the connection has had its time and is to be renewed. */
bool sm_db_is_old(const struct sm_db *db);

/* wire.c: waiting.  The deadline is an instant of sm_clock_mono_ms(). */
int64_t sm_db_deadline(const struct sm_db *db);
bool sm_db_wait(PGconn *conn, short events, int64_t deadline) SM_MUSTCHECK;
/* Send what is queued; on failure the connection is dropped. */
enum sm_status sm_db_flush(struct sm_db *db, int64_t deadline,
                           struct sm_error *err) SM_MUSTCHECK;
/* The next result, NULL at the end of a command's results; on failure the
 * connection is dropped. */
enum sm_status sm_db_next(PGresult **out, struct sm_db *db, int64_t deadline,
                          struct sm_error *err) SM_MUSTCHECK;
/* Run SQL by the simple protocol, outside pipeline mode. */
enum sm_status sm_db_simple(struct sm_db *db, const char *sql, int64_t deadline,
                            struct sm_error *err) SM_MUSTCHECK;

/* failure.c: the status of a failed result, noting constraint and whether
 * the connection or its statements are to be renewed; and of a lost one. */
enum sm_status sm_db_failure(struct sm_db *db, const char *what,
                             const PGresult *result, struct sm_error *err);
enum sm_status sm_db_lost(struct sm_db *db, struct sm_error *err);

/* params.c */
Oid sm_db_oid(enum sm_type type);
bool sm_db_type_fits(Oid oid, enum sm_type type);
enum sm_status sm_db_bind(struct sm_db_params *params,
                          const struct sm_stmt *stmt, const struct sm_arg *args,
                          struct sm_error *err) SM_MUSTCHECK;

/* batch.c: make BATCH empty and queue what must precede the next statement:
 * nothing, or BEGIN. */
enum sm_status sm_db_batch_open(struct sm_db_batch *batch, struct sm_db *db,
                                struct sm_error *err) SM_MUSTCHECK;
/* Queue STMT, preparing it first if this connection does not know it;
 * PARAMS may be NULL if it has none. */
enum sm_status sm_db_batch_add(struct sm_db_batch *batch,
                               const struct sm_stmt *stmt,
                               const struct sm_db_params *params,
                               struct sm_error *err) SM_MUSTCHECK;
/* The same, but false on failure, and the connection is left as it is. */
bool sm_db_batch_send(struct sm_db_batch *batch, const struct sm_stmt *stmt,
                      const struct sm_db_params *params) SM_MUSTCHECK;
/* Take what BATCH prepares for known before the answer. */
void sm_db_batch_note(const struct sm_db_batch *batch);
/* Sync, wait, and hand out the result of the last command (PQclear it). */
enum sm_status sm_db_batch_run(PGresult **out, struct sm_db_batch *batch,
                               struct sm_error *err) SM_MUSTCHECK;
/* SM_OK if a statement may be sent now. */
enum sm_status sm_db_usable(const struct sm_db *db, struct sm_error *err)
    SM_MUSTCHECK;

/* rows.c: RESULT as rows of STMT, checked; takes RESULT in any case. */
enum sm_status sm_rows_take(struct sm_rows **out, struct sm_arena *arena,
                            const struct sm_stmt *stmt, PGresult *result,
                            struct sm_error *err) SM_MUSTCHECK;

#endif
