#include "domain/import_batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/import_row.h"
#include "domain/import_value.h"
#include "ident/checksum.h"
#include "sql/import.h"

enum { ROWS_MAX = 64 * 1024 * 1024, LINES_MAX = 9999, NAME_CHARS = 60 };

struct sm_import_batch {
    const struct sm_import *import;
    struct sm_arena *arena;
    struct sm_buf documents, lines, registers, taxes; /* rows for COPY */
    struct sm_buf originals;                          /* the same */
    size_t count;
    int64_t seq; /* of the document added last */
    int line_no, register_no;
};

enum sm_status sm_batch_new(struct sm_import_batch **out,
                            const struct sm_import *import,
                            struct sm_error *err)
{
    struct sm_import_batch *batch = calloc(1, sizeof(*batch));

    *out = NULL;
    if (!batch)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    batch->import = import;
    batch->arena = sm_arena_new((size_t)4 << 20);
    sm_buf_init(&batch->documents, ROWS_MAX);
    sm_buf_init(&batch->lines, ROWS_MAX);
    sm_buf_init(&batch->registers, ROWS_MAX);
    sm_buf_init(&batch->taxes, ROWS_MAX);
    sm_buf_init(&batch->originals, ROWS_MAX);
    if (!batch->arena) {
        sm_batch_free(batch);
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    }
    *out = batch;
    return SM_OK;
}

void sm_batch_free(struct sm_import_batch *batch)
{
    if (!batch)
        return;
    sm_buf_release(&batch->documents);
    sm_buf_release(&batch->lines);
    sm_buf_release(&batch->registers);
    sm_buf_release(&batch->taxes);
    sm_buf_release(&batch->originals);
    sm_arena_free(batch->arena);
    free(batch);
}

bool sm_batch_full(const struct sm_import_batch *batch)
{
    return batch->count == SM_BATCH_DOCUMENTS ||
           batch->originals.len > SM_BATCH_BYTES ||
           batch->lines.len > SM_BATCH_BYTES ||
           batch->registers.len > SM_BATCH_BYTES;
}

/* True if the setting company.sellers, a list or "*", names SELLER. */
static bool is_our_seller(const struct sm_import *import, const char *seller)
{
    const char *at = sm_settings_str(import->settings, "company.sellers");
    char one[64];
    char normal[64];

    if (import->any_seller || strcmp(at, "*") == 0)
        return true;
    while (*at) {
        size_t len = strcspn(at, ",");

        if (len < sizeof(one)) {
            memcpy(one, at, len);
            one[len] = '\0';
            sm_import_tax_id(normal, sizeof(normal), one);
            if (strcmp(normal, seller) == 0)
                return true;
        }
        at += len + (at[len] == ',');
    }
    return false;
}

/* Who the document is for: everything that may name an account. */
static void put_account(struct sm_buf *row, const struct sm_import *import,
                        const struct sm_import_document *d)
{
    uint8_t hash[SM_HASH_BYTES];
    uint8_t holders[SM_BATCH_IDS][SM_HASH_BYTES];
    const char *points[2];
    const char *ids[SM_BATCH_IDS];
    char codes[SM_BATCH_IDS][SM_CODE_TEXT];
    char normal[SM_CODE_TEXT];
    char tax_id[64];
    const uint8_t *fallback = NULL;
    size_t npoints = 0;
    size_t nids = 0;
    size_t ncodes = 0;

    for (size_t i = 0; i < 2; i++)
        if (*d->points[i])
            points[npoints++] = d->points[i];
    for (size_t i = 0; i < d->nids; i++) {
        sm_import_tax_id(tax_id, sizeof(tax_id), d->ids[i]);
        /* thirteen zeros stand for a consumer without a number */
        if (strspn(tax_id, "0") == strlen(tax_id))
            continue;
        if (!fallback)
            fallback = sm_import_map_find(import->map, tax_id);
        sm_hmac(holders[nids++], &import->lookup, "holder_id", tax_id,
                strlen(tax_id));
        if (sm_ident_strip(codes[ncodes], sizeof(codes[0]), d->ids[i], true) ==
            SM_OK) {
            ids[ncodes] = codes[ncodes];
            ncodes++;
        }
    }
    if (!fallback && import->has_account)
        fallback = import->account_hash;
    if (sm_import_code_hash(hash, normal, import, d->payment_reference) ==
        SM_OK)
        sm_put_bytes(row, hash, sizeof(hash));
    else
        sm_put_null(row);
    sm_put_optional(row, d->contract);
    sm_put_texts(row, points, npoints);
    sm_put_texts(row, ids, ncodes);
    sm_put_hashes(row, (const uint8_t(*)[32])holders, nids);
    sm_put_bytes(row, fallback, SM_HASH_BYTES);
}

static const char *refusal(const struct sm_import *import,
                           const struct sm_import_document *d,
                           const char *seller)
{
    if (seller[0] == '\0' || strlen(seller) > 30)
        return "the seller's tax id is missing or too long";
    if (!is_our_seller(import, seller))
        return "the seller is not in company.sellers (--any-seller)";
    if (sm_utf8_length(d->number, strlen(d->number)) > 60)
        return "the number is longer than 60 characters";
    if (strlen(d->type_code) > 4)
        return "the type code is longer than 4 characters";
    if (d->from.year && d->to.year &&
        sm_date_to_days(d->to) < sm_date_to_days(d->from))
        return "the period ends before it begins";
    return NULL;
}

static struct sm_date due_on(const struct sm_import *import,
                             const struct sm_import_document *d)
{
    if (d->due_on.year || d->credit_note)
        return d->due_on.year ? d->due_on : d->issued_on;
    return sm_date_from_days(
        sm_date_to_days(d->issued_on) +
        sm_settings_int(import->settings, "company.payment_days"));
}

/* What tells this document from another with the same key: its bytes, or for
 * a record of a table its row. */
static void hash_content(uint8_t out[SM_HASH_BYTES],
                         const struct sm_import_document *d, const char *row,
                         size_t len)
{
    if (d->original)
        sm_sha256(out, d->original, d->original_len);
    else
        sm_sha256(out, row, len);
}

static void keep_original(struct sm_import_batch *batch, int64_t seq,
                          const struct sm_import_document *d)
{
    struct sm_buf *row = &batch->originals;

    sm_put_int(row, seq);
    sm_put_text(row, "application/xml");
    sm_put_bytes(row, d->original, d->original_len);
    sm_put_end(row);
}

const char *sm_batch_add(struct sm_import_batch *batch, int64_t seq,
                         const struct sm_import_document *d)
{
    struct sm_buf *row = &batch->documents;
    uint8_t content[SM_HASH_BYTES];
    char seller[64];
    const char *reason;
    size_t start = row->len;

    sm_import_tax_id(seller, sizeof(seller), d->seller);
    reason = refusal(batch->import, d, seller);
    if (reason)
        return reason;
    sm_put_text(row, seller);
    sm_put_text(row, *d->seller_name ? d->seller_name : seller);
    sm_put_text(row, d->number);
    sm_put_text(row, d->credit_note ? "credit_note" : "invoice");
    sm_put_text(row, d->type_code);
    sm_put_text(row, d->currency);
    sm_put_date(row, d->issued_on);
    sm_put_date(row, due_on(batch->import, d));
    sm_put_date(row, d->from);
    sm_put_date(row, d->to);
    sm_put_int(row, d->net_minor);
    sm_put_int(row, d->tax_minor);
    sm_put_int(row, d->payable_minor);
    put_account(row, batch->import, d);
    hash_content(content, d, row->data + start, row->len - start);
    sm_put_int(row, seq);
    sm_put_bytes(row, content, sizeof(content));
    sm_put_bool(row, d->original != NULL);
    sm_put_end(row);
    if (d->original)
        keep_original(batch, seq, d);
    batch->count++;
    batch->seq = seq;
    batch->line_no = 0;
    batch->register_no = 0;
    return NULL;
}

/* A rate in hundredths of a percent; 0 where there is none or it is odd. */
static int64_t rate_bp(const char *percent)
{
    int64_t bp;

    if (sm_import_decimal(&bp, percent, 2) != SM_OK || bp < 0 || bp > 10000)
        return 0;
    return bp;
}

/* The price of one unit in millionths; false if there is none. */
static bool unit_price(int64_t *out, const struct sm_import_line *line)
{
    int64_t base;

    if (sm_import_micro(out, line->price) != SM_OK)
        return false;
    if (sm_import_micro(&base, line->price_base) == SM_OK && base > 0 &&
        base != 1000000) {
        __int128 one = (__int128)*out * 1000000;

        one = (one + (one < 0 ? -base / 2 : base / 2)) / base;
        if (one < INT64_MIN || one > INT64_MAX)
            return false;
        *out = (int64_t)one;
    }
    return true;
}

void sm_batch_line(struct sm_import_batch *batch,
                   const struct sm_import_line *line)
{
    struct sm_buf *row = &batch->lines;
    int64_t micro;

    if (batch->line_no == LINES_MAX)
        return;
    sm_put_int(row, batch->seq);
    sm_put_int(row, ++batch->line_no);
    sm_put_int(row,
               sm_import_micro(&micro, line->quantity) == SM_OK ? micro : 0);
    if (unit_price(&micro, line))
        sm_put_int(row, micro);
    else
        sm_put_null(row);
    sm_put_int(row, line->net_minor);
    sm_put_int(row, rate_bp(line->percent));
    sm_put_text(row, *line->unit ? line->unit : "C62");
    sm_put_text(row, line->name);
    sm_put_text(row, sm_bill_line_kind_word(sm_bill_line_kind(line->unit)));
    sm_put_optional(row, strlen(line->category) <= 3 ? line->category : "");
    sm_put_end(row);
}

/* TEXT, at most NAME_CHARS characters of it. */
static void put_name(struct sm_buf *row, struct sm_arena *arena,
                     const char *text)
{
    size_t len = strlen(text);

    if (sm_utf8_length(text, len) > NAME_CHARS) {
        len = 0;
        for (size_t n = 0; n <= NAME_CHARS; len++)
            n += ((unsigned char)text[len] & 0xc0) != 0x80;
        text = sm_arena_strndup(arena, text, len - 1);
    }
    sm_put_text(row, text != NULL ? text : "");
}

void sm_batch_register(struct sm_import_batch *batch,
                       const struct sm_bill_register *r, bool of_line)
{
    struct sm_buf *row = &batch->registers;
    bool backwards = r->old_on.year && r->new_on.year &&
                     sm_date_to_days(r->new_on) < sm_date_to_days(r->old_on);
    struct sm_date none = {0};

    if (batch->register_no == LINES_MAX)
        return;
    sm_put_int(row, batch->seq);
    sm_put_int(row, ++batch->register_no);
    if (of_line && batch->line_no > 0)
        sm_put_int(row, batch->line_no);
    else
        sm_put_null(row);
    put_name(row, batch->arena, r->meter);
    put_name(row, batch->arena, r->name);
    sm_put_text(row, *r->unit ? r->unit : "C62");
    sm_put_int(row, r->old_milli);
    sm_put_int(row, r->new_milli);
    sm_put_date(row, backwards ? none : r->old_on);
    sm_put_date(row, backwards ? none : r->new_on);
    sm_put_optional(row, sm_bill_read_word(r->old_read));
    sm_put_optional(row, sm_bill_read_word(r->new_read));
    sm_put_int(row, r->factor_milli);
    sm_put_int(row, r->quantity_milli);
    sm_put_end(row);
}

void sm_batch_tax(struct sm_import_batch *batch, const char *category,
                  const char *percent, int64_t base_minor, int64_t tax_minor)
{
    struct sm_buf *row = &batch->taxes;

    sm_put_int(row, batch->seq);
    sm_put_text(row, *category ? category : "S");
    sm_put_int(row, rate_bp(percent));
    sm_put_int(row, base_minor);
    sm_put_int(row, tax_minor);
    sm_put_end(row);
}

static enum sm_status copy(struct sm_db *db, const struct sm_stmt *stmt,
                           struct sm_buf *rows, struct sm_error *err)
{
    enum sm_status status, end;

    if (!sm_buf_ok(rows))
        return SM_FAIL(err, SM_INTERNAL, "a batch is too large");
    if (rows->len == 0)
        return SM_OK;
    status = sm_db_copy_begin(db, stmt, err);
    if (status != SM_OK)
        return status;
    status = sm_db_copy_send(db, rows->data, rows->len, err);
    end = sm_db_copy_end(db, status == SM_OK ? err : NULL);
    sm_buf_clear(rows);
    return status != SM_OK ? status : end;
}

static void report(const struct sm_rows *rows, sm_batch_outcome outcome,
                   void *ctx)
{
    for (int i = 0; i < sm_rows_count(rows); i++)
        outcome(ctx, sm_row_int(rows, i, IMPORT_DOCUMENTS_TAKE__SEQ),
                sm_row_text(rows, i, IMPORT_DOCUMENTS_TAKE__OUTCOME),
                sm_row_text(rows, i, IMPORT_DOCUMENTS_TAKE__REASON));
}

static void clear(struct sm_import_batch *batch)
{
    sm_buf_clear(&batch->documents);
    sm_buf_clear(&batch->lines);
    sm_buf_clear(&batch->registers);
    sm_buf_clear(&batch->taxes);
    sm_buf_clear(&batch->originals);
    sm_arena_clear(batch->arena);
    batch->count = 0;
}

enum sm_status sm_batch_send(struct sm_import_batch *batch, struct sm_db *db,
                             sm_batch_outcome outcome, void *ctx,
                             struct sm_error *err)
{
    struct sm_arg now = sm_arg_time(batch->import->now_us);
    struct sm_rows *rows = NULL;
    enum sm_status status = SM_OK;

    if (batch->count == 0)
        goto out;
    status = sm_db_query(&rows, db, batch->arena,
                         &sm_sql_import_documents_stage, NULL, err);
    if (status == SM_OK)
        status =
            copy(db, &sm_sql_import_documents_copy, &batch->documents, err);
    if (status == SM_OK)
        status = copy(db, &sm_sql_import_lines_copy, &batch->lines, err);
    if (status == SM_OK)
        status =
            copy(db, &sm_sql_import_registers_copy, &batch->registers, err);
    if (status == SM_OK)
        status = copy(db, &sm_sql_import_taxes_copy, &batch->taxes, err);
    if (status == SM_OK)
        status =
            copy(db, &sm_sql_import_originals_copy, &batch->originals, err);
    if (status == SM_OK)
        status = sm_db_query(&rows, db, batch->arena,
                             &sm_sql_import_documents_take, &now, err);
    if (status == SM_OK)
        report(rows, outcome, ctx);
out:
    clear(batch);
    return status;
}
