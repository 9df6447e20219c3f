#include "domain/ubl_emit.h"

#include <string.h>

#include "base/text.h"
#include "money/money.h"

static const struct sm_ubl_words words[] = {
    {.country = "RO",
     .place = "Loc de consum",
     .terms = "Se compensează cu sumele datorate.",
     .meter = "Contor",
     .name = "Registru",
     .old_index = "Index vechi",
     .old_read = "Citire veche",
     .new_index = "Index nou",
     .new_read = "Citire nouă",
     .factor = "Constantă",
     .quantity = "Cantitate",
     .read = {"citit", "estimat", "autocitit"}},
    {.country = "BG",
     .place = "Място на потребление",
     .terms = "Прихваща се с дължимите суми.",
     .meter = "Измервателен уред",
     .name = "Регистър",
     .old_index = "Старо показание",
     .old_read = "Старо отчитане",
     .new_index = "Ново показание",
     .new_read = "Ново отчитане",
     .factor = "Константа",
     .quantity = "Количество",
     .read = {"отчетено", "прогнозно", "самоотчет"}},
    {.country = "",
     .place = "Place of consumption",
     .terms = "Set off against what is owed.",
     .meter = "Meter",
     .name = "Register",
     .old_index = "Old index",
     .old_read = "Old reading",
     .new_index = "New index",
     .new_read = "New reading",
     .factor = "Factor",
     .quantity = "Quantity",
     .read = {"measured", "estimated", "self-read"}},
};

const struct sm_ubl_words *sm_ubl_words_of(const char *country)
{
    size_t i = 0;

    while (i < SM_COUNT(words) - 1 && strcmp(words[i].country, country) != 0)
        i++;
    return &words[i];
}

void sm_ubl_open(struct sm_ubl_emit *e, const char *name)
{
    sm_buf_addc(e->out, '<');
    sm_buf_adds(e->out, name);
    sm_buf_adds(e->out, ">\n");
}

void sm_ubl_close(struct sm_ubl_emit *e, const char *name)
{
    sm_buf_adds(e->out, "</");
    sm_buf_adds(e->out, name);
    sm_buf_adds(e->out, ">\n");
}

/* The bytes of the character at TEXT; 0 if it is not well-formed UTF-8. */
static size_t character(const char *text)
{
    unsigned char lead = (unsigned char)*text;
    size_t n = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;

    return strnlen(text, n) == n && sm_utf8_valid(text, n) ? n : 0;
}

/* A blank, a control character of ASCII or of Latin-1 (C2 80 to C2 9F). */
static bool is_blank(const char *text, size_t n)
{
    unsigned char first = (unsigned char)text[0];

    if (n == 1)
        return first <= ' ' || first == 0x7f;
    return n == 2 && first == 0xc2 && (unsigned char)text[1] < 0xa0;
}

static bool is_forbidden(const char *text, size_t n)
{
    return n == 0 || (n == 3 && (memcmp(text, "\xef\xbf\xbe", 3) == 0 ||
                                 memcmp(text, "\xef\xbf\xbf", 3) == 0));
}

static void put_character(struct sm_buf *out, const char *text, size_t n)
{
    if (is_forbidden(text, n))
        sm_buf_adds(out, "\xef\xbf\xbd");
    else if (*text == '&')
        sm_buf_adds(out, "&amp;");
    else if (*text == '<')
        sm_buf_adds(out, "&lt;");
    else if (*text == '>')
        sm_buf_adds(out, "&gt;");
    else if (*text == '"')
        sm_buf_adds(out, "&quot;");
    else
        sm_buf_add(out, text, n);
}

size_t sm_ubl_put(struct sm_buf *out, const char *text, size_t most)
{
    size_t written = 0;
    bool blank = false;

    while (*text && written < most) {
        size_t n = character(text);

        if (is_blank(text, n)) {
            blank = written > 0;
        } else {
            if (blank && written + 1 == most)
                break;
            if (blank && out)
                sm_buf_addc(out, ' ');
            if (out)
                put_character(out, text, n);
            written += blank ? 2 : 1;
            blank = false;
        }
        text += n ? n : 1;
    }
    return written;
}

bool sm_ubl_says(const char *text)
{
    for (size_t n; text && *text; text += n) {
        n = character(text);
        if (!is_blank(text, n))
            return true;
    }
    return false;
}

void sm_ubl_text(struct sm_ubl_emit *e, const char *name, const char *text)
{
    if (!sm_ubl_says(text))
        return;
    sm_buf_addc(e->out, '<');
    sm_buf_adds(e->out, name);
    sm_buf_addc(e->out, '>');
    sm_ubl_put(e->out, text, SIZE_MAX);
    sm_ubl_close(e, name);
}

void sm_ubl_date(struct sm_ubl_emit *e, const char *name, struct sm_date date)
{
    if (date.year == 0)
        return;
    sm_buf_addf(e->out, "<%s>%04d-%02d-%02d", name, date.year, date.month,
                date.day);
    sm_ubl_close(e, name);
}

/* The start tag NAME with an attribute that is left out if it is empty. */
static void open_with(struct sm_ubl_emit *e, const char *name,
                      const char *attribute, const char *value)
{
    sm_buf_addc(e->out, '<');
    sm_buf_adds(e->out, name);
    if (sm_ubl_says(value)) {
        sm_buf_addc(e->out, ' ');
        sm_buf_adds(e->out, attribute);
        sm_buf_adds(e->out, "=\"");
        sm_ubl_put(e->out, value, SIZE_MAX);
        sm_buf_addc(e->out, '"');
    }
    sm_buf_addc(e->out, '>');
}

void sm_ubl_amount(struct sm_ubl_emit *e, const char *name, int64_t minor)
{
    char text[SM_DECIMAL_TEXT];

    sm_decimal_format(text, minor, e->scale);
    open_with(e, name, "currencyID", e->bill->currency);
    sm_buf_adds(e->out, text);
    sm_ubl_close(e, name);
}

void sm_ubl_number(struct sm_buf *out, int64_t number, int decimals)
{
    char text[SM_DECIMAL_TEXT];
    size_t len;

    while (decimals > 0 && number % 10 == 0) {
        number /= 10;
        decimals--;
    }
    sm_decimal_format(text, number, decimals);
    len = strlen(text);
    sm_buf_add(out, text, len);
}

void sm_ubl_price(struct sm_ubl_emit *e, const char *name, int64_t number,
                  int decimals)
{
    open_with(e, name, "currencyID", e->bill->currency);
    sm_ubl_number(e->out, number, decimals);
    sm_ubl_close(e, name);
}

void sm_ubl_quantity(struct sm_ubl_emit *e, const char *name, const char *unit,
                     int64_t micro)
{
    open_with(e, name, "unitCode", unit);
    sm_ubl_number(e->out, micro, 6);
    sm_ubl_close(e, name);
}

/* The code of a category that is its own reason (BT-121). */
static const char *reason_code(const char *category)
{
    if (strcmp(category, "AE") == 0)
        return "VATEX-EU-AE";
    if (strcmp(category, "O") == 0)
        return "VATEX-EU-O";
    return "";
}

void sm_ubl_category(struct sm_ubl_emit *e, const char *name,
                     const char *category, int rate_bp, bool breakdown,
                     const char *reason)
{
    sm_ubl_open(e, name);
    sm_ubl_text(e, "cbc:ID", category);
    /* What is not subject to VAT has no rate (BR-O-05). */
    if (strcmp(category, "O") != 0) {
        sm_buf_adds(e->out, "<cbc:Percent>");
        sm_ubl_number(e->out, rate_bp, 2);
        sm_ubl_close(e, "cbc:Percent");
    }
    if (breakdown) {
        sm_ubl_text(e, "cbc:TaxExemptionReasonCode", reason_code(category));
        sm_ubl_text(e, "cbc:TaxExemptionReason", reason);
    }
    sm_ubl_open(e, "cac:TaxScheme");
    sm_ubl_text(e, "cbc:ID", "VAT");
    sm_ubl_close(e, "cac:TaxScheme");
    sm_ubl_close(e, name);
}
