/* The second factor: six digits that change every half minute, made by an app
 * on the customer's telephone (TOTP of RFC 6238 over HMAC-SHA-1, which is what
 * all such apps can do).
 *
 * Nothing is stored here.  Who calls keeps the secret sealed, and the last
 * step that was accepted; it writes the step with a condition (only if it is
 * higher than the one that is there), so that of two log-ins with the same
 * digits one is refused.  It also counts the failures: three codes out of a
 * million are right at any time. */
#ifndef SM_AUTH_TOTP_H
#define SM_AUTH_TOTP_H

#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

#define SM_TOTP_SECRET_BYTES 20
#define SM_TOTP_SECRET_TEXT 33 /* in base32, with the NUL */
#define SM_TOTP_DIGITS 6
#define SM_TOTP_CODE_TEXT (SM_TOTP_DIGITS + 1)
#define SM_TOTP_STEP_S 30
/* Steps before and after the present one whose code is taken, for clocks that
 * differ and for people who type slowly. */
#define SM_TOTP_WINDOW 1
/* The step of who has never used a code. */
#define SM_TOTP_NEVER INT64_C(-1)

/* A new random secret.  The caller wipes it when it is sealed. */
void sm_totp_secret_new(uint8_t out[SM_TOTP_SECRET_BYTES]);

/* The secret as people type it into an app: 32 characters of base32 (RFC 4648)
 * in upper case, without padding. */
void sm_totp_secret_format(char out[SM_TOTP_SECRET_TEXT],
                           const uint8_t secret[SM_TOTP_SECRET_BYTES]);

/* The address "otpauth://totp/..." that apps read from a QR code, into
 * OUT[SIZE].  ISSUER (the company) and ACCOUNT (whose log-in it is) are shown
 * by the app; each is UTF-8, not empty and without a colon, which parts them.
 * SM_INVALID if one is not so, or if OUT is too small; OUT is "" then.  What
 * is written holds the secret: the caller wipes it. */
enum sm_status sm_totp_uri(char *out, size_t size,
                           const uint8_t secret[SM_TOTP_SECRET_BYTES],
                           const char *issuer, const char *account)
    SM_MUSTCHECK;

/* The step at NOW_US, microseconds since 1970: half minutes since then. */
int64_t sm_totp_step(int64_t now_us);

/* The code of STEP, six digits and the NUL. */
void sm_totp_code(char out[SM_TOTP_CODE_TEXT],
                  const uint8_t secret[SM_TOTP_SECRET_BYTES], int64_t step);

/* Compare TYPED (blanks in it do not count) with the codes of the steps around
 * NOW_US, in the same time whichever of them it is.
 * step       the step whose code it is, higher than USED_STEP; untouched else
 * used_step  the last step that was accepted, or SM_TOTP_NEVER: it and those
 *            before it are over
 * SM_INVALID if TYPED is not six digits, SM_DENIED if it is no code or one
 * that was used. */
enum sm_status sm_totp_verify(int64_t *step,
                              const uint8_t secret[SM_TOTP_SECRET_BYTES],
                              const char *typed, int64_t now_us,
                              int64_t used_step) SM_MUSTCHECK;

#endif
