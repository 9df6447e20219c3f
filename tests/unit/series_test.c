/* links: domain */
/* Months of bills: what is summed, what is a gap, what is compared. */
#include "domain/series.h"

#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define DAY(y, m, d) ((struct sm_date){y, m, d})
#define NONE DAY(0, 0, 0)

static void make(struct sm_series *out, const struct sm_series_figure *figures,
                 size_t count)
{
    assert_int_equal(sm_series_make(out, figures, count, 1000, NULL), SM_OK);
}

static void assert_month(const struct sm_series_point *point, int year,
                         int month)
{
    assert_int_equal(point->year, year);
    assert_int_equal(point->month, month);
}

static void nothing_is_empty(void **state)
{
    struct sm_series s;

    (void)state;
    make(&s, NULL, 0);
    assert_int_equal(s.count, 0);
    assert_false(s.has_average);
    assert_false(s.has_average_per_day);
}

static void gaps_sums_and_averages(void **state)
{
    const struct sm_series_figure figures[] = {
        {DAY(2025, 1, 1), DAY(2025, 1, 31), 31000, false},
        {DAY(2025, 1, 1), DAY(2025, 1, 31), -1000, false}, /* credit note */
        {DAY(2025, 3, 1), DAY(2025, 3, 31), 62000, true},
        {DAY(2025, 4, 1), DAY(2025, 4, 30), 1001, false},
    };
    struct sm_series s;

    (void)state;
    make(&s, figures, 4);
    assert_int_equal(s.count, 4);
    assert_month(&s.points[0], 2025, 1);
    assert_int_equal(s.points[0].value, 30000);
    assert_int_equal(s.points[0].days, 31);
    assert_int_equal(s.points[0].per_day, 97); /* 0.9677 */
    assert_month(&s.points[1], 2025, 2);
    assert_true(s.points[1].missing);
    assert_false(s.points[0].missing);
    assert_true(s.points[2].estimated);
    assert_int_equal(s.points[2].per_day, 200);
    assert_int_equal(s.average, 31000);       /* 93001 / 3: the gap is none */
    assert_int_equal(s.average_per_day, 101); /* 93.001 / 92 */
    assert_int_equal(s.highest, 2);
    assert_int_equal(s.lowest, 3);
    assert_true(s.any_missing && s.any_estimated);
    assert_false(s.any_last_year);
}

static void periods_and_their_months(void **state)
{
    const struct sm_series_figure figures[] = {
        {DAY(2025, 1, 1), DAY(2025, 2, 28), 1, false},  /* two months */
        {DAY(2025, 3, 2), DAY(2025, 4, 1), 2, false},   /* March */
        {DAY(2025, 4, 2), DAY(2025, 4, 30), 3, false},  /* April */
        {DAY(2025, 5, 15), DAY(2025, 6, 14), 4, false}, /* May */
        {DAY(2025, 6, 16), DAY(2025, 7, 15), 5, false}, /* July; June none */
        {DAY(2025, 7, 29), DAY(2025, 8, 3), 6, false},  /* holds no 15th */
        {NONE, DAY(2025, 9, 2), 7, false},              /* of a day */
    };
    static const int want[] = {2, 3, 4, 5, 6, 7, 8, 9};
    struct sm_series s;

    (void)state;
    make(&s, figures, 7);
    assert_int_equal(s.count, 8);
    for (size_t i = 0; i < s.count; i++) {
        assert_month(&s.points[i], 2025, want[i]);
        assert_int_equal(s.points[i].missing, want[i] == 6);
    }
    assert_int_equal(s.points[0].days, 59);
    assert_int_equal(s.points[0].from.month, 1);
    assert_int_equal(s.points[7].days, 0);
    assert_int_equal(s.points[7].value, 7);
}

static void days_count_once(void **state)
{
    const struct sm_series_figure figures[] = {
        {DAY(2025, 1, 1), DAY(2025, 1, 20), 1000, false},
        {DAY(2025, 1, 5), DAY(2025, 1, 10), 1000, false},
        {DAY(2025, 1, 15), DAY(2025, 1, 31), 1000, false},
        {NONE, DAY(2025, 1, 31), 1000, false},
    };
    struct sm_series s;

    (void)state;
    make(&s, figures, 4);
    assert_int_equal(s.count, 1);
    assert_int_equal(s.points[0].days, 31);
    assert_int_equal(s.points[0].value, 4000);
    assert_int_equal(s.points[0].from.day, 1);
    assert_int_equal(s.points[0].to.day, 31);
}

static void the_year_before(void **state)
{
    struct sm_series_figure figures[40];
    struct sm_series s;

    (void)state;
    for (int i = 0; i < 40; i++) {
        int year = 2023 + i / 12, month = i % 12 + 1;

        figures[i] = (struct sm_series_figure){
            DAY(year, month, 1), DAY(year, month, 28), 28 * (i + 1), false};
    }
    figures[39].value = 0; /* April 2026 */
    make(&s, figures, 40);
    assert_int_equal(s.count, SM_SERIES_POINTS);
    assert_month(&s.points[0], 2024, 5);
    assert_month(&s.points[23], 2026, 4);
    /* of the first too: what is older than the points is known */
    assert_true(s.points[0].has_last_year);
    assert_int_equal(s.points[0].last_year, 28 * 5);
    assert_int_equal(s.points[23].last_year, 28 * 28);
    assert_int_equal(s.points[23].last_year_per_day, 3); /* 2.8 */
    assert_false(s.points[23].missing);
    assert_int_equal(s.lowest, 23);
    /* a gap has one as well */
    figures[39].to = DAY(2026, 5, 28);
    figures[39].from = DAY(2026, 5, 1);
    make(&s, figures, 40);
    assert_true(s.points[22].missing);
    assert_int_equal(s.points[22].last_year, 28 * 28);
    /* what is far away is left out */
    figures[0].from = DAY(1990, 1, 1);
    figures[0].to = DAY(1990, 1, 31);
    make(&s, figures, 40);
    assert_int_equal(s.count, SM_SERIES_POINTS);
}

static void rounding_and_limits(void **state)
{
    const struct sm_series_figure half[] = {
        {NONE, DAY(2025, 1, 31), -1, false},
        {NONE, DAY(2025, 2, 28), -2, false},
    };
    struct sm_series_figure most[] = {
        {DAY(2025, 1, 1), DAY(2025, 1, 1), INT64_MAX / 100, false},
        {DAY(2025, 2, 1), DAY(2025, 2, 1), INT64_MAX / 100, false},
    };
    struct sm_series s;

    (void)state;
    make(&s, half, 2);
    assert_int_equal(s.average, -2); /* -1.5 */
    assert_false(s.has_average_per_day);
    assert_int_equal(sm_series_make(&s, most, 2, 1, NULL), SM_OK);
    assert_int_equal(s.average, INT64_MAX / 100);
    assert_int_equal(s.average_per_day, INT64_MAX / 100 * 100);
    most[1].from = most[1].to = DAY(2025, 1, 2);
    assert_int_equal(sm_series_make(&s, most, 2, 1, NULL), SM_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_empty),
        cmocka_unit_test(gaps_sums_and_averages),
        cmocka_unit_test(periods_and_their_months),
        cmocka_unit_test(days_count_once),
        cmocka_unit_test(the_year_before),
        cmocka_unit_test(rounding_and_limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
