/* A second session beside the first.  While a transaction is about to commit,
 * another thread runs a step of somebody else's, until that has ended or
 * waits for a lock of the first; then the first commits, then the second goes
 * on.  Only one thread runs at a time, so the order is always the same. */
#include <libpq-fe.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "books.h"
#include "seam.h"
#include "sim.h"
#include "tasks.h"

static struct {
    pthread_t thread;
    pthread_mutex_t turn;
    pthread_cond_t wake, done;
    bool busy, stop, in_database;
    struct sim_task task;
    int who, form; /* of the button that may be pressed twice */
} twin = {
    .turn = PTHREAD_MUTEX_INITIALIZER,
    .wake = PTHREAD_COND_INITIALIZER,
    .done = PTHREAD_COND_INITIALIZER,
    .who = -1,
};

/* The first session keeps its turn while it waits for the database: what the
 * second does once it is let go comes after all of the first's COMMIT. */
void seam_leave(void)
{
    if (seam == NULL || !seam->twin)
        return;
    twin.in_database = true;
    pthread_mutex_unlock(&twin.turn);
}

void seam_enter(void)
{
    if (seam == NULL || !seam->twin)
        return;
    pthread_mutex_lock(&twin.turn);
    twin.in_database = false;
}

static void *live(void *arg)
{
    static struct seam own = {.twin = true};

    (void)arg;
    seam = &own;
    pthread_mutex_lock(&twin.turn);
    for (;;) {
        while (!twin.busy && !twin.stop)
            pthread_cond_wait(&twin.wake, &twin.turn);
        if (twin.stop)
            break;
        sim_task_do(&twin.task);
        twin.busy = false;
        pthread_cond_signal(&twin.done);
    }
    pthread_mutex_unlock(&twin.turn);
    return NULL;
}

void twin_open(void)
{
    twin.stop = false;
    pthread_mutex_lock(&twin.turn);
    if (pthread_create(&twin.thread, NULL, live, NULL) != 0)
        abort();
}

void twin_close(void)
{
    twin.stop = true;
    pthread_cond_signal(&twin.wake);
    pthread_mutex_unlock(&twin.turn);
    pthread_join(twin.thread, NULL);
}

void twin_offer(int who, int form)
{
    twin.who = who;
    twin.form = form;
}

/* What the other session shall do; false: nothing is at hand. */
static bool choose(struct sim_task *out)
{
    if (twin.who >= 0 && sim_chance(600)) {
        *out = (struct sim_task){
            .kind = TASK_POST, .who = twin.who, .what = twin.form};
        twin.who = -1;
        return true;
    }
    if (sim_chance(800) && sim_task_take_hook(out))
        return true;
    *out = (struct sim_task){.kind = TASK_SWEEP};
    return sim_chance(200);
}

/* Let it run until it has ended or waits for a lock. */
static void let_run(void)
{
    struct timespec nap;

    while (twin.busy) {
        clock_gettime(CLOCK_REALTIME, &nap);
        nap.tv_nsec += 150000;
        if (nap.tv_nsec >= 1000000000L) {
            nap.tv_nsec -= 1000000000L;
            nap.tv_sec++;
        }
        pthread_cond_timedwait(&twin.done, &twin.turn, &nap);
        if (twin.busy && twin.in_database && books_somebody_waits())
            break;
    }
}

void twin_begin(void)
{
    if (twin.busy || !choose(&twin.task))
        return;
    sim_say("-- meanwhile, before COMMIT");
    twin.busy = true;
    pthread_cond_signal(&twin.wake);
    let_run();
    sim_say("-- %s", twin.busy ? "it waits" : "done");
}

void twin_join(void)
{
    bool waited = twin.busy;

    while (twin.busy)
        pthread_cond_wait(&twin.done, &twin.turn);
    if (waited)
        sim_say("-- and goes on to its end");
}
