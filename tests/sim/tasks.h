/* What will happen, in the order of its time. */
#ifndef SM_SIM_TASKS_H
#define SM_SIM_TASKS_H

#include <stdbool.h>
#include <stdint.h>

enum sim_task_kind {
    TASK_PAYER,     /* payer WHO goes on */
    TASK_PROCESSOR, /* the processor does WHAT with session WHO */
    TASK_CREATE,    /* a create call that was held up arrives there */
    TASK_HOOK,      /* notification WHO is delivered */
    TASK_FORGE,     /* somebody sends a forgery */
    TASK_OFFICE,    /* the company posts something */
    TASK_MONEY,     /* the daily comparison, payouts */
    TASK_SWEEP,     /* a sweep beside the other; only as a twin */
    TASK_POST       /* payer WHO posts form WHAT again; only as a twin */
};

struct sim_task {
    int64_t at_us;
    uint32_t seq;
    enum sim_task_kind kind;
    int who;
    int what;
};

/* Forget all tasks. */
void sim_tasks_clear(void);
/* Have KIND happen at AT_US. */
void sim_task_at(int64_t at_us, enum sim_task_kind kind, int who, int what);
/* The time of the next task; INT64_MAX if there is none. */
int64_t sim_task_next(void);
/* Take the next task; false if there is none. */
bool sim_task_take(struct sim_task *out);
/* Take the next notification out of its turn; false if there is none. */
bool sim_task_take_hook(struct sim_task *out);
/* Drop what payers, forgers and the company were still to do. */
void sim_tasks_end_people(void);
/* Do it. */
void sim_task_do(const struct sim_task *task);

#endif
