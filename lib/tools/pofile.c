#include "pofile.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

struct reader {
    struct sm_arena *arena;
    const struct tool_file *file;
    const char *at;
    int line;
    struct po_file po;
    struct po_entry now; /* the entry being read */
    const char **last;   /* where the next quoted line is added; or NULL */
};

int pofile_compare(const char *context_a, const char *id_a,
                   const char *context_b, const char *id_b)
{
    int order = strcmp(context_a ? context_a : "", context_b ? context_b : "");

    return order != 0 ? order : strcmp(id_a, id_b);
}

static int compare_entries(const void *a, const void *b)
{
    const struct po_entry *x = a, *y = b;

    return pofile_compare(x->context, x->id, y->context, y->id);
}

const struct po_entry *pofile_find(const struct po_file *po,
                                   const char *context, const char *id)
{
    struct po_entry key = {.context = context, .id = id};

    if (po->count == 0)
        return NULL;
    return bsearch(&key, po->entries, po->count, sizeof(key), compare_entries);
}

void pofile_add_quoted(struct sm_buf *out, const char *text)
{
    sm_buf_addc(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            sm_buf_addf(out, "\\%c", *text);
        else if (*text == '\n')
            sm_buf_adds(out, "\\n");
        else if (*text == '\t')
            sm_buf_adds(out, "\\t");
        else
            sm_buf_addc(out, *text);
    }
    sm_buf_addc(out, '"');
}

static _Noreturn void fail(const struct reader *rd, const char *what)
{
    tool_fail(rd->file->path, rd->line, "%s", what);
}

static char unescape(const struct reader *rd, char byte)
{
    switch (byte) {
    case 'n':
        return '\n';
    case 't':
        return '\t';
    case '"':
    case '\\':
        return byte;
    default:
        fail(rd, "an escape that catalogues of ours do not use");
    }
}

/* Append the quoted text at TEXT, which ends its line, to *FIELD. */
static void read_quoted(struct reader *rd, const char *text, const char **field)
{
    struct sm_buf out;

    sm_buf_init(&out, rd->file->len);
    if (*field)
        sm_buf_adds(&out, *field);
    if (*text++ != '"')
        fail(rd, "a quoted text is expected");
    for (; *text && *text != '"'; text++) {
        if (*text == '\\')
            sm_buf_addc(&out, unescape(rd, *++text));
        else
            sm_buf_addc(&out, *text);
    }
    if (text[0] != '"' || text[1] != '\0')
        fail(rd, "the quoted text is not closed, or goes on after its end");
    *field = tool_strndup(rd->arena, out.data, out.len);
    sm_buf_release(&out);
}

/* Keep the entry that was read, unless it is the header. */
static void end_entry(struct reader *rd)
{
    struct po_file *po = &rd->po;

    if (rd->now.id && (rd->now.id[0] != '\0' || rd->now.context)) {
        po->entries =
            tool_grow(rd->arena, po->entries, po->count, sizeof(*po->entries));
        po->entries[po->count++] = rd->now;
    }
    rd->now = (struct po_entry){.refs = ""};
    rd->last = NULL;
}

static void read_remark(struct reader *rd, const char *text)
{
    if (rd->now.id)
        end_entry(rd);
    if (text[1] == ',' && strstr(text, "fuzzy"))
        rd->now.fuzzy = true;
    if (strncmp(text, PO_RULE, strlen(PO_RULE)) == 0)
        rd->now.rule = text + strlen(PO_RULE);
    if (text[1] == ':')
        rd->now.refs = sm_arena_printf(rd->arena, "%s%s%s", rd->now.refs,
                                       rd->now.refs[0] != '\0' ? " " : "",
                                       text + 2 + strspn(text + 2, " "));
    if (!rd->now.refs)
        fail(rd, "out of memory");
}

/* The field that the word at *TEXT names; *TEXT moves to its quoted text. */
static const char **find_field(struct reader *rd, const char **text)
{
    static const char *const words[] = {"msgctxt ", "msgid ", "msgid_plural ",
                                        "msgstr "};
    const char **fields[] = {&rd->now.context, &rd->now.id, &rd->now.plural,
                             &rd->now.forms[0]};
    size_t i = 0;

    for (i = 0; i < SM_COUNT(words); i++) {
        if (strncmp(*text, words[i], strlen(words[i])) != 0)
            continue;
        *text += strlen(words[i]);
        if (i == 3)
            rd->now.nforms = 1;
        return fields[i];
    }
    if (strncmp(*text, "msgstr[", 7) == 0 && strncmp(*text + 8, "] ", 2) == 0) {
        int form = (*text)[7] - '0';

        if (form != rd->now.nforms || form >= PO_FORMS_MAX)
            fail(rd, "a plural form out of order");
        rd->now.nforms = form + 1;
        *text += 10;
        return &rd->now.forms[form];
    }
    fail(rd, "neither a remark nor a field of a catalogue");
}

static void read_line(struct reader *rd, const char *text)
{
    if (text[0] == '\0')
        return;
    if (text[0] == '#') {
        read_remark(rd, text);
        return;
    }
    if (text[0] == '"') {
        if (!rd->last)
            fail(rd, "a quoted text without a field");
        read_quoted(rd, text, rd->last);
        return;
    }
    if (rd->now.id &&
        (strncmp(text, "msgctxt ", 8) == 0 || strncmp(text, "msgid ", 6) == 0))
        end_entry(rd);
    rd->last = find_field(rd, &text);
    if (*rd->last)
        fail(rd, "a field is given twice");
    if (rd->last == &rd->now.id)
        rd->now.line = rd->line;
    read_quoted(rd, text, rd->last);
}

struct po_file pofile_parse(struct sm_arena *arena,
                            const struct tool_file *file)
{
    struct reader rd = {.arena = arena, .file = file, .at = file->text};
    size_t i = 0;

    rd.po.path = file->path;
    end_entry(&rd);
    while (*rd.at) {
        size_t len = strcspn(rd.at, "\n");

        rd.line++;
        read_line(&rd, tool_strndup(arena, rd.at, len));
        rd.at += len + (rd.at[len] == '\n');
    }
    end_entry(&rd);
    if (rd.po.count == 0)
        return rd.po;
    qsort(rd.po.entries, rd.po.count, sizeof(*rd.po.entries), compare_entries);
    for (i = 1; i < rd.po.count; i++)
        if (compare_entries(&rd.po.entries[i - 1], &rd.po.entries[i]) == 0)
            tool_fail(file->path, rd.po.entries[i].line,
                      "\"%s\" is there twice", rd.po.entries[i].id);
    return rd.po;
}
