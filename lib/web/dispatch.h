/* From a FastCGI request to its reply: route, guard, inputs, handler in its
 * transaction, commit, render, send; one log line each.  Shared state is
 * read-only after start; each thread has its own struct sm_web_thread. */
#ifndef SM_WEB_DISPATCH_H
#define SM_WEB_DISPATCH_H

#include "base/status.h"
#include "web/app.h"
#include "web/formview.h"
#include "web/route.h"
#include "web/worker.h"

struct sm_web {
    struct sm_app app;
    struct sm_routes routes;
    struct sm_view_keys keys;
    enum sm_lang default_lang;
    const char *public_origin;
};

/* The three calls of struct sm_worker_options; CTX is the struct sm_web. */
void *sm_web_thread_open(void *ctx);
void sm_web_thread_close(void *ctx, void *thread);
void sm_web_handle(void *ctx, void *thread, struct sm_exchange *exchange);

/* Render the page for an HTTP error in LANG into OUT, as nginx shows it when
 * no worker can answer.  SM_INTERNAL without a template. */
enum sm_status sm_web_error_page(struct sm_buf *out, const struct sm_web *web,
                                 enum sm_lang lang, int http,
                                 struct sm_error *err) SM_MUSTCHECK;

#endif
