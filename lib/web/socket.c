#include "web/socket.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum sm_status sm_socket_listen(int *out, const char *run_dir, const char *name,
                                struct sm_error *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    mode_t mask;
    int fd, len, bound;

    len = snprintf(address.sun_path, sizeof(address.sun_path), "%s/%s.sock",
                   run_dir, name);
    if (len < 0 || (size_t)len >= sizeof(address.sun_path))
        return SM_FAIL(err, SM_INVALID,
                       "%s: the path of a socket holds %zu "
                       "bytes",
                       run_dir, sizeof(address.sun_path) - 1);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return SM_FAIL(err, SM_INTERNAL, "socket: %s", strerror(errno));
    unlink(address.sun_path);
    mask = umask(0117);
    bound = bind(fd, (const struct sockaddr *)&address, sizeof(address));
    umask(mask);
    if (bound != 0 || listen(fd, SM_SOCKET_BACKLOG) != 0) {
        enum sm_status st = SM_FAIL(err, SM_UNAVAILABLE, "%s: %s",
                                    address.sun_path, strerror(errno));

        close(fd);
        return st;
    }
    *out = fd;
    return SM_OK;
}

enum sm_status sm_socket_inherit(int fd, struct sm_error *err)
{
    int listening = 0;
    socklen_t size = sizeof(listening);

    if (getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &size) != 0 ||
        !listening)
        return SM_FAIL(err, SM_INVALID,
                       "descriptor %d is not a listening socket", fd);
    if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0)
        return SM_FAIL(err, SM_INTERNAL, "descriptor %d: %s", fd,
                       strerror(errno));
    return SM_OK;
}

enum sm_status sm_rights_drop(struct sm_error *err)
{
    umask(0077);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return SM_FAIL(err, SM_INTERNAL, "no_new_privs: %s", strerror(errno));
#ifndef SM_TEST_BUILD
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return SM_FAIL(err, SM_INTERNAL, "dumpable: %s", strerror(errno));
#endif
    return SM_OK;
}
