/* What the files of the dispatcher share.  Private to lib/web. */
#ifndef SM_WEB_DISPATCH_IMPL_H
#define SM_WEB_DISPATCH_IMPL_H

#include "base/buf.h"
#include "web/dispatch.h"
#include "web/headers.h"
#include "web/params.h"

/* What a thread keeps from request to request. */
struct sm_web_thread {
    struct sm_arena *arena;
    struct sm_buf page; /* the rendered body */
    struct sm_buf out;  /* head and body */
    struct sm_buf scratch;
};

/* One request on its way. */
struct sm_call {
    const struct sm_web *web;
    struct sm_web_thread *thread;
    struct sm_exchange *exchange;
    struct sm_params params;
    struct sm_match match;
    struct sm_request rq;
    struct sm_reply rp;
    struct sm_head head;
    bool is_head; /* HEAD: the head of a GET */
    bool guarded; /* the guard has looked at the browser */
    size_t bytes; /* sent */
    int64_t started_us;
};

/* The marker keys of this call's page. */
size_t sm_call_route(const struct sm_call *call);

/* Read body or query into the declared inputs and check the form token.
 * SM_INVALID with rp.http 400 for a broken request, 413 for a large one. */
enum sm_status sm_call_read(struct sm_call *call) SM_MUSTCHECK;

/* True if a POST comes from a page of ours, by what the browser says. */
bool sm_call_same_origin(const struct sm_call *call);

/* Let in who is logged in, at the stage that the page is for.  Others are
 * answered with the way to where that is done: SM_OK with rp.location. */
enum sm_status sm_call_enter(struct sm_call *call) SM_MUSTCHECK;

/* Let in a program by its token; others get 401, 403 or 429. */
enum sm_status sm_call_enter_token(struct sm_call *call) SM_MUSTCHECK;

/* Make the page's dictionary afresh and put what came in into it. */
enum sm_status sm_call_dict(struct sm_call *call) SM_MUSTCHECK;

/* Fill frame, errors, form token and layout, and render into thread->page. */
enum sm_status sm_call_render(struct sm_call *call) SM_MUSTCHECK;

/* Turn a failure into the reply that says so: the common page in the
 * reader's language, plain text where no template can be shown. */
void sm_call_error(struct sm_call *call, enum sm_status st);

/* Build head and body and send them. */
void sm_call_send(struct sm_call *call);

#endif
