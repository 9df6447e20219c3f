/* Chance, time, the trace. */
#include "sim.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define FNV_START UINT64_C(0xcbf29ce484222325)
#define FNV_PRIME UINT64_C(0x100000001b3)
#define FIRST_DAY_US (INT64_C(1767225600) * SIM_SECOND) /* 2026-01-01 */

struct sim sim;

const struct sim_mutant_info sim_mutants[MUTANT__COUNT] = {
    [MUTANT_NONE] = {"none", "", false},
    [MUTANT_NO_UNIQUE_REF] = {"no_unique_ref",
                              "no UNIQUE (processor, reference)", true},
    [MUTANT_CHECK_THEN_INSERT] = {"check_then_insert",
                                  "once-key looked up, then inserted", true},
    [MUTANT_PAID_ON_RETURN] = {"paid_on_return",
                               "the browser's return counts as paid", false},
    [MUTANT_SKIP_HMAC] = {"skip_hmac", "signatures are not looked at", false},
    [MUTANT_HMAC_PREFIX] = {"hmac_prefix",
                            "signatures are compared by their beginning",
                            false},
    [MUTANT_COMMIT_SWALLOWED] = {"commit_swallowed",
                                 "a failed COMMIT counts as done", false},
    [MUTANT_NEW_KEY_ON_RETRY] = {"new_key_on_retry",
                                 "a repeated create has a key of its own",
                                 false},
    [MUTANT_NO_ROW_LOCK] = {"no_row_lock", "the attempt is read unlocked",
                            true},
    [MUTANT_CONFLICT_NOT_RETRIED] = {"conflict_not_retried",
                                     "40001 and 40P01 are not tried again",
                                     false},
    [MUTANT_SYNC_WARNING_IGNORED] = {"sync_warning_ignored",
                                     "COMMIT without the standby counts",
                                     false},
    [MUTANT_MAIL_BEFORE_COMMIT] = {"mail_before_commit",
                                   "the receipt leaves before COMMIT", false},
    [MUTANT_AMOUNT_FROM_FORM] = {"amount_from_form",
                                 "the form says how much is paid", true},
    [MUTANT_CURRENCY_IGNORED] = {"currency_ignored",
                                 "what was taken is posted in the attempt's "
                                 "currency",
                                 true},
    [MUTANT_LATE_FAILED_OVERRIDES] = {"late_failed_overrides",
                                      "a late failure overrides a capture",
                                      true},
    [MUTANT_SELECTION_FORGOTTEN] =
        {"selection_forgotten",
         "an amount is not divided among what was chosen", true},
};

static uint64_t rotate(uint64_t x, int k)
{
    return (x << k) | (x >> (64 - k));
}

/* xoshiro256** */
uint64_t sim_draw(void)
{
    uint64_t *s = sim.rng, result = rotate(s[1] * 5, 7) * 9, t = s[1] << 17;

    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

int64_t sim_below(int64_t below)
{
    return below > 1 ? (int64_t)(sim_draw() % (uint64_t)below) : 0;
}

int64_t sim_between(int64_t from, int64_t to)
{
    return from + sim_below(to - from + 1);
}

bool sim_chance(unsigned thousandths)
{
    return thousandths > 0 && sim_below(1000) < (int64_t)thousandths;
}

bool sim_fault(unsigned thousandths)
{
    return sim.faults && sim_chance(thousandths);
}

void sim_bytes(void *out, size_t len)
{
    uint8_t *at = out;
    uint64_t word = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        if (i % 8 == 0)
            word = sim_draw();
        at[i] = (uint8_t)(word >> (8 * (i % 8)));
    }
}

void sim_own_bytes(void *out, size_t len)
{
    uint8_t *at = out;
    int i;

    sim_bytes(out, len);
    for (i = 0; i < 8; i++)
        at[i] ^= (uint8_t)(sim.life >> (8 * i));
}

static unsigned one_of(const unsigned *choices, size_t count)
{
    return choices[sim_below((int64_t)count)];
}

/* Half of the worlds are kind in any one respect, so that faults meet alone
 * as well as together. */
static void draw_odds(struct sim_profile *odds)
{
    static const unsigned calls[] = {0, 0, 50, 150, 400};
    static const unsigned db[] = {0, 0, 15, 40};
    static const unsigned rare[] = {0, 0, 0, 15};
    static const unsigned commits[] = {0, 0, 40, 120};
    static const unsigned crashes[] = {0, 0, 10, 40};
    static const unsigned twins[] = {0, 80, 250};
    static const unsigned hooks[] = {0, 0, 100, 400};
    static const unsigned odd[] = {0, 0, 0, 300};

    *odds = (struct sim_profile){
        .http = one_of(calls, 5),
        .conflict = one_of(db, 4),
        .lose = one_of(rare, 4),
        .commit = one_of(commits, 4),
        .away = one_of(rare, 4),
        .crash = one_of(crashes, 4),
        .twin = one_of(twins, 3),
        .hook_drop = one_of(hooks, 4),
        .hook_twice = one_of(hooks, 4),
        .hook_late = one_of(hooks, 4),
        .forge = one_of(hooks, 4),
        .wrong_amount = one_of(odd, 4),
        .wrong_currency = one_of(odd, 4),
        .late_money = one_of(odd, 4),
        .mail = one_of(hooks, 4),
        .hooks_dead = sim_chance(80),
        .saves_500 = sim_chance(500),
    };
    if (sim_chance(120)) {
        odds->silent_from = sim.now_us + sim_below(2 * SIM_HOUR);
        odds->silent_until = odds->silent_from +
                             sim_between(SIM_MINUTE, 6 * SIM_HOUR);
    }
    if (sim_chance(120)) {
        odds->jobs_from = sim.now_us + sim_below(2 * SIM_HOUR);
        odds->jobs_until = odds->jobs_from +
                           sim_between(SIM_MINUTE, 12 * SIM_HOUR);
    }
}

void sim_seed(uint64_t seed)
{
    uint64_t x = seed;
    int i;

    for (i = 0; i < 4; i++) { /* splitmix64 */
        uint64_t z = (x += UINT64_C(0x9e3779b97f4a7c15));

        z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
        z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
        sim.rng[i] = z ^ (z >> 31);
    }
    sim.seed = seed;
    sim.life++;
    sim.hash = FNV_START;
    sim.steps = 0;
    sim.kept_len = 0;
    sim.violated = false;
    sim.rule[0] = sim.what[0] = '\0';
    sim.faults = true;
    sim.now_us = FIRST_DAY_US +
                 sim_below(700 * SIM_DAY / SIM_MINUTE) * SIM_MINUTE;
    sim.start_us = sim.now_us;
    draw_odds(&sim.odds);
}

uint64_t sim_hash(uint64_t hash, const void *data, size_t len)
{
    const uint8_t *at = data;
    size_t i;

    for (i = 0; i < len; i++)
        hash = (hash ^ at[i]) * FNV_PRIME;
    return hash;
}

static void note(const char *text)
{
    int64_t ms = (sim.now_us - sim.start_us) / 1000;

    sim.steps++;
    sim.hash = sim_hash(sim.hash, &ms, sizeof(ms));
    sim.hash = sim_hash(sim.hash, text, strlen(text));
    if (sim.kept != NULL)
        sim.kept_len += (size_t)snprintf(sim.kept + sim.kept_len,
                                         sim.kept_max - sim.kept_len,
                                         "%lld %s\n", (long long)ms, text);
    if (sim.kept_len >= sim.kept_max)
        sim.kept_len = sim.kept_max - (sim.kept_max > 0);
    if (sim.trace)
        printf("%3d d %02d:%02d:%02d.%03d  %s\n", (int)(ms / 86400000),
               (int)(ms / 3600000 % 24), (int)(ms / 60000 % 60),
               (int)(ms / 1000 % 60), (int)(ms % 1000), text);
}

void sim_say(const char *fmt, ...)
{
    char text[600];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    note(text);
}

void sim_broken(const char *rule, const char *fmt, ...)
{
    char text[sizeof(sim.what)];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    sim_say("BROKEN %s: %s", rule, text);
    if (sim.violated)
        return;
    sim.violated = true;
    snprintf(sim.rule, sizeof(sim.rule), "%s", rule);
    snprintf(sim.what, sizeof(sim.what), "%s", text);
}

void sim_clock_to(int64_t us)
{
    if (us > sim.now_us)
        sim.now_us = us;
}

void sim_clock_add(int64_t us)
{
    sim.now_us += us;
}
