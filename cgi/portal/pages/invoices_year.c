/* The bills of a year as one file, of all places or one. */
#include "portal/bill_year.h"

static const struct sm_input inputs[] = {
    {.name = "year",
     .type = SM_IN_INT,
     .required = true,
     .min = 1990,
     .max = 2999},
    {.name = "place", .type = SM_IN_ID},
    {.name = "part", .type = SM_IN_INT, .min = 1, .max = 10000},
};

static enum sm_status send(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sm_value *place = sm_in(rq, "place");
    const struct sm_value *part = sm_in(rq, "part");

    return sm_bill_year(rq, rp, (int)sm_in(rq, "year")->number,
                        place->present ? place->id : NULL,
                        part->present ? (int)part->number : 1);
}

const struct sm_page sm_page_invoices_year = {
    .path = "/invoices/year/{year}",
    .auth = SM_AUTH_CUSTOMER,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = send,
    .personal = true,
    .help = "The bills of a year as one ZIP, 24 a part.",
};
