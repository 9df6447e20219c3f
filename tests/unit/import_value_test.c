/* links: domain */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/import_row.h"
#include "domain/import_value.h"

static void expect_decimal(const char *text, int scale, int64_t wanted)
{
    int64_t out = -1;

    assert_int_equal(sm_import_decimal(&out, text, scale), SM_OK);
    assert_int_equal(out, wanted);
}

static void test_decimal(void **state)
{
    static const char *const bad[] = {
        "",     "-",   ".",     "1,50", "1.501",          "1e2", " 1", "1 ",
        "0x10", "--1", "1.5.0", "NaN",  "100000000000.01"};
    int64_t out;

    (void)state;
    expect_decimal("130", 2, 13000);
    expect_decimal("-0.5", 2, -50);
    expect_decimal("130.000", 2, 13000);
    expect_decimal("100000000000.00", 2, SM_IMPORT_AMOUNT_MAX);
    expect_decimal("7", 0, 7);
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        assert_int_equal(sm_import_decimal(&out, bad[i], 2), SM_INVALID);
}

static void test_micro(void **state)
{
    int64_t out;

    (void)state;
    assert_int_equal(sm_import_micro(&out, "0.65432"), SM_OK);
    assert_int_equal(out, 654320);
    assert_int_equal(sm_import_micro(&out, "0.12345678"), SM_OK);
    assert_int_equal(out, 123456);
    assert_int_equal(sm_import_micro(&out, "10000000"), SM_OK);
    assert_int_equal(out, INT64_C(10000000000000));
    assert_int_equal(sm_import_micro(&out, "0.1234567x"), SM_INVALID);
    assert_int_equal(sm_import_micro(&out, ""), SM_INVALID);
}

static void expect_tax_id(const char *text, const char *wanted)
{
    char out[16];

    sm_import_tax_id(out, sizeof(out), text);
    assert_string_equal(out, wanted);
}

static void test_tax_id(void **state)
{
    (void)state;
    expect_tax_id("RO18547290", "18547290");
    expect_tax_id(" ro 18 547 290", "18547290");
    expect_tax_id("BG175074752", "175074752");
    expect_tax_id("BE0000000196", "BE0000000196");
    expect_tax_id("ROX1", "ROX1");
    expect_tax_id("RO", "RO");
    expect_tax_id("123456789012345678", "123456789012345");
}

static void test_currency(void **state)
{
    (void)state;
    assert_int_equal(sm_import_currency_scale("RON"), 2);
    assert_int_equal(sm_import_currency_scale("JPY"), 0);
    assert_int_equal(sm_import_currency_scale("ron"), -1);
    assert_int_equal(sm_import_currency_scale("XYZW"), -1);
}

/* What PostgreSQL documents for the text format of COPY. */
static void test_rows(void **state)
{
    static const char *const texts[] = {"a\"b", "c\\d", "e,f"};
    static const uint8_t hashes[1][32] = {{0xab}};
    struct sm_buf buf;

    (void)state;
    sm_buf_init(&buf, 4096);
    sm_put_text(&buf, "tab\there\nback\\slash\r");
    sm_put_text(&buf, "");
    sm_put_text(&buf, NULL);
    sm_put_optional(&buf, "");
    sm_put_bytes(&buf, "\x01\xff", 2);
    sm_put_int(&buf, -5);
    sm_put_bool(&buf, true);
    sm_put_date(&buf, (struct sm_date){2026, 9, 1});
    sm_put_date(&buf, (struct sm_date){0});
    sm_put_texts(&buf, texts, 3);
    sm_put_texts(&buf, texts, 0);
    sm_put_end(&buf);
    assert_true(sm_buf_ok(&buf));
    assert_string_equal(buf.data,
                        "tab\\there\\nback\\\\slash\\r\t\t\\N\t\\N\t"
                        "\\\\x01ff\t-5\tt\t2026-09-01\t\\N\t"
                        "{\"a\\\\\"b\",\"c\\\\\\\\d\",\"e,f\"}\t{}\n");
    sm_buf_clear(&buf);
    sm_put_hashes(&buf, hashes, 1);
    sm_put_end(&buf);
    assert_memory_equal(buf.data, "{\"\\\\\\\\xab00", 11);
    sm_buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_decimal), cmocka_unit_test(test_micro),
        cmocka_unit_test(test_tax_id),  cmocka_unit_test(test_currency),
        cmocka_unit_test(test_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
