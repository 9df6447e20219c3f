/* A database that is far away: hands every byte between a socket and
 * PostgreSQL's on, but only some time after it came.
 *
 *   load_delay LISTEN_PATH SERVER_PATH MILLISECONDS
 *
 * Waiting costs no processor, so that a portal behind it has a capacity that
 * is set by its threads and this time, and not by who else uses the machine. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"

static struct sockaddr_un server;
static int64_t delay_ms;

static bool set_path(struct sockaddr_un *out, const char *path)
{
    out->sun_family = AF_UNIX;
    return sm_copy(out->sun_path, sizeof(out->sun_path), path);
}

static bool send_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t put = send(fd, bytes, len, MSG_NOSIGNAL);

        if (put <= 0)
            return false;
        bytes += put;
        len -= (size_t)put;
    }
    return true;
}

static bool hand_on(int from, int to, bool late)
{
    static const int64_t million = 1000000;
    const struct timespec nap = {.tv_sec = delay_ms / 1000,
                                 .tv_nsec = delay_ms % 1000 * million};
    char bytes[65536];
    ssize_t got = recv(from, bytes, sizeof(bytes), 0);

    if (got <= 0)
        return false;
    if (late)
        nanosleep(&nap, NULL);
    return send_all(to, bytes, (size_t)got);
}

/* One connection: requests are late, answers are not. */
static void *serve(void *arg)
{
    int client = (int)(intptr_t)arg;
    int upstream = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct pollfd fds[2] = {{.fd = client, .events = POLLIN},
                            {.fd = upstream, .events = POLLIN}};
    bool up = upstream >= 0 && connect(upstream, (struct sockaddr *)&server,
                                       sizeof(server)) == 0;

    while (up && poll(fds, 2, -1) > 0) {
        if (fds[1].revents)
            up = hand_on(upstream, client, false);
        if (up && fds[0].revents)
            up = hand_on(client, upstream, true);
    }
    if (upstream >= 0)
        close(upstream);
    close(client);
    return NULL;
}

static int listen_at(const char *path)
{
    struct sockaddr_un address = {0};
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    unlink(path);
    if (fd < 0 || !set_path(&address, path) ||
        bind(fd, (struct sockaddr *)&address, sizeof(address)) != 0 ||
        chmod(path, 0777) != 0 || listen(fd, 128) != 0)
        return -1;
    return fd;
}

int main(int argc, char **argv)
{
    pthread_t thread;
    int fd, client;

    signal(SIGPIPE, SIG_IGN);
    if (argc != 4 || !set_path(&server, argv[2]) ||
        sm_parse_i64(&delay_ms, argv[3], 0, 10000) != SM_OK)
        return 2;
    fd = listen_at(argv[1]);
    if (fd < 0) {
        (void)fprintf(stderr, "load_delay: %s: %s\n", argv[1], strerror(errno));
        return 1;
    }
    while ((client = accept(fd, NULL, NULL)) >= 0) {
        if (pthread_create(&thread, NULL, serve, (void *)(intptr_t)client) == 0)
            pthread_detach(thread);
        else
            close(client);
    }
    close(fd);
    return 1;
}
