/* links: domain xml */
/* Registers of meters in the words of suppliers, and in our own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/bills.h"
#include "domain/ubl_registers.h"
#include "domain/ubl_write.h"

enum { MOST = 40 };

static struct sm_ubl_property properties[MOST];
static struct sm_ubl_line line;
static struct sm_bill_register got[SM_UBL_LINE_REGISTERS];

/* Read pairs of name and value, up to a NULL. */
static size_t read_pairs(const char *const *pairs)
{
    size_t n = 0;

    line = (struct sm_ubl_line){.quantity = "200", .unit = "KWH"};
    for (; pairs[2 * n] != NULL; n++) {
        assert_in_range(n, 0, MOST - 1);
        properties[n] = (struct sm_ubl_property){.name = pairs[2 * n],
                                                 .value = pairs[2 * n + 1]};
        if (n > 0)
            properties[n - 1].next = &properties[n];
    }
    line.properties = n > 0 ? properties : NULL;
    return sm_ubl_registers(got, &line);
}

#define READ(...) read_pairs((const char *const[]){__VA_ARGS__, NULL})

static void expect_day(struct sm_date date, int year, int month, int day)
{
    assert_int_equal(date.year, year);
    if (year == 0)
        return;
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static void words_of_three_languages(void **state)
{
    (void)state;
    assert_int_equal(READ("Index vechi", "10500", "Index nou", "10700"), 1);
    assert_string_equal(got[0].meter, "");
    assert_string_equal(got[0].unit, "KWH");
    assert_int_equal(got[0].old_milli, 10500000);
    assert_int_equal(got[0].new_milli, 10700000);
    assert_int_equal(got[0].quantity_milli, 200000);
    assert_int_equal(got[0].factor_milli, 1000);
    assert_int_equal(got[0].new_read, SM_BILL_READ_UNKNOWN);
    assert_int_equal(got[0].old_on.year, 0);

    assert_int_equal(READ("SERIE CONTOR:", "A-77", "index  vechi ", "1 050,5",
                          "Index nou", "1060,125", "Constantă", "20",
                          "Mod citire", "AUTOCITIT", "Data index nou",
                          "31.08.2026", "Culoare", "roșu"),
                     1);
    assert_string_equal(got[0].meter, "A-77");
    assert_int_equal(got[0].old_milli, 1050500);
    assert_int_equal(got[0].factor_milli, 20000);
    assert_int_equal(got[0].quantity_milli, 9625 * 20);
    assert_int_equal(got[0].new_read, SM_BILL_SELF_READ);
    expect_day(got[0].new_on, 2026, 8, 31);

    assert_int_equal(READ("Електромер №", "77", "Крайно показание", "107",
                          "Начално показание", "100", "Начин на отчитане",
                          "Служебно"),
                     1);
    assert_int_equal(got[0].new_read, SM_BILL_ESTIMATED);
    assert_int_equal(got[0].old_milli, 100000);
    assert_int_equal(got[0].new_milli, 107000);

    assert_int_equal(READ("Meter serial", "M", "Previous reading", "5.001",
                          "Current reading", "6", "Previous reading date",
                          "2026-08-01", "Reading type", "Actual"),
                     1);
    assert_int_equal(got[0].quantity_milli, 999);
    assert_int_equal(got[0].new_read, SM_BILL_MEASURED);
    expect_day(got[0].old_on, 2026, 8, 1);
}

static void several_of_one_line(void **state)
{
    (void)state;
    assert_int_equal(READ("Meter", "M1", "Register", "1.8.1", "Old index", "1",
                          "New index", "2", "Register", "1.8.2", "Old index",
                          "10", "New index", "20", "Meter", "M2", "Old index",
                          "7", "New index", "9"),
                     3);
    assert_string_equal(got[1].meter, "M1");
    assert_string_equal(got[1].name, "1.8.2");
    assert_int_equal(got[1].quantity_milli, 10000);
    assert_string_equal(got[2].meter, "M2");
    assert_string_equal(got[2].name, "");
    /* the meter behind its indexes is theirs */
    assert_int_equal(READ("Old index", "1", "New index", "2", "Meter", "M1",
                          "Old index", "7", "New index", "9", "Meter", "M2"),
                     2);
    assert_string_equal(got[0].meter, "M1");
    assert_string_equal(got[1].meter, "M2");
    /* more than there is room for */
    {
        const char *many[4 * (SM_UBL_LINE_REGISTERS + 3) + 2] = {NULL};

        for (int i = 0; i < SM_UBL_LINE_REGISTERS + 3; i++) {
            many[4 * i] = "Old index";
            many[4 * i + 2] = "New index";
            many[4 * i + 1] = many[4 * i + 3] = "1";
        }
        assert_int_equal(read_pairs(many), SM_UBL_LINE_REGISTERS);
    }
}

static void what_is_no_register(void **state)
{
    (void)state;
    assert_int_equal(READ("Index vechi", "10500"), 0);
    assert_int_equal(READ("Index nou", "10500", "Contor", "7"), 0);
    assert_int_equal(READ("Index vechi", "?", "Index nou", "12"), 0);
    assert_int_equal(READ("Index vechi", "1.0001", "Index nou", "12"), 0);
    assert_int_equal(READ("Culoare", "roșu"), 0);
    assert_int_equal(READ("Index vechi", "1", "Index nou", "2", "Factor", "-3",
                          "Index vechi citire de rezervă", "5"),
                     1);
    assert_int_equal(got[0].factor_milli, 1000);
    line.properties = NULL;
    assert_int_equal(sm_ubl_registers(got, &line), 0);
    /* over its last digit: what the line bills */
    assert_int_equal(READ("Index vechi", "99900", "Index nou", "100"), 1);
    assert_int_equal(got[0].quantity_milli, 200000);
    assert_int_equal(READ("Index vechi", "9999999999", "Index nou",
                          "-9999999999", "Factor", "9999999999"),
                     1);
    assert_int_equal(READ("Index vechi", "-9999999999", "Index nou",
                          "9999999999", "Factor", "9999999999"),
                     1);
    assert_int_equal(got[0].quantity_milli, 0); /* beyond 64 bits */
}

static void expect_register(const struct sm_bill_register *a,
                            const struct sm_bill_register *b)
{
    assert_string_equal(a->meter, b->meter);
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->unit, b->unit);
    assert_int_equal(a->old_milli, b->old_milli);
    assert_int_equal(a->new_milli, b->new_milli);
    expect_day(a->old_on, b->old_on.year, b->old_on.month, b->old_on.day);
    expect_day(a->new_on, b->new_on.year, b->new_on.month, b->new_on.day);
    assert_int_equal(a->old_read, b->old_read);
    assert_int_equal(a->new_read, b->new_read);
    assert_int_equal(a->factor_milli, b->factor_milli);
    assert_int_equal(a->quantity_milli, b->quantity_milli);
}

/* What sm_ubl_write() writes of MADE is read back as it was. */
static void written_and_read(const struct made *made)
{
    struct sm_arena *arena = sm_arena_new((size_t)8 << 20);
    struct sm_ubl_reader *reader = NULL;
    struct sm_ubl_document *doc = NULL;
    struct sm_ubl_problem problem;
    struct sm_error err = {.message = ""};
    size_t found = 0;
    struct sm_buf out;

    sm_buf_init(&out, SM_UBL_BYTES_MAX);
    assert_int_equal(sm_ubl_reader_new(&reader, &err), SM_OK);
    if (sm_ubl_write(&out, &made->bill, sm_ubl_profile_of(&made->bill.seller),
                     &problem, &err) != SM_OK ||
        sm_ubl_parse(&doc, reader, arena, out.data, out.len, &problem, &err) !=
            SM_OK)
        fail_msg("%s: %s", problem.xpath, problem.reason);
    for (const struct sm_ubl_line *l = doc->lines; l; l = l->next) {
        size_t n = sm_ubl_registers(got, l);

        for (size_t i = 0; i < n; i++, found++) {
            assert_in_range(found, 0, made->bill.nregisters - 1);
            expect_register(&got[i], &made->registers[found]);
        }
    }
    assert_int_equal(found, made->bill.nregisters);
    sm_ubl_reader_free(reader);
    sm_arena_free(arena);
    sm_buf_release(&out);
}

static void our_own_are_read_back(void **state)
{
    struct made made;

    (void)state;
    made_electricity(&made);
    written_and_read(&made);
    made_water(&made); /* Bulgarian words, one day not known */
    written_and_read(&made);
    made_gas(&made); /* English words, a factor */
    written_and_read(&made);
    made.registers[0].old_read = SM_BILL_READ_UNKNOWN; /* only the day */
    made.registers[0].new_read = SM_BILL_READ_UNKNOWN; /* nothing */
    written_and_read(&made);
    made.registers[0].unit = "MWH"; /* not that of the line */
    made.registers[0].new_read = SM_BILL_ESTIMATED;
    written_and_read(&made);
}

static void words_of_the_database(void **state)
{
    (void)state;
    assert_int_equal(sm_bill_line_kind("KWH"), SM_BILL_USE);
    assert_int_equal(sm_bill_line_kind("MTQ"), SM_BILL_USE);
    assert_int_equal(sm_bill_line_kind("DAY"), SM_BILL_FIXED);
    assert_int_equal(sm_bill_line_kind("MON"), SM_BILL_FIXED);
    assert_int_equal(sm_bill_line_kind("C62"), SM_BILL_OTHER);
    assert_int_equal(sm_bill_line_kind(""), SM_BILL_OTHER);
    for (int i = SM_BILL_USE; i <= SM_BILL_OTHER; i++)
        assert_int_equal(sm_bill_line_kind_parse(
                             sm_bill_line_kind_word((enum sm_bill_line_kind)i)),
                         i);
    for (int i = SM_BILL_MEASURED; i <= SM_BILL_READ_UNKNOWN; i++)
        assert_int_equal(
            sm_bill_read_parse(sm_bill_read_word((enum sm_bill_read)i)), i);
    assert_int_equal(sm_bill_line_kind_parse("?"), SM_BILL_OTHER);
    assert_int_equal(sm_bill_read_parse("?"), SM_BILL_READ_UNKNOWN);
    assert_string_equal(sm_bill_read_word(SM_BILL_SELF_READ), "self_read");
    assert_string_equal(sm_bill_line_kind_word(SM_BILL_FIXED), "fixed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_three_languages),
        cmocka_unit_test(several_of_one_line),
        cmocka_unit_test(what_is_no_register),
        cmocka_unit_test(our_own_are_read_back),
        cmocka_unit_test(words_of_the_database),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
