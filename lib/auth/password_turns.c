/* Turns: a semaphore with a deadline, a ceiling on who waits, and an order. */
#include <time.h>

#include "auth/password_impl.h"
#include "base/clock.h"

/* One who waits; lives on the stack of sm_turns_take(). */
struct sm_turn {
    struct sm_turn *next;
    pthread_cond_t handed;
    bool mine;
};

bool sm_turns_init(struct sm_turns *turns, int count, int queue)
{
    *turns = (struct sm_turns){.free = count, .queue = queue};
    if (pthread_mutex_init(&turns->lock, NULL) != 0)
        return false;
    if (pthread_condattr_init(&turns->monotonic) != 0) {
        pthread_mutex_destroy(&turns->lock);
        return false;
    }
    pthread_condattr_setclock(&turns->monotonic, CLOCK_MONOTONIC);
    return true;
}

void sm_turns_clear(struct sm_turns *turns)
{
    pthread_condattr_destroy(&turns->monotonic);
    pthread_mutex_destroy(&turns->lock);
}

static void unlink_turn(struct sm_turns *turns, const struct sm_turn *gone)
{
    struct sm_turn **link = &turns->first;

    while (*link && *link != gone)
        link = &(*link)->next;
    if (*link)
        *link = gone->next;
}

/* Queue up and sleep until sm_turns_give() hands over a turn; the lock is
 * held. */
static bool wait_for_turn(struct sm_turns *turns, int wait_ms)
{
    int64_t until_ms = sm_clock_mono_ms() + wait_ms;
    const struct timespec until = {
        .tv_sec = until_ms / 1000,
        .tv_nsec = until_ms % 1000 * 1000000L,
    };
    struct sm_turn self = {0}, **link = &turns->first;

    if (turns->waiting >= turns->queue ||
        pthread_cond_init(&self.handed, &turns->monotonic) != 0)
        return false;
    while (*link)
        link = &(*link)->next;
    *link = &self;
    turns->waiting++;
    while (!self.mine && sm_clock_mono_ms() < until_ms)
        pthread_cond_timedwait(&self.handed, &turns->lock, &until);
    turns->waiting--;
    if (!self.mine)
        unlink_turn(turns, &self);
    pthread_cond_destroy(&self.handed);
    return self.mine;
}

enum sm_status sm_turns_take(struct sm_turns *turns, int wait_ms)
{
    bool got = true;

    pthread_mutex_lock(&turns->lock);
    if (turns->free > 0)
        turns->free--;
    else
        got = wait_for_turn(turns, wait_ms);
    pthread_mutex_unlock(&turns->lock);
    return got ? SM_OK : SM_BUSY;
}

/* A turn goes to who waits longest, never to one who comes by just now. */
void sm_turns_give(struct sm_turns *turns)
{
    struct sm_turn *next;

    pthread_mutex_lock(&turns->lock);
    next = turns->first;
    if (next) {
        turns->first = next->next;
        next->mine = true;
        pthread_cond_signal(&next->handed);
    } else {
        turns->free++;
    }
    pthread_mutex_unlock(&turns->lock);
}
