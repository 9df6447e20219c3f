/* Reading a request: body, form, form token, declared inputs. */
#include <string.h>

#include "base/form.h"
#include "base/text.h"
#include "web/dispatch_impl.h"
#include "web/input.h"
#include "web/multipart.h"

static const char form_type[] = "application/x-www-form-urlencoded";

bool sm_call_same_origin(const struct sm_call *call)
{
    const char *origin = call->params.origin;

    /* Some privacy settings send "null"; then only the other word counts. */
    if (*origin && strcmp(origin, "null") != 0)
        return strcmp(origin, call->web->public_origin) == 0;
    return strcmp(call->params.fetch_site, "same-origin") == 0;
}

static enum sm_status refuse(struct sm_call *call, int http, const char *why)
{
    call->rp.http = http;
    return SM_FAIL(&call->rq.err, SM_INVALID, "%s", why);
}

/* Read the whole body into the arena, within the page's limit; the form may
 * be parsed in it, so *OUT is ours to change. */
static enum sm_status read_body(struct sm_call *call, char **out)
{
    struct sm_request *rq = &call->rq;
    size_t max = sm_page_body_max(rq->page), size = max;
    int64_t announced = -1;
    ssize_t got;
    char *body;

    if (*call->params.content_length) {
        if (sm_parse_i64(&announced, call->params.content_length, 0,
                         INT64_MAX) != SM_OK)
            return refuse(call, 400, "a bad CONTENT_LENGTH");
        if (announced > (int64_t)max)
            return refuse(call, 413, "the body is over the page's limit");
        size = (size_t)announced;
    }
    body = sm_arena_alloc(rq->arena, size + 1);
    if (!body)
        return SM_FAIL(&rq->err, SM_INTERNAL, "body: no memory");
    got = sm_exchange_body(call->exchange, body, size);
    if (got > (ssize_t)size)
        return refuse(call, announced < 0 ? 413 : 400, "the body is longer");
    if (got < 0 || (announced >= 0 && got != announced))
        return refuse(call, 400, "the body ended early");
    *out = body;
    rq->body = body;
    rq->body_len = (size_t)got;
    return SM_OK;
}

static bool is_form(const char *content_type)
{
    size_t len = sizeof(form_type) - 1;
    char head[sizeof(form_type)];

    sm_copy(head, sizeof(head), content_type);
    return sm_equal_nocase(head, form_type) &&
           (content_type[len] == '\0' || content_type[len] == ';' ||
            content_type[len] == ' ');
}

/* The form token and the field that people do not see.  What fails here is
 * shown again with all that was typed. */
static enum sm_status check_form(struct sm_call *call,
                                 const struct sm_form *form)
{
    struct sm_request *rq = &call->rq;
    const struct sm_field *token, *trap;

    if (sm_form_find(&token, form, "csrf") != SM_OK ||
        sm_form_find(&trap, form, "website") != SM_OK)
        return refuse(call, 400, "a field came twice");
    if (!rq->has_cookie)
        sm_in_refuse(rq, NULL,
                     SM_N_("Your browser did not send our cookie. Allow "
                           "cookies for this site, then press the button "
                           "again."));
    else if (!token || !call->web->app.guard->check(rq, token->value))
        sm_in_refuse(rq, NULL,
                     SM_N_("This form has expired. What you typed is still "
                           "here: please press the button again."));
    else if (trap && trap->len > 0)
        sm_in_refuse(rq, NULL,
                     SM_N_("Something filled in a field that must stay empty. "
                           "Please press the button again."));
    return SM_OK;
}

static enum sm_status formed(struct sm_call *call, enum sm_status st)
{
    if (st == SM_INVALID)
        return refuse(call, 400, "a broken form");
    return st == SM_OK ? SM_OK : SM_FAIL(&call->rq.err, st, "form: no memory");
}

static bool takes_files(const struct sm_page *page)
{
    for (size_t i = 0; i < page->ninputs; i++) {
        if (page->inputs[i].type == SM_IN_BYTES)
            return true;
    }
    return false;
}

/* The form in BODY, which stays in the arena. */
static enum sm_status parse_body(struct sm_call *call, struct sm_form *form,
                                 char *body)
{
    struct sm_request *rq = &call->rq;
    const char *type = call->params.content_type;

    if (is_form(type))
        return formed(call, sm_form_parse(form, rq->arena, body, rq->body_len));
    if (!takes_files(rq->page) || !sm_multipart_is(type))
        return refuse(call, 400, "not a form");
    return formed(
        call, sm_multipart_parse(form, rq->arena, type, body, rq->body_len));
}

enum sm_status sm_call_read(struct sm_call *call)
{
    struct sm_request *rq = &call->rq;
    bool is_signed = SM_PAGE_SIGNED(rq->page, rq->is_post);
    struct sm_form form = {0};
    enum sm_status st = SM_OK;
    char *body = NULL;

    if (rq->is_post)
        st = read_body(call, &body);
    if (st == SM_OK && rq->is_post && !is_signed)
        st = parse_body(call, &form, body);
    else if (st == SM_OK)
        st = formed(call, sm_form_parse(&form, rq->arena, call->params.query,
                                        strlen(call->params.query)));
    if (st != SM_OK)
        return st;
    st = sm_inputs_read(rq, &call->match, &form);
    if (st == SM_INVALID)
        call->rp.http = 400;
    if (st == SM_OK && rq->is_post && !is_signed)
        st = check_form(call, &form);
    if (!is_signed)
        rq->body = NULL;
    return st;
}
