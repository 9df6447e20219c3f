#include "domain/ubl_norm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/import_value.h"
#include "domain/ubl_codes.h"
#include "ident/bank.h"

bool sm_norm_at(const struct sm_ubl_document *d, struct sm_ubl_problem *where,
                const char *path)
{
    snprintf(where->xpath, sizeof(where->xpath), "/%s/%s",
             d->credit_note ? "CreditNote" : "Invoice", path);
    return false;
}

bool sm_norm_at_line(const struct sm_ubl_document *d,
                     struct sm_ubl_problem *where, int no, const char *path)
{
    char full[SM_UBL_XPATH_SIZE];

    if (d->credit_note && strcmp(path, "cbc:InvoicedQuantity") == 0)
        path = "cbc:CreditedQuantity";
    snprintf(full, sizeof(full), "cac:%s[%d]/%s",
             d->credit_note ? "CreditNoteLine" : "InvoiceLine", no, path);
    return sm_norm_at(d, where, full);
}

bool sm_norm_at_tax(const struct sm_ubl_document *d,
                    struct sm_ubl_problem *where, int no, const char *path)
{
    char full[SM_UBL_XPATH_SIZE];

    snprintf(full, sizeof(full), "cac:TaxTotal/cac:TaxSubtotal[%d]/%s", no,
             path);
    return sm_norm_at(d, where, full);
}

static const void *member(const void *base, const struct sm_ubl_norm *norm)
{
    return (const char *)base + norm->member;
}

static const char *text_of(const void *base, const struct sm_ubl_norm *norm)
{
    return *(const char *const *)member(base, norm);
}

static bool fits(const char *text, const struct sm_ubl_norm *norm)
{
    return sm_utf8_length(text, strlen(text)) <= norm->limit;
}

SM_NORM(text)
{
    return text_of(d, norm)[0] || sm_norm_at(d, where, norm->path);
}

SM_NORM(fits)
{
    return fits(text_of(d, norm), norm) || sm_norm_at(d, where, norm->path);
}

SM_NORM(amount)
{
    const struct sm_ubl_amount *amount = member(d, norm);

    return amount->set || sm_norm_at(d, where, norm->path);
}

SM_NORM(date)
{
    const struct sm_date *date = member(d, norm);

    return date->year != 0 || sm_norm_at(d, where, norm->path);
}

SM_NORM(line_text)
{
    int no = 0;

    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        no++;
        if (text_of(l, norm)[0] == '\0')
            return sm_norm_at_line(d, where, no, norm->path);
    }
    return true;
}

SM_NORM(line_fits)
{
    int no = 0;

    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        no++;
        if (!fits(text_of(l, norm), norm))
            return sm_norm_at_line(d, where, no, norm->path);
    }
    return true;
}

SM_NORM(line_amount)
{
    int no = 0;

    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        const struct sm_ubl_amount *amount = member(l, norm);

        no++;
        if (!amount->set)
            return sm_norm_at_line(d, where, no, norm->path);
    }
    return true;
}

SM_NORM(tax_text)
{
    int no = 0;

    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        no++;
        if (text_of(t, norm)[0] == '\0')
            return sm_norm_at_tax(d, where, no, norm->path);
    }
    return true;
}

SM_NORM(tax_fits)
{
    int no = 0;

    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        no++;
        if (!fits(text_of(t, norm), norm))
            return sm_norm_at_tax(d, where, no, norm->path);
    }
    return true;
}

SM_NORM(tax_amount)
{
    int no = 0;

    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        const struct sm_ubl_amount *amount = member(t, norm);

        no++;
        if (!amount->set)
            return sm_norm_at_tax(d, where, no, norm->path);
    }
    return true;
}

SM_NORM(country)
{
    const char *code = text_of(d, norm);

    return code[0] == '\0' || sm_ubl_is_country(code) ||
           sm_norm_at(d, where, norm->path);
}

/* The head */

SM_NORM(customization)
{
    (void)norm;
    return d->customization[0] || sm_norm_at(d, where, "cbc:CustomizationID");
}

SM_NORM(ro_customization)
{
    (void)norm;
    return strcmp(d->customization,
                  "urn:cen.eu:en16931:2017#compliant#"
                  "urn:efactura.mfinante.ro:CIUS-RO:1.0.1") == 0 ||
           sm_norm_at(d, where, "cbc:CustomizationID");
}

static bool at_type(const struct sm_ubl_document *d,
                    struct sm_ubl_problem *where)
{
    return sm_norm_at(d, where,
                      d->credit_note ? "cbc:CreditNoteTypeCode"
                                     : "cbc:InvoiceTypeCode");
}

SM_NORM(type)
{
    (void)norm;
    return sm_ubl_is_type(d->type_code, d->credit_note) || at_type(d, where);
}

SM_NORM(ro_type)
{
    static const char *const types[] = {"380", "384", "389", "751"};
    bool known = d->credit_note && strcmp(d->type_code, "381") == 0;

    (void)norm;
    for (size_t i = 0; !d->credit_note && i < SM_COUNT(types); i++)
        known = known || strcmp(d->type_code, types[i]) == 0;
    return known || at_type(d, where);
}

SM_NORM(currency)
{
    (void)norm;
    return sm_ubl_is_currency(d->currency) ||
           sm_norm_at(d, where, "cbc:DocumentCurrencyCode");
}

SM_NORM(ro_currency)
{
    (void)norm;
    return strcmp(d->currency, "RON") == 0 ||
           strcmp(d->tax_currency, "RON") == 0 ||
           sm_norm_at(d, where, "cbc:TaxCurrencyCode");
}

SM_NORM(decimals)
{
    (void)norm;
    return sm_import_currency_scale(d->currency) <= 2 ||
           sm_norm_at(d, where, "cbc:DocumentCurrencyCode");
}

SM_NORM(number_digit)
{
    (void)norm;
    return strpbrk(d->number, "0123456789") || sm_norm_at(d, where, "cbc:ID");
}

static bool in_order(struct sm_date from, struct sm_date to)
{
    return from.year == 0 || to.year == 0 ||
           sm_date_to_days(from) <= sm_date_to_days(to);
}

SM_NORM(period)
{
    (void)norm;
    return in_order(d->from, d->to) ||
           sm_norm_at(d, where, "cac:InvoicePeriod/cbc:EndDate");
}

SM_NORM(due)
{
    (void)norm;
    return d->payable.minor <= 0 || d->due_on.year || d->terms[0] ||
           sm_norm_at(d, where, "cbc:DueDate");
}

/* The parties */

SM_NORM(vat_prefix)
{
    const char *id = text_of(d, norm);
    char prefix[3];

    if (id[0] == '\0')
        return true;
    sm_copy(prefix, sizeof(prefix), id);
    return sm_ubl_is_country(prefix) || strcmp(prefix, "EL") == 0 ||
           strcmp(prefix, "XI") == 0 || sm_norm_at(d, where, norm->path);
}

SM_NORM(seller_id)
{
    (void)norm;
    return d->seller.vat_id[0] || d->seller.legal_id[0] || d->seller.nids > 0 ||
           sm_norm_at(d, where, "cac:AccountingSupplierParty/cac:Party");
}

SM_NORM(seller_tax_id)
{
    (void)norm;
    return d->seller.vat_id[0] || d->seller.tax_id[0] ||
           sm_norm_at(d, where,
                      "cac:AccountingSupplierParty/cac:Party/"
                      "cac:PartyTaxScheme/cbc:CompanyID");
}

SM_NORM(buyer_id)
{
    (void)norm;
    return d->buyer.vat_id[0] || d->buyer.legal_id[0] ||
           sm_norm_at(d, where,
                      "cac:AccountingCustomerParty/cac:Party/"
                      "cac:PartyLegalEntity/cbc:CompanyID");
}

SM_NORM(county)
{
    const struct sm_ubl_party *p = member(d, norm);

    return strcmp(p->country, "RO") != 0 || sm_ubl_is_county(p->region) ||
           sm_norm_at(d, where, norm->path);
}

SM_NORM(sector)
{
    const struct sm_ubl_party *p = member(d, norm);
    const char *city = p->city;

    if (strcmp(p->country, "RO") != 0 || strcmp(p->region, "RO-B") != 0)
        return true;
    if (strncmp(city, "SECTOR", 6) == 0 && city[6] >= '1' && city[6] <= '6' &&
        city[7] == '\0')
        return true;
    return sm_norm_at(d, where, norm->path);
}

/* The payment */

SM_NORM(means)
{
    (void)norm;
    return d->payment_means[0] ||
           (d->iban[0] == '\0' && d->payment_reference[0] == '\0') ||
           sm_norm_at(d, where, "cac:PaymentMeans/cbc:PaymentMeansCode");
}

/* UNTDID 4461: 1 to 70, 74 to 78, 91 to 98, ZZZ. */
SM_NORM(means_code)
{
    const char *code = d->payment_means;
    int64_t n;

    (void)norm;
    if (code[0] == '\0' || strcmp(code, "ZZZ") == 0)
        return true;
    if (code[0] != '0' && sm_parse_i64(&n, code, 1, 98) == SM_OK &&
        (n <= 70 || (n >= 74 && n <= 78) || n >= 91))
        return true;
    return sm_norm_at(d, where, "cac:PaymentMeans/cbc:PaymentMeansCode");
}

SM_NORM(account)
{
    const char *code = d->payment_means;

    (void)norm;
    return (strcmp(code, "30") != 0 && strcmp(code, "58") != 0) || d->iban[0] ||
           sm_norm_at(d, where,
                      "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID");
}

SM_NORM(iban)
{
    char iban[SM_IBAN_TEXT];

    (void)norm;
    return d->iban[0] == '\0' || sm_iban_parse(iban, d->iban) == SM_OK ||
           sm_norm_at(d, where,
                      "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID");
}
