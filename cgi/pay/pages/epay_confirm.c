/* GET /gw/epay/pay/confirm: ePay.bg says that it took money for a payment
 * code.  Its transaction number makes it once; the answer goes out after
 * COMMIT. */
#include <string.h>

#include "base/log.h"
#include "base/metrics.h"
#include "base/text.h"
#include "pay/biller.h"
#include "sql/biller.h"
#include "web/app.h"
#include "web/page.h"

#define TID_MIN 8 /* a key shorter than that is none */

/* The invoices that were named, as the database reads a list of ids; NULL if
 * one is none of ours. */
static const char *invoice_list(struct sm_request *rq,
                                const struct sm_epay_bill *bill)
{
    char hex[2 * SM_ID_BYTES + 1];
    uint8_t id[SM_ID_BYTES];
    const char *list = "";
    size_t i;

    for (i = 0; i < bill->ninvoices && list != NULL; i++) {
        if (sm_id_parse(id, bill->invoices[i]) != SM_OK)
            return NULL;
        sm_hex(hex, id, sizeof(id));
        list =
            sm_arena_printf(rq->arena, "%s%s%s", list, i > 0 ? "," : "", hex);
    }
    return list;
}

static bool is_payment(const struct sm_epay_bill *bill)
{
    return bill->total_minor > 0 && strlen(bill->tid) >= TID_MIN &&
           (strcmp(bill->type, "BILLING") == 0 ||
            strcmp(bill->type, "PARTIAL") == 0 ||
            strcmp(bill->type, "DEPOSIT") == 0);
}

static const char *code_of(const char *outcome)
{
    static const struct {
        const char *outcome, *code;
        enum sm_metric metric;
    } rows[] = {
        {"ok", SM_BILLER_OK, SM_METRIC_NOTIFY_APPLIED},
        {"duplicate", SM_BILLER_DUPLICATE, SM_METRIC_NOTIFY_DUPLICATE},
        {"unknown", SM_BILLER_NO_CODE, SM_METRIC_NOTIFY_UNMATCHED},
    };
    size_t i;

    for (i = 0; i < SM_COUNT(rows); i++)
        if (strcmp(outcome, rows[i].outcome) == 0) {
            sm_metric_add(rows[i].metric, 1);
            return rows[i].code;
        }
    return SM_BILLER_ERROR;
}

static void log_outcome(const struct sm_epay_bill *bill, const char *outcome)
{
    struct sm_log_line line;

    sm_log_begin(&line, SM_LOG_INFO, "biller_confirm");
    sm_log_str(&line, "tid", bill->tid);
    sm_log_str(&line, "outcome", outcome);
    sm_log_end(&line);
}

static enum sm_status confirm(struct sm_request *rq, struct sm_reply *rp)
{
    const char *query = sm_request_header(rq, "QUERY_STRING");
    const char *list, *outcome;
    uint8_t hash[SM_HASH_BYTES], body_hash[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    struct sm_epay_bill bill;
    enum sm_status status;

    if (!sm_biller_read(&bill, &status, rq, rp))
        return status;
    list = invoice_list(rq, &bill);
    if (!is_payment(&bill) || list == NULL)
        return sm_biller_say(rq, rp, 200, SM_BILLER_ERROR);
    if (sm_biller_hash(hash, rq, bill.idn) != SM_OK)
        return sm_biller_say(rq, rp, 200, SM_BILLER_NO_CODE);
    sm_sha256(body_hash, query, strlen(query));
    status = sm_request_query(
        &rows, rq, &sm_sql_biller_confirm,
        (const struct sm_arg[]){sm_arg_text("epay"), sm_arg_text(bill.tid),
                                sm_arg_bytes(hash, sizeof(hash)),
                                sm_arg_text(sm_settings_str(
                                    rq->app->settings, "epay.biller_currency")),
                                sm_arg_int8(bill.total_minor),
                                sm_arg_text(list), sm_arg_text("bg"),
                                sm_arg_bytes(body_hash, sizeof(body_hash)),
                                sm_arg_time(rq->now_us)});
    if (status != SM_OK)
        return status;
    outcome = sm_row_text(rows, 0, BILLER_CONFIRM__OUTCOME);
    /* after a COMMIT in doubt a second run finds what the first has done */
    if (rq->again && strcmp(outcome, "duplicate") == 0)
        outcome = "ok";
    if (strcmp(outcome, "ok") == 0)
        sm_metric_add(SM_METRIC_PAYMENTS_SETTLED, 1);
    log_outcome(&bill, outcome);
    return sm_biller_say(rq, rp, 200, code_of(outcome));
}

const struct sm_page sm_page_epay_confirm = {
    .path = "/gw/epay/pay/confirm",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .get = confirm,
    .limit = "notify",
    .get_writes = true,
    .repeatable = true,
    .instance = "notify",
    .help = "ePay.bg says what was paid for a payment code.",
};
