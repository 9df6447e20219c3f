/* links: base */
/* Memory that is released as a whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"

static int released[8];
static int released_count;

static void note_release(void *ptr)
{
    released[released_count++] = *(int *)ptr;
}

static void arena_zeroes_and_aligns(void **state)
{
    struct sm_arena *arena = sm_arena_new(1 << 20);

    (void)state;
    assert_non_null(arena);
    for (int round = 0; round < 3; round++) {
        for (size_t size = 0; size < 300; size++) {
            unsigned char *ptr = sm_arena_alloc(arena, size);

            assert_non_null(ptr);
            assert_int_equal((uintptr_t)ptr % _Alignof(max_align_t), 0);
            for (size_t i = 0; i < size; i++)
                assert_int_equal(ptr[i], 0);
            if (size)
                memset(ptr, 0xAA, size);
        }
        sm_arena_clear(arena);
        assert_int_equal(sm_arena_used(arena), 0);
    }
    sm_arena_free(arena);
    sm_arena_free(NULL);
}

static void arena_keeps_its_ceiling(void **state)
{
    struct sm_arena *arena = sm_arena_new(1000);
    char *kept;

    (void)state;
    assert_null(sm_arena_alloc(arena, 1001));
    assert_null(sm_arena_alloc(arena, SIZE_MAX));
    assert_null(sm_arena_calloc(arena, SIZE_MAX / 2, 3));
    kept = sm_arena_strdup(arena, "kept");
    assert_string_equal(kept, "kept");
    assert_null(sm_arena_alloc(arena, 990));
    assert_non_null(sm_arena_alloc(arena, 900));
    assert_null(sm_arena_printf(arena, "%0500d", 1));
    assert_string_equal(kept, "kept");
    assert_null(sm_arena_strdup(arena, NULL));
    sm_arena_free(arena);
}

static void arena_first_block_is_reused(void **state)
{
    struct sm_arena *arena = sm_arena_new(16 << 20);
    void *first = sm_arena_alloc(arena, 100);

    (void)state;
    /* Large and small blocks mixed; all must survive until the clear. */
    for (int i = 0; i < 200; i++) {
        size_t size = i % 7 == 0 ? 40000 : 3000;
        char *ptr = sm_arena_alloc(arena, size);

        assert_non_null(ptr);
        memset(ptr, i, size);
    }
    sm_arena_clear(arena);
    assert_ptr_equal(sm_arena_alloc(arena, 100), first);
    sm_arena_free(arena);
}

/* Looks at memory that is not handed out any more. */
__attribute__((no_sanitize_address)) static bool still_there(
    const volatile char *at, const char *text)
{
    for (; *text; at++, text++) {
        if (*at != *text)
            return false;
    }
    return true;
}

static void arena_wipes_a_password(void **state)
{
    struct sm_arena *arena = sm_arena_new(8192);
    const char *text = sm_arena_strdup(arena, "correct horse");

    (void)state;
    sm_arena_clear(arena);
    assert_true(still_there(text, "correct horse"));
    text = sm_arena_strdup(arena, "correct horse");
    sm_arena_wipe(arena);
    assert_false(still_there(text, "correct"));
    assert_int_equal(sm_arena_used(arena), 0);
    sm_arena_free(arena);
}

static void arena_defers_newest_first(void **state)
{
    struct sm_arena *arena = sm_arena_new(256);
    int values[] = {1, 2, 3};

    (void)state;
    released_count = 0;
    for (size_t i = 0; i < 2; i++)
        assert_true(sm_arena_defer(arena, note_release, &values[i]));
    assert_non_null(sm_arena_alloc(arena, 170));
    /* No room for the note: released on the spot. */
    assert_false(sm_arena_defer(arena, note_release, &values[2]));
    assert_int_equal(released_count, 1);
    assert_int_equal(released[0], 3);
    sm_arena_clear(arena);
    assert_int_equal(released_count, 3);
    assert_int_equal(released[1], 2);
    assert_int_equal(released[2], 1);
    sm_arena_free(arena);
    assert_int_equal(released_count, 3);
}

static void arena_prints(void **state)
{
    struct sm_arena *arena = sm_arena_new(8192);
    char *text = sm_arena_printf(arena, "%s-%d", "a", 7);

    (void)state;
    assert_string_equal(text, "a-7");
    text = sm_arena_printf(arena, "%0400d", 5);
    assert_int_equal(strlen(text), 400);
    assert_string_equal(sm_arena_strndup(arena, "abcdef", 3), "abc");
    assert_string_equal(sm_arena_strndup(arena, NULL, 0), "");
    sm_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_zeroes_and_aligns),
        cmocka_unit_test(arena_keeps_its_ceiling),
        cmocka_unit_test(arena_first_block_is_reused),
        cmocka_unit_test(arena_wipes_a_password),
        cmocka_unit_test(arena_defers_newest_first),
        cmocka_unit_test(arena_prints),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
