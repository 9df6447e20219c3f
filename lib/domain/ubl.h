/* Electronic invoices: UBL 2.1 Invoice and CreditNote as EN 16931 profiles
 * them, read into the fields that a portal shows and posts.  Elements are
 * recognised by namespace URI, never by prefix.  BT numbers below are those of
 * EN 16931.
 *
 * Validation is the tax authority's; here the totals are cross-checked (rules
 * BR-CO-10, 13, 14, 15, 16, 17) so that a document that contradicts itself is
 * never posted. */
#ifndef SM_DOMAIN_UBL_H
#define SM_DOMAIN_UBL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/status.h"

enum {
    SM_UBL_BYTES_MAX = 5 * 1024 * 1024,
    SM_UBL_DEPTH_MAX = 64,
    SM_UBL_NODES_MAX = 200000,
    SM_UBL_TEXT_MAX = 16 * 1024, /* bytes of one field */
    SM_UBL_BUYER_IDS = 8,
    SM_UBL_XPATH_SIZE = 256
};

/* An amount in minor units of the document's currency. */
struct sm_ubl_amount {
    int64_t minor;
    bool set;
};

/* Texts are "" where the document has none; they live in the arena. */
struct sm_ubl_party {
    const char *name;                  /* BT-27, BT-44, else the trading name */
    const char *trade_name;            /* BT-28, BT-45 */
    const char *vat_id;                /* BT-31, BT-48, as written */
    const char *tax_id;                /* BT-32: registration that is not VAT */
    const char *legal_id;              /* BT-30, BT-47 */
    const char *ids[SM_UBL_BUYER_IDS]; /* BT-29, BT-46 */
    size_t nids;
    const char *street;   /* BT-35, BT-50 */
    const char *street2;  /* BT-36, BT-51 */
    const char *city;     /* BT-37, BT-52 */
    const char *postcode; /* BT-38, BT-53 */
    const char *region;   /* BT-39, BT-54 */
    const char *country;  /* BT-40, BT-55 */
    const char *phone;    /* BT-42, BT-57 */
    const char *email;    /* BT-43, BT-58 */
};

/* One row of the VAT breakdown (BG-23). */
struct sm_ubl_tax {
    struct sm_ubl_tax *next;
    struct sm_ubl_amount base; /* BT-116 */
    struct sm_ubl_amount tax;  /* BT-117 */
    const char *category;      /* BT-118 */
    const char *percent;       /* BT-119, as written */
    const char *reason;        /* BT-120 */
    const char *reason_code;   /* BT-121 */
};

/* A property of a line's item (BT-160, BT-161): meter, old and new index. */
struct sm_ubl_property {
    struct sm_ubl_property *next;
    const char *name;
    const char *value;
};

/* One line (BG-25). */
struct sm_ubl_line {
    struct sm_ubl_line *next;
    const char *id;           /* BT-126 */
    const char *note;         /* BT-127 */
    const char *object;       /* BT-128 */
    const char *quantity;     /* BT-129, exact decimal text */
    const char *unit;         /* BT-130, UN/ECE Rec 20 */
    struct sm_ubl_amount net; /* BT-131 */
    struct sm_date from, to;  /* BT-134, BT-135 */
    const char *name;         /* BT-153 */
    const char *description;  /* BT-154 */
    const char *price;        /* BT-146, exact decimal text */
    const char *price_base;   /* BT-149, exact decimal text */
    const char *category;     /* BT-151 */
    const char *percent;      /* BT-152 */
    struct sm_ubl_property *properties;
};

struct sm_ubl_document {
    bool credit_note;         /* root CreditNote */
    const char *number;       /* BT-1 */
    struct sm_date issued_on; /* BT-2 */
    struct sm_date due_on;    /* BT-9; year 0: none */
    const char *type_code;    /* BT-3 */
    const char *note;         /* BT-22, the first */
    const char *currency;     /* BT-5 */
    const char *tax_currency; /* BT-6 */
    struct sm_date from, to;  /* BT-73, BT-74 */
    const char *contract;     /* BT-12 */
    const char *object;       /* BT-18: metering point */
    const char *place;        /* BT-71: place of consumption */
    const char *preceding;    /* BT-25: number of the corrected document */
    struct sm_ubl_party seller;
    struct sm_ubl_party buyer;
    const char *payment_reference;   /* BT-83 */
    const char *iban;                /* BT-84 */
    struct sm_ubl_amount line_net;   /* BT-106 */
    struct sm_ubl_amount allowances; /* BT-107 */
    struct sm_ubl_amount charges;    /* BT-108 */
    struct sm_ubl_amount net;        /* BT-109 */
    struct sm_ubl_amount tax;        /* BT-110 */
    struct sm_ubl_amount total;      /* BT-112 */
    struct sm_ubl_amount prepaid;    /* BT-113 */
    struct sm_ubl_amount rounding;   /* BT-114 */
    struct sm_ubl_amount payable;    /* BT-115; may be zero or negative */
    struct sm_ubl_tax *taxes;
    struct sm_ubl_line *lines;
    int nlines;
    const char *customization; /* BT-24 */
    const char *payment_means; /* BT-81 */
    const char *terms;         /* BT-20 */
};

/* Why a document is refused, for the operator: where, and in which words.
 * These may quote the document, so they go to the operator's report and not
 * to the log. */
struct sm_ubl_problem {
    char xpath[SM_UBL_XPATH_SIZE];
    char reason[256];
};

/* A reader may be used for any number of documents, by one thread. */
struct sm_ubl_reader;

/* Free with sm_ubl_reader_free(). */
enum sm_status sm_ubl_reader_new(struct sm_ubl_reader **out,
                                 struct sm_error *err) SM_MUSTCHECK;
/* NULL is fine. */
void sm_ubl_reader_free(struct sm_ubl_reader *reader);

/* Read the LEN bytes of one document into ARENA.
 * SM_INVALID  it is not safe XML, not a UBL invoice or credit note, lacks a
 *             field that posting needs, or contradicts itself; PROBLEM says
 *             which and where. */
enum sm_status sm_ubl_parse(struct sm_ubl_document **out,
                            struct sm_ubl_reader *reader,
                            struct sm_arena *arena, const char *bytes,
                            size_t len, struct sm_ubl_problem *problem,
                            struct sm_error *err) SM_MUSTCHECK;

/* The same without the cross-checks of its totals, for who runs more rules
 * than these (domain/ubl_rules.h). */
enum sm_status sm_ubl_read(struct sm_ubl_document **out,
                           struct sm_ubl_reader *reader, struct sm_arena *arena,
                           const char *bytes, size_t len,
                           struct sm_ubl_problem *problem, struct sm_error *err)
    SM_MUSTCHECK;

/* What the document changes in the buyer's debt: payable, negative for a
 * credit note. */
int64_t sm_ubl_owed(const struct sm_ubl_document *document);

/* The cross-checks alone (sm_ubl_parse() runs them).  SM_INVALID fills
 * PROBLEM. */
enum sm_status sm_ubl_check(const struct sm_ubl_document *document,
                            struct sm_ubl_problem *problem) SM_MUSTCHECK;

#endif
