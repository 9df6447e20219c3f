#include "web/worker.h"

#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "web/worker_impl.h"

enum {
    EVENTS = 64,
    ACCEPTS = 32,   /* in one go, while all threads are busy */
    TICK_MS = 50,   /* of the loop: deadlines, and are all threads busy */
    SHORT_MS = 5,   /* while they are, and while draining */
    PAUSE_MS = 100, /* without accepting, when descriptors ran out */
    LAST_MS = 2000  /* for threads to end after their connections were cut */
};

/* Marks in epoll for what is not a connection. */
static char mark_listen, mark_signal, mark_wake;

static void add_end_signals(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGINT);
}

void sm_worker_block_signals(void)
{
    sigset_t set;

    add_end_signals(&set);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    signal(SIGPIPE, SIG_IGN);
}

static bool watch(int epoll_fd, int fd, uint32_t events, void *mark)
{
    struct epoll_event event = {.events = events, .data.ptr = mark};

    return epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

/* Several workers share the listening socket; one of them is woken for a
 * connection. */
static bool listen_on(struct sm_front *front)
{
    front->listening = watch(front->epoll_fd, front->options->listen_fd,
                             EPOLLIN | EPOLLEXCLUSIVE, &mark_listen);
    return front->listening;
}

static void listen_off(struct sm_front *front)
{
    if (front->listening)
        epoll_ctl(front->epoll_fd, EPOLL_CTL_DEL, front->options->listen_fd,
                  NULL);
    front->listening = false;
}

static bool all_busy(const struct sm_front *front)
{
    return atomic_load(&front->busy) >= front->options->threads;
}

static void set_timeouts(int fd, int io_ms)
{
    struct timeval wait = {
        .tv_sec = io_ms / 1000,
        .tv_usec = (io_ms % 1000) * 1000,
    };

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof(wait));
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
}

/* Accept one connection; false if none waits.  When descriptors or places have
 * run out, stop listening for a moment instead of spinning on a readable
 * socket. */
static bool accept_one(struct sm_front *front)
{
    struct sm_conn *conn = sm_conn_take(front);

    if (!conn)
        goto pause;
    conn->fd = accept4(front->options->listen_fd, NULL, NULL, SOCK_CLOEXEC);
    if (conn->fd < 0) {
        bool none = errno == EAGAIN || errno == EINTR ||
                    errno == ECONNABORTED || errno == EPROTO;

        sm_conn_drop(front, conn);
        if (none)
            return false;
        goto pause;
    }
    conn->own = fcntl(conn->fd, F_DUPFD_CLOEXEC, 0);
    set_timeouts(conn->fd, front->options->io_ms);
    if (conn->own >= 0 && sm_conn_arm(front, conn, EPOLL_CTL_ADD))
        return true;
    sm_conn_drop(front, conn);
pause:
    listen_off(front);
    front->resume_ms = sm_clock_mono_ms() + PAUSE_MS;
    return false;
}

/* While a flood lasts the socket's queue must not fill up. */
static void accept_some(struct sm_front *front)
{
    int count = all_busy(front) ? ACCEPTS : 1;

    while (count-- > 0 && accept_one(front))
        continue;
}

static void begin_drain(struct sm_front *front, const char *why)
{
    if (atomic_exchange(&front->draining, true) && front->drain_until_ms)
        return;
    listen_off(front);
    /* Both stay readable: left in epoll they would make it spin. */
    epoll_ctl(front->epoll_fd, EPOLL_CTL_DEL, front->signal_fd, NULL);
    epoll_ctl(front->epoll_fd, EPOLL_CTL_DEL, front->wake_fd, NULL);
    front->resume_ms = 0;
    front->drain_until_ms = sm_clock_mono_ms() + front->options->drain_ms;
    sm_log_msg(SM_LOG_INFO, "worker_drain", "%s", why);
}

static void dispatch_event(struct sm_front *front,
                           const struct epoll_event *event)
{
    if (event->data.ptr == &mark_listen)
        accept_some(front);
    else if (event->data.ptr == &mark_signal)
        begin_drain(front, "told to end");
    else if (event->data.ptr == &mark_wake)
        begin_drain(front, "served worker.max_requests");
}

static int loop_wait_ms(const struct sm_front *front)
{
    return atomic_load(&front->draining) || all_busy(front) ? SHORT_MS
                                                            : TICK_MS;
}

/* Serve until the drain is over.  False if its deadline passed with requests
 * in hand. */
static bool loop(struct sm_front *front)
{
    struct epoll_event events[EVENTS];
    int64_t watched_ms = 0, now;

    for (;;) {
        int count =
            epoll_wait(front->epoll_fd, events, EVENTS, loop_wait_ms(front));

        for (int i = 0; i < count; i++)
            dispatch_event(front, &events[i]);
        if (all_busy(front))
            sm_ready_queue(front);
        now = sm_clock_mono_ms();
        if (now - watched_ms >= TICK_MS) {
            sm_slots_watch(front, false);
            watched_ms = now;
        }
        if (front->resume_ms && now >= front->resume_ms) {
            front->resume_ms = 0;
            listen_on(front);
        }
        if (atomic_load(&front->draining)) {
            begin_drain(front, "told to end");
            if (atomic_load(&front->open) == 0)
                return true;
            if (now >= front->drain_until_ms)
                return atomic_load(&front->busy) == 0;
        }
    }
}

static enum sm_status start_threads(struct sm_front *front,
                                    struct sm_error *err)
{
    const struct sm_worker_options *options = front->options;

    for (int i = 0; i < options->threads; i++) {
        struct sm_slot *slot = &front->slots[i];

        slot->front = front;
        slot->own = -1;
        pthread_mutex_init(&slot->mutex, NULL);
        slot->state = options->thread_open(options->ctx);
        if (!slot->state)
            return SM_FAIL(err, SM_INTERNAL, "thread state: no memory");
        atomic_fetch_add(&front->running, 1);
        if (pthread_create(&slot->thread, NULL, sm_slot_run, slot) != 0) {
            atomic_fetch_sub(&front->running, 1);
            options->thread_close(options->ctx, slot->state);
            return SM_FAIL(err, SM_INTERNAL, "pthread_create failed");
        }
        front->started++;
    }
    return SM_OK;
}

/* End the threads.  A handler that does not come back within LAST_MS holds
 * its memory: then the process must end without freeing it. */
static bool stop_threads(struct sm_front *front)
{
    int64_t until = sm_clock_mono_ms() + LAST_MS;
    struct timespec nap = {.tv_nsec = 5 * 1000 * 1000};

    sm_ready_stop(front);
    while (atomic_load(&front->running) > 0) {
        if (sm_clock_mono_ms() >= until)
            return false;
        if (front->drain_until_ms &&
            sm_clock_mono_ms() >= front->drain_until_ms)
            sm_slots_watch(front, true);
        nanosleep(&nap, NULL);
    }
    for (int i = 0; i < front->started; i++) {
        pthread_join(front->slots[i].thread, NULL);
        front->options->thread_close(front->options->ctx,
                                     front->slots[i].state);
        pthread_mutex_destroy(&front->slots[i].mutex);
    }
    return true;
}

static enum sm_status open_front(struct sm_front *front, struct sm_error *err)
{
    const struct sm_worker_options *options = front->options;
    sigset_t set;
    int flags;

    front->size = (unsigned)options->queue;
    front->queue = calloc(front->size, sizeof(*front->queue));
    front->conns = calloc((size_t)options->connections, sizeof(*front->conns));
    front->slots = calloc((size_t)options->threads, sizeof(*front->slots));
    if (!front->queue || !front->conns || !front->slots ||
        !sm_busy_replies_make(front))
        return SM_FAIL(err, SM_INTERNAL, "worker: no memory");
    for (int i = 0; i < options->connections; i++)
        front->conns[i] = (struct sm_conn){
            .fd = -1,
            .own = -1,
            .next = i + 1 < options->connections ? i + 1 : -1,
            .handing = PTHREAD_MUTEX_INITIALIZER,
        };
    add_end_signals(&set);
    front->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    front->signal_fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    front->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    front->ready_fd = epoll_create1(EPOLL_CLOEXEC);
    front->kick_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK | EFD_SEMAPHORE);
    flags = fcntl(options->listen_fd, F_GETFL);
    if (flags < 0 ||
        fcntl(options->listen_fd, F_SETFL, flags | O_NONBLOCK) != 0)
        return SM_FAIL(err, SM_INTERNAL, "listening socket: %s",
                       strerror(errno));
    if (!watch(front->ready_fd, front->kick_fd, EPOLLIN, NULL) ||
        !watch(front->epoll_fd, front->signal_fd, EPOLLIN, &mark_signal) ||
        !watch(front->epoll_fd, front->wake_fd, EPOLLIN, &mark_wake) ||
        !listen_on(front))
        return SM_FAIL(err, SM_INTERNAL, "epoll: %s", strerror(errno));
    if (FCGX_Init() != 0)
        return SM_FAIL(err, SM_INTERNAL, "libfcgi could not start");
    return SM_OK;
}

static void close_front(struct sm_front *front)
{
    const int own[] = {front->epoll_fd, front->signal_fd, front->wake_fd,
                       front->ready_fd, front->kick_fd};

    for (int i = 0; front->conns && i < front->options->connections; i++) {
        if (front->conns[i].own >= 0)
            sm_conn_drop(front, &front->conns[i]);
    }
    for (size_t i = 0; i < SM_COUNT(own); i++) {
        if (own[i] >= 0)
            close(own[i]);
    }
    pthread_mutex_destroy(&front->mutex);
    free(front->queue);
    free(front->conns);
    free(front->slots);
    sm_busy_replies_free(front);
}

/* Tell who started us that we can serve. */
static void report_ready(int fd)
{
    const char byte = '1';
    ssize_t put;

    if (fd < 0)
        return;
    do
        put = write(fd, &byte, 1);
    while (put < 0 && errno == EINTR);
    close(fd);
}

enum sm_status sm_worker_run(const struct sm_worker_options *options,
                             struct sm_error *err)
{
    struct sm_front front = {
        .options = options,
        .epoll_fd = -1,
        .signal_fd = -1,
        .wake_fd = -1,
        .ready_fd = -1,
        .kick_fd = -1,
        .mutex = PTHREAD_MUTEX_INITIALIZER,
    };
    enum sm_status st;

    sm_worker_block_signals();
    st = open_front(&front, err);
    if (st != SM_OK)
        goto out;
    st = start_threads(&front, err);
    if (st == SM_OK) {
        report_ready(options->ready_fd);
        if (!loop(&front))
            st = SM_FAIL(err, SM_BUSY, "the drain cut requests in hand");
    }
    if (!stop_threads(&front)) {
        sm_log_msg(SM_LOG_ERROR, "worker_stuck",
                   "a request did not end; leaving it behind");
        _exit(1);
    }
out:
    close_front(&front);
    return st;
}
