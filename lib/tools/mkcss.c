/* sm_mkcss: makes the one style sheet of the site.
 *
 *     sm_mkcss --drop WORDS.txt --base PACKAGE.css --own OWN.css --out FILE
 *
 * Of the package's sheet it keeps what the site uses: a selector that holds
 * one of the words (or is one, where the line begins with "=") is left out, a
 * rule without selectors too, and so is every declaration that names an
 * address (the policy of the site admits no data: images) or a variable that
 * nothing reads.  Of our own sheet it drops comments and blanks.  It is a
 * filter for two known files, not a parser for all of CSS. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

#define FILE_MAX (1024 * 1024)
#define WORDS_MAX 128

struct words {
    const char *word[WORDS_MAX];
    size_t count;
};

/* What is unwanted: words in selectors, and variables that TEXT never reads. */
struct filter {
    struct words drop;
    const char *text;
};

static void die(const char *what, const char *which)
{
    fprintf(stderr, "mkcss: %s: %s\n", what, which);
    exit(1);
}

static void read_file(struct sm_buf *out, const char *path)
{
    char block[8192];
    size_t got;
    FILE *file = fopen(path, "rb");

    if (file == NULL)
        die("cannot open", path);
    sm_buf_init(out, FILE_MAX);
    while ((got = fread(block, 1, sizeof(block), file)) > 0)
        sm_buf_add(out, block, got);
    if (ferror(file) != 0 || !sm_buf_ok(out))
        die("cannot read", path);
    (void)fclose(file);
}

/* One word a line; a line that begins with a number sign is a comment. */
static void read_words(struct words *out, char *text)
{
    char *save = NULL;
    char *line;

    for (line = strtok_r(text, "\n", &save); line != NULL;
         line = strtok_r(NULL, "\n", &save)) {
        if (line[0] == '#')
            continue;
        if (out->count == WORDS_MAX)
            die("too many words", line);
        out->word[out->count++] = line;
    }
}

static bool drop_selector(const struct filter *filter, const char *text,
                          size_t len)
{
    for (size_t i = 0; i < filter->drop.count; i++) {
        const char *word = filter->drop.word[i];
        size_t word_len = strlen(word);

        if (word[0] == '=') {
            if (word_len == len + 1 && memcmp(word + 1, text, len) == 0)
                return true;
        } else if (memmem(text, len, word, word_len) != NULL) {
            return true;
        }
    }
    return false;
}

static bool drop_declaration(const struct filter *filter, const char *text,
                             size_t len)
{
    char name[128] = "var(";
    const char *colon = memchr(text, ':', len);
    size_t name_len = colon == NULL ? 0 : (size_t)(colon - text);

    if (memmem(text, len, "url(", 4) != NULL)
        return true;
    if (len < 2 || memcmp(text, "--", 2) != 0)
        return false;
    if (name_len == 0 || name_len + 5 > sizeof(name))
        die("a name is too long in", "the package's sheet");
    memcpy(name + 4, text, name_len);
    name[4 + name_len] = 0;
    for (const char *at = filter->text; (at = strstr(at, name)) != NULL; at++) {
        char after = at[4 + name_len];

        if (after == ')' || after == ',')
            return false;
    }
    return true;
}

/* The next of the characters STOP at or after AT, outside quotes and
 * brackets; END if none. */
static const char *find(const char *at, const char *end, const char *stop)
{
    int depth = 0;
    char quote = 0;

    for (; at < end; at++) {
        if (quote != 0) {
            if (*at == '\\' && at + 1 < end)
                at++;
            else if (*at == quote)
                quote = 0;
        } else if (*at == '"' || *at == '\'') {
            quote = *at;
        } else if (depth == 0 && strchr(stop, *at) != NULL) {
            break;
        } else if (*at == '(' || *at == '[') {
            depth++;
        } else if (*at == ')' || *at == ']') {
            depth--;
        }
    }
    return at;
}

/* The brace that closes the block whose inside begins at AT. */
static const char *block_end(const char *at, const char *end)
{
    int depth = 1;

    while ((at = find(at, end, "{}")) < end) {
        depth += *at == '{' ? 1 : -1;
        if (depth == 0)
            return at;
        at++;
    }
    die("a brace is missing near the end of", "the package's sheet");
    return end;
}

/* The parts of AT..END between the characters SEP that may stay, joined. */
static void keep_parts(struct sm_buf *out, const char *at, const char *end,
                       char sep, const struct filter *filter)
{
    const char stop[2] = {sep, 0};
    size_t before = out->len;

    while (at < end) {
        const char *next = find(at, end, stop);
        size_t len = (size_t)(next - at);
        bool drop = sep == ',' ? drop_selector(filter, at, len)
                               : drop_declaration(filter, at, len);

        if (len > 0 && !drop) {
            if (out->len > before)
                sm_buf_addc(out, sep);
            sm_buf_add(out, at, len);
        }
        at = next + 1;
    }
}

static void keep_rules(struct sm_buf *out, const char *at, const char *end,
                       const struct filter *filter);

static void keep_block(struct sm_buf *out, const char *head, size_t head_len,
                       const char *at, const char *end,
                       const struct filter *filter)
{
    struct sm_buf selectors, inside;

    sm_buf_init(&selectors, FILE_MAX);
    sm_buf_init(&inside, FILE_MAX);
    if (head[0] == '@') {
        if (!drop_selector(filter, head, head_len)) {
            sm_buf_add(&selectors, head, head_len);
            keep_rules(&inside, at, end, filter);
        }
    } else {
        keep_parts(&selectors, head, head + head_len, ',', filter);
        keep_parts(&inside, at, end, ';', filter);
    }
    if (selectors.len > 0 && inside.len > 0) {
        sm_buf_add(out, selectors.data, selectors.len);
        sm_buf_addc(out, '{');
        sm_buf_add(out, inside.data, inside.len);
        sm_buf_addc(out, '}');
    }
    if (!sm_buf_ok(&selectors) || !sm_buf_ok(&inside))
        die("too long", "a rule");
    sm_buf_release(&selectors);
    sm_buf_release(&inside);
}

static void keep_rules(struct sm_buf *out, const char *at, const char *end,
                       const struct filter *filter)
{
    while (at < end) {
        const char *open = find(at, end, "{");
        const char *close;

        if (open == end)
            break;
        close = block_end(open + 1, end);
        keep_block(out, at, (size_t)(open - at), open + 1, close, filter);
        at = close + 1;
    }
}

/* Leave out the variables that nobody reads, until none is left: one that
 * goes may have been the last to read another. */
static void drop_unread(struct sm_buf *rules, const struct sm_buf *own)
{
    size_t before;

    do {
        struct sm_buf all, fewer;
        struct filter filter = {.text = NULL};

        before = rules->len;
        sm_buf_init(&all, FILE_MAX);
        sm_buf_init(&fewer, FILE_MAX);
        sm_buf_add(&all, rules->data, rules->len);
        sm_buf_add(&all, own->data, own->len);
        filter.text = all.data;
        keep_rules(&fewer, rules->data, rules->data + rules->len, &filter);
        if (!sm_buf_ok(&all) || !sm_buf_ok(&fewer))
            die("too long", "the sheet");
        sm_buf_release(&all);
        sm_buf_release(rules);
        *rules = fewer;
    } while (rules->len < before);
}

/* The licence's comment stays; the rest of the package is filtered. */
static void add_package(struct sm_buf *out, const struct sm_buf *base,
                        const struct sm_buf *own, const struct words *drop)
{
    const struct filter filter = {.drop = *drop, .text = base->data};
    const char *end = base->data + base->len;
    const char *from = strstr(base->data, "/*!");
    const char *to = from == NULL ? NULL : strstr(from, "*/");
    struct sm_buf rules;

    if (to == NULL)
        die("no licence in", "the package's sheet");
    sm_buf_adds(out, "@charset \"UTF-8\";");
    sm_buf_add(out, from, (size_t)(to + 2 - from));
    sm_buf_init(&rules, FILE_MAX);
    keep_rules(&rules, to + 2, end, &filter);
    drop_unread(&rules, own);
    sm_buf_add(out, rules.data, rules.len);
    sm_buf_release(&rules);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* Our own sheet without comments; a blank stays only between two words. */
static void add_own(struct sm_buf *out, const char *at)
{
    char last = '}';

    while (*at != 0) {
        if (at[0] == '/' && at[1] == '*') {
            const char *end = strstr(at + 2, "*/");

            if (end == NULL)
                die("a comment does not end in", "our sheet");
            at = end + 2;
        } else if (is_blank(*at)) {
            while (is_blank(*at))
                at++;
            if (strchr("{};,:", last) == NULL && strchr("{};,", *at) == NULL &&
                *at != 0 && *at != '/') {
                sm_buf_addc(out, ' ');
                last = ' ';
            }
        } else {
            last = *at++;
            sm_buf_addc(out, last);
        }
    }
}

static const char *option(int argc, char **argv, const char *name)
{
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], name) == 0)
            return argv[i + 1];
    }
    die("missing option", name);
    return NULL;
}

int main(int argc, char **argv)
{
    const char *path = option(argc, argv, "--out");
    struct words drop = {.count = 0};
    struct sm_buf words, base, own, out;
    FILE *file;

    read_file(&words, option(argc, argv, "--drop"));
    read_file(&base, option(argc, argv, "--base"));
    read_file(&own, option(argc, argv, "--own"));
    sm_buf_init(&out, FILE_MAX);
    read_words(&drop, words.data);
    add_package(&out, &base, &own, &drop);
    add_own(&out, own.data);
    if (!sm_buf_ok(&out))
        die("too long", path);
    file = fopen(path, "wb");
    if (file == NULL || fwrite(out.data, 1, out.len, file) != out.len ||
        fclose(file) != 0)
        die("cannot write", path);
    sm_buf_release(&words);
    sm_buf_release(&base);
    sm_buf_release(&own);
    sm_buf_release(&out);
    return 0;
}
