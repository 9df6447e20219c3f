/* links: domain */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "domain/window.h"

static struct sm_date date(const char *text)
{
    struct sm_date out;

    assert_int_equal(sm_parse_date(&out, text), SM_OK);
    return out;
}

/* "from..to left" or "closed", then "next from..to in N" or "none". */
static void describe(char out[128], const struct sm_window *w)
{
    int len;

    if (w->open)
        len = snprintf(out, 128, "%04d-%02d-%02d..%02d-%02d left %d",
                       w->now.from.year, w->now.from.month, w->now.from.day,
                       w->now.to.month, w->now.to.day, (int)w->days_left);
    else
        len = snprintf(out, 128, "closed");
    if (w->has_next)
        snprintf(out + len, 128 - (size_t)len,
                 "; %04d-%02d-%02d..%02d-%02d in %d", w->next.from.year,
                 w->next.from.month, w->next.from.day, w->next.to.month,
                 w->next.to.day, (int)w->days_until);
    else
        snprintf(out + len, 128 - (size_t)len, "; none");
}

static const struct {
    int first, last, every, base;
    const char *day, *wanted;
} days[] = {
    /* within a month */
    {10, 20, 1, 1, "2026-09-09", "closed; 2026-09-10..09-20 in 1"},
    {10, 20, 1, 1, "2026-09-10",
     "2026-09-10..09-20 left 11; 2026-10-10..10-20 in 30"},
    {10, 20, 1, 1, "2026-09-20",
     "2026-09-10..09-20 left 1; 2026-10-10..10-20 in 20"},
    {10, 20, 1, 1, "2026-09-21", "closed; 2026-10-10..10-20 in 19"},
    {5, 5, 1, 1, "2026-09-05",
     "2026-09-05..09-05 left 1; 2026-10-05..10-05 in 30"},
    /* over the end of the month, and of the year */
    {25, 5, 1, 1, "2026-09-24", "closed; 2026-09-25..10-05 in 1"},
    {25, 5, 1, 1, "2026-09-25",
     "2026-09-25..10-05 left 11; 2026-10-25..11-05 in 30"},
    {25, 5, 1, 1, "2026-10-05",
     "2026-09-25..10-05 left 1; 2026-10-25..11-05 in 20"},
    {25, 5, 1, 1, "2026-10-06", "closed; 2026-10-25..11-05 in 19"},
    {25, 5, 1, 1, "2026-12-31",
     "2026-12-25..01-05 left 6; 2027-01-25..02-05 in 25"},
    {25, 5, 1, 1, "2027-01-05",
     "2026-12-25..01-05 left 1; 2027-01-25..02-05 in 20"},
    /* months that are shorter, and leap years */
    {28, 31, 1, 1, "2026-02-28",
     "2026-02-28..02-28 left 1; 2026-03-28..03-31 in 28"},
    {30, 31, 1, 1, "2026-02-28",
     "2026-02-28..02-28 left 1; 2026-03-30..03-31 in 30"},
    {30, 31, 1, 1, "2028-02-29",
     "2028-02-29..02-29 left 1; 2028-03-30..03-31 in 30"},
    {29, 2, 1, 1, "2026-03-02",
     "2026-02-28..03-02 left 1; 2026-03-29..04-02 in 27"},
    {1, 31, 1, 1, "2026-04-30",
     "2026-04-01..04-30 left 1; 2026-05-01..05-31 in 1"},
    /* always open: the one that opened last counts */
    {16, 15, 1, 1, "2026-04-15",
     "2026-03-16..04-15 left 1; 2026-04-16..05-15 in 1"},
    {31, 30, 1, 1, "2026-02-28",
     "2026-02-28..03-30 left 31; 2026-03-31..04-30 in 31"},
    /* every few months */
    {10, 20, 3, 2, "2026-02-15",
     "2026-02-10..02-20 left 6; 2026-05-10..05-20 in 84"},
    {10, 20, 3, 2, "2026-03-15", "closed; 2026-05-10..05-20 in 56"},
    {10, 20, 3, 11, "2026-03-15", "closed; 2026-05-10..05-20 in 56"},
    {25, 5, 12, 12, "2026-01-03",
     "2025-12-25..01-05 left 3; 2026-12-25..01-05 in 356"},
    {25, 5, 12, 12, "2026-01-06", "closed; 2026-12-25..01-05 in 353"},
    {1, 3, 12, 1, "2026-01-04", "closed; 2027-01-01..01-03 in 362"},
    {0, 0, 0, 0, "2026-01-04", "closed; none"},
};

static void test_days(void **state)
{
    (void)state;
    for (size_t i = 0; i < SM_COUNT(days); i++) {
        struct sm_window_rule rule = {.first_day = days[i].first,
                                      .last_day = days[i].last,
                                      .every_months = days[i].every,
                                      .base_month = days[i].base};
        struct sm_window window;
        char said[128];

        assert_true(sm_window_rule_valid(&rule));
        sm_window_at(&window, &rule, date(days[i].day));
        describe(said, &window);
        assert_string_equal(said, days[i].wanted);
    }
}

static void test_dates(void **state)
{
    struct sm_window_span spans[] = {{date("2026-10-01"), date("2026-10-04")},
                                     {date("2026-06-28"), date("2026-07-02")},
                                     {date("2026-07-01"), date("2026-07-09")}};
    struct sm_window_rule rule = {.spans = spans, .nspans = SM_COUNT(spans)};
    static const char *const cases[][2] = {
        {"2026-06-27", "closed; 2026-06-28..07-02 in 1"},
        {"2026-06-30", "2026-06-28..07-02 left 3; 2026-07-01..07-09 in 1"},
        {"2026-07-01", "2026-07-01..07-09 left 9; 2026-10-01..10-04 in 92"},
        {"2026-10-04", "2026-10-01..10-04 left 1; none"},
        {"2026-10-05", "closed; none"},
    };
    struct sm_window window;
    char said[128];

    (void)state;
    assert_true(sm_window_rule_valid(&rule));
    for (size_t i = 0; i < SM_COUNT(cases); i++) {
        sm_window_at(&window, &rule, date(cases[i][0]));
        describe(said, &window);
        assert_string_equal(said, cases[i][1]);
    }
    /* dates beside days */
    rule.first_day = 10;
    rule.last_day = 12;
    rule.every_months = rule.base_month = 1;
    sm_window_at(&window, &rule, date("2026-10-05"));
    describe(said, &window);
    assert_string_equal(said, "closed; 2026-10-10..10-12 in 5");
}

static void test_valid(void **state)
{
    static const struct sm_window_rule bad[] = {
        {32, 5, 1, 1, NULL, 0}, {1, 0, 1, 1, NULL, 0},  {1, 5, 0, 1, NULL, 0},
        {1, 5, 5, 1, NULL, 0},  {1, 5, 1, 13, NULL, 0}, {1, 5, 1, 0, NULL, 0},
        {0, 5, 1, 1, NULL, 0},  {-1, 5, 1, 1, NULL, 0}, {1, 5, 24, 1, NULL, 0}};
    struct sm_window_span span = {date("2026-10-02"), date("2026-10-01")};
    struct sm_window_rule rule = {.spans = &span, .nspans = 1};

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        assert_false(sm_window_rule_valid(&bad[i]));
    assert_false(sm_window_rule_valid(&rule));
    span.to = span.from;
    assert_true(sm_window_rule_valid(&rule));
}

/* Over three years of days: the days of a window count down to 1, what was
 * next becomes now, and days until it count down. */
static void walk(const struct sm_window_rule *rule)
{
    int64_t day = sm_date_to_days(date("2026-01-01"));
    struct sm_window before, now;

    sm_window_at(&before, rule, sm_date_from_days(day - 1));
    for (int i = 0; i < 3 * 366; i++, day++) {
        int64_t opens = sm_date_to_days(before.next.from);

        sm_window_at(&now, rule, sm_date_from_days(day));
        assert_true(now.has_next);
        assert_true(now.days_until == sm_date_to_days(now.next.from) - day);
        assert_true(now.days_until > 0);
        if (day == opens) {
            assert_true(now.open);
            assert_int_equal(sm_date_to_days(now.now.from), day);
        } else {
            assert_int_equal(sm_date_to_days(now.next.from), opens);
            assert_int_equal(now.open, before.open && before.days_left > 1);
            if (now.open)
                assert_int_equal(now.days_left, before.days_left - 1);
        }
        before = now;
    }
}

static void test_walk(void **state)
{
    static const int every[] = {1, 2, 3, 4, 6, 12};

    (void)state;
    for (int first = 1; first <= 31; first += 3)
        for (int last = 1; last <= 31; last += 2)
            for (size_t e = 0; e < SM_COUNT(every); e++)
                walk(&(struct sm_window_rule){.first_day = first,
                                              .last_day = last,
                                              .every_months = every[e],
                                              .base_month = first % 12 + 1});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_valid),
        cmocka_unit_test(test_walk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
