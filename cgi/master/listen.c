#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "master/master.h"
#include "web/socket.h"

enum { SOCKET_MODE = 0660 };

/* run_dir/NAME.sock; false if it is longer than a socket's path may be. */
static bool make_address(struct sockaddr_un *address, const char *dir,
                         const char *name)
{
    int len;

    memset(address, 0, sizeof(*address));
    address->sun_family = AF_UNIX;
    len = snprintf(address->sun_path, sizeof(address->sun_path), "%s/%s.sock",
                   dir, name);
    return len > 0 && (size_t)len < sizeof(address->sun_path);
}

/* Remove what a master that died left behind; a socket that somebody still
 * listens on, or a file that is none, is left alone. */
static enum sm_status remove_stale(const struct sockaddr_un *address,
                                   struct sm_error *err)
{
    struct stat st;
    enum sm_status status = SM_OK;
    int fd;

    if (lstat(address->sun_path, &st) != 0)
        return SM_OK;
    if (!S_ISSOCK(st.st_mode))
        return SM_FAIL(err, SM_INVALID, "%s is not a socket",
                       address->sun_path);
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return SM_FAIL(err, SM_INTERNAL, "socket: %s", strerror(errno));
    if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0 ||
        errno != ECONNREFUSED)
        status = SM_FAIL(err, SM_CONFLICT, "%s is in use", address->sun_path);
    else if (unlink(address->sun_path) != 0)
        status = SM_FAIL(err, SM_INTERNAL, "%s: %s", address->sun_path,
                         strerror(errno));
    close(fd);
    return status;
}

static enum sm_status give_to_group(const char *path, const char *group,
                                    struct sm_error *err)
{
    const struct group *found;

    if (!group[0])
        return SM_OK;
    found = getgrnam(group);
    if (!found)
        return SM_FAIL(err, SM_INVALID, "run_group: no group %s", group);
    if (lchown(path, (uid_t)-1, found->gr_gid) != 0)
        return SM_FAIL(err, SM_INVALID, "%s: group %s: %s", path, group,
                       strerror(errno));
    return SM_OK;
}

static enum sm_status bind_one(struct sm_master *master, int service,
                               struct sm_error *err)
{
    struct sockaddr_un address;
    enum sm_status status;
    mode_t mask;
    int fd, bound;

    if (!make_address(&address, master->run_dir, sm_services[service].name))
        return SM_FAIL(err, SM_INVALID, "run_dir: path is too long");
    status = remove_stale(&address, err);
    if (status != SM_OK)
        return status;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return SM_FAIL(err, SM_INTERNAL, "socket: %s", strerror(errno));
    /* Descriptors below SM_FD_BASE are where workers expect theirs. */
    master->sockets[service] = fcntl(fd, F_DUPFD_CLOEXEC, SM_FD_BASE);
    close(fd);
    fd = master->sockets[service];
    mask = umask((mode_t)~SOCKET_MODE & 0777);
    bound = bind(fd, (const struct sockaddr *)&address, sizeof(address));
    umask(mask);
    if (bound != 0)
        return SM_FAIL(err, SM_INVALID, "%s: %s", address.sun_path,
                       strerror(errno));
    master->bound[service] = true;
    status = give_to_group(address.sun_path, master->run_group, err);
    if (status == SM_OK && listen(fd, SM_SOCKET_BACKLOG) != 0)
        status = SM_FAIL(err, SM_INTERNAL, "listen: %s", strerror(errno));
    return status;
}

enum sm_status sm_master_bind(struct sm_master *master, struct sm_error *err)
{
    enum sm_status status = SM_OK;

    for (int i = 0; i < master->nseats && status == SM_OK; i++) {
        int service = master->seats[i].service;

        if (master->sockets[service] < 0)
            status = bind_one(master, service, err);
    }
    return status;
}

void sm_master_unbind(struct sm_master *master)
{
    struct sockaddr_un address;

    for (int i = 0; i < sm_service_count; i++) {
        if (master->bound[i] &&
            make_address(&address, master->run_dir, sm_services[i].name))
            unlink(address.sun_path);
        if (master->sockets[i] >= 0)
            close(master->sockets[i]);
        master->bound[i] = false;
        master->sockets[i] = -1;
    }
}
