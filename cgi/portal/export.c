#include "portal/export.h"

#include <stdlib.h>
#include <string.h>

#include "domain/csv_write.h"
#include "portal/api.h"
#include "portal/events.h"
#include "sql/data.h"
#include "sql/profile.h"
#include "sql/self_bills.h"
#include "sql/self_meters.h"
#include "sql/self_payments.h"
#include "zip/zip.h"

enum {
    ROWS = 500,
    JSON = 0,
    PROFILE,
    CONTRACTS,
    INVOICES,
    PAYMENTS,
    READINGS,
    LOG,
    FILES
};

/* An export on its way: its files, and memory for the rows of one read. */
struct export
{
    struct sm_request *rq;
    struct sm_arena *arena;
    struct sm_buf files[FILES];
};

/* Where the next part of a list begins. */
struct cursor {
    bool begun;
    uint8_t id[SM_ID_BYTES];
    int64_t number;
};

/* What an export lists, in parts of ROWS. */
struct list {
    const char *name; /* in JSON */
    size_t file;      /* as CSV */
    const char *header;
    enum sm_status (*read)(struct sm_rows **rows, struct export *ex,
                           const struct cursor *from);
    void (*add)(struct export *ex, const struct sm_rows *rows, int i);
    /* Let AT stand behind ROWS, of which there is one at least. */
    void (*pass)(struct cursor *at, const struct sm_rows *rows);
};

static const char *const names[FILES] = {
    "data.json",    "profile.csv",  "contracts.csv", "invoices.csv",
    "payments.csv", "readings.csv", "log.csv",
};

static bool fits(const struct export *ex)
{
    size_t all = 0;

    for (size_t i = 0; i < FILES; i++) {
        if (!sm_buf_ok(&ex->files[i]))
            return false;
        all += ex->files[i].len;
    }
    return all <= SM_EXPORT_MAX;
}

static void begin_object(struct sm_buf *out)
{
    char last = out->data[out->len - 1];

    sm_buf_adds(out, last == '[' ? "\n{" : ",\n{");
}

static void add_profile(struct export *ex)
{
    const struct sm_customer *who = ex->rq->customer;
    struct sm_buf *json = &ex->files[JSON], *csv = &ex->files[PROFILE];

    sm_buf_adds(json, "{\"profile\":{");
    sm_api_text(json, "login", who->email);
    sm_api_text(json, "language", sm_lang_code(who->lang));
    sm_api_bool(json, "second_step", who->second);
    sm_buf_addc(json, '}');
    sm_csv_begin(csv, "login,language,second_step");
    sm_csv_text(csv, who->email);
    sm_csv_text(csv, sm_lang_code(who->lang));
    sm_csv_text(csv, who->second ? "yes" : "no");
    sm_csv_end(csv);
}

/* The texts of a row of auth.profile(), by name. */
static const struct {
    const char *name;
    int column;
} texts[] = {
    {"payment_code_ending", AUTH_PROFILE__CODE_HINT},
    {"place", AUTH_PROFILE__PLACE},
    {"nickname", AUTH_PROFILE__NICKNAME},
    {"holder_kind", AUTH_PROFILE__KIND},
    {"holder", AUTH_PROFILE__NAME},
    {"letters_to", AUTH_PROFILE__ADDRESS},
    {"seat", AUTH_PROFILE__SEAT},
    {"vat_number", AUTH_PROFILE__VAT_NUMBER},
};

static enum sm_status add_contracts(struct export *ex)
{
    struct sm_buf *json = &ex->files[JSON], *csv = &ex->files[CONTRACTS];
    struct sm_rows *rows = NULL;
    const struct sm_arg args[] = {
        sm_login_session(ex->rq),
        sm_arg_uuid(NULL),
        sm_arg_time(ex->rq->now_us),
    };
    enum sm_status st = sm_db_read(&rows, ex->rq->app->pool, ex->arena,
                                   &sm_sql_auth_profile, args, &ex->rq->err);

    if (st != SM_OK)
        return st;
    sm_buf_adds(json, ",\n\"contracts\":[");
    sm_csv_begin(csv, "payment_code_ending,place,nickname,holder_kind,holder,"
                      "letters_to,seat,vat_number,paperless");
    for (int i = 0; i < sm_rows_count(rows); i++) {
        bool paperless = sm_row_bool(rows, i, AUTH_PROFILE__PAPERLESS);

        begin_object(json);
        for (size_t j = 0; j < SM_COUNT(texts); j++) {
            const char *text = sm_row_text(rows, i, texts[j].column);

            sm_api_text(json, texts[j].name, text);
            sm_csv_text(csv, text);
        }
        sm_api_bool(json, "paperless", paperless);
        sm_buf_addc(json, '}');
        sm_csv_text(csv, paperless ? "yes" : "no");
        sm_csv_end(csv);
    }
    sm_buf_addc(json, ']');
    return SM_OK;
}

static void add_invoice(struct export *ex, const struct sm_rows *rows, int i)
{
    static const struct {
        const char *name;
        int column;
    } days[] = {
        {"issued_on", SELF_INVOICES_AFTER__ISSUED_ON},
        {"due_on", SELF_INVOICES_AFTER__DUE_ON},
        {"period_from", SELF_INVOICES_AFTER__PERIOD_FROM},
        {"period_to", SELF_INVOICES_AFTER__PERIOD_TO},
    };
    struct sm_buf *json = &ex->files[JSON], *csv = &ex->files[INVOICES];
    const char *number = sm_row_text(rows, i, SELF_INVOICES_AFTER__NUMBER);
    const char *state = sm_row_text(rows, i, SELF_INVOICES_AFTER__STATE);
    const char *kind = sm_row_bool(rows, i, SELF_INVOICES_AFTER__CREDIT_NOTE)
                           ? "credit_note"
                           : "invoice";
    const char *currency = sm_row_text(rows, i, SELF_INVOICES_AFTER__CURRENCY);
    int64_t value = sm_row_int(rows, i, SELF_INVOICES_AFTER__VALUE_MINOR);
    int64_t open = sm_row_int(rows, i, SELF_INVOICES_AFTER__OPEN_MINOR);

    begin_object(json);
    sm_api_text(json, "number", number);
    sm_api_text(json, "kind", kind);
    sm_csv_text(csv, number);
    sm_csv_text(csv, kind);
    for (size_t j = 0; j < SM_COUNT(days); j++) {
        struct sm_date day = sm_row_date(rows, i, days[j].column);

        sm_api_date(json, days[j].name, day);
        sm_csv_date(csv, day);
    }
    sm_api_int(json, "value_minor", value);
    sm_api_int(json, "open_minor", open);
    sm_api_text(json, "currency", currency);
    sm_api_text(json, "state", state);
    sm_buf_addc(json, '}');
    sm_csv_money(csv, value, currency);
    sm_csv_money(csv, open, currency);
    sm_csv_text(csv, currency);
    sm_csv_text(csv, state);
    sm_csv_end(csv);
}

static void add_payment(struct export *ex, const struct sm_rows *rows, int i)
{
    static const struct {
        const char *name;
        int column;
    } words[] = {
        {"how", SELF_PAYMENTS__HOW},
        {"reference", SELF_PAYMENTS__REFERENCE},
        {"state", SELF_PAYMENTS__STATE},
        {"payment_code_ending", SELF_PAYMENTS__CODE_HINT},
        {"receipt", SELF_PAYMENTS__RECEIPT_NO},
        {"currency", SELF_PAYMENTS__CURRENCY},
    };
    struct sm_buf *json = &ex->files[JSON], *csv = &ex->files[PAYMENTS];
    const char *currency = sm_row_text(rows, i, SELF_PAYMENTS__CURRENCY);
    struct sm_date received = sm_row_date(rows, i, SELF_PAYMENTS__RECEIVED_ON);
    struct sm_date posted = sm_row_date(rows, i, SELF_PAYMENTS__POSTED_ON);
    int64_t amount = sm_row_int(rows, i, SELF_PAYMENTS__AMOUNT_MINOR);
    int64_t back = sm_row_int(rows, i, SELF_PAYMENTS__REFUNDED_MINOR);

    begin_object(json);
    sm_api_date(json, "received_on", received);
    sm_api_date(json, "posted_on", posted);
    sm_api_int(json, "amount_minor", amount);
    sm_api_int(json, "refunded_minor", back);
    sm_csv_date(csv, received);
    sm_csv_date(csv, posted);
    sm_csv_money(csv, amount, currency);
    sm_csv_money(csv, back, currency);
    for (size_t j = 0; j < SM_COUNT(words); j++) {
        const char *text = sm_row_text(rows, i, words[j].column);

        sm_api_text(json, words[j].name, text);
        sm_csv_text(csv, text);
    }
    sm_buf_addc(json, '}');
    sm_csv_end(csv);
}

static void add_reading(struct export *ex, const struct sm_rows *rows, int i)
{
    static const struct {
        const char *name;
        int column;
    } words[] = {
        {"place", SELF_READINGS__PLACE},   {"kind", SELF_READINGS__KIND},
        {"serial", SELF_READINGS__SERIAL}, {"register", SELF_READINGS__CODE},
        {"unit", SELF_READINGS__UNIT},     {"how", SELF_READINGS__SOURCE},
        {"state", SELF_READINGS__STATE},
    };
    struct sm_buf *json = &ex->files[JSON], *csv = &ex->files[READINGS];
    int64_t milli = sm_row_int(rows, i, SELF_READINGS__MILLI);
    struct sm_date day = sm_row_date(rows, i, SELF_READINGS__READ_ON);

    begin_object(json);
    sm_api_date(json, "read_on", day);
    sm_api_int(json, "index_thousandths", milli);
    sm_csv_date(csv, day);
    sm_csv_number(csv, milli, 3);
    for (size_t j = 0; j < SM_COUNT(words); j++) {
        const char *text = sm_row_text(rows, i, words[j].column);

        sm_api_text(json, words[j].name, text);
        sm_csv_text(csv, text);
    }
    sm_buf_addc(json, '}');
    sm_csv_end(csv);
}

static void add_event(struct export *ex, const struct sm_rows *rows, int i)
{
    struct sm_buf *json = &ex->files[JSON];
    char hash[2 * SM_HASH_BYTES + 1];

    sm_hex(hash, sm_row_bytes(rows, i, AUTH_EVENTS__HASH), SM_HASH_BYTES);
    begin_object(json);
    sm_api_int(json, "seq", sm_row_int(rows, i, AUTH_EVENTS__SEQ));
    sm_api_int(json, "microseconds", sm_row_time(rows, i, AUTH_EVENTS__AT));
    sm_api_text(json, "kind", sm_row_text(rows, i, AUTH_EVENTS__KIND));
    sm_api_text(json, "detail", sm_row_text(rows, i, AUTH_EVENTS__DETAIL));
    sm_api_text(json, "hash", hash);
    sm_buf_addc(json, '}');
    sm_events_csv(&ex->files[LOG], rows, i);
}

static enum sm_status run(struct sm_rows **rows, struct export *ex,
                          const struct sm_stmt *stmt, const struct sm_arg *args)
{
    return sm_db_read(rows, ex->rq->app->pool, ex->arena, stmt, args,
                      &ex->rq->err);
}

static enum sm_status read_invoices(struct sm_rows **rows, struct export *ex,
                                    const struct cursor *from)
{
    const struct sm_arg args[] = {
        sm_login_session(ex->rq),
        sm_arg_uuid(from->begun ? from->id : NULL),
        sm_arg_int4(ROWS),
        sm_arg_time(ex->rq->now_us),
    };

    return run(rows, ex, &sm_sql_self_invoices_after, args);
}

static void pass_invoices(struct cursor *at, const struct sm_rows *rows)
{
    memcpy(at->id,
           sm_row_bytes(rows, sm_rows_count(rows) - 1,
                        SELF_INVOICES_AFTER__INVOICE),
           sizeof(at->id));
}

static enum sm_status read_payments(struct sm_rows **rows, struct export *ex,
                                    const struct cursor *from)
{
    const struct sm_arg args[] = {
        sm_login_session(ex->rq),
        sm_arg_int4(ROWS),
        sm_arg_int4((int32_t)from->number),
        sm_arg_time(ex->rq->now_us),
    };

    return run(rows, ex, &sm_sql_self_payments, args);
}

static void pass_payments(struct cursor *at, const struct sm_rows *rows)
{
    at->number += sm_rows_count(rows);
}

static enum sm_status read_readings(struct sm_rows **rows, struct export *ex,
                                    const struct cursor *from)
{
    const struct sm_arg args[] = {
        sm_login_session(ex->rq),
        sm_arg_int8(from->number),
        sm_arg_int4(ROWS),
        sm_arg_time(ex->rq->now_us),
    };

    return run(rows, ex, &sm_sql_self_readings, args);
}

static void pass_readings(struct cursor *at, const struct sm_rows *rows)
{
    at->number = sm_row_int(rows, sm_rows_count(rows) - 1, SELF_READINGS__ID);
}

static enum sm_status read_log(struct sm_rows **rows, struct export *ex,
                               const struct cursor *from)
{
    return sm_events_read(rows, ex->rq, ex->arena, from->number, ROWS);
}

static void pass_log(struct cursor *at, const struct sm_rows *rows)
{
    at->number = sm_row_int(rows, sm_rows_count(rows) - 1, AUTH_EVENTS__SEQ);
}

static const struct list lists[] = {
    {"invoices", INVOICES,
     "number,kind,issued_on,due_on,period_from,period_to,value,remaining,"
     "currency,state",
     read_invoices, add_invoice, pass_invoices},
    {"payments", PAYMENTS,
     "received_on,posted_on,amount,refunded,how,reference,state,"
     "payment_code_ending,receipt,currency",
     read_payments, add_payment, pass_payments},
    {"readings", READINGS,
     "read_on,index,place,kind,serial,register,unit,how,state", read_readings,
     add_reading, pass_readings},
    {"log", LOG, SM_EVENTS_HEADER, read_log, add_event, pass_log},
};

static enum sm_status add_list(struct export *ex, const struct list *list)
{
    struct cursor at = {.begun = false};
    int count;

    sm_buf_addf(&ex->files[JSON], ",\n\"%s\":[", list->name);
    sm_csv_begin(&ex->files[list->file], list->header);
    do {
        struct sm_rows *rows = NULL;
        enum sm_status st;

        sm_arena_clear(ex->arena);
        st = list->read(&rows, ex, &at);
        if (st != SM_OK)
            return st;
        count = sm_rows_count(rows);
        for (int i = 0; i < count; i++)
            list->add(ex, rows, i);
        if (count > 0)
            list->pass(&at, rows);
        at.begun = true;
    } while (count == ROWS && fits(ex));
    sm_buf_addc(&ex->files[JSON], ']');
    return SM_OK;
}

static enum sm_status gather(struct export *ex)
{
    enum sm_status st;

    add_profile(ex);
    st = add_contracts(ex);
    for (size_t i = 0; st == SM_OK && i < SM_COUNT(lists); i++)
        st = add_list(ex, &lists[i]);
    sm_buf_adds(&ex->files[JSON], "}\n");
    if (st == SM_OK && !fits(ex))
        st = SM_DECLINED;
    return st;
}

static enum sm_status pack(struct export *ex, struct sm_reply *rp)
{
    struct sm_zip_file files[FILES];
    struct sm_request *rq = ex->rq;
    char *zip = NULL;
    size_t len = 0;
    enum sm_status st;

    for (size_t i = 0; i < FILES; i++)
        files[i] =
            (struct sm_zip_file){names[i], ex->files[i].data, ex->files[i].len};
    st = sm_zip_make(&zip, &len, files, FILES, &rq->err);
    if (st == SM_OK && !sm_arena_defer(rq->arena, free, zip))
        st = SM_FAIL(&rq->err, SM_INTERNAL, "export: no memory");
    if (st == SM_OK)
        sm_reply_file(rp, "application/zip", "my-data.zip", zip, len);
    return st;
}

enum sm_status sm_export(struct sm_request *rq, struct sm_reply *rp)
{
    struct export ex = {.rq = rq, .arena = sm_arena_new((size_t)2 << 20)};
    enum sm_status st;

    for (size_t i = 0; i < FILES; i++)
        sm_buf_init(&ex.files[i], SM_EXPORT_MAX);
    st = ex.arena ? gather(&ex)
                  : SM_FAIL(&rq->err, SM_INTERNAL, "export: no memory");
    if (st == SM_OK)
        st = pack(&ex, rp);
    for (size_t i = 0; i < FILES; i++)
        sm_buf_release(&ex.files[i]);
    sm_arena_free(ex.arena);
    return st;
}
