/* A bill made of bytes, for properties and for the fuzzer: one of the samples
 * with other lines, then spoilt in a few places or in none.  The same bytes
 * make the same bill; when they end, the rest are zeros. */
#ifndef SM_SUPPORT_RANDOM_BILL_H
#define SM_SUPPORT_RANDOM_BILL_H

#include "bills.h"

enum { RAW_TEXTS = 8, RAW_SIZE = 48 };

struct random_bill {
    struct made made;
    const uint8_t *at, *end;
    char raw[RAW_TEXTS][RAW_SIZE];
    size_t nraw;
};

static inline uint32_t random_byte(struct random_bill *r)
{
    return r->at < r->end ? *r->at++ : 0;
}

static inline uint32_t random_below(struct random_bill *r, uint32_t n)
{
    uint32_t value = random_byte(r);

    return (value << 8 | random_byte(r)) % n;
}

static inline int64_t random_number(struct random_bill *r)
{
    uint64_t value = 0;

    for (uint32_t n = random_byte(r) % 9; n > 0; n--)
        value = value << 8 | random_byte(r);
    return (int64_t)(random_byte(r) % 4 ? value : 0 - value);
}

/* A text of the pool, or raw bytes. */
static inline const char *random_text(struct random_bill *r)
{
    static const char *const pool[] = {
        "",          " ",        "RO",     "BG",      "RON",
        "EUR",       "RO-B",     "RO-CJ",  "SECTOR1", "380",
        "381",       "384",      "KWH",    "MTQ",     "S",
        "Z",         "E",        "AE",     "O",       "RO18547290",
        "BG1234567", "]]>",      "&#0;",   "<a>",     "\xd0\x96",
        "\xc3",      "\x01\x1f", "\r\n\t", "-1.50",   "\xef\xbf\xbf",
        "\xc8\x99i", "JPY",      "KWD",    "2026-01", "x",
        "\"'"};
    char *raw;

    if (random_byte(r) % 4 || r->nraw == RAW_TEXTS)
        return pool[random_below(r, sizeof(pool) / sizeof(pool[0]))];
    raw = r->raw[r->nraw++];
    for (uint32_t n = random_byte(r) % RAW_SIZE; n > 0; n--)
        *raw++ = (char)random_byte(r);
    return r->raw[r->nraw - 1];
}

static inline void random_line(struct random_bill *r, bool romanian)
{
    static const char *const units[] = {"KWH", "MTQ", "DAY", "C62", "K3"};
    static const char *const free_of_tax[] = {"Z", "E"};
    static const int rates[] = {2100, 1100, 2000, 900};
    struct sm_bill_line *l;
    int64_t quantity = (int64_t)random_below(r, 60000) * 1000 - 5000000;
    int64_t price = (int64_t)random_below(r, 60000) * 37;

    l = made_line(&r->made, romanian ? "Energie" : "Вода",
                  units[random_below(r, 5)], quantity, price);
    l->kind = (enum sm_bill_line_kind)random_below(r, 3);
    l->has_price = random_below(r, 5) > 0;
    if (random_below(r, 4) == 0) {
        l->tax_category = free_of_tax[random_below(r, 2)];
        l->tax_rate_bp = 0;
    } else {
        l->tax_category = "S";
        l->tax_rate_bp = rates[random_below(r, 4)];
    }
}

static inline void spoil_text(struct random_bill *r)
{
    struct sm_bill *b = &r->made.bill;
    struct sm_bill_line *l = &r->made.lines[random_below(r, 4)];
    struct sm_bill_tax *t = &r->made.taxes[random_below(r, 2)];
    const char **texts[] = {&b->type_code,
                            &b->number,
                            &b->currency,
                            &b->contract,
                            &b->point,
                            &b->place,
                            &b->code,
                            &b->client_code,
                            &b->preceding,
                            &b->seller.name,
                            &b->seller.tax_id,
                            &b->seller.legal_id,
                            &b->seller.street,
                            &b->seller.city,
                            &b->seller.postcode,
                            &b->seller.region,
                            &b->seller.country,
                            &b->seller.email,
                            &b->seller.phone,
                            &b->seller.iban,
                            &b->buyer.name,
                            &b->buyer.tax_id,
                            &b->buyer.legal_id,
                            &b->buyer.street,
                            &b->buyer.city,
                            &b->buyer.region,
                            &b->buyer.country,
                            &t->reason,
                            &r->made.registers[0].meter,
                            &r->made.registers[0].unit};
    const char **line[] = {&l->name, &l->unit, &l->tax_category, &t->category};

    if (random_below(r, 4))
        *texts[random_below(r, sizeof(texts) / sizeof(texts[0]))] =
            random_text(r);
    else if (l->name && t->category)
        *line[random_below(r, 4)] = random_text(r);
}

static inline void spoil_number(struct random_bill *r)
{
    struct made *m = &r->made;
    int64_t *numbers[] = {
        &m->bill.net_minor,         &m->bill.tax_minor,
        &m->bill.total_minor,       &m->bill.payable_minor,
        &m->bill.payable_minor,     &m->lines[0].quantity_micro,
        &m->lines[0].price_micro,   &m->lines[0].net_minor,
        &m->taxes[0].base_minor,    &m->taxes[0].tax_minor,
        &m->registers[0].old_milli, &m->registers[0].factor_milli};
    int64_t *number = numbers[random_below(r, 12)];

    if (random_below(r, 2))
        *number = random_number(r);
    else
        (void)__builtin_add_overflow(*number, (int)random_below(r, 400) - 200,
                                     number);
}

static inline void spoil_other(struct random_bill *r)
{
    struct sm_bill *b = &r->made.bill;
    struct sm_date *dates[] = {&b->issued_on, &b->due_on, &b->from, &b->to,
                               &r->made.registers[0].new_on};
    struct sm_date *date = dates[random_below(r, 5)];

    switch (random_below(r, 6)) {
    case 0:
        *date = (struct sm_date){(int)random_below(r, 10000),
                                 (int)random_below(r, 14),
                                 (int)random_below(r, 33)};
        break;
    case 1:
        b->credit_note = !b->credit_note;
        break;
    case 2:
        b->seller.vat = !b->seller.vat;
        break;
    case 3:
        b->buyer.vat = !b->buyer.vat;
        break;
    case 4:
        r->made.lines[0].tax_rate_bp = (int)random_below(r, 10001);
        break;
    default:
        r->made.lines[0].no = (int)random_number(r);
    }
}

static inline void random_bill(struct random_bill *r, const uint8_t *bytes,
                               size_t len)
{
    struct made *m = &r->made;
    size_t nsamples = sizeof(made_samples) / sizeof(made_samples[0]);

    memset(r, 0, sizeof(*r));
    r->at = bytes;
    r->end = bytes + len;
    made_samples[random_below(r, (uint32_t)nsamples)].make(m);
    if (random_below(r, 4)) {
        uint32_t lines = 1 + random_below(r, 12);

        m->bill.nlines = 0;
        while (lines-- > 0)
            random_line(r, strcmp(m->bill.seller.country, "RO") == 0);
        made_sum(m);
        for (size_t i = 0; i < m->bill.ntaxes; i++)
            if (strcmp(m->taxes[i].category, "E") == 0)
                m->taxes[i].reason = "art. 292";
    }
    for (uint32_t n = random_below(r, 5); n > 0; n--) {
        uint32_t what = random_below(r, 3);

        if (what == 0)
            spoil_text(r);
        else if (what == 1)
            spoil_number(r);
        else
            spoil_other(r);
    }
}

#endif
