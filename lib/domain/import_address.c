#include "domain/import_address.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/import_row.h"

/* True if TEXT is LEAST to MOST capitals, or digits where DIGITS may be. */
static bool is_code(const char *text, size_t least, size_t most, bool digits)
{
    size_t len = strlen(text);

    for (const char *p = text; *p; p++) {
        if ((*p < 'A' || *p > 'Z') && !(digits && sm_is_digit(*p)))
            return false;
    }
    return len >= least && len <= most;
}

static void put_region(struct sm_buf *row, struct sm_import_file *file,
                       const char *region)
{
    char country[3] = "";

    if (*region == '\0') {
        sm_put_null(row);
        return;
    }
    (void)snprintf(country, sizeof(country), "%.2s", region);
    if (!is_code(country, 2, 2, false) || region[2] != '-' ||
        !is_code(region + 3, 1, 3, true))
        sm_import_field_bad(file, "region is not a code of ISO 3166-2 such as "
                                  "RO-CJ");
    sm_put_text(row, region);
}

void sm_import_put_address(struct sm_buf *row, struct sm_import_file *file,
                           size_t first, bool needs_country)
{
    const char *country =
        sm_import_field_text(file, first + 4, needs_country, 2);

    sm_put_optional(row, sm_import_field_text(file, first, false, 150));
    sm_put_optional(row, sm_import_field_text(file, first + 1, false, 50));
    sm_put_optional(row, sm_import_field_text(file, first + 2, false, 20));
    put_region(row, file, sm_import_field_text(file, first + 3, false, 6));
    if (*country && !is_code(country, 2, 2, false))
        sm_import_field_bad(file, "country is not a code of two capitals such "
                                  "as RO");
    sm_put_optional(row, country);
}
