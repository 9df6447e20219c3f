/* Who a browser is, as far as that is known without an account (session.h has
 * the rest): the browser cookie, form tokens, guest handles and the tokens of
 * mailed status links.  Keys come from secret.lookup, secret.form and
 * secret.link; comparisons are in constant time. */
#ifndef SM_AUTH_AUTH_H
#define SM_AUTH_AUTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "web/app.h"

/* The guard of all programs that people use: needs secret.lookup and
 * secret.form. */
extern const struct sm_guard sm_auth_guard;

/* Keyed hash of a value that is looked up but not stored: PURPOSE as listed
 * in docs/ARCHITECTURE.md part 4 ("payment_code", "email", ...). */
void sm_auth_lookup_hash(uint8_t out[SM_HASH_BYTES],
                         const struct sm_request *rq, const char *purpose,
                         const void *data, size_t len);

/* A new guest handle: random, and its hash as the database keeps it. */
void sm_auth_handle_new(uint8_t id[SM_ID_BYTES], uint8_t hash[SM_HASH_BYTES],
                        const struct sm_request *rq);

/* The handle that SECRET opens in this browser: always the same one, so that a
 * request that comes twice finds what its first time has made.  SECRET is of
 * one use and cannot be guessed. */
void sm_auth_handle_of(uint8_t id[SM_ID_BYTES], uint8_t hash[SM_HASH_BYTES],
                       const struct sm_request *rq, const void *secret,
                       size_t len);

/* The hash of the handle that stands in a URL. */
void sm_auth_handle_hash(uint8_t hash[SM_HASH_BYTES],
                         const struct sm_request *rq,
                         const uint8_t id[SM_ID_BYTES]);

/* The form token that a page for anybody has in this browser, for a form on a
 * customer's page that posts to such a one.  In the arena; "" without
 * memory. */
const char *sm_auth_browser_token(const struct sm_request *rq);

/* Our cookies: of the browser, and of who is logged in in it. */
#define SM_COOKIE_BROWSER "__Host-smetka"
#define SM_COOKIE_SESSION "__Host-smetka-in"

/* What the guard reads of a Cookie header and of an address. */
bool sm_auth_cookie_read(uint8_t out[SM_ID_BYTES], const char *header,
                         const char *name);
size_t sm_auth_network(uint8_t out[17], const char *address);

#endif
