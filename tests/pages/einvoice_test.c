/* needs: portal ctl */
/* E-invoices of bills, from the files that the company imports to what its
 * customer saves: as they came, byte for byte, or written of the bill. */
#include "bills.h"
#include "customer.h"
#include "harness.h"
#include "importer.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "payer.h"
#include "support/fixture.h"
#include "support/ubl_xsd.h"

static struct sm_site site;
static struct sm_browser ana = {.site = &site}, ivan = {.site = &site};

static const char sellers[] =
    "seller;name;vat;registration;street;city;postcode;region;country;iban\n"
    "RO18547290;Apă Curată SA;yes;J40/1/2000;Str. Izvor 1;"
    "Sectorul 5;050561;RO-B;RO;RO49AAAA1B31007593840000\n"
    "BG175074752;Чиста вода АД;yes;;бул. Витоша 1;София;1000;;BG;\n";

static const char accounts[] =
    "client_code;payment_code;kind;name;id_kind;id_number;language;street;city;"
    "postcode;region;country;contract;utility;supply_point;address\n"
    "100001;ANAA00001111;person;Ana Pop;;;ro;Str. Lungă 7;Cluj-Napoca;400001;"
    "RO-CJ;RO;C-1;water;P-1;Str. Lungă 7\n"
    "100002;ANAA00002222;company;Brutăria SRL;cui;18547290;ro;Str. Lungă 9;"
    "Cluj-Napoca;;RO-CJ;RO;C-2;water;P-2;Str. Lungă 9\n"
    "100003;ANAA00003333;company;Fără Număr SRL;;;ro;Str. Lungă 11;"
    "Cluj-Napoca;;RO-CJ;RO;C-3;water;P-3;Str. Lungă 11\n"
    "200001;IVAN00004444;person;Иван Петров;;;bg;;;;;;C-4;water;P-4;ул. Роза 2"
    "\n";

static const char invoices[] =
    "seller,number,kind,currency,issued_on,due_on,period_from,period_to,net,"
    "tax,contract,description,quantity,unit,price,tax_percent,meter,old_index,"
    "new_index,read\n"
    "RO18547290,AC-1,invoice,RON,2026-09-01,2026-09-16,2026-08-01,2026-08-31,"
    "100.00,21.00,C-1,Apă potabilă,10,MTQ,10,21,M1,100,110,measured\n"
    "RO18547290,AC-2,invoice,RON,2026-09-01,2026-09-16,2026-08-01,2026-08-31,"
    "55.55,11.67,C-2,Apă potabilă,5.555,MTQ,10,21,,,,\n"
    "RO18547290,AC-3,invoice,RON,2026-09-01,2026-09-16,2026-08-01,2026-08-31,"
    "50.00,10.50,C-3,Apă potabilă,5,MTQ,10,21,,,,\n"
    "RO18547290,AC-4,credit_note,RON,2026-09-02,2026-09-16,,,10.00,2.10,C-1,"
    "Apă potabilă,1,MTQ,10,21,,,,\n"
    "BG175074752,BG-1,invoice,EUR,2026-09-01,2026-09-16,2026-08-01,2026-08-31,"
    "20.00,4.00,C-4,Питейна вода,10,MTQ,2,20,M4,5,15,measured\n";

static int start(void **state)
{
    static const char *const hers[] = {"ANAA00001111", "ANAA00002222",
                                       "ANAA00003333", NULL};
    static const char *const his[] = {"IVAN00004444", NULL};

    (void)state;
    ubl_xsd_load();
    sm_bills_schema();
    sm_site_start(&site, "portal",
                  "company.sellers = *\ncompany.iban = "
                  "RO49AAAA1B31007593840000\ncompany.phone = +40213000000\n"
                  "db.require_durable = false\n",
                  NULL);
    sm_import_text(&site, "sellers", sellers);
    sm_import_text(&site, "sellers", sellers);
    sm_import_text(&site, "accounts", accounts);
    sm_import_text(&site, "accounts", accounts);
    sm_import_text(&site, "invoices", invoices);
    sm_customer(&ana, "ana@example.org", hers);
    sm_customer(&ivan, "ivan@example.org", his);
    return 0;
}

static int stop(void **state)
{
    (void)state;
    assert_int_equal(sm_site_stop(&site), 0);
    ubl_xsd_free();
    return 0;
}

static void path_of(char out[96], const char *number, const char *tail)
{
    char id[27];

    sm_customer_bill(id, number);
    snprintf(out, 96, "/en/invoices/%s%s", id, tail);
}

/* For tests/einvoice/run, which has the official rules look at it too. */
static void keep(const char *name, const struct sm_answer *answer)
{
    const char *dir = getenv("SMETKA_EINVOICE_OUT");
    char path[512];
    FILE *file;

    if (!dir)
        return;
    snprintf(path, sizeof(path), "%s/%s.xml", dir, name);
    file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(answer->body, 1, answer->len, file), answer->len);
    assert_int_equal(fclose(file), 0);
}

/* The bill's page leads to its e-invoice, which is valid and always the same;
 * OUT is it. */
static void written(struct sm_answer *out, struct sm_browser *browser,
                    const char *number, bool credit_note)
{
    struct sm_answer again;
    char path[96], xml[96], one[120], two[120];

    path_of(path, number, "");
    path_of(xml, number, "/xml");
    sm_browser_get(out, browser, path);
    sm_assert_page(out, 200);
    sm_assert_has(out, xml);
    sm_answer_free(out);
    sm_browser_get(out, browser, xml);
    assert_int_equal(out->http, 200);
    sm_assert_header(out, "Content-Type", "application/xml");
    sm_assert_header(out, "Cache-Control", "private, no-cache");
    assert_true(ubl_xsd_valid(out->body, out->len, credit_note, true));
    sm_browser_get(&again, browser, xml);
    assert_int_equal(again.len, out->len);
    assert_memory_equal(again.body, out->body, out->len);
    assert_string_equal(sm_answer_header(&again, "ETag", one, sizeof(one)),
                        sm_answer_header(out, "ETag", two, sizeof(two)));
    assert_int_equal(strlen(one), 66);
    sm_answer_free(&again);
}

static void test_romanian(void **state)
{
    struct sm_answer answer;

    (void)state;
    written(&answer, &ana, "AC-1", false);
    keep("page1-ro", &answer);
    sm_assert_has(&answer, "CIUS-RO:1.0.1");
    sm_assert_has(&answer, "<cbc:CompanyID>RO18547290</cbc:CompanyID>");
    sm_assert_has(&answer, "<cbc:CityName>SECTOR5</cbc:CityName>");
    sm_assert_has(&answer, "<cbc:CompanyID>0000000000000</cbc:CompanyID>");
    sm_assert_has(&answer, "<cbc:StreetName>Str. Lungă 7</cbc:StreetName>");
    sm_assert_has(&answer, "<cbc:ID>C-1</cbc:ID>");
    sm_assert_has(&answer, ">121.00</cbc:PayableAmount>");
    sm_answer_free(&answer);
    /* a firm is named by its number, which is sealed in the database */
    written(&answer, &ana, "AC-2", false);
    keep("page2-ro", &answer);
    sm_assert_has(&answer, "<cbc:ID>C-2</cbc:ID>");
    sm_assert_has(&answer, "<cbc:CompanyID>18547290</cbc:CompanyID>");
    sm_assert_hasnt(&answer, "0000000000000");
    sm_answer_free(&answer);
    written(&answer, &ana, "AC-4", true);
    keep("page4-ro", &answer);
    sm_answer_free(&answer);
}

static void test_bulgarian(void **state)
{
    struct sm_answer answer;

    (void)state;
    written(&answer, &ivan, "BG-1", false);
    keep("page-bg", &answer);
    sm_assert_has(&answer, "<cbc:CustomizationID>urn:cen.eu:en16931:2017</");
    sm_assert_has(&answer, "<cbc:CompanyID>BG175074752</cbc:CompanyID>");
    sm_assert_has(&answer, ">24.00</cbc:PayableAmount>");
    sm_answer_free(&answer);
}

/* What /metrics says of refused e-invoices. */
static long refused(void)
{
    static const char name[] = "\nsmetka_einvoices_refused_total";
    const struct sm_ask ask = {.path = "/metrics", .address = "127.0.0.1"};
    struct sm_answer answer;
    const char *at;
    long number;

    sm_site_ask(&answer, &site, &ask);
    assert_int_equal(answer.http, 200);
    at = strstr(answer.body, name);
    assert_non_null(at);
    at = strchr(at + 1, ' ');
    assert_non_null(at);
    number = strtol(at, NULL, 10);
    sm_answer_free(&answer);
    return number;
}

static bool is_logged(const char *text)
{
    char path[128], line[4096];
    bool found = false;
    FILE *file;

    snprintf(path, sizeof(path), "%s/log", site.dir);
    file = fopen(path, "re");
    assert_non_null(file);
    while (fgets(line, sizeof(line), file))
        found = found || (strstr(line, "einvoice_refused") &&
                          strstr(line, text) && strstr(line, "AC-3"));
    fclose(file);
    return found;
}

/* A firm without a number: nothing is offered, and the operator knows. */
static void test_refused(void **state)
{
    struct sm_answer answer;
    char path[96];
    long before = refused();

    (void)state;
    path_of(path, "AC-3", "");
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "/pdf\"");
    sm_assert_hasnt(&answer, "/xml\"");
    sm_answer_free(&answer);
    assert_int_equal(refused(), before + 1);
    assert_true(is_logged("BR-RO-120"));
    path_of(path, "AC-3", "/xml");
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    assert_int_equal(refused(), before + 1); /* told of already */
    /* the number is given later */
    sm_test_sql("UPDATE customer.party SET vat_number = 'RO18547290' "
                "WHERE name = 'Fără Număr SRL'");
    written(&answer, &ana, "AC-3", false);
    keep("page3-ro", &answer);
    sm_answer_free(&answer);
}

static void test_foreign(void **state)
{
    struct sm_answer one, two;
    char path[96];

    (void)state;
    path_of(path, "AC-1", "/xml");
    sm_browser_get(&one, &ivan, path);
    sm_browser_get(&two, &ivan, "/en/invoices/aaaaaaaaaaaaaaaaaaaaaaaaae/xml");
    assert_int_equal(one.http, 404);
    assert_int_equal(two.http, 404);
    assert_int_equal(one.len, two.len);
    sm_answer_free(&one);
    sm_answer_free(&two);
}

/* The document that came as the file NAME is saved as it came. */
static void same(const char *name)
{
    static char bytes[1 << 20];
    uint8_t hash[SM_HASH_BYTES], raw[SM_ID_BYTES];
    char path[512], sql[300], id[SM_ID_TEXT], hex[2 * SM_HASH_BYTES + 1];
    struct sm_answer answer;
    FILE *file;
    size_t len;

    snprintf(path, sizeof(path), "%s/data/einvoice/%s", SM_TESTS, name);
    file = fopen(path, "re");
    assert_non_null(file);
    len = fread(bytes, 1, sizeof(bytes), file);
    fclose(file);
    assert_true(len > 0 && len < sizeof(bytes));
    sm_sha256(hash, bytes, len);
    sm_hex(hex, hash, sizeof(hash));
    snprintf(sql, sizeof(sql),
             "SELECT replace(d.public_id::text, '-', '') FROM billing.document "
             "AS d JOIN billing.original AS o ON o.document_id = d.id WHERE "
             "o.sha256 = '\\x%s'",
             hex);
    sm_payer_sql(hex, sizeof(hex), sql);
    assert_int_equal(sm_unhex(raw, sizeof(raw), hex), SM_OK);
    sm_id_format(id, raw);
    snprintf(path, sizeof(path), "/en/invoices/%s/xml", id);
    sm_browser_get(&answer, &ana, path);
    assert_int_equal(answer.http, 200);
    assert_int_equal(answer.len, len);
    assert_memory_equal(answer.body, bytes, len);
    sm_answer_free(&answer);
}

static void test_originals(void **state)
{
    DIR *dir = opendir(SM_TESTS "/data/einvoice");
    const struct dirent *entry;
    int count = 0;

    (void)state;
    assert_non_null(dir);
    sm_import(&site, "invoices", SM_TESTS "/data/einvoice", "--account",
              "ANAA00001111");
    while ((entry = readdir(dir)) != NULL) {
        if (!strstr(entry->d_name, ".xml"))
            continue;
        same(entry->d_name);
        count++;
    }
    closedir(dir);
    assert_int_equal(count, 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_romanian),  cmocka_unit_test(test_bulgarian),
        cmocka_unit_test(test_refused),   cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_originals),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
