/* Import of accounts, documents, payments and meters (docs/import.md is the
 * format).
 *
 * The same file twice changes nothing.  Unless keep_good is set, one bad
 * record keeps the whole of its file out.  Everything is streamed: records
 * go into temporary tables by COPY, and set-based functions of the database
 * decide and post. */
#ifndef SM_DOMAIN_IMPORT_H
#define SM_DOMAIN_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "config/settings.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "ident/code.h"

struct sm_import_map;

struct sm_import {
    const struct sm_settings *settings;
    struct sm_key_bytes lookup; /* secret.lookup */
    struct sm_key_bytes seal;   /* secret.seal; accounts only */
    struct sm_code_rule code;   /* payment_code.* */
    int64_t now_us;
    bool dry_run;
    bool keep_good;
    bool any_seller;
    uint8_t account_hash[SM_HASH_BYTES]; /* --account, if has_account */
    bool has_account;
    const struct sm_import_map *map; /* --map, or NULL */
    void *ctx;
    /* Why a record is refused.  PLACE is "line 12" or an XPath. */
    void (*problem)(void *ctx, const char *file, const char *place,
                    const char *reason);
    /* DONE records, and POSITION bytes (or files) are behind us. */
    void (*progress)(void *ctx, int64_t done, int64_t position);
};

struct sm_import_counts {
    int64_t read;    /* records, documents */
    int64_t added;   /* new */
    int64_t changed; /* known, and brought up to date */
    int64_t same;    /* known as they stand */
    int64_t refused; /* reported */
    bool kept;       /* something may have been written */
};

/* Fill the keys and the rule of payment codes from IMPORT's settings.
 * SM_INVALID if one is missing or wrong. */
enum sm_status sm_import_open(struct sm_import *import, bool with_seal,
                              struct sm_error *err) SM_MUSTCHECK;

/* The keyed hash of a payment code as people may write it.  SM_INVALID if it
 * cannot be one under the settings; NORMAL gets its one spelling. */
enum sm_status sm_import_code_hash(uint8_t out[SM_HASH_BYTES],
                                   char normal[SM_CODE_TEXT],
                                   const struct sm_import *import,
                                   const char *text) SM_MUSTCHECK;

/* The functions below read PATH on the connection DB.  SM_OK also when
 * records were refused: COUNTS says.  SM_INVALID if the file as a whole
 * cannot be read (its header is wrong). */
enum sm_status sm_import_accounts(struct sm_import_counts *counts,
                                  const struct sm_import *import,
                                  struct sm_db *db, const char *path,
                                  struct sm_error *err) SM_MUSTCHECK;
enum sm_status sm_import_invoices(struct sm_import_counts *counts,
                                  const struct sm_import *import,
                                  struct sm_db *db, const char *path,
                                  struct sm_error *err) SM_MUSTCHECK;
enum sm_status sm_import_payments(struct sm_import_counts *counts,
                                  const struct sm_import *import,
                                  struct sm_db *db, const char *path,
                                  struct sm_error *err) SM_MUSTCHECK;

/* Who issues documents, with their addresses. */
enum sm_status sm_import_sellers(struct sm_import_counts *counts,
                                 const struct sm_import *import,
                                 struct sm_db *db, const char *path,
                                 struct sm_error *err) SM_MUSTCHECK;

/* How and when places are read, and the meters there with their history. */
enum sm_status sm_import_routes(struct sm_import_counts *counts,
                                const struct sm_import *import,
                                struct sm_db *db, const char *path,
                                struct sm_error *err) SM_MUSTCHECK;
enum sm_status sm_import_meters(struct sm_import_counts *counts,
                                const struct sm_import *import,
                                struct sm_db *db, const char *path,
                                struct sm_error *err) SM_MUSTCHECK;

/* Electronic invoices: PATHS[0..COUNT), each a document and judged by itself.
 * THREADS of them are read at a time, each on a connection of POOL. */
enum sm_status sm_import_einvoices(struct sm_import_counts *counts,
                                   const struct sm_import *import,
                                   struct sm_db_pool *pool,
                                   const char *const *paths, size_t count,
                                   int threads, struct sm_error *err)
    SM_MUSTCHECK;

/* Read a map file: columns buyer and payment_code.  Free with
 * sm_import_map_free(). */
enum sm_status sm_import_map_load(struct sm_import_map **out,
                                  const struct sm_import *import,
                                  const char *path, struct sm_error *err)
    SM_MUSTCHECK;
void sm_import_map_free(struct sm_import_map *map);

/* The payment code's hash for a buyer identifier, or NULL. */
const uint8_t *sm_import_map_find(const struct sm_import_map *map,
                                  const char *buyer);

#endif
