/* links: auth web crypto config base */
/* Authorization headers: a token that is read stands in the header in its one
 * spelling, and nothing follows it. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "auth/token.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *header = malloc(size + 1);
    uint8_t id[SM_ID_BYTES];
    char text[SM_ID_TEXT];
    const char *at;

    if (!header)
        return 0;
    if (size > 0)
        memcpy(header, data, size);
    header[size] = '\0';
    if (sm_token_read(id, header)) {
        sm_id_format(text, id);
        at = strstr(header, text);
        if (!at || at < header + sizeof("bearer smetka_") - 1 ||
            strspn(at + SM_ID_TEXT - 1, " \t") != strlen(at + SM_ID_TEXT - 1))
            abort();
    }
    free(header);
    return 0;
}
