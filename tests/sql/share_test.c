/* links: db base */
/* The connection that reads share: each gets its own answer, trouble of one
 * is not trouble of another, and no wait is without an end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "world.h"

enum { THREADS = 8, ROUNDS = 400, QUERY_MS = 1000 };

static const enum sm_type t_int8[] = {SM_TYPE_INT8};
static const char *const n_all[] = {"a"};

static const struct sm_stmt q_echo = {
    "t_echo", "SELECT $1::bigint", t_int8, 1, t_int8, n_all, 1, ONE};
static const struct sm_stmt q_divide = {
    "t_divide", "SELECT 100 / $1::bigint", t_int8, 1, t_int8, n_all, 1, ONE};
static const struct sm_stmt q_sleep = {
    "t_nap", "SELECT 1::bigint FROM pg_sleep($1::bigint / 1000.0)",
    t_int8,  1,
    t_int8,  n_all,
    1,       ONE};
static const struct sm_stmt q_pid = {
    "t_who", "SELECT pg_backend_pid()::bigint", NULL, 0, t_int8, n_all, 1, ONE};
static const struct sm_stmt q_shape = {
    "t_shape", "SELECT * FROM public.shape", NULL, 0, t_int8, n_all, 1, ANY};

/* Connections in use that have outlived theirs. */
static const struct sm_stmt q_old = {
    "t_old",
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'test'"
    " AND backend_start < now() - interval '900 ms'"
    " AND query_start > now() - interval '200 ms'",
    NULL,
    0,
    t_int8,
    n_all,
    1,
    ONE};

static int open_for(void **state, int life_ms)
{
    struct sm_db_options options = {
        .conninfo = sm_test_database(),
        .user = "postgres",
        .program = "test",
        .size = 2,
        .share = true,
        .wait_ms = 900,
        .connect_ms = 2000,
        .query_ms = QUERY_MS,
        .life_ms = life_ms,
    };
    struct sm_world *w;

    sm_world_open(state);
    w = *state;
    sm_db_pool_free(w->pool);
    return sm_db_pool_new(&w->pool, &options, &w->err) == SM_OK ? 0 : -1;
}

static int open_shared(void **state)
{
    return open_for(state, 0);
}

static int open_brief(void **state)
{
    return open_for(state, 300);
}

static enum sm_status ask(int64_t *out, struct sm_world *w,
                          struct sm_arena *arena, const struct sm_stmt *stmt,
                          int64_t number)
{
    struct sm_arg args[] = {sm_arg_int8(number)};
    struct sm_rows *rows;
    enum sm_status status = sm_db_read(&rows, w->pool, arena, stmt, args, NULL);

    if (status == SM_OK)
        *out = sm_rows_count(rows) > 0 ? sm_row_int(rows, 0, 0) : 0;
    return status;
}

/* The backend behind the shared connection, which this makes. */
static int64_t shared_pid(struct sm_world *w)
{
    int64_t pid = 0, again = 0;

    assert_int_equal(ask(&pid, w, w->arena, &q_pid, 0), SM_OK);
    assert_int_equal(ask(&again, w, w->arena, &q_pid, 0), SM_OK);
    assert_int_equal(pid, again);
    return pid;
}

struct member {
    pthread_t thread;
    struct sm_world *w;
    int64_t number;
    int ok, refused;
    int wrong; /* the last status that should not be; -1: wrong answer */
    atomic_bool *stop;
};

/* Ask for numbers of its own; every tenth question of an odd member is one
 * that the server refuses. */
static void *keep_asking(void *arg)
{
    struct member *me = arg;
    struct sm_arena *arena = sm_arena_new(1 << 20);

    for (int i = 0; i < ROUNDS || (me->stop && !*me->stop); i++) {
        int64_t number = me->number * 1000000 + i, got = 0;
        bool bad = me->number % 2 == 1 && i % 10 == 0;
        enum sm_status status = bad ? ask(&got, me->w, arena, &q_divide, 0)
                                    : ask(&got, me->w, arena, &q_echo, number);

        if (bad && status == SM_INTERNAL)
            me->refused++;
        else if (!bad && status == SM_OK && got == number)
            me->ok++;
        else
            me->wrong = status == SM_OK ? -1 : (int)status;
        sm_arena_clear(arena);
    }
    sm_arena_free(arena);
    return NULL;
}

static void start(struct member *members, struct sm_world *w, atomic_bool *stop)
{
    for (int i = 0; i < THREADS; i++) {
        members[i] = (struct member){.w = w, .number = i, .stop = stop};
        assert_int_equal(
            pthread_create(&members[i].thread, NULL, keep_asking, &members[i]),
            0);
    }
}

/* Wait for all; returns what went wrong, 0 for nothing. */
static int join(struct member *members)
{
    int wrong = 0;

    for (int i = 0; i < THREADS; i++) {
        pthread_join(members[i].thread, NULL);
        wrong = members[i].wrong ? members[i].wrong : wrong;
    }
    return wrong;
}

static void each_gets_its_own_answer(void **state)
{
    struct sm_world *w = *state;
    struct member members[THREADS];

    start(members, w, NULL);
    assert_int_equal(join(members), 0);
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(members[i].refused, i % 2 ? ROUNDS / 10 : 0);
        assert_int_equal(members[i].ok + members[i].refused, ROUNDS);
    }
    assert_int_equal(sm_db_pool_stats(w->pool).broken, 0);
    assert_int_equal(sm_db_pool_stats(w->pool).in_use, 0);
    assert_true(sm_db_pool_stats(w->pool).queries >= THREADS * ROUNDS);
}

static void lost_answers_are_asked_again(void **state)
{
    struct sm_world *w = *state;
    struct member members[THREADS];
    atomic_bool stop = false;

    start(members, w, &stop);
    for (int i = 0; i < 10; i++) {
        usleep(50 * 1000);
        /* mostly the shared one, now and then one of the pool */
        sm_test_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'test'"
                    " AND pid <> pg_backend_pid()"
                    " AND query LIKE '%$1::bigint%'" /* not one that starts */
                    " ORDER BY query_start DESC LIMIT 1");
    }
    stop = true;
    assert_int_equal(join(members), 0);
}

struct nap {
    struct sm_world *w;
    int64_t ms;
    enum sm_status status;
};

static void *take_nap(void *arg)
{
    struct nap *nap = arg;
    struct sm_arena *arena = sm_arena_new(1 << 20);
    int64_t got;

    nap->status = ask(&got, nap->w, arena, &q_sleep, nap->ms);
    sm_arena_free(arena);
    return NULL;
}

static void slow_read_holds_up_nobody_who_comes_later(void **state)
{
    struct sm_world *w = *state;
    struct nap nap = {.w = w, .ms = 700};
    pthread_t thread;
    int64_t pid = shared_pid(w), got, began, took;

    assert_int_equal(pthread_create(&thread, NULL, take_nap, &nap), 0);
    usleep(100 * 1000);
    began = sm_clock_mono_ms();
    for (int64_t i = 0; i < 20; i++) {
        assert_int_equal(ask(&got, w, w->arena, &q_echo, i), SM_OK);
        assert_int_equal(got, i);
    }
    took = sm_clock_mono_ms() - began;
    assert_in_range(took, 0, 400);
    pthread_join(thread, NULL);
    assert_int_equal(nap.status, SM_OK);
    assert_int_equal(shared_pid(w), pid); /* still the shared one */
}

/* Three in a row, each within its own time, take more than one may: those that
 * were only behind others are asked again. */
static void slow_ones_before_it_lose_no_answer(void **state)
{
    struct sm_world *w = *state;
    struct nap naps[3];
    pthread_t threads[3];
    int64_t began;

    (void)shared_pid(w);
    began = sm_clock_mono_ms();
    for (int i = 0; i < 3; i++) {
        naps[i] = (struct nap){.w = w, .ms = 800};
        assert_int_equal(pthread_create(&threads[i], NULL, take_nap, &naps[i]),
                         0);
    }
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(naps[i].status, SM_OK);
    }
    assert_in_range(sm_clock_mono_ms() - began, 1600, 2 * QUERY_MS + 900);
}

static void it_is_renewed_under_load(void **state)
{
    struct sm_world *w = *state;
    struct member members[THREADS];
    atomic_bool stop = false;
    int64_t old = 1, got = 0;

    (void)shared_pid(w);
    start(members, w, &stop);
    usleep(1200 * 1000);
    for (int i = 0; i < 5 && old > 0; i++) {
        usleep(100 * 1000);
        if (ask(&got, w, w->arena, &q_old, 0) == SM_OK && got < old)
            old = got;
    }
    stop = true;
    assert_int_equal(join(members), 0);
    assert_int_equal(old, 0);
}

static void too_slow_read_ends_alone(void **state)
{
    struct sm_world *w = *state;
    int64_t pid = shared_pid(w), got, began = sm_clock_mono_ms(), took;

    assert_int_equal(ask(&got, w, w->arena, &q_sleep, 20000), SM_UNAVAILABLE);
    took = sm_clock_mono_ms() - began;
    assert_in_range(took, QUERY_MS - 50, QUERY_MS + 600);
    assert_int_equal(shared_pid(w), pid); /* the connection lives */
}

/* The backend neither answers nor closes: who waits on it ends at the
 * deadline, be it the leader or one behind, and who comes later goes round. */
static void silent_server_costs_one_deadline(void **state)
{
    struct sm_world *w = *state;
    struct nap naps[3];
    pthread_t threads[3];
    int64_t pid = shared_pid(w), got, began, took;

    assert_int_equal(kill((pid_t)pid, SIGSTOP), 0);
    began = sm_clock_mono_ms();
    for (int i = 0; i < 3; i++) {
        naps[i] = (struct nap){.w = w};
        assert_int_equal(pthread_create(&threads[i], NULL, take_nap, &naps[i]),
                         0);
    }
    usleep(200 * 1000);
    assert_int_equal(ask(&got, w, w->arena, &q_echo, 5), SM_OK);
    assert_int_equal(got, 5);
    for (int i = 0; i < 3; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(naps[i].status, SM_UNAVAILABLE);
    }
    took = sm_clock_mono_ms() - began;
    assert_in_range(took, QUERY_MS, QUERY_MS + 800);
    kill((pid_t)pid, SIGCONT);
    assert_int_not_equal(shared_pid(w), pid);
}

static void changed_table_is_asked_again(void **state)
{
    struct sm_world *w = *state;
    int64_t pid, got = 0;

    sm_test_sql("CREATE TABLE public.shape (a bigint, b bigint);"
                "INSERT INTO public.shape VALUES (7, 8);"
                "ALTER TABLE public.shape DROP COLUMN b");
    pid = shared_pid(w);
    assert_int_equal(ask(&got, w, w->arena, &q_shape, 0), SM_OK);
    assert_int_equal(got, 7);
    sm_test_sql("ALTER TABLE public.shape ADD COLUMN c bigint DEFAULT 9;"
                "ALTER TABLE public.shape DROP COLUMN a");
    assert_int_equal(ask(&got, w, w->arena, &q_shape, 0), SM_OK);
    assert_int_equal(got, 9);
    /* the one that knew the old shape was replaced */
    assert_int_not_equal(shared_pid(w), pid);
}

static void server_restart_is_survived(void **state)
{
    struct sm_world *w = *state;
    int64_t got, began;

    (void)shared_pid(w);
    sm_test_server_stop();
    for (int i = 0; i < 20; i++) {
        began = sm_clock_mono_ms();
        assert_int_equal(ask(&got, w, w->arena, &q_echo, 1), SM_UNAVAILABLE);
        assert_in_range(sm_clock_mono_ms() - began, 0, 50);
    }
    sm_test_server_start();
    began = sm_clock_mono_ms();
    while (ask(&got, w, w->arena, &q_echo, 1) != SM_OK) {
        assert_true(sm_clock_mono_ms() - began < 5000);
        usleep(20 * 1000);
    }
    sm_test_server_restart();
    assert_int_equal(ask(&got, w, w->arena, &q_echo, 2), SM_OK);
    assert_int_equal(got, 2);
}

/* Writing is refused: the session is read-only, shared or not. */
static void nothing_is_written(void **state)
{
    static const struct sm_stmt q_write = {
        "t_write", "INSERT INTO public.t (id) VALUES ($1) RETURNING id",
        t_int8,    1,
        t_int8,    n_all,
        1,         ONE};
    struct sm_world *w = *state;
    int64_t got;

    (void)shared_pid(w);
    assert_int_equal(ask(&got, w, w->arena, &q_write, 1), SM_UNAVAILABLE);
    assert_int_equal(sm_world_rows(w), 0);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, open_shared, sm_world_close)
    const struct CMUnitTest tests[] = {
        CASE(each_gets_its_own_answer),
        CASE(lost_answers_are_asked_again),
        CASE(slow_read_holds_up_nobody_who_comes_later),
        CASE(slow_ones_before_it_lose_no_answer),
        cmocka_unit_test_setup_teardown(it_is_renewed_under_load, open_brief,
                                        sm_world_close),
        CASE(too_slow_read_ends_alone),
        CASE(silent_server_costs_one_deadline),
        CASE(changed_table_is_asked_again),
        CASE(server_restart_is_survived),
        CASE(nothing_is_written),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
