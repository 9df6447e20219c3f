/* The e-invoice byte for byte as it was received. */
#include "portal/bills.h"
#include "portal/login.h"
#include "sql/self_bills.h"

static const struct sm_input inputs[] = {
    {"id", SM_IN_ID, .required = true},
};

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(sm_in(rq, "id")->id),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    char *etag;
    const char *name;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_invoice_original, args);

    if (st != SM_OK)
        return st;
    if (sm_rows_count(rows) == 0)
        return SM_NOT_FOUND;
    etag = sm_arena_alloc(rq->arena, 2 * SM_HASH_BYTES + 1);
    name = sm_bills_filename(
        rq, sm_row_text(rows, 0, SELF_INVOICE_ORIGINAL__NUMBER), "xml");
    if (!etag || !name)
        return SM_FAIL(&rq->err, SM_INTERNAL, "the original: no memory");
    sm_hex(etag, sm_row_bytes(rows, 0, SELF_INVOICE_ORIGINAL__SHA256),
           SM_HASH_BYTES);
    if (!sm_reply_known(rq, rp, etag))
        sm_reply_file(
            rp, sm_row_text(rows, 0, SELF_INVOICE_ORIGINAL__MEDIA_TYPE), name,
            (const char *)sm_row_bytes(rows, 0, SELF_INVOICE_ORIGINAL__BODY),
            sm_row_len(rows, 0, SELF_INVOICE_ORIGINAL__BODY));
    return SM_OK;
}

const struct sm_page sm_page_invoice_xml = {
    .path = "/invoices/{id}/xml",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = send,
    .personal = true,
    .help = "The e-invoice as it was received.",
};
