#include "web/input.h"

#include <string.h>

#include "base/text.h"
#include "web/app.h"

/* The path segment that fills input INDEX; NULL if it stands not there. */
static const struct sm_segment *path_segment(const struct sm_match *match,
                                             int index)
{
    for (size_t i = 0; i < match->count; i++) {
        if (match->route->segments[i].input == index)
            return &match->segments[i];
    }
    return NULL;
}

static enum sm_status read_segment(struct sm_request *rq,
                                   const struct sm_input *input,
                                   struct sm_value *value,
                                   const struct sm_segment *segment)
{
    value->raw = sm_arena_strndup(rq->arena, segment->text, segment->len);
    if (!value->raw)
        return SM_FAIL(&rq->err, SM_INTERNAL, "inputs: no memory");
    if (!sm_utf8_valid(value->raw, segment->len))
        return SM_NOT_FOUND;
    sm_input_check(value, rq->arena, rq->app->settings, input, segment->len);
    return value->error || !value->present ? SM_NOT_FOUND : SM_OK;
}

static enum sm_status read_field(struct sm_request *rq,
                                 const struct sm_input *input,
                                 struct sm_value *value,
                                 const struct sm_form *form)
{
    const struct sm_field *field;
    enum sm_status st = sm_form_find(&field, form, input->name);

    if (st != SM_OK)
        return SM_FAIL(&rq->err, st, "field %s came twice", input->name);
    if (field && field->file && input->type != SM_IN_BYTES)
        return SM_FAIL(&rq->err, SM_INVALID, "field %s is a file", input->name);
    if (field) {
        value->raw = field->value;
        sm_input_check(value, rq->arena, rq->app->settings, input, field->len);
    }
    return SM_OK;
}

/* All that came under the name of an input of .many.  One bad value makes the
 * input bad: nothing is done with half of a list. */
static enum sm_status read_many(struct sm_request *rq,
                                const struct sm_input *input,
                                struct sm_value *value,
                                const struct sm_form *form)
{
    value->ids =
        sm_arena_calloc(rq->arena, form->count + 1, sizeof(*value->ids));
    if (!value->ids)
        return SM_FAIL(&rq->err, SM_INTERNAL, "inputs: no memory");
    for (size_t i = 0; i < form->count && !value->error; i++) {
        const struct sm_field *field = &form->fields[i];
        struct sm_value one = {.raw = field->value};

        if (strcmp(field->name, input->name) != 0)
            continue;
        sm_input_check(&one, rq->arena, rq->app->settings, input, field->len);
        value->error = one.error;
        if (one.present)
            memcpy(value->ids[value->count++], one.id, sizeof(one.id));
        if ((int64_t)value->count > input->max)
            value->error = SM_N_("Too many were chosen at once.");
    }
    if (value->error)
        value->count = 0;
    value->present = value->count > 0;
    return SM_OK;
}

/* In a POST what is missing or bad is an error, in a GET it is absent. */
static void judge(struct sm_request *rq, const struct sm_input *input,
                  struct sm_value *value)
{
    if (!rq->is_post) {
        value->error = NULL;
        return;
    }
    if (!value->present && !value->error && input->required)
        value->error = sm_input_missing(input);
    if (value->error)
        rq->inputs_ok = false;
}

enum sm_status sm_inputs_read(struct sm_request *rq,
                              const struct sm_match *match,
                              const struct sm_form *form)
{
    const struct sm_page *page = rq->page;

    rq->inputs_ok = true;
    rq->values =
        sm_arena_calloc(rq->arena, page->ninputs + 1, sizeof(*rq->values));
    if (!rq->values)
        return SM_FAIL(&rq->err, SM_INTERNAL, "inputs: no memory");
    for (size_t i = 0; i < page->ninputs; i++) {
        struct sm_value *value = &rq->values[i];
        const struct sm_segment *segment = path_segment(match, (int)i);
        enum sm_status st;

        value->raw = value->text = "";
        if (segment)
            st = read_segment(rq, &page->inputs[i], value, segment);
        else if (page->inputs[i].many)
            st = read_many(rq, &page->inputs[i], value, form);
        else
            st = read_field(rq, &page->inputs[i], value, form);
        if (st != SM_OK)
            return st;
        if (!segment)
            judge(rq, &page->inputs[i], value);
    }
    return SM_OK;
}
