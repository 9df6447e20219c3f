/* What the files of password.h share; nobody else includes this. */
#ifndef SM_AUTH_PASSWORD_IMPL_H
#define SM_AUTH_PASSWORD_IMPL_H

#include <pthread.h>

#include "auth/password.h"

/* A password as everything here sees it: composed, terminated. */
struct sm_password {
    char text[SM_PASSWORD_MAX_CHARS * 4 + 1];
    size_t len;   /* bytes */
    size_t chars; /* code points */
};

/* Compose the LEN bytes at RAW.  SM_PASSWORD_MALFORMED, SM_PASSWORD_LONG (OUT
 * is empty then) or SM_PASSWORD_GOOD; the caller wipes OUT. */
enum sm_password_rule sm_password_read(struct sm_password *out, const char *raw,
                                       size_t len) SM_MUSTCHECK;

/* Common passwords in lower case, ascending by bytes; generated. */
extern const char *const sm_common_passwords[];
extern const size_t sm_common_passwords_count;

/* A bounded number of callers at a time; who waits longest is next. */
struct sm_turns {
    pthread_mutex_t lock;
    pthread_condattr_t monotonic;
    struct sm_turn *first; /* who waits, in the order of coming */
    int free;              /* turns that nobody has */
    int waiting, queue;    /* who waits, and how many may */
};

/* COUNT turns, and room for QUEUE that wait.  False without memory. */
bool sm_turns_init(struct sm_turns *turns, int count, int queue) SM_MUSTCHECK;
/* Release what sm_turns_init() took; nobody has a turn or waits. */
void sm_turns_clear(struct sm_turns *turns);
/* Take a turn, waiting WAIT_MS at most.  SM_BUSY if none has come, at once if
 * too many wait already. */
enum sm_status sm_turns_take(struct sm_turns *turns, int wait_ms) SM_MUSTCHECK;
/* Give it back. */
void sm_turns_give(struct sm_turns *turns);

#endif
