/* Where password managers look for the page that changes a password. */
#include "web/page.h"
#include "web/reply.h"
#include "web/request.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    return sm_reply_see_other(rq, rp, "/settings/password");
}

const struct sm_page sm_page_change_password = {
    .path = "/.well-known/change-password",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .help = "The well-known address of the page that changes a password.",
};
