/* The columns of an address, which several kinds of files have.  Internal to
 * the imports. */
#ifndef SM_DOMAIN_IMPORT_ADDRESS_H
#define SM_DOMAIN_IMPORT_ADDRESS_H

#include "base/buf.h"
#include "domain/import_file.h"

/* The columns in a file's table, in this order, beginning at FIRST. */
#define SM_IMPORT_ADDRESS_COLUMNS(first, needs_country)                        \
    [(first)] = {"street", false}, [(first) + 1] = {"city", false},            \
    [(first) + 2] = {"postcode", false}, [(first) + 3] = {"region", false},    \
    [(first) + 4] = {"country", (needs_country)}

/* Append the five fields of FILE's current record to ROW; what is no code is
 * noted.  NEEDS_COUNTRY: the country may not be left empty. */
void sm_import_put_address(struct sm_buf *row, struct sm_import_file *file,
                           size_t first, bool needs_country);

#endif
