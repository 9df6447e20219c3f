/* needs: testpages */
/* The smallest page, and the frame that all share. */
#include "harness.h"

#include <stdlib.h>
#include <string.h>

static struct sm_site site;

static int start(void **state)
{
    (void)state;
    sm_site_start(&site, "testpages", "worker.threads = 4\n", NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

static void test_page(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_site_ask(&answer, &site,
                &(struct sm_ask){.path = "/ro/hello?who=%3Cb%3E&x=1"});
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "hello &lt;b&gt;");
    sm_assert_has(&answer, "<html lang=\"ro\">");
    sm_assert_has(&answer, "href=\"/bg/hello?who=%3Cb%3E\"");
    sm_assert_header(&answer, "Content-Language", "ro");
    sm_assert_header(&answer, "Cache-Control", "no-cache");
    sm_assert_header(&answer, "Set-Cookie", "");
    sm_assert_header(&answer, "Content-Security-Policy", "");
    sm_answer_free(&answer);
}

static void test_head(void **state)
{
    struct sm_answer get, head;
    char length[32], other[32];

    (void)state;
    sm_site_ask(&get, &site, &(struct sm_ask){.path = "/en/hello"});
    sm_site_ask(&head, &site,
                &(struct sm_ask){.path = "/en/hello", .method = "HEAD"});
    assert_int_equal(head.http, 200);
    assert_int_equal(head.len, 0);
    assert_string_equal(
        sm_answer_header(&get, "Content-Length", length, sizeof(length)),
        sm_answer_header(&head, "Content-Length", other, sizeof(other)));
    assert_int_equal((size_t)strtol(length, NULL, 10), get.len);
    sm_answer_free(&get);
    sm_answer_free(&head);
}

static void ask_status(const char *method, const char *path, int http)
{
    struct sm_answer answer;

    sm_site_ask(&answer, &site,
                &(struct sm_ask){.path = path, .method = method});
    if (answer.http != http)
        fail_msg("%s %s: %d, not %d", method, path, answer.http, http);
    sm_answer_free(&answer);
}

static void test_paths(void **state)
{
    (void)state;
    ask_status("GET", "/ro/hello/", 404);
    ask_status("GET", "/xx/hello", 404);
    ask_status("GET", "/hello", 404);
    ask_status("GET", "/ro/hellox", 404);
    ask_status("GET", "//ro/hello", 404);
    ask_status("GET", "hello", 404);
    ask_status("GET", "/ro/a/b/c/d/e/f/g/h/i/j", 404);
    ask_status("POST", "/ro/hello", 405);
    ask_status("PUT", "/ro/hello", 405);
    ask_status("GET", "/machine", 405);
    ask_status("GET", "/slow/0", 200);
    ask_status("GET", "/slow/x", 404);
    ask_status("GET", "/slow/99999999", 404);
    ask_status("GET", "/ro/hello?who=%zz", 400);
    ask_status("GET", "/ro/hello?who=%00", 400);
    ask_status("GET", "/ro/hello?who=%ff", 400);
    ask_status("GET", "/ro/hello?who=a&who=b", 400);
}

static void test_error_page(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_site_ask(&answer, &site, &(struct sm_ask){.path = "/en/none"});
    sm_assert_page(&answer, 404);
    sm_assert_has(&answer, "There is no such page");
    sm_assert_has(&answer, "0123456789abcdef0123456789abcdef");
    sm_assert_header(&answer, "Cache-Control", "no-store");
    sm_answer_free(&answer);
    sm_site_ask(&answer, &site,
                &(struct sm_ask){.path = "/nothing", .languages = "bg,en"});
    sm_assert_page(&answer, 404);
    sm_assert_has(&answer, "<html lang=\"bg\"");
    sm_assert_header(&answer, "Vary", "Accept-Language");
    sm_answer_free(&answer);
    sm_site_ask(&answer, &site,
                &(struct sm_ask){.path = "/ro/hello", .method = "DELETE"});
    sm_assert_header(&answer, "Allow", "GET, HEAD");
    sm_answer_free(&answer);
}

static void test_entry(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_site_ask(&answer, &site,
                &(struct sm_ask){.path = "/", .languages = "bg;q=0.9"});
    assert_int_equal(answer.http, 302);
    sm_assert_header(&answer, "Location", "/bg/");
    sm_assert_header(&answer, "Vary", "Accept-Language");
    sm_answer_free(&answer);
    sm_site_ask(&answer, &site, &(struct sm_ask){.path = "/"});
    sm_assert_header(&answer, "Location", "/ro/");
    sm_answer_free(&answer);
    sm_site_ask(&answer, &site,
                &(struct sm_ask){.path = "/en", .languages = "bg"});
    sm_assert_header(&answer, "Location", "/en/");
    sm_answer_free(&answer);
}

static void test_health(void **state)
{
    static const char *const pages[] = {"/healthz", "/readyz", "/metrics"};
    struct sm_answer answer;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        sm_site_ask(&answer, &site, &(struct sm_ask){.path = pages[i]});
        assert_int_equal(answer.http, 404);
        sm_answer_free(&answer);
        sm_site_ask(&answer, &site,
                    &(struct sm_ask){.path = pages[i], .address = "127.0.0.1"});
        assert_int_equal(answer.http, 200);
        if (i == 2)
            sm_assert_has(&answer, "requests_total{");
        sm_answer_free(&answer);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_page),  cmocka_unit_test(test_head),
        cmocka_unit_test(test_paths), cmocka_unit_test(test_error_page),
        cmocka_unit_test(test_entry), cmocka_unit_test(test_health),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
