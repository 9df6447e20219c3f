/* How each rule of the e-invoice is broken; for ubl_rules_test.c, after the
 * functions that the table names. */
#ifndef SM_UNIT_UBL_BREACHES_H
#define SM_UNIT_UBL_BREACHES_H

#include "../support/bills.h"
#include "domain/ubl.h"

static char ones[512]; /* digits, for texts that are too long */

/* Where a text is put: into the bill, its first or second line, tax row,
 * register; or into what was read back of it. */
enum place {
    BILL,
    LINE,
    TAX,
    TAX2,
    METER,
    READ,
    READ_LINE,
    READ_TAX,
    READ_PROPERTY,
    CALL,     /* a function, on the bill */
    CALL_READ /* a function, on the document */
};

struct breach {
    const char *id;
    int nth; /* of the rules with this id */
    void (*sample)(struct made *m);
    enum place place;
    size_t offset;
    const char *text;
    void (*call)(struct made *m);
    void (*call_read)(struct sm_ubl_document *d);
    const char *first; /* the rule that is broken before; NULL: this one */
};

#define ANY "any"
#define LONG(n) (ones + sizeof(ones) - 1 - (n))
#define B(id_, member, text_)                                                  \
    {                                                                          \
        .id = id_, .sample = made_electricity, .place = BILL,                  \
        .offset = offsetof(struct sm_bill, member), .text = text_              \
    }
#define B2(id_, member, text_, first_)                                         \
    {                                                                          \
        .id = id_, .sample = made_electricity, .place = BILL,                  \
        .offset = offsetof(struct sm_bill, member), .text = text_,             \
        .first = first_                                                        \
    }
#define BS(id_, sample_, member, text_, first_)                                \
    {                                                                          \
        .id = id_, .sample = sample_, .place = BILL,                           \
        .offset = offsetof(struct sm_bill, member), .text = text_,             \
        .first = first_                                                        \
    }
#define AT(id_, sample_, place_, struct_, member, text_, first_)               \
    {                                                                          \
        .id = id_, .sample = sample_, .place = place_,                         \
        .offset = offsetof(struct struct_, member), .text = text_,             \
        .first = first_                                                        \
    }
#define C(id_, sample_, call_, first_)                                         \
    {                                                                          \
        .id = id_, .sample = sample_, .place = CALL, .call = call_,            \
        .first = first_                                                        \
    }
#define D(id_, sample_, call_)                                                 \
    {                                                                          \
        .id = id_, .sample = sample_, .place = CALL_READ, .call_read = call_,  \
        .first = ANY                                                           \
    }

static const char ro[] = "RO49AAAA1B31007593840001";

/* clang-format off */
static const struct breach breaches[] = {
    AT("BR-01", made_electricity, READ, sm_ubl_document, customization, "",
       ANY),
    B("BR-02", number, ""),
    C("BR-03", made_electricity, no_issue, NULL),
    B("BR-04", type_code, ""),
    AT("BR-05", made_electricity, READ, sm_ubl_document, currency, "", ANY),
    B("BR-06", seller.name, " "),
    B("BR-07", buyer.name, ""),
    B("BR-09", seller.country, ""),
    B("BR-11", buyer.country, ""),
    D("BR-12", made_electricity, read_no_line_net),
    D("BR-13", made_electricity, read_no_net),
    D("BR-14", made_electricity, read_no_total),
    D("BR-15", made_electricity, read_no_payable),
    C("BR-16", made_electricity, no_lines, NULL),
    AT("BR-21", made_electricity, READ_LINE, sm_ubl_line, id, "", ANY),
    AT("BR-22", made_electricity, READ_LINE, sm_ubl_line, quantity, "", ANY),
    AT("BR-23", made_electricity, LINE, sm_bill_line, unit, " ", NULL),
    D("BR-24", made_electricity, read_no_sum),
    AT("BR-25", made_electricity, LINE, sm_bill_line, name, "", NULL),
    AT("BR-26", made_electricity, READ_LINE, sm_ubl_line, price, "", ANY),
    AT("BR-27", made_electricity, READ_LINE, sm_ubl_line, price, "-1", ANY),
    C("BR-29", made_electricity, period_back, NULL),
    D("BR-30", made_electricity, read_line_period),
    D("BR-45", made_electricity, read_no_base),
    D("BR-46", made_electricity, read_no_tax),
    AT("BR-47", made_electricity, TAX, sm_bill_tax, category, "", NULL),
    AT("BR-48", made_electricity, READ_TAX, sm_ubl_tax, percent, "", ANY),
    AT("BR-49", made_electricity, READ, sm_ubl_document, payment_means, "",
       ANY),
    AT("BR-54", made_electricity, READ_PROPERTY, sm_ubl_property, value, "",
       ANY),
    AT("BR-61", made_electricity, READ, sm_ubl_document, iban, "", ANY),
    B("BR-CL-01", type_code, "381"),
    AT("BR-CL-04", made_electricity, READ, sm_ubl_document, currency, "BGN",
       ANY),
    B("BR-CL-14", seller.country, "RU1"),
    {"BR-CL-14", 1, made_electricity, BILL,
     offsetof(struct sm_bill, buyer.country), "ro", NULL, NULL, NULL},
    AT("BR-CL-16", made_electricity, READ, sm_ubl_document, payment_means,
       "71", ANY),
    AT("BR-CL-17", made_electricity, TAX, sm_bill_tax, category, "K", NULL),
    AT("BR-CL-18", made_electricity, LINE, sm_bill_line, tax_category, "G",
       NULL),
    AT("BR-CL-22", made_electricity, READ_TAX, sm_ubl_tax, reason_code, "X",
       ANY),
    AT("BR-CL-23", made_electricity, LINE, sm_bill_line, unit, "kWh", NULL),
    B("UBL-DT-01", currency, "KWD"),
    AT("BR-CO-04", made_electricity, LINE, sm_bill_line, tax_category, "",
       "BR-CL-18"),
    B("BR-CO-09", seller.tax_id, "18547290"),
    {"BR-CO-09", 1, made_reverse, BILL, offsetof(struct sm_bill, buyer.tax_id),
     "14399840", NULL, NULL, NULL},
    C("BR-CO-10", made_electricity, other_net, NULL),
    D("BR-CO-13", made_electricity, read_net),
    C("BR-CO-14", made_electricity, other_row, NULL),
    C("BR-CO-15", made_electricity, other_total, NULL),
    D("BR-CO-16", made_electricity, read_payable),
    C("BR-CO-17", made_electricity, one_unit_tax, NULL),
    C("BR-CO-18", made_electricity, no_taxes, NULL),
    C("BR-CO-25", made_electricity, no_due, NULL),
    C("BR-CO-26", made_electricity, no_seller_id, NULL),
    AT("BR-S-01", made_electricity, TAX, sm_bill_tax, category, "Z", NULL),
    B("BR-S-02", seller.tax_id, ""),
    C("BR-S-05", made_electricity, zero_standard, NULL),
    C("BR-S-08", made_electricity, one_unit_base, NULL),
    C("BR-S-09", made_electricity, one_unit_tax, "BR-CO-17"),
    AT("BR-S-10", made_electricity, TAX, sm_bill_tax, reason, "x", NULL),
    AT("BR-Z-01", made_zero, TAX, sm_bill_tax, category, "S", "BR-S-01"),
    BS("BR-Z-02", made_zero, seller.tax_id, "", NULL),
    C("BR-Z-05", made_zero, rate_5, NULL),
    C("BR-Z-08", made_zero, other_base, NULL),
    C("BR-Z-09", made_zero, one_bani_tax, NULL),
    AT("BR-Z-10", made_zero, TAX, sm_bill_tax, reason, "x", NULL),
    AT("BR-E-01", made_zero, TAX2, sm_bill_tax, category, "Z", "BR-Z-01"),
    BS("BR-E-02", made_zero, seller.tax_id, "", "BR-Z-02"),
    C("BR-E-05", made_zero, rate_5_2, NULL),
    C("BR-E-08", made_zero, other_base_2, NULL),
    C("BR-E-09", made_zero, one_bani_tax_2, NULL),
    AT("BR-E-10", made_zero, TAX2, sm_bill_tax, reason, "", NULL),
    AT("BR-AE-01", made_reverse, TAX, sm_bill_tax, category, "Z", "BR-Z-08"),
    BS("BR-AE-02", made_reverse, seller.tax_id, "", NULL),
    C("BR-AE-05", made_reverse, rate_5, NULL),
    C("BR-AE-08", made_reverse, other_base, NULL),
    C("BR-AE-09", made_reverse, one_bani_tax, NULL),
    D("BR-AE-10", made_reverse, read_no_reason),
    AT("BR-O-01", made_outside, TAX, sm_bill_tax, category, "Z", "BR-Z-08"),
    C("BR-O-02", made_outside, vat_seller, NULL),
    AT("BR-O-05", made_outside, READ_LINE, sm_ubl_line, percent, "5", ANY),
    C("BR-O-08", made_outside, other_base, NULL),
    C("BR-O-09", made_outside, one_bani_tax, NULL),
    D("BR-O-10", made_outside, read_no_reason),
    C("BR-O-11", made_outside, another_category, NULL),
    AT("BR-O-12", made_outside, READ_LINE, sm_ubl_line, category, "Z", ANY),
    AT("SM-TAX-01", made_electricity, READ_LINE, sm_ubl_line, percent, "19",
       ANY),
    C("SM-LINE-01", made_electricity, double_price, NULL),
    B("SM-IBAN-01", seller.iban, ro),
    AT("BR-RO-001", made_electricity, READ, sm_ubl_document, customization,
       "urn:cen.eu:en16931:2017", NULL),
    B("BR-RO-010", number, "SERIA"),
    B("BR-RO-020", type_code, "385"),
    B("BR-RO-030", currency, "EUR"),
    B2("BR-RO-065", seller.tax_id, "", "BR-S-02"),
    B("BR-RO-081", seller.street, ""),
    B("BR-RO-082", buyer.street, ""),
    B("BR-RO-091", seller.city, ""),
    B("BR-RO-092", buyer.city, ""),
    B("BR-RO-110", seller.region, "B"),
    B("BR-RO-111", buyer.region, ""),
    B("BR-RO-100", seller.city, "București"),
    B("BR-RO-101", buyer.region, "RO-B"),
    B("BR-RO-120", buyer.country, "BG"),
    B("BR-RO-L155", number, LONG(201)),
    B("BR-RO-L0302", contract, LONG(201)),
    B("BR-RO-L0308", point, LONG(201)),
    B("BR-RO-L156", preceding, LONG(201)),
    B("BR-RO-L302", place, LONG(300)),
    AT("BR-RO-L301", made_electricity, READ, sm_ubl_document, terms, LONG(301),
       NULL),
    B("BR-RO-L140", code, LONG(141)),
    B("BR-RO-L201", seller.name, LONG(201)),
    B("BR-RO-L151", seller.street, LONG(151)),
    B2("BR-RO-L0501", seller.city, LONG(51), "BR-RO-100"),
    B("BR-RO-L0201", seller.postcode, LONG(21)),
    B("BR-RO-L203", buyer.name, LONG(201)),
    B("BR-RO-L152", buyer.street, LONG(151)),
    B("BR-RO-L0502", buyer.city, LONG(51)),
    B("BR-RO-L0202", buyer.postcode, LONG(21)),
    B("BR-RO-L1005", seller.phone, LONG(101)),
    B("BR-RO-L1006", seller.email, LONG(101)),
    AT("BR-RO-L1024", made_electricity, READ_LINE, sm_ubl_line, name,
       LONG(101), NULL),
    AT("BR-RO-L212", made_electricity, LINE, sm_bill_line, name, LONG(201),
       NULL),
    AT("BR-RO-L1019", made_zero, TAX2, sm_bill_tax, reason, LONG(101), ANY),
    C("BR-RO-A052", made_electricity, many_registers, NULL),
    AT("BR-RO-L0505", made_electricity, READ_PROPERTY, sm_ubl_property, name,
       LONG(51), NULL),
    AT("BR-RO-L1025", made_electricity, METER, sm_bill_register, meter,
       LONG(101), NULL),
};
/* clang-format on */

#endif
