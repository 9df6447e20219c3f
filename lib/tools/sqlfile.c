#include "sqlfile.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* The place in a file. */
struct cursor {
    struct sm_arena *arena;
    const struct tool_file *file;
    const char *at;
    int line;
};

/* Which list a continuation line goes on. */
enum header { HEADER_OTHER, HEADER_PARAMS, HEADER_COLUMNS };

static const struct {
    const char *sql, *constant;
} types[] = {
    {"boolean", "SM_TYPE_BOOL"}, {"integer", "SM_TYPE_INT4"},
    {"bigint", "SM_TYPE_INT8"},  {"text", "SM_TYPE_TEXT"},
    {"bytea", "SM_TYPE_BYTEA"},  {"uuid", "SM_TYPE_UUID"},
    {"date", "SM_TYPE_DATE"},    {"timestamptz", "SM_TYPE_TIME"},
    {"jsonb", "SM_TYPE_JSONB"},
};

static const struct {
    const char *word;
    int min, max;
} rows_words[] = {
    {"none", 0, 0},
    {"one", 1, 1},
    {"zero_or_one", 0, 1},
    {"many", 0, -1},
};

static bool is_name_byte(char byte)
{
    return (byte >= 'a' && byte <= 'z') || sm_is_digit(byte) || byte == '_';
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\r';
}

static const char *skip_blanks(const char *text)
{
    while (is_blank(*text))
        text++;
    return text;
}

/* Take a lower-case name from *TEXT; NULL if none stands there. */
static const char *take_name(struct cursor *cur, const char **text)
{
    const char *start = *text, *end = start;

    if (sm_is_digit(*start))
        return NULL;
    while (is_name_byte(*end))
        end++;
    *text = end;
    return end > start ? tool_strndup(cur->arena, start, (size_t)(end - start))
                       : NULL;
}

static const char *type_constant(struct cursor *cur, const char *type)
{
    size_t i = 0;

    for (i = 0; i < SM_COUNT(types); i++)
        if (strcmp(types[i].sql, type) == 0)
            return types[i].constant;
    tool_fail(cur->file->path, cur->line, "unknown type \"%s\"", type);
}

static void add_field(struct cursor *cur, struct sql_field *fields, int *count,
                      struct sql_field field)
{
    int i = 0;

    for (i = 0; i < *count; i++)
        if (strcmp(fields[i].name, field.name) == 0)
            tool_fail(cur->file->path, cur->line, "\"%s\" is named twice",
                      field.name);
    if (*count == SQL_FIELDS_MAX)
        tool_fail(cur->file->path, cur->line, "more than %d fields",
                  SQL_FIELDS_MAX);
    fields[(*count)++] = field;
}

/* Read "name type, name type" of one line; a comma at the end means that the
 * list goes on. */
static void parse_fields(struct cursor *cur, struct sql_field *fields,
                         int *count, const char *text)
{
    text = skip_blanks(text);
    if (*count == 0 && strcmp(text, "none") == 0)
        return;
    while (*text) {
        struct sql_field field;
        const char *type;

        field.name = take_name(cur, &text);
        text = skip_blanks(text);
        type = field.name ? take_name(cur, &text) : NULL;
        text = skip_blanks(text);
        if (!type || (*text && *text != ','))
            tool_fail(cur->file->path, cur->line,
                      "expected \"name type, name type\" near \"%.20s\"", text);
        field.type = type_constant(cur, type);
        add_field(cur, fields, count, field);
        if (*text == ',')
            text = skip_blanks(text + 1);
    }
}

static void parse_rows(struct cursor *cur, struct sql_stmt *stmt,
                       const char *text)
{
    size_t i = 0;

    for (i = 0; i < SM_COUNT(rows_words); i++) {
        if (strcmp(rows_words[i].word, text) != 0)
            continue;
        stmt->rows_known = true;
        stmt->min_rows = rows_words[i].min;
        stmt->max_rows = rows_words[i].max;
        return;
    }
    tool_fail(cur->file->path, cur->line,
              "rows: none, one, zero_or_one or many, not \"%s\"", text);
}

/* Take the rest of the line, without blanks around it. */
static char *take_line(struct cursor *cur)
{
    const char *start = skip_blanks(cur->at);
    const char *end = start + strcspn(start, "\n");

    cur->at = *end ? end + 1 : end;
    while (end > start && is_blank(end[-1]))
        end--;
    return tool_strndup(cur->arena, start, (size_t)(end - start));
}

/* The word before a colon at the start of a remark, e.g. "params"; NULL for
 * a remark in plain words. */
static const char *header_word(struct cursor *cur, const char **text)
{
    const char *after = *text;
    const char *word = take_name(cur, &after);

    if (!word || *after != ':')
        return NULL;
    *text = skip_blanks(after + 1);
    return word;
}

static void begin_stmt(struct cursor *cur, struct sql_stmt *stmt,
                       const char *text)
{
    if (stmt->name)
        tool_fail(cur->file->path, cur->line,
                  "\"%s\" has a second name: or no text", stmt->name);
    stmt->name = take_name(cur, &text);
    if (!stmt->name || *text)
        tool_fail(cur->file->path, cur->line,
                  "name: a lower-case word, digits and _");
    stmt->line = cur->line;
}

/* One line of the head, without its two dashes. */
static enum header parse_header(struct cursor *cur, struct sql_stmt *stmt,
                                enum header last)
{
    bool indented = cur->at[0] == ' ' && cur->at[1] == ' ';
    const char *text = take_line(cur);
    const char *word = header_word(cur, &text);

    if (!word && indented && last == HEADER_PARAMS)
        parse_fields(cur, stmt->params, &stmt->nparams, text);
    else if (!word && indented && last == HEADER_COLUMNS)
        parse_fields(cur, stmt->columns, &stmt->ncolumns, text);
    else if (!word)
        return HEADER_OTHER;
    if (!word)
        return last;
    if (strcmp(word, "name") == 0) {
        begin_stmt(cur, stmt, text);
        return HEADER_OTHER;
    }
    if (!stmt->name)
        tool_fail(cur->file->path, cur->line, "%s: before name:", word);
    if (strcmp(word, "params") == 0) {
        parse_fields(cur, stmt->params, &stmt->nparams, text);
        return HEADER_PARAMS;
    }
    if (strcmp(word, "columns") == 0) {
        parse_fields(cur, stmt->columns, &stmt->ncolumns, text);
        return HEADER_COLUMNS;
    }
    if (strcmp(word, "rows") != 0)
        tool_fail(cur->file->path, cur->line, "unknown word \"%s:\"", word);
    parse_rows(cur, stmt, text);
    return HEADER_OTHER;
}

/* Copy up to and with END, counting lines. */
static void copy_until(struct cursor *cur, struct sm_buf *out, const char *end)
{
    for (; cur->at < end; cur->at++) {
        if (*cur->at == '\n')
            cur->line++;
        sm_buf_addc(out, *cur->at);
    }
}

/* Copy a quoted text.  A doubled quote begins a new text at once, which comes
 * to the same.  A backslash counts only in E'...', which is refused. */
static void copy_quoted(struct cursor *cur, struct sm_buf *out)
{
    const char *end = strchr(cur->at + 1, *cur->at);

    if (!end)
        tool_fail(cur->file->path, cur->line, "the quote %c is not closed",
                  *cur->at);
    copy_until(cur, out, end + 1);
}

/* Skip a block remark; PostgreSQL nests them. */
static void skip_block(struct cursor *cur)
{
    int depth = 0, line = cur->line;

    do {
        if (!*cur->at)
            tool_fail(cur->file->path, line, "the remark is not closed");
        if (strncmp(cur->at, "/*", 2) == 0) {
            depth++;
            cur->at++;
        } else if (strncmp(cur->at, "*/", 2) == 0) {
            depth--;
            cur->at++;
        } else if (*cur->at == '\n') {
            cur->line++;
        }
        cur->at++;
    } while (depth > 0);
}

/* "$1": note that it is used.  "$tag$": copy the text it quotes. */
static void copy_dollar(struct cursor *cur, struct sm_buf *out,
                        const struct sql_stmt *stmt, bool *used)
{
    const char *tag_end, *end;
    char *tag;
    long number;

    if (sm_is_digit(cur->at[1])) {
        number = strtol(cur->at + 1, NULL, 10);
        if (number < 1 || number > stmt->nparams)
            tool_fail(cur->file->path, cur->line,
                      "$%ld, but \"%s\" declares %d params", number, stmt->name,
                      stmt->nparams);
        used[number - 1] = true;
        sm_buf_addc(out, *cur->at++);
        return;
    }
    tag_end = cur->at + 1;
    while (is_name_byte(*tag_end))
        tag_end++;
    if (*tag_end != '$')
        tool_fail(cur->file->path, cur->line, "a lone $");
    tag = tool_strndup(cur->arena, cur->at, (size_t)(tag_end + 1 - cur->at));
    end = strstr(tag_end + 1, tag);
    if (!end)
        tool_fail(cur->file->path, cur->line, "%s is not closed", tag);
    copy_until(cur, out, end + strlen(tag));
}

/* Drop the blanks before the end of a line, and empty lines. */
static void end_line(struct sm_buf *out)
{
    while (out->len > 0 && is_blank(out->data[out->len - 1]))
        out->data[--out->len] = '\0';
    if (out->len > 0 && out->data[out->len - 1] != '\n')
        sm_buf_addc(out, '\n');
}

/* A line remark within a statement; a head there means a missing semicolon.
 */
static void skip_remark(struct cursor *cur, const struct sql_stmt *stmt)
{
    const char *text = skip_blanks(cur->at + 2);

    if (strncmp(text, "name:", 5) == 0)
        tool_fail(cur->file->path, cur->line,
                  "\"%s\" (line %d) is not ended by a semicolon", stmt->name,
                  stmt->line);
    cur->at += strcspn(cur->at, "\n");
}

/* True at the E of E'...', whose backslashes this reader does not know. */
static bool is_escape_string(const struct cursor *cur, const char *at)
{
    if ((at[0] != 'E' && at[0] != 'e') || at[1] != '\'')
        return false;
    return at == cur->file->text ||
           !(sm_is_alpha(at[-1]) || sm_is_digit(at[-1]) || at[-1] == '_');
}

/* Copy the text of STMT up to its semicolon, without remarks. */
static void copy_text(struct cursor *cur, struct sm_buf *out,
                      const struct sql_stmt *stmt, bool *used)
{
    while (*cur->at != ';') {
        const char *at = cur->at;

        if (!*at)
            tool_fail(cur->file->path, stmt->line,
                      "\"%s\" is not ended by a semicolon", stmt->name);
        if (at[0] == '-' && at[1] == '-') {
            skip_remark(cur, stmt);
        } else if (at[0] == '/' && at[1] == '*') {
            skip_block(cur);
        } else if (is_escape_string(cur, at)) {
            tool_fail(cur->file->path, cur->line, "E'...' is not read here");
        } else if (at[0] == '\'' || at[0] == '"') {
            copy_quoted(cur, out);
        } else if (at[0] == '$') {
            copy_dollar(cur, out, stmt, used);
        } else if (at[0] == '\n') {
            end_line(out);
            cur->line++;
            cur->at++;
        } else {
            sm_buf_addc(out, *cur->at++);
        }
    }
    cur->at++;
}

/* Check that the head says all there is to say. */
static void check_stmt(struct cursor *cur, const struct sql_stmt *stmt,
                       const bool *used)
{
    int i = 0;

    if (!stmt->rows_known)
        tool_fail(cur->file->path, stmt->line,
                  "\"%s\" has no rows:", stmt->name);
    if ((stmt->max_rows == 0) != (stmt->ncolumns == 0))
        tool_fail(cur->file->path, stmt->line,
                  "\"%s\": columns and \"rows: none\" exclude each other, and "
                  "other rows need columns",
                  stmt->name);
    for (i = 0; i < stmt->nparams; i++)
        if (!used[i])
            tool_fail(cur->file->path, stmt->line, "\"%s\" never uses $%d (%s)",
                      stmt->name, i + 1, stmt->params[i].name);
}

static void parse_text(struct cursor *cur, struct sql_stmt *stmt)
{
    bool used[SQL_FIELDS_MAX] = {false};
    struct sm_buf out;

    if (!stmt->name)
        tool_fail(cur->file->path, cur->line, "a statement without name:");
    sm_buf_init(&out, cur->file->len);
    copy_text(cur, &out, stmt, used);
    end_line(&out);
    if (out.len > 0)
        out.len--; /* the line feed */
    if (out.len == 0)
        tool_fail(cur->file->path, stmt->line, "\"%s\" has no text",
                  stmt->name);
    stmt->sql = tool_strndup(cur->arena, out.data, out.len);
    sm_buf_release(&out);
    check_stmt(cur, stmt, used);
}

struct sql_stmt *sqlfile_parse(struct sm_arena *arena,
                               const struct tool_file *file)
{
    struct cursor cur = {
        .arena = arena, .file = file, .at = file->text, .line = 1};
    struct sql_stmt *first = NULL, **last = &first;
    struct sql_stmt *stmt = tool_alloc(arena, sizeof(*stmt));
    enum header header = HEADER_OTHER;

    for (;;) {
        cur.at = skip_blanks(cur.at);
        if (!*cur.at)
            break;
        if (*cur.at == '\n') {
            cur.at++;
            cur.line++;
        } else if (strncmp(cur.at, "--", 2) == 0) {
            cur.at += 2;
            header = parse_header(&cur, stmt, header);
            cur.line++;
        } else {
            parse_text(&cur, stmt);
            *last = stmt;
            last = &stmt->next;
            stmt = tool_alloc(arena, sizeof(*stmt));
            header = HEADER_OTHER;
        }
    }
    if (stmt->name)
        tool_fail(file->path, stmt->line, "\"%s\" has no text", stmt->name);
    return first;
}
