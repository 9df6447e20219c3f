/* Connections of the worker: their table, and the 503 that costs no thread. */
#include "web/worker_impl.h"

#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/metrics.h"

/* FastCGI record types of the reply that is built by hand. */
enum { FCGI_VERSION = 1, FCGI_END = 3, FCGI_STDOUT = 6, FCGI_HEAD = 8 };

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

static void add_record(struct sm_buf *out, int type, const char *data,
                       size_t len)
{
    const unsigned char head[FCGI_HEAD] = {
        FCGI_VERSION,
        (unsigned char)type,
        0,
        1,
        (unsigned char)(len >> 8),
        (unsigned char)(len & 0xff),
        0,
        0,
    };

    sm_buf_add(out, head, sizeof(head));
    sm_buf_add(out, data, len);
}

bool sm_busy_reply_make(struct sm_front *front)
{
    static const char end[8];
    const char *text = front->options->busy;
    struct sm_buf cgi, out;
    bool ok;

    sm_buf_init(&cgi, 4096);
    sm_buf_init(&out, 8192);
    sm_buf_addf(&cgi,
                "Status: 503 Service Unavailable\r\nRetry-After: 2\r\n"
                "Content-Type: text/plain; charset=utf-8\r\n"
                "Cache-Control: no-store\r\nContent-Length: %zu\r\n\r\n%s",
                strlen(text), text);
    add_record(&out, FCGI_STDOUT, cgi.data, cgi.len);
    add_record(&out, FCGI_STDOUT, "", 0);
    add_record(&out, FCGI_END, end, sizeof(end));
    front->busy_reply = malloc(out.len + 1);
    ok = sm_buf_ok(&cgi) && sm_buf_ok(&out) && front->busy_reply;
    if (ok) {
        memcpy(front->busy_reply, out.data, out.len);
        front->busy_len = out.len;
    }
    sm_buf_release(&cgi);
    sm_buf_release(&out);
    return ok;
}

/* The request id stands in the first record; the reply must carry it. */
static void set_request_id(unsigned char *reply, size_t len,
                           const unsigned char id[2])
{
    size_t at = 0;

    while (at + FCGI_HEAD <= len) {
        reply[at + 2] = id[0];
        reply[at + 3] = id[1];
        at += FCGI_HEAD + (size_t)(reply[at + 4] << 8 | reply[at + 5]);
    }
}

void sm_conn_reject(struct sm_front *front, struct sm_conn *conn)
{
    unsigned char reply[8192], in[16384];
    unsigned char id[2] = {0, 1};
    ssize_t got;
    bool first = true;
    int rounds = 0;

    /* What has arrived is taken off the socket: closing a unix socket with
     * unread bytes would reset it before the reply is read. */
    do {
        got = recv(conn->own, in, sizeof(in), MSG_DONTWAIT);
        if (first && got >= FCGI_HEAD)
            memcpy(id, in + 2, sizeof(id));
        first = false;
    } while (got > 0 && ++rounds < 64);
    memcpy(reply, front->busy_reply, front->busy_len);
    set_request_id(reply, front->busy_len, id);
    if (send(conn->own, reply, front->busy_len, MSG_DONTWAIT | MSG_NOSIGNAL) >
        0)
        shutdown(conn->own, SHUT_WR);
    sm_metric_add(SM_METRIC_REQUESTS_SHED, 1);
    sm_conn_drop(front, conn);
}
