/* Where somebody is logged in, and ending it elsewhere. */
#include "keys.h"
#include "portal/login.h"
#include "sql/login.h"

static const struct sm_input inputs[] = {
    {.name = "session", .type = SM_IN_ID},
    {"news", SM_IN_CHOICE, .choices = "ended"},
};

static void fill_one(struct sm_dict *page, const struct sm_rows *rows, int i)
{
    struct sm_dict *one = sm_section(page, K_SESSIONS);
    const char *agent = sm_row_text(rows, i, AUTH_SESSION_LIST__AGENT);
    bool own = sm_row_bool(rows, i, AUTH_SESSION_LIST__OWN);
    char id[SM_ID_TEXT];

    sm_id_format(id, sm_row_bytes(rows, i, AUTH_SESSION_LIST__SESSION_ID));
    sm_show_if(one, K_HAS_AGENT, *agent != '\0');
    sm_show_if(one, K_AGENT_UNKNOWN, *agent == '\0');
    sm_set(one, K_AGENT, agent);
    sm_show_if(one, K_OWN, own);
    sm_show_if(one, K_OTHER, !own);
    sm_set(one, K_SESSION_ID, id);
    sm_set_instant(one, K_STARTED_AT,
                   sm_row_time(rows, i, AUTH_SESSION_LIST__STARTED_AT));
    sm_set_instant(one, K_SEEN_AT,
                   sm_row_time(rows, i, AUTH_SESSION_LIST__SEEN_AT));
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_time(rq->now_us),
    };
    struct sm_rows *rows = NULL;
    enum sm_status st =
        sm_request_query(&rows, rq, &sm_sql_auth_session_list, args);

    if (st != SM_OK)
        return st;
    sm_show_if(rp->dict, K_HAS_OTHERS, sm_rows_count(rows) > 1);
    for (int i = 0; i < sm_rows_count(rows); i++)
        fill_one(rp->dict, rows, i);
    return SM_OK;
}

static enum sm_status end(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *session = sm_in(rq, "session");
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (!rq->inputs_ok) {
        st = show(rq, rp);
        return st == SM_OK ? SM_INVALID : st;
    }

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_uuid(session->present ? session->id : NULL),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_auth_session_end, args);
    return st == SM_OK
               ? sm_reply_see_other(rq, rp, "/account/sessions?news=ended")
               : st;
}

const struct sm_page sm_page_sessions = {
    .path = "/account/sessions",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = end,
    .tpl = "sessions.tpl",
    .personal = true,
    .repeatable = true,
    .help = "Where one is logged in, and logging out elsewhere.",
};
