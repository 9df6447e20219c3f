/* links: pay net json crypto config base */
/* What each of BORICA's codes becomes, by who brought it and when. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "pay/borica.h"

#define ONCE SM_BORICA_AT_ONCE
#define ASKED SM_BORICA_ASKED
#define LATE SM_BORICA_LATE

static void codes_become_events(void **state)
{
    static const struct {
        const char *action, *rc;
        enum sm_borica_when when;
        enum sm_pay_kind kind;
        const char *reason;
    } rows[] = {
        {"0", "00", ONCE, SM_PAY_CAPTURED, ""},
        {"0", "00", LATE, SM_PAY_CAPTURED, ""},
        /* neither half alone is success */
        {"0", "05", ONCE, SM_PAY_PENDING, ""},
        {"2", "00", ASKED, SM_PAY_PENDING, ""},
        {"3", "00", LATE, SM_PAY_PENDING, ""},
        {"", "", ONCE, SM_PAY_PENDING, ""},
        /* duplicates are asked about, whatever they quote */
        {"1", "00", ONCE, SM_PAY_PENDING, ""},
        {"1", "00", LATE, SM_PAY_PENDING, ""},
        {"6", "05", ONCE, SM_PAY_PENDING, ""},
        {"7", "-19", ASKED, SM_PAY_PENDING, ""},
        {"8", "91", ASKED, SM_PAY_PENDING, ""},
        /* the issuer's word is final */
        {"2", "05", ONCE, SM_PAY_CLOSED, "declined"},
        {"2", "51", ASKED, SM_PAY_CLOSED, "declined"},
        {"3", "96", LATE, SM_PAY_CLOSED, "declined"},
        {"2", "17", ONCE, SM_PAY_CLOSED, "cancelled"},
        /* a soft decline ends once the gateway's own second try is over */
        {"21", "1A", ONCE, SM_PAY_PENDING, ""},
        {"21", "65", ASKED, SM_PAY_PENDING, ""},
        {"21", "1A", LATE, SM_PAY_CLOSED, "declined"},
        /* negative codes may change while the payer is there */
        {"3", "-25", ONCE, SM_PAY_DECLINED, "cancelled"},
        {"3", "-25", ASKED, SM_PAY_CLOSED, "cancelled"},
        {"3", "-19", ONCE, SM_PAY_DECLINED, "declined"},
        {"3", "-19", ASKED, SM_PAY_CLOSED, "declined"},
        {"3", "-30", LATE, SM_PAY_CLOSED, "declined"},
        {"3", "-40", ASKED, SM_PAY_OPEN, ""},
        {"3", "-40", LATE, SM_PAY_CLOSED, "expired"},
        {"3", "-33", ASKED, SM_PAY_PENDING, ""},
        {"3", "-39", ASKED, SM_PAY_PENDING, ""},
        {"3", "-33", LATE, SM_PAY_CLOSED, "expired"},
        /* the issuer has it: nobody knows, however late */
        {"3", "-31", ASKED, SM_PAY_PENDING, ""},
        {"3", "-31", LATE, SM_PAY_PENDING, ""},
        {"3", "-4", ONCE, SM_PAY_PENDING, ""},
        {"3", "-4", ASKED, SM_PAY_PENDING, ""},
        {"3", "-4", LATE, SM_PAY_CLOSED, "declined"},
        /* a refused form may be posted again */
        {"3", "-17", ONCE, SM_PAY_DECLINED, "declined"},
        {"3", "-20", ONCE, SM_PAY_DECLINED, "declined"},
        {"3", "-24", ASKED, SM_PAY_IGNORED, ""},
        {"3", "-24", LATE, SM_PAY_IGNORED, ""},
        {"3", "-24", ONCE, SM_PAY_PENDING, ""},
    };
    struct sm_pay_event event;
    size_t i;

    (void)state;
    for (i = 0; i < SM_COUNT(rows); i++) {
        event = sm_pay_event_none();
        assert_true(sm_borica_classify(&event, rows[i].action, rows[i].rc,
                                       rows[i].when));
        if (event.kind != rows[i].kind ||
            strcmp(event.reason, rows[i].reason) != 0)
            fail_msg("row %zu: %s %s: kind %d, reason %s", i, rows[i].action,
                     rows[i].rc, (int)event.kind, event.reason);
    }
    /* the gateway refused our question: that says nothing of the order */
    assert_false(sm_borica_classify(&event, "3", "-17", SM_BORICA_ASKED));
    assert_false(sm_borica_classify(&event, "3", "-2", SM_BORICA_LATE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_become_events),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
