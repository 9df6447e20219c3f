#include "auth/password_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include <argon2.h>

#include "base/text.h"

enum {
    SALT_BYTES = 16,
    TAG_BYTES = 32,
    SALT_TEXT = 22, /* in base64 without padding */
    TAG_TEXT = 43,
    PADDED_TEXT = 45, /* the longer one with padding and NUL */
    MEMORY_A_LANE_KIB = 8
};

/* What stands in the kept text. */
struct kept {
    struct sm_password_cost cost;
    uint8_t salt[SALT_BYTES];
    uint8_t tag[TAG_BYTES];
};

struct sm_hasher {
    struct sm_key_bytes pepper;
    struct sm_password_cost cost;
    struct sm_turns turns;
    int wait_ms;
    struct kept nobody; /* compared with where there is no user */
};

struct sm_password_options sm_password_defaults(
    const struct sm_key_bytes *pepper)
{
    return (struct sm_password_options){
        .pepper = *pepper,
        .cost = {SM_PASSWORD_MEMORY_KIB, SM_PASSWORD_PASSES, SM_PASSWORD_LANES},
        .parallel = SM_PASSWORD_PARALLEL,
        .queue = SM_PASSWORD_QUEUE,
        .wait_ms = SM_PASSWORD_WAIT_MS,
    };
}

static bool is_cost(const struct sm_password_cost *cost)
{
    return cost->lanes >= 1 && cost->lanes <= SM_PASSWORD_LANES_MAX &&
           cost->passes >= 1 && cost->passes <= SM_PASSWORD_PASSES_MAX &&
           cost->memory_kib >= MEMORY_A_LANE_KIB * cost->lanes &&
           cost->memory_kib <= SM_PASSWORD_MEMORY_MAX_KIB;
}

static bool same_cost(const struct sm_password_cost *a,
                      const struct sm_password_cost *b)
{
    return a->memory_kib == b->memory_kib && a->passes == b->passes &&
           a->lanes == b->lanes;
}

/* The memory of a hash comes from the kernel and goes back to it.  malloc()
 * would keep as much for every thread that has ever hashed. */
static int take_memory(uint8_t **out, size_t size)
{
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);

    if (memory == MAP_FAILED)
        return ARGON2_MEMORY_ALLOCATION_ERROR;
    *out = memory;
    return ARGON2_OK;
}

static void give_memory(uint8_t *memory, size_t size)
{
    munmap(memory, size);
}

/* Argon2id of DIGEST with COST and SALT.  The memory is wiped by libargon2. */
static enum sm_status compute(uint8_t tag[TAG_BYTES],
                              uint8_t digest[SM_HASH_BYTES],
                              const struct sm_password_cost *cost,
                              const uint8_t salt[SALT_BYTES],
                              struct sm_error *err)
{
    uint8_t copy[SALT_BYTES]; /* the context's is not const */
    argon2_context context = {
        .out = tag,
        .outlen = TAG_BYTES,
        .pwd = digest,
        .pwdlen = SM_HASH_BYTES,
        .salt = copy,
        .saltlen = SALT_BYTES,
        .t_cost = cost->passes,
        .m_cost = cost->memory_kib,
        .lanes = cost->lanes,
        .threads = 1,
        .version = ARGON2_VERSION_13,
        .allocate_cbk = take_memory,
        .free_cbk = give_memory,
        .flags = ARGON2_FLAG_CLEAR_PASSWORD,
    };
    int result;

    memcpy(copy, salt, SALT_BYTES);
    result = argon2id_ctx(&context);
    if (result == ARGON2_OK)
        return SM_OK;
    return SM_FAIL(err, SM_INTERNAL, "argon2: %s",
                   argon2_error_message(result));
}

/* What is hashed instead of the password: without the pepper nobody can tell
 * which password it stands for. */
static void season(uint8_t digest[SM_HASH_BYTES],
                   const struct sm_hasher *hasher,
                   const struct sm_password *password)
{
    sm_hmac(digest, &hasher->pepper, "password", password->text, password->len);
}

/* compute() when its turn has come; wipes DIGEST in any case. */
static enum sm_status compute_in_turn(uint8_t tag[TAG_BYTES],
                                      struct sm_hasher *hasher,
                                      uint8_t digest[SM_HASH_BYTES],
                                      const struct kept *kept,
                                      struct sm_error *err)
{
    enum sm_status status = sm_turns_take(&hasher->turns, hasher->wait_ms);

    if (status == SM_OK) {
        status = compute(tag, digest, &kept->cost, kept->salt, err);
        sm_turns_give(&hasher->turns);
    } else {
        status = SM_FAIL(err, status, "password: no turn in time");
    }
    explicit_bzero(digest, SM_HASH_BYTES);
    return status;
}

/* The number after BEFORE; *AT moves behind it. */
static bool read_number(uint32_t *out, const char **at, const char *before)
{
    size_t skip = strlen(before), len;
    char digits[SM_INT_TEXT];
    int64_t number;

    if (strncmp(*at, before, skip) != 0)
        return false;
    *at += skip;
    len = strspn(*at, "0123456789");
    if (len == 0 || len >= sizeof(digits))
        return false;
    memcpy(digits, *at, len);
    digits[len] = '\0';
    *at += len;
    if (sm_parse_i64(&number, digits, 0, UINT32_MAX) != SM_OK)
        return false;
    *out = (uint32_t)number;
    return true;
}

/* SIZE bytes from the LEN characters after a dollar sign; *AT moves on. */
static bool read_bytes(uint8_t *out, size_t size, const char **at, size_t len)
{
    char text[PADDED_TEXT];
    size_t got = 0;

    if (**at != '$' || strlen(*at) <= len)
        return false;
    memcpy(text, *at + 1, len);
    *at += 1 + len;
    for (; len % 4 != 0; len++)
        text[len] = '=';
    text[len] = '\0';
    return sm_base64_decode(out, size, &got, text) == SM_OK && got == size;
}

static bool read_kept(struct kept *out, const char *text)
{
    uint32_t version;

    return read_number(&version, &text, "$argon2id$v=") &&
           version == ARGON2_VERSION_13 &&
           read_number(&out->cost.memory_kib, &text, "$m=") &&
           read_number(&out->cost.passes, &text, ",t=") &&
           read_number(&out->cost.lanes, &text, ",p=") && is_cost(&out->cost) &&
           read_bytes(out->salt, SALT_BYTES, &text, SALT_TEXT) &&
           read_bytes(out->tag, TAG_BYTES, &text, TAG_TEXT) && *text == '\0';
}

static void write_kept(char out[SM_PASSWORD_TEXT], const struct kept *kept)
{
    char salt[PADDED_TEXT], tag[PADDED_TEXT];

    sm_base64_encode(salt, sizeof(salt), kept->salt, SALT_BYTES);
    sm_base64_encode(tag, sizeof(tag), kept->tag, TAG_BYTES);
    snprintf(out, SM_PASSWORD_TEXT, "$argon2id$v=%d$m=%u,t=%u,p=%u$%.*s$%.*s",
             ARGON2_VERSION_13, kept->cost.memory_kib, kept->cost.passes,
             kept->cost.lanes, SALT_TEXT, salt, TAG_TEXT, tag);
}

enum sm_status sm_hasher_new(struct sm_hasher **out,
                             const struct sm_password_options *options,
                             struct sm_error *err)
{
    struct sm_hasher *hasher;
    enum sm_status status;
    uint8_t digest[SM_HASH_BYTES];

    *out = NULL;
    if (!options->pepper.set || !is_cost(&options->cost) ||
        options->parallel < 1 || options->queue < 0 || options->wait_ms < 0)
        return SM_FAIL(err, SM_INVALID, "password: pepper, cost or bounds");
    hasher = calloc(1, sizeof(*hasher));
    if (!hasher ||
        !sm_turns_init(&hasher->turns, options->parallel, options->queue)) {
        free(hasher);
        return SM_FAIL(err, SM_INTERNAL, "password: out of memory");
    }
    hasher->pepper = options->pepper;
    hasher->cost = hasher->nobody.cost = options->cost;
    hasher->wait_ms = options->wait_ms;
    sm_random(digest, sizeof(digest)); /* of a password that nobody knows */
    sm_random(hasher->nobody.salt, SALT_BYTES);
    status = compute_in_turn(hasher->nobody.tag, hasher, digest,
                             &hasher->nobody, err);
    if (status != SM_OK)
        sm_hasher_free(hasher);
    else
        *out = hasher;
    return status;
}

void sm_hasher_free(struct sm_hasher *hasher)
{
    if (!hasher)
        return;
    sm_turns_clear(&hasher->turns);
    explicit_bzero(hasher, sizeof(*hasher));
    free(hasher);
}

enum sm_status sm_password_hash(char out[SM_PASSWORD_TEXT],
                                struct sm_hasher *hasher, const char *password,
                                size_t len, struct sm_error *err)
{
    struct sm_password read;
    struct kept kept = {.cost = hasher->cost};
    uint8_t digest[SM_HASH_BYTES];
    enum sm_status status;

    out[0] = '\0';
    if (sm_password_read(&read, password, len) != SM_PASSWORD_GOOD)
        return SM_FAIL(err, SM_INVALID, "password: malformed or too long");
    season(digest, hasher, &read);
    explicit_bzero(&read, sizeof(read));
    sm_random(kept.salt, SALT_BYTES);
    status = compute_in_turn(kept.tag, hasher, digest, &kept, err);
    if (status == SM_OK)
        write_kept(out, &kept);
    return status;
}

enum sm_status sm_password_verify(bool *renew, struct sm_hasher *hasher,
                                  const char *kept, const char *password,
                                  size_t len, struct sm_error *err)
{
    struct sm_password read;
    struct kept known = hasher->nobody;
    uint8_t digest[SM_HASH_BYTES], tag[TAG_BYTES];
    enum sm_status status;
    bool readable;

    *renew = false;
    if (kept && !read_kept(&known, kept))
        return SM_FAIL(err, SM_INTERNAL, "password: what is kept is no hash");
    /* What cannot be anybody's password costs as much as a wrong one. */
    readable = sm_password_read(&read, password, len) == SM_PASSWORD_GOOD;
    season(digest, hasher, &read);
    explicit_bzero(&read, sizeof(read));
    status = compute_in_turn(tag, hasher, digest, &known, err);
    if (status != SM_OK)
        return status;
    if (!sm_same_bytes(tag, known.tag, TAG_BYTES) || !kept || !readable)
        return SM_DENIED;
    *renew = !same_cost(&known.cost, &hasher->cost);
    return SM_OK;
}
