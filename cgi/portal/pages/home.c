/* The entry page. */
#include "assets.h"
#include "keys.h"
#include "web/page.h"
#include "web/reply.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    sm_set(rp->dict, K_ASSET_BILL, SM_ASSET_BILL_SVG);
    return SM_OK;
}

const struct sm_page sm_page_home = {
    .path = "/",
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .tpl = "home.tpl",
    .help = "Entry page: pay a bill, and what else works without an account.",
};
