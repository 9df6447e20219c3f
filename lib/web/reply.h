/* What a handler wants sent.  It fills this and returns a status; the
 * dispatcher commits, renders and sends.  On any status but SM_OK the reply
 * is dropped and the common error page goes out (SM_INVALID on a page with a
 * template shows the page again with its errors and 422). */
#ifndef SM_WEB_REPLY_H
#define SM_WEB_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"
#include "view/view.h"
#include "web/request.h"

struct sm_reply {
    int http;             /* 200 unless set; with a status other than
                                SM_OK it overrules the usual one (429) */
    const char *tpl;      /* the page's template unless changed */
    struct sm_dict *dict; /* the page's own values */
    const char *location; /* set by sm_reply_see_other() */
    const char *type;     /* content type of body */
    const char *body;     /* raw body instead of a template (arena) */
    size_t body_len;
    int refresh_s;           /* >0: Refresh header to this same page */
    const char *refresh_to;  /* path of ours to refresh to instead; or NULL */
    int retry_after_s;       /* >0: Retry-After */
    int cache_s;             /* >0: anybody may keep it so long; only for a
                                page that is the same for all */
    bool set_cookie;         /* send the browser cookie */
    const char *session;     /* a Set-Cookie value of the session, or NULL; the
                                browser's own cookie is then renewed with it */
    const char *form_origin; /* an origin to add to form-action, or NULL */
    const char *etag;        /* of a file that its owner's browser may keep, if
                                it asks each time; set by sm_reply_known() */
    const char *filename;    /* of a file; printable ASCII without quotes */
};

/* Answer 303 to a path of our own site; FMT gives the path below the
 * language, e.g. "/pay/%s". */
enum sm_status sm_reply_see_other(struct sm_request *rq, struct sm_reply *rp,
                                  const char *fmt, ...) SM_PRINTF(3, 4)
    SM_MUSTCHECK;

/* Answer 303 to an absolute https URL that a processor gave us; its origin
 * must be one of the processor's configured origins, else SM_DENIED. */
enum sm_status sm_reply_to_processor(struct sm_request *rq, struct sm_reply *rp,
                                     const char *url) SM_MUSTCHECK;

/* True if the processor's page URL lies below one of its configured origins:
 * a browser may be sent or may post there. */
bool sm_reply_is_processor(const struct sm_request *rq, const char *url);

/* Answer with a file of LEN BYTES, which live in the arena, named FILENAME. */
void sm_reply_file(struct sm_reply *rp, const char *type, const char *filename,
                   const char *bytes, size_t len);

/* Answer with what was written into OUT as a file, named FILENAME, and release
 * OUT.  SM_INTERNAL if it did not hold all, or without memory. */
enum sm_status sm_reply_written(struct sm_request *rq, struct sm_reply *rp,
                                struct sm_buf *out, const char *type,
                                const char *filename) SM_MUSTCHECK;

/* Say that the file answered with is the version ETAG (printable ASCII without
 * quotes, in the arena).  True if the browser has just that: the answer is
 * then 304 and the file need not be made. */
bool sm_reply_known(const struct sm_request *rq, struct sm_reply *rp,
                    const char *etag);

/* Answer with a plain body (notifications, health). */
void sm_reply_text(struct sm_reply *rp, int http, const char *type,
                   const char *body);

#endif
