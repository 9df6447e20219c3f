/* GET /v1/refunds/{refund}: how a refund stands. */
#include "sandbox/wire_stripe.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "refund", .type = SM_IN_TOKEN, .required = true, .max = 60},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_part part;

    if (!sb_authorised(rq, rp) || !sb_behave(rq, rp, sb_behaviour_get().query))
        return SM_OK;
    if (sb_parts_find(&part, sm_in(rq, "refund")->text) != SM_OK ||
        part.kind != SB_REFUND || part.state == SB_REFUSED)
        return sb_reply_error(rq, rp, 404, "invalid_request_error",
                              "No such refund");
    return sb_reply_json(rq, rp, sb_refund_object(&part, part.state));
}

const struct sm_page sm_page_api_refund = {
    .path = "/v1/refunds/{refund}",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .help = "The processor's interface: how a refund stands.",
};
