/* A file in which somebody with many meters sends what they show: a header
 * line that names the columns serial, register (may be missing or empty: 1),
 * value and date (may be missing or empty: today), in any order, separated as
 * in domain/csv.h; a line a register.  The columns place, last_index and
 * last_date, which the file to fill in has for its reader, may be there and
 * are not looked at; a line without a value is left out.  The file is read
 * whole: a page shows all that is wrong with it, by line, before anything is
 * sent.
 *
 * How many digits a dial has is not known here: values are held against their
 * registers by whoever looks the meters up. */
#ifndef SM_DOMAIN_READING_CSV_H
#define SM_DOMAIN_READING_CSV_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

enum {
    SM_READING_ROWS_MAX = 5000,
    SM_READING_PROBLEMS_MAX = 100,     /* that are named; all are counted */
    SM_READING_FILE_MAX = 1024 * 1024, /* bytes */
    SM_READING_SERIAL_MAX = 40         /* characters of a serial number */
};

struct sm_reading_row {
    int64_t line;                           /* the header is on line 1 */
    char serial[SM_READING_SERIAL_MAX + 1]; /* letters and digits, in capitals:
                                               meter.meter.serial_key */
    int register_no;                        /* 1 to SM_REGISTERS_MAX */
    int64_t value_milli;                    /* thousandths, as typed */
    int decimals;                           /* that were typed, 0 to 3 */
    struct sm_date date;                    /* year 0: not said */
};

enum sm_reading_fault {
    SM_FAULT_UNREADABLE, /* not UTF-8, quotes, another number of fields */
    SM_FAULT_SERIAL,     /* empty, too long, no letter or digit */
    SM_FAULT_REGISTER,   /* not a number of a register */
    SM_FAULT_VALUE,      /* not digits with at most 3 decimals */
    SM_FAULT_DATE,       /* not YYYY-MM-DD or DD.MM.YYYY */
    SM_FAULT_TWICE,      /* the register stands on an earlier line */
    SM_FAULT_MANY        /* the first line past SM_READING_ROWS_MAX */
};

struct sm_reading_problem {
    int64_t line;
    enum sm_reading_fault fault;
};

struct sm_reading_file {
    struct sm_reading_row *rows; /* the good ones, in the file's order */
    size_t nrows;
    size_t nempty; /* lines without a value */
    struct sm_reading_problem problems[SM_READING_PROBLEMS_MAX];
    size_t nproblems; /* all of them; the first ones are in problems, by line
                         but for SM_FAULT_TWICE, which come last */
};

/* Read LEN bytes at DATA into *OUT; its rows lie in ARENA.  SM_OK also if
 * there are problems.  SM_INVALID: the header is not one, or the file is
 * longer than SM_READING_FILE_MAX; SM_INTERNAL: no memory. */
enum sm_status sm_reading_csv(struct sm_reading_file *out,
                              struct sm_arena *arena, const char *data,
                              size_t len, struct sm_error *err) SM_MUSTCHECK;

/* The fault as one lower-case word.  Static. */
const char *sm_reading_fault_word(enum sm_reading_fault fault);

#endif
