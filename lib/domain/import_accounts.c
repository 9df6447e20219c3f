/* accounts.csv: one row a supply point; rows of one client_code repeat the
 * columns of the account. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "domain/import_address.h"
#include "domain/import_row.h"
#include "domain/import_staged.h"
#include "domain/import_value.h"
#include "ident/holder.h"
#include "ident/mail.h"
#include "ident/phone.h"
#include "sql/import.h"

enum column {
    CLIENT_CODE,
    PAYMENT_CODE,
    KIND,
    NAME,
    ID_KIND,
    ID_NUMBER,
    EMAIL,
    PHONE,
    LANGUAGE,
    STREET,
    CITY,
    POSTCODE,
    REGION,
    COUNTRY,
    CURRENCY,
    ACTIVE,
    CONTRACT,
    UTILITY,
    SUPPLY_POINT,
    ADDRESS,
    METERS
};

static const struct sm_csv_column columns[] = {
    [CLIENT_CODE] = {"client_code", true},
    [PAYMENT_CODE] = {"payment_code", true},
    [KIND] = {"kind", false},
    [NAME] = {"name", true},
    [ID_KIND] = {"id_kind", false},
    [ID_NUMBER] = {"id_number", false},
    [EMAIL] = {"email", false},
    [PHONE] = {"phone", false},
    [LANGUAGE] = {"language", false},
    SM_IMPORT_ADDRESS_COLUMNS(STREET, false),
    [CURRENCY] = {"currency", false},
    [ACTIVE] = {"active", false},
    [CONTRACT] = {"contract", false},
    [UTILITY] = {"utility", false},
    [SUPPLY_POINT] = {"supply_point", false},
    [ADDRESS] = {"address", false},
    [METERS] = {"meters", false},
};

/* The supplier's codes have no common form: any of these will do. */
static const struct sm_code_rule client_rule = {.min = 1, .max = 32};

static const char *const kinds[] = {"person", "company", "institution",
                                    "association"};
static const char *const id_kinds[] = {"cnp", "cui", "egn", "eik", "other"};
static const char *const languages[] = {"ro", "bg", "en"};
static const char *const flags[] = {"yes", "no"};
static const char *const utilities[] = {"electricity", "gas",     "water",
                                        "heat",        "telecom", "other"};

/* Seal TEXT for the row whose hash is HASH, and put it. */
static void put_sealed(struct sm_buf *row, struct sm_import_file *file,
                       const char *text, const uint8_t hash[SM_HASH_BYTES])
{
    uint8_t sealed[64 + SM_SEAL_OVERHEAD];
    size_t len = strlen(text);

    if (len > 64 || sm_seal(sealed, sizeof(sealed), &file->import->seal, hash,
                            SM_HASH_BYTES, text, len) != SM_OK) {
        sm_import_field_bad(file, "a number could not be sealed");
        len = 0;
    }
    sm_put_bytes(row, sealed, len + SM_SEAL_OVERHEAD);
}

static void put_codes(struct sm_buf *row, struct sm_import_file *file)
{
    const struct sm_import *import = file->import;
    uint8_t hash[SM_HASH_BYTES] = {0};
    char code[SM_CODE_TEXT] = "";
    char hint[5];

    if (sm_code_parse(code, sm_csv_get(file->csv, CLIENT_CODE), &client_rule) !=
        SM_OK)
        sm_import_field_bad(file, "client_code is not 1 to 32 letters and "
                                  "digits");
    sm_hmac(hash, &import->lookup, "client_code", code, strlen(code));
    sm_put_text(row, code);
    sm_put_bytes(row, hash, sizeof(hash));
    if (sm_import_code_hash(hash, code, import,
                            sm_csv_get(file->csv, PAYMENT_CODE)) != SM_OK)
        sm_import_field_bad(file, "payment_code is not a code of the "
                                  "company's form");
    sm_code_hint(hint, code);
    sm_put_bytes(row, hash, sizeof(hash));
    put_sealed(row, file, code, hash);
    sm_put_text(row, hint);
}

/* True if TEXT is a number of this KIND; OUT gets its one spelling. */
static bool id_parse(char out[64], const char *kind, const char *text)
{
    char number[SM_HOLDER_TEXT] = "";
    enum sm_status status = SM_OK;

    if (strcmp(kind, "cnp") == 0)
        status = sm_cnp_parse(number, text);
    else if (strcmp(kind, "cui") == 0)
        status = sm_cui_parse(number, NULL, text);
    else if (strcmp(kind, "egn") == 0)
        status = sm_egn_parse(number, text);
    else if (strcmp(kind, "eik") == 0)
        status = sm_eik_parse(number, NULL, text);
    else
        sm_import_tax_id(out, 64, text);
    if (strcmp(kind, "other") != 0)
        sm_copy(out, 64, number);
    return status == SM_OK && out[0] != '\0';
}

static void put_holder(struct sm_buf *row, struct sm_import_file *file)
{
    const char *text = sm_import_field_text(file, ID_NUMBER, false, 60);
    const char *kind = sm_import_field_choice(file, ID_KIND, "other", id_kinds,
                                              SM_COUNT(id_kinds));
    uint8_t hash[SM_HASH_BYTES];
    char number[64] = "";

    if (*text == '\0') {
        sm_put_null(row);
        sm_put_null(row);
        sm_put_null(row);
        return;
    }
    if (!id_parse(number, kind, text))
        sm_import_field_bad(file, "id_number does not fit its id_kind");
    sm_hmac(hash, &file->import->lookup, "holder_id", number, strlen(number));
    sm_put_text(row, kind);
    sm_put_bytes(row, hash, sizeof(hash));
    put_sealed(row, file, number, hash);
}

static void put_contact(struct sm_buf *row, struct sm_import_file *file)
{
    const char *email = sm_csv_get(file->csv, EMAIL);
    const char *phone = sm_csv_get(file->csv, PHONE);
    const char *language = sm_import_field_choice(
        file, LANGUAGE, "ro", languages, SM_COUNT(languages));
    enum sm_country home = strcmp(language, "bg") == 0 ? SM_COUNTRY_BG
                                                       : SM_COUNTRY_RO;
    char address[SM_EMAIL_TEXT] = "";
    char number[SM_PHONE_TEXT] = "";

    if (*email && sm_email_parse(address, email) != SM_OK)
        sm_import_field_bad(file, "email is not an address");
    if (*phone && sm_phone_parse(number, phone, home) != SM_OK)
        sm_import_field_bad(file, "phone is not a telephone number");
    sm_put_optional(row, address);
    sm_put_optional(row, number);
    sm_put_text(row, language);
}

/* Serial numbers, separated by blanks or bars. */
static void put_meters(struct sm_buf *row, struct sm_import_file *file)
{
    const char *text = sm_import_field_text(file, METERS, false, 400);
    char copy[1700];
    const char *serials[32];
    size_t count = 0;
    char *at = copy;

    if (!sm_copy(copy, sizeof(copy), text))
        sm_import_field_bad(file, "meters is too long");
    while (*(at += strspn(at, " |")) != '\0') {
        if (count == SM_COUNT(serials)) {
            sm_import_field_bad(file, "too many meters");
            break;
        }
        serials[count++] = at;
        at += strcspn(at, " |");
        if (*at)
            *at++ = '\0';
    }
    sm_put_texts(row, serials, count);
}

static void put_place(struct sm_buf *row, struct sm_import_file *file)
{
    const char *contract = sm_import_field_text(file, CONTRACT, false, 40);
    const char *point = sm_import_field_text(file, SUPPLY_POINT, false, 60);

    if (*point && !*contract)
        sm_import_field_bad(file, "a supply_point needs its contract");
    sm_put_optional(row, contract);
    sm_put_text(row, sm_import_field_choice(file, UTILITY, "other", utilities,
                                            SM_COUNT(utilities)));
    sm_put_optional(row, point);
    sm_put_optional(row, sm_import_field_text(file, ADDRESS, false, 400));
    put_meters(row, file);
}

static void put_record(struct sm_buf *row, struct sm_import_file *file)
{
    sm_put_int(row, sm_csv_line(file->csv));
    put_codes(row, file);
    sm_put_text(row, sm_import_field_choice(file, KIND, "person", kinds,
                                            SM_COUNT(kinds)));
    sm_put_text(row, sm_import_field_text(file, NAME, true, 200));
    put_holder(row, file);
    put_contact(row, file);
    sm_import_put_address(row, file, STREET, false);
    sm_put_text(row, sm_import_field_currency(file, CURRENCY));
    sm_put_bool(row, strcmp(sm_import_field_choice(file, ACTIVE, "yes", flags,
                                                   SM_COUNT(flags)),
                            "yes") == 0);
    put_place(row, file);
}

enum sm_status sm_import_accounts(struct sm_import_counts *counts,
                                  const struct sm_import *import,
                                  struct sm_db *db, const char *path,
                                  struct sm_error *err)
{
    static const struct sm_import_staged kind = {
        .columns = columns,
        .ncolumns = SM_COUNT(columns),
        .stage = &sm_sql_import_accounts_stage,
        .copy = &sm_sql_import_accounts_copy,
        .take = &sm_sql_import_accounts_take,
        .put = put_record,
    };

    return sm_import_staged(counts, import, db, path, &kind, err);
}
