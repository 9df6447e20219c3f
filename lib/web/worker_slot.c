/* Handling threads of the worker: take a readable connection, let libfcgi
 * decode the request on it, have it answered, give the connection back. */
#include "web/worker_impl.h"

#include <fcgiapp.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/metrics.h"

struct sm_exchange {
    FCGX_Request *request;
    bool sent;
};

/* Unread bytes of a body that are still read off the connection so that it
 * can be kept; after more it is closed. */
enum { SKIP_MAX = 1 << 20 };

char *const *sm_exchange_params(const struct sm_exchange *exchange)
{
    return exchange->request->envp;
}

ssize_t sm_exchange_body(struct sm_exchange *exchange, char *buf, size_t size)
{
    FCGX_Stream *in = exchange->request->in;
    size_t len = 0;

    while (len < size) {
        size_t want = size - len > INT_MAX ? INT_MAX : size - len;
        int got = FCGX_GetStr(buf + len, (int)want, in);

        if (got <= 0)
            break;
        len += (size_t)got;
    }
    if (FCGX_GetError(in) != 0)
        return -1;
    if (len == size && FCGX_GetChar(in) != EOF)
        return (ssize_t)size + 1;
    return FCGX_GetError(in) != 0 ? -1 : (ssize_t)len;
}

bool sm_exchange_send(struct sm_exchange *exchange, const char *data,
                      size_t len)
{
    FCGX_Stream *out = exchange->request->out;

    exchange->sent = true;
    while (len > 0) {
        int part = len > INT_MAX ? INT_MAX : (int)len;

        if (FCGX_PutStr(data, part, out) != part)
            return false;
        data += part;
        len -= (size_t)part;
    }
    return true;
}

/* Read the rest of the request, so that the connection stands at a border.
 * False if there is too much of it. */
static bool skip_rest(FCGX_Request *request)
{
    char sink[4096];
    size_t skipped = 0;
    int got;

    while ((got = FCGX_GetStr(sink, sizeof(sink), request->in)) > 0) {
        skipped += (size_t)got;
        if (skipped > SKIP_MAX)
            return false;
    }
    return FCGX_GetError(request->in) == 0;
}

static void slot_hold(struct sm_slot *slot, int own, int64_t deadline_ms)
{
    pthread_mutex_lock(&slot->mutex);
    slot->own = own;
    slot->deadline_ms = deadline_ms;
    pthread_mutex_unlock(&slot->mutex);
}

int sm_slots_watch(struct sm_front *front, bool every)
{
    int64_t now = sm_clock_mono_ms();
    int cut = 0;

    for (int i = 0; i < front->started; i++) {
        struct sm_slot *slot = &front->slots[i];

        pthread_mutex_lock(&slot->mutex);
        if (slot->own >= 0 && (every || now >= slot->deadline_ms)) {
            shutdown(slot->own, SHUT_RDWR);
            cut++;
        }
        pthread_mutex_unlock(&slot->mutex);
    }
    return cut;
}

/* One request on CONN.  True if the connection can be kept. */
static bool slot_serve(struct sm_slot *slot, struct sm_conn *conn)
{
    struct sm_front *front = slot->front;
    const struct sm_worker_options *options = front->options;
    FCGX_Request request;
    struct sm_exchange exchange = {.request = &request};

    FCGX_InitRequest(&request, -1, 0);
    /* With a descriptor in place and keepConnection set, FCGX_Accept_r()
     * neither accepts nor closes: it decodes.  On failure it has closed. */
    request.ipcFd = conn->fd;
    request.keepConnection = 1;
    /* A close is a close: without this libfcgi would wait in the thread, up
     * to 2 s, for the other side to close first. */
    request.detached = 1;
    if (FCGX_Accept_r(&request) != 0) {
        conn->fd = -1;
        return false;
    }
    /* It takes parameters that were cut off for whole ones; the stream's
     * error tells. */
    if (FCGX_GetError(request.in) != 0) {
        FCGX_Free(&request, 1);
        conn->fd = -1;
        return false;
    }
    options->handle(options->ctx, slot->state, &exchange);
    /* Not closed while draining either: nginx may have put its next request
     * on it already.  It gives every connection up within keepalive_time. */
    if (!skip_rest(&request) || !exchange.sent)
        request.keepConnection = 0;
    FCGX_Finish_r(&request);
    conn->fd = request.ipcFd;
    if (atomic_fetch_add(&front->served, 1) + 1 == options->max_requests) {
        const uint64_t one = 1;

        /* The counter of an eventfd cannot be full here. */
        if (write(front->wake_fd, &one, sizeof(one)) < 0)
            atomic_store(&front->draining, true);
    }
    return conn->fd >= 0;
}

static void slot_take(struct sm_slot *slot, struct sm_conn *conn)
{
    struct sm_front *front = slot->front;
    bool keep;

    slot_hold(slot, conn->own, sm_clock_mono_ms() + front->options->request_ms);
    sm_metric_add(SM_METRIC_THREADS_BUSY, 1);
    keep = slot_serve(slot, conn);
    sm_metric_add(SM_METRIC_THREADS_BUSY, -1);
    slot_hold(slot, -1, 0);
    if (!keep || !sm_conn_arm(front, conn, EPOLL_CTL_MOD))
        sm_conn_drop(front, conn);
}

/* A thread that is woken, by a request or by the database's answer, does not
 * interrupt what runs on its core: several requests then pass through each
 * program in a row, and find its code and data in the core's caches.  The
 * front stays as it is, to turn away in time.  Where it is not allowed, all
 * goes on as before. */
static void wait_for_turn(void)
{
    const struct sched_param none = {0};

    (void)pthread_setschedparam(pthread_self(), SCHED_BATCH, &none);
}

void *sm_slot_run(void *arg)
{
    struct sm_slot *slot = arg;
    struct sm_front *front = slot->front;
    struct sm_conn *conn;

    wait_for_turn();
    while ((conn = sm_ready_next(front)) != NULL) {
        sm_metric_time(SM_HISTOGRAM_QUEUE, sm_clock_mono_us() - conn->ready_us);
        slot_take(slot, conn);
        atomic_fetch_sub(&front->busy, 1);
    }
    atomic_fetch_sub(&front->running, 1);
    return NULL;
}
