/* links: base ident */
/* Every identifier parser: whatever is accepted is in its one form already,
 * so reading it again gives the same text. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ident/bank.h"
#include "ident/code.h"
#include "ident/holder.h"
#include "ident/mail.h"
#include "ident/phone.h"

#define TEXT_MAX 1024
#define FORM_MAX 320

static const struct sm_code_rule plain = {4, 32, false, SM_CODE_CHECK_NONE};
static const struct sm_code_rule luhn = {4, 16, true, SM_CODE_CHECK_LUHN};
static const struct sm_code_rule mod97 = {4, 16, false, SM_CODE_CHECK_MOD97};

/* One signature for all of them. */
#define WRAP(name, call)                                                       \
    static enum sm_status name(char *out, const char *text)                    \
    {                                                                          \
        return call;                                                           \
    }
WRAP(read_plain, sm_code_parse(out, text, &plain))
WRAP(read_luhn, sm_code_parse(out, text, &luhn))
WRAP(read_mod97, sm_code_parse(out, text, &mod97))
WRAP(read_client, sm_code_parse(out, text, &sm_client_code_rule))
WRAP(read_cui, sm_cui_parse(out, NULL, text))
WRAP(read_eik, sm_eik_parse(out, NULL, text))
WRAP(read_phone_ro, sm_phone_parse(out, text, SM_COUNTRY_RO))
WRAP(read_phone_bg, sm_phone_parse(out, text, SM_COUNTRY_BG))

static enum sm_status (*const parsers[])(char *, const char *) = {
    read_plain,     read_luhn,     read_mod97,
    read_client,    read_cui,      read_eik,
    read_phone_ro,  read_phone_bg, sm_invoice_no_parse,
    sm_email_parse, sm_cnp_parse,  sm_egn_parse,
    sm_lnch_parse,  sm_iban_parse, sm_rf_parse,
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[TEXT_MAX];
    char form[FORM_MAX];
    char again[FORM_MAX];

    if (size >= sizeof(text))
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    for (size_t i = 0; i < SM_COUNT(parsers); i++) {
        if (parsers[i](form, text) != SM_OK)
            continue;
        if (strpbrk(form, "\r\n") || parsers[i](again, form) != SM_OK ||
            strcmp(form, again) != 0)
            abort();
    }
    if (sm_email_parse(form, text) == SM_OK) {
        if (sm_email_hint(again, form) && sm_email_parse(text, again) != SM_OK)
            abort();
        sm_email_mask(again, form);
    }
    if (sm_phone_parse(form, text, SM_COUNTRY_RO) == SM_OK)
        (void)sm_phone_is_mobile(form);
    if (sm_rf_make(form, text) == SM_OK && sm_rf_parse(again, form) != SM_OK)
        abort();
    return 0;
}
