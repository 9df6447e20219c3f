/* The settings of an installation: one table (table.c) gives each its key,
 * type with unit, default, secrecy and one line of help.  `--show-config`
 * prints it and docs/SETTINGS.md is generated from it.
 *
 * A file holds `key = value` lines; the environment overrides it with
 * SMETKA_ + upper case, a dot as two underscores.  A secret may be given as
 * `<key>_file = PATH` instead.  An unknown key refuses to start, and so
 * does a SMETKA_ name with two underscores that is no setting. */
#ifndef SM_CONFIG_SETTINGS_H
#define SM_CONFIG_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"

struct sm_settings;

/* Read defaults, then FILE (may be NULL), then the environment.
 * SM_INVALID names the line and the reason in err. */
enum sm_status sm_settings_load(struct sm_settings **out, const char *file,
                                struct sm_error *err) SM_MUSTCHECK;
/* Release SETTINGS and wipe its secrets.  NULL is fine. */
void sm_settings_free(struct sm_settings *settings);

/* The value of KEY, which must be in the table with that type (asserted at
 * start: a wrong key is a bug, caught by the unit test of the table).
 * A string that is not set is "".  Owned by SETTINGS. */
const char *sm_settings_str(const struct sm_settings *settings,
                            const char *key);
int64_t sm_settings_int(const struct sm_settings *settings, const char *key);
bool sm_settings_bool(const struct sm_settings *settings, const char *key);

/* True if there is a setting KEY, for keys that are made at run time. */
bool sm_settings_known(const char *key);

/* SM_INVALID with the key's name if one of the COUNT required keys is "". */
enum sm_status sm_settings_require(const struct sm_settings *settings,
                                   const char *const *keys, size_t count,
                                   struct sm_error *err) SM_MUSTCHECK;

/* Print "key = value  # help" for every row, secrets masked, to stdout;
 * MARKDOWN prints docs/SETTINGS.md instead, for which SETTINGS may be NULL. */
void sm_settings_print(const struct sm_settings *settings, bool markdown);

#endif
