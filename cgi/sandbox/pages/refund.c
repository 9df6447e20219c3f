/* POST /refund/{session}: give the money back, as a clerk would at the
 * processor's own dashboard; the merchant is notified. */
#include "sandbox/wire.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "session", .type = SM_IN_TOKEN, .required = true, .max = 60},
};

static bool give_back(struct sb_session *s, void *with)
{
    (void)with;
    if (s->paid != SB_PAID || s->refunded == s->amount)
        return false;
    s->refunded = s->amount;
    return true;
}

static enum sm_status refund(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_session session;
    enum sm_status st =
        sb_store_update(&session, sm_in(rq, "session")->text, give_back, NULL);

    if (st != SM_OK)
        return st;
    sb_notify(SB_EV_REFUNDED, &session);
    rp->http = 303;
    rp->location = "/";
    return SM_OK;
}

const struct sm_page sm_page_refund = {
    .path = "/refund/{session}",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = refund,
    .help = "Refund a paid session from the processor's side.",
};
