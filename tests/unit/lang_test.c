/* links: view */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "view/view.h"

#define NBSP "\xc2\xa0"

static void test_codes(void **state)
{
    enum sm_lang lang = SM_LANG_EN;

    (void)state;
    assert_int_equal(sm_lang_parse(&lang, "bg"), SM_OK);
    assert_int_equal(lang, SM_LANG_BG);
    assert_int_equal(sm_lang_parse(&lang, "BG"), SM_INVALID);
    assert_int_equal(sm_lang_parse(&lang, "bgx"), SM_INVALID);
    assert_int_equal(sm_lang_parse(&lang, ""), SM_INVALID);
    assert_int_equal(lang, SM_LANG_BG);
    assert_string_equal(sm_lang_code(SM_LANG_RO), "ro");
    assert_string_equal(sm_lang_name(SM_LANG_BG), "Български");
    assert_string_equal(sm_lang_code(SM_LANG__COUNT), "");
}

static void test_accept(void **state)
{
    static const struct {
        const char *header;
        enum sm_lang want; /* where the fallback is Romanian */
    } cases[] = {
        {NULL, SM_LANG_RO},
        {"", SM_LANG_RO},
        {"bg", SM_LANG_BG},
        {"BG-bg", SM_LANG_BG},
        {"en-GB,en;q=0.9,bg;q=0.8", SM_LANG_EN},
        {"en;q=0.5, bg;q=0.8", SM_LANG_BG},
        {"en;q=0.5,bg;q=0.5", SM_LANG_EN},
        {"bg ; q=0.501 , en;q=0.50", SM_LANG_BG},
        {"de,fr;q=0.9,en;Q=0.1", SM_LANG_EN},
        {"de,fr", SM_LANG_RO},
        {"*", SM_LANG_RO},
        {"de,*;q=0.5", SM_LANG_RO},
        {"en;q=0.3,*;q=0.5", SM_LANG_RO},
        {"en;q=0.8,*;q=0.5", SM_LANG_EN},
        {"ro;q=0,*;q=0.5,bg;q=0.2", SM_LANG_BG},
        {"en;q=0", SM_LANG_RO},
        {"ro;q=0.2,en;q=0.3", SM_LANG_EN},
        {"en;q=2,bg;q=0.1", SM_LANG_BG},
        {"en;q=1.001,bg;q=0.1", SM_LANG_BG},
        {"en;q=0.1234,bg;q=0.1", SM_LANG_BG},
        {"en;level=1,bg;q=0.1", SM_LANG_BG},
        {"eng,bulgarian,b,-en,bg;q=0.1", SM_LANG_BG},
        {",, ,bg", SM_LANG_BG},
        {";q=1,bg", SM_LANG_BG},
        {"en;q=", SM_LANG_RO},
        {"en;q", SM_LANG_RO},
        {"en;", SM_LANG_RO},
        {"ro-MD;q=0,ro;q=0.4,en;q=0.3", SM_LANG_RO},
    };
    size_t i = 0;

    (void)state;
    for (i = 0; i < SM_COUNT(cases); i++)
        if (sm_lang_accept(cases[i].header, SM_LANG_RO) != cases[i].want)
            fail_msg("\"%s\"", cases[i].header);
    assert_int_equal(sm_lang_accept("de", SM_LANG_BG), SM_LANG_BG);
}

/* The amounts are what ICU 72 prints for ro, bg and en_GB. */
static void test_money(void **state)
{
    static const struct {
        enum sm_lang lang;
        int64_t minor;
        const char *currency, *want;
    } cases[] = {
        {SM_LANG_RO, 1234560, "RON", "12.345,60" NBSP "RON"},
        {SM_LANG_RO, 123450, "RON", "1.234,50" NBSP "RON"},
        {SM_LANG_RO, 99999, "EUR", "999,99" NBSP "EUR"},
        {SM_LANG_RO, -5, "RON", "-0,05" NBSP "RON"},
        {SM_LANG_RO, 0, "RON", "0,00" NBSP "RON"},
        {SM_LANG_RO, -123456789, "RON", "-1.234.567,89" NBSP "RON"},
        {SM_LANG_BG, 1234560, "EUR", "12" NBSP "345,60" NBSP "€"},
        {SM_LANG_BG, 1234560, "BGN", "12" NBSP "345,60" NBSP "лв."},
        {SM_LANG_BG, 123450, "RON", "1" NBSP "234,50" NBSP "RON"},
        {SM_LANG_BG, -5, "EUR", "-0,05" NBSP "€"},
        {SM_LANG_EN, 1234560, "RON", "RON" NBSP "12,345.60"},
        {SM_LANG_EN, 1234560, "EUR", "€12,345.60"},
        {SM_LANG_EN, -5, "EUR", "-€0.05"},
        {SM_LANG_EN, -5, "RON", "-RON" NBSP "0.05"},
        {SM_LANG_RO, 12346, "JPY", "12.346" NBSP "JPY"},
        {SM_LANG_RO, 12346, "KWD", "12,346" NBSP "KWD"},
        {SM_LANG_EN, INT64_MIN, "RON", "-RON" NBSP "92,233,720,368,547,758.08"},
    };
    char out[80], cut[6];
    size_t i = 0;

    (void)state;
    for (i = 0; i < SM_COUNT(cases); i++) {
        sm_format_money(out, sizeof(out), cases[i].lang, cases[i].minor,
                        cases[i].currency);
        assert_string_equal(out, cases[i].want);
    }
    sm_format_money(cut, sizeof(cut), SM_LANG_RO, 1234560, "RON");
    assert_string_equal(cut, "12.34");
}

static void test_dates(void **state)
{
    char out[80];

    (void)state;
    sm_format_date(out, sizeof(out), SM_LANG_RO,
                   (struct sm_date){2026, 11, 18});
    assert_string_equal(out, "18 noiembrie 2026");
    sm_format_date(out, sizeof(out), SM_LANG_BG,
                   (struct sm_date){2026, 11, 18});
    assert_string_equal(out, "18 ноември 2026" NBSP "г.");
    sm_format_date(out, sizeof(out), SM_LANG_EN,
                   (struct sm_date){2026, 11, 18});
    assert_string_equal(out, "18 November 2026");
    sm_format_date(out, sizeof(out), SM_LANG_EN, (struct sm_date){2026, 1, 1});
    assert_string_equal(out, "1 January 2026");
    sm_format_date(out, sizeof(out), SM_LANG_BG, (struct sm_date){0, 0, 0});
    assert_string_equal(out, "");
    sm_format_date(out, sizeof(out), SM_LANG_BG, (struct sm_date){2026, 13, 1});
    assert_string_equal(out, "");
}

static void test_numbers(void **state)
{
    static const struct {
        enum sm_lang lang;
        int64_t number;
        int decimals;
        const char *text;
    } cases[] = {
        {SM_LANG_RO, 1234567, 3, "1.234,567"},
        {SM_LANG_BG, 1234567, 0, "1" NBSP "234" NBSP "567"},
        {SM_LANG_EN, -5, 2, "-0.05"},
        {SM_LANG_EN, 0, 0, "0"},
        {SM_LANG_EN, INT64_MIN, 18, "-9.223372036854775808"},
        {SM_LANG_EN, INT64_MAX, 0, "9,223,372,036,854,775,807"},
        {SM_LANG_EN, 12, -1, "12"},
        {SM_LANG_EN, 12, 19, "12"},
    };
    char out[80];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cases); i++) {
        sm_format_number(out, sizeof(out), cases[i].lang, cases[i].number,
                         cases[i].decimals);
        assert_string_equal(out, cases[i].text);
    }
    sm_format_number(out, 4, SM_LANG_RO, 1234567, 3);
    assert_string_equal(out, "1.2");
}

static void test_months(void **state)
{
    char out[80];

    (void)state;
    sm_format_month(out, sizeof(out), SM_LANG_RO, 1);
    assert_string_equal(out, "ian.");
    sm_format_month(out, sizeof(out), SM_LANG_BG, 11);
    assert_string_equal(out, "ное");
    sm_format_month(out, sizeof(out), SM_LANG_EN, 9);
    assert_string_equal(out, "Sept");
    sm_format_month(out, sizeof(out), SM_LANG_EN, 13);
    assert_string_equal(out, "");
    sm_format_month(out, sizeof(out), SM_LANG_EN, 0);
    assert_string_equal(out, "");
}

/* 2026-11-18 22:05 UTC is past midnight in Bucharest. */
static void test_instants(void **state)
{
    const int64_t us = INT64_C(1795039500) * 1000000;
    char out[80];

    (void)state;
    setenv("TZ", "Europe/Bucharest", 1);
    tzset();
    sm_format_instant(out, sizeof(out), SM_LANG_RO, us);
    assert_string_equal(out, "19 noiembrie 2026, 00:05");
    sm_format_instant(out, sizeof(out), SM_LANG_BG, us);
    assert_string_equal(out, "19 ноември 2026" NBSP "г., 00:05" NBSP "ч.");
    sm_format_instant(out, sizeof(out), SM_LANG_EN, us);
    assert_string_equal(out, "19 November 2026, 00:05");
    sm_format_instant(out, 5, SM_LANG_EN, us);
    assert_string_equal(out, "19 N");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),    cmocka_unit_test(test_accept),
        cmocka_unit_test(test_money),    cmocka_unit_test(test_dates),
        cmocka_unit_test(test_instants), cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_months),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
