/* POST /v1/checkout/sessions/{session}/expire: close an open session. */
#include "sandbox/wire_stripe.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "session", .type = SM_IN_TOKEN, .required = true, .max = 60},
};

static bool close_open(struct sb_session *s, void *with)
{
    (void)with;
    if (s->status != SB_OPEN)
        return false;
    s->status = SB_EXPIRED;
    return true;
}

static enum sm_status expire(struct sm_request *rq, struct sm_reply *rp)
{
    const char *id = sm_in(rq, "session")->text;
    struct sb_session session;
    enum sm_status st;

    if (!sb_authorised(rq, rp) || !sb_behave(rq, rp, sb_behaviour_get().query))
        return SM_OK;
    st = sb_stripe_find(&session, id);
    if (st == SM_OK)
        st = sb_store_update(&session, id, close_open, NULL);
    if (st == SM_NOT_FOUND)
        return sb_reply_error(rq, rp, 404, "invalid_request_error",
                              "No such checkout.session");
    if (st != SM_OK)
        return sb_reply_error(rq, rp, 400, "invalid_request_error",
                              "Only Checkout Sessions with a status in "
                              "[\"open\"] can be expired");
    sb_notify(SB_EV_EXPIRED, &session);
    return sb_reply_session(rq, rp, &session);
}

const struct sm_page sm_page_api_expire = {
    .path = "/v1/checkout/sessions/{session}/expire",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = expire,
    .help = "The processor's interface: close an open checkout session.",
};
