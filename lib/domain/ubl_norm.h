/* The checks behind the table of rules (ubl_rules.c).  Internal to it.  Each
 * is true if the document keeps the rule, else it has filled WHERE->xpath. */
#ifndef SM_DOMAIN_UBL_NORM_H
#define SM_DOMAIN_UBL_NORM_H

#include "domain/ubl_rules.h"

#define SM_NORM(name)                                                          \
    bool sm_norm_##name(const struct sm_ubl_norm *norm,                        \
                        const struct sm_ubl_document *d,                       \
                        struct sm_ubl_problem *where)

/* Fill WHERE with a path below the root, below line or tax row NO (from 1).
 * All return false. */
bool sm_norm_at(const struct sm_ubl_document *d, struct sm_ubl_problem *where,
                const char *path);
bool sm_norm_at_line(const struct sm_ubl_document *d,
                     struct sm_ubl_problem *where, int no, const char *path);
bool sm_norm_at_tax(const struct sm_ubl_document *d,
                    struct sm_ubl_problem *where, int no, const char *path);

/* NORM->member of the document: a text that is there, that has at most
 * NORM->limit characters; an amount, a date that is there. */
SM_NORM(text);
SM_NORM(fits);
SM_NORM(amount);
SM_NORM(date);
/* NORM->member of each line, of each tax row: the same. */
SM_NORM(line_text);
SM_NORM(line_fits);
SM_NORM(line_amount);
SM_NORM(tax_text);
SM_NORM(tax_fits);
SM_NORM(tax_amount);
/* NORM->member of the document is a code of the list of countries. */
SM_NORM(country);
/* The document's head. */
SM_NORM(customization);
SM_NORM(ro_customization);
SM_NORM(type);
SM_NORM(ro_type);
SM_NORM(currency);
SM_NORM(ro_currency);
SM_NORM(decimals);
SM_NORM(number_digit);
SM_NORM(period);
SM_NORM(due);
/* The parties; NORM->member is the offset of the one that is meant. */
SM_NORM(vat_prefix);
SM_NORM(seller_id);
SM_NORM(seller_tax_id);
SM_NORM(buyer_id);
SM_NORM(county);
SM_NORM(sector);
/* The payment. */
SM_NORM(means);
SM_NORM(means_code);
SM_NORM(account);
SM_NORM(iban);
/* The lines. */
SM_NORM(has_line);
SM_NORM(unit);
SM_NORM(price_sign);
SM_NORM(line_period);
SM_NORM(line_category);
SM_NORM(line_sum);
SM_NORM(line_rate);
SM_NORM(properties);
SM_NORM(property_count);
SM_NORM(property_name);
SM_NORM(property_value);
/* The totals. */
SM_NORM(sum_lines);
SM_NORM(net);
SM_NORM(sum_taxes);
SM_NORM(total);
SM_NORM(payable);
/* The breakdown. */
SM_NORM(has_tax);
SM_NORM(tax_percent);
SM_NORM(tax_category);
SM_NORM(tax_reason_code);
SM_NORM(tax_value);
/* What a category (NORM->category) wants. */
SM_NORM(cat_rows);     /* -01 a row for its lines, and no row without one */
SM_NORM(cat_one);      /* -01 exactly one row */
SM_NORM(cat_seller);   /* -02 a number of the seller */
SM_NORM(cat_both);     /* -02 and one of the buyer */
SM_NORM(cat_nobody);   /* -02 no VAT number */
SM_NORM(cat_rate);     /* -05 the lines have a rate above zero */
SM_NORM(cat_zero);     /* -05 the lines have the rate zero */
SM_NORM(cat_none);     /* -05 the lines have no rate */
SM_NORM(cat_base);     /* -08 the base is the sum of the lines of that rate */
SM_NORM(cat_exact);    /* -08 the base is the sum of the lines */
SM_NORM(cat_value);    /* -09 the tax is base x rate */
SM_NORM(cat_nothing);  /* -09 the tax is zero */
SM_NORM(cat_reason);   /* -10 there is a reason */
SM_NORM(cat_noreason); /* -10 there is none */
SM_NORM(cat_alone);    /* -11 no row of another category */
SM_NORM(cat_lines);    /* -12 no line of another category */

/* Base x rate as the official rules round it, both within one whole unit of
 * the currency.  True for what cannot be read: other rules refuse it. */
bool sm_norm_is_tax(const struct sm_ubl_document *d,
                    const struct sm_ubl_tax *tax);

#endif
