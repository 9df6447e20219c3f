#include "ident/holder.h"

#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "ident/checksum.h"

/* Room for what a person may have typed around the number. */
#define TYPED_TEXT 32

/* The LEN digits of TEXT into OUT. */
static bool read_digits(char out[SM_HOLDER_TEXT], const char *text, size_t len)
{
    return sm_ident_strip(out, SM_HOLDER_TEXT, text, true) == SM_OK &&
           strlen(out) == len && sm_ident_digits(out, len);
}

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + (text[1] - '0');
}

static bool is_date(int year, int month, int day)
{
    struct sm_date date = {year, month, day};
    struct sm_date back;

    if (month < 1 || month > 12 || day < 1 || day > 31)
        return false;
    back = sm_date_from_days(sm_date_to_days(date));
    return back.month == month;
}

/* The date in a CNP.  Residents and foreigners (7 to 9) do not tell their
 * century. */
static bool is_cnp_date(const char *cnp)
{
    int year = two_digits(cnp + 1);
    int month = two_digits(cnp + 3);
    int day = two_digits(cnp + 5);

    switch (cnp[0]) {
    case '1':
    case '2':
        return is_date(1900 + year, month, day);
    case '3':
    case '4':
        return is_date(1800 + year, month, day);
    case '5':
    case '6':
        return is_date(2000 + year, month, day);
    case '7':
    case '8':
    case '9':
        return is_date(1900 + year, month, day) ||
               is_date(2000 + year, month, day);
    default:
        return false;
    }
}

/* Counties and sectors: 01 to 48, 51, 52, and the newer 70 and 80 to 83. */
static bool is_cnp_county(int county)
{
    return (county >= 1 && county <= 48) || county == 51 || county == 52 ||
           county == 70 || (county >= 80 && county <= 83);
}

enum sm_status sm_cnp_parse(char out[SM_HOLDER_TEXT], const char *text)
{
    static const int weights[] = {2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9};
    int check;

    if (!read_digits(out, text, 13) || !is_cnp_date(out) ||
        !is_cnp_county(two_digits(out + 7)))
        return SM_INVALID;
    check = sm_ident_weigh(out, weights, SM_COUNT(weights)) % 11;
    if (check == 10)
        check = 1;
    return out[12] - '0' == check ? SM_OK : SM_INVALID;
}

/* Strip TEXT into OUT, and the two letters of COUNTRY before it. */
static bool strip_vat(char out[SM_HOLDER_TEXT], bool *vat, const char *text,
                      const char *country)
{
    char typed[TYPED_TEXT];
    bool prefixed;

    if (sm_ident_strip(typed, sizeof(typed), text, true) != SM_OK)
        return false;
    prefixed = strncmp(typed, country, 2) == 0;
    if (vat)
        *vat = prefixed;
    return sm_copy(out, SM_HOLDER_TEXT, typed + (prefixed ? 2 : 0)) &&
           sm_ident_digits(out, strlen(out));
}

enum sm_status sm_cui_parse(char out[SM_HOLDER_TEXT], bool *vat,
                            const char *text)
{
    static const int weights[] = {7, 5, 3, 2, 1, 7, 5, 3, 2};
    size_t len;
    int sum;

    if (!strip_vat(out, vat, text, "RO"))
        return SM_INVALID;
    len = strlen(out);
    if (len < 2 || len > 10 || out[0] == '0')
        return SM_INVALID;
    /* The weights stand right-aligned over all digits but the last. */
    sum = sm_ident_weigh(out, weights + SM_COUNT(weights) - (len - 1), len - 1);
    return out[len - 1] - '0' == sum * 10 % 11 % 10 ? SM_OK : SM_INVALID;
}

/* The month of an EGN tells the century: +20 for 1800, +40 for 2000. */
static bool is_egn_date(const char *egn)
{
    int year = two_digits(egn);
    int month = two_digits(egn + 2);
    int day = two_digits(egn + 4);

    if (month > 40)
        return is_date(2000 + year, month - 40, day);
    if (month > 20)
        return is_date(1800 + year, month - 20, day);
    return is_date(1900 + year, month, day);
}

enum sm_status sm_egn_parse(char out[SM_HOLDER_TEXT], const char *text)
{
    static const int weights[] = {2, 4, 8, 5, 10, 9, 7, 3, 6};

    if (!read_digits(out, text, 10) || !is_egn_date(out))
        return SM_INVALID;
    return sm_ident_weigh(out, weights, SM_COUNT(weights)) % 11 % 10 ==
                   out[9] - '0'
               ? SM_OK
               : SM_INVALID;
}

enum sm_status sm_lnch_parse(char out[SM_HOLDER_TEXT], const char *text)
{
    static const int weights[] = {21, 19, 17, 13, 11, 9, 7, 3, 1};

    if (!read_digits(out, text, 10))
        return SM_INVALID;
    return sm_ident_weigh(out, weights, SM_COUNT(weights)) % 10 == out[9] - '0'
               ? SM_OK
               : SM_INVALID;
}

/* The check digit of EIK: when the first weights leave 10, the second are
 * taken, and 10 again means 0. */
static int eik_check(const char *digits, const int *first, const int *second,
                     size_t count)
{
    int check = sm_ident_weigh(digits, first, count) % 11;

    if (check == 10)
        check = sm_ident_weigh(digits, second, count) % 11 % 10;
    return check;
}

enum sm_status sm_eik_parse(char out[SM_HOLDER_TEXT], bool *vat,
                            const char *text)
{
    static const int first[] = {1, 2, 3, 4, 5, 6, 7, 8};
    static const int second[] = {3, 4, 5, 6, 7, 8, 9, 10};
    static const int branch_first[] = {2, 7, 3, 5};
    static const int branch_second[] = {4, 9, 5, 7};
    size_t len;

    if (!strip_vat(out, vat, text, "BG"))
        return SM_INVALID;
    len = strlen(out);
    if ((len != 9 && len != 13) ||
        eik_check(out, first, second, SM_COUNT(first)) != out[8] - '0')
        return SM_INVALID;
    if (len == 13 && eik_check(out + 8, branch_first, branch_second,
                               SM_COUNT(branch_first)) != out[12] - '0')
        return SM_INVALID;
    return SM_OK;
}
