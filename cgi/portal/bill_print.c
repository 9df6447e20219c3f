#include "portal/bill_print.h"

#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/bill_pdf.h"
#include "shared/layout.h"

static struct sm_bill_pdf_options options_of(struct sm_request *rq)
{
    return (struct sm_bill_pdf_options){
        .lang = rq->lang,
        .company = sm_layout_text(rq, "company.name"),
        .pay_url = "",
        .note = sm_layout_text(rq, "company.address"),
        .accent = sm_layout_accent(rq),
    };
}

static void add_party(struct sm_buf *all, const struct sm_bill_party *party)
{
    sm_buf_addf(all, "|%s|%s|%s|%s|%s|%s|%s|%s", party->name, party->tax_id,
                party->legal_id, party->street, party->city, party->postcode,
                party->iban, party->phone);
}

const char *sm_bill_print_version(struct sm_request *rq,
                                  const struct sm_bill *bill)
{
    const struct sm_bill_pdf_options options = options_of(rq);
    char *etag = sm_arena_alloc(rq->arena, 2 * SM_HASH_BYTES + 1);
    uint8_t hash[SM_HASH_BYTES];
    struct sm_buf all;

    sm_buf_init(&all, 65536);
    sm_buf_addf(&all, "%d|%s|%s|%s|%s|%06x|%lld|%zu", SM_BILL_PDF_LAYOUT,
                sm_lang_code(options.lang), options.company, options.note,
                bill->number, (unsigned)options.accent,
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

enum sm_status sm_bill_print(struct sm_buf *out, struct sm_request *rq,
                             const struct sm_bill *bill)
{
    const struct sm_bill_pdf_options options = options_of(rq);

    return sm_bill_pdf(out, bill, &options, &rq->err);
}
