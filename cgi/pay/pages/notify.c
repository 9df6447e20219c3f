/* Notifications of the processor: raw bytes, a signature, one transaction. */
#include "pay/receive.h"
#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "processor", .type = SM_IN_TOKEN, .required = true, .max = 20},
};

static enum sm_status receive(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_received received;
    enum sm_status status;

    status = sm_receive(&received, rq, sm_in(rq, "processor")->text);
    if (status != SM_OK)
        return status;
    sm_reply_text(rp, received.ack.http, received.ack.type, received.ack.body);
    return SM_OK;
}

const struct sm_page sm_page_notify = {
    .path = "/gw/notify/{processor}",
    .plain = true,
    .auth = SM_AUTH_SIGNED,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = receive,
    .limit = "notify",
    .instance = "notify",
    .help = "Signed notifications of the payment processor.",
};
