/* POST /part/{part}: decide what becomes of a refund or a dispute. */
#include "sandbox/desk.h"
#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "part", .type = SM_IN_TOKEN, .required = true, .max = 60},
    {.name = "action",
     .type = SM_IN_CHOICE,
     .required = true,
     .choices = "succeed|fail|win|lose"},
};

static enum sm_status decide(struct sm_request *rq, struct sm_reply *rp)
{
    static const enum sb_part_state states[] = {SB_DONE, SB_FAILED, SB_WON,
                                                SB_LOST};
    enum sm_status st = sb_desk_decide(sm_in(rq, "part")->text,
                                       states[sm_in(rq, "action")->number & 3]);

    if (st != SM_OK)
        return st;
    rp->http = 303;
    rp->location = "/";
    return SM_OK;
}

const struct sm_page sm_page_part = {
    .path = "/part/{part}",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .post = decide,
    .help = "Let a refund succeed or fail, a dispute be won or lost.",
};
