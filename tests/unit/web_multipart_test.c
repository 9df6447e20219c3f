/* links: web base */
/* Forms with files: what browsers send is taken, all else is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "web/multipart.h"

#define TYPE "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxk"
#define B "------WebKitFormBoundary7MA4YWxk"
#define NAMED(name) "Content-Disposition: form-data; name=\"" name "\""
#define TEXT(name, value) B "\r\n" NAMED(name) "\r\n\r\n" value "\r\n"
#define FILED(name, file, value)                                               \
    B "\r\n" NAMED(name) "; filename=\"" file                                  \
                         "\"\r\nContent-Type: text/csv\r\n\r\n" value "\r\n"
#define END B "--\r\n"

static struct sm_arena *arena;
static struct sm_form form;

static int open_arena(void **state)
{
    (void)state;
    arena = sm_arena_new(1 << 22);
    return arena ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    sm_arena_free(arena);
    return 0;
}

/* LEN bytes in memory of exactly that size, so that a sanitizer sees a step
 * past its end. */
static enum sm_status parse_bytes(const char *type, const char *body,
                                  size_t len)
{
    char *copy = malloc(len ? len : 1);
    enum sm_status st;

    assert_non_null(copy);
    memcpy(copy, body, len);
    sm_arena_clear(arena);
    if (!sm_arena_defer(arena, free, copy))
        return SM_INTERNAL;
    st = sm_multipart_parse(&form, arena, type, copy, len);
    return st;
}

static enum sm_status parse(const char *body)
{
    return parse_bytes(TYPE, body, strlen(body));
}

static const struct sm_field *field(const char *name)
{
    const struct sm_field *found;

    assert_int_equal(sm_form_find(&found, &form, name), SM_OK);
    assert_non_null(found);
    return found;
}

static void test_taken(void **state)
{
    static const char bytes[] = TEXT("csrf", "a b+c%41") TEXT("empty", "")
        FILED("file", "a;\\\"b.csv", "x,y\r\n--1\r\n\0\xff")
            TEXT("text", "\xC8\x99\r\n1\r\n") END;
    static const char other[] = "--a b\r\ncontent-disposition:form-data; "
                                "name=x ; filename=y\r\n\r\n1\r\n--a b--";

    (void)state;
    assert_int_equal(parse_bytes(TYPE, bytes, sizeof(bytes) - 1), SM_OK);
    assert_int_equal(form.count, 4);
    assert_string_equal(field("csrf")->value, "a b+c%41");
    assert_false(field("csrf")->file);
    assert_string_equal(field("empty")->value, "");
    assert_true(field("file")->file);
    assert_int_equal(field("file")->len, 12);
    assert_memory_equal(field("file")->value, "x,y\r\n--1\r\n\0\xff", 13);
    assert_string_equal(field("text")->value, "\xC8\x99\r\n1\r\n");
    /* no file was chosen; the end without its last line end */
    assert_int_equal(parse(FILED("file", "", "") B "--"), SM_OK);
    assert_true(field("file")->file);
    assert_int_equal(field("file")->len, 0);
    assert_int_equal(parse(END), SM_OK);
    assert_int_equal(form.count, 0);
    assert_int_equal(
        parse_bytes("Multipart/Form-Data;charset=utf-8; boundary=\"a b\"",
                    other, sizeof(other) - 1),
        SM_OK);
    assert_string_equal(field("x")->value, "1");
    assert_true(field("x")->file);
}

static void test_types(void **state)
{
    (void)state;
    assert_true(sm_multipart_is(TYPE));
    assert_true(sm_multipart_is("multipart/form-data"));
    assert_false(sm_multipart_is("multipart/form-datas; boundary=a"));
    assert_false(sm_multipart_is("multipart/mixed; boundary=a"));
    assert_false(sm_multipart_is(""));
}

static void test_broken(void **state)
{
    static const char *const bodies[] = {
        "",
        B,
        B "\r\n",
        " " END,
        END "x",
        B "-- ",
        TEXT("a", "1"),                                /* no end */
        B "\r\n\r\n1\r\n" END,                         /* no headers */
        B "\r\nContent-Type: text/plain\r\n\r\n1" END, /* no disposition */
        B "\r\n" NAMED("a") "\r\n" NAMED("a") "\r\n\r\n1\r\n" END,
        B "\r\n" NAMED("a") "; name=b\r\n\r\n1\r\n" END,
        B "\r\n" NAMED("a") "; filename=\"b\r\n\r\n1\r\n" END,
        B "\r\n" NAMED("a") "; filename=\"b\\\r\n\r\n1\r\n" END,
        B "\r\n" NAMED("a") "; b\r\n\r\n1\r\n" END,
        B "\r\nContent-Disposition: form-data\r\n\r\n1\r\n" END,
        B "\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n" END,
        B "\r\n" NAMED("\xff") "\r\n\r\n1\r\n" END,
        TEXT("a", "\xff") END,
        TEXT("a", "1\r\n" B "x") END, /* the mark begins something else */
    };
    static const char *const types[] = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"\"",
        "multipart/form-data; boundary=\"a",
        "multipart/form-data; boundary=a; boundary=b",
        "multipart/form-data; boundary=a\xC8\x99",
        "multipart/form-data; boundary=123456789012345678901234567890123456789"
        "01234567890123456789012345678901",
    };
    static const char nul[] = TEXT("a", "\0") END;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bodies); i++) {
        if (parse(bodies[i]) != SM_INVALID)
            fail_msg("taken: %s", bodies[i]);
    }
    for (size_t i = 0; i < SM_COUNT(types); i++) {
        if (parse_bytes(types[i], "--a--", 5) != SM_INVALID)
            fail_msg("taken: %s", types[i]);
    }
    assert_int_equal(parse_bytes(TYPE, nul, sizeof(nul) - 1), SM_INVALID);
}

/* COUNT parts, the headers of each LONGER by so many bytes. */
static enum sm_status parse_parts(size_t count, size_t longer)
{
    size_t room = count * (longer + 200) + 100, len = 0;
    char *body = malloc(room);
    enum sm_status st;

    assert_non_null(body);
    for (size_t i = 0; i < count; i++) {
        len += (size_t)snprintf(body + len, room - len,
                                B "\r\n%*s: 1\r\n" NAMED("a") "\r\n\r\n1\r\n",
                                (int)longer, "X");
    }
    len += (size_t)snprintf(body + len, room - len, END);
    st = parse_bytes(TYPE, body, len);
    free(body);
    return st;
}

static void test_bounds(void **state)
{
    (void)state;
    assert_int_equal(parse_parts(SM_FORM_FIELDS, 1), SM_OK);
    assert_int_equal(form.count, SM_FORM_FIELDS);
    assert_int_equal(parse_parts(SM_FORM_FIELDS + 1, 1), SM_INVALID);
    assert_int_equal(parse_parts(1, 1900), SM_OK);
    assert_int_equal(parse_parts(1, 2100), SM_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_taken),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_bounds),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
