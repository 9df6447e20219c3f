/* Small helpers for text: checked numbers, UTF-8, copies, hex and base32.
 * Everything takes lengths or ceilings; nothing depends on the locale. */
#ifndef SM_BASE_TEXT_H
#define SM_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

/* Copy TEXT into OUT[SIZE], cut to fit, always terminated.
 * Returns false if it was cut. */
bool sm_copy(char *out, size_t size, const char *text);

/* Read a whole decimal number ("-12", "0"); no blanks, no plus sign.
 * SM_INVALID for anything else or outside [min, max]. */
enum sm_status sm_parse_i64(int64_t *out, const char *text, int64_t min,
                            int64_t max) SM_MUSTCHECK;

/* NUMBER in decimal into OUT, terminated; padded with zeros to WIDTH digits.
 * Returns the characters written.  printf() does the same ten times slower. */
#define SM_INT_TEXT 21 /* of the longest, with the NUL */
size_t sm_uint_format(char out[SM_INT_TEXT], uint64_t number, size_t width);
/* The same for a number that may be below zero, unpadded. */
size_t sm_int_format(char out[SM_INT_TEXT], int64_t number);

/* Read a date "YYYY-MM-DD" that exists in the calendar; SM_INVALID else. */
struct sm_date;
enum sm_status sm_parse_date(struct sm_date *out, const char *text)
    SM_MUSTCHECK;

/* True if the LEN bytes are well-formed UTF-8 without NUL. */
bool sm_utf8_valid(const char *text, size_t len);

/* Number of code points in well-formed UTF-8. */
size_t sm_utf8_length(const char *text, size_t len);

/* True for ASCII digits, letters, and the like; never looks at the locale. */
bool sm_is_digit(char byte);
bool sm_is_alpha(char byte);
char sm_to_lower(char byte);
char sm_to_upper(char byte);

/* The next character of [*text, end) as the inside of a JSON string into OUT
 * (not terminated); *text moves on.  Control bytes, quotes, backslash and
 * U+2028/9 are escaped, a byte that is not UTF-8 becomes U+FFFD.
 * Returns the bytes written. */
#define SM_JSON_PIECE 6
size_t sm_json_escape(char out[SM_JSON_PIECE], const char **text,
                      const char *end);

/* The next word of a list whose words are parted by commas and blanks: *WORD
 * and *LEN lie in the list, *LIST moves on.  False at the end. */
bool sm_list_next(const char **list, const char **word, size_t *len);

/* Equality without regard to ASCII case. */
bool sm_equal_nocase(const char *a, const char *b);

/* Lower-case hex of LEN bytes into OUT, which holds 2*LEN+1. */
void sm_hex(char *out, const uint8_t *bytes, size_t len);

/* The inverse: TEXT holds exactly 2*LEN hex digits; SM_INVALID else. */
enum sm_status sm_unhex(uint8_t *out, size_t len, const char *text)
    SM_MUSTCHECK;

/* Public ids in URLs: 128 bits as 26 lower-case base32 characters
 * (RFC 4648 alphabet, no padding). */
#define SM_ID_BYTES 16
#define SM_ID_TEXT 27 /* with the NUL */
void sm_id_format(char out[SM_ID_TEXT], const uint8_t id[SM_ID_BYTES]);

/* Read what sm_id_format() wrote; accepts nothing else (one spelling per
 * id); SM_INVALID. */
enum sm_status sm_id_parse(uint8_t out[SM_ID_BYTES], const char *text)
    SM_MUSTCHECK;

#endif
