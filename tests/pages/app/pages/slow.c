#include <time.h>

#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "ms", .type = SM_IN_INT, .required = true, .max = 10000},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    int64_t ms = sm_in(rq, "ms")->number;
    struct timespec nap = {
        .tv_sec = (time_t)(ms / 1000),
        .tv_nsec = (long)(ms % 1000) * 1000000,
    };

    nanosleep(&nap, NULL);
    sm_reply_text(rp, 200, "text/plain; charset=utf-8", "slept\n");
    return SM_OK;
}

const struct sm_page sm_page_slow = {
    .path = "/slow/{ms}",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .help = "Answers after a while.",
};
