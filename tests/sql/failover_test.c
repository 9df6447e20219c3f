/* links: db base */
/* Two servers, one the synchronous standby of the other: what the pool does
 * when they change places, and when the old one comes back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/metrics.h"
#include "db/fence.h"
#include "world.h"

/* The two, and what the programs of a site know of them. */
struct pair {
    char dir[64], a[80], b[80];   /* folders */
    char on_a[160], on_b[160];    /* connection strings */
    char both[256], timeline[80]; /* of the programs */
    struct sm_db_pool *pools[24];
    int npools;
    struct sm_world world; /* for its functions on a connection */
};

static const struct sm_stmt q_put = {
    .name = "t_put",
    .sql = "INSERT INTO public.t (id, name) VALUES ($1, 'x')"
           " ON CONFLICT (id) DO NOTHING",
    .params = (const enum sm_type[]){SM_TYPE_INT8},
    .nparams = 1,
};

static int open_pair(void **state)
{
    struct pair *p = calloc(1, sizeof(*p));

    snprintf(p->dir, sizeof(p->dir), "/tmp/smetka-pair.XXXXXX");
    assert_non_null(mkdtemp(p->dir));
    assert_int_equal(chmod(p->dir, 0755), 0);
    snprintf(p->a, sizeof(p->a), "%s/a", p->dir);
    snprintf(p->b, sizeof(p->b), "%s/b", p->dir);
    snprintf(p->timeline, sizeof(p->timeline), "%s/timeline", p->dir);
    snprintf(p->on_a, sizeof(p->on_a), "host=%s/run dbname=smetka", p->a);
    snprintf(p->on_b, sizeof(p->on_b), "host=%s/run dbname=smetka", p->b);
    snprintf(p->both, sizeof(p->both),
             "host=%s/run,%s/run dbname=smetka target_session_attrs=read-write",
             p->a, p->b);
    setenv("PGOPTS", "-c fsync=on -c full_page_writes=on", 1);
    sm_test_pg("start", p->a, NULL);
    sm_test_pg("standby", p->b, p->a);
    sm_test_sql_at(p->on_a, "CREATE TABLE public.t (id bigint PRIMARY KEY,"
                            " name text)");
    sm_test_sql_at(p->on_a, "ALTER SYSTEM SET synchronous_standby_names"
                            " = 'FIRST 1 (b)'");
    sm_test_sql_at(p->on_a, "SELECT pg_reload_conf()");
    p->world.arena = sm_arena_new(1 << 20);
    *state = p;
    return 0;
}

static int close_pair(void **state)
{
    struct pair *p = *state;

    while (p->npools > 0)
        sm_db_pool_free(p->pools[--p->npools]);
    sm_test_pg("drop", p->a, NULL);
    sm_test_pg("drop", p->b, NULL);
    unlink(p->timeline);
    rmdir(p->dir);
    sm_arena_free(p->world.arena);
    free(p);
    return 0;
}

/* A pool as a program of the site has it, with the site's memory, or with
 * TIMELINE NULL one that believes whom it meets. */
static struct sm_db_pool *program(struct pair *p, const char *conninfo,
                                  const char *timeline, int query_ms)
{
    struct sm_db_options options = sm_test_options(2);

    options.conninfo = conninfo;
    options.timeline_file = timeline;
    options.require_durable = true;
    options.query_ms = query_ms;
    if (sm_db_pool_new(&p->pools[p->npools], &options, &p->world.err) != SM_OK)
        fail_msg("%s", p->world.err.message);
    return p->pools[p->npools++];
}

static enum sm_status put(struct pair *p, struct sm_db_pool *pool, int64_t id)
{
    const struct sm_arg args[] = {sm_arg_int8(id)};

    return sm_db_run(NULL, pool, p->world.arena, &q_put, args, &p->world.err);
}

/* Is the row there?  Asked on whatever server CONNINFO names. */
static bool has(struct pair *p, const char *conninfo, int64_t id)
{
    struct sm_db *db = sm_test_get(program(p, conninfo, NULL, 1000));
    struct sm_rows *rows;
    enum sm_status status = sm_world_name(&rows, &p->world, db, id);

    sm_db_put(db);
    sm_db_pool_free(p->pools[--p->npools]);
    assert_true(status == SM_OK || status == SM_NOT_FOUND);
    return status == SM_OK;
}

static void refused(struct pair *p, struct sm_db_pool *pool, const char *why,
                    enum sm_metric metric)
{
    int64_t before = sm_metric_get(metric, NULL);
    struct sm_db *db;

    assert_int_equal(sm_db_get(&db, pool, &p->world.err), SM_UNAVAILABLE);
    if (!strstr(p->world.err.message, why))
        fail_msg("\"%s\" says nothing of \"%s\"", p->world.err.message, why);
    assert_int_equal(sm_metric_get(metric, NULL), before + 1);
}

static void standby_decides_nothing(void **state)
{
    struct pair *p = *state;
    struct sm_db_options options = sm_test_options(1);
    char text[512];

    refused(p, program(p, p->on_b, p->timeline, 1000), "is a standby",
            SM_METRIC_DB_REFUSED_STANDBY);
    snprintf(text, sizeof(text), "%s target_session_attrs=read-write", p->on_b);
    assert_int_equal(put(p, program(p, text, p->timeline, 1000), 1),
                     SM_UNAVAILABLE);
    /* The next host is tried, whatever libpq would have taken. */
    snprintf(text, sizeof(text), "host=%s/run,%s/run dbname=smetka", p->b,
             p->a);
    assert_int_equal(put(p, program(p, text, p->timeline, 1000), 1), SM_OK);
    assert_true(has(p, p->on_a, 1));
    snprintf(text, sizeof(text), "%s target_session_attrs=prefer-standby",
             p->both);
    options.conninfo = text;
    assert_int_equal(
        sm_db_pool_new(&p->pools[p->npools], &options, &p->world.err),
        SM_INVALID);
    assert_non_null(strstr(p->world.err.message, "target_session_attrs"));
}

struct waiting {
    struct pair *p;
    struct sm_db_pool *pool;
    enum sm_status status;
    struct sm_error err;
    bool doubt;
};

static void *commit_and_wait(void *arg)
{
    struct waiting *w = arg;
    struct sm_db *db = sm_test_get(w->pool);
    struct sm_arena *arena = sm_arena_new(1 << 16);
    const struct sm_arg args[] = {sm_arg_int8(2)};

    sm_db_begin(db);
    w->status = sm_db_query(NULL, db, arena, &q_put, args, &w->err);
    if (w->status == SM_OK)
        w->status = sm_db_commit(db, &w->err);
    w->doubt = sm_db_in_doubt(db);
    sm_db_put(db);
    sm_arena_free(arena);
    return NULL;
}

/* The standby hangs: COMMIT waits.  Nobody may say that it is done, neither
 * when the wait is too long nor when an operator ends it. */
static void commit_without_the_standby_is_in_doubt(void **state)
{
    struct pair *p = *state;
    struct sm_db_pool *patient = program(p, p->both, p->timeline, 5000);
    struct sm_db_pool *pool = program(p, p->both, p->timeline, 600);
    struct waiting w = {.p = p, .pool = patient};
    int64_t began = sm_clock_mono_ms();
    pthread_t thread;

    assert_int_equal(put(p, patient, 1), SM_OK);
    sm_test_pg("freeze", p->b, NULL);
    began = sm_clock_mono_ms();
    assert_int_equal(put(p, pool, 9), SM_UNAVAILABLE);
    assert_in_range(sm_clock_mono_ms() - began, 600, 1300);
    assert_non_null(strstr(p->world.err.message, "COMMIT in doubt"));
    assert_false(has(p, p->on_a, 9)); /* nobody sees it, nobody is told so */

    assert_int_equal(pthread_create(&thread, NULL, commit_and_wait, &w), 0);
    usleep(200 * 1000);
    sm_test_sql_at(p->on_a, "SELECT pg_cancel_backend(pid) FROM"
                            " pg_stat_activity WHERE wait_event = 'SyncRep'");
    pthread_join(thread, NULL);
    assert_int_equal(w.status, SM_UNAVAILABLE);
    assert_true(w.doubt);
    assert_non_null(strstr(w.err.message, "standby"));
    assert_true(has(p, p->on_a, 2)); /* its own key tells */
    sm_test_pg("thaw", p->b, NULL);
    assert_int_equal(put(p, pool, 2), SM_OK);
    assert_int_equal(put(p, pool, 9), SM_OK);
}

/* What a program that starts now makes of the server: in a process of its
 * own, which knows nothing but the file. */
static void newcomer_refuses(struct pair *p, const char *conninfo)
{
    int status;
    pid_t child = fork();

    assert_true(child >= 0);
    if (child == 0) {
        struct sm_db_pool *pool = program(p, conninfo, p->timeline, 1000);

        _exit(put(p, pool, 100) == SM_UNAVAILABLE &&
                      strstr(p->world.err.message, "timeline 1, but 2 was seen")
                  ? 0
                  : 1);
    }
    assert_true(waitpid(child, &status, 0) == child);
    assert_int_equal(status, 0);
}

static void promoted_standby_takes_over(struct pair *p, struct sm_db_pool *pool)
{
    int64_t began = sm_clock_mono_ms();

    sm_test_pg("promote", p->b, NULL);
    began = sm_clock_mono_ms();
    while (put(p, pool, 2) != SM_OK) {
        assert_true(sm_clock_mono_ms() - began < 5000);
        usleep(20 * 1000);
    }
}

static void old_primary_gets_nothing_more(void **state)
{
    struct pair *p = *state;
    struct sm_db_pool *pool = program(p, p->both, p->timeline, 1000);

    assert_int_equal(put(p, pool, 1), SM_OK);
    sm_test_pg("kill", p->a, NULL);
    assert_int_equal(put(p, pool, 2), SM_UNAVAILABLE);
    promoted_standby_takes_over(p, pool);
    assert_true(has(p, p->on_b, 1)); /* nothing acknowledged is lost */

    /* It comes back as it was, and waits for no standby now. */
    sm_test_pg("start", p->a, NULL);
    sm_test_sql_at(p->on_a, "ALTER SYSTEM RESET synchronous_standby_names");
    sm_test_sql_at(p->on_a, "SELECT pg_reload_conf()");
    assert_int_equal(put(p, program(p, p->both, p->timeline, 1000), 3), SM_OK);
    assert_true(has(p, p->on_b, 3));
    refused(p, program(p, p->on_a, p->timeline, 1000), "an old primary",
            SM_METRIC_DB_REFUSED_TIMELINE);
    newcomer_refuses(p, p->on_a);
    for (int64_t id = 2; id <= 3; id++)
        assert_false(has(p, p->on_a, id));
    assert_false(has(p, p->on_a, 100));
    /* Without the memory it would have been believed. */
    assert_int_equal(put(p, program(p, p->both, NULL, 1000), 4), SM_OK);
    assert_true(has(p, p->on_a, 4));
}

/* The old primary never died: it was only cut off.  Connections to it end as
 * soon as any program of the site has seen the new one. */
static void connections_to_the_past_end(void **state)
{
    struct pair *p = *state;
    struct sm_db_pool *ours = program(p, p->on_a, p->timeline, 1000);
    struct sm_db_pool *others = program(p, p->on_b, p->timeline, 1000);
    const struct sm_arg args[] = {sm_arg_int8(5)};
    struct sm_db *db, *idle;

    sm_test_sql_at(p->on_a, "ALTER SYSTEM RESET synchronous_standby_names");
    sm_test_sql_at(p->on_a, "SELECT pg_reload_conf()");
    assert_int_equal(put(p, ours, 1), SM_OK);
    db = sm_test_get(ours);
    idle = sm_test_get(ours);
    sm_db_put(idle);
    sm_db_begin(db);
    assert_int_equal(sm_db_query(NULL, db, p->world.arena, &q_put, args, NULL),
                     SM_OK);
    sm_test_pg("promote", p->b, NULL);
    assert_int_equal(put(p, others, 2), SM_OK);
    /* in the middle of a transaction: nothing is committed, for certain */
    assert_int_equal(sm_db_commit(db, &p->world.err), SM_UNAVAILABLE);
    assert_false(sm_db_in_doubt(db));
    sm_db_put(db);
    /* and the idle one is not handed out any more */
    refused(p, ours, "an old primary", SM_METRIC_DB_REFUSED_TIMELINE);
    assert_false(has(p, p->on_a, 5));
}

static void another_cluster_needs_a_word(void **state)
{
    struct pair *p = *state;
    struct sm_db_pool *pool = program(p, p->on_a, p->timeline, 1000);
    struct sm_fence *fence;

    assert_int_equal(sm_fence_open(&fence, p->timeline, NULL), SM_OK);
    assert_int_equal(sm_fence_forget(fence, NULL), SM_OK);
    assert_int_equal(sm_fence_pass(fence, 4711, 1), SM_FENCE_PASS);
    refused(p, pool, "smetka fence --forget", SM_METRIC_DB_REFUSED_CLUSTER);
    assert_int_equal(sm_fence_forget(fence, NULL), SM_OK);
    usleep(60 * 1000); /* the pause after a failed connect */
    assert_int_equal(put(p, pool, 1), SM_OK);
    assert_int_equal(sm_fence_timeline(fence), 1);
    sm_fence_close(fence);
}

static void what_could_lose_money_is_refused(void **state)
{
    static const struct {
        const char *sql, *why; /* NULL: accepted */
    } cases[] = {
        {"ALTER ROLE postgres SET synchronous_commit = 'off'",
         "synchronous_commit is off"},
        {"ALTER ROLE postgres SET synchronous_commit = 'local'",
         "synchronous_commit is local"},
        {"ALTER ROLE postgres SET synchronous_commit = 'remote_write'", NULL},
        {"ALTER ROLE postgres RESET synchronous_commit", NULL},
    };
    struct pair *p = *state;

    for (size_t i = 0; i < SM_COUNT(cases); i++) {
        sm_test_sql_at(p->on_a, cases[i].sql);
        if (cases[i].why)
            refused(p, program(p, p->on_a, p->timeline, 1000), cases[i].why,
                    SM_METRIC_DB_REFUSED_DURABLE);
        else
            assert_int_equal(put(p, program(p, p->on_a, p->timeline, 1000), 1),
                             SM_OK);
    }
    /* the test's own server syncs nothing */
    refused(p, program(p, sm_test_database(), NULL, 1000), "fsync is off",
            SM_METRIC_DB_REFUSED_DURABLE);
}

int main(void)
{
    /* on one pair, as it is made */
    const struct CMUnitTest peace[] = {
        cmocka_unit_test(standby_decides_nothing),
        cmocka_unit_test(commit_without_the_standby_is_in_doubt),
        cmocka_unit_test(another_cluster_needs_a_word),
        cmocka_unit_test(what_could_lose_money_is_refused),
    };
    /* each on its own */
    const struct CMUnitTest war[] = {
        cmocka_unit_test_setup_teardown(old_primary_gets_nothing_more,
                                        open_pair, close_pair),
        cmocka_unit_test_setup_teardown(connections_to_the_past_end, open_pair,
                                        close_pair),
    };

    return cmocka_run_group_tests(peace, open_pair, close_pair) +
           cmocka_run_group_tests(war, NULL, NULL);
}
