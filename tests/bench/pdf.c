/* Bills as PDFs, for their CPU time.
 *   bench_pdf COUNT OUT CONTENT
 * Makes COUNT bills of one page, each with a number and sums of its own, then
 * the first one again, which must be the same bytes, into OUT.  CONTENT gets
 * what stands on that page, as JSON, for other programs that make it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../lib/view/private.h" /* texts without templates */
#include "../support/bills.h"
#include "base/buf.h"
#include "domain/bill_pdf.h"
#include "pdf/pdf.h"

#define URL "https://site.example/ro/l/AQEBAgMEBQYHCAkKCwwNDg8QAAAAAAAAAAAAUk9O"
#define NOTE "Întrebări: +40 21 000 00 00. Reclamații: ANRE 021 327 81 00."

static struct made made;
static char number[32];

/* Electricity: eight lines and two registers, which fill the page. */
static void make_bill(int n)
{
    static const char *const names[] = {"Energie electrică activă, zi",
                                        "Energie electrică activă, noapte",
                                        "Distribuție joasă tensiune",
                                        "Transport, introducere",
                                        "Servicii de sistem",
                                        "Certificate verzi",
                                        "Abonament"};

    made_electricity(&made);
    made.bill.nlines = 0;
    snprintf(number, sizeof(number), "EE26-%06d", 100 + n);
    made.bill.number = number;
    for (size_t i = 0; i < SM_COUNT(names); i++)
        made_line(&made, names[i], "KWH", 200500000 + n * 1000000,
                  654320 - (int64_t)i * 40000);
    made_line(&made, "Comision", "C62", 1000000, 3210000);
    made_sum(&made);
}

static void make(struct sm_buf *out, int n)
{
    const struct sm_bill_pdf_options options = {.lang = SM_LANG_RO,
                                                .company = "",
                                                .pay_url = URL,
                                                .note = NOTE,
                                                .accent = 0x0b5e6b};
    struct sm_error err = {.message = ""};

    make_bill(n);
    sm_buf_clear(out);
    if (sm_bill_pdf(out, &made.bill, &options, &err) != SM_OK) {
        (void)fprintf(stderr, "bench_pdf: %s\n", err.message);
        exit(1);
    }
}

/* Append the texts ITEMS, ended by NULL, as a JSON array. */
static void add_row(struct sm_buf *out, const char *const *items)
{
    for (size_t i = 0; items[i]; i++) {
        sm_buf_adds(out, i ? ", \"" : "[\"");
        sm_buf_add_json(out, items[i], strlen(items[i]));
        sm_buf_addc(out, '"');
    }
    sm_buf_addc(out, ']');
}

#define ROW(out, ...)                                                          \
    add_row(out, (const char *const[]){__VA_ARGS__, (const char *)NULL})

/* VALUE with DIGITS after the comma. */
static const char *number_of(int64_t value, int digits)
{
    static char texts[8][32];
    static int next;
    char *text = texts[next++ % 8];
    int64_t unit = 1;

    for (int i = 0; i < digits; i++)
        unit *= 10;
    snprintf(text, sizeof(texts[0]), "%lld,%0*lld", (long long)(value / unit),
             digits, (long long)(value % unit));
    return text;
}

static void add_parties(struct sm_buf *out)
{
    const struct sm_bill *b = &made.bill;

    sm_buf_adds(out, "{\"title\": ");
    ROW(out, "Factură", b->number);
    sm_buf_adds(out, ", \"columns\": [");
    ROW(out, "Emisă la", "10 septembrie 2026", "Furnizor", b->seller.name,
        b->seller.street, b->seller.city, "Cod TVA", b->seller.tax_id,
        "Nr. reg.", b->seller.legal_id);
    sm_buf_adds(out, ", ");
    ROW(out, "Scadentă la", "10 octombrie 2026", "Client", b->buyer.name,
        b->buyer.street, b->buyer.city, "Cod de client", b->client_code);
    sm_buf_adds(out, ", ");
    ROW(out, "Perioada", "1–31 august 2026", "Loc de consum", b->place,
        "Punct de consum", b->point, "Contract", b->contract);
    sm_buf_adds(out, "], \"pay\": ");
    ROW(out, "De plată până la 10 octombrie 2026",
        number_of(b->payable_minor, 2), "Cod de plată", b->code, "IBAN",
        b->seller.iban, "Scanați pentru plata cu cardul");
}

static void add_tables(struct sm_buf *out)
{
    const struct sm_bill *b = &made.bill;

    sm_buf_adds(out, ", \"lines\": [");
    ROW(out, "Ce s-a furnizat", "Cantitate", "Unitate", "Preț, RON", "TVA",
        "Fără TVA, RON");
    for (size_t i = 0; i < b->nlines; i++) {
        sm_buf_adds(out, ", ");
        ROW(out, b->lines[i].name, number_of(b->lines[i].quantity_micro, 6),
            "kWh", number_of(b->lines[i].price_micro, 6), "21 %",
            number_of(b->lines[i].net_minor, 2));
    }
    sm_buf_adds(out, "], \"sums\": [");
    ROW(out, "Cota de TVA", "Fără TVA, RON", "TVA, RON", "Cu TVA, RON");
    sm_buf_adds(out, ", ");
    ROW(out, "Total · 21 %", number_of(b->net_minor, 2),
        number_of(b->tax_minor, 2), number_of(b->total_minor, 2));
    sm_buf_adds(out, "], \"registers\": [");
    ROW(out, "Contor", "Index vechi", "Index nou", "Facturat");
    for (size_t i = 0; i < b->nregisters; i++) {
        sm_buf_adds(out, ", ");
        ROW(out, b->registers[i].meter, number_of(b->registers[i].old_milli, 3),
            number_of(b->registers[i].new_milli, 3),
            number_of(b->registers[i].quantity_milli, 3));
        sm_buf_adds(out, ", ");
        ROW(out, b->registers[i].name, "1 august 2026, citit",
            "31 august 2026, autocitit", "kWh");
    }
}

static bool write_file(const char *path, const struct sm_buf *buf)
{
    FILE *file = fopen(path, "we");

    return sm_buf_ok(buf) && file &&
           fwrite(buf->data, 1, buf->len, file) == buf->len &&
           fclose(file) == 0;
}

/* What stands on the page, apart from its looks. */
static bool write_content(const char *path)
{
    struct sm_buf out;
    bool good;

    sm_buf_init(&out, 1 << 16);
    add_parties(&out);
    add_tables(&out);
    sm_buf_adds(&out, "], \"sections\": ");
    ROW(&out, "Ce cuprinde factura", "Totaluri și TVA", "Contoare");
    sm_buf_adds(&out, ", \"foot\": ");
    ROW(&out, made.bill.seller.name, made.bill.seller.phone,
        made.bill.seller.email, NOTE);
    sm_buf_adds(&out, ", \"code\": ");
    ROW(&out, URL);
    sm_buf_adds(&out, "}\n");
    good = write_file(path, &out);
    sm_buf_release(&out);
    return good;
}

int main(int argc, char **argv)
{
    struct sm_error err = {.message = ""};
    struct sm_buf first, out;
    long count;

    if (argc != 4)
        return 2;
    count = strtol(argv[1], NULL, 10);
    if (sm_texts_open(SM_BENCH_SHARE, &err) != SM_OK) {
        (void)fprintf(stderr, "bench_pdf: %s\n", err.message);
        return 1;
    }
    sm_buf_init(&first, SM_BILL_PDF_BYTES_MAX);
    sm_buf_init(&out, SM_BILL_PDF_BYTES_MAX);
    make(&first, 0);
    for (long i = 1; i < count; i++)
        make(&out, (int)i);
    make(&out, 0);
    if (first.len != out.len || memcmp(first.data, out.data, out.len) != 0) {
        (void)fprintf(stderr, "bench_pdf: the same bill is other bytes\n");
        return 1;
    }
    if (!write_content(argv[3]) || !write_file(argv[2], &out))
        return 1;
    sm_buf_release(&first);
    sm_buf_release(&out);
    sm_pdf_cleanup();
    return 0;
}
