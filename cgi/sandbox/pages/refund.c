/* POST /refund/{session}: give money back, as a clerk would at the
 * processor's own dashboard; the merchant is notified. */
#include "base/text.h"
#include "sandbox/desk.h"
#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "session", .type = SM_IN_TOKEN, .required = true, .max = 60},
    {.name = "amount", .type = SM_IN_AMOUNT, .min = 1, .max = 99999999},
};

static enum sm_status refund(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_part part = {.kind = SB_REFUND};
    enum sm_status st;

    (void)sm_copy(part.session, sizeof(part.session),
                  sm_in(rq, "session")->text);
    part.amount = sm_in(rq, "amount")->number;
    st = sb_desk_refund(&part);
    if (st != SM_OK)
        return st;
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
    .help = "Refund a paid session, in part or whole, from the processor's "
            "side.",
};
