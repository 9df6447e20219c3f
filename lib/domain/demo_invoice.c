#include <stdio.h>
#include <string.h>

#include "domain/demo_data.h"
#include "money/money.h"

/* Percent of the yearly mean: winter is dark, summer is dry. */
static const int power_season[12] = {150, 140, 115, 95, 80,  75,
                                     85,  90,  80,  90, 110, 140};
static const int water_season[12] = {90,  90,  95,  100, 105, 115,
                                     125, 120, 105, 95,  90,  90};

static int64_t divide_rounded(int64_t value, int64_t by)
{
    return (value + by / 2) / by;
}

static int64_t consumption(const struct demo_customer *c, bool water,
                           struct sm_date from, const struct sm_demo *demo)
{
    struct demo_random random = {
        demo->seed ^ ((uint64_t)c->index << 20) ^
        ((uint64_t)(from.year * 12 + from.month) * 2 + water)};
    const int *seasons = water ? water_season : power_season;
    int season = seasons[(from.month + 11) % 12];
    int64_t base = water ? 6 : 160;

    if (strcmp(c->kind, "person") != 0)
        base *= 7;
    base = base * demo_between(&random, 60, 150) / 100;
    return base * season / 100 + 1;
}

enum { INSTALLED = 2010 }; /* all meters, in January */

int64_t demo_index(const struct demo_customer *customer, bool water,
                   struct sm_date from, const struct sm_demo *demo)
{
    int months = (from.year - INSTALLED) * 12 + from.month - 1;
    struct sm_date first = {INSTALLED, 1, 1};
    int64_t index = 0;

    for (int m = 0; m < months; m++)
        index += consumption(customer, water, demo_month(first, m), demo);
    return index;
}

void demo_invoice_make(struct demo_invoice *out,
                       const struct demo_customer *customer, bool water,
                       struct sm_date from, int64_t old_index,
                       const struct sm_demo *demo)
{
    struct sm_date issue = demo_month(from, 1);
    struct sm_date due = demo_month(from, 2);
    struct sm_date next = demo_month(from, 1);

    memset(out, 0, sizeof(*out));
    out->customer = customer;
    out->water = water;
    out->from = from;
    out->to = sm_date_from_days(sm_date_to_days(next) - 1);
    out->issued_on = (struct sm_date){issue.year, issue.month, 10};
    out->due_on = (struct sm_date){due.year, due.month, 9};
    snprintf(out->number, sizeof(out->number), "%s%02d%02d-%s",
             water ? "AQ" : "EL", issue.year % 100, issue.month,
             customer->client_code);
    snprintf(out->contract, sizeof(out->contract), "%s-%s", water ? "W" : "E",
             customer->client_code);
    snprintf(out->point, sizeof(out->point), "%s001%s%s",
             customer->bulgarian ? "BG" : "RO", water ? "W" : "E",
             customer->client_code);
    out->quantity = consumption(customer, water, from, demo);
    out->old_index = old_index;
    if (customer->bulgarian)
        out->price_micro = water ? 1750000 : 138400;
    else
        out->price_micro = water ? 8930000 : 1298600;
    out->tax_percent = customer->bulgarian ? 20 : 21;
    out->net_minor = divide_rounded(out->quantity * out->price_micro, 10000);
    out->tax_minor = divide_rounded(out->net_minor * out->tax_percent, 100);
}

/* TEXT with what XML reserves escaped. */
static void put_text(FILE *to, const char *text)
{
    for (; *text; text++) {
        if (*text == '&')
            fputs("&amp;", to);
        else if (*text == '<')
            fputs("&lt;", to);
        else
            fputc(*text, to);
    }
}

static void put_date(FILE *to, const char *name, struct sm_date date)
{
    fprintf(to, "<cbc:%s>%04d-%02d-%02d</cbc:%s>", name, date.year, date.month,
            date.day, name);
}

static void put_amount(FILE *to, const char *name, const char *currency,
                       int64_t minor)
{
    char text[SM_DECIMAL_TEXT];

    sm_decimal_format(text, minor, 2);
    fprintf(to, "<cbc:%s currencyID=\"%s\">%s</cbc:%s>\n", name, currency, text,
            name);
}

static void put_address(FILE *to, const char *street, const char *city,
                        bool bulgarian)
{
    fputs("<cac:PostalAddress><cbc:StreetName>", to);
    put_text(to, street);
    fputs("</cbc:StreetName><cbc:CityName>", to);
    put_text(to, city);
    fprintf(to,
            "</cbc:CityName><cac:Country><cbc:IdentificationCode>%s"
            "</cbc:IdentificationCode></cac:Country></cac:PostalAddress>\n",
            bulgarian ? "BG" : "RO");
}

static void put_parties(FILE *to, const struct demo_customer *c)
{
    fputs("<cac:AccountingSupplierParty><cac:Party>", to);
    put_address(to, c->bulgarian ? "бул. Витоша 1" : "Bd. Unirii 1",
                c->bulgarian ? "София" : "București", c->bulgarian);
    fprintf(to,
            "<cac:PartyTaxScheme><cbc:CompanyID>%s</cbc:CompanyID>"
            "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
            "</cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>"
            "Electra Aqua</cbc:RegistrationName></cac:PartyLegalEntity>"
            "</cac:Party></cac:AccountingSupplierParty>\n"
            "<cac:AccountingCustomerParty><cac:Party>"
            "<cac:PartyIdentification><cbc:ID>%s</cbc:ID>"
            "</cac:PartyIdentification>",
            demo_seller(c->bulgarian), c->client_code);
    put_address(to, c->address, c->city, c->bulgarian);
    fputs("<cac:PartyLegalEntity><cbc:RegistrationName>", to);
    put_text(to, c->name);
    fprintf(to,
            "</cbc:RegistrationName><cbc:CompanyID>%s</cbc:CompanyID>"
            "</cac:PartyLegalEntity></cac:Party>"
            "</cac:AccountingCustomerParty>\n",
            strcmp(c->kind, "person") == 0 ? "0000000000000" : c->id_number);
}

static void put_totals(FILE *to, const struct demo_invoice *v,
                       const char *currency)
{
    int64_t total = v->net_minor + v->tax_minor;

    fputs("<cac:TaxTotal>", to);
    put_amount(to, "TaxAmount", currency, v->tax_minor);
    fputs("<cac:TaxSubtotal>", to);
    put_amount(to, "TaxableAmount", currency, v->net_minor);
    put_amount(to, "TaxAmount", currency, v->tax_minor);
    fprintf(to,
            "<cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>%d</cbc:Percent>"
            "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"
            "</cac:TaxCategory></cac:TaxSubtotal></cac:TaxTotal>\n"
            "<cac:LegalMonetaryTotal>",
            v->tax_percent);
    put_amount(to, "LineExtensionAmount", currency, v->net_minor);
    put_amount(to, "TaxExclusiveAmount", currency, v->net_minor);
    put_amount(to, "TaxInclusiveAmount", currency, total);
    put_amount(to, "PayableAmount", currency, total);
    fputs("</cac:LegalMonetaryTotal>\n", to);
}

static const char *line_name(const struct demo_invoice *v)
{
    if (v->customer->bulgarian)
        return v->water ? "Питейна вода" : "Активна енергия";
    return v->water ? "Apă potabilă" : "Energie electrică activă";
}

static void put_property(FILE *to, const char *name, int64_t value)
{
    fprintf(to,
            "<cac:AdditionalItemProperty><cbc:Name>%s</cbc:Name><cbc:Value>"
            "%lld</cbc:Value></cac:AdditionalItemProperty>",
            name, (long long)value);
}

static void put_line(FILE *to, const struct demo_invoice *v,
                     const char *currency)
{
    const char *element = v->credit_note ? "CreditNoteLine" : "InvoiceLine";
    const char *quantity = v->credit_note ? "CreditedQuantity"
                                          : "InvoicedQuantity";
    char price[SM_DECIMAL_TEXT];

    sm_decimal_format(price, v->price_micro / 100, 4);
    fprintf(to,
            "<cac:%s><cbc:ID>1</cbc:ID><cbc:%s unitCode=\"%s\">%lld</cbc:%s>",
            element, quantity, v->water ? "MTQ" : "KWH", (long long)v->quantity,
            quantity);
    put_amount(to, "LineExtensionAmount", currency, v->net_minor);
    fprintf(to,
            "<cac:Item><cbc:Name>%s</cbc:Name><cac:ClassifiedTaxCategory>"
            "<cbc:ID>S</cbc:ID><cbc:Percent>%d</cbc:Percent><cac:TaxScheme>"
            "<cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory>",
            line_name(v), v->tax_percent);
    put_property(to, "Index vechi", v->old_index);
    put_property(to, "Index nou", v->old_index + v->quantity);
    fprintf(to,
            "</cac:Item><cac:Price><cbc:PriceAmount currencyID=\"%s\">%s"
            "</cbc:PriceAmount></cac:Price></cac:%s>\n",
            currency, price, element);
}

void demo_invoice_ubl(FILE *to, const struct demo_invoice *v)
{
    const char *root = v->credit_note ? "CreditNote" : "Invoice";
    const char *currency = v->customer->bulgarian ? "EUR" : "RON";

    fprintf(to,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s xmlns=\"urn:oasis"
            ":names:specification:ubl:schema:xsd:%s-2\" xmlns:cac=\"urn:oasis:"
            "names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" "
            "xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:"
            "CommonBasicComponents-2\">\n<cbc:CustomizationID>urn:cen.eu:"
            "en16931:2017</cbc:CustomizationID><cbc:ID>%s</cbc:ID>",
            root, root, v->number);
    put_date(to, "IssueDate", v->issued_on);
    if (!v->credit_note)
        put_date(to, "DueDate", v->due_on);
    fprintf(to,
            "<cbc:%sTypeCode>%s</cbc:%sTypeCode>"
            "<cbc:DocumentCurrencyCode>%s</cbc:DocumentCurrencyCode>\n"
            "<cac:InvoicePeriod>",
            root, v->credit_note ? "381" : "380", root, currency);
    put_date(to, "StartDate", v->from);
    put_date(to, "EndDate", v->to);
    fprintf(to,
            "</cac:InvoicePeriod><cac:ContractDocumentReference><cbc:ID>%s"
            "</cbc:ID></cac:ContractDocumentReference>\n",
            v->contract);
    put_parties(to, v->customer);
    fprintf(to,
            "<cac:Delivery><cac:DeliveryLocation><cbc:ID>%s</cbc:ID>"
            "</cac:DeliveryLocation></cac:Delivery>\n<cac:PaymentMeans>"
            "<cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>%s"
            "</cbc:PaymentID></cac:PaymentMeans>\n",
            v->point, v->customer->payment_code);
    put_totals(to, v, currency);
    put_line(to, v, currency);
    fprintf(to, "</%s>\n", root);
}
