#include "portal.h"

#include <stdio.h>
#include <string.h>

#include "audit.h"
#include "books.h"
#include "sim.h"
#include "sql/pay.h"
#include "sql/pay_add.h"
#include "sql/pay_bill.h"
#include "sql/pay_selection.h"

static struct sm_db_pool *pool;
static struct sm_arena *arena;

bool portal_open(void)
{
    const struct sm_db_options options = {
        .conninfo = books_conninfo(),
        .user = "smetka_portal",
        .program = "sim portal",
        .size = 1,
        .wait_ms = 1000,
        .connect_ms = 5000,
        .query_ms = 20000,
    };
    struct sm_error err = {.message = ""};

    arena = sm_arena_new(1 << 20);
    if (arena != NULL && sm_db_pool_new(&pool, &options, &err) == SM_OK)
        return true;
    fprintf(stderr, "sim: portal: %s\n", err.message);
    return false;
}

void portal_close(void)
{
    sm_db_pool_free(pool);
    sm_arena_free(arena);
    pool = NULL;
    arena = NULL;
}

/* One statement, in a transaction of its own. */
static struct sm_rows *ask(const struct sm_stmt *stmt,
                           const struct sm_arg *args, bool writes)
{
    struct sm_error err = {.message = ""};
    struct sm_rows *rows = NULL;
    struct sm_db *db = NULL;
    enum sm_status status;

    sm_arena_clear(arena);
    status = sm_db_get(&db, pool, &err);
    if (status == SM_OK && writes)
        sm_db_begin(db);
    if (status == SM_OK)
        status = sm_db_query(&rows, db, arena, stmt, args, &err);
    if (status == SM_OK)
        status = sm_db_commit(db, &err);
    sm_db_put(db);
    if (status == SM_OK)
        return rows;
    sim_broken("SIM", "portal: %s", err.message);
    return NULL;
}

void portal_hash(uint8_t out[32], const uint8_t handle[SM_ID_BYTES])
{
    memcpy(out, handle, SM_ID_BYTES);
    memcpy(out + SM_ID_BYTES, handle, SM_ID_BYTES);
}

/* A second code on the same page. */
static void add_account(const struct portal_bill *bill, int account)
{
    struct model_handle *handle = &model.handles[bill->handle_index];
    const struct sm_rows *rows;
    uint8_t address[32];

    sim_own_bytes(address, sizeof(address));
    rows = ask(&sm_sql_guest_add,
               (const struct sm_arg[]){
                   sm_arg_bytes(handle->hash, 32),
                   sm_arg_bytes(handle->browser, 32),
                   sm_arg_bytes(model.accounts[account].code_hash, 32),
                   sm_arg_bytes(address, 32), sm_arg_json("{}"),
                   sm_arg_time(sim.now_us)},
               true);
    if (rows != NULL &&
        strcmp(sm_row_text(rows, 0, GUEST_ADD__OUTCOME), "ok") == 0)
        handle->accounts[handle->naccounts++] = account;
}

bool portal_type(struct portal_bill *bill, const struct web_visitor *visitor,
                 const char *email)
{
    int account = (int)sim_below(model.naccounts);
    struct model_handle *handle;
    uint8_t hash[32], random[96];
    const struct sm_rows *rows;

    if (model.nhandles == MODEL_HANDLES)
        return false;
    sim_own_bytes(bill->handle, sizeof(bill->handle));
    portal_hash(hash, bill->handle);
    sim_own_bytes(random, sizeof(random));
    rows =
        ask(&sm_sql_guest_open,
            (const struct sm_arg[]){
                sm_arg_bytes(model.accounts[account].code_hash, 32),
                sm_arg_bytes(hash, 32), sm_arg_bytes(visitor->browser_hash, 32),
                sm_arg_bytes(random, 32), sm_arg_text(email),
                sm_arg_bytes(random + 32, 32), sm_arg_text("ro"),
                sm_arg_bytes(random + 64, 32), sm_arg_null(SM_TYPE_BYTEA),
                sm_arg_json("{}"), sm_arg_time(sim.now_us)},
            true);
    if (rows == NULL ||
        strcmp(sm_row_text(rows, 0, GUEST_OPEN__OUTCOME), "ok") != 0)
        return false;
    bill->handle_index = model.nhandles++;
    handle = &model.handles[bill->handle_index];
    memcpy(handle->hash, hash, 32);
    memcpy(handle->browser, visitor->browser_hash, 32);
    handle->accounts[handle->naccounts++] = account;
    handle->expires_us = sim.now_us + 30 * SIM_MINUTE;
    snprintf(handle->email, sizeof(handle->email), "%s", email);
    if (model.naccounts > 1 && sim_chance(400))
        add_account(bill, 1 - account);
    return true;
}

/* Open documents of CURRENCY, each taken with a chance of ODDS in 1000. */
static int some_docs(int out[MODEL_ITEMS], int currency, int odds)
{
    int count = 0, i;

    for (i = 0; i < model.ndocs && count < MODEL_ITEMS; i++) {
        if (model.docs[i].currency == currency && model.docs[i].open > 0 &&
            sim_chance(odds))
            out[count++] = i;
    }
    return count;
}

/* Ask for COUNT documents, or for ALL of CURRENCY: the outcome. */
static const char *select_docs(const struct portal_bill *bill,
                               const struct web_visitor *visitor,
                               const int *docs, int count, int currency,
                               bool all)
{
    int64_t ids[MODEL_ITEMS];
    const struct sm_rows *rows;
    char list[MODEL_ITEMS * 40];
    uint8_t hash[32];
    int i;

    for (i = 0; i < count; i++)
        ids[i] = model.docs[docs[i]].id;
    books_publics(list, sizeof(list), ids, count);
    portal_hash(hash, bill->handle);
    rows = ask(&sm_sql_pay_select,
               (const struct sm_arg[]){
                   sm_arg_bytes(bill->session, 32), sm_arg_bytes(hash, 32),
                   sm_arg_bytes(visitor->browser_hash, 32), sm_arg_uuid(NULL),
                   sm_arg_text(all ? NULL : list),
                   sm_arg_text(all ? model_currency_word(currency) : NULL),
                   sm_arg_text("ro"), sm_arg_time(sim.now_us)},
               true);
    return rows != NULL ? sm_row_text(rows, 0, PAY_SELECT__OUTCOME) : "";
}

bool portal_choose(struct portal_bill *bill, const struct web_visitor *visitor,
                   const char *email)
{
    int64_t accounts[MODEL_ACCOUNTS];
    int docs[MODEL_ITEMS], currency = sim_chance(700) ? 0 : 1, count, i;
    struct model_handle *handle;
    bool all = sim_chance(300);

    count = some_docs(docs, currency, all ? 1000 : 600);
    if (count == 0 || count == MODEL_ITEMS || model.nhandles == MODEL_HANDLES)
        return false;
    for (i = 0; i < model.naccounts; i++)
        accounts[i] = model.accounts[i].id;
    sim_own_bytes(bill->handle, sizeof(bill->handle));
    sim_own_bytes(bill->session, sizeof(bill->session));
    books_customer(bill->session, email, accounts, model.naccounts);
    if (strcmp(select_docs(bill, visitor, docs, count, currency, all), "ok") !=
        0) {
        sim_broken("I12", "open invoices cannot be chosen");
        return false;
    }
    bill->handle_index = model.nhandles++;
    handle = &model.handles[bill->handle_index];
    portal_hash(handle->hash, bill->handle);
    memcpy(handle->browser, visitor->browser_hash, 32);
    handle->expires_us = sim.now_us + 30 * SIM_MINUTE;
    snprintf(handle->email, sizeof(handle->email), "%s", email);
    model_select(handle, docs, count);
    return true;
}

/* A row of a selection: what is open of it, and what AMOUNT pays of it. */
static void audit_row(const struct model_handle *handle,
                      const struct model_attempt *divided,
                      const struct sm_rows *rows, int row)
{
    int doc = model_find_doc(sm_row_text(rows, row, PAY_SELECTION__NUMBER));
    int64_t part = 0;
    int i;

    for (i = 0; i < divided->nitems; i++) {
        if (divided->items[i].doc == doc)
            part = divided->items[i].amount;
    }
    if (doc < 0 ||
        sm_row_int(rows, row, PAY_SELECTION__OPEN_MINOR) !=
            model.docs[doc].open ||
        sm_row_bool(rows, row, PAY_SELECTION__CHOSEN) !=
            model_is_selected(handle, doc) ||
        sm_row_int(rows, row, PAY_SELECTION__PART_MINOR) != part)
        sim_broken("I3", "a selection shows invoice %d otherwise", doc);
}

/* The rows for AMOUNT, held against the model. */
static bool look_at_selection(struct portal_bill *bill,
                              const struct web_visitor *visitor, int64_t amount)
{
    const struct model_handle *handle = &model.handles[bill->handle_index];
    int currency = model.docs[handle->docs[0]].currency, i;
    struct model_attempt divided;
    const struct sm_rows *rows;
    bool own = false;

    bill->total[currency] = model_divide(&divided, handle, currency, amount);
    for (i = 0; i < handle->naccounts; i++)
        own |= model_in_flight(visitor->browser_hash, handle->accounts[i],
                               currency, true);
    rows = ask(&sm_sql_pay_selection,
               (const struct sm_arg[]){sm_arg_bytes(bill->session, 32),
                                       sm_arg_bytes(handle->hash, 32),
                                       sm_arg_bytes(visitor->browser_hash, 32),
                                       sm_arg_int8(amount),
                                       sm_arg_time(sim.now_us)},
               false);
    if (rows == NULL || sm_rows_count(rows) == 0)
        return false;
    for (i = 0; i < sm_rows_count(rows); i++)
        audit_row(handle, &divided, rows, i);
    bill->own[currency] = !sm_row_null(rows, 0, PAY_SELECTION__OWN_PAYMENT);
    if (bill->own[currency] != own)
        sim_broken("A1", "a selection %s a payment in flight",
                   own ? "hides" : "invents");
    return true;
}

/* One account and currency of the page. */
static void read_row(struct portal_bill *bill,
                     const struct web_visitor *visitor,
                     const struct sm_rows *rows, int i)
{
    const struct model_handle *handle = &model.handles[bill->handle_index];
    int64_t number = sm_row_int(rows, i, GUEST_BILL__ACCOUNT_NO);
    struct audit_bill row = {
        .account = handle->accounts[number - 1],
        .currency = model_currency(sm_row_text(rows, i, GUEST_BILL__CURRENCY)),
        .total = sm_row_int(rows, i, GUEST_BILL__TOTAL_MINOR),
        .credit = sm_row_int(rows, i, GUEST_BILL__CREDIT_MINOR),
        .own = !sm_row_null(rows, i, GUEST_BILL__OWN_PAYMENT),
        .other = !sm_row_null(rows, i, GUEST_BILL__OTHER_STARTED_AT),
    };

    if (row.currency < 0)
        return;
    audit_bill(visitor->browser_hash, &row);
    bill->total[row.currency] += row.total;
    bill->current[row.currency] +=
        sm_row_int(rows, i, GUEST_BILL__CURRENT_MINOR);
    bill->own[row.currency] |= row.own;
}

bool portal_look(struct portal_bill *bill, const struct web_visitor *visitor)
{
    uint8_t hash[32];
    const struct sm_rows *rows;
    int i;

    memset(bill->total, 0, sizeof(bill->total));
    memset(bill->current, 0, sizeof(bill->current));
    memset(bill->own, 0, sizeof(bill->own));
    if (model.handles[bill->handle_index].selected)
        return look_at_selection(bill, visitor, 0) &&
               look_at_selection(bill, visitor, sim_between(1, 400000));
    portal_hash(hash, bill->handle);
    rows = ask(&sm_sql_guest_bill,
               (const struct sm_arg[]){sm_arg_bytes(hash, 32),
                                       sm_arg_bytes(visitor->browser_hash, 32),
                                       sm_arg_time(sim.now_us)},
               false);
    for (i = 0; rows != NULL && i < sm_rows_count(rows); i++)
        read_row(bill, visitor, rows, i);
    return rows != NULL && sm_rows_count(rows) > 0;
}
