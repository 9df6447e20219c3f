/* A bill as its reader sees it: what the page, the print, the PDF and the
 * generated e-invoice show, whichever way it came in.  Plain data, made of
 * rows of the database by who has them; nothing here reads or writes any.
 * The words are those of billing.document_line and document_register.
 *
 * Money is in minor units of the bill's currency; quantities, prices and
 * indexes are integers of millionths or thousandths as said.  Texts are UTF-8,
 * "" where there is none, never NULL, and are borrowed. */
#ifndef SM_DOMAIN_BILL_H
#define SM_DOMAIN_BILL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"

/* What a line is for the explanation of a bill: how it moves. */
enum sm_bill_line_kind {
    SM_BILL_USE,   /* by consumption: quantity times price */
    SM_BILL_FIXED, /* by time: a subscription, so many days or months */
    SM_BILL_OTHER  /* anything else: a fee, a correction, a discount */
};

/* One line (BG-25). */
struct sm_bill_line {
    int no;
    enum sm_bill_line_kind kind;
    const char *name;       /* BT-153 */
    const char *unit;       /* BT-130, UN/ECE Rec 20: "KWH", "MTQ", "DAY" */
    int64_t quantity_micro; /* BT-129, millionths */
    int64_t price_micro;    /* BT-146, millionths of the currency's unit */
    bool has_price;
    int64_t net_minor;        /* BT-131 */
    int tax_rate_bp;          /* BT-152, hundredths of a percent */
    const char *tax_category; /* BT-151: "S", "Z", "E", ... */
};

/* One rate of the VAT breakdown (BG-23). */
struct sm_bill_tax {
    const char *category; /* BT-118 */
    int rate_bp;          /* BT-119 */
    int64_t base_minor;   /* BT-116 */
    int64_t tax_minor;    /* BT-117 */
    const char *reason;   /* BT-120, why it is exempt; NULL or "": not said */
};

/* How an index became known. */
enum sm_bill_read {
    SM_BILL_MEASURED,
    SM_BILL_ESTIMATED,
    SM_BILL_SELF_READ,
    SM_BILL_READ_UNKNOWN /* the document does not say */
};

/* A register of a meter over the billed period. */
struct sm_bill_register {
    const char *meter; /* serial number */
    const char *name;  /* "1.8.1", "day"; "" where the meter has one only */
    const char *unit;  /* Rec 20 */
    int64_t old_milli, new_milli;
    struct sm_date old_on, new_on; /* year 0: not known */
    enum sm_bill_read old_read, new_read;
    int64_t factor_milli;   /* what the difference is multiplied with */
    int64_t quantity_milli; /* what was billed of it */
};

/* A payment or a credit that lowered what is open. */
struct sm_bill_payment {
    struct sm_date on;
    const char *how; /* "online", "bank", "cash", "other", "credit" */
    const char *reference;
    int64_t amount_minor;
};

/* Who issues or receives a bill. */
struct sm_bill_party {
    const char *name;
    const char *tax_id;   /* with its country's prefix where it is VAT */
    bool vat;             /* TAX_ID is registered for VAT (BT-31) */
    const char *legal_id; /* BT-30, BT-47 */
    const char *street, *city, *postcode;
    const char *region;  /* ISO 3166-2, "RO-B" */
    const char *country; /* ISO 3166-1, two letters */
    const char *email, *phone, *iban;
};

struct sm_bill {
    bool credit_note;
    bool cancelled;
    const char *type_code; /* BT-3 */
    const char *number;    /* BT-1 */
    const char *currency;  /* BT-5 */
    struct sm_date issued_on, due_on;
    struct sm_date from, to; /* year 0: not known */
    const char *contract;    /* BT-12 */
    const char *point;       /* BT-18: supply point's code */
    const char *place;       /* its address, one line */
    const char *code;        /* payment code (BT-83) */
    const char *client_code;
    const char *preceding; /* BT-25 */
    struct sm_bill_party seller, buyer;
    bool for_firm; /* the buyer is no person, and must have a number */
    int64_t net_minor, tax_minor, total_minor;
    int64_t payable_minor; /* BT-115 */
    int64_t open_minor;    /* what is left of it */
    const struct sm_bill_line *lines;
    size_t nlines;
    const struct sm_bill_tax *taxes;
    size_t ntaxes;
    const struct sm_bill_register *registers;
    size_t nregisters;
    const struct sm_bill_payment *payments;
    size_t npayments;
};

/* What a line of UNIT (UN/ECE Rec 20) is for, as far as its unit says: energy
 * and volume are used, days to years are by time, all else is other. */
enum sm_bill_line_kind sm_bill_line_kind(const char *unit);

/* "use", "fixed", "other".  Static. */
const char *sm_bill_line_kind_word(enum sm_bill_line_kind kind);

/* The kind of that word; SM_BILL_OTHER for any other text. */
enum sm_bill_line_kind sm_bill_line_kind_parse(const char *word);

/* "measured", "estimated", "self_read"; "" if it is not known.  Static. */
const char *sm_bill_read_word(enum sm_bill_read read);

/* The reading of that word; SM_BILL_READ_UNKNOWN for any other text. */
enum sm_bill_read sm_bill_read_parse(const char *word);

#endif
