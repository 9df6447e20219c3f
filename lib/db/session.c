/* What is said and asked first on every connection: the session's defaults,
 * and whether anything may be decided on this server. */
#include "db/internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "sql/db_session.h"

/* Said here, not in the start packet: with default_transaction_read_only in
 * the packet, target_session_attrs=read-write would refuse every server.
 * Outside pipeline mode; the answer comes as text. */
static enum sm_status introduce(PGresult **out, struct sm_db *db,
                                int64_t deadline, struct sm_error *err)
{
    const struct sm_stmt *stmt = &sm_sql_db_session;
    int query_ms = db->pool->query_ms;
    char query[16], idle[16];
    const char *values[] = {query, idle};
    PGresult *result, *rest;
    enum sm_status status;

    *out = NULL;
    snprintf(query, sizeof(query), "%d", query_ms);
    snprintf(idle, sizeof(idle), "%d", query_ms < 5000 ? 10000 : query_ms * 2);
    if (!PQsendQueryParams(db->conn, stmt->sql, stmt->nparams, NULL, values,
                           NULL, NULL, 0))
        return sm_db_lost(db, err);
    status = sm_db_flush(db, deadline, err);
    if (status == SM_OK)
        status = sm_db_next(&result, db, deadline, err);
    if (status != SM_OK)
        return status;
    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) != 1)
        status = sm_db_failure(db, stmt->name, result, err);
    if (status == SM_OK)
        status = sm_db_next(&rest, db, deadline, err);
    else
        rest = NULL;
    PQclear(rest);
    if (status == SM_OK)
        *out = result;
    else
        PQclear(result);
    return status;
}

enum sm_status sm_db_session(struct sm_db *db, struct sm_error *err)
{
    PGresult *result;
    enum sm_status status = introduce(&result, db, sm_db_deadline(db), err);

    PQclear(result);
    return status;
}

/* Refuse the server, aloud: each try counts, the log hears of it now and
 * then.  WHAT goes on where "HOST:PORT " ends. */
static enum sm_status refuse(struct sm_db *db, enum sm_metric metric,
                             struct sm_error *err, const char *what, ...)
    SM_PRINTF(4, 5);
static enum sm_status refuse(struct sm_db *db, enum sm_metric metric,
                             struct sm_error *err, const char *what, ...)
{
    int64_t now = sm_clock_mono_ms();
    int_fast64_t told = atomic_load(&db->pool->told_ms);
    char why[200];
    va_list args;

    va_start(args, what);
    vsnprintf(why, sizeof(why), what, args);
    va_end(args);
    sm_metric_add(metric, 1);
    if ((told == 0 || now - told >= SM_DB_TELL_MS) &&
        atomic_compare_exchange_strong(&db->pool->told_ms, &told, now))
        sm_log_msg(SM_LOG_ERROR, "db_fenced", "%s:%s %s", PQhost(db->conn),
                   PQport(db->conn), why);
    return SM_FAIL(err, SM_DENIED, "%.50s:%s %s", PQhost(db->conn),
                   PQport(db->conn), why);
}

static const char *text(const PGresult *result, int column)
{
    return PQgetvalue(result, 0, column);
}

/* Settings under which something committed can be lost; NULL: none. */
static const char *not_durable(const PGresult *result)
{
    const char *commit = text(result, DB_SESSION__SYNCHRONOUS_COMMIT);

    if (strcmp(text(result, DB_SESSION__FSYNC), "on") != 0)
        return "fsync is off";
    if (strcmp(text(result, DB_SESSION__FULL_PAGE_WRITES), "on") != 0)
        return "full_page_writes is off";
    if (strcmp(commit, "off") == 0)
        return "synchronous_commit is off";
    if (strcmp(commit, "local") == 0)
        return "synchronous_commit is local";
    if (strcmp(text(result, DB_SESSION__DATA_CHECKSUMS), "on") != 0)
        return "data_checksums are off";
    return NULL;
}

static enum sm_status pass_fence(struct sm_db *db, const PGresult *result,
                                 struct sm_error *err)
{
    struct sm_fence *fence = db->pool->fence;
    uint64_t cluster = strtoull(text(result, DB_SESSION__CLUSTER), NULL, 10);

    db->timeline =
        (uint32_t)strtoul(text(result, DB_SESSION__TIMELINE), NULL, 16);
    switch (sm_fence_pass(fence, cluster, db->timeline)) {
    case SM_FENCE_PASS:
        return SM_OK;
    case SM_FENCE_OTHER_CLUSTER:
        return refuse(db, SM_METRIC_DB_REFUSED_CLUSTER, err,
                      "is another cluster (%llu) than the one remembered "
                      "(%llu); after a deliberate restore: smetka fence "
                      "--forget",
                      (unsigned long long)cluster,
                      (unsigned long long)sm_fence_cluster(fence));
    case SM_FENCE_OLD_TIMELINE:
        return refuse(db, SM_METRIC_DB_REFUSED_TIMELINE, err,
                      "is on timeline %u, but %u was seen: an old primary, "
                      "nothing may be written to it",
                      db->timeline, sm_fence_timeline(fence));
    case SM_FENCE_FORGETFUL:
    default:
        return SM_FAIL(err, SM_UNAVAILABLE,
                       "db.timeline_file: cannot be written");
    }
}

enum sm_status sm_db_admit(struct sm_db *db, int64_t deadline,
                           struct sm_error *err)
{
    PGresult *result;
    enum sm_status status = introduce(&result, db, deadline, err);
    const char *risk;

    if (status != SM_OK)
        return status;
    risk = db->pool->require_durable ? not_durable(result) : NULL;
    if (strcmp(text(result, DB_SESSION__STANDBY), "f") != 0)
        status = refuse(db, SM_METRIC_DB_REFUSED_STANDBY, err,
                        "is a standby: nothing is decided on it");
    else if (risk)
        status = refuse(db, SM_METRIC_DB_REFUSED_DURABLE, err,
                        "is not durable: %s (db.require_durable)", risk);
    else
        status = pass_fence(db, result, err);
    PQclear(result);
    return status;
}

bool sm_db_is_old(const struct sm_db *db)
{
    return sm_clock_mono_ms() - db->born_ms > db->pool->life_ms;
}

bool sm_db_is_past(const struct sm_db *db)
{
    return db->timeline < sm_fence_timeline(db->pool->fence);
}
