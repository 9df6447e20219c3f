#include "domain/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "domain/import_file.h"
#include "domain/import_value.h"

static enum sm_status load_key(struct sm_key_bytes *out,
                               const struct sm_settings *settings,
                               const char *name, struct sm_error *err)
{
    if (sm_key_parse(out, sm_settings_str(settings, name)) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "%s is not set to a key", name);
    return SM_OK;
}

enum sm_status sm_import_open(struct sm_import *import, bool with_seal,
                              struct sm_error *err)
{
    const struct sm_settings *s = import->settings;
    enum sm_status status;

    import->code.min = (int)sm_settings_int(s, "payment_code.min");
    import->code.max = (int)sm_settings_int(s, "payment_code.max");
    import->code.digits = sm_settings_bool(s, "payment_code.digits");
    status = sm_code_check_parse(&import->code.check,
                                 sm_settings_str(s, "payment_code.check"));
    if (status != SM_OK)
        return SM_FAIL(err, status, "payment_code.check is not known");
    status = load_key(&import->lookup, s, "secret.lookup", err);
    if (status == SM_OK && with_seal)
        status = load_key(&import->seal, s, "secret.seal", err);
    return status;
}

enum sm_status sm_import_code_hash(uint8_t out[SM_HASH_BYTES],
                                   char normal[SM_CODE_TEXT],
                                   const struct sm_import *import,
                                   const char *text)
{
    enum sm_status status = sm_code_parse(normal, text, &import->code);

    if (status == SM_OK)
        sm_hmac(out, &import->lookup, "payment_code", normal, strlen(normal));
    return status;
}

/* One line of a map file. */
struct entry {
    char buyer[64];
    uint8_t hash[SM_HASH_BYTES];
};

struct sm_import_map {
    struct entry *entries; /* sorted by buyer */
    size_t count, room;
};

enum { MAP_MAX = 1000000 };

static int compare(const void *a, const void *b)
{
    const struct entry *x = a;
    const struct entry *y = b;

    return strcmp(x->buyer, y->buyer);
}

static enum sm_status add(struct sm_import_map *map,
                          const struct sm_import *import,
                          const struct sm_import_file *file,
                          struct sm_error *err)
{
    char normal[SM_CODE_TEXT];
    struct entry *entry;

    if (map->count == map->room) {
        size_t room = map->room ? 2 * map->room : 256;

        entry = room <= MAP_MAX ? realloc(map->entries, room * sizeof(*entry))
                                : NULL;
        if (!entry)
            return SM_FAIL(err, SM_INVALID, "the map is too large");
        map->entries = entry;
        map->room = room;
    }
    entry = &map->entries[map->count];
    sm_import_tax_id(entry->buyer, sizeof(entry->buyer),
                     sm_csv_get(file->csv, 0));
    if (entry->buyer[0] == '\0' ||
        sm_import_code_hash(entry->hash, normal, import,
                            sm_csv_get(file->csv, 1)) != SM_OK)
        return SM_FAIL(err, SM_INVALID, "line %lld: not a buyer and a code",
                       (long long)sm_csv_line(file->csv));
    map->count++;
    return SM_OK;
}

enum sm_status sm_import_map_load(struct sm_import_map **out,
                                  const struct sm_import *import,
                                  const char *path, struct sm_error *err)
{
    static const struct sm_csv_column columns[] = {{"buyer", true},
                                                   {"payment_code", true}};
    struct sm_import_counts counts;
    struct sm_import_file file;
    struct sm_import_map *map = calloc(1, sizeof(*map));
    enum sm_status status;

    *out = NULL;
    if (!map)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    status = sm_import_file_open(&file, import, &counts, path, columns,
                                 SM_COUNT(columns), err);
    while (status == SM_OK) {
        status = sm_csv_next(file.csv, err);
        if (status == SM_OK)
            status = add(map, import, &file, err);
    }
    sm_import_file_close(&file);
    if (status != SM_NOT_FOUND || !file.csv) {
        sm_import_map_free(map);
        return status == SM_NOT_FOUND ? SM_INVALID : status;
    }
    if (map->count > 0)
        qsort(map->entries, map->count, sizeof(*map->entries), compare);
    *out = map;
    return SM_OK;
}

void sm_import_map_free(struct sm_import_map *map)
{
    if (!map)
        return;
    free(map->entries);
    free(map);
}

const uint8_t *sm_import_map_find(const struct sm_import_map *map,
                                  const char *buyer)
{
    struct entry key;
    const struct entry *found;

    if (!map || map->count == 0)
        return NULL;
    sm_import_tax_id(key.buyer, sizeof(key.buyer), buyer);
    found = bsearch(&key, map->entries, map->count, sizeof(key), compare);
    return found ? found->hash : NULL;
}
