#include "web/params.h"

#include <stddef.h>
#include <string.h>

#include "base/status.h"

#define ROW(name, field)                                                       \
    {                                                                          \
        (name), sizeof(name) - 1, offsetof(struct sm_params, field)            \
    }

static const struct {
    const char *name;
    size_t len;
    size_t offset;
} rows[] = {
    ROW("REQUEST_METHOD", method),
    ROW("DOCUMENT_URI", path),
    ROW("QUERY_STRING", query),
    ROW("CONTENT_TYPE", content_type),
    ROW("CONTENT_LENGTH", content_length),
    ROW("REMOTE_ADDR", remote_addr),
    ROW("REQUEST_ID", request_id),
    ROW("HTTP_COOKIE", cookie),
    ROW("HTTP_ACCEPT_LANGUAGE", accept_language),
    ROW("HTTP_ORIGIN", origin),
    ROW("HTTP_SEC_FETCH_SITE", fetch_site),
    ROW("HTTP_USER_AGENT", user_agent),
    ROW("HTTP_AUTHORIZATION", authorization),
};

static const char **field(struct sm_params *out, size_t row)
{
    return (const char **)(void *)((char *)out + rows[row].offset);
}

void sm_params_read(struct sm_params *out, char *const *params)
{
    memset(out, 0, sizeof(*out));
    for (; params && *params; params++) {
        const char *equals = strchr(*params, '=');
        size_t len = equals ? (size_t)(equals - *params) : 0;

        for (size_t i = 0; equals && i < SM_COUNT(rows); i++) {
            if (rows[i].len == len && memcmp(rows[i].name, *params, len) == 0) {
                if (!*field(out, i))
                    *field(out, i) = equals + 1;
                break;
            }
        }
    }
    for (size_t i = 0; i < SM_COUNT(rows); i++) {
        if (!*field(out, i))
            *field(out, i) = "";
    }
}

const char *sm_params_get(char *const *params, const char *name)
{
    size_t len = strlen(name);

    for (; params && *params; params++) {
        if (strncmp(*params, name, len) == 0 && (*params)[len] == '=')
            return *params + len + 1;
    }
    return "";
}
