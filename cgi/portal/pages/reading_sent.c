/* That a guest's reading came, with its reference; says nothing else, and asks
 * nobody. */
#include "ident/code.h"
#include "keys.h"
#include "web/reply.h"
#include "web/request.h"

static const struct sm_input inputs[] = {
    {"reference", SM_IN_TEXT, .required = true, .min = 8, .max = 8},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const char *reference = sm_in(rq, "reference")->text;

    if (!sm_reference_valid(reference))
        return SM_NOT_FOUND;
    sm_set(rp->dict, K_REFERENCE, reference);
    return SM_OK;
}

const struct sm_page sm_page_reading_sent = {
    .path = "/reading/{reference}",
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "reading_sent.tpl",
    .personal = true,
    .help = "A guest's reading came: its reference and what happens next.",
};
