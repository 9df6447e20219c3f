#include "portal/bill_print.h"

#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/bill_pdf.h"
#include "domain/paylink.h"
#include "portal/guest.h"
#include "shared/layout.h"

enum { LINK_DAYS = 3 * 365 + 1 };

/* The link that pays a bill; "" without a key, or with nothing left to pay;
 * NULL without memory. */
static const char *pay_url(struct sm_request *rq,
                           const struct sm_bill_loaded *loaded)
{
    const struct sm_portal *portal = sm_portal(rq);
    const struct sm_bill *bill = &loaded->bill;
    struct sm_paylink link = {
        .key_id = portal->paylink_id,
        .rule = SM_PAYLINK_TOTAL,
        .expires_at = (sm_date_to_days(bill->issued_on) + LINK_DAYS) * 86400,
    };
    char token[SM_PAYLINK_TEXT];

    if (!portal->paylink_seed.set || bill->open_minor <= 0 ||
        link.expires_at <= rq->now_us / 1000000)
        return "";
    memcpy(link.account, loaded->place, sizeof(link.account));
    sm_copy(link.currency, sizeof(link.currency), bill->currency);
    if (sm_paylink_make(token, &link, portal->paylink_seed.bytes) != SM_OK)
        return "";
    return sm_arena_printf(rq->arena, "%s/%s/l/%s",
                           sm_settings_str(rq->app->settings, "public_origin"),
                           sm_lang_code(rq->lang), token);
}

static struct sm_bill_pdf_options options_of(
    struct sm_request *rq, const struct sm_bill_loaded *loaded)
{
    return (struct sm_bill_pdf_options){
        .lang = rq->lang,
        .company = sm_layout_text(rq, "company.name"),
        .pay_url = pay_url(rq, loaded),
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
                                  const struct sm_bill_loaded *loaded)
{
    const struct sm_bill_pdf_options options = options_of(rq, loaded);
    const struct sm_bill *bill = &loaded->bill;
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
    sm_buf_addf(&all, "|%s|%s|%s", bill->place, bill->code,
                options.pay_url ? options.pay_url : "");
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
                             const struct sm_bill_loaded *loaded)
{
    const struct sm_bill_pdf_options options = options_of(rq, loaded);

    if (!options.pay_url)
        return SM_FAIL(&rq->err, SM_INTERNAL, "a pay link: no memory");
    return sm_bill_pdf(out, &loaded->bill, &options, &rq->err);
}
