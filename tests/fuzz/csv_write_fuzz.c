/* links: base domain */
/* The CSV writer: what it wrote, our own reader reads back, field for field;
 * a text that would be a formula comes back with an apostrophe. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/csv.h"
#include "domain/csv_write.h"

struct memory {
    const char *bytes;
    size_t len, pos;
};

static const struct sm_csv_column columns[] = {{"a", true}, {"b", true}};

static enum sm_status read_memory(void *ctx, char *buf, size_t size,
                                  size_t *got, struct sm_error *err)
{
    struct memory *m = ctx;
    size_t n = m->len - m->pos;

    (void)err;
    n = n > size ? size : n;
    memcpy(buf, m->bytes + m->pos, n);
    m->pos += n;
    *got = n;
    return SM_OK;
}

/* The reader trims blanks; a formula was marked. */
static void expect(const char *got, const char *want)
{
    size_t len = strlen(want);

    if (*want && strchr("=+-@\t\r\n", *want)) {
        if (*got++ != '\'')
            abort();
    } else {
        while (*want == ' ' || *want == '\t') {
            want++;
            len--;
        }
    }
    while (len > 0 && (want[len - 1] == ' ' || want[len - 1] == '\t'))
        len--;
    if (strlen(got) != len || memcmp(got, want, len) != 0)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[200];
    size_t len = size > sizeof(text) - 1 ? sizeof(text) - 1 : size;
    struct sm_csv *csv = NULL;
    struct memory m;
    struct sm_buf buf;

    memcpy(text, data, len);
    text[len] = '\0';
    if (!sm_utf8_valid(text, strlen(text)))
        return 0;
    sm_buf_init(&buf, 4096);
    sm_csv_begin(&buf, "a,b");
    sm_csv_text(&buf, "x");
    sm_csv_text(&buf, text);
    sm_csv_end(&buf);
    m = (struct memory){buf.data, buf.len, 0};
    if (sm_csv_open(&csv, &(struct sm_csv_source){&m, read_memory}, columns, 2,
                    NULL) != SM_OK ||
        sm_csv_next(csv, NULL) != SM_OK)
        abort();
    expect(sm_csv_get(csv, 1), text);
    if (sm_csv_next(csv, NULL) != SM_NOT_FOUND)
        abort();
    sm_csv_free(csv);
    sm_buf_release(&buf);
    return 0;
}
