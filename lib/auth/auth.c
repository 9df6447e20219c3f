#include "auth/auth.h"
#include "auth/session.h"
#include "auth/token.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

enum {
    TOKEN_HOURS = 24,
    STAMP_BYTES = 4,
    TOKEN_BYTES = STAMP_BYTES + SM_HASH_BYTES,
    COOKIE_MAX_AGE_S = 48 * 3600,
    COOKIE_KEPT_S = 30 * 24 * 3600
};

/* The guard's keys; app->guard_data. */
struct keys {
    struct sm_key_bytes lookup, form;
};

static const struct keys *keys_of(const struct sm_request *rq)
{
    return rq->app->guard_data;
}

static enum sm_status open_guard(struct sm_app *app, struct sm_error *err)
{
    static const char *const required[] = {"secret.lookup", "secret.form"};
    struct keys *keys;
    enum sm_status st =
        sm_settings_require(app->settings, required, SM_COUNT(required), err);

    if (st != SM_OK)
        return st;
    keys = calloc(1, sizeof(*keys));
    if (!keys)
        return SM_FAIL(err, SM_INTERNAL, "keys: no memory");
    if (sm_key_parse(&keys->lookup,
                     sm_settings_str(app->settings, required[0])) != SM_OK ||
        sm_key_parse(&keys->form,
                     sm_settings_str(app->settings, required[1])) != SM_OK) {
        free(keys);
        return SM_FAIL(err, SM_INVALID,
                       "secret.lookup and secret.form are 64 hex digits");
    }
    app->guard_data = keys;
    return SM_OK;
}

static void close_guard(struct sm_app *app)
{
    struct keys *keys = app->guard_data;

    app->guard_data = NULL;
    explicit_bzero(keys, sizeof(*keys));
    free(keys);
}

/* The id in the Cookie header's first well-formed cookie NAME. */
bool sm_auth_cookie_read(uint8_t out[SM_ID_BYTES], const char *header,
                         const char *name)
{
    size_t name_len = strlen(name);

    while (*header) {
        size_t len;

        header += strspn(header, " \t;");
        len = strcspn(header, ";");
        if (len > name_len + 1 && strncmp(header, name, name_len) == 0 &&
            header[name_len] == '=') {
            char value[SM_ID_TEXT];
            size_t size = len - name_len - 1;

            while (size > 0 && (header[name_len + size] == ' ' ||
                                header[name_len + size] == '\t'))
                size--;
            if (size == SM_ID_TEXT - 1) {
                memcpy(value, header + name_len + 1, size);
                value[size] = '\0';
                if (sm_id_parse(out, value) == SM_OK)
                    return true;
            }
        }
        header += len;
    }
    return false;
}

/* The network that an address counts for: /24 of IPv4, /64 of IPv6, after a
 * byte that tells them apart.  0 bytes if it is no address (a unix socket). */
size_t sm_auth_network(uint8_t out[17], const char *address)
{
    static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
    uint8_t six[16];

    if (inet_pton(AF_INET, address, out + 1) == 1) {
        out[0] = 4;
        return 1 + 3;
    }
    if (inet_pton(AF_INET6, address, six) != 1)
        return 0;
    if (memcmp(six, mapped, sizeof(mapped)) == 0) {
        out[0] = 4;
        memcpy(out + 1, six + sizeof(mapped), 3);
        return 1 + 3;
    }
    out[0] = 6;
    memcpy(out + 1, six, 8);
    return 1 + 8;
}

static void identify(struct sm_request *rq, const char *cookie_header,
                     const char *remote_addr)
{
    uint8_t network[17];
    size_t len = sm_auth_network(network, remote_addr);

    rq->has_cookie =
        sm_auth_cookie_read(rq->browser_id, cookie_header, SM_COOKIE_BROWSER);
    if (!rq->has_cookie)
        sm_random(rq->browser_id, sizeof(rq->browser_id));
    sm_auth_lookup_hash(rq->browser_hash, rq, "browser", rq->browser_id,
                        sizeof(rq->browser_id));
    sm_auth_lookup_hash(rq->address_hash, rq, "address", network, len);
}

static void put_hour(uint8_t out[STAMP_BYTES], uint32_t hour)
{
    out[0] = (uint8_t)(hour >> 24);
    out[1] = (uint8_t)(hour >> 16);
    out[2] = (uint8_t)(hour >> 8);
    out[3] = (uint8_t)hour;
}

static uint32_t hour_of(const struct sm_request *rq)
{
    return (uint32_t)(rq->now_us / (INT64_C(3600) * 1000000));
}

/* The token's bytes for HOUR: the stamp, and what only we can make of it and
 * the browser's id. */
static void make_token(uint8_t out[TOKEN_BYTES], const struct sm_request *rq,
                       uint32_t hour)
{
    uint8_t data[SM_ID_BYTES + STAMP_BYTES + SM_HASH_BYTES];
    size_t len = SM_ID_BYTES + STAMP_BYTES;

    put_hour(out, hour);
    memcpy(data, rq->browser_id, SM_ID_BYTES);
    memcpy(data + SM_ID_BYTES, out, STAMP_BYTES);
    if (rq->customer) { /* it ends with the session */
        memcpy(data + len, rq->customer->session, SM_HASH_BYTES);
        len += SM_HASH_BYTES;
    }
    sm_hmac(out + STAMP_BYTES, &keys_of(rq)->form, "form", data, len);
}

static bool check(const struct sm_request *rq, const char *token)
{
    uint8_t given[TOKEN_BYTES], right[TOKEN_BYTES];
    size_t len;
    uint32_t hour, now = hour_of(rq);

    if (sm_base64url_decode(given, sizeof(given), &len, token) != SM_OK ||
        len != sizeof(given))
        return false;
    hour = (uint32_t)given[0] << 24 | (uint32_t)given[1] << 16 |
           (uint32_t)given[2] << 8 | given[3];
    make_token(right, rq, hour);
    if (!sm_same_bytes(given, right, sizeof(right)))
        return false;
    /* The other machine's clock may be a little ahead. */
    return hour <= now + 1 && now < hour + TOKEN_HOURS;
}

static const char *token(const struct sm_request *rq)
{
    uint8_t bytes[TOKEN_BYTES];
    char text[TOKEN_BYTES * 2];
    const char *copy;

    make_token(bytes, rq, hour_of(rq));
    sm_base64url_encode(text, sizeof(text), bytes, sizeof(bytes));
    copy = sm_arena_strdup(rq->arena, text);
    return copy ? copy : "";
}

const char *sm_auth_browser_token(const struct sm_request *rq)
{
    struct sm_request visitor = *rq;

    visitor.customer = NULL;
    return token(&visitor);
}

static const char *cookie(const struct sm_request *rq, bool keep)
{
    char id[SM_ID_TEXT];

    sm_id_format(id, rq->browser_id);
    return sm_arena_printf(rq->arena,
                           "%s=%s; Path=/; Max-Age=%d; Secure; HttpOnly; "
                           "SameSite=Lax",
                           SM_COOKIE_BROWSER, id,
                           keep ? COOKIE_KEPT_S : COOKIE_MAX_AGE_S);
}

const struct sm_guard sm_auth_guard = {
    .open = open_guard,
    .close = close_guard,
    .identify = identify,
    .check = check,
    .token = token,
    .cookie = cookie,
    .enter = sm_session_enter,
    .enter_token = sm_token_enter,
};

void sm_auth_lookup_hash(uint8_t out[SM_HASH_BYTES],
                         const struct sm_request *rq, const char *purpose,
                         const void *data, size_t len)
{
    sm_hmac(out, &keys_of(rq)->lookup, purpose, data, len);
}

void sm_auth_handle_hash(uint8_t hash[SM_HASH_BYTES],
                         const struct sm_request *rq,
                         const uint8_t id[SM_ID_BYTES])
{
    sm_auth_lookup_hash(hash, rq, "handle", id, SM_ID_BYTES);
}

void sm_auth_handle_new(uint8_t id[SM_ID_BYTES], uint8_t hash[SM_HASH_BYTES],
                        const struct sm_request *rq)
{
    sm_random(id, SM_ID_BYTES);
    sm_auth_handle_hash(hash, rq, id);
}

void sm_auth_handle_of(uint8_t id[SM_ID_BYTES], uint8_t hash[SM_HASH_BYTES],
                       const struct sm_request *rq, const void *secret,
                       size_t len)
{
    uint8_t data[2 * SM_HASH_BYTES], drawn[SM_HASH_BYTES];

    memcpy(data, rq->browser_hash, SM_HASH_BYTES);
    sm_sha256(data + SM_HASH_BYTES, secret, len);
    sm_auth_lookup_hash(drawn, rq, "handle_of", data, sizeof(data));
    memcpy(id, drawn, SM_ID_BYTES);
    sm_auth_handle_hash(hash, rq, id);
}
