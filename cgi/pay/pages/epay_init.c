/* GET /gw/epay/pay/init: ePay.bg asks what a payment code owes.  It is told
 * what a guest's bill page shows: sums, dates, the ends of invoice numbers. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "pay/biller.h"
#include "sql/biller.h"
#include "web/app.h"
#include "web/page.h"

#define ANSWER_MAX 65536
#define LONG_MAX_BYTES 3900
#define LINE_MAX 128

/* "...1234, 20.03.2026": no words, so that the line needs no language. */
static void describe(struct sm_buf *out, const struct sm_rows *rows, int i)
{
    struct sm_date date = sm_row_date(rows, i, BILLER_DUE__DUE_ON);

    sm_buf_addf(out, "...%s, %02d.%02d.%04d",
                sm_row_text(rows, i, BILLER_DUE__NUMBER_TAIL), date.day,
                date.month, date.year);
}

/* All of them, a line each, as far as there is room. */
static void add_long(struct sm_buf *out, const struct sm_rows *rows,
                     const char *currency)
{
    struct sm_buf text;
    int i;

    sm_buf_init(&text, LONG_MAX_BYTES + LINE_MAX);
    for (i = 0; i < sm_rows_count(rows) && text.len < LONG_MAX_BYTES; i++) {
        int64_t minor = sm_row_int(rows, i, BILLER_DUE__OPEN_MINOR);

        describe(&text, rows, i);
        sm_buf_addf(&text, ": %lld.%02lld %s\n", (long long)minor / 100,
                    (long long)minor % 100, currency);
    }
    sm_biller_text(out, "LONGDESC", sm_buf_ok(&text) ? text.data : "");
    sm_buf_release(&text);
}

static void add_date(struct sm_buf *out, struct sm_date date)
{
    sm_buf_addf(out, ",\"VALIDTO\":\"%04d%02d%02d\"", date.year, date.month,
                date.day);
}

/* The last day to pay of the last one, but never a day that is over: what is
 * late can be paid all the same. */
static struct sm_date valid_to(const struct sm_rows *rows, int64_t now_us)
{
    struct sm_date today = sm_date_local(now_us), last = today;
    int i;

    for (i = 0; i < sm_rows_count(rows); i++) {
        struct sm_date date = sm_row_date(rows, i, BILLER_DUE__DUE_ON);

        if (sm_date_to_days(date) > sm_date_to_days(last))
            last = date;
    }
    return last;
}

static void add_invoices(struct sm_buf *out, const struct sm_rows *rows)
{
    char id[SM_ID_TEXT];
    struct sm_buf line;
    int i;

    sm_buf_adds(out, ",\"INVOICES\":[");
    for (i = 0; i < sm_rows_count(rows) && i < SM_EPAY_INVOICES; i++) {
        if (i > 0)
            sm_buf_addc(out, ',');
        sm_id_format(id, sm_row_bytes(rows, i, BILLER_DUE__INVOICE));
        sm_buf_addf(out, "{\"INVOICE\":\"%s\",\"AMOUNT\":%lld", id,
                    (long long)sm_row_int(rows, i, BILLER_DUE__OPEN_MINOR));
        sm_buf_init(&line, LINE_MAX);
        describe(&line, rows, i);
        sm_biller_text(out, "SHORTDESC", sm_buf_ok(&line) ? line.data : "");
        sm_buf_release(&line);
        add_date(out, sm_row_date(rows, i, BILLER_DUE__DUE_ON));
        sm_buf_addc(out, '}');
    }
    sm_buf_addc(out, ']');
}

/* The whole answer about a code that is known. */
static enum sm_status answer(struct sm_request *rq, struct sm_reply *rp,
                             const struct sm_epay_bill *bill,
                             const struct sm_rows *rows, const char *currency)
{
    bool owes = !sm_row_null(rows, 0, BILLER_DUE__INVOICE);
    const char *hint = sm_row_text(rows, 0, BILLER_DUE__CODE_HINT);
    const char *body = NULL, *brief;
    int64_t sum = 0;
    struct sm_buf out;
    int i;

    for (i = 0; owes && i < sm_rows_count(rows); i++)
        sum += sm_row_int(rows, i, BILLER_DUE__OPEN_MINOR);
    brief = sm_arena_printf(rq->arena, "...%s", hint);
    sm_buf_init(&out, ANSWER_MAX);
    sm_buf_addc(&out, '{');
    sm_biller_text(&out, "STATUS", SM_BILLER_OK);
    sm_biller_text(&out, "IDN", bill->idn);
    sm_biller_text(&out, "SHORTDESC", brief != NULL ? brief : "");
    sm_buf_addf(&out, ",\"AMOUNT\":%lld", (long long)sum);
    if (owes) {
        add_long(&out, rows, currency);
        add_date(&out, valid_to(rows, rq->now_us));
        add_invoices(&out, rows);
    }
    sm_buf_adds(&out, "}\n");
    if (sm_buf_ok(&out))
        body = sm_arena_strndup(rq->arena, out.data, out.len);
    sm_buf_release(&out);
    if (body == NULL)
        return SM_INTERNAL;
    sm_reply_text(rp, 200, "application/json", body);
    return SM_OK;
}

static bool known_type(const char *type)
{
    static const char *const types[] = {"CHECK", "BILLING", "PARTIAL",
                                        "DEPOSIT"};
    size_t i;

    for (i = 0; i < SM_COUNT(types); i++)
        if (strcmp(type, types[i]) == 0)
            return true;
    return false;
}

static enum sm_status init(struct sm_request *rq, struct sm_reply *rp)
{
    const char *currency =
        sm_settings_str(rq->app->settings, "epay.biller_currency");
    uint8_t hash[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    struct sm_epay_bill bill;
    enum sm_status status;

    if (!sm_biller_read(&bill, &status, rq, rp))
        return status;
    if (!known_type(bill.type))
        return sm_biller_say(rq, rp, 200, SM_BILLER_ERROR);
    if (sm_biller_hash(hash, rq, bill.idn) != SM_OK)
        return sm_biller_say(rq, rp, 200, SM_BILLER_NO_CODE);
    status = sm_request_query(
        &rows, rq, &sm_sql_biller_due,
        (const struct sm_arg[]){sm_arg_bytes(hash, sizeof(hash)),
                                sm_arg_text(currency)});
    if (status != SM_OK)
        return status;
    if (sm_rows_count(rows) == 0)
        return sm_biller_say(rq, rp, 200, SM_BILLER_NO_CODE);
    if (sm_row_null(rows, 0, BILLER_DUE__INVOICE) &&
        strcmp(bill.type, "DEPOSIT") != 0)
        return sm_biller_say(rq, rp, 200, SM_BILLER_NOTHING);
    return answer(rq, rp, &bill, rows, currency);
}

const struct sm_page sm_page_epay_init = {
    .path = "/gw/epay/pay/init",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .get = init,
    .limit = "notify",
    .personal = true,
    .instance = "notify",
    .help = "ePay.bg asks what a payment code owes.",
};
