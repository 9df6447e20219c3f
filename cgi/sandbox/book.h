/* An append-only file of lines that several processes keep together: while a
 * worker is replaced there are two.  Whoever is inside has it alone and has
 * read what the others wrote. */
#ifndef SM_SANDBOX_BOOK_H
#define SM_SANDBOX_BOOK_H

#include <cjson/cJSON.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/status.h"

struct sb_book {
    pthread_mutex_t lock;
    int file;     /* -1: the book is in memory only */
    FILE *reader; /* of the same file, behind what is known */
    void (*read_line)(const char *line);
};

#define SB_BOOK(reads)                                                         \
    {                                                                          \
        .lock = PTHREAD_MUTEX_INITIALIZER, .file = -1, .read_line = (reads)    \
    }

/* Open the file NAME below DIR ("" keeps nothing) and read it. */
enum sm_status sb_book_open(struct sb_book *book, const char *dir,
                            const char *name, struct sm_error *err)
    SM_MUSTCHECK;
void sb_book_close(struct sb_book *book);

/* From here to sb_book_leave() the book is this thread's. */
void sb_book_enter(struct sb_book *book);
void sb_book_leave(struct sb_book *book);

/* Append LINE, which has no end of line; only inside.  Its NUL is written
 * over. */
void sb_book_write(struct sb_book *book, char *line);

/* A member of a record that is kept as text under its own name. */
struct sb_book_field {
    const char *name;
    size_t offset, size;
};

#define SB_BOOK_FIELD(record, member)                                          \
    {                                                                          \
        .name = #member, .offset = offsetof(struct record, member),            \
        .size = sizeof(((struct record *)NULL)->member)                        \
    }

/* Add the N FIELDS of RECORD to JSON; and fill them from it, "" for one that
 * is not there. */
void sb_book_put(cJSON *json, const void *record,
                 const struct sb_book_field *fields, size_t n);
void sb_book_get(void *record, const cJSON *json,
                 const struct sb_book_field *fields, size_t n);

/* The number NAME of JSON, or 0. */
int64_t sb_book_number(const cJSON *json, const char *name);

/* PREFIX and 24 random hex digits into OUT of SIZE. */
void sb_book_random_id(char *out, size_t size, const char *prefix);

#endif
