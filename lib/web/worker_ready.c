/* How a request finds its thread: see worker_impl.h. */
#include "web/worker_impl.h"

#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/metrics.h"

enum { EVENTS = 64 };

/* A kept connection that the other side closed needs no thread. */
static bool is_closed(const struct sm_conn *conn, uint32_t events)
{
    char byte;

    if (!(events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)))
        return false;
    return recv(conn->own, &byte, 1, MSG_PEEK | MSG_DONTWAIT) <= 0;
}

/* The connection of EVENT, taken over; NULL for a kick, and for one that was
 * closed, which is dropped. */
static struct sm_conn *take_event(struct sm_front *front,
                                  const struct epoll_event *event)
{
    struct sm_conn *conn = event->data.ptr;

    if (!conn)
        return NULL;
    sm_conn_meet(conn);
    if (is_closed(conn, event->events)) {
        sm_conn_drop(front, conn);
        return NULL;
    }
    conn->ready_us = sm_clock_mono_us();
    return conn;
}

/* A burst is waited for.  But when the queue has not been empty for as long as
 * one may wait on it, more is asked than can be served, and to queue up only
 * makes everybody late: then who comes is told at once, as long as the first
 * of the queue has waited for overload_ms.  The lock is held. */
static bool is_overloaded(const struct sm_front *front, int64_t now)
{
    const struct sm_worker_options *options = front->options;
    const struct sm_conn *first =
        &front->conns[front->queue[front->head % front->size]];

    return now - front->empty_us > options->queue_ms * INT64_C(1000) &&
           now - first->ready_us > options->overload_ms * INT64_C(1000);
}

/* Nothing waits on the queue, because all were served in time; it does not
 * count that those who had waited for too long were told.  The lock is held. */
static void note_empty(struct sm_front *front, int64_t now)
{
    if (now - front->late_us > front->options->queue_ms * INT64_C(1000))
        front->empty_us = now;
}

static bool push(struct sm_front *front, struct sm_conn *conn)
{
    bool fits;

    pthread_mutex_lock(&front->mutex);
    if (front->head == front->tail)
        note_empty(front, conn->ready_us);
    fits =
        front->tail - front->head < front->size &&
        (front->head == front->tail || !is_overloaded(front, conn->ready_us));
    if (fits) {
        front->queue[front->tail++ % front->size] = (int)(conn - front->conns);
        atomic_fetch_add(&front->busy, 1);
    }
    pthread_mutex_unlock(&front->mutex);
    if (fits)
        sm_metric_add(SM_METRIC_QUEUE_DEPTH, 1);
    return fits;
}

static void kick(struct sm_front *front, uint64_t threads)
{
    /* Its counter cannot be full: there are few threads. */
    if (write(front->kick_fd, &threads, sizeof(threads)) < 0)
        return;
}

/* Take the head of the queue; NULL if there is none, or if it is to be LATE
 * and is not. */
static struct sm_conn *take_head(struct sm_front *front, bool *late)
{
    bool only_late = *late;
    struct sm_conn *conn = NULL;
    int64_t now = sm_clock_mono_us();

    pthread_mutex_lock(&front->mutex);
    if (front->head != front->tail) {
        conn = &front->conns[front->queue[front->head % front->size]];
        *late = now - conn->ready_us > front->options->queue_ms * INT64_C(1000);
        if (*late)
            front->late_us = now;
        if (only_late && !*late)
            conn = NULL;
        else if (++front->head == front->tail)
            note_empty(front, now);
    }
    pthread_mutex_unlock(&front->mutex);
    if (conn)
        sm_metric_add(SM_METRIC_QUEUE_DEPTH, -1);
    return conn;
}

static void turn_away_late(struct sm_front *front)
{
    struct sm_conn *conn;
    bool late = true;

    while ((conn = take_head(front, &late)) != NULL) {
        sm_conn_reject(front, conn);
        atomic_fetch_sub(&front->busy, 1);
    }
}

void sm_ready_queue(struct sm_front *front)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(front->ready_fd, events, EVENTS, 0);
    uint64_t pushed = 0;

    for (int i = 0; i < count; i++) {
        struct sm_conn *conn = take_event(front, &events[i]);

        if (!conn)
            continue;
        if (push(front, conn))
            pushed++;
        else
            sm_conn_reject(front, conn);
    }
    /* A thread that became free meanwhile has counted itself as waiting
     * before it looked into the queue: it saw the push, or is seen here. */
    if (pushed > 0 && atomic_load(&front->waiting) > 0)
        kick(front, pushed);
    turn_away_late(front);
}

/* The first of the queue that has not waited for too long, or NULL; *STOPPED
 * says whether to go home. */
static struct sm_conn *pop(struct sm_front *front, bool *stopped)
{
    struct sm_conn *conn;
    bool late = false;

    while ((conn = take_head(front, &late)) != NULL && late) {
        sm_conn_reject(front, conn);
        atomic_fetch_sub(&front->busy, 1);
        late = false;
    }
    *stopped = atomic_load(&front->stopped);
    return conn;
}

struct sm_conn *sm_ready_next(struct sm_front *front)
{
    struct sm_conn *conn = NULL;
    struct epoll_event event;
    uint64_t token;
    bool stopped = false;

    atomic_fetch_add(&front->waiting, 1);
    while (!conn && !(conn = pop(front, &stopped)) && !stopped) {
        if (epoll_wait(front->ready_fd, &event, 1, -1) != 1)
            continue;
        if (!event.data.ptr && read(front->kick_fd, &token, sizeof(token)) < 0)
            continue; /* another thread took the kick */
        conn = take_event(front, &event);
        if (conn)
            atomic_fetch_add(&front->busy, 1);
    }
    atomic_fetch_sub(&front->waiting, 1);
    return conn;
}

void sm_ready_stop(struct sm_front *front)
{
    atomic_store(&front->stopped, true);
    kick(front, (uint64_t)front->started);
}
