#include "view/view.h"

#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ctemplate_bridge.h"
#include "private.h"
#include "view/svg.h"

#define PATH_SIZE 4096
#define NAME_SIZE 128
#define VALUE_SIZE 256 /* of a formatted value that is kept on the stack */
#define ROWS_FIRST 48  /* rows that need no memory of their own */
#define ROWS_MORE 256

struct tpl {
    char name[NAME_SIZE];
    const void *parsed[SM_LANG__COUNT];
};

/* Set up by sm_view_open() before threads start, read-only afterwards. */
static struct {
    const char *const *keys;
    int nkeys;
    bool *plural; /* for each key: the forms of a plural follow it */
    struct tpl *tpls;
    size_t ntpls;
} view;

/* A place in a page: the page itself, or a row of a section. */
struct sm_dict {
    void *values; /* of ctemplate */
    struct page *page;
};

struct rows {
    struct rows *next;
    struct sm_dict dict[ROWS_MORE];
};

struct page {
    struct sm_dict root;
    enum sm_lang lang;
    bool failed; /* a value was lost for want of memory */
    size_t nrows;
    struct sm_dict first[ROWS_FIRST];
    struct rows *more;
    struct sm_ct_svgs svgs;
};

/* Is the key at INDEX followed by "<name>__0"? */
static bool is_plural(int index)
{
    const char *name = view.keys[index], *next;
    size_t len = strlen(name);

    if (index + 1 >= view.nkeys)
        return false;
    next = view.keys[index + 1];
    return strncmp(name, next, len) == 0 && strcmp(next + len, "__0") == 0;
}

static enum sm_status open_keys(const char *const *keys, size_t nkeys,
                                struct sm_error *err)
{
    int i = 0;

    if (nkeys > 100000)
        return SM_FAIL(err, SM_INTERNAL, "too many markers");
    view.keys = keys;
    view.nkeys = (int)nkeys;
    view.plural = calloc(nkeys + 1, sizeof(*view.plural));
    if (!view.plural || !sm_ct_open(keys, nkeys))
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    for (i = 0; i < view.nkeys; i++)
        view.plural[i] = is_plural(i);
    return SM_OK;
}

/* "A/B/C"; false if it does not fit. */
static bool make_path(char out[PATH_SIZE], const char *a, const char *b,
                      const char *c)
{
    int len = snprintf(out, PATH_SIZE, "%s/%s/%s", a, b, c);

    return len > 0 && len < PATH_SIZE;
}

static int compare_tpls(const void *a, const void *b)
{
    const struct tpl *x = a, *y = b;

    return strcmp(x->name, y->name);
}

static const struct tpl *find_tpl(const char *name)
{
    struct tpl key;

    if (view.ntpls == 0 || !sm_copy(key.name, sizeof(key.name), name))
        return NULL;
    return bsearch(&key, view.tpls, view.ntpls, sizeof(key), compare_tpls);
}

static bool ends_with(const char *name, const char *end)
{
    size_t len = strlen(name), tail = strlen(end);

    return len > tail && strcmp(name + len - tail, end) == 0;
}

static enum sm_status add_tpl(const char *name, struct sm_error *err)
{
    struct tpl *more =
        realloc(view.tpls, (view.ntpls + 1) * sizeof(*view.tpls));

    if (!more)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    view.tpls = more;
    memset(&more[view.ntpls], 0, sizeof(*more));
    if (!sm_copy(more[view.ntpls].name, NAME_SIZE, name))
        return SM_FAIL(err, SM_INTERNAL, "%s: the name is too long", name);
    view.ntpls++;
    return SM_OK;
}

/* Note the names of all templates in DIR. */
static enum sm_status list_tpls(const char *dir, struct sm_error *err)
{
    enum sm_status status = SM_OK;
    struct dirent *entry;
    DIR *folder = opendir(dir);

    if (!folder)
        return SM_FAIL(err, SM_INTERNAL, "%s: %s", dir, strerror(errno));
    while (status == SM_OK && (entry = readdir(folder)) != NULL)
        if (ends_with(entry->d_name, ".tpl"))
            status = add_tpl(entry->d_name, err);
    closedir(folder);
    if (view.ntpls > 0)
        qsort(view.tpls, view.ntpls, sizeof(*view.tpls), compare_tpls);
    return status;
}

static enum sm_status load_lang(const char *dir, enum sm_lang lang,
                                struct sm_error *err)
{
    char path[PATH_SIZE];
    size_t i = 0;

    for (i = 0; i < view.ntpls; i++) {
        struct tpl *tpl = &view.tpls[i];

        if (!make_path(path, dir, sm_lang_code(lang), tpl->name))
            return SM_FAIL(err, SM_INTERNAL, "share_dir is too long");
        tpl->parsed[lang] = sm_ct_load(path, ends_with(tpl->name, ".txt.tpl"));
        if (!tpl->parsed[lang])
            return SM_FAIL(err, SM_INTERNAL, "%s: missing, or wrong syntax",
                           path);
    }
    return SM_OK;
}

static enum sm_status load_tpls(const char *share_dir, const char *program,
                                struct sm_error *err)
{
    char dir[PATH_SIZE], first[PATH_SIZE];
    enum sm_status status;
    int lang = 0;

    if (!make_path(dir, share_dir, "templates", program) ||
        !make_path(first, dir, sm_lang_code(SM_LANG_RO), ""))
        return SM_FAIL(err, SM_INTERNAL, "share_dir is too long");
    status = list_tpls(first, err);
    for (lang = 0; lang < SM_LANG__COUNT && status == SM_OK; lang++)
        status = load_lang(dir, (enum sm_lang)lang, err);
    return status;
}

enum sm_status sm_view_open(const char *share_dir, const char *program,
                            const char *const *keys, size_t nkeys,
                            struct sm_error *err)
{
    enum sm_status status = sm_texts_open(share_dir, err);

    if (status == SM_OK && nkeys > 0)
        status = open_keys(keys, nkeys, err);
    if (status == SM_OK && nkeys > 0)
        status = load_tpls(share_dir, program, err);
    if (status != SM_OK)
        sm_view_close();
    return status;
}

void sm_view_close(void)
{
    sm_ct_close();
    free(view.plural);
    free(view.tpls);
    memset(&view, 0, sizeof(view));
}

int sm_key_find(const char *name)
{
    int i = 0;

    for (i = 0; i < view.nkeys; i++)
        if (strcmp(view.keys[i], name) == 0)
            return i;
    return -1;
}

struct sm_dict *sm_dict_new(enum sm_lang lang)
{
    struct page *page = calloc(1, sizeof(*page));

    if (!page)
        return NULL;
    page->lang = lang;
    page->root.page = page;
    page->root.values = sm_ct_dict_new();
    if (!page->root.values) {
        free(page);
        return NULL;
    }
    return &page->root;
}

void sm_dict_free(struct sm_dict *dict)
{
    struct page *page = dict ? dict->page : NULL;

    if (!page)
        return;
    sm_ct_dict_free(page->root.values);
    while (page->more) {
        struct rows *next = page->more->next;

        free(page->more);
        page->more = next;
    }
    for (size_t i = 0; i < page->svgs.count; i++)
        free(page->svgs.svg[i].bytes);
    free(page);
}

enum sm_lang sm_dict_lang(const struct sm_dict *dict)
{
    return dict ? dict->page->lang : SM_LANG_EN;
}

static bool usable(const struct sm_dict *dict, int key)
{
    return dict && key >= 0 && key < view.nkeys;
}

void sm_setn(struct sm_dict *dict, int key, const char *text, size_t len)
{
    if (usable(dict, key) && !sm_ct_set(dict->values, key, text, len))
        dict->page->failed = true;
}

void sm_set(struct sm_dict *dict, int key, const char *text)
{
    sm_setn(dict, key, text ? text : "", text ? strlen(text) : 0);
}

void sm_set_int(struct sm_dict *dict, int key, int64_t number)
{
    char value[SM_INT_TEXT];
    size_t len = sm_int_format(value, number);

    sm_setn(dict, key, value, len);
}

void sm_setf(struct sm_dict *dict, int key, const char *fmt, ...)
{
    char value[VALUE_SIZE], *text = value;
    va_list args;
    int len;

    if (!usable(dict, key))
        return;
    va_start(args, fmt);
    len = vsnprintf(value, sizeof(value), fmt, args);
    va_end(args);
    if (len >= (int)sizeof(value)) {
        va_start(args, fmt);
        len = vasprintf(&text, fmt, args);
        va_end(args);
    }
    if (len < 0) {
        dict->page->failed = true;
        return;
    }
    sm_setn(dict, key, text, (size_t)len);
    if (text != value)
        free(text);
}

void sm_set_money(struct sm_dict *dict, int key, int64_t minor,
                  const char *currency)
{
    char value[VALUE_SIZE];

    sm_format_money(value, sizeof(value), sm_dict_lang(dict), minor, currency);
    sm_set(dict, key, value);
}

void sm_set_date(struct sm_dict *dict, int key, struct sm_date date)
{
    char value[VALUE_SIZE];

    sm_format_date(value, sizeof(value), sm_dict_lang(dict), date);
    sm_set(dict, key, value);
}

void sm_set_instant(struct sm_dict *dict, int key, int64_t us)
{
    char value[VALUE_SIZE];

    sm_format_instant(value, sizeof(value), sm_dict_lang(dict), us);
    sm_set(dict, key, value);
}

void sm_set_plural(struct sm_dict *dict, int key, int64_t n)
{
    if (!usable(dict, key))
        return;
    sm_set_int(dict, key, n);
    if (view.plural[key])
        sm_show(dict, key + 1 + sm_plural_form(dict->page->lang, n));
}

/* The marker's value is the place of the picture in its page. */
void sm_set_svg(struct sm_dict *dict, int key, const struct sm_svg *svg)
{
    struct sm_ct_svgs *svgs = dict ? &dict->page->svgs : NULL;
    char *copy;

    if (!usable(dict, key))
        return;
    copy = svgs->count < SM_CT_SVGS ? malloc(svg->len + 1) : NULL;
    if (!copy) {
        dict->page->failed = true;
        return;
    }
    memcpy(copy, svg->bytes, svg->len);
    sm_set_int(dict, key, (int64_t)svgs->count);
    svgs->svg[svgs->count].bytes = copy;
    svgs->svg[svgs->count++].len = svg->len;
}

/* A place to note one more row; NULL without memory. */
static struct sm_dict *new_row(struct page *page)
{
    size_t index = page->nrows;
    struct rows *rows = page->more;

    if (index < ROWS_FIRST) {
        page->nrows++;
        return &page->first[index];
    }
    index = (index - ROWS_FIRST) % ROWS_MORE;
    if (index == 0) {
        rows = malloc(sizeof(*rows));
        if (!rows)
            return NULL;
        rows->next = page->more;
        page->more = rows;
    }
    page->nrows++;
    return &rows->dict[index];
}

struct sm_dict *sm_section(struct sm_dict *dict, int key)
{
    struct sm_dict *row;

    if (!usable(dict, key))
        return NULL;
    row = new_row(dict->page);
    if (row)
        row->values = sm_ct_section(dict->values, key);
    if (!row || !row->values) {
        dict->page->failed = true;
        return NULL;
    }
    row->page = dict->page;
    return row;
}

void sm_show(struct sm_dict *dict, int key)
{
    if (usable(dict, key) && !sm_ct_show(dict->values, key))
        dict->page->failed = true;
}

void sm_show_if(struct sm_dict *dict, int key, bool cond)
{
    if (cond)
        sm_show(dict, key);
}

enum sm_status sm_render(struct sm_buf *out, const char *tpl,
                         const struct sm_dict *dict, struct sm_error *err)
{
    const struct tpl *found = find_tpl(tpl);

    if (!found)
        return SM_FAIL(err, SM_INTERNAL, "no template %s", tpl);
    if (!dict || dict->page->failed)
        return SM_FAIL(err, SM_INTERNAL, "%s: out of memory", tpl);
    if (!sm_ct_render(out, found->parsed[dict->page->lang], dict->values,
                      &dict->page->svgs))
        return SM_FAIL(err, SM_INTERNAL, "%s: cannot be expanded", tpl);
    if (!sm_buf_ok(out))
        return SM_FAIL(err, SM_INTERNAL, "%s: the page is too large", tpl);
    return SM_OK;
}
