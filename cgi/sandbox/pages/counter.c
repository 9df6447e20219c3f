/* /counter: ePay.bg's counter, where somebody pays a utility's bill by its
 * payment code.  It asks the biller, shows what it says, takes the money. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "keys.h"
#include "sandbox/wire_epay.h"
#include "web/app.h"
#include "web/page.h"

#define MERCHANT "0000001" /* as nginx/up writes it for the biller */

static const struct sm_input inputs[] = {
    {.name = "code", .type = SM_IN_TOKEN, .max = 32},
    {.name = "tid", .type = SM_IN_TOKEN, .max = 26},
    {.name = "total", .type = SM_IN_INT, .min = 1, .max = 100000000},
    {.name = "action", .type = SM_IN_CHOICE, .choices = "look|pay"},
};

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    (void)rq;
    sm_show(rp->dict, K_ASKING);
    return SM_OK;
}

static const char *text_of(const cJSON *json, const char *name)
{
    const char *text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, name));

    return text != NULL ? text : "";
}

/* DATE14 + STAN6 + AID6, as an operator numbers its transactions. */
static const char *new_tid(struct sm_request *rq)
{
    time_t now = time(NULL);
    char stamp[20] = "";
    struct timespec fine;
    struct tm parts;

    (void)clock_gettime(CLOCK_REALTIME, &fine);
    if (localtime_r(&now, &parts) != NULL)
        (void)strftime(stamp, sizeof(stamp), "%Y%m%d%H%M%S", &parts);
    return sm_arena_printf(rq->arena, "%s%06ld000001", stamp,
                           fine.tv_nsec / 1000);
}

static void fill_due(struct sm_request *rq, struct sm_dict *dict,
                     const char *answer)
{
    cJSON *json = cJSON_Parse(answer);
    const cJSON *amount = cJSON_GetObjectItemCaseSensitive(json, "AMOUNT");
    struct sm_dict *due;

    if (strcmp(text_of(json, "STATUS"), "00") != 0) {
        sm_show(dict, K_ASKING);
        sm_show(dict, K_SAID);
        sm_set(dict, K_STATUS, text_of(json, "STATUS"));
    } else {
        due = sm_section(dict, K_DUE);
        sm_set(due, K_CODE, sm_in(rq, "code")->text);
        sm_set(due, K_TID, new_tid(rq));
        sm_set(due, K_BRIEF, text_of(json, "SHORTDESC"));
        sm_set(due, K_LINES_TEXT, text_of(json, "LONGDESC"));
        sm_set_int(due, K_TOTAL_MINOR,
                   cJSON_IsNumber(amount) ? (int64_t)amount->valuedouble : 0);
        sm_set_money(due, K_TOTAL,
                     cJSON_IsNumber(amount) ? (int64_t)amount->valuedouble : 0,
                     "EUR");
    }
    cJSON_Delete(json);
}

static void look(struct sm_request *rq, struct sm_reply *rp)
{
    const struct sb_param params[] = {{"IDN", sm_in(rq, "code")->text},
                                      {"MERCHANTID", MERCHANT},
                                      {"TYPE", "BILLING"}};
    char answer[16384];

    (void)sb_epay_ask(answer, sizeof(answer), rq, "init", params,
                      SM_COUNT(params));
    fill_due(rq, rp->dict, answer);
}

/* The money is in the till: it goes to the books, and the biller is told. */
static enum sm_status note(struct sm_request *rq, const char *tid)
{
    struct sb_session s = {.processor = "epay",
                           .currency = "eur",
                           .status = SB_COMPLETE,
                           .paid = SB_PAID};

    s.amount = sm_in(rq, "total")->number;
    (void)sm_copy(s.reference, sizeof(s.reference), tid);
    (void)sm_copy(s.idempotency_key, sizeof(s.idempotency_key), tid);
    (void)sm_copy(s.product, sizeof(s.product), "At the counter");
    return sb_store_create(&s);
}

static enum sm_status pay(struct sm_request *rq, struct sm_reply *rp)
{
    const char *tid = sm_in(rq, "tid")->text;
    const char *total = sm_arena_printf(rq->arena, "%lld",
                                        (long long)sm_in(rq, "total")->number);
    char date[15] = "", answer[1024];
    const struct sb_param params[] = {{"DATE", date},
                                      {"IDN", sm_in(rq, "code")->text},
                                      {"MERCHANTID", MERCHANT},
                                      {"TID", tid},
                                      {"TOTAL", total != NULL ? total : ""},
                                      {"TYPE", "BILLING"}};
    enum sm_status st = SM_OK;
    cJSON *json;

    if (!sm_in(rq, "code")->present)
        return show(rq, rp);
    if (strcmp(sm_in(rq, "action")->text, "pay") != 0) {
        look(rq, rp);
        return SM_OK;
    }
    if (strlen(tid) < 14 || sm_in(rq, "total")->number <= 0)
        return SM_NOT_FOUND;
    (void)sm_copy(date, sizeof(date), tid);
    (void)sb_epay_ask(answer, sizeof(answer), rq, "confirm", params,
                      SM_COUNT(params));
    json = cJSON_Parse(answer);
    sm_show(rp->dict, K_ASKING);
    sm_show(rp->dict, K_SAID);
    sm_set(rp->dict, K_STATUS, text_of(json, "STATUS"));
    if (strcmp(text_of(json, "STATUS"), "00") == 0)
        st = note(rq, tid);
    cJSON_Delete(json);
    return st;
}

const struct sm_page sm_page_counter = {
    .path = "/counter",
    .plain = true,
    .auth = SM_AUTH_PUBLIC,
    .inputs = inputs,
    .ninputs = SM_COUNT(inputs),
    .get = show,
    .post = pay,
    .tpl = "counter.tpl",
    .personal = true,
    .help = "ePay.bg's counter: pay a bill by its payment code.",
};
