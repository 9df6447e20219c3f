/* needs: portal ctl */
/* A year of bills as one file, in parts. */
#include "bills.h"
#include "customer.h"
#include "harness.h"
#include "importer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "base/text.h"
#include "payer.h"
#include "support/fixture.h"

static struct sm_site site;
static struct sm_browser ana = {.site = &site}, ivan = {.site = &site};

static const char sellers[] =
    "seller,name,street,city,region,country,iban\n"
    "RO18547290,Apă Curată SA,Str. Izvor 1,Cluj,RO-CJ,RO,"
    "RO49AAAA1B31007593840000\n";

static const char accounts[] =
    "client_code,payment_code,name,street,city,region,contract\n"
    "100001,ANAA00001111,Ana Pop,Str. Lungă 7,Cluj-Napoca,RO-CJ,C-1\n"
    "100002,ANAA00002222,Ana Pop,Str. Lungă 9,Cluj-Napoca,RO-CJ,C-2\n"
    "200001,IVAN00004444,Ivan Pop,Str. Lungă 9,Cluj-Napoca,RO-CJ,C-4\n";

static const char invoices[] =
    "seller,number,kind,currency,issued_on,due_on,net,tax,contract,"
    "description,quantity,unit,price,tax_percent\n"
    "RO18547290,AC-1,invoice,RON,2026-09-01,2026-09-16,100.00,21.00,C-1,Apă,"
    "10,MTQ,10,21\n"
    "RO18547290,AC-2,invoice,RON,2026-09-01,2026-09-16,55.55,11.67,C-2,Apă,"
    "5.555,MTQ,10,21\n"
    "RO18547290,AC-4,credit_note,RON,2026-09-02,2026-09-16,10.00,2.10,C-1,Apă,"
    "1,MTQ,10,21\n"
    "RO18547290,IV-1,invoice,RON,2026-09-01,2026-09-16,20.00,4.20,C-4,Apă,2,"
    "MTQ,10,21\n";

static int start(void **state)
{
    static const char *const hers[] = {"ANAA00001111", "ANAA00002222", NULL};
    static const char *const his[] = {"IVAN00004444", NULL};

    (void)state;
    sm_bills_schema();
    sm_site_start(&site, "portal",
                  "company.sellers = *\ndb.require_durable = false\n", NULL);
    sm_import_text(&site, "sellers", sellers);
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
    return 0;
}

static void path_of(char out[96], const char *number, const char *tail)
{
    char id[27];

    sm_customer_bill(id, number);
    snprintf(out, 96, "/en/invoices/%s%s", id, tail);
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
        "2026-09-01_AC-2.xml\n"
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_year),
        cmocka_unit_test(test_year_bounds),
        cmocka_unit_test(test_year_parts),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
