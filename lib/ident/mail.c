#include "ident/mail.h"

#include <idn2.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define LOCAL_MAX 64
#define LABEL_MAX 63
#define DOMAIN_MAX 253

/* Providers that people of the region use.  A domain of this list is never
 * doubted, a domain one slip away from one is. */
static const char *const providers[] = {
    "gmail.com",      "yahoo.com",   "yahoo.ro",       "hotmail.com",
    "outlook.com",    "icloud.com",  "abv.bg",         "mail.bg",
    "dir.bg",         "gbg.bg",      "live.com",       "msn.com",
    "googlemail.com", "ymail.com",   "protonmail.com", "proton.me",
    "rdslink.ro",     "mail.com",    "email.com",      "me.com",
    "aol.com",        "yahoo.co.uk", "mail.ru",        "gmx.com",
    "gmx.net",        "yahoo.fr",    "yahoo.it",       "yahoo.de",
    "yahoo.es",       "hotmail.ro",  "abv.com",        "outlook.bg",
};

static bool is_local_char(char byte)
{
    return sm_is_digit(byte) || sm_is_alpha(byte) ||
           (byte && strchr("!#$%&'*+-/=?^_`{|}~", byte));
}

/* Dots stand between other characters only. */
static bool is_local(const char *text, size_t len)
{
    if (len == 0 || len > LOCAL_MAX)
        return false;
    for (size_t i = 0; i < len; i++) {
        bool inside = i > 0 && i + 1 < len && text[i - 1] != '.';

        if (!is_local_char(text[i]) && !(text[i] == '.' && inside))
            return false;
    }
    return true;
}

static bool is_label(const char *text, size_t len)
{
    if (len == 0 || len > LABEL_MAX || text[0] == '-' || text[len - 1] == '-')
        return false;
    for (size_t i = 0; i < len; i++)
        if (!sm_is_digit(text[i]) && !sm_is_alpha(text[i]) && text[i] != '-')
            return false;
    return true;
}

/* At least two labels; the last is no number, so no address of a machine. */
static bool is_domain(const char *text)
{
    static const char digits[] = "0123456789";
    int labels = 0;
    size_t len = 0;

    if (strlen(text) > DOMAIN_MAX)
        return false;
    for (;; text += len + 1) {
        len = strcspn(text, ".");
        if (!is_label(text, len))
            return false;
        labels++;
        if (text[len] == '\0')
            return labels >= 2 && len >= 2 && strspn(text, digits) < len;
    }
}

/* The domain TEXT[LEN] in lower case and as A-labels into OUT[SIZE]. */
static bool copy_domain(char *out, size_t size, const char *text, size_t len)
{
    char domain[SM_EMAIL_TEXT];
    char *labels = NULL;
    bool good;

    if (len >= sizeof(domain) || !sm_utf8_valid(text, len))
        return false;
    memcpy(domain, text, len);
    domain[len] = '\0';
    if (idn2_to_ascii_8z(domain, &labels,
                         IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK)
        return false;
    good = is_domain(labels) && sm_copy(out, size, labels);
    for (char *at = out; good && *at; at++)
        *at = sm_to_lower(*at);
    idn2_free(labels);
    return good;
}

enum sm_status sm_email_parse(char out[SM_EMAIL_TEXT], const char *text)
{
    size_t len;
    size_t local;

    text += strspn(text, " \t");
    len = strlen(text);
    while (len > 0 && strchr(" \t", text[len - 1]))
        len--;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] <= 0x20 || text[i] == 0x7F)
            return SM_INVALID;
    local = strcspn(text, "@");
    if (local >= len || !is_local(text, local))
        return SM_INVALID;
    memcpy(out, text, local + 1);
    if (!copy_domain(out + local + 1, SM_EMAIL_TEXT - local - 1,
                     text + local + 1, len - local - 1))
        return SM_INVALID;
    return SM_OK;
}

/* True if A becomes B by one letter more, less, or other, or by swapping two
 * neighbours. */
static bool one_slip(const char *a, const char *b)
{
    size_t a_len = strlen(a);
    size_t b_len = strlen(b);
    size_t same = 0;

    while (a[same] && a[same] == b[same])
        same++;
    a += same;
    b += same;
    if (a_len == b_len + 1)
        return strcmp(a + 1, b) == 0;
    if (b_len == a_len + 1)
        return strcmp(a, b + 1) == 0;
    if (a_len != b_len || *a == '\0')
        return false;
    if (strcmp(a + 1, b + 1) == 0)
        return true;
    return a[1] && a[0] == b[1] && a[1] == b[0] && strcmp(a + 2, b + 2) == 0;
}

bool sm_email_hint(char out[SM_EMAIL_TEXT], const char *address)
{
    const char *domain = strrchr(address, '@');
    const char *meant = NULL;
    size_t local;

    if (!domain)
        return false;
    domain++;
    for (size_t i = 0; i < SM_COUNT(providers); i++) {
        if (strcmp(domain, providers[i]) == 0)
            return false;
        /* The list begins with the most common one. */
        if (!meant && one_slip(domain, providers[i]))
            meant = providers[i];
    }
    local = (size_t)(domain - address);
    if (!meant || local + strlen(meant) >= SM_EMAIL_TEXT)
        return false;
    memcpy(out, address, local);
    return sm_copy(out + local, SM_EMAIL_TEXT - local, meant);
}

void sm_email_mask(char out[SM_EMAIL_TEXT + 4], const char *address)
{
    const char *domain = strrchr(address, '@');

    if (!domain || domain == address) {
        sm_copy(out, SM_EMAIL_TEXT + 4, "***");
        return;
    }
    out[0] = address[0];
    memcpy(out + 1, "***", 3);
    sm_copy(out + 4, SM_EMAIL_TEXT, domain);
}
