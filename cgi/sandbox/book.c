#include "sandbox/book.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/text.h"

#define PATH_MAX_BYTES 512

static void catch_up(struct sb_book *book)
{
    char *line = NULL;
    size_t cap = 0;

    clearerr(book->reader);
    while (getline(&line, &cap, book->reader) > 0)
        book->read_line(line);
    free(line);
}

void sb_book_enter(struct sb_book *book)
{
    pthread_mutex_lock(&book->lock);
    if (book->file < 0)
        return;
    while (flock(book->file, LOCK_EX) != 0 && errno == EINTR)
        continue;
    catch_up(book);
}

void sb_book_leave(struct sb_book *book)
{
    if (book->file >= 0)
        (void)flock(book->file, LOCK_UN);
    pthread_mutex_unlock(&book->lock);
}

enum sm_status sb_book_open(struct sb_book *book, const char *dir,
                            const char *name, struct sm_error *err)
{
    char path[PATH_MAX_BYTES];

    if (dir[0] == '\0')
        return SM_OK;
    (void)snprintf(path, sizeof(path), "%s/%s", dir, name);
    book->reader = NULL;
    book->file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
    if (book->file >= 0)
        book->reader = fopen(path, "re");
    if (book->reader == NULL)
        return SM_FAIL(err, SM_INTERNAL, "%s: %s", path, strerror(errno));
    sb_book_enter(book);
    sb_book_leave(book);
    return SM_OK;
}

void sb_book_close(struct sb_book *book)
{
    if (book->file >= 0)
        (void)close(book->file);
    if (book->reader != NULL)
        (void)fclose(book->reader);
    book->file = -1;
    book->reader = NULL;
}

void sb_book_write(struct sb_book *book, char *line)
{
    size_t len = strlen(line);

    if (book->file < 0)
        return;
    line[len] = '\n'; /* takes the place of the NUL */
    if (write(book->file, line, len + 1) != (ssize_t)len + 1)
        perror("sandbox: book");
}

void sb_book_put(cJSON *json, const void *record,
                 const struct sb_book_field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        cJSON_AddStringToObject(json, fields[i].name,
                                (const char *)record + fields[i].offset);
}

void sb_book_get(void *record, const cJSON *json,
                 const struct sb_book_field *fields, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *text = cJSON_GetStringValue(
            cJSON_GetObjectItemCaseSensitive(json, fields[i].name));

        (void)sm_copy((char *)record + fields[i].offset, fields[i].size,
                      text != NULL ? text : "");
    }
}

int64_t sb_book_number(const cJSON *json, const char *name)
{
    const cJSON *item = cJSON_GetObjectItemCaseSensitive(json, name);

    return cJSON_IsNumber(item) ? (int64_t)item->valuedouble : 0;
}

void sb_book_random_id(char *out, size_t size, const char *prefix)
{
    uint8_t bytes[12];
    char hex[2 * sizeof(bytes) + 1];

    if (getrandom(bytes, sizeof(bytes), 0) != (ssize_t)sizeof(bytes))
        abort();
    sm_hex(hex, bytes, sizeof(bytes));
    (void)snprintf(out, size, "%s%s", prefix, hex);
}
