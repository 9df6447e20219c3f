#include "portal/bill_code.h"

#include <string.h>

#include "ident/code.h"
#include "portal/guest.h"
#include "portal/login.h"
#include "sql/self_bills.h"

enum { LINK_DAYS = 3 * 365 + 1 };

/* The payment code of the row; "" if it was never sealed. */
static enum sm_status read_code(struct sm_bill_code *out, struct sm_request *rq,
                                const struct sm_rows *rows)
{
    char code[SM_CODE_TEXT];
    const uint8_t *sealed;
    size_t len;

    if (sm_row_null(rows, 0, SELF_INVOICE_CODE__CODE_SEALED))
        return SM_OK;
    sealed = sm_row_bytes(rows, 0, SELF_INVOICE_CODE__CODE_SEALED);
    if (sm_unseal(code, sizeof(code) - 1, &len, &sm_portal(rq)->seal,
                  sm_row_bytes(rows, 0, SELF_INVOICE_CODE__CODE_HASH),
                  SM_HASH_BYTES, sealed,
                  sm_row_len(rows, 0, SELF_INVOICE_CODE__CODE_SEALED)) != SM_OK)
        return SM_FAIL(&rq->err, SM_INTERNAL,
                       "a payment code that secret.seal does not open");
    out->code = sm_arena_strndup(rq->arena, code, len);
    return out->code ? SM_OK
                     : SM_FAIL(&rq->err, SM_INTERNAL, "code: no memory");
}

static enum sm_status make_link(struct sm_bill_code *out, struct sm_request *rq,
                                const struct sm_bill *bill,
                                const uint8_t account[SM_ID_BYTES])
{
    const struct sm_portal *portal = sm_portal(rq);
    int64_t last = sm_date_to_days(bill->issued_on) + LINK_DAYS;
    struct sm_paylink link = {.key_id = portal->paylink_id,
                              .rule = SM_PAYLINK_TOTAL,
                              .expires_at = last * 86400};
    char token[SM_PAYLINK_TEXT];

    if (!portal->paylink_seed.set || bill->open_minor <= 0 ||
        link.expires_at <= rq->now_us / 1000000)
        return SM_OK;
    memcpy(link.account, account, sizeof(link.account));
    sm_copy(link.currency, sizeof(link.currency), bill->currency);
    if (sm_paylink_make(token, &link, portal->paylink_seed.bytes) != SM_OK)
        return SM_FAIL(&rq->err, SM_INTERNAL, "a pay link was not signed");
    out->pay_url =
        sm_arena_printf(rq->arena, "%s/%s/l/%s",
                        sm_settings_str(rq->app->settings, "public_origin"),
                        sm_lang_code(rq->lang), token);
    return out->pay_url ? SM_OK
                        : SM_FAIL(&rq->err, SM_INTERNAL, "link: no memory");
}

enum sm_status sm_bill_code(struct sm_bill_code *out, struct sm_request *rq,
                            const struct sm_bill *bill, const uint8_t id[16])
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(id),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_self_invoice_code, args);

    *out = (struct sm_bill_code){.code = "", .pay_url = ""};
    if (st == SM_OK && sm_rows_count(rows) == 0)
        st = SM_NOT_FOUND;
    if (st == SM_OK)
        st = read_code(out, rq, rows);
    if (st == SM_OK)
        st = make_link(out, rq, bill,
                       sm_row_bytes(rows, 0, SELF_INVOICE_CODE__PLACE));
    return st;
}
