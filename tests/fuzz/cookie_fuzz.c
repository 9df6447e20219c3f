/* links: auth web crypto config base */
/* Cookie headers: a cookie that is read is written again the same way. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "auth/auth.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *header = malloc(size + 1);
    uint8_t id[SM_ID_BYTES], network[17];
    char text[SM_ID_TEXT];

    if (!header)
        return 0;
    if (size > 0)
        memcpy(header, data, size);
    header[size] = '\0';
    if (sm_auth_cookie_read(id, header, SM_COOKIE_SESSION)) {
        sm_id_format(text, id);
        if (!strstr(header, text))
            abort();
    }
    if (sm_auth_network(network, header) > sizeof(network))
        abort();
    free(header);
    return 0;
}
