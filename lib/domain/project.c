#include "domain/project.h"

#include <string.h>

/* Products of 64-bit numbers. */
typedef __int128 wide;

#define RATE_ONE 10000 /* hundredths of a percent in one */

/* The lines of KIND with their taxes, in ten thousandths of a minor unit.
 * False: there are none. */
static bool sum_lines(wide *out, const struct sm_bill *bill,
                      enum sm_bill_line_kind kind)
{
    bool any = false;

    *out = 0;
    for (size_t i = 0; i < bill->nlines; i++) {
        const struct sm_bill_line *line = &bill->lines[i];

        if (line->kind != kind)
            continue;
        any = true;
        *out += (wide)line->net_minor * (RATE_ONE + line->tax_rate_bp);
    }
    return any;
}

static wide sum_metered(const struct sm_bill *bill, const char *unit)
{
    wide milli = 0;

    for (size_t i = 0; i < bill->nregisters; i++) {
        if (strcmp(bill->registers[i].unit, unit) == 0)
            milli += bill->registers[i].quantity_milli;
    }
    return milli;
}

enum sm_status sm_bill_project(int64_t *minor, const struct sm_bill *last,
                               const char *unit, int64_t use_milli)
{
    wide use, fixed, metered, sum;

    metered = sum_metered(last, unit);
    if (last->credit_note || last->cancelled || use_milli < 0 || metered <= 0 ||
        metered > INT64_MAX || !sum_lines(&use, last, SM_BILL_USE))
        return SM_NOT_FOUND;
    (void)sum_lines(&fixed, last, SM_BILL_FIXED);
    if (__builtin_mul_overflow(use, (wide)use_milli, &use) ||
        __builtin_mul_overflow(fixed, metered, &fixed) ||
        __builtin_add_overflow(use, fixed, &sum) || sum < 0)
        return SM_NOT_FOUND;
    metered *= RATE_ONE;
    sum = sum / metered + (sum % metered >= metered - sum % metered);
    if (sum > INT64_MAX)
        return SM_NOT_FOUND;
    *minor = (int64_t)sum;
    return SM_OK;
}
