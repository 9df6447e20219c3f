/* The one address to which a processor without an address of each payment has
 * the browser post its signed answer.  The answer names the payment. */
#include "base/text.h"
#include "pay/receive.h"
#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "processor", .type = SM_IN_TOKEN, .required = true, .max = 20},
};

static enum sm_status come_back(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_received received;
    char id[SM_ID_TEXT];
    enum sm_status status;

    status = sm_receive(&received, rq, sm_in(rq, "processor")->text);
    if (status != SM_OK)
        return status;
    if (!received.has_payment)
        return sm_reply_see_other(rq, rp, "/pay");
    sm_id_format(id, received.payment);
    return sm_reply_see_other(rq, rp, "/pay/status/%s", id);
}

const struct sm_page sm_page_pay_back = {
    .path = "/gw/return/{processor}",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = come_back,
    .limit = "start",
    .personal = true,
    .instance = "pay",
    .help = "Where a processor has the browser post its signed answer.",
};
