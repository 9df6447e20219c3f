/* links: base domain */
/* The CSV reader: whatever the bytes and however they are cut into reads, it
 * ends, stays within its limits, and gives the same records. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "domain/csv.h"

struct memory {
    const uint8_t *bytes;
    size_t len, pos, step;
};

static const struct sm_csv_column columns[] = {{"a", false}, {"b", false}};

static enum sm_status read_memory(void *ctx, char *buf, size_t size,
                                  size_t *got, struct sm_error *err)
{
    struct memory *m = ctx;
    size_t n = m->len - m->pos;

    (void)err;
    n = n > size ? size : n;
    n = n > m->step ? m->step : n;
    memcpy(buf, m->bytes + m->pos, n);
    m->pos += n;
    *got = n;
    return SM_OK;
}

static uint64_t mix(uint64_t sum, const char *text)
{
    if (strlen(text) > SM_CSV_FIELD_MAX)
        abort();
    for (; *text; text++)
        sum = sum * 31 + (uint8_t)*text;
    return sum * 31 + 7;
}

/* A sum over all that the reader says. */
static uint64_t read_all(const uint8_t *bytes, size_t len, size_t step)
{
    struct memory m = {bytes, len, 0, step};
    struct sm_csv_source source = {&m, read_memory};
    struct sm_csv *csv;
    enum sm_status status;
    uint64_t sum = 0;

    if (sm_csv_open(&csv, &source, columns, 2, NULL) != SM_OK)
        return 0;
    while ((status = sm_csv_next(csv, NULL)) != SM_NOT_FOUND) {
        if (status != SM_OK && status != SM_INVALID)
            abort();
        sum = sum * 31 + (uint64_t)status;
        sum = sum * 31 + (uint64_t)sm_csv_line(csv);
        if (status == SM_OK)
            sum = mix(mix(sum, sm_csv_get(csv, 0)), sm_csv_get(csv, 1));
    }
    sm_csv_free(csv);
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (read_all(data, size, 4096) != read_all(data, size, 3))
        abort();
    return 0;
}
