/* Waiting for the server, never longer than a deadline. */
#include "db/internal.h"

#include <errno.h>
#include <poll.h>

#include "base/clock.h"

int64_t sm_db_deadline(const struct sm_db *db)
{
    return sm_clock_mono_ms() + db->pool->query_ms + SM_DB_GRACE_MS;
}

bool sm_db_wait(PGconn *conn, short events, int64_t deadline)
{
    struct pollfd fd = {.fd = PQsocket(conn), .events = events};

    if (fd.fd < 0)
        return false;
    for (;;) {
        int64_t left = deadline - sm_clock_mono_ms();
        int ready;

        if (left <= 0)
            return false;
        ready = poll(&fd, 1, left > 60000 ? 60000 : (int)left);
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

enum sm_status sm_db_flush(struct sm_db *db, int64_t deadline,
                           struct sm_error *err)
{
    int more;

    while ((more = PQflush(db->conn)) > 0) {
        /* The server may have to be read from before it reads on. */
        if (!sm_db_wait(db->conn, POLLIN | POLLOUT, deadline) ||
            !PQconsumeInput(db->conn))
            return sm_db_lost(db, err);
    }
    return more < 0 ? sm_db_lost(db, err) : SM_OK;
}

enum sm_status sm_db_next(PGresult **out, struct sm_db *db, int64_t deadline,
                          struct sm_error *err)
{
    *out = NULL;
    while (PQisBusy(db->conn)) {
        if (!sm_db_wait(db->conn, POLLIN, deadline))
            return sm_db_lost(db, err);
        /* A failure here is kept by libpq and comes as a result. */
        if (!PQconsumeInput(db->conn) && PQisBusy(db->conn))
            return sm_db_lost(db, err);
    }
    *out = PQgetResult(db->conn);
    return SM_OK;
}

enum sm_status sm_db_simple(struct sm_db *db, const char *sql, int64_t deadline,
                            struct sm_error *err)
{
    enum sm_status status, first = SM_OK;
    PGresult *result;

    if (!PQsendQuery(db->conn, sql))
        return sm_db_lost(db, err);
    status = sm_db_flush(db, deadline, err);
    if (status != SM_OK)
        return status;
    for (;;) {
        status = sm_db_next(&result, db, deadline, err);
        if (status != SM_OK || !result)
            return first != SM_OK ? first : status;
        switch ((int)PQresultStatus(result)) {
        case PGRES_COMMAND_OK:
        case PGRES_TUPLES_OK:
        case PGRES_EMPTY_QUERY:
            break;
        case PGRES_FATAL_ERROR:
            if (first == SM_OK)
                first = sm_db_failure(db, "script", result, err);
            break;
        default: /* COPY has its own functions */
            PQclear(result);
            sm_db_drop(db);
            return SM_FAIL(err, SM_INTERNAL, "script: COPY in a script");
        }
        PQclear(result);
    }
}
