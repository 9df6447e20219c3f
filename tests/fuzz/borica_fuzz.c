/* links: pay json crypto base */
/* An answer of BORICA's gateway, as a form and as JSON: whatever is read has
 * every string, and whatever it means has a kind and a reason where one is
 * due. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pay/borica.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct sm_borica_answer *answer)
{
    static const enum sm_borica_when whens[] = {
        SM_BORICA_AT_ONCE, SM_BORICA_ASKED, SM_BORICA_LATE};
    struct sm_pay_event event;
    struct sm_buf text;
    size_t i;

    for (i = 0; i < SM_BORICA_FIELDS; i++)
        if (answer->value[i] == NULL)
            abort();
    sm_buf_init(&text, 1 << 20);
    sm_borica_answer_text(&text, SM_BORICA_GENERAL, answer);
    sm_buf_release(&text);
    for (i = 0; i < 3; i++) {
        event = sm_pay_event_none();
        if (!sm_borica_classify(&event, answer->value[SM_BORICA_ACTION],
                                answer->value[SM_BORICA_RC], whens[i]))
            continue;
        if (event.kind == SM_PAY_CLOSED && event.reason[0] == '\0')
            abort();
        /* paid means both halves, whoever says so */
        if (event.kind == SM_PAY_CAPTURED &&
            (strcmp(answer->value[SM_BORICA_ACTION], "0") != 0 ||
             strcmp(answer->value[SM_BORICA_RC], "00") != 0))
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sm_arena *arena = sm_arena_new(1 << 22);
    struct sm_borica_answer answer;

    if (arena == NULL)
        return 0;
    if (sm_borica_read_form(&answer, arena, (const char *)data, size, NULL) ==
        SM_OK)
        check(&answer);
    if (sm_borica_read_json(&answer, arena, (const char *)data, size, NULL) ==
        SM_OK)
        check(&answer);
    sm_arena_free(arena);
    return 0;
}
