#include "domain/explain.h"

#include <stdlib.h>
#include <string.h>

#include "money/money.h"

/* Products of two 64-bit numbers; what is beyond is found out by checks. */
typedef __int128 wide;

#define MICRO 1000000
#define RATE_ONE 10000 /* hundredths of a percent in one */
/* Beyond any 64-bit sum in millionths; so small that thousands can be added. */
#define LIMIT ((wide)1 << 100)

/* *OUT = A x B / C, rounded half away from zero.  False if it is too large or
 * C is 0. */
static bool multiply(wide *out, wide a, wide b, wide c)
{
    wide product, rest, half;

    if (c == 0 || __builtin_mul_overflow(a, b, &product))
        return false;
    rest = product % c;
    *out = product / c;
    half = c < 0 ? -c : c;
    rest = rest < 0 ? -rest : rest;
    if (rest >= half - rest)
        *out += (product < 0) == (c < 0) ? 1 : -1;
    return *out > -LIMIT && *out < LIMIT;
}

static bool fits(wide value)
{
    return value >= INT64_MIN && value <= INT64_MAX;
}

static int64_t power_of_ten(int exponent)
{
    int64_t power = 1;

    while (exponent-- > 0)
        power *= 10;
    return power;
}

enum sm_explain_fit sm_explain_line(int64_t *product_minor,
                                    const struct sm_bill_line *line,
                                    int exponent)
{
    int64_t unit = power_of_ten(12 - exponent);
    wide product = (wide)line->quantity_micro * line->price_micro;
    wide minor;

    *product_minor = 0;
    if (!line->has_price)
        return SM_EXPLAIN_NO_PRICE;
    if (!multiply(&minor, product, 1, unit) || !fits(minor))
        return SM_EXPLAIN_DIFFERS;
    *product_minor = (int64_t)minor;
    if (minor != line->net_minor)
        return SM_EXPLAIN_DIFFERS;
    return product % unit == 0 ? SM_EXPLAIN_EXACT : SM_EXPLAIN_ROUNDED;
}

/* Lines of one bill that have the same kind, name and unit, as one. */
struct group {
    const struct sm_bill_line *first;
    wide quantity; /* millionths */
    wide net;      /* minor units */
    wide tax;      /* sum of net x rate */
    bool one_rate;
    bool priced; /* each line is FIRST's price times its quantity */
};

/* The groups of a bill, in the order of their key. */
struct groups {
    struct group *at;
    size_t count;
};

static int compare_keys(const struct sm_bill_line *a,
                        const struct sm_bill_line *b)
{
    int order = (a->kind > b->kind) - (a->kind < b->kind);

    if (order == 0)
        order = strcmp(a->name, b->name);
    return order != 0 ? order : strcmp(a->unit, b->unit);
}

static int compare_groups(const void *a, const void *b)
{
    const struct group *one = a, *two = b;

    return compare_keys(one->first, two->first);
}

static void join(struct group *to, const struct group *from)
{
    to->quantity += from->quantity;
    to->net += from->net;
    to->tax += from->tax;
    to->one_rate &= from->one_rate &&
                    to->first->tax_rate_bp == from->first->tax_rate_bp;
    to->priced &= from->priced &&
                  to->first->price_micro == from->first->price_micro;
}

/* Release OUT->at with free(). */
static enum sm_status make_groups(struct groups *out,
                                  const struct sm_bill *bill, int exponent,
                                  struct sm_error *err)
{
    int64_t product;
    size_t n = bill->nlines;

    out->count = 0;
    out->at = calloc(n > 0 ? n : 1, sizeof(*out->at));
    if (out->at == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    for (size_t i = 0; i < n; i++) {
        const struct sm_bill_line *line = &bill->lines[i];
        enum sm_explain_fit fit = sm_explain_line(&product, line, exponent);

        out->at[i] = (struct group){
            .first = line,
            .quantity = line->quantity_micro,
            .net = line->net_minor,
            .tax = (wide)line->net_minor * line->tax_rate_bp,
            .one_rate = true,
            .priced = fit == SM_EXPLAIN_EXACT || fit == SM_EXPLAIN_ROUNDED};
    }
    qsort(out->at, n, sizeof(*out->at), compare_groups);
    for (size_t i = 0; i < n; i++)
        if (out->count > 0 &&
            compare_groups(&out->at[out->count - 1], &out->at[i]) == 0)
            join(&out->at[out->count - 1], &out->at[i]);
        else
            out->at[out->count++] = out->at[i];
    return SM_OK;
}

/* Millionths of a minor unit for a millionth of a quantity. */
struct price {
    wide above, below;
};

/* False if the group has none. */
static bool price_of(struct price *out, const struct group *g, int exponent)
{
    if (g->priced)
        *out = (struct price){g->first->price_micro,
                              power_of_ten(12 - exponent) / MICRO};
    else
        *out = (struct price){g->net * MICRO, g->quantity};
    return out->below != 0;
}

/* What is summed over the lines, millionths of a minor unit. */
struct sums {
    wide consumption, price, days, tax;
};

/* Two groups that belong together, and what they are reckoned with. */
struct pair {
    const struct group *before, *now;
    struct price p0, p1;
    wide rate, rate_one; /* the tax of before: RATE / RATE_ONE */
};

/* The value between two steps, with the tax of before. */
static bool add_step(wide *sum, const struct pair *p, wide from, wide to)
{
    wide tax;

    if (!multiply(&tax, to - from, p->rate, p->rate_one))
        return false;
    *sum += to - from + tax;
    return true;
}

/* Walk from q0 x p0 to q1 x p1. */
static bool walk(struct sums *sums, const struct pair *p, int d0, int d1)
{
    wide q0 = p->before->quantity, q1 = p->now->quantity;
    wide start, days, used, end;
    bool by_use = p->now->first->kind == SM_BILL_USE;

    if (!multiply(&start, q0, p->p0.above, p->p0.below) ||
        !multiply(&used, q1, p->p0.above, p->p0.below) ||
        !multiply(&end, q1, p->p1.above, p->p1.below))
        return false;
    days = by_use ? start : used;
    if (by_use && d0 > 0 && d1 > 0 && !multiply(&days, start, d1, d0))
        return false;
    return add_step(&sums->days, p, start, days) &&
           add_step(&sums->consumption, p, days, used) &&
           add_step(&sums->price, p, used, end);
}

/* The tax on the new net sum, less what the old rate would make. */
static bool add_tax(struct sums *sums, const struct pair *p)
{
    wide old;

    if (!multiply(&old, p->now->net * MICRO, p->rate, p->rate_one))
        return false;
    sums->tax += p->now->tax * (MICRO / RATE_ONE) - old;
    return true;
}

static void set_rate(struct pair *p)
{
    const struct group *g = p->before;

    p->rate = g->first->tax_rate_bp;
    p->rate_one = RATE_ONE;
    if (!g->one_rate && g->net != 0) {
        p->rate = g->tax;
        p->rate_one = g->net * RATE_ONE;
    }
}

static bool add_pair(struct sums *sums, const struct group *before,
                     const struct group *now, int exponent,
                     const struct sm_explain_change *change)
{
    struct pair p = {.before = before, .now = now};
    bool has0 = price_of(&p.p0, before, exponent);
    bool has1 = price_of(&p.p1, now, exponent);

    if (now->first->kind == SM_BILL_OTHER || (!has0 && !has1))
        return true;
    if (!has0)
        p.p0 = p.p1;
    if (!has1)
        p.p1 = p.p0;
    set_rate(&p);
    return walk(sums, &p, change->days_before, change->days_now) &&
           add_tax(sums, &p);
}

/* Round the sums and leave the rest to "other". */
static bool finish(struct sm_explain_change *out, const struct sums *sums,
                   wide difference)
{
    const wide parts[] = {sums->consumption, sums->price, sums->days,
                          sums->tax};
    int64_t *const to[] = {&out->consumption_minor, &out->price_minor,
                           &out->days_minor, &out->tax_minor};
    wide other = difference, minor;

    for (size_t i = 0; i < SM_COUNT(parts); i++) {
        if (!multiply(&minor, parts[i], 1, MICRO) || !fits(minor))
            return false;
        *to[i] = (int64_t)minor;
        other -= minor;
    }
    out->difference_minor = (int64_t)difference;
    out->other_minor = (int64_t)other;
    return fits(difference) && fits(other);
}

static bool split(struct sm_explain_change *out, const struct groups *before,
                  const struct groups *now, int exponent, wide difference)
{
    struct sums sums = {0};
    size_t b = 0, n = 0;

    while (b < before->count && n < now->count) {
        int order = compare_groups(&before->at[b], &now->at[n]);

        if (order == 0 &&
            !add_pair(&sums, &before->at[b], &now->at[n], exponent, out))
            return false;
        b += order <= 0;
        n += order >= 0;
    }
    return finish(out, &sums, difference);
}

enum sm_status sm_explain_change(struct sm_explain_change *out,
                                 const struct sm_bill *now,
                                 const struct sm_bill *before,
                                 struct sm_error *err)
{
    const struct sm_currency *currency = sm_currency_find(now->currency);
    wide difference = (wide)now->payable_minor - before->payable_minor;
    struct groups old = {NULL, 0}, new = {NULL, 0};
    enum sm_status status;

    *out = (struct sm_explain_change){
        .days_before =
            sm_period_days((struct sm_period){before->from, before->to}),
        .days_now = sm_period_days((struct sm_period){now->from, now->to})};
    if (now->credit_note || before->credit_note || now->cancelled ||
        before->cancelled || strcmp(now->currency, before->currency) != 0)
        return SM_FAIL(err, SM_CONFLICT, "explain: not to be compared");
    if (currency == NULL)
        return SM_FAIL(err, SM_INVALID, "explain: no such currency");
    status = make_groups(&old, before, currency->exponent, err);
    if (status == SM_OK)
        status = make_groups(&new, now, currency->exponent, err);
    if (status == SM_OK &&
        !split(out, &old, &new, currency->exponent, difference))
        status = SM_FAIL(err, SM_INVALID, "explain: a sum is too large");
    free(old.at);
    free(new.at);
    return status;
}

int sm_period_days(struct sm_period period)
{
    int64_t days;

    if (period.from.year == 0 || period.to.year == 0)
        return 0;
    days = sm_date_to_days(period.to) - sm_date_to_days(period.from) + 1;
    return days > 0 ? (int)days : 0;
}

int sm_explain_last_period(const struct sm_period *periods, size_t count,
                           size_t of)
{
    int days = sm_period_days(periods[of]), best = -1, best_off = 0;
    int64_t begin, best_end = 0;

    if (days == 0)
        return -1;
    begin = sm_date_to_days(periods[of].from);
    for (size_t i = 0; i < count; i++) {
        int off = abs(sm_period_days(periods[i]) - days);
        int64_t end;

        if (i == of || sm_period_days(periods[i]) == 0)
            continue;
        end = sm_date_to_days(periods[i].to);
        if (end >= begin ||
            (best >= 0 &&
             (end < best_end || (end == best_end && off >= best_off))))
            continue;
        best = (int)i;
        best_end = end;
        best_off = off;
    }
    return best;
}

/* The day a year before DATE, in days since 1970; of 29 February the 28th. */
static int64_t year_before(struct sm_date date)
{
    if (date.month == 2 && date.day == 29)
        date.day = 28;
    date.year--;
    return sm_date_to_days(date);
}

int sm_explain_last_year(const struct sm_period *periods, size_t count,
                         size_t of)
{
    int64_t from, to, best_shared = 0;
    int best = -1;

    if (sm_period_days(periods[of]) == 0)
        return -1;
    from = year_before(periods[of].from);
    to = year_before(periods[of].to);
    for (size_t i = 0; i < count; i++) {
        int64_t days = sm_period_days(periods[i]);
        int64_t first, last, shared;

        if (i == of || days == 0)
            continue;
        first = sm_date_to_days(periods[i].from);
        last = sm_date_to_days(periods[i].to);
        shared = (last < to ? last : to) - (first > from ? first : from) + 1;
        if (2 * shared < days || 2 * shared < to - from + 1 ||
            shared <= best_shared)
            continue;
        best = (int)i;
        best_shared = shared;
    }
    return best;
}
