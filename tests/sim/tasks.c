#include "tasks.h"

#include "jobs_sim.h"
#include "office.h"
#include "payer.h"
#include "psp.h"
#include "sim.h"

#define TASKS 1024

static struct sim_task tasks[TASKS];
static int ntasks;
static uint32_t next_seq;

void sim_tasks_clear(void)
{
    ntasks = 0;
    next_seq = 0;
}

void sim_task_at(int64_t at_us, enum sim_task_kind kind, int who, int what)
{
    if (ntasks == TASKS) {
        sim_broken("SIM", "more than %d tasks", TASKS);
        return;
    }
    tasks[ntasks++] = (struct sim_task){at_us > sim.now_us ? at_us : sim.now_us,
                                        next_seq++, kind, who, what};
}

static bool is_before(const struct sim_task *a, const struct sim_task *b)
{
    return a->at_us != b->at_us ? a->at_us < b->at_us : a->seq < b->seq;
}

/* The index of the first task, of KIND if that is not negative; -1: none. */
static int find_first(int kind)
{
    int best = -1, i;

    for (i = 0; i < ntasks; i++) {
        if (kind >= 0 && tasks[i].kind != (enum sim_task_kind)kind)
            continue;
        if (best < 0 || is_before(&tasks[i], &tasks[best]))
            best = i;
    }
    return best;
}

static bool take(struct sim_task *out, int index)
{
    if (index < 0)
        return false;
    *out = tasks[index];
    tasks[index] = tasks[--ntasks];
    return true;
}

int64_t sim_task_next(void)
{
    int index = find_first(-1);

    return index < 0 ? INT64_MAX : tasks[index].at_us;
}

bool sim_task_take(struct sim_task *out)
{
    return take(out, find_first(-1));
}

bool sim_task_take_hook(struct sim_task *out)
{
    return take(out, find_first(TASK_HOOK));
}

void sim_tasks_end_people(void)
{
    int kept = 0, i;

    for (i = 0; i < ntasks; i++) {
        if (tasks[i].kind != TASK_PAYER && tasks[i].kind != TASK_FORGE &&
            tasks[i].kind != TASK_OFFICE)
            tasks[kept++] = tasks[i];
    }
    ntasks = kept;
}

void sim_task_do(const struct sim_task *task)
{
    switch (task->kind) {
    case TASK_PAYER:
        payer_step(task->who);
        break;
    case TASK_PROCESSOR:
        psp_act(task->who, (enum psp_act)task->what);
        break;
    case TASK_CREATE:
        psp_held_create(task->who);
        break;
    case TASK_HOOK:
        psp_deliver(task->who);
        break;
    case TASK_FORGE:
        psp_forge();
        break;
    case TASK_OFFICE:
        office_act();
        break;
    case TASK_MONEY:
        jobs_money();
        break;
    case TASK_SWEEP:
        jobs_sweep();
        break;
    case TASK_POST:
        payer_post_again(task->who, task->what);
        break;
    }
}
