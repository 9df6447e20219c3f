/* The e-invoice: byte for byte as it was received, else as it is written
 * here. */
#include "portal/bill_xml.h"
#include "portal/bills.h"

static const struct sm_input inputs[] = {
    {"id", SM_IN_ID, .required = true},
};

static enum sm_status find(struct sm_bill_file *out, struct sm_request *rq)
{
    struct sm_bill_loaded *loaded;
    enum sm_status st = sm_bill_xml_original(out, rq, sm_in(rq, "id")->id);

    if (st != SM_NOT_FOUND)
        return st;
    st = sm_bill_load(&loaded, rq, sm_in(rq, "id")->id);
    return st == SM_OK ? sm_bill_xml_written(out, rq, &loaded->bill) : st;
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_bill_file file;
    const char *name;
    enum sm_status st = find(&file, rq);

    if (st != SM_OK)
        return st;
    name = sm_bills_filename(rq, file.number, "xml");
    if (!name)
        return SM_FAIL(&rq->err, SM_INTERNAL, "e-invoice: no memory");
    if (!sm_reply_known(rq, rp, file.etag))
        sm_reply_file(rp, file.media_type, name, file.bytes, file.len);
    return SM_OK;
}

const struct sm_page sm_page_invoice_xml = {
    .path = "/invoices/{id}/xml",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = send,
    .personal = true,
    .help = "The e-invoice as it was received, or written of the bill.",
};
