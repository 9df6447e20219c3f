/* links: pay json crypto base */
/* Tokens of Netopia's notifications, signed by openssl. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "data.h"
#include "pay/netopia.h"

#define STAMP INT64_C(1795000000)
#define POS "ABCD-EFGH-IJKL-MNOP-QRST"
/* What the tokens of data/netopia_tokens are about. */
#define BODY                                                                   \
    "{\"order\":{\"orderID\":\"1000000001\"},\"payment\":{\"amount\":149.99,"  \
    "\"currency\":\"RON\",\"ntpID\":\"1309088\",\"status\":3}}"

static struct sm_arena *arena;
static struct sm_rsa *key;

static int open_all(void **state)
{
    char pem[8192];

    (void)state;
    arena = sm_arena_new(1 << 20);
    read_data(pem, sizeof(pem), "netopia_pos.cer");
    assert_int_equal(sm_rsa_public(&key, pem), SM_OK);
    return arena != NULL ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    sm_rsa_free(key);
    sm_arena_free(arena);
    return 0;
}

static enum sm_status check(const char *token, const char *body, int64_t real_s)
{
    return sm_netopia_token(key, POS, token, body, strlen(body),
                            real_s * 1000000, arena, NULL);
}

static void small_keys_of_others_are_read(void **state)
{
    struct sm_rsa *small = NULL;
    char pem[8192];

    (void)state;
    read_data(pem, sizeof(pem), "rsa_1024.cer");
    assert_int_equal(sm_rsa_public(&small, pem), SM_OK);
    sm_rsa_free(small);
}

/* Each line is a name and a token; a name with "!" is to be refused. */
static void tokens_of_another_signer(void **state)
{
    static char text[65536];
    char *at = text, *name, *token, *end;
    int good = 0, bad = 0;

    (void)state;
    read_data(text, sizeof(text), "netopia_tokens");
    for (; *at != '\0'; at = end + 1) {
        end = strchr(at, '\n');
        assert_non_null(end);
        *end = '\0';
        name = at;
        token = strchr(at, ' ');
        assert_non_null(token);
        *token++ = '\0';
        if (check(token, BODY, STAMP) != (name[0] == '!' ? SM_DENIED : SM_OK))
            fail_msg("%s", name);
        *(name[0] == '!' ? &bad : &good) += 1;
        sm_arena_clear(arena);
    }
    assert_int_equal(good, 5);
    assert_int_equal(bad, 28);
}

/* The first token of the file, which is good. */
static const char *good_token(void)
{
    static char text[65536];

    read_data(text, sizeof(text), "netopia_tokens");
    text[strcspn(text, "\n")] = '\0';
    return strchr(text, ' ') + 1;
}

static void altered_tokens_and_bodies(void **state)
{
    const char *token = good_token();
    char other[4096], body[] = BODY;
    size_t i;

    (void)state;
    assert_int_equal(check(token, BODY " ", STAMP), SM_DENIED);
    assert_int_equal(check(token, "", STAMP), SM_DENIED);
    body[sizeof(body) - 3] = '5';
    assert_int_equal(check(token, body, STAMP), SM_DENIED);
    assert_int_equal(sm_netopia_token(key, "other", token, BODY, strlen(BODY),
                                      STAMP * 1000000, arena, NULL),
                     SM_DENIED);
    assert_int_equal(check("", BODY, STAMP), SM_DENIED);
    assert_int_equal(check("a.b", BODY, STAMP), SM_DENIED);
    assert_int_equal(check("...", BODY, STAMP), SM_DENIED);
    /* every letter of it counts */
    for (i = 0; i < strlen(token); i += 7) {
        (void)snprintf(other, sizeof(other), "%s", token);
        other[i] = other[i] == 'A' ? 'B' : 'A';
        if (check(other, BODY, STAMP) != SM_DENIED)
            fail_msg("letter %zu of %zu", i, strlen(token));
        (void)snprintf(other, i + 1, "%s", token);
        assert_int_equal(check(other, BODY, STAMP), SM_DENIED);
    }
    (void)snprintf(other, sizeof(other), "%s.e30", token);
    assert_int_equal(check(other, BODY, STAMP), SM_DENIED);
    sm_arena_clear(arena);
}

static void window_is_closed_on_both_sides(void **state)
{
    const char *token = good_token();

    (void)state;
    assert_int_equal(check(token, BODY, STAMP - 300), SM_OK);
    assert_int_equal(check(token, BODY, STAMP - 301), SM_DENIED);
    assert_int_equal(check(token, BODY, STAMP + 599), SM_OK);
    assert_int_equal(check(token, BODY, STAMP + 600), SM_DENIED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_keys_of_others_are_read),
        cmocka_unit_test(tokens_of_another_signer),
        cmocka_unit_test(altered_tokens_and_bodies),
        cmocka_unit_test(window_is_closed_on_both_sides),
    };

    return cmocka_run_group_tests(tests, open_all, close_all);
}
