/* links: pay crypto base */
/* Signed links about a payment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "pay/links.h"

static const struct sm_key_bytes key = {{1}, true}, wrong = {{2}, true};
static const uint8_t payment[SM_ID_BYTES] = {7}, other[SM_ID_BYTES] = {8};

static void test_status(void **state)
{
    char token[SM_LINK_TOKEN];

    (void)state;
    sm_link_status(token, &key, payment);
    assert_int_equal(strlen(token), SM_LINK_TOKEN - 1);
    assert_true(sm_link_status_ok(&key, payment, token));
    assert_false(sm_link_status_ok(&wrong, payment, token));
    assert_false(sm_link_status_ok(&key, other, token));
    token[21] = '\0';
    assert_false(sm_link_status_ok(&key, payment, token));
    assert_false(sm_link_status_ok(&key, payment, ""));
}

static void test_receipt(void **state)
{
    char token[SM_LINK_CHECK];
    uint8_t read[SM_ID_BYTES] = {0};

    (void)state;
    sm_link_receipt(token, &key, payment);
    assert_int_equal(strlen(token), SM_LINK_CHECK - 1);
    assert_int_equal(sm_link_receipt_read(read, &key, token), SM_OK);
    assert_memory_equal(read, payment, sizeof(read));
    assert_int_equal(sm_link_receipt_read(read, &wrong, token), SM_DENIED);
    assert_int_equal(sm_link_receipt_read(read, &key, ""), SM_DENIED);
    for (size_t i = 0; i < SM_LINK_CHECK - 1; i++) {
        char was = token[i];

        token[i] = was == 'A' ? 'B' : 'A';
        assert_int_equal(sm_link_receipt_read(read, &key, token), SM_DENIED);
        token[i] = was;
    }
}

/* A token for the one is none for the other, though the key is the same. */
static void test_purposes_differ(void **state)
{
    char status[SM_LINK_TOKEN], receipt[SM_LINK_CHECK];
    uint8_t bytes[SM_ID_BYTES + 16];
    size_t len;

    (void)state;
    sm_link_status(status, &key, payment);
    sm_link_receipt(receipt, &key, payment);
    assert_int_equal(sm_base64url_decode(bytes, sizeof(bytes), &len, receipt),
                     SM_OK);
    assert_int_equal(len, sizeof(bytes));
    sm_base64url_encode(receipt, SM_LINK_TOKEN, bytes + SM_ID_BYTES, 16);
    assert_false(sm_link_status_ok(&key, payment, receipt));
    assert_string_not_equal(status, receipt);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_status),
        cmocka_unit_test(test_receipt),
        cmocka_unit_test(test_purposes_differ),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
