/* Where to report a vulnerability, RFC 9116. */
#include "base/clock.h"
#include "web/app.h"
#include "web/page.h"
#include "web/reply.h"

/* RFC 9116 wants an end within a year; ours moves along. */
enum { GOOD_FOR_DAYS = 180 };

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_settings *set = rq->app->settings;
    const char *origin = sm_settings_str(set, "public_origin");
    const char *email = sm_settings_str(set, "company.email");
    int64_t today = rq->now_us / 1000000 / 86400;
    struct sm_date end = sm_date_from_days(today + GOOD_FOR_DAYS);
    const char *body = sm_arena_printf(
        rq->arena,
        "Contact: %s%s\n"
        "Expires: %04d-%02d-%02dT00:00:00Z\n"
        "Preferred-Languages: en, ro, bg\n"
        "Canonical: %s/.well-known/security.txt\n",
        *email ? "mailto:" : origin, *email ? email : "/en/contact", end.year,
        end.month, end.day, origin);

    if (body == NULL)
        return SM_FAIL(&rq->err, SM_INTERNAL, "security.txt: no memory");
    sm_reply_text(rp, 200, "text/plain; charset=utf-8", body);
    return SM_OK;
}

const struct sm_page sm_page_security_txt = {
    .path = "/.well-known/security.txt",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .get = show,
    .help = "Where to report a vulnerability (RFC 9116).",
};
