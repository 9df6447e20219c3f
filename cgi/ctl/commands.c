#include "ctl/ctl.h"

#define COMMANDS(X)                                                            \
    X(migrate)                                                                 \
    X(check)                                                                   \
    X(import)                                                                  \
    X(export)                                                                  \
    X(demo)                                                                    \
    X(paylink)                                                                 \
    X(account)                                                                 \
    X(attempt)                                                                 \
    X(sweep)                                                                   \
    X(refund)                                                                  \
    X(reconcile)                                                               \
    X(task)                                                                    \
    X(audit)                                                                   \
    X(review)                                                                  \
    X(outbox)                                                                  \
    X(fence)                                                                   \
    X(settings)

#define DECLARE(name) extern const struct ctl_command ctl_command_##name;
COMMANDS(DECLARE)

#define ENTRY(name) &ctl_command_##name,
const struct ctl_command *const ctl_commands[] = {COMMANDS(ENTRY) NULL};
