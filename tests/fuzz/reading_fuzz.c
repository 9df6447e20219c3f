/* links: base domain */
/* What a person types as an index: whatever the bytes, what is taken fits the
 * dial and is the same number when it is written and read again. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "domain/reading.h"

#define TEXT_MAX 256

static void there_and_back(int64_t milli, int digits, int decimals)
{
    char text[2 * SM_INT_TEXT];
    size_t len;
    int64_t back, least = 1000;

    for (int i = 0; i < decimals; i++)
        least /= 10;
    if (milli < 0 || milli >= sm_register_full(digits) || milli % least != 0)
        abort();
    len = sm_uint_format(text, (uint64_t)milli / 1000, 1);
    if (decimals > 0) {
        text[len++] = ',';
        sm_uint_format(text + len, (uint64_t)(milli % 1000 / least),
                       (size_t)decimals);
    }
    if (sm_reading_parse(&back, text, digits, decimals) != SM_READING_OK ||
        back != milli)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[TEXT_MAX];
    int64_t milli;

    if (size >= sizeof(text))
        return 0;
    if (size > 0)
        memcpy(text, data, size);
    text[size] = '\0';
    for (int digits = 1; digits <= SM_REGISTER_DIGITS_MAX; digits++) {
        for (int decimals = 0; decimals <= SM_REGISTER_DECIMALS_MAX;
             decimals++) {
            enum sm_reading_outcome said =
                sm_reading_parse(&milli, text, digits, decimals);

            if (said == SM_READING_OK)
                there_and_back(milli, digits, decimals);
            else if (said > SM_READING_DECIMALS)
                abort();
        }
    }
    return 0;
}
