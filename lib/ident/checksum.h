/* Arithmetic that the identifiers of this folder share. */
#ifndef SM_IDENT_CHECKSUM_H
#define SM_IDENT_CHECKSUM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/status.h"

/* Copy TEXT without blanks (also no-break and thin ones, as pasted from a
 * PDF), in upper case; MARKS also drops dots and dashes of all lengths.
 * SM_INVALID if OUT[SIZE] is too small or a byte is not printable ASCII. */
enum sm_status sm_ident_strip(char *out, size_t size, const char *text,
                              bool marks) SM_MUSTCHECK;

/* True if TEXT is digits only and has LEN of them. */
bool sm_ident_digits(const char *text, size_t len);

/* The remainder of TEXT[LEN] by 97, letters being 10 to 35 (ISO 7064);
 * REST is that of what stands before it.  TEXT is 0-9 A-Z. */
unsigned sm_ident_mod97(unsigned rest, const char *text, size_t len);

/* The sum of the digits of TEXT times WEIGHTS[0..count). */
int sm_ident_weigh(const char *text, const int *weights, size_t count);

/* True if the digits of TEXT[LEN] pass Luhn's test. */
bool sm_ident_luhn(const char *text, size_t len);

#endif
