/* One bill: what it is about, its lines and taxes, what was paid of it. */
#include "domain/bill_words.h"
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

static void set_milli(struct sm_dict *row, int key, const struct sm_request *rq,
                      int64_t milli)
{
    char text[48];

    sm_bill_number(text, sizeof(text), rq->lang, milli, 3, 0);
    sm_set(row, key, text);
}

static void fill_register(struct sm_dict *page, const struct sm_request *rq,
                          const struct sm_bill_register *r)
{
    struct sm_dict *row = sm_section(page, K_REGISTERS);

    sm_set(row, K_METER, r->meter);
    sm_set(row, K_REGISTER, r->name);
    set_milli(row, K_INDEX_BEFORE, rq, r->old_milli);
    set_milli(row, K_INDEX_NOW, rq, r->new_milli);
    sm_set_date(row, K_BEFORE_ON, r->old_on);
    sm_set_date(row, K_NOW_ON, r->new_on);
    sm_set(row, K_BEFORE_HOW, sm_bill_read_name(rq->lang, r->old_read));
    sm_set(row, K_NOW_HOW, sm_bill_read_name(rq->lang, r->new_read));
    sm_show_if(row, K_HAS_FACTOR, r->factor_milli != 1000);
    set_milli(row, K_FACTOR, rq, r->factor_milli);
    set_milli(row, K_QUANTITY, rq, r->quantity_milli);
    sm_bills_unit(row, K_UNIT, r->unit);
}

static void fill_payment(struct sm_dict *chain, const struct sm_request *rq,
                         const struct sm_bill_loaded *loaded, size_t i)
{
    const struct sm_bill_payment *payment = &loaded->bill.payments[i];
    struct sm_dict *row = sm_section(chain, K_PAYMENTS);

    sm_bills_how(row, payment->how);
    sm_set_date(row, K_PAID_ON, payment->on);
    sm_set(row, K_REFERENCE, payment->reference);
    sm_set_money(row, K_PAID, -payment->amount_minor, loaded->bill.currency);
    if (loaded->paid[i])
        sm_bills_receipt(row, rq, loaded->paid[i]);
}

/* From the total to what is left; nothing where nothing happened between. */
static void fill_chain(struct sm_dict *page, const struct sm_request *rq,
                       const struct sm_bill_loaded *loaded)
{
    const struct sm_bill *bill = &loaded->bill;
    int64_t left = bill->payable_minor;
    struct sm_dict *chain;

    if (bill->credit_note || bill->cancelled ||
        (bill->npayments == 0 && bill->payable_minor == bill->total_minor &&
         bill->open_minor == bill->payable_minor))
        return;
    chain = sm_section(page, K_CHAIN);
    sm_show_if(chain, K_HAS_ADVANCE, bill->payable_minor != bill->total_minor);
    sm_set_money(chain, K_ADVANCE, bill->payable_minor - bill->total_minor,
                 bill->currency);
    for (size_t i = 0; i < bill->npayments; i++) {
        fill_payment(chain, rq, loaded, i);
        left -= bill->payments[i].amount_minor;
    }
    sm_show_if(chain, K_HAS_OTHER, left != bill->open_minor);
    sm_set_money(chain, K_OTHER_SUM, bill->open_minor - left, bill->currency);
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
    for (size_t i = 0; i < bill->nregisters; i++)
        fill_register(rp->dict, rq, &bill->registers[i]);
    sm_show_if(rp->dict, K_HAS_REGISTERS, bill->nregisters > 0);
    fill_chain(rp->dict, rq, loaded);
    sm_show_if(rp->dict, K_MAY_PAY, loaded->may_pay);
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
