/* links: domain xml */
/* Green Button files: what programs for energy find in them.  With --write
 * FILE the sample is written there, for a look or for the schema of the
 * standard (espi.xsd, which is not here). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include "domain/espi.h"

#define DAY INT64_C(86400)
#define JANUARY INT64_C(1767218400) /* 2026-01-01 00:00 in Bucharest */

static const struct sm_espi_value power[] = {
    {JANUARY - 31 * DAY, 31 * DAY, 120500, SM_ESPI_BILLED},
    {JANUARY, 31 * DAY, -7, SM_ESPI_ESTIMATED},
};
static const struct sm_espi_value water[] = {
    {JANUARY, 59 * DAY, 5250, SM_ESPI_BILLED},
};
static const struct sm_espi_value dial[] = {
    {JANUARY, 0, 1000000, SM_ESPI_VALIDATED},
    {JANUARY + 40 * DAY, 0, 1010500, SM_ESPI_QUESTIONABLE},
};
static const struct sm_espi_series series[] = {
    {"use electricity KWH", "Used <&> \"kWh\"\x01", "electricity", "KWH", false,
     false, power, 2},
    {"given electricity MWH", "Given", "electricity", "MWH", true, false, power,
     1},
    {"dial 7", "Meter 7", "electricity", "KWH", false, true, dial, 2},
    {"use water MTQ", "Water", "water", "MTQ", false, false, water, 1},
    {"use telecom C62", "Calls", "telecom", "C62", false, false, water, 1},
    {"use water C62", "Pieces", "water", "C62", false, false, water, 1},
    {"use heat GV", "Heat", "heat", "GV", false, false, water, 1},
    {"dial 8", "Meter 8", "electricity", "K3", false, true, dial, 1},
};

static struct sm_espi sample = {.place = {1, 2, 3},
                                .title = "Str. Ștefan 1",
                                .now_s = JANUARY + 12345,
                                .zone_s = 7200,
                                .summer_s = 3600,
                                .series = series,
                                .count = SM_COUNT(series)};

/* The feed of a test, as text and as XPath sees it. */
static struct sm_buf out;
static xmlDoc *doc;
static xmlXPathContext *paths;

static void drop(void)
{
    xmlXPathFreeContext(paths);
    xmlFreeDoc(doc);
    sm_buf_release(&out);
    paths = NULL;
    doc = NULL;
}

static void make(const struct sm_espi *espi)
{
    sm_buf_init(&out, (size_t)1 << 20);
    assert_int_equal(sm_espi_write(&out, espi, NULL), SM_OK);
    assert_true(sm_buf_ok(&out));
    doc = xmlReadMemory(out.data, (int)out.len, "feed.xml", NULL,
                        XML_PARSE_NONET);
    assert_non_null(doc);
    paths = xmlXPathNewContext(doc);
    xmlXPathRegisterNs(paths, BAD_CAST "a",
                       BAD_CAST "http://www.w3.org/2005/Atom");
    xmlXPathRegisterNs(paths, BAD_CAST "e", BAD_CAST "http://naesb.org/espi");
}

static void expect(const char *path, const char *want)
{
    xmlXPathObject *found = xmlXPathEvalExpression(BAD_CAST path, paths);
    xmlChar *text;

    assert_non_null(found);
    text = xmlXPathCastToString(found);
    if (strcmp((const char *)text, want) != 0)
        fail_msg("%s: %s, not %s", path, (const char *)text, want);
    xmlFree(text);
    xmlXPathFreeObject(found);
}

static void test_what_is_there(void **state)
{
    (void)state;
    make(&sample);
    expect("count(//e:UsagePoint)", "3");
    expect("count(//e:LocalTimeParameters)", "1");
    expect("count(//e:MeterReading)", "6"); /* two have no code */
    expect("count(//e:ReadingType)", "6");
    expect("count(//e:IntervalBlock)", "7");
    expect("count(//e:IntervalReading)", "8");
    expect("string(/a:feed/a:title)", "Str. Ștefan 1");
    expect("string(/a:feed/a:updated)", "2026-01-01T01:25:45Z");
    expect("count(//a:title[.='Used <&> \"kWh\"'])", "4");
    expect("string(//e:dstStartRule)", "3E0E3000");
    expect("string(//e:dstEndRule)", "AE0E4000");
    expect("string(//e:tzOffset)", "7200");
    drop();
}

static void test_codes(void **state)
{
    (void)state;
    make(&sample);
    /* electricity, watt hours: thousandths of kWh as they are */
    expect("string((//e:ServiceCategory/e:kind)[1])", "0");
    expect("string((//e:ServiceCategory/e:kind)[2])", "2");
    expect("string((//e:ServiceCategory/e:kind)[3])", "4");
    expect("concat((//e:uom)[1], ' ', (//e:powerOfTenMultiplier)[1], ' ', "
           "(//e:commodity)[1], ' ', (//e:flowDirection)[1], ' ', "
           "(//e:accumulationBehaviour)[1], ' ', (//e:ReadingType/e:kind)[1])",
           "72 0 1 1 4 12");
    expect("concat((//e:flowDirection)[2], ' ', (//e:powerOfTenMultiplier)[2])",
           "19 3");
    expect("string((//e:accumulationBehaviour)[3])", "1");
    expect("concat((//e:uom)[4], ' ', (//e:powerOfTenMultiplier)[4], ' ', "
           "(//e:commodity)[4], ' ', (//e:ReadingType/e:kind)[4])",
           "42 -3 9 58");
    expect("concat((//e:uom)[5], ' ', (//e:powerOfTenMultiplier)[5], ' ', "
           "(//e:commodity)[5])",
           "31 6 12");
    drop();
}

static void test_values(void **state)
{
    (void)state;
    make(&sample);
    expect("string((//e:IntervalReading/e:value)[1])", "120500");
    expect("string((//e:IntervalReading/e:timePeriod/e:start)[1])",
           "1764540000");
    expect("string((//e:IntervalBlock/e:interval/e:duration)[1])", "2678400");
    expect("string((//e:quality)[1])", "19");
    expect("string((//e:quality)[2])", "8");
    expect("string((//e:IntervalReading/e:value)[2])", "-7");
    /* what a meter showed is one block */
    expect("count(//e:IntervalBlock[e:interval/e:duration=3456000]"
           "/e:IntervalReading)",
           "2");
    drop();
}

/* Each resource is found by the links of another. */
static void test_links(void **state)
{
    (void)state;
    make(&sample);
    expect("count(//a:link[not(starts-with(@type, 'espi-'))])", "0");
    expect("count(//a:entry[not(a:link[@rel='self']) or "
           "not(a:link[@rel='up'])])",
           "0");
    expect("count(//a:entry/a:link[@rel='self'][@href = "
           "preceding::a:entry/a:link[@rel='self']/@href])",
           "0");
    expect("count(//a:entry[a:content/e:MeterReading][not(a:link[@rel='up']"
           "/@href = //a:entry[a:content/e:UsagePoint]/a:link[@rel='related']"
           "/@href)])",
           "0");
    expect("count(//a:entry[a:content/e:IntervalBlock][not(a:link[@rel='up']"
           "/@href = //a:entry[a:content/e:MeterReading]"
           "/a:link[@rel='related']/@href)])",
           "0");
    expect("count(//a:entry[a:content/e:ReadingType or "
           "a:content/e:LocalTimeParameters][not(a:link[@rel='self']/@href = "
           "//a:link[@rel='related']/@href)])",
           "0");
    drop();
}

/* The text of the element at PATH; free with xmlFree(). */
static xmlChar *text_at(const char *path)
{
    xmlXPathObject *found = xmlXPathEvalExpression(BAD_CAST path, paths);
    xmlChar *text = xmlXPathCastToString(found);

    xmlXPathFreeObject(found);
    return text;
}

static void test_ids(void **state)
{
    static const char third[] = "string((//a:entry/a:id)[3])";
    struct sm_espi later = sample;
    xmlChar *id, *other;

    (void)state;
    make(&sample);
    expect("count(//a:id[. = preceding::a:id])", "0");
    expect("count(//a:id[not(starts-with(., 'urn:uuid:')) or "
           "string-length(.) != 45 or substring(., 24, 1) != '8'])",
           "0");
    id = text_at(third);
    drop();
    /* another day, another order: the same; another place: another */
    later.now_s += DAY;
    later.title = "x";
    make(&later);
    other = text_at(third);
    assert_string_equal(id, other);
    xmlFree(other);
    drop();
    later.place[15] = 1;
    make(&later);
    other = text_at(third);
    assert_string_not_equal(id, other);
    xmlFree(other);
    xmlFree(id);
    drop();
}

static void test_limits(void **state)
{
    struct sm_espi_value value = {JANUARY, DAY, INT64_C(1) << 47,
                                  SM_ESPI_BILLED};
    struct sm_espi_series one = series[0];
    struct sm_espi espi = sample;

    (void)state;
    one.values = &value;
    one.count = 1;
    espi.series = &one;
    espi.count = 1;
    espi.summer_s = 0;
    make(&espi);
    expect("string(//e:dstStartRule)", "FFFFFFFF");
    drop();
    value.milli++;
    sm_buf_init(&out, 1000);
    assert_int_equal(sm_espi_write(&out, &espi, NULL), SM_INVALID);
    value.milli = -value.milli;
    assert_int_equal(sm_espi_write(&out, &espi, NULL), SM_INVALID);
    sm_buf_release(&out);
    espi.count = 0;
    make(&espi);
    expect("count(//a:entry)", "1");
    drop();
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_there), cmocka_unit_test(test_codes),
        cmocka_unit_test(test_values),        cmocka_unit_test(test_links),
        cmocka_unit_test(test_ids),           cmocka_unit_test(test_limits),
    };

    if (argc == 3 && strcmp(argv[1], "--write") == 0) {
        FILE *file = fopen(argv[2], "w");

        make(&sample);
        if (!file || fwrite(out.data, 1, out.len, file) != out.len ||
            fclose(file) != 0)
            return 1;
        drop();
        return 0;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
