/* Connections are dear: a new one has everything to compile again.  One that
 * lib/db gives up although the server is well is emptied and kept, and is what
 * lib/db gets when it connects again; it sees no difference. */
#include <libpq-fe.h>
#include <pthread.h>
#include <string.h>

#include "seam.h"

enum { SPARES = 8 };

void __real_PQfinish(PGconn *conn);
void __wrap_PQfinish(PGconn *conn);
PGconn *__real_PQconnectStartParams(const char *const *keys,
                                    const char *const *values, int expand);
PGconn *__wrap_PQconnectStartParams(const char *const *keys,
                                    const char *const *values, int expand);

static struct {
    pthread_mutex_t lock;
    bool open;
    PGconn *conns[SPARES];
    int count;
} spare = {.lock = PTHREAD_MUTEX_INITIALIZER};

void seam_conns_keep(void)
{
    spare.open = true;
}

void seam_conns_drop(void)
{
    spare.open = false;
    while (spare.count > 0)
        __real_PQfinish(spare.conns[--spare.count]);
}

/* As good as new, for the same role. */
static bool is_empty(PGconn *conn)
{
    PGresult *result;
    bool good;

    if (PQstatus(conn) != CONNECTION_OK || PQexitPipelineMode(conn) == 0 ||
        PQtransactionStatus(conn) != PQTRANS_IDLE ||
        PQsetnonblocking(conn, 0) != 0)
        return false;
    result = PQexec(conn, "DEALLOCATE ALL");
    good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    return good;
}

void __wrap_PQfinish(PGconn *conn)
{
    bool kept = false;

    if (conn == NULL)
        return;
    pthread_mutex_lock(&spare.lock);
    if (spare.open && spare.count < SPARES &&
        strncmp(PQuser(conn), "smetka_", 7) == 0 && is_empty(conn)) {
        spare.conns[spare.count++] = conn;
        kept = true;
    }
    pthread_mutex_unlock(&spare.lock);
    if (!kept)
        __real_PQfinish(conn);
}

PGconn *__wrap_PQconnectStartParams(const char *const *keys,
                                    const char *const *values, int expand)
{
    PGconn *found = NULL;
    int i;

    pthread_mutex_lock(&spare.lock);
    for (i = spare.count - 1; i >= 0 && found == NULL; i--) {
        if (strcmp(keys[0], "user") == 0 && values[0] != NULL &&
            strcmp(PQuser(spare.conns[i]), values[0]) == 0) {
            found = spare.conns[i];
            spare.conns[i] = spare.conns[--spare.count];
        }
    }
    pthread_mutex_unlock(&spare.lock);
    return found != NULL ? found
                         : __real_PQconnectStartParams(keys, values, expand);
}
