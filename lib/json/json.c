#include "json/json.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

#include "base/text.h"

#define EXACT_MAX 9007199254740992.0 /* 2^53 */

/* struct sm_json is cJSON under another name, so that no other file needs
 * its header. */
static const struct sm_json *wrap(const cJSON *item)
{
    return (const struct sm_json *)item;
}

static const cJSON *unwrap(const struct sm_json *value)
{
    return (const cJSON *)value;
}

static void release(void *tree)
{
    cJSON_Delete(tree);
}

/* Look at the raw text before cJSON recurses into it: depth, and \u0000,
 * which would cut a string short unseen. */
static bool scan(const char *text, size_t len)
{
    bool in_string = false;
    int depth = 0;
    size_t i;

    for (i = 0; i < len; i++) {
        if (in_string) {
            if (text[i] == '\\') {
                if (len - i >= 6 && memcmp(text + i, "\\u0000", 6) == 0)
                    return false;
                i++;
            } else if (text[i] == '"') {
                in_string = false;
            }
        } else if (text[i] == '"') {
            in_string = true;
        } else if (text[i] == '{' || text[i] == '[') {
            if (++depth > SM_JSON_MAX_DEPTH)
                return false;
        } else if (text[i] == '}' || text[i] == ']') {
            depth--;
        }
    }
    return true;
}

/* True if no member name of OBJECT comes twice; the count is bounded, so the
 * comparison of all pairs is too. */
static bool names_differ(const cJSON *object)
{
    const cJSON *a, *b;
    int count = 0;

    for (a = object->child; a != NULL; a = a->next) {
        if (++count > SM_JSON_MAX_MEMBERS)
            return false;
        for (b = object->child; b != a; b = b->next)
            if (strcmp(a->string, b->string) == 0)
                return false;
    }
    return true;
}

/* The depth was bounded by scan(), so this recursion is. */
static bool tree_ok(const cJSON *item)
{
    const cJSON *child;

    if (cJSON_IsObject(item) && !names_differ(item))
        return false;
    for (child = item->child; child != NULL; child = child->next)
        if (!tree_ok(child))
            return false;
    return true;
}

enum sm_status sm_json_parse(const struct sm_json **out, struct sm_arena *arena,
                             const char *text, size_t len, struct sm_error *err)
{
    const char *end = NULL;
    cJSON *tree;

    *out = NULL;
    if (len > SM_JSON_MAX_BYTES || !sm_utf8_valid(text, len) ||
        !scan(text, len))
        return SM_FAIL(err, SM_INVALID, "json: size, depth or encoding");
    tree = cJSON_ParseWithLengthOpts(text, len, &end, false);
    if (tree == NULL)
        return SM_FAIL(err, SM_INVALID, "json: not well-formed");
    if (!sm_arena_defer(arena, release, tree))
        return SM_FAIL(err, SM_INTERNAL, "json: out of memory");
    for (; end < text + len; end++)
        if (strchr(" \t\r\n", *end) == NULL)
            return SM_FAIL(err, SM_INVALID, "json: text after the end");
    if (!tree_ok(tree))
        return SM_FAIL(err, SM_INVALID, "json: member named twice");
    *out = wrap(tree);
    return SM_OK;
}

const struct sm_json *sm_json_at(const struct sm_json *value, const char *path)
{
    const cJSON *item = unwrap(value), *child;
    size_t len;

    while (item != NULL && *path != '\0') {
        if (!cJSON_IsObject(item))
            return NULL;
        len = strcspn(path, ".");
        for (child = item->child; child != NULL; child = child->next)
            if (strncmp(child->string, path, len) == 0 &&
                child->string[len] == '\0')
                break;
        item = child;
        path += len;
        path += *path == '.';
    }
    return item != NULL && !cJSON_IsNull(item) ? wrap(item) : NULL;
}

const char *sm_json_str(const struct sm_json *value, const char *path)
{
    const cJSON *item = unwrap(sm_json_at(value, path));

    return cJSON_IsString(item) ? item->valuestring : NULL;
}

enum sm_status sm_json_int(int64_t *out, const struct sm_json *value,
                           const char *path)
{
    const cJSON *item = unwrap(sm_json_at(value, path));

    *out = 0;
    if (item == NULL)
        return SM_NOT_FOUND;
    if (!cJSON_IsNumber(item) || !(fabs(item->valuedouble) <= EXACT_MAX) ||
        floor(item->valuedouble) < item->valuedouble)
        return SM_INVALID;
    *out = (int64_t)item->valuedouble;
    return SM_OK;
}

const char *sm_json_decimal(const struct sm_json *value, const char *path,
                            struct sm_arena *arena)
{
    const cJSON *item = unwrap(sm_json_at(value, path));
    char text[32];
    cJSON number;

    if (cJSON_IsString(item))
        return item->valuestring;
    if (!cJSON_IsNumber(item))
        return NULL;
    /* The printer tries 15 digits first and takes them if they are as near to
     * the number as a double can tell. */
    number = *item;
    if (!cJSON_PrintPreallocated(&number, text, sizeof(text), false))
        return NULL;
    return sm_arena_strdup(arena, text);
}

bool sm_json_true(const struct sm_json *value, const char *path)
{
    return cJSON_IsTrue(unwrap(sm_json_at(value, path)));
}

bool sm_json_is_array(const struct sm_json *value)
{
    return cJSON_IsArray(unwrap(value));
}

size_t sm_json_count(const struct sm_json *value)
{
    const cJSON *item = unwrap(value);

    return cJSON_IsArray(item) ? (size_t)cJSON_GetArraySize(item) : 0;
}

const struct sm_json *sm_json_first(const struct sm_json *array)
{
    const cJSON *item = unwrap(array);

    return cJSON_IsArray(item) ? wrap(item->child) : NULL;
}

const struct sm_json *sm_json_next(const struct sm_json *item)
{
    return wrap(unwrap(item)->next);
}
