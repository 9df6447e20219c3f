/* Scripts and COPY: the operator's program only.  Both leave pipeline mode
 * for as long as they last. */
#include "db/internal.h"

#include <limits.h>
#include <poll.h>
#include <stdio.h>

#include "base/clock.h"

/* The server may be behind with the rows when the last has been sent. */
enum { COPY_END_MS = 60 * 1000 };

static enum sm_status leave_pipeline(struct sm_db *db, struct sm_error *err)
{
    return PQexitPipelineMode(db->conn) ? SM_OK : sm_db_lost(db, err);
}

static enum sm_status enter_pipeline(struct sm_db *db, struct sm_error *err)
{
    return PQenterPipelineMode(db->conn) ? SM_OK : sm_db_lost(db, err);
}

/* Send a BEGIN that is still wanted, alone. */
static enum sm_status open_now(struct sm_db *db, struct sm_error *err)
{
    struct sm_db_batch batch;
    PGresult *result = NULL;
    enum sm_status status;

    if (db->tx != SM_DB_TX_WANTED)
        return SM_OK;
    status = sm_db_batch_open(&batch, db, err);
    if (status == SM_OK)
        status = sm_db_batch_run(&result, &batch, err);
    PQclear(result);
    db->tx = status == SM_OK ? SM_DB_TX_OPEN : SM_DB_TX_NONE;
    return status;
}

/* Let statements take LIMIT_MS on the server, 0 for ever, until set again. */
static enum sm_status set_limits(struct sm_db *db, int limit_ms,
                                 struct sm_error *err)
{
    bool inside = db->tx == SM_DB_TX_OPEN;
    char sql[128];

    snprintf(sql, sizeof(sql), "SET %s statement_timeout = %d%s",
             inside ? "LOCAL" : "SESSION", limit_ms,
             inside ? "" : "; SET default_transaction_read_only = off");
    return sm_db_simple(db, sql, sm_db_deadline(db), err);
}

static void note_failure(struct sm_db *db, enum sm_status status)
{
    if (db->tx != SM_DB_TX_OPEN)
        return;
    db->tx = SM_DB_TX_FAILED;
    db->failure = status;
}

enum sm_status sm_db_script(struct sm_db *db, const char *sql, int deadline_ms,
                            struct sm_error *err)
{
    int64_t deadline = sm_clock_mono_ms() + deadline_ms;
    enum sm_status status, restored = SM_OK;

    db->constraint[0] = '\0';
    status = sm_db_usable(db, err);
    if (status == SM_OK)
        status = open_now(db, err);
    if (status != SM_OK)
        return status;
    /* A script may change what prepared statements and the session rest on:
     * the connection is not kept beyond this borrower. */
    db->stale = db->retire = true;
    status = leave_pipeline(db, err);
    if (status == SM_OK)
        status = set_limits(db, deadline_ms, err);
    if (status == SM_OK)
        status = sm_db_simple(db, sql, deadline + SM_DB_GRACE_MS, err);
    if (status != SM_OK)
        note_failure(db, status);
    if (!db->conn)
        return status;
    if (PQtransactionStatus(db->conn) == PQTRANS_IDLE)
        restored = sm_db_session(db, status == SM_OK ? err : NULL);
    else if (db->tx == SM_DB_TX_OPEN)
        restored = set_limits(db, db->pool->query_ms, err);
    if (restored == SM_OK)
        restored = enter_pipeline(db, status == SM_OK ? err : NULL);
    return status != SM_OK ? status : restored;
}

enum sm_status sm_db_copy_begin(struct sm_db *db, const struct sm_stmt *stmt,
                                struct sm_error *err)
{
    int64_t deadline = sm_db_deadline(db);
    PGresult *result;
    enum sm_status status;

    db->constraint[0] = '\0';
    status = sm_db_usable(db, err);
    if (status == SM_OK)
        status = open_now(db, err);
    if (status != SM_OK)
        return status;
    if (db->tx != SM_DB_TX_OPEN)
        return SM_FAIL(err, SM_INTERNAL, "%s: COPY outside a transaction",
                       stmt->name);
    status = leave_pipeline(db, err);
    if (status == SM_OK)
        status = set_limits(db, 0, err); /* rows may come for minutes */
    if (status != SM_OK)
        return status;
    if (!PQsendQuery(db->conn, stmt->sql))
        return sm_db_lost(db, err);
    status = sm_db_flush(db, deadline, err);
    if (status == SM_OK)
        status = sm_db_next(&result, db, deadline, err);
    if (status != SM_OK)
        return status;
    if (result && PQresultStatus(result) == PGRES_COPY_IN) {
        db->copying = true;
    } else {
        status = result ? sm_db_failure(db, stmt->name, result, err)
                        : SM_INTERNAL;
        note_failure(db, status);
        sm_db_drop(db);
    }
    PQclear(result);
    return status;
}

enum sm_status sm_db_copy_send(struct sm_db *db, const char *data, size_t len,
                               struct sm_error *err)
{
    int64_t deadline = sm_db_deadline(db);

    if (!db->copying)
        return SM_FAIL(err, SM_INTERNAL, "COPY is not begun");
    if (len > INT_MAX)
        return SM_FAIL(err, SM_INTERNAL, "COPY: chunk too long");
    for (;;) {
        int queued = PQputCopyData(db->conn, data, (int)len);

        if (queued > 0)
            return sm_db_flush(db, deadline, err);
        if (queued < 0 || !sm_db_wait(db->conn, POLLOUT, deadline))
            return sm_db_lost(db, err);
    }
}

/* Read what the server says to the end of a COPY. */
static enum sm_status copy_result(struct sm_db *db, int64_t deadline,
                                  struct sm_error *err)
{
    enum sm_status status, first = SM_OK;
    PGresult *result;

    for (;;) {
        status = sm_db_next(&result, db, deadline, err);
        if (status != SM_OK || !result)
            return first != SM_OK ? first : status;
        if (PQresultStatus(result) != PGRES_COMMAND_OK && first == SM_OK)
            first = sm_db_failure(db, "copy", result, err);
        PQclear(result);
    }
}

enum sm_status sm_db_copy_end(struct sm_db *db, struct sm_error *err)
{
    int64_t deadline = sm_clock_mono_ms() + COPY_END_MS;
    enum sm_status status;
    int ended;

    if (!db->copying)
        return SM_FAIL(err, SM_INTERNAL, "COPY is not begun");
    while ((ended = PQputCopyEnd(db->conn, NULL)) == 0)
        if (!sm_db_wait(db->conn, POLLOUT, deadline))
            return sm_db_lost(db, err);
    if (ended < 0)
        return sm_db_lost(db, err);
    status = sm_db_flush(db, deadline, err);
    if (status == SM_OK)
        status = copy_result(db, deadline, err);
    db->copying = false;
    if (status == SM_OK)
        status = set_limits(db, db->pool->query_ms, err);
    if (status != SM_OK)
        note_failure(db, status);
    if (db->conn && enter_pipeline(db, NULL) != SM_OK)
        status = SM_UNAVAILABLE;
    return status;
}
