/* The token that proves a notification of Netopia: a JSON Web Token (RFC 7519)
 * signed with RSA, whose subject is the hash of the body. */
#include <string.h>

#include "crypto/crypto.h"
#include "pay/netopia.h"
#include "json/json.h"

#define TOKEN_MAX 8192
#define ISSUER "NETOPIA Payments"
/* Times above this are counted in milliseconds: as seconds it would be the
 * year 5138.  Their library compares the token's times in that unit. */
#define MILLISECONDS INT64_C(100000000000)
#define BODY_HASH 89 /* base64 of SHA-512 with the NUL */

/* The three parts of a token, without the dots. */
struct parts {
    const char *part[3];
    size_t len[3];
};

static bool split(struct parts *out, const char *token)
{
    int n;

    if (strnlen(token, TOKEN_MAX + 1) > TOKEN_MAX)
        return false;
    for (n = 0; n < 3; n++) {
        out->part[n] = token;
        out->len[n] = strcspn(token, ".");
        token += out->len[n];
        if (out->len[n] == 0 || *token != (n < 2 ? '.' : '\0'))
            return false;
        token += n < 2;
    }
    return true;
}

/* Part N, decoded, as JSON. */
static enum sm_status read_part(const struct sm_json **out,
                                const struct parts *parts, int n,
                                struct sm_arena *arena, struct sm_error *err)
{
    size_t room = parts->len[n], len = 0;
    char *coded = sm_arena_strndup(arena, parts->part[n], room);
    uint8_t *text = sm_arena_alloc(arena, room);

    if (coded == NULL || text == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    if (sm_base64url_decode(text, room, &len, coded) != SM_OK ||
        sm_json_parse(out, arena, (const char *)text, len, err) != SM_OK)
        return SM_FAIL(err, SM_DENIED, "netopia: token malformed");
    return SM_OK;
}

/* The hash that the token's head names; only RSA ones.  Whatever else it
 * names would have us check with a key of another kind, or not at all. */
static enum sm_status read_head(enum sm_digest *out, const struct sm_json *head,
                                struct sm_error *err)
{
    const char *alg = sm_json_str(head, "alg"), *typ = sm_json_str(head, "typ");

    if (alg != NULL && strcmp(alg, "RS512") == 0)
        *out = SM_DIGEST_SHA512;
    else if (alg != NULL && strcmp(alg, "RS256") == 0)
        *out = SM_DIGEST_SHA256;
    else
        return SM_FAIL(err, SM_DENIED, "netopia: token's alg");
    if ((sm_json_at(head, "typ") != NULL &&
         (typ == NULL || strcmp(typ, "JWT") != 0)) ||
        sm_json_at(head, "crit") != NULL)
        return SM_FAIL(err, SM_DENIED, "netopia: token's head");
    return SM_OK;
}

static enum sm_status check_signature(const struct sm_rsa *key,
                                      const struct parts *parts,
                                      enum sm_digest hash,
                                      struct sm_arena *arena,
                                      struct sm_error *err)
{
    char *coded = sm_arena_strndup(arena, parts->part[2], parts->len[2]);
    uint8_t signature[SM_RSA_MAX];
    size_t len = 0;

    if (coded == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    /* head, dot and claims lie one behind the other */
    if (sm_base64url_decode(signature, sizeof(signature), &len, coded) !=
            SM_OK ||
        !sm_rsa_verify(key, hash, signature, len, parts->part[0],
                       parts->len[0] + 1 + parts->len[1]))
        return SM_FAIL(err, SM_DENIED, "netopia: token's signature");
    return SM_OK;
}

/* True if the claim NAME is absent or a time; *SECONDS is 0 if absent. */
static bool read_time(int64_t *seconds, const struct sm_json *claims,
                      const char *name)
{
    enum sm_status status = sm_json_int(seconds, claims, name);

    if (status == SM_NOT_FOUND)
        return true;
    if (*seconds > MILLISECONDS)
        *seconds /= 1000;
    return status == SM_OK && *seconds > 0;
}

static bool times_ok(const struct sm_json *claims, int64_t now)
{
    int64_t from = 0, until = 0, issued = 0;

    return read_time(&from, claims, "nbf") &&
           read_time(&until, claims, "exp") &&
           read_time(&issued, claims, "iat") &&
           from <= now + SM_NETOPIA_LEEWAY_S &&
           issued <= now + SM_NETOPIA_LEEWAY_S &&
           (until == 0 || now < until + SM_NETOPIA_LEEWAY_S);
}

/* True if the first audience is POS. */
static bool is_for(const struct sm_json *claims, const char *pos)
{
    const struct sm_json *list = sm_json_at(claims, "aud");
    const char *name = sm_json_is_array(list)
                           ? (sm_json_count(list) > 0
                                  ? sm_json_str(sm_json_first(list), "")
                                  : NULL)
                           : sm_json_str(list, "");

    return name != NULL && strcmp(name, pos) == 0;
}

/* The subject that BODY has. */
static void subject_of(char out[BODY_HASH], const char *body, size_t len)
{
    uint8_t hash[SM_DIGEST_MAX];
    size_t n = sm_hash_plain(hash, SM_DIGEST_SHA512, body, len);

    (void)sm_base64_encode(out, BODY_HASH, hash, n);
}

enum sm_status sm_netopia_token(const struct sm_rsa *key, const char *pos,
                                const char *token, const char *body, size_t len,
                                int64_t real_us, struct sm_arena *arena,
                                struct sm_error *err)
{
    const struct sm_json *head = NULL, *claims = NULL;
    enum sm_digest hash = SM_DIGEST_SHA256;
    const char *issuer, *subject;
    char wanted[BODY_HASH];
    enum sm_status status;
    struct parts parts;

    if (!split(&parts, token))
        return SM_FAIL(err, SM_DENIED, "netopia: no token");
    status = read_part(&head, &parts, 0, arena, err);
    if (status == SM_OK)
        status = read_head(&hash, head, err);
    if (status == SM_OK)
        status = check_signature(key, &parts, hash, arena, err);
    if (status == SM_OK)
        status = read_part(&claims, &parts, 1, arena, err);
    if (status != SM_OK)
        return status;
    issuer = sm_json_str(claims, "iss");
    if (issuer == NULL || strcmp(issuer, ISSUER) != 0)
        return SM_FAIL(err, SM_DENIED, "netopia: token's issuer");
    if (!is_for(claims, pos))
        return SM_FAIL(err, SM_DENIED, "netopia: token for another");
    if (!times_ok(claims, real_us / 1000000))
        return SM_FAIL(err, SM_DENIED, "netopia: token's time");
    subject_of(wanted, body, len);
    subject = sm_json_str(claims, "sub");
    if (subject == NULL || strlen(subject) != BODY_HASH - 1 ||
        !sm_same_bytes(subject, wanted, BODY_HASH - 1))
        return SM_FAIL(err, SM_DENIED, "netopia: token of another body");
    return SM_OK;
}
