#include "support/fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what, const char *why)
{
    fprintf(stderr, "fixture: %s: %s\n", what, why);
    exit(1);
}

static const char *need(const char *name)
{
    const char *value = getenv(name);

    if (!value || !value[0])
        die(name, "not set; run this test by tests/support/pg.sh run");
    return value;
}

const char *sm_test_database(void)
{
    return need("SMETKA_TEST_DATABASE");
}

struct sm_db_options sm_test_options(int size)
{
    return (struct sm_db_options){
        .conninfo = sm_test_database(),
        .user = "postgres",
        .program = "test",
        .size = size,
        .wait_ms = 200,
        .connect_ms = 2000,
        .query_ms = 1000,
    };
}

static struct sm_db_pool *open_pool(const struct sm_db_options *options)
{
    struct sm_db_pool *pool;
    struct sm_error err;

    if (sm_db_pool_new(&pool, options, &err) != SM_OK)
        die("pool", err.message);
    return pool;
}

struct sm_db_pool *sm_test_pool(int size)
{
    const struct sm_db_options options = sm_test_options(size);

    return open_pool(&options);
}

struct sm_db *sm_test_get(struct sm_db_pool *pool)
{
    struct sm_db *db;
    struct sm_error err;

    if (sm_db_get(&db, pool, &err) != SM_OK)
        die("connection", err.message);
    return db;
}

void sm_test_sql_at(const char *conninfo, const char *sql)
{
    struct sm_db_options options = sm_test_options(1);
    struct sm_db_pool *pool;
    struct sm_db *db;
    struct sm_error err;

    options.conninfo = conninfo;
    pool = open_pool(&options);
    db = sm_test_get(pool);
    if (sm_db_script(db, sql, 30000, &err) != SM_OK)
        die(sql, err.message);
    sm_db_put(db);
    sm_db_pool_free(pool);
}

void sm_test_sql(const char *sql)
{
    sm_test_sql_at(sm_test_database(), sql);
}

void sm_test_pg(const char *command, const char *dir, const char *from)
{
    pid_t child = fork();
    int status;

    if (child == 0) {
        int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

        dup2(null, STDOUT_FILENO);
        execl(SM_TEST_PG, "pg.sh", command, dir, from, (char *)NULL);
        _exit(127);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (child < 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        die("pg.sh", command);
}

const char *sm_test_server(void)
{
    return need("SMETKA_TEST_SERVER");
}

static void server(const char *command)
{
    sm_test_pg(command, sm_test_server(), NULL);
}

void sm_test_server_stop(void)
{
    server("stop");
}

void sm_test_server_start(void)
{
    server("start");
}

void sm_test_server_restart(void)
{
    server("restart");
}
