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

static bool push(struct sm_front *front, struct sm_conn *conn)
{
    bool fits;

    pthread_mutex_lock(&front->mutex);
    fits = front->tail - front->head < front->size;
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
}

/* The head of the queue, or NULL; *STOPPED says whether to go home. */
static struct sm_conn *pop(struct sm_front *front, bool *stopped)
{
    struct sm_conn *conn = NULL;

    pthread_mutex_lock(&front->mutex);
    if (front->head != front->tail)
        conn = &front->conns[front->queue[front->head++ % front->size]];
    *stopped = front->stopped;
    pthread_mutex_unlock(&front->mutex);
    if (conn)
        sm_metric_add(SM_METRIC_QUEUE_DEPTH, -1);
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
    pthread_mutex_lock(&front->mutex);
    front->stopped = true;
    pthread_mutex_unlock(&front->mutex);
    kick(front, (uint64_t)front->started);
}
