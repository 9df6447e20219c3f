/* What a meter shows: reading what a person typed, the checks in their order,
 * and what was used.
 *
 * An index is kept in thousandths of the register's unit (_milli), as the
 * dial shows it.  Use is in thousandths of real units: what the dial moved
 * times the factor of the meter's transformers.  Rates are millionths of a
 * unit a day (_micro), rounded down, at most SM_RATE_MAX.  There is no
 * floating point, and nothing overflows for registers within their bounds.
 *
 * meter.submit() holds the same rules in the database, under a lock; a test
 * compares the two. */
#ifndef SM_DOMAIN_READING_H
#define SM_DOMAIN_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/status.h"
#include "domain/window.h"

enum {
    SM_REGISTER_DIGITS_MAX = 9,   /* before the decimals */
    SM_REGISTER_DECIMALS_MAX = 3, /* thousandths are the least */
    SM_REGISTERS_MAX = 8,         /* of a meter */
    SM_READING_YEAR_DAYS = 365    /* between a day and the same last year */
};
#define SM_REGISTER_FACTOR_MAX INT64_C(100000000) /* 100,000 to 1 */
#define SM_RATE_MAX INT64_C(500000000000000000)
#define SM_RATE_UNKNOWN INT64_C(-1)
/* Nobody is compared with less than one unit in 30 days. */
#define SM_RATE_LEAST INT64_C(33333)

enum sm_register_kind {
    SM_REGISTER_SINGLE,
    SM_REGISTER_DAY,
    SM_REGISTER_NIGHT,
    SM_REGISTER_IMPORT,
    SM_REGISTER_EXPORT
};

/* A register of a meter and what is known of it. */
struct sm_register {
    int no; /* from 1 */
    enum sm_register_kind kind;
    int digits, decimals; /* of the dial */
    int64_t factor_milli; /* 1000: what the dial shows is what was used */
    bool has_last;
    int64_t last_milli; /* the last accepted index */
    struct sm_date last_on;
    bool last_estimated; /* by the company: nobody has looked */
    bool has_true;
    int64_t true_milli; /* the last one that somebody read */
    struct sm_date true_on;
    /* use a day, or SM_RATE_UNKNOWN: in the same season a year before, and in
     * the 12 months before the last index */
    int64_t season_micro, year_micro;
};

/* What is said of one value; in the order in which it is checked. */
enum sm_reading_outcome {
    SM_READING_OK,
    SM_READING_EMPTY,          /* nothing was typed */
    SM_READING_NOT_DIGITS,     /* a sign, a letter, a blank inside */
    SM_READING_TOO_LONG,       /* more digits than the dial has */
    SM_READING_DECIMALS,       /* more decimals than the dial has */
    SM_READING_LOWER,          /* than the last; no roll-over */
    SM_READING_NOT_LATER,      /* the date is not after the last reading's */
    SM_READING_FUTURE,         /* the date is after today */
    SM_READING_CLOSED,         /* today is outside of the window */
    SM_READING_EARLY,          /* the date is before the window */
    SM_READING_BELOW_ESTIMATE, /* from here on: to be confirmed */
    SM_READING_ZERO,           /* nothing was used */
    SM_READING_LOW,            /* below a quarter of the usual */
    SM_READING_HIGH,           /* above four times the usual */
    SM_READING_VERY_HIGH /* above ten times: a photo, or confirmed twice */
};

/* The numbers that a sentence about a value needs. */
struct sm_reading_finding {
    enum sm_reading_outcome outcome;
    bool rolled;         /* the dial passed its end */
    bool has_use;        /* the next three are known */
    int64_t use_milli;   /* since the last index (below an estimate: since the
                            last that was read), in real units */
    int64_t days;        /* in so many days */
    int64_t day_micro;   /* use a day */
    int64_t usual_micro; /* what that was held against; SM_RATE_UNKNOWN: LOW
                            and HIGH were not looked at */
};

enum sm_reading_swap {
    SM_SWAP_NONE,
    SM_SWAP_DAY_NIGHT, /* the two values fit better the other way round */
    SM_SWAP_DIRECTION  /* likewise, import and export */
};

/* A hint beside the findings; A and B are places in the list of registers. */
struct sm_reading_hint {
    enum sm_reading_swap swap;
    size_t a, b;
};

/* Read what a person typed for a dial of DIGITS and DECIMALS: ASCII digits,
 * leading zeros as on the dial, one comma or point with digits on both sides,
 * blanks around.  *OUT, in thousandths, is set with SM_READING_OK only; else
 * EMPTY, NOT_DIGITS, TOO_LONG or DECIMALS, whichever comes first. */
enum sm_reading_outcome sm_reading_parse(int64_t *out, const char *text,
                                         int digits, int decimals) SM_MUSTCHECK;

/* Check a value of each of the COUNT registers (at most SM_REGISTERS_MAX) of
 * one meter, read on READ_ON and sent TODAY, and write a finding each.
 * WINDOW is the window of TODAY; NULL: the window does not matter (an office,
 * an import).  HINT may be NULL. */
void sm_reading_check(struct sm_reading_finding *out,
                      struct sm_reading_hint *hint,
                      const struct sm_register *registers,
                      const int64_t *values_milli, size_t count,
                      struct sm_date read_on, struct sm_date today,
                      const struct sm_window *window);

/* True if a value with that outcome cannot be taken whatever is confirmed. */
bool sm_reading_refused(enum sm_reading_outcome outcome);

/* How firmly a sender has to stand by it: 0, 1 ("yes, it is right") or 2 (a
 * photo, or confirmed a second time). */
int sm_reading_confirm(enum sm_reading_outcome outcome);

/* The outcome as one lower-case word, as the database says it.  Static. */
const char *sm_reading_word(enum sm_reading_outcome outcome);

/* Thousandths that a dial of DIGITS counts before it begins again. */
int64_t sm_register_full(int digits);

/* True if a dial of FULL_MILLI went past its end between LAST and VALUE: from
 * the last tenth of its scale into the first. */
bool sm_reading_rolled(int64_t last_milli, int64_t value_milli,
                       int64_t full_milli);

/* What the dial moved between two indices; 0 where it went back. */
int64_t sm_reading_step(int64_t last_milli, int64_t value_milli,
                        int64_t full_milli);

/* Real units of what the dial moved, both in thousandths, rounded down. */
int64_t sm_reading_real(int64_t step_milli, int64_t factor_milli);

/* Use a day: USE_MILLI, not negative, in DAYS, above 0. */
int64_t sm_reading_rate(int64_t use_milli, int64_t days);

/* What was used between two readings of a register, in real units. */
struct sm_use_segment {
    int64_t from, to; /* days since 1970; from < to */
    int64_t use_milli;
};

/* What was used from the day FROM to the day TO, of each of the COUNT
 * segments as much as lies between.  *DAYS is how many days are known;
 * returns the use, at most INT64_MAX. */
int64_t sm_use_between(int64_t *days, const struct sm_use_segment *segments,
                       size_t count, int64_t from, int64_t to);

/* The same season a year before the days LAST_ON to READ_ON, as a rate:
 * unknown unless at least half of those days are known. */
int64_t sm_use_season(const struct sm_use_segment *segments, size_t count,
                      int64_t last_on, int64_t read_on);

/* The 12 months before LAST_ON, as a rate: unknown with less than 60 days. */
int64_t sm_use_year(const struct sm_use_segment *segments, size_t count,
                    int64_t last_on);

/* What USE_MILLI may cost: times a price of one unit in millionths of the
 * major unit, and a tax of TAX_BP hundredths of a percent upon it, in minor
 * units of a currency with EXPONENT decimals (0 to 4), each rounded half up.
 * SM_INVALID if something is negative or the sum passes 64 bits. */
enum sm_status sm_bill_estimate(int64_t *minor, int64_t use_milli,
                                int64_t price_micro, int64_t tax_bp,
                                int exponent) SM_MUSTCHECK;

#endif
