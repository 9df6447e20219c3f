#include "portal/bill_load.h"

#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "portal/guest.h"
#include "portal/login.h"
#include "sql/self_bills.h"

/* A reading of one bill. */
struct load {
    struct sm_request *rq;
    struct sm_bill_loaded *loaded;
    struct sm_bill *bill; /* of it */
    struct sm_arg args[3];
    struct sm_rows *rows; /* of the last query */
};

static enum sm_status ask(struct load *l, const struct sm_stmt *stmt)
{
    l->rows = NULL;
    return sm_request_query(&l->rows, l->rq, stmt, l->args);
}

/* COUNT zeroed things of SIZE for the rows, one at least. */
static void *room(struct load *l, size_t size)
{
    return sm_arena_calloc(l->rq->arena, (size_t)sm_rows_count(l->rows) + 1,
                           size);
}

static enum sm_status no_memory(struct load *l)
{
    return SM_FAIL(&l->rq->err, SM_INTERNAL, "bill: no memory");
}

/* Open what the column SEALED has for the row with the hash in the column
 * HASH; "" where there is nothing. */
static enum sm_status open_sealed(const char **out, struct load *l, int hash,
                                  int sealed)
{
    const struct sm_rows *rows = l->rows;
    size_t len = sm_row_len(rows, 0, sealed), got = 0;
    char *text = sm_arena_alloc(l->rq->arena, len + 1);

    *out = "";
    if (!text)
        return no_memory(l);
    if (len == 0)
        return SM_OK;
    if (sm_unseal(text, len, &got, &sm_portal(l->rq)->seal,
                  sm_row_bytes(rows, 0, hash), SM_HASH_BYTES,
                  sm_row_bytes(rows, 0, sealed), len) != SM_OK)
        return SM_FAIL(&l->rq->err, SM_INTERNAL,
                       "a number that secret.seal does not open");
    text[got] = '\0';
    *out = text;
    return SM_OK;
}

static enum sm_status read_sealed(struct load *l)
{
    enum sm_status st = open_sealed(&l->bill->code, l, SELF_INVOICE__CODE_HASH,
                                    SELF_INVOICE__CODE_SEALED);

    if (st == SM_OK)
        st = open_sealed(&l->bill->buyer.legal_id, l,
                         SELF_INVOICE__HOLDER_ID_HASH,
                         SELF_INVOICE__HOLDER_ID_SEALED);
    return st;
}

static void read_seller(struct load *l)
{
    const struct sm_settings *settings = l->rq->app->settings;
    const struct sm_rows *rows = l->rows;
    struct sm_bill_party *p = &l->bill->seller;
    const char *country = sm_row_text(rows, 0, SELF_INVOICE__SELLER_COUNTRY);
    const char *tax_id = sm_row_text(rows, 0, SELF_INVOICE__SELLER_TAX);

    p->name = sm_row_text(rows, 0, SELF_INVOICE__SELLER);
    p->vat = sm_row_bool(rows, 0, SELF_INVOICE__SELLER_VAT) && *country;
    /* it is kept without the prefix, where there is one */
    p->tax_id = p->vat && strncmp(tax_id, country, 2) != 0
                    ? sm_arena_printf(l->rq->arena, "%s%s", country, tax_id)
                    : tax_id;
    p->legal_id = sm_row_text(rows, 0, SELF_INVOICE__SELLER_LEGAL_ID);
    p->street = sm_row_text(rows, 0, SELF_INVOICE__SELLER_STREET);
    p->city = sm_row_text(rows, 0, SELF_INVOICE__SELLER_CITY);
    p->postcode = sm_row_text(rows, 0, SELF_INVOICE__SELLER_POSTCODE);
    p->region = sm_row_text(rows, 0, SELF_INVOICE__SELLER_REGION);
    p->country = country;
    p->email = sm_row_null(rows, 0, SELF_INVOICE__SELLER_EMAIL)
                   ? sm_settings_str(settings, "company.email")
                   : sm_row_text(rows, 0, SELF_INVOICE__SELLER_EMAIL);
    p->phone = sm_row_null(rows, 0, SELF_INVOICE__SELLER_PHONE)
                   ? sm_settings_str(settings, "company.phone")
                   : sm_row_text(rows, 0, SELF_INVOICE__SELLER_PHONE);
    p->iban = sm_row_null(rows, 0, SELF_INVOICE__SELLER_IBAN)
                  ? sm_settings_str(settings, "company.iban")
                  : sm_row_text(rows, 0, SELF_INVOICE__SELLER_IBAN);
}

static void read_buyer(struct load *l)
{
    const struct sm_rows *rows = l->rows;
    struct sm_bill_party *p = &l->bill->buyer;

    p->name = sm_row_text(rows, 0, SELF_INVOICE__HOLDER);
    p->tax_id = sm_row_text(rows, 0, SELF_INVOICE__HOLDER_VAT_NUMBER);
    p->vat = sm_is_alpha(p->tax_id[0]) && sm_is_alpha(p->tax_id[1]);
    l->bill->for_firm = sm_row_bool(rows, 0, SELF_INVOICE__FIRM);
    p->street = sm_row_text(rows, 0, SELF_INVOICE__HOLDER_STREET);
    p->city = sm_row_text(rows, 0, SELF_INVOICE__HOLDER_CITY);
    p->postcode = sm_row_text(rows, 0, SELF_INVOICE__HOLDER_POSTCODE);
    p->region = sm_row_text(rows, 0, SELF_INVOICE__HOLDER_REGION);
    p->country = sm_row_text(rows, 0, SELF_INVOICE__HOLDER_COUNTRY);
    p->email = "";
    p->phone = "";
    p->iban = "";
}

static void read_head(struct load *l)
{
    const struct sm_rows *rows = l->rows;
    struct sm_bill *bill = l->bill;
    int64_t value = sm_row_int(rows, 0, SELF_INVOICE__VALUE_MINOR);

    bill->credit_note = sm_row_bool(rows, 0, SELF_INVOICE__CREDIT_NOTE);
    bill->cancelled =
        strcmp(sm_row_text(rows, 0, SELF_INVOICE__STATE), "cancelled") == 0;
    bill->type_code = sm_row_text(rows, 0, SELF_INVOICE__TYPE_CODE);
    bill->number = sm_row_text(rows, 0, SELF_INVOICE__NUMBER);
    bill->currency = sm_row_text(rows, 0, SELF_INVOICE__CURRENCY);
    bill->issued_on = sm_row_date(rows, 0, SELF_INVOICE__ISSUED_ON);
    bill->due_on = sm_row_date(rows, 0, SELF_INVOICE__DUE_ON);
    bill->from = sm_row_date(rows, 0, SELF_INVOICE__PERIOD_FROM);
    bill->to = sm_row_date(rows, 0, SELF_INVOICE__PERIOD_TO);
    bill->contract = sm_row_text(rows, 0, SELF_INVOICE__CONTRACT);
    bill->point = sm_row_text(rows, 0, SELF_INVOICE__POINT);
    bill->place = sm_row_text(rows, 0, SELF_INVOICE__ADDRESS);
    bill->client_code = sm_row_text(rows, 0, SELF_INVOICE__CLIENT_CODE);
    bill->preceding = "";
    bill->net_minor = sm_row_int(rows, 0, SELF_INVOICE__NET_MINOR);
    bill->tax_minor = sm_row_int(rows, 0, SELF_INVOICE__TAX_MINOR);
    bill->total_minor = sm_row_int(rows, 0, SELF_INVOICE__TOTAL_MINOR);
    bill->payable_minor = bill->credit_note ? -value : value;
    bill->open_minor = sm_row_int(rows, 0, SELF_INVOICE__OPEN_MINOR);
    l->loaded->state = sm_row_text(rows, 0, SELF_INVOICE__STATE);
    l->loaded->days = sm_row_int(rows, 0, SELF_INVOICE__DAYS);
    l->loaded->place = sm_row_bytes(rows, 0, SELF_INVOICE__PLACE);
    l->loaded->code_hint = sm_row_text(rows, 0, SELF_INVOICE__CODE_HINT);
    l->loaded->may_pay = bill->open_minor > 0 && !bill->cancelled &&
                         sm_row_bool(rows, 0, SELF_INVOICE__MAY_PAY);
    l->loaded->has_original = sm_row_bool(rows, 0, SELF_INVOICE__HAS_ORIGINAL);
}

static enum sm_status read_lines(struct load *l)
{
    struct sm_bill_line *lines = room(l, sizeof(*lines));

    if (!lines)
        return no_memory(l);
    for (int i = 0; i < sm_rows_count(l->rows); i++) {
        struct sm_bill_line *line = &lines[i];

        line->no = (int)sm_row_int(l->rows, i, SELF_INVOICE_LINES__LINE_NO);
        line->kind = sm_bill_line_kind_parse(
            sm_row_text(l->rows, i, SELF_INVOICE_LINES__KIND));
        line->name = sm_row_text(l->rows, i, SELF_INVOICE_LINES__NAME);
        line->unit = sm_row_text(l->rows, i, SELF_INVOICE_LINES__UNIT);
        line->quantity_micro =
            sm_row_int(l->rows, i, SELF_INVOICE_LINES__QUANTITY_MICRO);
        line->has_price =
            !sm_row_null(l->rows, i, SELF_INVOICE_LINES__PRICE_MICRO);
        line->price_micro =
            sm_row_int(l->rows, i, SELF_INVOICE_LINES__PRICE_MICRO);
        line->net_minor = sm_row_int(l->rows, i, SELF_INVOICE_LINES__NET_MINOR);
        line->tax_rate_bp =
            (int)sm_row_int(l->rows, i, SELF_INVOICE_LINES__TAX_RATE_BP);
        line->tax_category =
            sm_row_text(l->rows, i, SELF_INVOICE_LINES__TAX_CATEGORY);
    }
    l->bill->lines = lines;
    l->bill->nlines = (size_t)sm_rows_count(l->rows);
    return SM_OK;
}

static enum sm_status read_taxes(struct load *l)
{
    struct sm_bill_tax *taxes = room(l, sizeof(*taxes));

    if (!taxes)
        return no_memory(l);
    for (int i = 0; i < sm_rows_count(l->rows); i++) {
        taxes[i].category =
            sm_row_text(l->rows, i, SELF_INVOICE_TAXES__CATEGORY);
        taxes[i].rate_bp =
            (int)sm_row_int(l->rows, i, SELF_INVOICE_TAXES__RATE_BP);
        taxes[i].base_minor =
            sm_row_int(l->rows, i, SELF_INVOICE_TAXES__BASE_MINOR);
        taxes[i].tax_minor =
            sm_row_int(l->rows, i, SELF_INVOICE_TAXES__TAX_MINOR);
        taxes[i].reason = "";
    }
    l->bill->taxes = taxes;
    l->bill->ntaxes = (size_t)sm_rows_count(l->rows);
    return SM_OK;
}

static enum sm_status read_registers(struct load *l)
{
    struct sm_bill_register *all = room(l, sizeof(*all));
    const struct sm_rows *rows = l->rows;

    if (!all)
        return no_memory(l);
    for (int i = 0; i < sm_rows_count(rows); i++) {
        struct sm_bill_register *one = &all[i];

        one->meter = sm_row_text(rows, i, SELF_INVOICE_REGISTERS__METER);
        one->name = sm_row_text(rows, i, SELF_INVOICE_REGISTERS__REGISTER);
        one->unit = sm_row_text(rows, i, SELF_INVOICE_REGISTERS__UNIT);
        one->old_milli = sm_row_int(rows, i, SELF_INVOICE_REGISTERS__OLD_MILLI);
        one->new_milli = sm_row_int(rows, i, SELF_INVOICE_REGISTERS__NEW_MILLI);
        one->old_on = sm_row_date(rows, i, SELF_INVOICE_REGISTERS__OLD_ON);
        one->new_on = sm_row_date(rows, i, SELF_INVOICE_REGISTERS__NEW_ON);
        one->old_read = sm_bill_read_parse(
            sm_row_text(rows, i, SELF_INVOICE_REGISTERS__OLD_READ));
        one->new_read = sm_bill_read_parse(
            sm_row_text(rows, i, SELF_INVOICE_REGISTERS__NEW_READ));
        one->factor_milli =
            sm_row_int(rows, i, SELF_INVOICE_REGISTERS__FACTOR_MILLI);
        one->quantity_milli =
            sm_row_int(rows, i, SELF_INVOICE_REGISTERS__QUANTITY_MILLI);
    }
    l->bill->registers = all;
    l->bill->nregisters = (size_t)sm_rows_count(rows);
    return SM_OK;
}

static enum sm_status read_payments(struct load *l)
{
    struct sm_bill_payment *all = room(l, sizeof(*all));
    const uint8_t **paid = room(l, sizeof(const uint8_t *));

    if (!all || !paid)
        return no_memory(l);
    for (int i = 0; i < sm_rows_count(l->rows); i++) {
        if (!sm_row_null(l->rows, i, SELF_INVOICE_PAYMENTS__PAYMENT))
            paid[i] = sm_row_bytes(l->rows, i, SELF_INVOICE_PAYMENTS__PAYMENT);
        all[i].on = sm_row_date(l->rows, i, SELF_INVOICE_PAYMENTS__PAID_ON);
        all[i].how = sm_row_text(l->rows, i, SELF_INVOICE_PAYMENTS__HOW);
        all[i].reference =
            sm_row_text(l->rows, i, SELF_INVOICE_PAYMENTS__REFERENCE);
        all[i].amount_minor =
            sm_row_int(l->rows, i, SELF_INVOICE_PAYMENTS__AMOUNT_MINOR);
    }
    l->loaded->paid = paid;
    l->bill->payments = all;
    l->bill->npayments = (size_t)sm_rows_count(l->rows);
    return SM_OK;
}

enum sm_status sm_bill_load(struct sm_bill_loaded **out, struct sm_request *rq,
                            const uint8_t id[16])
{
    static const struct {
        const struct sm_stmt *stmt;
        enum sm_status (*read)(struct load *l);
    } parts[] = {
        {&sm_sql_self_invoice_lines, read_lines},
        {&sm_sql_self_invoice_taxes, read_taxes},
        {&sm_sql_self_invoice_registers, read_registers},
        {&sm_sql_self_invoice_payments, read_payments},
    };
    struct load l = {.rq = rq,
                     .args = {sm_login_session(rq), sm_arg_uuid(id),
                              sm_arg_time(rq->now_us)}};
    enum sm_status st = ask(&l, &sm_sql_self_invoice);

    *out = NULL;
    if (st != SM_OK)
        return st;
    if (sm_rows_count(l.rows) == 0)
        return SM_NOT_FOUND;
    l.loaded = sm_arena_calloc(rq->arena, 1, sizeof(*l.loaded));
    if (!l.loaded)
        return no_memory(&l);
    l.bill = &l.loaded->bill;
    read_seller(&l);
    read_buyer(&l);
    read_head(&l);
    if (!l.bill->seller.tax_id)
        return no_memory(&l);
    st = read_sealed(&l);
    for (size_t i = 0; st == SM_OK && i < SM_COUNT(parts); i++) {
        st = ask(&l, parts[i].stmt);
        if (st == SM_OK)
            st = parts[i].read(&l);
    }
    if (st == SM_OK)
        *out = l.loaded;
    return st;
}
