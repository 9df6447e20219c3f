/* needs: portal ctl */
/* E-invoices of bills, from the files that the company imports to what its
 * customer saves: as they came, byte for byte, or written of the bill. */
#include "bills.h"
#include "customer.h"
#include "harness.h"

#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zip.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "payer.h"
#include "support/fixture.h"
#include "support/ubl_xsd.h"

extern char **environ;

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

/* Take in PATH, with the operator's program; PATH may have an option after
 * it. */
static void import(const char *kind, const char *path, const char *option,
                   const char *value)
{
    char config[128];
    const char *argv[] = {SM_TEST_BIN "/smetka",
                          "import",
                          "--config",
                          config,
                          kind,
                          path,
                          option,
                          value,
                          NULL};
    pid_t child;
    int status;

    snprintf(config, sizeof(config), "%s/conf", site.dir);
    assert_int_equal(posix_spawn(&child, argv[0], NULL, NULL,
                                 (char *const *)(uintptr_t)argv, environ),
                     0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(WIFEXITED(status) ? WEXITSTATUS(status) : -1, 0);
}

static void import_text(const char *kind, const char *text)
{
    char path[128];
    FILE *file;

    snprintf(path, sizeof(path), "%s/%s.csv", site.dir, kind);
    file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
    import(kind, path, NULL, NULL);
    unlink(path);
}

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
    import_text("sellers", sellers);
    import_text("sellers", sellers);
    import_text("accounts", accounts);
    import_text("accounts", accounts);
    import_text("invoices", invoices);
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

/* The names in a ZIP, in their order, each ended by a line. */
static void names_of(char *out, size_t size, const struct sm_answer *answer)
{
    zip_error_t error;
    zip_source_t *source =
        zip_source_buffer_create(answer->body, answer->len, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    size_t used = 0;

    assert_non_null(zip);
    out[0] = '\0';
    for (zip_int64_t i = 0; i < zip_get_num_entries(zip, 0); i++) {
        int len = snprintf(out + used, size - used, "%s\n",
                           zip_get_name(zip, (zip_uint64_t)i, 0));

        assert_true(len > 0 && (size_t)len < size - used);
        used += (size_t)len;
    }
    zip_close(zip);
}

/* What is in a ZIP is what the pages of the bills give. */
static void assert_inside(const struct sm_answer *answer, const char *name,
                          const struct sm_answer *wanted)
{
    zip_error_t error;
    zip_source_t *source =
        zip_source_buffer_create(answer->body, answer->len, 0, &error);
    zip_t *zip = zip_open_from_source(source, ZIP_RDONLY, &error);
    char *bytes = malloc(wanted->len + 2);
    zip_file_t *file;

    assert_non_null(zip);
    assert_non_null(bytes);
    file = zip_fopen(zip, name, 0);
    assert_non_null(file);
    assert_int_equal(zip_fread(file, bytes, wanted->len + 2), wanted->len);
    assert_memory_equal(bytes, wanted->body, wanted->len);
    zip_fclose(file);
    zip_close(zip);
    free(bytes);
}

static void test_year(void **state)
{
    static const char wanted[] =
        "2026-09-01_AC-1.pdf\n2026-09-01_AC-1.xml\n2026-09-01_AC-2.pdf\n"
        "2026-09-01_AC-2.xml\n2026-09-01_AC-3.pdf\n2026-09-01_AC-3.xml\n"
        "2026-09-02_AC-4.pdf\n2026-09-02_AC-4.xml\n";
    struct sm_answer answer, again, file;
    char path[96], names[1024], one[120], two[120];

    (void)state;
    sm_browser_get(&answer, &ana, "/en/invoices");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "/en/invoices/year/2026?part=1\"");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/invoices/year/2026");
    assert_int_equal(answer.http, 200);
    sm_assert_header(&answer, "Content-Type", "application/zip");
    sm_assert_header(&answer, "Content-Disposition",
                     "inline; filename=\"2026-1.zip\"");
    sm_assert_header(&answer, "Cache-Control", "private, no-cache");
    names_of(names, sizeof(names), &answer);
    assert_string_equal(names, wanted);
    for (int i = 0; i < 2; i++) {
        path_of(path, "AC-2", i == 0 ? "/pdf" : "/xml");
        sm_browser_get(&file, &ana, path);
        assert_inside(&answer,
                      i == 0 ? "2026-09-01_AC-2.pdf" : "2026-09-01_AC-2.xml",
                      &file);
        sm_answer_free(&file);
    }
    sm_browser_get(&again, &ana, "/en/invoices/year/2026?part=1");
    assert_int_equal(again.len, answer.len);
    assert_memory_equal(again.body, answer.body, answer.len);
    assert_string_equal(sm_answer_header(&again, "ETag", one, sizeof(one)),
                        sm_answer_header(&answer, "ETag", two, sizeof(two)));
    sm_answer_free(&again);
    sm_answer_free(&answer);
}

static void assert_http(struct sm_browser *browser, const char *path, int http)
{
    struct sm_answer answer;

    sm_browser_get(&answer, browser, path);
    sm_assert_page(&answer, http);
    sm_answer_free(&answer);
}

static void test_year_bounds(void **state)
{
    struct sm_answer answer;
    char hex[40], path[96], id[SM_ID_TEXT], names[1024];
    uint8_t raw[SM_ID_BYTES];

    (void)state;
    assert_http(&ana, "/en/invoices/year/2025", 404);
    assert_http(&ana, "/en/invoices/year/2026?part=2", 404);
    assert_http(&ana, "/en/invoices/year/20x6", 404);
    assert_http(&ana, "/en/invoices/year/99999", 404);
    /* one place; somebody else's is as empty as none */
    sm_payer_sql(hex, sizeof(hex),
                 "SELECT replace(public_id::text, '-', '') FROM "
                 "customer.account WHERE client_code = '100001'");
    assert_int_equal(sm_unhex(raw, sizeof(raw), hex), SM_OK);
    sm_id_format(id, raw);
    snprintf(path, sizeof(path), "/en/invoices/year/2026?place=%s", id);
    assert_http(&ivan, path, 404);
    sm_browser_get(&answer, &ana, path);
    assert_int_equal(answer.http, 200);
    names_of(names, sizeof(names), &answer);
    assert_non_null(strstr(names, "AC-4.pdf"));
    assert_null(strstr(names, "AC-2"));
    sm_answer_free(&answer);
}

/* More bills than one file takes, and numbers that only differ in what a name
 * cannot have. */
static void test_year_parts(void **state)
{
    struct sm_answer answer;
    char names[4096];

    (void)state;
    sm_test_sql("INSERT INTO billing.document (account_id, seller_id, number, "
                "kind, currency, issued_on, due_on, net_minor, tax_minor, "
                "total_minor, payable_minor) SELECT a.id, s.id, 'Y' || "
                "chr(32 + i) || 'Z', 'invoice', 'RON', '2024-02-01', "
                "'2024-02-15', 1, 0, 1, 1 FROM customer.account AS a, "
                "billing.seller AS s, generate_series(1, 15) AS i WHERE "
                "a.client_code = '100001' AND s.tax_id = '18547290'");
    sm_test_sql("INSERT INTO billing.document (account_id, seller_id, number, "
                "kind, currency, issued_on, due_on, net_minor, tax_minor, "
                "total_minor, payable_minor) SELECT a.id, s.id, 'W' || i, "
                "'invoice', 'RON', '2024-03-01', '2024-03-15', 1, 0, 1, 1 "
                "FROM customer.account AS a, billing.seller AS s, "
                "generate_series(1, 10) AS i WHERE a.client_code = '100001' "
                "AND s.tax_id = '18547290'");
    sm_browser_get(&answer, &ana, "/en/invoices");
    sm_assert_has(&answer, "part 2");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/invoices/year/2024");
    assert_int_equal(answer.http, 200);
    names_of(names, sizeof(names), &answer);
    assert_non_null(strstr(names, "2024-02-01_Y-Z.pdf\n"));
    assert_non_null(strstr(names, "2024-02-01_2_Y-Z.pdf\n"));
    assert_null(strstr(names, ".xml")); /* no lines: nothing to write */
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/invoices/year/2024?part=2");
    assert_int_equal(answer.http, 200);
    names_of(names, sizeof(names), &answer);
    assert_string_equal(names, "2024-03-01_W10.pdf\n");
    sm_answer_free(&answer);
    assert_http(&ana, "/en/invoices/year/2024?part=3", 404);
    sm_test_sql("INSERT INTO billing.document (account_id, seller_id, number, "
                "kind, currency, issued_on, due_on, net_minor, tax_minor, "
                "total_minor, payable_minor) SELECT a.id, s.id, 'V' || i, "
                "'invoice', 'RON', '2024-03-01', '2024-03-15', 1, 0, 1, 1 "
                "FROM customer.account AS a, billing.seller AS s, "
                "generate_series(1, 300) AS i WHERE a.client_code = '100001' "
                "AND s.tax_id = '18547290'");
    sm_browser_get(&answer, &ana, "/en/invoices");
    sm_assert_has(&answer, "too many for one file");
    sm_answer_free(&answer);
}

static void test_originals(void **state)
{
    DIR *dir = opendir(SM_TESTS "/data/einvoice");
    const struct dirent *entry;
    int count = 0;

    (void)state;
    assert_non_null(dir);
    import("invoices", SM_TESTS "/data/einvoice", "--account", "ANAA00001111");
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
        cmocka_unit_test(test_romanian),   cmocka_unit_test(test_bulgarian),
        cmocka_unit_test(test_refused),    cmocka_unit_test(test_foreign),
        cmocka_unit_test(test_year),       cmocka_unit_test(test_year_bounds),
        cmocka_unit_test(test_year_parts), cmocka_unit_test(test_originals),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
