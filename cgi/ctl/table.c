#include "ctl/table.h"

#include <string.h>

#include "base/text.h"

/* An instant as UTC, "2026-09-10T12:00:00Z". */
static void add_time(struct sm_buf *out, int64_t us)
{
    int64_t s = us / 1000000;
    struct sm_date day = sm_date_from_days(s / 86400);

    sm_buf_addf(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", day.year, day.month,
                day.day, (int)(s / 3600 % 24), (int)(s / 60 % 60),
                (int)(s % 60));
}

/* A uuid as PostgreSQL writes it. */
static void add_uuid(struct sm_buf *out, const uint8_t *id)
{
    char hex[33];

    sm_hex(hex, id, 16);
    sm_buf_addf(out, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12,
                hex + 16, hex + 20);
}

static bool is_number(enum sm_type type)
{
    return type == SM_TYPE_INT4 || type == SM_TYPE_INT8;
}

static void add_cell(struct sm_buf *out, const struct sm_stmt *stmt,
                     const struct sm_rows *rows, int row, int column, bool json)
{
    enum sm_type type = stmt->columns[column];

    if (sm_row_null(rows, row, column)) {
        sm_buf_adds(out, json ? "null" : "-");
        return;
    }
    if (is_number(type)) {
        sm_buf_addi(out, sm_row_int(rows, row, column));
        return;
    }
    if (type == SM_TYPE_BOOL) {
        sm_buf_adds(out, sm_row_bool(rows, row, column) ? "true" : "false");
        return;
    }
    sm_buf_adds(out, json ? "\"" : "");
    if (type == SM_TYPE_TIME)
        add_time(out, sm_row_time(rows, row, column));
    else if (type == SM_TYPE_UUID)
        add_uuid(out, sm_row_bytes(rows, row, column));
    else if (json)
        sm_buf_add_json(out, sm_row_text(rows, row, column),
                        sm_row_len(rows, row, column));
    else
        sm_buf_adds(out, sm_row_text(rows, row, column));
    sm_buf_adds(out, json ? "\"" : "");
}

static void add_row(struct sm_buf *out, const struct sm_stmt *stmt,
                    const struct sm_rows *rows, int row, bool json)
{
    sm_buf_adds(out, json ? (row > 0 ? ",{" : "{") : "");
    for (int c = 0; c < stmt->ncolumns; c++) {
        if (json)
            sm_buf_addf(out, "%s\"%s\":", c > 0 ? "," : "",
                        stmt->column_names[c]);
        else
            sm_buf_adds(out, c > 0 ? "\t" : "");
        add_cell(out, stmt, rows, row, c, json);
    }
    sm_buf_adds(out, json ? "}" : "\n");
}

void table_print(struct sm_buf *out, const struct sm_stmt *stmt,
                 const struct sm_rows *rows, bool json)
{
    sm_buf_adds(out, json ? "[" : "");
    for (int c = 0; !json && c < stmt->ncolumns; c++)
        sm_buf_addf(out, "%s%s", stmt->column_names[c],
                    c + 1 < stmt->ncolumns ? "\t" : "\n");
    for (int row = 0; row < sm_rows_count(rows); row++)
        add_row(out, stmt, rows, row, json);
    sm_buf_adds(out, json ? "]" : "");
}
