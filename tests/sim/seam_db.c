/* The seam of lib/db and libpq: faults that the server really shows, effects
 * that are known to be committed or not. */
#include "seam.h"

#include <stdio.h>
#include <string.h>

#include "db/internal.h"
#include "sim.h"

_Thread_local struct seam *seam;
int seam_applies;
bool seam_dirty;

/* The names are the linker's: --wrap. */
enum sm_status __real_sm_db_get(struct sm_db **out, struct sm_db_pool *pool,
                                struct sm_error *err);
enum sm_status __wrap_sm_db_get(struct sm_db **out, struct sm_db_pool *pool,
                                struct sm_error *err);
void __real_sm_db_put(struct sm_db *db);
void __wrap_sm_db_put(struct sm_db *db);
enum sm_status __real_sm_db_query(struct sm_rows **out, struct sm_db *db,
                                  struct sm_arena *arena,
                                  const struct sm_stmt *stmt,
                                  const struct sm_arg *args,
                                  struct sm_error *err);
enum sm_status __wrap_sm_db_query(struct sm_rows **out, struct sm_db *db,
                                  struct sm_arena *arena,
                                  const struct sm_stmt *stmt,
                                  const struct sm_arg *args,
                                  struct sm_error *err);
enum sm_status __real_sm_db_commit(struct sm_db *db, struct sm_error *err);
enum sm_status __wrap_sm_db_commit(struct sm_db *db, struct sm_error *err);
int __real_PQsendQueryPrepared(PGconn *conn, const char *name, int count,
                               const char *const *values, const int *lengths,
                               const int *formats, int result_format);
int __wrap_PQsendQueryPrepared(PGconn *conn, const char *name, int count,
                               const char *const *values, const int *lengths,
                               const int *formats, int result_format);
PGresult *__real_PQgetResult(PGconn *conn);
PGresult *__wrap_PQgetResult(PGconn *conn);
char *__real_PQcmdStatus(PGresult *result);
char *__wrap_PQcmdStatus(PGresult *result);
PQnoticeReceiver __real_PQsetNoticeReceiver(PGconn *conn,
                                            PQnoticeReceiver receiver,
                                            void *arg);
PQnoticeReceiver __wrap_PQsetNoticeReceiver(PGconn *conn,
                                            PQnoticeReceiver receiver,
                                            void *arg);

/* True if faults may happen to this thread's database now. */
static bool is_exposed(void)
{
    return seam != NULL && seam->can_crash;
}

bool seam_process(void (*fn)(void *arg), void *arg)
{
    struct seam *mine = seam;

    mine->nheld = 0;
    mine->neffects = 0;
    mine->conflicts = mine->troubles = 0;
    mine->armed = SEAM_NONE;
    if (sigsetjmp(mine->crash, 0) != 0) {
        mine->can_crash = false;
        return false;
    }
    mine->can_crash = true;
    fn(arg);
    mine->can_crash = false;
    return true;
}

void seam_crash(const char *where)
{
    if (!is_exposed() || !sim_fault(sim.odds.crash))
        return;
    sim_say("the process dies: %s", where);
    /* the server ends what its connections had begun */
    while (seam->nheld > 0)
        __real_sm_db_put(seam->held[--seam->nheld]);
    seam->neffects = 0;
    seam->armed = SEAM_NONE;
    siglongjmp(seam->crash, 1);
}

enum sm_status __wrap_sm_db_get(struct sm_db **out, struct sm_db_pool *pool,
                                struct sm_error *err)
{
    enum sm_status status;

    if (is_exposed()) {
        seam_crash("before a transaction");
        if (sim_fault(sim.odds.away)) {
            sim_say("no connection to the database");
            seam->troubles++;
            *out = NULL;
            return SM_FAIL(err, SM_UNAVAILABLE, "simulated: away");
        }
    }
    seam_leave();
    status = __real_sm_db_get(out, pool, err);
    seam_enter();
    if (status != SM_OK)
        sim_broken("SIM", "no connection: %s", err ? err->message : "");
    else if (seam != NULL && seam->nheld < SEAM_HELD)
        seam->held[seam->nheld++] = *out;
    return status;
}

void __wrap_sm_db_put(struct sm_db *db)
{
    int i;

    for (i = 0; seam != NULL && db != NULL && i < seam->nheld; i++) {
        if (seam->held[i] == db) {
            seam->held[i] = seam->held[--seam->nheld];
            break;
        }
    }
    if (db != NULL)
        seam_forget(db);
    seam_leave();
    __real_sm_db_put(db);
    seam_enter();
}

/* What shall befall STMT. */
static void arm_statement(const struct sm_stmt *stmt)
{
    seam->armed = SEAM_NONE;
    seam->target = stmt->name;
    seam->drained = false;
    if (!is_exposed())
        return;
    if (sim_fault(sim.odds.conflict)) {
        sim_say("%s meets a conflict", stmt->name);
        seam->conflicts++;
        seam->armed = SEAM_CONFLICT;
    } else if (sim_fault(sim.odds.lose)) {
        sim_say("%s loses its connection", stmt->name);
        seam->troubles++;
        seam->armed = SEAM_LOSE;
    }
}

enum sm_status __wrap_sm_db_query(struct sm_rows **out, struct sm_db *db,
                                  struct sm_arena *arena,
                                  const struct sm_stmt *stmt,
                                  const struct sm_arg *args,
                                  struct sm_error *err)
{
    enum sm_status status;

    if (seam == NULL)
        return __real_sm_db_query(out, db, arena, stmt, args, err);
    arm_statement(stmt);
    seam_leave();
    status = __real_sm_db_query(out, db, arena, stmt, args, err);
    seam_enter();
    seam->armed = SEAM_NONE;
    if (status == SM_OK)
        seam_ran(db, stmt, args, out != NULL ? *out : NULL);
    else
        sim_say("%s: %s", stmt->name, sm_status_word(status));
    if (status == SM_INVALID || status == SM_INTERNAL)
        sim_broken("SQL", "%s is refused: %s", stmt->name,
                   err != NULL ? err->message : "");
    if (status == SM_CONFLICT && sim.mutant == MUTANT_CONFLICT_NOT_RETRIED)
        return SM_INTERNAL;
    return status;
}

static void arm_commit(void)
{
    static const struct {
        enum seam_fault fault;
        const char *word;
    } faults[] = {
        {SEAM_LOSE_DONE, "is done, but its answer is lost"},
        {SEAM_LOSE_UNDONE, "does not arrive"},
        {SEAM_WARN_DONE, "is done without the standby"},
        {SEAM_WARN_UNDONE, "is done without the standby and lost with it"},
    };
    int64_t pick;

    seam->armed = SEAM_NONE;
    seam->target = "sm_commit";
    seam->drained = false;
    if (!is_exposed() || !sim_fault(sim.odds.commit))
        return;
    pick = sim_below((int64_t)SM_COUNT(faults));
    seam->armed = faults[pick].fault;
    seam->troubles++;
    sim_say("COMMIT %s", faults[pick].word);
}

/* What really happened. */
static bool is_done(enum seam_fault fault, enum sm_status status)
{
    if (fault == SEAM_LOSE_DONE || fault == SEAM_WARN_DONE)
        return true;
    return fault == SEAM_NONE && status == SM_OK;
}

enum sm_status __wrap_sm_db_commit(struct sm_db *db, struct sm_error *err)
{
    enum sm_status status;
    enum seam_fault fault;

    if (seam == NULL || db->tx != SM_DB_TX_OPEN) /* nothing was written */
        return __real_sm_db_commit(db, err);
    seam_crash("before COMMIT");
    if (!seam->twin && is_exposed() && sim_fault(sim.odds.twin))
        twin_begin();
    arm_commit();
    fault = seam->armed;
    seam_leave();
    status = __real_sm_db_commit(db, err);
    seam_enter();
    seam->armed = SEAM_NONE;
    if (is_done(fault, status))
        seam_committed(db);
    else
        seam_forget(db);
    if (status == SM_INVALID || status == SM_INTERNAL)
        sim_broken("SQL", "COMMIT is refused: %s", err->message);
    if (!seam->twin)
        twin_join();
    if (status == SM_OK)
        seam_crash("after COMMIT");
    return sim.mutant == MUTANT_COMMIT_SWALLOWED ? SM_OK : status;
}

static int send_plain(PGconn *conn, const char *sql)
{
    return PQsendQueryParams(conn, sql, 0, NULL, NULL, NULL, NULL, 1);
}

int __wrap_PQsendQueryPrepared(PGconn *conn, const char *name, int count,
                               const char *const *values, const int *lengths,
                               const int *formats, int result_format)
{
    static const char conflict[] =
        "DO $$ BEGIN RAISE EXCEPTION 'simulated' USING ERRCODE = '40001'; END "
        "$$";
    static const char deadlock[] =
        "DO $$ BEGIN RAISE EXCEPTION 'simulated' USING ERRCODE = '40P01'; END "
        "$$";
    static const char warning[] =
        "DO $$ BEGIN RAISE WARNING 'canceling wait for synchronous replication "
        "due to user request'; END $$";
    enum seam_fault fault = SEAM_NONE;

    if (seam != NULL && seam->armed != SEAM_NONE &&
        strcmp(name, seam->target) == 0)
        fault = seam->armed;
    switch (fault) {
    case SEAM_CONFLICT:
        return send_plain(conn, sim.steps % 2 == 0 ? conflict : deadlock);
    case SEAM_LOSE:
    case SEAM_LOSE_UNDONE:
        /* the end is the same as with a broken line, but at once */
        return send_plain(conn, "ROLLBACK");
    case SEAM_WARN_DONE:
        if (!send_plain(conn, warning))
            return 0;
        break;
    case SEAM_WARN_UNDONE:
        return send_plain(conn, warning) && send_plain(conn, "ROLLBACK");
    case SEAM_NONE:
    case SEAM_LOSE_DONE:
        break;
    }
    return __real_PQsendQueryPrepared(conn, name, count, values, lengths,
                                      formats, result_format);
}

/* Read all that the server says, and keep it. */
static void swallow(PGconn *conn)
{
    PGresult *result;
    bool end = false;

    while (!end) {
        result = __real_PQgetResult(conn);
        end = result != NULL && PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        if (result == NULL && PQstatus(conn) == CONNECTION_BAD)
            end = true;
        PQclear(result);
    }
}

PGresult *__wrap_PQgetResult(PGconn *conn)
{
    if (seam == NULL || seam->drained)
        return __real_PQgetResult(conn);
    switch (seam->armed) {
    case SEAM_LOSE:
    case SEAM_LOSE_DONE:
    case SEAM_LOSE_UNDONE:
        swallow(conn);
        seam->drained = true;
        return NULL;
    case SEAM_WARN_DONE:
    case SEAM_WARN_UNDONE: /* the answer to the statement that warned */
        PQclear(__real_PQgetResult(conn));
        PQclear(__real_PQgetResult(conn));
        seam->drained = true;
        break;
    case SEAM_NONE:
    case SEAM_CONFLICT:
        break;
    }
    return __real_PQgetResult(conn);
}

char *__wrap_PQcmdStatus(PGresult *result)
{
    static char done[] = "COMMIT";

    if (seam != NULL && seam->armed == SEAM_WARN_UNDONE)
        return done;
    return __real_PQcmdStatus(result);
}

static void no_notice(void *arg, const PGresult *result)
{
    (void)arg;
    (void)result;
}

PQnoticeReceiver __wrap_PQsetNoticeReceiver(PGconn *conn,
                                            PQnoticeReceiver receiver,
                                            void *arg)
{
    if (sim.mutant == MUTANT_SYNC_WARNING_IGNORED)
        receiver = no_notice;
    return __real_PQsetNoticeReceiver(conn, receiver, arg);
}
