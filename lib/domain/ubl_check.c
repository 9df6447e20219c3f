/* A document must not contradict itself.  Every amount was bounded when it
 * was read (SM_IMPORT_AMOUNT_MAX), so sums over the lines cannot overflow. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/import_value.h"
#include "domain/ubl.h"

static enum sm_status refuse(const struct sm_ubl_document *d,
                             struct sm_ubl_problem *problem, const char *path,
                             const char *reason)
{
    snprintf(problem->xpath, sizeof(problem->xpath), "/%s/%s",
             d->credit_note ? "CreditNote" : "Invoice", path);
    sm_copy(problem->reason, sizeof(problem->reason), reason);
    return SM_INVALID;
}

/* What posting cannot do without. */
static enum sm_status check_required(const struct sm_ubl_document *d,
                                     struct sm_ubl_problem *problem)
{
    static const char seller[] = "cac:AccountingSupplierParty/cac:Party/"
                                 "cac:PartyTaxScheme/cbc:CompanyID";

    if (d->number[0] == '\0')
        return refuse(d, problem, "cbc:ID", "the number is missing");
    if (d->issued_on.year == 0)
        return refuse(d, problem, "cbc:IssueDate", "the issue date is missing");
    if (sm_import_currency_scale(d->currency) < 0)
        return refuse(d, problem, "cbc:DocumentCurrencyCode",
                      "not an ISO 4217 currency");
    if (d->type_code[0] == '\0')
        return refuse(d, problem,
                      d->credit_note ? "cbc:CreditNoteTypeCode"
                                     : "cbc:InvoiceTypeCode",
                      "the type code is missing");
    if (!d->credit_note && strcmp(d->type_code, "381") == 0)
        return refuse(d, problem, "cbc:InvoiceTypeCode",
                      "type 381 belongs in a CreditNote");
    if (d->seller.vat_id[0] == '\0' && d->seller.tax_id[0] == '\0' &&
        d->seller.legal_id[0] == '\0')
        return refuse(d, problem, seller, "the seller has no tax id");
    if (!d->payable.set)
        return refuse(d, problem, "cac:LegalMonetaryTotal/cbc:PayableAmount",
                      "the amount due is missing");
    if (!d->lines)
        return refuse(d, problem,
                      d->credit_note ? "cac:CreditNoteLine" : "cac:InvoiceLine",
                      "the document has no line");
    return SM_OK;
}

static enum sm_status check_lines(const struct sm_ubl_document *d,
                                  struct sm_ubl_problem *problem)
{
    char path[64];
    int64_t sum = 0;
    int i = 0;

    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        i++;
        sum += l->net.minor;
        if (l->net.set)
            continue;
        snprintf(path, sizeof(path), "cac:%s[%d]/cbc:LineExtensionAmount",
                 d->credit_note ? "CreditNoteLine" : "InvoiceLine", i);
        return refuse(d, problem, path, "the line has no net amount");
    }
    if (d->line_net.set && sum != d->line_net.minor)
        return refuse(d, problem,
                      "cac:LegalMonetaryTotal/cbc:LineExtensionAmount",
                      "is not the sum of the lines (BR-CO-10)");
    return SM_OK;
}

/* VAT = base x rate.  As in the official rules, a difference below one whole
 * unit of the currency is rounding. */
static bool is_tax_of(const struct sm_ubl_tax *tax, int64_t unit)
{
    int64_t percent; /* with four decimals */
    int64_t expected;

    if (!tax->base.set || tax->percent[0] == '\0')
        return true;
    if (sm_import_decimal(&percent, tax->percent, 4) != SM_OK ||
        __builtin_mul_overflow(tax->base.minor, percent, &expected))
        return false;
    expected /= 1000000;
    return llabs(tax->tax.minor - expected) < unit;
}

static int64_t one_unit(const char *currency)
{
    int64_t unit = 1;

    for (int i = sm_import_currency_scale(currency); i > 0; i--)
        unit *= 10;
    return unit;
}

static enum sm_status check_taxes(const struct sm_ubl_document *d,
                                  struct sm_ubl_problem *problem)
{
    int64_t unit = one_unit(d->currency);
    int64_t sum = 0;
    char path[80];
    bool any = false;
    int i = 0;

    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        i++;
        if (!t->tax.set)
            continue;
        any = true;
        sum += t->tax.minor;
        if (is_tax_of(t, unit))
            continue;
        snprintf(path, sizeof(path),
                 "cac:TaxTotal/cac:TaxSubtotal[%d]/cbc:TaxAmount", i);
        return refuse(d, problem, path, "is not base x rate (BR-CO-17)");
    }
    if (any && d->tax.set && sum != d->tax.minor)
        return refuse(d, problem, "cac:TaxTotal/cbc:TaxAmount",
                      "is not the sum of the VAT breakdown (BR-CO-14)");
    return SM_OK;
}

static enum sm_status check_totals(const struct sm_ubl_document *d,
                                   struct sm_ubl_problem *problem)
{
    int64_t net = d->line_net.minor - d->allowances.minor + d->charges.minor;
    int64_t total = d->net.minor + d->tax.minor;
    int64_t payable = d->total.minor - d->prepaid.minor + d->rounding.minor;

    if (d->line_net.set && d->net.set && net != d->net.minor)
        return refuse(d, problem,
                      "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount",
                      "is not lines - allowances + charges (BR-CO-13)");
    if (d->net.set && d->total.set && total != d->total.minor)
        return refuse(d, problem,
                      "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount",
                      "is not net + VAT (BR-CO-15)");
    if (!d->total.set)
        return refuse(d, problem,
                      "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount",
                      "the total with VAT is missing");
    if (payable != d->payable.minor)
        return refuse(d, problem, "cac:LegalMonetaryTotal/cbc:PayableAmount",
                      "is not total - prepaid + rounding (BR-CO-16)");
    if (d->credit_note && d->payable.minor < 0)
        return refuse(d, problem, "cac:LegalMonetaryTotal/cbc:PayableAmount",
                      "a credit note cannot be negative");
    return SM_OK;
}

enum sm_status sm_ubl_check(const struct sm_ubl_document *document,
                            struct sm_ubl_problem *problem)
{
    enum sm_status status = check_required(document, problem);

    if (status == SM_OK)
        status = check_lines(document, problem);
    if (status == SM_OK)
        status = check_taxes(document, problem);
    if (status == SM_OK)
        status = check_totals(document, problem);
    return status;
}

enum sm_status sm_ubl_parse(struct sm_ubl_document **out,
                            struct sm_ubl_reader *reader,
                            struct sm_arena *arena, const char *bytes,
                            size_t len, struct sm_ubl_problem *problem,
                            struct sm_error *err)
{
    enum sm_status status;

    status = sm_ubl_read(out, reader, arena, bytes, len, problem, err);
    if (status == SM_OK && sm_ubl_check(*out, problem) != SM_OK) {
        *out = NULL;
        return SM_FAIL(err, SM_INVALID, "the document is refused");
    }
    return status;
}

int64_t sm_ubl_owed(const struct sm_ubl_document *document)
{
    int64_t payable = document->payable.minor;

    return document->credit_note ? -payable : payable;
}
