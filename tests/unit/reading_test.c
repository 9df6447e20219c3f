/* links: domain */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "domain/reading.h"

static struct sm_date date(const char *text)
{
    struct sm_date out;

    assert_int_equal(sm_parse_date(&out, text), SM_OK);
    return out;
}

static const struct {
    const char *text;
    int digits, decimals;
    enum sm_reading_outcome outcome;
    int64_t milli;
} typed[] = {
    {"0", 5, 0, SM_READING_OK, 0},
    {"12345", 5, 0, SM_READING_OK, 12345000},
    {"00042", 5, 0, SM_READING_OK, 42000},
    {"0123,4", 5, 1, SM_READING_OK, 123400},
    {"0123.4", 5, 3, SM_READING_OK, 123400},
    {"12345,678", 5, 3, SM_READING_OK, 12345678},
    {"999999999,999", 9, 3, SM_READING_OK, INT64_C(999999999999)},
    {"  77\t", 5, 0, SM_READING_OK, 77000},
    {"\xc2\xa0\x37\x37\xe2\x80\xaf", 5, 0, SM_READING_OK, 77000},
    {"", 5, 0, SM_READING_EMPTY, 0},
    {" \xc2\xa0 ", 5, 0, SM_READING_EMPTY, 0},
    {"-5", 5, 0, SM_READING_NOT_DIGITS, 0},
    {"+5", 5, 0, SM_READING_NOT_DIGITS, 0},
    {"12 345", 6, 0, SM_READING_NOT_DIGITS, 0},
    {"12a", 5, 0, SM_READING_NOT_DIGITS, 0},
    {"1e3", 5, 0, SM_READING_NOT_DIGITS, 0},
    {"12,", 5, 3, SM_READING_NOT_DIGITS, 0},
    {",5", 5, 3, SM_READING_NOT_DIGITS, 0},
    {"1,2,3", 5, 3, SM_READING_NOT_DIGITS, 0},
    {"1.234,5", 5, 3, SM_READING_NOT_DIGITS, 0},
    {"12 kWh", 5, 0, SM_READING_NOT_DIGITS, 0},
    {"\xd9\xa1\xd9\xa2", 5, 0, SM_READING_NOT_DIGITS, 0}, /* Arabic */
    {"\xef\xbc\x91", 5, 0, SM_READING_NOT_DIGITS, 0},     /* fullwidth */
    {"1\xc2", 5, 0, SM_READING_NOT_DIGITS, 0},
    {"123456", 5, 0, SM_READING_TOO_LONG, 0},
    {"000001", 5, 0, SM_READING_TOO_LONG, 0}, /* the red digits typed too */
    {"123456,7", 5, 0, SM_READING_TOO_LONG, 0},
    {"123456x", 5, 0, SM_READING_NOT_DIGITS, 0},
    {"12345,6", 5, 0, SM_READING_DECIMALS, 0},
    {"12345,0", 5, 0, SM_READING_DECIMALS, 0},
    {"1,2345", 5, 3, SM_READING_DECIMALS, 0},
    {"99999999999999999999999999", 9, 3, SM_READING_TOO_LONG, 0},
};

static void test_typed(void **state)
{
    (void)state;
    for (size_t i = 0; i < SM_COUNT(typed); i++) {
        int64_t out = -7;

        assert_string_equal(
            sm_reading_word(sm_reading_parse(
                &out, typed[i].text, typed[i].digits, typed[i].decimals)),
            sm_reading_word(typed[i].outcome));
        assert_int_equal(out, typed[i].outcome == SM_READING_OK ? typed[i].milli
                                                                : -7);
    }
}

/* A register of 5 digits that showed 1000 on 1 September and uses 5 units a
 * day. */
static struct sm_register plain(void)
{
    return (struct sm_register){.no = 1,
                                .digits = 5,
                                .factor_milli = 1000,
                                .has_last = true,
                                .last_milli = 1000000,
                                .last_on = date("2026-09-01"),
                                .has_true = true,
                                .true_milli = 1000000,
                                .true_on = date("2026-09-01"),
                                .season_micro = 5000000,
                                .year_micro = 5000000};
}

static struct sm_reading_finding check(const struct sm_register *r,
                                       int64_t milli, const char *read_on,
                                       const struct sm_window *window)
{
    struct sm_reading_finding out;

    sm_reading_check(&out, NULL, r, &milli, 1, date(read_on),
                     date("2026-10-01"), window);
    return out;
}

static void expect(const struct sm_register *r, int64_t milli,
                   const char *read_on, const char *word)
{
    struct sm_reading_finding f = check(r, milli, read_on, NULL);

    assert_string_equal(sm_reading_word(f.outcome), word);
}

static void test_order(void **state)
{
    struct sm_register r = plain();

    (void)state;
    expect(&r, 1150000, "2026-10-01", "ok");
    expect(&r, 99999000, "2026-10-01", "very_high");
    expect(&r, 100000000, "2026-10-01", "too_long");
    expect(&r, -1000, "2026-10-01", "too_long");
    expect(&r, 1150500, "2026-10-01", "decimals");
    r.decimals = 1;
    expect(&r, 1150500, "2026-10-01", "ok");
    expect(&r, 1150550, "2026-10-01", "decimals");
    r.decimals = 3;
    expect(&r, 1150555, "2026-10-01", "ok");
    expect(&r, 999000, "2026-10-01", "lower");
    /* lower comes before the date */
    expect(&r, 999000, "2026-09-01", "lower");
    expect(&r, 1150000, "2026-09-01", "not_later");
    expect(&r, 1150000, "2026-08-31", "not_later");
    expect(&r, 1005000, "2026-09-02", "ok");
    expect(&r, 1150000, "2026-10-02", "future");
    expect(&r, 1000000, "2026-10-01", "zero");
    expect(&r, 1000000, "2026-09-01", "not_later");
    /* another meter: there is no last */
    r.has_last = false;
    expect(&r, 5000, "2026-08-01", "ok");
    expect(&r, 5000, "2026-10-02", "future");
}

static void test_window_and_date(void **state)
{
    struct sm_register r = plain();
    struct sm_window window = {.open = true,
                               .now = {date("2026-09-25"), date("2026-10-05")}};
    struct sm_window closed = {.open = false};

    (void)state;
    assert_int_equal(check(&r, 1150000, "2026-09-24", &window).outcome,
                     SM_READING_EARLY);
    assert_int_equal(check(&r, 1150000, "2026-09-25", &window).outcome,
                     SM_READING_OK);
    assert_int_equal(check(&r, 1150000, "2026-10-01", &window).outcome,
                     SM_READING_OK);
    assert_int_equal(check(&r, 1150000, "2026-10-02", &window).outcome,
                     SM_READING_FUTURE);
    assert_int_equal(check(&r, 1150000, "2026-10-01", &closed).outcome,
                     SM_READING_CLOSED);
    assert_int_equal(check(&r, 1150000, "2026-09-01", &closed).outcome,
                     SM_READING_NOT_LATER);
}

/* The last above 90 % of the scale, the new below 10 %; both edges. */
static void test_roll_over(void **state)
{
    static const struct {
        int64_t last, value;
        const char *word;
        int64_t use;
    } cases[] = {
        {99900000, 50000, "ok", 150000},
        {90001000, 0, "very_high", 9999000},
        {90000000, 0, "lower", 0}, /* not above 90 % */
        {90001000, 9999000, "very_high", 19998000},
        {99900000, 10000000, "lower", 0}, /* not below 10 % */
        {99999000, 99999000, "zero", 0},
        {99999000, 0, "low", 1000},
    };
    struct sm_register r = plain();

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cases); i++) {
        struct sm_reading_finding f;

        r.last_milli = r.true_milli = cases[i].last;
        f = check(&r, cases[i].value, "2026-10-01", NULL);
        assert_string_equal(sm_reading_word(f.outcome), cases[i].word);
        assert_int_equal(f.use_milli, cases[i].use);
        assert_int_equal(f.rolled, cases[i].value < cases[i].last &&
                                       f.outcome != SM_READING_LOWER);
    }
}

/* 30 days: 150 units are usual.  The ends of [0.25x, 4x] belong to it. */
static void test_usual(void **state)
{
    static const struct {
        int64_t season, year, use;
        const char *word;
        int64_t usual;
    } cases[] = {
        {5000000, 5000000, 600000, "ok", 5000000},
        {5000000, 5000000, 601000, "high", 5000000},
        {5000000, 5000000, 1500000, "high", 5000000},
        {5000000, 5000000, 1501000, "very_high", 5000000},
        {5000000, 5000000, 38000, "ok", 5000000},
        {5000000, 5000000, 37000, "low", 5000000},
        /* what fits either is usual */
        {20000000, 5000000, 2400000, "ok", 5000000},
        {20000000, 5000000, 2401000, "high", 20000000},
        {20000000, 5000000, 38000, "ok", 5000000},
        {5000000, 20000000, 2400000, "ok", 5000000},
        /* one alone */
        {SM_RATE_UNKNOWN, 5000000, 601000, "high", 5000000},
        {5000000, SM_RATE_UNKNOWN, 601000, "high", 5000000},
        {SM_RATE_UNKNOWN, SM_RATE_UNKNOWN, 90000000, "ok", SM_RATE_UNKNOWN},
        /* an empty house: compared with a unit a month, and never too low */
        {0, 0, 4000, "high", SM_RATE_LEAST},
        {0, 0, 3000, "ok", SM_RATE_LEAST},
        {0, 0, 10000, "very_high", SM_RATE_LEAST},
        {SM_RATE_LEAST, SM_RATE_LEAST, 1000, "ok", SM_RATE_LEAST},
    };
    struct sm_register r = plain();

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cases); i++) {
        struct sm_reading_finding f;

        r.season_micro = cases[i].season;
        r.year_micro = cases[i].year;
        f = check(&r, r.last_milli + cases[i].use, "2026-10-01", NULL);
        assert_string_equal(sm_reading_word(f.outcome), cases[i].word);
        assert_int_equal(f.usual_micro, cases[i].usual);
        assert_int_equal(f.use_milli, cases[i].use);
        assert_int_equal(f.days, 30);
    }
}

static void test_estimate(void **state)
{
    struct sm_register r = plain();
    struct sm_reading_finding f;

    (void)state;
    r.true_milli = 900000;
    r.true_on = date("2026-08-02");
    r.last_estimated = true;
    f = check(&r, 950000, "2026-10-01", NULL);
    assert_int_equal(f.outcome, SM_READING_BELOW_ESTIMATE);
    assert_int_equal(f.use_milli, 50000); /* since somebody looked */
    assert_int_equal(f.days, 60);
    expect(&r, 900000, "2026-10-01", "below_estimate");
    expect(&r, 899000, "2026-10-01", "lower");
    expect(&r, 1150000, "2026-10-01", "ok");
    expect(&r, 950000, "2026-10-02", "future");
    r.has_true = false;
    expect(&r, 1000, "2026-10-01", "below_estimate");
    r.last_estimated = false;
    expect(&r, 1000, "2026-10-01", "lower");
}

static void test_factor(void **state)
{
    struct sm_register r = plain();
    struct sm_reading_finding f;

    (void)state;
    r.factor_milli = 40000; /* 200/5 A */
    f = check(&r, 1150000, "2026-10-01", NULL);
    assert_int_equal(f.use_milli, 6000000);
    assert_int_equal(f.day_micro, 200000000);
    assert_int_equal(f.outcome, SM_READING_VERY_HIGH);
    r.factor_milli = 500;
    f = check(&r, 1151000, "2026-10-01", NULL);
    assert_int_equal(f.use_milli, 75500);
}

static void expect_hint(const struct sm_register *r, int64_t a, int64_t b,
                        enum sm_reading_swap swap, const char *word_a,
                        const char *word_b)
{
    int64_t values[] = {a, b};
    struct sm_reading_finding out[2];
    struct sm_reading_hint hint;

    sm_reading_check(out, &hint, r, values, 2, date("2026-10-01"),
                     date("2026-10-01"), NULL);
    assert_int_equal(hint.swap, swap);
    assert_string_equal(sm_reading_word(out[0].outcome), word_a);
    assert_string_equal(sm_reading_word(out[1].outcome), word_b);
}

static void test_swap(void **state)
{
    struct sm_register r[2] = {plain(), plain()};

    (void)state;
    r[0].kind = SM_REGISTER_DAY;
    r[1].kind = SM_REGISTER_NIGHT;
    r[1].no = 2;
    r[1].last_milli = r[1].true_milli = 500000;
    expect_hint(r, 1150000, 650000, SM_SWAP_NONE, "ok", "ok");
    expect_hint(r, 650000, 1150000, SM_SWAP_DAY_NIGHT, "lower", "high");
    /* wrong both ways: no hint */
    expect_hint(r, 1150000, 400000, SM_SWAP_NONE, "ok", "lower");
    expect_hint(r, 400000, 300000, SM_SWAP_NONE, "lower", "lower");
    /* no lower one, but far from usual */
    r[1].last_milli = r[1].true_milli = 1000000;
    r[0].season_micro = r[0].year_micro = 20000000;
    r[1].season_micro = r[1].year_micro = 2000000;
    expect_hint(r, 1060000, 1600000, SM_SWAP_DAY_NIGHT, "low", "high");
    expect_hint(r, 1600000, 1060000, SM_SWAP_NONE, "ok", "ok");
    r[0].kind = SM_REGISTER_NIGHT;
    r[1].kind = SM_REGISTER_DAY;
    expect_hint(r, 1060000, 1600000, SM_SWAP_DAY_NIGHT, "low", "high");
    r[0].kind = SM_REGISTER_IMPORT;
    r[1].kind = SM_REGISTER_EXPORT;
    expect_hint(r, 1060000, 1600000, SM_SWAP_DIRECTION, "low", "high");
    r[0].kind = SM_REGISTER_SINGLE;
    expect_hint(r, 1060000, 1600000, SM_SWAP_DIRECTION, "low", "high");
    r[1].kind = SM_REGISTER_SINGLE;
    expect_hint(r, 1060000, 1600000, SM_SWAP_NONE, "low", "high");
}

static void test_words(void **state)
{
    static const int confirm[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2};

    (void)state;
    for (size_t i = 0; i < SM_COUNT(confirm); i++) {
        enum sm_reading_outcome outcome = (enum sm_reading_outcome)i;

        assert_true(strlen(sm_reading_word(outcome)) > 1);
        assert_int_equal(sm_reading_confirm(outcome), confirm[i]);
        assert_int_equal(sm_reading_refused(outcome), i > 0 && !confirm[i]);
    }
    assert_int_equal(SM_COUNT(confirm), SM_READING_VERY_HIGH + 1);
}

static void test_use(void **state)
{
    /* 1 a day in days 0-10, nothing known 10-20, 3 a day in 20-30 */
    static const struct sm_use_segment s[] = {{0, 10, 10000}, {20, 30, 30000}};
    static const struct {
        int64_t from, to, use, days;
    } cases[] = {{0, 30, 40000, 20}, {5, 25, 20000, 10}, {10, 20, 0, 0},
                 {-9, 1, 1000, 1},   {29, 99, 3000, 1},  {7, 7, 0, 0}};
    static const struct sm_use_segment big[] = {
        {0, 3, INT64_C(9000000000000000000)},
        {3, 4, INT64_C(9000000000000000000)}};
    int64_t days;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cases); i++) {
        assert_int_equal(
            sm_use_between(&days, s, 2, cases[i].from, cases[i].to),
            cases[i].use);
        assert_int_equal(days, cases[i].days);
    }
    assert_true(sm_use_between(&days, big, 2, 0, 4) == INT64_MAX);
    /* the same season: half of the days must be known */
    assert_int_equal(sm_use_season(s, 2, 355, 375), 1000000);
    assert_int_equal(sm_use_season(s, 2, 355, 376), SM_RATE_UNKNOWN);
    assert_int_equal(sm_use_season(s, 2, 385, 385), SM_RATE_UNKNOWN);
    assert_int_equal(sm_use_season(s, 2, 375, 385), SM_RATE_UNKNOWN);
    /* the year: 60 days */
    assert_int_equal(sm_use_year(s, 2, 30), SM_RATE_UNKNOWN);
    assert_int_equal(sm_use_year(&(struct sm_use_segment){0, 60, 60000}, 1, 60),
                     1000000);
    assert_int_equal(sm_use_year(&(struct sm_use_segment){0, 59, 60000}, 1, 60),
                     SM_RATE_UNKNOWN);
    assert_int_equal(sm_reading_rate(1, 3), 333);
    assert_int_equal(sm_reading_rate(INT64_MAX, 1), SM_RATE_MAX);
    assert_int_equal(sm_reading_rate(INT64_MAX, 1000000),
                     INT64_MAX / 1000000 * 1000 +
                         INT64_MAX % 1000000 * 1000 / 1000000);
}

static void test_bill(void **state)
{
    static const struct {
        int64_t use, price, tax;
        int exponent;
        enum sm_status status;
        int64_t minor;
    } cases[] = {
        {150000, 1298600, 0, 2, SM_OK, 19479},
        {150000, 1298600, 2100, 2, SM_OK, 23570}, /* 4090.59 up */
        {0, 1298600, 2100, 2, SM_OK, 0},
        {1, 5000000, 0, 2, SM_OK, 1}, /* half a ban goes up */
        {1, 4999999, 0, 2, SM_OK, 0},
        {1500, 1000000, 0, 0, SM_OK, 2},
        {1500, 1000000, 0, 4, SM_OK, 15000},
        {-1, 1, 0, 2, SM_INVALID, 0},
        {1, -1, 0, 2, SM_INVALID, 0},
        {1, 1, 10001, 2, SM_INVALID, 0},
        {1, 1, 0, 5, SM_INVALID, 0},
        {INT64_MAX, 2, 0, 2, SM_INVALID, 0},
        {INT64_MAX, 1, 0, 2, SM_OK, INT64_C(922337203685)},
    };

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cases); i++) {
        int64_t minor = 0;

        assert_int_equal(sm_bill_estimate(&minor, cases[i].use, cases[i].price,
                                          cases[i].tax, cases[i].exponent),
                         cases[i].status);
        assert_int_equal(minor, cases[i].minor);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_typed),
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_roll_over),
        cmocka_unit_test(test_usual),
        cmocka_unit_test(test_estimate),
        cmocka_unit_test(test_factor),
        cmocka_unit_test(test_swap),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_use),
        cmocka_unit_test(test_bill),
        cmocka_unit_test(test_window_and_date),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
