/* Statements and transactions on a borrowed connection. */
#include "db/internal.h"

#include <string.h>

#include "base/metrics.h"

enum sm_status sm_db_usable(const struct sm_db *db, struct sm_error *err)
{
    if (!db->conn)
        return SM_FAIL(err, SM_UNAVAILABLE, "connection lost before");
    if (db->copying)
        return SM_FAIL(err, SM_INTERNAL, "COPY is not ended");
    if (db->tx == SM_DB_TX_FAILED)
        return SM_FAIL(err, db->failure, "transaction failed before");
    return SM_OK;
}

/* A statement inside a transaction failed: only a rollback helps. */
static void note_failure(struct sm_db *db, enum sm_status status)
{
    if (db->tx != SM_DB_TX_OPEN && db->tx != SM_DB_TX_WANTED)
        return;
    db->tx = SM_DB_TX_FAILED;
    db->failure = status;
}

static enum sm_status run(PGresult **out, struct sm_db *db,
                          const struct sm_stmt *stmt,
                          const struct sm_db_params *params,
                          struct sm_error *err)
{
    struct sm_db_batch batch;
    enum sm_status status;

    *out = NULL;
    db->constraint[0] = '\0';
    status = sm_db_batch_open(&batch, db, err);
    if (status == SM_OK)
        status = sm_db_batch_add(&batch, stmt, params, err);
    if (status == SM_OK)
        status = sm_db_batch_run(out, &batch, err);
    if (status != SM_OK)
        note_failure(db, status);
    else if (db->tx == SM_DB_TX_WANTED)
        db->tx = SM_DB_TX_OPEN;
    return status;
}

enum sm_status sm_db_query(struct sm_rows **out, struct sm_db *db,
                           struct sm_arena *arena, const struct sm_stmt *stmt,
                           const struct sm_arg *args, struct sm_error *err)
{
    struct sm_db_params params;
    PGresult *result;
    enum sm_status status;
    enum sm_db_tx before = db->tx;

    if (out)
        *out = NULL;
    status = sm_db_usable(db, err);
    if (status == SM_OK)
        status = sm_db_bind(&params, stmt, args, err);
    if (status != SM_OK)
        return status;
    status = run(&result, db, stmt, &params, err);
    /* A statement prepared before its tables changed.  As long as the
     * transaction holds nothing else, it can be prepared and run again. */
    if (status == SM_CONFLICT && db->stale && before != SM_DB_TX_OPEN) {
        sm_db_rollback(db);
        if (before == SM_DB_TX_WANTED)
            sm_db_begin(db);
        status = sm_db_usable(db, err);
        if (status == SM_OK)
            status = run(&result, db, stmt, &params, err);
    }
    if (status != SM_OK)
        return status;
    return sm_rows_take(out, arena, stmt, result, err);
}

void sm_db_begin(struct sm_db *db)
{
    if (db->tx == SM_DB_TX_NONE)
        db->tx = SM_DB_TX_WANTED;
}

void sm_db_rollback(struct sm_db *db)
{
    static const struct sm_stmt rollback = {.name = "sm_rollback",
                                            .sql = "ROLLBACK"};
    struct sm_db_batch batch;
    PGresult *result;
    enum sm_db_tx before = db->tx;

    if (db->copying) /* the server is still in the middle of it */
        sm_db_drop(db);
    db->tx = SM_DB_TX_NONE;
    if (!db->conn || PQtransactionStatus(db->conn) == PQTRANS_IDLE)
        return;
    if (before == SM_DB_TX_NONE || before == SM_DB_TX_WANTED)
        return;
    batch = (struct sm_db_batch){.db = db};
    if (sm_db_batch_add(&batch, &rollback, NULL, NULL) == SM_OK &&
        sm_db_batch_run(&result, &batch, NULL) == SM_OK)
        PQclear(result);
    else
        sm_db_drop(db);
}

/* What the server answered to COMMIT. */
static enum sm_status committed(const struct sm_db *db, PGresult *result,
                                struct sm_error *err)
{
    bool rolled_back = strcmp(PQcmdStatus(result), "COMMIT") != 0;

    PQclear(result);
    if (rolled_back)
        return SM_FAIL(err, SM_INTERNAL, "COMMIT was answered by ROLLBACK");
    if (db->doubt)
        return SM_FAIL(err, SM_UNAVAILABLE,
                       "COMMIT in doubt: the synchronous "
                       "standby was not waited for");
    return SM_OK;
}

/* Send COMMIT and wait.  While it travels, a warning means doubt; whatever
 * ends the wait but the server's word, too. */
static enum sm_status send_commit(struct sm_db *db, struct sm_error *err)
{
    static const struct sm_stmt commit = {.name = "sm_commit", .sql = "COMMIT"};
    struct sm_db_batch batch = {.db = db};
    struct sm_error why = {.message = ""};
    PGresult *result;
    enum sm_status status;

    db->constraint[0] = '\0';
    db->doubt = false;
    db->committing = true;
    status = sm_db_batch_add(&batch, &commit, NULL, &why);
    if (status == SM_OK)
        status = sm_db_batch_run(&result, &batch, &why);
    db->committing = false;
    if (status == SM_OK)
        return committed(db, result, err);
    db->doubt = db->doubt || status == SM_UNAVAILABLE ||
                (status == SM_INTERNAL && !db->conn);
    if (!db->doubt)
        return SM_FAIL(err, status, "%s", why.message);
    return SM_FAIL(err, SM_UNAVAILABLE, "COMMIT in doubt: %s", why.message);
}

enum sm_status sm_db_commit(struct sm_db *db, struct sm_error *err)
{
    enum sm_status status;

    db->doubt = false;
    if (db->tx == SM_DB_TX_NONE || db->tx == SM_DB_TX_WANTED) {
        db->tx = SM_DB_TX_NONE;
        return SM_OK;
    }
    status = sm_db_usable(db, err);
    if (status == SM_OK && sm_db_is_past(db)) {
        sm_db_drop(db); /* the server rolls back */
        status = SM_FAIL(err, SM_UNAVAILABLE,
                         "not committed: a later timeline was seen");
    }
    if (status != SM_OK) {
        sm_db_rollback(db);
        return status;
    }
    status = send_commit(db, err);
    db->tx = SM_DB_TX_NONE; /* whatever was answered has ended it */
    if (db->doubt)
        sm_metric_add(SM_METRIC_DB_DOUBT, 1);
    return status;
}

bool sm_db_in_doubt(const struct sm_db *db)
{
    return db->doubt;
}

const char *sm_db_constraint(const struct sm_db *db)
{
    return db->constraint;
}
