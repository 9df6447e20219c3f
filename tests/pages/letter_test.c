/* needs: portal */
/* Registering with the code of an activation letter. */
#include "bills.h"
#include "harness.h"
#include "payer.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "support/fixture.h"

#define FORM(proof)                                                            \
    "client_code=1234567&invoice_no=" proof "&email=ana%40example.org&"        \
    "password=correct%2Bhorse%2Bstaple&"                                       \
    "password_again=correct%2Bhorse%2Bstaple&terms=1"

static struct sm_site site;
static struct sm_browser browser = {.site = &site};

static int start(void **state)
{
    struct sm_key_bytes key = {.bytes = {[31] = 1}, .set = true};
    uint8_t hash[SM_HASH_BYTES];
    char hex[2 * SM_HASH_BYTES + 1], sql[512];

    (void)state;
    sm_bills_schema();
    sm_bills_account("LETT00001111");
    sm_bills_invoice("LETT00001111", "A-1", 4100, "RON", 10);
    sm_hmac(hash, &key, "client_code", "1234567", 7);
    sm_hex(hex, hash, sizeof(hash));
    snprintf(sql, sizeof(sql),
             "UPDATE customer.account SET client_code = '1234567', "
             "client_code_hash = '\\x%s'; "
             "SELECT auth.letters_put(jsonb_build_array(jsonb_build_array(id, "
             "'k7mp-x2qa-9def-abcd')), 90, now()) FROM customer.account",
             hex);
    sm_test_sql(sql);
    sm_site_start(&site, "portal", "register.proof = letter\n", NULL);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    return 0;
}

/* How many links that open something were mailed. */
static const char *links(void)
{
    static char text[16];

    sm_payer_sql(text, sizeof(text),
                 "SELECT count(*) FROM auth.token WHERE kind = 'activate' "
                 "AND account_id IS NOT NULL");
    return text;
}

static void send(const char *form)
{
    struct sm_answer answer;

    sm_browser_get(&answer, &browser, "/en/register");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "Code of the activation letter");
    sm_assert_hasnt(&answer, "Number of a bill");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &browser, "/en/register", form);
    assert_int_equal(answer.http, 303);
    sm_assert_header(&answer, "Location", "/en/register/sent");
    sm_answer_free(&answer);
}

static void test_letter(void **state)
{
    (void)state;
    send(FORM("A-1")); /* a bill proves nothing here */
    send(FORM("k7mp-x2qa-9def-abce"));
    assert_string_equal(links(), "0");
    send(FORM("K7MP+x2qa9def-abcd")); /* as people type it */
    assert_string_equal(links(), "1");
}

static void test_wrong_form(void **state)
{
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &browser, "/bg/register");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &browser, "/bg/register", "email=x");
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, "Код от писмото за активиране");
    sm_assert_hasnt(&answer, "фактура");
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_letter),
        cmocka_unit_test(test_wrong_form),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
