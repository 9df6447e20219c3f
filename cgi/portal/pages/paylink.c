/* A signed pay link: on paper as a QR code, or in a mail. */
#include "domain/paylink.h"

#include <string.h>

#include "portal/guest.h"
#include "sql/paylink.h"
#include "view/lang.h"

static const struct sm_input inputs[] = {
    {"token", SM_IN_TOKEN, .required = true, .max = SM_PAYLINK_TEXT - 1},
};

static enum sm_status bad_link(struct sm_reply *rp)
{
    rp->http = 404;
    rp->tpl = "paylink_bad.tpl";
    return SM_OK;
}

static enum sm_status make_handle(struct sm_rows **out, struct sm_request *rq,
                                  const struct sm_handle *handle,
                                  const struct sm_paylink *link)
{
    static const char *const choices[] = {
        [SM_PAYLINK_TOTAL] = "total",
        [SM_PAYLINK_CURRENT] = "current",
        [SM_PAYLINK_FIXED] = "other",
    };
    const struct sm_arg args[] = {
        sm_arg_uuid(link->account),
        sm_arg_bytes(handle->hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->browser_hash, SM_HASH_BYTES),
        sm_arg_bytes(rq->address_hash, SM_HASH_BYTES),
        sm_arg_text(NULL), /* the address is asked on the bill */
        sm_arg_text(sm_lang_code(rq->lang)),
        sm_arg_text(choices[link->rule]),
        sm_arg_int8(link->amount_minor),
        sm_arg_text(link->currency),
        sm_portal_limits(rq, false),
        sm_arg_time(rq->now_us),
    };

    return sm_request_query(out, rq, &sm_sql_guest_link, args);
}

static enum sm_status open_link(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_paylink link;
    struct sm_handle handle;
    struct sm_rows *rows = NULL;
    const char *outcome;
    enum sm_status st;

    if (sm_paylink_verify(&link, &sm_portal(rq)->paylinks,
                          sm_in(rq, "token")->text,
                          rq->now_us / 1000000) != SM_OK)
        return bad_link(rp);
    sm_handle_new(&handle, rq);
    st = make_handle(&rows, rq, &handle, &link);
    if (st != SM_OK)
        return st;
    outcome = sm_row_text(rows, 0, GUEST_LINK__OUTCOME);
    if (strcmp(outcome, "throttled") == 0)
        return sm_portal_slow(rq, rp,
                              sm_row_int(rows, 0, GUEST_LINK__RETRY_AFTER_S));
    if (strcmp(outcome, "ok") != 0)
        return bad_link(rp);
    rp->set_cookie = !rq->has_cookie;
    return sm_reply_see_other(rq, rp, "/pay/%s", handle.text);
}

const struct sm_page sm_page_paylink = {
    .path = "/l/{token}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = open_link,
    .tpl = "paylink_bad.tpl",
    .limit = "lookup",
    .personal = true,
    .get_writes = true,
    .repeatable = true,
    .help = "Open a bill by a signed link on paper or in a mail.",
};
