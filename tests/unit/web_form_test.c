/* links: web base */
/* The form parser and the route table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "base/form.h"
#include "web/params.h"
#include "web/route.h"

static struct sm_arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = sm_arena_new(1 << 20);
    return arena ? 0 : -1;
}

static int close_arena(void **state)
{
    (void)state;
    sm_arena_free(arena);
    return 0;
}

static enum sm_status parse(struct sm_form *form, const char *text)
{
    return sm_form_parse(form, arena, text, strlen(text));
}

static void test_fields(void **state)
{
    struct sm_form form;
    const struct sm_field *field;

    (void)state;
    assert_int_equal(parse(&form, ""), SM_OK);
    assert_int_equal(form.count, 0);
    assert_int_equal(parse(&form, "a=1&b=&c&=d&&e=x%3D+%26%c3%A9"), SM_OK);
    assert_int_equal(form.count, 5);
    assert_int_equal(sm_form_find(&field, &form, "a"), SM_OK);
    assert_string_equal(field->value, "1");
    assert_int_equal(sm_form_find(&field, &form, "c"), SM_OK);
    assert_string_equal(field->value, "");
    assert_int_equal(sm_form_find(&field, &form, "e"), SM_OK);
    assert_string_equal(field->value, "x= &\xc3\xa9");
    assert_int_equal(field->len, 6);
    assert_int_equal(sm_form_find(&field, &form, "z"), SM_OK);
    assert_null(field);
    assert_int_equal(parse(&form, "a=1&a=1"), SM_OK);
    assert_int_equal(sm_form_find(&field, &form, "a"), SM_INVALID);
}

static void test_broken(void **state)
{
    static const char *const forms[] = {
        "a=%",    "a=%1", "a=%x1", "a=%00", "%=1", "a=%80", "a=%f8%88%80%80%80",
        "a=\xff",
    };
    char many[SM_FORM_FIELDS * 2 + 2];
    struct sm_form form;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(forms); i++)
        assert_int_equal(parse(&form, forms[i]), SM_INVALID);
    for (size_t i = 0; i < SM_FORM_FIELDS; i++)
        memcpy(many + i * 2, "a&", 3);
    many[SM_FORM_FIELDS * 2 - 1] = '\0';
    assert_int_equal(parse(&form, many), SM_OK);
    memcpy(many + SM_FORM_FIELDS * 2 - 1, "&", 2);
    assert_int_equal(parse(&form, many), SM_INVALID);
}

static enum sm_status nothing(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    (void)rp;
    return SM_OK;
}

static const struct sm_input id[] = {{.name = "id", .type = SM_IN_ID}};

static struct sm_page page(const char *path)
{
    return (struct sm_page){.path = path,
                            .auth = SM_AUTH_PUBLIC,
                            .inputs = id,
                            .ninputs = 1,
                            .get = nothing,
                            .help = "x"};
}

static enum sm_status build(const struct sm_page *a, const struct sm_page *b)
{
    const struct sm_page *const pages[] = {a, b};
    static const char *const stems[] = {"a", "b"};
    struct sm_routes routes;
    enum sm_status st = sm_routes_build(&routes, pages, stems, 2, NULL);

    if (st == SM_OK)
        sm_routes_free(&routes);
    return st;
}

static void test_refused_pages(void **state)
{
    static const struct {
        const char *path;
        struct sm_input input;
        enum sm_status status;
    } lists[] = {
        {"/other",
         {.name = "id", .type = SM_IN_ID, .many = true, .max = 200},
         SM_OK},
        {"/other",
         {.name = "id", .type = SM_IN_ID, .many = true, .max = 201},
         SM_INVALID},
        {"/other", {.name = "id", .type = SM_IN_ID, .many = true}, SM_INVALID},
        {"/other", {.name = "file", .type = SM_IN_BYTES, .max = 1}, SM_OK},
        {"/other", {.name = "file", .type = SM_IN_BYTES}, SM_INVALID},
        {"/other",
         {.name = "id", .type = SM_IN_TEXT, .many = true, .max = 9},
         SM_INVALID},
        {"/{id}",
         {.name = "id", .type = SM_IN_ID, .many = true, .max = 9},
         SM_INVALID},
    };
    struct sm_page good = page("/good"), bad;

    (void)state;
    bad = page("/other/{id}");
    assert_int_equal(build(&good, &bad), SM_OK);
    bad.auth = SM_AUTH_UNSET;
    assert_int_equal(build(&good, &bad), SM_INVALID);
    bad = page("/other");
    bad.help = NULL;
    assert_int_equal(build(&good, &bad), SM_INVALID);
    bad = page("/other");
    bad.get = NULL;
    assert_int_equal(build(&good, &bad), SM_INVALID);
    bad = page("/other");
    bad.body_max = SM_ROUTE_BODY_CAP + 1;
    assert_int_equal(build(&good, &bad), SM_INVALID);
    bad = page("/other");
    bad.limit = "none";
    assert_int_equal(build(&good, &bad), SM_INVALID);
    bad = page("/{who}");
    assert_int_equal(build(&good, &bad), SM_INVALID);
    for (size_t i = 0; i < SM_COUNT(lists); i++) {
        bad = page(lists[i].path);
        bad.inputs = &lists[i].input;
        assert_int_equal(build(&good, &bad), lists[i].status);
    }
    bad = page("other");
    assert_int_equal(build(&good, &bad), SM_INVALID);
    bad = page("/good");
    assert_int_equal(build(&good, &bad), SM_INVALID);
    bad.plain = true;
    assert_int_equal(build(&good, &bad), SM_OK);
}

static void test_match(void **state)
{
    struct sm_page handle = page("/pay/{id}/start"), home = page("/");
    struct sm_page status = page("/pay/status/{id}");
    struct sm_page notify = page("/gw");
    const struct sm_page *const pages[] = {&handle, &status, &home, &notify};
    static const char *const stems[] = {"start", "status", "home", "notify"};
    struct sm_routes routes;
    struct sm_match match;

    (void)state;
    notify.plain = true;
    notify.instance = "notify";
    assert_int_equal(sm_routes_build(&routes, pages, stems, 4, NULL), SM_OK);
    sm_routes_match(&match, &routes, NULL, "/ro/pay/status/start");
    assert_ptr_equal(match.route->page, &status);
    sm_routes_match(&match, &routes, NULL, "/bg/pay/x/start");
    assert_ptr_equal(match.route->page, &handle);
    assert_int_equal(match.lang, SM_LANG_BG);
    assert_string_equal(match.rest, "/pay/x/start");
    sm_routes_match(&match, &routes, NULL, "/ro/");
    assert_ptr_equal(match.route->page, &home);
    sm_routes_match(&match, &routes, NULL, "/ro");
    assert_null(match.route);
    assert_true(match.to_slash);
    sm_routes_match(&match, &routes, NULL, "/ro/pay//start");
    assert_null(match.route);
    sm_routes_match(&match, &routes, NULL, "");
    assert_null(match.route);
    sm_routes_match(&match, &routes, "pay", "/gw");
    assert_null(match.route);
    sm_routes_match(&match, &routes, "notify", "/gw");
    assert_ptr_equal(match.route->page, &notify);
    sm_routes_free(&routes);
}

static void test_params(void **state)
{
    char method[] = "REQUEST_METHOD=GET", again[] = "REQUEST_METHOD=POST";
    char odd[] = "ODD", path[] = "DOCUMENT_URI=/a=b";
    char *params[] = {odd, method, again, path, NULL};
    struct sm_params out;

    (void)state;
    sm_params_read(&out, params);
    assert_string_equal(out.method, "GET");
    assert_string_equal(out.path, "/a=b");
    assert_string_equal(out.cookie, "");
    assert_string_equal(sm_params_get(params, "REQUEST"), "");
    sm_params_read(&out, NULL);
    assert_string_equal(out.path, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fields),        cmocka_unit_test(test_broken),
        cmocka_unit_test(test_refused_pages), cmocka_unit_test(test_match),
        cmocka_unit_test(test_params),
    };

    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
