/* Log lines: one JSON object each, written to standard error with one write.
 * Nothing that names a person, no payment code, no secret goes in; use
 * keyed hashes (lib/crypto) where a thing must be followed. */
#ifndef SM_BASE_LOG_H
#define SM_BASE_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/status.h"

enum sm_log_level { SM_LOG_DEBUG, SM_LOG_INFO, SM_LOG_WARN, SM_LOG_ERROR };

/* Set the program's name (static string) and the least level written.
 * Called once, before threads start. */
void sm_log_open(const char *program, enum sm_log_level least);

/* The level that WORD names (debug, info, warn, error); SM_LOG_INFO for any
 * other word. */
enum sm_log_level sm_log_level_of(const char *word);

/* A line under construction; lives on the caller's stack. */
struct sm_log_line {
    char text[2048];
    unsigned len;
    bool full;  /* a field was left out because it did not fit */
    bool muted; /* below the least level */
};

/* Begin a line: time, level, program, process id, EVENT (snake_case). */
void sm_log_begin(struct sm_log_line *line, enum sm_log_level level,
                  const char *event);
/* Add one field; KEY is a literal.  NULL text is written as null. */
void sm_log_str(struct sm_log_line *line, const char *key, const char *text);
void sm_log_int(struct sm_log_line *line, const char *key, int64_t number);
/* Finish and write the line. */
void sm_log_end(struct sm_log_line *line);

/* A line with one free field "message". */
void sm_log_msg(enum sm_log_level level, const char *event, const char *fmt,
                ...) SM_PRINTF(3, 4);

/* A line for a failure: status word, message, source place. */
void sm_log_error(const char *event, enum sm_status status,
                  const struct sm_error *err);

#endif
