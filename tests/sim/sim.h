/* The simulator: one process lives through one seed after another.  Time is
 * a number, chance is the seed, the processor is a few structs, and the only
 * things that are real are those under test: lib/pay, lib/db, the pages of
 * cgi/pay, the loops of cgi/jobs and the SQL in a private PostgreSQL.
 * README.md says how the parts fit. */
#ifndef SM_SIM_SIM_H
#define SM_SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define SIM_SECOND INT64_C(1000000)
#define SIM_MINUTE (60 * SIM_SECOND)
#define SIM_HOUR (60 * SIM_MINUTE)
#define SIM_DAY (24 * SIM_HOUR)

/* The planted bugs of A-13; SQL ones have a file in mutants/. */
enum sim_mutant {
    MUTANT_NONE,
    MUTANT_NO_UNIQUE_REF,
    MUTANT_CHECK_THEN_INSERT,
    MUTANT_PAID_ON_RETURN,
    MUTANT_SKIP_HMAC,
    MUTANT_HMAC_PREFIX,
    MUTANT_COMMIT_SWALLOWED,
    MUTANT_NEW_KEY_ON_RETRY,
    MUTANT_NO_ROW_LOCK,
    MUTANT_CONFLICT_NOT_RETRIED,
    MUTANT_SYNC_WARNING_IGNORED,
    MUTANT_MAIL_BEFORE_COMMIT,
    MUTANT_AMOUNT_FROM_FORM,
    MUTANT_CURRENCY_IGNORED,
    MUTANT_LATE_FAILED_OVERRIDES,
    MUTANT_SELECTION_FORGOTTEN,
    MUTANT__COUNT
};

struct sim_mutant_info {
    const char *name; /* as in mutants/NAME.sql and --mutant NAME */
    const char *what; /* one line for the table */
    bool sql;         /* a patch of the database; else a seam */
};

extern const struct sim_mutant_info sim_mutants[MUTANT__COUNT];

/* How hostile a seed's world is; chances in thousandths. */
struct sim_profile {
    unsigned http;         /* a call to the processor goes wrong */
    unsigned conflict;     /* a statement meets 40001 or 40P01 */
    unsigned lose;         /* the connection breaks inside a transaction */
    unsigned commit;       /* COMMIT ends in doubt */
    unsigned away;         /* no connection is to be had */
    unsigned crash;        /* the process dies at a seam */
    unsigned twin;         /* another session runs while one is to commit */
    unsigned hook_drop;    /* a notification is lost on its way */
    unsigned hook_twice;   /* it comes twice */
    unsigned hook_late;    /* it comes hours or days late */
    unsigned forge;        /* somebody forges one */
    unsigned wrong_amount; /* another sum is taken than was asked for */
    unsigned wrong_currency;
    unsigned late_money;  /* money is taken after the order was closed */
    unsigned mail;        /* the mail server refuses or its answer is lost */
    bool hooks_dead;      /* no notification ever arrives */
    bool saves_500;       /* the processor repeats its own 5xx under a key */
    int64_t silent_from;  /* the processor answers nothing */
    int64_t silent_until; /* from .. until */
    int64_t jobs_from;    /* the background jobs do not run */
    int64_t jobs_until;
};

struct sim {
    uint64_t seed;
    uint64_t life; /* how often a seed was begun: keeps a repetition apart */
    uint64_t rng[4];
    int64_t start_us; /* when the seed's world begins */
    int64_t now_us;
    uint64_t hash; /* of everything that happened */
    uint64_t steps;
    bool trace; /* print every step */
    char *kept; /* every step, a line each, where it is wanted; or NULL */
    size_t kept_len, kept_max;
    bool faults;   /* the world is hostile now */
    bool violated; /* the first broken rule is in WHAT */
    char rule[64];
    char what[400];
    enum sim_mutant mutant;
    struct sim_profile odds;
};

extern struct sim sim;

/* Chance.  All of it is drawn from the seed, one draw after another. */
uint64_t sim_draw(void);
/* 0 .. BELOW - 1 */
int64_t sim_below(int64_t below);
/* FROM .. TO, both included */
int64_t sim_between(int64_t from, int64_t to);
/* True in THOUSANDTHS of the cases. */
bool sim_chance(unsigned thousandths);
/* The same, but false once the faults are healed. */
bool sim_fault(unsigned thousandths);
/* LEN bytes. */
void sim_bytes(void *out, size_t len);
/* LEN (at least 8) bytes that no other run has, whatever its seed. */
void sim_own_bytes(void *out, size_t len);
/* Begin SEED: its generator, its clock. */
void sim_seed(uint64_t seed);

/* Note a step: it goes into the hash, and to the screen under --trace. */
void sim_say(const char *fmt, ...) SM_PRINTF(1, 2);
/* Note that RULE (an invariant's number) is broken.  The first one counts. */
void sim_broken(const char *rule, const char *fmt, ...) SM_PRINTF(2, 3);

/* Move the clock on; it never goes back. */
void sim_clock_to(int64_t us);
void sim_clock_add(int64_t us);

/* FNV-1a, for hashes that need no strength. */
uint64_t sim_hash(uint64_t hash, const void *data, size_t len);

/* Run seed SEED to its end.  True if no rule was broken. */
bool sim_run(uint64_t seed);

#endif
