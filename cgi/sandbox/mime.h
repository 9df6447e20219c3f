/* Reading a message of the mailbox: enough of MIME (RFC 2045 to 2047) to show
 * the mails that Smetka sends, written apart from the code that makes them. */
#ifndef SM_SANDBOX_MIME_H
#define SM_SANDBOX_MIME_H

#include <stddef.h>

#include "base/arena.h"

/* The value of header NAME of the message TEXT, unfolded and with encoded
 * words decoded; "" when absent.  In the arena. */
const char *sb_mime_header(struct sm_arena *arena, const char *text,
                           const char *name);

/* The first part of type TYPE ("text/plain"), decoded; "" when there is
 * none.  In the arena. */
const char *sb_mime_part(struct sm_arena *arena, const char *text,
                         const char *type);

#endif
