#include "zip/zip.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <zip.h>

/* 1 January 1980, the first day that the format knows. */
enum { FIRST_DAY = 1 << 5 | 1 };

static bool add(zip_t *archive, const struct sm_zip_file *file)
{
    zip_source_t *source =
        zip_source_buffer(archive, file->bytes, file->len, 0);
    zip_int64_t index;

    if (!source)
        return false;
    index = zip_file_add(archive, file->name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return false;
    }
    return zip_set_file_compression(archive, (zip_uint64_t)index,
                                    ZIP_CM_DEFLATE, 6) == 0 &&
           zip_file_set_dostime(archive, (zip_uint64_t)index, 0, FIRST_DAY,
                                0) == 0;
}

/* The bytes that SOURCE holds after its archive was closed. */
static bool take(char **out, size_t *len, zip_source_t *source)
{
    zip_stat_t stat;
    zip_int64_t got = -1;
    char *bytes = NULL;

    if (zip_source_stat(source, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE) ||
        stat.size == 0 || stat.size > SIZE_MAX / 2)
        return false;
    if (zip_source_open(source) != 0)
        return false;
    bytes = malloc((size_t)stat.size);
    if (bytes)
        got = zip_source_read(source, bytes, stat.size);
    zip_source_close(source);
    if (got < 0 || (zip_uint64_t)got != stat.size) {
        free(bytes);
        return false;
    }
    *out = bytes;
    *len = (size_t)stat.size;
    return true;
}

enum sm_status sm_zip_make(char **out, size_t *len,
                           const struct sm_zip_file *files, size_t count,
                           struct sm_error *err)
{
    zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
    zip_t *archive = NULL;
    bool good;

    *out = NULL;
    *len = 0;
    if (!source)
        return SM_FAIL(err, SM_INTERNAL, "zip: no memory");
    archive = zip_open_from_source(source, ZIP_TRUNCATE, NULL);
    if (!archive) {
        zip_source_free(source);
        return SM_FAIL(err, SM_INTERNAL, "zip: not opened");
    }
    zip_source_keep(source);
    good = true;
    for (size_t i = 0; i < count && good; i++)
        good = add(archive, &files[i]);
    if (good && zip_close(archive) == 0) {
        good = take(out, len, source);
    } else {
        zip_discard(archive);
        good = false;
    }
    zip_source_free(source);
    return good ? SM_OK : SM_FAIL(err, SM_INTERNAL, "zip: not written");
}
