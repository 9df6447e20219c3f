/* links: web base */
/* Forms with files: the first line is the type, the rest the body.  What is
 * taken lies inside the body, ended in place, and is UTF-8 unless a file. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/multipart.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct sm_field *field, const char *body, size_t len)
{
    size_t at = (size_t)(field->value - body);

    if (at > len || field->len >= len - at || field->value[field->len] != '\0')
        abort();
    if (!field->file && (strlen(field->value) != field->len ||
                         !sm_utf8_valid(field->value, field->len)))
        abort();
    if (!sm_utf8_valid(field->name, strlen(field->name)))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *end = size ? memchr(data, '\n', size) : NULL;
    struct sm_arena *arena = sm_arena_new(1 << 22);
    struct sm_form form;
    size_t type_len, len;
    char *type, *body;

    if (!end || !arena) {
        sm_arena_free(arena);
        return 0;
    }
    type_len = (size_t)(end - data);
    len = size - type_len - 1;
    type = sm_arena_strndup(arena, (const char *)data, type_len);
    body = malloc(len + !len);
    if (type && body) {
        memcpy(body, end + 1, len);
        if (sm_multipart_is(type) &&
            sm_multipart_parse(&form, arena, type, body, len) == SM_OK) {
            if (form.count > SM_FORM_FIELDS)
                abort();
            for (size_t i = 0; i < form.count; i++)
                check(&form.fields[i], body, len);
        }
    }
    free(body);
    sm_arena_free(arena);
    return 0;
}
