/* Files of tests/unit/data; included after cmocka.h. */
#ifndef SM_UNIT_DATA_H
#define SM_UNIT_DATA_H

#include <stdio.h>

/* The file NAME as a string, cut to SIZE. */
static inline void read_data(char *out, size_t size, const char *name)
{
    char path[512];
    FILE *file;
    size_t len;

    (void)snprintf(path, sizeof(path), "%s/%s", SM_TEST_DATA, name);
    file = fopen(path, "re");
    assert_non_null(file);
    len = fread(out, 1, size - 1, file);
    out[len] = '\0';
    (void)fclose(file);
}

#endif
