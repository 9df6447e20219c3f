#include "domain/bill_pdf.h"

#include <stdio.h>
#include <string.h>

#include "domain/bill_words.h"
#include "domain/epc_qr.h"
#include "money/money.h"
#include "pdf/pdf.h"
#include "view/view.h"

enum { TEXT = 600, SHORT = 100 };

#define DOT " \xc2\xb7 "

/* What every part needs. */
struct page {
    struct sm_pdf *pdf;
    const struct sm_bill *bill;
    const struct sm_bill_pdf_options *options;
    enum sm_lang lang;
    int exponent; /* decimals of the currency */
};

/* The cells of a row. */
struct cells {
    char text[SM_PDF_COLUMNS][TEXT];
};

static const char *tr(const struct page *p, const char *sentence)
{
    return sm_tr(p->lang, sentence);
}

static void put_row(const struct page *p, const struct cells *c, bool strong)
{
    const char *texts[SM_PDF_COLUMNS];

    for (size_t i = 0; i < SM_PDF_COLUMNS; i++)
        texts[i] = c->text[i];
    sm_pdf_grid_row(p->pdf, texts, strong);
}

/* An amount with its currency, and as a plain number in a column. */
static void money(char out[SHORT], const struct page *p, int64_t minor)
{
    sm_format_money(out, SHORT, p->lang, minor, p->bill->currency);
}

static void amount(char out[TEXT], const struct page *p, int64_t minor)
{
    sm_format_number(out, TEXT, p->lang, minor, p->exponent);
}

/* Append LABEL and VALUE to TEXT as a line; nothing without a value.  A line
 * that does not fit is left out. */
static void add(char text[TEXT], const char *label, const char *value)
{
    size_t len = strlen(text);
    int n;

    if (value[0] == '\0')
        return;
    n = snprintf(text + len, TEXT - len, "%s%s%s%s", len > 0 ? "\n" : "", label,
                 label[0] != '\0' ? " " : "", value);
    if (n < 0 || (size_t)n >= TEXT - len)
        text[len] = '\0';
}

static void add_party(char text[TEXT], const struct page *p,
                      const struct sm_bill_party *party)
{
    char town[TEXT];

    (void)snprintf(town, sizeof(town), "%s%s%s", party->postcode,
                   party->postcode[0] && party->city[0] ? " " : "",
                   party->city);
    add(text, "", party->street);
    add(text, "", town);
    add(text, party->vat ? tr(p, SM_N_("VAT no.")) : tr(p, SM_N_("Tax no.")),
        party->tax_id);
    add(text, tr(p, SM_N_("Reg. no.")), party->legal_id);
}

/* Who bills whom, and for which place. */
static void put_parties(const struct page *p)
{
    const struct sm_bill *b = p->bill;
    char seller[TEXT] = "", buyer[TEXT] = "", place[TEXT] = "";
    const struct sm_pdf_block blocks[3] = {
        {tr(p, SM_N_("Supplier")), b->seller.name, seller},
        {tr(p, SM_N_("Customer")), b->buyer.name, buyer},
        {tr(p, SM_N_("Place of supply")), b->place, place}};

    add_party(seller, p, &b->seller);
    add_party(buyer, p, &b->buyer);
    add(buyer, tr(p, SM_N_("Client code")), b->client_code);
    add(place, tr(p, SM_N_("Supply point")), b->point);
    add(place, tr(p, SM_N_("Contract")), b->contract);
    sm_pdf_blocks(p->pdf, blocks,
                  b->place[0] != '\0' || place[0] != '\0' ? 3 : 2);
}

/* When it was issued, until when it is to be paid, what for. */
static void put_dates(const struct page *p)
{
    const struct sm_bill *b = p->bill;
    char issued[SHORT], due[SHORT], period[2 * SHORT];
    struct sm_pdf_block blocks[4];
    size_t n = 0;

    sm_format_date(issued, SHORT, p->lang, b->issued_on);
    sm_format_date(due, SHORT, p->lang, b->due_on);
    sm_bill_period(period, sizeof(period), p->lang, b->from, b->to);
    blocks[n++] = (struct sm_pdf_block){tr(p, SM_N_("Issued on")), issued, ""};
    if (!b->credit_note && due[0] != '\0')
        blocks[n++] = (struct sm_pdf_block){tr(p, SM_N_("Due on")), due, ""};
    if (period[0] != '\0')
        blocks[n++] = (struct sm_pdf_block){tr(p, SM_N_("Period")), period, ""};
    if (b->preceding[0] != '\0')
        blocks[n++] = (struct sm_pdf_block){tr(p, SM_N_("Corrects invoice")),
                                            b->preceding, ""};
    sm_pdf_blocks(p->pdf, blocks, n);
}

/* The payload for a bank's app; false if there is none. */
static bool bank_code(char payload[SM_EPC_BYTES], const struct page *p)
{
    const struct sm_bill *b = p->bill;
    char both[SHORT + SM_EPC_BYTES];
    struct sm_epc transfer = {.name = b->seller.name,
                              .iban = b->seller.iban,
                              .amount_minor = b->open_minor,
                              .remittance = b->code};

    if (strcmp(b->currency, "EUR") != 0)
        return false;
    if (sm_epc_is_reference(b->code) || b->code[0] == '\0')
        return sm_epc_payload(payload, &transfer) == SM_OK;
    (void)snprintf(both, sizeof(both), "%s %s", b->code, b->number);
    transfer.remittance = both;
    return sm_epc_payload(payload, &transfer) == SM_OK;
}

/* How to pay what is open. */
static void put_payable(const struct page *p)
{
    const struct sm_bill *b = p->bill;
    char figure[SHORT], due[SHORT], text[TEXT] = "", payload[SM_EPC_BYTES];
    char label[2 * SHORT], bank_alt[2 * SHORT];
    const char *bank = tr(p, SM_N_("Scan with your bank's app"));
    const char *card = tr(p, SM_N_("Scan to pay by card"));
    const char *word = b->open_minor < b->payable_minor
                           ? tr(p, SM_N_("Left to pay by"))
                           : tr(p, SM_N_("To pay by"));
    struct sm_pdf_code codes[2];
    size_t n = 0;

    money(figure, p, b->open_minor);
    sm_format_date(due, SHORT, p->lang, b->due_on);
    (void)snprintf(label, sizeof(label), "%s%s%s", word,
                   due[0] != '\0' ? " " : "", due);
    (void)snprintf(bank_alt, sizeof(bank_alt), "%s: %s", bank, figure);
    add(text, tr(p, SM_N_("Payment code")), b->code);
    add(text, tr(p, SM_N_("IBAN")), b->seller.iban);
    if (bank_code(payload, p))
        codes[n++] = (struct sm_pdf_code){payload, bank, bank_alt, ""};
    if (p->options->pay_url[0] != '\0')
        codes[n++] = (struct sm_pdf_code){p->options->pay_url, card, card,
                                          p->options->pay_url};
    sm_pdf_panel(p->pdf, &(struct sm_pdf_panel){label, figure, text, codes, n});
}

/* What the bill is about, large. */
static void put_figure(const struct page *p)
{
    const struct sm_bill *b = p->bill;
    struct sm_pdf_panel panel = {.text = ""};
    int64_t minor = b->payable_minor;
    char figure[SHORT];

    if (!b->cancelled && !b->credit_note && b->open_minor > 0) {
        put_payable(p);
        return;
    }
    if (b->cancelled) {
        panel.label = tr(p, SM_N_("Withdrawn by the supplier"));
        panel.text = tr(p, SM_N_("There is nothing to pay."));
    } else if (b->credit_note || minor < 0) {
        panel.label = tr(p, SM_N_("Credited"));
        minor = minor < 0 ? -minor : minor;
    } else if (minor > 0) {
        panel.label = tr(p, SM_N_("Paid"));
        panel.text = tr(p, SM_N_("There is nothing to pay."));
    } else {
        panel.label = tr(p, SM_N_("Nothing to pay"));
    }
    money(figure, p, minor);
    panel.figure = figure;
    sm_pdf_panel(p->pdf, &panel);
}

/* "Net, RON". */
static const char *with_currency(char out[SHORT], const struct page *p,
                                 const char *word)
{
    (void)snprintf(out, SHORT, "%s, %s", word, p->bill->currency);
    return out;
}

static void put_lines(const struct page *p)
{
    char price[SHORT], net[SHORT];
    const struct sm_pdf_column columns[] = {
        {tr(p, SM_N_("What was supplied")), 39, false},
        {tr(p, SM_N_("Quantity")), 13, true},
        {tr(p, SM_N_("Unit")), 9, false},
        {with_currency(price, p, tr(p, SM_N_("Price"))), 14, true},
        {tr(p, SM_N_("VAT")), 9, true},
        {with_currency(net, p, tr(p, SM_N_("Net"))), 16, true}};

    if (p->bill->nlines == 0)
        return;
    sm_pdf_section(p->pdf, p->bill->credit_note
                               ? tr(p, SM_N_("What this credit note is for"))
                               : tr(p, SM_N_("What this bill is for")));
    sm_pdf_grid(p->pdf, columns, SM_COUNT(columns));
    for (size_t i = 0; i < p->bill->nlines; i++) {
        const struct sm_bill_line *line = &p->bill->lines[i];
        struct cells c = {{""}};

        (void)snprintf(c.text[0], TEXT, "%s", line->name);
        sm_bill_number(c.text[1], TEXT, p->lang, line->quantity_micro, 6, 0);
        (void)snprintf(c.text[2], TEXT, "%s",
                       sm_bill_unit_name(p->lang, line->unit));
        if (line->has_price)
            sm_bill_number(c.text[3], TEXT, p->lang, line->price_micro, 6, 2);
        sm_bill_rate(c.text[4], TEXT, p->lang, line->tax_rate_bp);
        amount(c.text[5], p, line->net_minor);
        put_row(p, &c, false);
    }
}

static void put_tax_row(const struct page *p, const char *name, int64_t net,
                        int64_t tax, bool strong)
{
    struct cells c = {{""}};

    (void)snprintf(c.text[0], TEXT, "%s", name);
    amount(c.text[1], p, net);
    amount(c.text[2], p, tax);
    amount(c.text[3], p, net + tax);
    put_row(p, &c, strong);
}

/* "21 %", and why it is exempt where it is. */
static void tax_name(char out[TEXT], const struct page *p,
                     const struct sm_bill_tax *tax)
{
    const char *reason = tax->reason != NULL ? tax->reason : "";
    char rate[SHORT];

    sm_bill_rate(rate, SHORT, p->lang, tax->rate_bp);
    (void)snprintf(out, TEXT, "%s%s%s", rate, reason[0] != '\0' ? DOT : "",
                   reason);
}

/* The breakdown by rates; its last row, the only one if there is one rate, is
 * the bill's sums. */
static void put_taxes(const struct page *p)
{
    const struct sm_bill *b = p->bill;
    char net[SHORT], tax[SHORT], total[SHORT], name[TEXT] = "";
    char sum[TEXT + SHORT];
    const struct sm_pdf_column columns[] = {
        {tr(p, SM_N_("VAT rate")), 40, false},
        {with_currency(net, p, tr(p, SM_N_("Net"))), 20, true},
        {with_currency(tax, p, tr(p, SM_N_("VAT"))), 20, true},
        {with_currency(total, p, tr(p, SM_N_("With VAT"))), 20, true}};

    sm_pdf_section(p->pdf, tr(p, SM_N_("Sums and VAT")));
    sm_pdf_grid(p->pdf, columns, SM_COUNT(columns));
    for (size_t i = 0; i < b->ntaxes; i++) {
        tax_name(name, p, &b->taxes[i]);
        if (b->ntaxes > 1)
            put_tax_row(p, name, b->taxes[i].base_minor, b->taxes[i].tax_minor,
                        false);
    }
    (void)snprintf(sum, sizeof(sum), "%s%s%s", tr(p, SM_N_("Total")),
                   b->ntaxes == 1 ? DOT : "", b->ntaxes == 1 ? name : "");
    put_tax_row(p, sum, b->net_minor, b->tax_minor, true);
}

/* An index, and below it when and how it became known. */
static void put_index(char out[TEXT], const struct page *p, int64_t milli,
                      struct sm_date on, enum sm_bill_read read)
{
    const char *how = sm_bill_read_name(p->lang, read);
    char number[SHORT], day[SHORT];

    sm_bill_number(number, SHORT, p->lang, milli, 3, 0);
    sm_format_date(day, SHORT, p->lang, on);
    (void)snprintf(out, TEXT, "%s%s%s%s%s", number,
                   day[0] != '\0' || how[0] != '\0' ? "\n" : "", day,
                   day[0] != '\0' && how[0] != '\0' ? ", " : "", how);
}

static void put_register(const struct page *p, const struct sm_bill_register *r,
                         bool factors)
{
    struct cells c = {{""}};
    char used[SHORT], *last = c.text[factors ? 4 : 3];

    (void)snprintf(c.text[0], TEXT, "%s%s%s", r->meter,
                   r->meter[0] != '\0' && r->name[0] != '\0' ? "\n" : "",
                   r->name);
    put_index(c.text[1], p, r->old_milli, r->old_on, r->old_read);
    put_index(c.text[2], p, r->new_milli, r->new_on, r->new_read);
    if (factors)
        sm_bill_number(c.text[3], TEXT, p->lang, r->factor_milli, 3, 0);
    sm_bill_number(used, SHORT, p->lang, r->quantity_milli, 3, 0);
    (void)snprintf(last, TEXT, "%s %s", used,
                   sm_bill_unit_name(p->lang, r->unit));
    put_row(p, &c, false);
}

/* The meters; with a column of factors where one is not 1. */
static void put_registers(const struct page *p)
{
    const struct sm_bill *b = p->bill;
    const struct sm_pdf_column with[] = {
        {tr(p, SM_N_("Meter")), 17, false},
        {tr(p, SM_N_("Index before")), 28, true},
        {tr(p, SM_N_("Index now")), 28, true},
        {tr(p, SM_N_("Factor")), 10, true},
        {tr(p, SM_N_("Billed")), 17, true}};
    const struct sm_pdf_column without[] = {{with[0].head, 20, false},
                                            {with[1].head, 31, true},
                                            {with[2].head, 31, true},
                                            {with[4].head, 18, true}};
    bool factors = false;

    if (b->nregisters == 0)
        return;
    for (size_t i = 0; i < b->nregisters; i++)
        factors |= b->registers[i].factor_milli != 1000;
    sm_pdf_section(p->pdf, tr(p, SM_N_("Meters")));
    if (factors)
        sm_pdf_grid(p->pdf, with, SM_COUNT(with));
    else
        sm_pdf_grid(p->pdf, without, SM_COUNT(without));
    for (size_t i = 0; i < b->nregisters; i++)
        put_register(p, &b->registers[i], factors);
}

static void put_balance_row(const struct page *p, const char *what,
                            struct sm_date on, int64_t minor, bool strong)
{
    struct cells c = {{""}};

    (void)snprintf(c.text[0], TEXT, "%s", what);
    sm_format_date(c.text[1], TEXT, p->lang, on);
    amount(c.text[2], p, minor);
    put_row(p, &c, strong);
}

/* From the bill's total to what is left of it.  Left out where nothing
 * happened on the way. */
static void put_balance(const struct page *p)
{
    const struct sm_bill *b = p->bill;
    const struct sm_date never = {0};
    char head[SHORT];
    const struct sm_pdf_column columns[] = {
        {tr(p, SM_N_("From the total to what is left")), 54, false},
        {tr(p, SM_N_("Date")), 26, false},
        {with_currency(head, p, tr(p, SM_N_("Amount"))), 20, true}};
    int64_t left = b->payable_minor;

    if (b->credit_note || b->cancelled ||
        (b->npayments == 0 && b->payable_minor == b->total_minor &&
         b->open_minor == b->payable_minor))
        return;
    sm_pdf_section(p->pdf, tr(p, SM_N_("Balance of this bill")));
    sm_pdf_grid(p->pdf, columns, SM_COUNT(columns));
    put_balance_row(p, tr(p, SM_N_("Total with VAT")), b->issued_on,
                    b->total_minor, false);
    if (b->payable_minor != b->total_minor)
        put_balance_row(p, tr(p, SM_N_("Paid in advance, and rounding")), never,
                        b->payable_minor - b->total_minor, false);
    for (size_t i = 0; i < b->npayments; i++) {
        const struct sm_bill_payment *one = &b->payments[i];
        char what[TEXT] = "";

        add(what, "", sm_bill_how_name(p->lang, one->how));
        (void)snprintf(what + strlen(what), TEXT - strlen(what), "%s%s",
                       one->reference[0] != '\0' ? DOT : "", one->reference);
        put_balance_row(p, what, one->on, -one->amount_minor, false);
        left -= one->amount_minor;
    }
    if (left != b->open_minor)
        put_balance_row(p, tr(p, SM_N_("Other changes")), never,
                        b->open_minor - left, false);
    put_balance_row(p, tr(p, SM_N_("Left to pay")), never, b->open_minor, true);
}

/* How to reach the supplier, and what the options say. */
static void put_note(const struct page *p)
{
    const struct sm_bill_party *seller = &p->bill->seller;
    char text[2 * TEXT];

    (void)snprintf(text, sizeof(text), "%s%s%s%s%s%s%s", seller->name,
                   seller->phone[0] != '\0' ? DOT : "", seller->phone,
                   seller->email[0] != '\0' ? DOT : "", seller->email,
                   p->options->note[0] != '\0' ? "\n" : "", p->options->note);
    sm_pdf_note(p->pdf, text);
}

static void fill(const struct page *p, const char *title)
{
    sm_pdf_heading(p->pdf, title);
    put_dates(p);
    put_parties(p);
    put_figure(p);
    put_lines(p);
    put_taxes(p);
    put_registers(p);
    put_balance(p);
    put_note(p);
}

enum sm_status sm_bill_pdf(struct sm_buf *out, const struct sm_bill *bill,
                           const struct sm_bill_pdf_options *options,
                           struct sm_error *err)
{
    const struct sm_currency *currency = sm_currency_find(bill->currency);
    struct page p = {.bill = bill,
                     .options = options,
                     .lang = options->lang,
                     .exponent = currency != NULL ? currency->exponent : 2};
    char title[TEXT], created[SHORT];
    const struct sm_pdf_info info = {
        .title = title,
        .author = options->company[0] ? options->company : bill->seller.name,
        .lang = sm_lang_code(options->lang),
        .created = created,
        .accent = options->accent};
    enum sm_status status;

    sm_buf_clear(out);
    (void)snprintf(title, sizeof(title), "%s %s",
                   bill->credit_note ? tr(&p, SM_N_("Credit note"))
                                     : tr(&p, SM_N_("Invoice")),
                   bill->number);
    (void)snprintf(created, sizeof(created), "%04d-%02d-%02dT00:00:00Z",
                   bill->issued_on.year, bill->issued_on.month,
                   bill->issued_on.day);
    status = sm_pdf_new(&p.pdf, &info, err);
    if (status != SM_OK)
        return status;
    fill(&p, title);
    return sm_pdf_finish(out, p.pdf, err);
}
