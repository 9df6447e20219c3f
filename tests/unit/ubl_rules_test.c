/* links: domain xml */
/* Each rule is broken once, most by a bill that is wrong in one thing, some by
 * a document that no bill could have made; and no rule is left out.  With
 * --write DIR what those bills give is written there, named after the rule, to
 * hold the official rules against it (tests/einvoice/run). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/bills.h"
#include "../support/ubl_files.h"
#include "domain/ubl_rules.h"

static void no_issue(struct made *m)
{
    m->bill.issued_on.year = 0;
}

static void no_lines(struct made *m)
{
    m->bill.nlines = 0;
}

static void no_taxes(struct made *m)
{
    m->bill.ntaxes = 0;
}

static void no_due(struct made *m)
{
    m->bill.due_on.year = 0;
}

static void no_seller_id(struct made *m)
{
    m->bill.seller.tax_id = "";
    m->bill.seller.legal_id = "";
}

static void vat_seller(struct made *m)
{
    m->bill.seller.vat = true;
    m->bill.seller.tax_id = "RO18547290";
}

static void period_back(struct made *m)
{
    m->bill.to = (struct sm_date){2026, 7, 31};
}

static void other_net(struct made *m)
{
    m->bill.net_minor++;
}

static void other_total(struct made *m)
{
    m->bill.total_minor++;
}

static void other_row(struct made *m)
{
    m->taxes[0].tax_minor++;
}

static void add_tax(struct made *m, size_t row, int64_t minor)
{
    m->taxes[row].tax_minor += minor;
    m->bill.tax_minor += minor;
    m->bill.total_minor += minor;
    m->bill.payable_minor += minor;
}

static void one_unit_tax(struct made *m)
{
    add_tax(m, 0, 101);
}

static void one_bani_tax(struct made *m)
{
    add_tax(m, 0, 1);
}

static void one_bani_tax_2(struct made *m)
{
    add_tax(m, 1, 1);
}

static void other_base(struct made *m)
{
    m->taxes[0].base_minor++;
}

static void other_base_2(struct made *m)
{
    m->taxes[1].base_minor++;
}

static void one_unit_base(struct made *m)
{
    m->taxes[0].base_minor += 100;
}

static void zero_standard(struct made *m)
{
    m->lines[0].tax_rate_bp = 0;
    made_sum(m);
}

static void rate_5(struct made *m)
{
    m->lines[0].tax_rate_bp = 500;
}

static void rate_5_2(struct made *m)
{
    m->lines[1].tax_rate_bp = 500;
}

static void another_category(struct made *m)
{
    struct sm_bill_line *l = made_line(m, "Apă", "MTQ", 1000000, 1000000);

    l->tax_category = "Z";
    l->tax_rate_bp = 0;
    made_sum(m);
}

static void double_price(struct made *m)
{
    m->lines[1].price_micro *= 2;
}

static void many_registers(struct made *m)
{
    m->bill.nlines = 1;
    made_sum(m);
    for (int i = 0; i < 6; i++)
        made_register(m, "1.8.3", 0, 1);
}

static void read_net(struct sm_ubl_document *d)
{
    d->net.minor++;
}

static void read_payable(struct sm_ubl_document *d)
{
    d->payable.minor++;
}

static void read_no_line_net(struct sm_ubl_document *d)
{
    d->line_net.set = false;
}

static void read_no_net(struct sm_ubl_document *d)
{
    d->net.set = false;
}

static void read_no_total(struct sm_ubl_document *d)
{
    d->total.set = false;
}

static void read_no_payable(struct sm_ubl_document *d)
{
    d->payable.set = false;
}

static void read_no_sum(struct sm_ubl_document *d)
{
    d->lines->next->net.set = false;
}

static void read_no_base(struct sm_ubl_document *d)
{
    d->taxes->base.set = false;
}

static void read_no_tax(struct sm_ubl_document *d)
{
    d->taxes->tax.set = false;
}

static void read_line_period(struct sm_ubl_document *d)
{
    d->lines->from = (struct sm_date){2026, 8, 2};
    d->lines->to = (struct sm_date){2026, 8, 1};
}

static void read_no_reason(struct sm_ubl_document *d)
{
    d->taxes->reason_code = "";
    d->taxes->reason = "";
}

#include "ubl_breaches.h"

static struct made made;
static struct sm_buf out;
static struct sm_arena *arena;
static struct sm_ubl_reader *reader;
static struct sm_ubl_problem problem;
static struct sm_error err;

static int set_up(void **state)
{
    (void)state;
    memset(ones, '1', sizeof(ones) - 1);
    sm_buf_init(&out, SM_UBL_BYTES_MAX);
    arena = sm_arena_new((size_t)64 << 20);
    return arena && sm_ubl_reader_new(&reader, &err) == SM_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    sm_buf_release(&out);
    sm_arena_free(arena);
    sm_ubl_reader_free(reader);
    return 0;
}

static const struct sm_ubl_norm *norm_of(const struct breach *b)
{
    int nth = b->nth;

    for (size_t i = 0; i < sm_ubl_norm_count; i++)
        if (strcmp(sm_ubl_norms[i].id, b->id) == 0 && nth-- == 0)
            return &sm_ubl_norms[i];
    fail_msg("there is no rule %s", b->id);
    return NULL;
}

static void *target(const struct breach *b, struct sm_ubl_document *d)
{
    switch (b->place) {
    case BILL:
        return &made.bill;
    case LINE:
        return &made.lines[0];
    case TAX:
        return &made.taxes[0];
    case TAX2:
        return &made.taxes[1];
    case METER:
        return &made.registers[0];
    case READ:
        return d;
    case READ_LINE:
        return d->lines;
    case READ_TAX:
        return d->taxes;
    case READ_PROPERTY:
        return d->lines->properties;
    case CALL:
    case CALL_READ:
        break;
    }
    return NULL;
}

static void put(const struct breach *b, struct sm_ubl_document *d)
{
    char *base = target(b, d);

    if (b->call)
        b->call(&made);
    else if (b->call_read)
        b->call_read(d);
    else
        *(const char **)(void *)(base + b->offset) = b->text;
}

static struct sm_ubl_document *write_and_read(enum sm_ubl_profile profile)
{
    struct sm_ubl_document *d;

    sm_arena_clear(arena);
    if (sm_ubl_write(&out, &made.bill, profile, &problem, &err) != SM_OK ||
        sm_ubl_read(&d, reader, arena, out.data, out.len, &problem, &err) !=
            SM_OK)
        fail_msg("%s: %s", problem.xpath, problem.reason);
    return d;
}

static void begins(const char *reason, const char *id)
{
    size_t len = strlen(id);

    if (strncmp(reason, id, len) != 0 || reason[len] != ':')
        fail_msg("%s expected: %s", id, reason);
}

static bool of_bill(const struct breach *b)
{
    return b->place < READ || b->place == CALL;
}

static void check(const struct breach *b)
{
    const struct sm_ubl_norm *norm = norm_of(b);
    const char *first = b->first ? b->first : b->id;
    enum sm_ubl_profile profile;
    struct sm_ubl_document *d;

    b->sample(&made);
    profile = norm->ro ? SM_UBL_CIUS_RO : sm_ubl_profile_of(&made.bill.seller);
    d = write_and_read(profile);
    if (!norm->holds(norm, d, &problem))
        fail_msg("%s is broken by the sample", b->id);
    if (of_bill(b)) {
        put(b, NULL);
        d = write_and_read(profile);
    } else {
        put(b, d);
    }
    memset(&problem, 0, sizeof(problem));
    if (norm->holds(norm, d, &problem))
        fail_msg("%s (%d) does not see it", b->id, b->nth);
    if (problem.xpath[0] != '/' || (norm->path && !strstr(problem.xpath, "c:")))
        fail_msg("%s: where? %s", b->id, problem.xpath);
    assert_int_equal(sm_ubl_norms_hold(d, profile, &problem), SM_INVALID);
    if (strcmp(first, ANY) != 0)
        begins(problem.reason, first);
    if (!of_bill(b))
        return;
    assert_int_equal(
        sm_ubl_offer(&out, arena, &made.bill, profile, &problem, &err),
        SM_INVALID);
    assert_int_equal(out.len, 0);
}

static void test_breaches(void **state)
{
    (void)state;
    for (size_t i = 0; i < SM_COUNT(breaches); i++)
        check(&breaches[i]);
}

/* Every rule has a breach, a sentence and an id of its own shape. */
static void test_all_rules(void **state)
{
    (void)state;
    for (size_t i = 0; i < sm_ubl_norm_count; i++) {
        bool broken = false;

        for (size_t b = 0; b < SM_COUNT(breaches); b++)
            broken = broken || norm_of(&breaches[b]) == &sm_ubl_norms[i];
        if (!broken)
            fail_msg("nothing breaks %s", sm_ubl_norms[i].id);
        assert_true(strlen(sm_ubl_norms[i].sentence) > 10);
    }
}

/* A text that just fits is not refused. */
static void test_lengths(void **state)
{
    (void)state;
    made_electricity(&made);
    made.bill.number = LONG(200);
    made.bill.contract = LONG(200);
    made.bill.point = LONG(200);
    made.bill.preceding = LONG(200);
    made.bill.code = LONG(140);
    made.bill.seller.name = LONG(200);
    made.bill.buyer.street = LONG(150);
    made.bill.buyer.city = LONG(50);
    made.bill.buyer.postcode = LONG(20);
    made.registers[0].meter = LONG(100);
    if (sm_ubl_norms_hold(write_and_read(SM_UBL_CIUS_RO), SM_UBL_CIUS_RO,
                          &problem) != SM_OK)
        fail_msg("%s: %s", problem.xpath, problem.reason);
}

/* The official rules leave less than one unit for rounding; so do these. */
static void test_rounding(void **state)
{
    (void)state;
    made_electricity(&made);
    add_tax(&made, 0, 99);
    assert_int_equal(sm_ubl_norms_hold(write_and_read(SM_UBL_CIUS_RO),
                                       SM_UBL_CIUS_RO, &problem),
                     SM_OK);
    add_tax(&made, 0, 1);
    assert_int_equal(sm_ubl_norms_hold(write_and_read(SM_UBL_CIUS_RO),
                                       SM_UBL_CIUS_RO, &problem),
                     SM_INVALID);
    begins(problem.reason, "BR-CO-17");
    /* what a rounded price leaves open: 200.5 kWh at 0.65 or 0.654 */
    made_electricity(&made);
    made.lines[0].price_micro = 650000;
    assert_int_equal(sm_ubl_norms_hold(write_and_read(SM_UBL_CIUS_RO),
                                       SM_UBL_CIUS_RO, &problem),
                     SM_OK);
    made.lines[0].price_micro = 656000;
    assert_int_equal(sm_ubl_norms_hold(write_and_read(SM_UBL_CIUS_RO),
                                       SM_UBL_CIUS_RO, &problem),
                     SM_INVALID);
    begins(problem.reason, "SM-LINE-01");
}

static int write_breaches(const char *dir)
{
    for (size_t i = 0; i < SM_COUNT(breaches); i++) {
        const struct breach *b = &breaches[i];
        bool romanian;
        char name[40];

        if (!of_bill(b))
            continue;
        b->sample(&made);
        romanian = strcmp(made.bill.seller.country, "RO") == 0;
        put(b, NULL);
        snprintf(name, sizeof(name), "%s.%d", b->id, b->nth);
        if (sm_ubl_write(&out, &made.bill,
                         romanian ? SM_UBL_CIUS_RO : SM_UBL_EN16931, &problem,
                         NULL) != SM_OK ||
            !ubl_save(dir, name, romanian ? "-ro" : "-en", &out))
            return 1;
    }
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_breaches),
        cmocka_unit_test(test_all_rules),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_rounding),
    };
    void *state = NULL;
    int failed;

    if (argc == 3 && strcmp(argv[1], "--write") == 0) {
        failed = set_up(&state) || write_breaches(argv[2]);
        return tear_down(&state) || failed;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
