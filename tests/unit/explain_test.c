/* links: domain */
/* "Why this sum?": the parts sum to the whole, and each is what it says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/explain.h"

#define MICRO INT64_C(1000000)

enum { LINES = 12 };

/* A bill and what it borrows. */
struct sample {
    struct sm_bill bill;
    struct sm_bill_line lines[LINES];
};

static int64_t divided(__int128 value, int64_t by)
{
    return (int64_t)((value + (value < 0 ? -by / 2 : by / 2)) / by);
}

/* Add QUANTITY (millionths) at PRICE (millionths) and RATE. */
static void add(struct sample *s, enum sm_bill_line_kind kind, const char *name,
                int64_t quantity, int64_t price, int rate)
{
    s->lines[s->bill.nlines] = (struct sm_bill_line){
        .no = (int)s->bill.nlines + 1,
        .kind = kind,
        .name = name,
        .unit = kind == SM_BILL_USE ? "KWH" : "DAY",
        .quantity_micro = quantity,
        .price_micro = price,
        .has_price = true,
        .net_minor = divided((__int128)quantity * price, 10000000000),
        .tax_rate_bp = rate};
    s->bill.nlines++;
}

/* Close the bill: its sums from its lines, ADVANCE less to pay. */
static void close_bill(struct sample *s, struct sm_date from, struct sm_date to,
                       int64_t advance)
{
    int64_t tax = 0;

    s->bill.net_minor = 0;
    for (size_t i = 0; i < s->bill.nlines; i++) {
        s->bill.net_minor += s->lines[i].net_minor;
        tax += s->lines[i].net_minor * s->lines[i].tax_rate_bp;
    }
    s->bill.lines = s->lines;
    s->bill.currency = "RON";
    s->bill.from = from;
    s->bill.to = to;
    s->bill.tax_minor = divided(tax, 10000);
    s->bill.total_minor = s->bill.net_minor + s->bill.tax_minor;
    s->bill.payable_minor = s->bill.total_minor - advance;
}

static const struct sm_date first = {2026, 3, 1}, last = {2026, 3, 31};
static const struct sm_date past = {2026, 2, 1}, past_end = {2026, 2, 28};

static int64_t sum(const struct sm_explain_change *c)
{
    return c->consumption_minor + c->price_minor + c->days_minor +
           c->tax_minor + c->other_minor;
}

static struct sm_explain_change explain(const struct sample *now,
                                        const struct sample *before)
{
    struct sm_explain_change change;
    struct sm_error err = {.message = ""};

    if (sm_explain_change(&change, &now->bill, &before->bill, &err) != SM_OK)
        fail_msg("%s", err.message);
    assert_int_equal(change.difference_minor,
                     now->bill.payable_minor - before->bill.payable_minor);
    assert_int_equal(change.difference_minor, sum(&change));
    return change;
}

/* Consumption, price, days, tax, other. */
static void expect(struct sm_explain_change c, int64_t consumption,
                   int64_t price, int64_t days, int64_t tax, int64_t other)
{
    assert_int_equal(c.consumption_minor, consumption);
    assert_int_equal(c.price_minor, price);
    assert_int_equal(c.days_minor, days);
    assert_int_equal(c.tax_minor, tax);
    assert_int_equal(c.other_minor, other);
}

static void a_line_multiplies(void **state)
{
    struct sm_bill_line line = {.quantity_micro = 100 * MICRO,
                                .price_micro = 1298600,
                                .has_price = true,
                                .net_minor = 12986};
    int64_t product;

    (void)state;
    assert_int_equal(sm_explain_line(&product, &line, 2), SM_EXPLAIN_EXACT);
    assert_int_equal(product, 12986);
    line.quantity_micro = 101 * MICRO; /* 131.1586 */
    line.net_minor = 13116;
    assert_int_equal(sm_explain_line(&product, &line, 2), SM_EXPLAIN_ROUNDED);
    assert_int_equal(product, 13116);
    line.net_minor = 13115;
    assert_int_equal(sm_explain_line(&product, &line, 2), SM_EXPLAIN_DIFFERS);
    assert_int_equal(product, 13116);
    line.quantity_micro = -line.quantity_micro;
    line.net_minor = -13116;
    assert_int_equal(sm_explain_line(&product, &line, 2), SM_EXPLAIN_ROUNDED);
    line.quantity_micro = 5 * MICRO / 10; /* 0.50 x 0.01: half a cent */
    line.price_micro = 10000;
    line.net_minor = 1;
    assert_int_equal(sm_explain_line(&product, &line, 2), SM_EXPLAIN_ROUNDED);
    line.quantity_micro = -5 * MICRO / 10;
    line.net_minor = -1;
    assert_int_equal(sm_explain_line(&product, &line, 2), SM_EXPLAIN_ROUNDED);
    line.net_minor = 0;
    assert_int_equal(sm_explain_line(&product, &line, 0), SM_EXPLAIN_ROUNDED);
    line.quantity_micro = INT64_MIN;
    line.price_micro = INT64_MIN;
    assert_int_equal(sm_explain_line(&product, &line, 2), SM_EXPLAIN_DIFFERS);
    assert_int_equal(product, 0);
    line.has_price = false;
    assert_int_equal(sm_explain_line(&product, &line, 2), SM_EXPLAIN_NO_PRICE);
}

static void each_reason_alone(void **state)
{
    struct sample before = {0}, now = {0};

    (void)state;
    /* 20 kWh more at 1.30 with 21 percent */
    add(&before, SM_BILL_USE, "a", 100 * MICRO, 1300000, 2100);
    add(&now, SM_BILL_USE, "a", 120 * MICRO, 1300000, 2100);
    close_bill(&before, first, last, 0);
    close_bill(&now, first, last, 0);
    expect(explain(&now, &before), 3146, 0, 0, 0, 0);
    now.bill.nlines = 0; /* 10 bani dearer */
    add(&now, SM_BILL_USE, "a", 100 * MICRO, 1400000, 2100);
    close_bill(&now, first, last, 0);
    expect(explain(&now, &before), 0, 1210, 0, 0, 0);
    now.bill.nlines = 0; /* 28 days before, 31 now, each day as before */
    add(&before, SM_BILL_FIXED, "b", 28 * MICRO, 200000, 2100);
    close_bill(&before, past, past_end, 0);
    add(&now, SM_BILL_USE, "a", 100 * MICRO * 31 / 28, 1300000, 2100);
    add(&now, SM_BILL_FIXED, "b", 31 * MICRO, 200000, 2100);
    close_bill(&now, first, last, 0);
    expect(explain(&now, &before), 0, 0, 1685 + 73, 0, 0);
    now.bill.nlines = 0; /* two points more tax on 130 + 5.60 */
    add(&now, SM_BILL_USE, "a", 100 * MICRO, 1300000, 2300);
    add(&now, SM_BILL_FIXED, "b", 28 * MICRO, 200000, 2300);
    close_bill(&now, past, past_end, 0);
    expect(explain(&now, &before), 0, 0, 0, 271, 0);
    /* paid in advance, and a new line without a partner */
    now.bill.nlines = 0;
    add(&now, SM_BILL_USE, "a", 100 * MICRO, 1300000, 2100);
    add(&now, SM_BILL_FIXED, "b", 28 * MICRO, 200000, 2100);
    add(&now, SM_BILL_OTHER, "c", 1 * MICRO, 10000000, 2100);
    close_bill(&now, past, past_end, 500);
    expect(explain(&now, &before), 0, 0, 0, 0, 1210 - 500);
    /* a fee is never explained by its quantity */
    add(&before, SM_BILL_OTHER, "c", 2 * MICRO, 10000000, 2100);
    close_bill(&before, past, past_end, 500);
    expect(explain(&now, &before), 0, 0, 0, 0, -1210);
}

/* All at once, reckoned by hand: 100 kWh x 1.00 at 19 percent in 30 days,
 * then 150 kWh x 1.10 at 21 percent in 33. */
static void all_at_once(void **state)
{
    struct sample before = {0}, now = {0};

    (void)state;
    add(&before, SM_BILL_USE, "a", 100 * MICRO, 1000000, 1900);
    add(&now, SM_BILL_USE, "a", 150 * MICRO, 1100000, 2100);
    close_bill(&before, (struct sm_date){2026, 1, 1},
               (struct sm_date){2026, 1, 30}, 0);
    close_bill(&now, (struct sm_date){2026, 1, 31},
               (struct sm_date){2026, 3, 4}, 0);
    /* days 10 kWh x 1.19, consumption 40 x 1.19, price 0.10 x 150 x 1.19,
     * tax 2 percent of 165 */
    expect(explain(&now, &before), 4760, 1785, 1190, 330, 0);
    assert_int_equal(explain(&now, &before).days_now, 33);
    /* without a period nothing is due to days */
    before.bill.from.year = 0;
    expect(explain(&now, &before), 5950, 1785, 0, 330, 0);
    before.bill.from = (struct sm_date){2026, 1, 1};
    now.bill.to.year = 0;
    expect(explain(&now, &before), 5950, 1785, 0, 330, 0);
    /* of another unit: no partner */
    now.lines[0].unit = "MWH";
    expect(explain(&now, &before), 0, 0, 0, 0, 8065);
}

/* A price changed in the middle of the month: two lines of one name. */
static void lines_of_one_name_are_one(void **state)
{
    struct sample before = {0}, now = {0};

    (void)state;
    add(&before, SM_BILL_USE, "a", 100 * MICRO, 1000000, 2000);
    add(&now, SM_BILL_USE, "a", 60 * MICRO, 1000000, 2000);
    add(&now, SM_BILL_USE, "a", 40 * MICRO, 2000000, 2000);
    close_bill(&before, first, last, 0);
    close_bill(&now, first, last, 0);
    expect(explain(&now, &before), 0, 4800, 0, 0, 0);
    expect(explain(&before, &now), 0, -4800, 0, 0, 0);
    /* two rates in one bill: the mean is the rate of the steps */
    now.bill.nlines = 0;
    add(&before, SM_BILL_USE, "a", 100 * MICRO, 1000000, 1000);
    add(&now, SM_BILL_USE, "a", 400 * MICRO, 1000000, 2000);
    close_bill(&before, first, last, 0);
    close_bill(&now, first, last, 0);
    expect(explain(&now, &before), 23000, 0, 0, 2000, 0);
}

/* A price that is not the line's: sums by quantity are, and no reason is made
 * of the roundings of an unchanged price. */
static void the_price_is_believed_if_it_multiplies(void **state)
{
    struct sample before = {0}, now = {0};

    (void)state;
    add(&before, SM_BILL_USE, "a", 100 * MICRO, 1000000, 0);
    add(&now, SM_BILL_USE, "a", 200 * MICRO, 1000000, 0);
    before.lines[0].price_micro *= 100; /* of 100 kWh */
    now.lines[0].price_micro *= 100;
    close_bill(&before, first, last, 0);
    close_bill(&now, first, last, 0);
    expect(explain(&now, &before), 10000, 0, 0, 0, 0);
    before.lines[0].has_price = false;
    expect(explain(&now, &before), 10000, 0, 0, 0, 0);
    before.bill.nlines = now.bill.nlines = 0;
    add(&before, SM_BILL_USE, "a", 3 * MICRO, 333333, 0); /* 0.999999 */
    add(&now, SM_BILL_USE, "a", 3000 * MICRO, 333333, 0); /* 999.999 */
    close_bill(&before, first, last, 0);
    close_bill(&now, first, last, 0);
    expect(explain(&now, &before), 99900, 0, 0, 0, 0);
    /* no quantity at all */
    before.lines[0].quantity_micro = 0;
    before.lines[0].has_price = false;
    expect(explain(&now, &before), 100000, 0, 0, 0, -100);
    now.lines[0].quantity_micro = 0;
    now.lines[0].has_price = false;
    expect(explain(&now, &before), 0, 0, 0, 0, 99900);
}

static void what_cannot_be_compared(void **state)
{
    struct sample before = {0}, now = {0};
    struct sm_explain_change change;

    (void)state;
    close_bill(&before, first, last, 0);
    close_bill(&now, first, last, 100);
    expect(explain(&now, &before), 0, 0, 0, 0, -100);
    now.bill.credit_note = true;
    assert_int_equal(sm_explain_change(&change, &now.bill, &before.bill, NULL),
                     SM_CONFLICT);
    now.bill.credit_note = false;
    before.bill.cancelled = true;
    assert_int_equal(sm_explain_change(&change, &now.bill, &before.bill, NULL),
                     SM_CONFLICT);
    before.bill.cancelled = false;
    now.bill.cancelled = true;
    assert_int_equal(sm_explain_change(&change, &now.bill, &before.bill, NULL),
                     SM_CONFLICT);
    now.bill.cancelled = false;
    before.bill.currency = "BGN";
    assert_int_equal(sm_explain_change(&change, &now.bill, &before.bill, NULL),
                     SM_CONFLICT);
    before.bill.currency = now.bill.currency = "???";
    assert_int_equal(sm_explain_change(&change, &now.bill, &before.bill, NULL),
                     SM_INVALID);
    before.bill.currency = now.bill.currency = "RON";
    now.bill.payable_minor = INT64_MAX;
    before.bill.payable_minor = INT64_MIN;
    assert_int_equal(sm_explain_change(&change, &now.bill, &before.bill, NULL),
                     SM_INVALID);
}

static uint64_t seed = 20261118;

static uint64_t next(void)
{
    uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static int64_t between(int64_t least, int64_t most)
{
    return least + (int64_t)(next() % (uint64_t)(most - least + 1));
}

static void random_bill(struct sample *s)
{
    static const char *const names[] = {"a", "b", "c", "d"};
    static const int rates[] = {0, 900, 1900, 2000, 2100};
    int64_t begin = between(18000, 20000), lines = between(0, LINES);

    memset(s, 0, sizeof(*s));
    for (int64_t i = 0; i < lines; i++)
        add(s, (enum sm_bill_line_kind)between(0, 2), names[between(0, 3)],
            between(-50, 1000) * MICRO / (between(0, 1) ? 1 : 7),
            between(0, 2000000), rates[between(0, 4)]);
    close_bill(s, sm_date_from_days(begin),
               sm_date_from_days(begin + between(0, 70)), between(-1, 1) * 37);
    if (between(0, 9) == 0)
        s->bill.to.year = 0;
}

/* Whatever the bills: the parts sum to the difference, and back again is the
 * same with the other sign. */
static void parts_sum_exactly(void **state)
{
    struct sample before, now;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct sm_explain_change change;

        random_bill(&before);
        random_bill(&now);
        change = explain(&now, &before);
        assert_int_equal(explain(&before, &now).difference_minor,
                         -change.difference_minor);
    }
}

/* Where every line has its partner, "other" is what roundings make: half a
 * minor unit a line and its tax, in both bills, and one a reason. */
static void other_is_small(void **state)
{
    struct sample before, now;

    (void)state;
    for (int i = 0; i < 5000; i++) {
        struct sm_explain_change change;

        random_bill(&before);
        for (size_t k = 0; k < before.bill.nlines; k++) {
            before.lines[k].kind = SM_BILL_USE;
            before.lines[k].name = &"abcdefghijkl"[k];
        }
        close_bill(&before, first, last, 0);
        now = before;
        for (size_t k = 0; k < now.bill.nlines; k++) {
            struct sm_bill_line *line = &now.lines[k];

            line->quantity_micro += between(0, 1000) * MICRO;
            line->price_micro += between(0, 1000);
            line->net_minor =
                divided((__int128)line->quantity_micro * line->price_micro,
                        10000000000);
        }
        close_bill(&now, past, past_end, 0);
        change = explain(&now, &before);
        assert_in_range(change.other_minor + 20, 0, 40);
        assert_int_equal(change.tax_minor, 0);
    }
}

/* Any 64 bits: a split that sums up, or SM_INVALID; nothing overflows. */
static void extremes_do_not_overflow(void **state)
{
    static const int64_t ends[] = {INT64_MIN, INT64_MAX, 0, 1, -1, MICRO};
    struct sample s[2];
    int good = 0;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        struct sm_explain_change c;
        enum sm_status status;

        for (int b = 0; b < 2; b++) {
            random_bill(&s[b]);
            for (size_t k = 0; k < s[b].bill.nlines; k++) {
                int64_t *to[] = {
                    &s[b].lines[k].quantity_micro, &s[b].lines[k].price_micro,
                    &s[b].lines[k].net_minor, &s[b].bill.payable_minor};

                for (size_t t = 0; t < SM_COUNT(to); t++)
                    if (between(0, 3) == 0)
                        *to[t] = between(0, 1) ? (int64_t)next()
                                               : ends[between(0, 5)];
            }
        }
        status = sm_explain_change(&c, &s[0].bill, &s[1].bill, NULL);
        if (status == SM_OK) {
            __int128 whole = (__int128)c.consumption_minor + c.price_minor +
                             c.days_minor + c.tax_minor + c.other_minor;

            assert_true(whole == c.difference_minor);
            good++;
        } else
            assert_int_equal(status, SM_INVALID);
    }
    assert_in_range(good, 2000, 18000);
}

/* Sums in millionths that are far from each other, and near 128 bits. */
static void steps_do_not_overflow(void **state)
{
    struct sample before = {0}, now = {0};
    struct sm_explain_change change;

    (void)state;
    add(&before, SM_BILL_USE, "a", MICRO, MICRO, 0);
    add(&now, SM_BILL_USE, "a", MICRO, MICRO, 0);
    close_bill(&before, first, first, 0);
    close_bill(&now, (struct sm_date){1, 1, 1}, (struct sm_date){9999, 12, 31},
               0);
    before.lines[0].has_price = false;
    before.lines[0].quantity_micro = -1;
    before.lines[0].net_minor = INT64_C(18446744073709);
    now.lines[0].has_price = false;
    now.lines[0].quantity_micro = INT64_MAX;
    now.lines[0].net_minor = 1;
    before.lines[0].tax_rate_bp = -10000;
    assert_int_equal(sm_explain_change(&change, &now.bill, &before.bill, NULL),
                     SM_INVALID);
}

static struct sm_period month(int year, int m)
{
    struct sm_date next_month = {m == 12 ? year + 1 : year, m % 12 + 1, 1};

    return (struct sm_period){
        {year, m, 1}, sm_date_from_days(sm_date_to_days(next_month) - 1)};
}

static void the_bill_to_compare_with(void **state)
{
    struct sm_period p[] = {month(2026, 3),
                            month(2026, 1),
                            month(2026, 2),
                            month(2025, 3),
                            month(2025, 4),
                            month(2025, 2),
                            {{2026, 2, 10}, {2026, 2, 28}}, /* a correction */
                            {{0, 0, 0}, {2026, 2, 28}},
                            month(2024, 3)};

    (void)state;
    assert_int_equal(sm_period_days(p[0]), 31);
    assert_int_equal(sm_period_days(p[7]), 0);
    assert_int_equal(sm_explain_last_period(p, SM_COUNT(p), 0), 2);
    assert_int_equal(sm_explain_last_period(p, SM_COUNT(p), 1), 4);
    assert_int_equal(sm_explain_last_period(p, SM_COUNT(p), 8), -1);
    assert_int_equal(sm_explain_last_period(p, SM_COUNT(p), 7), -1);
    assert_int_equal(sm_explain_last_year(p, SM_COUNT(p), 0), 3);
    assert_int_equal(sm_explain_last_year(p, SM_COUNT(p), 2), 5);
    assert_int_equal(sm_explain_last_year(p, SM_COUNT(p), 3), 8);
    assert_int_equal(sm_explain_last_year(p, SM_COUNT(p), 1), -1);
    assert_int_equal(sm_explain_last_year(p, SM_COUNT(p), 7), -1);
    p[2].to = (struct sm_date){2026, 3, 1}; /* it reaches into the bill */
    assert_int_equal(sm_explain_last_period(p, SM_COUNT(p), 0), 6);
    p[3].to = (struct sm_date){2025, 3, 12}; /* a part of a month */
    assert_int_equal(sm_explain_last_year(p, SM_COUNT(p), 0), -1);
    /* 29 February has a day a year before; a quarter is no month */
    p[0] = (struct sm_period){{2028, 2, 1}, {2028, 2, 29}};
    p[1] = (struct sm_period){{2027, 1, 1}, {2027, 3, 31}};
    assert_int_equal(sm_explain_last_year(p, 2, 0), -1);
    p[1] = (struct sm_period){{2027, 2, 10}, {2027, 3, 11}};
    assert_int_equal(sm_explain_last_year(p, 2, 0), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_multiplies),
        cmocka_unit_test(each_reason_alone),
        cmocka_unit_test(all_at_once),
        cmocka_unit_test(lines_of_one_name_are_one),
        cmocka_unit_test(the_price_is_believed_if_it_multiplies),
        cmocka_unit_test(what_cannot_be_compared),
        cmocka_unit_test(parts_sum_exactly),
        cmocka_unit_test(other_is_small),
        cmocka_unit_test(extremes_do_not_overflow),
        cmocka_unit_test(steps_do_not_overflow),
        cmocka_unit_test(the_bill_to_compare_with),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
