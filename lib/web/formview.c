#include "web/formview.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

enum { NAME_BYTES = 128 };

struct names {
    const char *const *names;
    size_t count;
};

static int find_key(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->names[i], name) == 0)
            return (int)i;
    }
    return -1;
}

/* The key PREFIX + LEN bytes of MIDDLE + SUFFIX in upper case. */
static int find_joined(const struct names *names, const char *prefix,
                       const char *middle, size_t len, const char *suffix)
{
    char name[NAME_BYTES];
    int key = -1;
    struct sm_buf joined;

    sm_buf_init(&joined, sizeof(name) - 1);
    sm_buf_adds(&joined, prefix);
    sm_buf_add(&joined, middle, len);
    sm_buf_adds(&joined, suffix);
    for (size_t i = 0; i < joined.len; i++)
        joined.data[i] = sm_to_upper(joined.data[i]);
    if (sm_buf_ok(&joined))
        key = find_key(names, joined.data);
    sm_buf_release(&joined);
    return key;
}

static int find_of(const struct names *names, const char *input,
                   const char *suffix)
{
    return find_joined(names, input, "", 0, suffix);
}

static bool open_choices(struct sm_input_keys *out, const struct names *names,
                         const struct sm_input *input)
{
    char prefix[NAME_BYTES];
    const char *at = input->choices;
    int count = 1;

    for (const char *p = at; *p; p++)
        count += *p == '|';
    out->choices = calloc((size_t)count, sizeof(*out->choices));
    if (!out->choices || !sm_copy(prefix, sizeof(prefix) - 4, input->name))
        return false;
    memcpy(prefix + strlen(prefix), "_is_", 5);
    for (int i = 0; i < count; i++) {
        size_t len = strcspn(at, "|");

        out->choices[i] = find_joined(names, prefix, at, len, "");
        at += len + 1;
    }
    out->nchoices = count;
    return true;
}

static bool open_inputs(struct sm_input_keys **out, const struct names *names,
                        const struct sm_page *page)
{
    *out = calloc(page->ninputs + 1, sizeof(**out));
    if (!*out)
        return false;
    for (size_t i = 0; i < page->ninputs; i++) {
        const struct sm_input *input = &page->inputs[i];
        struct sm_input_keys *keys = &(*out)[i];

        keys->value = find_of(names, input->name, "_value");
        keys->error = find_of(names, input->name, "_error");
        keys->error_text = find_of(names, input->name, "_error_text");
        keys->invalid = find_of(names, input->name, "_invalid");
        keys->is_on = find_of(names, input->name, "_is_on");
        if (input->type == SM_IN_CHOICE && !open_choices(keys, names, input))
            return false;
    }
    return true;
}

static void open_common(struct sm_view_keys *out, const struct names *names)
{
    const struct {
        int *key;
        const char *name;
    } rows[] = {
        {&out->csrf, "CSRF"},
        {&out->has_errors, "HAS_ERRORS"},
        {&out->errors, "ERRORS"},
        {&out->field, "FIELD"},
        {&out->message, "MESSAGE"},
        {&out->lang, "LANG"},
        {&out->request_id, "REQUEST_ID"},
        {&out->error_code, "ERROR_CODE"},
        {&out->error_title, "ERROR_TITLE"},
        {&out->error_text, "ERROR_TEXT"},
        {&out->error_pay, "ERROR_PAY"},
        {&out->phone, "PHONE"},
        {&out->has_phone, "HAS_PHONE"},
        {&out->retry, "RETRY"},
    };

    for (size_t i = 0; i < SM_COUNT(rows); i++)
        *rows[i].key = find_key(names, rows[i].name);
    for (int lang = 0; lang < SM_LANG__COUNT; lang++) {
        const char *code = sm_lang_code((enum sm_lang)lang);

        out->lang_is[lang] = find_joined(names, "LANG_", code, 2, "");
        out->lang_url[lang] = find_joined(names, "LANG_", code, 2, "_URL");
    }
}

enum sm_status sm_view_keys_open(struct sm_view_keys *out,
                                 const struct sm_routes *routes,
                                 const char *const *names, size_t count,
                                 struct sm_error *err)
{
    const struct names all = {names, count};

    memset(out, 0, sizeof(*out));
    open_common(out, &all);
    out->inputs = calloc(routes->count + 1, sizeof(*out->inputs));
    if (!out->inputs)
        return SM_FAIL(err, SM_INTERNAL, "marker names: no memory");
    for (size_t i = 0; i < routes->count; i++) {
        out->nroutes = i + 1;
        if (!open_inputs(&out->inputs[i], &all, routes->routes[i].page))
            return SM_FAIL(err, SM_INTERNAL, "marker names of page %s",
                           routes->routes[i].stem);
    }
    return SM_OK;
}

void sm_view_keys_close(struct sm_view_keys *keys,
                        const struct sm_routes *routes)
{
    for (size_t i = 0; i < keys->nroutes; i++) {
        size_t count = routes->routes[i].page->ninputs;

        for (size_t j = 0; keys->inputs[i] && j < count; j++)
            free(keys->inputs[i][j].choices);
        free(keys->inputs[i]);
    }
    free(keys->inputs);
    memset(keys, 0, sizeof(*keys));
}

static void set(struct sm_dict *dict, int key, const char *text)
{
    if (key >= 0)
        sm_set(dict, key, text);
}

static void show(struct sm_dict *dict, int key)
{
    if (key >= 0)
        sm_show(dict, key);
}

void sm_view_values(struct sm_dict *dict, const struct sm_view_keys *keys,
                    size_t route, const struct sm_request *rq)
{
    for (size_t i = 0; i < rq->page->ninputs; i++) {
        const struct sm_input_keys *of = &keys->inputs[route][i];
        const struct sm_value *value = &rq->values[i];

        if (*value->raw)
            set(dict, of->value, value->raw);
        if (!value->present)
            continue;
        if (rq->page->inputs[i].type == SM_IN_BOOL)
            show(dict, of->is_on);
        if (of->choices && value->number < of->nchoices)
            show(dict, of->choices[value->number]);
    }
}

static void add_row(struct sm_dict *dict, const struct sm_view_keys *keys,
                    const char *field, const char *message)
{
    if (keys->errors < 0)
        return;

    struct sm_dict *row = sm_section(dict, keys->errors);

    set(row, keys->field, field);
    set(row, keys->message, message);
}

void sm_view_errors(struct sm_dict *dict, const struct sm_view_keys *keys,
                    size_t route, const struct sm_request *rq)
{
    bool any = rq->form_error != NULL;

    if (rq->form_error)
        add_row(dict, keys, "main", sm_tr(rq->lang, rq->form_error));
    for (size_t i = 0; i < rq->page->ninputs; i++) {
        const struct sm_input_keys *of = &keys->inputs[route][i];
        const char *sentence;

        if (!rq->values[i].error)
            continue;
        sentence = sm_tr(rq->lang, rq->values[i].error);
        any = true;
        show(dict, of->error);
        show(dict, of->invalid);
        set(dict, of->error_text, sentence);
        add_row(dict, keys, rq->page->inputs[i].name, sentence);
    }
    if (any)
        show(dict, keys->has_errors);
}

static void add_path(struct sm_buf *out, const char *path)
{
    while (*path) {
        size_t len = strcspn(path, "/");

        sm_buf_add_url(out, path, len);
        path += len;
        if (*path == '/') {
            sm_buf_addc(out, '/');
            path++;
        }
    }
}

static bool is_in_path(const struct sm_request *rq, size_t input)
{
    const char *name = rq->page->inputs[input].name;
    size_t len = strlen(name);
    const char *at = rq->page->path;

    while ((at = strchr(at, '{')) != NULL) {
        at++;
        if (strncmp(at, name, len) == 0 && at[len] == '}')
            return true;
    }
    return false;
}

static void add_pair(struct sm_buf *out, char *mark, const char *name,
                     const char *raw)
{
    sm_buf_addc(out, *mark);
    sm_buf_adds(out, name);
    sm_buf_addc(out, '=');
    sm_buf_add_url(out, raw, strlen(raw));
    *mark = '&';
}

static void add_query(struct sm_buf *out, const struct sm_request *rq)
{
    char mark = '?';

    if (rq->is_post || !rq->page || !rq->values)
        return;
    for (size_t i = 0; i < rq->page->ninputs; i++) {
        const struct sm_input *input = &rq->page->inputs[i];
        const struct sm_value *value = &rq->values[i];

        if (!value->present || is_in_path(rq, i))
            continue;
        if (!input->many)
            add_pair(out, &mark, input->name, value->raw);
        for (size_t k = 0; k < value->count; k++) {
            char id[SM_ID_TEXT];

            sm_id_format(id, value->ids[k]);
            add_pair(out, &mark, input->name, id);
        }
    }
}

void sm_view_frame(struct sm_dict *dict, const struct sm_view_keys *keys,
                   const struct sm_request *rq, const char *rest,
                   struct sm_buf *scratch)
{
    set(dict, keys->lang, sm_lang_code(rq->lang));
    set(dict, keys->request_id, rq->request_id);
    show(dict, keys->lang_is[rq->lang]);
    for (int lang = 0; lang < SM_LANG__COUNT; lang++) {
        if (keys->lang_url[lang] < 0)
            continue;
        sm_buf_clear(scratch);
        sm_buf_addc(scratch, '/');
        sm_buf_adds(scratch, sm_lang_code((enum sm_lang)lang));
        add_path(scratch, rest);
        add_query(scratch, rq);
        set(dict, keys->lang_url[lang],
            sm_buf_ok(scratch) ? scratch->data : "/");
    }
}
