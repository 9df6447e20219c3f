/* sellers.csv: who issues documents, one row a seller. */
#include <string.h>

#include "domain/import_address.h"
#include "domain/import_row.h"
#include "domain/import_staged.h"
#include "domain/import_value.h"
#include "ident/bank.h"
#include "ident/mail.h"
#include "ident/phone.h"
#include "sql/import.h"

enum column {
    SELLER,
    NAME,
    VAT,
    REGISTRATION,
    STREET,
    CITY,
    POSTCODE,
    REGION,
    COUNTRY,
    EMAIL,
    PHONE,
    IBAN
};

static const struct sm_csv_column columns[] = {
    [SELLER] = {"seller", true},
    [NAME] = {"name", true},
    [VAT] = {"vat", false},
    [REGISTRATION] = {"registration", false},
    SM_IMPORT_ADDRESS_COLUMNS(STREET, true),
    [EMAIL] = {"email", false},
    [PHONE] = {"phone", false},
    [IBAN] = {"iban", false},
};

static const char *const flags[] = {"yes", "no"};

static void put_contact(struct sm_buf *row, struct sm_import_file *file)
{
    const char *email = sm_csv_get(file->csv, EMAIL);
    const char *phone = sm_csv_get(file->csv, PHONE);
    const char *iban = sm_csv_get(file->csv, IBAN);
    enum sm_country home = strcmp(sm_csv_get(file->csv, COUNTRY), "BG") == 0
                               ? SM_COUNTRY_BG
                               : SM_COUNTRY_RO;
    char address[SM_EMAIL_TEXT] = "";
    char number[SM_PHONE_TEXT] = "";
    char account[SM_IBAN_TEXT] = "";

    if (*email && sm_email_parse(address, email) != SM_OK)
        sm_import_field_bad(file, "email is not an address");
    if (*phone && sm_phone_parse(number, phone, home) != SM_OK)
        sm_import_field_bad(file, "phone is not a telephone number");
    if (*iban && sm_iban_parse(account, iban) != SM_OK)
        sm_import_field_bad(file, "iban is not an IBAN");
    sm_put_optional(row, address);
    sm_put_optional(row, number);
    sm_put_optional(row, account);
}

static void put_record(struct sm_buf *row, struct sm_import_file *file)
{
    char tax_id[32];

    sm_import_tax_id(tax_id, sizeof(tax_id),
                     sm_import_field_text(file, SELLER, true, 30));
    sm_put_int(row, sm_csv_line(file->csv));
    sm_put_text(row, tax_id);
    sm_put_text(row, sm_import_field_text(file, NAME, true, 200));
    sm_put_bool(row, strcmp(sm_import_field_choice(file, VAT, "yes", flags,
                                                   SM_COUNT(flags)),
                            "yes") == 0);
    sm_put_optional(row, sm_import_field_text(file, REGISTRATION, false, 60));
    sm_import_put_address(row, file, STREET, true);
    put_contact(row, file);
}

enum sm_status sm_import_sellers(struct sm_import_counts *counts,
                                 const struct sm_import *import,
                                 struct sm_db *db, const char *path,
                                 struct sm_error *err)
{
    static const struct sm_import_staged kind = {
        .columns = columns,
        .ncolumns = SM_COUNT(columns),
        .stage = &sm_sql_import_sellers_stage,
        .copy = &sm_sql_import_sellers_copy,
        .take = &sm_sql_import_sellers_take,
        .put = put_record,
    };

    return sm_import_staged(counts, import, db, path, &kind, err);
}
