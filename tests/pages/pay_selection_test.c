/* needs: portal pay */
/* What a customer chooses to pay: who may, what is shown, how it divides. */
#include "chooser.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bills.h"
#include "support/fixture.h"

static struct sm_payer payer;

static int start(void **state)
{
    (void)state;
    sm_payer_open(&payer, "");
    sm_bills_account("SELECT000001");
    sm_bills_invoice("SELECT000001", "S-1", 4100, "RON", -10);
    sm_bills_invoice("SELECT000001", "S-2", 5200, "RON", 20);
    sm_bills_invoice("SELECT000001", "S-E", 700, "EUR", 20);
    sm_bills_account("SELECT000002");
    sm_bills_invoice("SELECT000002", "T-1", 1550, "RON", 10);
    sm_bills_account("SELECT000003");
    sm_bills_invoice("SELECT000003", "X-1", 9900, "RON", 10);
    sm_chooser_login("ana@example.org");
    sm_chooser_give("ana@example.org", "0001", NULL);
    sm_chooser_give("ana@example.org", "0002", NULL);
    sm_chooser_login("bob@example.org");
    sm_chooser_give("bob@example.org", "0001", "{see}");
    sm_chooser_give("bob@example.org", "0002", "{see,pay}");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_payer_close(&payer);
    return 0;
}

static void test_buttons(void **state)
{
    struct sm_browser ana = sm_chooser_enter(&payer, "ana@example.org");
    struct sm_browser bob = sm_chooser_enter(&payer, "bob@example.org");
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &ana, "/en/home");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "To pay for all places, in RON");
    sm_assert_has(&answer, "108.50");
    sm_assert_hasnt(&answer, "To pay for all places, in EUR"); /* one place */
    sm_assert_has(&answer, "name=\"place\"");
    sm_answer_free(&answer);
    /* who may only see has no button for it */
    sm_browser_get(&answer, &bob, "/en/home");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "93.00");
    sm_assert_has(&answer, "Pay " SM_RON "15.50<span");
    sm_assert_hasnt(&answer, "93.00<span");
    sm_assert_hasnt(&answer, "To pay for all places");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, "/en/invoices");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "aria-label=\"Choose T-1\"");
    sm_assert_hasnt(&answer, "aria-label=\"Choose S-1\"");
    sm_assert_has(&answer, "Pay the chosen bills");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, "/en/invoices?state=paid");
    sm_assert_hasnt(&answer, "Pay the chosen bills");
    sm_answer_free(&answer);
}

static void test_refusals(void **state)
{
    struct sm_browser ana = sm_chooser_enter(&payer, "ana@example.org");
    struct sm_browser bob = sm_chooser_enter(&payer, "bob@example.org");
    struct sm_answer answer;
    char fields[8192] = "", path[128];

    (void)state;
    sm_chooser_refused(&ana, "", 422, "Tick at least one bill");
    sm_chooser_refused(&ana, "all=1", 422,
                       "These bills are in several currencies");
    sm_chooser_refused(&ana, "invoice=aaaa", 422,
                       "This reference is not complete.");
    sm_chooser_refused(&ana, "all=1&currency=USD", 404,
                       "There is nothing to pay here");
    sm_chooser_refused(&ana, "invoice=aaaaaaaaaaaaaaaaaaaaaaaaaa", 404,
                       "There is nothing to pay here");
    sm_chooser_add(fields, sizeof(fields), "X-1"); /* somebody else's */
    sm_chooser_refused(&ana, fields, 404, "There is nothing to pay here");
    fields[0] = '\0';
    sm_chooser_add(fields, sizeof(fields), "S-1"); /* he may see it only */
    sm_chooser_refused(&bob, fields, 404, "There is nothing to pay here");
    for (int i = 0; i < 200; i++)
        sm_chooser_add(fields, sizeof(fields), "S-1");
    sm_chooser_refused(&ana, fields, 422, "Too many were chosen at once.");
    sm_browser_get(&answer, &ana, "/en/pay/selection");
    sm_chooser_to(&answer, "/en/home");
    sm_answer_free(&answer);
    /* what of a list is not theirs is left out, and they are told */
    fields[0] = '\0';
    sm_chooser_add(fields, sizeof(fields), "S-1");
    sm_chooser_add(fields, sizeof(fields), "X-1");
    sm_chooser_choose(path, &ana, fields);
    assert_non_null(strstr(path, "?left_out=1"));
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "there is nothing to pay on it");
    sm_assert_hasnt(&answer, "X-1");
    sm_answer_free(&answer);
}

static void test_whose(void **state)
{
    struct sm_browser ana = sm_chooser_enter(&payer, "ana@example.org");
    struct sm_browser other = sm_chooser_enter(&payer, "ana@example.org");
    struct sm_browser bob = sm_chooser_enter(&payer, "bob@example.org"), guest;
    struct sm_answer answer;
    char fields[256] = "", path[128], bill[128];

    (void)state;
    sm_chooser_add(fields, sizeof(fields), "T-1");
    sm_chooser_choose(path, &ana, fields);
    sm_browser_get(&answer, &other, path); /* another browser of hers */
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, path);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    snprintf(bob.cookie, sizeof(bob.cookie), "%s", ana.cookie);
    sm_browser_get(&answer, &bob, path); /* the same browser, another log-in */
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    /* the guest's address leads there, and the receipt's can be changed */
    snprintf(bill, sizeof(bill), "/en/pay/%.26s", path + 18);
    sm_browser_get(&answer, &ana, bill);
    sm_chooser_to(&answer, path);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &other, bill);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    snprintf(bill, sizeof(bill), "/en/pay/%.26s/email", path + 18);
    guest = ana;
    guest.session[0] = '\0';
    sm_browser_get(&answer, &guest, bill);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "ana@example.org");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &guest, bill, "email=other%40example.org");
    snprintf(bill, sizeof(bill), "/en/pay/%.26s", path + 18);
    sm_chooser_to(&answer, bill);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, path);
    sm_assert_has(&answer, "o***@example.org");
    sm_answer_free(&answer);
    /* no further code, and nothing to see once logged out */
    snprintf(bill, sizeof(bill), "/en/pay/%.26s/add", path + 18);
    sm_browser_get(&answer, &guest, bill);
    sm_answer_free(&answer);
    sm_browser_post(&answer, &guest, bill, "payment_code=SELECT000003");
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &guest, path);
    sm_chooser_to(&answer, "/en/login?next=%2Fpay%2Fselection%2F");
    sm_answer_free(&answer);
}

static void show(struct sm_answer *out, struct sm_browser *browser,
                 const char *path, const char *amount, int http)
{
    char whole[192];

    snprintf(whole, sizeof(whole), "%s?amount=%s", path, amount);
    sm_browser_get(out, browser, whole);
    sm_assert_page(out, http);
}

/* The number of the row after NUMBER's, as the page prints it. */
static void expect_part(const struct sm_answer *page, const char *number,
                        const char *open, const char *part)
{
    const char *row = strstr(page->body, number);
    char mark[96];

    assert_non_null(row);
    snprintf(mark, sizeof(mark),
             "Open: " SM_RON "%s</span></td><td class=\"amount\">" SM_RON "%s<",
             open, part);
    if (!strstr(row, mark) || strstr(row, mark) > strstr(row, "</tr>"))
        fail_msg("%s has no %s in\n%s", number, mark, row);
}

static void test_amounts(void **state)
{
    struct sm_browser ana = sm_chooser_enter(&payer, "ana@example.org");
    struct sm_answer answer;
    char fields[256] = "", path[128];

    (void)state;
    sm_chooser_add(fields, sizeof(fields), "T-1");
    sm_chooser_add(fields, sizeof(fields), "S-1");
    sm_chooser_choose(path, &ana, fields);
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "2 bills");
    sm_assert_has(&answer, "Pay " SM_RON "56.50 by card");
    assert_true(strstr(answer.body, ">S-1") < strstr(answer.body, ">T-1"));
    assert_non_null(
        strstr(answer.head, "form-action 'self' https://checkout.example.com"));
    sm_answer_free(&answer);
    show(&answer, &ana, path, "45,00", 200); /* what is due first is first */
    expect_part(&answer, "S-1", "41.00", "41.00");
    expect_part(&answer, "T-1", "15.50", "4.00");
    sm_assert_has(&answer, "Pay " SM_RON "45.00 by card");
    sm_assert_has(&answer, "name=\"choice\" value=\"other\"");
    sm_assert_has(&answer, "Stays open of them");
    sm_answer_free(&answer);
    show(&answer, &ana, path, "60", 200); /* the others, then credit */
    expect_part(&answer, "S-2", "52.00", "3.50");
    sm_assert_has(&answer, "S-2 (not chosen)");
    sm_assert_hasnt(&answer, "Stays as credit");
    sm_answer_free(&answer);
    show(&answer, &ana, path, "200", 200);
    expect_part(&answer, "S-2", "52.00", "52.00");
    sm_assert_has(&answer, "<dt>Stays as credit</dt><dd>" SM_RON "91.50");
    sm_answer_free(&answer);
    show(&answer, &ana, path, "0.99", 422);
    sm_assert_has(&answer, "The amount is too small.");
    sm_assert_hasnt(&answer, "/start\"");
    sm_answer_free(&answer);
    show(&answer, &ana, path, "20000.01", 422);
    sm_assert_has(&answer, "The amount is too large.");
    sm_answer_free(&answer);
    show(&answer, &ana, path, "x%3C", 422);
    sm_assert_has(&answer, "This is not an amount.");
    sm_assert_has(&answer, "value=\"x&lt;\"");
    sm_answer_free(&answer);
    sm_test_server_stop();
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
    sm_site_await(&payer.portal);
    sm_site_await(&payer.pay);
    sm_site_await(&payer.notify);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buttons),
        cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_whose),
        cmocka_unit_test(test_amounts),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
