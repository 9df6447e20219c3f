/* An append-only file of lines that several processes keep together: while a
 * worker is replaced there are two.  Whoever is inside has it alone and has
 * read what the others wrote. */
#ifndef SM_SANDBOX_BOOK_H
#define SM_SANDBOX_BOOK_H

#include <pthread.h>
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

#endif
