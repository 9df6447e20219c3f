#include "domain/demo.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "domain/demo_data.h"
#include "money/money.h"

struct writer {
    const struct sm_demo *demo;
    struct sm_demo_result *result;
    FILE *accounts, *invoices, *payments, *routes, *meters;
    struct sm_error *err;
    enum sm_status status;
};

static FILE *open_file(struct writer *w, const char *name)
{
    char path[4096];
    int len = snprintf(path, sizeof(path), "%s/%s", w->demo->out, name);
    FILE *file = NULL;

    if (len > 0 && (size_t)len < sizeof(path))
        file = fopen(path, "we");
    if (!file && w->status == SM_OK)
        w->status = SM_FAIL(w->err, SM_UNAVAILABLE, "%.150s: %s", name,
                            strerror(errno));
    return file;
}

static void close_file(struct writer *w, FILE *file)
{
    bool bad;

    if (!file)
        return;
    bad = ferror(file) != 0;
    if ((fclose(file) != 0 || bad) && w->status == SM_OK)
        w->status =
            SM_FAIL(w->err, SM_UNAVAILABLE, "a file could not be written");
}

/* A field between quotes. */
static void put_quoted(FILE *to, const char *text)
{
    fputc('"', to);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', to);
        fputc(*text, to);
    }
    fputc('"', to);
}

/* The columns of an address: street, city, region. */
static void put_address(FILE *to, const struct demo_customer *c)
{
    static const char *const counties[][2] = {
        {"București", "RO-B"},  {"Cluj-Napoca", "RO-CJ"}, {"Iași", "RO-IS"},
        {"Timișoara", "RO-TM"}, {"Târgu Mureș", "RO-MS"},
    };
    const char *region = "";

    for (size_t i = 0; i < sizeof(counties) / sizeof(counties[0]); i++) {
        if (strcmp(counties[i][0], c->city) == 0)
            region = counties[i][1];
    }
    /* an e-invoice wants the sector there */
    fprintf(to, "%s,%s,%s\n", c->address,
            strcmp(region, "RO-B") == 0 ? "Sectorul 3" : c->city, region);
}

static void write_sellers(struct writer *w)
{
    FILE *to = open_file(w, "sellers.csv");

    if (to) {
        fprintf(to, "seller,name,street,city,postcode,region,country\n");
        fprintf(to, "%s,Electra Aqua,Bd. Unirii 1,Sectorul 3,030823,RO-B,RO\n",
                demo_seller(false));
        fprintf(to, "%s,Electra Aqua,бул. Витоша 1,София,1000,,BG\n",
                demo_seller(true));
    }
    close_file(w, to);
}

static void write_account(struct writer *w, const struct demo_customer *c,
                          bool water)
{
    FILE *to = w->accounts;

    fprintf(to, "%s,%s,%s,", c->client_code, c->payment_code, c->kind);
    put_quoted(to, c->name);
    fprintf(to, ",%s,%s,client%s@example.com,%s%07lld,%s,%s,%s-%s,%s,",
            c->id_kind, c->id_number, c->client_code,
            c->bulgarian ? "+35988" : "+4072", (long long)(c->index % 10000000),
            c->bulgarian ? "bg" : "ro", c->bulgarian ? "EUR" : "RON",
            water ? "W" : "E", c->client_code, water ? "water" : "electricity");
    fprintf(to, "%s001%s%s,\"%s, %s\",%s%s,", c->bulgarian ? "BG" : "RO",
            water ? "W" : "E", c->client_code, c->address, c->city,
            water ? "WM" : "EM", c->client_code);
    put_address(to, c);
    w->result->accounts++;
}

static void put_date(FILE *to, struct sm_date date, char after)
{
    fprintf(to, "%04d-%02d-%02d%c", date.year, date.month, date.day, after);
}

static void put_amount(FILE *to, int64_t minor)
{
    char text[SM_DECIMAL_TEXT];

    sm_decimal_format(text, minor, 2);
    fprintf(to, "%s,", text);
}

static void write_csv(struct writer *w, const struct demo_invoice *v)
{
    const struct demo_customer *c = v->customer;
    FILE *to = w->invoices;

    fprintf(to, "%s,Electra Aqua,%s,%s,%s,", demo_seller(c->bulgarian),
            v->number, v->credit_note ? "credit_note" : "invoice",
            c->bulgarian ? "EUR" : "RON");
    put_date(to, v->issued_on, ',');
    if (v->credit_note)
        fputc(',', to);
    else
        put_date(to, v->due_on, ',');
    put_date(to, v->from, ',');
    put_date(to, v->to, ',');
    put_amount(to, v->net_minor);
    put_amount(to, v->tax_minor);
    /* one line a record: what was metered, without its price, since the sum
     * has other lines in it */
    fprintf(to, "%s,%s,%s,%lld,%s,%d,", v->contract, v->point, v->lines[0].name,
            (long long)v->lines[0].quantity, v->lines[0].unit, v->tax_percent);
    if (v->credit_note)
        fputs(",,,\n", to);
    else
        fprintf(to, "%s,%" PRId64 ",%" PRId64 ",%s\n", v->meter, v->old_index,
                v->old_index + v->lines[0].quantity,
                sm_bill_read_word(v->new_read));
    w->result->invoices++;
}

static void write_xml(struct writer *w, const struct demo_invoice *v)
{
    char name[64];
    FILE *to;

    snprintf(name, sizeof(name), "einvoice/%s.xml", v->number);
    to = open_file(w, name);
    if (to)
        demo_invoice_ubl(to, v);
    close_file(w, to);
    w->result->einvoices++;
}

static void pay(struct writer *w, const struct demo_invoice *v, int64_t amount,
                int days)
{
    int64_t on = sm_date_to_days(v->issued_on) + days;
    FILE *to = w->payments;

    if (amount <= 0 || on > sm_date_to_days(w->demo->until))
        return;
    fprintf(to, "P-%s,%s,%s,%s,", v->number,
            v->customer->index % 4 == 3 ? "cash" : "bank",
            v->customer->payment_code, v->number);
    put_amount(to, amount);
    fprintf(to, "%s,", v->customer->bulgarian ? "EUR" : "RON");
    put_date(to, sm_date_from_days(on), '\n');
    w->result->payments++;
}

/* What the customer does about an invoice that LEFT newer ones follow. */
static void settle(struct writer *w, const struct demo_invoice *v, int left)
{
    int64_t total = v->net_minor + v->tax_minor;

    switch (v->customer->habit) {
    case DEMO_PAYS:
        if (left > 0 || v->customer->index >= SM_DEMO_CODES)
            pay(w, v, total, 10);
        return;
    case DEMO_PAYS_LATE:
        if (left > 0)
            pay(w, v, total, 40);
        return;
    case DEMO_OWES:
        if (left > 1)
            pay(w, v, total, 12);
        return;
    case DEMO_PARTLY:
        if (left > 0)
            pay(w, v, left == 1 ? total / 2 : total, 15);
        return;
    case DEMO_OVERPAYS:
        pay(w, v, (total / 1000 + 1) * 1000, 0);
        return;
    case DEMO_CREDITED:
        pay(w, v, total, 0);
        return;
    }
}

/* A part of the newest bill is given back. */
static void credit(struct writer *w, const struct demo_invoice *of)
{
    struct demo_invoice note;

    demo_credit_make(&note, of);
    if (of->customer->index % 2)
        write_xml(w, &note);
    else
        write_csv(w, &note);
}

/* Those that people look at have e-invoices from the beginning, others the
 * newest, some of them. */
static bool has_xml(const struct writer *w, const struct demo_customer *c,
                    int left, struct demo_random *random)
{
    if (w->demo->xml_percent == 0)
        return false;
    return c->index < SM_DEMO_STORIES ||
           (left == 0 && demo_between(random, 1, 100) <= w->demo->xml_percent);
}

static void write_contract(struct writer *w, const struct demo_customer *c,
                           bool water)
{
    const struct sm_demo *demo = w->demo;
    struct demo_random random = {demo->seed + (uint64_t)c->index * 2 + water};
    /* the newest bill is the last 10th of a month that has come */
    int newest = demo->until.day >= 10 ? -1 : -2;
    struct sm_date from =
        demo_month(demo->until, newest + 1 - (int)demo->months);
    int64_t index = demo_index(c, water, from, demo);
    struct demo_invoice v;

    demo_invoice_make(&v, c, water, from, index, demo);
    w->result->readings += demo_readings_write(
        w->meters, &v, sm_date_from_days(sm_date_to_days(from) - 1), index, "");
    for (int m = (int)demo->months - 1; m >= 0; m--) {
        demo_invoice_make(&v, c, water, demo_month(demo->until, newest - m),
                          index, demo);
        index += v.lines[0].quantity;
        w->result->readings +=
            demo_readings_write(w->meters, &v, v.to, index, v.number);
        if (has_xml(w, c, m, &random))
            write_xml(w, &v);
        else
            write_csv(w, &v);
        settle(w, &v, m);
    }
    if (demo->months > 0 && c->habit == DEMO_CREDITED)
        credit(w, &v);
}

static void write_customers(struct writer *w)
{
    for (int64_t i = 0; i < w->demo->customers && w->status == SM_OK; i++) {
        struct demo_customer c;

        demo_customer_make(&c, w->demo, i);
        if (i < SM_DEMO_CODES)
            memcpy(w->result->codes[i], c.payment_code, SM_CODE_TEXT);
        write_account(w, &c, false);
        write_contract(w, &c, false);
        if (c.water) {
            write_account(w, &c, true);
            write_contract(w, &c, true);
        }
    }
}

static void write_codes(struct writer *w)
{
    FILE *to = open_file(w, "codes");

    for (int i = 0; to && i < SM_DEMO_CODES; i++)
        fprintf(to, "%s\n", w->result->codes[i]);
    close_file(w, to);
}

enum sm_status sm_demo_write(struct sm_demo_result *result,
                             const struct sm_demo *demo, struct sm_error *err)
{
    struct writer w = {.demo = demo, .result = result, .err = err};
    char path[4096];

    memset(result, 0, sizeof(*result));
    snprintf(path, sizeof(path), "%s/einvoice", demo->out);
    if (mkdir(path, 0755) != 0 && errno != EEXIST)
        return SM_FAIL(err, SM_UNAVAILABLE, "einvoice: %s", strerror(errno));
    w.accounts = open_file(&w, "accounts.csv");
    w.invoices = open_file(&w, "invoices.csv");
    w.payments = open_file(&w, "payments.csv");
    w.routes = open_file(&w, "routes.csv");
    w.meters = open_file(&w, "meters.csv");
    if (w.status == SM_OK) {
        fputs("client_code,payment_code,kind,name,id_kind,id_number,email,"
              "phone,language,currency,contract,utility,supply_point,address,"
              "meters,street,city,region\n",
              w.accounts);
        fputs("seller,seller_name,number,kind,currency,issued_on,due_on,"
              "period_from,period_to,net,tax,contract,supply_point,"
              "description,quantity,unit,tax_percent,meter,old_index,"
              "new_index,read\n",
              w.invoices);
        fputs("reference,method,payment_code,invoice,amount,currency,"
              "received_on\n",
              w.payments);
        demo_routes_write(w.routes);
        demo_meters_head(w.meters);
        write_sellers(&w);
        write_customers(&w);
        write_codes(&w);
    }
    close_file(&w, w.accounts);
    close_file(&w, w.invoices);
    close_file(&w, w.payments);
    close_file(&w, w.routes);
    close_file(&w, w.meters);
    return w.status;
}
