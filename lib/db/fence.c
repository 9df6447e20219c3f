#include "db/fence.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* The file, in the machine's own byte order: it never leaves it.  Each number
 * is written at once, and both lie in one sector of the disk. */
struct memory {
    char magic[8];
    _Atomic uint64_t cluster;
    _Atomic uint32_t timeline;
    _Atomic uint32_t written; /* the highest timeline that is on the disk */
    uint32_t unused[10];
};

_Static_assert(sizeof(struct memory) == 64, "the file's size is its format");

static const char magic[8] = {'s', 'm', 'f', 'e', 'n', 'c', 'e', '1'};

struct sm_fence {
    struct memory *shared;
    struct memory own; /* where there is no file */
};

/* What DIR/NAME is made in. */
static void folder_of(char *out, size_t size, const char *path)
{
    const char *slash = strrchr(path, '/');

    if (!slash)
        snprintf(out, size, ".");
    else
        snprintf(out, size, "%.*s", slash == path ? 1 : (int)(slash - path),
                 path);
}

/* Write FD full and to disk.  All programs of the site may have users of
 * their own and one group; made by root, it belongs to whom its folder
 * belongs, since root only happened to be first. */
static bool fill(int fd, const char *folder)
{
    struct memory memory = {.cluster = 0};
    struct stat st;

    memcpy(memory.magic, magic, sizeof(magic));
    if (geteuid() == 0 &&
        (stat(folder, &st) != 0 || fchown(fd, st.st_uid, st.st_gid) != 0))
        return false;
    return fchmod(fd, 0660) == 0 &&
           write(fd, &memory, sizeof(memory)) == (ssize_t)sizeof(memory) &&
           fsync(fd) == 0;
}

/* Make the file aside and link it to its name, which fails if somebody was
 * faster: nobody ever sees half of it, and nobody's is replaced. */
static bool make(const char *path)
{
    char aside[PATH_MAX], folder[PATH_MAX];
    bool made = false;
    int fd, dir, why;

    if (snprintf(aside, sizeof(aside), "%s.XXXXXX", path) >= PATH_MAX) {
        errno = ENAMETOOLONG;
        return false;
    }
    folder_of(folder, sizeof(folder), path);
    fd = mkostemp(aside, O_CLOEXEC);
    if (fd < 0)
        return false;
    if (fill(fd, folder))
        made = link(aside, path) == 0 || errno == EEXIST;
    why = errno;
    close(fd);
    unlink(aside);
    dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (dir >= 0) {
        fsync(dir);
        close(dir);
    }
    errno = why;
    return made;
}

static enum sm_status map(struct sm_fence *fence, const char *path,
                          struct sm_error *err)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    enum sm_status status = SM_OK;
    struct stat st;
    void *at = MAP_FAILED;

    if (fd < 0 && errno == ENOENT && make(path))
        fd = open(path, O_RDWR | O_CLOEXEC);
    if (fd < 0)
        return SM_FAIL(err, SM_INVALID, "db.timeline_file: %.150s: %s", path,
                       strerror(errno));
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
        st.st_size == (off_t)sizeof(struct memory))
        at = mmap(NULL, sizeof(struct memory), PROT_READ | PROT_WRITE,
                  MAP_SHARED, fd, 0);
    if (at == MAP_FAILED || memcmp(at, magic, sizeof(magic)) != 0)
        status = SM_FAIL(err, SM_INVALID,
                         "db.timeline_file: %.150s: not a file of ours", path);
    else
        fence->shared = at;
    if (status != SM_OK && at != MAP_FAILED)
        munmap(at, sizeof(struct memory));
    close(fd);
    return status;
}

enum sm_status sm_fence_open(struct sm_fence **out, const char *path,
                             struct sm_error *err)
{
    struct sm_fence *fence = calloc(1, sizeof(*fence));
    enum sm_status status = SM_OK;

    *out = NULL;
    if (!fence)
        return SM_FAIL(err, SM_INTERNAL, "fence: out of memory");
    fence->shared = &fence->own;
    if (path && path[0])
        status = map(fence, path, err);
    if (status == SM_OK)
        *out = fence;
    else
        free(fence);
    return status;
}

void sm_fence_close(struct sm_fence *fence)
{
    if (!fence)
        return;
    if (fence->shared != &fence->own)
        munmap(fence->shared, sizeof(*fence->shared));
    free(fence);
}

uint32_t sm_fence_timeline(const struct sm_fence *fence)
{
    return atomic_load_explicit(&fence->shared->timeline, memory_order_acquire);
}

uint64_t sm_fence_cluster(const struct sm_fence *fence)
{
    return atomic_load(&fence->shared->cluster);
}

static bool write_down(struct sm_fence *fence)
{
    return fence->shared == &fence->own ||
           msync(fence->shared, sizeof(*fence->shared), MS_SYNC) == 0;
}

enum sm_fence_verdict sm_fence_pass(struct sm_fence *fence, uint64_t cluster,
                                    uint32_t timeline)
{
    struct memory *memory = fence->shared;
    uint64_t known = 0;
    uint32_t highest, written;

    if (!atomic_compare_exchange_strong(&memory->cluster, &known, cluster) &&
        known != cluster)
        return SM_FENCE_OTHER_CLUSTER;
    highest = atomic_load(&memory->timeline);
    while (highest < timeline &&
           !atomic_compare_exchange_weak(&memory->timeline, &highest, timeline))
        continue;
    if (highest > timeline)
        return SM_FENCE_OLD_TIMELINE;
    /* the cluster was set before any timeline, so it is written with it */
    written = atomic_load(&memory->written);
    if (written >= timeline)
        return SM_FENCE_PASS;
    if (!write_down(fence))
        return SM_FENCE_FORGETFUL;
    while (written < timeline &&
           !atomic_compare_exchange_weak(&memory->written, &written, timeline))
        continue;
    return SM_FENCE_PASS;
}

enum sm_status sm_fence_forget(struct sm_fence *fence, struct sm_error *err)
{
    atomic_store(&fence->shared->written, 0);
    atomic_store(&fence->shared->timeline, 0);
    atomic_store(&fence->shared->cluster, 0);
    if (write_down(fence))
        return SM_OK;
    return SM_FAIL(err, SM_UNAVAILABLE, "db.timeline_file: %s",
                   strerror(errno));
}
