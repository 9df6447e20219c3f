/* A bill as a file to keep and to print. */
#include "domain/bill_pdf.h"
#include "portal/bill_load.h"
#include "portal/bill_print.h"
#include "portal/bills.h"

static const struct sm_input inputs[] = {
    {"id", SM_IN_ID, .required = true},
};

static enum sm_status make(struct sm_request *rq, struct sm_reply *rp,
                           const struct sm_bill_loaded *loaded)
{
    const char *name = sm_bills_filename(rq, loaded->bill.number, "pdf");
    struct sm_buf out;
    enum sm_status st;

    sm_buf_init(&out, SM_BILL_PDF_BYTES_MAX);
    st = sm_bill_print(&out, rq, loaded);
    if (st == SM_OK && !name)
        st = SM_FAIL(&rq->err, SM_INTERNAL, "the file's name: no memory");
    if (st == SM_OK)
        st = sm_reply_written(rq, rp, &out, "application/pdf", name);
    sm_buf_release(&out);
    return st;
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_bill_loaded *loaded;
    const char *etag;
    enum sm_status st = sm_bill_load(&loaded, rq, sm_in(rq, "id")->id);

    if (st != SM_OK)
        return st;
    etag = sm_bill_print_version(rq, loaded);
    if (!etag)
        return SM_FAIL(&rq->err, SM_INTERNAL, "the version: no memory");
    return sm_reply_known(rq, rp, etag) ? SM_OK : make(rq, rp, loaded);
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
