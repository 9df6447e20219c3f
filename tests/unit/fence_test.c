/* links: db base */
/* What is remembered of the database: it only grows, all see it, it lasts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/fence.h"

enum { CLUSTER = 77, CHILDREN = 4, STEPS = 500 };

static char dir[64], path[96];

static int open_dir(void **state)
{
    (void)state;
    snprintf(dir, sizeof(dir), "/tmp/smetka-fence.XXXXXX");
    snprintf(path, sizeof(path), "%s/timeline", mkdtemp(dir));
    return 0;
}

static int close_dir(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(dir); /* nothing was left beside it */
}

static struct sm_fence *fence_at(const char *where)
{
    struct sm_fence *fence;
    struct sm_error err;

    if (sm_fence_open(&fence, where, &err) != SM_OK)
        fail_msg("%s", err.message);
    return fence;
}

static void old_timeline_is_refused_by_who_comes_later(void **state)
{
    struct sm_fence *fence = fence_at(path);

    (void)state;
    assert_int_equal(sm_fence_cluster(fence), 0);
    assert_int_equal(sm_fence_pass(fence, CLUSTER, 1), SM_FENCE_PASS);
    assert_int_equal(sm_fence_pass(fence, CLUSTER, 3), SM_FENCE_PASS);
    assert_int_equal(sm_fence_pass(fence, CLUSTER, 2), SM_FENCE_OLD_TIMELINE);
    assert_int_equal(sm_fence_pass(fence, CLUSTER, 3), SM_FENCE_PASS);
    sm_fence_close(fence);
    fence = fence_at(path);
    assert_int_equal(sm_fence_timeline(fence), 3);
    assert_int_equal(sm_fence_cluster(fence), CLUSTER);
    assert_int_equal(sm_fence_pass(fence, CLUSTER, 2), SM_FENCE_OLD_TIMELINE);
    sm_fence_close(fence);
}

static void other_cluster_is_refused_until_forgotten(void **state)
{
    struct sm_fence *fence = fence_at(path), *other = fence_at(path);

    (void)state;
    assert_int_equal(sm_fence_pass(fence, CLUSTER, 5), SM_FENCE_PASS);
    assert_int_equal(sm_fence_pass(other, CLUSTER + 1, 9),
                     SM_FENCE_OTHER_CLUSTER);
    assert_int_equal(sm_fence_timeline(fence), 5);
    assert_int_equal(sm_fence_forget(other, NULL), SM_OK);
    assert_int_equal(sm_fence_timeline(fence), 0);
    assert_int_equal(sm_fence_pass(fence, CLUSTER + 1, 1), SM_FENCE_PASS);
    assert_int_equal(sm_fence_pass(other, CLUSTER, 9), SM_FENCE_OTHER_CLUSTER);
    sm_fence_close(fence);
    sm_fence_close(other);
}

/* In a process of its own: climb, and never see the memory go down. */
static int climb(uint32_t first)
{
    struct sm_fence *fence = fence_at(path);
    uint32_t seen = 0;
    int status = 0;

    for (uint32_t i = first; i < STEPS * CHILDREN; i += CHILDREN) {
        enum sm_fence_verdict verdict = sm_fence_pass(fence, CLUSTER, i + 1);
        uint32_t now = sm_fence_timeline(fence);

        if (now < seen || now < i + 1 ||
            (verdict == SM_FENCE_OLD_TIMELINE && now == i + 1) ||
            verdict == SM_FENCE_OTHER_CLUSTER || verdict == SM_FENCE_FORGETFUL)
            status = 1;
        seen = now;
    }
    sm_fence_close(fence);
    return status;
}

static void processes_only_raise_it(void **state)
{
    struct sm_fence *fence;
    int status;

    (void)state;
    for (uint32_t i = 0; i < CHILDREN; i++) {
        pid_t child = fork(); /* none of them made the file before */

        assert_true(child >= 0);
        if (child == 0)
            _exit(climb(i));
    }
    for (int i = 0; i < CHILDREN; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    fence = fence_at(path);
    assert_int_equal(sm_fence_timeline(fence), STEPS * CHILDREN);
    sm_fence_close(fence);
}

static bool disk_full;

/* In the place of libc's, for the test below. */
int msync(void *at, size_t len, int flags)
{
    if (!disk_full)
        return (int)syscall(SYS_msync, at, len, flags);
    errno = ENOSPC;
    return -1;
}

/* Nothing passes until what was learned is on the disk, whoever learned it. */
static void what_cannot_be_written_is_not_believed(void **state)
{
    struct sm_fence *a = fence_at(path), *b = fence_at(path);
    uint32_t next = sm_fence_timeline(a) + 1;

    (void)state;
    assert_int_equal(sm_fence_pass(a, CLUSTER, next), SM_FENCE_PASS);
    disk_full = true;
    assert_int_equal(sm_fence_pass(a, CLUSTER, next), SM_FENCE_PASS);
    assert_int_equal(sm_fence_pass(a, CLUSTER, next + 1), SM_FENCE_FORGETFUL);
    assert_int_equal(sm_fence_pass(a, CLUSTER, next + 1), SM_FENCE_FORGETFUL);
    assert_int_equal(sm_fence_pass(b, CLUSTER, next + 1), SM_FENCE_FORGETFUL);
    assert_int_equal(sm_fence_pass(b, CLUSTER, next), SM_FENCE_OLD_TIMELINE);
    disk_full = false;
    assert_int_equal(sm_fence_pass(b, CLUSTER, next + 1), SM_FENCE_PASS);
    disk_full = true;
    assert_int_equal(sm_fence_pass(a, CLUSTER, next + 1), SM_FENCE_PASS);
    disk_full = false;
    sm_fence_close(a);
    sm_fence_close(b);
}

static void without_a_file_it_is_its_own(void **state)
{
    struct sm_fence *a = fence_at(NULL), *b = fence_at("");

    (void)state;
    assert_int_equal(sm_fence_pass(a, CLUSTER, 2), SM_FENCE_PASS);
    assert_int_equal(sm_fence_pass(a, CLUSTER, 1), SM_FENCE_OLD_TIMELINE);
    assert_int_equal(sm_fence_pass(b, CLUSTER + 1, 1), SM_FENCE_PASS);
    sm_fence_close(a);
    sm_fence_close(b);
    sm_fence_close(NULL);
}

static void bad_files_are_refused_by_name(void **state)
{
    static const char *const texts[] = {"", "timeline 3\n",
                                        "0123456789012345678901234567890123456"
                                        "789012345678901234567890123"};
    struct sm_fence *fence = NULL;
    struct sm_error err;
    char missing[128];

    (void)state;
    for (size_t i = 0; i < SM_COUNT(texts); i++) {
        FILE *file = fopen(path, "we");

        assert_non_null(file);
        fputs(texts[i], file);
        fclose(file);
        assert_int_equal(sm_fence_open(&fence, path, &err), SM_INVALID);
        assert_non_null(strstr(err.message, "db.timeline_file"));
        assert_non_null(strstr(err.message, path));
        assert_null(fence);
    }
    snprintf(missing, sizeof(missing), "%s/none/timeline", dir);
    assert_int_equal(sm_fence_open(&fence, missing, &err), SM_INVALID);
    assert_non_null(strstr(err.message, "No such file"));
    assert_int_equal(sm_fence_open(&fence, dir, &err), SM_INVALID);
}

static void the_site_s_group_may_use_it(void **state)
{
    struct sm_fence *fence;
    struct stat st, folder;
    mode_t mask = umask(077);

    (void)state;
    if (geteuid() == 0)
        assert_int_equal(chown(dir, 65534, 65534), 0);
    fence = fence_at(path);
    umask(mask);
    sm_fence_close(fence);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(stat(dir, &folder), 0);
    assert_int_equal(st.st_mode & 0777, 0660);
    assert_int_equal(st.st_uid, folder.st_uid);
    assert_int_equal(st.st_gid, folder.st_gid);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, open_dir, close_dir)
    const struct CMUnitTest tests[] = {
        CASE(old_timeline_is_refused_by_who_comes_later),
        CASE(other_cluster_is_refused_until_forgotten),
        CASE(processes_only_raise_it),
        CASE(what_cannot_be_written_is_not_believed),
        CASE(without_a_file_it_is_its_own),
        CASE(bad_files_are_refused_by_name),
        CASE(the_site_s_group_may_use_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
