/* One meter: what it showed, how and when it is read, the form to send an
 * index. */
#include "portal/meter_show.h"
#include "portal/meters.h"

static const struct sm_input inputs[] = {
    {"id", SM_IN_ID, .required = true},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    struct sm_rows *rows = NULL;
    enum sm_status st = sm_meters_load(&rows, rq, sm_in(rq, "id")->id, 1, 0);

    if (st == SM_OK && sm_rows_count(rows) == 0)
        st = SM_NOT_FOUND; /* another's is as unknown as none */
    return st == SM_OK ? sm_meter_show(rq, rp, rows, NULL) : st;
}

const struct sm_page sm_page_meter = {
    .path = "/meters/{id}",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .tpl = "meter.tpl",
    .personal = true,
    .help = "One meter: its last index, history, and the form to send one.",
};
