/* links: domain crypto base */
/* The mailed link of one use: one spelling, one key, one purpose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/mail_token.h"

static const struct sm_key_bytes key = {{1, 2, 3}, true};
static const struct sm_key_bytes other = {{9}, true};

static void reads_what_it_made(void **state)
{
    uint8_t number[SM_MAIL_TOKEN_BYTES] = {7, 0, 255},
            back[SM_MAIL_TOKEN_BYTES];
    char token[SM_MAIL_TOKEN_TEXT];

    (void)state;
    sm_mail_token_make(token, &key, "step_up", number);
    assert_int_equal(strlen(token), SM_MAIL_TOKEN_TEXT - 1);
    assert_int_equal(sm_mail_token_read(back, &key, "step_up", token), SM_OK);
    assert_memory_equal(back, number, sizeof(number));
    assert_int_equal(sm_mail_token_read(back, &other, "step_up", token),
                     SM_DENIED);
    assert_int_equal(sm_mail_token_read(back, &key, "reset", token), SM_DENIED);
}

static void refuses_every_change(void **state)
{
    uint8_t number[SM_MAIL_TOKEN_BYTES] = {42}, back[SM_MAIL_TOKEN_BYTES];
    char token[SM_MAIL_TOKEN_TEXT];

    (void)state;
    sm_mail_token_make(token, &key, "step_up", number);
    for (size_t i = 0; i < SM_MAIL_TOKEN_TEXT - 1; i++) {
        char was = token[i];

        token[i] = was == 'A' ? 'B' : 'A';
        assert_int_not_equal(sm_mail_token_read(back, &key, "step_up", token),
                             SM_OK);
        token[i] = was;
    }
    token[60] = '\0';
    assert_int_equal(sm_mail_token_read(back, &key, "step_up", token),
                     SM_INVALID);
    assert_int_equal(sm_mail_token_read(back, &key, "step_up", ""), SM_INVALID);
    assert_int_equal(sm_mail_token_read(back, &key, "step_up", "%%%%"),
                     SM_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_made),
        cmocka_unit_test(refuses_every_change),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
