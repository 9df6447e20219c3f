#include "domain/series.h"

#include <string.h>

enum { MONTHS = 144, MIDDLE = 15 };

#define MOST (INT64_MAX / 100)

/* All figures that count in a month. */
struct slot {
    bool has, belongs, estimated;
    struct sm_date from, to;
    int64_t value, days;
    int64_t counted; /* last day that is in DAYS, since 1970 */
};

struct slots {
    struct slot at[MONTHS]; /* the last is month number END */
    int64_t end;
    int64_t units_in_one;
};

/* Months since the year 0. */
static int64_t month_of(struct sm_date date)
{
    return (int64_t)date.year * 12 + date.month - 1;
}

/* The months that a figure belongs to; it counts in *LAST. */
static void months(int64_t *first, int64_t *last,
                   const struct sm_series_figure *figure)
{
    int64_t from, to = month_of(figure->to) - (figure->to.day < MIDDLE);

    *first = *last = month_of(figure->to);
    if (figure->from.year == 0)
        return;
    from = month_of(figure->from) + (figure->from.day > MIDDLE);
    if (from > to)
        return;
    *first = from;
    *last = to;
}

static struct slot *slot_of(struct slots *slots, int64_t month)
{
    int64_t back = slots->end - month;

    return back >= 0 && back < MONTHS ? &slots->at[MONTHS - 1 - back] : NULL;
}

/* Count each day once; figures come in the order of their first days. */
static void add_days(struct slot *slot, const struct sm_series_figure *figure)
{
    int64_t from, to = sm_date_to_days(figure->to);

    if (figure->from.year == 0)
        return;
    from = sm_date_to_days(figure->from);
    if (slot->days > 0 && from <= slot->counted)
        from = slot->counted + 1;
    if (to < from)
        return;
    slot->days += to - from + 1;
    slot->counted = to;
}

static bool add_figure(struct slots *slots,
                       const struct sm_series_figure *figure)
{
    struct sm_date from = figure->from.year ? figure->from : figure->to;
    int64_t first, last;
    struct slot *slot;

    months(&first, &last, figure);
    for (int64_t m = first; m <= last; m++) {
        slot = slot_of(slots, m);
        if (slot)
            slot->belongs = true;
    }
    slot = slot_of(slots, last);
    if (!slot)
        return true;
    if (!slot->has || sm_date_to_days(from) < sm_date_to_days(slot->from))
        slot->from = from;
    if (!slot->has || sm_date_to_days(figure->to) > sm_date_to_days(slot->to))
        slot->to = figure->to;
    slot->has = true;
    slot->estimated |= figure->estimated;
    add_days(slot, figure);
    return !__builtin_add_overflow(slot->value, figure->value, &slot->value) &&
           slot->value <= MOST && slot->value >= -MOST;
}

/* A / B rounded half away from zero; B is above zero. */
static int64_t divide(__int128 a, __int128 b)
{
    __int128 half = a < 0 ? -b / 2 : b / 2;

    return (int64_t)((a + half) / b);
}

/* In hundredths; VALUE may be the sum of many. */
static int64_t per_day(const struct slots *slots, __int128 value, int64_t days)
{
    return divide(value * 100, (__int128)slots->units_in_one * days);
}

static void set_point(struct sm_series_point *point, struct slots *slots,
                      int64_t month)
{
    const struct slot *slot = slot_of(slots, month);
    const struct slot *before = slot_of(slots, month - 12);

    memset(point, 0, sizeof(*point));
    point->year = (int)(month / 12);
    point->month = (int)(month % 12) + 1;
    point->missing = !slot->has;
    point->from = slot->from;
    point->to = slot->to;
    point->estimated = slot->estimated;
    point->value = slot->value;
    point->days = slot->days;
    if (slot->days > 0)
        point->per_day = per_day(slots, slot->value, slot->days);
    if (!before || !before->has)
        return;
    point->has_last_year = true;
    point->last_year = before->value;
    point->has_last_year_per_day = before->days > 0;
    if (before->days > 0)
        point->last_year_per_day = per_day(slots, before->value, before->days);
}

/* Months that are points, from the newest back to the oldest with a value;
 * then the other way round. */
static void pick(struct sm_series *out, struct slots *slots)
{
    int oldest = 0;
    size_t n = 0;

    while (oldest < MONTHS && !slots->at[oldest].has)
        oldest++;
    for (int i = MONTHS - 1; i >= oldest && n < SM_SERIES_POINTS; i--)
        if (slots->at[i].has || !slots->at[i].belongs)
            set_point(&out->points[SM_SERIES_POINTS - ++n], slots,
                      slots->end - (MONTHS - 1 - i));
    memmove(out->points, out->points + SM_SERIES_POINTS - n,
            n * sizeof(*out->points));
    out->count = n;
}

static void sum_up(struct sm_series *out, const struct slots *slots)
{
    __int128 sum = 0, sum_of_days = 0;
    int64_t n = 0, days = 0;

    for (size_t i = 0; i < out->count; i++) {
        const struct sm_series_point *p = &out->points[i];

        out->any_estimated |= p->estimated;
        out->any_missing |= p->missing;
        out->any_last_year |= p->has_last_year;
        if (p->missing)
            continue;
        if (n == 0 || p->value > out->points[out->highest].value)
            out->highest = i;
        if (n == 0 || p->value < out->points[out->lowest].value)
            out->lowest = i;
        sum += p->value;
        n++;
        days += p->days;
        sum_of_days += p->days > 0 ? p->value : 0;
    }
    out->has_average = n > 0;
    if (n > 0)
        out->average = divide(sum, n);
    out->has_average_per_day = days > 0;
    if (days > 0)
        out->average_per_day = per_day(slots, sum_of_days, days);
}

enum sm_status sm_series_make(struct sm_series *out,
                              const struct sm_series_figure *figures,
                              size_t count, int64_t units_in_one,
                              struct sm_error *err)
{
    struct slots slots = {.end = -1, .units_in_one = units_in_one};
    int64_t first, last;

    memset(out, 0, sizeof(*out));
    for (size_t i = 0; i < count; i++) {
        months(&first, &last, &figures[i]);
        if (last > slots.end)
            slots.end = last;
    }
    for (size_t i = 0; i < count; i++)
        if (!add_figure(&slots, &figures[i]))
            return SM_FAIL(err, SM_INVALID, "series: a sum is too large");
    if (count == 0)
        return SM_OK;
    pick(out, &slots);
    sum_up(out, &slots);
    return SM_OK;
}
