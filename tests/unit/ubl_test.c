/* links: domain xml */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "domain/ubl.h"

#define FOLDER SM_TESTS "/data/einvoice/"

#define ROOT                                                                   \
    "<Invoice "                                                                \
    "xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:Invoice-2\">"

enum { FILE_MAX = 64 * 1024 };

static struct sm_ubl_reader *reader;
static struct sm_arena *arena;
static struct sm_ubl_problem problem;
static struct sm_error err;

static int set_up(void **state)
{
    (void)state;
    arena = sm_arena_new((size_t)64 << 20);
    return sm_ubl_reader_new(&reader, &err) == SM_OK && arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    sm_ubl_reader_free(reader);
    sm_arena_free(arena);
    return 0;
}

static size_t load(char text[FILE_MAX], const char *name)
{
    char path[512];
    FILE *file;
    size_t len;

    snprintf(path, sizeof(path), FOLDER "%s", name);
    file = fopen(path, "r");
    assert_non_null(file);
    len = fread(text, 1, FILE_MAX - 1, file);
    fclose(file);
    text[len] = '\0';
    return len;
}

static enum sm_status parse(struct sm_ubl_document **out, const char *text)
{
    sm_arena_clear(arena);
    return sm_ubl_parse(out, reader, arena, text, strlen(text), &problem, &err);
}

static struct sm_ubl_document *example(const char *name)
{
    static char text[FILE_MAX];
    struct sm_ubl_document *d;

    load(text, name);
    if (parse(&d, text) != SM_OK)
        fail_msg("%s: %s: %s", name, problem.xpath, problem.reason);
    return d;
}

static void expect_date(struct sm_date date, int year, int month, int day)
{
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static void test_minimal(void **state)
{
    struct sm_ubl_document *d = example("own-minimal-utility-ro.xml");
    const struct sm_ubl_line *l = d->lines;

    (void)state;
    assert_string_equal(d->number, "EE26-000123");
    assert_string_equal(d->type_code, "380");
    assert_string_equal(d->currency, "RON");
    expect_date(d->issued_on, 2026, 9, 10);
    expect_date(d->due_on, 2026, 10, 10);
    expect_date(d->from, 2026, 8, 1);
    expect_date(d->to, 2026, 8, 31);
    assert_string_equal(d->contract, "C-100200300");
    assert_string_equal(d->place, "RO001E100200300");
    assert_string_equal(d->payment_reference, "RF18539007547034");
    assert_string_equal(d->iban, "RO49AAAA1B31007593840000");
    assert_string_equal(d->seller.vat_id, "RO18547290");
    assert_string_equal(d->seller.legal_id, "J40/1/2000");
    assert_string_equal(d->seller.name, "Furnizor Exemplu SA");
    assert_string_equal(d->buyer.name, "Popescu Ion");
    assert_string_equal(d->buyer.legal_id, "0000000000000");
    assert_string_equal(d->buyer.city, "Cluj-Napoca");
    assert_string_equal(d->buyer.country, "RO");
    assert_int_equal(d->net.minor, 13000);
    assert_int_equal(d->tax.minor, 2730);
    assert_int_equal(d->payable.minor, 15730);
    assert_int_equal(sm_ubl_owed(d), 15730);
    assert_int_equal(d->nlines, 1);
    assert_string_equal(l->quantity, "200");
    assert_string_equal(l->unit, "KWH");
    assert_string_equal(l->price, "0.65");
    assert_string_equal(l->percent, "21");
    expect_date(l->to, 2026, 8, 31);
    assert_string_equal(l->properties->name, "Index vechi");
    assert_string_equal(l->properties->next->value, "10700");
    assert_string_equal(d->taxes->category, "S");
    assert_int_equal(d->taxes->tax.minor, 2730);
}

static void test_official(void **state)
{
    struct sm_ubl_document *d = example("ubl-tc434-example1.xml");

    (void)state;
    assert_string_equal(d->currency, "EUR");
    assert_int_equal(d->payable.minor, 25033);
    expect_date(d->due_on, 2015, 1, 9);
    assert_int_equal(d->nlines, 20);
    assert_string_equal(d->payment_reference, "Deb. 10202 / Fact. 12115118");
    d = example("ubl-tc434-example5.xml");
    assert_string_equal(d->number, "TOSL110");
    assert_string_equal(d->currency, "DKK");
    assert_int_equal(d->prepaid.minor, 233750);
    assert_int_equal(d->payable.minor, 233750);
    expect_date(d->due_on, 2013, 5, 10);
    expect_date(d->from, 2013, 3, 10);
    assert_string_equal(d->contract, "2013-05");
    assert_string_equal(d->preceding, "TOSL109");
    assert_int_equal(d->nlines, 3);
    d = example("cius-ro-b2g-example1.xml");
    assert_string_equal(d->currency, "RON");
    assert_int_equal(d->payable.minor, 25033);
    d = example("cius-ro-b2g-example9.xml");
    assert_string_equal(d->number, "1316/85");
    assert_int_equal(d->payable.minor, 124600);
    assert_int_equal(d->due_on.year, 0);
}

static void test_credit_note(void **state)
{
    struct sm_ubl_document *d = example("ubl-tc434-creditnote1.xml");

    (void)state;
    assert_true(d->credit_note);
    assert_string_equal(d->type_code, "381");
    assert_string_equal(d->number, "018304 / 28865");
    assert_int_equal(d->payable.minor, 10011);
    assert_int_equal(sm_ubl_owed(d), -10011);
    expect_date(d->to, 2019, 2, 28);
    assert_string_equal(d->seller.vat_id, "BE0000000196");
    assert_string_equal(d->buyer.trade_name, "My Customer Company S.A.");
    assert_int_equal(d->nlines, 1);
    assert_string_equal(d->lines->quantity, "1.00");
}

/* The minimal example with FROM replaced by TO, everywhere or once. */
static const char *altered(const char *from, const char *to, bool everywhere)
{
    static char text[FILE_MAX];
    static char out[4 * FILE_MAX];
    const char *at = text;
    const char *hit;
    size_t len = 0;

    load(text, "own-minimal-utility-ro.xml");
    assert_non_null(strstr(text, from));
    while ((hit = strstr(at, from)) != NULL) {
        len += (size_t)snprintf(out + len, sizeof(out) - len, "%.*s%s",
                                (int)(hit - at), at, to);
        at = hit + strlen(from);
        if (!everywhere)
            break;
    }
    snprintf(out + len, sizeof(out) - len, "%s", at);
    return out;
}

struct refusal {
    const char *from, *to, *xpath, *word;
};

static const struct refusal refusals[] = {
    {"157.30</cbc:Pay", "157.31</cbc:Pay",
     "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", "BR-CO-16"},
    {"157.30</cbc:TaxI", "157.29</cbc:TaxI",
     "/Invoice/cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", "BR-CO-15"},
    {"130.00</cbc:TaxE", "131.00</cbc:TaxE",
     "/Invoice/cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount", "BR-CO-13"},
    {"130.00</cbc:LineExtensionAmount><cac:Inv",
     "129.00</cbc:LineExtensionAmount><cac:Inv",
     "/Invoice/cac:LegalMonetaryTotal/cbc:LineExtensionAmount", "BR-CO-10"},
    {"27.30</cbc:TaxAmount><cac:TaxS", "27.31</cbc:TaxAmount><cac:TaxS",
     "/Invoice/cac:TaxTotal/cbc:TaxAmount", "BR-CO-14"},
    {"<cbc:Percent>21</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID>"
     "</cac:TaxScheme></cac:TaxCategory>",
     "<cbc:Percent>20</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID>"
     "</cac:TaxScheme></cac:TaxCategory>",
     "/Invoice/cac:TaxTotal/cac:TaxSubtotal[1]/cbc:TaxAmount", "BR-CO-17"},
    {"2026-09-10", "2026-09-31", "/Invoice/cbc:IssueDate", "date"},
    {"2026-08-01</cbc:StartDate><cbc:EndDate>2026-08-31</cbc:EndDate>"
     "</cac:InvoicePeriod><cac:Item>",
     "1.8.2026</cbc:StartDate><cbc:EndDate>2026-08-31</cbc:EndDate>"
     "</cac:InvoicePeriod><cac:Item>",
     "/Invoice/cac:InvoiceLine[1]/cac:InvoicePeriod/cbc:StartDate", "date"},
    {"<cbc:ID>EE26-000123</cbc:ID>", "", "/Invoice/cbc:ID", "missing"},
    {">RON<", ">RON1<", "/Invoice/", "Currency"},
    {"<cbc:PayableAmount currencyID=\"RON\">",
     "<cbc:PayableAmount currencyID=\"EUR\">",
     "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", "currency"},
    {"<cbc:PayableAmount currencyID=\"RON\">157.30",
     "<cbc:PayableAmount currencyID=\"RON\">157.301",
     "/Invoice/cac:LegalMonetaryTotal/cbc:PayableAmount", "amount"},
    {"unitCode=\"KWH\">200", "unitCode=\"KWH\">2e2",
     "/Invoice/cac:InvoiceLine[1]/cbc:InvoicedQuantity", "decimal"},
    {"<cbc:InvoiceTypeCode>380", "<cbc:InvoiceTypeCode>381",
     "/Invoice/cbc:InvoiceTypeCode", "CreditNote"},
};

static void test_contradictions(void **state)
{
    struct sm_ubl_document *d;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(refusals); i++) {
        const struct refusal *r = &refusals[i];

        assert_int_equal(parse(&d, altered(r->from, r->to, false)), SM_INVALID);
        assert_null(d);
        if (strncmp(problem.xpath, r->xpath, strlen(r->xpath)) != 0 ||
            !strstr(problem.reason, r->word))
            fail_msg("%s: %s: %s", r->xpath, problem.xpath, problem.reason);
    }
}

/* A prefix is a name for a namespace, nothing more. */
static void test_prefixes(void **state)
{
    struct sm_ubl_document *d;

    (void)state;
    assert_int_equal(parse(&d, altered("cbc", "x", true)), SM_OK);
    assert_int_equal(d->payable.minor, 15730);
    assert_int_equal(parse(&d, altered("CommonBasicComponents-2",
                                       "CommonBasicComponents-9", true)),
                     SM_INVALID);
    assert_int_equal(parse(&d, altered("xsd:Invoice-2", "xsd:Order-2", true)),
                     SM_INVALID);
    assert_string_equal(problem.xpath, "/*");
}

static void test_nothing_to_pay(void **state)
{
    struct sm_ubl_document *d;

    (void)state;
    assert_int_equal(
        parse(&d, altered("<cbc:PayableAmount currencyID=\"RON\">157.30",
                          "<cbc:PrepaidAmount currencyID=\"RON\">200.00"
                          "</cbc:PrepaidAmount>"
                          "<cbc:PayableAmount currencyID=\"RON\">-42.70",
                          false)),
        SM_OK);
    assert_int_equal(sm_ubl_owed(d), -4270);
}

static void expect_unsafe(const char *text, const char *word)
{
    struct sm_ubl_document *d;

    assert_int_equal(parse(&d, text), SM_INVALID);
    if (!strstr(problem.reason, word))
        fail_msg("%s: %s", word, problem.reason);
}

static void test_doctype(void **state)
{
    (void)state;
    expect_unsafe("<!DOCTYPE a [<!ENTITY l 'lol'><!ENTITY m "
                  "'&l;&l;&l;&l;&l;&l;&l;&l;'><!ENTITY n '&m;&m;&m;&m;&m;'>]>"
                  "<a>&n;</a>",
                  "DOCTYPE");
    expect_unsafe("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
                  "<a>&x;</a>",
                  "DOCTYPE");
    expect_unsafe("<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'><a/>",
                  "DOCTYPE");
    expect_unsafe(ROOT "&x;</Invoice>", "line 1");
    expect_unsafe(ROOT "<b></Invoice>", "line 1");
    expect_unsafe(ROOT "<x:a/></Invoice>", "line 1");
    expect_unsafe("", "empty");
}

static void test_limits(void **state)
{
    const size_t size = SM_UBL_BYTES_MAX + 16;
    char *text = malloc(size);
    size_t len;

    (void)state;
    assert_non_null(text);
    len = (size_t)snprintf(text, size, ROOT);
    for (int i = 0; i < SM_UBL_DEPTH_MAX; i++)
        len += (size_t)snprintf(text + len, size - len, "<a>");
    expect_unsafe(text, "deep");
    memset(text, ' ', size - 1);
    text[size - 1] = '\0';
    expect_unsafe(text, "large");
    len = (size_t)snprintf(text, size, ROOT);
    for (int i = 0; i < SM_UBL_NODES_MAX; i++)
        len += (size_t)snprintf(text + len, size - len, "<a/>");
    expect_unsafe(text, "too many");
    free(text);
}

static void test_long_text(void **state)
{
    static char name[SM_UBL_TEXT_MAX + 100];
    struct sm_ubl_document *d;

    (void)state;
    memset(name, 'x', sizeof(name) - 1);
    assert_int_equal(parse(&d, altered("Popescu Ion", name, false)),
                     SM_INVALID);
    assert_non_null(strstr(problem.reason, "too long"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_minimal),
        cmocka_unit_test(test_official),
        cmocka_unit_test(test_credit_note),
        cmocka_unit_test(test_contradictions),
        cmocka_unit_test(test_prefixes),
        cmocka_unit_test(test_nothing_to_pay),
        cmocka_unit_test(test_doctype),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_long_text),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
