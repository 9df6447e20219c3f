/* smetka audit verify: the chains of what happened to log-ins. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "ctl/work.h"
#include "sql/ctl_audit.h"

enum { BATCH = 500, NAMED_MOST = 1000 };

/* What was found on the way. */
struct found {
    int64_t logins, events, broken;
    struct sm_buf list; /* a line or a JSON object for each broken one */
};

static void add_broken(struct found *found, const struct sm_rows *rows, int i,
                       bool json)
{
    const char *problem = sm_row_text(rows, i, CTL_AUDIT_VERIFY__PROBLEM);
    char id[2 * SM_ID_BYTES + 1];

    if (++found->broken > NAMED_MOST)
        return;
    sm_hex(id, sm_row_bytes(rows, i, CTL_AUDIT_VERIFY__LOGIN_ID), SM_ID_BYTES);
    sm_buf_addf(&found->list,
                json ? "%s{\"login\":\"%s\",\"seq\":%" PRId64
                       ",\"problem\":\"%s\"}"
                     : "%sbroken: log-in %s, event %" PRId64 ": %s\n",
                json && found->broken > 1 ? "," : "", id,
                sm_row_int(rows, i, CTL_AUDIT_VERIFY__SEQ), problem);
}

static enum sm_status follow(struct found *found, struct ctl_work *work)
{
    int64_t after = 0;
    int count;

    do {
        struct sm_rows *rows = NULL;
        const struct sm_arg args[] = {
            sm_arg_int8(after),
            sm_arg_int4(BATCH),
        };
        enum sm_status st;

        sm_arena_clear(work->arena);
        st = ctl_work_run(&rows, work, &sm_sql_ctl_audit_verify, args);
        if (st != SM_OK)
            return st;
        count = sm_rows_count(rows);
        for (int i = 0; i < count; i++) {
            found->logins++;
            found->events += sm_row_int(rows, i, CTL_AUDIT_VERIFY__EVENTS);
            if (!sm_row_null(rows, i, CTL_AUDIT_VERIFY__PROBLEM))
                add_broken(found, rows, i, work->ctl->json);
            after = sm_row_int(rows, i, CTL_AUDIT_VERIFY__LOGIN);
        }
    } while (count == BATCH);
    return SM_OK;
}

static int say(struct found *found, bool json)
{
    struct sm_buf out;

    sm_buf_init(&out, (size_t)1 << 20);
    sm_buf_addf(&out,
                json ? "{\"logins\":%" PRId64 ",\"events\":%" PRId64
                       ",\"broken\":%" PRId64 ",\"list\":["
                     : "log-ins: %" PRId64 "\nevents: %" PRId64
                       "\nbroken chains: %" PRId64 "\n",
                found->logins, found->events, found->broken);
    sm_buf_add(&out, found->list.data, found->list.len);
    if (json)
        sm_buf_adds(&out, "]}");
    else if (out.len > 0 && out.data[out.len - 1] == '\n')
        out.data[--out.len] = '\0';
    return ctl_print(&out, found->broken > 0 ? CTL_REFUSED : CTL_OK);
}

static int run_audit(struct ctl *ctl)
{
    struct found found = {.logins = 0};
    struct ctl_work work;
    enum sm_status st;
    int code;

    if (strcmp(ctl->args[0], "verify") != 0)
        return ctl_usage(ctl, "audit verify");
    sm_buf_init(&found.list, (size_t)1 << 19);
    code = ctl_work_open(&work, ctl, false);
    if (code == CTL_OK) {
        st = follow(&found, &work);
        code = st == SM_OK ? say(&found, ctl->json)
                           : ctl_fail(ctl, st, "audit verify");
    }
    ctl_work_close(&work);
    sm_buf_release(&found.list);
    return code;
}

const struct ctl_command ctl_command_audit = {
    .name = "audit",
    .usage = "verify",
    .help = "Follow the chains of what happened to log-ins.\n"
            "Each entry of a log-in's log is hashed with the one before it.\n"
            "Names, for each log-in whose chain does not hold, the first\n"
            "entry that does not fit: altered, missing before it, or missing\n"
            "at the end; 1 if there is any.",
    .min_args = 1,
    .max_args = 1,
    .any_server = true,
    .run = run_audit,
};
