/* links: domain */
/* Calendar files: what RFC 5545 asks of lines, texts and days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "domain/ics.h"

static struct sm_buf out;

static void make(const struct sm_ics_event *event)
{
    sm_buf_init(&out, 65536);
    sm_ics_begin(&out, "Дати, срокове");
    sm_ics_event(&out, event, 1767225600);
    sm_ics_end(&out);
    assert_true(sm_buf_ok(&out));
}

static void assert_in(const char *text)
{
    if (!strstr(out.data, text))
        fail_msg("\"%s\" is not in:\n%s", text, out.data);
}

static void test_whole(void **state)
{
    const struct sm_ics_event event = {
        .uid = "due-a@x.ro",
        .from = {2026, 12, 31},
        .to = {2026, 12, 31},
        .summary = "Bill A;1, 10.00 \\ RON\nnow\x07",
        .url = "https://x.ro/en/invoices/a?b,c;d",
        .remind_days = 3,
    };

    (void)state;
    make(&event);
    assert_string_equal(out.data,
                        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
                        "PRODID:-//Smetka//Dates//EN\r\n"
                        "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
                        "X-WR-CALNAME:Дати\\, срокове\r\n"
                        "BEGIN:VEVENT\r\nUID:due-a@x.ro\r\n"
                        "DTSTAMP:20260101T000000Z\r\n"
                        "DTSTART;VALUE=DATE:20261231\r\n"
                        "DTEND;VALUE=DATE:20270101\r\n"
                        "SUMMARY:Bill A\\;1\\, 10.00 \\\\ RON\\nnow \r\n"
                        "URL:https://x.ro/en/invoices/a?b,c;d\r\n"
                        "TRANSP:TRANSPARENT\r\n"
                        "BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-P3D\r\n"
                        "DESCRIPTION:Bill A\\;1\\, 10.00 \\\\ RON\\nnow \r\n"
                        "END:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    sm_buf_release(&out);
}

/* Take the folds out, and see that no line is longer than 75 octets, ends
 * within a character or anywhere but at CRLF. */
static void unfold(char *to, size_t size)
{
    size_t n = 0;

    for (const char *line = out.data; *line;) {
        const char *end = strstr(line, "\r\n");
        size_t len;

        assert_non_null(end);
        len = (size_t)(end - line);
        assert_true(len <= 75);
        assert_null(memchr(line, '\r', len));
        assert_null(memchr(line, '\n', len));
        assert_int_not_equal((unsigned char)line[*line == ' '] & 0xc0, 0x80);
        assert_true(n + len + 2 < size);
        if (*line == ' ')
            n--; /* the line feed put before */
        memcpy(to + n, line + (*line == ' '), len - (*line == ' '));
        n += len - (*line == ' ');
        to[n++] = '\n';
        line = end + 2;
    }
    to[n] = '\0';
}

static void test_folds(void **state)
{
    char summary[400], want[500], whole[4096];

    (void)state;
    for (size_t lead = 0; lead < 8; lead++) {
        struct sm_ics_event event = {.uid = "u",
                                     .from = {2026, 3, 1},
                                     .to = {2026, 3, 5},
                                     .summary = summary,
                                     .description = ""};

        snprintf(summary, sizeof(summary), "%.*s", (int)lead, "aaaaaaaa");
        for (int i = 0; i < 30; i++)
            snprintf(summary + strlen(summary), 16, "ș€\xF0\x9F\x92\xA1");
        make(&event);
        unfold(whole, sizeof(whole));
        snprintf(want, sizeof(want), "\nSUMMARY:%s\n", summary);
        assert_non_null(strstr(whole, want));
        assert_in("DTEND;VALUE=DATE:20260306\r\n");
        assert_null(strstr(out.data, "DESCRIPTION"));
        assert_null(strstr(out.data, "VALARM"));
        sm_buf_release(&out);
    }
}

/* A line of exactly 75 octets is not folded; one more is. */
static void test_edge(void **state)
{
    char summary[80];
    struct sm_ics_event event = {.uid = "u",
                                 .from = {2026, 3, 1},
                                 .to = {2026, 3, 1},
                                 .summary = summary};

    (void)state;
    memset(summary, 'x', sizeof(summary));
    summary[75 - 8] = '\0';
    make(&event);
    assert_null(strstr(out.data, "\r\n "));
    sm_buf_release(&out);
    summary[75 - 8] = 'x';
    summary[76 - 8] = '\0';
    make(&event);
    assert_in("x\r\n x\r\nTRANSP");
    sm_buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole),
        cmocka_unit_test(test_folds),
        cmocka_unit_test(test_edge),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
