/* links: db domain base */
/* The rules of readings stand twice: in lib/domain, which has the numbers for
 * a page, and in schema meter, which decides under a lock.  Here both judge
 * the same random values and days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>

#include "base/buf.h"
#include "domain/reading.h"
#include "world.h"

enum { SEGMENTS_MAX = 400 };

struct rules {
    struct sm_db_pool *pool;
    struct sm_arena *arena;
    struct sm_error err;
};

#define NAMES "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m"
static const char *const names[] = {NAMES};

static const enum sm_type t_cases[] = {
    SM_TYPE_INT8, SM_TYPE_INT4, SM_TYPE_INT4, SM_TYPE_INT8, SM_TYPE_INT8,
    SM_TYPE_DATE, SM_TYPE_DATE, SM_TYPE_TEXT, SM_TYPE_BOOL, SM_TYPE_INT8,
    SM_TYPE_INT4, SM_TYPE_INT8, SM_TYPE_INT8};
enum {
    REGISTER,
    DIGITS,
    DECIMALS,
    FACTOR,
    VALUE,
    READ_ON,
    TODAY,
    WORD,
    ROLLED,
    USE,
    DAYS,
    DAY_MICRO,
    USUAL
};
static const struct sm_stmt q_cases = {
    .name = "t_cases",
    .sql = "SELECT r.id, r.digits::int, r.decimals::int, r.factor_milli,"
           " c.value, c.read_on, c.today, j.outcome, j.rolled, j.use_milli,"
           " j.days, j.day_micro, j.usual_micro"
           " FROM public.test_case AS c"
           " JOIN meter.register AS r ON r.id = c.register_id"
           " CROSS JOIN LATERAL meter.judge(r, c.value, c.read_on, c.today,"
           " NULL) AS j ORDER BY r.id, c.id",
    .columns = t_cases,
    .column_names = names,
    .ncolumns = SM_COUNT(t_cases),
    .max_rows = -1,
};

static const enum sm_type t_readings[] = {SM_TYPE_INT8, SM_TYPE_DATE,
                                          SM_TYPE_INT8, SM_TYPE_BOOL};
static const struct sm_stmt q_readings = {
    .name = "t_readings",
    .sql = "SELECT register_id, read_on, value_milli, source = 'estimated'"
           " FROM meter.reading ORDER BY register_id, read_on",
    .columns = t_readings,
    .column_names = names,
    .ncolumns = SM_COUNT(t_readings),
    .max_rows = -1,
};

static const enum sm_type t_windows[] = {
    SM_TYPE_INT4, SM_TYPE_INT4, SM_TYPE_INT4, SM_TYPE_INT4, SM_TYPE_BOOL,
    SM_TYPE_DATE, SM_TYPE_DATE, SM_TYPE_DATE, SM_TYPE_DATE, SM_TYPE_DATE};
static const struct sm_stmt q_windows = {
    .name = "t_windows",
    .sql = "SELECT coalesce(r.first_day, 0)::int,"
           " coalesce(r.last_day, 0)::int, r.every_months::int,"
           " r.base_month::int, EXISTS (SELECT FROM meter.route_dates AS d"
           " WHERE d.route_id = r.id), '2026-01-01'::date + n, w.opens_on,"
           " w.closes_on, w.next_opens_on, w.next_closes_on"
           " FROM meter.route AS r CROSS JOIN generate_series(0, 800, 3) AS n"
           " CROSS JOIN LATERAL meter.window_on(r.id, '2026-01-01'::date + n)"
           " AS w",
    .columns = t_windows,
    .column_names = names,
    .ncolumns = SM_COUNT(t_windows),
    .max_rows = -1,
};

/* 200 registers with two years of readings, some estimated, some past the end
 * of the dial, and values near and far from the last. */
static const char filling[] =
    "SELECT setseed(0.5);"
    "INSERT INTO meter.route (code, first_day, last_day, every_months,"
    " base_month, read_method)"
    " SELECT 'R' || n, 1 + n % 31, 1 + n * 7 % 31,"
    " (ARRAY[1, 1, 2, 3, 4, 6, 12])[1 + n % 7], 1 + n % 12, 'self'"
    " FROM generate_series(1, 60) AS n;"
    "INSERT INTO meter.route (code, read_method) VALUES ('D', 'self');"
    "INSERT INTO meter.route_dates SELECT r.id, d, d + 6 FROM meter.route AS r"
    " CROSS JOIN (VALUES ('2026-06-28'::date), ('2026-07-01'),"
    " ('2027-02-03')) AS v (d) WHERE r.code IN ('D', 'R7');"
    "INSERT INTO customer.party (kind, name) VALUES ('person', 'x');"
    "INSERT INTO customer.account (party_id, payment_code_hash,"
    " payment_code_hint) SELECT id, sha256('x'), 'x' FROM customer.party;"
    "INSERT INTO customer.contract (account_id, number, utility)"
    " SELECT id, 'c', 'water' FROM customer.account;"
    "INSERT INTO customer.supply_point (contract_id, code)"
    " SELECT id, 'p' FROM customer.contract;"
    "INSERT INTO meter.meter (supply_point_id, kind, serial)"
    " SELECT p.id, 'water', 'M' || n FROM customer.supply_point AS p"
    " CROSS JOIN generate_series(1, 200) AS n;"
    "INSERT INTO meter.register (meter_id, no, unit, digits, decimals,"
    " factor_milli)"
    " SELECT id, 1, 'MTQ', 3 + (random() * 6)::int, (random() * 3)::int,"
    " CASE WHEN random() < 0.5 THEN 1000 ELSE 1 + (random() * 99999999)::int"
    " END FROM meter.meter;"
    "INSERT INTO meter.reading (register_id, value_milli, received_at,"
    " read_on, source, state)"
    " SELECT r.id, mod(((r.id * 7919 + n * (1 + r.id % 13) * 5"
    " + (random() * 8)::int) * 10::numeric ^ (r.digits - 3))::bigint,"
    " (10::numeric ^ r.digits)::bigint) * 1000,"
    " '2026-01-01 00:00+00', '2024-06-01'::date + n * (9 + (r.id % 40)::int),"
    " CASE WHEN random() < 0.2 THEN 'estimated' ELSE 'read' END::meter.source,"
    " 'accepted' FROM meter.register AS r"
    " CROSS JOIN LATERAL generate_series(0, (r.id % 25)::int) AS n"
    " WHERE r.id % 17 <> 0;"
    "CREATE TABLE public.test_case (id int, register_id bigint, value bigint,"
    " read_on date, today date);"
    "INSERT INTO public.test_case SELECT n, r.id,"
    " CASE WHEN n % 9 = 0 THEN (random() * 10 ^ (r.digits + 3))::bigint"
    " WHEN n % 9 = 1 THEN l.value_milli"
    " WHEN n % 9 = 2 THEN l.value_milli + 1"
    " WHEN n % 9 = 3 THEN (random() * 10 ^ r.digits)::bigint * 1001"
    " ELSE mod(l.value_milli + ((random() ^ 4 - 0.02) * 10 ^ r.digits / 3)"
    "::bigint * 1000, (10::numeric ^ (r.digits + 3))::bigint) END,"
    " l.read_on + (random() * 60)::int - 2, l.read_on + 50"
    " FROM meter.register AS r CROSS JOIN generate_series(1, 30) AS n"
    " CROSS JOIN LATERAL (SELECT coalesce(max(g.read_on), '2026-01-01')"
    " AS read_on, coalesce((array_agg(g.value_milli ORDER BY g.read_on"
    " DESC))[1], 5000) AS value_milli FROM meter.reading AS g"
    " WHERE g.register_id = r.id) AS l";

static void apply(const char *pattern)
{
    char path[512];
    glob_t found;

    snprintf(path, sizeof(path), "%s/%s", SM_TEST_SQL, pattern);
    assert_int_equal(glob(path, 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        FILE *file = fopen(found.gl_pathv[i], "re");
        struct sm_buf text;
        char part[4096];
        size_t got;

        assert_non_null(file);
        sm_buf_init(&text, (size_t)1 << 20);
        while ((got = fread(part, 1, sizeof(part), file)) > 0)
            sm_buf_add(&text, part, got);
        fclose(file);
        sm_test_sql(text.data);
        sm_buf_release(&text);
    }
    globfree(&found);
}

static int open_rules(void **state)
{
    struct sm_db_options options = sm_test_options(2);
    struct rules *rules = calloc(1, sizeof(*rules));

    apply("roles.sql");
    apply("migrations/*.sql");
    apply("functions/*.sql");
    sm_test_sql(filling);
    options.query_ms = 30000;
    assert_int_equal(sm_db_pool_new(&rules->pool, &options, &rules->err),
                     SM_OK);
    rules->arena = sm_arena_new((size_t)64 << 20);
    *state = rules;
    return 0;
}

static int close_rules(void **state)
{
    struct rules *rules = *state;

    sm_arena_free(rules->arena);
    sm_db_pool_free(rules->pool);
    free(rules);
    return 0;
}

static struct sm_rows *ask(struct rules *rules, const struct sm_stmt *stmt)
{
    struct sm_rows *rows = NULL;
    enum sm_status status = sm_db_run_once(&rows, rules->pool, rules->arena,
                                           stmt, NULL, &rules->err);

    if (status != SM_OK)
        fail_msg("%s", rules->err.message);
    return rows;
}

/* A register as the readings [*at, ...) of its id make it; *at moves on. */
static size_t history(struct sm_register *r, struct sm_use_segment *segments,
                      const struct sm_rows *rows, int *at, int64_t id)
{
    int64_t full = sm_register_full(r->digits);
    size_t count = 0;

    while (*at < sm_rows_count(rows) && sm_row_int(rows, *at, 0) < id)
        ++*at;
    for (int i = *at; i < sm_rows_count(rows) && sm_row_int(rows, i, 0) == id;
         i++) {
        struct sm_date on = sm_row_date(rows, i, 1);
        int64_t value = sm_row_int(rows, i, 2);

        if (r->has_last)
            segments[count++] = (struct sm_use_segment){
                sm_date_to_days(r->last_on), sm_date_to_days(on),
                sm_reading_real(sm_reading_step(r->last_milli, value, full),
                                r->factor_milli)};
        r->has_last = true;
        r->last_milli = value;
        r->last_on = on;
        r->last_estimated = sm_row_bool(rows, i, 3);
        if (!r->last_estimated) {
            r->has_true = true;
            r->true_milli = value;
            r->true_on = on;
        }
    }
    return count;
}

static void compare(const struct sm_rows *cases, int i,
                    const struct sm_reading_finding *f)
{
    assert_string_equal(sm_row_text(cases, i, WORD),
                        sm_reading_word(f->outcome));
    assert_int_equal(sm_row_bool(cases, i, ROLLED), f->rolled);
    assert_int_equal(!sm_row_null(cases, i, USE), f->has_use);
    if (f->has_use) {
        assert_int_equal(sm_row_int(cases, i, USE), f->use_milli);
        assert_int_equal(sm_row_int(cases, i, DAYS), f->days);
        assert_int_equal(sm_row_int(cases, i, DAY_MICRO), f->day_micro);
    }
    assert_int_equal(sm_row_null(cases, i, USUAL) ? SM_RATE_UNKNOWN
                                                  : sm_row_int(cases, i, USUAL),
                     f->usual_micro);
}

static void test_judge(void **state)
{
    static struct sm_use_segment segments[SEGMENTS_MAX];
    struct sm_rows *cases = ask(*state, &q_cases);
    struct sm_rows *readings = ask(*state, &q_readings);
    int seen[SM_READING_VERY_HIGH + 1] = {0};
    int at = 0;

    assert_true(sm_rows_count(cases) > 5000);
    for (int i = 0; i < sm_rows_count(cases); i++) {
        struct sm_date read_on = sm_row_date(cases, i, READ_ON);
        int64_t value = sm_row_int(cases, i, VALUE);
        struct sm_reading_finding f;
        struct sm_register r = {.digits = (int)sm_row_int(cases, i, DIGITS),
                                .decimals = (int)sm_row_int(cases, i, DECIMALS),
                                .factor_milli = sm_row_int(cases, i, FACTOR),
                                .season_micro = SM_RATE_UNKNOWN,
                                .year_micro = SM_RATE_UNKNOWN};
        size_t count = history(&r, segments, readings, &at,
                               sm_row_int(cases, i, REGISTER));

        if (r.has_last) {
            int64_t last = sm_date_to_days(r.last_on);

            r.season_micro =
                sm_use_season(segments, count, last, sm_date_to_days(read_on));
            r.year_micro = sm_use_year(segments, count, last);
        }
        sm_reading_check(&f, NULL, &r, &value, 1, read_on,
                         sm_row_date(cases, i, TODAY), NULL);
        compare(cases, i, &f);
        seen[f.outcome]++;
    }
    /* all that can be said was said */
    for (int i = SM_READING_TOO_LONG; i <= SM_READING_VERY_HIGH; i++)
        if (i != SM_READING_CLOSED && i != SM_READING_EARLY && !seen[i])
            fail_msg("never: %s", sm_reading_word((enum sm_reading_outcome)i));
}

static void same_span(const struct sm_rows *rows, int i, int column, bool is,
                      const struct sm_window_span *span)
{
    assert_int_equal(!sm_row_null(rows, i, column), is);
    if (!is)
        return;
    assert_int_equal(sm_date_to_days(sm_row_date(rows, i, column)),
                     sm_date_to_days(span->from));
    assert_int_equal(sm_date_to_days(sm_row_date(rows, i, column + 1)),
                     sm_date_to_days(span->to));
}

static void test_windows(void **state)
{
    static const struct sm_window_span spans[] = {{{2026, 6, 28}, {2026, 7, 4}},
                                                  {{2026, 7, 1}, {2026, 7, 7}},
                                                  {{2027, 2, 3}, {2027, 2, 9}}};
    struct sm_rows *rows = ask(*state, &q_windows);

    assert_true(sm_rows_count(rows) > 10000);
    for (int i = 0; i < sm_rows_count(rows); i++) {
        struct sm_window_rule rule = {
            .first_day = (int)sm_row_int(rows, i, 0),
            .last_day = (int)sm_row_int(rows, i, 1),
            .every_months = (int)sm_row_int(rows, i, 2),
            .base_month = (int)sm_row_int(rows, i, 3),
            .spans = spans,
            .nspans = sm_row_bool(rows, i, 4) ? SM_COUNT(spans) : 0};
        struct sm_window window;

        assert_true(sm_window_rule_valid(&rule));
        sm_window_at(&window, &rule, sm_row_date(rows, i, 5));
        same_span(rows, i, 6, window.open, &window.now);
        same_span(rows, i, 8, window.has_next, &window.next);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_judge),
        cmocka_unit_test(test_windows),
    };

    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
