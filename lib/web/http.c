#include "web/http.h"

#include <stddef.h>

int sm_http_status(enum sm_status status)
{
    switch (status) {
    case SM_OK:
        return 200;
    case SM_NOT_FOUND:
        return 404;
    case SM_DENIED:
        return 403;
    case SM_INVALID:
        return 422;
    case SM_CONFLICT:
    case SM_DECLINED:
        return 409;
    case SM_BUSY:
    case SM_UNAVAILABLE:
        return 503;
    case SM_INTERNAL:
    default:
        return 500;
    }
}

const char *sm_http_reason(int http)
{
    static const struct {
        int http;
        const char *reason;
    } known[] = {
        {200, "OK"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {409, "Conflict"},
        {410, "Gone"},
        {413, "Content Too Large"},
        {422, "Unprocessable Content"},
        {429, "Too Many Requests"},
        {500, "Internal Server Error"},
        {503, "Service Unavailable"},
    };

    for (size_t i = 0; i < SM_COUNT(known); i++) {
        if (known[i].http == http)
            return known[i].reason;
    }
    return "Error";
}
