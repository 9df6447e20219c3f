/* A bill as a file to keep and to print. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/bill_pdf.h"
#include "portal/bill_load.h"
#include "portal/bills.h"
#include "shared/layout.h"

static const struct sm_input inputs[] = {
    {"id", SM_IN_ID, .required = true},
};

static void add_party(struct sm_buf *all, const struct sm_bill_party *party)
{
    sm_buf_addf(all, "|%s|%s|%s|%s|%s|%s|%s|%s", party->name, party->tax_id,
                party->legal_id, party->street, party->city, party->postcode,
                party->iban, party->phone);
}

/* The version: a hash over all that the file shows. */
static const char *version(struct sm_request *rq, const struct sm_bill *bill,
                           const struct sm_bill_pdf_options *options)
{
    char *etag = sm_arena_alloc(rq->arena, 2 * SM_HASH_BYTES + 1);
    uint8_t hash[SM_HASH_BYTES];
    struct sm_buf all;

    sm_buf_init(&all, 65536);
    sm_buf_addf(&all, "%d|%s|%s|%s|%s|%06x|%lld|%zu", SM_BILL_PDF_LAYOUT,
                sm_lang_code(options->lang), options->company, options->note,
                bill->number, (unsigned)options->accent,
                (long long)bill->open_minor, bill->npayments);
    for (size_t i = 0; i < bill->npayments; i++)
        sm_buf_addf(&all, "|%s|%lld", bill->payments[i].reference,
                    (long long)bill->payments[i].amount_minor);
    sm_buf_addf(&all, "|%s", bill->place);
    add_party(&all, &bill->seller);
    add_party(&all, &bill->buyer);
    if (etag && sm_buf_ok(&all)) {
        sm_sha256(hash, all.data, all.len);
        sm_hex(etag, hash, sizeof(hash));
    } else {
        etag = NULL;
    }
    sm_buf_release(&all);
    return etag;
}

static enum sm_status make(struct sm_request *rq, struct sm_reply *rp,
                           const struct sm_bill *bill,
                           const struct sm_bill_pdf_options *options)
{
    const char *name = sm_bills_filename(rq, bill->number, "pdf"), *copy;
    struct sm_buf out;
    enum sm_status st;

    sm_buf_init(&out, SM_BILL_PDF_BYTES_MAX);
    st = sm_bill_pdf(&out, bill, options, &rq->err);
    copy = st == SM_OK ? sm_arena_strndup(rq->arena, out.data, out.len) : NULL;
    if (st == SM_OK && copy && name)
        sm_reply_file(rp, "application/pdf", name, copy, out.len);
    else if (st == SM_OK)
        st = SM_FAIL(&rq->err, SM_INTERNAL, "the file: no memory");
    sm_buf_release(&out);
    return st;
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_bill_pdf_options options = {
        .lang = rq->lang,
        .company = sm_layout_text(rq, "company.name"),
        .pay_url = "",
        .note = sm_layout_text(rq, "company.address"),
        .accent = sm_layout_accent(rq),
    };
    struct sm_bill_loaded *bill;
    const char *etag;
    enum sm_status st = sm_bill_load(&bill, rq, sm_in(rq, "id")->id);

    if (st != SM_OK)
        return st;
    etag = version(rq, &bill->bill, &options);
    if (!etag)
        return SM_FAIL(&rq->err, SM_INTERNAL, "the version: no memory");
    return sm_reply_known(rq, rp, etag) ? SM_OK
                                        : make(rq, rp, &bill->bill, &options);
}

const struct sm_page sm_page_invoice_pdf = {
    .path = "/invoices/{id}/pdf",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = send,
    .personal = true,
    .help = "A bill as a PDF.",
};
