/* links: base ident */
/* lib/ident: every identifier against known good and bad numbers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ident/code.h"
#include "ident/holder.h"
#include "ident/mail.h"
#include "ident/phone.h"
#include "sample.h"

static const struct sm_code_rule plain = {8, 16, false, SM_CODE_CHECK_NONE};
static const struct sm_code_rule luhn = {8, 16, false, SM_CODE_CHECK_LUHN};
static const struct sm_code_rule mod97 = {8, 16, false, SM_CODE_CHECK_MOD97};

static void payment_codes(void **state)
{
    static const struct {
        const struct sm_code_rule *rule;
        struct sample sample;
    } cases[] = {
        {&plain, {" 1234-5678.90 ", "1234567890"}},
        {&plain, {"abcd efgh", "ABCDEFGH"}},
        {&plain,
         {"1234\xC2\xA0"
          "5678",
          "12345678"}},
        {&plain,
         {"1234\xE2\x80\x93"
          "5678",
          "12345678"}},
        {&plain, {"1234567", NULL}},
        {&plain, {"12345678901234567", NULL}},
        {&plain, {"1234567890123456", "1234567890123456"}},
        {&plain, {"1234_5678", NULL}},
        {&plain, {"12345678\n", NULL}},
        {&plain,
         {"\xD0\x90"
          "12345678",
          NULL}},
        {&plain, {"", NULL}},
        {&luhn, {"7992 7398 713", "79927398713"}},
        {&luhn, {"5105 1051 0510 5100", "5105105105105100"}},
        {&luhn, {"1234567A004", NULL}},
        {&luhn, {"79927398710", NULL}},
        {&luhn, {"7992739871A", NULL}},
        {&mod97, {"794-44 794-44", NULL}},
        {&mod97, {"0794000044", NULL}},
        {&sm_client_code_rule, {"123 456", "123456"}},
        {&sm_client_code_rule, {"12345", NULL}},
        {&sm_client_code_rule, {"12345A", NULL}},
        {&sm_client_code_rule, {"1234567890123", NULL}},
    };
    char out[SM_CODE_TEXT];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cases); i++)
        check(&cases[i].sample,
              sm_code_parse(out, cases[i].sample.text, cases[i].rule), out);
}

/* ISO 7064's own example: 794 with the check digits 44. */
static void mod97_example(void **state)
{
    struct sm_code_rule rule = {3, 16, true, SM_CODE_CHECK_MOD97};
    char out[SM_CODE_TEXT];

    (void)state;
    assert_int_equal(sm_code_parse(out, "79444", &rule), SM_OK);
    assert_int_equal(sm_code_parse(out, "79445", &rule), SM_INVALID);
    assert_int_equal(sm_code_parse(out, "97444", &rule), SM_INVALID);
}

static void check_words(void **state)
{
    enum sm_code_check word;

    (void)state;
    assert_int_equal(sm_code_check_parse(&word, "mod97"), SM_OK);
    assert_int_equal(word, SM_CODE_CHECK_MOD97);
    assert_int_equal(sm_code_check_parse(&word, "crc"), SM_INVALID);
}

/* Every made code passes; with one digit or one letter changed none does. */
static void make_and_slip(const struct sm_code_rule *rule, size_t length)
{
    static uint32_t seed = 7;
    uint8_t bytes[SM_CODE_RANDOM];
    char code[SM_CODE_TEXT];
    char out[SM_CODE_TEXT];

    for (int round = 0; round < 500; round++) {
        for (size_t i = 0; i < sizeof(bytes); i++) {
            seed = seed * 1664525U + 1013904223U;
            bytes[i] = (uint8_t)(seed >> 24);
        }
        assert_int_equal(sm_code_make(code, bytes, rule), SM_OK);
        assert_int_equal(strlen(code), length);
        assert_int_equal(sm_code_parse(out, code, rule), SM_OK);
        assert_string_equal(out, code);
        if (rule->check == SM_CODE_CHECK_NONE)
            continue;
        for (size_t i = 0; i < length; i++) {
            char kept = code[i];

            code[i] = kept > '9' ? (kept == 'A' ? 'B' : 'A')
                                 : (kept == '7' ? '3' : '7');
            assert_int_equal(sm_code_parse(out, code, rule), SM_INVALID);
            code[i] = kept;
        }
    }
}

static void codes_are_made(void **state)
{
    struct sm_code_rule long_luhn = {8, 24, true, SM_CODE_CHECK_LUHN};
    struct sm_code_rule long_mod = {20, 24, false, SM_CODE_CHECK_MOD97};
    uint8_t bytes[SM_CODE_RANDOM] = {0};
    char code[SM_CODE_TEXT];

    (void)state;
    make_and_slip(&plain, 14);
    make_and_slip(&mod97, 14);
    make_and_slip(&long_luhn, 20);
    make_and_slip(&long_mod, 20);
    assert_int_equal(sm_code_make(code, bytes, &luhn), SM_INVALID);
    assert_int_equal(sm_code_make(code, bytes, &sm_client_code_rule),
                     SM_INVALID);
    assert_true(sm_reference_valid("Z7GA79MB"));
    assert_true(sm_reference_valid("XKDUHQSJ"));
    assert_false(sm_reference_valid("Z7GA79BM")); /* two exchanged */
    assert_false(sm_reference_valid("Z7GA79MC"));
    assert_false(sm_reference_valid("z7ga79mb"));
    assert_false(sm_reference_valid("Z7GA79M"));
    sm_code_hint(code, "1234567890");
    assert_string_equal(code, "7890");
    sm_code_hint(code, "12");
    assert_string_equal(code, "12");
}

static void invoice_numbers(void **state)
{
    static const struct sample samples[] = {
        {" ea 2026/001-b ", "EA2026/001-B"},
        {"123456789012345678901234567890", "123456789012345678901234567890"},
        {"1234567890123456789012345678901", NULL},
        {"", NULL},
        {"  ", NULL},
        {"A.1", NULL},
        {"A\n1", NULL},
        {"<b>", NULL},
    };
    char out[SM_INVOICE_NO_TEXT];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(samples); i++)
        check(&samples[i], sm_invoice_no_parse(out, samples[i].text), out);
}

static void emails(void **state)
{
    static const struct sample samples[] = {
        {"  Ana.Pop@Gmail.COM ", "Ana.Pop@gmail.com"},
        {"a@b.ro", "a@b.ro"},
        {"a+b_c'd@x-y.co.uk", "a+b_c'd@x-y.co.uk"},
        {"ivan@\xD0\xBF\xD0\xBE\xD1\x89\xD0\xB0.\xD0\xB1\xD0\xB3",
         "ivan@xn--80a1ac5b.xn--90ae"},
        {"a@XN--80A1AC5B.xn--90ae", "a@xn--80a1ac5b.xn--90ae"},
        {"", NULL},
        {"a", NULL},
        {"@b.ro", NULL},
        {"a@", NULL},
        {"a@b", NULL},
        {"a@@b.ro", NULL},
        {"a@b@c.ro", NULL},
        {"a b@c.ro", NULL},
        {"a@b .ro", NULL},
        {"a@b.ro\r\nBcc: x@y.ro", NULL},
        {"a\n@b.ro", NULL},
        {".a@b.ro", NULL},
        {"a.@b.ro", NULL},
        {"a..b@c.ro", NULL},
        {"\"a\"@b.ro", NULL},
        {"a@b..ro", NULL},
        {"a@.ro", NULL},
        {"a@b.ro.", NULL},
        {"a@-b.ro", NULL},
        {"a@b-.ro", NULL},
        {"a@b_c.ro", NULL},
        {"a@1.2.3.4", NULL},
        {"a@[1.2.3.4]", NULL},
        {"a@b.r", NULL},
        {"a@b.ro, c@d.ro", NULL},
        {"a@b.\xFF", NULL},
        {"\xC8\x99@b.ro", NULL},
    };
    char out[SM_EMAIL_TEXT];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(samples); i++)
        check(&samples[i], sm_email_parse(out, samples[i].text), out);
}

static void email_limits(void **state)
{
    char text[400];
    char out[SM_EMAIL_TEXT];

    (void)state;
    memset(text, 'a', sizeof(text));
    memcpy(text + 64, "@b.ro", 6);
    assert_int_equal(sm_email_parse(out, text), SM_OK);
    memset(text, 'a', 65);
    memcpy(text + 65, "@b.ro", 6);
    assert_int_equal(sm_email_parse(out, text), SM_INVALID);
    /* 254 bytes in all. */
    for (size_t len = 180; len < 260; len++) {
        size_t local = 10;

        memset(text, 'a', sizeof(text));
        text[local] = '@';
        for (size_t i = local + 50; i < len - 4; i += 51)
            text[i] = '.';
        memcpy(text + len - 3, ".ro", 4);
        assert_int_equal(sm_email_parse(out, text),
                         len <= 254 ? SM_OK : SM_INVALID);
    }
    memcpy(text, "a@", 2);
    memset(text + 2, 'b', 64);
    memcpy(text + 66, ".ro", 4);
    assert_int_equal(sm_email_parse(out, text), SM_INVALID);
}

static void email_hints(void **state)
{
    static const struct sample samples[] = {
        {"a@gmial.com", "a@gmail.com"},
        {"a@gmail.co", "a@gmail.com"},
        {"a@gmail.con", "a@gmail.com"},
        {"a@gmal.com", "a@gmail.com"},
        {"a@gmaill.com", "a@gmail.com"},
        {"a@yaho.com", "a@yahoo.com"},
        {"a@yahooo.ro", "a@yahoo.ro"},
        {"a@abv.gb", "a@abv.bg"},
        {"a@hotmial.com", "a@hotmail.com"},
        {"a@gmail.com", NULL},
        {"a@mail.com", NULL},
        {"a@ymail.com", NULL},
        {"a@gmial.org", NULL},
        {"a@mail.bg", NULL},
        {"a@example.com", NULL},
        {"a@firma.ro", NULL},
    };
    char out[SM_EMAIL_TEXT];
    char masked[SM_EMAIL_TEXT + 4];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(samples); i++)
        check(&samples[i],
              sm_email_hint(out, samples[i].text) ? SM_OK : SM_INVALID, out);
    sm_email_mask(masked, "ana@gmail.com");
    assert_string_equal(masked, "a***@gmail.com");
    sm_email_mask(masked, "broken");
    assert_string_equal(masked, "***");
}

static void phones(void **state)
{
    static const struct {
        enum sm_country home;
        bool mobile;
        struct sample sample;
    } cases[] = {
        {SM_COUNTRY_RO, true, {"0722 123 456", "+40722123456"}},
        {SM_COUNTRY_RO, true, {"+40 (0)722-123-456", "+40722123456"}},
        {SM_COUNTRY_RO, true, {"0040722123456", "+40722123456"}},
        {SM_COUNTRY_RO, false, {"021/310.10.10", "+40213101010"}},
        {SM_COUNTRY_RO, false, {"0722 123 45", NULL}},
        {SM_COUNTRY_RO, false, {"0722 123 4567", NULL}},
        {SM_COUNTRY_RO, false, {"0522 123 456", NULL}},
        {SM_COUNTRY_RO, true, {"+359 888 123 456", "+359888123456"}},
        {SM_COUNTRY_BG, true, {"0888 123 456", "+359888123456"}},
        {SM_COUNTRY_BG, true, {"00 359 (0) 87 812 3456", "+359878123456"}},
        {SM_COUNTRY_BG, false, {"02 981 1234", "+35929811234"}},
        {SM_COUNTRY_BG, false, {"08881", NULL}},
        {SM_COUNTRY_BG, false, {"+49 30 1234567", "+49301234567"}},
        {SM_COUNTRY_BG, false, {"+1234567", NULL}},
        {SM_COUNTRY_BG, false, {"+1234567890123456", NULL}},
        {SM_COUNTRY_BG, false, {"+0888123456", NULL}},
        {SM_COUNTRY_BG, false, {"888123456", NULL}},
        {SM_COUNTRY_BG, false, {"0888 12x 456", NULL}},
        {SM_COUNTRY_BG, false, {"++359888123456", NULL}},
        {SM_COUNTRY_BG, false, {"", NULL}},
        {SM_COUNTRY_BG, false, {"+", NULL}},
        {SM_COUNTRY_BG, false, {"0", NULL}},
    };
    char out[SM_PHONE_TEXT];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cases); i++) {
        enum sm_status status =
            sm_phone_parse(out, cases[i].sample.text, cases[i].home);

        check(&cases[i].sample, status, out);
        if (status == SM_OK)
            assert_int_equal(sm_phone_is_mobile(out), cases[i].mobile);
    }
}

static void romanian_numbers(void **state)
{
    static const struct sample cnps[] = {
        {"1630615123457", "1630615123457"},
        {"1800101221144", "1800101221144"},
        {" 180 0101 221144", "1800101221144"},
        {"1800101220021", "1800101220021"}, /* 10 becomes 1 */
        {"1800101601148", NULL},            /* there is no county 60 */
        {"1630615123458", NULL},
        {"1632215123457", NULL},
        {"0800101221142", NULL},
        {"163061512345", NULL},
        {"16306151234570", NULL},
        {"163061512345a", NULL},
        {"", NULL},
    };
    static const struct sample cuis[] = {
        {"18547290", "18547290"},
        {"RO 18547290", "18547290"},
        {"14399840", "14399840"},
        {"361757", "361757"},
        {"159", "159"},
        {"18547291", NULL},
        {"0159", NULL},
        {"1", NULL},
        {"RO", NULL},
        {"BG18547290", NULL},
        {"12345678901", NULL},
        {"", NULL},
    };
    char out[SM_HOLDER_TEXT];
    bool vat;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cnps); i++)
        check(&cnps[i], sm_cnp_parse(out, cnps[i].text), out);
    for (size_t i = 0; i < SM_COUNT(cuis); i++)
        check(&cuis[i], sm_cui_parse(out, NULL, cuis[i].text), out);
    assert_int_equal(sm_cui_parse(out, &vat, "ro14399840"), SM_OK);
    assert_true(vat);
    assert_int_equal(sm_cui_parse(out, &vat, "14399840"), SM_OK);
    assert_false(vat);
}

static void bulgarian_numbers(void **state)
{
    static const struct sample egns[] = {
        {"7523169263", "7523169263"}, {"8032056031", "8032056031"},
        {"7542011030", "7542011030"}, {"0010100100", "0010100100"},
        {"7501020018", "7501020018"}, {"7552010005", "7552010005"},
        {"8001010008", "8001010008"}, {"7523169262", NULL},
        {"8019010008", NULL},         {"752316926", NULL},
        {"75231692633", NULL},        {"", NULL},
    };
    static const struct sample eiks[] = {
        {"175074752", "175074752"},
        {"831642181", "831642181"},
        {"123526430", "123526430"},
        {"175133827", "175133827"},
        {"831646048", "831646048"},
        {"BG 175074752", "175074752"},
        {"1750747520004", "1750747520004"},
        {"8316421810062", "8316421810062"},
        {"100000086", "100000086"}, /* by the second weights */
        {"100000550", "100000550"}, /* 10 twice becomes 0 */
        {"8316421810063", NULL},
        {"175074751", NULL},
        {"RO175074752", NULL},
        {"17507475", NULL},
        {"1750747520", NULL},
        {"", NULL},
    };
    static const struct sample lnchs[] = {
        {"7111042925", "7111042925"},
        {"7111042924", NULL},
        {"711104292", NULL},
    };
    char out[SM_HOLDER_TEXT];
    bool vat;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(egns); i++)
        check(&egns[i], sm_egn_parse(out, egns[i].text), out);
    for (size_t i = 0; i < SM_COUNT(eiks); i++)
        check(&eiks[i], sm_eik_parse(out, NULL, eiks[i].text), out);
    for (size_t i = 0; i < SM_COUNT(lnchs); i++)
        check(&lnchs[i], sm_lnch_parse(out, lnchs[i].text), out);
    assert_int_equal(sm_eik_parse(out, &vat, "bg831642181"), SM_OK);
    assert_true(vat);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payment_codes),
        cmocka_unit_test(mod97_example),
        cmocka_unit_test(check_words),
        cmocka_unit_test(codes_are_made),
        cmocka_unit_test(invoice_numbers),
        cmocka_unit_test(emails),
        cmocka_unit_test(email_limits),
        cmocka_unit_test(email_hints),
        cmocka_unit_test(phones),
        cmocka_unit_test(romanian_numbers),
        cmocka_unit_test(bulgarian_numbers),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
