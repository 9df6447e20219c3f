/* links: domain xml */
/* E-invoices written from bills: byte for byte, against the schemas, and read
 * back.  With --write DIR the samples are written there instead, for a look,
 * for the official rules (tests/einvoice/run), or to renew tests/golden. */
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
#include "../support/ubl_xsd.h"
#include "domain/ubl_rules.h"
#include "money/money.h"

#define PROFILE sm_ubl_profile_of(&made.bill.seller)
#define GOLDEN SM_TESTS "/golden/einvoice/"

static struct made made;
static struct sm_buf out;
static struct sm_arena *arena;
static struct sm_ubl_reader *reader;
static struct sm_ubl_problem problem;
static struct sm_error err;

static int set_up(void **state)
{
    (void)state;
    ubl_xsd_load();
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
    ubl_xsd_free();
    return 0;
}

static void offer(void)
{
    sm_arena_clear(arena);
    if (sm_ubl_offer(&out, arena, &made.bill, PROFILE, &problem, &err) != SM_OK)
        fail_msg("%s: %s", problem.xpath, problem.reason);
}

static void refused(const char *xpath, const char *reason)
{
    sm_arena_clear(arena);
    assert_int_equal(
        sm_ubl_offer(&out, arena, &made.bill, PROFILE, &problem, &err),
        SM_INVALID);
    assert_string_equal(problem.xpath, xpath);
    if (strncmp(problem.reason, reason, strlen(reason)) != 0)
        fail_msg("%s: %s", reason, problem.reason);
    assert_int_equal(out.len, 0);
}

/* What was offered, read back. */
static struct sm_ubl_document *read_back(void)
{
    struct sm_ubl_document *d;

    offer();
    if (sm_ubl_parse(&d, reader, arena, out.data, out.len, &problem, &err) !=
        SM_OK)
        fail_msg("%s: %s", problem.xpath, problem.reason);
    return d;
}

static void has(const char *text)
{
    if (!strstr(out.data, text))
        fail_msg("not written: %s", text);
}

static void has_not(const char *text)
{
    if (strstr(out.data, text))
        fail_msg("written: %s", text);
}

static void test_golden(void **state)
{
    static char want[SM_UBL_BYTES_MAX];
    char path[512];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(made_samples); i++) {
        FILE *file;
        size_t len;

        made_samples[i].make(&made);
        offer();
        snprintf(path, sizeof(path), GOLDEN "%s.xml", made_samples[i].name);
        file = fopen(path, "re");
        if (!file)
            fail_msg("%s is not there", path);
        len = fread(want, 1, sizeof(want), file);
        fclose(file);
        if (len != out.len || memcmp(want, out.data, len) != 0)
            fail_msg("%s differs", path);
    }
}

static void test_schemas(void **state)
{
    char *at;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(made_samples); i++) {
        made_samples[i].make(&made);
        offer();
        assert_true(
            ubl_xsd_valid(out.data, out.len, made.bill.credit_note, true));
        /* and the schema is not one that takes everything */
        at = strstr(out.data, "cbc:IssueDate");
        assert_non_null(at);
        memcpy(at, "cbc:IssueTime", strlen("cbc:IssueTime"));
        at = strstr(at, "/cbc:IssueDate");
        memcpy(at, "/cbc:IssueTime", strlen("/cbc:IssueTime"));
        assert_false(
            ubl_xsd_valid(out.data, out.len, made.bill.credit_note, false));
    }
}

static void same_date(struct sm_date a, struct sm_date b)
{
    assert_int_equal(a.year, b.year);
    assert_int_equal(a.month, b.month);
    assert_int_equal(a.day, b.day);
}

static void same_party(const struct sm_ubl_party *p,
                       const struct sm_bill_party *b)
{
    assert_string_equal(p->name, b->name);
    assert_string_equal(p->street, b->street);
    assert_string_equal(p->postcode, b->postcode);
    assert_string_equal(p->region, b->region);
    assert_string_equal(p->country, b->country);
    if (b->vat)
        assert_string_equal(p->vat_id, b->tax_id);
    else
        assert_string_equal(p->vat_id, "");
}

static void same_lines(const struct sm_ubl_document *d)
{
    const struct sm_ubl_line *l = d->lines;

    for (size_t i = 0; i < made.bill.nlines; i++, l = l->next) {
        const struct sm_bill_line *b = &made.lines[i];
        int64_t value;

        assert_non_null(l);
        assert_int_equal(strtol(l->id, NULL, 10), b->no);
        assert_string_equal(l->name, b->name);
        assert_string_equal(l->unit, b->unit);
        assert_string_equal(l->category, b->tax_category);
        assert_int_equal(l->net.minor, b->net_minor);
        assert_int_equal(sm_decimal_parse(&value, l->quantity, 6), SM_OK);
        assert_int_equal(value, b->quantity_micro);
        assert_int_equal(sm_decimal_parse(&value, l->price, 6), SM_OK);
        if (b->has_price)
            assert_int_equal(value, b->price_micro);
        if (l->percent[0]) {
            assert_int_equal(sm_decimal_parse(&value, l->percent, 2), SM_OK);
            assert_int_equal(value, b->tax_rate_bp);
        }
    }
    assert_null(l);
}

/* Everything of a bill that the reader knows comes back. */
static void test_round_trip(void **state)
{
    (void)state;
    for (size_t i = 0; i < SM_COUNT(made_samples); i++) {
        const struct sm_bill *b = &made.bill;
        const struct sm_ubl_document *d;

        made_samples[i].make(&made);
        d = read_back();
        assert_int_equal(d->credit_note, b->credit_note);
        assert_string_equal(d->number, b->number);
        assert_string_equal(d->type_code, b->type_code);
        assert_string_equal(d->currency, b->currency);
        assert_string_equal(d->contract, b->contract);
        assert_string_equal(d->object, b->point);
        assert_string_equal(d->place, b->point);
        assert_non_null(strstr(d->note, b->place));
        assert_string_equal(d->payment_reference, b->code);
        assert_string_equal(d->preceding, b->preceding);
        assert_string_equal(d->buyer.ids[0], b->client_code);
        same_date(d->issued_on, b->issued_on);
        same_date(d->due_on, b->due_on);
        same_date(d->from, b->from);
        same_date(d->to, b->to);
        same_party(&d->seller, &b->seller);
        same_party(&d->buyer, &b->buyer);
        assert_int_equal(sm_ubl_owed(d),
                         b->credit_note ? -b->payable_minor : b->payable_minor);
        same_lines(d);
    }
}

/* The same bill, the same bytes; what was paid since changes nothing. */
static void test_same_bytes(void **state)
{
    struct sm_bill_payment payment = {{2026, 9, 12}, "online", "x", 100};
    struct sm_buf first;

    (void)state;
    sm_buf_init(&first, SM_UBL_BYTES_MAX);
    made_electricity(&made);
    offer();
    sm_buf_add(&first, out.data, out.len);
    made_electricity(&made);
    made.bill.open_minor = 0;
    made.bill.payments = &payment;
    made.bill.npayments = 1;
    offer();
    assert_string_equal(first.data, out.data);
    sm_buf_release(&first);
}

static void test_registers(void **state)
{
    const struct sm_ubl_document *d;
    const struct sm_ubl_property *p;
    static const char *const want[] = {
        "Contor",      "EM-4711", "Registru",     "1.8.2",
        "Index vechi", "4000.25", "Citire veche", "2026-08-01, citit",
        "Index nou",   "4100.25", "Citire nouă",  "2026-08-31, autocitit",
        "Cantitate",   "100 KWH"};

    (void)state;
    made_electricity(&made);
    d = read_back();
    p = d->lines->next->properties;
    for (size_t i = 0; i < SM_COUNT(want); i += 2, p = p->next) {
        assert_non_null(p);
        assert_string_equal(p->name, want[i]);
        assert_string_equal(p->value, want[i + 1]);
    }
    assert_null(p);
    assert_null(d->lines->next->next->properties);
    /* more than a line may hold go to the next, then the document is refused */
    for (int i = 0; i < 10; i++)
        made_register(&made, "9.9.9", 1000, 1000);
    made.registers[3].factor_milli = 40000;
    d = read_back();
    has("<cbc:Name>Constantă</cbc:Name>\n<cbc:Value>40</cbc:Value>");
    made.bill.nlines = 1;
    made_sum(&made);
    refused("/Invoice/cac:InvoiceLine[1]/cac:Item/cac:AdditionalItemProperty",
            "BR-RO-A052");
}

static void test_text(void **state)
{
    const struct sm_ubl_document *d;

    (void)state;
    made_electricity(&made);
    made.lines[0].name = " a\x01\tb\r\n<&>\"' \xc2\x85 \xef\xbf\xbe\xff\xc3(z ";
    d = read_back();
    assert_string_equal(d->lines->name,
                        "a b <&>\"' \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd(z");
    assert_true(ubl_xsd_valid(out.data, out.len, false, true));
    made.lines[0].name = "]]>\xf0\x9f\x92\xa7\xed\xa0\x80";
    d = read_back();
    assert_string_equal(d->lines->name, "]]>\xf0\x9f\x92\xa7\xef\xbf\xbd"
                                        "\xef\xbf\xbd\xef\xbf\xbd");
    made.lines[0].name = " \n\x02 ";
    refused("/Invoice/cac:InvoiceLine[1]/cac:Item/cbc:Name", "BR-25");
}

/* A long name stands whole in the description. */
static void test_long_name(void **state)
{
    static char name[402];
    const struct sm_ubl_document *d;

    (void)state;
    made_electricity(&made);
    for (size_t i = 0; i < 200; i += 2)
        memcpy(name + i, "ș", 2);
    made.lines[0].name = name;
    d = read_back();
    assert_string_equal(d->lines->name, name);
    assert_string_equal(d->lines->description, "");
    memcpy(name + 200, " sfârșit", sizeof(" sfârșit"));
    d = read_back();
    assert_int_equal(strlen(d->lines->name), 200);
    assert_string_equal(d->lines->description, name);
    memset(name, 'x', 201);
    name[201] = '\0';
    refused("/Invoice/cac:InvoiceLine[1]/cac:Item/cbc:Description",
            "BR-RO-L212");
}

static void test_bucharest(void **state)
{
    static const struct {
        const char *city, *street, *want;
    } places[] = {
        {"București, Sectorul 3", "", "SECTOR3"},
        {"SECTOR6", "", "SECTOR6"},
        {"Sector 1", "", "SECTOR1"},
        {"București", "Bd. Unirii 1, sector.2", "SECTOR2"},
        {"București", "Str. Sectorului 12", NULL},
        {"Bucuresti sector 7", "", NULL},
    };

    (void)state;
    for (size_t i = 0; i < SM_COUNT(places); i++) {
        made_electricity(&made);
        made.bill.seller.city = places[i].city;
        if (*places[i].street)
            made.bill.seller.street = places[i].street;
        if (places[i].want)
            assert_string_equal(read_back()->seller.city, places[i].want);
        else
            refused("/Invoice/cac:AccountingSupplierParty/cac:Party/"
                    "cac:PostalAddress/cbc:CityName",
                    "BR-RO-100");
    }
}

static void test_numbers_of_buyers(void **state)
{
    (void)state;
    made_electricity(&made);
    assert_string_equal(read_back()->buyer.legal_id, "0000000000000");
    made.bill.buyer.legal_id = "J12/5/2010";
    assert_string_equal(read_back()->buyer.legal_id, "J12/5/2010");
    made.bill.buyer.tax_id = "14399840";
    assert_string_equal(read_back()->buyer.legal_id, "14399840");
    has_not("14399840</cbc:CompanyID>\n<cac:TaxScheme>");
    made.bill.buyer.vat = true;
    made.bill.buyer.tax_id = "RO14399840";
    assert_string_equal(read_back()->buyer.legal_id, "J12/5/2010");
    assert_string_equal(read_back()->buyer.vat_id, "RO14399840");
    has_not("ion@example.org");
    made_electricity(&made);
    made.bill.buyer.country = "BG";
    refused("/Invoice/cac:AccountingCustomerParty/cac:Party/"
            "cac:PartyLegalEntity/cbc:CompanyID",
            "BR-RO-120");
}

static void test_payment(void **state)
{
    (void)state;
    made_electricity(&made);
    assert_string_equal(read_back()->iban, "RO49AAAA1B31007593840000");
    has("<cbc:PaymentMeansCode>30<");
    made.bill.seller.iban = "";
    offer();
    has("<cbc:PaymentMeansCode>1<");
    made.bill.code = "";
    offer();
    has_not("PaymentMeans");
    made_credit(&made);
    offer();
    has("<cbc:PaymentMeansCode>97<");
    has("<cac:PaymentTerms>\n<cbc:Note>Se compensează");
    has_not("RO49");
    made.bill.due_on = (struct sm_date){2026, 12, 1};
    offer();
    has("<cbc:PaymentDueDate>2026-12-01<");
    has_not("PaymentTerms");
    has_not("DueDate>\n<cbc:CreditNoteTypeCode");
}

static void test_to_pay(void **state)
{
    const struct sm_ubl_document *d;

    (void)state;
    made_electricity(&made);
    made.bill.payable_minor = made.bill.total_minor + 31;
    d = read_back();
    assert_int_equal(d->rounding.minor, 31);
    assert_false(d->prepaid.set);
    made.bill.payable_minor = made.bill.total_minor + 51;
    refused("/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", "SM-PAY-01");
    made.bill.payable_minor = 0;
    d = read_back();
    assert_int_equal(d->prepaid.minor, made.bill.total_minor);
    made.bill.payable_minor = -1000;
    d = read_back();
    assert_int_equal(sm_ubl_owed(d), -1000);
}

/* A line without a price, with a negative price, without a quantity. */
static void test_prices(void **state)
{
    const struct sm_ubl_line *l;

    (void)state;
    made_electricity(&made);
    made.lines[0].has_price = false;
    l = read_back()->lines;
    assert_string_equal(l->price, "131.19");
    assert_string_equal(l->price_base, "200.5");
    made.lines[1].price_micro = -450000;
    made.lines[1].net_minor = -4500;
    made_sum(&made);
    l = read_back()->lines->next;
    assert_string_equal(l->price, "0.45");
    assert_string_equal(l->quantity, "-100");
    made.lines[1].has_price = false;
    made.lines[1].quantity_micro = 0;
    l = read_back()->lines->next;
    assert_string_equal(l->price, "45");
    assert_string_equal(l->quantity, "-1");
    assert_string_equal(l->unit, "C62");
    assert_true(ubl_xsd_valid(out.data, out.len, false, true));
}

static void test_refused(void **state)
{
    struct sm_buf small;

    (void)state;
    made_electricity(&made);
    made.bill.currency = "BGN";
    refused("/Invoice/cbc:DocumentCurrencyCode", "BR-CL-04");
    made_electricity(&made);
    made.lines[2].price_micro = INT64_MIN;
    refused("/Invoice/cac:InvoiceLine", "SM-LIMIT-01");
    made_electricity(&made);
    made.bill.payable_minor = INT64_MIN;
    refused("/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", "SM-LIMIT-01");
    made_electricity(&made);
    sm_buf_init(&small, 1000);
    assert_int_equal(
        sm_ubl_write(&small, &made.bill, SM_UBL_CIUS_RO, &problem, &err),
        SM_INVALID);
    assert_non_null(strstr(problem.reason, "SM-LIMIT-02"));
    sm_buf_release(&small);
}

/* The samples as files of the folder DIR. */
static int write_samples(const char *dir)
{
    for (size_t i = 0; i < SM_COUNT(made_samples); i++) {
        made_samples[i].make(&made);
        if (sm_ubl_offer(&out, arena, &made.bill, PROFILE, &problem, &err) !=
                SM_OK ||
            !ubl_save(dir, made_samples[i].name, "", &out)) {
            fprintf(stderr, "%s: %s: %s\n", made_samples[i].name, problem.xpath,
                    problem.reason);
            return 1;
        }
        sm_arena_clear(arena);
    }
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_schemas),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_registers),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_long_name),
        cmocka_unit_test(test_bucharest),
        cmocka_unit_test(test_numbers_of_buyers),
        cmocka_unit_test(test_payment),
        cmocka_unit_test(test_to_pay),
        cmocka_unit_test(test_prices),
        cmocka_unit_test(test_refused),
    };
    void *state = NULL;
    int failed;

    if (argc == 3 && strcmp(argv[1], "--write") == 0) {
        failed = set_up(&state) || write_samples(argv[2]);
        return tear_down(&state) || failed;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
