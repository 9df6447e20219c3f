/* An invitation is accepted by who is logged in. */
#include <string.h>
#include <strings.h>

#include "keys.h"
#include "portal/people.h"
#include "sql/people.h"

static const struct sm_input inputs[] = {SM_LOGIN_TOKEN};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_people_invite(&rows, number, rq);
    bool mine;

    if (st != SM_OK)
        return st;
    if (!rows || sm_rows_count(rows) == 0)
        return sm_login_bad_link(rp);
    mine = strcasecmp(rq->customer->email,
                      sm_row_text(rows, 0, AUTH_INVITE_OPEN__EMAIL)) == 0;
    sm_people_fill_invite(rq, rp->dict, rows);
    sm_set(rp->dict, K_LOGIN_EMAIL, rq->customer->email);
    sm_show_if(rp->dict, K_FOR_ME, mine);
    sm_show_if(rp->dict, K_FOR_ANOTHER, !mine);
    return SM_OK;
}

static enum sm_status accept(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t number[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    const char *outcome;
    enum sm_status st;

    if (!sm_login_token(number, rq, "invite"))
        return sm_login_bad_link(rp);
    if (!rq->inputs_ok) {
        st = show(rq, rp);
        return st == SM_OK && rp->http == 0 ? SM_INVALID : st;
    }

    const struct sm_arg args[] = {
        sm_login_session(rq),
        sm_arg_bytes(number, sizeof(number)),
        sm_arg_time(rq->now_us),
    };

    st = sm_request_query(&rows, rq, &sm_sql_auth_invite_accept, args);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, AUTH_INVITE_ACCEPT__OUTCOME);
    if (strcmp(outcome, "gone") == 0)
        return sm_login_bad_link(rp);
    if (strcmp(outcome, "other") == 0)
        return show(rq, rp);
    return sm_reply_see_other(rq, rp, "/home");
}

const struct sm_page sm_page_invite_accept = {
    .path = "/invite/{token}/accept",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = accept,
    .tpl = "invite_accept.tpl",
    .personal = true,
    .repeatable = true,
    .help = "Accept an invitation with one's own log-in.",
};
