/* needs: portal pay sandbox */
/* The route tables, as `--routes --json` prints them, against the running
 * programs: every route by every method; and the pages that nginx shows when
 * it must answer itself. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bills.h"
#include "support/fixture.h"
#include "json/json.h"

enum { TEXT_MAX = 1 << 20, ROUTES_MIN = 8 };

/* What a {name} of a path is asked with: an identifier nobody has. */
static const char nobody[] = "00000000000000000000000000";

static const char *const methods[] = {"GET",   "HEAD",   "POST",  "PUT",
                                      "PATCH", "DELETE", "TRACE", "OPTIONS"};

static struct sm_site portal, pay, notify, sandbox;
static char box[64]; /* state and mail of the sandbox */

static int start(void **state)
{
    static const char settings[] =
        "stripe.base_url = http://127.0.0.1:1\nstripe.secret_key = sk_test_1\n"
        "stripe.webhook_secret = whsec_test_secret\n";

    char more[512];

    (void)state;
    snprintf(box, sizeof(box), "/tmp/smetka-box.XXXXXX");
    assert_non_null(mkdtemp(box));
    snprintf(more, sizeof(more),
             "sandbox.public_origin = https://localhost:8445\n"
             "sandbox.webhook_url = http://127.0.0.1:1/gw/notify/stripe\n"
             "sandbox.webhook_secret = whsec_test_secret\n"
             "sandbox.secret_key = sk_test_1\n"
             "sandbox.state_dir = %s\nsandbox.mail_dir = %s\n",
             box, box);
    sm_bills_schema();
    sm_site_start(&sandbox, "sandbox", more, NULL);
    sm_site_start(&portal, "portal", "limit.lookups_per_address = 1000\n",
                  NULL);
    sm_site_start(&pay, "pay", settings,
                  (const char *const[]){"--instance", "pay", NULL});
    sm_site_start(&notify, "pay", settings,
                  (const char *const[]){"--instance", "notify", NULL});
    snprintf(notify.socket, sizeof(notify.socket), "%s/notify.sock",
             notify.dir);
    return 0;
}

static int stop(void **state)
{
    char truth[96];

    (void)state;
    sm_site_stop(&sandbox);
    snprintf(truth, sizeof(truth), "%s/truth.jsonl", box);
    unlink(truth);
    snprintf(truth, sizeof(truth), "%s/parts.jsonl", box);
    unlink(truth);
    assert_int_equal(rmdir(box), 0);
    sm_site_stop(&notify);
    sm_site_stop(&pay);
    sm_site_stop(&portal);
    return 0;
}

/* A path that ROUTE matches. */
static void path_of(char *out, size_t size, const struct sm_json *route)
{
    const char *at = sm_json_str(route, "path");
    size_t len;

    assert_non_null(at);
    len = (size_t)snprintf(out, size, "%s",
                           sm_json_true(route, "plain") ? "" : "/en");
    while (*at && len < size - 1) {
        if (*at == '{') {
            len += (size_t)snprintf(out + len, size - len, "%s", nobody);
            at += strcspn(at, "}") + 1;
        } else {
            out[len++] = *at++;
            out[len] = '\0';
        }
    }
}

static bool has_method(const struct sm_json *route, const char *method)
{
    const struct sm_json *list = sm_json_at(route, "methods");

    if (strcmp(method, "HEAD") == 0)
        method = "GET";
    for (const struct sm_json *item = sm_json_first(list); item;
         item = sm_json_next(item)) {
        const char *text = sm_json_str(item, "");

        if (text && strcmp(text, method) == 0)
            return true;
    }
    return false;
}

/* A method that the route does not have is told which ones it has. */
static void check_refused(const struct sm_answer *answer,
                          const struct sm_json *route, const char *name)
{
    bool get = has_method(route, "GET"), post = has_method(route, "POST");

    if (answer->http != 405)
        fail_msg("%s: %d, not 405", name, answer->http);
    sm_assert_header(answer, "Allow",
                     get && post ? "GET, HEAD, POST"
                     : get       ? "GET, HEAD"
                                 : "POST");
}

static void check_taken(const struct sm_answer *answer,
                        const struct sm_json *route, const char *method,
                        const char *name)
{
    char value[128];

    if (answer->http < 200 || answer->http == 405 || answer->http >= 500)
        fail_msg("%s: %d", name, answer->http);
    if (strcmp(method, "HEAD") == 0 && answer->len != 0)
        fail_msg("%s: a body of %zu", name, answer->len);
    if (strcmp(method, "POST") == 0 && answer->http < 400)
        fail_msg("%s: %d without Origin, token or signature", name,
                 answer->http);
    if (sm_json_true(route, "personal") &&
        !strstr(sm_answer_header(answer, "Cache-Control", value, sizeof(value)),
                "no-store"))
        fail_msg("%s: may be cached: %s", name, value);
}

/* One method of one route, from ADDRESS. */
static void check(const struct sm_site *site, const struct sm_json *route,
                  const char *method, bool ours, const char *address)
{
    const char *auth = sm_json_str(route, "auth");
    bool world = strcmp(address, "127.0.0.1") != 0;
    struct sm_answer answer;
    char path[256], name[320];

    path_of(path, sizeof(path), route);
    snprintf(name, sizeof(name), "%s %s from %s", method, path, address);
    sm_site_ask(
        &answer, site,
        &(struct sm_ask){.method = method,
                         .path = path,
                         .body = strcmp(method, "POST") == 0 ? "x=1" : NULL,
                         .address = address});
    if (!ours || (world && strcmp(auth, "loopback") == 0)) {
        if (answer.http != 404)
            fail_msg("%s: %d, not 404", name, answer.http);
        sm_assert_header(&answer, "Allow", "");
    } else if (!has_method(route, method)) {
        check_refused(&answer, route, name);
    } else {
        check_taken(&answer, route, method, name);
    }
    sm_answer_free(&answer);
}

/* Every route of PROGRAM by every method at SITE, which serves INSTANCE. */
static void walk(const struct sm_site *site, const char *program,
                 const char *instance)
{
    char *text = sm_program_output(
        program, (const char *const[]){"--routes", "--json", NULL});
    struct sm_arena *arena = sm_arena_new(TEXT_MAX * 8);
    const struct sm_json *routes;

    assert_int_equal(sm_json_parse(&routes, arena, text, strlen(text), NULL),
                     SM_OK);
    assert_true(sm_json_count(routes) >= ROUTES_MIN);
    for (const struct sm_json *route = sm_json_first(routes); route;
         route = sm_json_next(route)) {
        const char *of = sm_json_str(route, "instance");
        bool ours = !of || strcmp(of, instance) == 0;

        for (size_t i = 0; i < SM_COUNT(methods); i++) {
            check(site, route, methods[i], ours, "192.0.2.7");
            check(site, route, methods[i], ours, "127.0.0.1");
        }
    }
    sm_arena_free(arena);
    free(text);
}

static void test_portal(void **state)
{
    (void)state;
    walk(&portal, "portal", "");
}

static void test_pay(void **state)
{
    (void)state;
    walk(&pay, "pay", "pay");
}

static void test_notify(void **state)
{
    (void)state;
    walk(&notify, "pay", "notify");
}

static void test_sandbox(void **state)
{
    (void)state;
    walk(&sandbox, "sandbox", "");
}

/* The page of CODE in LANG is whole and in that language; remove it. */
static void check_error_page(const char *dir, const char *lang, int code)
{
    char path[192], mark[32], *text = calloc(1, TEXT_MAX);
    const char *problem;
    size_t len;
    FILE *file;

    assert_non_null(text);
    snprintf(path, sizeof(path), "%s/%s/%d", dir, lang, code);
    snprintf(mark, sizeof(mark), "<html lang=\"%s\"", lang);
    file = fopen(path, "re");
    if (!file)
        fail_msg("no %s", path);
    len = fread(text, 1, TEXT_MAX - 1, file);
    fclose(file);
    problem = sm_html_problem(text, len);
    if (problem)
        fail_msg("%s: %s", path, problem);
    assert_non_null(strstr(text, mark));
    unlink(path);
    free(text);
}

static void test_error_pages(void **state)
{
    static const char *const langs[] = {"ro", "bg", "en"};
    static const int codes[] = {400, 403, 404, 405, 413, 429, 500, 503};
    char dir[96], config[96], path[128];

    (void)state;
    snprintf(dir, sizeof(dir), "%s/errors", portal.dir);
    snprintf(config, sizeof(config), "%s/conf", portal.dir);
    free(sm_program_output(
        "portal",
        (const char *const[]){"--config", config, "--error-pages", dir, NULL}));
    for (size_t i = 0; i < SM_COUNT(langs); i++) {
        for (size_t k = 0; k < SM_COUNT(codes); k++)
            check_error_page(dir, langs[i], codes[k]);
        snprintf(path, sizeof(path), "%s/%s", dir, langs[i]);
        /* nothing else is there */
        assert_int_equal(rmdir(path), 0);
    }
    assert_int_equal(rmdir(dir), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_portal),      cmocka_unit_test(test_pay),
        cmocka_unit_test(test_notify),      cmocka_unit_test(test_sandbox),
        cmocka_unit_test(test_error_pages),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
