/* links: base money */
/* The readers of amounts: what is accepted, written and read again is the
 * same number. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "money/money.h"

#define TEXT_MAX 256

static void there_and_back(int64_t minor, int exponent)
{
    char text[SM_DECIMAL_TEXT];
    int64_t back;

    sm_decimal_format(text, minor, exponent);
    if (sm_decimal_parse(&back, text, exponent) != SM_OK || back != minor)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[TEXT_MAX];
    int64_t minor;

    if (size >= sizeof(text))
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    for (int exponent = 0; exponent <= 4; exponent++) {
        if (sm_amount_parse(&minor, text, exponent) == SM_OK) {
            if (minor < 0)
                abort();
            there_and_back(minor, exponent);
        }
        if (sm_decimal_parse(&minor, text, exponent) == SM_OK)
            there_and_back(minor, exponent);
    }
    (void)sm_currency_find(text);
    return 0;
}
