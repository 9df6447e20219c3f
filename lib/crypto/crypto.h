/* Hashes, random bytes, sealing and signatures; the only user of OpenSSL
 * (except the sandbox).  Keys come from the settings as hex or base64 text
 * of at least 32 bytes and live in struct sm_keys. */
#ifndef SM_CRYPTO_CRYPTO_H
#define SM_CRYPTO_CRYPTO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define SM_KEY_BYTES 32
#define SM_HASH_BYTES 32

struct sm_key_bytes {
    uint8_t bytes[SM_KEY_BYTES];
    bool set;
};

/* Read 64 hex digits.  SM_INVALID for anything else. */
enum sm_status sm_key_parse(struct sm_key_bytes *out, const char *text)
    SM_MUSTCHECK;

/* LEN bytes from the kernel; aborts the process if it cannot (never seen). */
void sm_random(void *out, size_t len);

/* HMAC-SHA256 over PURPOSE, a NUL, and DATA: the purpose keeps one key's uses
 * apart ("payment_code", "browser", "address", ...). */
void sm_hmac(uint8_t out[SM_HASH_BYTES], const struct sm_key_bytes *key,
             const char *purpose, const void *data, size_t len);

/* Plain HMAC-SHA256 with any key, for protocols of others. */
void sm_hmac_sha256(uint8_t out[SM_HASH_BYTES], const void *key, size_t key_len,
                    const void *data, size_t len);

/* Hash functions of others' protocols; none of ours uses the first two. */
enum sm_digest {
    SM_DIGEST_MD5,
    SM_DIGEST_SHA1,
    SM_DIGEST_SHA256,
    SM_DIGEST_SHA512
};
#define SM_DIGEST_MAX 64

/* Plain HMAC with one of them.  Returns the bytes written. */
size_t sm_hmac_plain(uint8_t out[SM_DIGEST_MAX], enum sm_digest digest,
                     const void *key, size_t key_len, const void *data,
                     size_t len);

/* Plain hash with one of them.  Returns the bytes written. */
size_t sm_hash_plain(uint8_t out[SM_DIGEST_MAX], enum sm_digest digest,
                     const void *data, size_t len);

/* Plain SHA-256. */
void sm_sha256(uint8_t out[SM_HASH_BYTES], const void *data, size_t len);

/* Equality in constant time. */
bool sm_same_bytes(const void *a, const void *b, size_t len);

/* base64url without padding (RFC 4648 5), terminated.  Returns the characters
 * written, 0 if OUT[SIZE] is too small (and OUT is "" then). */
size_t sm_base64url_encode(char *out, size_t size, const void *data,
                           size_t len);
/* SM_INVALID for a foreign character, padding, non-canonical trailing bits or
 * no room. */
enum sm_status sm_base64url_decode(uint8_t *out, size_t size, size_t *len,
                                   const char *text) SM_MUSTCHECK;

/* base64 of RFC 4648 4, padded, without line breaks; results as above. */
size_t sm_base64_encode(char *out, size_t size, const void *data, size_t len);
/* SM_INVALID as above, and where the padding is not what it must be. */
enum sm_status sm_base64_decode(uint8_t *out, size_t size, size_t *len,
                                const char *text) SM_MUSTCHECK;

/* Seal DATA with AES-256-GCM: OUT gets version, nonce, text, tag
 * (LEN + SM_SEAL_OVERHEAD bytes).  AAD binds it to its row.  SM_INVALID if
 * the key is not set or OUT[SIZE] is too small. */
#define SM_SEAL_OVERHEAD 29
enum sm_status sm_seal(uint8_t *out, size_t size,
                       const struct sm_key_bytes *key, const void *aad,
                       size_t aad_len, const void *data, size_t len)
    SM_MUSTCHECK;
/* The inverse; SM_DENIED if it was altered or belongs to another row. */
enum sm_status sm_unseal(void *out, size_t size, size_t *out_len,
                         const struct sm_key_bytes *key, const void *aad,
                         size_t aad_len, const uint8_t *sealed, size_t len)
    SM_MUSTCHECK;

/* Ed25519 (RFC 8032).  SEED is the 32-byte private key. */
enum sm_status sm_ed25519_public(uint8_t out[32], const uint8_t seed[32])
    SM_MUSTCHECK;
/* Sign DATA. */
enum sm_status sm_ed25519_sign(uint8_t out[64], const uint8_t seed[32],
                               const void *data, size_t len) SM_MUSTCHECK;
/* True if SIG is the signature of DATA by the holder of PUBLIC_KEY. */
bool sm_ed25519_verify(const uint8_t public_key[32], const uint8_t sig[64],
                       const void *data, size_t len);

/* An RSA key of a protocol of others: read once, used by any thread. */
struct sm_rsa;
/* Bytes of a signature of the largest key that is accepted (4096 bits). */
#define SM_RSA_MAX 512

/* Read a private key from PEM text, not encrypted, 2048 to 4096 bits.
 * SM_INVALID for anything else. */
enum sm_status sm_rsa_private(struct sm_rsa **out, const char *pem)
    SM_MUSTCHECK;
/* Read a public key, or the one of a certificate, from PEM text, 1024 to 4096
 * bits.  The certificate itself (dates, issuer) is not judged: it is pinned. */
enum sm_status sm_rsa_public(struct sm_rsa **out, const char *pem) SM_MUSTCHECK;
/* Release a key.  NULL is fine. */
void sm_rsa_free(struct sm_rsa *key);
/* PKCS#1 v1.5 signature of DATA; LEN_OUT bytes of OUT are used. */
enum sm_status sm_rsa_sign(uint8_t out[SM_RSA_MAX], size_t *len_out,
                           const struct sm_rsa *key, enum sm_digest digest,
                           const void *data, size_t len) SM_MUSTCHECK;
/* True if SIG is such a signature of DATA by the holder of KEY. */
bool sm_rsa_verify(const struct sm_rsa *key, enum sm_digest digest,
                   const uint8_t *sig, size_t sig_len, const void *data,
                   size_t len);

#endif
