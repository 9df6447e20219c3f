/* links: domain crypto base */
/* The mailed step-up link: one spelling, one key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "domain/step_up.h"

static const struct sm_key_bytes key = {{1, 2, 3}, true};
static const struct sm_key_bytes other = {{9}, true};

static void reads_what_it_made(void **state)
{
    uint8_t number[SM_STEP_UP_BYTES] = {7, 0, 255}, back[SM_STEP_UP_BYTES];
    char token[SM_STEP_UP_TEXT];

    (void)state;
    sm_step_up_token(token, &key, number);
    assert_int_equal(strlen(token), SM_STEP_UP_TEXT - 1);
    assert_int_equal(sm_step_up_read(back, &key, token), SM_OK);
    assert_memory_equal(back, number, sizeof(number));
    assert_int_equal(sm_step_up_read(back, &other, token), SM_DENIED);
}

static void refuses_every_change(void **state)
{
    uint8_t number[SM_STEP_UP_BYTES] = {42}, back[SM_STEP_UP_BYTES];
    char token[SM_STEP_UP_TEXT];

    (void)state;
    sm_step_up_token(token, &key, number);
    for (size_t i = 0; i < SM_STEP_UP_TEXT - 1; i++) {
        char was = token[i];

        token[i] = was == 'A' ? 'B' : 'A';
        assert_int_not_equal(sm_step_up_read(back, &key, token), SM_OK);
        token[i] = was;
    }
    token[60] = '\0';
    assert_int_equal(sm_step_up_read(back, &key, token), SM_INVALID);
    assert_int_equal(sm_step_up_read(back, &key, ""), SM_INVALID);
    assert_int_equal(sm_step_up_read(back, &key, "%%%%"), SM_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_made),
        cmocka_unit_test(refuses_every_change),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
