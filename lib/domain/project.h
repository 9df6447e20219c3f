/* What the next bill may come to, from what was used so far and the bill
 * before: an estimate, and said to be one wherever it is shown.
 *
 * The method.  The last bill's lines by use, each with its tax, are divided by
 * what its meters counted, which gives the cost of one unit as it came to be
 * with all networks and taxes; that times the use so far, and upon it the
 * lines by time as they stood.  Other lines (a fee, a correction, a discount)
 * are of that bill alone.  All is one fraction, rounded once, half up. */
#ifndef SM_DOMAIN_PROJECT_H
#define SM_DOMAIN_PROJECT_H

#include <stdint.h>

#include "base/status.h"
#include "domain/bill.h"

/* What USE_MILLI thousandths of UNIT (UN/ECE Rec 20, as the meter counts) and
 * the lines by time come to after the bill LAST, in minor units of its
 * currency.  SM_NOT_FOUND where that bill is no basis: a credit note, no
 * lines by use, nothing metered in UNIT, a sum below zero or beyond 64
 * bits. */
enum sm_status sm_bill_project(int64_t *minor, const struct sm_bill *last,
                               const char *unit, int64_t use_milli)
    SM_MUSTCHECK;

#endif
