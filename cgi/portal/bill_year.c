#include "portal/bill_year.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/bill_pdf.h"
#include "portal/bill_print.h"
#include "portal/bill_xml.h"
#include "portal/bills.h"
#include "portal/login.h"
#include "sql/self_bills.h"
#include "zip/zip.h"

enum { FILES = 2 * SM_YEAR_PART, NAME = 320 };

/* A ZIP on its way: the files that it has so far. */
struct year {
    struct sm_request *rq;
    struct sm_arena *arena; /* of one bill */
    struct sm_zip_file files[FILES];
    char names[FILES][NAME];
    size_t count, bytes;
};

static bool is_taken(const struct year *y, const char *name)
{
    for (size_t i = 0; i < y->count; i++) {
        if (strcmp(y->names[i], name) == 0)
            return true;
    }
    return false;
}

/* "2026-09-01_AC-1.pdf"; of numbers that differ only in what no file name can
 * have, the second is "2026-09-01_2_AC-1.pdf". */
static void name_file(struct year *y, const struct sm_bill *bill,
                      const char *number)
{
    const struct sm_date day = bill->issued_on;
    char *name = y->names[y->count];

    (void)snprintf(name, NAME, "%04d-%02d-%02d_%s", day.year, day.month,
                   day.day, number);
    for (int i = 2; is_taken(y, name); i++)
        (void)snprintf(name, NAME, "%04d-%02d-%02d_%d_%s", day.year, day.month,
                       day.day, i, number);
}

/* Keep a copy of the LEN bytes as a file. */
static enum sm_status keep(struct year *y, const struct sm_bill *bill,
                           const char *ending, const char *bytes, size_t len)
{
    const char *number = sm_bills_filename(y->rq, bill->number, ending);
    char *copy;

    if (len > SM_YEAR_BYTES - y->bytes)
        return SM_DECLINED;
    copy = malloc(len + 1);
    if (!copy || !number) {
        free(copy);
        return SM_FAIL(&y->rq->err, SM_INTERNAL, "a year: no memory");
    }
    memcpy(copy, bytes, len);
    name_file(y, bill, number);
    y->files[y->count] = (struct sm_zip_file){y->names[y->count], copy, len};
    y->count++;
    y->bytes += len;
    return SM_OK;
}

static enum sm_status add_pdf(struct year *y, struct sm_request *rq,
                              const struct sm_bill_loaded *loaded)
{
    struct sm_buf out;
    enum sm_status st;

    sm_buf_init(&out, SM_BILL_PDF_BYTES_MAX);
    st = sm_bill_print(&out, rq, loaded);
    if (st == SM_OK)
        st = keep(y, &loaded->bill, "pdf", out.data, out.len);
    sm_buf_release(&out);
    return st;
}

/* The e-invoice; that there is none is no failure. */
static enum sm_status add_xml(struct year *y, struct sm_request *rq,
                              const uint8_t *id,
                              const struct sm_bill_loaded *loaded)
{
    struct sm_bill_file file;
    enum sm_status st = loaded->has_original
                            ? sm_bill_xml_original(&file, rq, id)
                            : sm_bill_xml_written(&file, rq, &loaded->bill);

    if (st == SM_OK)
        st = keep(y, &loaded->bill, "xml", file.bytes, file.len);
    return st == SM_NOT_FOUND ? SM_OK : st;
}

/* The files of one bill; what they are made of is forgotten afterwards. */
static enum sm_status add_bill(struct year *y, const uint8_t *id)
{
    struct sm_request one = *y->rq; /* it only reads */
    struct sm_bill_loaded *loaded;
    enum sm_status st;

    sm_arena_clear(y->arena);
    one.arena = y->arena;
    st = sm_bill_load(&loaded, &one, id);
    if (st == SM_OK)
        st = add_pdf(y, &one, loaded);
    if (st == SM_OK)
        st = add_xml(y, &one, id, loaded);
    y->rq->db_us_ = one.db_us_;
    y->rq->err = one.err;
    return st;
}

static enum sm_status add_bills(struct year *y, int year, const uint8_t *place,
                                int no)
{
    const struct sm_arg args[] = {
        sm_login_session(y->rq),
        sm_arg_int4(year),
        sm_arg_uuid(place),
        sm_arg_int4(SM_YEAR_PART),
        sm_arg_int4((no - 1) * SM_YEAR_PART),
        sm_arg_time(y->rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_request_query(&rows, y->rq, &sm_sql_self_invoice_year, args);

    if (st == SM_OK && sm_rows_count(rows) == 0)
        return SM_NOT_FOUND;
    for (int i = 0; st == SM_OK && i < sm_rows_count(rows); i++)
        st = add_bill(y, sm_row_bytes(rows, i, SELF_INVOICE_YEAR__INVOICE));
    return st;
}

static enum sm_status pack(struct year *y, struct sm_reply *rp, int year,
                           int no)
{
    struct sm_request *rq = y->rq;
    uint8_t hash[SM_HASH_BYTES];
    char *zip = NULL, *etag, *name;
    size_t len = 0;
    enum sm_status st = sm_zip_make(&zip, &len, y->files, y->count, &rq->err);

    if (st != SM_OK)
        return st;
    etag = sm_arena_alloc(rq->arena, 2 * SM_HASH_BYTES + 1);
    name = sm_arena_printf(rq->arena, "%d-%d.zip", year, no);
    if (!sm_arena_defer(rq->arena, free, zip) || !etag || !name)
        return SM_FAIL(&rq->err, SM_INTERNAL, "a year: no memory");
    sm_sha256(hash, zip, len);
    sm_hex(etag, hash, sizeof(hash));
    if (!sm_reply_known(rq, rp, etag))
        sm_reply_file(rp, "application/zip", name, zip, len);
    return SM_OK;
}

static enum sm_status make(struct year *y, struct sm_reply *rp, int year,
                           const uint8_t *place, int no)
{
    enum sm_status st;

    y->arena = sm_arena_new((size_t)16 << 20);
    st = y->arena ? add_bills(y, year, place, no)
                  : SM_FAIL(&y->rq->err, SM_INTERNAL, "a year: no memory");
    if (st == SM_OK)
        st = pack(y, rp, year, no);
    for (size_t i = 0; i < y->count; i++)
        free((void *)(uintptr_t)y->files[i].bytes);
    sm_arena_free(y->arena);
    return st;
}

enum sm_status sm_bill_year(struct sm_request *rq, struct sm_reply *rp,
                            int year, const uint8_t *place, int no)
{
    static atomic_flag making = ATOMIC_FLAG_INIT;
    struct year *y = sm_arena_calloc(rq->arena, 1, sizeof(*y));
    enum sm_status st;

    if (!y)
        return SM_FAIL(&rq->err, SM_INTERNAL, "a year: no memory");
    if (atomic_flag_test_and_set(&making))
        return SM_FAIL(&rq->err, SM_BUSY, "a year is being made");
    y->rq = rq;
    st = make(y, rp, year, place, no);
    atomic_flag_clear(&making);
    return st;
}
