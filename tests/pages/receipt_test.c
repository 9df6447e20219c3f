/* needs: portal pay */
/* The receipt, and checking that one is genuine. */
#include "payer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct sm_payer payer;

static int start(void **state)
{
    (void)state;
    sm_payer_open(&payer, "");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_payer_close(&payer);
    return 0;
}

static void get_receipt(struct sm_answer *out, struct sm_browser *browser)
{
    char path[128];

    snprintf(path, sizeof(path), "/en/pay/receipt/%s", payer.payment);
    sm_browser_get(out, browser, path);
}

static void test_none_before_the_money(void **state)
{
    struct sm_answer answer;
    char path[128];

    (void)state;
    sm_payer_bill(&payer, "RECE11110001", 9000);
    sm_payer_go(&payer, "receipt-key-1", 9000);
    get_receipt(&answer, &payer.browser);
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
    snprintf(path, sizeof(path), "/en/pay/receipt/%s/pdf", payer.payment);
    sm_browser_get(&answer, &payer.browser, path);
    assert_int_equal(answer.http, 303);
    sm_answer_free(&answer);
}

static void test_shows_and_checks(void **state)
{
    struct sm_browser other = {.site = &payer.pay};
    char what[64], path[128], *at;
    struct sm_answer answer;

    (void)state;
    snprintf(what, sizeof(what), "pay?id=cs_test_%d",
             sm_payer_sessions(&payer));
    free(sm_payer_tell(&payer, what));
    sm_payer_event(&answer, &payer, "evt_r1", "checkout.session.completed",
                   sm_payer_sessions(&payer), false);
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
    get_receipt(&answer, &payer.browser);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "RECE11110001"); /* the invoice's number */
    sm_assert_has(&answer, "…0001");        /* the code, masked */
    sm_assert_has(&answer, "cs_test_");
    sm_assert_header(&answer, "Cache-Control", "no-store");
    at = strstr(answer.body, SM_SITE_ORIGIN "/en/receipt/");
    assert_non_null(at);
    snprintf(path, sizeof(path), "%.*s", 12 + 43, at + strlen(SM_SITE_ORIGIN));
    sm_answer_free(&answer);
    get_receipt(&answer, &other);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &other, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "Yes.");
    sm_assert_hasnt(&answer, "RECE11110001");
    sm_answer_free(&answer);
    path[20] = path[20] == 'A' ? 'B' : 'A';
    sm_browser_get(&answer, &other, path);
    sm_assert_page(&answer, 404);
    sm_assert_has(&answer, "No. We issued no receipt");
    sm_answer_free(&answer);
}

/* The same as a file, in the reader's language; a browser that has it is told
 * so. */
static void test_file(void **state)
{
    struct sm_browser other = {.site = &payer.pay};
    char path[128], tag[128], match[160];
    struct sm_answer answer;

    (void)state;
    snprintf(path, sizeof(path), "/ro/pay/receipt/%s/pdf", payer.payment);
    sm_browser_get(&answer, &payer.browser, path);
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "application/pdf");
    sm_assert_header(&answer, "Cache-Control", "private, no-cache");
    assert_non_null(strstr(answer.head, "filename=\"R20"));
    assert_in_range(answer.len, 5000, 200000);
    assert_memory_equal(answer.body, "%PDF-", 5);
    assert_non_null(memmem(answer.body, answer.len, "/Lang (ro)", 10));
    sm_answer_header(&answer, "ETag", tag, sizeof(tag));
    assert_int_equal(tag[0], '"');
    sm_answer_free(&answer);
    snprintf(match, sizeof(match), "HTTP_IF_NONE_MATCH=W/%s", tag);
    sm_site_ask(&answer, &payer.pay,
                &(struct sm_ask){.path = path,
                                 .cookie = payer.browser.cookie,
                                 .header = match});
    assert_int_equal(answer.http, 304);
    assert_int_equal(answer.len, 0);
    sm_answer_free(&answer);
    /* another language is another file */
    path[1] = 'b';
    path[2] = 'g';
    sm_site_ask(&answer, &payer.pay,
                &(struct sm_ask){.path = path,
                                 .cookie = payer.browser.cookie,
                                 .header = match});
    assert_int_equal(answer.http, 200);
    assert_non_null(memmem(answer.body, answer.len, "/Lang (bg)", 10));
    sm_answer_free(&answer);
    /* and nobody else's */
    sm_browser_get(&answer, &other, path);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_none_before_the_money),
        cmocka_unit_test(test_shows_and_checks),
        cmocka_unit_test(test_file),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
