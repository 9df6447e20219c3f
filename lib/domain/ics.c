#include "domain/ics.h"

#include <string.h>
#include <time.h>

enum { LINE_MAX_OCTETS = 75 };

/* A line on its way, and how many octets stand in it since its last fold. */
struct line {
    struct sm_buf *out;
    size_t width;
};

/* Append the character of LEN octets, on a new line if there is no room. */
static void put(struct line *line, const char *octets, size_t len)
{
    if (line->width + len > LINE_MAX_OCTETS) {
        sm_buf_adds(line->out, "\r\n ");
        line->width = 1;
    }
    sm_buf_add(line->out, octets, len);
    line->width += len;
}

/* Octets of the character that begins TEXT; of a broken one those of it that
 * are there. */
static size_t length_of(const char *text)
{
    size_t len = 1;

    while (((unsigned char)text[len] & 0xc0) == 0x80)
        len++;
    return len;
}

static void put_plain(struct line *line, const char *text)
{
    for (size_t len; *text; text += len) {
        len = length_of(text);
        put(line, text, len);
    }
}

/* The end of a line is \n; what else is a control character is a blank. */
static void put_text(struct line *line, const char *text)
{
    for (size_t len; *text; text += len) {
        len = length_of(text);
        if (*text == '\n')
            put(line, "\\n", 2);
        else if (strchr("\\;,", *text))
            put(line, (char[]){'\\', *text}, 2);
        else if ((unsigned char)*text < ' ' || *text == 0x7f)
            put(line, " ", 1);
        else
            put(line, text, len);
    }
}

static void property(struct sm_buf *out, const char *name, const char *value)
{
    struct line line = {out, 0};

    put_plain(&line, name);
    put_plain(&line, value);
    sm_buf_adds(out, "\r\n");
}

static void text_property(struct sm_buf *out, const char *name,
                          const char *text)
{
    struct line line = {out, 0};

    if (!text || !*text)
        return;
    put_plain(&line, name);
    put_text(&line, text);
    sm_buf_adds(out, "\r\n");
}

static void date_property(struct sm_buf *out, const char *name,
                          struct sm_date date)
{
    sm_buf_addf(out, "%s;VALUE=DATE:%04d%02d%02d\r\n", name, date.year,
                date.month, date.day);
}

void sm_ics_begin(struct sm_buf *out, const char *name)
{
    sm_buf_adds(out, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
                     "PRODID:-//Smetka//Dates//EN\r\nCALSCALE:GREGORIAN\r\n"
                     "METHOD:PUBLISH\r\n");
    text_property(out, "X-WR-CALNAME:", name);
}

static void add_alarm(struct sm_buf *out, const struct sm_ics_event *event)
{
    sm_buf_addf(out, "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P%dD\r\n",
                event->remind_days);
    text_property(out, "DESCRIPTION:", event->summary);
    sm_buf_adds(out, "END:VALARM\r\n");
}

void sm_ics_event(struct sm_buf *out, const struct sm_ics_event *event,
                  int64_t now_s)
{
    struct sm_date after = sm_date_from_days(sm_date_to_days(event->to) + 1);
    time_t now = (time_t)now_s;
    struct tm tm = {0};
    char stamp[24];

    gmtime_r(&now, &tm);
    (void)strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &tm);
    sm_buf_adds(out, "BEGIN:VEVENT\r\n");
    property(out, "UID:", event->uid);
    property(out, "DTSTAMP:", stamp);
    date_property(out, "DTSTART", event->from);
    date_property(out, "DTEND", after);
    text_property(out, "SUMMARY:", event->summary);
    text_property(out, "DESCRIPTION:", event->description);
    if (event->url && *event->url)
        property(out, "URL:", event->url);
    sm_buf_adds(out, "TRANSP:TRANSPARENT\r\n");
    if (event->remind_days > 0)
        add_alarm(out, event);
    sm_buf_adds(out, "END:VEVENT\r\n");
}

void sm_ics_end(struct sm_buf *out)
{
    sm_buf_adds(out, "END:VCALENDAR\r\n");
}
