/* RSA signatures of the sandbox: its own use of OpenSSL, so that two
 * implementations must agree. */
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "sandbox/wire.h"

#define SIGNATURE_MAX 512

const char *sb_rsa_sign(struct sm_request *rq, const char *pem,
                        const char *text)
{
    BIO *bio = BIO_new_mem_buf(pem, -1);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    char *hex = sm_arena_alloc(rq->arena, 2 * SIGNATURE_MAX + 1);
    unsigned char sig[SIGNATURE_MAX];
    size_t len = sizeof(sig);

    if (hex != NULL && key != NULL &&
        EVP_DigestSignInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
        EVP_DigestSignUpdate(ctx, text, strlen(text)) == 1 &&
        EVP_DigestSignFinal(ctx, sig, &len) == 1) {
        sm_hex(hex, sig, len);
        for (char *c = hex; *c != '\0'; c++)
            *c = sm_to_upper(*c);
    }
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    BIO_free(bio);
    return hex != NULL ? hex : "";
}

bool sb_rsa_verify(const char *path, const char *hex, const char *text)
{
    FILE *file = fopen(path, "re");
    EVP_PKEY *key = file != NULL ? PEM_read_PUBKEY(file, NULL, NULL, NULL)
                                 : NULL;
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    unsigned char sig[SIGNATURE_MAX];
    size_t len = strlen(hex) / 2;
    bool good = key != NULL && len > 0 && len <= sizeof(sig) &&
                sm_unhex(sig, len, hex) == SM_OK &&
                EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
                EVP_DigestVerifyUpdate(ctx, text, strlen(text)) == 1 &&
                EVP_DigestVerifyFinal(ctx, sig, len) == 1;

    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    if (file != NULL)
        (void)fclose(file);
    return good;
}
