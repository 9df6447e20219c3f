#include "web/route.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { PATH_MAX_BYTES = 1024 };

size_t sm_page_body_max(const struct sm_page *page)
{
    return page->body_max ? page->body_max : SM_ROUTE_BODY_DEFAULT;
}

/* Cut "/a/b" into segments; "/" has none but one empty.  False if there are
 * too many or the path does not begin with a slash. */
static bool split(struct sm_segment *out, size_t *count, const char *path)
{
    *count = 0;
    if (path[0] != '/')
        return false;
    while (*path == '/') {
        size_t len = strcspn(++path, "/");

        if (*count == SM_ROUTE_SEGMENTS)
            return false;
        out[(*count)++] = (struct sm_segment){path, len, -1};
        path += len;
    }
    return true;
}

static int input_index(const struct sm_page *page, const char *name, size_t len)
{
    for (size_t i = 0; i < page->ninputs; i++) {
        const char *known = page->inputs[i].name;

        if (strlen(known) == len && memcmp(known, name, len) == 0)
            return (int)i;
    }
    return -1;
}

static enum sm_status parse_pattern(struct sm_route *route,
                                    struct sm_error *err)
{
    const struct sm_page *page = route->page;

    if (!page->path || !split(route->segments, &route->count, page->path))
        return SM_FAIL(err, SM_INVALID, "page %s: bad path", route->stem);
    for (size_t i = 0; i < route->count; i++) {
        struct sm_segment *segment = &route->segments[i];
        size_t len = segment->len;

        if (len == 0 || segment->text[0] != '{')
            continue;
        if (len < 3 || segment->text[len - 1] != '}')
            return SM_FAIL(err, SM_INVALID, "page %s: bad path", route->stem);
        segment->input = input_index(page, segment->text + 1, len - 2);
        if (segment->input < 0 || page->inputs[segment->input].many)
            return SM_FAIL(err, SM_INVALID,
                           "page %s: a path segment is not an input",
                           route->stem);
    }
    return SM_OK;
}

static bool known_limit(const char *limit)
{
    static const char *const zones[] = {"page", "lookup", "start", "notify"};

    for (size_t i = 0; i < SM_COUNT(zones); i++) {
        if (strcmp(limit, zones[i]) == 0)
            return true;
    }
    return false;
}

static const char *input_problem(const struct sm_input *input)
{
    if (!input->name || !*input->name)
        return "an input has no name";
    if (input->min > input->max)
        return "an input's min is over its max";
    if (input->many &&
        (input->type != SM_IN_ID || input->max < 1 || input->max > SM_MANY_MAX))
        return "an input of many is no list of ids with a max";
    switch (input->type) {
    case SM_IN_TEXT:
    case SM_IN_TOKEN:
    case SM_IN_BYTES:
        return input->max > 0 ? NULL : "an input of text has no max";
    case SM_IN_INT:
    case SM_IN_AMOUNT:
        return input->max != 0 ? NULL : "an input of a number has no max";
    case SM_IN_CHOICE:
        return input->choices ? NULL : "an input has no choices";
    case SM_IN_BOOL:
    case SM_IN_ID:
    case SM_IN_PAYMENT_CODE:
    case SM_IN_EMAIL:
    case SM_IN_PHONE:
    case SM_IN_LANG:
    case SM_IN_CLIENT_CODE:
    case SM_IN_INVOICE_NO:
    case SM_IN_PASSWORD:
        return NULL;
    default:
        return "an input has no such type";
    }
}

/* Why PAGE must not be served; NULL if it is sound. */
static const char *page_problem(const struct sm_page *page)
{
    if (page->auth <= SM_AUTH_UNSET || page->auth > SM_AUTH_LOOPBACK)
        return "says not who may enter (.auth)";
    if (page->auth == SM_AUTH_CUSTOMER && !page->personal)
        return "is for customers and not .personal";
    if (page->auth != SM_AUTH_CUSTOMER && (page->stage || page->confirm))
        return "is not for customers and has a .stage or .confirm";
    if ((page->auth == SM_AUTH_TOKEN) !=
        (page->plain && page->path && strncmp(page->path, "/api/", 5) == 0))
        return "is for tokens and not below /api/, or the other way round";
    if (page->auth == SM_AUTH_TOKEN &&
        (!page->personal || page->post || page->get_writes || page->tpl))
        return "is for tokens and more than read by programs";
    if (!page->help || !*page->help)
        return "has no .help";
    if (!page->get && !page->post)
        return "has no handler";
    if (sm_page_body_max(page) > SM_ROUTE_BODY_CAP)
        return "has a .body_max over the cap";
    if (page->limit && !known_limit(page->limit))
        return "names an unknown .limit";
    if (page->signed_post && !page->post)
        return "signs a POST that it does not take";
    if ((page->auth == SM_AUTH_SIGNED || page->signed_post) && page->tpl)
        return "is for machines and has a template";
    if (page->ninputs > 0 && !page->inputs)
        return "has no .inputs";
    for (size_t i = 0; i < page->ninputs; i++) {
        const char *problem = input_problem(&page->inputs[i]);

        if (problem)
            return problem;
        if (input_index(page, page->inputs[i].name,
                        strlen(page->inputs[i].name)) != (int)i)
            return "declares an input twice";
    }
    return NULL;
}

/* Order of specificity: fewer segments first, literal before {name}, then by
 * text; equal shapes compare as 0. */
static int compare(const void *left, const void *right)
{
    const struct sm_route *a = left, *b = right;

    if (a->page->plain != b->page->plain)
        return a->page->plain ? -1 : 1;
    if (a->count != b->count)
        return a->count < b->count ? -1 : 1;
    for (size_t i = 0; i < a->count; i++) {
        const struct sm_segment *x = &a->segments[i], *y = &b->segments[i];
        int order;

        if ((x->input < 0) != (y->input < 0))
            return x->input < 0 ? -1 : 1;
        if (x->input >= 0)
            continue;
        order = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);
        if (order != 0)
            return order;
        if (x->len != y->len)
            return x->len < y->len ? -1 : 1;
    }
    return 0;
}

enum sm_status sm_routes_build(struct sm_routes *out,
                               const struct sm_page *const *pages,
                               const char *const *stems, size_t count,
                               struct sm_error *err)
{
    enum sm_status st = SM_OK;

    out->count = count;
    out->routes = calloc(count ? count : 1, sizeof(*out->routes));
    if (!out->routes)
        return SM_FAIL(err, SM_INTERNAL, "routes: no memory");
    for (size_t i = 0; i < count && st == SM_OK; i++) {
        struct sm_route *route = &out->routes[i];
        const char *problem = page_problem(pages[i]);

        route->page = pages[i];
        route->stem = stems[i];
        if (problem)
            st = SM_FAIL(err, SM_INVALID, "page %s: %s", stems[i], problem);
        else
            st = parse_pattern(route, err);
    }
    if (st == SM_OK)
        qsort(out->routes, count, sizeof(*out->routes), compare);
    for (size_t i = 1; i < count && st == SM_OK; i++) {
        if (compare(&out->routes[i - 1], &out->routes[i]) == 0)
            st = SM_FAIL(err, SM_INVALID, "pages %s and %s: the same path",
                         out->routes[i - 1].stem, out->routes[i].stem);
    }
    if (st != SM_OK)
        sm_routes_free(out);
    return st;
}

void sm_routes_free(struct sm_routes *routes)
{
    free(routes->routes);
    routes->routes = NULL;
    routes->count = 0;
}

static bool fits(const struct sm_route *route, const struct sm_segment *have,
                 size_t count)
{
    if (route->count != count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct sm_segment *want = &route->segments[i];

        if (want->input >= 0
                ? have[i].len == 0
                : want->len != have[i].len ||
                      memcmp(want->text, have[i].text, want->len) != 0)
            return false;
    }
    return true;
}

/* The language at the head of PATH ("/ro/..."); NULL if there is none. */
static const char *below_language(enum sm_lang *out, const char *path)
{
    char code[3] = {0};

    if (path[0] != '/' || !path[1] || !path[2])
        return NULL;
    if (path[3] != '/' && path[3] != '\0')
        return NULL;
    memcpy(code, path + 1, 2);
    if (sm_lang_parse(out, code) != SM_OK)
        return NULL;
    return path + 3;
}

static void find(struct sm_match *out, const struct sm_routes *routes,
                 const char *instance, const char *path, bool plain)
{
    if (!split(out->segments, &out->count, path))
        return;
    for (size_t i = 0; i < routes->count; i++) {
        const struct sm_route *route = &routes->routes[i];
        const char *only = route->page->instance;

        if (route->page->plain != plain ||
            (only && instance && strcmp(only, instance) != 0))
            continue;
        if (fits(route, out->segments, out->count)) {
            out->route = route;
            return;
        }
    }
}

void sm_routes_match(struct sm_match *out, const struct sm_routes *routes,
                     const char *instance, const char *path)
{
    memset(out, 0, sizeof(*out));
    out->rest = path;
    if (strnlen(path, PATH_MAX_BYTES + 1) > PATH_MAX_BYTES)
        return;
    find(out, routes, instance, path, true);
    if (out->route)
        return;
    out->rest = below_language(&out->lang, path);
    if (!out->rest) {
        out->rest = path;
        return;
    }
    out->has_lang = true;
    if (*out->rest == '\0')
        out->to_slash = true;
    else
        find(out, routes, instance, out->rest, false);
}
