/* Trying a transaction again. */
#include "db/internal.h"

#include <time.h>

#include "base/clock.h"
#include "base/metrics.h"

enum { TRIES = 4, PAUSE_FIRST_MS = 4 };

struct sm_db_tries sm_db_tries_begin(const struct sm_db_pool *pool)
{
    int query_ms = pool ? pool->query_ms : 0;

    return (struct sm_db_tries){.until_ms = sm_clock_mono_ms() + query_ms};
}

/* Sleep half of the pause and a random part of as much again.  The address
 * differs between threads, the time between their meetings. */
static void rest(const struct sm_db_tries *tries)
{
    uint64_t half_us = (uint64_t)PAUSE_FIRST_MS * 500 << tries->count;
    uint64_t noise = ((uint64_t)sm_clock_mono_us() ^ (uintptr_t)tries) *
                     UINT64_C(0x9E3779B97F4A7C15);
    const struct timespec pause = {
        .tv_nsec = (long)(half_us + (noise >> 32) % half_us) * 1000};

    nanosleep(&pause, NULL);
}

bool sm_db_again(struct sm_db_tries *tries, enum sm_status status)
{
    if (status != SM_CONFLICT && status != SM_UNAVAILABLE)
        return false;
    if (tries->count + 1 >= TRIES || sm_clock_mono_ms() >= tries->until_ms)
        return false;
    rest(tries);
    tries->count++;
    sm_metric_add(SM_METRIC_DB_AGAIN, 1);
    return true;
}

/* One try; *doubt tells of its COMMIT. */
static enum sm_status try(struct sm_rows **out, bool *doubt,
                          struct sm_db_pool *pool, struct sm_arena *arena,
                          const struct sm_stmt *stmt, const struct sm_arg *args,
                          struct sm_error *err)
{
    struct sm_db *db;
    enum sm_status status = sm_db_get(&db, pool, err);

    *doubt = false;
    if (status != SM_OK)
        return status;
    sm_db_begin(db);
    status = sm_db_query(out, db, arena, stmt, args, err);
    if (status == SM_OK)
        status = sm_db_commit(db, err);
    *doubt = sm_db_in_doubt(db);
    sm_db_put(db);
    return status;
}

enum sm_status sm_db_run(struct sm_rows **out, struct sm_db_pool *pool,
                         struct sm_arena *arena, const struct sm_stmt *stmt,
                         const struct sm_arg *args, struct sm_error *err)
{
    struct sm_db_tries tries = sm_db_tries_begin(pool);
    enum sm_status status;
    bool doubt;

    do {
        status = try(out, &doubt, pool, arena, stmt, args, err);
    } while (sm_db_again(&tries, status));
    return status;
}

enum sm_status sm_db_run_once(struct sm_rows **out, struct sm_db_pool *pool,
                              struct sm_arena *arena,
                              const struct sm_stmt *stmt,
                              const struct sm_arg *args, struct sm_error *err)
{
    struct sm_db_tries tries = sm_db_tries_begin(pool);
    enum sm_status status;
    bool doubt;

    do {
        status = try(out, &doubt, pool, arena, stmt, args, err);
    } while (!doubt && sm_db_again(&tries, status));
    return status;
}
