/* payments.csv: payments that the company received itself. */
#include <string.h>

#include "domain/import_file.h"
#include "domain/import_row.h"
#include "ident/checksum.h"
#include "sql/import.h"

enum { BATCH = 1000, ROWS_MAX = 4 * 1024 * 1024 };

enum column {
    REFERENCE,
    METHOD,
    PAYMENT_CODE,
    CLIENT_CODE,
    INVOICE,
    AMOUNT,
    CURRENCY,
    RECEIVED_ON
};

static const struct sm_csv_column columns[] = {
    [REFERENCE] = {"reference", true},
    [METHOD] = {"method", false},
    [PAYMENT_CODE] = {"payment_code", false},
    [CLIENT_CODE] = {"client_code", false},
    [INVOICE] = {"invoice", false},
    [AMOUNT] = {"amount", true},
    [CURRENCY] = {"currency", true},
    [RECEIVED_ON] = {"received_on", true},
};

static const char *const methods[] = {"bank", "cash", "other"};

static void put_payer(struct sm_buf *row, struct sm_import_file *file)
{
    const char *payment_code = sm_csv_get(file->csv, PAYMENT_CODE);
    const char *client_code = sm_csv_get(file->csv, CLIENT_CODE);
    uint8_t hash[SM_HASH_BYTES];
    char normal[SM_CODE_TEXT] = "";

    if (!*payment_code && !*client_code)
        sm_import_field_bad(file, "neither payment_code nor client_code");
    if (!*payment_code) {
        sm_put_null(row);
    } else if (sm_import_code_hash(hash, normal, file->import, payment_code) ==
               SM_OK) {
        sm_put_bytes(row, hash, sizeof(hash));
    } else {
        sm_put_null(row);
        sm_import_field_bad(file, "payment_code is not a code of the "
                                  "company's form");
    }
    normal[0] = '\0';
    if (sm_ident_strip(normal, sizeof(normal), client_code, true) != SM_OK)
        sm_import_field_bad(file, "client_code is not letters and digits");
    sm_put_optional(row, normal);
}

static void put_record(struct sm_buf *row, struct sm_import_file *file)
{
    int64_t line = sm_csv_line(file->csv);
    const char *currency = sm_import_field_currency(file, CURRENCY);
    int64_t amount = sm_import_field_amount(file, AMOUNT, currency, true);
    size_t before = row->len;

    if (amount <= 0)
        sm_import_field_bad(file, "a payment must be more than nothing");
    sm_put_int(row, line);
    sm_put_text(row, sm_import_field_choice(file, METHOD, "bank", methods,
                                            SM_COUNT(methods)));
    sm_put_text(row, sm_import_field_text(file, REFERENCE, true, 140));
    put_payer(row, file);
    sm_put_optional(row, sm_import_field_text(file, INVOICE, false, 60));
    sm_put_int(row, amount);
    sm_put_text(row, currency);
    sm_put_date(row, sm_import_field_date(file, RECEIVED_ON, true));
    sm_put_end(row);
    if (!file->reason)
        return;
    if (sm_buf_ok(row))
        row->len = before;
    sm_import_file_refuse(file, line, file->reason);
}

static void report(struct sm_import_file *file, const struct sm_rows *rows)
{
    for (int i = 0; i < sm_rows_count(rows); i++) {
        const char *outcome =
            sm_row_text(rows, i, IMPORT_PAYMENTS_TAKE__OUTCOME);

        if (strcmp(outcome, "new") == 0)
            file->counts->added++;
        else if (strcmp(outcome, "same") == 0)
            file->counts->same++;
        else
            sm_import_file_refuse(
                file, sm_row_int(rows, i, IMPORT_PAYMENTS_TAKE__SEQ),
                sm_row_text(rows, i, IMPORT_PAYMENTS_TAKE__REASON));
    }
}

static enum sm_status send(struct sm_import_file *file, struct sm_buf *row,
                           struct sm_db *db, struct sm_arena *arena,
                           struct sm_error *err)
{
    struct sm_arg now = sm_arg_time(file->import->now_us);
    struct sm_rows *rows;
    enum sm_status status;

    if (!sm_buf_ok(row))
        return SM_FAIL(err, SM_INTERNAL, "a batch is too large");
    if (row->len == 0)
        return SM_OK;
    status =
        sm_db_query(&rows, db, arena, &sm_sql_import_payments_stage, NULL, err);
    if (status == SM_OK)
        status = sm_db_copy_begin(db, &sm_sql_import_payments_copy, err);
    if (status == SM_OK)
        status = sm_db_copy_send(db, row->data, row->len, err);
    if (status == SM_OK)
        status = sm_db_copy_end(db, err);
    if (status == SM_OK)
        status = sm_db_query(&rows, db, arena, &sm_sql_import_payments_take,
                             &now, err);
    if (status == SM_OK)
        report(file, rows);
    sm_buf_clear(row);
    sm_arena_clear(arena);
    return status;
}

static enum sm_status read_file(struct sm_import_file *file, struct sm_db *db,
                                struct sm_arena *arena, struct sm_error *err)
{
    struct sm_buf row;
    enum sm_status status = SM_OK;
    int pending = 0;

    sm_buf_init(&row, ROWS_MAX);
    while (status == SM_OK) {
        status = sm_import_file_next(file, err);
        if (status == SM_OK)
            put_record(&row, file);
        if (status == SM_OK && ++pending == BATCH) {
            status = send(file, &row, db, arena, err);
            pending = 0;
        }
    }
    if (status == SM_NOT_FOUND)
        status = send(file, &row, db, arena, err);
    sm_buf_release(&row);
    return status;
}

enum sm_status sm_import_payments(struct sm_import_counts *counts,
                                  const struct sm_import *import,
                                  struct sm_db *db, const char *path,
                                  struct sm_error *err)
{
    struct sm_import_file file;
    struct sm_arena *arena = sm_arena_new((size_t)4 << 20);
    enum sm_status status;

    status = sm_import_file_open(&file, import, counts, path, columns,
                                 SM_COUNT(columns), err);
    if (status != SM_OK || !arena)
        goto out;
    sm_db_begin(db);
    status = read_file(&file, db, arena, err);
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
