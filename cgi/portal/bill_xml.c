#include "portal/bill_xml.h"

#include <stdatomic.h>
#include <string.h>

#include "base/log.h"
#include "base/metrics.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/ubl_rules.h"
#include "portal/login.h"
#include "sql/self_bills.h"

/* What was told of lately, by hash: a bill that is looked at again is no news.
 * One that another took the place of is told of again. */
enum { TOLD = 1024 };
static _Atomic uint64_t told[TOLD];

static bool is_news(const struct sm_bill *bill,
                    const struct sm_ubl_problem *problem)
{
    uint8_t hash[SM_HASH_BYTES];
    uint64_t key;
    struct sm_buf all;

    sm_buf_init(&all, 4096);
    sm_buf_addf(&all, "%s|%s|%04d-%02d-%02d|%s", bill->seller.tax_id,
                bill->number, bill->issued_on.year, bill->issued_on.month,
                bill->issued_on.day, problem->reason);
    sm_sha256(hash, all.data, all.len);
    sm_buf_release(&all);
    memcpy(&key, hash, sizeof(key));
    return atomic_exchange(&told[key % TOLD], key) != key;
}

/* Tell the operator why there is no e-invoice. */
static void tell(const struct sm_bill *bill,
                 const struct sm_ubl_problem *problem)
{
    struct sm_log_line line;

    if (!is_news(bill, problem))
        return;
    sm_metric_add(SM_METRIC_EINVOICES_REFUSED, 1);
    sm_log_begin(&line, SM_LOG_WARN, "einvoice_refused");
    sm_log_str(&line, "seller", bill->seller.tax_id);
    sm_log_str(&line, "number", bill->number);
    sm_log_str(&line, "rule", problem->reason);
    sm_log_str(&line, "at", problem->xpath);
    sm_log_end(&line);
}

static enum sm_status no_memory(struct sm_request *rq)
{
    return SM_FAIL(&rq->err, SM_INTERNAL, "e-invoice: no memory");
}

enum sm_status sm_bill_xml_original(struct sm_bill_file *out,
                                    struct sm_request *rq, const uint8_t id[16])
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(id),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    char *etag = sm_arena_alloc(rq->arena, 2 * SM_HASH_BYTES + 1);
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_invoice_original, args);

    if (st != SM_OK)
        return st;
    if (sm_rows_count(rows) == 0)
        return SM_NOT_FOUND;
    if (!etag)
        return no_memory(rq);
    sm_hex(etag, sm_row_bytes(rows, 0, SELF_INVOICE_ORIGINAL__SHA256),
           SM_HASH_BYTES);
    *out = (struct sm_bill_file){
        .number = sm_row_text(rows, 0, SELF_INVOICE_ORIGINAL__NUMBER),
        .media_type = sm_row_text(rows, 0, SELF_INVOICE_ORIGINAL__MEDIA_TYPE),
        .bytes =
            (const char *)sm_row_bytes(rows, 0, SELF_INVOICE_ORIGINAL__BODY),
        .len = (size_t)sm_row_len(rows, 0, SELF_INVOICE_ORIGINAL__BODY),
        .etag = etag,
    };
    return SM_OK;
}

enum sm_status sm_bill_xml_written(struct sm_bill_file *out,
                                   struct sm_request *rq,
                                   const struct sm_bill *bill)
{
    char *etag = sm_arena_alloc(rq->arena, 2 * SM_HASH_BYTES + 1);
    uint8_t hash[SM_HASH_BYTES];
    struct sm_ubl_problem problem;
    struct sm_buf text;
    enum sm_status st;

    sm_buf_init(&text, SM_UBL_BYTES_MAX);
    st = sm_ubl_offer(&text, rq->arena, bill, sm_ubl_profile_of(&bill->seller),
                      &problem, &rq->err);
    if (st == SM_INVALID) {
        tell(bill, &problem);
        st = SM_NOT_FOUND;
    }
    if (st == SM_OK) {
        sm_sha256(hash, text.data, text.len);
        out->number = bill->number;
        out->media_type = "application/xml";
        out->bytes = sm_arena_strndup(rq->arena, text.data, text.len);
        out->len = text.len;
        out->etag = etag;
        if (etag)
            sm_hex(etag, hash, sizeof(hash));
        if (!etag || !out->bytes)
            st = no_memory(rq);
    }
    sm_buf_release(&text);
    return st;
}
