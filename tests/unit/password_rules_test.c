/* links: auth base */
/* Which passwords are taken: each rule at its edges. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "auth/password_impl.h"
#include "base/buf.h"
#include "base/text.h"

static enum sm_password_rule check(const char *password)
{
    return sm_password_check(password, strlen(password), NULL, NULL);
}

/* A table of passwords that all have one answer. */
static void assert_all(const char *const *passwords, size_t count,
                       enum sm_password_rule rule)
{
    for (size_t i = 0; i < count; i++)
        if (check(passwords[i]) != rule)
            fail_msg("\"%s\": rule %d, not %d", passwords[i],
                     (int)check(passwords[i]), (int)rule);
}

/* COUNT pieces of the list in an order without a pattern. */
static enum sm_password_rule check_of(const char *const *pieces, size_t npieces,
                                      size_t count)
{
    enum sm_password_rule rule;
    struct sm_buf text;
    uint32_t seed = 1;

    sm_buf_init(&text, 65536);
    for (size_t i = 0; i < count; i++) {
        seed = seed * 1664525 + 1013904223;
        sm_buf_adds(&text, pieces[(seed >> 16) % npieces]);
    }
    assert_true(sm_buf_ok(&text));
    rule = sm_password_check(text.data, text.len, NULL, NULL);
    sm_buf_release(&text);
    return rule;
}

static void assert_edges(const char *const *pieces, size_t npieces)
{
    assert_int_equal(check_of(pieces, npieces, 0), SM_PASSWORD_SHORT);
    assert_int_equal(check_of(pieces, npieces, 9), SM_PASSWORD_SHORT);
    assert_int_equal(check_of(pieces, npieces, 10), SM_PASSWORD_GOOD);
    assert_int_equal(check_of(pieces, npieces, 11), SM_PASSWORD_GOOD);
    assert_int_equal(check_of(pieces, npieces, 127), SM_PASSWORD_GOOD);
    assert_int_equal(check_of(pieces, npieces, 128), SM_PASSWORD_GOOD);
    assert_int_equal(check_of(pieces, npieces, 129), SM_PASSWORD_LONG);
    assert_int_equal(check_of(pieces, npieces, 5000), SM_PASSWORD_LONG);
}

static void from_10_to_128_characters(void **state)
{
    static const char *const ascii[] = {"k", "W", "7", "!", "z", " ", "r"};
    static const char *const cyrillic[] = {"ж", "Я", "к", "щ", "О", "ю"};
    static const char *const four_bytes[] = {"🐢", "🚰", "💡", "🔥", "🏠", "𝄞"};

    (void)state;
    assert_edges(ascii, SM_COUNT(ascii));
    assert_edges(cyrillic, SM_COUNT(cyrillic));
    assert_edges(four_bytes, SM_COUNT(four_bytes));
}

/* Letters that come in parts are counted when they are put together. */
static void characters_are_counted_composed(void **state)
{
    static const char *const letters[] = {
        "a\xCC\x81", "e\xCC\x81", "s\xCC\xA6", "t\xCC\xA6",
        "a\xCC\x86", "i\xCC\x82", "и\xCC\x86",
    };
    static const char *const three_parts[] = {
        "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", /* Hangul: han, gug, mal */
        "\xE1\x84\x80\xE1\x85\xAE\xE1\x86\xA8",
        "\xE1\x84\x86\xE1\x85\xA1\xE1\x86\xAF",
    };
    /* No letter has more parts: alpha, breathing, accent, iota. */
    static const char *const four_parts[] = {
        "\xCE\xB1\xCC\x93\xCC\x80\xCD\x85",
        "\xCE\xB7\xCC\x94\xCC\x81\xCD\x85",
        "\xCF\x89\xCC\x93\xCD\x82\xCD\x85",
    };

    (void)state;
    assert_edges(letters, SM_COUNT(letters));
    assert_edges(three_parts, SM_COUNT(three_parts));
    assert_edges(four_parts, SM_COUNT(four_parts));
}

static void only_text(void **state)
{
    static const char *const bad[] = {
        "k7rw!zqp4x\xFF",
        "\xC3(k7rw!zqp4x",
        "\xED\xA0\x80k7rw!zqp4x",
        "k7rw!zqp4x\xF4\x90\x80\x80",
        "\xFF",
    };

    (void)state;
    assert_all(bad, SM_COUNT(bad), SM_PASSWORD_MALFORMED);
    assert_int_equal(sm_password_check("k7rw!\0zqp4x", 11, NULL, NULL),
                     SM_PASSWORD_MALFORMED);
    assert_int_equal(sm_password_check("k7rw!zqp4x", 10, NULL, NULL),
                     SM_PASSWORD_GOOD);
}

static void not_the_email(void **state)
{
    static const struct {
        const char *password, *email;
        enum sm_password_rule rule;
    } cases[] = {
        {"ana.marinova@abv.bg", "ana.marinova@abv.bg", SM_PASSWORD_EMAIL},
        {"Ana.Marinova@ABV.bg", "ana.marinova@abv.bg", SM_PASSWORD_EMAIL},
        {"ana.marinova@abv.bg", "ANA.MARINOVA@abv.bg", SM_PASSWORD_EMAIL},
        {"ana.marinova", "ana.marinova@abv.bg", SM_PASSWORD_EMAIL},
        {"ANA.marinova", "ana.marinova@abv.bg", SM_PASSWORD_EMAIL},
        {"ана.маринова", "АНА.МАРИНОВА@abv.bg", SM_PASSWORD_EMAIL},
        {"ștefăniță.ș",
         "s\xCC\xA6tefa\xCC\x86nit\xCC\xA6"
         "a\xCC\x86.s\xCC\xA6@abv.bg",
         SM_PASSWORD_EMAIL},
        {"ana.marinova@abv.b", "ana.marinova@abv.bg", SM_PASSWORD_GOOD},
        {"ana.marinova@", "ana.marinova@abv.bg", SM_PASSWORD_GOOD},
        {"ana.marinovaa", "ana.marinova@abv.bg", SM_PASSWORD_GOOD},
        {"kvartal-abv.bg", "ana@kvartal-abv.bg", SM_PASSWORD_GOOD},
        {"ana.marinova", NULL, SM_PASSWORD_GOOD},
        {"ana.marinova", "", SM_PASSWORD_GOOD},
        {"ana.marinova", "@abv.bg", SM_PASSWORD_GOOD},
        {"ana.marinova", "\xFF@abv.bg", SM_PASSWORD_GOOD},
    };

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cases); i++)
        assert_int_equal(sm_password_check(cases[i].password,
                                           strlen(cases[i].password),
                                           cases[i].email, "30051774"),
                         cases[i].rule);
}

static void not_the_client_code(void **state)
{
    static const struct {
        const char *password, *code;
        enum sm_password_rule rule;
    } cases[] = {
        {"3005177429", "3005177429", SM_PASSWORD_CODE},
        {"3005 177 429", "3005177429", SM_PASSWORD_CODE},
        {"3005-177.429", "30 05177429", SM_PASSWORD_CODE},
        {"cl3005177429", "CL3005177429", SM_PASSWORD_CODE},
        {"3005177428", "3005177429", SM_PASSWORD_GOOD},
        {"3005177429!", "3005177429", SM_PASSWORD_GOOD},
        {"3005177429", "", SM_PASSWORD_GOOD},
        {"3005177429", " -.", SM_PASSWORD_GOOD},
        {"3005177429", NULL, SM_PASSWORD_GOOD},
    };

    (void)state;
    for (size_t i = 0; i < SM_COUNT(cases); i++)
        assert_int_equal(sm_password_check(cases[i].password,
                                           strlen(cases[i].password),
                                           "ana@abv.bg", cases[i].code),
                         cases[i].rule);
    assert_int_equal(sm_password_check("- - - - - ", 10, NULL, " "),
                     SM_PASSWORD_TRIVIAL);
}

static void no_groups_repeated(void **state)
{
    static const char *const trivial[] = {
        "aaaaaaaaaa", "AAAAAAAAAAAAaaaaaa", "ababababab",         "xk!xk!xk!xk",
        "p4w9ap4w9a", "p4w9ap4w9ap4w9ap4",  "k7w!zqp4xk7w!zqp4x", "ЖжЖжЖжЖжЖж",
        "🐢🚰🐢🚰🐢🚰🐢🚰🐢🚰", "          ",
    };
    static const char *const good[] = {
        "aaaaaaaaa7",           /* the last is another */
        "7p4w9ap4w9a",          /* not from the beginning */
        "p4w9ahp4w9b",          /* not to the end */
        "k7w!zqp4xrk7w!zqp4xr", /* the group would do as a password */
        "k7w!zqp4xk7w!zqp4",    /* not twice */
    };

    (void)state;
    assert_all(trivial, SM_COUNT(trivial), SM_PASSWORD_TRIVIAL);
    assert_all(good, SM_COUNT(good), SM_PASSWORD_GOOD);
}

static void no_keys_in_their_order(void **state)
{
    static const char *const trivial[] = {
        "1234567890",   "0123456789",       "9876543210",
        "0987654321",   "456789012345",     "12345678901234567890123",
        "abcdefghij",   "klmnopqrstu",      "zyxwvutsrqp",
        "XYZabcDEFghi", "qwertyuiop",       "QwErTyUiOp",
        "poiuytrewq",   "wertyuiopasdf",    "mnbvcxzlkjhg",
        "qwertzuiop",   "asdfghjklasdfghj", "1q2w3e4r5t",
        "q1w2e3r4t5y6", "5t4r3e2w1q",       "1qaz2wsx3edc",
        "!@#$%^&*()",   "qazwsxedcrfv",     "qwerty123456",
        "123456qwerty", "abc123abc1234",    "111222333444",
        "aaabbbcccddd", "3333321234",       "qweasdzxc123",
        "абвгдежзий",   "йизжедгвба",       "явертъуиоп",
        "чшертъуиоп",   "ЯВЕРТЪУИОП",       "уеишщксдзц",
        "ьяаожгтнвм",   "йцукенгшщз",       "асдфгхйкл123",
        "явертъ123456",
    };
    static const char *const near[] = {
        "1234567890k7", "k7qwertyuiop", "qwerty12zxcvb", "1357924680",
        "qwrtyuopadfh", "acegikmoqsu",  "abcdefghijk!",  "12qw34er56ty",
    };

    (void)state;
    assert_all(trivial, SM_COUNT(trivial), SM_PASSWORD_TRIVIAL);
    assert_int_equal(check("qwertyuio"), SM_PASSWORD_SHORT);
    assert_all(near, SM_COUNT(near), SM_PASSWORD_GOOD);
}

static void no_common_one(void **state)
{
    static const char *const common[] = {
        "password123",   "Password123",          "PASSWORD123!",
        "passw0rd2024",  "parola1234",           "Parola2025!",
        "parolamea1",    "teiubesc123",          "iloveyou123",
        "obichamte123",  "ПАРОЛА1234",           "парола2025",
        "обичамте123",   "България123!",         "bucurești123",
        "Bucuresti123",  "alexandru123",         "maria12345",
        "georgi1990",    "levski1914",           "steauabucuresti",
        "пассворд123",   "md,f.d1234",           "smetka2025",
        "factura123456", "bucures\xCC\xA6ti123",
    };
    static const char *const good[] = {
        "password1230xk",    "parolamea è strana", "terci cu lapte",
        "зелен охлюв спи",   "k7rw!zqp4x",         "Password 123",
        "correct mule glue",
    };

    (void)state;
    assert_all(common, SM_COUNT(common), SM_PASSWORD_COMMON);
    assert_all(good, SM_COUNT(good), SM_PASSWORD_GOOD);
}

/* The whole list: in order, in lower case, long enough, and found. */
static void the_list_is_as_it_must_be(void **state)
{
    (void)state;
    assert_true(sm_common_passwords_count >= 3000);
    for (size_t i = 0; i < sm_common_passwords_count; i++) {
        const char *word = sm_common_passwords[i];
        enum sm_password_rule rule = check(word);
        char upper[SM_PASSWORD_TEXT];

        if (i > 0)
            assert_true(strcmp(sm_common_passwords[i - 1], word) < 0);
        if (rule != SM_PASSWORD_COMMON && rule != SM_PASSWORD_TRIVIAL)
            fail_msg("\"%s\" is refused by rule %d", word, (int)rule);
        assert_true(sm_copy(upper, sizeof(upper), word));
        for (char *at = upper; *at; at++)
            *at = sm_to_upper(*at);
        assert_int_equal(check(upper), rule);
    }
}

static void one_kind_of_character_will_do(void **state)
{
    static const char *const good[] = {
        "kvrmtwzhqp",     "7305918246", "!%.-_+=)?;",
        "три бели мачки", "mere verzi",
    };

    (void)state;
    assert_all(good, SM_COUNT(good), SM_PASSWORD_GOOD);
}

/* What breaks several rules is told the first. */
static void rules_have_an_order(void **state)
{
    (void)state;
    assert_int_equal(
        sm_password_check("1234567890", 10, "1234567890@abv.bg", "1234567890"),
        SM_PASSWORD_EMAIL);
    assert_int_equal(
        sm_password_check("1234567890", 10, "a@abv.bg", "1234567890"),
        SM_PASSWORD_CODE);
    assert_int_equal(sm_password_check("1234", 4, "1234@abv.bg", "1234"),
                     SM_PASSWORD_SHORT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_10_to_128_characters),
        cmocka_unit_test(characters_are_counted_composed),
        cmocka_unit_test(only_text),
        cmocka_unit_test(not_the_email),
        cmocka_unit_test(not_the_client_code),
        cmocka_unit_test(no_groups_repeated),
        cmocka_unit_test(no_keys_in_their_order),
        cmocka_unit_test(no_common_one),
        cmocka_unit_test(the_list_is_as_it_must_be),
        cmocka_unit_test(one_kind_of_character_will_do),
        cmocka_unit_test(rules_have_an_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
