/* Connections of the worker: their table, and how they are watched. */
#include "web/worker_impl.h"

#include <sys/epoll.h>
#include <unistd.h>

#include "base/metrics.h"

struct sm_conn *sm_conn_take(struct sm_front *front)
{
    struct sm_conn *conn = NULL;

    pthread_mutex_lock(&front->mutex);
    if (front->free_conn >= 0) {
        conn = &front->conns[front->free_conn];
        front->free_conn = conn->next;
    }
    pthread_mutex_unlock(&front->mutex);
    if (conn) {
        conn->fd = conn->own = conn->next = -1;
        atomic_fetch_add(&front->open, 1);
        sm_metric_add(SM_METRIC_CONNECTIONS, 1);
    }
    return conn;
}

void sm_conn_drop(struct sm_front *front, struct sm_conn *conn)
{
    if (conn->fd >= 0)
        close(conn->fd);
    if (conn->own >= 0)
        close(conn->own);
    conn->fd = conn->own = -1;
    pthread_mutex_lock(&front->mutex);
    conn->next = front->free_conn;
    front->free_conn = (int)(conn - front->conns);
    pthread_mutex_unlock(&front->mutex);
    atomic_fetch_sub(&front->open, 1);
    sm_metric_add(SM_METRIC_CONNECTIONS, -1);
}

bool sm_conn_arm(struct sm_front *front, struct sm_conn *conn, int op)
{
    struct epoll_event event = {
        .events = EPOLLIN | EPOLLRDHUP | EPOLLONESHOT,
        .data.ptr = conn,
    };
    bool ok;

    pthread_mutex_lock(&conn->handing);
    ok = epoll_ctl(front->ready_fd, op, conn->own, &event) == 0;
    pthread_mutex_unlock(&conn->handing);
    return ok;
}

void sm_conn_meet(struct sm_conn *conn)
{
    pthread_mutex_lock(&conn->handing);
    pthread_mutex_unlock(&conn->handing);
}
