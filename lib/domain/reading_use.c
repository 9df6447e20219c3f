/* What was used, from what the dials showed. */
#include "domain/reading.h"

enum { YEAR_DAYS_LEAST = 60 };

int64_t sm_register_full(int digits)
{
    int64_t full = 1000;

    for (int i = 0; i < digits; i++)
        full *= 10;
    return full;
}

bool sm_reading_rolled(int64_t last_milli, int64_t value_milli,
                       int64_t full_milli)
{
    return last_milli > full_milli / 10 * 9 && value_milli < full_milli / 10;
}

int64_t sm_reading_step(int64_t last_milli, int64_t value_milli,
                        int64_t full_milli)
{
    if (value_milli >= last_milli)
        return value_milli - last_milli;
    if (sm_reading_rolled(last_milli, value_milli, full_milli))
        return value_milli + full_milli - last_milli;
    return 0;
}

int64_t sm_reading_real(int64_t step_milli, int64_t factor_milli)
{
    return step_milli / 1000 * factor_milli +
           step_milli % 1000 * factor_milli / 1000;
}

int64_t sm_reading_rate(int64_t use_milli, int64_t days)
{
    int64_t rate;

    if (__builtin_mul_overflow(use_milli / days, 1000, &rate) ||
        rate >= SM_RATE_MAX)
        return SM_RATE_MAX;
    return rate + use_milli % days * 1000 / days;
}

int64_t sm_use_between(int64_t *days, const struct sm_use_segment *segments,
                       size_t count, int64_t from, int64_t to)
{
    int64_t use = 0;

    *days = 0;
    for (size_t i = 0; i < count; i++) {
        const struct sm_use_segment *s = &segments[i];
        int64_t begin = s->from > from ? s->from : from;
        int64_t end = s->to < to ? s->to : to;
        int64_t length = s->to - s->from;
        int64_t part;

        if (begin >= end)
            continue;
        /* use * (end - begin) / length, without passing 64 bits */
        part = s->use_milli / length * (end - begin) +
               s->use_milli % length * (end - begin) / length;
        if (__builtin_add_overflow(use, part, &use))
            use = INT64_MAX;
        *days += end - begin;
    }
    return use;
}

int64_t sm_use_season(const struct sm_use_segment *segments, size_t count,
                      int64_t last_on, int64_t read_on)
{
    int64_t days, use;

    if (last_on >= read_on)
        return SM_RATE_UNKNOWN;
    use = sm_use_between(&days, segments, count, last_on - SM_READING_YEAR_DAYS,
                         read_on - SM_READING_YEAR_DAYS);
    if (days == 0 || 2 * days < read_on - last_on)
        return SM_RATE_UNKNOWN;
    return sm_reading_rate(use, days);
}

int64_t sm_use_year(const struct sm_use_segment *segments, size_t count,
                    int64_t last_on)
{
    int64_t days, use;

    use = sm_use_between(&days, segments, count, last_on - SM_READING_YEAR_DAYS,
                         last_on);
    return days < YEAR_DAYS_LEAST ? SM_RATE_UNKNOWN
                                  : sm_reading_rate(use, days);
}

/* VALUE / BY rounded half up; both positive or VALUE zero. */
static int64_t divide(int64_t value, int64_t by)
{
    return value / by + (value % by >= by - value % by);
}

enum sm_status sm_bill_estimate(int64_t *minor, int64_t use_milli,
                                int64_t price_micro, int64_t tax_bp,
                                int exponent)
{
    int64_t by = INT64_C(1000000000); /* milli and micro */
    int64_t net, tax, sum;

    if (use_milli < 0 || price_micro < 0 || tax_bp < 0 || tax_bp > 10000 ||
        exponent < 0 || exponent > 4)
        return SM_INVALID;
    for (int i = 0; i < exponent; i++)
        by /= 10;
    if (__builtin_mul_overflow(use_milli, price_micro, &net))
        return SM_INVALID;
    net = divide(net, by);
    if (__builtin_mul_overflow(net, tax_bp, &tax))
        return SM_INVALID;
    if (__builtin_add_overflow(net, divide(tax, 10000), &sum))
        return SM_INVALID;
    *minor = sum;
    return SM_OK;
}
