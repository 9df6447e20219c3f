#include "base/clock.h"

#include <time.h>

#define US_PER_S INT64_C(1000000)
#define DAYS_PER_ERA INT64_C(146097)  /* 400 years */
#define DAYS_TO_EPOCH INT64_C(719468) /* from 0000-03-01 to 1970-01-01 */

#ifdef SM_TEST_BUILD
static int64_t offset_us;
#endif

static int64_t read_us(clockid_t clock)
{
    struct timespec now;

    /* Cannot fail for the two clocks used here. */
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * US_PER_S + now.tv_nsec / 1000;
}

int64_t sm_clock_real_us(void)
{
    return read_us(CLOCK_REALTIME);
}

int64_t sm_clock_now_us(void)
{
#ifdef SM_TEST_BUILD
    return sm_clock_real_us() + offset_us;
#else
    return sm_clock_real_us();
#endif
}

int64_t sm_clock_mono_us(void)
{
    return read_us(CLOCK_MONOTONIC);
}

int64_t sm_clock_mono_ms(void)
{
    return sm_clock_mono_us() / 1000;
}

void sm_clock_set_offset(int64_t seconds)
{
#ifdef SM_TEST_BUILD
    offset_us = seconds * US_PER_S;
#else
    (void)seconds;
#endif
}

/* Division that rounds down, for days before the epoch. */
static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Years are counted from March, so that the leap day is a year's last day;
 * 400 such years (an era) always have the same number of days. */
int64_t sm_date_to_days(struct sm_date date)
{
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = floor_div(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 -
                         year_of_era / 100 + day_of_year;

    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

struct sm_date sm_date_from_days(int64_t days)
{
    int64_t shifted = days + DAYS_TO_EPOCH;
    int64_t era = floor_div(shifted, DAYS_PER_ERA);
    int64_t day_of_era = shifted - era * DAYS_PER_ERA;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                           day_of_era / 146096) /
                          365;
    int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    struct sm_date date;

    date.day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    date.month = (int)(month < 10 ? month + 3 : month - 9);
    date.year = (int)(year_of_era + era * 400 + (date.month <= 2));
    return date;
}

static struct tm local(int64_t now_us)
{
    time_t seconds = (time_t)floor_div(now_us, US_PER_S);
    struct tm tm = {0};

    localtime_r(&seconds, &tm);
    return tm;
}

void sm_local(struct sm_date *date, int *minutes, int64_t now_us)
{
    struct tm tm = local(now_us);

    *date = (struct sm_date){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday};
    *minutes = tm.tm_hour * 60 + tm.tm_min;
}

int64_t sm_date_begins(struct sm_date date)
{
    struct tm tm = {.tm_year = date.year - 1900,
                    .tm_mon = date.month - 1,
                    .tm_mday = date.day,
                    .tm_isdst = -1};

    return (int64_t)mktime(&tm);
}

struct sm_date sm_date_local(int64_t now_us)
{
    struct sm_date date;
    int minutes;

    sm_local(&date, &minutes, now_us);
    return date;
}
