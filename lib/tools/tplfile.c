#include "tplfile.h"

#include <string.h>

#include "base/text.h"

#define DEPTH_MAX 32

/* Where in the HTML a place is. */
enum html { HTML_TEXT, HTML_TAG, HTML_QUOTED, HTML_REMARK };

struct parser {
    struct sm_arena *arena;
    struct texts *texts;
    struct tpl_file *tpl;
    const char *start, *at;
    int line;
    enum html html;
    char quote;                  /* of HTML_QUOTED */
    const char *attribute;       /* the name before that quote ends here */
    const char *open[DEPTH_MAX]; /* sections */
    int depth;
};

#define FAIL(ps, ...) tool_fail((ps)->tpl->path, (ps)->line, __VA_ARGS__)

static bool is_upper_name(const char *name)
{
    const char *p = name;

    if (*p < 'A' || *p > 'Z')
        return false;
    while ((*p >= 'A' && *p <= 'Z') || sm_is_digit(*p) || *p == '_')
        p++;
    return *p == '\0';
}

static struct tpl_piece *add_piece(struct parser *ps, enum tpl_kind kind,
                                   const char *end)
{
    struct tpl_file *tpl = ps->tpl;
    struct tpl_piece *piece;

    tpl->pieces =
        tool_grow(ps->arena, tpl->pieces, tpl->count, sizeof(*tpl->pieces));
    piece = &tpl->pieces[tpl->count++];
    *piece = (struct tpl_piece){
        .kind = kind,
        .start = ps->at,
        .len = (size_t)(end - ps->at),
        .line = ps->line,
        .in_attribute = ps->html == HTML_QUOTED,
    };
    return piece;
}

/* Move to END, counting lines. */
static void advance(struct parser *ps, const char *end)
{
    for (; ps->at < end; ps->at++)
        if (*ps->at == '\n')
            ps->line++;
}

static void enter_quote(struct parser *ps, const char *at)
{
    ps->html = HTML_QUOTED;
    ps->quote = *at;
    ps->attribute = at;
    while (ps->attribute[-1] == '=' || ps->attribute[-1] == ' ')
        ps->attribute--;
}

/* Follow the HTML over one byte that is copied. */
static void follow_html(struct parser *ps, const char *at)
{
    switch (ps->html) {
    case HTML_TEXT:
        if (strncmp(at, "<!--", 4) == 0)
            ps->html = HTML_REMARK;
        else if (at[0] == '<' &&
                 (sm_is_alpha(at[1]) || at[1] == '/' || at[1] == '!'))
            ps->html = HTML_TAG;
        break;
    case HTML_TAG:
        if (*at == '"' || *at == '\'')
            enter_quote(ps, at);
        else if (*at == '>')
            ps->html = HTML_TEXT;
        break;
    case HTML_QUOTED:
        if (*at == ps->quote)
            ps->html = HTML_TAG;
        break;
    case HTML_REMARK:
        if (at[0] == '>' && at[-1] == '-' && at[-2] == '-')
            ps->html = HTML_TEXT;
        break;
    }
}

static void parse_raw(struct parser *ps)
{
    const char *end = ps->at;

    for (; *end && strncmp(end, "{{", 2) != 0 && strncmp(end, "[[", 2) != 0;
         end++)
        if (!ps->tpl->plain)
            follow_html(ps, end);
    add_piece(ps, TPL_RAW, end);
    advance(ps, end);
}

/* True if the attribute that a marker stands in has the name NAME; with a
 * star at its end NAME is a beginning. */
static bool attribute_is(const struct parser *ps, const char *name)
{
    const char *start = ps->attribute;
    size_t len = strcspn(name, "*"), have;

    while (sm_is_alpha(start[-1]) || start[-1] == '-' || start[-1] == ':')
        start--;
    have = (size_t)(ps->attribute - start);
    if (name[len] == '*' ? have < len : have != len)
        return false;
    return strncmp(start, name, len) == 0;
}

/* Places where escaping does not protect (docs/ARCHITECTURE.md). */
static void check_place(const struct parser *ps)
{
    static const char *const forbidden[] = {"on*", "style", "srcdoc",
                                            "formaction", "xlink:href"};
    size_t i = 0;

    if (ps->html == HTML_TAG)
        FAIL(ps, "a marker in a tag must stand in a quoted attribute");
    for (i = 0; ps->html == HTML_QUOTED && i < SM_COUNT(forbidden); i++)
        if (attribute_is(ps, forbidden[i]))
            FAIL(ps, "no marker may stand in the attribute %s", forbidden[i]);
}

/* A name that may not be used: "N__0" is made for plurals. */
static void check_name(const struct parser *ps, const char *name)
{
    size_t len = strlen(name);

    if (!is_upper_name(name))
        FAIL(ps, "\"%s\" is not a name in capitals", name);
    if (len > 3 && sm_is_digit(name[len - 1]) &&
        strncmp(name + len - 3, "__", 2) == 0)
        FAIL(ps, "\"%s\" is a name that plurals use", name);
}

static void end_section(struct parser *ps, const char *name)
{
    if (ps->depth == 0 || strcmp(ps->open[ps->depth - 1], name) != 0)
        FAIL(ps, "{{/%s}}, but open is %s", name,
             ps->depth > 0 ? ps->open[ps->depth - 1] : "nothing");
    ps->depth--;
}

static void begin_section(struct parser *ps, const char *name)
{
    if (ps->depth == DEPTH_MAX)
        FAIL(ps, "sections within sections within sections");
    ps->open[ps->depth++] = name;
}

/* "NAME" or "NAME:u" inside the braces, or, where it is the whole text between
 * tags, "NAME:x-svg", or, of a text area, "NAME:p"; returns the name. */
static const char *parse_marker_name(const struct parser *ps, char *inside)
{
    char *colon = strchr(inside, ':');

    if (colon && strcmp(colon, ":x-svg") == 0) {
        if (ps->html != HTML_TEXT || ps->tpl->plain || *ps->at != '{')
            FAIL(ps, "a picture stands between tags");
    } else if (colon && strcmp(colon, ":p") == 0) {
        const char *end = strstr(ps->at, "}}");

        if (!end || strncmp(end + 2, "</textarea>", 11) != 0)
            FAIL(ps, "lines (:p) are the text of a text area");
    } else if (colon && strcmp(colon, ":u") != 0)
        FAIL(ps, "the only modifier is :u (a value in a query), not %s", colon);
    if (colon)
        *colon = '\0';
    check_name(ps, inside);
    return inside;
}

/* In plain text, a line that holds nothing but what shows nothing is no line;
 * returns where to go on after the braces that end at END. */
static const char *skip_line_end(const struct parser *ps, const char *end,
                                 bool shows)
{
    if (!ps->tpl->plain || shows || *end != '\n' ||
        (ps->at > ps->start && ps->at[-1] != '\n'))
        return end;
    return end + 1;
}

static void parse_braces(struct parser *ps)
{
    const char *end = strstr(ps->at, "}}");
    char *inside;
    struct tpl_piece *piece = NULL;

    if (!end)
        FAIL(ps, "{{ is not closed");
    inside = tool_strndup(ps->arena, ps->at + 2, (size_t)(end - ps->at - 2));
    end += 2;
    switch (inside[0]) {
    case '!':
        break;
    case '>':
        piece = add_piece(ps, TPL_INCLUDE, end);
        piece->name = inside + 1;
        if (inside[1] != '_' || ps->html != HTML_TEXT)
            FAIL(ps, "{{>_name}} stands between tags, and with a _");
        break;
    case '#':
        piece = add_piece(ps, TPL_SECTION, end);
        piece->name = inside + 1;
        check_name(ps, piece->name);
        begin_section(ps, piece->name);
        break;
    case '/':
        piece = add_piece(ps, TPL_END, end);
        piece->name = inside + 1;
        end_section(ps, piece->name);
        break;
    default:
        piece = add_piece(ps, TPL_MARKER, end);
        piece->name = parse_marker_name(ps, inside);
        check_place(ps);
    }
    advance(ps, skip_line_end(ps, end, piece && piece->kind == TPL_MARKER));
}

/* TEXT from START to END with every run of blanks made one space, and none
 * at its ends. */
static char *fold(struct parser *ps, const char *start, const char *end)
{
    char *out = tool_strndup(ps->arena, start, (size_t)(end - start));
    char *to = out;
    const char *from = out;

    for (; *from; from++) {
        if (!strchr(" \t\r\n", *from))
            *to++ = *from;
        else if (to > out && to[-1] != ' ')
            *to++ = ' ';
    }
    if (to > out && to[-1] == ' ')
        to--;
    *to = '\0';
    return out;
}

/* Markers in a sentence must be plain ones; its tags must be closed, and
 * cannot stand in an attribute. */
static void check_sentence(struct parser *ps, const char *text)
{
    const char *at = text;

    if (!*text)
        FAIL(ps, "an empty text");
    while ((at = strstr(at, "{{")) != NULL) {
        const char *end = strstr(at, "}}");

        if (!end)
            FAIL(ps, "{{ is not closed in \"%s\"", text);
        at += 2;
        parse_marker_name(ps, tool_strndup(ps->arena, at, (size_t)(end - at)));
    }
    for (at = text; (at = strchr(at, '<')) != NULL; at++) {
        if (ps->html == HTML_QUOTED)
            FAIL(ps, "a tag in the text of an attribute: \"%s\"", text);
        if (!strchr(at, '>'))
            FAIL(ps, "a tag is not closed in \"%s\"", text);
    }
}

/* "N: one | many": the marker that rules; NULL for any other text. */
static const char *parse_rule(struct parser *ps, char **text)
{
    char *colon = strchr(*text, ':'), *bar = strchr(*text, '|');
    char *rule;

    if (!colon || !bar || bar < colon)
        return NULL;
    rule = tool_strndup(ps->arena, *text, (size_t)(colon - *text));
    if (!is_upper_name(rule))
        return NULL;
    *text = colon + 1;
    return rule;
}

static void parse_plural(struct parser *ps, struct tpl_piece *piece,
                         const char *text, const char *ref)
{
    const char *bar = strchr(text, '|');
    const char *one = fold(ps, text, bar);
    const char *many = fold(ps, bar + 1, text + strlen(text));

    if (strchr(many, '|'))
        FAIL(ps, "more than two forms in \"%s\"", text);
    check_name(ps, piece->rule);
    check_sentence(ps, one);
    check_sentence(ps, many);
    piece->text = texts_add(ps->texts, NULL, one, many, ref);
    piece->text->rule = sm_arena_printf(ps->arena, "{{%s}}", piece->rule);
}

/* "context|text" or "text". */
static void parse_plain(struct parser *ps, struct tpl_piece *piece,
                        const char *text, const char *ref)
{
    const char *bar = strchr(text, '|'), *context = NULL;

    if (bar) {
        context = fold(ps, text, bar);
        text = fold(ps, bar + 1, bar + strlen(bar));
        if (!*context ||
            strspn(context, "abcdefghijklmnopqrstuvwxyz ") != strlen(context))
            FAIL(ps, "\"%s\" is no context: small letters", context);
        if (strchr(text, '|'))
            FAIL(ps, "a | in \"%s\"", text);
    }
    check_sentence(ps, text);
    piece->text = texts_add(ps->texts, context, text, NULL, ref);
}

static void parse_text(struct parser *ps)
{
    const char *end = strstr(ps->at, "]]");
    struct tpl_piece *piece;
    char *text;
    const char *ref =
        sm_arena_printf(ps->arena, "%s:%d", ps->tpl->path, ps->line);

    if (!end || !ref)
        FAIL(ps, "[[ is not closed");
    if (ps->html == HTML_TAG || ps->html == HTML_REMARK)
        FAIL(ps, "a text stands between tags or in a quoted attribute");
    piece = add_piece(ps, TPL_TEXT, end + 2);
    text = fold(ps, ps->at + 2, end);
    piece->rule = parse_rule(ps, &text);
    if (piece->rule)
        parse_plural(ps, piece, text, ref);
    else
        parse_plain(ps, piece, text, ref);
    advance(ps, end + 2);
}

static void parse_first_line(struct parser *ps)
{
    int len = (int)strlen(TPL_PRAGMA);
    bool has = strncmp(ps->at, TPL_PRAGMA, (size_t)len) == 0;

    if (has == ps->tpl->plain)
        FAIL(ps, "the first line must %sbe %.*s", has ? "not " : "", len - 1,
             TPL_PRAGMA);
    if (has)
        advance(ps, ps->at + len);
    ps->start = ps->at;
}

static void parse_pieces(struct parser *ps)
{
    parse_first_line(ps);
    while (*ps->at) {
        if (strncmp(ps->at, "{{", 2) == 0)
            parse_braces(ps);
        else if (strncmp(ps->at, "[[", 2) == 0)
            parse_text(ps);
        else
            parse_raw(ps);
    }
    if (ps->depth > 0)
        FAIL(ps, "{{#%s}} is not closed", ps->open[ps->depth - 1]);
    if (ps->html != HTML_TEXT)
        FAIL(ps, "the file ends within a tag");
}

static bool is_plain_name(const char *name)
{
    size_t len = strlen(name);

    return len > 8 && strcmp(name + len - 8, ".txt.tpl") == 0;
}

struct tpl_file tplfile_parse(struct sm_arena *arena, struct texts *texts,
                              const char *base, const char *path)
{
    struct tool_file file = tool_read(arena, path);
    size_t skip = strlen(base);
    struct tpl_file tpl = {
        .path = path, .name = file.name, .plain = is_plain_name(file.name)};
    struct parser ps = {.arena = arena,
                        .texts = texts,
                        .tpl = &tpl,
                        .at = file.text,
                        .line = 1};

    if (skip > 0 && strncmp(path, base, skip) == 0 && path[skip] == '/')
        tpl.path = path + skip + 1;
    parse_pieces(&ps);
    return tpl;
}
