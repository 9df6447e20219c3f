#include "texts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define REPORT_MAX ((size_t)4 << 20)
#define TOKENS_MAX 32

static const struct {
    const char *code;
    int forms;
} langs[TEXT_LANGS] = {
    [TEXT_RO] = {"ro", 3},
    [TEXT_BG] = {"bg", 2},
    [TEXT_EN] = {"en", 2},
};

const char *text_lang_code(enum text_lang lang)
{
    return langs[lang].code;
}

int text_lang_forms(enum text_lang lang)
{
    return langs[lang].forms;
}

void texts_add_po(struct texts *texts, const char *option)
{
    int lang = 0;

    for (lang = 0; lang < TEXT_EN; lang++) {
        size_t len = strlen(langs[lang].code);
        struct tool_file file;

        if (strncmp(option, langs[lang].code, len) != 0 || option[len] != '=')
            continue;
        file = tool_read(texts->arena, option + len + 1);
        texts->po[lang] = pofile_parse(texts->arena, &file);
        texts->has_po[lang] = true;
        return;
    }
    tool_fail("mktpl", 0, "--po ro=FILE or bg=FILE, not \"%s\"", option);
}

static struct text *find(const struct texts *texts, const char *context,
                         const char *one)
{
    size_t i = 0;

    for (i = 0; i < texts->count; i++)
        if (pofile_compare(texts->list[i]->context, texts->list[i]->one,
                           context, one) == 0)
            return texts->list[i];
    return NULL;
}

struct text *texts_add(struct texts *texts, const char *context,
                       const char *one, const char *many, const char *ref)
{
    struct text *text = find(texts, context, one);

    if (text &&
        (!text->many != !many || (many && strcmp(text->many, many) != 0)))
        tool_fail(ref, 0, "\"%s\" has another plural at %s", one, text->refs);
    if (text) {
        text->refs = sm_arena_printf(texts->arena, "%s %s", text->refs, ref);
        if (!text->refs)
            tool_fail(ref, 0, "out of memory");
        return text;
    }
    text = tool_alloc(texts->arena, sizeof(*text));
    text->context = context;
    text->one = one;
    text->many = many;
    text->refs = ref;
    texts->list = tool_grow(texts->arena, texts->list, texts->count,
                            sizeof(struct text *));
    texts->list[texts->count++] = text;
    return text;
}

void texts_add_pot(struct texts *texts, const char *path)
{
    struct tool_file file = tool_read(texts->arena, path);
    struct po_file pot = pofile_parse(texts->arena, &file);
    size_t i = 0;

    for (i = 0; i < pot.count; i++) {
        const struct po_entry *entry = &pot.entries[i];

        texts_add(texts, entry->context, entry->id, entry->plural, entry->refs)
            ->rule = entry->rule;
    }
}

struct token {
    const char *start;
    size_t len;
};

static int compare_tokens(const void *a, const void *b)
{
    const struct token *x = a, *y = b;

    if (x->len != y->len)
        return x->len < y->len ? -1 : 1;
    return memcmp(x->start, y->start, x->len);
}

/* The end of the marker or tag that begins at TEXT; NULL if none does. */
static const char *token_end(const char *text)
{
    const char *end = NULL;

    if (text[0] == '{' && text[1] == '{') {
        end = strstr(text, "}}");
        return end ? end + 2 : NULL;
    }
    if (text[0] == '<' && (sm_is_alpha(text[1]) || text[1] == '/')) {
        end = strchr(text, '>');
        return end ? end + 1 : NULL;
    }
    return NULL;
}

/* The markers and tags of TEXT in a fixed order, except EXCEPT; their number.
 */
static size_t collect_tokens(struct token *out, const char *text,
                             const char *except)
{
    size_t skip = except ? strlen(except) : 0, count = 0;

    while (*text) {
        const char *end = token_end(text);

        if (!end) {
            text++;
            continue;
        }
        if (skip == (size_t)(end - text) && memcmp(text, except, skip) == 0) {
            text = end;
            continue;
        }
        if (count == TOKENS_MAX)
            tool_fail("mktpl", 0, "more than %d markers and tags in \"%s\"",
                      TOKENS_MAX, text);
        out[count++] = (struct token){text, (size_t)(end - text)};
        text = end;
    }
    qsort(out, count, sizeof(*out), compare_tokens);
    return count;
}

static bool same_tokens(const char *a, const char *b, const char *except)
{
    struct token x[TOKENS_MAX], y[TOKENS_MAX];
    size_t count = collect_tokens(x, a, except), i = 0;

    if (count != collect_tokens(y, b, except))
        return false;
    for (i = 0; i < count; i++)
        if (compare_tokens(&x[i], &y[i]) != 0)
            return false;
    return true;
}

/* True if the translation FORM carries what the English carries.  The first
 * form is for one only, in all our languages, so it may do without the number
 * ("o factura"); any may follow either of the two English ones. */
static bool carries_all(const struct text *text, const char *translation,
                        int form)
{
    const char *except = form == 0 ? text->rule : NULL;

    return same_tokens(text->one, translation, except) ||
           (text->many && same_tokens(text->many, translation, except));
}

/* Why ENTRY does not do for TEXT; NULL if it does. */
static const char *problem_of(const struct text *text,
                              const struct po_entry *entry, enum text_lang lang)
{
    int want = text->many ? langs[lang].forms : 1, i = 0;

    if (!entry)
        return "has no translation";
    if (!text->many != !entry->plural ||
        (text->many && strcmp(text->many, entry->plural) != 0))
        return "has another plural in the catalogue";
    if (entry->nforms != want)
        return "lacks a plural form";
    for (i = 0; i < want; i++)
        if (entry->forms[i][0] == '\0')
            return "has no translation";
    if (entry->fuzzy)
        return "is marked as fuzzy";
    for (i = 0; i < want; i++)
        if (!carries_all(text, entry->forms[i], i))
            return "has other markers or tags in its translation";
    if (strchr(text->one, '\n') == NULL && strchr(entry->forms[0], '\n'))
        return "has a line feed in its translation";
    return NULL;
}

static void add_paste(struct sm_buf *out, const struct text *text,
                      enum text_lang lang)
{
    int i = 0;

    sm_buf_addc(out, '\n');
    if (text->rule)
        sm_buf_addf(out, PO_RULE "%s\n", text->rule);
    sm_buf_addf(out, "#: %s\n", text->refs);
    if (text->context) {
        sm_buf_adds(out, "msgctxt ");
        pofile_add_quoted(out, text->context);
        sm_buf_addc(out, '\n');
    }
    sm_buf_adds(out, "msgid ");
    pofile_add_quoted(out, text->one);
    sm_buf_addc(out, '\n');
    if (!text->many) {
        sm_buf_adds(out, "msgstr \"\"\n");
        return;
    }
    sm_buf_adds(out, "msgid_plural ");
    pofile_add_quoted(out, text->many);
    sm_buf_addc(out, '\n');
    for (i = 0; i < langs[lang].forms; i++)
        sm_buf_addf(out, "msgstr[%d] \"\"\n", i);
}

/* Report one sentence: what is missing goes to PASTE, the rest to stderr. */
static void report(struct sm_buf *paste, const struct text *text,
                   const struct po_entry *entry, enum text_lang lang,
                   const char *problem, const char *po_path)
{
    size_t first = strcspn(text->refs, " ");

    fprintf(stderr, "%.*s: %s: \"%s\" %s", (int)first, text->refs,
            langs[lang].code, text->one, problem);
    if (entry)
        fprintf(stderr, " (%s:%d)", po_path, entry->line);
    else
        add_paste(paste, text, lang);
    fputc('\n', stderr);
}

static int resolve_lang(struct texts *texts, enum text_lang lang)
{
    const struct po_file *po = &texts->po[lang];
    struct sm_buf paste;
    int problems = 0;
    size_t i = 0;

    sm_buf_init(&paste, REPORT_MAX);
    for (i = 0; i < texts->count; i++) {
        struct text *text = texts->list[i];
        const struct po_entry *entry =
            pofile_find(po, text->context, text->one);
        const char *problem = problem_of(text, entry, lang);

        if (problem) {
            problems++;
            report(&paste, text, entry, lang, problem, po->path);
        } else {
            memcpy(text->forms[lang], entry->forms, sizeof(entry->forms));
        }
    }
    if (paste.len > 0)
        fprintf(stderr, "To paste into a file of lib/text/%s:\n%s\n",
                langs[lang].code, paste.data);
    sm_buf_release(&paste);
    return problems;
}

bool texts_resolve(struct texts *texts)
{
    int problems = 0, lang = 0;
    size_t i = 0;

    for (i = 0; i < texts->count; i++) {
        texts->list[i]->forms[TEXT_EN][0] = texts->list[i]->one;
        texts->list[i]->forms[TEXT_EN][1] = texts->list[i]->many;
    }
    for (lang = 0; lang < TEXT_EN; lang++)
        if (texts->has_po[lang])
            problems += resolve_lang(texts, (enum text_lang)lang);
    return problems == 0;
}

void texts_list_unused(const struct texts *texts)
{
    int lang = 0;
    size_t i = 0;

    for (lang = 0; lang < TEXT_EN; lang++) {
        const struct po_file *po = &texts->po[lang];

        for (i = 0; i < po->count; i++)
            if (!find(texts, po->entries[i].context, po->entries[i].id))
                printf("%s: nothing uses \"%s\"\n", langs[lang].code,
                       po->entries[i].id);
    }
}

void texts_write_pot(const struct texts *texts, const char *path)
{
    struct sm_buf out;
    size_t i = 0;

    sm_buf_init(&out, REPORT_MAX);
    sm_buf_adds(&out, "msgid \"\"\nmsgstr \"\"\n"
                      "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                      "\"Content-Transfer-Encoding: 8bit\\n\"\n");
    for (i = 0; i < texts->count; i++)
        add_paste(&out, texts->list[i], TEXT_EN);
    tool_write(path, &out);
    sm_buf_release(&out);
}
