#include "web/reply.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "view/lang.h"
#include "web/app.h"
#include "web/params.h"

enum { LOCATION_MAX = 2048 };

/* True if TEXT can stand in a header: visible ASCII only, so that nothing
 * ends the line or is read in two ways. */
static bool is_header_safe(const char *text)
{
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p <= ' ' || *p >= 0x7f || *p == '"' || *p == '\\')
            return false;
    }
    return true;
}

static enum sm_status go_to(struct sm_request *rq, struct sm_reply *rp,
                            const char *url)
{
    rp->location = sm_arena_strdup(rq->arena, url);
    if (!rp->location)
        return SM_FAIL(&rq->err, SM_INTERNAL, "location: no memory");
    rp->http = 303;
    return SM_OK;
}

enum sm_status sm_reply_see_other(struct sm_request *rq, struct sm_reply *rp,
                                  const char *fmt, ...)
{
    char url[LOCATION_MAX];
    va_list args;
    int head, tail;

    head = snprintf(url, sizeof(url), "/%s", sm_lang_code(rq->lang));
    va_start(args, fmt);
    tail = vsnprintf(url + head, sizeof(url) - (size_t)head, fmt, args);
    va_end(args);
    if (tail < 1 || (size_t)head + (size_t)tail >= sizeof(url) ||
        url[head] != '/' || !is_header_safe(url))
        return SM_FAIL(&rq->err, SM_INTERNAL, "a redirect to no path of ours");
    return go_to(rq, rp, url);
}

/* True if URL lies below ORIGIN, an exact "https://host[:port]". */
static bool is_below(const char *url, const char *origin)
{
    size_t len = strlen(origin);

    return len > 0 && strncmp(url, origin, len) == 0 &&
           (url[len] == '/' || url[len] == '?' || url[len] == '\0');
}

bool sm_reply_is_processor(const struct sm_request *rq, const char *url)
{
    for (size_t i = 0; i < rq->app->nform_origins; i++)
        if (is_below(url, rq->app->form_origins[i]))
            return true;
    return false;
}

enum sm_status sm_reply_to_processor(struct sm_request *rq, struct sm_reply *rp,
                                     const char *url)
{
    if (strnlen(url, LOCATION_MAX) == LOCATION_MAX || !is_header_safe(url))
        return SM_FAIL(&rq->err, SM_DENIED, "the processor's URL is broken");
    if (!sm_reply_is_processor(rq, url))
        return SM_FAIL(&rq->err, SM_DENIED,
                       "the processor's URL is not below its origins");
    return go_to(rq, rp, url);
}

void sm_reply_file(struct sm_reply *rp, const char *type, const char *filename,
                   const char *bytes, size_t len)
{
    rp->type = type;
    rp->filename = filename;
    rp->body = bytes;
    rp->body_len = len;
}

enum sm_status sm_reply_written(struct sm_request *rq, struct sm_reply *rp,
                                struct sm_buf *out, const char *type,
                                const char *filename)
{
    const char *copy = NULL;

    if (sm_buf_ok(out))
        copy = sm_arena_strndup(rq->arena, out->data, out->len);
    if (copy)
        sm_reply_file(rp, type, filename, copy, out->len);
    sm_buf_release(out);
    return copy ? SM_OK
                : SM_FAIL(&rq->err, SM_INTERNAL, "%s: too long", filename);
}

bool sm_reply_known(const struct sm_request *rq, struct sm_reply *rp,
                    const char *etag)
{
    const char *has = sm_params_get(rq->params_, "HTTP_IF_NONE_MATCH");
    const char *at = strstr(has, etag);
    size_t len = strlen(etag);

    rp->etag = etag;
    /* weak or strong, one or several: what stands between the quotes */
    if (at == NULL || at == has || at[-1] != '"' || at[len] != '"')
        return false;
    rp->http = 304;
    rp->body = "";
    rp->body_len = 0;
    return true;
}

void sm_reply_text(struct sm_reply *rp, int http, const char *type,
                   const char *body)
{
    rp->http = http;
    rp->type = type;
    rp->body = body;
    rp->body_len = strlen(body);
}
