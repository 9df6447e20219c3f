/* needs: portal pay jobs */
/* Programs whose only server is none to decide on: they start, answer 503,
 * say why in the log, and serve as soon as the server is fit. */
#include "bills.h"
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/fixture.h"

#define PAY                                                                    \
    "stripe.base_url = http://127.0.0.1:9\nstripe.secret_key = sk_test_1\n"    \
    "stripe.webhook_secret = whsec_test_secret\n"

static char dir[64], standby[80];

static int start(void **state)
{
    (void)state;
    sm_bills_schema();
    snprintf(dir, sizeof(dir), "/tmp/smetka-stby.XXXXXX");
    assert_non_null(mkdtemp(dir));
    assert_int_equal(chmod(dir, 0755), 0);
    snprintf(standby, sizeof(standby), "%s/b", dir);
    sm_test_pg("standby", standby, sm_test_server());
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_test_pg("drop", standby, NULL);
    rmdir(dir);
    return 0;
}

static void use(const char *server, bool require_durable)
{
    char conninfo[128];

    snprintf(conninfo, sizeof(conninfo), "host=%s/run dbname=smetka", server);
    setenv("SMETKA_DATABASE", conninfo, 1);
    setenv("SMETKA_DB__REQUIRE_DURABLE", require_durable ? "true" : "false", 1);
}

static void ready(const struct sm_site *site, int http)
{
    struct sm_answer answer;

    sm_site_ask(&answer, site,
                &(struct sm_ask){.path = "/readyz", .address = "127.0.0.1"});
    if (answer.http != http)
        fail_msg("%d, not %d", answer.http, http);
    sm_answer_free(&answer);
}

/* Does the program's log have a line of EVENT that says WHAT? */
static bool logged(const struct sm_site *site, const char *event,
                   const char *what)
{
    char path[128], line[2048], name[64];
    bool found = false;
    FILE *file;

    snprintf(path, sizeof(path), "%s/log", site->dir);
    snprintf(name, sizeof(name), "\"event\":\"%s\"", event);
    file = fopen(path, "re");
    while (file && fgets(line, sizeof(line), file))
        found = found || (strstr(line, name) && strstr(line, what));
    if (file)
        fclose(file);
    return found;
}

static void test_standby_serves_nobody(void **state)
{
    static const struct {
        const char *program, *conf;
    } programs[] = {{"portal", ""}, {"pay", PAY}};
    struct sm_answer answer;
    struct sm_site site;

    (void)state;
    use(standby, false);
    for (size_t i = 0; i < SM_COUNT(programs); i++) {
        sm_site_start(&site, programs[i].program, programs[i].conf, NULL);
        ready(&site, 503);
        assert_true(logged(&site, "db_fenced", "is a standby"));
        ready(&site, 503);
        assert_true(logged(&site, "request", "is a standby"));
        sm_site_ask(
            &answer, &site,
            &(struct sm_ask){.path = "/healthz", .address = "127.0.0.1"});
        assert_int_equal(answer.http, 200); /* the process itself is well */
        sm_answer_free(&answer);
        assert_int_equal(sm_site_stop(&site), 0);
    }
}

/* The test's server syncs nothing: it may show bills, not take money. */
static void test_only_money_needs_a_durable_server(void **state)
{
    struct sm_site site;

    (void)state;
    use(sm_test_server(), true);
    sm_site_start(&site, "portal", "", NULL);
    ready(&site, 200);
    assert_int_equal(sm_site_stop(&site), 0);
    sm_site_start(&site, "pay", PAY, NULL);
    ready(&site, 503);
    assert_true(logged(&site, "db_fenced", "fsync is off"));
    assert_int_equal(sm_site_stop(&site), 0);
    sm_site_start(&site, "jobs", PAY, NULL);
    while (!logged(&site, "jobs_set", "fsync is off"))
        sm_test_sleep_ms(10);
    assert_int_equal(sm_site_stop(&site), 0);
    use(sm_test_server(), false);
    sm_site_start(&site, "pay", PAY, NULL);
    ready(&site, 200);
    assert_int_equal(sm_site_stop(&site), 0);
}

/* One program learns of the promotion, the others know it from the file. */
static void test_site_follows_the_promotion(void **state)
{
    char timeline[80];
    struct sm_site old, portal;

    (void)state;
    snprintf(timeline, sizeof(timeline), "%s/timeline", dir);
    setenv("SMETKA_DB__TIMELINE_FILE", timeline, 1);
    use(sm_test_server(), false);
    sm_site_start(&old, "portal", "", NULL);
    ready(&old, 200);
    sm_test_pg("promote", standby, NULL);
    ready(&old, 200); /* nobody has seen it yet */
    use(standby, false);
    sm_site_start(&portal, "portal", "", NULL);
    ready(&portal, 200);
    ready(&old, 503);
    assert_true(logged(&old, "db_fenced", "timeline 1, but 2 was seen"));
    assert_int_equal(sm_site_stop(&portal), 0);
    assert_int_equal(sm_site_stop(&old), 0);
    unlink(timeline);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_standby_serves_nobody),
        cmocka_unit_test(test_only_money_needs_a_durable_server),
        cmocka_unit_test(test_site_follows_the_promotion),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
