/* Commands queued behind each other and answered in one round trip. */
#include "db/internal.h"

#include <stdint.h>
#include <string.h>

#include "base/metrics.h"

static const struct sm_stmt begin = {.name = "sm_begin",
                                     .sql = "BEGIN READ WRITE"};

/* The place of STMT in the table of what the server knows: where it is, or
 * the free place where it would be. */
static size_t prepared_slot(const struct sm_db *db, const struct sm_stmt *stmt)
{
    uint64_t hash = (uint64_t)(uintptr_t)stmt * UINT64_C(0x9E3779B97F4A7C15);
    size_t slot = (size_t)(hash >> 32) & (SM_DB_PREPARED_SLOTS - 1);

    while (db->prepared[slot] && db->prepared[slot] != stmt)
        slot = (slot + 1) & (SM_DB_PREPARED_SLOTS - 1);
    return slot;
}

static void note_prepared(struct sm_db *db, const struct sm_stmt *stmt)
{
    size_t slot = prepared_slot(db, stmt);

    if (db->prepared[slot])
        return;
    db->prepared[slot] = stmt;
    db->nprepared++;
}

static bool push(struct sm_db_batch *batch, const struct sm_stmt *stmt,
                 bool prepare)
{
    if (batch->nsteps == SM_DB_STEPS_MAX)
        return false;
    batch->steps[batch->nsteps].stmt = stmt;
    batch->steps[batch->nsteps].prepare = prepare;
    batch->nsteps++;
    return true;
}

static bool send_prepare(struct sm_db_batch *batch, const char *name,
                         const struct sm_stmt *stmt)
{
    Oid types[SM_DB_PARAMS_MAX];

    for (int i = 0; i < stmt->nparams; i++)
        types[i] = sm_db_oid(stmt->params[i]);
    return push(batch, stmt, true) &&
           PQsendPrepare(batch->db->conn, name, stmt->sql, stmt->nparams,
                         types);
}

bool sm_db_batch_send(struct sm_db_batch *batch, const struct sm_stmt *stmt,
                      const struct sm_db_params *params)
{
    struct sm_db *db = batch->db;
    bool known = db->prepared[prepared_slot(db, stmt)] != NULL;
    /* Once the table is full, the rest is parsed each time. */
    bool room = known || db->nprepared < SM_DB_PREPARED_MAX;
    const char *name = room ? stmt->name : "";

    if (!known && !send_prepare(batch, name, stmt))
        return false;
    return push(batch, stmt, false) &&
           PQsendQueryPrepared(db->conn, name, params ? stmt->nparams : 0,
                               params ? params->values : NULL,
                               params ? params->lengths : NULL,
                               params ? params->formats : NULL, 1);
}

enum sm_status sm_db_batch_add(struct sm_db_batch *batch,
                               const struct sm_stmt *stmt,
                               const struct sm_db_params *params,
                               struct sm_error *err)
{
    return sm_db_batch_send(batch, stmt, params) ? SM_OK
                                                 : sm_db_lost(batch->db, err);
}

void sm_db_batch_note(const struct sm_db_batch *batch)
{
    struct sm_db *db = batch->db;

    for (int i = 0; i < batch->nsteps; i++)
        if (batch->steps[i].prepare && db->nprepared < SM_DB_PREPARED_MAX)
            note_prepared(db, batch->steps[i].stmt);
}

/* The first failure of a batch.  A server that refuses a read-write BEGIN is
 * a standby: the primary is elsewhere. */
static enum sm_status step_failure(struct sm_db *db, const struct sm_stmt *stmt,
                                   const PGresult *result, struct sm_error *err)
{
    enum sm_status status = sm_db_failure(db, stmt->name, result, err);

    if (stmt != &begin || status != SM_INTERNAL)
        return status;
    db->retire = true;
    return SM_UNAVAILABLE;
}

/* Read all that step INDEX answers.  The result of the last step goes to
 * *out; the first failure is kept in *first, later steps were skipped. */
static enum sm_status read_step(PGresult **out, struct sm_db_batch *batch,
                                int index, int64_t deadline,
                                enum sm_status *first, struct sm_error *err)
{
    struct sm_db *db = batch->db;
    const struct sm_stmt *stmt = batch->steps[index].stmt;
    bool last = index == batch->nsteps - 1;
    PGresult *result;
    enum sm_status status;

    for (;;) {
        status = sm_db_next(&result, db, deadline, err);
        if (status != SM_OK || !result)
            return status;
        switch ((int)PQresultStatus(result)) {
        case PGRES_COMMAND_OK:
            if (batch->steps[index].prepare &&
                db->nprepared < SM_DB_PREPARED_MAX)
                note_prepared(db, stmt);
            break;
        case PGRES_TUPLES_OK:
        case PGRES_PIPELINE_ABORTED:
            break;
        case PGRES_FATAL_ERROR:
            if (*first == SM_OK)
                *first = step_failure(db, stmt, result, err);
            break;
        default: /* COPY, or an answer to something else: out of step */
            PQclear(result);
            sm_db_drop(db);
            return SM_FAIL(err, SM_INTERNAL, "%s: unexpected answer",
                           stmt->name);
        }
        if (last && !*out)
            *out = result;
        else
            PQclear(result);
    }
}

/* Read the answer to the Sync that ends the batch. */
static enum sm_status read_sync(struct sm_db *db, int64_t deadline,
                                struct sm_error *err)
{
    PGresult *result;
    enum sm_status status = sm_db_next(&result, db, deadline, err);
    bool sync;

    if (status != SM_OK)
        return status;
    sync = result && PQresultStatus(result) == PGRES_PIPELINE_SYNC;
    PQclear(result);
    return sync ? SM_OK : sm_db_lost(db, err);
}

enum sm_status sm_db_batch_run(PGresult **out, struct sm_db_batch *batch,
                               struct sm_error *err)
{
    struct sm_db *db = batch->db;
    int64_t deadline = sm_db_deadline(db);
    enum sm_status status, first = SM_OK;

    *out = NULL;
    atomic_fetch_add_explicit(&db->pool->queries, 1, memory_order_relaxed);
    sm_metric_add(SM_METRIC_DB_TRIPS, 1);
    if (!PQpipelineSync(db->conn))
        return sm_db_lost(db, err);
    status = sm_db_flush(db, deadline, err);
    for (int i = 0; i < batch->nsteps && status == SM_OK; i++) {
        status = read_step(out, batch, i, deadline, &first, err);
        if (status == SM_OK && PQstatus(db->conn) == CONNECTION_BAD) {
            sm_db_drop(db);
            status = first != SM_OK ? first : SM_UNAVAILABLE;
        }
    }
    if (status == SM_OK)
        status = read_sync(db, deadline, err);
    if (status == SM_OK)
        status = first;
    if (status != SM_OK || !*out) {
        PQclear(*out);
        *out = NULL;
    }
    if (status == SM_OK && !*out)
        return SM_FAIL(err, SM_INTERNAL, "no answer to the last command");
    return status;
}

/* Have the server forget all that was prepared: a round trip of its own,
 * since a read-write BEGIN must come before anything else. */
static enum sm_status forget_prepared(struct sm_db *db, struct sm_error *err)
{
    static const struct sm_stmt forget = {.name = "", .sql = "DEALLOCATE ALL"};
    struct sm_db_batch batch = {.db = db};
    PGresult *result;
    enum sm_status status;

    memset(db->prepared, 0, sizeof(db->prepared));
    db->nprepared = 0;
    db->stale = false;
    if (!push(&batch, &forget, false) ||
        !PQsendQueryParams(db->conn, forget.sql, 0, NULL, NULL, NULL, NULL, 1))
        return sm_db_lost(db, err);
    status = sm_db_batch_run(&result, &batch, err);
    PQclear(result);
    return status;
}

enum sm_status sm_db_batch_open(struct sm_db_batch *batch, struct sm_db *db,
                                struct sm_error *err)
{
    enum sm_status status = SM_OK;

    *batch = (struct sm_db_batch){.db = db};
    if (db->stale && db->tx != SM_DB_TX_OPEN)
        status = forget_prepared(db, err);
    if (status == SM_OK && db->tx == SM_DB_TX_WANTED)
        status = sm_db_batch_add(batch, &begin, NULL, err);
    return status;
}
