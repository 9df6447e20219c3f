/* The rows behind settings.h.  To add a setting, add its row to table.c, in
 * alphabetical order; nothing else is edited. */
#ifndef SM_CONFIG_TABLE_H
#define SM_CONFIG_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sm_settings;

enum sm_setting_type {
    SM_SETTING_STRING,
    SM_SETTING_INT,
    SM_SETTING_BOOL,  /* true or false */
    SM_SETTING_SECRET /* a string that is masked; also as KEY_file = PATH */
};

struct sm_setting {
    const char *key;
    enum sm_setting_type type;
    const char *value;   /* the default as text; "" means not set */
    const char *unit;    /* of a number: "ms", "s", "min"; NULL for a count */
    int64_t min, max;    /* of a number */
    bool lines;          /* may hold several lines: a key in PEM */
    const char *choices; /* of a string: "a|b|c"; NULL when free */
    const char *help;    /* one line */
};

/* Sorted by key. */
extern const struct sm_setting sm_setting_rows[];
extern const size_t sm_setting_count;

/* The value of row number ROW as text, whatever its type.  Never NULL. */
const char *sm_setting_text(const struct sm_settings *settings, size_t row);

#endif
