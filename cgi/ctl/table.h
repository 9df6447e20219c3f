/* Rows of a statement as an operator reads them. */
#ifndef SM_CTL_TABLE_H
#define SM_CTL_TABLE_H

#include <stdbool.h>

#include "base/buf.h"
#include "db/db.h"

/* Append ROWS of STMT to OUT: a line a row with tabs between, headed by the
 * column names; or a JSON array of objects. */
void table_print(struct sm_buf *out, const struct sm_stmt *stmt,
                 const struct sm_rows *rows, bool json);

#endif
