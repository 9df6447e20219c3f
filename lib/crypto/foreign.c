/* What processors of payments sign with: RSA PKCS#1 v1.5, HMAC over older
 * hash functions, padded base64.  Nothing of our own uses these. */
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "crypto/crypto.h"

#define RSA_BITS_MIN 2048
/* What others sign with is theirs to choose: one still has 1024 bits. */
#define RSA_BITS_MIN_THEIRS 1024
#define RSA_BITS_MAX 4096

struct sm_rsa {
    EVP_PKEY *key;
};

static const EVP_MD *md_of(enum sm_digest digest)
{
    switch (digest) {
    case SM_DIGEST_MD5:
        return EVP_md5();
    case SM_DIGEST_SHA1:
        return EVP_sha1();
    case SM_DIGEST_SHA512:
        return EVP_sha512();
    case SM_DIGEST_SHA256:
        break;
    }
    return EVP_sha256();
}

size_t sm_hmac_plain(uint8_t out[SM_DIGEST_MAX], enum sm_digest digest,
                     const void *key, size_t key_len, const void *data,
                     size_t len)
{
    unsigned int n = 0;

    /* OpenSSL reads a NULL key as "keep the old one". */
    if (key_len > INT32_MAX || HMAC(md_of(digest), key_len > 0 ? key : "",
                                    (int)key_len, data, len, out, &n) == NULL)
        abort(); /* no memory or no such function: a wrong one is worse */
    return n;
}

size_t sm_hash_plain(uint8_t out[SM_DIGEST_MAX], enum sm_digest digest,
                     const void *data, size_t len)
{
    unsigned int n = 0;

    if (EVP_Digest(data, len, out, &n, md_of(digest), NULL) != 1)
        abort();
    return n;
}

/* Keep KEY if it is RSA of LEAST bits or more; else release it. */
static enum sm_status keep(struct sm_rsa **out, EVP_PKEY *key, int least)
{
    *out = NULL;
    if (key == NULL || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA ||
        EVP_PKEY_get_bits(key) < least ||
        EVP_PKEY_get_bits(key) > RSA_BITS_MAX) {
        EVP_PKEY_free(key);
        return SM_INVALID;
    }
    *out = calloc(1, sizeof(**out));
    if (*out == NULL) {
        EVP_PKEY_free(key);
        return SM_INTERNAL;
    }
    (*out)->key = key;
    return SM_OK;
}

/* Asked for a passphrase, there is none. */
static int no_passphrase(char *buf, int size, int writing, void *with)
{
    (void)buf;
    (void)size;
    (void)writing;
    (void)with;
    return -1;
}

enum sm_status sm_rsa_private(struct sm_rsa **out, const char *pem)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    EVP_PKEY *key = NULL;

    if (bio != NULL)
        key = PEM_read_bio_PrivateKey(bio, NULL, no_passphrase, NULL);
    BIO_free(bio);
    return keep(out, key, RSA_BITS_MIN);
}

enum sm_status sm_rsa_public(struct sm_rsa **out, const char *pem)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    EVP_PKEY *key = NULL;
    X509 *certificate = NULL;

    if (bio != NULL && strstr(pem, "BEGIN CERTIFICATE") != NULL) {
        certificate = PEM_read_bio_X509(bio, NULL, no_passphrase, NULL);
        if (certificate != NULL)
            key = X509_get_pubkey(certificate);
        X509_free(certificate);
    } else if (bio != NULL) {
        key = PEM_read_bio_PUBKEY(bio, NULL, no_passphrase, NULL);
    }
    BIO_free(bio);
    return keep(out, key, RSA_BITS_MIN_THEIRS);
}

void sm_rsa_free(struct sm_rsa *key)
{
    if (key != NULL)
        EVP_PKEY_free(key->key);
    free(key);
}

enum sm_status sm_rsa_sign(uint8_t out[SM_RSA_MAX], size_t *len_out,
                           const struct sm_rsa *key, enum sm_digest digest,
                           const void *data, size_t len)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool good;

    *len_out = SM_RSA_MAX;
    good = ctx != NULL &&
           EVP_DigestSignInit(ctx, NULL, md_of(digest), NULL, key->key) == 1 &&
           EVP_DigestSign(ctx, out, len_out, data, len) == 1;
    EVP_MD_CTX_free(ctx);
    return good ? SM_OK : SM_INTERNAL;
}

bool sm_rsa_verify(const struct sm_rsa *key, enum sm_digest digest,
                   const uint8_t *sig, size_t sig_len, const void *data,
                   size_t len)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    bool good =
        ctx != NULL &&
        EVP_DigestVerifyInit(ctx, NULL, md_of(digest), NULL, key->key) == 1 &&
        EVP_DigestVerify(ctx, sig, sig_len, data, len) == 1;

    EVP_MD_CTX_free(ctx);
    return good;
}

size_t sm_base64_encode(char *out, size_t size, const void *data, size_t len)
{
    size_t want = (len + 2) / 3 * 4;

    if (len > INT32_MAX / 2 || size <= want) {
        if (size > 0)
            *out = '\0';
        return 0;
    }
    return (size_t)EVP_EncodeBlock((unsigned char *)out, data, (int)len);
}

static int value_of(char c)
{
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const char *at = c != '\0' ? strchr(alphabet, c) : NULL;

    return at != NULL ? (int)(at - alphabet) : -1;
}

enum sm_status sm_base64_decode(uint8_t *out, size_t size, size_t *len,
                                const char *text)
{
    size_t length = strlen(text), n = 0, i;
    uint32_t bits = 0;
    int pad = 0;

    if (length % 4 != 0)
        return SM_INVALID;
    while (pad < 2 && length > 0 && text[length - 1] == '=') {
        length--;
        pad++;
    }
    for (i = 0; i < length; i++) {
        int value = value_of(text[i]);

        if (value < 0)
            return SM_INVALID;
        bits = bits << 6 | (uint32_t)value;
        if (i % 4 == 0)
            continue;
        if (n == size)
            return SM_INVALID;
        out[n++] = (uint8_t)(bits >> (6 - 2 * (i % 4)));
    }
    /* what the last character holds beyond the last byte must be zero */
    if (pad > 0 && (bits & ((1U << (2 * pad)) - 1)) != 0)
        return SM_INVALID;
    *len = n;
    return SM_OK;
}
