/* Stands before the one function of libargon2 that lib/auth calls, in a test
 * program that includes this: sees what is asked of it, counts who is inside,
 * and can hold them there.  And the quick hasher of these tests. */
#ifndef SM_TESTS_ARGON2_WATCH_H
#define SM_TESTS_ARGON2_WATCH_H

#include <dlfcn.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <argon2.h>
#include <cmocka.h>

#include "auth/password_impl.h"

#define PASSWORD "три бели мачки"
#define PATIENCE_MS 10000

static struct {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    int inside, peak, calls;
    bool closed; /* whoever is inside stays */
    int failure; /* what is answered instead of a hash, if not 0 */
    argon2_context asked;
    uint8_t pwd[64]; /* what was to be hashed */
} watch = {.lock = PTHREAD_MUTEX_INITIALIZER,
           .changed = PTHREAD_COND_INITIALIZER};

/* What libargon2's function of that name does, under watch. */
int argon2id_ctx(argon2_context *context)
{
    int (*real)(argon2_context *) = NULL;
    int result;

    *(void **)&real = dlsym(RTLD_NEXT, "argon2id_ctx");
    pthread_mutex_lock(&watch.lock);
    watch.calls++;
    watch.inside++;
    if (watch.inside > watch.peak)
        watch.peak = watch.inside;
    watch.asked = *context;
    if (context->pwdlen <= sizeof(watch.pwd))
        memcpy(watch.pwd, context->pwd, context->pwdlen);
    pthread_cond_broadcast(&watch.changed);
    while (watch.closed)
        pthread_cond_wait(&watch.changed, &watch.lock);
    result = watch.failure;
    pthread_mutex_unlock(&watch.lock);
    if (result == 0)
        result = real(context);
    pthread_mutex_lock(&watch.lock);
    watch.inside--;
    pthread_cond_broadcast(&watch.changed);
    pthread_mutex_unlock(&watch.lock);
    return result;
}

static inline struct sm_password_options options(void)
{
    struct sm_key_bytes pepper = {.set = true};
    struct sm_password_options made;

    memset(pepper.bytes, 0x5A, sizeof(pepper.bytes));
    made = sm_password_defaults(&pepper);
    made.cost = (struct sm_password_cost){64, 1, 1}; /* quick */
    made.wait_ms = PATIENCE_MS;
    return made;
}

static inline struct sm_hasher *make(const struct sm_password_options *from)
{
    struct sm_hasher *hasher;

    assert_int_equal(sm_hasher_new(&hasher, from, NULL), SM_OK);
    watch.calls = watch.peak = 0;
    return hasher;
}

static inline enum sm_status hash(char out[SM_PASSWORD_TEXT],
                                  struct sm_hasher *hasher,
                                  const char *password)
{
    return sm_password_hash(out, hasher, password, strlen(password), NULL);
}

static inline enum sm_status verify(bool *renew, struct sm_hasher *hasher,
                                    const char *kept, const char *password)
{
    return sm_password_verify(renew, hasher, kept, password, strlen(password),
                              NULL);
}

#endif
