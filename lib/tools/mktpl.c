/* mktpl: templates and catalogues -> one translated copy a language.
 *
 *   sm_mktpl [--base DIR] --keys DIR --po ro=FILE --po bg=FILE --out DIR
 *            TEMPLATE...
 *       DIR/<lang>/<name>.tpl with the texts translated and the partials in
 *       their places; keys.h and keys.c with the names of the markers
 *   sm_mktpl [--base DIR] --extract OUT.pot TEMPLATE...
 *       the texts, for translators
 *   sm_mktpl --check FILE.pot [--unused] --po ro=FILE --po bg=FILE
 *       only looks whether each sentence of FILE.pot is translated
 *
 * A file is written only if its content changes. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tplfile.h"

#define OUTPUT_MAX ((size_t)4 << 20)

struct options {
    const char *base, *keys, *out, *extract, *check;
    bool unused;
};

struct key {
    const char *name;
    bool plural;
};

struct build {
    struct sm_arena *arena;
    struct texts texts;
    struct tpl_file *files;
    size_t nfiles;
    struct key *keys;
    size_t nkeys;
};

static void add_key(struct build *bd, const char *name, size_t len, bool plural)
{
    size_t i = 0;

    for (i = 0; i < bd->nkeys; i++) {
        if (strncmp(bd->keys[i].name, name, len) != 0 ||
            bd->keys[i].name[len] != '\0')
            continue;
        bd->keys[i].plural |= plural;
        return;
    }
    bd->keys = tool_grow(bd->arena, bd->keys, bd->nkeys, sizeof(*bd->keys));
    bd->keys[bd->nkeys++] =
        (struct key){tool_strndup(bd->arena, name, len), plural};
}

/* The markers within a sentence. */
static void add_sentence_keys(struct build *bd, const char *text)
{
    while (text && (text = strstr(text, "{{")) != NULL) {
        text += 2;
        add_key(bd, text, strcspn(text, ":}"), false);
    }
}

static int compare_keys(const void *a, const void *b)
{
    const struct key *x = a, *y = b;

    return strcmp(x->name, y->name);
}

static void collect_keys(struct build *bd)
{
    size_t i = 0, j = 0;

    for (i = 0; i < bd->nfiles; i++) {
        for (j = 0; j < bd->files[i].count; j++) {
            const struct tpl_piece *piece = &bd->files[i].pieces[j];

            if (piece->kind == TPL_MARKER || piece->kind == TPL_SECTION)
                add_key(bd, piece->name, strlen(piece->name), false);
            if (piece->kind != TPL_TEXT)
                continue;
            if (piece->rule)
                add_key(bd, piece->rule, strlen(piece->rule), true);
            add_sentence_keys(bd, piece->text->one);
            add_sentence_keys(bd, piece->text->many);
        }
    }
    if (bd->nkeys > 0)
        qsort(bd->keys, bd->nkeys, sizeof(*bd->keys), compare_keys);
}

/* Append one line for each key, made by FMT from its name; those of the forms
 * of a plural follow it, always as many (sm_set_plural() counts on it). */
static void add_key_lines(struct sm_buf *out, const struct build *bd,
                          const char *before, const char *after)
{
    size_t i = 0;
    int form = 0;

    for (i = 0; i < bd->nkeys; i++) {
        sm_buf_addf(out, "    %s%s%s\n", before, bd->keys[i].name, after);
        for (form = 0; bd->keys[i].plural && form < PO_FORMS_MAX; form++)
            sm_buf_addf(out, "    %s%s__%d%s\n", before, bd->keys[i].name, form,
                        after);
    }
}

static void write_keys(const struct build *bd, const char *dir)
{
    struct sm_buf out;
    const char *header = sm_arena_printf(bd->arena, "%s/keys.h", dir);
    const char *source = sm_arena_printf(bd->arena, "%s/keys.c", dir);

    if (!header || !source)
        tool_fail(dir, 0, "out of memory");
    sm_buf_init(&out, OUTPUT_MAX);
    sm_buf_adds(&out, "/* Generated from the markers of the templates. */\n"
                      "#ifndef SM_KEYS_H\n#define SM_KEYS_H\n\n"
                      "#include <stddef.h>\n\nenum sm_key {\n");
    add_key_lines(&out, bd, "K_", ",");
    sm_buf_adds(&out, "    K__COUNT\n};\n\n"
                      "extern const char *const sm_keys[];\n"
                      "extern const size_t sm_keys_count;\n\n#endif\n");
    tool_write(header, &out);
    sm_buf_clear(&out);
    sm_buf_adds(&out, "/* Generated from the markers of the templates. */\n"
                      "#include \"keys.h\"\n\n"
                      "const char *const sm_keys[] = {\n");
    add_key_lines(&out, bd, "\"", "\",");
    sm_buf_adds(&out, "    NULL,\n};\n"
                      "const size_t sm_keys_count = K__COUNT;\n");
    tool_write(source, &out);
    sm_buf_release(&out);
}

/* Append a sentence; what would end an attribute is escaped there. */
static void add_sentence(struct sm_buf *out, const char *text,
                         bool in_attribute)
{
    for (; *text; text++) {
        if (in_attribute && *text == '"')
            sm_buf_adds(out, "&quot;");
        else if (in_attribute && *text == '\'')
            sm_buf_adds(out, "&#39;");
        else if (in_attribute && (*text == '<' || *text == '>'))
            sm_buf_adds(out, *text == '<' ? "&lt;" : "&gt;");
        else
            sm_buf_addc(out, *text);
    }
}

static void add_text(struct sm_buf *out, const struct tpl_piece *piece,
                     enum text_lang lang)
{
    const char *const *forms = piece->text->forms[lang];
    int i = 0;

    if (!piece->rule) {
        add_sentence(out, forms[0], piece->in_attribute);
        return;
    }
    for (i = 0; i < text_lang_forms(lang); i++) {
        sm_buf_addf(out, "{{#%s__%d}}", piece->rule, i);
        add_sentence(out, forms[i], piece->in_attribute);
        sm_buf_addf(out, "{{/%s__%d}}", piece->rule, i);
    }
}

static struct tpl_file *find_partial(struct build *bd,
                                     const struct tpl_file *from,
                                     const struct tpl_piece *piece)
{
    const char *end = from->plain ? ".txt.tpl" : ".tpl";
    size_t i = 0, len = strlen(piece->name);

    for (i = 0; i < bd->nfiles; i++)
        if (strncmp(bd->files[i].name, piece->name, len) == 0 &&
            strcmp(bd->files[i].name + len, end) == 0)
            return &bd->files[i];
    tool_fail(from->path, piece->line, "there is no %s%s", piece->name, end);
}

static void expand(struct build *bd, struct sm_buf *out, struct tpl_file *tpl,
                   enum text_lang lang)
{
    size_t i = 0;

    tpl->open = true;
    for (i = 0; i < tpl->count; i++) {
        const struct tpl_piece *piece = &tpl->pieces[i];

        if (piece->kind == TPL_TEXT) {
            add_text(out, piece, lang);
        } else if (piece->kind == TPL_INCLUDE) {
            struct tpl_file *partial = find_partial(bd, tpl, piece);

            if (partial->open)
                tool_fail(tpl->path, piece->line, "%s includes itself",
                          partial->name);
            expand(bd, out, partial, lang);
        } else {
            sm_buf_add(out, piece->start, piece->len);
        }
    }
    tpl->open = false;
}

static void write_lang(struct build *bd, const char *dir, enum text_lang lang)
{
    struct sm_buf out;
    size_t i = 0;

    sm_buf_init(&out, OUTPUT_MAX);
    for (i = 0; i < bd->nfiles; i++) {
        const char *path = sm_arena_printf(bd->arena, "%s/%s/%s", dir,
                                           text_lang_code(lang),
                                           bd->files[i].name);

        if (!path)
            tool_fail(dir, 0, "out of memory");
        sm_buf_clear(&out);
        if (!bd->files[i].plain)
            sm_buf_adds(&out, TPL_PRAGMA);
        expand(bd, &out, &bd->files[i], lang);
        if (bd->files[i].name[0] != '_')
            tool_write(path, &out);
    }
    sm_buf_release(&out);
}

static void add_file(struct build *bd, const char *base, const char *path)
{
    struct tpl_file tpl = tplfile_parse(bd->arena, &bd->texts, base, path);
    size_t i = 0;

    for (i = 0; i < bd->nfiles; i++)
        if (strcmp(bd->files[i].name, tpl.name) == 0)
            tool_fail(tpl.path, 0, "%s has the same name", bd->files[i].path);
    bd->files = tool_grow(bd->arena, bd->files, bd->nfiles, sizeof(*bd->files));
    bd->files[bd->nfiles++] = tpl;
}

static struct options read_options(struct build *bd, int argc, char **argv)
{
    static const struct option names[] = {
        {"base", required_argument, NULL, 'b'},
        {"keys", required_argument, NULL, 'k'},
        {"out", required_argument, NULL, 'o'},
        {"po", required_argument, NULL, 'p'},
        {"extract", required_argument, NULL, 'e'},
        {"check", required_argument, NULL, 'c'},
        {"unused", no_argument, NULL, 'u'},
        {NULL, 0, NULL, 0},
    };
    struct options opts = {.base = ""};
    int option;

    while ((option = getopt_long(argc, argv, "", names, NULL)) != -1) {
        switch (option) {
        case 'b':
            opts.base = optarg;
            break;
        case 'k':
            opts.keys = optarg;
            break;
        case 'o':
            opts.out = optarg;
            break;
        case 'p':
            texts_add_po(&bd->texts, optarg);
            break;
        case 'e':
            opts.extract = optarg;
            break;
        case 'c':
            opts.check = optarg;
            break;
        case 'u':
            opts.unused = true;
            break;
        default:
            tool_fail("mktpl", 0, "see the head of lib/tools/mktpl.c");
        }
    }
    return opts;
}

/* Make what is asked for; false if a translation is wanting. */
static bool make(struct build *bd, const struct options *opts)
{
    int lang = 0;

    if (opts->extract) {
        texts_write_pot(&bd->texts, opts->extract);
        return true;
    }
    if (opts->check)
        texts_add_pot(&bd->texts, opts->check);
    if (opts->unused)
        texts_list_unused(&bd->texts);
    if (opts->keys) {
        collect_keys(bd);
        write_keys(bd, opts->keys);
    }
    if (!bd->texts.has_po[TEXT_RO] || !bd->texts.has_po[TEXT_BG])
        tool_fail("mktpl", 0, "--po ro=FILE --po bg=FILE are needed");
    if (!texts_resolve(&bd->texts))
        return false;
    for (lang = 0; opts->out && lang < TEXT_LANGS; lang++)
        write_lang(bd, opts->out, (enum text_lang)lang);
    return true;
}

int main(int argc, char **argv)
{
    struct build bd = {.arena = sm_arena_new(TOOL_CEILING)};
    struct options opts;
    bool good;

    if (!bd.arena)
        tool_fail("mktpl", 0, "out of memory");
    bd.texts.arena = bd.arena;
    opts = read_options(&bd, argc, argv);
    for (; optind < argc; optind++)
        add_file(&bd, opts.base, argv[optind]);
    good = make(&bd, &opts);
    sm_arena_free(bd.arena);
    return good ? 0 : 1;
}
