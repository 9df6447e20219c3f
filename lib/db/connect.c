/* Opening a connection: host by host under one deadline, then the session's
 * defaults. */
#include "db/internal.h"

#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/metrics.h"
#include "base/text.h"

/* The INDEX-th element of a comma separated LIST into OUT; the last one
 * stands for all that follow (one port for several hosts). */
static void list_item(char *out, size_t size, const char *list, int index)
{
    size_t len = 0;

    if (list) {
        const char *comma;

        while (index-- > 0 && (comma = strchr(list, ',')))
            list = comma + 1;
        len = strcspn(list, ",");
        if (len >= size)
            len = size - 1;
        memcpy(out, list, len);
    }
    out[len] = '\0';
}

/* A warning while COMMIT runs means that the server gave up waiting for its
 * synchronous standby: the transaction is there, but may be lost with this
 * machine.  The text is translated and the SQLSTATE is the general one, so
 * every warning of these classes counts; ours raise none at commit. */
static void on_notice(void *arg, const PGresult *result)
{
    struct sm_db *db = arg;
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *level =
        PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);

    if (!db->committing || !state || !level || strcmp(level, "WARNING") != 0)
        return;
    if (strncmp(state, "01", 2) == 0 || strncmp(state, "57", 2) == 0)
        db->doubt = true;
}

void sm_db_listen(struct sm_db *db)
{
    PQsetNoticeReceiver(db->conn, on_notice, db);
}

static PGconn *start(const struct sm_db_pool *pool, int index)
{
    char host[256], hostaddr[64], port[16], patience[16];
    bool several = pool->nhosts > 1;
    const char *keys[] = {"user",
                          "passfile",
                          "fallback_application_name",
                          "gssencmode",
                          "tcp_user_timeout",
                          "keepalives_idle",
                          "dbname",
                          "client_encoding",
                          "host",
                          "hostaddr",
                          "port",
                          NULL};
    const char *values[] = {pool->user,     pool->passfile, pool->program,
                            "disable",      patience,       "30",
                            pool->conninfo, "UTF8",         host,
                            hostaddr,       port,           NULL};

    list_item(host, sizeof(host), several ? pool->host : NULL, index);
    list_item(hostaddr, sizeof(hostaddr), several ? pool->hostaddr : NULL,
              index);
    list_item(port, sizeof(port), several ? pool->port : NULL, index);
    snprintf(patience, sizeof(patience), "%d", pool->query_ms + SM_DB_GRACE_MS);
    /* Later entries win and empty ones count for nothing: what precedes
     * dbname are defaults, what follows overrides it. */
    return PQconnectStartParams(keys, values, 1);
}

/* Drive the handshake to its end. */
static bool handshake(PGconn *conn, int64_t deadline)
{
    PostgresPollingStatusType step = PGRES_POLLING_WRITING;

    if (PQstatus(conn) == CONNECTION_BAD)
        return false;
    while (step != PGRES_POLLING_OK) {
        if (step == PGRES_POLLING_FAILED ||
            !sm_db_wait(conn, step == PGRES_POLLING_READING ? POLLIN : POLLOUT,
                        deadline))
            return false;
        step = PQconnectPoll(conn);
    }
    return true;
}

static enum sm_status connect_host(struct sm_db *db, int index,
                                   int64_t deadline, struct sm_error *err)
{
    enum sm_status status = SM_OK;

    db->conn = start(db->pool, index);
    if (!db->conn)
        return SM_FAIL(err, SM_INTERNAL, "connect: out of memory");
    if (!handshake(db->conn, deadline)) {
        /* The message names host and role at most. */
        status = SM_FAIL(err, SM_UNAVAILABLE, "connect: %.*s",
                         (int)strcspn(PQerrorMessage(db->conn), "\n"),
                         PQerrorMessage(db->conn));
        goto out;
    }
    sm_db_listen(db);
    if (PQsetnonblocking(db->conn, 1) != 0) {
        status = SM_FAIL(err, SM_INTERNAL, "connect: not non-blocking");
        goto out;
    }
    status = sm_db_admit(db, deadline, err);
    if (status == SM_OK && !PQenterPipelineMode(db->conn))
        status = SM_FAIL(err, SM_INTERNAL, "connect: no pipeline mode");
out:
    if (status != SM_OK) {
        PQfinish(db->conn);
        db->conn = NULL;
    }
    return status;
}

enum sm_status sm_db_connect(struct sm_db *db, struct sm_error *err)
{
    struct sm_db_pool *pool = db->pool;
    int64_t deadline = sm_clock_mono_ms() + pool->connect_ms;
    int first = atomic_load(&pool->good_host);
    enum sm_status status = SM_UNAVAILABLE;
    bool refused = false;

    db->tx = SM_DB_TX_NONE;
    db->retire = db->stale = db->copying = db->doubt = false;
    db->nprepared = 0;
    memset(db->prepared, 0, sizeof(db->prepared));
    for (int i = 0; i < pool->nhosts && status != SM_OK; i++) {
        int64_t now = sm_clock_mono_ms();
        int index = (first + i) % pool->nhosts;
        struct sm_error why = {.message = ""};

        /* Each host gets a fair share of what is left. */
        status = connect_host(
            db, index, now + (deadline - now) / (pool->nhosts - i), &why);
        if (status == SM_OK)
            atomic_store(&pool->good_host, index);
        else if (err && !refused) /* a refusal tells more than a dead host */
            *err = why;
        refused = refused || status == SM_DENIED;
    }
    if (status != SM_OK)
        return SM_UNAVAILABLE;
    db->born_ms = sm_clock_mono_ms();
    atomic_fetch_add_explicit(&pool->connects, 1, memory_order_relaxed);
    sm_metric_add(SM_METRIC_DB_CONNECTS, 1);
    return SM_OK;
}

void sm_db_drop(struct sm_db *db)
{
    if (!db->conn)
        return;
    PQfinish(db->conn);
    db->conn = NULL;
    db->copying = false;
    atomic_fetch_add_explicit(&db->pool->broken, 1, memory_order_relaxed);
    sm_metric_add(SM_METRIC_DB_BROKEN, 1);
}
