/* needs: portal */
/* The document that gives an authority, sent along with the request. */
#include "bills.h"
#include "customer.h"
#include "harness.h"
#include "payer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "domain/attachment.h"
#include "support/fixture.h"

#define PATH "/en/settings/representative"
#define BORDER "----border"

static struct sm_site site;
static struct sm_browser ana = {.site = &site};

static int start(void **state)
{
    static const char *const hers[] = {"ANAA00001111", NULL};
    struct sm_key_bytes key = {.bytes = {[31] = 1}, .set = true};
    uint8_t hash[SM_HASH_BYTES];
    char hex[2 * SM_HASH_BYTES + 1], sql[512];

    (void)state;
    sm_bills_schema();
    sm_bills_account("ANAA00001111");
    sm_bills_account("FIRM00002222");
    sm_bills_invoice("FIRM00002222", "F-1", 4100, "RON", 10);
    sm_hmac(hash, &key, "client_code", "7654321", 7);
    sm_hex(hex, hash, sizeof(hash));
    snprintf(sql, sizeof(sql),
             "UPDATE customer.account SET client_code = '7654321', "
             "client_code_hash = '\\x%s' WHERE payment_code_hint = '2222'; "
             "UPDATE customer.party SET kind = 'association' WHERE id = "
             "(SELECT party_id FROM customer.account WHERE "
             "payment_code_hint = '2222')",
             hex);
    sm_test_sql(sql);
    sm_customer(&ana, "ana@example.org", hers);
    sm_site_start(&site, "portal", "limit.lookups_per_address = 1000\n", NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

static void add(struct sm_buf *form, const char *name, const char *more,
                const void *value, size_t len)
{
    sm_buf_addf(form,
                "--" BORDER "\r\nContent-Disposition: form-data; "
                "name=\"%s\"%s\r\n\r\n",
                name, more);
    sm_buf_add(form, value, len);
    sm_buf_adds(form, "\r\n");
}

/* Ask to act for the association, with the LEN bytes of a document. */
static void send(struct sm_answer *answer, const void *document, size_t len)
{
    static const char *const fields[][2] = {
        {"client_code", "7654321"},   {"invoice_no", "F-1"},
        {"name", "Ana Pop"},          {"function", "administrator"},
        {"authority", "Decision 12"},
    };
    char cookie[300];
    struct sm_buf form;

    sm_buf_init(&form, len + 4096);
    sm_browser_get(answer, &ana, PATH);
    sm_assert_page(answer, 200);
    sm_answer_free(answer);
    add(&form, "csrf", "", ana.csrf, strlen(ana.csrf));
    for (size_t i = 0; i < SM_COUNT(fields); i++)
        add(&form, fields[i][0], "", fields[i][1], strlen(fields[i][1]));
    add(&form, "document", "; filename=\"../a.pdf\"\r\nContent-Type: text/html",
        document, len);
    sm_buf_adds(&form, "--" BORDER "--\r\n");
    assert_true(sm_buf_ok(&form));
    snprintf(cookie, sizeof(cookie), "%s; %s", ana.cookie, ana.session);

    const struct sm_ask ask = {
        .method = "POST",
        .path = PATH,
        .type = "multipart/form-data; boundary=" BORDER,
        .body = form.data,
        .body_len = form.len,
        .cookie = cookie,
        .origin = SM_SITE_ORIGIN,
    };

    sm_site_ask(answer, &site, &ask);
    sm_buf_release(&form);
}

static void assert_kept(const char *what)
{
    char text[80];

    sm_payer_sql(text, sizeof(text),
                 "SELECT coalesce(string_agg(t.media_type || ' ' || "
                 "octet_length(t.body) || ' ' || (t.sha256 = sha256(t.body)), "
                 "', '), 'none') FROM ops.attachment AS t");
    assert_string_equal(text, what);
}

static void test_refused(void **state)
{
    struct sm_answer answer;

    (void)state;
    send(&answer, "<script>", 8);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "Send a PDF file, or a picture");
    sm_assert_has(&answer, "Choose it again");
    sm_assert_has(&answer, "value=\"Decision 12\"");
    sm_answer_free(&answer);
    assert_kept("none");
}

static void test_kept(void **state)
{
    char *large = calloc(1, SM_ATTACHMENT_MAX + 1);
    struct sm_answer answer;

    (void)state;
    assert_non_null(large);
    memcpy(large, "%PDF-", 5);
    send(&answer, large, SM_ATTACHMENT_MAX + 1);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "too long");
    sm_answer_free(&answer);
    assert_kept("none");
    send(&answer, large, SM_ATTACHMENT_MAX);
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", PATH "?news=asked");
    sm_answer_free(&answer);
    assert_kept("application/pdf 5242880 true");
    /* another one takes its place while it waits */
    send(&answer, "\xff\xd8\xff\0\r\n------borde?", 18);
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    assert_kept("image/jpeg 18 true");
    free(large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_kept),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
