/* Reads a chart back as XML, for its test. */
#ifndef SM_TESTS_CHART_READER_H
#define SM_TESTS_CHART_READER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "chart/chart.h"
#include "xml/xml.h"

#define PATHS 400
#define IDS 64

/* One of the two pictures, as a reader of XML sees it. */
struct picture {
    char kind[16], box[32], labelled[32], described[32];
    struct {
        char kind[8], d[80];
    } paths[PATHS];
    size_t npaths;
    char words[65536]; /* of texts and titles, each ended by a line */
};

struct reader {
    struct picture pictures[2];
    size_t npictures;
    char ids[IDS][32];
    size_t nids;
    int depth;
    size_t used; /* of the words */
    bool reading;
};

static struct reader *seen;

/* The attribute NAME into TEXT; "" if it is absent. */
static void attribute(char *text, size_t size,
                      const struct sm_xml_element *element, const char *name)
{
    if (sm_xml_attribute(text, size, element, name) != SM_OK)
        text[0] = '\0';
}

/* Keep what a path is and where it goes. */
static void note_path(struct picture *picture,
                      const struct sm_xml_element *element)
{
    assert_true(picture->npaths < PATHS);
    attribute(picture->paths[picture->npaths].kind, 8, element, "class");
    attribute(picture->paths[picture->npaths].d, 80, element, "d");
    picture->npaths++;
}

/* The handler of sm_xml_parse(): pictures, ids, paths; nothing has a style. */
static enum sm_status on_open(void *ctx, const struct sm_xml_element *element,
                              struct sm_error *err)
{
    struct reader *r = ctx;
    char id[32];

    (void)err;
    r->depth++;
    if (strcmp(element->name, "svg") == 0) {
        struct picture *picture = &r->pictures[r->npictures++];

        assert_true(r->npictures <= 2);
        r->used = 0;
        attribute(picture->kind, 16, element, "class");
        attribute(picture->box, 32, element, "viewBox");
        attribute(picture->labelled, 32, element, "aria-labelledby");
        attribute(picture->described, 32, element, "aria-describedby");
        attribute(id, sizeof(id), element, "role");
        assert_string_equal(id, "img");
    }
    attribute(id, sizeof(id), element, "style");
    assert_string_equal(id, "");
    attribute(id, sizeof(id), element, "id");
    if (*id) {
        assert_true(r->nids < IDS);
        snprintf(r->ids[r->nids++], 32, "%s", id);
    }
    if (strcmp(element->name, "path") == 0)
        note_path(&r->pictures[r->npictures - 1], element);
    r->reading = strcmp(element->name, "text") == 0 ||
                 strcmp(element->name, "title") == 0 ||
                 strcmp(element->name, "desc") == 0 ||
                 strcmp(element->name, "tspan") == 0;
    return SM_OK;
}

/* The same: what is written. */
static enum sm_status on_text(void *ctx, const char *text, size_t len,
                              struct sm_error *err)
{
    struct reader *r = ctx;
    char *words = r->pictures[r->npictures > 0 ? r->npictures - 1 : 0].words;

    (void)err;
    if (!r->reading)
        return SM_OK;
    assert_true(r->used + len + 2 < sizeof(r->pictures[0].words));
    memcpy(words + r->used, text, len);
    r->used += len;
    words[r->used] = '\0';
    return SM_OK;
}

/* The same: a line ends with its element. */
static enum sm_status on_close(void *ctx, struct sm_error *err)
{
    struct reader *r = ctx;
    struct picture *picture =
        &r->pictures[r->npictures > 0 ? r->npictures - 1 : 0];

    (void)err;
    r->depth--;
    if (r->reading && r->used + 2 < sizeof(picture->words)) {
        picture->words[r->used++] = '\n';
        picture->words[r->used] = '\0';
    }
    r->reading = false;
    return SM_OK;
}

/* True if ID was given once. */
static bool has_id(const char *id)
{
    size_t count = 0;

    for (size_t i = 0; i < seen->nids; i++)
        count += strcmp(seen->ids[i], id) == 0;
    return count == 1;
}

/* Read the chart in OUT back into SEEN; what any chart must keep. */
static void read_back(const struct sm_buf *out)
{
    static const struct sm_xml_limits limits = {SM_CHART_BYTES, 8, 20000};
    const struct sm_xml_handler handler = {seen, on_open, on_text, on_close};
    struct sm_error err = {.message = ""};
    struct sm_xml *xml = NULL;

    memset(seen, 0, sizeof(*seen));
    assert_int_equal(sm_xml_new(&xml, &limits, &err), SM_OK);
    if (sm_xml_parse(xml, out->data, out->len, &handler, &err) != SM_OK)
        fail_msg("%s in:\n%s", err.message, out->data);
    sm_xml_free(xml);
    assert_int_equal(seen->npictures, 2);
    assert_string_equal(seen->pictures[0].kind, "narrow");
    assert_string_equal(seen->pictures[1].kind, "broad");
    for (size_t i = 0; i < 2; i++) {
        assert_true(has_id(seen->pictures[i].labelled));
        assert_true(has_id(seen->pictures[i].described));
    }
}

#endif
