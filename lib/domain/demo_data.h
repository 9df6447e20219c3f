/* Parts of the demonstration company.  Internal to it. */
#ifndef SM_DOMAIN_DEMO_DATA_H
#define SM_DOMAIN_DEMO_DATA_H

#include <stdbool.h>

#include "domain/bill.h"
#include "domain/demo.h"

/* A stream of numbers that depends on the seed alone. */
struct demo_random {
    uint64_t state;
};

/* The next 64 bits. */
uint64_t demo_next(struct demo_random *random);

/* A number from LEAST to MOST. */
int64_t demo_between(struct demo_random *random, int64_t least, int64_t most);

enum demo_habit {
    DEMO_PAYS,      /* ten days after the issue */
    DEMO_PAYS_LATE, /* after the due date */
    DEMO_OWES,      /* the last two or three are open */
    DEMO_PARTLY,    /* pays half of the last but one */
    DEMO_OVERPAYS,  /* pays round sums */
    DEMO_CREDITED   /* gets a credit note, owes nothing */
};

struct demo_customer {
    int64_t index;
    bool bulgarian;
    bool water; /* a second contract */
    const char *kind;
    const char *id_kind;
    char name[120];
    char id_number[16];
    char payment_code[SM_CODE_TEXT];
    char client_code[24];
    char address[160];
    char city[40];
    enum demo_habit habit;
};

/* Make customer INDEX. */
void demo_customer_make(struct demo_customer *out, const struct sm_demo *demo,
                        int64_t index);

/* A line of an invoice. */
struct demo_line {
    const char *name;
    const char *unit;    /* UN/ECE Rec 20 */
    int64_t quantity;    /* of the unit */
    int64_t price_micro; /* of the major unit, whole hundreds */
    int64_t net_minor;
};

enum { DEMO_LINES = 3 };

/* One invoice or credit note. */
struct demo_invoice {
    const struct demo_customer *customer;
    bool water;
    bool credit_note;
    char number[40];
    char contract[32];
    char point[40];
    char meter[32];
    struct sm_date issued_on, due_on, from, to;
    struct demo_line lines[DEMO_LINES]; /* the first is what was metered */
    int nlines;
    int64_t old_index; /* of all registers together */
    enum sm_bill_read old_read, new_read;
    int64_t net_minor, tax_minor;
    int tax_percent;
};

/* What the meter shows when the month of FROM begins: what was used since it
 * was installed. */
int64_t demo_index(const struct demo_customer *customer, bool water,
                   struct sm_date from, const struct sm_demo *demo);

/* Fill an invoice of the month that begins on FROM, where the meter shows
 * OLD_INDEX. */
void demo_invoice_make(struct demo_invoice *out,
                       const struct demo_customer *customer, bool water,
                       struct sm_date from, int64_t old_index,
                       const struct sm_demo *demo);

/* Write routes.csv, and the header of meters.csv. */
void demo_routes_write(FILE *to);
void demo_meters_head(FILE *to);

/* Write what the meter of INVOICE's place shows on READ_ON, INDEX in all, a
 * row a register; NUMBER is the bill that used it, or "".  Returns the rows. */
int demo_readings_write(FILE *to, const struct demo_invoice *invoice,
                        struct sm_date read_on, int64_t index,
                        const char *number);

/* Make NOTE, which gives back a quarter of what OF metered. */
void demo_credit_make(struct demo_invoice *note, const struct demo_invoice *of);

/* Write it as UBL. */
void demo_invoice_ubl(FILE *to, const struct demo_invoice *invoice);

/* The seller's tax ids, as in company.sellers of the demo. */
const char *demo_seller(bool bulgarian);

/* The month N months after the one of DATE: its first day. */
struct sm_date demo_month(struct sm_date date, int n);

#endif
