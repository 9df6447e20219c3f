#include "shared/layout.h"

#include <stdio.h>
#include <string.h>

#include "assets.h"
#include "base/buf.h"
#include "base/text.h"
#include "keys.h"
#include "web/app.h"
#include "web/reply.h"

/* What cgi/static/smetka.css has built in; another needs /theme.css. */
#define ACCENT_BUILT_IN "#0b5e6b"

const char *sm_layout_text(const struct sm_request *rq, const char *key)
{
    char name[64];

    if (snprintf(name, sizeof(name), "%s_%s", key, sm_lang_code(rq->lang)) >=
        (int)sizeof(name))
        return "";
    return sm_settings_str(rq->app->settings, name);
}

void sm_layout_has(struct sm_dict *dict, int has, int marker, const char *text)
{
    if (*text == '\0')
        return;
    sm_show(dict, has);
    sm_set(dict, marker, text);
}

uint32_t sm_layout_accent(const struct sm_request *rq)
{
    const char *text = sm_settings_str(rq->app->settings, "company.accent");
    uint8_t rgb[3] = {0, 0, 0};

    if (text[0] != '#' || sm_unhex(rgb, sizeof(rgb), text + 1) != SM_OK)
        return 0;
    return (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 | rgb[2];
}

/* A telephone number as a link wants it: a plus sign and digits. */
static void set_phone(struct sm_dict *dict, const char *phone)
{
    char url[32];
    size_t len = 0;

    for (const char *p = phone; *p && len < sizeof(url) - 1; p++) {
        if (sm_is_digit(*p) || (*p == '+' && len == 0))
            url[len++] = *p;
    }
    sm_layout_has(dict, K_HAS_PHONE, K_PHONE, phone);
    sm_setn(dict, K_PHONE_URL, url, len);
}

static void add_part(struct sm_buf *out, const char *part)
{
    if (*part == '\0')
        return;
    if (out->len > 0)
        sm_buf_adds(out, ", ");
    sm_buf_adds(out, part);
}

/* Name, tax id, registration and seat in one line. */
static void set_legal(struct sm_dict *dict, const struct sm_request *rq)
{
    const struct sm_settings *settings = rq->app->settings;
    struct sm_buf line;

    sm_buf_init(&line, 1024);
    add_part(&line, sm_settings_str(settings, "company.legal_name"));
    add_part(&line, sm_settings_str(settings, "company.tax_id"));
    add_part(&line, sm_settings_str(settings, "company.registration"));
    add_part(&line, sm_layout_text(rq, "company.address"));
    sm_set(dict, K_COMPANY_LEGAL, line.data);
    sm_buf_release(&line);
}

static void set_theme(struct sm_dict *dict, const struct sm_request *rq)
{
    const char *accent = sm_settings_str(rq->app->settings, "company.accent");
    struct sm_buf url;

    if (strcmp(accent, ACCENT_BUILT_IN) == 0)
        return;
    /* the colour is in the address, so a browser may keep the sheet */
    sm_buf_init(&url, 64);
    sm_buf_adds(&url, "/theme.css?v=");
    sm_buf_add_url(&url, accent, strlen(accent));
    if (sm_buf_ok(&url)) {
        sm_show(dict, K_THEME);
        sm_set(dict, K_THEME_URL, url.data);
    }
    sm_buf_release(&url);
}

/* True if the page at PATH is PART or belongs to it. */
static bool below(const char *path, const char *part)
{
    size_t len = strlen(part);

    return strncmp(path, part, len) == 0 &&
           (path[len] == '\0' || path[len] == '/');
}

/* Who is logged in, and the menu of their pages. */
static void set_customer(struct sm_dict *dict, const struct sm_request *rq)
{
    bool in = rq->customer && strcmp(rq->customer->stage, "in") == 0;

    sm_show_if(dict, K_CUSTOMER, in);
    sm_show_if(dict, K_VISITOR, !in && rq->app->guard->enter);
    if (in && rq->customer->closes_us > 0 &&
        !below(rq->page->path, "/settings/data")) {
        sm_show(dict, K_ACCOUNT_CLOSES);
        sm_set_date(dict, K_ACCOUNT_CLOSES_ON,
                    sm_date_local(rq->customer->closes_us));
    }
    sm_show_if(dict, K_AT_HOME, in && below(rq->page->path, "/home"));
    sm_show_if(dict, K_AT_INVOICES, in && below(rq->page->path, "/invoices"));
    sm_show_if(dict, K_AT_PAYMENTS, in && below(rq->page->path, "/payments"));
    sm_show_if(dict, K_AT_METERS, in && below(rq->page->path, "/meters"));
    sm_show_if(dict, K_AT_CHARTS, in && below(rq->page->path, "/charts"));
    sm_show_if(dict, K_AT_SETTINGS,
               in && (below(rq->page->path, "/settings") ||
                      below(rq->page->path, "/account")));
}

void sm_layout(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_settings *settings = rq->app->settings;
    struct sm_dict *dict = rp->dict;
    const char *logo = sm_settings_str(settings, "company.logo");

    sm_set(dict, K_ASSET_CSS, SM_ASSET_SMETKA_CSS);
    sm_set(dict, K_ASSET_ICON, SM_ASSET_FAVICON_SVG);
    sm_set(dict, K_LOGO_URL, *logo ? logo : SM_ASSET_LOGO_SVG);
    set_theme(dict, rq);
    set_customer(dict, rq);
    sm_set(dict, K_COMPANY_NAME, sm_layout_text(rq, "company.name"));
    set_legal(dict, rq);
    set_phone(dict, sm_settings_str(settings, "company.phone"));
    /* nginx's own error pages are made ahead and have none */
    sm_show_if(dict, K_HAS_REQUEST_ID, rq->request_id && *rq->request_id);
    sm_layout_has(dict, K_HAS_HOURS, K_HOURS,
                  sm_layout_text(rq, "company.hours"));
    sm_layout_has(dict, K_HAS_REGULATOR, K_REGULATOR,
                  sm_layout_text(rq, "company.regulator"));
    sm_layout_has(dict, K_HAS_REGULATOR_URL, K_REGULATOR_URL,
                  sm_settings_str(settings, "company.regulator_url"));
    sm_layout_has(dict, K_ANNOUNCEMENT, K_ANNOUNCEMENT_TEXT,
                  sm_layout_text(rq, "company.announcement"));
}
