/* What a page of thirty rows costs: calls of malloc and microseconds.  Fails
 * over the budget of docs/ARCHITECTURE.md. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "keys.h"
#include "view/view.h"

#define PAGES 2000
#define ROWS 30
#define MALLOCS_MAX 40

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

static atomic_long calls;

/* The program's own malloc goes before that of the library. */
void *malloc(size_t size)
{
    calls++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    calls++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    calls++;
    return __libc_realloc(old, size);
}

static void fill(struct sm_dict *dict)
{
    int i = 0;

    sm_set(dict, K_LANG, "ro");
    sm_show(dict, K_HAS_ROWS);
    for (i = 0; i < ROWS; i++) {
        struct sm_dict *row = sm_section(dict, K_ROW);

        sm_set(row, K_KIND, "invoice");
        sm_set(row, K_ID, "abcdefghijklmnopqrstuvwxyz");
        sm_set(row, K_LABEL, "The invoice of this month");
        sm_setf(row, K_NUMBER, "FA-2026-%d", i);
        sm_set_date(row, K_ISSUED_ON, (struct sm_date){2026, 11, 3});
        sm_set_date(row, K_DUE_ON, (struct sm_date){2026, 11, 18});
        sm_set_money(row, K_TOTAL, 1234560 + i, "RON");
        sm_set_money(row, K_OPEN, 560 + i, "RON");
        sm_set_instant(row, K_AT, INT64_C(1795000000000000));
    }
}

static int page(struct sm_buf *out)
{
    struct sm_dict *dict = sm_dict_new(SM_LANG_RO);
    struct sm_error err = {.message = ""};

    sm_buf_clear(out);
    fill(dict);
    if (sm_render(out, "table.tpl", dict, &err) != SM_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    sm_dict_free(dict);
    return 0;
}

int main(void)
{
    struct sm_error err = {.message = ""};
    struct sm_buf out;
    int64_t start;
    long before, each;
    int i = 0;

    sm_buf_init(&out, 1000000);
    if (sm_view_open(SM_TEST_SHARE, "test", sm_keys, sm_keys_count, &err) !=
        SM_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    for (i = 0; i < 10; i++)
        if (page(&out) != 0)
            return 1;
    start = sm_clock_mono_us();
    before = calls;
    for (i = 0; i < PAGES; i++)
        if (page(&out) != 0)
            return 1;
    each = (calls - before) / PAGES;
    printf("%zu bytes, %ld mallocs, %.1f us a page\n", out.len, each,
           (double)(sm_clock_mono_us() - start) / PAGES);
    sm_buf_release(&out);
    sm_view_close();
    return each <= MALLOCS_MAX ? 0 : 1;
}
