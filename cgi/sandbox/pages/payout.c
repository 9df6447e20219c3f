/* POST /payout: pay to the merchant's bank what has moved since the last
 * time. */
#include "sandbox/desk.h"
#include "web/page.h"
#include "web/reply.h"

static enum sm_status pay_out(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    (void)sb_desk_pay_out();
    rp->http = 303;
    rp->location = "/";
    return SM_OK;
}

const struct sm_page sm_page_payout = {
    .path = "/payout",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .post = pay_out,
    .help = "Pay to the bank what has moved since the last payout.",
};
