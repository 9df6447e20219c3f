#include "web/headers.h"

#include <string.h>

#include "web/app.h"
#include "web/http.h"

/* nginx's policy for all pages; ours differs only in form-action. */
static const char policy[] =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; "
    "style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
    "form-action 'self'";

static bool is_safe(const char *value)
{
    for (const char *p = value; *p; p++) {
        if ((unsigned char)*p < ' ' || *p == 0x7f)
            return false;
    }
    return true;
}

static void add(struct sm_buf *out, const char *name, const char *value)
{
    if (!value || !is_safe(value))
        return;
    sm_buf_adds(out, name);
    sm_buf_adds(out, value);
    sm_buf_adds(out, "\r\n");
}

/* BEFORE ends in a quote; VALUE has none. */
static void add_quoted(struct sm_buf *out, const char *before,
                       const char *value)
{
    if (!value || !is_safe(value) || strpbrk(value, "\"\\") != NULL)
        return;
    sm_buf_adds(out, before);
    sm_buf_adds(out, value);
    sm_buf_adds(out, "\"\r\n");
}

static void add_number(struct sm_buf *out, const char *name, int64_t number)
{
    sm_buf_adds(out, name);
    sm_buf_addi(out, number);
    sm_buf_adds(out, "\r\n");
}

static void add_refresh(struct sm_buf *out, const struct sm_reply *rp)
{
    sm_buf_adds(out, "Refresh: ");
    sm_buf_addi(out, rp->refresh_s);
    if (rp->refresh_to && is_safe(rp->refresh_to)) {
        sm_buf_adds(out, "; url=");
        sm_buf_adds(out, rp->refresh_to);
    }
    sm_buf_adds(out, "\r\n");
}

/* An origin goes into the policy only if it cannot end a directive. */
static void add_origin(struct sm_buf *out, const char *origin)
{
    if (!is_safe(origin) || strpbrk(origin, " ;,'\"") != NULL)
        return;
    sm_buf_addc(out, ' ');
    sm_buf_adds(out, origin);
}

static void add_policy(struct sm_buf *out, const struct sm_request *rq,
                       const struct sm_reply *rp)
{
    bool processor = rq->page && rq->page->processor_form;

    if (!processor && !rp->form_origin)
        return;
    sm_buf_adds(out, policy);
    for (size_t i = 0; processor && i < rq->app->nform_origins; i++)
        add_origin(out, rq->app->form_origins[i]);
    if (rp->form_origin)
        add_origin(out, rp->form_origin);
    sm_buf_adds(out, "\r\n");
}

void sm_headers_add(struct sm_buf *out, const struct sm_head *head,
                    const struct sm_request *rq, const struct sm_reply *rp)
{
    sm_buf_adds(out, "Status: ");
    sm_buf_addi(out, head->http);
    sm_buf_addc(out, ' ');
    sm_buf_adds(out, sm_http_reason(head->http));
    sm_buf_adds(out, "\r\n");
    add(out, "Content-Type: ", head->type);
    if (head->http != 304)
        add_number(out, "Content-Length: ", (int64_t)head->length);
    add_quoted(out, "ETag: \"", rp->etag);
    if (head->http != 304)
        add_quoted(out, "Content-Disposition: inline; filename=\"",
                   rp->filename);
    if (rp->etag && !head->set_cookie)
        add(out, "Cache-Control: ", "private, no-cache");
    else if (rp->cache_s > 0 && !head->no_store)
        add_number(out, "Cache-Control: public, max-age=", rp->cache_s);
    else
        add(out, "Cache-Control: ", head->no_store ? "no-store" : "no-cache");
    add(out, "Content-Language: ", head->lang);
    if (head->vary_language)
        add(out, "Vary: ", "Accept-Language");
    add(out, "Location: ", rp->location);
    add(out, "Set-Cookie: ", head->set_cookie);
    add(out, "Set-Cookie: ", head->session);
    add(out, "Allow: ", head->allow);
    add(out, "WWW-Authenticate: ", head->challenge);
    if (rp->retry_after_s > 0)
        add_number(out, "Retry-After: ", rp->retry_after_s);
    if (rp->refresh_s > 0)
        add_refresh(out, rp);
    if (head->type && strncmp(head->type, "text/html", 9) == 0)
        add_policy(out, rq, rp);
    sm_buf_adds(out, "\r\n");
}
