/* Memory that belongs to one request (or one import record) and is released
 * as a whole.  Page code never frees: it allocates here, and registers what
 * comes from elsewhere (a PGresult, a cJSON tree) with sm_arena_defer().
 * An arena is used by one thread at a time. */
#ifndef SM_BASE_ARENA_H
#define SM_BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

struct sm_arena;

/* A new arena that will hand out at most CEILING bytes between two clears.
 * Returns NULL if memory is short.  Free with sm_arena_free(). */
struct sm_arena *sm_arena_new(size_t ceiling) SM_MUSTCHECK;

/* Run what was deferred, newest first, and release everything. NULL is fine. */
void sm_arena_free(struct sm_arena *arena);

/* Run what was deferred, newest first, and make the arena empty; its first
 * block is kept, so that a worker that clears after each request does not
 * call malloc for an ordinary one. */
void sm_arena_clear(struct sm_arena *arena);

/* The same, and overwrite what was in it: it held a password. */
void sm_arena_wipe(struct sm_arena *arena);

/* SIZE zeroed bytes, aligned for any type.  NULL when the ceiling or the
 * machine's memory is reached. */
void *sm_arena_alloc(struct sm_arena *arena, size_t size) SM_MUSTCHECK;

/* COUNT zeroed elements of SIZE bytes; NULL also on overflow. */
void *sm_arena_calloc(struct sm_arena *arena, size_t count, size_t size)
    SM_MUSTCHECK;

/* A NUL-terminated copy of the LEN bytes at TEXT.  NULL as above. */
char *sm_arena_strndup(struct sm_arena *arena, const char *text, size_t len)
    SM_MUSTCHECK;

/* A copy of the string TEXT.  NULL as above, or if TEXT is NULL. */
char *sm_arena_strdup(struct sm_arena *arena, const char *text) SM_MUSTCHECK;

/* A formatted string.  NULL as above. */
char *sm_arena_printf(struct sm_arena *arena, const char *fmt, ...)
    SM_PRINTF(2, 3) SM_MUSTCHECK;

/* Call release(ptr) when the arena is cleared or freed.  If the note itself
 * cannot be stored, release(ptr) is called at once and false is returned. */
bool sm_arena_defer(struct sm_arena *arena, void (*release)(void *), void *ptr)
    SM_MUSTCHECK;

/* Bytes handed out since the last clear. */
size_t sm_arena_used(const struct sm_arena *arena);

#endif
