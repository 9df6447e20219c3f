#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"

/* Set once before threads start, read-only afterwards. */
static const char *program_name = "smetka";
static enum sm_log_level least_level = SM_LOG_INFO;

/* What sm_log_end() still has to write. */
static const char tail_cut[] = ",\"cut\":true}\n";
static const char tail[] = "}\n";

void sm_log_open(const char *program, enum sm_log_level least)
{
    program_name = program;
    least_level = least;
}

enum sm_log_level sm_log_level_of(const char *word)
{
    static const char *const words[] = {"debug", "info", "warn", "error"};

    for (size_t i = 0; i < SM_COUNT(words); i++) {
        if (strcmp(words[i], word) == 0)
            return (enum sm_log_level)i;
    }
    return SM_LOG_INFO;
}

static bool put(struct sm_log_line *line, const char *bytes, size_t len)
{
    if (len > sizeof(line->text) - sizeof(tail_cut) - line->len)
        return false;
    memcpy(line->text + line->len, bytes, len);
    line->len += (unsigned)len;
    return true;
}

/* Bytes at the start of TEXT that a JSON string holds as they are. */
static size_t plain_len(const char *text)
{
    size_t len = 0;

    while (text[len] >= 0x20 && text[len] < 0x7F && text[len] != '"' &&
           text[len] != '\\')
        len++;
    return len;
}

static bool put_string(struct sm_log_line *line, const char *text)
{
    const char *end = text + strlen(text);
    char piece[SM_JSON_PIECE];
    size_t len = plain_len(text);
    bool fits = put(line, "\"", 1) && put(line, text, len);

    text += len;
    while (fits && text < end) {
        len = sm_json_escape(piece, &text, end);
        fits = put(line, piece, len);
    }
    return fits && put(line, "\"", 1);
}

static bool put_key(struct sm_log_line *line, const char *key)
{
    return (line->len == 1 || put(line, ",", 1)) && put_string(line, key) &&
           put(line, ":", 1);
}

void sm_log_str(struct sm_log_line *line, const char *key, const char *text)
{
    unsigned before = line->len;

    if (line->muted)
        return;
    if (put_key(line, key) &&
        (text ? put_string(line, text) : put(line, "null", 4)))
        return;
    line->len = before;
    line->full = true;
}

void sm_log_int(struct sm_log_line *line, const char *key, int64_t number)
{
    unsigned before = line->len;
    char digits[SM_INT_TEXT];
    size_t len = sm_int_format(digits, number);

    if (line->muted)
        return;
    if (put_key(line, key) && put(line, digits, len))
        return;
    line->len = before;
    line->full = true;
}

static const char *level_word(enum sm_log_level level)
{
    static const char *const words[] = {
        [SM_LOG_DEBUG] = "debug",
        [SM_LOG_INFO] = "info",
        [SM_LOG_WARN] = "warn",
        [SM_LOG_ERROR] = "error",
    };

    return words[level];
}

static void put_time(struct sm_log_line *line)
{
    int64_t ms = sm_clock_now_us() / 1000;
    int day_ms = (int)(ms % 86400000);
    struct sm_date date = sm_date_from_days(ms / 86400000);
    const struct {
        int number;
        char mark; /* what follows it */
        size_t width;
    } parts[] = {
        {date.year, '-', 4},
        {date.month, '-', 2},
        {date.day, 'T', 2},
        {day_ms / 3600000, ':', 2},
        {day_ms / 60000 % 60, ':', 2},
        {day_ms / 1000 % 60, '.', 2},
        {day_ms % 1000, 'Z', 3},
    };
    char text[SM_COUNT(parts) * SM_INT_TEXT], *at = text;

    for (size_t i = 0; i < SM_COUNT(parts); i++) {
        at += sm_uint_format(at, (uint64_t)parts[i].number, parts[i].width);
        *at++ = parts[i].mark;
    }
    *at = '\0';
    sm_log_str(line, "time", text);
}

void sm_log_begin(struct sm_log_line *line, enum sm_log_level level,
                  const char *event)
{
    line->len = 0;
    line->full = false;
    line->muted = level < least_level;
    if (line->muted)
        return;
    line->text[line->len++] = '{';
    put_time(line);
    sm_log_str(line, "level", level_word(level));
    sm_log_str(line, "program", program_name);
    sm_log_int(line, "pid", getpid());
    sm_log_str(line, "event", event);
}

void sm_log_end(struct sm_log_line *line)
{
    const char *end = line->full ? tail_cut : tail;
    size_t len = strlen(end);
    int saved = errno;

    if (line->muted)
        return;
    memcpy(line->text + line->len, end, len);
    line->len += (unsigned)len;
    /* A log that cannot be written must not stop the work. */
    if (write(STDERR_FILENO, line->text, line->len) < 0)
        line->full = true;
    errno = saved;
}

void sm_log_msg(enum sm_log_level level, const char *event, const char *fmt,
                ...)
{
    struct sm_log_line line;
    char message[1024];
    va_list args;
    int len;

    sm_log_begin(&line, level, event);
    va_start(args, fmt);
    len = vsnprintf(message, sizeof(message), fmt, args);
    va_end(args);
    sm_log_str(&line, "message", len < 0 ? NULL : message);
    sm_log_end(&line);
}

void sm_log_error(const char *event, enum sm_status status,
                  const struct sm_error *err)
{
    struct sm_log_line line;

    sm_log_begin(&line, SM_LOG_ERROR, event);
    sm_log_str(&line, "status", sm_status_word(status));
    if (err && err->file) {
        sm_log_str(&line, "message", err->message);
        sm_log_str(&line, "file", err->file);
        sm_log_int(&line, "line", err->line);
    }
    sm_log_end(&line);
}
