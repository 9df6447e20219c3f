/* What the site learns about a guest. */
#include "keys.h"
#include "portal/guest.h"
#include "shared/layout.h"
#include "web/page.h"
#include "web/reply.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_settings *set = rq->app->settings;

    sm_portal_company(rq, rp->dict);
    sm_layout_has(rp->dict, K_HAS_DPO, K_DPO_EMAIL,
                  sm_settings_str(set, "company.dpo_email"));
    sm_set_plural(rp->dict, K_RETENTION_YEARS,
                  sm_settings_int(set, "company.retention_years"));
    return SM_OK;
}

const struct sm_page sm_page_privacy = {
    .path = "/privacy",
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .tpl = "privacy.tpl",
    .help = "What the site learns about a guest, why and for how long.",
};
