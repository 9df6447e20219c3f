/* Loaded before libc into every process of a stack (LD_PRELOAD): in the one
 * worker that the control file names, the N-th call of a kind fails, or kills
 * the process just before it.  tests/torture/run sets the numbers.
 *
 * The functions here stand in for libc's by name, so their parameters have
 * libc's types; what they really do is the system call, or glibc's own
 * allocator under its other name. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { MEMORY = 1, IO = 2 }; /* kinds of calls */
enum { FAIL = 1, KILL = 2 }; /* what befalls one */
enum { SEEN = 1, HIT = 2 };  /* of a site */
enum { SITES = 8192, CACHE = 4096 };

/* The control file; tests/torture/run knows its layout. */
struct control {
    _Atomic int32_t pid; /* who counts; 0: nobody */
    _Atomic int32_t mode;
    _Atomic int32_t kinds;
    _Atomic int32_t fired;
    _Atomic int64_t target; /* the call that is hit, from 1 */
    _Atomic int64_t count;  /* calls of the kind so far */
    _Atomic uint64_t site;  /* only those of this place count; 0: all */
    char where[64];         /* file name of who made the call that was hit */
    struct {
        _Atomic uint64_t id; /* of a place in the code; 0: free */
        _Atomic uint32_t flags;
        uint32_t unused;
    } sites[SITES];
};

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *ptr, size_t size);

static struct control *control;
static int32_t self;
static _Atomic uintptr_t known[CACHE]; /* addresses of this process */
static _Atomic uint64_t ids[CACHE];    /* their ids, the same in every one */

__attribute__((constructor)) static void attach(void)
{
    const char *path = getenv("SMETKA_TORTURE");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *at;

    if (fd < 0)
        return;
    at = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED,
              fd, 0);
    close(fd);
    self = (int32_t)getpid();
    if (at != MAP_FAILED)
        control = at;
}

/* An id of the code at ADDRESS that does not depend on where it was loaded. */
static uint64_t id_of(uintptr_t address)
{
    size_t slot = (address >> 2) % CACHE;
    uint64_t id = UINT64_C(1469598103934665603);
    Dl_info info;

    if (atomic_load(&known[slot]) == address)
        return atomic_load(&ids[slot]);
    if (dladdr((void *)address, &info) == 0 || info.dli_fname == NULL)
        return address;
    for (const char *at = info.dli_fname; *at; at++)
        id = (id ^ (unsigned char)*at) * UINT64_C(1099511628211);
    id ^= address - (uintptr_t)info.dli_fbase;
    atomic_store(&ids[slot], id);
    atomic_store(&known[slot], address);
    return id;
}

static void note(uintptr_t address, uint32_t flag)
{
    uint64_t id = id_of(address);

    for (size_t i = 0; i < SITES; i++) {
        size_t at = (id + i) % SITES;
        uint64_t free_slot = 0;

        if (atomic_compare_exchange_strong(&control->sites[at].id, &free_slot,
                                           id) ||
            free_slot == id) {
            atomic_fetch_or(&control->sites[at].flags, flag);
            return;
        }
    }
}

/* Say which library or program the code at ADDRESS is of. */
static void tell_where(uintptr_t address)
{
    const char *name, *slash;
    Dl_info info;

    if (dladdr((void *)address, &info) == 0 || info.dli_fname == NULL)
        return;
    slash = strrchr(info.dli_fname, '/');
    name = slash != NULL ? slash + 1 : info.dli_fname;
    for (size_t i = 0; i < sizeof(control->where) - 1 && name[i]; i++)
        control->where[i] = name[i];
}

/* True if the call of KIND at ADDRESS is to fail. */
static bool is_hit(int kind, const void *address)
{
    int saved = errno;
    uint64_t site;
    bool hit;

    if (control == NULL || atomic_load(&control->pid) != self ||
        (atomic_load(&control->kinds) & kind) == 0)
        return false;
    note((uintptr_t)address, SEEN);
    site = atomic_load(&control->site);
    if (site != 0 && site != id_of((uintptr_t)address)) {
        errno = saved;
        return false;
    }
    hit = atomic_fetch_add(&control->count, 1) + 1 ==
          atomic_load(&control->target);
    if (hit) {
        note((uintptr_t)address, HIT);
        tell_where((uintptr_t)address);
        atomic_store(&control->fired, 1);
        if (atomic_load(&control->mode) == KILL)
            kill(getpid(), SIGKILL);
    }
    errno = saved;
    return hit;
}

#define HIT(kind, error)                                                       \
    (is_hit(kind, __builtin_return_address(0)) ? (errno = (error), true)       \
                                               : false)

void *malloc(size_t size)
{
    return HIT(MEMORY, ENOMEM) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return HIT(MEMORY, ENOMEM) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *ptr, size_t size)
{
    return HIT(MEMORY, ENOMEM) ? NULL : __libc_realloc(ptr, size);
}

ssize_t read(int fd, void *buf, size_t len)
{
    return HIT(IO, EIO) ? -1 : syscall(SYS_read, fd, buf, len);
}

ssize_t write(int fd, const void *buf, size_t len)
{
    return HIT(IO, EIO) ? -1 : syscall(SYS_write, fd, buf, len);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    return HIT(IO, EIO) ? -1 : syscall(SYS_writev, fd, parts, count);
}

ssize_t send(int fd, const void *buf, size_t len, int flags)
{
    return HIT(IO, ECONNRESET)
               ? -1
               : syscall(SYS_sendto, fd, buf, len, flags, NULL, 0);
}

ssize_t sendto(int fd, const void *buf, size_t len, int flags,
               const struct sockaddr *to, socklen_t to_len)
{
    return HIT(IO, ECONNRESET)
               ? -1
               : syscall(SYS_sendto, fd, buf, len, flags, to, to_len);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    return HIT(IO, ECONNRESET) ? -1 : syscall(SYS_sendmsg, fd, message, flags);
}

ssize_t recv(int fd, void *buf, size_t len, int flags)
{
    return HIT(IO, ECONNRESET)
               ? -1
               : syscall(SYS_recvfrom, fd, buf, len, flags, NULL, NULL);
}

ssize_t recvfrom(int fd, void *buf, size_t len, int flags,
                 struct sockaddr *from, socklen_t *from_len)
{
    return HIT(IO, ECONNRESET)
               ? -1
               : syscall(SYS_recvfrom, fd, buf, len, flags, from, from_len);
}

int poll(struct pollfd *fds, nfds_t count, int timeout_ms)
{
    return HIT(IO, ENOMEM) ? -1
                           : (int)syscall(SYS_poll, fds, count, timeout_ms);
}

int connect(int fd, const struct sockaddr *to, socklen_t len)
{
    return HIT(IO, ECONNREFUSED) ? -1 : (int)syscall(SYS_connect, fd, to, len);
}
