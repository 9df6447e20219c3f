/* How far a long command has come, on stderr: a bar with rate and time left
 * on a terminal, a plain line every five seconds elsewhere. */
#ifndef SM_CTL_PROGRESS_H
#define SM_CTL_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    const char *what; /* "accounts": what DONE counts */
    int64_t total;    /* of POSITION; 0: not known */
    bool terminal;
    bool shown; /* something was written */
    int64_t began_ms;
    int64_t written_ms;
};

/* Begin.  TOTAL is the end of what progress_update() calls POSITION: bytes of
 * a file, files of a folder; 0 if nobody knows. */
void progress_begin(struct progress *progress, const char *what, int64_t total);

/* DONE things are done, and POSITION of the total is behind us.  Cheap: it
 * writes at most five times a second. */
void progress_update(struct progress *progress, int64_t done, int64_t position);

/* Take the bar off the terminal, so that other lines can be written. */
void progress_hide(struct progress *progress);

/* End with a summary line of count, time and rate. */
void progress_end(struct progress *progress, int64_t done);

#endif
