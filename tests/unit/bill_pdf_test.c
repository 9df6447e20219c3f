/* links: domain view pdf */
/* Bills as PDFs, read back by poppler's programs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../lib/view/private.h" /* texts without templates */
#include "../support/bills.h"
#include "domain/bill_pdf.h"
#include "domain/bill_words.h"
#include "pdf/pdf.h"

#define URL "https://site.example/ro/l/AQEBAgMEBQYHCAkKCwwNDg8QAAAAAAAAAAAAUk9O"

static struct made made;
static struct sm_bill_payment payments[3];
static struct sm_bill_pdf_options options;
static struct sm_buf out;
static char text[1 << 20];

static int set_up(void **state)
{
    struct sm_error err = {.message = ""};

    (void)state;
    sm_buf_init(&out, SM_BILL_PDF_BYTES_MAX);
    if (sm_texts_open(SM_TEST_SHARE, &err) == SM_OK)
        return 0;
    print_error("%s\n", err.message);
    return -1;
}

static int tear_down(void **state)
{
    (void)state;
    sm_buf_release(&out);
    sm_pdf_cleanup();
    return 0;
}

/* Drop empty lines from what was read back. */
static void squeeze(void)
{
    char *to = text;

    for (const char *at = text; *at != '\0'; at++)
        if (*at != '\n' || (to > text && to[-1] != '\n'))
            *to++ = *at;
    *to = '\0';
}

/* What PROGRAM prints of the PDF, with OPTION. */
static void read_back(const char *program, const char *option)
{
    char path[] = "/tmp/smetka-bill.XXXXXX", *at = text;
    char *argv[] = {NULL, NULL, path, NULL, NULL};
    char name[32], word[32];
    int fd = mkstemp(path), ends[2], status = -1;
    ssize_t got;
    pid_t child;

    snprintf(name, sizeof(name), "%s", program);
    snprintf(word, sizeof(word), "%s", option);
    argv[0] = name;
    argv[1] = word[0] ? word : path;
    argv[2] = word[0] ? path : NULL;
    if (strcmp(program, "pdftotext") == 0) { /* "-" goes behind the file */
        argv[1] = path;
        argv[2] = word;
    }
    assert_true(fd >= 0);
    assert_true(write(fd, out.data, out.len) == (ssize_t)out.len);
    close(fd);
    assert_int_equal(pipe(ends), 0);
    child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        execvp(argv[0], argv);
        _exit(127);
    }
    close(ends[1]);
    while (at < text + sizeof(text) - 1 &&
           (got = read(ends[0], at, (size_t)(text + sizeof(text) - 1 - at))) >
               0)
        at += got;
    *at = '\0';
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    unlink(path);
    if (status != 0)
        fail_msg("%s: %s", program, text);
    squeeze();
}

static void has(const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("no \"%s\" in:\n%s", part, text);
}

static void has_not(const char *part)
{
    if (strstr(text, part) != NULL)
        fail_msg("\"%s\" in:\n%s", part, text);
}

/* How often PART stands in what was read back. */
static int count(const char *part)
{
    int n = 0;

    for (const char *at = text; (at = strstr(at, part)) != NULL; at++)
        n++;
    return n;
}

static void make(enum sm_lang lang, const char *url)
{
    struct sm_error err = {.message = ""};

    options = (struct sm_bill_pdf_options){.lang = lang,
                                           .company = "",
                                           .pay_url = url,
                                           .note = "ANRE 021 327 81 00",
                                           .accent = 0x0b5e6b};
    if (sm_bill_pdf(&out, &made.bill, &options, &err) != SM_OK)
        fail_msg("%s", err.message);
}

/* Electricity, of which a part is paid. */
static void part_paid(void)
{
    made_electricity(&made);
    made.registers[1].new_read = SM_BILL_ESTIMATED;
    payments[0] =
        (struct sm_bill_payment){{2026, 9, 20}, "online", "PI-7788", 10000};
    payments[1] = (struct sm_bill_payment){{2026, 9, 25}, "bank", "OP 1", 2500};
    made.bill.payments = payments;
    made.bill.npayments = 2;
    made.bill.open_minor -= 12500;
}

static void in_romanian(void **state)
{
    (void)state;
    part_paid();
    make(SM_LANG_RO, URL);
    read_back("pdfinfo", "");
    has("Title:           Factură EE26-000123");
    has("Author:          Furnizor Exemplu SA");
    has("Tagged:          yes");
    has("Pages:           1\n"); /* an ordinary bill is one page */
    has_not("Error");
    assert_non_null(memmem(out.data, out.len, "/Lang (ro)", 10));
    read_back("pdftotext", "-");
    has("10 septembrie 2026");
    has("1–31 august 2026");
    has("Popescu Ion");
    has("Str. Lungă 7, Cluj-Napoca");
    has("RO001E100200300");
    has("Rest de plată până la 10 octombrie 2026\n92,69 RON\n");
    has("RF18539007547034");
    has("RO49 AAAA 1B31 0075 9384 0000");
    has("Energie electrică activă, noapte");
    has("200,5");
    has("0,65432");
    has_not("0,654320");
    has("0,12");
    has("31");
    has("zile");
    has("21 %");
    has("131,19");
    has("179,91");
    has("217,69");
    has("1.8.2");
    has("10.700,5\n31 august 2026, autocitit");
    has("4.100,25\n31 august 2026, estimat");
    has("Card, pe internet · PI-7788");
    has("-100,00");
    has("Transfer bancar · OP 1");
    has_not("Alte modificări");
    has("ANRE 021 327 81 00");
    read_back("pdfinfo", "-struct");
    assert_int_equal(count("Figure"), 1); /* no bank's code in RON */
    assert_int_equal(count("Table"), 4);
    assert_int_equal(count("H1"), 1);
    has_not("Error");
    read_back("pdfinfo", "-url");
    assert_int_equal(count(URL), 1);
}

static void in_bulgarian(void **state)
{
    (void)state;
    made_water(&made);
    made.bill.seller.iban = "BG80BNBG96611020345678";
    make(SM_LANG_BG, URL);
    read_back("pdfinfo", "");
    has("Title:           Фактура 0000123456");
    has("Pages:           1\n");
    assert_non_null(memmem(out.data, out.len, "/Lang (bg)", 10));
    read_back("pdftotext", "-");
    has("За плащане до 10 октомври 2026 г.");
    has("33,97");
    has("Отвеждане на отпадъчни води");
    has("m³");
    has("20%");
    has("1 август 2026 г., прогнозно");
    has("Без ДДС, EUR");
    has_not("Константа"); /* all factors are 1 */
    has_not("Салдо");     /* nothing happened on the way */
    read_back("pdfinfo", "-struct");
    assert_int_equal(count("Figure"), 2);
}

static void in_english(void **state)
{
    (void)state;
    made_gas(&made);
    make(SM_LANG_EN, "");
    read_back("pdftotext", "-");
    has("Invoice G/2026/9");
    has("To pay by");
    has("Factor");
    has("11.1\n");
    has("Paid in advance, and rounding");
    has("self-read");
    has("1,234.567");
    read_back("pdfinfo", "-struct");
    assert_int_equal(count("Figure"), 1); /* the bank's */
    made.bill.seller.iban = "IE29AIBK93115212345679";
    make(SM_LANG_EN, "");
    read_back("pdfinfo", "-struct");
    assert_int_equal(count("Figure"), 0); /* not an IBAN */
}

/* What is not to be paid has no code. */
static void nothing_to_pay(void **state)
{
    (void)state;
    part_paid();
    made.bill.open_minor = 0;
    make(SM_LANG_EN, URL);
    read_back("pdftotext", "-");
    has("Paid\n");
    has("RON 217.69\nThere is nothing to pay.");
    has("Other changes"); /* the payments do not make it up */
    has("-92.69");
    read_back("pdfinfo", "-struct");
    assert_int_equal(count("Figure"), 0);
    made_electricity(&made);
    made.bill.open_minor -= 100; /* nobody says how */
    make(SM_LANG_EN, "");
    read_back("pdftotext", "-");
    has("Other changes");
    has("-1.00");
    made_credit(&made);
    made.bill.due_on = made.bill.issued_on;
    make(SM_LANG_EN, URL);
    read_back("pdftotext", "-");
    has("Credit note NC26-7");
    has("Credited\n");
    has("Corrects invoice");
    has("EE26-000123");
    has("What this credit note is for");
    has_not("Due on");
    read_back("pdfinfo", "-struct");
    assert_int_equal(count("Figure"), 0);
    part_paid();
    made.bill.cancelled = true;
    make(SM_LANG_EN, URL);
    read_back("pdftotext", "-");
    has("Withdrawn by the supplier");
    read_back("pdfinfo", "-struct");
    assert_int_equal(count("Figure"), 0);
}

static void a_long_bill_goes_on(void **state)
{
    (void)state;
    made_electricity(&made);
    for (int i = 0; i < 200; i++)
        made_line(&made, "Energie", "KWH", 1000000 * (i + 1), 1000000);
    made.lines[5].tax_rate_bp = 900;
    made.lines[6].tax_category = "E";
    made.lines[6].tax_rate_bp = 0;
    made_sum(&made);
    made.taxes[2].reason = "Scutit, art. 292";
    make(SM_LANG_RO, URL);
    read_back("pdfinfo", "");
    has("Pages:           6\n");
    read_back("pdftotext", "-");
    assert_int_equal(count("Ce s-a furnizat"), 6);
    has("200,00");
    has("Scutit, art. 292");
    read_back("pdfinfo", "-struct");
    has_not("Error");
}

static void the_same_bytes(void **state)
{
    char *first;
    size_t len;

    (void)state;
    part_paid();
    make(SM_LANG_BG, URL);
    len = out.len;
    first = malloc(len);
    assert_non_null(first);
    memcpy(first, out.data, len);
    make(SM_LANG_RO, URL);
    make(SM_LANG_BG, URL);
    assert_int_equal(out.len, len);
    assert_memory_equal(out.data, first, len);
    made.bill.open_minor--; /* another content */
    make(SM_LANG_BG, URL);
    assert_true(out.len != len || memcmp(out.data, first, len) != 0);
    free(first);
}

static void too_much(void **state)
{
    char url[400];

    (void)state;
    part_paid();
    memset(url, 'u', sizeof(url) - 1);
    url[sizeof(url) - 1] = '\0';
    options.pay_url = url;
    assert_int_equal(sm_bill_pdf(&out, &made.bill, &options, NULL),
                     SM_INTERNAL);
    assert_int_equal(out.len, 0);
}

static const char *number(int64_t value, int decimals, int least)
{
    sm_bill_number(text, sizeof(text), SM_LANG_RO, value, decimals, least);
    return text;
}

static void words(void **state)
{
    const struct sm_date a = {2026, 7, 15}, b = {2026, 8, 14}, none = {0};

    (void)state;
    assert_string_equal(number(200500000, 6, 0), "200,5");
    assert_string_equal(number(-1234000000, 6, 0), "-1.234");
    assert_string_equal(number(450000, 6, 2), "0,45");
    assert_string_equal(number(400000, 6, 2), "0,40");
    assert_string_equal(number(0, 6, 0), "0");
    assert_string_equal(number(1, 6, 0), "0,000001");
    sm_bill_period(text, sizeof(text), SM_LANG_EN, a, b);
    assert_string_equal(text, "15 July 2026 – 14 August 2026");
    sm_bill_period(text, sizeof(text), SM_LANG_EN, a, a);
    assert_string_equal(text, "15–15 July 2026");
    sm_bill_period(text, sizeof(text), SM_LANG_EN, a, none);
    assert_string_equal(text, "15 July 2026");
    sm_bill_period(text, sizeof(text), SM_LANG_EN, none, none);
    assert_string_equal(text, "");
    sm_bill_rate(text, sizeof(text), SM_LANG_BG, 550);
    assert_string_equal(text, "5,5%");
    assert_string_equal(sm_bill_unit_name(SM_LANG_BG, "MON"), "месеци");
    assert_string_equal(sm_bill_unit_name(SM_LANG_BG, "MTQ"), "m³");
    assert_string_equal(sm_bill_unit_name(SM_LANG_BG, "XYZ"), "XYZ");
    assert_string_equal(sm_bill_how_name(SM_LANG_EN, "cash"), "Cash desk");
    assert_string_equal(sm_bill_how_name(SM_LANG_EN, "?"), "Payment");
    assert_string_equal(sm_bill_read_name(SM_LANG_EN, SM_BILL_READ_UNKNOWN),
                        "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_romanian),    cmocka_unit_test(in_bulgarian),
        cmocka_unit_test(in_english),     cmocka_unit_test(nothing_to_pay),
        cmocka_unit_test(the_same_bytes), cmocka_unit_test(a_long_bill_goes_on),
        cmocka_unit_test(too_much),       cmocka_unit_test(words),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
