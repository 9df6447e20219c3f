#include "sql/health.h"
#include "web/app.h"
#include "web/page.h"
#include "web/reply.h"

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_arg args[] = {sm_arg_time(rq->now_us)};
    struct sm_rows *rows;
    enum sm_status st = SM_OK;

    if (rq->app->pool)
        st = sm_request_query(&rows, rq, &sm_sql_health_ping, args);
    if (st != SM_OK)
        return st;
    sm_reply_text(rp, 200, "text/plain; charset=utf-8", "ready\n");
    return SM_OK;
}

const struct sm_page sm_page_readyz = {
    .path = "/readyz",
    .plain = true,
    .auth = SM_AUTH_LOOPBACK,
    .get = show,
    .help = "The process can serve: its database answers too.",
};
