/* links: notify base */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "notify/mail.h"

static void addresses(void **state)
{
    static const char *const good[] = {
        "ana@example.com",
        "a.b+c_d'e@mail.example.co",
        "x@xn--80ak6aa92e.bg",
    };
    static const char *const bad[] = {
        "",
        "ana",
        "@example.com",
        "ana@",
        "ana@example",
        "ana@example.",
        "ana@.com",
        "ana@-a.com",
        "ana@a-.com",
        "ana@a-",
        ".a@example.com",
        "a.@example.com",
        "a..b@example.com",
        "a b@example.com",
        "\"a b\"@example.com",
        "a@b@example.com",
        "ana@example.com\r\nBcc: x@y.z",
        "ana@example.com,x@y.z",
        "<ana@example.com>",
        "ан@example.com",
        "ana@exa mple.com",
        "ana@[127.0.0.1]",
    };
    char longest[300] = "a@";
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(good); i++)
        assert_true(sm_mail_address_ok(good[i]));
    for (i = 0; i < SM_COUNT(bad); i++)
        assert_false(sm_mail_address_ok(bad[i]));
    for (i = 0; i < 252; i++) /* 254 bytes in all, then one more */
        longest[2 + i] = i % 50 == 49 ? '.' : 'b';
    assert_true(sm_mail_address_ok(longest));
    longest[254] = 'b';
    assert_false(sm_mail_address_ok(longest));
}

static void check_subject(const char *text, const char *expected)
{
    struct sm_buf out;

    sm_buf_init(&out, 2048);
    sm_mail_add_header_text(&out, text);
    assert_true(sm_buf_ok(&out));
    assert_string_equal(out.data, expected);
    sm_buf_release(&out);
}

static void subjects(void **state)
{
    (void)state;
    check_subject("", "");
    check_subject("Paid: 12.50 EUR", "Paid: 12.50 EUR");
    check_subject("Plată", "=?UTF-8?Q?Plat=C4=83?=");
    check_subject("a b=ț_", "=?UTF-8?Q?a_b=3D=C8=9B=5F?=");
    /* plain text that looks encoded must not be read as such */
    check_subject("=?x?=", "=?UTF-8?Q?=3D=3Fx=3F=3D?=");
    check_subject("Получихме плащането",
                  "=?UTF-8?Q?=D0=9F=D0=BE=D0=BB=D1=83=D1=87=D0=B8=D1=85=D0=BC"
                  "=D0=B5_=D0=BF?=\r\n =?UTF-8?Q?=D0=BB=D0=B0=D1=89=D0=B0=D0"
                  "=BD=D0=B5=D1=82=D0=BE?=");
}

static void lines(void **state)
{
    struct sm_buf out;

    (void)state;
    sm_buf_init(&out, 64);
    sm_mail_add_lines(&out, "a\n\nb\r\nc\rd");
    assert_string_equal(out.data, "a\r\n\r\nb\r\nc\r\nd");
    sm_buf_clear(&out);
    sm_mail_add_lines(&out, "\n");
    assert_string_equal(out.data, "\r\n");
    sm_buf_release(&out);
}

static void dates(void **state)
{
    struct sm_buf out;

    (void)state;
    sm_buf_init(&out, 100);
    sm_mail_add_date(&out, INT64_C(784887151000000)); /* of RFC 9110 5.6.7 */
    assert_string_equal(out.data, "Tue, 15 Nov 1994 08:12:31 +0000");
    sm_buf_release(&out);
}

static void options_are_checked(void **state)
{
    struct sm_mail_options options = {.url = "http://127.0.0.1",
                                      .from = "bills@example.com"};
    struct sm_mailer *mailer = NULL;

    (void)state;
    assert_int_equal(sm_mailer_new(&mailer, &options, NULL), SM_INVALID);
    options.url = "smtp://127.0.0.1";
    options.from = "no address";
    assert_int_equal(sm_mailer_new(&mailer, &options, NULL), SM_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses),
        cmocka_unit_test(subjects),
        cmocka_unit_test(lines),
        cmocka_unit_test(dates),
        cmocka_unit_test(options_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
