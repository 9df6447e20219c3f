#include "portal/mailed.h"

#include <string.h>

#include "keys.h"
#include "sql/login.h"

enum sm_status sm_mailed_show(struct sm_request *rq, struct sm_reply *rp,
                              const char *purpose)
{
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!sm_login_token(number, rq, purpose))
        return sm_login_bad_link(rp);

    const struct sm_arg args[] = {
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_text(purpose),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_auth_token_open, args);
    if (st != SM_OK)
        return st;
    if (sm_rows_count(rows) == 0)
        return sm_login_bad_link(rp);
    rp->set_cookie = !rq->has_cookie;
    sm_set(rp->dict, K_TOKEN_EMAIL,
           sm_row_text(rows, 0, AUTH_TOKEN_OPEN__EMAIL));
    return SM_OK;
}

enum sm_status sm_mailed_take(const char **outcome, struct sm_request *rq,
                              struct sm_reply *rp, const char *purpose,
                              const struct sm_stmt *stmt)
{
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    *outcome = NULL;
    if (!sm_login_token(number, rq, purpose))
        return sm_login_bad_link(rp);
    if (!rq->inputs_ok) {
        st = sm_mailed_show(rq, rp, purpose);
        return st == SM_OK && rp->http == 0 ? SM_INVALID : st;
    }

    const struct sm_arg args[] = {
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, stmt, args);
    if (st != SM_OK)
        return st;
    if (strcmp(sm_row_text(rows, 0, 0), "gone") == 0)
        return sm_login_bad_link(rp);
    *outcome = sm_row_text(rows, 0, 0);
    return SM_OK;
}
