/* links: db base */
/* lib/db against a real server: statements, types and transactions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <stdatomic.h>
#include <stdio.h>
#ifdef __SANITIZE_ADDRESS__ /* the compiler's package lacks its header */
int __sanitizer_install_malloc_and_free_hooks(
    void (*on_malloc)(const volatile void *, size_t),
    void (*on_free)(const volatile void *));
#endif

#include "world.h"

static const enum sm_type t_int8[] = {SM_TYPE_INT8};
static const enum sm_type t_text[] = {SM_TYPE_TEXT};
static const enum sm_type t_two[] = {SM_TYPE_INT8, SM_TYPE_TEXT};
static const enum sm_type t_all[] = {
    SM_TYPE_BOOL, SM_TYPE_INT4, SM_TYPE_INT8, SM_TYPE_TEXT, SM_TYPE_BYTEA,
    SM_TYPE_UUID, SM_TYPE_DATE, SM_TYPE_TIME, SM_TYPE_JSONB};
static const char *const n_all[] = {"a", "b", "c", "d", "e",
                                    "f", "g", "h", "i"};

static const struct sm_stmt q_maybe = {
    "t_maybe", "SELECT name FROM public.t WHERE id = $1",
    t_int8,    1,
    t_text,    n_all,
    1,         0,
    1};
static const struct sm_stmt q_one_of_many = {"t_one_of_many",
                                             "SELECT id, name FROM public.t",
                                             NULL,
                                             0,
                                             t_two,
                                             n_all,
                                             2,
                                             ONE};
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

static void all_types_round_trip(void **state)
{
    struct sm_world *w = *state;
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
    struct sm_world *w = *state;
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
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    struct sm_rows *rows;

    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_path, NULL, &w->err),
                     SM_OK);
    assert_string_equal(sm_row_text(rows, 0, 0), "/test");
    sm_db_put(db);
}

static void declared_rows_and_types_are_checked(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    struct sm_arg nobody[] = {sm_arg_int8(404)};
    struct sm_arg wrong[] = {sm_arg_int4(404)};
    struct sm_rows *rows;

    assert_int_equal(sm_world_name(&rows, w, db, 404), SM_NOT_FOUND);
    assert_null(rows);
    assert_int_equal(
        sm_db_query(&rows, db, w->arena, &q_maybe, nobody, &w->err), SM_OK);
    assert_int_equal(sm_rows_count(rows), 0);
    sm_world_add_committed(w, 1, "a");
    sm_world_add_committed(w, 2, "b");
    assert_int_equal(
        sm_db_query(&rows, db, w->arena, &q_one_of_many, NULL, &w->err),
        SM_INTERNAL);
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_lie, NULL, &w->err),
                     SM_INTERNAL);
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_maybe, wrong, &w->err),
                     SM_INTERNAL);
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_broken, NULL, &w->err),
                     SM_INTERNAL);
    assert_non_null(strstr(w->err.message, "42703"));
    assert_int_equal(sm_world_name(&rows, w, db, 2), SM_OK); /* still in step */
    sm_db_put(db);
}

static void writes_need_a_transaction(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);

    assert_int_equal(sm_world_add(w, db, 1, "x"), SM_UNAVAILABLE);
    assert_non_null(strstr(w->err.message, "25006"));
    sm_db_put(db);
    assert_int_equal(sm_world_rows(w), 0);
    sm_world_add_committed(w, 1, "x");
    assert_int_equal(sm_world_rows(w), 1);
}

static void open_transaction_is_rolled_back(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    int64_t pid = sm_world_pid(db, w->arena);

    sm_db_begin(db);
    assert_int_equal(sm_world_add(w, db, 1, "x"), SM_OK);
    sm_db_put(db);
    db = sm_test_get(w->pool);
    assert_int_equal(sm_world_pid(db, w->arena), pid); /* and is used again */
    sm_db_begin(db); /* begun, and nothing said */
    sm_db_put(db);
    assert_int_equal(sm_world_rows(w), 0);
}

static void constraints_are_named(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db;
    struct sm_rows *rows;

    sm_world_add_committed(w, 1, "x");
    db = sm_test_get(w->pool);
    sm_db_begin(db);
    assert_int_equal(sm_world_add(w, db, 1, "secret"), SM_INVALID);
    assert_string_equal(sm_db_constraint(db), "t_pkey");
    assert_null(strstr(w->err.message, "(1)")); /* no DETAIL */
    /* The rest of the transaction repeats why it failed, without a trip. */
    assert_int_equal(sm_world_name(&rows, w, db, 1), SM_INVALID);
    assert_int_equal(sm_db_commit(db, &w->err), SM_INVALID);
    sm_db_begin(db);
    assert_int_equal(sm_world_add(w, db, 2, "much too long for this column"),
                     SM_INVALID);
    assert_string_equal(sm_db_constraint(db), "t_name_short");
    assert_null(strstr(w->err.message, "much too long"));
    sm_db_rollback(db);
    assert_int_equal(sm_world_name(&rows, w, db, 1), SM_OK);
    assert_string_equal(sm_db_constraint(db), "");
    sm_db_put(db);
    assert_int_equal(sm_world_rows(w), 1);
}

static void serialization_failure_is_a_conflict(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);

    sm_test_sql("CREATE OR REPLACE FUNCTION public.clash() RETURNS trigger"
                " LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'clash'"
                " USING ERRCODE = '40001'; END $$;"
                "CREATE CONSTRAINT TRIGGER clash AFTER INSERT ON public.t"
                " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                " EXECUTE FUNCTION public.clash()");
    sm_db_begin(db);
    assert_int_equal(sm_world_add(w, db, 1, "x"), SM_OK);
    assert_int_equal(sm_db_commit(db, &w->err), SM_CONFLICT);
    sm_test_sql("DROP TRIGGER clash ON public.t");
    sm_db_begin(db);
    assert_int_equal(sm_world_add(w, db, 1, "x"), SM_OK);
    assert_int_equal(sm_db_commit(db, &w->err), SM_OK);
    sm_db_put(db);
}

static void changed_table_is_prepared_again(void **state)
{
    struct sm_world *w = *state;
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
    assert_int_equal(sm_world_add(w, db, 1, "x"), SM_OK);
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_star, NULL, &w->err),
                     SM_CONFLICT); /* in its middle: run it all again */
    sm_db_rollback(db);
    sm_db_begin(db);
    assert_int_equal(sm_world_add(w, db, 1, "x"), SM_OK);
    assert_int_equal(sm_db_query(&rows, db, w->arena, &q_star, NULL, &w->err),
                     SM_OK);
    assert_int_equal(sm_db_commit(db, &w->err), SM_OK);
    sm_db_put(db);
}

static void copy_loads_rows(void **state)
{
    struct sm_world *w = *state;
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
    assert_int_equal(sm_world_name(&rows, w, db, 1), SM_INTERNAL); /* not now */
    assert_int_equal(sm_db_copy_end(db, &w->err), SM_OK);
    assert_int_equal(sm_world_name(&rows, w, db, 20000), SM_OK);
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
    assert_int_equal(sm_world_rows(w), 20000);
}

static void script_runs_in_and_out_of_a_transaction(void **state)
{
    struct sm_world *w = *state;
    struct sm_db *db = sm_test_get(w->pool);
    struct sm_rows *rows;

    sm_db_begin(db);
    assert_int_equal(sm_db_script(db,
                                  "INSERT INTO public.t VALUES (1, 'a');"
                                  "INSERT INTO public.t VALUES (2, 'b')",
                                  5000, &w->err),
                     SM_OK);
    assert_int_equal(sm_world_name(&rows, w, db, 2), SM_OK);
    sm_db_rollback(db);
    assert_int_equal(sm_world_name(&rows, w, db, 2), SM_NOT_FOUND);
    assert_int_equal(
        sm_db_script(db, "INSERT INTO public.t VALUES (1, 'a'); SELECT nope",
                     5000, &w->err),
        SM_INTERNAL);
    assert_int_equal(sm_world_name(&rows, w, db, 1), SM_NOT_FOUND);
    assert_int_equal(
        sm_db_script(db, "INSERT INTO public.t VALUES (1, 'a')", 5000, &w->err),
        SM_OK);
    assert_int_equal(sm_world_add(w, db, 3, "c"),
                     SM_UNAVAILABLE); /* read-only again */
    assert_int_equal(sm_db_script(db, "SELECT pg_sleep(9)", 300, &w->err),
                     SM_UNAVAILABLE);
    sm_db_put(db);
    assert_int_equal(sm_world_rows(w), 1);
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
    struct sm_world *w = *state;
    struct sm_rows *rows;
    struct sm_db *db;
    int before = 0;

    sm_world_add_committed(w, 1, "x");
    assert_true(__sanitizer_install_malloc_and_free_hooks(count_allocation,
                                                          ignore_release));
    for (int i = 0; i < 110; i++) {
        if (i == 10)
            before = allocations;
        db = sm_test_get(w->pool);
        assert_int_equal(sm_world_name(&rows, w, db, 1), SM_OK);
        sm_db_put(db);
        sm_arena_clear(w->arena);
    }
    assert_in_range(allocations - before, 100, 500);
}
#endif

int main(void)
{
#define CASE(f)                                                                \
    cmocka_unit_test_setup_teardown(f, sm_world_open, sm_world_close)
    const struct CMUnitTest tests[] = {
        CASE(all_types_round_trip),
        CASE(nulls_round_trip),
        CASE(session_has_its_defaults),
        CASE(declared_rows_and_types_are_checked),
        CASE(writes_need_a_transaction),
        CASE(open_transaction_is_rolled_back),
        CASE(constraints_are_named),
        CASE(serialization_failure_is_a_conflict),
        CASE(changed_table_is_prepared_again),
        CASE(copy_loads_rows),
        CASE(script_runs_in_and_out_of_a_transaction),
#ifdef __SANITIZE_ADDRESS__
        CASE(warm_statement_allocates_little),
#endif
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
