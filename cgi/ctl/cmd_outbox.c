/* smetka outbox list: messages and how far they are. */
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/table.h"
#include "sql/ctl_show.h"

static int run_outbox(struct ctl *ctl)
{
    const char *state = ctl_option(ctl, "state");
    struct sm_arena *arena;
    struct sm_rows *rows;
    struct sm_db *db = NULL;
    struct sm_buf out;
    int64_t most;
    enum sm_status status = SM_INTERNAL;
    int code = ctl_option_int(&most, ctl, "limit", 50, 1, 10000);

    if (code != CTL_OK)
        return code;
    if (strcmp(ctl->args[0], "list") != 0)
        return ctl_usage(ctl, "outbox what? list");
    code = ctl_db(&db, ctl, 1);
    if (code != CTL_OK)
        return code;
    arena = sm_arena_new((size_t)16 << 20);
    if (arena) {
        const struct sm_arg args[] = {sm_arg_text(state ? state : "all"),
                                      sm_arg_int4((int32_t)most)};

        status =
            sm_db_query(&rows, db, arena, &sm_sql_ctl_outbox, args, &ctl->err);
    }
    if (status == SM_OK) {
        sm_buf_init(&out, (size_t)16 << 20);
        table_print(&out, &sm_sql_ctl_outbox, rows, ctl->json);
        code = ctl_print(&out, CTL_OK);
    } else {
        code = ctl_fail(ctl, status, "outbox list");
    }
    sm_db_put(db);
    sm_arena_free(arena);
    return code;
}

static const struct ctl_option options[] = {
    {"state", "WORD", "queued, sending, sent, failed or dead only"},
    {"limit", "N", "At most so many, the newest first (50)"},
};

const struct ctl_command ctl_command_outbox = {
    .name = "outbox",
    .usage = "list",
    .help = "List messages and how far they are.",
    .any_server = true,
    .options = options,
    .noptions = SM_COUNT(options),
    .min_args = 1,
    .max_args = 1,
    .run = run_outbox,
};
