/* The company's accent colour as a style sheet: the policy of the site admits
 * no inline style, so a setting reaches the pages this way. */
#include "view/accent.h"
#include "web/app.h"
#include "web/page.h"
#include "web/reply.h"

enum { SHEET_BYTES = 512, KEEP_S = 86400 };

static const struct sm_input inputs[] = {
    {"v", SM_IN_TEXT, .max = 16}, /* the colour, so that a change is seen */
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    char *sheet = sm_arena_alloc(rq->arena, SHEET_BYTES);
    enum sm_status st;

    if (sheet == NULL)
        return SM_FAIL(&rq->err, SM_INTERNAL, "theme.css: no memory");
    st = sm_accent_sheet(sheet, SHEET_BYTES,
                         sm_settings_str(rq->app->settings, "company.accent"));
    if (st != SM_OK)
        return SM_FAIL(&rq->err, SM_INTERNAL,
                       "company.accent is no colour of the form #rrggbb");
    sm_reply_text(rp, 200, "text/css; charset=utf-8", sheet);
    rp->cache_s = KEEP_S;
    return SM_OK;
}

const struct sm_page sm_page_theme_css = {
    .path = "/theme.css",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .help = "The company's accent colour as a style sheet.",
};
