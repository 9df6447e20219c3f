/* needs: portal pay */
/* Coming back from the processor: the address proves nothing. */
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

static void come_back(struct sm_browser *browser, const char *tail)
{
    char path[256], to[256], expected[256];
    struct sm_answer answer;

    snprintf(path, sizeof(path), "/en/pay/return/%s%s", payer.payment, tail);
    snprintf(expected, sizeof(expected), "/en/pay/status/%s", payer.payment);
    sm_browser_get(&answer, browser, path);
    assert_int_equal(answer.http, 303);
    assert_string_equal(sm_answer_header(&answer, "Location", to, sizeof(to)),
                        expected);
    sm_answer_free(&answer);
}

static void test_asks_instead_of_believing(void **state)
{
    char what[64];

    (void)state;
    sm_payer_bill(&payer, "RETU11110001", 8000);
    sm_payer_go(&payer, "return-key-01", 8000);
    come_back(&payer.browser, "?status=paid&payment_status=paid&amount=1");
    sm_payer_expect(&payer, "started");
    snprintf(what, sizeof(what), "pay?id=cs_test_%d",
             sm_payer_sessions(&payer));
    free(sm_payer_tell(&payer, what));
    come_back(&payer.browser, "?status=failed");
    sm_payer_expect(&payer, "settled");
    come_back(&payer.browser, "");
    sm_payer_expect(&payer, "settled");
}

static void test_slow_processor(void **state)
{
    int64_t begin;

    (void)state;
    sm_payer_bill(&payer, "RETU11110002", 8100);
    sm_payer_go(&payer, "return-key-02", 8100);
    free(sm_payer_tell(&payer, "mode?query=slow"));
    begin = sm_test_ms();
    come_back(&payer.browser, "");
    assert_true(sm_test_ms() - begin < 3000);
    free(sm_payer_tell(&payer, "mode?query=down"));
    come_back(&payer.browser, "");
    free(sm_payer_tell(&payer, "mode?query=ok"));
    sm_payer_expect(&payer, "started");
}

static void test_another_browser_asks_nothing(void **state)
{
    struct sm_browser other = {.site = &payer.pay};
    struct sm_answer answer;
    char what[64];

    (void)state;
    snprintf(what, sizeof(what), "pay?id=cs_test_%d",
             sm_payer_sessions(&payer));
    free(sm_payer_tell(&payer, what));
    come_back(&other, "");
    sm_payer_expect(&payer, "started");
    sm_browser_get(&answer, &other, "/en/pay/return/nothing");
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_asks_instead_of_believing),
        cmocka_unit_test(test_slow_processor),
        cmocka_unit_test(test_another_browser_asks_nothing),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
