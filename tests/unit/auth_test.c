/* links: auth web crypto config base */
/* Cookies, networks and form tokens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "auth/auth.h"

#define HOUR_US (INT64_C(3600) * 1000000)
#define ID "aaaaaaaaaaaaaaaaaaaaaaaaae"

static struct sm_app app;

static int start(void **state)
{
    struct sm_settings *settings;

    (void)state;
    setenv("SMETKA_SECRET__LOOKUP",
           "000102030405060708090a0b0c0d0e0f"
           "101112131415161718191a1b1c1d1e1f",
           1);
    setenv("SMETKA_SECRET__FORM",
           "f00102030405060708090a0b0c0d0e0f"
           "101112131415161718191a1b1c1d1e1f",
           1);
    if (sm_settings_load(&settings, NULL, NULL) != SM_OK)
        return -1;
    app.settings = settings;
    return sm_auth_guard.open(&app, NULL) == SM_OK ? 0 : -1;
}

static int stop(void **state)
{
    struct sm_settings *settings =
        (struct sm_settings *)(uintptr_t)app.settings;

    (void)state;
    sm_auth_guard.close(&app);
    sm_settings_free(settings);
    return 0;
}

static bool read_cookie(uint8_t id[SM_ID_BYTES], const char *header)
{
    return sm_auth_cookie_read(id, header, SM_COOKIE_BROWSER);
}

static void test_cookie(void **state)
{
    static const char *const bad[] = {
        "",
        ";",
        "__Host-smetka",
        "__Host-smetka=",
        "__Host-smetka=aaaa",
        "__Host-smetka=" ID "a",
        "__host-smetka=" ID,
        "x__Host-smetka=" ID,
        "__Host-smetka=AAAAAAAAAAAAAAAAAAAAAAAAAE",
        "__Host-smetka2=" ID,
        SM_COOKIE_SESSION "=" ID,
        "__Host-smetka=\"" ID "\"",
        "__Host-smetka=aaaaaaaaaaaaaaaaaaaaaaaaab",
    };
    uint8_t id[SM_ID_BYTES];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        assert_false(read_cookie(id, bad[i]));
    assert_true(read_cookie(id, "__Host-smetka=" ID));
    assert_int_equal(id[15], 1);
    assert_true(read_cookie(id, "a=b; __Host-smetka=" ID " ;c"));
    assert_true(read_cookie(id, "__Host-smetka=x; __Host-smetka=" ID));
}

static void test_network(void **state)
{
    uint8_t a[17], b[17];

    (void)state;
    assert_int_equal(sm_auth_network(a, "192.0.2.7"), 4);
    assert_int_equal(sm_auth_network(b, "192.0.2.250"), 4);
    assert_memory_equal(a, b, 4);
    assert_int_equal(sm_auth_network(b, "::ffff:192.0.2.1"), 4);
    assert_memory_equal(a, b, 4);
    assert_int_equal(sm_auth_network(b, "192.0.3.7"), 4);
    assert_memory_not_equal(a, b, 4);
    assert_int_equal(sm_auth_network(a, "2001:db8:1:2::1"), 9);
    assert_int_equal(sm_auth_network(b, "2001:db8:1:2:ffff::1"), 9);
    assert_memory_equal(a, b, 9);
    assert_int_equal(sm_auth_network(b, "2001:db8:1:3::1"), 9);
    assert_memory_not_equal(a, b, 9);
    assert_int_equal(sm_auth_network(a, "unix:"), 0);
}

static void test_token(void **state)
{
    struct sm_arena *arena = sm_arena_new(65536);
    struct sm_request rq = {
        .app = &app, .arena = arena, .now_us = 500000 * HOUR_US};
    struct sm_request other = rq;
    const char *token, *cookie;
    char *altered;

    (void)state;
    sm_auth_guard.identify(&rq, "__Host-smetka=" ID, "192.0.2.7");
    assert_true(rq.has_cookie);
    sm_auth_guard.identify(&other, "", "192.0.2.9");
    assert_false(other.has_cookie);
    assert_memory_not_equal(rq.browser_hash, other.browser_hash, 32);
    assert_memory_equal(rq.address_hash, other.address_hash, 32);
    token = sm_auth_guard.token(&rq);
    assert_int_equal(strlen(token), 48);
    assert_true(sm_auth_guard.check(&rq, token));
    assert_false(sm_auth_guard.check(&other, token));
    assert_false(sm_auth_guard.check(&rq, ""));
    altered = sm_arena_strdup(arena, token);
    for (size_t i = 0; i < 48; i++) {
        altered[i] = altered[i] == 'A' ? 'B' : 'A';
        assert_false(sm_auth_guard.check(&rq, altered));
        altered[i] = token[i];
    }
    rq.now_us += 23 * HOUR_US;
    assert_true(sm_auth_guard.check(&rq, token));
    rq.now_us += HOUR_US;
    assert_false(sm_auth_guard.check(&rq, token));
    rq.now_us -= 26 * HOUR_US;
    assert_false(sm_auth_guard.check(&rq, token));
    cookie = sm_auth_guard.cookie(&rq, false);
    assert_int_equal(strncmp(cookie, "__Host-smetka=" ID ";", 41), 0);
    sm_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cookie),
        cmocka_unit_test(test_network),
        cmocka_unit_test(test_token),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
