/* links: domain */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/csv.h"

/* A file in memory, handed out STEP bytes at a time. */
struct memory {
    const char *text;
    size_t len, pos, step;
};

static enum sm_status read_memory(void *ctx, char *buf, size_t size,
                                  size_t *got, struct sm_error *err)
{
    struct memory *m = ctx;
    size_t n = m->len - m->pos;

    (void)err;
    n = n > size ? size : n;
    n = n > m->step ? m->step : n;
    memcpy(buf, m->text + m->pos, n);
    m->pos += n;
    *got = n;
    return SM_OK;
}

static const struct sm_csv_column columns[] = {{"name", true},
                                               {"amount_due", false}};

static struct memory memory;
static struct sm_error err;

static enum sm_status open_text(struct sm_csv **csv, const char *text,
                                size_t step)
{
    struct sm_csv_source source = {&memory, read_memory};

    memory = (struct memory){text, strlen(text), 0, step};
    return sm_csv_open(csv, &source, columns, 2, &err);
}

static void expect(struct sm_csv *csv, int64_t line, const char *name,
                   const char *amount)
{
    assert_int_equal(sm_csv_next(csv, &err), SM_OK);
    assert_int_equal(sm_csv_line(csv), line);
    assert_string_equal(sm_csv_get(csv, 0), name);
    assert_string_equal(sm_csv_get(csv, 1), amount);
}

static void test_plain(void **state)
{
    (void)state;
    for (size_t step = 1; step < 9; step++) {
        struct sm_csv *csv;

        assert_int_equal(open_text(&csv,
                                   "\xef\xbb\xbfName,Amount-Due\r\n"
                                   "Ion,1.50\r\n"
                                   "\r\n"
                                   "\"a, \"\"b\"\"\nc\",2\r\n"
                                   " last , ",
                                   step),
                         SM_OK);
        expect(csv, 2, "Ion", "1.50");
        expect(csv, 4, "a, \"b\"\nc", "2");
        expect(csv, 6, "last", "");
        assert_int_equal(sm_csv_next(csv, &err), SM_NOT_FOUND);
        assert_int_equal(sm_csv_bytes(csv), (int64_t)memory.len);
        sm_csv_free(csv);
    }
}

static void test_semicolon_and_order(void **state)
{
    struct sm_csv *csv;

    (void)state;
    assert_int_equal(open_text(&csv, "amount due;name\n1,5;x\n", 99), SM_OK);
    expect(csv, 2, "x", "1,5");
    sm_csv_free(csv);
    assert_int_equal(open_text(&csv, "name\nonly\n", 99), SM_OK);
    expect(csv, 2, "only", "");
    sm_csv_free(csv);
}

static void test_header_refused(void **state)
{
    static const char *const bad[] = {
        "", "amount_due\n1\n",   /* a required column is missing */
        "name,colour\n",         /* an unknown one */
        "name,name\n",           /* twice */
        "name,\"amount_due\n1,2" /* never closed */
    };
    struct sm_csv *csv;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++) {
        assert_int_equal(open_text(&csv, bad[i], 99), SM_INVALID);
        assert_null(csv);
    }
}

/* A bad record is named by its line, and reading goes on behind it. */
static void test_bad_records(void **state)
{
    static const char *const bad[] = {"a\"b,1", "\"a\"b,1",   "a,1,2",
                                      "a",      "a\rb,1",     "\xff\xfe,1",
                                      "\xc3,1", "\"x\ny\"z,1"};
    char text[256];
    struct sm_csv *csv;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++) {
        snprintf(text, sizeof(text), "name,amount_due\nok,1\n%s\ngood,2\n",
                 bad[i]);
        assert_int_equal(open_text(&csv, text, 3), SM_OK);
        expect(csv, 2, "ok", "1");
        assert_int_equal(sm_csv_next(csv, &err), SM_INVALID);
        assert_int_equal(sm_csv_line(csv), 3);
        expect(csv, i == 7 ? 5 : 4, "good", "2");
        assert_int_equal(sm_csv_next(csv, &err), SM_NOT_FOUND);
        sm_csv_free(csv);
    }
}

static void test_limits(void **state)
{
    static char text[3 * SM_CSV_RECORD_MAX];
    struct sm_csv *csv;
    size_t len;

    (void)state;
    len = (size_t)snprintf(text, sizeof(text), "name,amount_due\n");
    memset(text + len, 'x', SM_CSV_FIELD_MAX);
    len += SM_CSV_FIELD_MAX;
    memcpy(text + len, ",1\n", 3);
    len += 3;
    memset(text + len, 'x', 2 * SM_CSV_RECORD_MAX - 100);
    len += 2 * SM_CSV_RECORD_MAX - 100;
    memcpy(text + len, ",1\ngood,2\n", 11);
    assert_int_equal(open_text(&csv, text, 4096), SM_OK);
    assert_int_equal(sm_csv_next(csv, &err), SM_OK);
    assert_int_equal(strlen(sm_csv_get(csv, 0)), SM_CSV_FIELD_MAX);
    assert_int_equal(sm_csv_next(csv, &err), SM_INVALID);
    expect(csv, 4, "good", "2");
    sm_csv_free(csv);
}

static void test_open_quote(void **state)
{
    struct sm_csv *csv;

    (void)state;
    assert_int_equal(open_text(&csv, "name\n\"abc\n", 99), SM_OK);
    assert_int_equal(sm_csv_next(csv, &err), SM_INVALID);
    assert_int_equal(sm_csv_line(csv), 2);
    assert_int_equal(sm_csv_next(csv, &err), SM_NOT_FOUND);
    sm_csv_free(csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_semicolon_and_order),
        cmocka_unit_test(test_header_refused),
        cmocka_unit_test(test_bad_records),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_open_quote),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
