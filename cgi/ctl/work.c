#include "ctl/work.h"

#include <stdio.h>
#include <string.h>

#include "ctl/table.h"
#include "net/http.h"

#define ARENA_MAX ((size_t)64 << 20)
#define OUT_MAX ((size_t)16 << 20)
#define CONNECTIONS 2

int ctl_work_open(struct ctl_work *out, struct ctl *ctl, bool asking)
{
    enum sm_status status = SM_OK;
    struct sm_db *db;
    int code;

    *out = (struct ctl_work){.ctl = ctl};
    code = ctl_db(&db, ctl, CONNECTIONS);
    if (code != CTL_OK)
        return code;
    sm_db_put(db); /* only to say early that there is none */
    out->arena = sm_arena_new(ARENA_MAX);
    if (!out->arena)
        return ctl_fail(ctl, SM_INTERNAL, "memory");
    if (!asking)
        return CTL_OK;
    status = sm_http_global_init(&ctl->err);
    if (status == SM_OK)
        status = sm_pay_open(&out->pay, ctl->settings, ctl->pool, 1, &ctl->err);
    return status == SM_OK ? CTL_OK : ctl_fail(ctl, status, "processor");
}

void ctl_work_close(struct ctl_work *work)
{
    if (work->pay)
        sm_http_global_cleanup();
    sm_pay_close(work->pay);
    sm_arena_free(work->arena);
}

enum sm_status ctl_work_run(struct sm_rows **out, struct ctl_work *work,
                            const struct sm_stmt *stmt,
                            const struct sm_arg *args)
{
    return sm_db_run_once(out, work->ctl->pool, work->arena, stmt, args,
                          &work->ctl->err);
}

int ctl_work_print(struct ctl_work *work, const struct sm_stmt *stmt,
                   const struct sm_arg *args, const char *what, int code)
{
    struct sm_rows *rows = NULL;
    struct sm_buf out;
    enum sm_status status = ctl_work_run(&rows, work, stmt, args);

    if (status != SM_OK)
        return ctl_fail(work->ctl, status, what);
    sm_buf_init(&out, OUT_MAX);
    table_print(&out, stmt, rows, work->ctl->json);
    return ctl_print(&out, code);
}

int ctl_work_say(struct ctl_work *work, const char *const (*pairs)[2],
                 size_t count, int code)
{
    bool json = work->ctl->json;
    struct sm_buf out;

    sm_buf_init(&out, OUT_MAX);
    sm_buf_adds(&out, json ? "{" : "");
    for (size_t i = 0; i < count; i++) {
        const char *name = pairs[i][0], *text = pairs[i][1];

        sm_buf_adds(&out, i == 0 ? "" : json ? "," : "\n");
        sm_buf_adds(&out, json ? "\"" : "");
        sm_buf_adds(&out, name);
        sm_buf_adds(&out, json ? "\":\"" : ": ");
        if (json)
            sm_buf_add_json(&out, text, strlen(text));
        else
            sm_buf_adds(&out, text);
        sm_buf_adds(&out, json ? "\"" : "");
    }
    sm_buf_adds(&out, json ? "}" : "");
    return ctl_print(&out, code);
}
