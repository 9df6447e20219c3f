/* links: base ident */
/* lib/ident/bank: IBANs and creditor references against known numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ident/bank.h"
#include "sample.h"

static void ibans(void **state)
{
    static const struct sample samples[] = {
        {"RO49AAAA1B31007593840000", "RO49AAAA1B31007593840000"},
        {"ro49 aaaa 1b31 0075 9384 0000", "RO49AAAA1B31007593840000"},
        {"BG80BNBG96611020345678", "BG80BNBG96611020345678"},
        {"DE89 3704 0044 0532 0130 00", "DE89370400440532013000"},
        {"GB82 WEST 1234 5698 7654 32", "GB82WEST12345698765432"},
        {"RO49AAAA1B31007593840001", NULL},
        {"RO49AAAA1B3100759384000", NULL},
        /* The sum is right, the length or the shape is not. */
        {"RO23AAAA1B3100759384000", NULL},
        {"RO33AAA11B31007593840000", NULL},
        {"BG93BNBG96611A20345678", NULL},
        {"XX65AAAA1B31007593840000", NULL},
        {"BG80BNBG9661102034567", NULL},
        {"XX49AAAA1B31007593840000", NULL},
        {"RO4", NULL},
        {"", NULL},
        {"RO49AAAA1B31-0075-9384-0000", NULL},
    };
    char out[SM_IBAN_TEXT];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(samples); i++)
        check(&samples[i], sm_iban_parse(out, samples[i].text), out);
}

static void creditor_references(void **state)
{
    static const struct sample samples[] = {
        {"RF18539007547034", "RF18539007547034"},
        {"RF18000000000539007547034", "RF18000000000539007547034"},
        {"RF185390075470Y", "RF185390075470Y"},
        {"RF237004512345202601", "RF237004512345202601"},
        {"RF75B370032", "RF75B370032"},
        {"RF72YW", "RF72YW"},
        {"rf 724 P", "RF724P"},
        {"RF17539007547034", NULL},
        {"RF19539007547034", NULL},
        {"RF18", NULL},
        {"RF04", NULL}, /* the right check of nothing */
        {"", NULL},
        {"XX18539007547034", NULL},
    };
    static const char *const bodies[] = {
        "539007547034", "000000000539007547034",
        "5390075470Y",  "7004512345202601",
        "B370032",      "YW",
        "4P",
    };
    char out[SM_RF_TEXT];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(samples); i++)
        check(&samples[i], sm_rf_parse(out, samples[i].text), out);
    for (size_t i = 0; i < SM_COUNT(bodies); i++) {
        assert_int_equal(sm_rf_make(out, bodies[i]), SM_OK);
        assert_string_equal(out, samples[i].form);
    }
    assert_int_equal(sm_rf_make(out, ""), SM_INVALID);
    assert_int_equal(sm_rf_make(out, "1234567890123456789012"), SM_INVALID);
    assert_int_equal(sm_rf_make(out, "12/3"), SM_INVALID);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ibans),
        cmocka_unit_test(creditor_references),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
