/* Generated from sql/queries/bills.sql. */
#include "sql/bills.h"

static const enum sm_type bill_rows_params[] = {
    SM_TYPE_BYTEA,
    SM_TYPE_BYTEA,
    SM_TYPE_TIME,
};
static const enum sm_type bill_rows_columns[] = {
    SM_TYPE_TEXT,
    SM_TYPE_INT8,
    SM_TYPE_DATE,
    SM_TYPE_BOOL,
    SM_TYPE_INT4,
    SM_TYPE_JSONB,
    SM_TYPE_UUID,
};
static const char *const bill_rows_names[] = {
    "currency",
    "total_minor",
    "due_on",
    "mine",
    "lines",
    "body",
    "id",
};
const struct sm_stmt sm_sql_bill_rows = {
    .name = "bill_rows",
    .sql =
    "SELECT currency,\n"
    "       total_minor, 'it''s; --not a remark' AS x,  due_on,\n"
    "       \"odd;name\", $q$ ; $1 $q$, mine, lines, body, id\n"
    "  FROM pay.guest_bill($1, $2, $3)\n"
    " WHERE text <> 'LINE\n"
    "  feed \"?\?/\"' AND 1 < 2",
    .params = bill_rows_params,
    .nparams = 3,
    .columns = bill_rows_columns,
    .column_names = bill_rows_names,
    .ncolumns = 7,
    .min_rows = 0,
    .max_rows = -1,
};

const struct sm_stmt sm_sql_bill_touch = {
    .name = "bill_touch",
    .sql =
    "UPDATE pay.bill SET seen = true",
    .min_rows = 0,
    .max_rows = 0,
};

static const enum sm_type bill_one_columns[] = {
    SM_TYPE_INT8,
};
static const char *const bill_one_names[] = {
    "n",
};
const struct sm_stmt sm_sql_bill_one = {
    .name = "bill_one",
    .sql =
    "SELECT 1",
    .columns = bill_one_columns,
    .column_names = bill_one_names,
    .ncolumns = 1,
    .min_rows = 1,
    .max_rows = 1,
};

static const enum sm_type bill_maybe_columns[] = {
    SM_TYPE_INT8,
};
static const char *const bill_maybe_names[] = {
    "n",
};
const struct sm_stmt sm_sql_bill_maybe = {
    .name = "bill_maybe",
    .sql =
    "SELECT 1",
    .columns = bill_maybe_columns,
    .column_names = bill_maybe_names,
    .ncolumns = 1,
    .min_rows = 0,
    .max_rows = 1,
};
