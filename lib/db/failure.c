/* From what PostgreSQL says to enum sm_status. */
#include "db/internal.h"

#include <string.h>

#include "base/text.h"

static bool in_class(const char *state, const char *prefix)
{
    return strncmp(state, prefix, strlen(prefix)) == 0;
}

static enum sm_status from_state(const char *state)
{
    static const struct {
        const char *prefix;
        enum sm_status status;
    } map[] = {
        {"40", SM_CONFLICT},       /* serialization failure, deadlock */
        {"55P03", SM_CONFLICT},    /* a lock was not to be had */
        {"23", SM_INVALID},        /* a constraint */
        {"57014", SM_UNAVAILABLE}, /* statement_timeout, or cancelled */
        {"57P", SM_UNAVAILABLE},   /* going down, starting up */
        {"08", SM_UNAVAILABLE},    /* connection */
        {"53", SM_UNAVAILABLE},    /* out of connections, memory, disk */
        {"25006", SM_UNAVAILABLE}, /* read-only: a standby, perhaps */
        {"25P03", SM_UNAVAILABLE}, /* idle in transaction for too long */
    };

    for (size_t i = 0; i < SM_COUNT(map); i++)
        if (in_class(state, map[i].prefix))
            return map[i].status;
    return SM_INTERNAL;
}

/* A statement was prepared before its tables changed, or is not known any
 * more.  The function's name says so in every language; the message is
 * translated. */
static bool is_stale(const char *state, const PGresult *result)
{
    const char *where = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);

    if (strcmp(state, "26000") == 0)
        return true;
    return strcmp(state, "0A000") == 0 && where &&
           strcmp(where, "RevalidateCachedQuery") == 0;
}

/* DETAIL, HINT and CONTEXT are left out: they quote rows and parameters. */
enum sm_status sm_db_failure(struct sm_db *db, const char *what,
                             const PGresult *result, struct sm_error *err)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *constraint =
        PQresultErrorField(result, PG_DIAG_CONSTRAINT_NAME);
    enum sm_status status;

    if (!state) /* made by libpq itself: nothing came from the server */
        return SM_FAIL(err, SM_UNAVAILABLE, "%s: connection lost", what);
    status = from_state(state);
    if (status == SM_INVALID && constraint)
        sm_copy(db->constraint, sizeof(db->constraint), constraint);
    if (is_stale(state, result)) {
        db->stale = true;
        status = SM_CONFLICT;
    }
    if (strcmp(state, "25006") == 0)
        db->retire = true; /* look for the primary again */
    return SM_FAIL(err, status, "%s: %s (%s)", what, message ? message : "",
                   state);
}

enum sm_status sm_db_lost(struct sm_db *db, struct sm_error *err)
{
    bool bad = PQstatus(db->conn) == CONNECTION_BAD;

    sm_db_drop(db);
    return SM_FAIL(err, SM_UNAVAILABLE, "%s",
                   bad ? "connection lost" : "no answer before the deadline");
}
