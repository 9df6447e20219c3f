/* Calls to other machines over HTTP; with lib/notify's mail the only user of
 * libcurl.  A call blocks its thread for at most the deadlines it names.
 *
 * https only, certificates verified; plain http only to 127.0.0.1, for the
 * sandbox and for tests.  Redirects are reported, never followed: an answer
 * that sends us elsewhere is not the answer we asked for.  Proxy variables of
 * the environment are ignored.  A thread keeps its connections between
 * calls. */
#ifndef SM_NET_HTTP_H
#define SM_NET_HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/status.h"

struct sm_http_request {
    const char *method; /* "GET" or "POST" */
    const char *url;
    const char *const *headers; /* "Name: value", without CR or LF */
    size_t nheaders;
    const char *body; /* POST only; may be NULL */
    size_t body_len;
    int connect_ms;      /* to a connection, TLS included */
    int total_ms;        /* for everything */
    size_t reply_max;    /* bytes of reply body at most */
    const char *ca_file; /* trust these roots instead of the system's;
                                   NULL or "": the system's */
};

struct sm_http_reply {
    int code;           /* HTTP status */
    struct sm_buf body; /* release with sm_http_reply_release() */
};

/* Prepare libcurl; call once in main(), before threads start. */
enum sm_status sm_http_global_init(struct sm_error *err) SM_MUSTCHECK;

/* Release what sm_http_global_init() took; no thread may be in a call. */
void sm_http_global_cleanup(void);

/* Make one call.  Any HTTP status is SM_OK: the caller reads out->code.
 * SM_INVALID      the URL or a header is not one we may use; nothing was sent
 * SM_UNAVAILABLE  no complete answer came in time: the other side may or may
 *                 not have acted
 * SM_INTERNAL     out of memory.
 * OUT needs releasing only after SM_OK. */
enum sm_status sm_http_send(struct sm_http_reply *out,
                            const struct sm_http_request *request,
                            struct sm_error *err) SM_MUSTCHECK;

/* Release the reply's memory. */
void sm_http_reply_release(struct sm_http_reply *reply);

/* True if URL is one that sm_http_send() accepts: https with a host, or
 * http to 127.0.0.1; no user name, blank or control byte in it. */
bool sm_http_url_ok(const char *url);

#endif
