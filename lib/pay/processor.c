#include "pay/processor.h"

#include <string.h>

#include "pay/borica.h"
#include "pay/epay.h"
#include "pay/euplatesc.h"
#include "pay/netopia.h"
#include "pay/protocol.h"
#include "pay/stripe.h"

const char *sm_pay_kind_word(enum sm_pay_kind kind)
{
    switch (kind) {
    case SM_PAY_OPEN:
        return "open";
    case SM_PAY_PENDING:
        return "pending";
    case SM_PAY_CAPTURED:
        return "captured";
    case SM_PAY_DECLINED:
        return "declined";
    case SM_PAY_CLOSED:
        return "closed";
    case SM_PAY_REFUND:
        return "refund";
    case SM_PAY_DISPUTE:
        return "dispute";
    case SM_PAY_IGNORED:
        break;
    }
    return "ignored";
}

struct sm_pay_event sm_pay_event_none(void)
{
    return (struct sm_pay_event){
        .key = "",
        .type = "",
        .order_no = "",
        .processor_ref = "",
        .capture_ref = "",
        .currency = "",
        .reason = "",
        .redirect_url = "",
        .part_ref = "",
        .part_state = "",
        .applied = "",
    };
}

enum sm_status sm_processor_open(struct sm_processor **out, const char *name,
                                 const struct sm_settings *settings,
                                 struct sm_error *err)
{
    *out = NULL;
    if (strcmp(name, "euplatesc") == 0)
        return sm_euplatesc_open(out, settings, err);
    if (strcmp(name, "netopia") == 0)
        return sm_netopia_open(out, settings, err);
    if (strcmp(name, "stripe") == 0)
        return sm_stripe_open(out, settings, err);
    if (strcmp(name, "borica") == 0)
        return sm_borica_open(out, settings, err);
    if (strcmp(name, "epay") == 0)
        return sm_epay_open(out, settings, err);
    return SM_FAIL(err, SM_INVALID, "no processor is named %s", name);
}

struct sm_pay_ack sm_processor_ack(const struct sm_processor *processor,
                                   struct sm_arena *arena,
                                   const struct sm_pay_event *events,
                                   size_t count, enum sm_status status)
{
    return processor->ops->ack != NULL
               ? processor->ops->ack(processor, arena, events, count, status)
               : sm_proto_ack(status);
}

void sm_processor_close(struct sm_processor *processor)
{
    if (processor != NULL)
        processor->ops->close(processor);
}
