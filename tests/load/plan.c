#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { PLAN_MAX = 1 << 30, REQUEST_MAX = 1 << 20 };

static char *read_file(size_t *len, const char *name)
{
    FILE *file = fopen(name, "rbe");
    char *text = NULL;
    long size;

    if (!file)
        return NULL;
    if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 &&
        size < PLAN_MAX && fseek(file, 0, SEEK_SET) == 0 &&
        (text = malloc((size_t)size + 1)) != NULL) {
        *len = fread(text, 1, (size_t)size, file);
        text[*len] = '\0';
    }
    (void)fclose(file);
    return text;
}

/* One "NAME LENGTH\n" and its bytes at AT; where the next begins, or NULL. */
static char *read_request(struct ld_request *out, char *at, const char *end)
{
    char *space = memchr(at, ' ', (size_t)(end - at));
    char *line = space ? memchr(space, '\n', (size_t)(end - space)) : NULL;
    int64_t len;

    if (!line)
        return NULL;
    *space = *line = '\0';
    if (sm_parse_i64(&len, space + 1, 1, REQUEST_MAX) != SM_OK ||
        len > end - (line + 1) || !sm_copy(out->name, sizeof(out->name), at))
        return NULL;
    out->bytes = line + 1;
    out->len = (size_t)len;
    return line + 1 + len;
}

bool ld_plan_read(struct ld_plan *out, const char *file)
{
    size_t len = 0, room = 0;
    char *at, *end;

    *out = (struct ld_plan){.text = read_file(&len, file)};
    at = out->text;
    end = at ? at + len : NULL;
    while (at && at < end) {
        if (out->count == room) {
            struct ld_request *more;

            room = room ? 2 * room : 1024;
            more = realloc(out->requests, room * sizeof(*more));
            if (!more)
                break;
            out->requests = more;
        }
        at = read_request(&out->requests[out->count], at, end);
        if (at)
            out->count++;
    }
    if (at && at == end && out->count > 0)
        return true;
    (void)fprintf(stderr, "load client: %s is not a plan\n", file);
    ld_plan_free(out);
    return false;
}

const struct ld_request *ld_plan_next(struct ld_plan *plan)
{
    return &plan->requests[plan->next++ % plan->count];
}

void ld_plan_free(struct ld_plan *plan)
{
    free(plan->requests);
    free(plan->text);
    *plan = (struct ld_plan){0};
}
