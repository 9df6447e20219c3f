#include "crypto/crypto.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include "base/text.h"

#define SEAL_VERSION 1
#define NONCE_BYTES 12
#define TAG_BYTES 16

_Static_assert(SM_SEAL_OVERHEAD == 1 + NONCE_BYTES + TAG_BYTES,
               "the overhead is version, nonce and tag");

/* Looking an algorithm up by name costs more than using it, so it is done
 * once for the process; the objects are read-only afterwards. */
static struct {
    pthread_once_t once;
    EVP_MD *sha256;
    EVP_CIPHER *aes;
    EVP_MAC_CTX *hmac;  /* HMAC-SHA256 without a key, copied for use */
    pthread_key_t kept; /* each thread's struct kept */
} algorithms = {.once = PTHREAD_ONCE_INIT};

/* A program hashes with two or three keys of its own, a few times a page.
 * Making a context and giving it the key costs more than the hash, so each
 * thread keeps those of the last few keys. */
struct kept {
    struct keyed {
        EVP_MAC_CTX *ctx;
        uint8_t key[SM_KEY_BYTES];
    } of[4];
    size_t next; /* the place that is given up for another key */
};

static void free_kept(void *arg);

/* The functions without a status can fail only for want of memory or of a
 * working OpenSSL; going on with a wrong hash would be worse than ending. */
static void must(bool good, const char *what)
{
    if (good)
        return;
    fprintf(stderr, "crypto: %s failed\n", what);
    abort();
}

static void fetch(void)
{
    char digest[] = "SHA256";
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
        OSSL_PARAM_construct_end(),
    };
    EVP_MAC *mac = EVP_MAC_fetch(NULL, "HMAC", NULL);

    algorithms.sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    algorithms.aes = EVP_CIPHER_fetch(NULL, "AES-256-GCM", NULL);
    algorithms.hmac = EVP_MAC_CTX_new(mac);
    must(algorithms.sha256 && algorithms.aes && algorithms.hmac &&
             EVP_MAC_CTX_set_params(algorithms.hmac, params) == 1 &&
             pthread_key_create(&algorithms.kept, free_kept) == 0,
         "OpenSSL's start");
    EVP_MAC_free(mac); /* the context keeps its own reference */
}

static void ready(void)
{
    must(pthread_once(&algorithms.once, fetch) == 0, "pthread_once");
}

enum sm_status sm_key_parse(struct sm_key_bytes *out, const char *text)
{
    out->set = false;
    if (sm_unhex(out->bytes, SM_KEY_BYTES, text) != SM_OK)
        return SM_INVALID;
    out->set = true;
    return SM_OK;
}

void sm_random(void *out, size_t len)
{
    unsigned char *at = out;

    while (len > 0) {
        ssize_t got = getrandom(at, len, 0);

        if (got < 0 && errno == EINTR)
            continue;
        must(got > 0, "getrandom");
        at += got;
        len -= (size_t)got;
    }
}

static void finish_hmac(uint8_t out[SM_HASH_BYTES], EVP_MAC_CTX *ctx)
{
    size_t len = 0;

    must(EVP_MAC_final(ctx, out, &len, SM_HASH_BYTES) == 1 &&
             len == SM_HASH_BYTES,
         "HMAC");
}

static void free_kept(void *arg)
{
    struct kept *kept = arg;

    for (size_t i = 0; i < SM_COUNT(kept->of); i++)
        EVP_MAC_CTX_free(kept->of[i].ctx);
    OPENSSL_cleanse(kept, sizeof(*kept));
    free(kept);
}

/* A context of this thread that has taken in KEY and nothing else. */
static EVP_MAC_CTX *keyed(const struct sm_key_bytes *key)
{
    struct kept *kept = pthread_getspecific(algorithms.kept);
    struct keyed *of;

    if (!kept) {
        kept = calloc(1, sizeof(*kept));
        must(kept && pthread_setspecific(algorithms.kept, kept) == 0, "memory");
    }
    for (size_t i = 0; i < SM_COUNT(kept->of); i++) {
        of = &kept->of[i];
        if (!of->ctx || !sm_same_bytes(of->key, key->bytes, SM_KEY_BYTES))
            continue;
        must(EVP_MAC_init(of->ctx, NULL, 0, NULL) == 1, "HMAC");
        return of->ctx;
    }
    of = &kept->of[kept->next];
    kept->next = (kept->next + 1) % SM_COUNT(kept->of);
    EVP_MAC_CTX_free(of->ctx);
    of->ctx = EVP_MAC_CTX_dup(algorithms.hmac);
    memcpy(of->key, key->bytes, SM_KEY_BYTES);
    must(of->ctx && EVP_MAC_init(of->ctx, of->key, SM_KEY_BYTES, NULL) == 1,
         "HMAC");
    return of->ctx;
}

void sm_hmac(uint8_t out[SM_HASH_BYTES], const struct sm_key_bytes *key,
             const char *purpose, const void *data, size_t len)
{
    EVP_MAC_CTX *ctx;

    must(key->set, "a key that is not set");
    ready();
    ctx = keyed(key);
    must(EVP_MAC_update(ctx, (const unsigned char *)purpose,
                        strlen(purpose) + 1) == 1 &&
             (len == 0 || EVP_MAC_update(ctx, data, len) == 1),
         "HMAC");
    finish_hmac(out, ctx);
}

void sm_hmac_sha256(uint8_t out[SM_HASH_BYTES], const void *key, size_t key_len,
                    const void *data, size_t len)
{
    EVP_MAC_CTX *ctx;

    ready();
    ctx = EVP_MAC_CTX_dup(algorithms.hmac);
    /* OpenSSL reads a NULL key as "keep the old one". */
    must(ctx &&
             EVP_MAC_init(ctx, key_len > 0 ? key : (const void *)"", key_len,
                          NULL) == 1 &&
             (len == 0 || EVP_MAC_update(ctx, data, len) == 1),
         "HMAC");
    finish_hmac(out, ctx);
    EVP_MAC_CTX_free(ctx);
}

void sm_sha256(uint8_t out[SM_HASH_BYTES], const void *data, size_t len)
{
    ready();
    must(EVP_Digest(data, len, out, NULL, algorithms.sha256, NULL) == 1,
         "SHA-256");
}

bool sm_same_bytes(const void *a, const void *b, size_t len)
{
    return CRYPTO_memcmp(a, b, len) == 0;
}

/* Give the additional data and the text to CTX; both directions alike. */
static bool run_cipher(EVP_CIPHER_CTX *ctx, uint8_t *out, const void *aad,
                       int aad_len, const void *data, int len)
{
    uint8_t rest[TAG_BYTES];
    int done = 0;

    if (aad_len > 0 && EVP_CipherUpdate(ctx, NULL, &done, aad, aad_len) != 1)
        return false;
    if (len > 0 && EVP_CipherUpdate(ctx, out, &done, data, len) != 1)
        return false;
    /* GCM never has bytes left over; on the way back this checks the tag. */
    return EVP_CipherFinal_ex(ctx, rest, &done) == 1 && done == 0;
}

enum sm_status sm_seal(uint8_t *out, size_t size,
                       const struct sm_key_bytes *key, const void *aad,
                       size_t aad_len, const void *data, size_t len)
{
    uint8_t *nonce = out + 1;
    uint8_t *text = nonce + NONCE_BYTES;
    EVP_CIPHER_CTX *ctx;
    bool good;

    if (!key->set || len > INT32_MAX - SM_SEAL_OVERHEAD ||
        aad_len > INT32_MAX || size < len + SM_SEAL_OVERHEAD)
        return SM_INVALID;
    ready();
    ctx = EVP_CIPHER_CTX_new();
    out[0] = SEAL_VERSION;
    sm_random(nonce, NONCE_BYTES);
    good = ctx &&
           EVP_CipherInit_ex2(ctx, algorithms.aes, key->bytes, nonce, 1,
                              NULL) == 1 &&
           run_cipher(ctx, text, aad, (int)aad_len, data, (int)len) &&
           EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_GET_TAG, TAG_BYTES,
                               text + len) == 1;
    EVP_CIPHER_CTX_free(ctx);
    return good ? SM_OK : SM_INTERNAL;
}

enum sm_status sm_unseal(void *out, size_t size, size_t *out_len,
                         const struct sm_key_bytes *key, const void *aad,
                         size_t aad_len, const uint8_t *sealed, size_t len)
{
    const uint8_t *text = sealed + 1 + NONCE_BYTES;
    uint8_t tag[TAG_BYTES];
    EVP_CIPHER_CTX *ctx;
    bool good;

    if (len < SM_SEAL_OVERHEAD || sealed[0] != SEAL_VERSION)
        return SM_DENIED;
    len -= SM_SEAL_OVERHEAD;
    if (!key->set || len > INT32_MAX || aad_len > INT32_MAX || size < len)
        return SM_INVALID;
    ready();
    memcpy(tag, text + len, TAG_BYTES);
    ctx = EVP_CIPHER_CTX_new();
    good = ctx &&
           EVP_CipherInit_ex2(ctx, algorithms.aes, key->bytes, sealed + 1, 0,
                              NULL) == 1 &&
           EVP_CIPHER_CTX_ctrl(ctx, EVP_CTRL_AEAD_SET_TAG, TAG_BYTES, tag) ==
               1 &&
           run_cipher(ctx, out, aad, (int)aad_len, text, (int)len);
    EVP_CIPHER_CTX_free(ctx);
    if (!good) {
        /* What did not pass the check must not be read by anybody. */
        OPENSSL_cleanse(out, len);
        return SM_DENIED;
    }
    *out_len = len;
    return SM_OK;
}

enum sm_status sm_ed25519_public(uint8_t out[32], const uint8_t seed[32])
{
    EVP_PKEY *key =
        EVP_PKEY_new_raw_private_key_ex(NULL, "ED25519", NULL, seed, 32);
    size_t len = 32;
    bool good = key && EVP_PKEY_get_raw_public_key(key, out, &len) == 1 &&
                len == 32;

    EVP_PKEY_free(key);
    return good ? SM_OK : SM_INTERNAL;
}

enum sm_status sm_ed25519_sign(uint8_t out[64], const uint8_t seed[32],
                               const void *data, size_t len)
{
    EVP_PKEY *key =
        EVP_PKEY_new_raw_private_key_ex(NULL, "ED25519", NULL, seed, 32);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    size_t out_len = 64;
    bool good = key && ctx &&
                EVP_DigestSignInit(ctx, NULL, NULL, NULL, key) == 1 &&
                EVP_DigestSign(ctx, out, &out_len, data, len) == 1 &&
                out_len == 64;

    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    return good ? SM_OK : SM_INTERNAL;
}

bool sm_ed25519_verify(const uint8_t public_key[32], const uint8_t sig[64],
                       const void *data, size_t len)
{
    EVP_PKEY *key =
        EVP_PKEY_new_raw_public_key_ex(NULL, "ED25519", NULL, public_key, 32);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool good = key && ctx &&
                EVP_DigestVerifyInit(ctx, NULL, NULL, NULL, key) == 1 &&
                EVP_DigestVerify(ctx, sig, 64, data, len) == 1;

    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    return good;
}
