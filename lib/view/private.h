/* What the files of lib/view share. */
#ifndef SM_VIEW_PRIVATE_H
#define SM_VIEW_PRIVATE_H

#include <stdint.h>

#include "base/status.h"
#include "view/lang.h"

/* Bind the catalogues below SHARE_DIR/locale; SM_INTERNAL if one is missing
 * or the machine has no C.UTF-8. */
enum sm_status sm_texts_open(const char *share_dir, struct sm_error *err)
    SM_MUSTCHECK;

/* Which form of a plural the number N takes, from 0; the rules of the
 * Plural-Forms lines in lib/text. */
int sm_plural_form(enum sm_lang lang, int64_t n);

#endif
