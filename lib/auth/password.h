/* Passwords: which ones are taken, what is kept of one, and how one is
 * compared with what is kept.  Nothing is stored or looked up here, and what
 * a failed attempt costs its maker (delays, mails) is decided elsewhere.
 *
 * A password is well-formed UTF-8 with a length.  Everywhere here it is first
 * composed (Unicode NFC), so that the same letters are the same password
 * whichever keyboard or system they come from.  It is never trimmed or cut.
 *
 * What is kept is Argon2id of HMAC-SHA-256 of the password, in the common text
 * form "$argon2id$v=19$m=19456,t=2,p=1$salt$tag".  The key of the HMAC, the
 * pepper, is not in the database: who has the database alone cannot try
 * passwords.  Whoever loses the pepper has lost all passwords. */
#ifndef SM_AUTH_PASSWORD_H
#define SM_AUTH_PASSWORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "crypto/crypto.h"

/* Characters are code points after composing. */
#define SM_PASSWORD_MIN_CHARS 10
#define SM_PASSWORD_MAX_CHARS 128

/* The rule that a password breaks, so that a page can say it in words. */
enum sm_password_rule {
    SM_PASSWORD_GOOD = 0,
    SM_PASSWORD_MALFORMED, /* not UTF-8, or with a NUL in it */
    SM_PASSWORD_SHORT,     /* fewer than 10 characters */
    SM_PASSWORD_LONG,      /* more than 128 characters */
    SM_PASSWORD_EMAIL,     /* the e-mail address, or what is before its @ */
    SM_PASSWORD_CODE,      /* the client code */
    SM_PASSWORD_TRIVIAL,   /* a short group repeated, or keys in their order */
    SM_PASSWORD_COMMON     /* on the list that everybody tries first */
};

/* The first rule, in the order above, that the LEN bytes of PASSWORD break.
 * Letters count without regard to case, and the client code without regard to
 * blanks, dots and dashes.
 * email        as it is to be stored; NULL or "" if there is none
 * client_code  likewise
 * A group that is repeated is one of fewer than 10 characters, at least twice
 * and to the end.  Keys in their order are pieces of three and more that
 * follow a row of a keyboard or an alphabet, onward or back, or are one
 * character.  The list is lib/auth/common_passwords.txt. */
enum sm_password_rule sm_password_check(const char *password, size_t len,
                                        const char *email,
                                        const char *client_code) SM_MUSTCHECK;

/* How much work a hash is. */
struct sm_password_cost {
    uint32_t memory_kib; /* 8 a lane to SM_PASSWORD_MEMORY_MAX_KIB */
    uint32_t passes;     /* 1 to SM_PASSWORD_PASSES_MAX */
    uint32_t lanes;      /* 1 to SM_PASSWORD_LANES_MAX; one thread works */
};

/* What one hash costs unless the caller says otherwise: about 30 ms. */
#define SM_PASSWORD_MEMORY_KIB 19456
#define SM_PASSWORD_PASSES 2
#define SM_PASSWORD_LANES 1

/* Above these a cost is a mistake, also one that stands in a kept hash. */
#define SM_PASSWORD_MEMORY_MAX_KIB 262144
#define SM_PASSWORD_PASSES_MAX 16
#define SM_PASSWORD_LANES_MAX 4

struct sm_password_options {
    struct sm_key_bytes pepper; /* must be set; copied */
    struct sm_password_cost cost;
    int parallel; /* hashes that are computed at a time, at least 1 */
    int queue;    /* callers that may wait for their turn, at least 0 */
    int wait_ms;  /* for how long one waits, at least 0 */
};

/* Two hashes at a time leave a small machine able to do other things, and four
 * that wait leave threads of the program for pages that need no password. */
#define SM_PASSWORD_PARALLEL 2
#define SM_PASSWORD_QUEUE 4
#define SM_PASSWORD_WAIT_MS 1000

/* Options with the costs and bounds above and PEPPER. */
struct sm_password_options sm_password_defaults(
    const struct sm_key_bytes *pepper);

/* Computes hashes, a bounded number at a time.  A process makes one; any
 * thread may use it. */
struct sm_hasher;

/* Make one; takes the time of a hash.  SM_INVALID for options that are not as
 * above, SM_INTERNAL without memory.  ERR, here and below, may be NULL. */
enum sm_status sm_hasher_new(struct sm_hasher **out,
                             const struct sm_password_options *options,
                             struct sm_error *err) SM_MUSTCHECK;

/* Release it and wipe the pepper; no thread may be inside.  NULL is fine. */
void sm_hasher_free(struct sm_hasher *hasher);

/* Room for what is kept of a password, with the NUL. */
#define SM_PASSWORD_TEXT 128

/* What is to be kept of PASSWORD, with a new salt, into OUT ("" on failure).
 * The caller has asked sm_password_check(), and holds no connection of the
 * database: this takes time.
 * SM_INVALID for a password that is malformed or too long, SM_BUSY if its turn
 * has not come in time, SM_INTERNAL without memory. */
enum sm_status sm_password_hash(char out[SM_PASSWORD_TEXT],
                                struct sm_hasher *hasher, const char *password,
                                size_t len, struct sm_error *err) SM_MUSTCHECK;

/* Compare PASSWORD with what was kept.
 * kept   NULL if there is no such user: the same work is done all the same,
 *        so that the time does not tell
 * renew  true if the password is right and what was kept was made with another
 *        cost: the caller replaces it by sm_password_hash(); false else
 * SM_OK if it is right; SM_DENIED if not; SM_BUSY as above; SM_INTERNAL if
 * KEPT is not what sm_password_hash() writes, or without memory. */
enum sm_status sm_password_verify(bool *renew, struct sm_hasher *hasher,
                                  const char *kept, const char *password,
                                  size_t len, struct sm_error *err)
    SM_MUSTCHECK;

#endif
