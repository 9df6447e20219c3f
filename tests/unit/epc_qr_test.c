/* links: domain */
/* The payload of a bank's QR code, element by element. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "domain/epc_qr.h"

static const struct sm_epc sample = {.name = "Utility AD",
                                     .iban = "BG80 BNBG 9661 1020 3456 78",
                                     .amount_minor = 4510,
                                     .remittance = "RF18 5390 0754 7034"};

static char out[SM_EPC_BYTES];

static void the_example(void **state)
{
    struct sm_epc e = sample;

    (void)state;
    assert_int_equal(sm_epc_payload(out, &e), SM_OK);
    assert_string_equal(out, "BCD\n002\n1\nSCT\n\nUtility AD\n"
                             "BG80BNBG96611020345678\nEUR45.10\n\n"
                             "RF18539007547034");
    e.remittance = "Фактура 77\n плащане";
    assert_int_equal(sm_epc_payload(out, &e), SM_OK);
    assert_string_equal(out, "BCD\n002\n1\nSCT\n\nUtility AD\n"
                             "BG80BNBG96611020345678\nEUR45.10\n\n\n"
                             "Фактура 77 плащане");
    e.remittance = " \n";
    assert_int_equal(sm_epc_payload(out, &e), SM_OK);
    assert_string_equal(out, "BCD\n002\n1\nSCT\n\nUtility AD\n"
                             "BG80BNBG96611020345678\nEUR45.10");
}

static void amounts(void **state)
{
    static const struct {
        int64_t minor;
        const char *text;
    } good[] = {{1, "EUR0.01"},
                {100, "EUR1.00"},
                {1230, "EUR12.30"},
                {99999999999, "EUR999999999.99"}};
    static const int64_t bad[] = {0, -1, 100000000000, INT64_MAX, INT64_MIN};
    struct sm_epc e = sample;

    (void)state;
    e.remittance = "";
    for (size_t i = 0; i < SM_COUNT(good); i++) {
        e.amount_minor = good[i].minor;
        assert_int_equal(sm_epc_payload(out, &e), SM_OK);
        assert_string_equal(strstr(out, "EUR"), good[i].text);
    }
    for (size_t i = 0; i < SM_COUNT(bad); i++) {
        e.amount_minor = bad[i];
        assert_int_equal(sm_epc_payload(out, &e), SM_INVALID);
        assert_string_equal(out, "");
    }
}

static void who_is_paid(void **state)
{
    struct sm_epc e = sample;

    (void)state;
    e.iban = "BG81BNBG96611020345678"; /* its check digits */
    assert_int_equal(sm_epc_payload(out, &e), SM_INVALID);
    e.iban = "";
    assert_int_equal(sm_epc_payload(out, &e), SM_INVALID);
    e.iban = sample.iban;
    e.name = "\t ";
    assert_int_equal(sm_epc_payload(out, &e), SM_INVALID);
    e.name = " A\x01\x02 B\r\n ";
    assert_int_equal(sm_epc_payload(out, &e), SM_OK);
    assert_non_null(strstr(out, "\n\nA B\nBG80"));
}

/* The longest of everything fits, cut at whole characters. */
static void limits(void **state)
{
    char name[401] = "", text[1201] = "";
    struct sm_epc e = sample;
    const char *at;
    size_t len;

    (void)state;
    for (size_t i = 0; i < 200; i++)
        memcpy(name + 2 * i, "Щ", 2);
    for (size_t i = 0; i < 300; i++)
        memcpy(text + 4 * i, "😀", 4);
    e.name = name;
    e.amount_minor = 99999999999;
    e.remittance = text;
    e.iban = "RO49AAAA1B31007593840000";
    assert_int_equal(sm_epc_payload(out, &e), SM_OK);
    len = strlen(out);
    assert_in_range(len, 328, 331);
    assert_true(sm_utf8_valid(out, len));
    at = strstr(out, "Щ");
    assert_int_equal(strchr(at, '\n') - at, 140); /* 70 of two bytes */
    /* a name that would leave no room for the rest */
    e.name = text;
    e.remittance = "RF712348231";
    assert_int_equal(sm_epc_payload(out, &e), SM_OK);
    assert_non_null(strstr(out, "\nRO49AAAA1B31007593840000\n"
                                "EUR999999999.99\n\nRF712348231"));
    e.remittance = text;
    /* 140 characters where they fit */
    memset(text, 'x', 300);
    text[300] = '\0';
    e.name = "N";
    assert_int_equal(sm_epc_payload(out, &e), SM_OK);
    assert_int_equal(strlen(strrchr(out, '\n') + 1), 140);
    text[139] = ' '; /* no blank at the end of it */
    assert_int_equal(sm_epc_payload(out, &e), SM_OK);
    assert_int_equal(strlen(strrchr(out, '\n') + 1), 139);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example),
        cmocka_unit_test(amounts),
        cmocka_unit_test(who_is_paid),
        cmocka_unit_test(limits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
