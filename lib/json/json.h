/* Reading JSON that others sent: bounded, strict, exact.  Besides the tests
 * and the sandbox the only user of cJSON.
 *
 * A text is refused if it is longer or deeper than the limits, is not UTF-8,
 * names a member twice (two readers could each see another value), holds a
 * NUL in a string, or has anything but blanks after its end.
 *
 * A path names members by their exact names, joined by dots:
 * "data.object.id".  Names that hold a dot cannot be reached; none that we
 * read does. */
#ifndef SM_JSON_JSON_H
#define SM_JSON_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"

#define SM_JSON_MAX_BYTES (4 * 1024 * 1024)
#define SM_JSON_MAX_DEPTH 32
#define SM_JSON_MAX_MEMBERS 512 /* of one object */

struct sm_json; /* one value of a parsed text */

/* Parse the LEN bytes of TEXT.
 * out  the top value; released with ARENA
 * SM_INVALID if refused as said above; SM_INTERNAL without memory. */
enum sm_status sm_json_parse(const struct sm_json **out, struct sm_arena *arena,
                             const char *text, size_t len, struct sm_error *err)
    SM_MUSTCHECK;

/* The value at PATH below VALUE, or NULL; "" is VALUE itself.  A JSON null
 * counts as absent.  VALUE may be NULL. */
const struct sm_json *sm_json_at(const struct sm_json *value, const char *path);

/* The string at PATH; NULL if absent or not a string. */
const char *sm_json_str(const struct sm_json *value, const char *path);

/* The whole number at PATH.  SM_NOT_FOUND if absent; SM_INVALID if it is not
 * a number, has a fraction, or is beyond 2^53, where a double is not exact. */
enum sm_status sm_json_int(int64_t *out, const struct sm_json *value,
                           const char *path) SM_MUSTCHECK;

/* The number at PATH as the shortest decimal text that means it ("12.5"), or
 * the string at PATH as it is, for readers that take decimals exactly: up to
 * 15 digits come back as they were written.  NULL if absent, of another type
 * or out of memory. */
const char *sm_json_decimal(const struct sm_json *value, const char *path,
                            struct sm_arena *arena);

/* True if PATH is the JSON value true. */
bool sm_json_true(const struct sm_json *value, const char *path);

/* True if VALUE is an array; VALUE may be NULL. */
bool sm_json_is_array(const struct sm_json *value);

/* Number of items if VALUE is an array, else 0; VALUE may be NULL. */
size_t sm_json_count(const struct sm_json *value);

/* The first item of an array and the one after ITEM; NULL at the end. */
const struct sm_json *sm_json_first(const struct sm_json *array);
const struct sm_json *sm_json_next(const struct sm_json *item);

#endif
