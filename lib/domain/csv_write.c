#include "domain/csv_write.h"

#include <string.h>

#include "money/money.h"

/* What follows is the first field of its record if a line ends before it. */
static void separate(struct sm_buf *out)
{
    if (out->len > 0 && out->data[out->len - 1] != '\n')
        sm_buf_addc(out, ',');
}

void sm_csv_begin(struct sm_buf *out, const char *header)
{
    sm_buf_adds(out, "\xEF\xBB\xBF");
    sm_buf_adds(out, header);
    sm_buf_adds(out, "\r\n");
}

void sm_csv_text(struct sm_buf *out, const char *text)
{
    separate(out);
    sm_buf_addc(out, '"');
    if (*text && strchr("=+-@\t\r\n", *text))
        sm_buf_addc(out, '\'');
    for (; *text; text++) {
        if (*text == '"')
            sm_buf_addc(out, '"');
        sm_buf_addc(out, *text);
    }
    sm_buf_addc(out, '"');
}

void sm_csv_number(struct sm_buf *out, int64_t number, int decimals)
{
    char text[SM_DECIMAL_TEXT];

    sm_decimal_format(text, number, decimals);
    separate(out);
    sm_buf_adds(out, text);
}

void sm_csv_money(struct sm_buf *out, int64_t minor, const char *currency)
{
    const struct sm_currency *known = sm_currency_find(currency);

    sm_csv_number(out, minor, known ? known->exponent : 2);
}

void sm_csv_none(struct sm_buf *out)
{
    sm_csv_text(out, "");
}

void sm_csv_date(struct sm_buf *out, struct sm_date date)
{
    separate(out);
    if (date.year != 0)
        sm_buf_addf(out, "%04d-%02d-%02d", date.year, date.month, date.day);
    else
        sm_buf_adds(out, "\"\"");
}

void sm_csv_milli(struct sm_buf *out, int64_t milli, int decimals)
{
    for (int n = decimals; n < 3; n++)
        milli /= 10;
    sm_csv_number(out, milli, decimals);
}

void sm_csv_end(struct sm_buf *out)
{
    sm_buf_adds(out, "\r\n");
}
