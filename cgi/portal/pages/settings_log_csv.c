/* The whole log as a file, with all that checking it needs. */
#include "domain/csv_write.h"
#include "portal/events.h"
#include "sql/data.h"

#define FILE_MAX ((size_t)4 << 20)

/* A page of the log at a time, each in memory that the next one takes over. */
static enum sm_status add_all(struct sm_buf *out, struct sm_request *rq,
                              struct sm_arena *arena)
{
    int64_t before = 0;
    int count;

    do {
        struct sm_rows *rows = NULL;
        enum sm_status st;

        sm_arena_clear(arena);
        st = sm_events_read(&rows, rq, arena, before, SM_EVENTS_MOST);
        if (st != SM_OK)
            return st;
        count = sm_rows_count(rows);
        for (int i = 0; i < count; i++)
            sm_events_csv(out, rows, i);
        before = count > 0 ? sm_row_int(rows, count - 1, AUTH_EVENTS__SEQ) : 0;
    } while (count == SM_EVENTS_MOST && before > 1 && sm_buf_ok(out));
    return SM_OK;
}

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_arena *arena = sm_arena_new((size_t)2 << 20);
    struct sm_buf out;
    enum sm_status st = SM_INTERNAL;

    sm_buf_init(&out, FILE_MAX);
    sm_csv_begin(&out, SM_EVENTS_HEADER);
    if (arena)
        st = add_all(&out, rq, arena);
    if (st == SM_OK)
        st = sm_reply_written(rq, rp, &out, "text/csv; charset=utf-8",
                              "log.csv");
    sm_buf_release(&out);
    sm_arena_free(arena);
    return st;
}

const struct sm_page sm_page_settings_log_csv = {
    .path = "/settings/log/csv",
    .auth = SM_AUTH_CUSTOMER,
    .get = send,
    .personal = true,
    .help = "The log of one's account as a file that can be checked.",
};
