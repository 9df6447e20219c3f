/* A batch of documents on its way into the database.  Internal to the imports
 * of invoices. */
#ifndef SM_DOMAIN_IMPORT_BATCH_H
#define SM_DOMAIN_IMPORT_BATCH_H

#include <stdint.h>

#include "base/buf.h"
#include "domain/bill.h"
#include "domain/import.h"

enum {
    SM_BATCH_DOCUMENTS = 1000,
    SM_BATCH_BYTES = 16 * 1024 * 1024, /* of originals; then it is sent */
    SM_BATCH_IDS = 8                   /* identifiers of a buyer */
};

/* One document, from whatever format. */
struct sm_import_document {
    bool credit_note;
    const char *seller; /* its tax id, as written */
    const char *seller_name;
    const char *number;
    const char *type_code;
    const char *currency;
    struct sm_date issued_on, due_on, from, to;
    int64_t net_minor, tax_minor, payable_minor;
    /* who it is for */
    const char *payment_reference;
    const char *contract;
    const char *points[2];
    const char *ids[SM_BATCH_IDS]; /* buyer's own, legal, VAT */
    size_t nids;
    const char *original; /* bytes to keep, or NULL */
    size_t original_len;
};

struct sm_import_line {
    const char *quantity, *price, *unit, *name, *percent;
    const char *price_base; /* what the price is for; "" is one */
    const char *category;   /* of tax; "" if it is not known */
    int64_t net_minor;
};

struct sm_import_batch;

/* What became of document SEQ, the number that sm_batch_add() was given. */
typedef void (*sm_batch_outcome)(void *ctx, int64_t seq, const char *outcome,
                                 const char *reason);

/* Free with sm_batch_free(). */
enum sm_status sm_batch_new(struct sm_import_batch **out,
                            const struct sm_import *import,
                            struct sm_error *err) SM_MUSTCHECK;
void sm_batch_free(struct sm_import_batch *batch);

/* Append a document.  NULL, or why it is refused. */
const char *sm_batch_add(struct sm_import_batch *batch, int64_t seq,
                         const struct sm_import_document *document);

/* Append a line or a tax row of the document added last. */
void sm_batch_line(struct sm_import_batch *batch,
                   const struct sm_import_line *line);
void sm_batch_tax(struct sm_import_batch *batch, const char *category,
                  const char *percent, int64_t base_minor, int64_t tax_minor);

/* Append a register of the document added last, billed by its last line if
 * OF_LINE.  What the database would refuse is left out: texts are cut to 60
 * characters, days that run backwards are dropped. */
void sm_batch_register(struct sm_import_batch *batch,
                       const struct sm_bill_register *reg, bool of_line);

/* True if it should be sent before the next document. */
bool sm_batch_full(const struct sm_import_batch *batch);

/* Send the batch inside DB's transaction and report each outcome ("new",
 * "same", "attach", "refused"); the batch is empty then. */
enum sm_status sm_batch_send(struct sm_import_batch *batch, struct sm_db *db,
                             sm_batch_outcome outcome, void *ctx,
                             struct sm_error *err) SM_MUSTCHECK;

#endif
