/* What the tests of lib/db share: a table, a pool of four connections, and
 * an arena. */
#ifndef SM_TEST_SQL_WORLD_H
#define SM_TEST_SQL_WORLD_H

#include <stddef.h>
#include <stdint.h>

#include "support/fixture.h"

/* Rows declared by a statement: none, exactly one, any number. */
#define NONE 0, 0
#define ONE 1, 1
#define ANY 0, -1

struct sm_world {
    struct sm_db_pool *pool;
    struct sm_arena *arena;
    struct sm_error err;
};

/* Make the table public.t (id, name) anew and a world; for cmocka. */
int sm_world_open(void **state);
int sm_world_close(void **state);

/* Insert a row through DB, or in a transaction of its own. */
enum sm_status sm_world_add(struct sm_world *w, struct sm_db *db, int64_t id,
                            const char *name);
void sm_world_add_committed(struct sm_world *w, int64_t id, const char *name);

/* The name of the row ID: one row, or SM_NOT_FOUND. */
enum sm_status sm_world_name(struct sm_rows **out, struct sm_world *w,
                             struct sm_db *db, int64_t id);

/* The process that serves DB; 0 if it cannot say. */
int64_t sm_world_pid(struct sm_db *db, struct sm_arena *arena);

/* Wait until the pool gives a connection again, MOST_MS at most. */
void sm_world_await(struct sm_world *w, int most_ms);

/* How many rows the table has. */
int sm_world_rows(struct sm_world *w);

#endif
