/* For tests of what customers see of imported files: the operator's program,
 * with the settings of a running one. */
#ifndef SM_PAGES_IMPORTER_H
#define SM_PAGES_IMPORTER_H

#include "harness.h"

/* `smetka import KIND PATH OPTION VALUE` (NULL: without), which must keep all
 * of it.  SITE's settings must say db.require_durable = false. */
void sm_import(const struct sm_site *site, const char *kind, const char *path,
               const char *option, const char *value);

/* The same of a file that holds TEXT. */
void sm_import_text(const struct sm_site *site, const char *kind,
                    const char *text);

#endif
