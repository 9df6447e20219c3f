/* links: db base */
/* lib/db against a real server that is slow, silent, restarted or gone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "world.h"

static const enum sm_type t_int8[] = {SM_TYPE_INT8};

static const struct sm_stmt q_sleep = {
    "t_sleep", "SELECT pg_sleep($1::bigint / 1000.0)", t_int8, 1, NULL, NULL, 0,
    NONE};

static enum sm_status sleep_for(struct sm_db *db, struct sm_arena *arena,
                                int64_t ms)
{
    struct sm_arg args[] = {sm_arg_int8(ms)};

    return sm_db_query(NULL, db, arena, &q_sleep, args, NULL);
}

/* The server says the same, as a WARNING, when it stops waiting for the
 * synchronous standby and answers COMMIT all the same. */
static void warning_at_commit_means_doubt(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);

    sm_test_sql(
        "CREATE OR REPLACE FUNCTION public.warn() RETURNS trigger"
        " LANGUAGE plpgsql AS $$ BEGIN RAISE WARNING"
        " 'canceling wait for synchronous replication due to user request';"
        " RETURN NULL; END $$;"
        "CREATE CONSTRAINT TRIGGER warn AFTER INSERT ON public.t"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
        " EXECUTE FUNCTION public.warn()");
    sm_db_begin(db);
    assert_int_equal(sm_world_add(w, db, 1, "x"), SM_OK);
    assert_int_equal(sm_db_commit(db, &w->err), SM_UNAVAILABLE);
    sm_db_put(db);
    assert_int_equal(sm_world_rows(w), 1); /* it is there: in doubt only */
    /* A warning before COMMIT is no doubt. */
    sm_test_sql("DROP TRIGGER warn ON public.t;"
                "CREATE TRIGGER warn AFTER INSERT ON public.t"
                " FOR EACH ROW EXECUTE FUNCTION public.warn()");
    sm_world_add_committed(w, 2, "x");
}

static void slow_statement_ends_at_its_deadline(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    int64_t pid = sm_world_pid(db, w->arena), began = sm_clock_mono_ms(), took;

    assert_int_equal(sleep_for(db, w->arena, 20000), SM_UNAVAILABLE);
    took = sm_clock_mono_ms() - began;
    assert_in_range(took, 950, 1600);
    assert_int_equal(sm_world_pid(db, w->arena),
                     pid); /* the connection lives */
    sm_db_put(db);
}

/* A server that neither answers nor closes: its postmaster and backend are
 * stopped. */
static void silent_server_costs_one_deadline(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    int64_t pid = sm_world_pid(db, w->arena), began, took;

    assert_int_equal(kill((pid_t)pid, SIGSTOP), 0);
    began = sm_clock_mono_ms();
    assert_int_equal(sleep_for(db, w->arena, 0), SM_UNAVAILABLE);
    took = sm_clock_mono_ms() - began;
    assert_in_range(took, 1200, 1700);
    assert_int_equal(sleep_for(db, w->arena, 0), SM_UNAVAILABLE);
    sm_db_put(db);
    kill((pid_t)pid, SIGCONT);
    db = sm_test_get(w->pool);
    assert_int_not_equal(sm_world_pid(db, w->arena), pid);
    sm_db_put(db);
}

/* All of it stands still: connections that are open cost one deadline each,
 * new ones theirs, and then the pool does not wait at all.  It goes on when
 * the server does. */
static void frozen_server_holds_nobody_long(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    int64_t began, took;

    sm_test_pg("freeze", sm_test_server(), NULL);
    began = sm_clock_mono_ms();
    assert_int_equal(sleep_for(db, w->arena, 0), SM_UNAVAILABLE);
    took = sm_clock_mono_ms() - began;
    assert_in_range(took, 1200, 1700);
    sm_db_put(db);
    began = sm_clock_mono_ms();
    assert_int_equal(sm_db_get(&db, w->pool, &w->err), SM_UNAVAILABLE);
    took = sm_clock_mono_ms() - began;
    assert_in_range(took, 1900, 2500);
    began = sm_clock_mono_ms();
    assert_int_equal(sm_db_get(&db, w->pool, &w->err), SM_UNAVAILABLE);
    assert_in_range(sm_clock_mono_ms() - began, 0, 40);
    assert_non_null(strstr(w->err.message, "database is away: connect"));
    sm_test_pg("thaw", sm_test_server(), NULL);
    sm_world_await(w, 5000);
}

/* kill -9 of the postmaster; what was acknowledged is there afterwards. */
static void crashed_server_is_survived(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);

    sm_world_add_committed(w, 1, "x");
    sm_db_begin(db);
    assert_int_equal(sm_world_add(w, db, 2, "x"), SM_OK);
    sm_test_pg("kill", sm_test_server(), NULL);
    assert_int_equal(sm_db_commit(db, &w->err), SM_UNAVAILABLE);
    sm_db_put(db);
    assert_int_equal(sm_db_get(&db, w->pool, &w->err), SM_UNAVAILABLE);
    sm_test_server_start();
    sm_world_await(w, 5000);
    assert_int_equal(sm_world_rows(w), 1);
}

static void exhausted_pool_is_busy_in_time(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db[4], *more;
    int64_t began, took;

    for (int i = 0; i < 4; i++)
        db[i] = sm_test_get(w->pool);
    began = sm_clock_mono_ms();
    assert_int_equal(sm_db_get(&more, w->pool, &w->err), SM_BUSY);
    took = sm_clock_mono_ms() - began;
    /* nothing moves: half of the time since the last was taken */
    assert_in_range(took, 50, 200);
    began = sm_clock_mono_ms();
    assert_int_equal(sm_db_get(&more, w->pool, &w->err), SM_BUSY);
    assert_in_range(sm_clock_mono_ms() - began, 0, 40); /* and then none */
    assert_int_equal(sm_db_pool_stats(w->pool).in_use, 4);
    assert_int_equal(sm_db_pool_stats(w->pool).waits_failed, 2);
    for (int i = 0; i < 4; i++)
        sm_db_put(db[i]);
    assert_int_equal(sm_db_pool_stats(w->pool).in_use, 0);
}

struct crowd {
    struct sm_db_pool *pool;
    atomic_int ok, lost, busy, other;
    atomic_bool stop;
    int rounds;
    int64_t work_ms;
};

static void *crowd_member(void *arg)
{
    struct crowd *crowd = arg;
    struct sm_arena *arena = sm_arena_new(1 << 20);

    for (int i = 0; i < crowd->rounds && !crowd->stop; i++) {
        struct sm_db *db;
        enum sm_status status = sm_db_get(&db, crowd->pool, NULL);

        if (status == SM_OK)
            status = sleep_for(db, arena, crowd->work_ms);
        sm_db_put(db);
        sm_arena_clear(arena);
        atomic_fetch_add(status == SM_OK            ? &crowd->ok
                         : status == SM_UNAVAILABLE ? &crowd->lost
                         : status == SM_BUSY        ? &crowd->busy
                                                    : &crowd->other,
                         1);
    }
    sm_arena_free(arena);
    return NULL;
}

static void run_crowd(struct crowd *crowd, pthread_t threads[16])
{
    for (int i = 0; i < 16; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, crowd_member, crowd),
                         0);
}

static void join_crowd(pthread_t threads[16])
{
    for (int i = 0; i < 16; i++)
        pthread_join(threads[i], NULL);
}

static void sixteen_threads_share_four(void **state)
{
    struct sm_world *w = *state;
    struct crowd crowd = {.pool = w->pool, .rounds = 200};
    pthread_t threads[16];
    struct sm_db_stats stats;

    run_crowd(&crowd, threads);
    join_crowd(threads);
    stats = sm_db_pool_stats(w->pool);
    assert_int_equal(crowd.ok, 16 * 200);
    assert_int_equal(stats.in_use, 0);
    assert_int_equal(stats.connects, 4);
    assert_true(stats.queries >= 16 * 200);
    assert_int_equal(stats.broken, 0);
}

static void terminated_backends_fail_only_their_queries(void **state)
{
    struct sm_world *w = *state;
    struct crowd crowd = {.pool = w->pool, .rounds = 1 << 20, .work_ms = 40};
    pthread_t threads[16];
    int ok;

    run_crowd(&crowd, threads);
    usleep(300 * 1000);
    sm_test_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'test'"
                " AND pid <> pg_backend_pid()");
    usleep(100 * 1000);
    ok = crowd.ok;
    usleep(400 * 1000);
    crowd.stop = true;
    join_crowd(threads);
    assert_in_range(crowd.lost, 1, 4);
    assert_int_equal(crowd.busy + crowd.other, 0);
    assert_true(crowd.ok > ok + 16);
}

static void idle_connections_are_replaced(void **state)
{
    struct sm_world *w = *state;

    assert_int_equal(sm_world_rows(w), 0);
    sm_test_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'test'"
                " AND pid <> pg_backend_pid()");
    usleep(50 * 1000);
    assert_int_equal(sm_world_rows(w), 0); /* nobody noticed */
    assert_int_equal(sm_db_pool_stats(w->pool).connects, 2);
}

static void server_restart_is_survived(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db;
    int64_t began, took;

    sm_world_add_committed(w, 1, "x");
    sm_test_server_stop();
    for (int i = 0; i < 50; i++) {
        began = sm_clock_mono_ms();
        assert_int_equal(sm_db_get(&db, w->pool, &w->err), SM_UNAVAILABLE);
        took = sm_clock_mono_ms() - began;
        assert_in_range(took, 0, 50); /* a dead server costs little */
    }
    sm_test_server_start();
    sm_world_await(w, 5000);
    assert_int_equal(sm_world_rows(w), 1);
    sm_test_server_restart();
    assert_int_equal(sm_world_rows(w), 1);
}

static void lost_connection_at_commit_means_doubt(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool), *other;
    struct sm_rows *rows;
    char sql[64];

    sm_db_begin(db);
    assert_int_equal(sm_world_add(w, db, 1, "x"), SM_OK);
    snprintf(sql, sizeof(sql), "SELECT pg_terminate_backend(%d)",
             (int)sm_world_pid(db, w->arena));
    sm_test_sql(sql);
    usleep(50 * 1000);
    assert_int_equal(sm_db_commit(db, &w->err), SM_UNAVAILABLE);
    assert_int_equal(sm_world_name(&rows, w, db, 1), SM_UNAVAILABLE);
    sm_db_put(db);
    other = sm_test_get(w->pool);
    assert_int_equal(sm_world_name(&rows, w, other, 1), SM_NOT_FOUND);
    sm_db_put(other);
}

static void second_host_serves_when_the_first_is_dead(void **state)
{
    struct sm_world *w = *state;
    const char *conninfo = sm_test_database();
    char both[512];
    struct sm_db_options options = {
        .conninfo = both, .size = 1, .connect_ms = 2000, .query_ms = 1000};
    struct sm_db_pool *pool;
    struct sm_db *db;

    assert_memory_equal(conninfo, "host=", 5);
    snprintf(both, sizeof(both), "target_session_attrs=read-write host=%s,%s",
             "/nonexistent", conninfo + 5);
    assert_int_equal(sm_db_pool_new(&pool, &options, &w->err), SM_OK);
    assert_int_equal(sm_db_get(&db, pool, &w->err), SM_OK);
    sm_db_put(db);
    sm_db_pool_free(pool);
    options.conninfo = "no such=thing pass word";
    assert_int_equal(sm_db_pool_new(&pool, &options, &w->err), SM_INVALID);
}

int main(void)
{
#define CASE(f)                                                                \
    cmocka_unit_test_setup_teardown(f, sm_world_open, sm_world_close)
    const struct CMUnitTest tests[] = {
        CASE(warning_at_commit_means_doubt),
        CASE(slow_statement_ends_at_its_deadline),
        CASE(silent_server_costs_one_deadline),
        CASE(frozen_server_holds_nobody_long),
        CASE(crashed_server_is_survived),
        CASE(exhausted_pool_is_busy_in_time),
        CASE(sixteen_threads_share_four),
        CASE(terminated_backends_fail_only_their_queries),
        CASE(idle_connections_are_replaced),
        CASE(server_restart_is_survived),
        CASE(lost_connection_at_commit_means_doubt),
        CASE(second_host_serves_when_the_first_is_dead),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
