/* links: chart view xml money base */
/* Charts, read back as XML. */
#include "chart_reader.h"

#define NBSP "\xc2\xa0"

static struct sm_chart_point points[SM_CHART_POINTS + 1];
static struct sm_chart chart;
static struct sm_buf out;

static void draw(enum sm_lang lang)
{
    struct sm_error err = {.message = ""};

    sm_buf_clear(&out);
    if (sm_chart_draw(&out, lang, &chart, &err) != SM_OK)
        fail_msg("%s", err.message);
    read_back(&out);
}

static const struct picture *broad(void)
{
    return &seen->pictures[1];
}

static size_t count(const struct picture *picture, const char *kind)
{
    size_t found = 0;

    for (size_t i = 0; i < picture->npaths; i++)
        found += strcmp(picture->paths[i].kind, kind) == 0;
    return found;
}

/* The path number INDEX of its KIND, behind those of legend and pattern. */
static const char *path(const struct picture *picture, const char *kind,
                        size_t index)
{
    for (size_t i = 0; i < picture->npaths; i++)
        if (strcmp(picture->paths[i].kind, kind) == 0 && index-- == 0)
            return picture->paths[i].d;
    fail_msg("no such %s", kind);
    return NULL;
}

static void assert_word(const char *word)
{
    if (!strstr(broad()->words, word))
        fail_msg("no \"%s\" in:\n%s", word, broad()->words);
}

static void assert_no_word(const char *word)
{
    if (strstr(broad()->words, word))
        fail_msg("\"%s\" in:\n%s", word, broad()->words);
}

static int set_up(void **state)
{
    static const char *const labels[] = {"Jan",  "Feb", "Mar", "Apr",
                                         "May",  "Jun", "Jul", "Aug",
                                         "Sept", "Oct", "Nov", "Dec"};

    (void)state;
    seen = calloc(1, sizeof(*seen));
    sm_buf_init(&out, SM_CHART_BYTES);
    memset(points, 0, sizeof(points));
    for (size_t i = 0; i <= SM_CHART_POINTS; i++) {
        points[i].label = labels[i % 12];
        points[i].group = i < 12 ? "2024" : i < 24 ? "2025" : "2026";
    }
    chart = (struct sm_chart){
        .id = "use",
        .title = "Consumption",
        .description = "Twelve months.",
        .unit = "kWh",
        .points = points,
        .count = 12,
        .words = {"Used", "Last year", "Estimated", "No reading", "Average"},
    };
    return seen ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    sm_buf_release(&out);
    free(seen);
    return 0;
}

static void nice_steps(void **state)
{
    static const struct {
        uint64_t above, below;
        unsigned intervals;
        uint64_t step;
    } cases[] = {
        {0, 0, 4, 1},
        {1, 0, 4, 1},
        {4, 0, 4, 1},
        {5, 0, 4, 2},
        {8, 0, 4, 2},
        {9, 0, 4, 5},
        {20, 0, 4, 5},
        {21, 0, 4, 10},
        {40, 0, 4, 10},
        {41, 0, 4, 20},
        {350, 0, 4, 100},
        {999, 1, 4, 500},
        {0, 350, 4, 100},
        {1, 1, 2, 1},
        {UINT64_C(1) << 63, 0, 4, UINT64_C(5000000000000000000)},
        {UINT64_C(1) << 63, UINT64_C(1) << 63, 4,
         UINT64_C(5000000000000000000)},
        {UINT64_MAX, UINT64_MAX, 2, UINT64_C(10000000000000000000)},
    };

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cases); i++)
        assert_int_equal(sm_chart_nice_step(cases[i].above, cases[i].below,
                                            cases[i].intervals),
                         cases[i].step);
}

/* One point: the axis, the bar, and what they say. */
static void one_point(void **state)
{
    (void)state;
    chart.count = 1;
    points[0].value = 300;
    draw(SM_LANG_EN);
    assert_string_equal(broad()->box, "0 0 800 312.8");
    assert_string_equal(broad()->labelled, "usebt");
    assert_int_equal(count(broad(), "hit"), 1);
    assert_int_equal(count(broad(), "bar"), 2); /* one is in the pattern */
    assert_int_equal(count(broad(), "grid"), 4);
    assert_int_equal(count(broad(), "zero"), 1);
    assert_int_equal(count(broad(), "avg"), 0);
    assert_string_equal(path(broad(), "grid", 2), "M32.9 28.6H800");
    assert_string_equal(path(broad(), "zero", 0), "M32.9 268.6H800");
    assert_string_equal(path(broad(), "bar", 1), "M78.9 28.6h36v240h-36z");
    assert_word("Consumption\nTwelve months.\nkWh\n0\n100\n200\n300\n");
    assert_word("Jan 2024\nUsed: 300" NBSP "kWh\n");
    assert_no_word("Last year");
}

static void no_points(void **state)
{
    (void)state;
    chart.count = 0;
    assert_int_equal(sm_chart_draw(&out, SM_LANG_EN, &chart, NULL),
                     SM_NOT_FOUND);
    chart.count = 2;
    points[0].missing = points[1].missing = true;
    assert_int_equal(sm_chart_draw(&out, SM_LANG_EN, &chart, NULL),
                     SM_NOT_FOUND);
    assert_int_equal(out.len, 0);
    points[1].has_compare = true;
    draw(SM_LANG_EN);
    assert_int_equal(count(broad(), "was"), 2);
    assert_int_equal(count(broad(), "gap"), 3);
}

static void refuses(void **state)
{
    static const char *const ids[] = {NULL, "",    "1a",           "a b",
                                      "A",  "a\"", "abcdefghijklm"};

    (void)state;
    for (size_t i = 0; i < SM_COUNT(ids); i++) {
        chart.id = ids[i];
        assert_int_equal(sm_chart_draw(&out, SM_LANG_EN, &chart, NULL),
                         SM_INVALID);
    }
    chart.id = "a";
    chart.count = SM_CHART_POINTS + 1;
    assert_int_equal(sm_chart_draw(&out, SM_LANG_EN, &chart, NULL), SM_INVALID);
    chart.count = 1;
    chart.decimals = 7;
    assert_int_equal(sm_chart_draw(&out, SM_LANG_EN, &chart, NULL), SM_INVALID);
    chart.decimals = 0;
    chart.currency = "XXQ";
    assert_int_equal(sm_chart_draw(&out, SM_LANG_EN, &chart, NULL), SM_INVALID);
    assert_int_equal(out.len, 0);
    chart.currency = NULL;
    out.max = 1000;
    assert_int_equal(sm_chart_draw(&out, SM_LANG_EN, &chart, NULL),
                     SM_INTERNAL);
}

static void all_marks(void **state)
{
    (void)state;
    for (size_t i = 0; i < 12; i++) {
        points[i].value = 100 + (int64_t)i;
        points[i].compare = 90;
        points[i].has_compare = i > 0;
    }
    points[2].estimated = true;
    points[3].missing = points[3].estimated = true;
    chart.has_average = true;
    chart.average = 105;
    draw(SM_LANG_EN);
    for (size_t i = 0; i < 2; i++) {
        const struct picture *picture = &seen->pictures[i];

        assert_int_equal(count(picture, "bar"), 10 + 2);
        assert_int_equal(count(picture, "est"), 1 + 1);
        assert_int_equal(count(picture, "was"), 11 + 1);
        assert_int_equal(count(picture, "gap"), 1 + 1);
        assert_int_equal(count(picture, "avg"), 1 + 1);
    }
    assert_int_equal(count(&seen->pictures[0], "hit"), 0);
    assert_non_null(strstr(out.data, "class=\"est\" fill=\"url(#usebe)\""));
    assert_true(has_id("usebe"));
    assert_word("Used\nEstimated\nLast year\nNo reading\nAverage 105");
    assert_word("Mar 2024\nUsed: 102" NBSP "kWh (Estimated)\nLast year: 90");
    assert_word("Apr 2024\nNo reading\nLast year: 90" NBSP "kWh\n");
}

static void below_zero(void **state)
{
    (void)state;
    chart.count = 2;
    points[0].value = 150;
    points[1].value = -50;
    draw(SM_LANG_EN);
    assert_word("kWh\n-50\n0\n50\n100\n150\n");
    assert_string_equal(path(broad(), "zero", 0), "M32.9 208.6H800");
    assert_string_equal(path(broad(), "bar", 1), "M78.9 28.6h36v180h-36z");
    assert_string_equal(path(broad(), "bar", 2), "M206.9 208.6h36v60h-36z");
    points[0].value = -150;
    draw(SM_LANG_EN);
    assert_word("kWh\n-150\n-100\n-50\n0\n");
}

static void all_zero(void **state)
{
    (void)state;
    chart.currency = "RON";
    chart.unit = NULL;
    draw(SM_LANG_RO);
    assert_word("RON\n0\n1\n2\n");
    assert_int_equal(count(broad(), "bar"), 12 + 1);
    assert_non_null(strstr(path(broad(), "bar", 1), "v1.5"));
    assert_null(strstr(out.data, "class=\"num\""));
}

static void languages(void **state)
{
    (void)state;
    chart.currency = "RON";
    chart.unit = "lei";
    points[0].value = 123456;
    draw(SM_LANG_RO);
    assert_word("lei\n0\n500\n1.000\n1.500\n");
    assert_word("Used: 1.234,56" NBSP "RON\n");
    draw(SM_LANG_BG);
    assert_word("1" NBSP "234,56" NBSP "RON");
    draw(SM_LANG_EN);
    assert_word("RON" NBSP "1,234.56");
    points[0].value = 123; /* money has all its decimals or none */
    draw(SM_LANG_EN);
    assert_word("lei\n0.00\n0.50\n1.00\n1.50\n");
    chart.currency = NULL; /* a quantity those that it needs */
    chart.unit = "m³";
    chart.decimals = 3;
    points[0].value = 1230;
    draw(SM_LANG_RO);
    assert_word("m³\n0,0\n0,5\n1,0\n1,5\n");
    assert_word("Used: 1,230" NBSP "m³");
}

static void large_values(void **state)
{
    (void)state;
    chart.currency = "RON";
    chart.unit = NULL;
    points[0].value = INT64_C(1850000000);
    draw(SM_LANG_RO);
    assert_word("×" NBSP "1.000.000" NBSP "RON\n0\n5\n10\n15\n20\n");
    points[0].value = INT64_MAX;
    points[1].value = INT64_MIN;
    points[2].compare = INT64_MIN;
    points[2].has_compare = chart.has_average = chart.show_most = true;
    chart.average = INT64_MIN;
    draw(SM_LANG_EN);
    assert_word("\n-100\n-50\n0\n50\n100\n");
    assert_word("-RON" NBSP "92,233,720,368,547,758.08");
    assert_non_null(strstr(path(broad(), "bar", 2), "v110.6"));
    assert_non_null(strstr(path(broad(), "bar", 3), "v110.6"));
    chart.currency = NULL;
    for (chart.decimals = 0; chart.decimals <= SM_CHART_DECIMALS;
         chart.decimals++)
        draw(SM_LANG_BG);
}

static void escapes(void **state)
{
    static const char evil[] = "</title><script>alert('&\"')\x01\xff";

    (void)state;
    points[0].label = points[0].group = chart.unit = evil;
    chart.title = chart.description = evil;
    chart.words = (struct sm_chart_words){evil, evil, evil, evil, evil};
    points[0].has_compare = points[0].estimated = points[1].missing = true;
    points[0].value = 3;
    chart.has_average = chart.show_most = true;
    draw(SM_LANG_EN);
    assert_null(strstr(out.data, "<script"));
    assert_word("</title><script>alert('&\"')\xef\xbf\xbd\xef\xbf\xbd\n");
    assert_non_null(strstr(out.data, "&lt;/title&gt;&lt;script&gt;alert("
                                     "&#39;&amp;&quot;&#39;)"));
}

/* The largest chart there can be stays below the ceiling, its texts cut. */
static void bounded(void **state)
{
    static char quotes[2000];

    (void)state;
    memset(quotes, '"', sizeof(quotes) - 1);
    chart.count = SM_CHART_POINTS;
    chart.title = chart.description = chart.unit = quotes;
    chart.words =
        (struct sm_chart_words){quotes, quotes, quotes, quotes, quotes};
    for (size_t i = 0; i < SM_CHART_POINTS; i++) {
        points[i].label = points[i].group = quotes + i;
        points[i].value = points[i].compare = INT64_MIN;
        points[i].has_compare = points[i].estimated = true;
    }
    points[0].missing = true;
    chart.has_average = chart.show_most = true;
    draw(SM_LANG_BG);
    assert_true(out.len < SM_CHART_BYTES);
    assert_word("\"\"\"…\n");
}

/* Labels: all where they have room, else some, the newest always. */
static void labels(void **state)
{
    (void)state;
    draw(SM_LANG_EN);
    assert_int_equal(count(broad(), "tick"), 0);
    assert_word("\nJan\nFeb\nMar\nApr\nMay\nJun\nJul\nAug\nSept\nOct\nNov\nDec"
                "\n2024\n");
    chart.count = 24;
    draw(SM_LANG_EN);
    assert_int_equal(count(broad(), "tick"), 12);
    assert_word("\nFeb\nApr\nJun\nAug\nOct\nDec\nFeb\nApr\nJun\nAug\nOct\nDec"
                "\n2024\n2025\n");
    assert_int_equal(count(&seen->pictures[0], "tick"), 6);
    chart.count = 36;
    draw(SM_LANG_EN);
    assert_int_equal(count(&seen->pictures[0], "tick"), 6);
}

/* All values are written where there is room, else the extremes. */
static void numbers(void **state)
{
    (void)state;
    for (size_t i = 0; i < 24; i++)
        points[i].value = 100 + (int64_t)(i * 7 % 24);
    draw(SM_LANG_EN);
    assert_word("\n100\nJan\n107\nFeb\n114\nMar\n");
    chart.count = 24;
    chart.decimals = 2;
    draw(SM_LANG_EN);
    assert_null(strstr(out.data, "class=\"num\""));
    chart.show_most = true;
    draw(SM_LANG_EN);
    assert_word("\n1.23\n");
    assert_no_word("\n1.22\n");
}

static void same_bytes(void **state)
{
    char *first;

    (void)state;
    points[3].value = 12;
    draw(SM_LANG_RO);
    first = strdup(out.data);
    assert_non_null(first);
    draw(SM_LANG_RO);
    assert_string_equal(first, out.data);
    free(first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nice_steps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_point, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_points, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_marks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(below_zero, set_up, tear_down),
        cmocka_unit_test_setup_teardown(all_zero, set_up, tear_down),
        cmocka_unit_test_setup_teardown(languages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(large_values, set_up, tear_down),
        cmocka_unit_test_setup_teardown(escapes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bounded, set_up, tear_down),
        cmocka_unit_test_setup_teardown(labels, set_up, tear_down),
        cmocka_unit_test_setup_teardown(numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(same_bytes, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
