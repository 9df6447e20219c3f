#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>
#include <unistd.h>

#include "base/clock.h"

static const enum sm_type t_int8[] = {SM_TYPE_INT8};
static const enum sm_type t_text[] = {SM_TYPE_TEXT};
static const enum sm_type t_two[] = {SM_TYPE_INT8, SM_TYPE_TEXT};
static const char *const n_all[] = {"a", "b"};

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
static const struct sm_stmt q_list = {
    "t_list", "SELECT id, name FROM public.t ORDER BY id",
    NULL,     0,
    t_two,    n_all,
    2,        ANY};
static const struct sm_stmt q_pid = {
    "t_pid", "SELECT pg_backend_pid()::bigint", NULL, 0, t_int8, n_all, 1, ONE};

int sm_world_open(void **state)
{
    struct sm_world *w = calloc(1, sizeof(*w));

    sm_test_sql("DROP TABLE IF EXISTS public.t, public.shape;"
                "CREATE TABLE public.t (id bigint PRIMARY KEY, name text"
                " CONSTRAINT t_name_short CHECK (length(name) < 20))");
    w->pool = sm_test_pool(4);
    w->arena = sm_arena_new(1 << 20);
    *state = w;
    return 0;
}

int sm_world_close(void **state)
{
    struct sm_world *w = *state;

    sm_arena_free(w->arena);
    sm_db_pool_free(w->pool);
    free(w);
    return 0;
}

enum sm_status sm_world_add(struct sm_world *w, struct sm_db *db, int64_t id,
                            const char *name)
{
    struct sm_arg args[] = {sm_arg_int8(id), sm_arg_text(name)};

    return sm_db_query(NULL, db, w->arena, &q_add, args, &w->err);
}

enum sm_status sm_world_name(struct sm_rows **out, struct sm_world *w,
                             struct sm_db *db, int64_t id)
{
    struct sm_arg args[] = {sm_arg_int8(id)};

    return sm_db_query(out, db, w->arena, &q_name, args, &w->err);
}

int64_t sm_world_pid(struct sm_db *db, struct sm_arena *arena)
{
    struct sm_rows *rows;

    if (sm_db_query(&rows, db, arena, &q_pid, NULL, NULL) != SM_OK)
        return 0;
    return sm_row_int(rows, 0, 0);
}

int sm_world_rows(struct sm_world *w)
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

void sm_world_add_committed(struct sm_world *w, int64_t id, const char *name)
{
    struct sm_db *db = sm_test_get(w->pool);

    sm_db_begin(db);
    assert_int_equal(sm_world_add(w, db, id, name), SM_OK);
    assert_int_equal(sm_db_commit(db, &w->err), SM_OK);
    sm_db_put(db);
}

void sm_world_await(struct sm_world *w, int most_ms)
{
    int64_t began = sm_clock_mono_ms();
    struct sm_db *db;

    while (sm_db_get(&db, w->pool, &w->err) != SM_OK) {
        if (sm_clock_mono_ms() - began > most_ms)
            fail_msg("after %d ms: %s", most_ms, w->err.message);
        usleep(20 * 1000);
    }
    sm_db_put(db);
}
