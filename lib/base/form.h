/* The parser of application/x-www-form-urlencoded, for form bodies and query
 * strings.  Strict: a broken escape, a NUL or bytes that are not UTF-8 refuse
 * the whole, and there is a ceiling on the number of fields. */
#ifndef SM_BASE_FORM_H
#define SM_BASE_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/status.h"

/* Room for the 200 values of an input of .many (web/page.h) and the rest of its
 * form. */
#define SM_FORM_FIELDS 256

struct sm_field {
    const char *name;
    const char *value;
    size_t len; /* of value */
    bool file;  /* it came as a file (web/multipart.h): any bytes */
};

struct sm_form {
    struct sm_field *fields;
    size_t count;
};

/* Decode LEN bytes of TEXT; names and values live in the arena.  Empty text
 * gives no field.  SM_INVALID for a broken form or too many fields,
 * SM_INTERNAL without memory. */
enum sm_status sm_form_parse(struct sm_form *out, struct sm_arena *arena,
                             const char *text, size_t len) SM_MUSTCHECK;

/* The field NAME, NULL if absent.  SM_INVALID if it came twice. */
enum sm_status sm_form_find(const struct sm_field **out,
                            const struct sm_form *form, const char *name)
    SM_MUSTCHECK;

#endif
