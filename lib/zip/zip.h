/* Writing ZIP files, in memory; the only user of libzip.  The same files give
 * the same bytes: entries carry no time of their own. */
#ifndef SM_ZIP_ZIP_H
#define SM_ZIP_ZIP_H

#include <stddef.h>

#include "base/status.h"

struct sm_zip_file {
    const char *name; /* ASCII, without slashes at its head */
    const char *bytes;
    size_t len;
};

/* Make a ZIP of COUNT FILES, in their order; *OUT is released with free().
 * SM_INTERNAL without memory. */
enum sm_status sm_zip_make(char **out, size_t *len,
                           const struct sm_zip_file *files, size_t count,
                           struct sm_error *err) SM_MUSTCHECK;

#endif
