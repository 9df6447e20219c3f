/* GET /v1/checkout/sessions/{session}: how a session stands. */
#include "sandbox/wire_stripe.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "session", .type = SM_IN_TOKEN, .required = true, .max = 60},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_session session;

    if (!sb_authorised(rq, rp) || !sb_behave(rq, rp, sb_behaviour_get().query))
        return SM_OK;
    if (sb_stripe_find(&session, sm_in(rq, "session")->text) != SM_OK)
        return sb_reply_error(rq, rp, 404, "invalid_request_error",
                              "No such checkout.session");
    return sb_reply_session(rq, rp, &session);
}

const struct sm_page sm_page_api_session = {
    .path = "/v1/checkout/sessions/{session}",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .help = "The processor's interface: how a checkout session stands.",
};
