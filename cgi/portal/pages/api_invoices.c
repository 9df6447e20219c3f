/* The bills of a token's owner, for programs. */
#include "portal/api.h"
#include "portal/login.h"
#include "sql/self_bills.h"

#define ANSWER_MAX ((size_t)2 << 20)

enum { PAGE_ROWS = 100, MOST_ROWS = 1000 };

static const struct sm_input inputs[] = {
    {.name = "cursor", .type = SM_IN_ID},
    {.name = "limit", .type = SM_IN_INT, .min = 1, .max = MOST_ROWS},
};

static void add(struct sm_buf *out, const struct sm_rows *rows, int i)
{
    sm_buf_adds(out, i > 0 ? ",{" : "{");
    sm_api_id(out, "invoice",
              sm_row_bytes(rows, i, SELF_INVOICES_AFTER__INVOICE));
    sm_api_id(out, "place", sm_row_bytes(rows, i, SELF_INVOICES_AFTER__PLACE));
    sm_api_text(out, "number",
                sm_row_text(rows, i, SELF_INVOICES_AFTER__NUMBER));
    sm_api_text(out, "kind",
                sm_row_bool(rows, i, SELF_INVOICES_AFTER__CREDIT_NOTE)
                    ? "credit_note"
                    : "invoice");
    sm_api_text(out, "state", sm_row_text(rows, i, SELF_INVOICES_AFTER__STATE));
    sm_api_date(out, "issued_on",
                sm_row_date(rows, i, SELF_INVOICES_AFTER__ISSUED_ON));
    sm_api_date(out, "due_on",
                sm_row_date(rows, i, SELF_INVOICES_AFTER__DUE_ON));
    sm_api_date(out, "period_from",
                sm_row_date(rows, i, SELF_INVOICES_AFTER__PERIOD_FROM));
    sm_api_date(out, "period_to",
                sm_row_date(rows, i, SELF_INVOICES_AFTER__PERIOD_TO));
    sm_api_int(out, "value_minor",
               sm_row_int(rows, i, SELF_INVOICES_AFTER__VALUE_MINOR));
    sm_api_int(out, "open_minor",
               sm_row_int(rows, i, SELF_INVOICES_AFTER__OPEN_MINOR));
    sm_api_text(out, "currency",
                sm_row_text(rows, i, SELF_INVOICES_AFTER__CURRENCY));
    sm_buf_addc(out, '}');
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *cursor = sm_in(rq, "cursor");
    const struct sm_value *limit = sm_in(rq, "limit");
    int32_t most = limit->present ? (int32_t)limit->number : PAGE_ROWS;
    struct sm_rows *rows = NULL;
    struct sm_buf out;
    enum sm_status st;
    int count;

    if (!cursor->present && *cursor->raw)
        return sm_api_refuse(rq, rp, "cursor");
    if (!limit->present && *limit->raw)
        return sm_api_refuse(rq, rp, "limit");

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(cursor->present ? cursor->id : NULL),
        sm_arg_int4(most + 1), /* one more says whether there are more */
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_self_invoices_after, args);
    if (st != SM_OK)
        return st;
    count = sm_rows_count(rows) > most ? most : sm_rows_count(rows);
    sm_buf_init(&out, ANSWER_MAX);
    sm_buf_adds(&out, "{\"invoices\":[");
    for (int i = 0; i < count; i++)
        add(&out, rows, i);
    sm_buf_addc(&out, ']');
    if (sm_rows_count(rows) > most)
        sm_api_id(&out, "next_cursor",
                  sm_row_bytes(rows, count - 1, SELF_INVOICES_AFTER__INVOICE));
    else
        sm_api_text(&out, "next_cursor", NULL);
    sm_buf_adds(&out, "}\n");
    return sm_api_answer(rq, rp, &out);
}

const struct sm_page sm_page_api_invoices = {
    .path = "/api/v1/me/invoices",
    .plain = true,
    .auth = SM_AUTH_TOKEN,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = send,
    .personal = true,
    .help = "For programs: the bills of a token's owner, newest first, in "
            "pages.",
};
