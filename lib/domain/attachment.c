#include "domain/attachment.h"

#include <string.h>

const char *sm_attachment_type(const void *data, size_t len)
{
    static const struct {
        const char *begin;
        size_t len;
        const char *type;
    } types[] = {
        {"%PDF-", 5, "application/pdf"},
        {"\xff\xd8\xff", 3, "image/jpeg"},
        {"\x89PNG\r\n\x1a\n", 8, "image/png"},
    };

    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (len > types[i].len &&
            memcmp(data, types[i].begin, types[i].len) == 0)
            return types[i].type;
    }
    return NULL;
}
