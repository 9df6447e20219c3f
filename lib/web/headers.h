/* The head of a reply: what a page's declaration and its handler's wishes
 * mean in HTTP headers.  nginx adds those that are the same for all. */
#ifndef SM_WEB_HEADERS_H
#define SM_WEB_HEADERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "web/reply.h"

/* What goes into the head besides the reply itself. */
struct sm_head {
    int http;
    const char *type;       /* with its charset; NULL: no body */
    size_t length;          /* of the body */
    const char *lang;       /* Content-Language, or NULL */
    bool vary_language;     /* the language was chosen by the browser's wish */
    bool no_store;          /* personal, or bound to the browser */
    const char *set_cookie; /* or NULL */
    const char *session;    /* another cookie, or NULL */
    const char *allow;      /* of a 405, or NULL */
    const char *challenge;  /* WWW-Authenticate of a 401, or NULL */
};

/* Append the head, CGI style, ending in the empty line.  A value that could
 * end its line is left out. */
void sm_headers_add(struct sm_buf *out, const struct sm_head *head,
                    const struct sm_request *rq, const struct sm_reply *rp);

#endif
