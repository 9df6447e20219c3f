/* links: domain xml */
/* Bills by chance: each is refused by a rule, or valid by the schema and one
 * that our own reader takes.  With --write DIR COUNT those that are offered
 * are written there, for the official rules (tests/einvoice/run). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/random_bill.h"
#include "../support/ubl_files.h"
#include "../support/ubl_xsd.h"
#include "domain/ubl_rules.h"

enum { ROUNDS = 3000, BYTES = 256 };

static struct random_bill chance;
static struct sm_buf out;
static struct sm_arena *arena;
static struct sm_ubl_reader *reader;
static struct sm_ubl_problem problem;
static uint64_t state64;

static int set_up(void **state)
{
    (void)state;
    ubl_xsd_load();
    sm_buf_init(&out, SM_UBL_BYTES_MAX);
    arena = sm_arena_new((size_t)64 << 20);
    return arena && sm_ubl_reader_new(&reader, NULL) == SM_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    sm_buf_release(&out);
    sm_arena_free(arena);
    sm_ubl_reader_free(reader);
    ubl_xsd_free();
    return 0;
}

/* The bill of SEED. */
static enum sm_status offer(uint64_t seed)
{
    uint8_t bytes[BYTES];
    const struct sm_bill *bill = &chance.made.bill;

    state64 = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    for (size_t i = 0; i < sizeof(bytes); i++) { /* xorshift64 */
        state64 ^= state64 << 13;
        state64 ^= state64 >> 7;
        state64 ^= state64 << 17;
        bytes[i] = (uint8_t)(state64 >> 32);
    }
    random_bill(&chance, bytes, sizeof(bytes));
    sm_arena_clear(arena);
    return sm_ubl_offer(&out, arena, bill, sm_ubl_profile_of(&bill->seller),
                        &problem, NULL);
}

static void test_random(void **state)
{
    struct sm_ubl_document *d;
    int offered = 0;

    (void)state;
    for (uint64_t seed = 1; seed <= ROUNDS; seed++) {
        enum sm_status status = offer(seed);

        if (status == SM_INVALID) {
            assert_true(problem.xpath[0] == '/' && problem.reason[0]);
            assert_int_equal(out.len, 0);
            continue;
        }
        assert_int_equal(status, SM_OK);
        offered++;
        if (!ubl_xsd_valid(out.data, out.len, chance.made.bill.credit_note,
                           true))
            fail_msg("seed %d is not valid", (int)seed);
        if (sm_ubl_parse(&d, reader, arena, out.data, out.len, &problem,
                         NULL) != SM_OK)
            fail_msg("seed %d: %s: %s", (int)seed, problem.xpath,
                     problem.reason);
    }
    /* both happen often, else this shows little */
    assert_in_range(offered, ROUNDS / 4, ROUNDS * 3 / 4);
}

static int write_offered(const char *dir, long count)
{
    uint64_t seed = 0;

    while (count > 0) {
        bool romanian;
        char name[40];

        if (offer(++seed) != SM_OK)
            continue;
        romanian = strcmp(chance.made.bill.seller.country, "RO") == 0;
        snprintf(name, sizeof(name), "random-%d", (int)seed);
        if (!ubl_save(dir, name, romanian ? "-ro" : "-en", &out))
            return 1;
        count--;
    }
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random)};
    void *state = NULL;
    int failed;

    if (argc == 4 && strcmp(argv[1], "--write") == 0) {
        failed = set_up(&state) ||
                 write_offered(argv[2], strtol(argv[3], NULL, 10));
        return tear_down(&state) || failed;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
