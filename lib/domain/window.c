#include "domain/window.h"

#include <string.h>

/* The months looked at: one before for a window that crosses the month's end,
 * and as many after as the rarest rule needs to come round. */
enum { MONTHS_BEFORE = 1, MONTHS_AFTER = 13 };

/* Days since 1970 of DAY in the month numbered MONTH (year * 12 + month - 1),
 * cut to the length of that month. */
static int64_t day_of(int month, int day)
{
    struct sm_date first = {month / 12, month % 12 + 1, 1};
    struct sm_date next = {(month + 1) / 12, (month + 1) % 12 + 1, 1};
    int64_t begin = sm_date_to_days(first);
    int64_t end = sm_date_to_days(next) - 1;

    return begin + day - 1 < end ? begin + day - 1 : end;
}

static bool span_valid(const struct sm_window_span *span)
{
    return span->from.year > 0 &&
           sm_date_to_days(span->from) <= sm_date_to_days(span->to);
}

bool sm_window_rule_valid(const struct sm_window_rule *rule)
{
    bool days = rule->first_day != 0;

    for (size_t i = 0; i < rule->nspans; i++)
        if (!span_valid(&rule->spans[i]))
            return false;
    if (!days)
        return rule->last_day == 0;
    return rule->first_day >= 1 && rule->first_day <= 31 &&
           rule->last_day >= 1 && rule->last_day <= 31 &&
           rule->every_months >= 1 && rule->every_months <= 12 &&
           12 % rule->every_months == 0 && rule->base_month >= 1 &&
           rule->base_month <= 12;
}

/* One window more, in days since 1970. */
static void consider(struct sm_window *out, int64_t day, int64_t from,
                     int64_t to)
{
    struct sm_window_span span = {sm_date_from_days(from),
                                  sm_date_from_days(to)};

    if (from <= day && day <= to) {
        bool later = !out->open || from > sm_date_to_days(out->now.from) ||
                     (from == sm_date_to_days(out->now.from) &&
                      to > sm_date_to_days(out->now.to));

        if (later) {
            out->open = true;
            out->now = span;
            out->days_left = to - day + 1;
        }
    } else if (from > day) {
        bool sooner = !out->has_next ||
                      from < sm_date_to_days(out->next.from) ||
                      (from == sm_date_to_days(out->next.from) &&
                       to > sm_date_to_days(out->next.to));

        if (sooner) {
            out->has_next = true;
            out->next = span;
            out->days_until = from - day;
        }
    }
}

void sm_window_at(struct sm_window *out, const struct sm_window_rule *rule,
                  struct sm_date day)
{
    int64_t at = sm_date_to_days(day);
    int month = day.year * 12 + day.month - 1;

    memset(out, 0, sizeof(*out));
    for (int m = month - MONTHS_BEFORE;
         rule->first_day != 0 && m <= month + MONTHS_AFTER; m++) {
        if ((m % 12 + 1 - rule->base_month + 12) % rule->every_months != 0)
            continue;
        consider(out, at, day_of(m, rule->first_day),
                 day_of(rule->last_day < rule->first_day ? m + 1 : m,
                        rule->last_day));
    }
    for (size_t i = 0; i < rule->nspans; i++)
        consider(out, at, sm_date_to_days(rule->spans[i].from),
                 sm_date_to_days(rule->spans[i].to));
}
