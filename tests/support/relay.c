#include "support/relay.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "support/fixture.h"

enum { CHUNK = 65536, LINES_MAX = 4096 };

#define SOCKET_NAME ".s.PGSQL.5432"

struct sm_relay {
    char dir[64], conninfo[256];
    struct sockaddr_un here, server;
    int listener, wake[2];
    pthread_t thread;
    atomic_int loss, times, lost;
};

/* One connection: a pair of sockets and the thread that serves it. */
struct line {
    struct sm_relay *relay;
    int client, server;
    pthread_t thread;
};

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static bool pass(int to, const char *data, ssize_t len)
{
    while (len > 0) {
        ssize_t sent = send(to, data, (size_t)len, MSG_NOSIGNAL);

        if (sent <= 0)
            return false;
        data += sent;
        len -= sent;
    }
    return true;
}

/* Is this COMMIT to be lost? */
static bool takes(struct sm_relay *relay, const char *data, size_t len)
{
    static const char name[] = "sm_commit"; /* as lib/db prepares it */
    int times = atomic_load(&relay->times);

    if (!memmem(data, len, name, sizeof(name)))
        return false;
    while (times > 0 &&
           !atomic_compare_exchange_weak(&relay->times, &times, times - 1))
        continue;
    return times > 0;
}

/* Read until the server has said that it committed. */
static void hear_answer(int server, char *chunk)
{
    static const char done[] = "COMMIT"; /* with its NUL: a tag, not text */
    size_t len = 0;

    while (len < CHUNK && !memmem(chunk, len, done, sizeof(done))) {
        ssize_t got = recv(server, chunk + len, CHUNK - len, 0);

        if (got <= 0)
            return;
        len += (size_t)got;
    }
}

/* Pass on what the client says.  False ends the line. */
static bool from_client(struct line *line, char *chunk)
{
    struct sm_relay *relay = line->relay;
    ssize_t got = recv(line->client, chunk, CHUNK, 0);

    if (got <= 0)
        return false;
    if (!takes(relay, chunk, (size_t)got))
        return pass(line->server, chunk, got);
    if (atomic_load(&relay->loss) == SM_RELAY_ANSWER &&
        pass(line->server, chunk, got))
        hear_answer(line->server, chunk);
    atomic_fetch_add(&relay->lost, 1);
    return false;
}

static bool from_server(const struct line *line, char *chunk)
{
    ssize_t got = recv(line->server, chunk, CHUNK, 0);

    return got > 0 && pass(line->client, chunk, got);
}

static void *serve(void *arg)
{
    struct line *line = arg;
    struct pollfd fds[3] = {{.fd = line->client, .events = POLLIN},
                            {.fd = line->server, .events = POLLIN},
                            {.fd = line->relay->wake[0], .events = POLLIN}};
    char *chunk = malloc(CHUNK);
    bool alive = chunk && line->server >= 0;

    while (alive && poll(fds, 3, -1) > 0 && !fds[2].revents) {
        if (fds[0].revents)
            alive = from_client(line, chunk);
        if (alive && fds[1].revents)
            alive = from_server(line, chunk);
    }
    close(line->client);
    if (line->server >= 0)
        close(line->server);
    free(chunk);
    return NULL;
}

static int dial(const struct sockaddr_un *to)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    if (fd < 0)
        die("socket");
    if (connect(fd, (const struct sockaddr *)to, sizeof(*to)) == 0)
        return fd;
    close(fd); /* a server that is down */
    return -1;
}

static void *listen_on(void *arg)
{
    struct sm_relay *relay = arg;
    struct pollfd fds[2] = {{.fd = relay->listener, .events = POLLIN},
                            {.fd = relay->wake[0], .events = POLLIN}};
    static struct line lines[LINES_MAX];
    int count = 0;

    while (poll(fds, 2, -1) > 0 && !fds[1].revents && count < LINES_MAX) {
        struct line *line = &lines[count];

        line->relay = relay;
        line->client = accept4(relay->listener, NULL, NULL, SOCK_CLOEXEC);
        if (line->client < 0)
            continue;
        line->server = dial(&relay->server);
        if (pthread_create(&line->thread, NULL, serve, line) != 0)
            die("thread");
        count++;
    }
    while (count > 0)
        pthread_join(lines[--count].thread, NULL);
    return NULL;
}

static void name(struct sockaddr_un *out, const char *dir)
{
    *out = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (snprintf(out->sun_path, sizeof(out->sun_path), "%s/" SOCKET_NAME,
                 dir) >= (int)sizeof(out->sun_path))
        die("socket's path");
}

struct sm_relay *sm_relay_start(void)
{
    struct sm_relay *relay = calloc(1, sizeof(*relay));
    char dir[128];

    if (!relay)
        die("relay");
    snprintf(relay->dir, sizeof(relay->dir), "/tmp/smetka-relay.XXXXXX");
    if (!mkdtemp(relay->dir) || pipe(relay->wake) != 0)
        die("relay");
    name(&relay->here, relay->dir);
    snprintf(dir, sizeof(dir), "%s/run", sm_test_server());
    name(&relay->server, dir);
    snprintf(relay->conninfo, sizeof(relay->conninfo), "host=%s dbname=smetka",
             relay->dir);
    relay->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (bind(relay->listener, (struct sockaddr *)&relay->here,
             sizeof(relay->here)) != 0 ||
        listen(relay->listener, 64) != 0 ||
        pthread_create(&relay->thread, NULL, listen_on, relay) != 0)
        die("relay");
    return relay;
}

const char *sm_relay_database(const struct sm_relay *relay)
{
    return relay->conninfo;
}

void sm_relay_lose(struct sm_relay *relay, enum sm_relay_loss loss, int times)
{
    atomic_store(&relay->loss, loss);
    atomic_store(&relay->times, times);
}

int sm_relay_lost(struct sm_relay *relay)
{
    return atomic_load(&relay->lost);
}

void sm_relay_stop(struct sm_relay *relay)
{
    if (write(relay->wake[1], "x", 1) != 1)
        die("relay");
    pthread_join(relay->thread, NULL);
    close(relay->wake[0]);
    close(relay->wake[1]);
    close(relay->listener);
    unlink(relay->here.sun_path);
    rmdir(relay->dir);
    free(relay);
}
