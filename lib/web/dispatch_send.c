/* Rendering and sending: pages, error pages, heads. */
#include <string.h>

#include "base/text.h"
#include "web/dispatch_impl.h"
#include "web/http.h"

static const char html[] = "text/html; charset=utf-8";
enum { SENT_APART = 1 << 20 }; /* bytes of a body */

static const char error_tpl[] = "error.tpl";

static void free_dict(void *dict)
{
    sm_dict_free(dict);
}

static struct sm_dict *new_dict(struct sm_request *rq)
{
    struct sm_dict *dict = sm_dict_new(rq->lang);

    if (!dict || !sm_arena_defer(rq->arena, free_dict, dict))
        return NULL;
    return dict;
}

enum sm_status sm_call_dict(struct sm_call *call)
{
    struct sm_request *rq = &call->rq;

    call->rp.dict = new_dict(rq);
    if (!call->rp.dict)
        return SM_FAIL(&rq->err, SM_INTERNAL, "dictionary: no memory");
    sm_view_values(call->rp.dict, &call->web->keys, sm_call_route(call), rq);
    return SM_OK;
}

/* A page with a form needs the browser to carry our cookie; the token makes
 * the page that browser's own. */
static void add_form_token(struct sm_call *call)
{
    struct sm_request *rq = &call->rq;
    const struct sm_guard *guard = call->web->app.guard;
    /* the menu of who is logged in has a form on every page */
    bool wanted = rq->page->post || call->rp.set_cookie || rq->customer;

    if (!call->guarded || (!wanted && !rq->has_cookie))
        return;
    if (call->web->keys.csrf >= 0)
        sm_set(call->rp.dict, call->web->keys.csrf, guard->token(rq));
    call->head.no_store = true;
    if (wanted && !rq->has_cookie)
        call->head.set_cookie = guard->cookie(rq, false);
}

enum sm_status sm_call_render(struct sm_call *call)
{
    struct sm_request *rq = &call->rq;
    const struct sm_view_keys *keys = &call->web->keys;

    sm_view_frame(call->rp.dict, keys, rq, call->match.rest,
                  &call->thread->scratch);
    sm_view_errors(call->rp.dict, keys, sm_call_route(call), rq);
    add_form_token(call);
    if (call->web->app.layout)
        call->web->app.layout(rq, &call->rp);
    sm_buf_clear(&call->thread->page);
    return sm_render(&call->thread->page, call->rp.tpl, call->rp.dict,
                     &rq->err);
}

struct words {
    int http;
    const char *title, *text;
};

static const struct words *error_words(int http)
{
    static const struct words all[] = {
        {400, SM_N_("The request could not be read"),
         SM_N_("Something was damaged on the way. Go back and try again.")},
        {403, SM_N_("This page does not open here"),
         SM_N_("It opens only in the browser in which you began. Start again "
               "from the first page.")},
        {404, SM_N_("There is no such page"),
         SM_N_("The address may be mistyped, or what it showed has expired. "
               "Start again from the first page.")},
        {405, SM_N_("This page cannot be used like that"),
         SM_N_("Start again from the first page.")},
        {409, SM_N_("Something has changed in the meantime"),
         SM_N_("Nothing was done. Look at the page again before you repeat "
               "it.")},
        {413, SM_N_("Too much was sent"), SM_N_("Send less at a time.")},
        {422, SM_N_("This form has expired"),
         SM_N_("Nothing was done. Go back, load the page again and press the "
               "button once more.")},
        {429, SM_N_("Too many tries"),
         SM_N_("Wait a while before you try again. You can also call us or "
               "pay at a cash desk.")},
        {503, SM_N_("We cannot answer just now"),
         SM_N_("Please try again in a minute.")},
        {500, SM_N_("Something went wrong on our side"),
         SM_N_("It has been noted. Please try again later.")},
    };
    size_t i = 0;

    while (i + 1 < SM_COUNT(all) && all[i].http != http)
        i++;
    return &all[i];
}

/* The same for programs, where that is another sentence. */
static const struct words *api_words(int http)
{
    static const struct words own[] = {
        {400, SM_N_("The request could not be read"),
         SM_N_("A parameter has a value that it cannot have.")},
        {401, SM_N_("A token is needed"),
         SM_N_("Send Authorization: Bearer with a token that is not revoked "
               "and not past its end. Tokens are made in the account, under "
               "Settings.")},
        {403, SM_N_("This token may not do that"),
         SM_N_("Its scope does not include it.")},
        {404, SM_N_("There is no such resource"),
         SM_N_("Neither this address nor anything of yours behind it "
               "exists.")},
        {405, SM_N_("This resource is only read"), SM_N_("Use GET or HEAD.")},
        {429, SM_N_("Too many requests"),
         SM_N_("Wait as long as Retry-After says.")},
    };

    for (size_t i = 0; i < SM_COUNT(own); i++) {
        if (own[i].http == http)
            return &own[i];
    }
    return error_words(http);
}

static bool is_pay_path(const char *rest)
{
    return strncmp(rest, "/pay", 4) == 0 || strncmp(rest, "/l/", 3) == 0;
}

static void set_if(struct sm_dict *dict, int key, const char *text)
{
    if (key >= 0)
        sm_set(dict, key, text);
}

static void fill_error(struct sm_dict *dict, const struct sm_view_keys *keys,
                       enum sm_lang lang, int http)
{
    const struct words *words = error_words(http);

    if (keys->error_code >= 0)
        sm_set_int(dict, keys->error_code, http);
    set_if(dict, keys->error_title, sm_tr(lang, words->title));
    set_if(dict, keys->error_text, sm_tr(lang, words->text));
    if (keys->retry >= 0 && (http == 503 || http == 429))
        sm_show(dict, keys->retry);
}

/* The common error page; false where it cannot be shown. */
static bool render_error(struct sm_call *call, int http)
{
    struct sm_request *rq = &call->rq;
    const struct sm_view_keys *keys = &call->web->keys;
    struct sm_error ignored = {0};

    if (keys->error_title < 0 || rq->page->plain)
        return false;
    call->rp.dict = new_dict(rq);
    call->rp.tpl = error_tpl;
    if (!call->rp.dict)
        return false;
    sm_view_frame(call->rp.dict, keys, rq,
                  call->match.route ? call->match.rest : "/",
                  &call->thread->scratch);
    fill_error(call->rp.dict, keys, rq->lang, http);
    if (keys->error_pay >= 0 && is_pay_path(call->match.rest))
        sm_show(call->rp.dict, keys->error_pay);
    if (call->web->app.layout)
        call->web->app.layout(rq, &call->rp);
    sm_buf_clear(&call->thread->page);
    return sm_render(&call->thread->page, error_tpl, call->rp.dict, &ignored) ==
           SM_OK;
}

static bool is_api(const struct sm_call *call)
{
    return call->rq.page->auth == SM_AUTH_TOKEN ||
           strncmp(call->rq.path, "/api/", 5) == 0;
}

/* What a program is told: problem+json (RFC 9457). */
static void say_problem(struct sm_call *call, int http)
{
    const struct words *words = api_words(http);
    struct sm_buf *out = &call->thread->scratch;
    enum sm_lang lang = call->rq.lang;
    const char *title = sm_tr(lang, words->title);
    const char *text = sm_tr(lang, words->text);

    sm_buf_clear(out);
    sm_buf_adds(out, "{\"type\":\"about:blank\",\"status\":");
    sm_buf_addi(out, http);
    sm_buf_adds(out, ",\"title\":\"");
    sm_buf_add_json(out, title, strlen(title));
    sm_buf_adds(out, "\",\"detail\":\"");
    sm_buf_add_json(out, text, strlen(text));
    sm_buf_adds(out, "\",\"request_id\":\"");
    sm_buf_add_json(out, call->rq.request_id, strlen(call->rq.request_id));
    sm_buf_adds(out, "\"}\n");
    sm_reply_text(&call->rp, http, "application/problem+json", out->data);
}

void sm_call_error(struct sm_call *call, enum sm_status st)
{
    int wish = call->rp.http;
    int http = wish >= 400 ? wish : sm_http_status(st);
    int retry_after_s = call->rp.retry_after_s;

    if (http == 503 && retry_after_s <= 0)
        retry_after_s = 5;
    if (http == 429 && retry_after_s <= 0)
        retry_after_s = 60;
    memset(&call->rp, 0, sizeof(call->rp));
    call->head.set_cookie = NULL;
    call->head.no_store = true;
    call->rp.http = http;
    call->rp.retry_after_s = retry_after_s;
    if (is_api(call)) {
        say_problem(call, http);
        return;
    }
    if (render_error(call, http))
        return;
    call->rp.dict = NULL;
    sm_buf_clear(&call->thread->scratch);
    sm_buf_addf(&call->thread->scratch, "%s\n%s\n%s\n",
                sm_tr(call->rq.lang, error_words(http)->title),
                sm_tr(call->rq.lang, error_words(http)->text),
                call->rq.request_id);
    sm_reply_text(&call->rp, http, "text/plain; charset=utf-8",
                  call->thread->scratch.data);
}

/* Head and body in one go; a body that is large, without copying it. */
static void send_all(struct sm_call *call, const char *body, size_t len)
{
    struct sm_buf *out = &call->thread->out;
    bool apart = len > SENT_APART;

    if (!apart)
        sm_buf_add(out, body, len);
    if (!sm_buf_ok(out) ||
        !sm_exchange_send(call->exchange, out->data, out->len))
        return;
    if (apart && !sm_exchange_send(call->exchange, body, len))
        return;
    call->bytes = out->len + (apart ? len : 0);
}

void sm_call_send(struct sm_call *call)
{
    struct sm_reply *rp = &call->rp;
    struct sm_buf *out = &call->thread->out;
    const char *body = call->thread->page.data;
    size_t len = call->thread->page.len;

    call->head.http = rp->http ? rp->http : 200;
    call->head.type = html;
    call->head.lang = rp->location ? NULL : sm_lang_code(call->rq.lang);
    if (call->rq.page->personal)
        call->head.no_store = true;
    if (rp->location) {
        call->head.type = NULL;
        len = 0;
    } else if (rp->body) {
        call->head.type = call->head.http == 304 ? NULL : rp->type;
        call->head.lang = NULL;
        body = rp->body;
        len = rp->body_len;
    }
    if (rp->location && rp->set_cookie && call->guarded && !call->rq.has_cookie)
        call->head.set_cookie = call->web->app.guard->cookie(&call->rq, false);
    if (rp->session && call->guarded) {
        call->head.session = rp->session;
        call->head.set_cookie = call->web->app.guard->cookie(&call->rq, true);
    }
    if (call->head.set_cookie)
        call->head.no_store = true;
    call->head.length = len;
    sm_buf_clear(out);
    sm_headers_add(out, &call->head, &call->rq, rp);
    send_all(call, body, call->is_head ? 0 : len);
}

enum sm_status sm_web_error_page(struct sm_buf *out, const struct sm_web *web,
                                 enum sm_lang lang, int http,
                                 struct sm_error *err)
{
    static const struct sm_page outside = {.path = "-", .help = "none"};
    struct sm_arena *arena = sm_arena_new(1 << 20);
    struct sm_request rq = {
        .app = &web->app,
        .page = &outside,
        .arena = arena,
        .lang = lang,
        .request_id = "",
        .path = "/",
    };
    struct sm_reply rp = {.tpl = error_tpl};
    struct sm_buf scratch;
    enum sm_status st = SM_INTERNAL;

    sm_buf_init(&scratch, 8192);
    rp.dict = arena ? new_dict(&rq) : NULL;
    if (rp.dict) {
        sm_view_frame(rp.dict, &web->keys, &rq, "/", &scratch);
        fill_error(rp.dict, &web->keys, lang, http);
        if (web->app.layout)
            web->app.layout(&rq, &rp);
        st = sm_render(out, error_tpl, rp.dict, err);
    }
    sm_buf_release(&scratch);
    sm_arena_free(arena);
    return st;
}
