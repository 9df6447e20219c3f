/* Documents as files, for a look and for the official rules. */
#ifndef SM_SUPPORT_UBL_FILES_H
#define SM_SUPPORT_UBL_FILES_H

#include <stdbool.h>
#include <stdio.h>

#include "base/buf.h"

/* Write OUT as DIR/NAME-ro.xml or DIR/NAME-en.xml, or DIR/NAME.xml if PROFILE
 * is empty.  False if it could not be. */
static inline bool ubl_save(const char *dir, const char *name,
                            const char *profile, const struct sm_buf *out)
{
    char path[512];
    FILE *file;
    bool ok;

    snprintf(path, sizeof(path), "%s/%s%s.xml", dir, name, profile);
    file = fopen(path, "we");
    if (!file)
        return false;
    ok = fwrite(out->data, 1, out->len, file) == out->len;
    return fclose(file) == 0 && ok;
}

#endif
