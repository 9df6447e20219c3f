/* GET /mail/{name}: one message, its text part with the links usable. */
#include <string.h>

#include "keys.h"
#include "sandbox/maildir.h"
#include "sandbox/mime.h"
#include "web/app.h"
#include "web/page.h"
#include "web/reply.h"

static const struct sm_input inputs[] = {
    {.name = "name", .type = SM_IN_TEXT, .required = true, .max = 200},
};

/* One line of the text: what stands before a link, the link, the rest. */
static void fill_line(struct sm_dict *row, const char *line, size_t len)
{
    const char *link = memmem(line, len, "https://", 8);
    size_t link_len = 0, before = len;

    if (link != NULL) {
        before = (size_t)(link - line);
        while (before + link_len < len &&
               strchr(" \r\t>", link[link_len]) == NULL)
            link_len++;
        struct sm_dict *anchor = sm_section(row, K_LINK);

        sm_setn(anchor, K_LINK_URL, link, link_len);
        sm_setn(row, K_AFTER, link + link_len, len - before - link_len);
    }
    sm_setn(row, K_BEFORE, line, before);
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const char *dir = sm_settings_str(rq->app->settings, "sandbox.mail_dir");
    const char *text, *line;
    enum sm_status st =
        sb_maildir_read(&text, dir, sm_in(rq, "name")->text, rq->arena);

    if (st != SM_OK)
        return st;
    sm_set(rp->dict, K_TO, sb_mime_header(rq->arena, text, "To"));
    sm_set(rp->dict, K_FROM, sb_mime_header(rq->arena, text, "From"));
    sm_set(rp->dict, K_SUBJECT, sb_mime_header(rq->arena, text, "Subject"));
    line = sb_mime_part(rq->arena, text, "text/plain");
    while (*line != '\0') {
        size_t len = strcspn(line, "\n");

        fill_line(sm_section(rp->dict, K_LINES), line, len);
        line += len + (line[len] == '\n');
    }
    return SM_OK;
}

const struct sm_page sm_page_mail_message = {
    .path = "/mail/{name}",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "mail_message.tpl",
    .personal = true,
    .help = "One message of the sandbox's mailbox.",
};
