/* needs: portal pay */
/* A customer pays what they chose: from the log-in to the receipt. */
#include "chooser.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bills.h"
#include "support/fixture.h"

static struct sm_payer payer;

enum { SITES = 500, AT_ONCE = 120 };

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

static void test_paid(void **state)
{
    struct sm_browser ana = sm_chooser_enter(&payer, "ana@example.org");
    struct sm_answer page, answer;
    char fields[256] = "", path[128], receipt[128];

    (void)state;
    sm_chooser_add(fields, sizeof(fields), "S-2");
    sm_chooser_add(fields, sizeof(fields), "T-1");
    sm_chooser_choose(path, &ana, fields);
    sm_browser_get(&page, &ana, path);
    sm_chooser_press(&answer, &payer, &ana, &page, path);
    sm_chooser_to(&answer, "https://checkout.example.com/");
    sm_answer_free(&answer);
    sm_chooser_press(&answer, &payer, &ana, &page,
                     path); /* twice: the same order */
    sm_chooser_to(&answer, "https://checkout.example.com/");
    sm_answer_free(&answer);
    sm_answer_free(&page);
    /* meanwhile there is no second button */
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "You have a payment under way");
    sm_assert_hasnt(&answer, "/start\"");
    sm_answer_free(&answer);
    sm_chooser_settle(&payer, "evt_sel_1");
    sm_payer_expect_sql(
        "SELECT string_agg(d.number || ' ' || a.amount_minor, ', ' ORDER BY "
        "d.number) FROM pay.allocation AS a JOIN billing.document AS d ON "
        "d.id = a.document_id WHERE a.payment_id IS NOT NULL",
        "S-2 5200, T-1 1550");
    snprintf(receipt, sizeof(receipt), "/en/pay/receipt/%s", payer.payment);
    sm_browser_get(&answer, &payer.browser, receipt);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "S-2");
    sm_assert_has(&answer, "T-1");
    sm_assert_hasnt(&answer, "<dt>Payment code</dt>"); /* there are two */
    sm_answer_free(&answer);
    snprintf(receipt, sizeof(receipt), "/en/pay/status/%s", payer.payment);
    sm_browser_get(&answer, &payer.browser, receipt);
    sm_assert_has(&answer, "and 1 more");
    sm_assert_has(&answer, "href=\"/en/home\">Back to the overview");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "All of these bills are paid.");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/home");
    sm_assert_hasnt(&answer, "To pay for all places");
    sm_answer_free(&answer);
}

/* One of them is paid elsewhere before the button is pressed. */
static void test_changed(void **state)
{
    struct sm_browser ana = sm_chooser_enter(&payer, "ana@example.org");
    struct sm_answer page, answer;
    char fields[256] = "", path[128];

    (void)state;
    sm_bills_invoice("SELECT000002", "T-2", 800, "RON", 30);
    sm_chooser_add(fields, sizeof(fields), "S-1");
    sm_chooser_add(fields, sizeof(fields), "T-2");
    sm_chooser_choose(path, &ana, fields);
    sm_browser_get(&page, &ana, path);
    sm_bills_invoice("SELECT000002", "T-3", -800, "RON", 0);
    sm_chooser_press(&answer, &payer, &ana, &page, path);
    sm_assert_page(&answer, 409);
    sm_assert_has(&answer, "The sum has changed");
    sm_assert_has(&answer, "41.00");
    sm_answer_free(&answer);
    sm_answer_free(&page);
    sm_browser_get(&page, &ana, path);
    sm_assert_page(&page, 200);
    sm_assert_has(&page, "<td class=\"amount\">paid</td>");
    sm_assert_has(&page, "Pay " SM_RON "41.00 by card");
    sm_chooser_press(&answer, &payer, &ana, &page, path);
    sm_chooser_to(&answer, "https://checkout.example.com/");
    sm_answer_free(&answer);
    sm_answer_free(&page);
    sm_chooser_settle(&payer, "evt_sel_2");
}

static void test_120_of_500(void **state)
{
    struct sm_browser many;
    struct sm_answer page, answer;
    static char fields[AT_ONCE * 40];
    char path[128], number[16], sql[512];
    int64_t at;

    (void)state;
    snprintf(sql, sizeof(sql),
             "SELECT t.account(sha256(('many' || n)::bytea), 'M' || n), "
             "t.invoice(sha256(('many' || n)::bytea), 'M-' || n, 1000 + n, "
             "'RON', n) FROM generate_series(1, %d) AS n",
             SITES);
    sm_test_sql(sql);
    sm_chooser_login("many@example.org");
    sm_chooser_give("many@example.org", "M%", NULL);
    many = sm_chooser_enter(&payer, "many@example.org");
    for (int i = 1; i <= AT_ONCE; i++) {
        snprintf(number, sizeof(number), "M-%d", i * 4);
        sm_chooser_add(fields, sizeof(fields), number);
    }
    at = sm_test_ms();
    sm_chooser_choose(path, &many, fields);
    print_message("home and choosing %d of %d sites: %" PRId64 " ms\n", AT_ONCE,
                  SITES, sm_test_ms() - at);
    at = sm_test_ms();
    sm_browser_get(&page, &many, path);
    sm_assert_page(&page, 200);
    print_message("their page: %" PRId64 " ms\n", sm_test_ms() - at);
    sm_assert_has(&page, "120 bills");
    sm_assert_has(&page, "Pay " SM_RON "1,490.40 by card");
    at = sm_test_ms();
    sm_chooser_press(&answer, &payer, &many, &page, path);
    sm_chooser_to(&answer, "https://checkout.example.com/");
    print_message("start: %" PRId64 " ms\n", sm_test_ms() - at);
    sm_answer_free(&answer);
    sm_answer_free(&page);
    at = sm_test_ms();
    sm_chooser_settle(&payer, "evt_sel_3");
    print_message("settling: %" PRId64 " ms\n", sm_test_ms() - at);
    sm_payer_expect_sql("SELECT count(*) || ' ' || sum(i.total_minor) || ' ' "
                        "|| count(DISTINCT i.account_id) FROM "
                        "billing.open_item AS i JOIN billing.document AS d ON "
                        "d.id = i.document_id WHERE i.open_minor = 0 AND "
                        "d.number LIKE 'M-%'",
                        "120 149040 120");
    sm_chooser_refused(&many, "all=1&currency=RON", 422,
                       "These are more than 200 bills");
    sm_browser_get(&answer, &many, "/en/home");
    sm_assert_has(&answer, "A payment takes up to 200 bills");
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_paid),
        cmocka_unit_test(test_changed),
        cmocka_unit_test(test_120_of_500),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
