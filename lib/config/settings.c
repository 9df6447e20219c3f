#include "config/settings.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "config/table.h"

#define LINE_MAX_BYTES 4096
#define SECRET_MAX_FILE 4096
#define NAME_MAX_BYTES 128

extern char **environ;

/* Values go with the rows of the table, index by index. */
struct value {
    char *text;     /* owned; never NULL once loaded */
    int64_t number; /* of a number or a flag */
    bool in_file;   /* to refuse a key that stands there twice */
};

struct sm_settings {
    struct value *values;
};

/* Index of the row of KEY[LEN], or -1. */
static long find_row(const char *key, size_t len)
{
    size_t low = 0;
    size_t high = sm_setting_count;

    while (low < high) {
        size_t mid = low + (high - low) / 2;
        const char *other = sm_setting_rows[mid].key;
        int order = strncmp(key, other, len);

        if (order == 0)
            order = other[len] == '\0' ? 0 : -1;
        if (order == 0)
            return (long)mid;
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return -1;
}

/* True if TEXT is one of the words of CHOICES, "a|b|c". */
static bool is_choice(const char *choices, const char *text)
{
    size_t len = strlen(text);

    while (*choices) {
        size_t word = strcspn(choices, "|");

        if (word == len && memcmp(choices, text, len) == 0)
            return true;
        choices += word + (choices[word] == '|');
    }
    return false;
}

/* LINES: line ends are fine. */
static bool is_plain(const char *text, bool lines)
{
    for (const char *at = text; *at; at++)
        if (((unsigned char)*at < 0x20 && !(lines && *at == '\n')) ||
            *at == 0x7F)
            return false;
    return sm_utf8_valid(text, strlen(text));
}

/* Check TEXT against the row and store it.  The value itself is not put into
 * ERR, since it may be a secret in the wrong place. */
static enum sm_status set_value(struct sm_settings *settings, size_t row,
                                const char *text, struct sm_error *err)
{
    const struct sm_setting *rule = &sm_setting_rows[row];
    struct value *value = &settings->values[row];
    int64_t number = 0;
    char *copy;

    if (!is_plain(text, rule->lines))
        return SM_FAIL(err, SM_INVALID, "%s: control character or bad UTF-8",
                       rule->key);
    if (rule->type == SM_SETTING_INT &&
        sm_parse_i64(&number, text, rule->min, rule->max) != SM_OK)
        return SM_FAIL(err, SM_INVALID,
                       "%s: must be a whole number from %" PRId64
                       " to %" PRId64,
                       rule->key, rule->min, rule->max);
    if (rule->type == SM_SETTING_BOOL && !is_choice("true|false", text))
        return SM_FAIL(err, SM_INVALID, "%s: must be true or false", rule->key);
    if (rule->choices && !is_choice(rule->choices, text))
        return SM_FAIL(err, SM_INVALID, "%s: must be one of %s", rule->key,
                       rule->choices);
    if (rule->type == SM_SETTING_BOOL)
        number = strcmp(text, "true") == 0;
    copy = strdup(text);
    if (!copy)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    free(value->text);
    value->text = copy;
    value->number = number;
    return SM_OK;
}

/* Cut blanks and the line's end off the right side of TEXT. */
static void trim_end(char *text)
{
    size_t len = strlen(text);

    while (len > 0 && strchr(" \t\r\n", text[len - 1]))
        text[--len] = '\0';
}

/* The value of a secret is the content of the file PATH. */
static enum sm_status set_secret_file(struct sm_settings *settings, size_t row,
                                      const char *path, struct sm_error *err)
{
    const char *key = sm_setting_rows[row].key;
    char content[SECRET_MAX_FILE + 1];
    enum sm_status status;
    FILE *file = fopen(path, "re");
    size_t len;

    if (!file)
        return SM_FAIL(err, SM_INVALID, "%s_file: %s: %s", key, path,
                       strerror(errno));
    len = fread(content, 1, sizeof(content), file);
    if (ferror(file)) {
        status = SM_FAIL(err, SM_INVALID, "%s_file: cannot be read", key);
        goto out;
    }
    if (len > SECRET_MAX_FILE || memchr(content, '\0', len)) {
        status = SM_FAIL(err, SM_INVALID, "%s_file: not a short text", key);
        goto out;
    }
    content[len] = '\0';
    trim_end(content);
    status = set_value(settings, row, content, err);
out:
    explicit_bzero(content, sizeof(content));
    fclose(file);
    return status;
}

/* Set KEY, or the secret KEY names when it ends in "_file".  *ROW is the row
 * that was meant, or -1. */
static enum sm_status set_key(struct sm_settings *settings, const char *key,
                              const char *text, long *row, struct sm_error *err)
{
    static const char suffix[] = "_file";
    size_t len = strlen(key);

    *row = find_row(key, len);
    if (*row >= 0)
        return set_value(settings, (size_t)*row, text, err);
    if (len > strlen(suffix) && strcmp(key + len - strlen(suffix), suffix) == 0)
        *row = find_row(key, len - strlen(suffix));
    if (*row >= 0 && sm_setting_rows[*row].type == SM_SETTING_SECRET)
        return set_secret_file(settings, (size_t)*row, text, err);
    *row = -1;
    return SM_FAIL(err, SM_INVALID, "%s: no such setting", key);
}

/* One line of the file, already without its end. */
static enum sm_status read_line(struct sm_settings *settings, char *line,
                                struct sm_error *err)
{
    char *key = line + strspn(line, " \t");
    char *text;
    long row;

    if (*key == '\0' || *key == '#')
        return SM_OK;
    text = strchr(key, '=');
    if (!text)
        return SM_FAIL(err, SM_INVALID, "not \"key = value\"");
    *text++ = '\0';
    trim_end(key);
    text += strspn(text, " \t");
    if (set_key(settings, key, text, &row, err) != SM_OK)
        return SM_INVALID;
    if (settings->values[row].in_file)
        return SM_FAIL(err, SM_INVALID, "%s: stands here twice", key);
    settings->values[row].in_file = true;
    return SM_OK;
}

static enum sm_status read_file(struct sm_settings *settings, const char *path,
                                struct sm_error *err)
{
    struct sm_error why = {0};
    char line[LINE_MAX_BYTES];
    enum sm_status status = SM_OK;
    FILE *file = fopen(path, "re");
    int number = 0;

    if (!file)
        return SM_FAIL(err, SM_INVALID, "%s: %s", path, strerror(errno));
    while (status == SM_OK && fgets(line, sizeof(line), file)) {
        number++;
        if (strlen(line) == sizeof(line) - 1)
            status = SM_FAIL(&why, SM_INVALID, "line is too long");
        trim_end(line);
        if (status == SM_OK)
            status = read_line(settings, line, &why);
    }
    if (status != SM_OK)
        status = SM_FAIL(err, SM_INVALID, "%s:%d: %.160s", path, number,
                         why.message);
    else if (ferror(file))
        status = SM_FAIL(err, SM_INVALID, "%s: cannot be read", path);
    explicit_bzero(line, sizeof(line));
    fclose(file);
    return status;
}

/* SMETKA_STRIPE__BASE_URL -> stripe.base_url.  False if it is too long. */
static bool key_of_env(char out[NAME_MAX_BYTES], const char *name, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        if (n + 1 >= NAME_MAX_BYTES)
            return false;
        if (name[i] == '_' && i + 1 < len && name[i + 1] == '_') {
            out[n++] = '.';
            i++;
        } else {
            out[n++] = sm_to_lower(name[i]);
        }
    }
    out[n] = '\0';
    return true;
}

/* A name with a double underscore must be a setting; others with the prefix
 * (SMETKA_READY_FD) belong to the master. */
static enum sm_status read_environment(struct sm_settings *settings,
                                       struct sm_error *err)
{
    static const char prefix[] = "SMETKA_";
    char key[NAME_MAX_BYTES];

    for (char **entry = environ; entry && *entry; entry++) {
        const char *name = *entry + strlen(prefix);
        size_t len = strcspn(*entry, "=");
        enum sm_status status;
        long row = -1;

        if (strncmp(*entry, prefix, strlen(prefix)) != 0 ||
            (*entry)[len] != '=')
            continue;
        len -= strlen(prefix);
        if (!key_of_env(key, name, len))
            continue;
        status = set_key(settings, key, name + len + 1, &row, err);
        if (status != SM_OK && (row >= 0 || strchr(key, '.')))
            return status;
    }
    return SM_OK;
}

enum sm_status sm_settings_load(struct sm_settings **out, const char *file,
                                struct sm_error *err)
{
    struct sm_settings *settings = calloc(1, sizeof(*settings));
    enum sm_status status = SM_OK;

    *out = NULL;
    if (settings)
        settings->values = calloc(sm_setting_count, sizeof(*settings->values));
    if (!settings || !settings->values) {
        status = SM_FAIL(err, SM_INTERNAL, "out of memory");
        goto out;
    }
    for (size_t i = 0; status == SM_OK && i < sm_setting_count; i++)
        status = set_value(settings, i, sm_setting_rows[i].value, err);
    if (status == SM_OK && file)
        status = read_file(settings, file, err);
    if (status == SM_OK)
        status = read_environment(settings, err);
    if (status == SM_OK) {
        *out = settings;
        settings = NULL;
    }
out:
    sm_settings_free(settings);
    return status;
}

void sm_settings_free(struct sm_settings *settings)
{
    if (!settings)
        return;
    for (size_t i = 0; settings->values && i < sm_setting_count; i++) {
        char *text = settings->values[i].text;

        if (text && sm_setting_rows[i].type == SM_SETTING_SECRET)
            explicit_bzero(text, strlen(text));
        free(text);
    }
    free(settings->values);
    free(settings);
}

/* The value of a key that our own code names: another type, or no such row,
 * is a bug, and it is found at the first start. */
static const struct value *value_of(const struct sm_settings *settings,
                                    const char *key, unsigned types)
{
    long row = find_row(key, strlen(key));

    if (row < 0 || !(types & 1U << sm_setting_rows[row].type)) {
        fprintf(stderr, "settings: \"%s\" is not in the table as asked\n", key);
        abort();
    }
    return &settings->values[row];
}

bool sm_settings_known(const char *key)
{
    return find_row(key, strlen(key)) >= 0;
}

const char *sm_settings_str(const struct sm_settings *settings, const char *key)
{
    return value_of(settings, key,
                    1U << SM_SETTING_STRING | 1U << SM_SETTING_SECRET)
        ->text;
}

int64_t sm_settings_int(const struct sm_settings *settings, const char *key)
{
    return value_of(settings, key, 1U << SM_SETTING_INT)->number;
}

bool sm_settings_bool(const struct sm_settings *settings, const char *key)
{
    return value_of(settings, key, 1U << SM_SETTING_BOOL)->number != 0;
}

const char *sm_setting_text(const struct sm_settings *settings, size_t row)
{
    return settings->values[row].text;
}

enum sm_status sm_settings_require(const struct sm_settings *settings,
                                   const char *const *keys, size_t count,
                                   struct sm_error *err)
{
    for (size_t i = 0; i < count; i++)
        if (*sm_settings_str(settings, keys[i]) == '\0')
            return SM_FAIL(err, SM_INVALID, "%s: must be set", keys[i]);
    return SM_OK;
}
