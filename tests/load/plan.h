/* What the load client asks: whole HTTP/1.1 requests, made beforehand by the
 * harness.  A plan file holds, for each, a line "NAME LENGTH" and then LENGTH
 * bytes as they go over the wire. */
#ifndef SM_LOAD_PLAN_H
#define SM_LOAD_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#define LD_NAME 24

struct ld_request {
    char name[LD_NAME]; /* of its kind; comes back with the sample */
    const char *bytes;
    size_t len;
};

struct ld_plan {
    struct ld_request *requests;
    size_t count;
    size_t next; /* they are asked in turn, over and over */
    char *text;  /* the file; owns the bytes */
};

/* Read the plan of FILE; says what is wrong and returns false. */
bool ld_plan_read(struct ld_plan *out, const char *file);

/* The next request. */
const struct ld_request *ld_plan_next(struct ld_plan *plan);

/* Release what PLAN holds. */
void ld_plan_free(struct ld_plan *plan);

#endif
