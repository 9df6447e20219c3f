/* needs: sandbox */
/* The processor's list of orders, as the daily comparison walks it. */
#include "boxed.h"

#include <stdio.h>

#include "base/clock.h"

enum { BUDGET_MS = 8000 };
#define HOUR_US (INT64_C(3600) * 1000000)

static struct sm_boxed boxed;

static int start(void **state)
{
    (void)state;
    sm_boxed_start(&boxed);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_boxed_stop(&boxed);
    return 0;
}

/* Walk the list since SINCE_US; how many orders it has, and pages in PAGES. */
static size_t listed(int64_t since_us, int *pages)
{
    const char *cursor = "";
    struct sm_pay_event *events;
    size_t all = 0, count;

    *pages = 0;
    do {
        assert_int_equal(boxed.processor->ops->list(
                             &events, &count, &cursor, boxed.processor,
                             boxed.arena, since_us, cursor, BUDGET_MS, NULL),
                         SM_OK);
        all += count;
        (*pages)++;
    } while (cursor[0] != '\0' && *pages < 10);
    return all;
}

static void every_order_is_on_its_list(void **state)
{
    int64_t now_us = sm_clock_now_us();
    size_t before;
    int pages;

    (void)state;
    before = listed(now_us - HOUR_US, &pages);
    for (int i = 0; i < 101; i++) {
        struct sm_pay_event event;
        char order_no[16];
        const struct sm_pay_order order = {.payment = {0xdd, (uint8_t)i},
                                           .order_no = order_no,
                                           .idempotency_key = order_no,
                                           .processor_ref = "",
                                           .capture_ref = "",
                                           .amount_minor = 100 + i,
                                           .currency = "RON",
                                           .email = "",
                                           .lang = "en",
                                           .hint = "4321",
                                           .created_us = now_us,
                                           .expires_us = now_us + HOUR_US};

        snprintf(order_no, sizeof(order_no), "SM-L%d", i);
        assert_int_equal(boxed.processor->ops->create(&event, boxed.processor,
                                                      boxed.arena, &order,
                                                      BUDGET_MS, NULL),
                         SM_OK);
    }
    assert_int_equal(listed(now_us - HOUR_US, &pages), before + 101);
    assert_int_equal(pages, 2);
    assert_int_equal(listed(now_us + HOUR_US, &pages), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_order_is_on_its_list),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
