/* links: base domain xml */
/* The e-invoice reader: what it accepts agrees with itself, what it refuses
 * has a reason, and a reader that met a bad document reads the next. */
#include <stdint.h>
#include <stdlib.h>

#include "domain/ubl.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct sm_ubl_reader *reader;
    static struct sm_arena *arena;
    struct sm_ubl_document *d;
    struct sm_ubl_problem problem;
    enum sm_status status;

    if (!reader) {
        arena = sm_arena_new((size_t)16 << 20);
        if (!arena || sm_ubl_reader_new(&reader, NULL) != SM_OK)
            abort();
    }
    sm_arena_clear(arena);
    status = sm_ubl_parse(&d, reader, arena, (const char *)data, size, &problem,
                          NULL);
    if (status == SM_OK) {
        if (!d || !d->number[0] || !d->lines || d->issued_on.year == 0)
            abort();
        if (sm_ubl_check(d, &problem) != SM_OK)
            abort();
    } else if (status != SM_INVALID || d || !problem.reason[0]) {
        abort();
    }
    return 0;
}
