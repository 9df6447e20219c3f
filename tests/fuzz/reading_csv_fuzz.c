/* links: base domain */
/* Files of many readings: whatever the bytes, it ends within its bounds, and
 * every row that is taken is one that a meter could have. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/reading.h"
#include "domain/reading_csv.h"

static struct sm_reading_file file;

static void check(const struct sm_reading_row *row)
{
    if (row->line < 2 || row->serial[0] == '\0' || row->register_no < 1 ||
        row->register_no > SM_REGISTERS_MAX || row->value_milli < 0 ||
        row->value_milli >= sm_register_full(SM_REGISTER_DIGITS_MAX) ||
        row->decimals < 0 || row->decimals > SM_REGISTER_DECIMALS_MAX)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct sm_arena *arena = sm_arena_new((size_t)4 << 20);

    if (arena &&
        sm_reading_csv(&file, arena, (const char *)data, size, NULL) == SM_OK) {
        if (file.nrows > SM_READING_ROWS_MAX)
            abort();
        for (size_t i = 0; i < file.nrows; i++)
            check(&file.rows[i]);
    }
    sm_arena_free(arena);
    return 0;
}
