#include "domain/ubl_write.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/import_value.h"
#include "domain/ubl_codes.h"
#include "domain/ubl_emit.h"
#include "ident/bank.h"

#define NS "urn:oasis:names:specification:ubl:schema:xsd:"

/* A consumer who has no number of a state (BT-47 in CIUS-RO). */
#define RO_CONSUMER "0000000000000"

enum sm_ubl_profile sm_ubl_profile_of(const struct sm_bill_party *seller)
{
    return strcmp(seller->country, "RO") == 0 ? SM_UBL_CIUS_RO : SM_UBL_EN16931;
}

static enum sm_status refuse(const struct sm_bill *bill,
                             struct sm_ubl_problem *problem, const char *path,
                             const char *reason)
{
    snprintf(problem->xpath, sizeof(problem->xpath), "/%s/%s",
             bill->credit_note ? "CreditNote" : "Invoice", path);
    sm_copy(problem->reason, sizeof(problem->reason), reason);
    return SM_INVALID;
}

static bool within(int64_t number, int64_t most)
{
    return number >= -most && number <= most;
}

/* Numbers that can be written and multiplied without overflow. */
static enum sm_status check_bounds(const struct sm_bill *bill,
                                   struct sm_ubl_problem *problem)
{
    static const char total[] = "cac:LegalMonetaryTotal/cbc:PayableAmount";
    static const char line[] = "cac:InvoiceLine";
    static const char reason[] = "SM-LIMIT-01: a number is out of bounds";
    const int64_t most = SM_UBL_NUMBER_MAX;
    bool ok = true;

    if (!within(bill->total_minor, SM_IMPORT_AMOUNT_MAX) ||
        !within(bill->payable_minor, SM_IMPORT_AMOUNT_MAX))
        return refuse(bill, problem, total, reason);
    for (size_t i = 0; ok && i < bill->nlines; i++) {
        const struct sm_bill_line *l = &bill->lines[i];

        ok = within(l->quantity_micro, most) && within(l->price_micro, most) &&
             within(l->net_minor, SM_IMPORT_AMOUNT_MAX);
    }
    for (size_t i = 0; ok && i < bill->nregisters; i++) {
        const struct sm_bill_register *r = &bill->registers[i];

        ok = within(r->old_milli, most) && within(r->new_milli, most) &&
             within(r->factor_milli, most) && within(r->quantity_milli, most) &&
             r->old_read <= SM_BILL_READ_UNKNOWN &&
             r->new_read <= SM_BILL_READ_UNKNOWN;
    }
    return ok ? SM_OK : refuse(bill, problem, line, reason);
}

static int64_t half_unit(int scale)
{
    int64_t unit = 1;

    for (int i = 0; i < scale; i++)
        unit *= 10;
    return unit / 2;
}

/* What cannot be written at all; the rest is for the rules. */
static enum sm_status check(const struct sm_ubl_emit *e,
                            struct sm_ubl_problem *problem)
{
    const struct sm_bill *bill = e->bill;

    if (e->scale < 0 || !sm_ubl_is_currency(bill->currency))
        return refuse(bill, problem, "cbc:DocumentCurrencyCode",
                      "BR-CL-04: the currency is none of ISO 4217 today");
    if (check_bounds(bill, problem) != SM_OK)
        return SM_INVALID;
    if (bill->payable_minor - bill->total_minor > half_unit(e->scale))
        return refuse(bill, problem, "cac:LegalMonetaryTotal/cbc:PayableAmount",
                      "SM-PAY-01: more is to be paid than was billed: an old "
                      "debt is no part of an invoice");
    return SM_OK;
}

static void put_root(struct sm_ubl_emit *e, const char *root)
{
    sm_buf_adds(e->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    sm_buf_addf(e->out,
                "<%s xmlns=\"" NS "%s-2\"\n"
                " xmlns:cac=\"" NS "CommonAggregateComponents-2\"\n"
                " xmlns:cbc=\"" NS "CommonBasicComponents-2\">\n",
                root, root);
}

static void put_reference(struct sm_ubl_emit *e, const char *group,
                          const char *id, const char *type)
{
    if (!sm_ubl_says(id))
        return;
    sm_ubl_open(e, group);
    sm_ubl_text(e, "cbc:ID", id);
    sm_ubl_text(e, "cbc:DocumentTypeCode", type);
    sm_ubl_close(e, group);
}

static void put_head(struct sm_ubl_emit *e)
{
    const struct sm_bill *bill = e->bill;

    sm_ubl_text(e, "cbc:CustomizationID",
                e->profile == SM_UBL_CIUS_RO
                    ? "urn:cen.eu:en16931:2017#compliant#"
                      "urn:efactura.mfinante.ro:CIUS-RO:1.0.1"
                    : "urn:cen.eu:en16931:2017");
    sm_ubl_text(e, "cbc:ID", bill->number);
    sm_ubl_date(e, "cbc:IssueDate", bill->issued_on);
    if (!bill->credit_note)
        sm_ubl_date(e, "cbc:DueDate", bill->due_on);
    sm_ubl_text(
        e, bill->credit_note ? "cbc:CreditNoteTypeCode" : "cbc:InvoiceTypeCode",
        bill->type_code);
    if (sm_ubl_says(bill->place)) {
        sm_buf_addf(e->out, "<cbc:Note>%s: ", e->words->place);
        sm_ubl_put(e->out, bill->place, SIZE_MAX);
        sm_ubl_close(e, "cbc:Note");
    }
    sm_ubl_text(e, "cbc:DocumentCurrencyCode", bill->currency);
    if (bill->from.year || bill->to.year) {
        sm_ubl_open(e, "cac:InvoicePeriod");
        sm_ubl_date(e, "cbc:StartDate", bill->from);
        sm_ubl_date(e, "cbc:EndDate", bill->to);
        sm_ubl_close(e, "cac:InvoicePeriod");
    }
    if (sm_ubl_says(bill->preceding)) {
        sm_ubl_open(e, "cac:BillingReference");
        put_reference(e, "cac:InvoiceDocumentReference", bill->preceding, "");
        sm_ubl_close(e, "cac:BillingReference");
    }
    put_reference(e, "cac:ContractDocumentReference", bill->contract, "");
    put_reference(e, "cac:AdditionalDocumentReference", bill->point, "130");
}

/* The sector of Bucharest that TEXT names ("Sectorul 3"); 0 if none. */
static int sector_of(const char *text)
{
    for (; *text; text++) {
        const char *at = text;
        size_t i = 0;

        while (i < 6 && sm_to_lower(at[i]) == "sector"[i])
            i++;
        if (i < 6)
            continue;
        at += 6;
        if (sm_to_lower(at[0]) == 'u' && sm_to_lower(at[1]) == 'l')
            at += 2;
        at += strspn(at, " .");
        if (*at >= '1' && *at <= '6' && !sm_is_digit(at[1]))
            return *at - '0';
    }
    return 0;
}

static void put_city(struct sm_ubl_emit *e, const struct sm_bill_party *p)
{
    int sector = 0;

    if (e->profile == SM_UBL_CIUS_RO && strcmp(p->country, "RO") == 0 &&
        strcmp(p->region, "RO-B") == 0) {
        sector = sector_of(p->city);
        if (sector == 0)
            sector = sector_of(p->street);
    }
    if (sector)
        sm_buf_addf(e->out, "<cbc:CityName>SECTOR%d</cbc:CityName>\n", sector);
    else
        sm_ubl_text(e, "cbc:CityName", p->city);
}

static void put_address(struct sm_ubl_emit *e, const struct sm_bill_party *p)
{
    sm_ubl_open(e, "cac:PostalAddress");
    sm_ubl_text(e, "cbc:StreetName", p->street);
    put_city(e, p);
    sm_ubl_text(e, "cbc:PostalZone", p->postcode);
    sm_ubl_text(e, "cbc:CountrySubentity", p->region);
    if (sm_ubl_says(p->country)) {
        sm_ubl_open(e, "cac:Country");
        sm_ubl_text(e, "cbc:IdentificationCode", p->country);
        sm_ubl_close(e, "cac:Country");
    }
    sm_ubl_close(e, "cac:PostalAddress");
}

static void put_tax_scheme(struct sm_ubl_emit *e, const char *id,
                           const char *scheme)
{
    if (!sm_ubl_says(id))
        return;
    sm_ubl_open(e, "cac:PartyTaxScheme");
    sm_ubl_text(e, "cbc:CompanyID", id);
    sm_ubl_open(e, "cac:TaxScheme");
    sm_ubl_text(e, "cbc:ID", scheme);
    sm_ubl_close(e, "cac:TaxScheme");
    sm_ubl_close(e, "cac:PartyTaxScheme");
}

/* BT-47: the buyer's number, if it is not one of VAT. */
static const char *buyer_id(const struct sm_ubl_emit *e,
                            const struct sm_bill_party *p)
{
    if (!p->vat && sm_ubl_says(p->tax_id))
        return p->tax_id;
    if (sm_ubl_says(p->legal_id) || sm_ubl_says(p->tax_id))
        return p->legal_id;
    if (e->profile == SM_UBL_CIUS_RO && strcmp(p->country, "RO") == 0 &&
        !e->bill->for_firm)
        return RO_CONSUMER;
    return "";
}

static void put_legal(struct sm_ubl_emit *e, const char *name, const char *id)
{
    sm_ubl_open(e, "cac:PartyLegalEntity");
    sm_ubl_text(e, "cbc:RegistrationName", name);
    sm_ubl_text(e, "cbc:CompanyID", id);
    sm_ubl_close(e, "cac:PartyLegalEntity");
}

static void put_seller(struct sm_ubl_emit *e)
{
    const struct sm_bill_party *p = &e->bill->seller;

    sm_ubl_open(e, "cac:AccountingSupplierParty");
    sm_ubl_open(e, "cac:Party");
    put_address(e, p);
    put_tax_scheme(e, p->tax_id, p->vat ? "VAT" : "TAX");
    put_legal(e, p->name, p->legal_id);
    if (sm_ubl_says(p->phone) || sm_ubl_says(p->email)) {
        sm_ubl_open(e, "cac:Contact");
        sm_ubl_text(e, "cbc:Telephone", p->phone);
        sm_ubl_text(e, "cbc:ElectronicMail", p->email);
        sm_ubl_close(e, "cac:Contact");
    }
    sm_ubl_close(e, "cac:Party");
    sm_ubl_close(e, "cac:AccountingSupplierParty");
}

/* The buyer's mail and telephone are not passed on. */
static void put_buyer(struct sm_ubl_emit *e)
{
    const struct sm_bill_party *p = &e->bill->buyer;

    sm_ubl_open(e, "cac:AccountingCustomerParty");
    sm_ubl_open(e, "cac:Party");
    put_reference(e, "cac:PartyIdentification", e->bill->client_code, "");
    put_address(e, p);
    if (p->vat)
        put_tax_scheme(e, p->tax_id, "VAT");
    put_legal(e, p->name, buyer_id(e, p));
    sm_ubl_close(e, "cac:Party");
    sm_ubl_close(e, "cac:AccountingCustomerParty");
}

static void put_delivery(struct sm_ubl_emit *e)
{
    if (!sm_ubl_says(e->bill->point))
        return;
    sm_ubl_open(e, "cac:Delivery");
    sm_ubl_open(e, "cac:DeliveryLocation");
    sm_ubl_text(e, "cbc:ID", e->bill->point);
    sm_ubl_close(e, "cac:DeliveryLocation");
    sm_ubl_close(e, "cac:Delivery");
}

/* A credit note is set off (97); who owes pays to the account (30), or as the
 * code lets (1). */
static void put_payment(struct sm_ubl_emit *e)
{
    const struct sm_bill *bill = e->bill;
    const char *iban = bill->credit_note ? "" : bill->seller.iban;
    char parsed[SM_IBAN_TEXT];

    if (sm_ubl_says(iban) || sm_ubl_says(bill->code) ||
        (bill->credit_note && bill->due_on.year)) {
        sm_ubl_open(e, "cac:PaymentMeans");
        sm_ubl_text(e, "cbc:PaymentMeansCode",
                    bill->credit_note   ? "97"
                    : sm_ubl_says(iban) ? "30"
                                        : "1");
        if (bill->credit_note)
            sm_ubl_date(e, "cbc:PaymentDueDate", bill->due_on);
        sm_ubl_text(e, "cbc:PaymentID", bill->code);
        if (sm_ubl_says(iban)) {
            if (sm_iban_parse(parsed, iban) == SM_OK)
                iban = parsed;
            sm_ubl_open(e, "cac:PayeeFinancialAccount");
            sm_ubl_text(e, "cbc:ID", iban);
            sm_ubl_close(e, "cac:PayeeFinancialAccount");
        }
        sm_ubl_close(e, "cac:PaymentMeans");
    }
    if (bill->credit_note && bill->due_on.year == 0) {
        sm_ubl_open(e, "cac:PaymentTerms");
        sm_ubl_text(e, "cbc:Note", e->words->terms);
        sm_ubl_close(e, "cac:PaymentTerms");
    }
}

static void put_taxes(struct sm_ubl_emit *e)
{
    const struct sm_bill *bill = e->bill;

    sm_ubl_open(e, "cac:TaxTotal");
    sm_ubl_amount(e, "cbc:TaxAmount", bill->tax_minor);
    for (size_t i = 0; i < bill->ntaxes; i++) {
        const struct sm_bill_tax *t = &bill->taxes[i];

        sm_ubl_open(e, "cac:TaxSubtotal");
        sm_ubl_amount(e, "cbc:TaxableAmount", t->base_minor);
        sm_ubl_amount(e, "cbc:TaxAmount", t->tax_minor);
        sm_ubl_category(e, "cac:TaxCategory", t->category, t->rate_bp, true,
                        t->reason);
        sm_ubl_close(e, "cac:TaxSubtotal");
    }
    sm_ubl_close(e, "cac:TaxTotal");
}

/* What is to be paid beside the total: up to half a unit is rounding, more is
 * what was paid or credited before (BT-113). */
static void put_totals(struct sm_ubl_emit *e)
{
    const struct sm_bill *bill = e->bill;
    int64_t paid = bill->total_minor - bill->payable_minor;
    bool rounding = paid != 0 && within(paid, half_unit(e->scale));

    sm_ubl_open(e, "cac:LegalMonetaryTotal");
    sm_ubl_amount(e, "cbc:LineExtensionAmount", bill->net_minor);
    sm_ubl_amount(e, "cbc:TaxExclusiveAmount", bill->net_minor);
    sm_ubl_amount(e, "cbc:TaxInclusiveAmount", bill->total_minor);
    if (paid != 0 && !rounding)
        sm_ubl_amount(e, "cbc:PrepaidAmount", paid);
    if (rounding)
        sm_ubl_amount(e, "cbc:PayableRoundingAmount", -paid);
    sm_ubl_amount(e, "cbc:PayableAmount", bill->payable_minor);
    sm_ubl_close(e, "cac:LegalMonetaryTotal");
}

static bool put_document(struct sm_ubl_emit *e)
{
    const char *root = e->bill->credit_note ? "CreditNote" : "Invoice";

    put_root(e, root);
    put_head(e);
    put_seller(e);
    put_buyer(e);
    put_delivery(e);
    put_payment(e);
    put_taxes(e);
    put_totals(e);
    if (!sm_ubl_lines(e))
        return false;
    sm_ubl_close(e, root);
    return true;
}

enum sm_status sm_ubl_write(struct sm_buf *out, const struct sm_bill *bill,
                            enum sm_ubl_profile profile,
                            struct sm_ubl_problem *problem,
                            struct sm_error *err)
{
    struct sm_ubl_emit e = {
        .out = out,
        .bill = bill,
        .profile = profile,
        .scale = sm_import_currency_scale(bill->currency),
        .words = sm_ubl_words_of(bill->seller.country),
    };

    sm_buf_clear(out);
    memset(problem, 0, sizeof(*problem));
    if (check(&e, problem) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "the bill makes no e-invoice");
    if (!put_document(&e)) {
        sm_buf_clear(out);
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    }
    if (!sm_buf_ok(out)) {
        (void)refuse(bill, problem, "",
                     "SM-LIMIT-02: the document is too large");
        return SM_FAIL(err, SM_INVALID, "the bill makes no e-invoice");
    }
    return SM_OK;
}
