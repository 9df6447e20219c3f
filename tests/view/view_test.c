/* Templates end to end: mktpl wrote the copies that are read here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chart/chart.h"
#include "keys.h"
#include "view/svg.h"
#include "view/view.h"

#define PAGE_MAX 200000

static int open_view(void **state)
{
    struct sm_error err;

    (void)state;
    setenv("LANGUAGE", "de", 1); /* must not matter */
    assert_int_equal(
        sm_view_open(SM_TEST_SHARE, "test", sm_keys, sm_keys_count, &err),
        SM_OK);
    return 0;
}

static int close_view(void **state)
{
    (void)state;
    sm_view_close();
    return 0;
}

/* Render TPL into a string that the caller frees. */
static char *render(const char *tpl, struct sm_dict *dict)
{
    struct sm_buf out;
    struct sm_error err;

    sm_buf_init(&out, PAGE_MAX);
    assert_int_equal(sm_render(&out, tpl, dict, &err), SM_OK);
    sm_dict_free(dict);
    assert_non_null(out.data);
    return out.data;
}

static void assert_has(const char *page, const char *part)
{
    if (!strstr(page, part))
        fail_msg("\"%s\" is not in:\n%s", part, page);
}

static void assert_lacks(const char *page, const char *part)
{
    if (strstr(page, part))
        fail_msg("\"%s\" is in:\n%s", part, page);
}

#define EVIL "<i a=\"b\" c='d'>&"
#define EVIL_HTML "&lt;i a=&quot;b&quot; c=&#39;d&#39;&gt;&amp;"

static void test_contexts(void **state)
{
    struct sm_dict *dict = sm_dict_new(SM_LANG_EN);
    char *page;

    (void)state;
    sm_set(dict, K_VALUE, EVIL);
    sm_set(dict, K_LINK, "javascript:alert(1)");
    page = render("contexts.tpl", dict);
    assert_has(page, "<title>" EVIL_HTML "</title>");
    assert_has(page, "<p id=\"text\">" EVIL_HTML "</p>");
    assert_has(page, "<p title=\"" EVIL_HTML "\" id=\"double\">");
    assert_has(page, "<p title='" EVIL_HTML "' id=\"single\">");
    assert_has(page, "<a href=\"#\" id=\"link\">");
    assert_has(page, "<a href=\"/q?x=%3Ci+a%3D%22b%22+c%3D%27d%27%3E%26"
                     "&amp;y=1\"");
    assert_has(page, "aria-label=\"Say &quot;yes&quot;, it&#39;s " EVIL_HTML
                     "\" value=\"" EVIL_HTML "\"");
    assert_has(page, "<textarea>" EVIL_HTML "</textarea>");
    assert_lacks(page, "<i a=");
    free(page);
}

static void test_good_link(void **state)
{
    struct sm_dict *dict = sm_dict_new(SM_LANG_RO);
    char *page;

    (void)state;
    sm_set(dict, K_LINK, "https://bank.example/pay?a=1&b=2");
    page = render("contexts.tpl", dict);
    assert_has(page, "href=\"https://bank.example/pay?a=1&amp;b=2\"");
    assert_has(page, "aria-label=\"Spune &quot;da&quot;, e \"");
    free(page);
}

static void check_plural(enum sm_lang lang, int64_t n, const char *expected)
{
    struct sm_dict *dict = sm_dict_new(lang);
    char part[200], *page;

    sm_set_plural(dict, K_N, n);
    page = render("plural.tpl", dict);
    snprintf(part, sizeof(part), "<p title=\"%s\">%s, ", expected, expected);
    assert_has(page, part);
    free(page);
}

static void test_plural(void **state)
{
    static const struct {
        int64_t n;
        const char *ro, *bg, *en;
    } cases[] = {
        {0, "0 facturi", "0 фактури", "0 invoices"},
        {1, "o factură", "1 фактура", "1 invoice"},
        {2, "2 facturi", "2 фактури", "2 invoices"},
        {5, "5 facturi", "5 фактури", "5 invoices"},
        {19, "19 facturi", "19 фактури", "19 invoices"},
        {20, "20 de facturi", "20 фактури", "20 invoices"},
        {21, "21 de facturi", "21 фактури", "21 invoices"},
        {100, "100 de facturi", "100 фактури", "100 invoices"},
        {101, "101 facturi", "101 фактури", "101 invoices"},
        {119, "119 facturi", "119 фактури", "119 invoices"},
        {-5, "-5 facturi", "-5 фактури", "-5 invoices"},
    };
    size_t i = 0;

    (void)state;
    for (i = 0; i < SM_COUNT(cases); i++) {
        check_plural(SM_LANG_RO, cases[i].n, cases[i].ro);
        check_plural(SM_LANG_BG, cases[i].n, cases[i].bg);
        check_plural(SM_LANG_EN, cases[i].n, cases[i].en);
    }
}

static void test_context_of_text(void **state)
{
    char *page;

    (void)state;
    page = render("plural.tpl", sm_dict_new(SM_LANG_BG));
    assert_has(page, ", Отвори, Отворено</p>");
    free(page);
}

/* More rows than fit in the page's own places. */
static void test_rows(void **state)
{
    struct sm_dict *dict = sm_dict_new(SM_LANG_RO);
    char number[16], *page, *at;
    int i = 0;

    (void)state;
    sm_show_if(dict, K_HAS_ROWS, true);
    sm_show_if(dict, K_NO_ROWS, false);
    for (i = 0; i < 700; i++) {
        struct sm_dict *row = sm_section(dict, K_ROW);

        assert_int_equal(sm_dict_lang(row), SM_LANG_RO);
        sm_setf(row, K_NUMBER, "F-%03d", i);
        sm_set_money(row, K_TOTAL, 1234560 + i, "RON");
        sm_set_date(row, K_DUE_ON, (struct sm_date){2026, 11, 18});
    }
    page = render("table.tpl", dict);
    assert_has(page, "<h1>Facturile dumneavoastră</h1>");
    assert_lacks(page, "Nu există facturi");
    assert_has(page, "<td>12.345,60\xc2\xa0RON</td>");
    assert_has(page, "<td>18 noiembrie 2026</td>");
    assert_lacks(page, "{{");
    assert_lacks(page, "[[");
    for (i = 0, at = page; i < 700; i++) {
        snprintf(number, sizeof(number), ">F-%03d</a>", i);
        at = strstr(at, number);
        assert_non_null(at);
    }
    assert_has(page, "<!doctype html>");
    assert_has(page, "</body>\n</html>");
    free(page);
}

static void test_setters(void **state)
{
    struct sm_dict *dict = sm_dict_new(SM_LANG_EN);
    char *page, text[600];

    (void)state;
    memset(text, 'x', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    sm_show(dict, K_HAS_ROWS);
    sm_show(dict, -1);
    sm_set(dict, K__COUNT, "out of range");
    sm_set(NULL, K_NUMBER, "nowhere");
    assert_null(sm_section(NULL, K_ROW));
    dict = sm_section(dict, K_ROW) ? dict : NULL;
    sm_setf(dict, K_NUMBER, "%s!", text); /* inherited by the row */
    sm_setn(dict, K_LABEL, "label and more", 5);
    sm_set_int(dict, K_ID, INT64_MIN);
    sm_set(dict, K_KIND, NULL);
    page = render("table.tpl", dict);
    assert_has(page, "title=\"label\">xxx");
    assert_has(page, "x!</a>");
    assert_has(page, "/invoices/-9223372036854775808");
    assert_has(page, "<tr class=\"\">");
    free(page);
}

static void set_picture(struct sm_dict *dict, const char *bytes)
{
    sm_set_svg(dict, K_PICTURE, &(struct sm_svg){bytes, strlen(bytes)});
}

/* Pictures go in as they are; the page keeps copies. */
static void test_picture(void **state)
{
    struct sm_dict *dict = sm_dict_new(SM_LANG_RO);
    char bytes[] = "<svg>1</svg>", *page;

    (void)state;
    set_picture(dict, bytes);
    memset(bytes, 'x', sizeof(bytes) - 1);
    set_picture(sm_section(dict, K_ROW), "<svg>2</svg>");
    set_picture(NULL, "<svg>3</svg>");
    page = render("picture.tpl", dict);
    assert_string_equal(page, "<main><svg>1</svg></main>\n"
                              "<p><svg>2</svg></p>\n");
    free(page);
}

/* What a page does: the chart is there, its texts escaped by lib/chart. */
static void test_chart(void **state)
{
    const struct sm_chart_point point = {.label = EVIL, .value = 3};
    struct sm_chart chart = {.id = "a", .title = EVIL, .points = &point};
    struct sm_dict *dict = sm_dict_new(SM_LANG_RO);
    char *page;

    (void)state;
    assert_int_equal(sm_chart_show(dict, K_PICTURE, &chart, NULL),
                     SM_NOT_FOUND);
    chart.count = 1;
    assert_int_equal(sm_chart_show(dict, K_PICTURE, &chart, NULL), SM_OK);
    page = render("picture.tpl", dict);
    assert_has(page, "<main><div class=\"chart\">\n<svg ");
    assert_has(page, "</svg>\n</div>\n</main>\n");
    assert_has(page, ">" EVIL_HTML "</title>");
    assert_lacks(page, "<i");
    free(page);
}

/* A text at the place of a picture shows nothing that it says. */
static void test_no_picture(void **state)
{
    static const char *const texts[] = {EVIL, "",   "0",  "1",
                                        "9",  "00", "-1", "/"};
    size_t i = 0;

    (void)state;
    for (i = 0; i < SM_COUNT(texts) * 2; i++) {
        struct sm_dict *dict = sm_dict_new(SM_LANG_EN);
        const char *text = texts[i / 2];
        char *page;

        if (i % 2 == 1) /* and where there is a picture, at most that */
            set_picture(dict, "<svg/>");
        sm_set(dict, K_PICTURE, text);
        page = render("picture.tpl", dict);
        assert_string_equal(page, i % 2 == 1 && strcmp(text, "0") == 0
                                      ? "<main><svg/></main>\n"
                                      : "<main></main>\n");
        free(page);
    }
}

static void test_too_many_pictures(void **state)
{
    struct sm_dict *dict = sm_dict_new(SM_LANG_EN);
    struct sm_buf out;
    int i = 0;

    (void)state;
    sm_buf_init(&out, PAGE_MAX);
    for (i = 0; i < 9; i++)
        set_picture(dict, "<svg/>");
    assert_int_equal(sm_render(&out, "picture.tpl", dict, NULL), SM_INTERNAL);
    sm_buf_release(&out);
    sm_dict_free(dict);
}

/* A mail: nothing is escaped, blank lines stay, lines of sections do not. */
static void test_plain(void **state)
{
    struct sm_dict *dict = sm_dict_new(SM_LANG_RO);
    char *page;

    (void)state;
    sm_set(dict, K_NUMBER, "<1> & \"2\"");
    sm_set(sm_section(dict, K_ROW), K_LABEL, "a");
    sm_set(sm_section(dict, K_ROW), K_LABEL, "b");
    page = render("mail.txt.tpl", dict);
    assert_string_equal(page, "Deschis: <1> & \"2\"\n\n- a\n- b\n\n-- \nSM\n");
    free(page);
}

static void test_key_find(void **state)
{
    (void)state;
    assert_int_equal(sm_key_find("VALUE"), K_VALUE);
    assert_int_equal(sm_key_find("N"), K_N);
    assert_int_equal(sm_key_find("VALU"), -1);
    assert_int_equal(sm_key_find(""), -1);
}

static void test_texts(void **state)
{
    (void)state;
    assert_string_equal(sm_tr(SM_LANG_RO, "Pay now"), "Plătește acum");
    assert_string_equal(sm_tr(SM_LANG_BG, "Pay now"), "Платете сега");
    assert_string_equal(sm_tr(SM_LANG_EN, "Pay now"), "Pay now");
    assert_string_equal(sm_tr(SM_LANG_RO, "Not there"), "Not there");
    assert_string_equal(sm_tr(SM_LANG_RO, ""), "");
    assert_string_equal(sm_trn(SM_LANG_RO, "%d day", "%d days", 1), "%d zi");
    assert_string_equal(sm_trn(SM_LANG_RO, "%d day", "%d days", 0), "%d zile");
    assert_string_equal(sm_trn(SM_LANG_RO, "%d day", "%d days", 20),
                        "%d de zile");
    assert_string_equal(sm_trn(SM_LANG_BG, "%d day", "%d days", 1), "%d ден");
    assert_string_equal(sm_trn(SM_LANG_BG, "%d day", "%d days", 21), "%d дни");
    assert_string_equal(sm_trn(SM_LANG_EN, "%d day", "%d days", -1), "%d day");
    assert_string_equal(sm_trn(SM_LANG_EN, "%d day", "%d days", 0), "%d days");
}

static void test_render_refuses(void **state)
{
    struct sm_dict *dict = sm_dict_new(SM_LANG_EN);
    struct sm_buf out;
    struct sm_error err;

    (void)state;
    sm_buf_init(&out, 20);
    assert_int_equal(sm_render(&out, "absent.tpl", dict, &err), SM_INTERNAL);
    assert_string_equal(err.message, "no template absent.tpl");
    assert_int_equal(sm_render(&out, "_begin.tpl", dict, &err), SM_INTERNAL);
    assert_int_equal(sm_render(&out, "table.tpl", NULL, &err), SM_INTERNAL);
    assert_int_equal(sm_render(&out, "table.tpl", dict, &err), SM_INTERNAL);
    assert_has(err.message, "too large");
    sm_buf_release(&out);
    sm_dict_free(dict);
    sm_dict_free(NULL);
}

static void write_file(const char *dir, const char *name, const char *text)
{
    char path[512];
    FILE *out;

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    fclose(out);
}

static void make_dir(const char *dir, const char *name)
{
    char path[512];

    snprintf(path, sizeof(path), "%s/%s", dir, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static int remove_one(const char *path, const struct stat *st, int type,
                      struct FTW *place)
{
    (void)st;
    (void)type;
    (void)place;
    return remove(path);
}

static void assert_open_fails(const char *dir, const char *word)
{
    struct sm_error err = {.message = ""};

    assert_int_equal(sm_view_open(dir, "p", sm_keys, sm_keys_count, &err),
                     SM_INTERNAL);
    assert_has(err.message, word);
}

static void test_open_refuses(void **state)
{
    char dir[] = "/tmp/sm_view_XXXXXX", link[64];

    (void)state;
    sm_view_close();
    assert_non_null(mkdtemp(dir));
    assert_open_fails(dir, "no catalogue");
    snprintf(link, sizeof(link), "%s/locale", dir);
    assert_int_equal(symlink(SM_TEST_SHARE "/locale", link), 0);
    assert_open_fails(dir, "No such file");
    make_dir(dir, "templates");
    make_dir(dir, "templates/p");
    make_dir(dir, "templates/p/ro");
    make_dir(dir, "templates/p/bg");
    make_dir(dir, "templates/p/en");
    write_file(dir, "templates/p/ro/a.tpl", "a");
    write_file(dir, "templates/p/bg/a.tpl", "a");
    assert_open_fails(dir, "en/a.tpl");
    write_file(dir, "templates/p/en/a.tpl", "{{#OPEN}}never closed");
    assert_open_fails(dir, "en/a.tpl");
    write_file(dir, "templates/p/en/a.tpl", "a");
    assert_int_equal(sm_view_open(dir, "p", sm_keys, sm_keys_count, NULL),
                     SM_OK);
    sm_view_close();
    nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    open_view(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_good_link),
        cmocka_unit_test(test_plural),
        cmocka_unit_test(test_context_of_text),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_setters),
        cmocka_unit_test(test_picture),
        cmocka_unit_test(test_chart),
        cmocka_unit_test(test_no_picture),
        cmocka_unit_test(test_too_many_pictures),
        cmocka_unit_test(test_plain),
        cmocka_unit_test(test_key_find),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_render_refuses),
        cmocka_unit_test(test_open_refuses),
    };

    return cmocka_run_group_tests(tests, open_view, close_view);
}
