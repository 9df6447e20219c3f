/* links: view base */
/* Accept-Language headers: always one of our languages. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "view/lang.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *header = malloc(size + 1);

    if (!header)
        return 0;
    if (size > 0)
        memcpy(header, data, size);
    header[size] = '\0';
    if ((unsigned)sm_lang_accept(header, SM_LANG_RO) >= SM_LANG__COUNT)
        abort();
    free(header);
    return 0;
}
