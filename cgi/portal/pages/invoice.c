/* One bill: what it is about, its lines and taxes, what was paid of it. */
#include "keys.h"
#include "portal/bill_xml.h"
#include "portal/bills.h"
#include "portal/login.h"

static const struct sm_input inputs[] = {
    {"id", SM_IN_ID, .required = true},
};

static void fill_line(struct sm_dict *page, const struct sm_bill *bill,
                      const struct sm_bill_line *line)
{
    struct sm_dict *row = sm_section(page, K_LINES);

    sm_set(row, K_LINE_NAME, line->name);
    sm_bills_micro(row, K_QUANTITY, line->quantity_micro);
    sm_bills_unit(row, K_UNIT, line->unit);
    if (line->has_price)
        sm_bills_micro(row, K_PRICE, line->price_micro);
    sm_set_money(row, K_NET, line->net_minor, bill->currency);
    sm_bills_rate(row, K_RATE, line->tax_rate_bp);
}

static void fill_tax(struct sm_dict *page, const struct sm_bill *bill,
                     const struct sm_bill_tax *tax)
{
    struct sm_dict *row = sm_section(page, K_TAXES);

    sm_bills_rate(row, K_RATE, tax->rate_bp);
    sm_set_money(row, K_BASE, tax->base_minor, bill->currency);
    sm_set_money(row, K_TAX, tax->tax_minor, bill->currency);
}

static void fill_payment(struct sm_dict *page, const struct sm_request *rq,
                         const struct sm_bill_loaded *loaded, size_t i)
{
    const struct sm_bill_payment *payment = &loaded->bill.payments[i];
    struct sm_dict *row = sm_section(page, K_PAYMENTS);

    sm_bills_how(row, payment->how);
    sm_set_date(row, K_PAID_ON, payment->on);
    sm_set(row, K_REFERENCE, payment->reference);
    sm_set_money(row, K_PAID, payment->amount_minor, loaded->bill.currency);
    if (loaded->paid[i])
        sm_bills_receipt(row, rq, loaded->paid[i]);
}

static void fill_about(struct sm_dict *page, const struct sm_bill *bill)
{
    sm_show_if(page, K_CREDIT_NOTE, bill->credit_note);
    sm_show_if(page, K_ORDINARY, !bill->credit_note);
    sm_set(page, K_NUMBER, bill->number);
    sm_set(page, K_HOLDER, bill->buyer.name);
    sm_set(page, K_PLACE_ADDRESS, bill->place);
    sm_set(page, K_CONTRACT, bill->contract);
    sm_set(page, K_SELLER, bill->seller.name);
    sm_set(page, K_SELLER_TAX, bill->seller.tax_id);
    sm_set_date(page, K_ISSUED_ON, bill->issued_on);
    sm_set_date(page, K_DUE_ON, bill->due_on);
    sm_show_if(page, K_HAS_PERIOD, bill->from.year != 0);
    sm_set_date(page, K_PERIOD_FROM, bill->from);
    sm_set_date(page, K_PERIOD_TO, bill->to);
}

static void fill_sums(struct sm_dict *page, const struct sm_bill *bill)
{
    int64_t payable = bill->payable_minor;

    sm_set_money(page, K_NET, bill->net_minor, bill->currency);
    sm_set_money(page, K_TAX, bill->tax_minor, bill->currency);
    sm_set_money(page, K_TOTAL, bill->total_minor, bill->currency);
    sm_set_money(page, K_VALUE, bill->credit_note ? -payable : payable,
                 bill->currency);
    sm_show_if(page, K_HAS_OPEN, bill->open_minor > 0);
    sm_show_if(page, K_NO_OPEN, bill->open_minor == 0);
    sm_set_money(page, K_OPEN, bill->open_minor, bill->currency);
}

/* The way to the e-invoice, where there is one: what is written of a bill is
 * written and checked in less time than one question to the database. */
static enum sm_status fill_xml(struct sm_dict *page, struct sm_request *rq,
                               const struct sm_bill_loaded *loaded)
{
    struct sm_bill_file file;
    enum sm_status st = loaded->has_original
                            ? SM_OK
                            : sm_bill_xml_written(&file, rq, &loaded->bill);

    sm_show_if(page, K_HAS_XML, st == SM_OK);
    return st == SM_NOT_FOUND ? SM_OK : st;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_bill_loaded *loaded;
    const struct sm_bill *bill;
    char id[SM_ID_TEXT];
    enum sm_status st = sm_bill_load(&loaded, rq, sm_in(rq, "id")->id);

    if (st != SM_OK)
        return st;
    bill = &loaded->bill;
    sm_id_format(id, sm_in(rq, "id")->id);
    sm_set(rp->dict, K_BILL_ID, id);
    sm_set(rp->dict, K_CODE_HINT, loaded->code_hint);
    fill_about(rp->dict, bill);
    fill_sums(rp->dict, bill);
    sm_bills_state(rp->dict, loaded->state, loaded->days);
    for (size_t i = 0; i < bill->nlines; i++)
        fill_line(rp->dict, bill, &bill->lines[i]);
    sm_show_if(rp->dict, K_HAS_LINES, bill->nlines > 0);
    for (size_t i = 0; i < bill->ntaxes; i++)
        fill_tax(rp->dict, bill, &bill->taxes[i]);
    for (size_t i = 0; i < bill->npayments; i++)
        fill_payment(rp->dict, rq, loaded, i);
    sm_show_if(rp->dict, K_HAS_PAYMENTS, bill->npayments > 0);
    return fill_xml(rp->dict, rq, loaded);
}

const struct sm_page sm_page_invoice = {
    .path = "/invoices/{id}",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "invoice.tpl",
    .personal = true,
    .help = "One bill: lines, taxes, what was paid of it.",
};
