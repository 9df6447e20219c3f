#include "domain/csv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

/* Where the reader stands within a record. */
enum state {
    AT_START,  /* before the first byte of a field */
    IN_PLAIN,  /* in a field without quotes */
    IN_QUOTED, /* between quotes */
    AT_QUOTE,  /* after a quote that closes, or is the first of a pair */
    AT_CR      /* after a CR that only LF may follow */
};

struct sm_csv {
    struct sm_csv_source source;
    char buf[SM_CSV_RECORD_MAX]; /* bytes read and not yet looked at */
    size_t pos, end;
    bool eof;
    int64_t bytes, line, record_line;
    char separator;

    char record[SM_CSV_RECORD_MAX + 1]; /* fields, each NUL-terminated */
    size_t used;
    size_t starts[SM_CSV_FIELDS_MAX];
    size_t fields;
    const char *bad; /* why the record is refused, or NULL */
    bool any;        /* the record has at least one byte */

    size_t header_fields;
    int index[SM_CSV_FIELDS_MAX]; /* known column -> field, or -1 */
    size_t columns;
};

enum sm_status sm_csv_read_fd(void *fd, char *buf, size_t size, size_t *got,
                              struct sm_error *err)
{
    const int *descriptor = fd;
    ssize_t n;

    do {
        n = read(*descriptor, buf, size);
    } while (n < 0 && errno == EINTR);
    if (n < 0)
        return SM_FAIL(err, SM_UNAVAILABLE, "read: %s", strerror(errno));
    *got = (size_t)n;
    return SM_OK;
}

/* Read more bytes behind those not yet looked at. */
static enum sm_status fill(struct sm_csv *csv, struct sm_error *err)
{
    size_t got = 0;
    enum sm_status status;

    if (csv->pos > 0) {
        memmove(csv->buf, csv->buf + csv->pos, csv->end - csv->pos);
        csv->end -= csv->pos;
        csv->pos = 0;
    }
    if (csv->eof || csv->end == sizeof(csv->buf))
        return SM_OK;
    status = csv->source.read(csv->source.ctx, csv->buf + csv->end,
                              sizeof(csv->buf) - csv->end, &got, err);
    if (status != SM_OK)
        return status;
    csv->eof = got == 0;
    csv->end += got;
    csv->bytes += (int64_t)got;
    return SM_OK;
}

static void refuse(struct sm_csv *csv, const char *why)
{
    if (!csv->bad)
        csv->bad = why;
}

static void begin_field(struct sm_csv *csv)
{
    if (csv->fields == SM_CSV_FIELDS_MAX) {
        refuse(csv, "too many fields");
        return;
    }
    csv->starts[csv->fields++] = csv->used;
}

static void add_byte(struct sm_csv *csv, char byte)
{
    if (csv->bad)
        return;
    if (byte == '\0')
        refuse(csv, "a zero byte");
    else if (csv->used + 2 > SM_CSV_RECORD_MAX)
        refuse(csv, "the record is too long");
    else if (csv->used - csv->starts[csv->fields - 1] == SM_CSV_FIELD_MAX)
        refuse(csv, "a field is too long");
    else
        csv->record[csv->used++] = byte;
}

/* Terminate the current field and cut blanks off its end; those at its
 * beginning are skipped when it is read. */
static void end_field(struct sm_csv *csv)
{
    size_t start;

    if (csv->bad)
        return;
    start = csv->starts[csv->fields - 1];
    while (csv->used > start && (csv->record[csv->used - 1] == ' ' ||
                                 csv->record[csv->used - 1] == '\t'))
        csv->used--;
    if (!sm_utf8_valid(csv->record + start, csv->used - start))
        refuse(csv, "not valid UTF-8");
    csv->record[csv->used++] = '\0';
}

/* Bytes that may end a field without quotes or follow a closing quote.
 * Returns true if the record is complete. */
static bool delimiter(struct sm_csv *csv, enum state *state, char byte)
{
    if (byte == csv->separator) {
        end_field(csv);
        begin_field(csv);
        *state = AT_START;
        return false;
    }
    if (byte == '\r') {
        *state = AT_CR;
        return false;
    }
    end_field(csv);
    return true; /* LF */
}

static bool is_delimiter(const struct sm_csv *csv, char byte)
{
    return byte == csv->separator || byte == '\r' || byte == '\n';
}

/* Take one byte of a field without quotes. */
static bool take_plain(struct sm_csv *csv, enum state *state, char byte)
{
    *state = IN_PLAIN;
    if (is_delimiter(csv, byte))
        return delimiter(csv, state, byte);
    if (byte == '"')
        refuse(csv, "a quote inside a field without quotes");
    add_byte(csv, byte);
    return false;
}

/* Take one byte.  Returns true if the record is complete. */
static bool take(struct sm_csv *csv, enum state *state, char byte)
{
    if (byte == '\n')
        csv->line++;
    switch (*state) {
    case AT_START:
        if (byte == '"') {
            *state = IN_QUOTED;
            return false;
        }
        return take_plain(csv, state, byte);
    case IN_PLAIN:
        return take_plain(csv, state, byte);
    case IN_QUOTED:
        if (byte == '"')
            *state = AT_QUOTE;
        else
            add_byte(csv, byte);
        return false;
    case AT_QUOTE:
        if (is_delimiter(csv, byte))
            return delimiter(csv, state, byte);
        if (byte == '"') {
            add_byte(csv, byte);
            *state = IN_QUOTED;
            return false;
        }
        refuse(csv, "text after a closing quote");
        *state = IN_PLAIN;
        return false;
    case AT_CR:
        if (byte == '\n') {
            end_field(csv);
            return true;
        }
        refuse(csv, "a carriage return without a line feed");
        *state = IN_PLAIN;
        return false;
    }
    return false;
}

static void begin_record(struct sm_csv *csv)
{
    csv->used = 0;
    csv->fields = 0;
    csv->bad = NULL;
    csv->any = false;
    csv->record_line = csv->line;
    begin_field(csv);
}

/* Close the last record of a file that does not end with a newline. */
static void finish_at_eof(struct sm_csv *csv, enum state state)
{
    if (state == IN_QUOTED)
        refuse(csv, "a quote that is never closed");
    if (csv->any)
        end_field(csv);
}

/* Read one record, empty lines included.  SM_NOT_FOUND at the end. */
static enum sm_status read_record(struct sm_csv *csv, struct sm_error *err)
{
    enum state state = AT_START;
    bool complete = false;

    begin_record(csv);
    while (!complete) {
        if (csv->pos == csv->end) {
            enum sm_status status = fill(csv, err);

            if (status != SM_OK)
                return status;
            if (csv->pos == csv->end)
                break;
        }
        csv->any = true;
        complete = take(csv, &state, csv->buf[csv->pos++]);
    }
    if (!complete)
        finish_at_eof(csv, state);
    if (!csv->any)
        return SM_NOT_FOUND;
    if (csv->bad)
        return SM_FAIL(err, SM_INVALID, "%s", csv->bad);
    return SM_OK;
}

static const char *field(const struct sm_csv *csv, size_t index)
{
    const char *text = csv->record + csv->starts[index];

    return text + strspn(text, " \t");
}

static bool is_blank(const struct sm_csv *csv)
{
    return csv->fields == 1 && field(csv, 0)[0] == '\0';
}

enum sm_status sm_csv_next(struct sm_csv *csv, struct sm_error *err)
{
    enum sm_status status;

    do {
        status = read_record(csv, err);
    } while (status == SM_OK && is_blank(csv) && csv->header_fields != 1);
    if (status != SM_OK)
        return status;
    if (csv->fields != csv->header_fields)
        return SM_FAIL(err, SM_INVALID, "%zu fields where the header has %zu",
                       csv->fields, csv->header_fields);
    return SM_OK;
}

/* Skip a byte order mark and choose the separator by the header line. */
static enum sm_status look_at_start(struct sm_csv *csv, struct sm_error *err)
{
    static const char bom[] = "\xef\xbb\xbf";
    size_t commas = 0;
    size_t semicolons = 0;
    enum sm_status status = SM_OK;

    while (status == SM_OK && !csv->eof && csv->end < sizeof(csv->buf) &&
           !memchr(csv->buf, '\n', csv->end))
        status = fill(csv, err);
    if (status != SM_OK)
        return status;
    if (csv->end >= 3 && memcmp(csv->buf, bom, 3) == 0)
        csv->pos = 3;
    for (size_t i = csv->pos; i < csv->end && csv->buf[i] != '\n'; i++) {
        commas += csv->buf[i] == ',';
        semicolons += csv->buf[i] == ';';
    }
    csv->separator = semicolons > commas ? ';' : ',';
    return SM_OK;
}

static bool same_name(const char *known, const char *given)
{
    for (; *known && *given; known++, given++) {
        char byte = sm_to_lower(*given);

        if (byte == ' ' || byte == '-')
            byte = '_';
        if (byte != *known)
            return false;
    }
    return *known == *given;
}

/* Note which field holds which known column. */
static enum sm_status map_header(struct sm_csv *csv,
                                 const struct sm_csv_column *columns,
                                 size_t count, struct sm_error *err)
{
    for (size_t c = 0; c < count; c++)
        csv->index[c] = -1;
    for (size_t f = 0; f < csv->fields; f++) {
        size_t c = 0;

        while (c < count && !same_name(columns[c].name, field(csv, f)))
            c++;
        if (c == count)
            return SM_FAIL(err, SM_INVALID, "unknown column \"%.60s\"",
                           field(csv, f));
        if (csv->index[c] >= 0)
            return SM_FAIL(err, SM_INVALID, "column \"%s\" occurs twice",
                           columns[c].name);
        csv->index[c] = (int)f;
    }
    for (size_t c = 0; c < count; c++)
        if (columns[c].required && csv->index[c] < 0)
            return SM_FAIL(err, SM_INVALID, "column \"%s\" is missing",
                           columns[c].name);
    csv->columns = count;
    csv->header_fields = csv->fields;
    return SM_OK;
}

enum sm_status sm_csv_open(struct sm_csv **out,
                           const struct sm_csv_source *source,
                           const struct sm_csv_column *columns, size_t count,
                           struct sm_error *err)
{
    struct sm_csv *csv;
    enum sm_status status;

    *out = NULL;
    if (count == 0 || count > SM_CSV_FIELDS_MAX)
        return SM_FAIL(err, SM_INTERNAL, "%zu columns", count);
    csv = calloc(1, sizeof(*csv));
    if (!csv)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    csv->source = *source;
    csv->line = 1;
    status = look_at_start(csv, err);
    if (status == SM_OK)
        status = read_record(csv, err);
    if (status == SM_NOT_FOUND)
        status = SM_FAIL(err, SM_INVALID, "the file is empty");
    if (status == SM_OK)
        status = map_header(csv, columns, count, err);
    if (status != SM_OK) {
        sm_csv_free(csv);
        return status;
    }
    *out = csv;
    return SM_OK;
}

void sm_csv_free(struct sm_csv *csv)
{
    free(csv);
}

const char *sm_csv_get(const struct sm_csv *csv, size_t column)
{
    if (column >= csv->columns || csv->index[column] < 0)
        return "";
    return field(csv, (size_t)csv->index[column]);
}

int64_t sm_csv_line(const struct sm_csv *csv)
{
    return csv->record_line;
}

int64_t sm_csv_bytes(const struct sm_csv *csv)
{
    return csv->bytes;
}
