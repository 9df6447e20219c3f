/* links: domain base */
/* Files that are sent along: what they are by their first bytes alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "domain/attachment.h"

static void test_type(void **state)
{
    (void)state;
    assert_string_equal(sm_attachment_type("%PDF-1.7", 8), "application/pdf");
    assert_string_equal(sm_attachment_type("\xff\xd8\xff\xe0", 4),
                        "image/jpeg");
    assert_string_equal(sm_attachment_type("\x89PNG\r\n\x1a\n\0", 9),
                        "image/png");
    assert_null(sm_attachment_type("%PDF-", 5)); /* and nothing behind it */
    assert_null(sm_attachment_type("%pdf-1.7", 8));
    assert_null(sm_attachment_type(" %PDF-1.7", 9));
    assert_null(sm_attachment_type("<svg onload=", 12));
    assert_null(sm_attachment_type("\xff\xd8", 2));
    assert_null(sm_attachment_type("", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_type)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
