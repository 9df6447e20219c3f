#include "sandbox/maildir.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MESSAGE_MAX ((size_t)256 * 1024)
#define SCAN_MAX 5000

static int newest_first(const void *a, const void *b)
{
    const struct sb_mail *x = a, *y = b;

    if (x->at != y->at)
        return x->at < y->at ? 1 : -1;
    return strcmp(y->name, x->name);
}

enum sm_status sb_maildir_list(struct sb_mail **out, size_t *count, size_t max,
                               const char *dir, struct sm_arena *arena)
{
    struct sb_mail *all = sm_arena_calloc(arena, SCAN_MAX, sizeof(*all));
    char path[512];
    const struct dirent *entry;
    DIR *folder;
    size_t n = 0;

    *out = all;
    *count = 0;
    if (all == NULL)
        return SM_INTERNAL;
    (void)snprintf(path, sizeof(path), "%s/new", dir);
    folder = opendir(path);
    if (folder == NULL)
        return SM_OK; /* no message has come yet */
    while (n < SCAN_MAX && (entry = readdir(folder)) != NULL) {
        struct stat info;

        if (entry->d_name[0] == '.' ||
            fstatat(dirfd(folder), entry->d_name, &info, 0) != 0)
            continue;
        all[n].name = sm_arena_strdup(arena, entry->d_name);
        all[n].at = info.st_mtime;
        if (all[n].name != NULL)
            n++;
    }
    (void)closedir(folder);
    qsort(all, n, sizeof(*all), newest_first);
    *count = n < max ? n : max;
    return SM_OK;
}

enum sm_status sb_maildir_read(const char **out, const char *dir,
                               const char *name, struct sm_arena *arena)
{
    enum sm_status st = SM_NOT_FOUND;
    char path[512], *text;
    ssize_t got;
    int fd;

    *out = "";
    if (name[0] == '.' || strchr(name, '/') != NULL)
        return SM_NOT_FOUND;
    (void)snprintf(path, sizeof(path), "%s/new/%s", dir, name);
    fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return SM_NOT_FOUND;
    text = sm_arena_alloc(arena, MESSAGE_MAX + 1);
    if (text != NULL) {
        got = read(fd, text, MESSAGE_MAX);
        if (got > 0) {
            text[got] = '\0';
            *out = text;
            st = SM_OK;
        }
    }
    (void)close(fd);
    return st;
}
