/* What most commands need: the database, memory, and, for those that ask the
 * processor, the orchestration of payments. */
#ifndef SM_CTL_WORK_H
#define SM_CTL_WORK_H

#include "base/arena.h"
#include "ctl/ctl.h"
#include "pay/pay.h"

struct ctl_work {
    struct ctl *ctl;
    struct sm_arena *arena;
    struct sm_pay *pay; /* NULL without */
};

/* Open what a command needs; ASKING says that it talks to the processor.
 * Returns an exit code, having said why; close it in any case. */
int ctl_work_open(struct ctl_work *out, struct ctl *ctl, bool asking);
void ctl_work_close(struct ctl_work *work);

/* Run STMT in a transaction of its own and print its rows; CODE is the exit
 * code if that went well.  WHAT is said where it did not. */
int ctl_work_print(struct ctl_work *work, const struct sm_stmt *stmt,
                   const struct sm_arg *args, const char *what, int code);

/* Run STMT in a transaction of its own, again after a conflict, but not after
 * a COMMIT in doubt: an operator looks before asking twice. */
enum sm_status ctl_work_run(struct sm_rows **out, struct ctl_work *work,
                            const struct sm_stmt *stmt,
                            const struct sm_arg *args) SM_MUSTCHECK;

/* Print "NAME: TEXT" lines, or a JSON object of strings, from COUNT pairs. */
int ctl_work_say(struct ctl_work *work, const char *const (*pairs)[2],
                 size_t count, int code);

#endif
