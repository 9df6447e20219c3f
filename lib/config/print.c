/* How settings are shown: to an operator, and as the reference page. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "config/settings.h"
#include "config/table.h"

/* A connection string or an address may carry a password in the middle. */
static bool has_password(const char *text)
{
    return strstr(text, "password=") ||
           (strstr(text, "://") && strchr(text, '@'));
}

static const char *shown(const struct sm_setting *row, const char *text)
{
    if (*text && (row->type == SM_SETTING_SECRET || has_password(text)))
        return "(set)";
    return text;
}

static const char *type_word(const struct sm_setting *row)
{
    switch (row->type) {
    case SM_SETTING_STRING:
        return row->choices ? "choice" : "text";
    case SM_SETTING_INT:
        return "number";
    case SM_SETTING_BOOL:
        return "true or false";
    case SM_SETTING_SECRET:
        return "secret";
    }
    return "";
}

/* Table cells cannot hold a bare bar. */
static void print_cell(const char *text)
{
    for (; *text; text++) {
        if (*text == '|')
            fputs(" \\| ", stdout);
        else
            putchar(*text);
    }
}

static void print_markdown(void)
{
    puts("# Settings\n\n"
         "Generated from lib/config/table.c by `smetka settings --markdown`; "
         "do not edit.\n"
         "A file holds `key = value` lines.  The environment overrides it: "
         "`SMETKA_`, then\nthe key in upper case with `__` for a dot.  A "
         "secret may be given as\n`<key>_file = PATH` instead.\n");
    puts("| key | type | default | allowed | meaning |");
    puts("| --- | --- | --- | --- | --- |");
    for (size_t i = 0; i < sm_setting_count; i++) {
        const struct sm_setting *row = &sm_setting_rows[i];

        printf("| `%s` | %s", row->key, type_word(row));
        if (row->unit)
            printf(", %s", row->unit);
        printf(*row->value ? " | `%s` | " : " |%s | ", row->value);
        if (row->type == SM_SETTING_INT)
            printf("%" PRId64 " to %" PRId64, row->min, row->max);
        if (row->choices)
            print_cell(row->choices);
        printf(" | ");
        print_cell(row->help);
        puts(" |");
    }
}

void sm_settings_print(const struct sm_settings *settings, bool markdown)
{
    if (markdown) {
        print_markdown();
        return;
    }
    for (size_t i = 0; i < sm_setting_count; i++) {
        const struct sm_setting *row = &sm_setting_rows[i];
        const char *text = sm_setting_text(settings, i);

        printf("%s = %s  # %s", row->key, shown(row, text), row->help);
        if (row->unit)
            printf(" (%s)", row->unit);
        putchar('\n');
    }
}
