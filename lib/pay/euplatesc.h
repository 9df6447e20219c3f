/* EuPlatesc, hosted page reached by a signed form.  docs/PROCESSORS.md says
 * which fields and calls are used and what each becomes. */
#ifndef SM_PAY_EUPLATESC_H
#define SM_PAY_EUPLATESC_H

#include "base/buf.h"
#include "pay/processor.h"

/* A secret of the contract, hex on their panel, bytes in the HMAC. */
#define SM_EUPLATESC_KEY_MAX 64
struct sm_euplatesc_key {
    uint8_t bytes[SM_EUPLATESC_KEY_MAX];
    size_t len;
};

/* What a message must fit. */
struct sm_euplatesc_terms {
    const char *merchant;
    struct sm_euplatesc_key key;
    const char *extra; /* names of agreed fields that are signed after the
                          nonce, comma separated */
    bool review;       /* an approval waits for their security review */
};

/* Open the adapter with the settings euplatesc.* and public_origin.
 * SM_INVALID names what is missing. */
enum sm_status sm_euplatesc_open(struct sm_processor **out,
                                 const struct sm_settings *settings,
                                 struct sm_error *err) SM_MUSTCHECK;

/* Read a secret's hex digits.  SM_INVALID.  For the adapter and its tests. */
enum sm_status sm_euplatesc_key_read(struct sm_euplatesc_key *out,
                                     const char *hex) SM_MUSTCHECK;

/* The fp_hash of COUNT values in their order: upper-case hex HMAC-MD5 over
 * each one's length in bytes and itself, an empty one as "-".  SM_INTERNAL
 * without memory.  For the adapter and its tests. */
#define SM_EUPLATESC_HASH 33 /* with the NUL */
enum sm_status sm_euplatesc_hash(char out[SM_EUPLATESC_HASH],
                                 const struct sm_euplatesc_key *key,
                                 const struct sm_pay_field *fields,
                                 size_t count) SM_MUSTCHECK;

/* The instant US as Romania's clocks show it, YYYYMMDDhhmmss: their form
 * counts its end in that.  For the adapter and its tests. */
void sm_euplatesc_local(char out[15], int64_t us);

/* Check and read a message: LEN bytes of an urlencoded form that their server
 * or the payer's browser posted.
 * SM_DENIED   not signed with TERMS' key for TERMS' merchant
 * SM_INVALID  signed, but not a result that can be read.
 * For the adapter, its tests and the fuzzer. */
enum sm_status sm_euplatesc_read_message(struct sm_pay_event *out,
                                         struct sm_arena *arena,
                                         const struct sm_euplatesc_terms *terms,
                                         const char *text, size_t len,
                                         struct sm_error *err) SM_MUSTCHECK;

/* Read an answer of their web service about ORDER, asked at NOW_US.
 * unknown  values of ecode that mean "no such order", comma separated
 * SM_UNAVAILABLE if it does not say how ORDER stands.  For the adapter, its
 * tests and the fuzzer. */
enum sm_status sm_euplatesc_read_status(
    struct sm_pay_event *out, struct sm_arena *arena,
    const struct sm_euplatesc_terms *terms, const char *unknown,
    const struct sm_pay_order *order, int64_t now_us, const char *text,
    size_t len, struct sm_error *err) SM_MUSTCHECK;

/* Read the sum given back so far of ORDER's capture_ref out of the same kind
 * of answer.  SM_UNAVAILABLE if it is not said. */
enum sm_status sm_euplatesc_read_refunded(
    int64_t *minor, struct sm_arena *arena,
    const struct sm_euplatesc_terms *terms, const struct sm_pay_order *order,
    const char *text, size_t len, struct sm_error *err) SM_MUSTCHECK;

/* Read an answer of their web service to a request that asks for something
 * to be done: SM_OK if it was, SM_DECLINED if it was refused for certain,
 * SM_UNAVAILABLE.  For the adapter and its tests. */
enum sm_status sm_euplatesc_read_done(struct sm_arena *arena, const char *text,
                                      size_t len, struct sm_error *err)
    SM_MUSTCHECK;

#endif
