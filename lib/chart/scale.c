/* The axis of a chart, and its figures.  Sizes of values are unsigned, so that
 * the least int64_t has one too. */
#include <stdio.h>
#include <string.h>

#include "chart_impl.h"
#include "money/money.h"

#define INTERVALS 4 /* at most five figures at the axis */
#define STEP_MOST 10000000000000000000U
#define LONG_FIGURE 10000000U /* from here on thousands are counted */
#define SHIFT_FROM 50         /* a step of more bits is made shorter first */

static uint64_t size_of(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static uint64_t steps(uint64_t size, uint64_t step)
{
    return size / step + (size % step > 0);
}

/* True if at most COUNT steps reach both ends. */
static bool reaches(uint64_t above, uint64_t below, uint64_t step,
                    unsigned count)
{
    uint64_t up = steps(above, step);

    return up <= count && steps(below, step) <= count - up;
}

uint64_t sm_chart_nice_step(uint64_t above, uint64_t below, unsigned intervals)
{
    static const uint64_t parts[] = {1, 2, 5};
    uint64_t ten = 1;

    for (;;) {
        for (size_t i = 0; i < SM_COUNT(parts); i++) {
            if (parts[i] > STEP_MOST / ten)
                return STEP_MOST;
            if (reaches(above, below, parts[i] * ten, intervals))
                return parts[i] * ten;
        }
        if (ten == STEP_MOST)
            return STEP_MOST;
        ten *= 10;
    }
}

static int decimals_of(const struct sm_chart *chart)
{
    const struct sm_currency *known =
        chart->currency ? sm_currency_find(chart->currency) : NULL;

    return known ? known->exponent : chart->decimals;
}

static uint64_t power(int exponent)
{
    uint64_t ten = 1;

    while (exponent-- > 0)
        ten *= 10;
    return ten;
}

static void reach(uint64_t *above, uint64_t *below, int64_t value)
{
    uint64_t *end = value < 0 ? below : above;

    if (size_of(value) > *end)
        *end = size_of(value);
}

struct sm_chart_scale sm_chart_scale(const struct sm_chart *chart)
{
    struct sm_chart_scale scale;
    uint64_t above = 0, below = 0;

    for (size_t i = 0; i < chart->count; i++) {
        const struct sm_chart_point *point = &chart->points[i];

        if (!point->missing)
            reach(&above, &below, point->value);
        if (point->has_compare)
            reach(&above, &below, point->compare);
    }
    if (chart->has_average)
        reach(&above, &below, chart->average);
    scale.step = sm_chart_nice_step(above, below, INTERVALS);
    if (above == 0 && below == 0)
        scale.step = power(decimals_of(chart));
    scale.above = (int)steps(above, scale.step);
    scale.below = (int)steps(below, scale.step);
    if (scale.above == 0 && scale.below == 0)
        scale.above = 1;
    if (scale.above + scale.below == 1) {
        scale.above *= 2;
        scale.below *= 2;
    }
    return scale;
}

int sm_chart_bar(const struct sm_chart_scale *scale, int64_t value,
                 int step_length)
{
    uint64_t size = size_of(value), step = scale->step;
    uint64_t whole = size / step, rest = size % step;

    while (step >> SHIFT_FROM > 0) {
        step >>= 1;
        rest >>= 1;
    }
    return (int)(whole * (uint64_t)step_length +
                 rest * (uint64_t)step_length / step);
}

/* The unit behind a value or above the axis; "" for none. */
static const char *unit_of(const struct sm_chart *chart)
{
    return chart->unit ? chart->unit : chart->currency ? chart->currency : "";
}

/* Append the unit to TEXT after a space where no line breaks, cut. */
static void add_unit(char out[SM_CHART_NUMBER], const struct sm_chart *chart)
{
    size_t used = strlen(out);

    if (*unit_of(chart))
        snprintf(out + used, SM_CHART_NUMBER - used, "%s%s",
                 used > 0 ? "\xc2\xa0" : "", unit_of(chart));
}

void sm_chart_value(char out[SM_CHART_NUMBER], const struct sm_chart *chart,
                    enum sm_lang lang, int64_t value, bool with_unit)
{
    if (with_unit && chart->currency) {
        sm_format_money(out, SM_CHART_NUMBER, lang, value, chart->currency);
        return;
    }
    sm_format_number(out, SM_CHART_NUMBER, lang, value, decimals_of(chart));
    if (with_unit)
        add_unit(out, chart);
}

/* How many zeros the step ends with. */
static int zeros(uint64_t step)
{
    int count = 0;

    for (; step % 10 == 0; step /= 10)
        count++;
    return count;
}

/* How many zeros of whole units the figures at the axis leave out: 0, 3, 6. */
static int left_out(const struct sm_chart_scale *scale, int decimals)
{
    int most = scale->above > scale->below ? scale->above : scale->below;
    uint64_t whole = scale->step * (uint64_t)most / power(decimals);

    if (whole < LONG_FIGURE)
        return 0;
    return (zeros(scale->step) - decimals) / 3 * 3;
}

/* The decimals of figures at the axis: none where the step is whole, and not
 * more than it needs, but money has all or none. */
static int tick_decimals(const struct sm_chart *chart,
                         const struct sm_chart_scale *scale)
{
    int decimals = decimals_of(chart), ends = zeros(scale->step);

    if (ends >= decimals)
        return 0;
    return chart->currency ? decimals : decimals - ends;
}

void sm_chart_tick(char out[SM_CHART_NUMBER], const struct sm_chart *chart,
                   enum sm_lang lang, const struct sm_chart_scale *scale,
                   int index)
{
    int decimals = decimals_of(chart), shown = tick_decimals(chart, scale);
    uint64_t count = (uint64_t)(index < 0 ? -index : index);
    uint64_t size = scale->step * count / power(decimals - shown) /
                    power(left_out(scale, decimals));
    int64_t number = index < 0 ? -(int64_t)size : (int64_t)size;

    sm_format_number(out, SM_CHART_NUMBER, lang, number, shown);
}

void sm_chart_units(char out[SM_CHART_NUMBER], const struct sm_chart *chart,
                    enum sm_lang lang, const struct sm_chart_scale *scale)
{
    int zeros_out = left_out(scale, decimals_of(chart));

    out[0] = '\0';
    if (zeros_out > 0) {
        size_t used = strlen("×\xc2\xa0");

        snprintf(out, SM_CHART_NUMBER, "×\xc2\xa0");
        sm_format_number(out + used, SM_CHART_NUMBER - used, lang,
                         (int64_t)power(zeros_out), 0);
    }
    add_unit(out, chart);
}
