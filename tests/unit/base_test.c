/* links: base */
/* lib/base: buffer, calendar, text and the escape for logs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/status.h"
#include "base/text.h"

static void buf_fails_once_and_stays_failed(void **state)
{
    struct sm_buf buf;

    (void)state;
    sm_buf_init(&buf, 10);
    assert_string_equal(buf.data, "");
    sm_buf_adds(&buf, "0123456789");
    assert_true(sm_buf_ok(&buf));
    assert_int_equal(buf.len, 10);
    sm_buf_addc(&buf, 'x');
    assert_false(sm_buf_ok(&buf));
    assert_string_equal(buf.data, "");
    sm_buf_addc(&buf, 'x');
    assert_int_equal(buf.len, 0);
    sm_buf_clear(&buf);
    sm_buf_addf(&buf, "%05d", 42);
    assert_true(sm_buf_ok(&buf));
    assert_string_equal(buf.data, "00042");
    sm_buf_addf(&buf, "%06d", 42);
    assert_false(sm_buf_ok(&buf));
    sm_buf_release(&buf);
    assert_true(sm_buf_ok(&buf));
    sm_buf_release(&buf);
}

static void buf_grows_to_its_ceiling(void **state)
{
    struct sm_buf buf;

    (void)state;
    sm_buf_init(&buf, 100000);
    for (int i = 0; i < 100000; i++)
        sm_buf_addc(&buf, 'a');
    assert_true(sm_buf_ok(&buf));
    assert_int_equal(strlen(buf.data), 100000);
    sm_buf_addc(&buf, 'a');
    assert_false(sm_buf_ok(&buf));
    sm_buf_release(&buf);
}

static void buf_numbers(void **state)
{
    static const struct {
        int64_t number;
        const char *text;
    } cases[] = {
        {0, "0"},
        {-1, "-1"},
        {1234567890, "1234567890"},
        {INT64_MAX, "9223372036854775807"},
        {INT64_MIN, "-9223372036854775808"},
    };
    struct sm_buf buf;

    (void)state;
    sm_buf_init(&buf, 64);
    for (size_t i = 0; i < SM_COUNT(cases); i++) {
        sm_buf_clear(&buf);
        sm_buf_addi(&buf, cases[i].number);
        assert_string_equal(buf.data, cases[i].text);
    }
    sm_buf_release(&buf);
}

static void buf_escapes(void **state)
{
    static const char in[] = "a\"\\\n\x01\x7F\xE2\x80\xA8\xE2\x80\xA9"
                             "\xC8\x99\xFF\xC3";
    struct sm_buf buf;

    (void)state;
    sm_buf_init(&buf, 200);
    sm_buf_add_json(&buf, in, sizeof(in) - 1);
    assert_string_equal(buf.data, "a\\\"\\\\\\n\\u0001\\u007f\\u2028\\u2029"
                                  "\xC8\x99\\ufffd\\ufffd");
    sm_buf_clear(&buf);
    sm_buf_add_json(&buf, "a\0b", 3);
    assert_string_equal(buf.data, "a\\u0000b");
    sm_buf_clear(&buf);
    sm_buf_add_url(&buf, "a b&/\xC8\x99~-._\0", 12);
    assert_string_equal(buf.data, "a%20b%26%2F%C8%99~-._%00");
    sm_buf_release(&buf);
}

static void calendar_round_trip(void **state)
{
    int64_t first = sm_date_to_days((struct sm_date){1, 1, 1});
    int64_t last = sm_date_to_days((struct sm_date){9999, 12, 31});
    struct sm_date before = {0, 12, 31};

    (void)state;
    assert_int_equal(sm_date_to_days((struct sm_date){1970, 1, 1}), 0);
    assert_int_equal(sm_date_to_days((struct sm_date){2000, 3, 1}), 11017);
    assert_int_equal(sm_date_to_days((struct sm_date){1969, 12, 31}), -1);
    assert_int_equal(last - first + 1, 3652059);
    for (int64_t day = first; day <= last; day++) {
        struct sm_date date = sm_date_from_days(day);
        bool next_day = date.day == before.day + 1;

        if (sm_date_to_days(date) != day || (!next_day && date.day != 1))
            fail();
        before = date;
    }
    assert_int_equal(before.year, 9999);
}

static void calendar_local(void **state)
{
    struct sm_date date;
    int minutes;

    (void)state;
    setenv("TZ", "Europe/Bucharest", 1);
    /* 2026-01-31 22:30 UTC is already February there. */
    date = sm_date_local(INT64_C(1769898600) * 1000000);
    assert_int_equal(date.year, 2026);
    assert_int_equal(date.month, 2);
    assert_int_equal(date.day, 1);
    sm_local(&date, &minutes, INT64_C(1769898600) * 1000000);
    assert_int_equal(minutes, 30);
    /* When a day begins, in winter, in summer and while the clocks change. */
    assert_int_equal(sm_date_begins((struct sm_date){2026, 1, 1}), 1767218400);
    assert_int_equal(sm_date_begins((struct sm_date){2026, 7, 1}), 1782853200);
    assert_int_equal(sm_date_begins((struct sm_date){2026, 3, 30}) -
                         sm_date_begins((struct sm_date){2026, 3, 29}),
                     23 * 3600);
    /* Before the epoch: 1969-12-31 23:59:59.999999 UTC. */
    sm_local(&date, &minutes, -1);
    assert_int_equal(minutes, 119);
}

static void clock_shifts(void **state)
{
    int64_t gap;

    (void)state;
    sm_clock_set_offset(3600);
    gap = sm_clock_now_us() - sm_clock_real_us();
    sm_clock_set_offset(0);
#ifdef SM_TEST_BUILD
    assert_true(gap > INT64_C(3599000000) && gap <= INT64_C(3600000000));
#else
    assert_true(gap <= 0);
#endif
    gap = sm_clock_mono_ms();
    assert_true(sm_clock_mono_us() / 1000 - gap < 1000);
}

static void numbers_are_written(void **state)
{
    char text[SM_INT_TEXT];

    (void)state;
    assert_int_equal(sm_int_format(text, INT64_MIN), 20);
    assert_string_equal(text, "-9223372036854775808");
    assert_int_equal(sm_int_format(text, INT64_MAX), 19);
    assert_string_equal(text, "9223372036854775807");
    assert_int_equal(sm_int_format(text, 0), 1);
    assert_string_equal(text, "0");
    assert_int_equal(sm_uint_format(text, UINT64_MAX, 1), 20);
    assert_string_equal(text, "18446744073709551615");
    assert_int_equal(sm_uint_format(text, 7, 3), 3);
    assert_string_equal(text, "007");
    assert_int_equal(sm_uint_format(text, 1234, 2), 4);
    assert_string_equal(text, "1234");
    /* no more digits than there is room for */
    assert_int_equal(sm_uint_format(text, 1, 100), 20);
    assert_string_equal(text, "00000000000000000001");
}

static void numbers_are_checked(void **state)
{
    static const char *const bad[] = {
        "",
        "-",
        "+1",
        " 1",
        "1 ",
        "1.0",
        "0x1",
        "9223372036854775808",
        "--1",
        "1e3",
        "-9223372036854775809",
    };
    int64_t value = 0;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        assert_int_equal(sm_parse_i64(&value, bad[i], INT64_MIN, INT64_MAX),
                         SM_INVALID);
    assert_int_equal(
        sm_parse_i64(&value, "-9223372036854775808", INT64_MIN, INT64_MAX),
        SM_OK);
    assert_true(value == INT64_MIN);
    assert_int_equal(sm_parse_i64(&value, "9223372036854775807", 0, INT64_MAX),
                     SM_OK);
    assert_true(value == INT64_MAX);
    assert_int_equal(sm_parse_i64(&value, "11", 1, 10), SM_INVALID);
    assert_int_equal(sm_parse_i64(&value, "-1", 0, 10), SM_INVALID);
    assert_int_equal(sm_parse_i64(&value, "-12", -12, 10), SM_OK);
    assert_int_equal(value, -12);
}

static void dates_must_exist(void **state)
{
    static const char *const bad[] = {
        "",           "2026-02-29", "2026-13-01",  "2026-00-10",
        "2026-04-31", "0000-01-01", "2026-1-01",   "2026/01/01",
        "2026-01-00", "20260101",   "2026-01-011", "1900-02-29",
    };
    struct sm_date date;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        assert_int_equal(sm_parse_date(&date, bad[i]), SM_INVALID);
    assert_int_equal(sm_parse_date(&date, "2024-02-29"), SM_OK);
    assert_int_equal(date.year * 10000 + date.month * 100 + date.day, 20240229);
}

static void utf8_is_checked(void **state)
{
    static const char *const bad[] = {
        "\xC0\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80", "\x80",
        "\xC3",     "\xE2\x82",     "\xF0\x80\x80\xAF", "a\xFF",
    };

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        assert_false(sm_utf8_valid(bad[i], strlen(bad[i])));
    assert_false(sm_utf8_valid("a\0b", 3));
    assert_true(sm_utf8_valid("", 0));
    assert_true(sm_utf8_valid("\xC8\x99\xF0\x9F\x98\x80z", 7));
    assert_int_equal(sm_utf8_length("\xC8\x99\xF0\x9F\x98\x80z", 7), 3);
}

static void list_is_read_word_by_word(void **state)
{
    const char *list = " ,a, bc d,", *word;
    size_t len;

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        assert_true(sm_list_next(&list, &word, &len));
        assert_memory_equal(word, i == 0 ? "a" : i == 1 ? "bc" : "d", len);
    }
    assert_false(sm_list_next(&list, &word, &len));
}

static void small_text_helpers(void **state)
{
    char out[4];
    uint8_t bytes[2];
    char hex[5];

    (void)state;
    assert_true(sm_copy(out, sizeof(out), "abc"));
    assert_false(sm_copy(out, sizeof(out), "abcd"));
    assert_string_equal(out, "abc");
    assert_true(sm_equal_nocase("AbC", "aBc"));
    assert_false(sm_equal_nocase("ab", "abc"));
    assert_false(sm_is_alpha('['));
    assert_int_equal(sm_unhex(bytes, 2, "00fF"), SM_OK);
    sm_hex(hex, bytes, 2);
    assert_string_equal(hex, "00ff");
    assert_int_equal(sm_unhex(bytes, 2, "00f"), SM_INVALID);
    assert_int_equal(sm_unhex(bytes, 2, "00fg"), SM_INVALID);
    assert_int_equal(sm_unhex(bytes, 2, "00ff0"), SM_INVALID);
}

static void ids_have_one_spelling(void **state)
{
    uint8_t id[SM_ID_BYTES] = {0};
    uint8_t back[SM_ID_BYTES];
    char text[SM_ID_TEXT];
    uint32_t seed = 1;

    (void)state;
    for (int round = 0; round < 1000; round++) {
        for (size_t i = 0; i < SM_ID_BYTES; i++) {
            seed = seed * 1664525U + 1013904223U;
            id[i] = (uint8_t)(seed >> 24);
        }
        sm_id_format(text, id);
        assert_int_equal(strlen(text), 26);
        assert_int_equal(sm_id_parse(back, text), SM_OK);
        assert_memory_equal(back, id, SM_ID_BYTES);
    }
    memset(id, 0xFF, sizeof(id));
    sm_id_format(text, id);
    assert_string_equal(text, "77777777777777777777777774");
    assert_int_equal(sm_id_parse(back, "77777777777777777777777775"),
                     SM_INVALID);
    assert_int_equal(sm_id_parse(back, "7777777777777777777777777A"),
                     SM_INVALID);
    assert_int_equal(sm_id_parse(back, "7777777777777777777777777"),
                     SM_INVALID);
    assert_int_equal(sm_id_parse(back, "777777777777777777777777 4"),
                     SM_INVALID);
}

static void errors_carry_their_place(void **state)
{
    struct sm_error err = {0};

    (void)state;
    assert_int_equal(SM_FAIL(&err, SM_BUSY, "queue %d", 3), SM_BUSY);
    assert_string_equal(err.message, "queue 3");
    assert_non_null(strstr(err.file, "base_test.c"));
    assert_int_equal(SM_FAIL(NULL, SM_INVALID, "x"), SM_INVALID);
    assert_string_equal(sm_status_word(SM_NOT_FOUND), "not_found");
    assert_string_equal(sm_status_word((enum sm_status)99), "unknown");
}

static void log_line_is_json_and_bounded(void **state)
{
    struct sm_log_line line;
    char big[3000];

    (void)state;
    sm_log_open("base_test", SM_LOG_INFO);
    sm_log_begin(&line, SM_LOG_DEBUG, "quiet");
    assert_true(line.muted);
    sm_log_str(&line, "a", "b");
    assert_int_equal(line.len, 0);
    sm_log_begin(&line, SM_LOG_WARN, "test_event");
    sm_log_str(&line, "text", "a\"b\n");
    sm_log_str(&line, "none", NULL);
    sm_log_int(&line, "number", INT64_MIN);
    line.text[line.len] = '\0';
    assert_non_null(strstr(line.text, ",\"event\":\"test_event\","
                                      "\"text\":\"a\\\"b\\n\",\"none\":null,"
                                      "\"number\":-9223372036854775808"));
    memset(big, '\n', sizeof(big) - 1);
    big[sizeof(big) - 1] = '\0';
    sm_log_str(&line, "big", big);
    assert_true(line.full);
    line.text[line.len] = '\0';
    assert_null(strstr(line.text, "big"));
    sm_log_int(&line, "after", 1);
    line.muted = true; /* nothing of this test belongs on the terminal */
    sm_log_end(&line);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buf_fails_once_and_stays_failed),
        cmocka_unit_test(buf_grows_to_its_ceiling),
        cmocka_unit_test(buf_numbers),
        cmocka_unit_test(buf_escapes),
        cmocka_unit_test(calendar_round_trip),
        cmocka_unit_test(calendar_local),
        cmocka_unit_test(clock_shifts),
        cmocka_unit_test(numbers_are_written),
        cmocka_unit_test(numbers_are_checked),
        cmocka_unit_test(dates_must_exist),
        cmocka_unit_test(utf8_is_checked),
        cmocka_unit_test(small_text_helpers),
        cmocka_unit_test(ids_have_one_spelling),
        cmocka_unit_test(errors_carry_their_place),
        cmocka_unit_test(log_line_is_json_and_bounded),
        cmocka_unit_test(list_is_read_word_by_word),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
