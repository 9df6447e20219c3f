/* invoices.csv: one row a document. */
#include <string.h>

#include "domain/import_batch.h"
#include "domain/import_file.h"
#include "domain/import_value.h"
#include "sql/import.h"

enum column {
    SELLER,
    SELLER_NAME,
    NUMBER,
    KIND,
    TYPE_CODE,
    CURRENCY,
    ISSUED_ON,
    DUE_ON,
    PERIOD_FROM,
    PERIOD_TO,
    NET,
    TAX,
    PAYABLE,
    PAYMENT_CODE,
    CLIENT_CODE,
    CONTRACT,
    SUPPLY_POINT,
    BUYER,
    DESCRIPTION,
    QUANTITY,
    UNIT,
    PRICE,
    TAX_PERCENT,
    METER,
    OLD_INDEX,
    NEW_INDEX,
    READ
};

static const struct sm_csv_column columns[] = {
    [SELLER] = {"seller", true},
    [SELLER_NAME] = {"seller_name", false},
    [NUMBER] = {"number", true},
    [KIND] = {"kind", false},
    [TYPE_CODE] = {"type_code", false},
    [CURRENCY] = {"currency", true},
    [ISSUED_ON] = {"issued_on", true},
    [DUE_ON] = {"due_on", false},
    [PERIOD_FROM] = {"period_from", false},
    [PERIOD_TO] = {"period_to", false},
    [NET] = {"net", true},
    [TAX] = {"tax", true},
    [PAYABLE] = {"payable", false},
    [PAYMENT_CODE] = {"payment_code", false},
    [CLIENT_CODE] = {"client_code", false},
    [CONTRACT] = {"contract", false},
    [SUPPLY_POINT] = {"supply_point", false},
    [BUYER] = {"buyer", false},
    [DESCRIPTION] = {"description", false},
    [QUANTITY] = {"quantity", false},
    [UNIT] = {"unit", false},
    [PRICE] = {"price", false},
    [TAX_PERCENT] = {"tax_percent", false},
    [METER] = {"meter", false},
    [OLD_INDEX] = {"old_index", false},
    [NEW_INDEX] = {"new_index", false},
    [READ] = {"read", false},
};

static const char *const kinds[] = {"invoice", "credit_note"};
static const char *const reads[] = {"measured", "estimated", "self_read"};

/* Whether the record is good is known when its batch is sent. */
static void note_outcome(void *ctx, int64_t line, const char *outcome,
                         const char *reason)
{
    struct sm_import_file *file = ctx;

    if (strcmp(outcome, "refused") == 0)
        sm_import_file_refuse(file, line, reason);
    else if (strcmp(outcome, "new") == 0)
        file->counts->added++;
    else
        file->counts->same++;
}

static void read_amounts(struct sm_import_document *d,
                         struct sm_import_file *file)
{
    d->currency = sm_import_field_currency(file, CURRENCY);
    d->net_minor = sm_import_field_amount(file, NET, d->currency, true);
    d->tax_minor = sm_import_field_amount(file, TAX, d->currency, true);
    d->payable_minor =
        *sm_csv_get(file->csv, PAYABLE)
            ? sm_import_field_amount(file, PAYABLE, d->currency, true)
            : d->net_minor + d->tax_minor;
    if (d->credit_note && d->payable_minor < 0)
        sm_import_field_bad(file, "a credit note cannot be negative");
}

static void read_dates(struct sm_import_document *d,
                       struct sm_import_file *file)
{
    d->issued_on = sm_import_field_date(file, ISSUED_ON, true);
    d->due_on = sm_import_field_date(file, DUE_ON, false);
    d->from = sm_import_field_date(file, PERIOD_FROM, false);
    d->to = sm_import_field_date(file, PERIOD_TO, false);
}

static void add_id(struct sm_import_document *d, const char *id)
{
    if (*id)
        d->ids[d->nids++] = id;
}

static void read_document(struct sm_import_document *d,
                          struct sm_import_file *file)
{
    const char *kind =
        sm_import_field_choice(file, KIND, "invoice", kinds, SM_COUNT(kinds));

    *d = (struct sm_import_document){
        .credit_note = strcmp(kind, "credit_note") == 0};
    d->seller = sm_import_field_text(file, SELLER, true, 30);
    d->seller_name = sm_import_field_text(file, SELLER_NAME, false, 200);
    d->number = sm_import_field_text(file, NUMBER, true, 60);
    d->type_code = sm_import_field_text(file, TYPE_CODE, false, 4);
    if (*d->type_code == '\0')
        d->type_code = d->credit_note ? "381" : "380";
    read_amounts(d, file);
    read_dates(d, file);
    d->payment_reference = sm_csv_get(file->csv, PAYMENT_CODE);
    d->contract = sm_import_field_text(file, CONTRACT, false, 40);
    d->points[0] = sm_import_field_text(file, SUPPLY_POINT, false, 60);
    d->points[1] = "";
    add_id(d, sm_import_field_text(file, CLIENT_CODE, false, 40));
    add_id(d, sm_import_field_text(file, BUYER, false, 60));
}

/* The register that the record has; what it measured is what was billed. */
static void read_register(struct sm_bill_register *r,
                          struct sm_import_file *file)
{
    const char *old_index = sm_csv_get(file->csv, OLD_INDEX);
    const char *new_index = sm_csv_get(file->csv, NEW_INDEX);
    const char *quantity = sm_csv_get(file->csv, QUANTITY);
    int64_t billed;

    *r = (struct sm_bill_register){
        .meter = sm_import_field_text(file, METER, false, 60),
        .name = "",
        .unit = sm_csv_get(file->csv, UNIT),
        .old_read = SM_BILL_READ_UNKNOWN,
        .new_read = sm_bill_read_parse(
            sm_import_field_choice(file, READ, "", reads, SM_COUNT(reads))),
        .factor_milli = 1000};
    if (*old_index == '\0' && *new_index == '\0')
        return;
    if (sm_import_decimal(&r->old_milli, old_index, 3) != SM_OK ||
        sm_import_decimal(&r->new_milli, new_index, 3) != SM_OK)
        sm_import_field_bad(file, "old_index and new_index are not both "
                                  "numbers of at most three decimals");
    r->quantity_milli = r->new_milli - r->old_milli;
    if (sm_import_micro(&billed, quantity) == SM_OK)
        r->quantity_milli = billed / 1000;
}

/* The one line, register and tax row that a record of this format can
 * carry. */
static void add_details(struct sm_import_batch *batch,
                        struct sm_import_file *file,
                        const struct sm_import_document *d,
                        const struct sm_bill_register *reg)
{
    struct sm_import_line line = {
        .quantity = sm_csv_get(file->csv, QUANTITY),
        .price = sm_csv_get(file->csv, PRICE),
        .unit = sm_csv_get(file->csv, UNIT),
        .name = sm_csv_get(file->csv, DESCRIPTION),
        .percent = sm_csv_get(file->csv, TAX_PERCENT),
        .price_base = "",
        .category = *sm_csv_get(file->csv, TAX_PERCENT) ? "S" : "",
        .net_minor = d->net_minor,
    };

    if (*line.name)
        sm_batch_line(batch, &line);
    if (*sm_csv_get(file->csv, NEW_INDEX))
        sm_batch_register(batch, reg, *line.name != '\0');
    if (*line.percent)
        sm_batch_tax(batch, "S", line.percent, d->net_minor, d->tax_minor);
}

static enum sm_status read_file(struct sm_import_file *file,
                                struct sm_import_batch *batch, struct sm_db *db,
                                struct sm_error *err)
{
    struct sm_import_document d;
    struct sm_bill_register reg;
    enum sm_status status = SM_OK;

    while (status == SM_OK) {
        status = sm_import_file_next(file, err);
        if (status == SM_OK) {
            int64_t line = sm_csv_line(file->csv);

            read_document(&d, file);
            read_register(&reg, file);
            if (!file->reason)
                file->reason = sm_batch_add(batch, line, &d);
            if (file->reason)
                sm_import_file_refuse(file, line, file->reason);
            else
                add_details(batch, file, &d, &reg);
        }
        if (status == SM_OK && sm_batch_full(batch))
            status = sm_batch_send(batch, db, note_outcome, file, err);
    }
    if (status == SM_NOT_FOUND)
        status = sm_batch_send(batch, db, note_outcome, file, err);
    return status;
}

enum sm_status sm_import_invoices(struct sm_import_counts *counts,
                                  const struct sm_import *import,
                                  struct sm_db *db, const char *path,
                                  struct sm_error *err)
{
    struct sm_import_batch *batch = NULL;
    struct sm_import_file file;
    enum sm_status status;

    status = sm_import_file_open(&file, import, counts, path, columns,
                                 SM_COUNT(columns), err);
    if (status == SM_OK)
        status = sm_batch_new(&batch, import, err);
    if (status != SM_OK)
        goto out;
    sm_db_begin(db);
    status = read_file(&file, batch, db, err);
    counts->kept = status == SM_OK && sm_import_file_keep(&file);
    if (counts->kept)
        status = sm_db_commit(db, err);
    else
        sm_db_rollback(db);
out:
    sm_batch_free(batch);
    sm_import_file_close(&file);
    return status;
}
