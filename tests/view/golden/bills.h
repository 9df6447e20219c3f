/* Generated from sql/queries/bills.sql. */
#ifndef SM_SQL_BILLS_H
#define SM_SQL_BILLS_H

#include "db/db.h"

/* (handle_hash, browser_hash, now) */
extern const struct sm_stmt sm_sql_bill_rows;
enum {
    BILL_ROWS__CURRENCY,
    BILL_ROWS__TOTAL_MINOR,
    BILL_ROWS__DUE_ON,
    BILL_ROWS__MINE,
    BILL_ROWS__LINES,
    BILL_ROWS__BODY,
    BILL_ROWS__ID,
};

/* () */
extern const struct sm_stmt sm_sql_bill_touch;

/* () */
extern const struct sm_stmt sm_sql_bill_one;
enum {
    BILL_ONE__N,
};

/* () */
extern const struct sm_stmt sm_sql_bill_maybe;
enum {
    BILL_MAYBE__N,
};

#endif
