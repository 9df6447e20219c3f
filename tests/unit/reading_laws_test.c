/* links: domain */
/* Laws of lib/domain/reading.h, over many numbers of a fixed seed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "domain/reading.h"

enum { ROUNDS = 200000 };

static uint64_t seed = 1;

static uint64_t next(void)
{
    uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int64_t below(int64_t bound)
{
    return (int64_t)(next() % (uint64_t)bound);
}

static int64_t any_value(int digits, int decimals)
{
    int64_t least = 1000;

    for (int i = 0; i < decimals; i++)
        least /= 10;
    return below(sm_register_full(digits) / least) * least;
}

static struct sm_register any_register(void)
{
    struct sm_register r = {.no = 1,
                            .digits = 1 + (int)below(SM_REGISTER_DIGITS_MAX),
                            .decimals = (int)below(4)};

    r.factor_milli = below(3) ? 1000 : 1 + below(SM_REGISTER_FACTOR_MAX);
    r.has_last = below(8) != 0;
    r.last_milli = any_value(r.digits, r.decimals);
    r.last_on = sm_date_from_days(20000 + below(400));
    r.last_estimated = below(3) == 0;
    r.has_true = below(4) != 0;
    r.true_milli = below(r.last_milli + 1);
    r.true_on = sm_date_from_days(sm_date_to_days(r.last_on) - below(200));
    r.season_micro = below(2) ? SM_RATE_UNKNOWN : below(SM_RATE_MAX + 1);
    r.year_micro = below(2) ? SM_RATE_UNKNOWN : below(100000000);
    return r;
}

/* A value is refused, or its use is known, not negative and bounded; what is
 * refused has no use; a later day never makes a value lower. */
static void test_findings(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct sm_register r = any_register();
        int64_t value = any_value(r.digits, r.decimals),
                day = 20000 + below(500);
        struct sm_reading_finding f, later;

        sm_reading_check(&f, NULL, &r, &value, 1, sm_date_from_days(day),
                         sm_date_from_days(20500), NULL);
        sm_reading_check(&later, NULL, &r, &value, 1,
                         sm_date_from_days(day + 1), sm_date_from_days(20501),
                         NULL);
        assert_int_equal(f.outcome == SM_READING_LOWER,
                         later.outcome == SM_READING_LOWER);
        if (!r.has_last)
            assert_int_equal(f.outcome, SM_READING_OK);
        assert_true(f.use_milli >= 0);
        assert_true(f.day_micro >= 0 && f.day_micro <= SM_RATE_MAX);
        assert_true(f.days >= 0);
        if (f.outcome == SM_READING_LOWER)
            assert_true(value < r.last_milli && !f.has_use);
        if (f.has_use && !f.rolled && f.outcome != SM_READING_BELOW_ESTIMATE)
            assert_true(value >= r.last_milli);
        if (r.season_micro == SM_RATE_UNKNOWN &&
            r.year_micro == SM_RATE_UNKNOWN)
            assert_true(f.outcome < SM_READING_LOW);
    }
}

/* More use is never less suspicious than less use above the usual. */
static void test_monotone(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct sm_register r = any_register();
        struct sm_reading_finding f, g;
        struct sm_date day = sm_date_from_days(20500);
        int64_t a, b;

        r.has_last = true;
        r.last_estimated = false;
        a = any_value(r.digits, r.decimals);
        b = any_value(r.digits, r.decimals);
        if (a > b || a < r.last_milli)
            continue;
        sm_reading_check(&f, NULL, &r, &a, 1, day, day, NULL);
        sm_reading_check(&g, NULL, &r, &b, 1, day, day, NULL);
        assert_true(g.use_milli >= f.use_milli);
        if (f.outcome == SM_READING_HIGH)
            assert_true(g.outcome >= SM_READING_HIGH);
        if (f.outcome == SM_READING_VERY_HIGH)
            assert_int_equal(g.outcome, SM_READING_VERY_HIGH);
    }
}

/* What is written is read again, and nothing else of its digits is. */
static void test_typed(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        int digits = 1 + (int)below(9), decimals = (int)below(4);
        int64_t value = any_value(digits, decimals), got = -1;
        char text[2 * SM_INT_TEXT];
        size_t len;

        len = sm_uint_format(text, (uint64_t)value / 1000, (size_t)digits);
        if (decimals > 0) {
            text[len++] = below(2) ? ',' : '.';
            sm_uint_format(text + len, (uint64_t)value % 1000, 3);
            text[len + (size_t)decimals] = '\0';
        }
        assert_int_equal(sm_reading_parse(&got, text, digits, decimals),
                         SM_READING_OK);
        assert_int_equal(got, value);
        assert_int_equal(sm_reading_parse(&got, text, digits - 1, decimals),
                         SM_READING_TOO_LONG);
        if (decimals > 0)
            assert_int_equal(sm_reading_parse(&got, text, digits, decimals - 1),
                             SM_READING_DECIMALS);
    }
}

/* The parts of a span make the whole, but for what rounding takes. */
static void test_parts(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS / 10; i++) {
        struct sm_use_segment s[6];
        int64_t at = 0, total, days, a, b, da, db, cut;

        for (size_t n = 0; n < SM_COUNT(s); n++) {
            s[n].from = at;
            at += 1 + below(60);
            s[n].to = at;
            s[n].use_milli = below(INT64_C(100000000000000000));
        }
        cut = below(at + 1);
        total = sm_use_between(&days, s, SM_COUNT(s), 0, at);
        a = sm_use_between(&da, s, SM_COUNT(s), 0, cut);
        b = sm_use_between(&db, s, SM_COUNT(s), cut, at);
        assert_int_equal(days, at);
        assert_int_equal(da + db, days);
        assert_true(total - a - b >= 0 && total - a - b <= 1);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_findings),
        cmocka_unit_test(test_monotone),
        cmocka_unit_test(test_typed),
        cmocka_unit_test(test_parts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
