/* The floor's database share: the page's own prepared statements, pipelined
 * before one Sync, on a few connections, for some seconds.
 *   pgload CONNINFO STATEMENT_FILE HANDLES_FILE CONNECTIONS SECONDS
 * STATEMENT_FILE holds one statement with parameters $1 handle hash, $2 browser
 * hash (bytea) and $3 now (timestamptz); HANDLES_FILE lines "handle browser"
 * in hex.  Prints the number of transactions. */
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define LINES_MAX 200000

struct handle {
    unsigned char handle[32], browser[32];
};

static struct handle *handles;
static size_t nhandles;
static const char *conninfo;
static char statement[16384];
static atomic_ullong done;
static time_t until;

static void unhex(unsigned char *out, const char *text)
{
    for (int i = 0; i < 32; i++) {
        char two[3] = {text[2 * i], text[2 * i + 1], '\0'};

        out[i] = (unsigned char)strtol(two, NULL, 16);
    }
}

static void die(const char *what, PGconn *db)
{
    (void)fprintf(stderr, "pgload: %s: %s\n", what, PQerrorMessage(db));
    exit(1);
}

static void one(PGconn *db, const struct handle *h)
{
    struct timespec now;
    unsigned char stamp[8];
    long long us;

    (void)clock_gettime(CLOCK_REALTIME, &now);
    us = (now.tv_sec - 946684800LL) * 1000000LL + now.tv_nsec / 1000;
    for (int i = 0; i < 8; i++)
        stamp[i] = (unsigned char)((unsigned long long)us >> (56 - 8 * i));
    const char *values[] = {(const char *)h->handle, (const char *)h->browser,
                            (const char *)stamp};
    const int lengths[] = {32, 32, 8}, formats[] = {1, 1, 1};
    PGresult *result;

    if (!PQsendQueryPrepared(db, "s", 3, values, lengths, formats, 1) ||
        !PQpipelineSync(db))
        die("send", db);
    result = PQgetResult(db);
    if (PQresultStatus(result) != PGRES_TUPLES_OK || PQntuples(result) < 1)
        die("result", db);
    PQclear(result);
    while ((result = PQgetResult(db)) != NULL)
        PQclear(result);
    result = PQgetResult(db); /* of the sync */
    PQclear(result);
}

static void *run(void *arg)
{
    unsigned seed = (unsigned)(size_t)arg;
    PGconn *db = PQconnectdb(conninfo);
    PGresult *result;

    if (PQstatus(db) != CONNECTION_OK)
        die("connect", db);
    result = PQprepare(db, "s", statement, 0, NULL);
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        die("prepare", db);
    PQclear(result);
    if (!PQenterPipelineMode(db))
        die("pipeline", db);
    while (time(NULL) < until) {
        one(db, &handles[(size_t)rand_r(&seed) % nhandles]);
        atomic_fetch_add(&done, 1);
    }
    PQfinish(db);
    return NULL;
}

int main(int argc, char **argv)
{
    pthread_t threads[64];
    char line[256];
    long connections;
    FILE *in;

    if (argc != 6)
        return 2;
    conninfo = argv[1];
    in = fopen(argv[2], "re");
    if (in == NULL || fread(statement, 1, sizeof(statement) - 1, in) == 0)
        return 1;
    (void)fclose(in);
    handles = calloc(LINES_MAX, sizeof(*handles));
    in = fopen(argv[3], "re");
    if (in == NULL || handles == NULL)
        return 1;
    while (nhandles < LINES_MAX && fgets(line, sizeof(line), in) != NULL) {
        unhex(handles[nhandles].handle, line);
        unhex(handles[nhandles].browser, line + 65);
        nhandles++;
    }
    (void)fclose(in);
    connections = strtol(argv[4], NULL, 10);
    until = time(NULL) + strtol(argv[5], NULL, 10);
    if (connections < 1 || connections > 64 || nhandles == 0)
        return 2;
    for (long i = 0; i < connections; i++)
        (void)pthread_create(&threads[i], NULL, run, (void *)(i + 1));
    for (long i = 0; i < connections; i++)
        (void)pthread_join(threads[i], NULL);
    printf("%llu\n", (unsigned long long)done);
    return 0;
}
