/* The load generator: many clients with addresses of their own, and account of
 * every single request.
 *
 *   load_client MODE KEY=VALUE ...
 *     closed  each of `connections` asks again as soon as it is answered
 *     open    `rate` requests a second fall due, whatever became of the earlier
 *             ones; a due request takes an idle connection or opens one, up to
 *             `connections`; times count from when it fell due
 *     hold    `connections` are opened, `rate` a second, ask once each, and
 *             are then held idle to the end
 *   port, plan (a file, see plan.h), out (a file of samples), seconds
 *   connections, warm (opened before the clock runs), rate
 *   net, sources    clients come from 127.NET.0.1 and `sources` more
 *   deadline_ms     a request that took longer counts as never answered, and
 *                   its connection is closed
 *
 * A sample is a line: due us, asked us, ended us (of the monotonic clock),
 * outcome, status, 1 if it had Retry-After, bytes of the body, 1 if it opened
 * its connection, name in the plan.  Outcomes: answered, late, reset, refused
 * (no connection or no handshake), unsent (open: never got a connection). */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "conn.h"

enum { EVENTS = 256, SWEEP_US = 20000, GRACE_US = 500000 };

struct options {
    const char *mode, *plan, *out;
    int64_t port, seconds, connections, warm, rate, net, sources, deadline_ms;
};

struct load {
    struct options options;
    struct ld_plan plan;
    SSL_CTX *tls;
    FILE *out;
    int epoll_fd;
    struct ld_conn *conns;
    int *idle; /* numbers of idle connections, the last used on top */
    int nidle;
    int *gone; /* numbers of closed ones */
    int ngone;
    int64_t opened, begin_us, end_us, swept_us;
    int64_t issued; /* requests that fell due and were taken up */
    int64_t pending, idle_ended;
};

static bool open_mode(const struct load *load)
{
    return load->options.mode[0] == 'o';
}

static bool hold_mode(const struct load *load)
{
    return load->options.mode[0] == 'h';
}

static void sample(struct load *load, const struct ld_conn *conn,
                   const char *outcome)
{
    (void)fprintf(load->out, "%lld %lld %lld %s %d %d %zu %d %s\n",
                  (long long)conn->due_us, (long long)conn->asked_us,
                  (long long)sm_clock_mono_us(), outcome, conn->status,
                  conn->retry_after, conn->body, conn->fresh,
                  conn->request->name);
    load->pending--;
}

/* An outcome without an answer; the connection is over. */
static void end(struct load *load, struct ld_conn *conn, const char *outcome)
{
    if (conn->request)
        sample(load, conn, outcome);
    ld_conn_close(conn);
    load->gone[load->ngone++] = (int)(conn - load->conns);
}

static const char *why(const struct ld_conn *conn)
{
    return conn->phase == LD_CONNECTING || conn->phase == LD_SHAKING ? "refused"
                                                                     : "reset";
}

static uint32_t source(struct load *load)
{
    uint32_t number = (uint32_t)(load->opened++ % load->options.sources);

    return UINT32_C(0x7f000001) + ((uint32_t)load->options.net << 16) + number;
}

/* A new connection, on its way; NULL if there is no place or descriptor. */
static struct ld_conn *open_one(struct load *load)
{
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLET};
    struct ld_conn *conn;

    if (load->ngone == 0)
        return NULL;
    conn = &load->conns[load->gone[load->ngone - 1]];
    if (!ld_conn_open(conn, load->tls, (uint16_t)load->options.port,
                      source(load)))
        return NULL;
    load->ngone--;
    event.data.ptr = conn;
    if (epoll_ctl(load->epoll_fd, EPOLL_CTL_ADD, conn->fd, &event) != 0) {
        end(load, conn, "refused");
        return NULL;
    }
    return conn;
}

static void step(struct load *load, struct ld_conn *conn);

static void ask(struct load *load, struct ld_conn *conn, int64_t due_us)
{
    ld_conn_ask(conn, ld_plan_next(&load->plan), due_us);
    load->pending++;
    step(load, conn);
}

/* The connection is idle: ask again, or put it by. */
static void rest(struct load *load, struct ld_conn *conn)
{
    bool again = !open_mode(load) && !hold_mode(load);
    int64_t now = sm_clock_mono_us();

    if (again && load->begin_us && now < load->end_us)
        ask(load, conn, now);
    else
        load->idle[load->nidle++] = (int)(conn - load->conns);
}

static void not_idle(struct load *load, const struct ld_conn *conn)
{
    int number = (int)(conn - load->conns);

    for (int i = load->nidle - 1; i >= 0; i--) {
        if (load->idle[i] == number) {
            load->idle[i] = load->idle[--load->nidle];
            return;
        }
    }
}

static void step(struct load *load, struct ld_conn *conn)
{
    bool was_idle = conn->phase == LD_IDLE;

    switch (ld_conn_step(conn)) {
    case LD_WAIT:
        break;
    case LD_READY:
        rest(load, conn);
        break;
    case LD_ANSWERED:
        sample(load, conn, "answered");
        conn->request = NULL;
        /* an end that came with the answer brings no further event */
        if (conn->close || ld_conn_step(conn) != LD_WAIT)
            end(load, conn, "");
        else
            rest(load, conn);
        break;
    case LD_FAILED:
        if (was_idle) {
            not_idle(load, conn);
            load->idle_ended++;
        }
        end(load, conn, why(conn));
        break;
    }
}

/* Take up what has fallen due. */
static void issue(struct load *load, int64_t now)
{
    const struct options *o = &load->options;

    for (;;) {
        int64_t due = load->begin_us + load->issued * 1000000 / o->rate;
        struct ld_conn *conn;

        if (due > now || due >= load->end_us)
            return;
        if (hold_mode(load) && load->issued >= o->connections)
            return;
        if (load->nidle > 0 && open_mode(load))
            conn = &load->conns[load->idle[--load->nidle]];
        else
            conn = open_one(load);
        if (!conn)
            return;
        load->issued++;
        ask(load, conn, due);
    }
}

/* Closed mode: connections that were lost are replaced. */
static void refill(struct load *load, int64_t now)
{
    struct ld_conn *conn;

    while (load->ngone > 0 && now < load->end_us) {
        conn = open_one(load);
        if (!conn)
            return;
        load->issued++;
        ask(load, conn, now);
    }
}

static void sweep(struct load *load, int64_t now)
{
    load->swept_us = now;
    for (int i = 0; i < load->options.connections; i++) {
        struct ld_conn *conn = &load->conns[i];

        if (conn->phase != LD_CLOSED && conn->request &&
            now - conn->asked_us > load->options.deadline_ms * 1000)
            end(load, conn, "late");
    }
}

static void turn(struct load *load, int wait_ms)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(load->epoll_fd, events, EVENTS, wait_ms);
    int64_t now;

    for (int i = 0; i < count; i++) {
        struct ld_conn *conn = events[i].data.ptr;

        if (conn->phase != LD_CLOSED)
            step(load, conn);
    }
    now = sm_clock_mono_us();
    if (now - load->swept_us > SWEEP_US)
        sweep(load, now);
}

/* Open `warm` connections, and wait until all are there. */
static bool warm_up(struct load *load)
{
    int64_t until = sm_clock_mono_us() + 60 * INT64_C(1000000);
    int64_t made = 0;

    while (load->nidle < load->options.warm) {
        while (made - load->nidle < 64 && made < load->options.warm &&
               open_one(load))
            made++;
        turn(load, 5);
        if (sm_clock_mono_us() > until ||
            load->ngone + made < load->options.connections) {
            (void)fprintf(stderr, "load client: no connection\n");
            return false;
        }
    }
    return true;
}

/* What fell due and never got a connection. */
static void count_unsent(struct load *load)
{
    int64_t all = load->options.seconds * load->options.rate;

    for (; open_mode(load) && load->issued < all; load->issued++) {
        int64_t due = load->begin_us +
                      load->issued * 1000000 / load->options.rate;

        (void)fprintf(load->out, "%lld 0 0 unsent 0 0 0 0 %s\n", (long long)due,
                      ld_plan_next(&load->plan)->name);
    }
}

static void start_idle(struct load *load, int64_t now)
{
    int count = load->nidle;

    load->nidle = 0;
    for (int i = 0; i < count; i++)
        ask(load, &load->conns[load->idle[i]], now);
}

static void run(struct load *load)
{
    int64_t now = sm_clock_mono_us();

    load->begin_us = now;
    load->end_us = now + load->options.seconds * 1000000;
    if (!open_mode(load) && !hold_mode(load))
        start_idle(load, now);
    while (now < load->end_us || load->pending > 0) {
        if (open_mode(load) || hold_mode(load))
            issue(load, now);
        else
            refill(load, now);
        turn(load, 1);
        now = sm_clock_mono_us();
        if (now > load->end_us + load->options.deadline_ms * 1000 + GRACE_US)
            break;
    }
    count_unsent(load);
}

static bool read_option(struct options *o, const char *text)
{
    const struct {
        const char *key;
        const char **text;
        int64_t *number;
    } keys[] = {
        {"plan=", &o->plan, NULL},
        {"out=", &o->out, NULL},
        {"port=", NULL, &o->port},
        {"seconds=", NULL, &o->seconds},
        {"connections=", NULL, &o->connections},
        {"warm=", NULL, &o->warm},
        {"rate=", NULL, &o->rate},
        {"net=", NULL, &o->net},
        {"sources=", NULL, &o->sources},
        {"deadline_ms=", NULL, &o->deadline_ms},
    };

    for (size_t i = 0; i < SM_COUNT(keys); i++) {
        size_t len = strlen(keys[i].key);

        if (strncmp(text, keys[i].key, len) != 0)
            continue;
        if (keys[i].text) {
            *keys[i].text = text + len;
            return true;
        }
        return sm_parse_i64(keys[i].number, text + len, 0, 1000000) == SM_OK;
    }
    return false;
}

static bool read_options(struct options *o, int argc, char **argv)
{
    *o = (struct options){.connections = 64,
                          .seconds = 1,
                          .rate = 1,
                          .net = 77,
                          .sources = 250,
                          .deadline_ms = 8000};
    o->mode = argc > 1 ? argv[1] : "";
    for (int i = 2; i < argc; i++) {
        if (!read_option(o, argv[i]))
            return false;
    }
    return (strcmp(o->mode, "closed") == 0 || strcmp(o->mode, "open") == 0 ||
            strcmp(o->mode, "hold") == 0) &&
           o->plan && o->out && o->port > 0 && o->port < 65536 &&
           o->connections > 0 && o->warm <= o->connections && o->rate > 0 &&
           o->sources > 0 && o->sources < 65000 && o->net < 256;
}

static bool open_load(struct load *load)
{
    size_t count = (size_t)load->options.connections;

    if (!ld_plan_read(&load->plan, load->options.plan))
        return false;
    load->tls = SSL_CTX_new(TLS_client_method());
    load->out = fopen(load->options.out, "we");
    load->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    load->conns = calloc(count, sizeof(*load->conns));
    load->idle = calloc(count, sizeof(*load->idle));
    load->gone = calloc(count, sizeof(*load->gone));
    if (!load->tls || !load->out || load->epoll_fd < 0 || !load->conns ||
        !load->idle || !load->gone)
        return false;
    SSL_CTX_set_session_cache_mode(load->tls, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(load->tls, SSL_MODE_ENABLE_PARTIAL_WRITE |
                                    SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                    SSL_MODE_RELEASE_BUFFERS);
    for (int i = 0; i < (int)count; i++)
        load->gone[load->ngone++] = (int)count - 1 - i;
    return true;
}

static void close_load(struct load *load)
{
    for (int i = 0; load->conns && i < load->options.connections; i++) {
        if (load->conns[i].phase != LD_CLOSED)
            ld_conn_close(&load->conns[i]);
    }
    SSL_CTX_free(load->tls);
    if (load->epoll_fd >= 0)
        close(load->epoll_fd);
    ld_plan_free(&load->plan);
    free(load->conns);
    free(load->idle);
    free(load->gone);
}

int main(int argc, char **argv)
{
    struct load load = {.epoll_fd = -1};
    bool ok;

    signal(SIGPIPE, SIG_IGN);
    if (!read_options(&load.options, argc, argv)) {
        (void)fprintf(stderr, "usage: load_client closed|open|hold KEY=VALUE "
                              "..., see tests/load/README.md\n");
        return 2;
    }
    ok = open_load(&load) && warm_up(&load);
    if (ok) {
        run(&load);
        printf("begin %lld end %lld issued %lld idle_ended %lld held %d\n",
               (long long)load.begin_us, (long long)load.end_us,
               (long long)load.issued, (long long)load.idle_ended, load.nidle);
    }
    close_load(&load);
    if (load.out)
        ok = fclose(load.out) == 0 && ok;
    return ok ? 0 : 1;
}
