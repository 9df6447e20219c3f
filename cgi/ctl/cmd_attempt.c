/* smetka attempt show: what happened to a payment. */
#include <stdio.h>
#include <string.h>

#include "ctl/ctl.h"
#include "ctl/table.h"
#include "sql/ctl_show.h"

static enum sm_status load(struct sm_rows **attempt, struct sm_rows **events,
                           struct ctl *ctl, struct sm_db *db,
                           struct sm_arena *arena, const uint8_t id[16])
{
    struct sm_arg arg = sm_arg_uuid(id);
    enum sm_status status;

    status =
        sm_db_query(attempt, db, arena, &sm_sql_ctl_attempt, &arg, &ctl->err);
    if (status == SM_OK && sm_rows_count(*attempt) == 0)
        return SM_FAIL(&ctl->err, SM_NOT_FOUND, "no such payment");
    if (status == SM_OK)
        status = sm_db_query(events, db, arena, &sm_sql_ctl_attempt_events,
                             &arg, &ctl->err);
    return status;
}

static int run_attempt(struct ctl *ctl)
{
    struct sm_rows *attempt;
    struct sm_rows *events;
    struct sm_arena *arena;
    struct sm_db *db = NULL;
    struct sm_buf out;
    uint8_t id[16];
    enum sm_status status = SM_INTERNAL;
    int code;

    if (strcmp(ctl->args[0], "show") != 0)
        return ctl_usage(ctl, "attempt what? show");
    if (!ctl_parse_id(id, ctl->args[1]))
        return ctl_usage(ctl, "not the id of a payment");
    code = ctl_db(&db, ctl, 1);
    if (code != CTL_OK)
        return code;
    arena = sm_arena_new((size_t)1 << 20);
    if (arena)
        status = load(&attempt, &events, ctl, db, arena, id);
    if (status == SM_OK) {
        sm_buf_init(&out, (size_t)1 << 20);
        sm_buf_adds(&out, ctl->json ? "{\"attempt\":" : "");
        table_print(&out, &sm_sql_ctl_attempt, attempt, ctl->json);
        sm_buf_adds(&out, ctl->json ? ",\"events\":" : "\n");
        table_print(&out, &sm_sql_ctl_attempt_events, events, ctl->json);
        sm_buf_adds(&out, ctl->json ? "}" : "");
        code = ctl_print(&out, CTL_OK);
    } else {
        code = ctl_fail(ctl, status, "attempt show");
    }
    sm_db_put(db);
    sm_arena_free(arena);
    return code;
}

const struct ctl_command ctl_command_attempt = {
    .name = "attempt",
    .usage = "show ID",
    .help = "Show a payment attempt and what happened to it.",
    .min_args = 2,
    .max_args = 2,
    .run = run_attempt,
};
