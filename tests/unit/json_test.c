/* links: json base */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "json/json.h"

static struct sm_arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = sm_arena_new(1 << 20);
    return arena != NULL ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    sm_arena_free(arena);
    return 0;
}

static enum sm_status parse(const struct sm_json **out, const char *text)
{
    return sm_json_parse(out, arena, text, strlen(text), NULL);
}

static void reads_values(void **state)
{
    const struct sm_json *top = NULL, *item;
    int64_t number = 0;

    (void)state;
    assert_int_equal(parse(&top, "{\"a\":{\"b\":\"x\\u021b\",\"n\":-42},"
                                 "\"list\":[1,2,3],\"t\":true,\"z\":null}\n"),
                     SM_OK);
    assert_string_equal(sm_json_str(top, "a.b"), "xț");
    assert_int_equal(sm_json_int(&number, top, "a.n"), SM_OK);
    assert_int_equal(number, -42);
    assert_true(sm_json_true(top, "t"));
    assert_null(sm_json_at(top, "z"));
    assert_null(sm_json_str(top, "a.c"));
    assert_null(sm_json_str(top, "A.b")); /* names are exact */
    assert_null(sm_json_str(top, "list"));
    assert_int_equal(sm_json_count(sm_json_at(top, "list")), 3);
    item = sm_json_next(sm_json_first(sm_json_at(top, "list")));
    assert_int_equal(sm_json_int(&number, item, ""), SM_OK);
    assert_int_equal(number, 2);
}

static void refuses_bad_texts(void **state)
{
    static const char *const bad[] = {
        "",
        "{",
        "{\"a\":1}x",
        "{\"a\":1,\"a\":2}",
        "[{\"a\":{\"k\":1,\"k\":1}}]",
        "{\"a\":\"b\\u0000c\"}",
        "\"\xff\"",
    };
    const struct sm_json *top = NULL;
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(bad); i++)
        assert_int_equal(parse(&top, bad[i]), SM_INVALID);
}

static void bounds_depth(void **state)
{
    char text[2 * SM_JSON_MAX_DEPTH + 8];
    const struct sm_json *top = NULL;
    size_t depth;

    (void)state;
    for (depth = SM_JSON_MAX_DEPTH; depth <= SM_JSON_MAX_DEPTH + 1; depth++) {
        memset(text, '[', depth);
        memset(text + depth, ']', depth);
        text[2 * depth] = '\0';
        assert_int_equal(parse(&top, text),
                         depth <= SM_JSON_MAX_DEPTH ? SM_OK : SM_INVALID);
    }
    /* Brackets in a string are no depth. */
    assert_int_equal(parse(&top, "\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\\\""
                                 "[[[[[[[[[[[[\""),
                     SM_OK);
}

static void numbers_are_exact(void **state)
{
    const struct sm_json *top = NULL;
    int64_t number = 0;

    (void)state;
    assert_int_equal(parse(&top, "{\"max\":9007199254740992,\"over\":"
                                 "9007199254740994,\"frac\":12.5,\"exp\":1e3,"
                                 "\"huge\":1e999,\"text\":\"1\"}"),
                     SM_OK);
    assert_int_equal(sm_json_int(&number, top, "max"), SM_OK);
    assert_true(number == INT64_C(9007199254740992));
    assert_int_equal(sm_json_int(&number, top, "over"), SM_INVALID);
    assert_int_equal(sm_json_int(&number, top, "frac"), SM_INVALID);
    assert_int_equal(sm_json_int(&number, top, "exp"), SM_OK);
    assert_int_equal(number, 1000);
    assert_int_equal(sm_json_int(&number, top, "huge"), SM_INVALID);
    assert_int_equal(sm_json_int(&number, top, "text"), SM_INVALID);
    assert_int_equal(sm_json_int(&number, top, "none"), SM_NOT_FOUND);
}

static void decimals_come_back_as_written(void **state)
{
    static const char *const texts[] = {
        "0",           "1",     "12.5",   "0.01",
        "0.1",         "-0.3",  "149.99", "9999999999.99",
        "99999999.99", "1e-07", "1e+20",  "123456789012.345",
    };
    const struct sm_json *top = NULL;
    char text[64];
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(texts); i++) {
        (void)snprintf(text, sizeof(text), "{\"n\":%s}", texts[i]);
        assert_int_equal(parse(&top, text), SM_OK);
        assert_string_equal(sm_json_decimal(top, "n", arena), texts[i]);
    }
    assert_int_equal(parse(&top, "{\"n\":12.50,\"s\":\"12.50\",\"t\":true,"
                                 "\"l\":[1],\"x\":0.30000000000000004}"),
                     SM_OK);
    assert_string_equal(sm_json_decimal(top, "n", arena), "12.5");
    assert_string_equal(sm_json_decimal(top, "s", arena), "12.50");
    /* a double's own dust is none of the number's digits */
    assert_string_equal(sm_json_decimal(top, "x", arena), "0.3");
    assert_null(sm_json_decimal(top, "t", arena));
    assert_null(sm_json_decimal(top, "l", arena));
    assert_null(sm_json_decimal(top, "none", arena));
    assert_true(sm_json_is_array(sm_json_at(top, "l")));
    assert_false(sm_json_is_array(sm_json_at(top, "n")));
    assert_false(sm_json_is_array(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_values),
        cmocka_unit_test(refuses_bad_texts),
        cmocka_unit_test(bounds_depth),
        cmocka_unit_test(numbers_are_exact),
        cmocka_unit_test(decimals_come_back_as_written),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
