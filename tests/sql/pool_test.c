/* links: db base */
/* lib/db against a real server: what a request may meet. */
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
#ifdef __SANITIZE_ADDRESS__ /* the compiler's package lacks its header */
int __sanitizer_install_malloc_and_free_hooks(
    void (*on_malloc)(const volatile void *, size_t),
    void (*on_free)(const volatile void *));
#endif

#include "base/clock.h"
#include "support/fixture.h"

#define NONE 0, 0
#define ONE 1, 1
#define ANY 0, -1

static const enum sm_type t_int8[] = {SM_TYPE_INT8};
static const enum sm_type t_text[] = {SM_TYPE_TEXT};
static const enum sm_type t_two[] = {SM_TYPE_INT8, SM_TYPE_TEXT};
static const enum sm_type t_all[] = {
    SM_TYPE_BOOL, SM_TYPE_INT4, SM_TYPE_INT8, SM_TYPE_TEXT, SM_TYPE_BYTEA,
    SM_TYPE_UUID, SM_TYPE_DATE, SM_TYPE_TIME, SM_TYPE_JSONB};
static const char *const n_all[] = {"a", "b", "c", "d", "e",
                                    "f", "g", "h", "i"};

static const struct sm_stmt q_add = {
    "t_add", "INSERT INTO public.t (id, name) VALUES ($1, $2)",
    t_two,   2,
    NULL,    NULL,
    0,       NONE};
static const struct sm_stmt q_name = {
    "t_name", "SELECT name FROM public.t WHERE id = $1",
    t_int8,   1,
    t_text,   n_all,
    1,        ONE};
static const struct sm_stmt q_maybe = {
    "t_maybe", "SELECT name FROM public.t WHERE id = $1",
    t_int8,    1,
    t_text,    n_all,
    1,         0,
    1};
static const struct sm_stmt q_list = {
    "t_list", "SELECT id, name FROM public.t ORDER BY id",
    NULL,     0,
    t_two,    n_all,
    2,        ANY};
static const struct sm_stmt q_one_of_many = {"t_one_of_many",
                                             "SELECT id, name FROM public.t",
                                             NULL,
                                             0,
                                             t_two,
                                             n_all,
                                             2,
                                             ONE};
static const struct sm_stmt q_pid = {
    "t_pid", "SELECT pg_backend_pid()::bigint", NULL, 0, t_int8, n_all, 1, ONE};
static const struct sm_stmt q_sleep = {
    "t_sleep", "SELECT pg_sleep($1::bigint / 1000.0)", t_int8, 1, NULL, NULL, 0,
    NONE};
static const struct sm_stmt q_types = {
    "t_types", "SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9",
    t_all,     9,
    t_all,     n_all,
    9,         ONE};
static const struct sm_stmt q_lie = {"t_lie", "SELECT 1::int", NULL, 0,
                                     t_int8,  n_all,           1,    ONE};
static const struct sm_stmt q_broken = {
    "t_broken", "SELECT no_such_thing", NULL, 0, t_int8, n_all, 1, ONE};
static const struct sm_stmt q_copy = {
    "t_copy", "COPY public.t (id, name) FROM STDIN", NULL, 0, NULL, NULL, 0,
    NONE};
static const struct sm_stmt q_star = {
    "t_star", "SELECT * FROM public.shape", NULL, 0, t_int8, n_all, 1, ONE};
static const struct sm_stmt q_path = {
    "t_path",
    "SELECT current_setting('search_path') || '/' || "
    "current_setting('application_name')",
    NULL,
    0,
    t_text,
    n_all,
    1,
    ONE};

struct world {
    struct sm_db_pool *pool;
    struct sm_arena *arena;
    struct sm_error err;
};

static int setup(void **state)
{
    struct world *w = calloc(1, sizeof(*w));

    sm_test_sql("DROP TABLE IF EXISTS public.t, public.shape;"
                "CREATE TABLE public.t (id bigint PRIMARY KEY, name text"
                " CONSTRAINT t_name_short CHECK (length(name) < 20))");
    w->pool = sm_test_pool(4);
    w->arena = sm_arena_new(1 << 20);
    *state = w;
    return 0;
}

static int teardown(void **state)
{
    struct world *w = *state;

    sm_arena_free(w->arena);
    sm_db_pool_free(w->pool);
    free(w);
    return 0;
}

static enum sm_status add(struct world *w, struct sm_db *db, int64_t id,
                          const char *name)
{
    struct sm_arg args[] = {sm_arg_int8(id), sm_arg_text(name)};

    return sm_db_query(NULL, db, w->arena, &q_add, args, &w->err);
}

static enum sm_status name_of(struct sm_rows **out, struct world *w,
                              struct sm_db *db, int64_t id)
{
    struct sm_arg args[] = {sm_arg_int8(id)};

    return sm_db_query(out, db, w->arena, &q_name, args, &w->err);
}

static enum sm_status sleep_for(struct sm_db *db, struct sm_arena *arena,
                                int64_t ms)
{
    struct sm_arg args[] = {sm_arg_int8(ms)};

    return sm_db_query(NULL, db, arena, &q_sleep, args, NULL);
}

static int64_t pid_of(struct sm_db *db, struct sm_arena *arena)
{
    struct sm_rows *rows;

    if (sm_db_query(&rows, db, arena, &q_pid, NULL, NULL) != SM_OK)
        return 0;
    return sm_row_int(rows, 0, 0);
}

static int rows_in_table(struct world *w)
{
    struct sm_db *db = sm_test_get(w->pool);
    struct sm_rows *rows;
    int count;

    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_list, NULL, &w->err),
                     SM_OK);
    count = sm_rows_count(rows);
    sm_db_put(db);
    return count;
}

static void add_committed(struct world *w, int64_t id, const char *name)
{
    struct sm_db *db = sm_test_get(w->pool);

    sm_db_begin(db);
    assert_int_equal(add(w, db, id, name), SM_OK);
    assert_int_equal(sm_db_commit(db, &w->err), SM_OK);
    sm_db_put(db);
}

static void all_types_round_trip(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    const uint8_t uuid[16] = {0xde, 0xad, [15] = 0xef};
    const char text[] = "Сметка și factură";
    const struct sm_date day = {1999, 12, 31};
    struct sm_arg args[] = {
        sm_arg_bool(true), sm_arg_int4(INT32_MIN),  sm_arg_int8(INT64_MIN),
        sm_arg_text(text), sm_arg_bytes("a\0b", 3), sm_arg_uuid(uuid),
        sm_arg_date(day),  sm_arg_time(-1),         sm_arg_json("{\"k\": 1}")};
    struct sm_rows *rows;
    struct sm_date date;

    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_types, args, &w->err),
                     SM_OK);
    sm_db_put(db); /* rows live in the arena, not in the connection */
    assert_true(sm_row_bool(rows, 0, 0));
    assert_true(sm_row_int(rows, 0, 1) == INT32_MIN);
    assert_true(sm_row_int(rows, 0, 2) == INT64_MIN);
    assert_string_equal(sm_row_text(rows, 0, 3), text);
    assert_int_equal(sm_row_len(rows, 0, 3), strlen(text));
    assert_int_equal(sm_row_len(rows, 0, 4), 3);
    assert_memory_equal(sm_row_bytes(rows, 0, 4), "a\0b", 3);
    assert_memory_equal(sm_row_bytes(rows, 0, 5), uuid, 16);
    date = sm_row_date(rows, 0, 6);
    assert_memory_equal(&date, &day, sizeof(day));
    assert_true(sm_row_time(rows, 0, 7) == -1);
    assert_string_equal(sm_row_text(rows, 0, 8), "{\"k\": 1}");
    assert_int_equal(sm_row_len(rows, 0, 8), 8);
    for (int i = 0; i < 9; i++)
        assert_false(sm_row_null(rows, 0, i));
}

static void nulls_round_trip(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    struct sm_arg args[9];
    struct sm_rows *rows;

    for (int i = 0; i < 9; i++)
        args[i] = sm_arg_null(t_all[i]);
    args[3] = sm_arg_text(NULL);
    args[5] = sm_arg_uuid(NULL);
    args[6] = sm_arg_date((struct sm_date){0});
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_types, args, &w->err),
                     SM_OK);
    for (int i = 0; i < 9; i++)
        assert_true(sm_row_null(rows, 0, i));
    assert_false(sm_row_bool(rows, 0, 0));
    assert_int_equal(sm_row_int(rows, 0, 1), 0);
    assert_string_equal(sm_row_text(rows, 0, 3), "");
    assert_string_equal(sm_row_text(rows, 0, 8), "");
    assert_int_equal(sm_row_len(rows, 0, 4), 0);
    assert_int_equal(sm_row_bytes(rows, 0, 5)[15], 0);
    assert_int_equal(sm_row_date(rows, 0, 6).year, 0);
    assert_true(sm_row_time(rows, 0, 7) == 0);
    sm_db_put(db);
}

static void session_has_its_defaults(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    struct sm_rows *rows;

    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_path, NULL, &w->err),
                     SM_OK);
    assert_string_equal(sm_row_text(rows, 0, 0), "\"\"/test");
    sm_db_put(db);
}

static void declared_rows_and_types_are_checked(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    struct sm_arg nobody[] = {sm_arg_int8(404)};
    struct sm_arg wrong[] = {sm_arg_int4(404)};
    struct sm_rows *rows;

    assert_int_equal(name_of(&rows, w, db, 404), SM_NOT_FOUND);
    assert_null(rows);
    assert_int_equal(
        sm_db_query(&rows, db, w->arena, &q_maybe, nobody, &w->err), SM_OK);
    assert_int_equal(sm_rows_count(rows), 0);
    add_committed(w, 1, "a");
    add_committed(w, 2, "b");
    assert_int_equal(
        sm_db_query(&rows, db, w->arena, &q_one_of_many, NULL, &w->err),
        SM_INTERNAL);
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_lie, NULL, &w->err),
                     SM_INTERNAL);
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_name, wrong, &w->err),
                     SM_INTERNAL);
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_broken, NULL, &w->err),
                     SM_INTERNAL);
    assert_non_null(strstr(w->err.message, "42703"));
    assert_int_equal(name_of(&rows, w, db, 2), SM_OK); /* still in step */
    sm_db_put(db);
}

static void writes_need_a_transaction(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);

    assert_int_equal(add(w, db, 1, "x"), SM_UNAVAILABLE);
    assert_non_null(strstr(w->err.message, "25006"));
    sm_db_put(db);
    assert_int_equal(rows_in_table(w), 0);
    add_committed(w, 1, "x");
    assert_int_equal(rows_in_table(w), 1);
}

static void open_transaction_is_rolled_back(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    int64_t pid = pid_of(db, w->arena);

    sm_db_begin(db);
    assert_int_equal(add(w, db, 1, "x"), SM_OK);
    sm_db_put(db);
    db = sm_test_get(w->pool);
    assert_int_equal(pid_of(db, w->arena), pid); /* and is used again */
    sm_db_begin(db);                             /* begun, and nothing said */
    sm_db_put(db);
    assert_int_equal(rows_in_table(w), 0);
}

static void constraints_are_named(void **state)
{
    struct world *w = *state;
    struct sm_db *db;
    struct sm_rows *rows;

    add_committed(w, 1, "x");
    db = sm_test_get(w->pool);
    sm_db_begin(db);
    assert_int_equal(add(w, db, 1, "secret"), SM_INVALID);
    assert_string_equal(sm_db_constraint(db), "t_pkey");
    assert_null(strstr(w->err.message, "(1)")); /* no DETAIL */
    /* The rest of the transaction repeats why it failed, without a trip. */
    assert_int_equal(name_of(&rows, w, db, 1), SM_INVALID);
    assert_int_equal(sm_db_commit(db, &w->err), SM_INVALID);
    sm_db_begin(db);
    assert_int_equal(add(w, db, 2, "much too long for this column"),
                     SM_INVALID);
    assert_string_equal(sm_db_constraint(db), "t_name_short");
    assert_null(strstr(w->err.message, "much too long"));
    sm_db_rollback(db);
    assert_int_equal(name_of(&rows, w, db, 1), SM_OK);
    assert_string_equal(sm_db_constraint(db), "");
    sm_db_put(db);
    assert_int_equal(rows_in_table(w), 1);
}

static void serialization_failure_is_a_conflict(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);

    sm_test_sql("CREATE OR REPLACE FUNCTION public.clash() RETURNS trigger"
                " LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'clash'"
                " USING ERRCODE = '40001'; END $$;"
                "CREATE CONSTRAINT TRIGGER clash AFTER INSERT ON public.t"
                " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                " EXECUTE FUNCTION public.clash()");
    sm_db_begin(db);
    assert_int_equal(add(w, db, 1, "x"), SM_OK);
    assert_int_equal(sm_db_commit(db, &w->err), SM_CONFLICT);
    sm_test_sql("DROP TRIGGER clash ON public.t");
    sm_db_begin(db);
    assert_int_equal(add(w, db, 1, "x"), SM_OK);
    assert_int_equal(sm_db_commit(db, &w->err), SM_OK);
    sm_db_put(db);
}

/* The server says the same, as a WARNING, when it stops waiting for the
 * synchronous standby and answers COMMIT all the same. */
static void warning_at_commit_means_doubt(void **state)
{
    struct world *w = *state;
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
    assert_int_equal(add(w, db, 1, "x"), SM_OK);
    assert_int_equal(sm_db_commit(db, &w->err), SM_UNAVAILABLE);
    sm_db_put(db);
    assert_int_equal(rows_in_table(w), 1); /* it is there: in doubt only */
    /* A warning before COMMIT is no doubt. */
    sm_test_sql("DROP TRIGGER warn ON public.t;"
                "CREATE TRIGGER warn AFTER INSERT ON public.t"
                " FOR EACH ROW EXECUTE FUNCTION public.warn()");
    add_committed(w, 2, "x");
}

static void slow_statement_ends_at_its_deadline(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    int64_t pid = pid_of(db, w->arena), began = sm_clock_mono_ms(), took;

    assert_int_equal(sleep_for(db, w->arena, 20000), SM_UNAVAILABLE);
    took = sm_clock_mono_ms() - began;
    assert_in_range(took, 950, 1600);
    assert_int_equal(pid_of(db, w->arena), pid); /* the connection lives */
    sm_db_put(db);
}

/* A server that neither answers nor closes: its postmaster and backend are
 * stopped. */
static void silent_server_costs_one_deadline(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    int64_t pid = pid_of(db, w->arena), began, took;

    assert_int_equal(kill((pid_t)pid, SIGSTOP), 0);
    began = sm_clock_mono_ms();
    assert_int_equal(sleep_for(db, w->arena, 0), SM_UNAVAILABLE);
    took = sm_clock_mono_ms() - began;
    assert_in_range(took, 1200, 1700);
    assert_int_equal(sleep_for(db, w->arena, 0), SM_UNAVAILABLE);
    sm_db_put(db);
    kill((pid_t)pid, SIGCONT);
    db = sm_test_get(w->pool);
    assert_int_not_equal(pid_of(db, w->arena), pid);
    sm_db_put(db);
}

static void exhausted_pool_is_busy_in_time(void **state)
{
    struct world *w = *state;
    struct sm_db *db[4], *more;
    int64_t began, took;

    for (int i = 0; i < 4; i++)
        db[i] = sm_test_get(w->pool);
    began = sm_clock_mono_ms();
    assert_int_equal(sm_db_get(&more, w->pool, &w->err), SM_BUSY);
    took = sm_clock_mono_ms() - began;
    assert_in_range(took, 195, 300);
    assert_int_equal(sm_db_pool_stats(w->pool).in_use, 4);
    assert_int_equal(sm_db_pool_stats(w->pool).waits_failed, 1);
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
    struct world *w = *state;
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
    struct world *w = *state;
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
    struct world *w = *state;

    assert_int_equal(rows_in_table(w), 0);
    sm_test_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'test'"
                " AND pid <> pg_backend_pid()");
    usleep(50 * 1000);
    assert_int_equal(rows_in_table(w), 0); /* nobody noticed */
    assert_int_equal(sm_db_pool_stats(w->pool).connects, 2);
}

static void server_restart_is_survived(void **state)
{
    struct world *w = *state;
    struct sm_db *db;
    int64_t began, took;
    int failed = 0;

    add_committed(w, 1, "x");
    sm_test_server_stop();
    for (int i = 0; i < 50; i++) {
        began = sm_clock_mono_ms();
        assert_int_equal(sm_db_get(&db, w->pool, &w->err), SM_UNAVAILABLE);
        took = sm_clock_mono_ms() - began;
        assert_in_range(took, 0, 50); /* a dead server costs little */
    }
    sm_test_server_start();
    began = sm_clock_mono_ms();
    while (sm_db_get(&db, w->pool, &w->err) != SM_OK) {
        assert_true(sm_clock_mono_ms() - began < 5000);
        usleep(20 * 1000);
        failed++;
    }
    sm_db_put(db);
    assert_int_equal(rows_in_table(w), 1);
    sm_test_server_restart();
    assert_int_equal(rows_in_table(w), 1);
    (void)failed;
}

static void lost_connection_at_commit_means_doubt(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool), *other;
    struct sm_rows *rows;
    char sql[64];

    sm_db_begin(db);
    assert_int_equal(add(w, db, 1, "x"), SM_OK);
    snprintf(sql, sizeof(sql), "SELECT pg_terminate_backend(%d)",
             (int)pid_of(db, w->arena));
    sm_test_sql(sql);
    usleep(50 * 1000);
    assert_int_equal(sm_db_commit(db, &w->err), SM_UNAVAILABLE);
    assert_int_equal(name_of(&rows, w, db, 1), SM_UNAVAILABLE);
    sm_db_put(db);
    other = sm_test_get(w->pool);
    assert_int_equal(name_of(&rows, w, other, 1), SM_NOT_FOUND);
    sm_db_put(other);
}

static void changed_table_is_prepared_again(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    struct sm_rows *rows;

    sm_test_sql("CREATE TABLE public.shape AS SELECT 7::bigint AS a");
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_star, NULL, &w->err),
                     SM_OK);
    sm_test_sql("ALTER TABLE public.shape ADD b int;"
                "ALTER TABLE public.shape DROP a;"
                "ALTER TABLE public.shape ALTER b TYPE bigint");
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_star, NULL, &w->err),
                     SM_OK);
    sm_test_sql("ALTER TABLE public.shape ALTER b TYPE int;");
    sm_db_begin(db); /* the first statement of a transaction, too */
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_star, NULL, &w->err),
                     SM_INTERNAL); /* prepared again; int is not declared */
    sm_db_rollback(db);
    sm_test_sql("ALTER TABLE public.shape ALTER b TYPE bigint;");
    sm_db_begin(db);
    assert_int_equal(add(w, db, 1, "x"), SM_OK);
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_star, NULL, &w->err),
                     SM_CONFLICT); /* in its middle: run it all again */
    sm_db_rollback(db);
    sm_db_begin(db);
    assert_int_equal(add(w, db, 1, "x"), SM_OK);
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_star, NULL, &w->err),
                     SM_OK);
    assert_int_equal(sm_db_commit(db, &w->err), SM_OK);
    sm_db_put(db);
}

static void copy_loads_rows(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    struct sm_rows *rows;
    char line[32];

    assert_int_equal(sm_db_copy_begin(db, &q_copy, &w->err), SM_INTERNAL);
    sm_db_begin(db);
    assert_int_equal(sm_db_copy_begin(db, &q_copy, &w->err), SM_OK);
    for (int i = 1; i <= 20000; i++) {
        int len = snprintf(line, sizeof(line), "%d\tname %d\n", i, i);

        assert_int_equal(sm_db_copy_send(db, line, (size_t)len, &w->err),
                         SM_OK);
    }
    assert_int_equal(name_of(&rows, w, db, 1), SM_INTERNAL); /* not now */
    assert_int_equal(sm_db_copy_end(db, &w->err), SM_OK);
    assert_int_equal(name_of(&rows, w, db, 20000), SM_OK);
    assert_int_equal(sm_db_commit(db, &w->err), SM_OK);
    sm_db_begin(db);
    assert_int_equal(sm_db_copy_begin(db, &q_copy, &w->err), SM_OK);
    assert_int_equal(sm_db_copy_send(db, "1\ttwice\n", 8, &w->err), SM_OK);
    assert_int_equal(sm_db_copy_end(db, &w->err), SM_INVALID);
    assert_string_equal(sm_db_constraint(db), "t_pkey");
    sm_db_rollback(db);
    sm_db_begin(db);
    assert_int_equal(sm_db_copy_begin(db, &q_copy, &w->err), SM_OK);
    sm_db_put(db); /* given up in its middle */
    assert_int_equal(rows_in_table(w), 20000);
}

static void script_runs_in_and_out_of_a_transaction(void **state)
{
    struct world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    struct sm_rows *rows;

    sm_db_begin(db);
    assert_int_equal(sm_db_script(db,
                                  "INSERT INTO public.t VALUES (1, 'a');"
                                  "INSERT INTO public.t VALUES (2, 'b')",
                                  5000, &w->err),
                     SM_OK);
    assert_int_equal(name_of(&rows, w, db, 2), SM_OK);
    sm_db_rollback(db);
    assert_int_equal(name_of(&rows, w, db, 2), SM_NOT_FOUND);
    assert_int_equal(
        sm_db_script(db, "INSERT INTO public.t VALUES (1, 'a'); SELECT nope",
                     5000, &w->err),
        SM_INTERNAL);
    assert_int_equal(name_of(&rows, w, db, 1), SM_NOT_FOUND);
    assert_int_equal(
        sm_db_script(db, "INSERT INTO public.t VALUES (1, 'a')", 5000, &w->err),
        SM_OK);
    assert_int_equal(add(w, db, 3, "c"), SM_UNAVAILABLE); /* read-only again */
    assert_int_equal(sm_db_script(db, "SELECT pg_sleep(9)", 300, &w->err),
                     SM_UNAVAILABLE);
    sm_db_put(db);
    assert_int_equal(rows_in_table(w), 1);
}

static void second_host_serves_when_the_first_is_dead(void **state)
{
    struct world *w = *state;
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

#ifdef __SANITIZE_ADDRESS__
static atomic_int allocations;

static void count_allocation(const volatile void *ptr, size_t size)
{
    (void)ptr;
    (void)size;
    atomic_fetch_add(&allocations, 1);
}

static void ignore_release(const volatile void *ptr)
{
    (void)ptr;
}

/* Five a statement, all inside libpq: two results, their blocks, a table of
 * rows. */
static void warm_statement_allocates_little(void **state)
{
    struct world *w = *state;
    struct sm_rows *rows;
    struct sm_db *db;
    int before = 0;

    add_committed(w, 1, "x");
    assert_true(__sanitizer_install_malloc_and_free_hooks(count_allocation,
                                                          ignore_release));
    for (int i = 0; i < 110; i++) {
        if (i == 10)
            before = allocations;
        db = sm_test_get(w->pool);
        assert_int_equal(name_of(&rows, w, db, 1), SM_OK);
        sm_db_put(db);
        sm_arena_clear(w->arena);
    }
    assert_in_range(allocations - before, 100, 500);
}
#endif

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        CASE(all_types_round_trip),
        CASE(nulls_round_trip),
        CASE(session_has_its_defaults),
        CASE(declared_rows_and_types_are_checked),
        CASE(writes_need_a_transaction),
        CASE(open_transaction_is_rolled_back),
        CASE(constraints_are_named),
        CASE(serialization_failure_is_a_conflict),
        CASE(warning_at_commit_means_doubt),
        CASE(slow_statement_ends_at_its_deadline),
        CASE(silent_server_costs_one_deadline),
        CASE(exhausted_pool_is_busy_in_time),
        CASE(sixteen_threads_share_four),
        CASE(terminated_backends_fail_only_their_queries),
        CASE(idle_connections_are_replaced),
        CASE(server_restart_is_survived),
        CASE(lost_connection_at_commit_means_doubt),
        CASE(changed_table_is_prepared_again),
        CASE(copy_loads_rows),
        CASE(script_runs_in_and_out_of_a_transaction),
        CASE(second_host_serves_when_the_first_is_dead),
#ifdef __SANITIZE_ADDRESS__
        CASE(warm_statement_allocates_little),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
