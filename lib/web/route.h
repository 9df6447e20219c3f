/* The route table of a program: every page verified at start, then looked up
 * by path.  Literal segments win over {name} ones, left to right. */
#ifndef SM_WEB_ROUTE_H
#define SM_WEB_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"
#include "view/lang.h"
#include "web/page.h"

#define SM_ROUTE_SEGMENTS 8
#define SM_ROUTE_BODY_DEFAULT 65536
#define SM_ROUTE_BODY_CAP (6 * 1024 * 1024)

/* A piece of a path between slashes; for a pattern, input is the index of
 * the declared input it fills, -1 for literal text. */
struct sm_segment {
    const char *text;
    size_t len;
    int input;
};

struct sm_route {
    const struct sm_page *page;
    const char *stem;
    size_t count;
    struct sm_segment segments[SM_ROUTE_SEGMENTS];
};

struct sm_routes {
    struct sm_route *routes; /* most specific first */
    size_t count;
};

/* What a request's path turned out to be. */
struct sm_match {
    const struct sm_route *route; /* NULL: no such page */
    bool has_lang;
    enum sm_lang lang;
    const char *rest; /* the path below the language; the whole if plain */
    bool to_slash;    /* "/ro": the same with a slash is meant */
    size_t count;
    struct sm_segment segments[SM_ROUTE_SEGMENTS];
};

/* Verify COUNT pages and make the table.  Refuses (SM_INVALID, the page named
 * in err) what page.h does not allow: no auth, no help, no handler, a path
 * twice, a {name} without its input, a template missing for a handler that
 * shows, a body over the cap, an unknown limit zone. */
enum sm_status sm_routes_build(struct sm_routes *out,
                               const struct sm_page *const *pages,
                               const char *const *stems, size_t count,
                               struct sm_error *err) SM_MUSTCHECK;
void sm_routes_free(struct sm_routes *routes);

/* Find the page of PATH among those that INSTANCE serves (NULL: all). */
void sm_routes_match(struct sm_match *out, const struct sm_routes *routes,
                     const char *instance, const char *path);

/* The limit on a page's body in bytes. */
size_t sm_page_body_max(const struct sm_page *page);

/* Print the table, stable and sorted by path: for people and the golden test,
 * or as JSON for the generator of nginx's locations. */
void sm_routes_print(const struct sm_routes *routes, const char *program);
void sm_routes_print_json(const struct sm_routes *routes, const char *program);

#endif
