/* needs: portal */
/* Meters of who is logged in: the list, one meter, the overview; nothing of
 * anybody else. */
#include "harness.h"
#include "metered.h"

#include <stdio.h>

#include "support/fixture.h"

static struct sm_site site;
static struct sm_browser ana = {.site = &site}, bob = {.site = &site},
                         eye = {.site = &site};

static int start(void **state)
{
    (void)state;
    sm_metered(&ana, &bob, &eye);
    sm_site_start(&site, "portal", NULL, NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

static void test_list(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &ana, "/en/meters");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "5 meters");
    sm_assert_has(&answer, "2000 kWh");
    sm_assert_has(&answer, "2000.00 kWh");
    sm_assert_has(&answer, "read by us");
    sm_assert_has(&answer, "6 days left");
    sm_assert_has(&answer, "next: ");
    sm_assert_has(&answer, "Night");
    sm_assert_hasnt(&answer, "B1");
    sm_assert_header(&answer, "Cache-Control", "no-store");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/meters?q=street+d1");
    sm_assert_has(&answer, "1 meter");
    sm_assert_has(&answer, ">D1<");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/meters?q=B1");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "No meter fits");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &eye, "/en/meters");
    sm_assert_has(&answer, "3 meters");
    sm_answer_free(&answer);
    sm_test_sql("SELECT t.meter('3333', 'M' || n, 'OPEN', '{single}', 0) FROM "
                "generate_series(10, 40) AS n");
    sm_browser_get(&answer, &bob, "/en/meters?q=M&page=2");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "31 meters");
    sm_assert_has(&answer, "Page 2 of 2");
    sm_assert_has(&answer, "q=M&amp;page=1");
    sm_assert_has(&answer, ">M40<");
    sm_assert_hasnt(&answer, ">M34<");
    sm_answer_free(&answer);
}

static void test_meter(void **state)
{
    struct sm_answer answer;
    char path[64];

    (void)state;
    sm_browser_get(&answer, &ana, sm_metered_path(path, "E1"));
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "Used since ");
    sm_assert_has(&answer, "3.33 kWh");
    sm_assert_has(&answer, "every 3 months");
    sm_assert_has(&answer, "A note");
    sm_assert_has(&answer, "estimated");
    sm_assert_has(&answer, "name=\"value_1\"");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, sm_metered_path(path, "D1"));
    sm_assert_has(&answer, "name=\"value_2\"");
    sm_assert_has(&answer, "Night");
    sm_answer_free(&answer);
    /* the next window, and no form */
    sm_browser_get(&answer, &ana, sm_metered_path(path, "N1"));
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "next: ");
    sm_assert_hasnt(&answer, "name=\"value_1\"");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, sm_metered_path(path, "K1"));
    sm_assert_has(&answer, "for information");
    sm_assert_has(&answer, "name=\"value_1\"");
    sm_answer_free(&answer);
    /* who may only see finds no form */
    sm_browser_get(&answer, &eye, sm_metered_path(path, "E1"));
    sm_assert_page(&answer, 200);
    sm_assert_hasnt(&answer, "name=\"value_1\"");
    sm_answer_free(&answer);
}

/* A refusal without what differs from request to request. */
static void assert_nothing(struct sm_browser *who, const char *path,
                           const char *fields)
{
    struct sm_answer one, two;

    sm_browser_get(&one, who, "/en/meters");
    sm_answer_free(&one);
    if (fields) {
        sm_browser_post(&one, who, path, fields);
        sm_browser_post(
            &two, who, "/en/meters/aaaaaaaaaaaaaaaaaaaaaaaaae/reading", fields);
    } else {
        sm_browser_get(&one, who, path);
        sm_browser_get(&two, who, "/en/meters/aaaaaaaaaaaaaaaaaaaaaaaaae");
    }
    assert_int_equal(one.http, 404);
    assert_int_equal(two.http, 404);
    assert_int_equal(one.len, two.len);
    sm_answer_free(&one);
    sm_answer_free(&two);
}

static void test_foreign(void **state)
{
    static const char fields[] =
        "value_1=2100&once_key=aaaaaaaaaaaaaaaaaaaaaaaaae";
    struct sm_answer answer;
    char path[64], to[80];

    (void)state;
    assert_nothing(&ana, sm_metered_path(path, "B1"), NULL);
    snprintf(to, sizeof(to), "%s/reading", path);
    assert_nothing(&ana, to, fields);
    snprintf(to, sizeof(to), "%s/reading", sm_metered_path(path, "E1"));
    assert_nothing(&eye, to, fields);
    sm_metered_sent("B1", "0");
    sm_metered_sent("E1", "0");
    sm_browser_get(&answer, &ana, "/en/meters/nothing");
    assert_int_equal(answer.http, 404);
    sm_answer_free(&answer);
}

static void test_home(void **state)
{
    struct sm_answer answer;
    char path[64], link[96];

    (void)state;
    sm_browser_get(&answer, &ana, "/en/home");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "3 meters wait for their index until ");
    sm_assert_has(&answer, "6 days left");
    sm_assert_has(&answer, ">Send the index");
    sm_assert_has(&answer, "Next reading period: ");
    sm_answer_free(&answer);
    /* who may only see is not asked to send */
    sm_browser_get(&answer, &eye, "/en/home");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "3 meters wait for their index until ");
    sm_assert_hasnt(&answer, ">Send the index");
    sm_answer_free(&answer);
    /* the button of one meter leads to it */
    sm_test_sql("UPDATE meter.meter SET removed_on = ops.day(now()) WHERE "
                "serial IN ('D1', 'W1')");
    sm_browser_get(&answer, &ana, "/en/home");
    sm_assert_has(&answer, "The index can be sent until ");
    snprintf(link, sizeof(link), "<a class=\"button second\" href=\"%s\">",
             sm_metered_path(path, "E1"));
    sm_assert_has(&answer, link);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, sm_metered_path(path, "D1"));
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "taken out on ");
    sm_assert_hasnt(&answer, "name=\"value_1\"");
    sm_answer_free(&answer);
}

static void test_down(void **state)
{
    struct sm_browser nobody = {.site = &site};
    struct sm_answer answer;
    char path[64];

    (void)state;
    sm_browser_get(&answer, &nobody, "/en/meters");
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", "/en/login?next=%2Fmeters");
    sm_answer_free(&answer);
    sm_metered_path(path, "E1");
    sm_test_server_stop();
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),    cmocka_unit_test(test_meter),
        cmocka_unit_test(test_foreign), cmocka_unit_test(test_home),
        cmocka_unit_test(test_down),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
