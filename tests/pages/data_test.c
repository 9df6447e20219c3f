/* needs: portal */
/* What a customer is told of their own account: the log and its file. */
#include "bills.h"
#include "customer.h"
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "payer.h"
#include "support/fixture.h"

static struct sm_site site;
static struct sm_browser ana = {.site = &site}, bob = {.site = &site};

static int start(void **state)
{
    (void)state;
    sm_bills_schema();
    sm_bills_account("DATA00001111");
    sm_bills_account("DATA00002222");
    for (int i = 1; i <= 5; i++) {
        char number[16];

        snprintf(number, sizeof(number), "A-%d", i);
        sm_bills_invoice("DATA00001111", number, 1000 * i, "RON", i);
    }
    sm_bills_invoice("DATA00002222", "B-1", 5200, "RON", 10);
    sm_customer(&ana, "ana@example.org",
                (const char *const[]){"DATA00001111", NULL});
    sm_customer(&bob, "bob@example.org",
                (const char *const[]){"DATA00002222", NULL});
    sm_site_start(&site, "portal", "company.phone = +40 21 000 00 00\n", NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

/* GET PATH and expect HTTP, TEXT on it, and not the text WITHOUT. */
static void look(struct sm_browser *browser, const char *path, int http,
                 const char *text, const char *without)
{
    struct sm_answer answer;

    sm_browser_get(&answer, browser, path);
    sm_assert_page(&answer, http);
    if (text)
        sm_assert_has(&answer, text);
    if (without)
        sm_assert_hasnt(&answer, without);
    sm_answer_free(&answer);
}

static void note(const char *who, const char *kind, const char *detail)
{
    char sql[512];

    snprintf(sql, sizeof(sql),
             "SELECT auth.note(id, '%s', '%s', now()) FROM auth.login WHERE "
             "email = '%s'",
             kind, detail, who);
    sm_test_sql(sql);
}

/* Field NO of the line that begins at LINE; no quotes within. */
static void field(char *out, size_t size, const char *line, int no)
{
    bool quoted = *line == '"';
    size_t len = strcspn(line + quoted, quoted ? "\"" : ",\r");

    if (no > 0) {
        field(out, size, line + len + 2 * quoted + 1, no - 1);
        return;
    }
    assert_true(len < size);
    memcpy(out, line + quoted, len);
    out[len] = '\0';
}

/* Follow the chain of the file as the page says; how many entries. */
static int follow(char *body)
{
    char *lines[64], text[512], hash[80], made[65];
    uint8_t data[32 + 512], before[32];
    int count = 0;
    size_t len = 0;

    for (char *line = strtok_r(body, "\n", &body); line && count < 64;
         line = strtok_r(NULL, "\n", &body))
        lines[count++] = line;
    for (int i = count - 1; i > 0; i--) {
        field(text, sizeof(text), lines[i], 5);
        field(hash, sizeof(hash), lines[i], 6);
        memcpy(data, before, len);
        memcpy(data + len, text, strlen(text));
        sm_sha256(before, data, len + strlen(text));
        len = sizeof(before);
        sm_hex(made, before, sizeof(before));
        assert_string_equal(made, hash);
    }
    return count - 1;
}

static void test_log(void **state)
{
    struct sm_answer answer;

    (void)state;
    look(&ana, "/en/settings/log", 200, "Nothing more was noted", NULL);
    note("ana@example.org", "logged_in", "Firefox, Linux");
    note("ana@example.org", "data_approved", "business_data");
    note("ana@example.org", "email_asked", "=1+1@example.org");
    note("ana@example.org", "never_heard_of", "<b>");
    note("bob@example.org", "logged_in", "Opera");
    look(&ana, "/en/settings/log", 200, "Firefox, Linux", "Opera");
    look(&ana, "/en/settings/log", 200, "Something else (never_heard_of)",
         "business_data");
    look(&ana, "/en/settings/log", 200, "&lt;b&gt;", "Older");
    look(&ana, "/ro/settings/log", 200, "Autentificare", "Logged in");
    look(&ana, "/bg/settings/log", 200, "Влизане", "Logged in");
    look(&ana, "/en/settings/log?before=2", 200, "Firefox", "=1+1");
    look(&ana, "/en/settings/log?before=x", 200, "=1+1", NULL);
    sm_browser_get(&answer, &ana, "/en/settings/log/csv");
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "text/csv; charset=utf-8");
    sm_assert_header(&answer, "Cache-Control", "no-store");
    sm_assert_has(&answer, "\"'=1+1@example.org\"");
    sm_assert_hasnt(&answer, "Opera");
    assert_int_equal(follow(answer.body), 4);
    sm_answer_free(&answer);
    for (int i = 0; i < 51; i++)
        note("ana@example.org", "logged_out", "");
    look(&ana, "/en/settings/log", 200, "?before=6\"", "Newest");
    look(&ana, "/en/settings/log?before=6", 200, "Newest", "Older");
    sm_test_server_stop();
    look(&ana, "/en/settings/log", 503, NULL, NULL);
    sm_browser_get(&answer, &ana, "/en/settings/log/csv");
    assert_int_equal(answer.http, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_log),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
