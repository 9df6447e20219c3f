/* The only source of time.  Rules about business time take an instant as an
 * argument; whoever stands at the top (the dispatcher, a job) asks here once.
 * A test build may shift the wall clock with the setting clock.offset_s. */
#ifndef SM_BASE_CLOCK_H
#define SM_BASE_CLOCK_H

#include <stdint.h>

/* Microseconds since 1970-01-01 00:00 UTC, shifted by the test offset. */
int64_t sm_clock_now_us(void);

/* The real wall clock, never shifted: for signature windows and TLS. */
int64_t sm_clock_real_us(void);

/* Milliseconds of a clock that never jumps, for deadlines. */
int64_t sm_clock_mono_ms(void);

/* Microseconds of the same clock, for measuring. */
int64_t sm_clock_mono_us(void);

/* Shift sm_clock_now_us() by SECONDS.  Called once, before threads start;
 * does nothing unless built with SM_TEST_BUILD. */
void sm_clock_set_offset(int64_t seconds);

/* A calendar day of the proleptic Gregorian calendar. */
struct sm_date {
    int year;  /* 1 to 9999; 0 means "no date" */
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

/* Days since 1970-01-01 (may be negative). */
int64_t sm_date_to_days(struct sm_date date);

/* The inverse of sm_date_to_days(). */
struct sm_date sm_date_from_days(int64_t days);

/* The day of the UTC instant NOW_US in the process's time zone (TZ, set at
 * start from company.time_zone). */
struct sm_date sm_date_local(int64_t now_us);

/* When DATE begins in that zone, in seconds since 1970. */
int64_t sm_date_begins(struct sm_date date);

/* The same as sm_date_local(), and the local wall-clock time as minutes after
 * midnight. */
void sm_local(struct sm_date *date, int *minutes, int64_t now_us);

#endif
