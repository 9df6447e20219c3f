/* Payouts come straight from the processor's books, by the interface of
 * lib/pay/processor.h, with the same faults on the way as its calls. */
#include <stdio.h>
#include <string.h>

#include "jobs_sim.h"
#include "model.h"
#include "pay/processor.h"
#include "psp.h"
#include "seam.h"
#include "sim.h"

enum sm_status __real_sm_processor_open(struct sm_processor **out,
                                        const char *name,
                                        const struct sm_settings *settings,
                                        struct sm_error *err);
enum sm_status __wrap_sm_processor_open(struct sm_processor **out,
                                        const char *name,
                                        const struct sm_settings *settings,
                                        struct sm_error *err);

static void nothing(void *arg)
{
    (void)arg;
}

static enum sm_status payouts(struct sm_pay_payout **out, size_t *count,
                              const struct sm_processor *self,
                              struct sm_arena *arena, int64_t since_us,
                              const struct sm_pay_time *time,
                              struct sm_error *err)
{
    struct sm_pay_payout *list;
    int i;

    (void)self;
    (void)since_us;
    (void)time;
    jobs_stop_now_and_then();
    if (!seam_call("payouts", nothing, NULL))
        return SM_FAIL(err, SM_UNAVAILABLE, "no answer");
    list = sm_arena_calloc(arena, PSP_PAYOUTS, sizeof(*list));
    if (list == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    for (i = 0; i < psp.npayouts; i++) {
        list[i] = (struct sm_pay_payout){
            .ref = psp.payouts[i].id,
            .currency =
                model_currency_word(model_currency(psp.payouts[i].currency)),
            .net_minor = psp.payouts[i].net,
            .arrived_on = sm_date_from_days(sim.now_us / SIM_DAY),
            .lines = "",
        };
    }
    *out = list;
    *count = (size_t)psp.npayouts;
    return SM_OK;
}

static enum sm_status payout_lines(struct sm_pay_payout *payout,
                                   const struct sm_processor *self,
                                   struct sm_arena *arena,
                                   const struct sm_pay_time *time,
                                   struct sm_error *err)
{
    int i;

    (void)self;
    (void)arena;
    (void)time;
    jobs_stop_now_and_then();
    if (!seam_call("payout_lines", nothing, NULL))
        return SM_FAIL(err, SM_UNAVAILABLE, "no answer");
    for (i = 0; i < psp.npayouts; i++)
        if (strcmp(psp.payouts[i].id, payout->ref) == 0)
            payout->lines = psp.payouts[i].lines;
    return SM_OK;
}

/* The adapter, with payouts from here. */
enum sm_status __wrap_sm_processor_open(struct sm_processor **out,
                                        const char *name,
                                        const struct sm_settings *settings,
                                        struct sm_error *err)
{
    static struct sm_processor_ops ops;
    enum sm_status status = __real_sm_processor_open(out, name, settings, err);

    if (status != SM_OK)
        return status;
    ops = *(*out)->ops;
    ops.payouts = payouts;
    ops.payout_lines = payout_lines;
    (*out)->ops = &ops;
    return SM_OK;
}
