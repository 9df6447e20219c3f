/* Lines of the document that is written, and the meters' registers on them. */
#include <stdlib.h>
#include <string.h>

#include "domain/ubl_emit.h"

enum {
    /* Eight properties each: CIUS-RO has room for 50 on a line (BG-32). */
    REGISTERS_A_LINE = 6,
    RO_NAME_MAX = 100 /* BT-153 in CIUS-RO */
};

/* What stands in BT-129, BT-146 and BT-149. */
struct measure {
    const char *unit;
    int64_t quantity_micro;
    int64_t price; /* of 10^-decimals */
    int decimals;
    int64_t base_micro; /* 0: none */
};

static int64_t without_sign(int64_t number)
{
    return number < 0 ? -number : number;
}

/* A price is never negative (BR-27): the sign goes to the quantity.  A line
 * without a price says the sum for the whole quantity, which is exact. */
static struct measure measure(const struct sm_bill_line *l, int scale)
{
    struct measure m = {.unit = l->unit, .quantity_micro = l->quantity_micro};

    if (l->has_price) {
        m.price = without_sign(l->price_micro);
        m.decimals = 6;
        if (l->price_micro < 0)
            m.quantity_micro = -m.quantity_micro;
        return m;
    }
    if (m.quantity_micro == 0) {
        m.unit = "C62";
        m.quantity_micro = 1000000;
    }
    m.price = without_sign(l->net_minor);
    m.decimals = scale;
    m.base_micro = without_sign(m.quantity_micro);
    m.quantity_micro = l->net_minor < 0 ? -m.base_micro : m.base_micro;
    if (m.base_micro == 1000000)
        m.base_micro = 0;
    return m;
}

static void property(struct sm_ubl_emit *e, const char *name, const char *value)
{
    if (!sm_ubl_says(value))
        return;
    sm_ubl_open(e, "cac:AdditionalItemProperty");
    sm_ubl_text(e, "cbc:Name", name);
    sm_ubl_text(e, "cbc:Value", value);
    sm_ubl_close(e, "cac:AdditionalItemProperty");
}

static void number(struct sm_ubl_emit *e, const char *name, int64_t milli,
                   const char *unit)
{
    sm_ubl_open(e, "cac:AdditionalItemProperty");
    sm_ubl_text(e, "cbc:Name", name);
    sm_buf_adds(e->out, "<cbc:Value>");
    sm_ubl_number(e->out, milli, 3);
    if (sm_ubl_says(unit)) {
        sm_buf_addc(e->out, ' ');
        sm_ubl_put(e->out, unit, SIZE_MAX);
    }
    sm_ubl_close(e, "cbc:Value");
    sm_ubl_close(e, "cac:AdditionalItemProperty");
}

/* "2026-08-01, estimated"; nothing where neither is known. */
static void reading(struct sm_ubl_emit *e, const char *name,
                    struct sm_date date, enum sm_bill_read read)
{
    bool known = read != SM_BILL_READ_UNKNOWN;

    if (!date.year && !known)
        return;
    sm_ubl_open(e, "cac:AdditionalItemProperty");
    sm_ubl_text(e, "cbc:Name", name);
    sm_buf_adds(e->out, "<cbc:Value>");
    if (date.year)
        sm_buf_addf(e->out, "%04d-%02d-%02d%s", date.year, date.month, date.day,
                    known ? ", " : "");
    sm_buf_adds(e->out, known ? e->words->read[read] : "");
    sm_ubl_close(e, "cbc:Value");
    sm_ubl_close(e, "cac:AdditionalItemProperty");
}

static void put_register(struct sm_ubl_emit *e,
                         const struct sm_bill_register *r)
{
    const struct sm_ubl_words *w = e->words;

    property(e, w->meter, r->meter);
    property(e, w->name, r->name);
    number(e, w->old_index, r->old_milli, "");
    reading(e, w->old_read, r->old_on, r->old_read);
    number(e, w->new_index, r->new_milli, "");
    reading(e, w->new_read, r->new_on, r->new_read);
    if (r->factor_milli != 1000)
        number(e, w->factor, r->factor_milli, "");
    number(e, w->quantity, r->quantity_milli, r->unit);
}

/* How well the line L suits the register R. */
static int suits(const struct sm_bill_line *l, const struct sm_bill_register *r)
{
    if (l->kind != SM_BILL_USE)
        return 0;
    if (strcmp(l->unit, r->unit) != 0)
        return 1;
    if (l->quantity_micro % 1000 != 0 ||
        l->quantity_micro / 1000 != r->quantity_milli)
        return 2;
    return 3;
}

/* The line for each register: the first of those that suit best and have
 * room. */
static void assign(size_t *line_of, size_t *held, const struct sm_bill *bill)
{
    for (size_t r = 0; r < bill->nregisters; r++) {
        int best = -1;

        for (size_t i = 0; i < bill->nlines; i++) {
            int fit = suits(&bill->lines[i], &bill->registers[r]);

            fit += held[i] < REGISTERS_A_LINE ? 4 : 0;
            if (fit > best) {
                best = fit;
                line_of[r] = i;
            }
        }
        held[line_of[r]]++;
    }
}

/* In CIUS-RO a longer name goes whole into the description (BT-154). */
static void put_name(struct sm_ubl_emit *e, const char *name)
{
    if (e->profile != SM_UBL_CIUS_RO ||
        sm_ubl_put(NULL, name, SIZE_MAX) <= RO_NAME_MAX) {
        sm_ubl_text(e, "cbc:Name", name);
        return;
    }
    sm_ubl_text(e, "cbc:Description", name);
    sm_buf_adds(e->out, "<cbc:Name>");
    sm_ubl_put(e->out, name, RO_NAME_MAX);
    sm_ubl_close(e, "cbc:Name");
}

static void put_line(struct sm_ubl_emit *e, size_t index, const size_t *line_of)
{
    const struct sm_bill *bill = e->bill;
    const struct sm_bill_line *l = &bill->lines[index];
    const char *name = bill->credit_note ? "cac:CreditNoteLine"
                                         : "cac:InvoiceLine";
    struct measure m = measure(l, e->scale);

    sm_ubl_open(e, name);
    sm_buf_addf(e->out, "<cbc:ID>%d</cbc:ID>\n", l->no);
    sm_ubl_quantity(
        e, bill->credit_note ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity",
        m.unit, m.quantity_micro);
    sm_ubl_amount(e, "cbc:LineExtensionAmount", l->net_minor);
    sm_ubl_open(e, "cac:Item");
    put_name(e, l->name);
    sm_ubl_category(e, "cac:ClassifiedTaxCategory", l->tax_category,
                    l->tax_rate_bp, false, NULL);
    for (size_t r = 0; r < bill->nregisters; r++)
        if (line_of[r] == index)
            put_register(e, &bill->registers[r]);
    sm_ubl_close(e, "cac:Item");
    sm_ubl_open(e, "cac:Price");
    sm_ubl_price(e, "cbc:PriceAmount", m.price, m.decimals);
    if (m.base_micro)
        sm_ubl_quantity(e, "cbc:BaseQuantity", m.unit, m.base_micro);
    sm_ubl_close(e, "cac:Price");
    sm_ubl_close(e, name);
}

bool sm_ubl_lines(struct sm_ubl_emit *e)
{
    const struct sm_bill *bill = e->bill;
    size_t *line_of = calloc(bill->nregisters + 1, sizeof(*line_of));
    size_t *held = calloc(bill->nlines + 1, sizeof(*held));
    bool ok = line_of && held;

    if (ok) {
        assign(line_of, held, bill);
        for (size_t i = 0; i < bill->nlines; i++)
            put_line(e, i, line_of);
    }
    free(line_of);
    free(held);
    return ok;
}
