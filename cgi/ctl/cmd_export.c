/* smetka export accounts: which public id stands for which client and who
 * wants paper, for the billing system that prints bills. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ctl/ctl.h"
#include "sql/ctl_export.h"

enum { BATCH = 5000, BATCH_BYTES = 4 << 20 };

/* Client codes are letters and digits, currencies letters: nothing here needs
 * a quote, in CSV or in JSON. */
static bool print_row(const struct sm_rows *rows, int row, bool json)
{
    char id[SM_ID_TEXT];

    sm_id_format(id, sm_row_bytes(rows, row, CTL_EXPORT_ACCOUNTS__ACCOUNT));
    return printf(json ? "{\"account\":\"%s\",\"client_code\":\"%s\","
                         "\"code_hint\":\"%s\",\"currency\":\"%s\","
                         "\"paperless\":\"%s\"}\n"
                       : "%s,%s,%s,%s,%s\n",
                  id, sm_row_text(rows, row, CTL_EXPORT_ACCOUNTS__CLIENT_CODE),
                  sm_row_text(rows, row, CTL_EXPORT_ACCOUNTS__CODE_HINT),
                  sm_row_text(rows, row, CTL_EXPORT_ACCOUNTS__CURRENCY),
                  sm_row_bool(rows, row, CTL_EXPORT_ACCOUNTS__PAPERLESS)
                      ? "yes"
                      : "no") > 0;
}

static enum sm_status export_accounts(struct ctl *ctl, struct sm_db *db,
                                      struct sm_arena *arena)
{
    struct sm_rows *rows;
    int64_t last = 0;
    int count = BATCH;

    if (!ctl->json)
        puts("account,client_code,code_hint,currency,paperless");
    while (count == BATCH) {
        const struct sm_arg args[] = {sm_arg_int8(last), sm_arg_int4(BATCH)};
        enum sm_status status = sm_db_query(
            &rows, db, arena, &sm_sql_ctl_export_accounts, args, &ctl->err);

        if (status != SM_OK)
            return status;
        count = sm_rows_count(rows);
        for (int i = 0; i < count; i++) {
            if (!print_row(rows, i, ctl->json))
                return SM_FAIL(&ctl->err, SM_UNAVAILABLE, "standard output");
            last = sm_row_int(rows, i, CTL_EXPORT_ACCOUNTS__ID);
        }
        sm_arena_clear(arena);
    }
    return fflush(stdout) == 0
               ? SM_OK
               : SM_FAIL(&ctl->err, SM_UNAVAILABLE, "standard output");
}

static int run_export(struct ctl *ctl)
{
    struct sm_arena *arena;
    struct sm_db *db = NULL;
    enum sm_status status = SM_INTERNAL;
    int code;

    if (strcmp(ctl->args[0], "accounts") != 0)
        return ctl_usage(ctl, "export what? accounts");
    code = ctl_db(&db, ctl, 1);
    if (code != CTL_OK)
        return code;
    arena = sm_arena_new(BATCH_BYTES);
    if (arena)
        status = export_accounts(ctl, db, arena);
    sm_db_put(db);
    sm_arena_free(arena);
    return status == SM_OK ? CTL_OK : ctl_fail(ctl, status, "export accounts");
}

const struct ctl_command ctl_command_export = {
    .name = "export",
    .usage = "accounts",
    .help = "Print the public ids of accounts as CSV.\n"
            "account,client_code,code_hint,currency,paperless; the file is\n"
            "what `smetka paylink make --codes FILE` takes.  paperless is yes\n"
            "where the customer wants no bill on paper.",
    .any_server = true,
    .min_args = 1,
    .max_args = 1,
    .run = run_export,
};
