/* The sandbox's mailbox: a Maildir that the mail server fills and this only
 * reads. */
#ifndef SM_SANDBOX_MAILDIR_H
#define SM_SANDBOX_MAILDIR_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

struct sb_mail {
    const char *name; /* of the file; an id in URLs */
    int64_t at;       /* unix seconds */
};

/* The newest messages of DIR first, at most MAX, in the arena. */
enum sm_status sb_maildir_list(struct sb_mail **out, size_t *count, size_t max,
                               const char *dir, struct sm_arena *arena)
    SM_MUSTCHECK;

/* The whole message NAME, at most 256 KiB of it.  SM_NOT_FOUND. */
enum sm_status sb_maildir_read(const char **out, const char *dir,
                               const char *name, struct sm_arena *arena)
    SM_MUSTCHECK;

#endif
