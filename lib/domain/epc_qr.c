#include "domain/epc_qr.h"

#include <stdio.h>
#include <string.h>

#include "ident/bank.h"
#include "money/money.h"

enum {
    NAME_CHARS = 70,
    TEXT_CHARS = 140,
    MOST = SM_EPC_BYTES - 1,
    /* behind the name: IBAN, amount, purpose, reference, line feeds */
    REST = 1 + (SM_IBAN_TEXT - 1) + 1 + 15 + 1 + 1 + (SM_RF_TEXT - 1)
};

#define AMOUNT_MAX INT64_C(99999999999)

static bool is_blank(const char *at)
{
    return (unsigned char)*at <= ' ' || *at == 0x7f;
}

/* Append TEXT to OUT at *LEN: at most CHARS characters, whole ones, with
 * blanks as single ones between words, and no more than MOST bytes in all. */
static void put(char out[SM_EPC_BYTES], size_t *len, size_t most,
                const char *text, size_t chars)
{
    bool blank = false, any = false;

    while (*text != '\0' && chars > 0) {
        size_t n = 1;

        while (((unsigned char)text[n] & 0xc0) == 0x80)
            n++;
        if (is_blank(text)) {
            blank = any;
            text += n;
            continue;
        }
        if (blank && chars < 2)
            return;
        if (*len + n + blank > most)
            return;
        if (blank)
            out[(*len)++] = ' ';
        memcpy(out + *len, text, n);
        *len += n;
        chars -= 1 + (size_t)blank;
        blank = false;
        any = true;
        text += n;
    }
}

enum sm_status sm_epc_payload(char out[SM_EPC_BYTES],
                              const struct sm_epc *transfer)
{
    static const char head[] = "BCD\n002\n1\nSCT\n\n";
    char iban[SM_IBAN_TEXT], amount[SM_DECIMAL_TEXT], rf[SM_RF_TEXT];
    size_t len = sizeof(head) - 1, before;

    memcpy(out, head, sizeof(head));
    put(out, &len, MOST - REST, transfer->name, NAME_CHARS);
    if (len == sizeof(head) - 1 ||
        sm_iban_parse(iban, transfer->iban) != SM_OK ||
        transfer->amount_minor < 1 || transfer->amount_minor > AMOUNT_MAX) {
        out[0] = '\0';
        return SM_INVALID;
    }
    sm_decimal_format(amount, transfer->amount_minor, 2);
    len += (size_t)snprintf(out + len, SM_EPC_BYTES - len, "\n%s\nEUR%s", iban,
                            amount);
    before = len; /* nothing stands behind the last element used */
    if (sm_rf_parse(rf, transfer->remittance) == SM_OK) {
        (void)snprintf(out + len, SM_EPC_BYTES - len, "\n\n%s", rf);
        return SM_OK;
    }
    memcpy(out + len, "\n\n\n", 3);
    len += 3;
    put(out, &len, MOST, transfer->remittance, TEXT_CHARS);
    out[len > before + 3 ? len : before] = '\0';
    return SM_OK;
}

bool sm_epc_is_reference(const char *text)
{
    char rf[SM_RF_TEXT];

    return sm_rf_parse(rf, text) == SM_OK;
}
