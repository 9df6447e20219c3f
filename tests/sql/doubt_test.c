/* links: db base */
/* COMMIT in doubt and transactions that meet: what is run again, and that it
 * has happened once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>

#include "base/clock.h"
#include "base/metrics.h"
#include "support/relay.h"
#include "world.h"

enum { ROUNDS = 100 };

static const enum sm_type t_int8[] = {SM_TYPE_INT8};
static const enum sm_type t_two[] = {SM_TYPE_INT8, SM_TYPE_INT8};
static const char *const n_one[] = {"a"};

/* Finds by its key what an earlier run has done. */
static const struct sm_stmt q_put = {
    .name = "t_put",
    .sql = "INSERT INTO public.t (id, name) VALUES ($1, 'x')"
           " ON CONFLICT (id) DO NOTHING",
    .params = t_int8,
    .nparams = 1,
};
/* Does it again. */
static const struct sm_stmt q_take = {
    .name = "t_take",
    .sql = "INSERT INTO public.t (id, name)"
           " SELECT count(*), 'taken' FROM public.t RETURNING id",
    .columns = t_int8,
    .column_names = n_one,
    .ncolumns = 1,
    .min_rows = 1,
    .max_rows = 1,
};
static const struct sm_stmt q_cross = {
    .name = "t_cross",
    .sql = "SELECT public.cross($1, $2)",
    .params = t_two,
    .nparams = 2,
};
static const struct sm_stmt q_clash = {
    .name = "t_clash",
    .sql = "SELECT public.clash($1)",
    .params = t_int8,
    .nparams = 1,
};

struct doubt {
    struct sm_world *w;
    struct sm_relay *relay;
    struct sm_db_pool *pool; /* through the relay */
};

static int open_doubt(void **state)
{
    struct doubt *d = calloc(1, sizeof(*d));
    struct sm_db_options options = sm_test_options(4);
    void *world;

    sm_world_open(&world);
    d->w = world;
    d->relay = sm_relay_start();
    options.conninfo = sm_relay_database(d->relay);
    assert_int_equal(sm_db_pool_new(&d->pool, &options, NULL), SM_OK);
    *state = d;
    return 0;
}

static int close_doubt(void **state)
{
    struct doubt *d = *state;
    void *world = d->w;

    sm_db_pool_free(d->pool);
    sm_relay_stop(d->relay);
    sm_world_close(&world);
    free(d);
    return 0;
}

static enum sm_status put(struct doubt *d, int64_t id)
{
    const struct sm_arg args[] = {sm_arg_int8(id)};

    return sm_db_run(NULL, d->pool, d->w->arena, &q_put, args, &d->w->err);
}

static void lost_answer_is_settled_by_the_key(void **state)
{
    struct doubt *d = *state;
    int64_t doubts = sm_metric_get(SM_METRIC_DB_DOUBT, NULL);

    for (int i = 0; i < ROUNDS; i++) {
        sm_relay_lose(d->relay, SM_RELAY_ANSWER, 1);
        assert_int_equal(put(d, i), SM_OK);
        assert_int_equal(sm_relay_lost(d->relay), i + 1);
    }
    assert_int_equal(sm_world_rows(d->w), ROUNDS);
    assert_int_equal(sm_metric_get(SM_METRIC_DB_DOUBT, NULL) - doubts, ROUNDS);
}

static void lost_commit_is_made_good(void **state)
{
    struct doubt *d = *state;

    for (int i = 0; i < ROUNDS / 4; i++) {
        int lost = sm_relay_lost(d->relay);

        sm_relay_lose(d->relay, SM_RELAY_COMMIT, 1 + i % 3);
        assert_int_equal(put(d, i), SM_OK);
        assert_int_equal(sm_relay_lost(d->relay), lost + 1 + i % 3);
    }
    assert_int_equal(sm_world_rows(d->w), ROUNDS / 4);
}

static void endless_doubt_is_reported(void **state)
{
    struct doubt *d = *state;
    int64_t began = sm_clock_mono_ms();

    sm_relay_lose(d->relay, SM_RELAY_ANSWER, 1000);
    assert_int_equal(put(d, 1), SM_UNAVAILABLE);
    assert_non_null(strstr(d->w->err.message, "COMMIT in doubt"));
    assert_in_range(sm_relay_lost(d->relay), 2, 8);
    assert_in_range(sm_clock_mono_ms() - began, 0, 1300);
    sm_relay_lose(d->relay, SM_RELAY_NOTHING, 0);
    assert_int_equal(put(d, 1), SM_OK);
    assert_int_equal(sm_world_rows(d->w), 1);
}

static void what_cannot_be_repeated_is_not(void **state)
{
    struct doubt *d = *state;
    struct sm_rows *rows;

    sm_relay_lose(d->relay, SM_RELAY_ANSWER, 1);
    assert_int_equal(
        sm_db_run_once(&rows, d->pool, d->w->arena, &q_take, NULL, &d->w->err),
        SM_UNAVAILABLE);
    assert_int_equal(sm_world_rows(d->w), 1);
    assert_int_equal(
        sm_db_run_once(&rows, d->pool, d->w->arena, &q_take, NULL, &d->w->err),
        SM_OK);
    assert_int_equal(sm_world_rows(d->w), 2);
}

/* Before COMMIT nothing is in doubt: that much may always be repeated. */
static void lost_connection_before_commit_is_no_doubt(void **state)
{
    struct doubt *d = *state;
    struct sm_db *db = sm_test_get(d->pool);
    struct sm_rows *rows;

    sm_db_put(db);
    sm_test_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = 'test'"
                " AND pid <> pg_backend_pid()");
    assert_int_equal(
        sm_db_run_once(&rows, d->pool, d->w->arena, &q_take, NULL, &d->w->err),
        SM_OK);
    assert_int_equal(sm_world_rows(d->w), 1);
}

struct crossing {
    struct sm_db_pool *pool;
    int64_t from, to;
    enum sm_status status;
};

static void *cross(void *arg)
{
    struct crossing *c = arg;
    const struct sm_arg args[] = {sm_arg_int8(c->from), sm_arg_int8(c->to)};
    struct sm_arena *arena = sm_arena_new(1 << 16);

    c->status = sm_db_run(NULL, c->pool, arena, &q_cross, args, NULL);
    sm_arena_free(arena);
    return NULL;
}

static void deadlock_is_run_again(void **state)
{
    struct doubt *d = *state;
    struct crossing there = {d->w->pool, 1, 2, SM_INTERNAL};
    struct crossing back = {d->w->pool, 2, 1, SM_INTERNAL};
    int64_t again = sm_metric_get(SM_METRIC_DB_AGAIN, NULL);
    pthread_t one, two;

    sm_test_sql("ALTER ROLE postgres SET deadlock_timeout = '20ms';"
                "INSERT INTO public.t VALUES (1, ''), (2, '');"
                "CREATE OR REPLACE FUNCTION public.cross(a bigint, b bigint)"
                " RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
                " UPDATE public.t SET name = name || 'x' WHERE id = a;"
                " PERFORM pg_sleep(0.05);"
                " UPDATE public.t SET name = name || 'x' WHERE id = b;"
                " END $$");
    pthread_create(&one, NULL, cross, &there);
    pthread_create(&two, NULL, cross, &back);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    sm_test_sql("ALTER ROLE postgres RESET deadlock_timeout");
    assert_int_equal(there.status, SM_OK);
    assert_int_equal(back.status, SM_OK);
    assert_true(sm_metric_get(SM_METRIC_DB_AGAIN, NULL) > again);
    sm_test_sql("DO $$ BEGIN ASSERT (SELECT bool_and(name = 'xx')"
                " FROM public.t); END $$");
}

/* Fails as often as it is told before it succeeds. */
static void serialization_failure_is_run_again(void **state)
{
    struct doubt *d = *state;
    struct sm_arg args[] = {sm_arg_int8(2)};
    int64_t began;

    sm_test_sql("CREATE SEQUENCE IF NOT EXISTS public.tries;"
                "CREATE OR REPLACE FUNCTION public.clash(n bigint)"
                " RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
                " INSERT INTO public.t SELECT count(*), '' FROM public.t;"
                " IF nextval('public.tries') <= n THEN"
                " RAISE EXCEPTION 'met' USING ERRCODE = '40001'; END IF;"
                " END $$");
    assert_int_equal(
        sm_db_run(NULL, d->w->pool, d->w->arena, &q_clash, args, &d->w->err),
        SM_OK);
    assert_int_equal(sm_world_rows(d->w), 1);
    args[0] = sm_arg_int8(1000);
    began = sm_clock_mono_ms();
    assert_int_equal(
        sm_db_run(NULL, d->w->pool, d->w->arena, &q_clash, args, &d->w->err),
        SM_CONFLICT);
    assert_in_range(sm_clock_mono_ms() - began, 10, 500); /* with pauses */
    assert_int_equal(sm_world_rows(d->w), 1);
    sm_test_sql("DROP SEQUENCE public.tries");
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, open_doubt, close_doubt)
    const struct CMUnitTest tests[] = {
        CASE(lost_answer_is_settled_by_the_key),
        CASE(lost_commit_is_made_good),
        CASE(endless_doubt_is_reported),
        CASE(what_cannot_be_repeated_is_not),
        CASE(lost_connection_before_commit_is_no_doubt),
        CASE(deadlock_is_run_again),
        CASE(serialization_failure_is_run_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
