#include "portal/api.h"

#include <string.h>
#include <time.h>

#include "crypto/crypto.h"

enum { ETAG_BYTES = 16 };

/* The NAME of a member and what separates it from the one before. */
static void begin(struct sm_buf *out, const char *name)
{
    if (out->len > 0 && strchr("{[", out->data[out->len - 1]) == NULL)
        sm_buf_addc(out, ',');
    sm_buf_addc(out, '"');
    sm_buf_adds(out, name);
    sm_buf_adds(out, "\":");
}

void sm_api_text(struct sm_buf *out, const char *name, const char *text)
{
    begin(out, name);
    if (!text || !*text) {
        sm_buf_adds(out, "null");
        return;
    }
    sm_buf_addc(out, '"');
    sm_buf_add_json(out, text, strlen(text));
    sm_buf_addc(out, '"');
}

void sm_api_id(struct sm_buf *out, const char *name,
               const uint8_t id[SM_ID_BYTES])
{
    char text[SM_ID_TEXT];

    sm_id_format(text, id);
    sm_api_text(out, name, text);
}

void sm_api_int(struct sm_buf *out, const char *name, int64_t number)
{
    begin(out, name);
    sm_buf_addi(out, number);
}

void sm_api_date(struct sm_buf *out, const char *name, struct sm_date date)
{
    begin(out, name);
    if (date.year == 0)
        sm_buf_adds(out, "null");
    else
        sm_buf_addf(out, "\"%04d-%02d-%02d\"", date.year, date.month, date.day);
}

void sm_api_instant(struct sm_buf *out, const char *name, int64_t us)
{
    time_t seconds = (time_t)(us / 1000000);
    struct tm tm;

    begin(out, name);
    gmtime_r(&seconds, &tm);
    sm_buf_addf(out, "\"%04d-%02d-%02dT%02d:%02d:%02dZ\"", tm.tm_year + 1900,
                tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

void sm_api_bool(struct sm_buf *out, const char *name, bool yes)
{
    begin(out, name);
    sm_buf_adds(out, yes ? "true" : "false");
}

enum sm_status sm_api_answer(struct sm_request *rq, struct sm_reply *rp,
                             struct sm_buf *out)
{
    uint8_t hash[SM_HASH_BYTES];
    char hex[2 * ETAG_BYTES + 1];
    const char *etag, *copy = NULL;

    sm_sha256(hash, out->data, out->len);
    sm_hex(hex, hash, ETAG_BYTES);
    etag = sm_arena_strdup(rq->arena, hex);
    if (sm_buf_ok(out) && etag)
        copy = sm_arena_strndup(rq->arena, out->data, out->len);
    if (copy && !sm_reply_known(rq, rp, etag)) {
        rp->type = "application/json";
        rp->body = copy;
        rp->body_len = out->len;
    }
    sm_buf_release(out);
    return copy ? SM_OK
                : SM_FAIL(&rq->err, SM_INTERNAL, "the answer: no memory");
}

enum sm_status sm_api_refuse(struct sm_request *rq, struct sm_reply *rp,
                             const char *name)
{
    rp->http = 400;
    return SM_FAIL(&rq->err, SM_INVALID, "a value of %s that it cannot have",
                   name);
}
