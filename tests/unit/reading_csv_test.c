/* links: domain */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "domain/reading_csv.h"

static struct sm_reading_file file;
static struct sm_arena *arena;

static enum sm_status read_text(const char *text)
{
    sm_arena_clear(arena);
    return sm_reading_csv(&file, arena, text, strlen(text), NULL);
}

static void expect_row(size_t i, int64_t line, const char *serial, int no,
                       int64_t milli, int decimals, int year)
{
    assert_true(i < file.nrows);
    assert_int_equal(file.rows[i].line, line);
    assert_string_equal(file.rows[i].serial, serial);
    assert_int_equal(file.rows[i].register_no, no);
    assert_int_equal(file.rows[i].value_milli, milli);
    assert_int_equal(file.rows[i].decimals, decimals);
    assert_int_equal(file.rows[i].date.year, year);
}

static void test_good(void **state)
{
    (void)state;
    assert_int_equal(read_text("serial;register;value;date\n"
                               "em 77-1;;01234;\n"
                               "EM771;2;12,5;2026-08-31\r\n"
                               "\n"
                               "\"W;9\";1;0.125;31.08.2026\n"),
                     SM_OK);
    assert_int_equal(file.nproblems, 0);
    assert_int_equal(file.nrows, 3);
    expect_row(0, 2, "EM771", 1, 1234000, 0, 0);
    expect_row(1, 3, "EM771", 2, 12500, 1, 2026);
    expect_row(2, 5, "W9", 1, 125, 3, 2026);
    assert_int_equal(file.rows[2].date.month, 8);
    assert_int_equal(file.rows[2].date.day, 31);
    /* columns in another order, and the two that may be missing */
    assert_int_equal(read_text("value,serial\n7,A\n"), SM_OK);
    expect_row(0, 2, "A", 1, 7000, 0, 0);
    assert_int_equal(read_text("serial;value\n"), SM_OK);
    assert_int_equal(file.nrows + file.nproblems, 0);
    /* the file to fill in, one line of it left empty */
    assert_int_equal(read_text("serial,register,place,last_index,last_date,"
                               "value\nA,1,x,5,2026-01-01,\nB,2,y,,,7\n"),
                     SM_OK);
    assert_int_equal(file.nproblems, 0);
    assert_int_equal(file.nempty, 1);
    assert_int_equal(file.nrows, 1);
    expect_row(0, 3, "B", 2, 7000, 0, 0);
}

static void test_faults(void **state)
{
    static const struct {
        const char *line, *word;
    } cases[] = {
        {"A;1", "unreadable"},
        {"A;1;2;;", "unreadable"},
        {"A;1;\xff;", "unreadable"},
        {" -;1;5;", "serial"},
        {";1;5;", "serial"},
        {"A1234567890123456789012345678901234567890;1;5;", "serial"},
        {"A;0;5;", "register"},
        {"A;9;5;", "register"},
        {"A;x;5;", "register"},
        {"A;1;-5;", "value"},
        {"A;1;1.2345;", "value"},
        {"A;1;1234567890;", "value"},
        {"A;1;five;", "value"},
        {"A;1;5;31/08/2026", "date"},
        {"A;1;5;31.02.2026", "date"},
        {"A;1;5;2026-8-31", "date"},
        {"B;2;5;", "twice"},
    };

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cases); i++) {
        char text[256];

        snprintf(text, sizeof(text),
                 "serial;register;value;date\nB;2;4;\n%s\nC;1;9;\n",
                 cases[i].line);
        assert_int_equal(read_text(text), SM_OK);
        assert_int_equal(file.nproblems, 1);
        assert_int_equal(file.problems[0].line, 3);
        assert_string_equal(sm_reading_fault_word(file.problems[0].fault),
                            cases[i].word);
        assert_string_equal(file.rows[file.nrows - 1].serial, "C");
    }
}

static void test_header(void **state)
{
    static const char *const bad[] = {"", "serial\n", "value\n",
                                      "serial;value;colour\n",
                                      "A;1;5;2026-01-01\n"};

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        assert_int_equal(read_text(bad[i]), SM_INVALID);
}

static void fill(struct sm_buf *text, int rows, const char *value)
{
    sm_buf_clear(text);
    sm_buf_adds(text, "serial;value\n");
    for (int i = 0; i < rows; i++)
        sm_buf_addf(text, "S%d;%s\n", i, value);
}

static void test_bounds(void **state)
{
    struct sm_buf text;
    char *large;

    (void)state;
    sm_buf_init(&text, (size_t)1 << 20);
    fill(&text, SM_READING_ROWS_MAX, "5");
    assert_int_equal(read_text(text.data), SM_OK);
    assert_int_equal(file.nrows, SM_READING_ROWS_MAX);
    assert_int_equal(file.nproblems, 0);
    fill(&text, SM_READING_ROWS_MAX + 9, "5");
    assert_int_equal(read_text(text.data), SM_OK);
    assert_int_equal(file.nproblems, 1);
    assert_int_equal(file.problems[0].fault, SM_FAULT_MANY);
    assert_int_equal(file.problems[0].line, SM_READING_ROWS_MAX + 2);
    /* all bad: the first are named, all are counted */
    fill(&text, SM_READING_ROWS_MAX, "x");
    assert_int_equal(read_text(text.data), SM_OK);
    assert_int_equal(file.nproblems, SM_READING_ROWS_MAX);
    assert_int_equal(file.problems[SM_READING_PROBLEMS_MAX - 1].line,
                     SM_READING_PROBLEMS_MAX + 1);
    sm_buf_release(&text);
    large = calloc(1, SM_READING_FILE_MAX + 1);
    assert_int_equal(
        sm_reading_csv(&file, arena, large, SM_READING_FILE_MAX + 1, NULL),
        SM_INVALID);
    free(large);
}

static int open_arena(void **state)
{
    (void)state;
    arena = sm_arena_new((size_t)4 << 20);
    return arena ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    sm_arena_free(arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_faults),
        cmocka_unit_test(test_header),
        cmocka_unit_test(test_bounds),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
