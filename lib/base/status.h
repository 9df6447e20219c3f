/* What a function that can fail returns, and how it says why.
 *
 * Every fallible function of the project returns enum sm_status.  A function
 * names in its comment the few codes a caller is expected to tell apart; the
 * rest is SM_INTERNAL.  The words for the log travel in struct sm_error, which
 * the caller owns and passes down; there is no global "last error".
 * One function, sm_http_status() in lib/web, turns a status into HTTP. */
#ifndef SM_BASE_STATUS_H
#define SM_BASE_STATUS_H

#define SM_MUSTCHECK __attribute__((warn_unused_result))
#define SM_PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))
#define SM_COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum sm_status {
    SM_OK = 0,
    SM_NOT_FOUND,   /* no such thing, or not yours: the two look the same */
    SM_DENIED,      /* known, but not allowed */
    SM_INVALID,     /* the input breaks a rule */
    SM_CONFLICT,    /* the state has moved on */
    SM_DECLINED,    /* the other side said no, for certain */
    SM_BUSY,        /* a queue, a pool or a budget is full: try later */
    SM_UNAVAILABLE, /* another part could not be reached in time */
    SM_INTERNAL     /* a bug or a broken installation */
};

/* Why a call failed, for the log.  Never shown to a visitor, never holds
 * personal data, a code or a secret. */
struct sm_error {
    char message[256];
    const char *file;
    int line;
};

/* Record a reason and return STATUS, so that a failing branch is one line:
 *     return SM_FAIL(err, SM_UNAVAILABLE, "connect: %s", reason);
 * err may be NULL; STATUS is evaluated twice. */
#define SM_FAIL(err, status, ...)                                              \
    sm_status_after((status), sm_error_set((err), (status), __FILE__,          \
                                           __LINE__, __VA_ARGS__))

/* See SM_FAIL.  Returns STATUS unchanged; the message is cut to fit. */
enum sm_status sm_error_set(struct sm_error *err, enum sm_status status,
                            const char *file, int line, const char *fmt, ...)
    SM_PRINTF(5, 6);

/* The value of SM_FAIL, where compilers and analysers can see it: they follow
 * the failing branch only as far as they know that it fails. */
static inline enum sm_status sm_status_after(enum sm_status status,
                                             enum sm_status recorded)
{
    (void)recorded;
    return status;
}

/* The status as one lower-case word, for logs.  Never NULL; static. */
const char *sm_status_word(enum sm_status status);

#endif
