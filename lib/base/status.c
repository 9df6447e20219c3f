#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

enum sm_status sm_error_set(struct sm_error *err, enum sm_status status,
                            const char *file, int line, const char *fmt, ...)
{
    va_list args;

    if (!err)
        return status;
    va_start(args, fmt);
    if (vsnprintf(err->message, sizeof(err->message), fmt, args) < 0)
        err->message[0] = '\0';
    va_end(args);
    err->file = file;
    err->line = line;
    return status;
}

const char *sm_status_word(enum sm_status status)
{
    switch (status) {
    case SM_OK:
        return "ok";
    case SM_NOT_FOUND:
        return "not_found";
    case SM_DENIED:
        return "denied";
    case SM_INVALID:
        return "invalid";
    case SM_CONFLICT:
        return "conflict";
    case SM_DECLINED:
        return "declined";
    case SM_BUSY:
        return "busy";
    case SM_UNAVAILABLE:
        return "unavailable";
    case SM_INTERNAL:
        return "internal";
    }
    return "unknown";
}
