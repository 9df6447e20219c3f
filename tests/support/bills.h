/* Bills that make e-invoices, for tests to write, to break and to compare.
 * Everything is filled anew by each call, so a test may change what it gets. */
#ifndef SM_SUPPORT_BILLS_H
#define SM_SUPPORT_BILLS_H

#include <stdio.h>
#include <string.h>

#include "domain/bill.h"

enum { MADE_LINES = 300, MADE_TAXES = 8, MADE_REGISTERS = 12 };

struct made {
    struct sm_bill bill;
    struct sm_bill_line lines[MADE_LINES];
    struct sm_bill_tax taxes[MADE_TAXES];
    struct sm_bill_register registers[MADE_REGISTERS];
    char names[MADE_LINES][24];
};

/* Divided and rounded, halves away from zero. */
static inline int64_t made_round(int64_t value, int64_t by)
{
    return value < 0 ? -((-value + by / 2) / by) : (value + by / 2) / by;
}

/* One more line: QUANTITY and PRICE in millionths, its sum rounded. */
static inline struct sm_bill_line *made_line(struct made *m, const char *name,
                                             const char *unit, int64_t quantity,
                                             int64_t price)
{
    struct sm_bill_line *l = &m->lines[m->bill.nlines++];

    *l = (struct sm_bill_line){.no = (int)m->bill.nlines,
                               .kind = SM_BILL_USE,
                               .name = name,
                               .unit = unit,
                               .quantity_micro = quantity,
                               .price_micro = price,
                               .has_price = true,
                               .tax_rate_bp = 2100,
                               .tax_category = "S"};
    l->net_minor = made_round(quantity / 1000 * price, 10000000);
    return l;
}

static inline struct sm_bill_tax *made_tax(struct made *m,
                                           const struct sm_bill_line *l)
{
    struct sm_bill_tax *t = m->taxes;

    while (t < m->taxes + m->bill.ntaxes &&
           (strcmp(t->category, l->tax_category) != 0 ||
            t->rate_bp != l->tax_rate_bp))
        t++;
    if (t == m->taxes + m->bill.ntaxes) {
        *t = (struct sm_bill_tax){.category = l->tax_category,
                                  .rate_bp = l->tax_rate_bp};
        m->bill.ntaxes++;
    }
    return t;
}

/* The breakdown and the totals of the lines. */
static inline void made_sum(struct made *m)
{
    struct sm_bill *b = &m->bill;

    b->ntaxes = 0;
    b->net_minor = 0;
    b->tax_minor = 0;
    for (size_t i = 0; i < b->nlines; i++) {
        made_tax(m, &m->lines[i])->base_minor += m->lines[i].net_minor;
        b->net_minor += m->lines[i].net_minor;
    }
    for (size_t i = 0; i < b->ntaxes; i++) {
        struct sm_bill_tax *t = &m->taxes[i];

        t->tax_minor = made_round(t->base_minor * t->rate_bp, 10000);
        b->tax_minor += t->tax_minor;
    }
    b->total_minor = b->net_minor + b->tax_minor;
    b->payable_minor = b->total_minor;
    b->open_minor = b->total_minor;
}

static inline void made_register(struct made *m, const char *name,
                                 int64_t old_milli, int64_t quantity_milli)
{
    m->registers[m->bill.nregisters++] =
        (struct sm_bill_register){.meter = "EM-4711",
                                  .name = name,
                                  .unit = "KWH",
                                  .old_milli = old_milli,
                                  .new_milli = old_milli + quantity_milli,
                                  .old_on = {2026, 8, 1},
                                  .new_on = {2026, 8, 31},
                                  .new_read = SM_BILL_SELF_READ,
                                  .factor_milli = 1000,
                                  .quantity_milli = quantity_milli};
}

static inline void made_empty(struct made *m)
{
    static const struct sm_bill_party nobody = {"", "", false, "", "", "",
                                                "", "", "",    "", "", ""};

    memset(m, 0, sizeof(*m));
    m->bill = (struct sm_bill){.type_code = "380",
                               .number = "",
                               .currency = "",
                               .contract = "",
                               .point = "",
                               .place = "",
                               .code = "",
                               .client_code = "",
                               .preceding = "",
                               .seller = nobody,
                               .buyer = nobody,
                               .lines = m->lines,
                               .taxes = m->taxes,
                               .registers = m->registers};
}

/* A firm in Bucharest and a household in Cluj; no lines yet. */
static inline void made_romanian(struct made *m)
{
    struct sm_bill *b = &m->bill;

    made_empty(m);
    b->number = "EE26-000123";
    b->currency = "RON";
    b->issued_on = (struct sm_date){2026, 9, 10};
    b->due_on = (struct sm_date){2026, 10, 10};
    b->from = (struct sm_date){2026, 8, 1};
    b->to = (struct sm_date){2026, 8, 31};
    b->contract = "C-100200300";
    b->point = "RO001E100200300";
    b->place = "Str. Lungă 7, Cluj-Napoca";
    b->code = "RF18539007547034";
    b->client_code = "100200300";
    b->seller.name = "Furnizor Exemplu SA";
    b->seller.tax_id = "RO18547290";
    b->seller.vat = true;
    b->seller.legal_id = "J40/1/2000";
    b->seller.street = "Bd. Unirii 1";
    b->seller.city = "București, Sectorul 3";
    b->seller.postcode = "030823";
    b->seller.region = "RO-B";
    b->seller.country = "RO";
    b->seller.email = "clienti@furnizor.example";
    b->seller.phone = "+40 21 000 00 00";
    b->seller.iban = "RO49 AAAA 1B31 0075 9384 0000";
    b->buyer.name = "Popescu Ion";
    b->buyer.street = "Str. Lungă 7";
    b->buyer.city = "Cluj-Napoca";
    b->buyer.region = "RO-CJ";
    b->buyer.country = "RO";
    b->buyer.email = "ion@example.org";
}

/* Electricity: day, night, by the day; two registers. */
static inline void made_electricity(struct made *m)
{
    made_romanian(m);
    made_line(m, "Energie electrică activă, zi", "KWH", 200500000, 654320);
    made_line(m, "Energie electrică activă, noapte", "KWH", 100000000, 450000);
    made_line(m, "Abonament", "DAY", 31000000, 120000)->kind = SM_BILL_FIXED;
    made_register(m, "1.8.1", 10500000, 200500);
    made_register(m, "1.8.2", 4000250, 100000);
    made_sum(m);
}

/* Water, in euro, for a firm. */
static inline void made_water(struct made *m)
{
    struct sm_bill *b = &m->bill;

    made_romanian(m);
    b->number = "0000123456";
    b->currency = "EUR";
    b->contract = "W-77";
    b->point = "BG001W77";
    b->place = "ул. Шипка 5, София";
    b->code = "AB12CD34";
    b->client_code = "77";
    b->seller = (struct sm_bill_party){"Водоснабдяване Пример ЕАД",
                                       "BG123456786",
                                       true,
                                       "123456786",
                                       "бул. Витоша 1",
                                       "София",
                                       "1000",
                                       "",
                                       "BG",
                                       "",
                                       "",
                                       ""};
    b->buyer = (struct sm_bill_party){"Търговец & Син ООД",
                                      "BG987654321",
                                      true,
                                      "987654321",
                                      "ул. Шипка 5",
                                      "София",
                                      "1504",
                                      "",
                                      "BG",
                                      "",
                                      "",
                                      ""};
    made_line(m, "Доставка на вода", "MTQ", 12345000, 1750000)->tax_rate_bp =
        2000;
    made_line(m, "Отвеждане на отпадъчни води", "MTQ", 12345000, 543210)
        ->tax_rate_bp = 2000;
    made_register(m, "", 1234000, 12345);
    m->registers[0].unit = "MTQ";
    m->registers[0].old_read = SM_BILL_ESTIMATED;
    m->registers[0].new_on.year = 0;
    made_sum(m);
}

/* Gas from elsewhere: English words, a factor, rounded to pay. */
static inline void made_gas(struct made *m)
{
    made_water(m);
    m->bill.nlines = 0;
    m->bill.number = "G/2026/9";
    m->bill.seller = (struct sm_bill_party){"Example Gas Ltd",
                                            "IE6388047V",
                                            true,
                                            "",
                                            "1 Quay Street",
                                            "Dublin",
                                            "D02 X285",
                                            "",
                                            "IE",
                                            "",
                                            "",
                                            "IE29AIBK93115212345678"};
    made_line(m, "Natural gas", "KWH", 1234567000, 61700)->tax_rate_bp = 900;
    m->registers[0].meter = "G-1";
    m->registers[0].factor_milli = 11100;
    made_sum(m);
    m->bill.payable_minor = m->bill.total_minor / 5 * 5;
}

/* What was billed too much, given back; never due. */
static inline void made_credit(struct made *m)
{
    made_romanian(m);
    m->bill.credit_note = true;
    m->bill.type_code = "381";
    m->bill.number = "NC26-7";
    m->bill.preceding = "EE26-000123";
    m->bill.due_on = (struct sm_date){0};
    made_line(m, "Regularizare consum estimat", "KWH", 50000000, 654320);
    made_sum(m);
}

/* Lines without VAT: at the rate zero, and exempt with the reason. */
static inline void made_zero(struct made *m)
{
    struct sm_bill_line *l;

    made_water(m);
    m->bill.nlines = 0;
    m->bill.nregisters = 0;
    l = made_line(m, "Water for export", "MTQ", 10000000, 1750000);
    l->tax_category = "Z";
    l->tax_rate_bp = 0;
    l = made_line(m, "Late fee", "C62", 1000000, 3250000);
    l->kind = SM_BILL_OTHER;
    l->tax_category = "E";
    l->tax_rate_bp = 0;
    made_sum(m);
    m->taxes[1].reason = "Чл. 26, ал. 2 ЗДДС";
}

/* Electricity for a trader of it: the buyer owes the VAT. */
static inline void made_reverse(struct made *m)
{
    struct sm_bill_line *l;

    made_romanian(m);
    m->bill.buyer.tax_id = "RO14399840";
    m->bill.buyer.vat = true;
    m->bill.buyer.legal_id = "J12/5/2010";
    l = made_line(m, "Energie electrică", "MWH", 1250000, 650000000);
    l->tax_category = "AE";
    l->tax_rate_bp = 0;
    made_sum(m);
}

/* An association that pays no VAT and charges none. */
static inline void made_outside(struct made *m)
{
    struct sm_bill_line *l;

    made_romanian(m);
    m->bill.seller.vat = false;
    m->bill.seller.tax_id = "18547290";
    l = made_line(m, "Cotă de apă", "MTQ", 3000000, 8930000);
    l->tax_category = "O";
    l->tax_rate_bp = 0;
    made_sum(m);
}

/* Many lines of two rates, some without a price, some given back; a part was
 * paid before. */
static inline void made_many(struct made *m)
{
    made_romanian(m);
    for (int i = 0; i < 250; i++) {
        struct sm_bill_line *l;

        snprintf(m->names[i], sizeof(m->names[i]), "Apartament %d <%c>", i,
                 'a' + i % 26);
        l = made_line(m, m->names[i], "MTQ",
                      (int64_t)(i % 17 - 2) * 1333000 + 7000, 893333);
        l->tax_rate_bp = i % 3 ? 1100 : 2100;
        l->has_price = i % 5 != 0;
    }
    made_sum(m);
    m->bill.payable_minor -= 5000;
}

struct made_sample {
    const char *name;
    void (*make)(struct made *m);
};

static const struct made_sample made_samples[] = {
    {"electricity-ro", made_electricity}, {"water-bg", made_water},
    {"credit-note-ro", made_credit},      {"zero-and-exempt-bg", made_zero},
    {"reverse-charge-ro", made_reverse},  {"outside-vat-ro", made_outside},
    {"many-lines-ro", made_many},         {"gas-ie", made_gas},
};

#endif
