/* One seed, from its first bill to its last receipt. */
#include "sim.h"

#include <stdio.h>

#include "audit.h"
#include "books.h"
#include "jobs_sim.h"
#include "model.h"
#include "office.h"
#include "payer.h"
#include "psp.h"
#include "seam.h"
#include "tasks.h"
#include "web.h"

enum { STEPS = 20000, ROUNDS = 4 };

static void begin(uint64_t seed)
{
    static const int64_t lives[] = {35 * 60, 3600};
    int64_t at;

    sim_seed(seed);
    sim_tasks_clear();
    psp_clear();
    model_clear();
    jobs_clear();
    web_restart();
    books_mark(sim_chance(50) ? 1435 * 60
                              : lives[sim_below((int64_t)SM_COUNT(lives))]);
    office_begin();
    payer_begin();
    sim_task_at(sim.now_us + 2 * SIM_DAY, TASK_MONEY, 0, 0);
    sim_task_at(sim.now_us + 5 * SIM_DAY, TASK_MONEY, 0, 0);
    for (at = sim.now_us; sim_chance(550);) {
        at += sim_below(sim_chance(300) ? 20 * SIM_HOUR : 2 * SIM_HOUR);
        sim_task_at(at, TASK_OFFICE, 0, 0);
    }
    for (at = sim.now_us; sim_chance(sim.odds.forge > 0 ? 700 : 0);) {
        at += sim_below(SIM_HOUR);
        sim_task_at(at, TASK_FORGE, 0, 0);
    }
}

/* Do what comes next, at the latest at END_US.  False if nothing does. */
static bool advance(int64_t end_us)
{
    int64_t task_us = sim_task_next(), jobs_us = jobs_next();
    struct sim_task task;

    if (task_us > end_us && jobs_us > end_us)
        return false;
    if (jobs_us < task_us) {
        sim_clock_to(jobs_us);
        jobs_do();
    } else if (sim_task_take(&task)) {
        sim_clock_to(task.at_us);
        sim_task_do(&task);
    }
    return !sim.violated;
}

static void live(int64_t end_us)
{
    int n = 0;

    while (advance(end_us)) {
        if (n++ == STEPS) {
            sim_broken("SIM", "it does not come to an end");
            return;
        }
    }
}

/* Heal the faults and let everything run dry: notifications, the sweep past
 * its 48 hours, an operator for what is left, the outbox. */
static void finish(void)
{
    int round;

    sim.faults = false;
    sim_say("-- the faults are healed");
    sim_tasks_end_people();
    /* it looks back four days, so this one sees all that happened */
    jobs_compare_next();
    jobs_money();
    live(sim.now_us + 80 * SIM_HOUR);
    if (!sim.odds.hooks_dead)
        psp_flush_hooks();
    for (round = 0; round < ROUNDS && !sim.violated; round++) {
        live(INT64_MAX - 1);
        jobs_operator();
    }
    live(INT64_MAX - 1);
    jobs_compare_next();
    jobs_money();
    live(INT64_MAX - 1);
    if (sim.violated)
        return;
    audit_clearing();
    psp_pay_out(); /* all that is left */
    jobs_money();
    sim_clock_add(SIM_HOUR);
}

bool sim_run(uint64_t seed)
{
    begin(seed);
    live(sim.start_us + 72 * SIM_HOUR);
    if (!sim.violated)
        finish();
    if (!sim.violated)
        audit_end();
    sim_say("-- end");
    return !sim.violated;
}
