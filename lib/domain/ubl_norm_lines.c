/* Rules about the lines and the totals. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/import_value.h"
#include "domain/ubl_codes.h"
#include "domain/ubl_norm.h"
#include "money/money.h"

__extension__ typedef __int128 wide;

SM_NORM(has_line)
{
    (void)norm;
    return d->lines || sm_norm_at(d, where,
                                  d->credit_note ? "cac:CreditNoteLine"
                                                 : "cac:InvoiceLine");
}

SM_NORM(unit)
{
    int no = 0;

    (void)norm;
    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        no++;
        if (l->unit && l->unit[0] && !sm_ubl_is_unit(l->unit))
            return sm_norm_at_line(d, where, no, "cbc:InvoicedQuantity");
    }
    return true;
}

SM_NORM(price_sign)
{
    int no = 0;

    (void)norm;
    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        no++;
        if (l->price[0] == '-')
            return sm_norm_at_line(d, where, no, "cac:Price/cbc:PriceAmount");
    }
    return true;
}

SM_NORM(line_period)
{
    int no = 0;

    (void)norm;
    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        no++;
        if (l->from.year && l->to.year &&
            sm_date_to_days(l->from) > sm_date_to_days(l->to))
            return sm_norm_at_line(d, where, no,
                                   "cac:InvoicePeriod/cbc:EndDate");
    }
    return true;
}

/* The categories of UNCL 5305 that are written here. */
static bool is_ours(const char *category)
{
    static const char *const ours[] = {"S", "Z", "E", "AE", "O"};

    for (size_t i = 0; i < SM_COUNT(ours); i++)
        if (strcmp(category, ours[i]) == 0)
            return true;
    return false;
}

SM_NORM(line_category)
{
    int no = 0;

    (void)norm;
    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        no++;
        if (!is_ours(l->category))
            return sm_norm_at_line(d, where, no,
                                   "cac:Item/cac:ClassifiedTaxCategory/cbc:ID");
    }
    return true;
}

SM_NORM(tax_category)
{
    int no = 0;

    (void)norm;
    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next) {
        no++;
        if (!is_ours(t->category))
            return sm_norm_at_tax(d, where, no, "cac:TaxCategory/cbc:ID");
    }
    return true;
}

static wide magnitude(wide number)
{
    return number < 0 ? -number : number;
}

/* Half of the last decimal that TEXT shows, in millionths of a millionth. */
static wide half_of_last(const char *text)
{
    const char *point = strchr(text, '.');
    wide half = 500000000000;

    for (size_t i = point ? strlen(point + 1) : 0; i > 0; i--)
        half /= 10;
    return half;
}

/* The sum of L is its quantity times its price, which may be rounded to the
 * decimals that it shows, within one minor unit. */
static bool is_line_sum(const struct sm_ubl_line *l, wide unit)
{
    int64_t quantity;
    int64_t price;
    int64_t base = 1000000;
    wide slack = 0;
    wide off;

    if (sm_decimal_parse(&quantity, l->quantity, 6) != SM_OK ||
        sm_decimal_parse(&price, l->price, 6) != SM_OK ||
        magnitude(quantity) > SM_UBL_NUMBER_MAX ||
        magnitude(price) > SM_UBL_NUMBER_MAX)
        return false;
    if (l->price_base[0]) {
        if (sm_decimal_parse(&base, l->price_base, 6) != SM_OK || base <= 0 ||
            base > SM_UBL_NUMBER_MAX)
            return false;
    } else {
        slack = magnitude(quantity) * unit * half_of_last(l->price) / 1000000;
    }
    /* both sides in minor units times the base times 10^12 */
    off = magnitude((wide)quantity * price * unit -
                    (wide)l->net.minor * base * 1000000);
    return off <= slack + (wide)base * 1000000;
}

static wide one_unit(const struct sm_ubl_document *d)
{
    wide unit = 1;

    for (int i = sm_import_currency_scale(d->currency); i > 0; i--)
        unit *= 10;
    return unit;
}

SM_NORM(line_sum)
{
    int no = 0;

    (void)norm;
    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        no++;
        if (one_unit(d) <= 100 && !is_line_sum(l, one_unit(d)))
            return sm_norm_at_line(d, where, no, "cbc:LineExtensionAmount");
    }
    return true;
}

SM_NORM(properties)
{
    int no = 0;

    (void)norm;
    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        no++;
        for (const struct sm_ubl_property *p = l->properties; p; p = p->next)
            if (p->name[0] == '\0' || p->value[0] == '\0')
                return sm_norm_at_line(d, where, no,
                                       "cac:Item/cac:AdditionalItemProperty");
    }
    return true;
}

SM_NORM(property_count)
{
    int no = 0;

    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        size_t count = 0;

        no++;
        for (const struct sm_ubl_property *p = l->properties; p; p = p->next)
            count++;
        if (count > norm->limit)
            return sm_norm_at_line(d, where, no,
                                   "cac:Item/cac:AdditionalItemProperty");
    }
    return true;
}

static bool property_fits(const struct sm_ubl_norm *norm,
                          const struct sm_ubl_document *d,
                          struct sm_ubl_problem *where, bool value)
{
    int no = 0;

    for (const struct sm_ubl_line *l = d->lines; l; l = l->next) {
        no++;
        for (const struct sm_ubl_property *p = l->properties; p; p = p->next) {
            const char *text = value ? p->value : p->name;

            if (sm_utf8_length(text, strlen(text)) > norm->limit)
                return sm_norm_at_line(d, where, no,
                                       "cac:Item/cac:AdditionalItemProperty");
        }
    }
    return true;
}

SM_NORM(property_name)
{
    return property_fits(norm, d, where, false);
}

SM_NORM(property_value)
{
    return property_fits(norm, d, where, true);
}

/* The totals */

SM_NORM(sum_lines)
{
    int64_t sum = 0;

    (void)norm;
    for (const struct sm_ubl_line *l = d->lines; l; l = l->next)
        sum += l->net.minor;
    return sum == d->line_net.minor ||
           sm_norm_at(d, where,
                      "cac:LegalMonetaryTotal/cbc:LineExtensionAmount");
}

SM_NORM(net)
{
    (void)norm;
    return d->line_net.minor - d->allowances.minor + d->charges.minor ==
               d->net.minor ||
           sm_norm_at(d, where,
                      "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount");
}

SM_NORM(sum_taxes)
{
    int64_t sum = 0;

    (void)norm;
    for (const struct sm_ubl_tax *t = d->taxes; t; t = t->next)
        sum += t->tax.minor;
    return !d->taxes || sum == d->tax.minor ||
           sm_norm_at(d, where, "cac:TaxTotal/cbc:TaxAmount");
}

SM_NORM(total)
{
    (void)norm;
    return d->net.minor + d->tax.minor == d->total.minor ||
           sm_norm_at(d, where,
                      "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount");
}

SM_NORM(payable)
{
    (void)norm;
    return d->total.minor - d->prepaid.minor + d->rounding.minor ==
               d->payable.minor ||
           sm_norm_at(d, where, "cac:LegalMonetaryTotal/cbc:PayableAmount");
}
