#include "domain/import_staged.h"

#include "domain/import_row.h"
#include "sql/import.h"

enum { CHUNK_BYTES = 256 * 1024, CHUNK_MAX = 1024 * 1024, REASONS_MAX = 10000 };

/* Columns of every statement that takes in. */
enum { ADDED, CHANGED, REFUSED };

/* Append the current record to ROW, or nothing if it is refused. */
static void put_record(struct sm_buf *row, struct sm_import_file *file,
                       const struct sm_import_staged *kind)
{
    int64_t line = sm_csv_line(file->csv);
    size_t before = row->len;

    kind->put(row, file);
    sm_put_end(row);
    if (!file->reason)
        return;
    if (sm_buf_ok(row))
        row->len = before;
    sm_import_file_refuse(file, line, file->reason);
}

static enum sm_status send(struct sm_db *db, struct sm_buf *row,
                           struct sm_error *err)
{
    enum sm_status status;

    if (!sm_buf_ok(row))
        return SM_FAIL(err, SM_INTERNAL, "a chunk of rows is too large");
    status = sm_db_copy_send(db, row->data, row->len, err);
    sm_buf_clear(row);
    return status;
}

/* Copy the whole file into the stage. */
static enum sm_status copy(struct sm_import_file *file, struct sm_db *db,
                           const struct sm_import_staged *kind,
                           struct sm_error *err)
{
    struct sm_buf row;
    enum sm_status status, end;

    status = sm_db_copy_begin(db, kind->copy, err);
    if (status != SM_OK)
        return status;
    sm_buf_init(&row, CHUNK_MAX);
    while (status == SM_OK) {
        status = sm_import_file_next(file, err);
        if (status == SM_OK)
            put_record(&row, file, kind);
        if (status == SM_OK && row.len > CHUNK_BYTES)
            status = send(db, &row, err);
    }
    if (status == SM_NOT_FOUND)
        status = row.len > 0 || !sm_buf_ok(&row) ? send(db, &row, err) : SM_OK;
    end = sm_db_copy_end(db, status == SM_OK ? err : NULL);
    sm_buf_release(&row);
    return status != SM_OK ? status : end;
}

/* Report what the database refused. */
static enum sm_status report(struct sm_import_file *file, struct sm_db *db,
                             struct sm_arena *arena, struct sm_error *err)
{
    struct sm_arg most = sm_arg_int4(REASONS_MAX);
    struct sm_rows *rows;
    enum sm_status status;

    status = sm_db_query(&rows, db, arena, &sm_sql_import_staged_reasons, &most,
                         err);
    for (int i = 0; status == SM_OK && i < sm_rows_count(rows); i++)
        sm_import_file_refuse(
            file, sm_row_int(rows, i, IMPORT_STAGED_REASONS__LINE),
            sm_row_text(rows, i, IMPORT_STAGED_REASONS__REASON));
    return status;
}

static enum sm_status take(struct sm_import_file *file, struct sm_db *db,
                           const struct sm_import_staged *kind,
                           struct sm_arena *arena, struct sm_error *err)
{
    struct sm_arg now = sm_arg_time(file->import->now_us);
    struct sm_import_counts *counts = file->counts;
    struct sm_rows *rows;
    int64_t refused;
    enum sm_status status;

    status = sm_db_query(&rows, db, arena, kind->take,
                         kind->take->nparams > 0 ? &now : NULL, err);
    if (status != SM_OK)
        return status;
    counts->added = sm_row_int(rows, 0, ADDED);
    counts->changed = sm_row_int(rows, 0, CHANGED);
    refused = sm_row_int(rows, 0, REFUSED);
    if (refused > 0) {
        int64_t before = counts->refused;

        status = report(file, db, arena, err);
        counts->refused = before + refused;
    }
    counts->same = counts->read - counts->refused - counts->added -
                   counts->changed;
    if (counts->same < 0) /* a record may change more than one thing */
        counts->same = 0;
    return status;
}

enum sm_status sm_import_staged(struct sm_import_counts *counts,
                                const struct sm_import *import,
                                struct sm_db *db, const char *path,
                                const struct sm_import_staged *kind,
                                struct sm_error *err)
{
    struct sm_import_file file;
    struct sm_arena *arena = sm_arena_new((size_t)16 << 20);
    struct sm_rows *rows;
    enum sm_status status;

    status = sm_import_file_open(&file, import, counts, path, kind->columns,
                                 kind->ncolumns, err);
    if (status != SM_OK || !arena)
        goto out;
    sm_db_begin(db);
    status = sm_db_query(&rows, db, arena, kind->stage, NULL, err);
    if (status == SM_OK)
        status = copy(&file, db, kind, err);
    if (status == SM_OK)
        status = take(&file, db, kind, arena, err);
    counts->kept = status == SM_OK && sm_import_file_keep(&file);
    if (counts->kept)
        status = sm_db_commit(db, err);
    else
        sm_db_rollback(db);
out:
    sm_import_file_close(&file);
    if (!arena)
        status = SM_FAIL(err, SM_INTERNAL, "out of memory");
    sm_arena_free(arena);
    return status;
}
