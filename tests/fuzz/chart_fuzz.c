/* links: chart view xml money base */
/* Charts: whatever the figures and the bytes of their texts, what comes out is
 * well-formed, bounded and the same twice. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "chart/chart.h"
#include "xml/xml.h"

#define TEXTS 4

struct input {
    const uint8_t *at, *end;
};

static uint8_t byte(struct input *in)
{
    return in->at < in->end ? *in->at++ : 0;
}

/* Numbers of every size, as often a small one as a huge one. */
static int64_t number(struct input *in)
{
    uint8_t shift = byte(in);
    uint64_t value = 0;

    for (int i = 0; i < 8; i++)
        value = value << 8 | byte(in);
    value >>= shift & 63;
    return (int64_t)(shift & 64 ? 0 - value : value);
}

static enum sm_status on_open(void *ctx, const struct sm_xml_element *element,
                              struct sm_error *err)
{
    (void)ctx;
    (void)err;
    if (strcmp(element->name, "script") == 0)
        abort();
    return SM_OK;
}

static enum sm_status on_text(void *ctx, const char *text, size_t len,
                              struct sm_error *err)
{
    (void)ctx;
    (void)text;
    (void)len;
    (void)err;
    return SM_OK;
}

static enum sm_status on_close(void *ctx, struct sm_error *err)
{
    (void)ctx;
    (void)err;
    return SM_OK;
}

static void check(const struct sm_buf *out)
{
    static const struct sm_xml_limits limits = {SM_CHART_BYTES, 8, 20000};
    static const struct sm_xml_handler handler = {NULL, on_open, on_text,
                                                  on_close};
    static struct sm_xml *xml;

    if (!xml && sm_xml_new(&xml, &limits, NULL) != SM_OK)
        abort();
    if (sm_xml_parse(xml, out->data, out->len, &handler, NULL) != SM_OK)
        abort();
}

static void draw(const struct sm_chart *chart, enum sm_lang lang)
{
    static struct sm_buf out, again;
    enum sm_status status;

    sm_buf_release(&out);
    sm_buf_release(&again);
    sm_buf_init(&out, SM_CHART_BYTES);
    sm_buf_init(&again, SM_CHART_BYTES);
    status = sm_chart_draw(&out, lang, chart, NULL);
    if (status == SM_NOT_FOUND || status == SM_INVALID) {
        if (out.len > 0)
            abort();
        return;
    }
    if (status != SM_OK || sm_chart_draw(&again, lang, chart, NULL) != SM_OK ||
        strcmp(out.data, again.data) != 0)
        abort();
    check(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input in = {data, data + size};
    struct sm_chart_point points[SM_CHART_POINTS + 1] = {0};
    char rest[1024] = "";
    const char *texts[TEXTS] = {rest, rest, rest, rest};
    struct sm_chart chart = {.id = "a", .points = points};
    uint8_t flags = byte(&in), lang = byte(&in);
    size_t len;

    chart.count = byte(&in) % SM_COUNT(points);
    chart.decimals = byte(&in) % (SM_CHART_DECIMALS + 1);
    chart.average = number(&in);
    for (size_t i = 0; i < chart.count; i++) {
        uint8_t kind = byte(&in);

        points[i].value = number(&in);
        points[i].compare = kind & 1 ? number(&in) : 0;
        points[i].has_compare = kind & 1;
        points[i].estimated = kind & 2;
        points[i].missing = kind & 4;
    }
    len = (size_t)(in.end - in.at);
    len = len < sizeof(rest) - 1 ? len : sizeof(rest) - 1;
    if (len > 0)
        memcpy(rest, in.at, len);
    for (size_t i = 1; i < TEXTS; i++)
        texts[i] = rest + len * i / TEXTS;
    for (size_t i = 0; i < chart.count; i++) {
        points[i].label = texts[i % TEXTS];
        points[i].group = flags & 1 ? texts[i / 12 % TEXTS] : NULL;
    }
    chart.title = texts[0];
    chart.description = texts[1];
    chart.unit = flags & 2 ? texts[2] : NULL;
    chart.currency = flags & 4 ? "RON" : NULL;
    chart.has_average = flags & 8;
    chart.show_most = flags & 16;
    chart.words = (struct sm_chart_words){texts[3], texts[2], texts[1],
                                          texts[0], texts[3]};
    draw(&chart, (enum sm_lang)(lang % SM_LANG__COUNT));
    return 0;
}
