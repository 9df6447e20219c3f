/* Why a bill is what it is: each line as quantity times price, and the change
 * against another bill split into reasons.  Numbers only; words are the
 * page's.
 *
 * The method of the change.  Lines of both bills that have the same kind,
 * name and unit belong together (several with one name count as one, with
 * their sums).  For a pair with quantities q0, q1, prices p0, p1 and tax rates
 * r0, r1 (0 the bill before, 1 this one), the way from q0 x p0 to q1 x p1 is
 * walked in steps, each at the old tax rate r0, so that a reason says what it
 * costs with tax:
 *
 *   days         by use: q0 -> q0 x d1 / d0 (as many days as now, used as
 *                before), times p0.  By time: q0 -> q1, times p0.
 *   consumption  by use: q0 x d1 / d0 -> q1, times p0
 *   price        p0 -> p1, times q1
 *   tax          r0 -> r1, times the net sum of this bill
 *   other        all that is left: lines without a partner, lines of kind
 *                SM_BILL_OTHER, charges of the whole bill, what was paid in
 *                advance, and the roundings inside both bills
 *
 * The five sum to the difference of what is to be paid, exactly, since "other"
 * is what the rest leaves.  Each reason is summed over all lines in millionths
 * of a minor unit and rounded once, half away from zero.
 *
 * A price counts as written where quantity times price is the line's sum (see
 * sm_explain_line()); else, and where lines of one name have several prices,
 * it is sum by quantity.  Where a period is not known, nothing is due to
 * days. */
#ifndef SM_DOMAIN_EXPLAIN_H
#define SM_DOMAIN_EXPLAIN_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "domain/bill.h"

/* How a line's sum comes from quantity and price. */
enum sm_explain_fit {
    SM_EXPLAIN_EXACT,   /* it is the product */
    SM_EXPLAIN_ROUNDED, /* the product, rounded to the minor unit */
    SM_EXPLAIN_DIFFERS, /* neither: a discount, a price of many units */
    SM_EXPLAIN_NO_PRICE /* the line says no price */
};

/* How the sum of LINE comes about, in a currency with EXPONENT decimals (0 to
 * 4).  *PRODUCT_MINOR is quantity times price in minor units, rounded half
 * away from zero; 0 with SM_EXPLAIN_NO_PRICE and where it does not fit. */
enum sm_explain_fit sm_explain_line(int64_t *product_minor,
                                    const struct sm_bill_line *line,
                                    int exponent);

/* A change and its reasons, in minor units of the bills' currency. */
struct sm_explain_change {
    int64_t difference_minor; /* to be paid now less before: the sum of */
    int64_t consumption_minor;
    int64_t price_minor;
    int64_t days_minor;
    int64_t tax_minor;
    int64_t other_minor;
    int days_before, days_now; /* of the periods; 0: not known */
};

/* Split the change from the bill BEFORE to the bill NOW.
 * SM_CONFLICT  they cannot be compared: one is a credit note or cancelled, or
 *              their currencies differ
 * SM_INVALID   a sum is too large for 64 bits, or the currency is unknown
 * SM_INTERNAL  no memory */
enum sm_status sm_explain_change(struct sm_explain_change *out,
                                 const struct sm_bill *now,
                                 const struct sm_bill *before,
                                 struct sm_error *err) SM_MUSTCHECK;

/* The days that a bill is for, both ends counted. */
struct sm_period {
    struct sm_date from, to; /* year 0: not known */
};

/* Days of PERIOD; 0 if it is not known or ends before it begins. */
int sm_period_days(struct sm_period period);

/* Which of COUNT periods came last before the period number OF: of those that
 * end before it begins the one that ends latest; if several do, the one whose
 * length is nearest, then the first.  -1: none.  Leave out what is of another
 * supply point, credit notes and cancelled bills. */
int sm_explain_last_period(const struct sm_period *periods, size_t count,
                           size_t of);

/* Which of COUNT periods is the same a year before the period number OF: the
 * one that shares most days with it, at least half of its own and half of
 * OF's; then the first.  -1: none. */
int sm_explain_last_year(const struct sm_period *periods, size_t count,
                         size_t of);

#endif
