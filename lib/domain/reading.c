#include "domain/reading.h"

#include <string.h>

/* The length of a blank at TEXT, 0 if there is none.  What is pasted may have
 * U+00A0 and U+202F. */
static size_t blank_at(const char *text)
{
    static const char *const blanks[] = {" ", "\t", "\xc2\xa0", "\xe2\x80\xaf"};

    for (size_t i = 0; i < SM_COUNT(blanks); i++) {
        size_t len = strlen(blanks[i]);

        if (strncmp(text, blanks[i], len) == 0)
            return len;
    }
    return 0;
}

static size_t digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

enum sm_reading_outcome sm_reading_parse(int64_t *out, const char *text,
                                         int digits, int decimals)
{
    size_t whole, part = 0, blank;
    const char *first, *behind;
    int64_t value = 0;

    while ((blank = blank_at(text)) > 0)
        text += blank;
    if (*text == '\0')
        return SM_READING_EMPTY;
    first = text;
    whole = digits_at(first);
    behind = first + whole;
    if (whole > 0 && (*behind == ',' || *behind == '.')) {
        part = digits_at(behind + 1);
        behind += part > 0 ? part + 1 : 0;
    }
    while ((blank = blank_at(behind)) > 0)
        behind += blank;
    if (whole == 0 || *behind != '\0')
        return SM_READING_NOT_DIGITS;
    if (whole > (size_t)digits)
        return SM_READING_TOO_LONG;
    if (part > (size_t)decimals)
        return SM_READING_DECIMALS;
    for (size_t i = 0; i < whole; i++)
        value = value * 10 + (first[i] - '0');
    for (size_t i = 0; i < SM_REGISTER_DECIMALS_MAX; i++)
        value = value * 10 + (i < part ? first[whole + 1 + i] - '0' : 0);
    *out = value;
    return SM_READING_OK;
}

static bool fits_dial(enum sm_reading_outcome *why, const struct sm_register *r,
                      int64_t value_milli)
{
    int64_t least = 1000;

    for (int i = 0; i < r->decimals; i++)
        least /= 10;
    if (value_milli < 0 || value_milli >= sm_register_full(r->digits))
        *why = SM_READING_TOO_LONG;
    else if (value_milli % least != 0)
        *why = SM_READING_DECIMALS;
    else
        return true;
    return false;
}

/* What VALUE is to the last index: fills the use of OUT. */
static enum sm_reading_outcome against_last(struct sm_reading_finding *out,
                                            const struct sm_register *r,
                                            int64_t value_milli,
                                            int64_t read_on)
{
    enum sm_reading_outcome outcome = SM_READING_OK;
    int64_t full = sm_register_full(r->digits);
    int64_t last = r->last_milli, on = sm_date_to_days(r->last_on);

    if (value_milli < last) {
        if (sm_reading_rolled(last, value_milli, full)) {
            out->rolled = true;
        } else if (r->last_estimated &&
                   (!r->has_true || value_milli >= r->true_milli)) {
            outcome = SM_READING_BELOW_ESTIMATE;
            last = r->has_true ? r->true_milli : value_milli;
            on = r->has_true ? sm_date_to_days(r->true_on) : on;
        } else {
            return SM_READING_LOWER;
        }
    }
    if (read_on <= sm_date_to_days(r->last_on))
        return SM_READING_NOT_LATER;
    out->has_use = true;
    out->use_milli = sm_reading_real(sm_reading_step(last, value_milli, full),
                                     r->factor_milli);
    out->days = read_on - on;
    out->day_micro = sm_reading_rate(out->use_milli, out->days);
    return outcome;
}

static enum sm_reading_outcome against_dates(const struct sm_window *window,
                                             int64_t read_on, int64_t today)
{
    if (read_on > today)
        return SM_READING_FUTURE;
    if (window && !window->open)
        return SM_READING_CLOSED;
    if (window && read_on < sm_date_to_days(window->now.from))
        return SM_READING_EARLY;
    return SM_READING_OK;
}

static int64_t floored(int64_t rate)
{
    return rate < SM_RATE_LEAST ? SM_RATE_LEAST : rate;
}

/* Use a day against the same season and the year before: what is usual in
 * either of them is. */
static enum sm_reading_outcome against_usual(struct sm_reading_finding *out,
                                             const struct sm_register *r)
{
    int64_t season = r->season_micro, year = r->year_micro;
    int64_t most, least;

    if (season == SM_RATE_UNKNOWN)
        season = year;
    if (year == SM_RATE_UNKNOWN)
        year = season;
    if (season == SM_RATE_UNKNOWN)
        return SM_READING_OK;
    most = floored(season > year ? season : year);
    least = floored(season < year ? season : year);
    out->usual_micro = most;
    if (out->day_micro > 10 * most)
        return SM_READING_VERY_HIGH;
    if (out->day_micro > 4 * most)
        return SM_READING_HIGH;
    out->usual_micro = least;
    if (least > SM_RATE_LEAST && 4 * out->day_micro < least)
        return SM_READING_LOW;
    return SM_READING_OK;
}

static void check_one(struct sm_reading_finding *out,
                      const struct sm_register *r, int64_t value_milli,
                      struct sm_date read_on, struct sm_date today,
                      const struct sm_window *window)
{
    int64_t on = sm_date_to_days(read_on);
    enum sm_reading_outcome last = SM_READING_OK, dates;

    *out = (struct sm_reading_finding){.usual_micro = SM_RATE_UNKNOWN};
    if (!fits_dial(&out->outcome, r, value_milli))
        return;
    if (r->has_last)
        last = against_last(out, r, value_milli, on);
    out->outcome = last;
    if (sm_reading_refused(last))
        return;
    dates = against_dates(window, on, sm_date_to_days(today));
    if (dates != SM_READING_OK)
        out->outcome = dates;
    else if (last == SM_READING_OK && out->has_use && out->use_milli == 0)
        out->outcome = SM_READING_ZERO;
    else if (last == SM_READING_OK && out->has_use)
        out->outcome = against_usual(out, r);
}

/* How wrong a value looks; what its date alone says does not count. */
static int weight(enum sm_reading_outcome outcome)
{
    switch (outcome) {
    case SM_READING_TOO_LONG:
    case SM_READING_DECIMALS:
    case SM_READING_LOWER:
        return 3;
    case SM_READING_VERY_HIGH:
        return 2;
    case SM_READING_BELOW_ESTIMATE:
    case SM_READING_LOW:
    case SM_READING_HIGH:
        return 1;
    case SM_READING_OK:
    case SM_READING_EMPTY:
    case SM_READING_NOT_DIGITS:
    case SM_READING_NOT_LATER:
    case SM_READING_FUTURE:
    case SM_READING_CLOSED:
    case SM_READING_EARLY:
    case SM_READING_ZERO:
        break;
    }
    return 0;
}

static enum sm_reading_swap swap_of(enum sm_register_kind a,
                                    enum sm_register_kind b)
{
    if (a == SM_REGISTER_DAY && b == SM_REGISTER_NIGHT)
        return SM_SWAP_DAY_NIGHT;
    if ((a == SM_REGISTER_IMPORT || a == SM_REGISTER_SINGLE) &&
        b == SM_REGISTER_EXPORT)
        return SM_SWAP_DIRECTION;
    return SM_SWAP_NONE;
}

static int max_of(int a, int b)
{
    return a > b ? a : b;
}

void sm_reading_check(struct sm_reading_finding *out,
                      struct sm_reading_hint *hint,
                      const struct sm_register *registers,
                      const int64_t *values_milli, size_t count,
                      struct sm_date read_on, struct sm_date today,
                      const struct sm_window *window)
{
    for (size_t i = 0; i < count; i++)
        check_one(&out[i], &registers[i], values_milli[i], read_on, today,
                  window);
    if (!hint)
        return;
    *hint = (struct sm_reading_hint){.swap = SM_SWAP_NONE};
    for (size_t a = 0; a < count; a++) {
        for (size_t b = 0; b < count; b++) {
            enum sm_reading_swap swap =
                swap_of(registers[a].kind, registers[b].kind);
            struct sm_reading_finding x, y;

            if (swap == SM_SWAP_NONE || hint->swap != SM_SWAP_NONE)
                continue;
            check_one(&x, &registers[a], values_milli[b], read_on, today,
                      window);
            check_one(&y, &registers[b], values_milli[a], read_on, today,
                      window);
            if (max_of(weight(x.outcome), weight(y.outcome)) <
                max_of(weight(out[a].outcome), weight(out[b].outcome)))
                *hint = (struct sm_reading_hint){swap, a, b};
        }
    }
}

bool sm_reading_refused(enum sm_reading_outcome outcome)
{
    return outcome != SM_READING_OK && outcome < SM_READING_BELOW_ESTIMATE;
}

int sm_reading_confirm(enum sm_reading_outcome outcome)
{
    if (outcome < SM_READING_BELOW_ESTIMATE)
        return 0;
    return outcome == SM_READING_VERY_HIGH ? 2 : 1;
}

const char *sm_reading_word(enum sm_reading_outcome outcome)
{
    static const char *const words[] = {
        [SM_READING_OK] = "ok",
        [SM_READING_EMPTY] = "empty",
        [SM_READING_NOT_DIGITS] = "not_digits",
        [SM_READING_TOO_LONG] = "too_long",
        [SM_READING_DECIMALS] = "decimals",
        [SM_READING_LOWER] = "lower",
        [SM_READING_NOT_LATER] = "not_later",
        [SM_READING_FUTURE] = "future",
        [SM_READING_CLOSED] = "closed",
        [SM_READING_EARLY] = "early",
        [SM_READING_BELOW_ESTIMATE] = "below_estimate",
        [SM_READING_ZERO] = "zero",
        [SM_READING_LOW] = "low",
        [SM_READING_HIGH] = "high",
        [SM_READING_VERY_HIGH] = "very_high",
    };

    return words[outcome];
}
