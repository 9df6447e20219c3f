#include "web/dispatch.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/metrics.h"
#include "base/text.h"
#include "web/dispatch_impl.h"

enum {
    ARENA_CEILING = 8 << 20, /* of one request */
    PAGE_CEILING = 4 << 20   /* of one rendered page */
};

/* Stands for the page while there is none, so that rq->page is never NULL. */
static const struct sm_page no_page = {.path = "-", .help = "none"};

void *sm_web_thread_open(void *ctx)
{
    struct sm_web_thread *thread = calloc(1, sizeof(*thread));

    (void)ctx;
    if (!thread)
        return NULL;
    sm_buf_init(&thread->page, PAGE_CEILING);
    sm_buf_init(&thread->out, PAGE_CEILING + 16384);
    sm_buf_init(&thread->scratch, 8192);
    thread->arena = sm_arena_new(ARENA_CEILING);
    if (!thread->arena) {
        free(thread);
        return NULL;
    }
    return thread;
}

void sm_web_thread_close(void *ctx, void *state)
{
    struct sm_web_thread *thread = state;

    (void)ctx;
    sm_buf_release(&thread->page);
    sm_buf_release(&thread->out);
    sm_buf_release(&thread->scratch);
    sm_arena_free(thread->arena);
    free(thread);
}

size_t sm_call_route(const struct sm_call *call)
{
    return (size_t)(call->match.route - call->web->routes.routes);
}

/* nginx's id for the log and the visitor; anything else is not repeated. */
static const char *request_id(const char *given)
{
    size_t len = strspn(given, "0123456789abcdef");

    return len > 0 && len <= 64 && given[len] == '\0' ? given : "-";
}

static void begin(struct sm_call *call)
{
    struct sm_request *rq = &call->rq;

    sm_buf_clear(&call->thread->page);
    rq->app = &call->web->app;
    rq->page = &no_page;
    rq->arena = call->thread->arena;
    rq->now_us = sm_clock_now_us();
    rq->params_ = sm_exchange_params(call->exchange);
    sm_params_read(&call->params, rq->params_);
    rq->request_id = request_id(call->params.request_id);
    rq->path = call->params.path;
    rq->user_agent = call->params.user_agent;
    rq->is_post = strcmp(call->params.method, "POST") == 0;
    call->is_head = strcmp(call->params.method, "HEAD") == 0;
    sm_routes_match(&call->match, &call->web->routes, call->web->app.instance,
                    rq->path);
    rq->lang = call->match.lang;
    if (!call->match.has_lang) {
        rq->lang = sm_lang_accept(call->params.accept_language,
                                  call->web->default_lang);
        call->head.vary_language = true;
    }
    if (call->match.route)
        rq->page = call->match.route->page;
}

/* "/" and "/ro" lead to the entry page of a language. */
static enum sm_status go_to_entry(struct sm_call *call)
{
    call->rp.location =
        sm_arena_printf(call->rq.arena, "/%s/", sm_lang_code(call->rq.lang));
    call->rp.http = 302;
    return call->rp.location ? SM_OK : SM_INTERNAL;
}

static bool is_loopback(const char *address)
{
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0 ||
           strncmp(address, "unix:", 5) == 0;
}

/* 404 and 405. */
static enum sm_status check_route(struct sm_call *call)
{
    const struct sm_page *page = call->rq.page;
    bool is_get = call->is_head || strcmp(call->params.method, "GET") == 0;

    if (!call->match.route)
        return SM_NOT_FOUND;
    /* To the world these pages do not exist, whatever the method. */
    if (page->auth == SM_AUTH_LOOPBACK &&
        !is_loopback(call->params.remote_addr))
        return SM_NOT_FOUND;
    if ((is_get && page->get) || (call->rq.is_post && page->post))
        return SM_OK;
    if (page->get)
        call->head.allow = page->post ? "GET, HEAD, POST" : "GET, HEAD";
    else
        call->head.allow = "POST";
    call->rp.http = 405;
    return SM_INVALID;
}

/* Who may enter. */
static enum sm_status admit(struct sm_call *call)
{
    struct sm_request *rq = &call->rq;
    const struct sm_guard *guard = call->web->app.guard;

    if (SM_PAGE_SIGNED(rq->page, rq->is_post))
        return SM_OK;
    switch (rq->page->auth) {
    case SM_AUTH_LOOPBACK: /* check_route() has looked */
    case SM_AUTH_SIGNED:
        return SM_OK;
    case SM_AUTH_TOKEN:
        return sm_call_enter_token(call);
    case SM_AUTH_PUBLIC:
    case SM_AUTH_BROWSER:
    case SM_AUTH_CUSTOMER:
        break;
    case SM_AUTH_UNSET:
    default:
        return SM_FAIL(&rq->err, SM_INTERNAL, "a page without .auth");
    }
    guard->identify(rq, call->params.cookie, call->params.remote_addr);
    call->guarded = true;
    if (rq->page->auth == SM_AUTH_BROWSER && !rq->has_cookie)
        return SM_DENIED;
    if (rq->is_post && !sm_call_same_origin(call))
        return SM_FAIL(&rq->err, SM_DENIED, "a form of another site");
    return rq->page->auth == SM_AUTH_CUSTOMER ? sm_call_enter(call) : SM_OK;
}

/* Run the handler once, in its transaction, and commit. */
static enum sm_status run_once(struct sm_call *call)
{
    struct sm_request *rq = &call->rq;
    sm_handler handler = rq->is_post ? rq->page->post : rq->page->get;
    enum sm_status st;

    memset(&call->rp, 0, sizeof(call->rp));
    call->rp.tpl = rq->page->tpl;
    if (!rq->inputs_ok && !call->rp.tpl)
        return SM_INVALID;
    if (call->rp.tpl) {
        st = sm_call_dict(call);
        if (st != SM_OK)
            return st;
    }
    st = handler(rq, &call->rp);
    if (st == SM_OK && rq->is_post && !rq->inputs_ok)
        st = SM_INVALID;
    if (st == SM_OK)
        st = sm_request_commit(rq);
    /* Giving the connection back rolls back what was not committed. */
    sm_request_db_release(rq);
    return st;
}

/* May the handler run again after it ended with ST?  Only if nothing of it is
 * durable: after a conflict nothing is, unless it committed a part itself;
 * after a COMMIT in doubt something may be, and the page has to bear that. */
static bool may_repeat(const struct sm_request *rq, enum sm_status st)
{
    if (rq->committed_)
        return false;
    if (st == SM_CONFLICT)
        return rq->clash_ && (!rq->doubt_ || rq->page->repeatable);
    return st == SM_UNAVAILABLE && rq->doubt_ && rq->page->repeatable;
}

static enum sm_status run(struct sm_call *call)
{
    struct sm_request *rq = &call->rq;
    struct sm_db_tries tries = sm_db_tries_begin(rq->app->pool);
    bool inputs_ok = rq->inputs_ok;
    const char *form_error = rq->form_error;
    enum sm_status st;

    for (;;) {
        rq->clash_ = false;
        st = run_once(call);
        if (!may_repeat(rq, st) || !sm_db_again(&tries, st))
            break;
        rq->again = rq->doubt_;
        rq->inputs_ok = inputs_ok;
        rq->form_error = form_error;
        for (size_t j = 0; inputs_ok && j < rq->page->ninputs; j++)
            rq->values[j].error = NULL;
    }
    if (st == SM_CONFLICT && rq->clash_)
        return SM_BUSY;
    /* what the database refused is no mistake of who filled in the form */
    if (st == SM_INVALID && rq->inputs_ok && call->rp.http == 0)
        return SM_FAIL(&rq->err, SM_INTERNAL, "refused without a sentence: %s",
                       rq->err.message);
    if (st == SM_INVALID && call->rp.dict && call->rp.tpl) {
        call->rp.location = NULL;
        call->rp.body = NULL;
        call->rp.http = 422;
        return SM_OK;
    }
    return st;
}

static enum sm_status serve(struct sm_call *call)
{
    enum sm_status st;

    if (!call->match.route &&
        (call->match.to_slash || strcmp(call->rq.path, "/") == 0))
        return go_to_entry(call);
    st = check_route(call);
    if (st == SM_OK)
        st = admit(call);
    if (st == SM_OK && call->rp.location)
        return SM_OK; /* to where one logs in */
    if (st == SM_OK)
        st = sm_call_read(call);
    if (st == SM_OK)
        st = run(call);
    if (st == SM_OK && call->rp.dict && !call->rp.location && !call->rp.body)
        st = sm_call_render(call);
    return st;
}

static const char *method_word(const struct sm_call *call)
{
    if (call->rq.is_post)
        return "POST";
    if (call->is_head)
        return "HEAD";
    return strcmp(call->params.method, "GET") == 0 ? "GET" : "OTHER";
}

/* One line a request; of the address only the page's pattern is told. */
static void log_call(const struct sm_call *call, enum sm_status st)
{
    const struct sm_request *rq = &call->rq;
    struct sm_log_line line;

    sm_log_begin(&line, call->head.http >= 500 ? SM_LOG_ERROR : SM_LOG_INFO,
                 "request");
    sm_log_str(&line, "id", rq->request_id);
    sm_log_str(&line, "route", rq->page->path);
    sm_log_str(&line, "method", method_word(call));
    sm_log_int(&line, "http", call->head.http);
    sm_log_int(&line, "us", sm_clock_mono_us() - call->started_us);
    sm_log_int(&line, "db_us", rq->db_us_);
    sm_log_int(&line, "bytes", (int64_t)call->bytes);
    sm_log_str(&line, "lang", sm_lang_code(rq->lang));
    if (st != SM_OK) {
        sm_log_str(&line, "status", sm_status_word(st));
        if (rq->err.file) {
            sm_log_str(&line, "why", rq->err.message);
            sm_log_str(&line, "file", rq->err.file);
            sm_log_int(&line, "line", rq->err.line);
        }
    }
    sm_log_end(&line);
}

static void count_call(const struct sm_call *call)
{
    static const enum sm_metric classes[] = {
        SM_METRIC_REQUESTS_2XX,
        SM_METRIC_REQUESTS_3XX,
        SM_METRIC_REQUESTS_4XX,
        SM_METRIC_REQUESTS_5XX,
    };
    int class = call->head.http / 100 - 2;

    if (class >= 0 && class < (int)SM_COUNT(classes))
        sm_metric_add(classes[class], 1);
    sm_metric_time(SM_HISTOGRAM_REQUEST, sm_clock_mono_us() - call->started_us);
}

static bool takes_password(const struct sm_page *page)
{
    for (size_t i = 0; i < page->ninputs; i++) {
        if (page->inputs[i].type == SM_IN_PASSWORD)
            return true;
    }
    return false;
}

void sm_web_handle(void *ctx, void *thread, struct sm_exchange *exchange)
{
    struct sm_call call = {
        .web = ctx,
        .thread = thread,
        .exchange = exchange,
        .started_us = sm_clock_mono_us(),
    };
    enum sm_status st;

    begin(&call);
    st = serve(&call);
    if (st != SM_OK)
        sm_call_error(&call, st);
    sm_call_send(&call);
    sm_request_db_release(&call.rq);
    log_call(&call, st);
    count_call(&call);
    if (call.rq.is_post && takes_password(call.rq.page))
        sm_arena_wipe(call.thread->arena);
    else
        sm_arena_clear(call.thread->arena);
}
