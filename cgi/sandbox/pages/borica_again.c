/* GET /c/again/{session}: BORICA's answer to a sale that was posted again after
 * its end: a duplicate, which quotes the first answer and settles nothing. */
#include "sandbox/wire_borica.h"
#include "web/page.h"

static const struct sm_input inputs[] = {
    {.name = "session", .type = SM_IN_TOKEN, .required = true, .max = 60},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sb_session session;
    enum sm_status st = sb_store_find(&session, sm_in(rq, "session")->text);
    bool paid;

    if (st != SM_OK)
        return st;
    paid = session.paid == SB_PAID;
    return sb_borica_return(rq, rp, &session, paid ? "1" : "6",
                            paid ? "00" : "-32");
}

const struct sm_page sm_page_borica_again = {
    .path = "/c/again/{session}",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "back.tpl",
    .personal = true,
    .help = "BORICA's answer to a sale that was posted a second time.",
};
