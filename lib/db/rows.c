/* Reading results.  The PGresult itself is kept until the arena is cleared:
 * its values are read where they are, each behind a NUL that libpq adds, so
 * that nothing is copied. */
#include "db/internal.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>

#define EPOCH_DAYS 10957
#define EPOCH_US (INT64_C(946684800) * 1000000)

struct sm_rows {
    PGresult *result;
    const struct sm_stmt *stmt;
    int count;
};

static void clear(void *result)
{
    PQclear(result);
}

static enum sm_status check_columns(const struct sm_stmt *stmt,
                                    const PGresult *result,
                                    struct sm_error *err)
{
    if (PQnfields(result) != stmt->ncolumns)
        return SM_FAIL(err, SM_INTERNAL, "%s: %d columns, %d declared",
                       stmt->name, PQnfields(result), stmt->ncolumns);
    for (int i = 0; i < stmt->ncolumns; i++)
        if (!sm_db_type_fits(PQftype(result, i), stmt->columns[i]))
            return SM_FAIL(err, SM_INTERNAL, "%s: column %s: type %u",
                           stmt->name, stmt->column_names[i],
                           PQftype(result, i));
    return SM_OK;
}

static enum sm_status check_count(const struct sm_stmt *stmt, int count,
                                  struct sm_error *err)
{
    if (count < stmt->min_rows)
        return SM_FAIL(err, SM_NOT_FOUND, "%s: %d rows", stmt->name, count);
    if (stmt->max_rows >= 0 && count > stmt->max_rows)
        return SM_FAIL(err, SM_INTERNAL, "%s: %d rows, at most %d declared",
                       stmt->name, count, stmt->max_rows);
    return SM_OK;
}

enum sm_status sm_rows_take(struct sm_rows **out, struct sm_arena *arena,
                            const struct sm_stmt *stmt, PGresult *result,
                            struct sm_error *err)
{
    enum sm_status status = SM_OK;
    struct sm_rows *rows = NULL;

    /* A statement declared without columns may call a function that returns
     * void; its one empty row says nothing. */
    if (stmt->ncolumns == 0 && stmt->max_rows == 0)
        goto out;
    status = check_columns(stmt, result, err);
    if (status == SM_OK)
        status = check_count(stmt, PQntuples(result), err);
    if (status != SM_OK || !out)
        goto out;
    rows = sm_arena_alloc(arena, sizeof(*rows));
    if (!rows) {
        status = SM_FAIL(err, SM_INTERNAL, "%s: arena is full", stmt->name);
        goto out;
    }
    *rows = (struct sm_rows){result, stmt, PQntuples(result)};
    if (!sm_arena_defer(arena, clear, result))
        status = SM_FAIL(err, SM_INTERNAL, "%s: arena is full", stmt->name);
    else
        *out = rows;
    return status;
out:
    PQclear(result);
    return status;
}

int sm_rows_count(const struct sm_rows *rows)
{
    return rows ? rows->count : 0;
}

/* The value's bytes, or NULL if it is null or does not exist. */
static const uint8_t *value(const struct sm_rows *rows, int row, int column,
                            bool right_type)
{
    assert(right_type);
    if (!right_type || row < 0 || row >= rows->count ||
        PQgetisnull(rows->result, row, column))
        return NULL;
    return (const uint8_t *)PQgetvalue(rows->result, row, column);
}

static bool is(const struct sm_rows *rows, int column, enum sm_type type)
{
    return column >= 0 && column < rows->stmt->ncolumns &&
           rows->stmt->columns[column] == type;
}

static int64_t number(const uint8_t *bytes, int width)
{
    uint64_t value = bytes[0] & 0x80 ? UINT64_MAX : 0;

    for (int i = 0; i < width; i++)
        value = value << 8 | bytes[i];
    return (int64_t)value;
}

bool sm_row_null(const struct sm_rows *rows, int row, int column)
{
    bool exists = column >= 0 && column < rows->stmt->ncolumns;

    assert(exists);
    return !value(rows, row, column, exists);
}

bool sm_row_bool(const struct sm_rows *rows, int row, int column)
{
    const uint8_t *bytes =
        value(rows, row, column, is(rows, column, SM_TYPE_BOOL));

    return bytes && bytes[0];
}

int64_t sm_row_int(const struct sm_rows *rows, int row, int column)
{
    bool four = is(rows, column, SM_TYPE_INT4);
    const uint8_t *bytes =
        value(rows, row, column, four || is(rows, column, SM_TYPE_INT8));

    return bytes ? number(bytes, four ? 4 : 8) : 0;
}

const char *sm_row_text(const struct sm_rows *rows, int row, int column)
{
    bool json = is(rows, column, SM_TYPE_JSONB);
    const uint8_t *bytes =
        value(rows, row, column, json || is(rows, column, SM_TYPE_TEXT));

    if (!bytes)
        return "";
    return (const char *)bytes + (json ? 1 : 0); /* behind the version */
}

size_t sm_row_len(const struct sm_rows *rows, int row, int column)
{
    bool json = is(rows, column, SM_TYPE_JSONB);
    bool sized = json || is(rows, column, SM_TYPE_TEXT) ||
                 is(rows, column, SM_TYPE_BYTEA) ||
                 is(rows, column, SM_TYPE_UUID);

    if (!value(rows, row, column, sized))
        return 0;
    return (size_t)PQgetlength(rows->result, row, column) - (json ? 1 : 0);
}

const uint8_t *sm_row_bytes(const struct sm_rows *rows, int row, int column)
{
    static const uint8_t nothing[16];
    const uint8_t *bytes = value(rows, row, column,
                                 is(rows, column, SM_TYPE_BYTEA) ||
                                     is(rows, column, SM_TYPE_UUID));

    return bytes ? bytes : nothing;
}

struct sm_date sm_row_date(const struct sm_rows *rows, int row, int column)
{
    const uint8_t *bytes =
        value(rows, row, column, is(rows, column, SM_TYPE_DATE));
    int64_t days;

    if (!bytes)
        return (struct sm_date){0};
    days = number(bytes, 4);
    if (days == INT32_MIN || days == INT32_MAX) /* infinity */
        return (struct sm_date){0};
    return sm_date_from_days(days + EPOCH_DAYS);
}

int64_t sm_row_time(const struct sm_rows *rows, int row, int column)
{
    const uint8_t *bytes =
        value(rows, row, column, is(rows, column, SM_TYPE_TIME));
    int64_t us;

    if (!bytes)
        return 0;
    us = number(bytes, 8);
    if (us == INT64_MIN) /* -infinity */
        return INT64_MIN;
    return __builtin_add_overflow(us, EPOCH_US, &us) ? INT64_MAX : us;
}
