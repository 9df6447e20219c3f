/* links: domain */
/* What the next bill may come to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "domain/project.h"

/* 100 kWh: energy 40.00 and network 20.00 at 19 %, a subscription of 6.20 at
 * 19 %, a fee of 9.99. */
static struct sm_bill_line lines[] = {
    {.kind = SM_BILL_USE, .net_minor = 4000, .tax_rate_bp = 1900},
    {.kind = SM_BILL_USE, .net_minor = 2000, .tax_rate_bp = 1900},
    {.kind = SM_BILL_FIXED, .net_minor = 620, .tax_rate_bp = 1900},
    {.kind = SM_BILL_OTHER, .net_minor = 999, .tax_rate_bp = 0},
};
static struct sm_bill_register registers[] = {
    {.unit = "KWH", .quantity_milli = 60000},
    {.unit = "KWH", .quantity_milli = 40000},
    {.unit = "K3", .quantity_milli = 5000},
};

static struct sm_bill bill(void)
{
    return (struct sm_bill){.lines = lines,
                            .nlines = SM_COUNT(lines),
                            .registers = registers,
                            .nregisters = SM_COUNT(registers)};
}

static void test_sum(void **state)
{
    struct sm_bill last = bill();
    int64_t minor = -1;

    (void)state;
    /* 60.00 x 1.19 + 6.20 x 1.19 = 71.40 + 7.378 */
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", 100000), SM_OK);
    assert_int_equal(minor, 7878);
    /* half of it: 35.70 + 7.378 */
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", 50000), SM_OK);
    assert_int_equal(minor, 4308);
    /* nothing used: what is by time */
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", 0), SM_OK);
    assert_int_equal(minor, 738);
    last.nlines = 2;
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", 0), SM_OK);
    assert_int_equal(minor, 0);
    /* 71.40 for 100: one thousandth is 0.0714 bani; half a ban is rounded
     * up: 7 x 0.0714 = 0.4998, 8 x 0.0714 = 0.5712 */
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", 7), SM_OK);
    assert_int_equal(minor, 0);
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", 8), SM_OK);
    assert_int_equal(minor, 1);
}

static void test_half(void **state)
{
    struct sm_bill_line line = {.kind = SM_BILL_USE, .net_minor = 1};
    struct sm_bill_register metered = {.unit = "MTQ", .quantity_milli = 2000};
    struct sm_bill last = {
        .lines = &line, .nlines = 1, .registers = &metered, .nregisters = 1};
    int64_t minor = -1;

    (void)state;
    assert_int_equal(sm_bill_project(&minor, &last, "MTQ", 1000), SM_OK);
    assert_int_equal(minor, 1); /* half a minor unit */
    assert_int_equal(sm_bill_project(&minor, &last, "MTQ", 999), SM_OK);
    assert_int_equal(minor, 0);
}

static void test_no_basis(void **state)
{
    struct sm_bill last = bill();
    struct sm_bill_line large = {
        .kind = SM_BILL_USE, .net_minor = INT64_MAX, .tax_rate_bp = 2500};
    int64_t minor = -1;

    (void)state;
    assert_int_equal(sm_bill_project(&minor, &last, "MTQ", 1), SM_NOT_FOUND);
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", -1), SM_NOT_FOUND);
    last.credit_note = true;
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", 1), SM_NOT_FOUND);
    last = bill();
    last.cancelled = true;
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", 1), SM_NOT_FOUND);
    last = bill();
    last.lines = &lines[2]; /* nothing by use */
    last.nlines = 2;
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", 1), SM_NOT_FOUND);
    last = bill();
    last.lines = &large;
    last.nlines = 1;
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", INT64_MAX),
                     SM_NOT_FOUND);
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", 1000000),
                     SM_NOT_FOUND);
    lines[0].net_minor = -9000; /* more given back than used */
    last = bill();
    assert_int_equal(sm_bill_project(&minor, &last, "KWH", 100000),
                     SM_NOT_FOUND);
    lines[0].net_minor = 4000;
    assert_int_equal(minor, -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sum),
        cmocka_unit_test(test_half),
        cmocka_unit_test(test_no_basis),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
