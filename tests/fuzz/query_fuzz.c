/* links: web config base */
/* A query through the form parser and every type of input. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "web/input.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct sm_arena *arena, const struct sm_settings *settings,
                  const struct sm_field *field)
{
    for (int type = SM_IN_TEXT; type <= SM_IN_LANG; type++) {
        const struct sm_input input = {
            .name = "x",
            .type = (enum sm_input_type)type,
            .min = 1,
            .max = 100,
            .choices = "a|bc|",
        };
        struct sm_value value = {.raw = field->value};

        sm_input_check(&value, arena, settings, &input, field->len);
        if (value.present == (value.error != NULL) && *value.text)
            abort();
        if (!sm_utf8_valid(value.text, strlen(value.text)))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sm_settings *settings;
    struct sm_arena *arena = sm_arena_new(1 << 24);
    struct sm_form form;

    if (!settings && sm_settings_load(&settings, NULL, NULL) != SM_OK)
        abort();
    if (!arena)
        return 0;
    if (sm_form_parse(&form, arena, (const char *)data, size) == SM_OK) {
        for (size_t i = 0; i < form.count; i++)
            check(arena, settings, &form.fields[i]);
    }
    sm_arena_free(arena);
    return 0;
}
