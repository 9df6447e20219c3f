/* links: base money */
/* lib/money: reading, writing and splitting amounts exactly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "money/money.h"

#define CURRENCIES 167 /* rows of the table */

static uint64_t seed = 1;

static int64_t next_number(void)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int64_t)(seed ^ seed >> 29);
}

static void currencies_are_found(void **state)
{
    static const struct {
        const char *code;
        int exponent;
    } known[] = {
        {"RON", 2}, {"BGN", 2}, {"EUR", 2}, {"JPY", 0}, {"KWD", 3},
        {"CLF", 4}, {"AED", 2}, {"ZWG", 2}, {"ISK", 0}, {"HUF", 2},
    };
    char code[4] = "AAA";
    int count = 0;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(known); i++) {
        const struct sm_currency *found = sm_currency_find(known[i].code);

        assert_non_null(found);
        assert_string_equal(found->code, known[i].code);
        assert_int_equal(found->exponent, known[i].exponent);
    }
    assert_null(sm_currency_find(""));
    assert_null(sm_currency_find("ron"));
    assert_null(sm_currency_find("RONN"));
    assert_null(sm_currency_find("XXX"));
    /* A row out of order could not be found. */
    for (code[0] = 'A'; code[0] <= 'Z'; code[0]++)
        for (code[1] = 'A'; code[1] <= 'Z'; code[1]++)
            for (code[2] = 'A'; code[2] <= 'Z'; code[2]++)
                count += sm_currency_find(code) != NULL;
    assert_int_equal(count, CURRENCIES);
}

static void arithmetic_is_checked(void **state)
{
    int64_t out = 5;

    (void)state;
    assert_int_equal(sm_minor_add(&out, INT64_MAX, 1), SM_INVALID);
    assert_int_equal(sm_minor_sub(&out, INT64_MIN, 1), SM_INVALID);
    assert_int_equal(sm_minor_mul(&out, INT64_MAX / 2 + 1, 2), SM_INVALID);
    assert_int_equal(out, 5);
    assert_int_equal(sm_minor_add(&out, INT64_MAX, -1), SM_OK);
    assert_true(out == INT64_MAX - 1);
    assert_int_equal(sm_minor_sub(&out, 5, 7), SM_OK);
    assert_int_equal(out, -2);
    assert_int_equal(sm_minor_mul(&out, -3, 7), SM_OK);
    assert_int_equal(out, -21);
}

static void amounts_of_people(void **state)
{
    static const struct {
        const char *text;
        int exponent;
        int64_t minor;
    } good[] = {
        {"12,50", 2, 1250}, {"12.50", 2, 1250},
        {"12", 2, 1200},    {"12,5", 2, 1250},
        {" 7 ", 2, 700},    {"0", 2, 0},
        {"007,05", 2, 705}, {"12", 0, 12},
        {"1.234", 3, 1234}, {"92233720368547758.07", 2, INT64_MAX},
    };
    static const char *const bad[] = {
        "",
        " ",
        ",",
        ".5",
        "5,",
        "-1",
        "+1",
        "1,2,3",
        "1.234,56",
        "1,234.5",
        "12.500",
        "12,000",
        "1 000",
        "1e3",
        "12,5 RON",
        "0x10",
        "NaN",
        "92233720368547758.08",
        "92233720368547759",
        "1..2",
        "\u00A01",
    };
    int64_t out;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(good); i++) {
        assert_int_equal(sm_amount_parse(&out, good[i].text, good[i].exponent),
                         SM_OK);
        assert_true(out == good[i].minor);
    }
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        assert_int_equal(sm_amount_parse(&out, bad[i], 2), SM_INVALID);
    assert_int_equal(sm_amount_parse(&out, "12.0", 0), SM_INVALID);
}

static void decimals_of_machines(void **state)
{
    static const struct {
        const char *text;
        int exponent;
        int64_t minor;
    } good[] = {
        {"12.5", 2, 1250},
        {"-12.50", 2, -1250},
        {"+.50", 2, 50},
        {"12.50000", 2, 1250},
        {"5.", 2, 500},
        {"-0.00", 2, 0},
        {"3.000", 0, 3},
        {"1.2345", 4, 12345},
        {"-92233720368547758.08", 2, INT64_MIN},
        {"92233720368547758.0700", 2, INT64_MAX},
    };
    static const char *const bad[] = {
        "",
        ".",
        "-",
        "+",
        "1,5",
        "12.505",
        "1e2",
        " 1",
        "1 ",
        "--1",
        "1.2.3",
        "92233720368547758.08",
        "-92233720368547758.09",
        "0.001",
        "abc",
    };
    int64_t out;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(good); i++) {
        assert_int_equal(sm_decimal_parse(&out, good[i].text, good[i].exponent),
                         SM_OK);
        assert_true(out == good[i].minor);
    }
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        assert_int_equal(sm_decimal_parse(&out, bad[i], 2), SM_INVALID);
}

static void format_and_back(void **state)
{
    char text[SM_DECIMAL_TEXT];
    int64_t back;

    (void)state;
    sm_decimal_format(text, 123450, 2);
    assert_string_equal(text, "1234.50");
    sm_decimal_format(text, -5, 2);
    assert_string_equal(text, "-0.05");
    sm_decimal_format(text, 0, 0);
    assert_string_equal(text, "0");
    sm_decimal_format(text, INT64_MIN, 4);
    assert_string_equal(text, "-922337203685477.5808");
    sm_decimal_format(text, INT64_MIN, 6);
    assert_string_equal(text, "-9223372036854.775808");
    for (int i = 0; i < 20000; i++) {
        int64_t minor = next_number() >> (i % 60);
        int exponent = i % 7;

        sm_decimal_format(text, minor, exponent);
        assert_int_equal(sm_decimal_parse(&back, text, exponent), SM_OK);
        assert_true(back == minor);
    }
}

static void allocation_is_exact(void **state)
{
    int64_t open_minor[8];
    int64_t paid[8];
    int64_t rest;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t count = (size_t)round % 9;
        int64_t amount = (next_number() & INT64_MAX) >> (round % 40 + 20);
        int64_t sum = 0;

        for (size_t i = 0; i < count; i++)
            open_minor[i] = (next_number() & INT64_MAX) >> (round % 40 + 22);
        assert_int_equal(sm_allocate(paid, &rest, open_minor, count, amount),
                         SM_OK);
        for (size_t i = 0; i < count; i++) {
            assert_true(paid[i] >= 0 && paid[i] <= open_minor[i]);
            /* Nothing younger is paid while something older is open. */
            if (i > 0 && paid[i] > 0)
                assert_true(paid[i - 1] == open_minor[i - 1]);
            sum += paid[i];
        }
        assert_true(sum + rest == amount && rest >= 0);
        if (rest > 0 && count > 0)
            assert_true(paid[count - 1] == open_minor[count - 1]);
    }
    open_minor[0] = -1;
    assert_int_equal(sm_allocate(paid, &rest, open_minor, 1, 5), SM_INVALID);
    assert_int_equal(sm_allocate(paid, &rest, open_minor, 0, -5), SM_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(currencies_are_found),
        cmocka_unit_test(arithmetic_is_checked),
        cmocka_unit_test(amounts_of_people),
        cmocka_unit_test(decimals_of_machines),
        cmocka_unit_test(format_and_back),
        cmocka_unit_test(allocation_is_exact),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
