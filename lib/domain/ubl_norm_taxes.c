/* Rules about the VAT breakdown and its categories. */
#include <stdlib.h>
#include <string.h>

#include "domain/import_value.h"
#include "domain/ubl_norm.h"
#include "money/money.h"

__extension__ typedef __int128 wide;

#define ROW_ID "cac:TaxCategory/cbc:ID"
#define ROW_TAX "cbc:TaxAmount"

static bool is(const char *category, const struct sm_ubl_norm *norm)
{
    return strcmp(category, norm->category) == 0;
}

/* A rate with four decimals; -1 where there is none. */
static int64_t rate(const char *percent)
{
    int64_t value;

    return sm_decimal_parse(&value, percent, 4) == SM_OK ? value : -1;
}

static bool same_rate(const struct sm_ubl_line *l, const struct sm_ubl_tax *t)
{
    return strcmp(l->category, t->category) == 0 &&
           rate(l->percent) == rate(t->percent);
}

static int lines_of(const struct sm_ubl_document *d,
                    const struct sm_ubl_norm *norm)
{
    int count = 0;

    for (const struct sm_ubl_line *l = d->lines; l; l = l->next)
        count += is(l->category, norm);
    return count;
}

static int rows_of(const struct sm_ubl_document *d,
                   const struct sm_ubl_norm *norm)
{
    int count = 0;

    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next)
        count += is(t->category, norm);
    return count;
}

SM_NORM(has_tax)
{
    (void)norm;
    return d->taxes || sm_norm_at(d, where, "cac:TaxTotal/cac:TaxSubtotal");
}

SM_NORM(tax_percent)
{
    int no = 0;

    (void)norm;
    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        no++;
        if (t->percent[0] == '\0' && strcmp(t->category, "O") != 0)
            return sm_norm_at_tax(d, where, no, "cac:TaxCategory/cbc:Percent");
    }
    return true;
}

SM_NORM(tax_reason_code)
{
    int no = 0;

    (void)norm;
    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        no++;
        if (t->reason_code[0] && strcmp(t->reason_code, "VATEX-EU-AE") != 0 &&
            strcmp(t->reason_code, "VATEX-EU-O") != 0)
            return sm_norm_at_tax(d, where, no,
                                  "cac:TaxCategory/cbc:TaxExemptionReasonCode");
    }
    return true;
}

/* MINOR in hundredths of the currency's unit. */
static wide hundredths(const struct sm_ubl_document *d, int64_t minor)
{
    wide value = minor;

    for (int i = sm_import_currency_scale(d->currency); i < 2; i++)
        value *= 10;
    return value < 0 ? -value : value;
}

bool sm_norm_is_tax(const struct sm_ubl_document *d,
                    const struct sm_ubl_tax *tax)
{
    wide base = hundredths(d, tax->base.minor);
    wide value = hundredths(d, tax->tax.minor);
    int64_t percent = rate(tax->percent);
    wide expected;

    if (percent < 0 || sm_import_currency_scale(d->currency) > 2)
        return true;
    expected = (base * percent + 500000) / 1000000;
    return value - 100 < expected && value + 100 > expected;
}

/* BR-CO-17 also wants no tax where the rate rounds to zero: as XPath rounds,
 * from -0.50 on and below 0.50. */
SM_NORM(tax_value)
{
    int no = 0;

    (void)norm;
    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        wide value = hundredths(d, t->tax.minor);
        bool none = t->tax.minor < 0 ? value <= 50 : value < 50;

        no++;
        if (rate(t->percent) < 5000 ? !none : !sm_norm_is_tax(d, t))
            return sm_norm_at_tax(d, where, no, ROW_TAX);
    }
    return true;
}

SM_NORM(line_rate)
{
    int no = 0;

    (void)norm;
    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        const struct sm_ubl_tax *t = d->taxes;

        no++;
        while (t && !same_rate(l, t))
            t = t->next;
        if (!t)
            return sm_norm_at_line(d, where, no,
                                   "cac:Item/cac:ClassifiedTaxCategory");
    }
    return true;
}

SM_NORM(cat_rows)
{
    return (lines_of(d, norm) > 0) == (rows_of(d, norm) > 0) ||
           sm_norm_at(d, where, "cac:TaxTotal/cac:TaxSubtotal/" ROW_ID);
}

SM_NORM(cat_one)
{
    int rows = rows_of(d, norm);

    return (lines_of(d, norm) + rows == 0) || rows == 1 ||
           sm_norm_at(d, where, "cac:TaxTotal/cac:TaxSubtotal/" ROW_ID);
}

SM_NORM(cat_seller)
{
    return lines_of(d, norm) == 0 || sm_norm_seller_tax_id(norm, d, where);
}

SM_NORM(cat_both)
{
    return lines_of(d, norm) == 0 || (sm_norm_seller_tax_id(norm, d, where) &&
                                      sm_norm_buyer_id(norm, d, where));
}

SM_NORM(cat_nobody)
{
    return lines_of(d, norm) == 0 ||
           (d->seller.vat_id[0] == '\0' && d->buyer.vat_id[0] == '\0') ||
           sm_norm_at(d, where,
                      "cac:AccountingSupplierParty/cac:Party/"
                      "cac:PartyTaxScheme/cbc:CompanyID");
}

/* All lines of the category have a rate from LOW to HIGH. */
static bool rates(const struct sm_ubl_norm *norm,
                  const struct sm_ubl_document *d, struct sm_ubl_problem *where,
                  int64_t low, int64_t high)
{
    int no = 0;

    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        no++;
        if (is(l->category, norm) &&
            (rate(l->percent) < low || rate(l->percent) > high))
            return sm_norm_at_line(
                d, where, no, "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent");
    }
    return true;
}

SM_NORM(cat_rate)
{
    return rates(norm, d, where, 1, INT64_MAX);
}

SM_NORM(cat_zero)
{
    return rates(norm, d, where, 0, 0);
}

SM_NORM(cat_none)
{
    return rates(norm, d, where, -1, -1);
}

static int64_t sum_of(const struct sm_ubl_document *d,
                      const struct sm_ubl_tax *t, bool by_rate)
{
    int64_t sum = 0;

    for (const struct sm_ubl_line *l = d->lines; l; l = l->next)
        if (by_rate ? same_rate(l, t) : strcmp(l->category, t->category) == 0)
            sum += l->net.minor;
    return sum;
}

SM_NORM(cat_base)
{
    int no = 0;

    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        no++;
        if (is(t->category, norm) &&
            hundredths(d, t->base.minor - sum_of(d, t, true)) >= 100)
            return sm_norm_at_tax(d, where, no, "cbc:TaxableAmount");
    }
    return true;
}

SM_NORM(cat_exact)
{
    int no = 0;

    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        no++;
        if (is(t->category, norm) && t->base.minor != sum_of(d, t, false))
            return sm_norm_at_tax(d, where, no, "cbc:TaxableAmount");
    }
    return true;
}

SM_NORM(cat_value)
{
    int no = 0;

    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        no++;
        if (is(t->category, norm) && !sm_norm_is_tax(d, t))
            return sm_norm_at_tax(d, where, no, ROW_TAX);
    }
    return true;
}

SM_NORM(cat_nothing)
{
    int no = 0;

    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        no++;
        if (is(t->category, norm) && t->tax.minor != 0)
            return sm_norm_at_tax(d, where, no, ROW_TAX);
    }
    return true;
}

/* Rows of the category have a reason, or have none. */
static bool reasons(const struct sm_ubl_norm *norm,
                    const struct sm_ubl_document *d,
                    struct sm_ubl_problem *where, bool wanted)
{
    int no = 0;

    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        no++;
        if (is(t->category, norm) &&
            (t->reason[0] || t->reason_code[0]) != wanted)
            return sm_norm_at_tax(d, where, no,
                                  "cac:TaxCategory/cbc:TaxExemptionReason");
    }
    return true;
}

SM_NORM(cat_reason)
{
    return reasons(norm, d, where, true);
}

SM_NORM(cat_noreason)
{
    return reasons(norm, d, where, false);
}

SM_NORM(cat_alone)
{
    int rows = rows_of(d, norm);
    int all = 0;

    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next)
        all++;
    return rows == 0 || rows == all ||
           sm_norm_at(d, where, "cac:TaxTotal/cac:TaxSubtotal/" ROW_ID);
}

SM_NORM(cat_lines)
{
    return rows_of(d, norm) == 0 || lines_of(d, norm) == d->nlines ||
           sm_norm_at(d, where,
                      d->credit_note ? "cac:CreditNoteLine"
                                     : "cac:InvoiceLine");
}
