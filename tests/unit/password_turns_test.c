/* links: auth base */
/* How many hashes are computed at a time, and who waits for how long. */
#include "argon2_watch.h"

#include <unistd.h>

#include "base/clock.h"

static void set_gate(bool closed)
{
    pthread_mutex_lock(&watch.lock);
    watch.closed = closed;
    pthread_cond_broadcast(&watch.changed);
    pthread_mutex_unlock(&watch.lock);
}

static int inside(void)
{
    int count;

    pthread_mutex_lock(&watch.lock);
    count = watch.inside;
    pthread_mutex_unlock(&watch.lock);
    return count;
}

static void wait_until_inside(int count)
{
    int64_t until = sm_clock_mono_ms() + PATIENCE_MS;

    while (inside() != count && sm_clock_mono_ms() < until)
        usleep(1000);
    assert_int_equal(inside(), count);
}

/* What one thread does to a hasher. */
struct worker {
    pthread_t thread;
    struct sm_hasher *hasher;
    int times;
    enum sm_status last;
};

static void *work(void *arg)
{
    struct worker *worker = arg;
    char kept[SM_PASSWORD_TEXT];
    bool renew;

    for (int i = 0; i < worker->times; i++) {
        worker->last = hash(kept, worker->hasher, PASSWORD);
        if (worker->last == SM_OK)
            worker->last = verify(&renew, worker->hasher, kept, PASSWORD);
        if (worker->last != SM_OK)
            break;
    }
    return NULL;
}

static void start(struct worker *worker, struct sm_hasher *hasher, int times)
{
    *worker = (struct worker){.hasher = hasher, .times = times};
    assert_int_equal(pthread_create(&worker->thread, NULL, work, worker), 0);
}

static void finish(struct worker *worker)
{
    assert_int_equal(pthread_join(worker->thread, NULL), 0);
    assert_int_equal(worker->last, SM_OK);
}

static void two_at_a_time(void **state)
{
    struct sm_password_options from = options();
    static struct worker workers[8];
    struct sm_hasher *hasher;

    (void)state;
    from.queue = SM_COUNT(workers);
    hasher = make(&from);
    set_gate(true);
    for (size_t i = 0; i < SM_COUNT(workers); i++)
        start(&workers[i], hasher, 20);
    wait_until_inside(2);
    usleep(50000); /* time for a third, if one could */
    assert_int_equal(inside(), 2);
    set_gate(false);
    for (size_t i = 0; i < SM_COUNT(workers); i++)
        finish(&workers[i]);
    assert_int_equal(watch.calls, 8 * 20 * 2);
    assert_int_equal(watch.peak, 2);
    sm_hasher_free(hasher);
}

static void busy_after_the_deadline(void **state)
{
    struct sm_password_options from = options();
    struct sm_hasher *hasher;
    static struct worker worker;
    char kept[SM_PASSWORD_TEXT] = "x";
    struct sm_error err;
    bool renew = true;
    int64_t began, took;

    (void)state;
    from.parallel = 1;
    from.wait_ms = 80;
    hasher = make(&from);
    set_gate(true);
    start(&worker, hasher, 1);
    wait_until_inside(1);
    began = sm_clock_mono_ms();
    assert_int_equal(
        sm_password_hash(kept, hasher, PASSWORD, strlen(PASSWORD), &err),
        SM_BUSY);
    took = sm_clock_mono_ms() - began;
    assert_true(took >= 80 && took < PATIENCE_MS);
    assert_string_equal(kept, "");
    assert_string_equal(err.message, "password: no turn in time");
    assert_int_equal(verify(&renew, hasher, NULL, PASSWORD), SM_BUSY);
    assert_false(renew);
    assert_int_equal(watch.calls, 1); /* nothing was computed meanwhile */
    set_gate(false);
    finish(&worker);
    assert_int_equal(hash(kept, hasher, PASSWORD), SM_OK);
    sm_hasher_free(hasher);
}

static void a_full_queue_is_told_at_once(void **state)
{
    struct sm_password_options from = options();
    struct sm_hasher *hasher;
    static struct worker worker;
    char kept[SM_PASSWORD_TEXT];
    int64_t began;

    (void)state;
    from.parallel = 1;
    from.queue = 0;
    hasher = make(&from);
    set_gate(true);
    start(&worker, hasher, 1);
    wait_until_inside(1);
    began = sm_clock_mono_ms();
    assert_int_equal(hash(kept, hasher, PASSWORD), SM_BUSY);
    assert_true(sm_clock_mono_ms() - began < PATIENCE_MS / 2);
    set_gate(false);
    finish(&worker);
    sm_hasher_free(hasher);
}

/* A hash that fails gives its turn back. */
static void a_failure_is_no_turn_lost(void **state)
{
    struct sm_password_options from = options();
    struct sm_hasher *hasher;
    char kept[SM_PASSWORD_TEXT] = "x";
    bool renew = true;

    (void)state;
    from.parallel = 1;
    from.wait_ms = 0;
    hasher = make(&from);
    watch.failure = ARGON2_MEMORY_ALLOCATION_ERROR;
    assert_int_equal(hash(kept, hasher, PASSWORD), SM_INTERNAL);
    assert_string_equal(kept, "");
    assert_int_equal(verify(&renew, hasher, NULL, PASSWORD), SM_INTERNAL);
    watch.failure = 0;
    assert_int_equal(hash(kept, hasher, PASSWORD), SM_OK);
    assert_int_equal(verify(&renew, hasher, kept, PASSWORD), SM_OK);
    sm_hasher_free(hasher);
}

/* One who waits for a turn and notes its number in the order of coming in. */
struct waiter {
    pthread_t thread;
    struct sm_turns *turns;
    int place;
};

static int places;

static void *wait_for_place(void *arg)
{
    struct waiter *waiter = arg;

    if (sm_turns_take(waiter->turns, PATIENCE_MS) != SM_OK)
        return NULL;
    waiter->place = ++places; /* only one has the turn */
    sm_turns_give(waiter->turns);
    return NULL;
}

static void wait_until_waiting(struct sm_turns *turns, int count)
{
    bool enough = false;

    while (!enough) {
        usleep(1000);
        pthread_mutex_lock(&turns->lock);
        enough = turns->waiting == count;
        pthread_mutex_unlock(&turns->lock);
    }
}

static void who_waits_longest_is_next(void **state)
{
    struct waiter waiters[5];
    struct sm_turns turns;

    (void)state;
    places = 0;
    assert_true(sm_turns_init(&turns, 1, SM_COUNT(waiters)));
    assert_int_equal(sm_turns_take(&turns, 0), SM_OK);
    for (size_t i = 0; i < SM_COUNT(waiters); i++) {
        waiters[i] = (struct waiter){.turns = &turns};
        assert_int_equal(pthread_create(&waiters[i].thread, NULL,
                                        wait_for_place, &waiters[i]),
                         0);
        wait_until_waiting(&turns, (int)i + 1);
    }
    assert_int_equal(sm_turns_take(&turns, PATIENCE_MS), SM_BUSY); /* full */
    sm_turns_give(&turns);
    for (size_t i = 0; i < SM_COUNT(waiters); i++) {
        assert_int_equal(pthread_join(waiters[i].thread, NULL), 0);
        assert_int_equal(waiters[i].place, i + 1);
    }
    assert_int_equal(turns.free, 1);
    sm_turns_clear(&turns);
}

/* Who gives up is not handed a turn, and none is lost. */
static void who_gives_up_leaves_the_queue(void **state)
{
    struct sm_turns turns;

    (void)state;
    assert_true(sm_turns_init(&turns, 2, 1));
    assert_int_equal(sm_turns_take(&turns, 0), SM_OK);
    assert_int_equal(sm_turns_take(&turns, 0), SM_OK);
    for (int i = 0; i < 3; i++)
        assert_int_equal(sm_turns_take(&turns, 5), SM_BUSY);
    assert_int_equal(turns.waiting, 0);
    assert_null(turns.first);
    sm_turns_give(&turns);
    assert_int_equal(sm_turns_take(&turns, 0), SM_OK);
    assert_int_equal(sm_turns_take(&turns, 0), SM_BUSY);
    sm_turns_give(&turns);
    sm_turns_give(&turns);
    assert_int_equal(turns.free, 2);
    sm_turns_clear(&turns);
}

/* Also after a failure: whoever is inside must get out. */
static int open_gate(void **state)
{
    (void)state;
    set_gate(false);
    watch.failure = 0;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(two_at_a_time, open_gate),
        cmocka_unit_test_teardown(busy_after_the_deadline, open_gate),
        cmocka_unit_test_teardown(a_full_queue_is_told_at_once, open_gate),
        cmocka_unit_test_teardown(a_failure_is_no_turn_lost, open_gate),
        cmocka_unit_test(who_waits_longest_is_next),
        cmocka_unit_test(who_gives_up_leaves_the_queue),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
