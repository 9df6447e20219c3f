/* links: web base */
/* Form bodies: what is taken is UTF-8 without NUL, within the ceiling. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/form.h"
#include "base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sm_arena *arena = sm_arena_new(1 << 22);
    struct sm_form form;

    if (!arena)
        return 0;
    if (sm_form_parse(&form, arena, (const char *)data, size) == SM_OK) {
        if (form.count > SM_FORM_FIELDS)
            abort();
        for (size_t i = 0; i < form.count; i++) {
            const struct sm_field *field = &form.fields[i];

            if (strlen(field->value) != field->len ||
                !sm_utf8_valid(field->value, field->len))
                abort();
        }
    }
    sm_arena_free(arena);
    return 0;
}
