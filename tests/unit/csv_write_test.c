/* links: domain */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/csv_write.h"

static struct sm_buf buf;

static int open_file(void **state)
{
    (void)state;
    sm_buf_init(&buf, 1000);
    sm_csv_begin(&buf, "a,b");
    return 0;
}

static int close_file(void **state)
{
    (void)state;
    sm_buf_release(&buf);
    return 0;
}

/* What stands in the file after its mark and its header. */
static void expect(const char *text)
{
    static const char begin[] = "\xef\xbb\xbf"
                                "a,b\r\n";

    assert_true(sm_buf_ok(&buf));
    assert_memory_equal(buf.data, begin, sizeof(begin) - 1);
    assert_string_equal(buf.data + sizeof(begin) - 1, text);
}

static void test_records(void **state)
{
    (void)state;
    sm_csv_text(&buf, "număr");
    sm_csv_text(&buf, "");
    sm_csv_date(&buf, (struct sm_date){2026, 1, 31});
    sm_csv_end(&buf);
    sm_csv_date(&buf, (struct sm_date){0, 0, 0});
    sm_csv_money(&buf, -1250, "RON");
    sm_csv_money(&buf, INT64_MIN, "RON");
    sm_csv_money(&buf, 7, "JPY");
    sm_csv_end(&buf);
    expect("\"număr\",\"\",2026-01-31\r\n"
           "\"\",-12.50,-92233720368547758.08,7\r\n");
}

static void test_quotes(void **state)
{
    (void)state;
    sm_csv_text(&buf, "a,b");
    sm_csv_text(&buf, "say \"no\"");
    sm_csv_text(&buf, "two\r\nlines\n");
    sm_csv_text(&buf, " blank ");
    expect("\"a,b\",\"say \"\"no\"\"\",\"two\r\nlines\n\",\" blank \"");
}

static void test_formulas(void **state)
{
    static const char *const texts[] = {"=1+1", "+40", "-5",     "@SUM(A1)",
                                        "\tx",  "\rx", "=\"a\"", "\nx"};
    static const char *const fields[] = {
        "\"'=1+1\"", "\"'+40\"", "\"'-5\"",         "\"'@SUM(A1)\"",
        "\"'\tx\"",  "\"'\rx\"", "\"'=\"\"a\"\"\"", "\"'\nx\""};

    (void)state;
    for (size_t i = 0; i < SM_COUNT(texts); i++) {
        sm_buf_clear(&buf);
        sm_csv_begin(&buf, "a,b");
        sm_csv_text(&buf, texts[i]);
        expect(fields[i]);
    }
    /* further inside they are harmless */
    sm_csv_text(&buf, "A-1=2");
    expect("\"'\nx\",\"A-1=2\"");
}

static void test_too_much(void **state)
{
    (void)state;
    for (int i = 0; i < 300; i++)
        sm_csv_text(&buf, "1234");
    assert_false(sm_buf_ok(&buf));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_records, open_file, close_file),
        cmocka_unit_test_setup_teardown(test_quotes, open_file, close_file),
        cmocka_unit_test_setup_teardown(test_formulas, open_file, close_file),
        cmocka_unit_test_setup_teardown(test_too_much, open_file, close_file),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
