/* GET /mail: what has arrived in the sandbox's mailbox. */
#include "keys.h"
#include "sandbox/maildir.h"
#include "sandbox/mime.h"
#include "web/app.h"
#include "web/page.h"
#include "web/reply.h"

#define SHOWN 20

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const char *dir = sm_settings_str(rq->app->settings, "sandbox.mail_dir");
    struct sb_mail *mails;
    size_t n;
    enum sm_status st = sb_maildir_list(&mails, &n, SHOWN, dir, rq->arena);

    if (st != SM_OK)
        return st;
    for (size_t i = 0; i < n; i++) {
        struct sm_dict *row = sm_section(rp->dict, K_ROWS);
        const char *text;

        if (sb_maildir_read(&text, dir, mails[i].name, rq->arena) != SM_OK)
            continue;
        sm_set(row, K_NAME, mails[i].name);
        sm_set(row, K_TO, sb_mime_header(rq->arena, text, "To"));
        sm_set(row, K_SUBJECT, sb_mime_header(rq->arena, text, "Subject"));
        sm_set_instant(row, K_CREATED, mails[i].at * 1000000);
    }
    sm_show_if(rp->dict, K_EMPTY, n == 0);
    return SM_OK;
}

const struct sm_page sm_page_mailbox = {
    .path = "/mail",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .tpl = "mailbox.tpl",
    .personal = true,
    .help = "The sandbox's mailbox.",
};
