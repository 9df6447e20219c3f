/* Whose a token is, and what is owed at each place, for programs. */
#include <string.h>

#include "portal/api.h"
#include "portal/login.h"
#include "sql/overview.h"

#define ANSWER_MAX ((size_t)2 << 20)

static void add_sum(struct sm_buf *out, const struct sm_rows *rows, int i)
{
    sm_buf_adds(out, out->data[out->len - 1] == '[' ? "{" : ",{");
    sm_api_text(out, "currency", sm_row_text(rows, i, SELF_PLACES__CURRENCY));
    sm_api_int(out, "open_minor", sm_row_int(rows, i, SELF_PLACES__OPEN_MINOR));
    sm_api_int(out, "overdue_minor",
               sm_row_int(rows, i, SELF_PLACES__OVERDUE_MINOR));
    sm_api_int(out, "credit_minor",
               sm_row_int(rows, i, SELF_PLACES__CREDIT_MINOR));
    sm_api_int(out, "open_count", sm_row_int(rows, i, SELF_PLACES__OPEN_COUNT));
    sm_api_date(out, "oldest_due_on",
                sm_row_date(rows, i, SELF_PLACES__OLDEST_DUE_ON));
    sm_api_date(out, "next_due_on",
                sm_row_date(rows, i, SELF_PLACES__NEXT_DUE_ON));
    sm_api_date(out, "last_payment_on",
                sm_row_date(rows, i, SELF_PLACES__LAST_PAYMENT_ON));
    sm_buf_addc(out, '}');
}

/* A place has a row for each of its currencies, one after the other. */
static void add_places(struct sm_buf *out, const struct sm_rows *rows)
{
    const uint8_t *last = NULL;

    sm_buf_adds(out, ",\"places\":[");
    for (int i = 0; i < sm_rows_count(rows); i++) {
        const uint8_t *id = sm_row_bytes(rows, i, SELF_PLACES__ACCOUNT);

        if (!last || memcmp(last, id, SM_ID_BYTES) != 0) {
            sm_buf_adds(out, last ? "]},{" : "{");
            sm_api_id(out, "place", id);
            sm_api_text(out, "payment_code_ending",
                        sm_row_text(rows, i, SELF_PLACES__CODE_HINT));
            sm_api_text(out, "holder",
                        sm_row_text(rows, i, SELF_PLACES__HOLDER));
            sm_api_text(out, "address",
                        sm_row_text(rows, i, SELF_PLACES__ADDRESS));
            sm_buf_adds(out, ",\"balances\":[");
        }
        add_sum(out, rows, i);
        last = id;
    }
    sm_buf_adds(out, last ? "]}]" : "]");
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_request_query(&rows, rq, &sm_sql_self_places, args);
    struct sm_buf out;

    if (st != SM_OK)
        return st;
    sm_buf_init(&out, ANSWER_MAX);
    sm_buf_addc(&out, '{');
    sm_api_text(&out, "login", rq->customer->email);
    sm_api_text(&out, "language", sm_lang_code(rq->customer->lang));
    if (sm_rows_count(rows) > 0 && !sm_row_null(rows, 0, SELF_PLACES__AS_OF))
        sm_api_instant(&out, "as_of", sm_row_time(rows, 0, SELF_PLACES__AS_OF));
    else
        sm_api_text(&out, "as_of", NULL);
    add_places(&out, rows);
    sm_buf_adds(&out, "}\n");
    return sm_api_answer(rq, rp, &out);
}

const struct sm_page sm_page_api_me = {
    .path = "/api/v1/me",
    .plain = true,
    .auth = SM_AUTH_TOKEN,
    .get = send,
    .personal = true,
    .help = "For programs: the places of a token's owner with their balances.",
};
