/* links: web view base */
/* Paths against a route table: a match has a segment for every {name}. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "web/reply.h"
#include "web/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum sm_status nothing(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    (void)rp;
    return SM_OK;
}

#define PAGE(p, at_root)                                                       \
    {                                                                          \
        .path = (p), .plain = (at_root), .auth = SM_AUTH_PUBLIC,               \
        .inputs = inputs, .ninputs = 1, .get = nothing, .help = "x"            \
    }

static const struct sm_input inputs[] = {{.name = "id", .type = SM_IN_ID}};
static const struct sm_page all[] = {
    PAGE("/", false),
    PAGE("/pay", false),
    PAGE("/pay/{id}", false),
    PAGE("/pay/{id}/start", false),
    PAGE("/pay/status/{id}", false),
    PAGE("/robots.txt", true),
    PAGE("/gw/notify/{id}", true),
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sm_routes routes;
    const struct sm_page *pages[SM_COUNT(all)];
    const char *stems[SM_COUNT(all)];
    struct sm_match match;
    char *path = malloc(size + 1);

    for (size_t i = 0; i < SM_COUNT(all); i++) {
        pages[i] = &all[i];
        stems[i] = all[i].path;
    }
    if (!routes.routes &&
        sm_routes_build(&routes, pages, stems, SM_COUNT(all), NULL) != SM_OK)
        abort();
    if (!path)
        return 0;
    if (size > 0)
        memcpy(path, data, size);
    path[size] = '\0';
    sm_routes_match(&match, &routes, NULL, path);
    if (match.route) {
        if (match.count != match.route->count)
            abort();
        for (size_t i = 0; i < match.count; i++) {
            if (match.route->segments[i].input >= 0 &&
                match.segments[i].len == 0)
                abort();
        }
    }
    free(path);
    return 0;
}
