/* needs: portal */
/* The pages that need no database: entry, services, texts, files for robots;
 * in every language, with the company's settings and without. */
#include "harness.h"

#include <stdio.h>
#include <string.h>

#include "support/fixture.h"

static const char *const paths[] = {
    "/",        "/services", "/contact",       "/terms",
    "/privacy", "/cookies",  "/accessibility", "/pay/wrong",
};
static struct sm_site bare, full;

static int start(void **state)
{
    (void)state;
    sm_site_start(&bare, "portal", NULL, NULL);
    sm_site_start(&full, "portal",
                  "company.accent = #c00060\n"
                  "company.name_ro = Apa & Lumina\n"
                  "company.phone = +40 (21) 555-0100\n"
                  "company.hours_ro = Luni-vineri 8-18\n"
                  "company.email = clienti@example.org\n"
                  "company.iban = RO49AAAA1B31007593840000\n"
                  "company.regulator_ro = ANRE\n"
                  "company.regulator_url = https://anre.ro/\n"
                  "company.announcement_ro = Pauza duminica <2 ore>\n"
                  "company.retention_years = 21\n",
                  NULL);
    sm_test_server_stop();
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&bare), 0);
    assert_int_equal(sm_site_stop(&full), 0);
    return 0;
}

static void ask(struct sm_answer *answer, const struct sm_site *site,
                const char *lang, const char *path)
{
    char whole[64];

    snprintf(whole, sizeof(whole), "/%s%s", lang, path);
    sm_site_ask(answer, site, &(struct sm_ask){.path = whole});
}

static void test_every_page_in_every_language(void **state)
{
    static const char *const langs[] = {"ro", "bg", "en"};
    struct sm_answer answer;
    char lang[32];

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        for (size_t j = 0; j < 3; j++) {
            snprintf(lang, sizeof(lang), "<html lang=\"%s\">", langs[j]);
            ask(&answer, &bare, langs[j], paths[i]);
            sm_assert_page(&answer, 200);
            sm_assert_has(&answer, lang);
            sm_assert_hasnt(&answer, "tel:");
            sm_assert_hasnt(&answer, "style=");
            sm_assert_hasnt(&answer, "<script");
            sm_assert_header(&answer, "Set-Cookie", "");
            sm_answer_free(&answer);
            ask(&answer, &full, langs[j], paths[i]);
            sm_assert_page(&answer, 200);
            sm_assert_has(&answer, "tel:+40215550100");
            sm_answer_free(&answer);
        }
    }
}

static void test_the_company_is_shown(void **state)
{
    struct sm_answer answer;

    (void)state;
    ask(&answer, &full, "ro", "/contact");
    sm_assert_has(&answer, "Apa &amp; Lumina");
    sm_assert_has(&answer, "Pauza duminica &lt;2 ore&gt;");
    sm_assert_has(&answer, "mailto:clienti@example.org");
    sm_assert_has(&answer, "RO49AAAA1B31007593840000");
    sm_assert_has(&answer, "href=\"https://anre.ro/\"");
    sm_assert_has(&answer, "/theme.css?v=%23c00060");
    sm_answer_free(&answer);
    ask(&answer, &full, "ro", "/privacy");
    sm_assert_has(&answer, "21 de ani");
    sm_answer_free(&answer);
    ask(&answer, &bare, "ro", "/contact");
    sm_assert_hasnt(&answer, "/theme.css");
    sm_answer_free(&answer);
}

static void test_theme(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_site_ask(&answer, &full,
                &(struct sm_ask){.path = "/theme.css?v=%23c00060"});
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "text/css; charset=utf-8");
    sm_assert_header(&answer, "Cache-Control", "public, max-age=86400");
    sm_assert_has(&answer, "--accent:#c00060");
    sm_assert_has(&answer, "prefers-color-scheme:dark");
    sm_answer_free(&answer);
}

static void test_files_for_machines(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_site_ask(&answer, &full, &(struct sm_ask){.path = "/robots.txt"});
    assert_int_equal(answer.http, 200);
    sm_assert_has(&answer, "Disallow: /*/pay/");
    sm_answer_free(&answer);
    sm_site_ask(&answer, &full,
                &(struct sm_ask){.path = "/.well-known/security.txt"});
    assert_int_equal(answer.http, 200);
    sm_assert_has(&answer, "Contact: mailto:clienti@example.org");
    sm_assert_has(&answer, "Expires: 2");
    sm_answer_free(&answer);
    sm_site_ask(&answer, &bare,
                &(struct sm_ask){.path = "/.well-known/security.txt"});
    sm_assert_has(&answer, "Contact: " SM_SITE_ORIGIN "/en/contact");
    sm_answer_free(&answer);
}

static void test_error_pages(void **state)
{
    struct sm_answer answer;

    (void)state;
    ask(&answer, &full, "bg", "/nothing-here");
    sm_assert_page(&answer, 404);
    sm_assert_has(&answer, "<html lang=\"bg\">");
    sm_answer_free(&answer);
    sm_site_ask(&answer, &full,
                &(struct sm_ask){.path = "/ro/contact", .method = "POST"});
    assert_int_equal(answer.http, 405);
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_page_in_every_language),
        cmocka_unit_test(test_the_company_is_shown),
        cmocka_unit_test(test_theme),
        cmocka_unit_test(test_files_for_machines),
        cmocka_unit_test(test_error_pages),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
