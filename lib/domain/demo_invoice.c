#include <stdio.h>
#include <string.h>

#include "domain/demo_data.h"
#include "domain/ubl_emit.h"
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

/* What a line costs in 2025, millionths of the major unit, and by how many
 * percent more each year. */
static const struct tariff {
    const char *ro, *bg; /* its name */
    const char *unit;
    int64_t ro_micro, bg_micro;
    int yearly;
} tariffs[2][DEMO_LINES] = {
    {{"Energie electrică activă", "Активна енергия", "KWH", 850000, 90000, 3},
     {"Rețea: transport și distribuție", "Мрежови услуги", "KWH", 448600, 48400,
      2},
     {"Abonament", "Абонаментна такса", "DAY", 200000, 50000, 0}},
    {{"Apă potabilă", "Питейна вода", "MTQ", 5430000, 1200000, 4},
     {"Canalizare", "Отвеждане на отпадъчни води", "MTQ", 3500000, 550000, 4}}};

/* In whole hundreds of millionths: four decimals. */
static int64_t price(const struct tariff *t, bool bulgarian, int year)
{
    int64_t base = bulgarian ? t->bg_micro : t->ro_micro;
    int years = year - 2025;

    years = years < -5 ? -5 : years > 20 ? 20 : years;
    return divide_rounded(base * (100 + years * t->yearly), 10000) * 100;
}

static void add_line(struct demo_invoice *v, const struct tariff *t,
                     int64_t quantity)
{
    bool bulgarian = v->customer->bulgarian;
    struct demo_line *line = &v->lines[v->nlines++];

    line->name = bulgarian ? t->bg : t->ro;
    line->unit = t->unit;
    line->quantity = quantity;
    line->price_micro = price(t, bulgarian, v->from.year);
    line->net_minor = divide_rounded(quantity * line->price_micro, 10000);
    v->net_minor += line->net_minor;
}

/* 19 percent became 21 in Romania on 1 August 2025. */
static int tax_percent(bool bulgarian, struct sm_date issued_on)
{
    int month = issued_on.year * 12 + issued_on.month;

    if (bulgarian)
        return 20;
    return month < 2025 * 12 + 8 ? 19 : 21;
}

/* Every fourth month nobody came; some customers read their water meter
 * themselves. */
static enum sm_bill_read how_read(const struct demo_customer *c, bool water,
                                  int month)
{
    if ((month + c->index) % 4 == 0)
        return SM_BILL_ESTIMATED;
    return water && c->index % 3 == 0 ? SM_BILL_SELF_READ : SM_BILL_MEASURED;
}

static void name_it(struct demo_invoice *v, struct sm_date issue)
{
    const struct demo_customer *c = v->customer;

    snprintf(v->number, sizeof(v->number), "%s%02d%02d-%s",
             v->water ? "AQ" : "EL", issue.year % 100, issue.month,
             c->client_code);
    snprintf(v->contract, sizeof(v->contract), "%s-%s", v->water ? "W" : "E",
             c->client_code);
    snprintf(v->point, sizeof(v->point), "%s001%s%s",
             c->bulgarian ? "BG" : "RO", v->water ? "W" : "E", c->client_code);
    snprintf(v->meter, sizeof(v->meter), "%s%s", v->water ? "WM" : "EM",
             c->client_code);
}

void demo_invoice_make(struct demo_invoice *out,
                       const struct demo_customer *customer, bool water,
                       struct sm_date from, int64_t old_index,
                       const struct sm_demo *demo)
{
    struct sm_date issue = demo_month(from, 1);
    struct sm_date due = demo_month(from, 2);
    int month = from.year * 12 + from.month;
    int64_t used = consumption(customer, water, from, demo), days;

    memset(out, 0, sizeof(*out));
    out->customer = customer;
    out->water = water;
    out->from = from;
    out->to = sm_date_from_days(sm_date_to_days(issue) - 1);
    out->issued_on = (struct sm_date){issue.year, issue.month, 10};
    out->due_on = (struct sm_date){due.year, due.month, 9};
    name_it(out, issue);
    days = sm_date_to_days(issue) - sm_date_to_days(from);
    for (int i = 0; i < DEMO_LINES && tariffs[water][i].ro; i++)
        add_line(out, &tariffs[water][i],
                 strcmp(tariffs[water][i].unit, "DAY") == 0 ? days : used);
    out->old_index = old_index;
    out->old_read = how_read(customer, water, month - 1);
    out->new_read = how_read(customer, water, month);
    out->tax_percent = tax_percent(customer->bulgarian, out->issued_on);
    out->tax_minor = divide_rounded(out->net_minor * out->tax_percent, 100);
}

void demo_credit_make(struct demo_invoice *note, const struct demo_invoice *of)
{
    struct demo_line *line = &note->lines[0];

    *note = *of;
    note->credit_note = true;
    note->nlines = 1;
    line->quantity = of->lines[0].quantity / 4 + 1;
    line->net_minor = divide_rounded(line->quantity * line->price_micro, 10000);
    note->net_minor = line->net_minor;
    note->tax_minor = divide_rounded(note->net_minor * of->tax_percent, 100);
    snprintf(note->number, sizeof(note->number), "CN-%.30s", of->number);
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

static void put_property(FILE *to, const char *name, const char *value)
{
    fprintf(to,
            "<cac:AdditionalItemProperty><cbc:Name>%s</cbc:Name><cbc:Value>"
            "%s</cbc:Value></cac:AdditionalItemProperty>\n",
            name, value);
}

/* When and how an index became known: "2026-08-01, citit". */
static void put_reading(FILE *to, const char *name, struct sm_date on,
                        const char *how)
{
    char text[64];

    snprintf(text, sizeof(text), "%04d-%02d-%02d, %s", on.year, on.month,
             on.day, how);
    put_property(to, name, text);
}

/* The meter's register, as properties of the line that it measured. */
static void put_register(FILE *to, const struct demo_invoice *v)
{
    const struct sm_ubl_words *words =
        sm_ubl_words_of(v->customer->bulgarian ? "BG" : "RO");
    char number[SM_DECIMAL_TEXT];

    put_property(to, words->meter, v->meter);
    sm_decimal_format(number, v->old_index, 0);
    put_property(to, words->old_index, number);
    put_reading(to, words->old_read,
                sm_date_from_days(sm_date_to_days(v->from) - 1),
                words->read[v->old_read]);
    sm_decimal_format(number, v->old_index + v->lines[0].quantity, 0);
    put_property(to, words->new_index, number);
    put_reading(to, words->new_read, v->to, words->read[v->new_read]);
}

static void put_line(FILE *to, const struct demo_invoice *v, int i,
                     const char *currency)
{
    const struct demo_line *line = &v->lines[i];
    const char *element = v->credit_note ? "CreditNoteLine" : "InvoiceLine";
    const char *quantity = v->credit_note ? "CreditedQuantity"
                                          : "InvoicedQuantity";
    char price_text[SM_DECIMAL_TEXT];

    sm_decimal_format(price_text, line->price_micro / 100, 4);
    fprintf(to,
            "<cac:%s><cbc:ID>%d</cbc:ID><cbc:%s unitCode=\"%s\">%lld</cbc:%s>",
            element, i + 1, quantity, line->unit, (long long)line->quantity,
            quantity);
    put_amount(to, "LineExtensionAmount", currency, line->net_minor);
    fprintf(to,
            "<cac:Item><cbc:Name>%s</cbc:Name><cac:ClassifiedTaxCategory>"
            "<cbc:ID>S</cbc:ID><cbc:Percent>%d</cbc:Percent><cac:TaxScheme>"
            "<cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:ClassifiedTaxCategory>",
            line->name, v->tax_percent);
    if (i == 0 && !v->credit_note)
        put_register(to, v);
    fprintf(to,
            "</cac:Item><cac:Price><cbc:PriceAmount currencyID=\"%s\">%s"
            "</cbc:PriceAmount></cac:Price></cac:%s>\n",
            currency, price_text, element);
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
    for (int i = 0; i < v->nlines; i++)
        put_line(to, v, i, currency);
    fprintf(to, "</%s>\n", root);
}
