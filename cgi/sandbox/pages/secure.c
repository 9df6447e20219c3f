/* The bank's 3-D Secure step: approve or refuse. */
#include <string.h>

#include "keys.h"
#include "sandbox/checkout.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "session", .type = SM_IN_TOKEN, .required = true, .max = 60},
    {.name = "action", .type = SM_IN_CHOICE, .choices = "approve|refuse"},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_session session;
    enum sm_status st = sb_store_find(&session, sm_in(rq, "session")->text);

    if (st == SM_OK)
        sm_set(rp->dict, K_SESSION, session.id);
    return st;
}

static enum sm_status decide(struct sm_request *rq, struct sm_reply *rp)
{
    const char *id = sm_in(rq, "session")->text;
    enum sm_status st;
    bool ended;

    if (strcmp(sm_in(rq, "action")->text, "approve") == 0)
        return sb_checkout_pay(rq, rp, id);
    st = sb_checkout_decline(&ended, rq, rp, id);
    if (ended || st == SM_NOT_FOUND)
        return st;
    rp->http = 303;
    rp->location = sm_arena_printf(rq->arena, "/c/pay/%s", id);
    return SM_OK;
}

const struct sm_page sm_page_secure = {
    .path = "/c/3ds/{session}",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = decide,
    .tpl = "secure.tpl",
    .personal = true,
    .help = "The bank's page that asks the payer to approve.",
};
