/* links: auth crypto base */
/* Hashes of passwords: their form, who can make them, what opens them. */
#include "argon2_watch.h"

#include "base/text.h"

/* With the costs that are used, read by libargon2 itself. */
static void the_form_is_the_common_one(void **state)
{
    struct sm_password_options from = options();
    struct sm_hasher *hasher;
    uint8_t digest[SM_HASH_BYTES];
    char one[SM_PASSWORD_TEXT], two[SM_PASSWORD_TEXT];
    bool renew = true;

    (void)state;
    from.cost = sm_password_defaults(&from.pepper).cost;
    hasher = make(&from);
    assert_int_equal(hash(one, hasher, PASSWORD), SM_OK);
    assert_int_equal(hash(two, hasher, PASSWORD), SM_OK);
    assert_memory_equal(one, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
    assert_int_equal(strlen(one), 31 + 22 + 1 + 43);
    assert_int_equal(one[31 + 22], '$');
    assert_string_not_equal(one, two);
    assert_memory_not_equal(one + 31, two + 31, 22); /* the salt */
    sm_hmac(digest, &from.pepper, "password", PASSWORD, strlen(PASSWORD));
    assert_int_equal(argon2id_verify(one, digest, sizeof(digest)), ARGON2_OK);
    assert_int_equal(argon2id_verify(one, PASSWORD, strlen(PASSWORD)),
                     ARGON2_VERIFY_MISMATCH);
    assert_int_equal(verify(&renew, hasher, two, PASSWORD), SM_OK);
    assert_false(renew);
    sm_hasher_free(hasher);
}

/* libargon2 gets 32 bytes that only who has the pepper can make. */
static void the_password_itself_is_not_hashed(void **state)
{
    struct sm_password_options from = options();
    struct sm_hasher *hasher = make(&from);
    uint8_t plain[SM_HASH_BYTES];
    char kept[SM_PASSWORD_TEXT];

    (void)state;
    assert_int_equal(hash(kept, hasher, PASSWORD), SM_OK);
    assert_int_equal(watch.asked.pwdlen, SM_HASH_BYTES);
    assert_memory_not_equal(watch.pwd, PASSWORD, 16);
    sm_sha256(plain, PASSWORD, strlen(PASSWORD));
    assert_memory_not_equal(watch.pwd, plain, SM_HASH_BYTES);
    sm_hmac(plain, &from.pepper, "password", PASSWORD, strlen(PASSWORD));
    assert_memory_equal(watch.pwd, plain, SM_HASH_BYTES);
    assert_int_equal(watch.asked.saltlen, 16);
    assert_int_equal(watch.asked.outlen, 32);
    sm_hasher_free(hasher);
}

static void only_the_password_opens(void **state)
{
    static const char *const wrong[] = {
        "три бели мачкИ", "три бели мачки ", " три бели мачки",
        "три бели мачк",  "три  бели мачки", "",
    };
    struct sm_password_options from = options();
    struct sm_hasher *hasher = make(&from);
    char kept[SM_PASSWORD_TEXT];
    bool renew = true;

    (void)state;
    assert_int_equal(hash(kept, hasher, PASSWORD), SM_OK);
    assert_int_equal(verify(&renew, hasher, kept, PASSWORD), SM_OK);
    assert_false(renew);
    for (size_t i = 0; i < SM_COUNT(wrong); i++)
        assert_int_equal(verify(&renew, hasher, kept, wrong[i]), SM_DENIED);
    sm_hasher_free(hasher);
}

static void one_password_in_two_spellings(void **state)
{
    static const char composed[] = "\xC8\x99"
                                   "apte mere \xC4\x83lea";
    static const char apart[] = "s\xCC\xA6"
                                "apte mere a\xCC\x86lea";
    struct sm_password_options from = options();
    struct sm_hasher *hasher = make(&from);
    char kept[SM_PASSWORD_TEXT];
    bool renew;

    (void)state;
    assert_int_equal(hash(kept, hasher, composed), SM_OK);
    assert_int_equal(verify(&renew, hasher, kept, apart), SM_OK);
    assert_int_equal(hash(kept, hasher, apart), SM_OK);
    assert_int_equal(verify(&renew, hasher, kept, composed), SM_OK);
    assert_int_equal(verify(&renew, hasher, kept, "sapte mere alea"),
                     SM_DENIED);
    sm_hasher_free(hasher);
}

static void another_pepper_opens_nothing(void **state)
{
    struct sm_password_options from = options();
    struct sm_hasher *one = make(&from), *two;
    char kept[SM_PASSWORD_TEXT];
    bool renew;

    (void)state;
    from.pepper.bytes[SM_KEY_BYTES - 1] ^= 1;
    two = make(&from);
    assert_int_equal(hash(kept, one, PASSWORD), SM_OK);
    assert_int_equal(verify(&renew, one, kept, PASSWORD), SM_OK);
    assert_int_equal(verify(&renew, two, kept, PASSWORD), SM_DENIED);
    sm_hasher_free(one);
    sm_hasher_free(two);
}

static void another_cost_asks_for_renewal(void **state)
{
    static const struct sm_password_cost others[] = {
        {72, 1, 1},
        {64, 2, 1},
        {64, 1, 2},
        {56, 1, 1},
    };
    struct sm_password_options from = options();
    struct sm_hasher *now = make(&from);
    char kept[SM_PASSWORD_TEXT];
    bool renew = true;

    (void)state;
    assert_int_equal(hash(kept, now, PASSWORD), SM_OK);
    assert_int_equal(verify(&renew, now, kept, PASSWORD), SM_OK);
    assert_false(renew);
    for (size_t i = 0; i < SM_COUNT(others); i++) {
        struct sm_hasher *before;

        from.cost = others[i];
        before = make(&from);
        assert_int_equal(hash(kept, before, PASSWORD), SM_OK);
        assert_int_equal(verify(&renew, now, kept, PASSWORD), SM_OK);
        assert_true(renew);
        assert_int_equal(watch.asked.m_cost, others[i].memory_kib);
        assert_int_equal(verify(&renew, now, kept, PASSWORD "!"), SM_DENIED);
        assert_false(renew);
        assert_int_equal(hash(kept, now, PASSWORD), SM_OK);
        assert_int_equal(verify(&renew, now, kept, PASSWORD), SM_OK);
        assert_false(renew);
        sm_hasher_free(before);
    }
    sm_hasher_free(now);
}

/* The same one hash, whoever is asked for and whatever is typed. */
static void nobody_takes_as_long_as_somebody(void **state)
{
    struct sm_password_options from = options();
    struct sm_hasher *hasher = make(&from);
    char kept[SM_PASSWORD_TEXT], long_one[SM_PASSWORD_MAX_CHARS + 2];
    const struct {
        const char *kept, *password;
    } cases[] = {
        {kept, PASSWORD "!"}, {NULL, PASSWORD},    {NULL, ""},
        {kept, "k7rw!\xFF"},  {NULL, "k7rw!\xFF"}, {kept, long_one},
        {NULL, long_one},
    };
    bool renew = true;

    (void)state;
    memset(long_one, 'k', sizeof(long_one) - 1);
    long_one[sizeof(long_one) - 1] = '\0';
    assert_int_equal(hash(kept, hasher, PASSWORD), SM_OK);
    for (size_t i = 0; i < SM_COUNT(cases); i++) {
        watch.calls = 0;
        watch.asked = (argon2_context){.t_cost = 0};
        assert_int_equal(
            verify(&renew, hasher, cases[i].kept, cases[i].password),
            SM_DENIED);
        assert_false(renew);
        assert_int_equal(watch.calls, 1);
        assert_int_equal(watch.asked.m_cost, from.cost.memory_kib);
        assert_int_equal(watch.asked.t_cost, from.cost.passes);
        assert_int_equal(watch.asked.lanes, from.cost.lanes);
        assert_int_equal(watch.asked.pwdlen, SM_HASH_BYTES);
    }
    sm_hasher_free(hasher);
}

/* A password that is malformed hashes as an empty one does; an empty one must
 * not become everybody's. */
static void what_is_malformed_opens_nothing(void **state)
{
    struct sm_password_options from = options();
    struct sm_hasher *hasher = make(&from);
    char kept[SM_PASSWORD_TEXT] = "x", long_one[SM_PASSWORD_MAX_CHARS + 2];
    bool renew;

    (void)state;
    memset(long_one, 'k', sizeof(long_one) - 1);
    long_one[sizeof(long_one) - 1] = '\0';
    assert_int_equal(hash(kept, hasher, "k7rw!\xFF"), SM_INVALID);
    assert_string_equal(kept, "");
    assert_int_equal(hash(kept, hasher, long_one), SM_INVALID);
    assert_int_equal(hash(kept, hasher, ""), SM_OK);
    assert_int_equal(verify(&renew, hasher, kept, "k7rw!\xFF"), SM_DENIED);
    assert_int_equal(verify(&renew, hasher, kept, long_one), SM_DENIED);
    long_one[SM_PASSWORD_MAX_CHARS] = '\0';
    assert_int_equal(hash(kept, hasher, long_one), SM_OK);
    assert_int_equal(verify(&renew, hasher, kept, long_one), SM_OK);
    long_one[SM_PASSWORD_MAX_CHARS - 1] = 'K'; /* nothing is cut off */
    assert_int_equal(verify(&renew, hasher, kept, long_one), SM_DENIED);
    sm_hasher_free(hasher);
}

#define SALT "AAAAAAAAAAAAAAAAAAAAAA"
#define TAG "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

static void what_is_no_hash_is_told(void **state)
{
    static const char *const bad[] = {
        "",
        "parola",
        "$argon2i$v=19$m=64,t=1,p=1$" SALT "$" TAG,
        "$argon2id$v=16$m=64,t=1,p=1$" SALT "$" TAG,
        "$argon2id$m=64,t=1,p=1$" SALT "$" TAG,
        "$argon2id$v=19$m=7,t=1,p=1$" SALT "$" TAG,
        "$argon2id$v=19$m=15,t=1,p=2$" SALT "$" TAG,
        "$argon2id$v=19$m=262145,t=1,p=1$" SALT "$" TAG,
        "$argon2id$v=19$m=4294967360,t=1,p=1$" SALT "$" TAG,
        "$argon2id$v=19$m=64,t=0,p=1$" SALT "$" TAG,
        "$argon2id$v=19$m=64,t=17,p=1$" SALT "$" TAG,
        "$argon2id$v=19$m=64,t=1,p=0$" SALT "$" TAG,
        "$argon2id$v=19$m=64,t=1,p=5$" SALT "$" TAG,
        "$argon2id$v=19$m=64,t=1,p=-1$" SALT "$" TAG,
        "$argon2id$v=19$m=,t=1,p=1$" SALT "$" TAG,
        "$argon2id$v=19$m=64,t=1,p=1" SALT "$" TAG,
        "$argon2id$v=19$m=64,t=1,p=1$" SALT,
        "$argon2id$v=19$m=64,t=1,p=1$" SALT "A$" TAG,
        "$argon2id$v=19$m=64,t=1,p=1$" SALT "$" TAG "A",
        "$argon2id$v=19$m=64,t=1,p=1$" SALT "$" TAG "=",
        "$argon2id$v=19$m=64,t=1,p=1$" SALT "$!" TAG,
        "$argon2id$v=19$m=64,t=1,p=1$A$" TAG,
    };
    struct sm_password_options from = options();
    struct sm_hasher *hasher = make(&from);
    bool renew = true;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++) {
        assert_int_equal(verify(&renew, hasher, bad[i], PASSWORD), SM_INTERNAL);
        assert_false(renew);
    }
    assert_int_equal(watch.calls, 0);
    assert_int_equal(verify(&renew, hasher,
                            "$argon2id$v=19$m=64,t=1,p=1$" SALT "$" TAG,
                            PASSWORD),
                     SM_DENIED);
    sm_hasher_free(hasher);
}

static void options_are_looked_at(void **state)
{
    struct sm_password_options good = options(), bad[9];
    struct sm_hasher *hasher;

    (void)state;
    for (size_t i = 0; i < SM_COUNT(bad); i++)
        bad[i] = good;
    bad[0].pepper.set = false;
    bad[1].cost.memory_kib = 7;
    bad[2].cost.memory_kib = SM_PASSWORD_MEMORY_MAX_KIB + 1;
    bad[3].cost.passes = 0;
    bad[4].cost.lanes = 0;
    bad[5].cost.lanes = SM_PASSWORD_LANES_MAX + 1;
    bad[6].parallel = 0;
    bad[7].queue = -1;
    bad[8].wait_ms = -1;
    for (size_t i = 0; i < SM_COUNT(bad); i++) {
        assert_int_equal(sm_hasher_new(&hasher, &bad[i], NULL), SM_INVALID);
        assert_null(hasher);
    }
    good = sm_password_defaults(&good.pepper);
    assert_int_equal(good.cost.memory_kib, 19456);
    assert_int_equal(good.cost.passes, 2);
    assert_int_equal(good.cost.lanes, 1);
    assert_int_equal(good.parallel, 2);
    sm_hasher_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_form_is_the_common_one),
        cmocka_unit_test(the_password_itself_is_not_hashed),
        cmocka_unit_test(only_the_password_opens),
        cmocka_unit_test(one_password_in_two_spellings),
        cmocka_unit_test(another_pepper_opens_nothing),
        cmocka_unit_test(another_cost_asks_for_renewal),
        cmocka_unit_test(nobody_takes_as_long_as_somebody),
        cmocka_unit_test(what_is_malformed_opens_nothing),
        cmocka_unit_test(what_is_no_hash_is_told),
        cmocka_unit_test(options_are_looked_at),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
