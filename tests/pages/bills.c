#include "bills.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"

#include "base/buf.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "db/schema_files.h"
#include "support/fixture.h"

enum { SCRIPT_MAX = 4 * 1024 * 1024 };

/* What the tests' own accounts are made with. */
static const char helpers[] =
    "CREATE SCHEMA t;"
    "CREATE FUNCTION t.account(p_hash bytea, p_hint text) RETURNS void "
    "LANGUAGE plpgsql AS $$ DECLARE v_id bigint; BEGIN "
    "INSERT INTO customer.party (kind, name) VALUES ('person', 'Ana Test') "
    "RETURNING id INTO v_id; "
    "INSERT INTO customer.account (party_id, payment_code_hash, "
    "payment_code_hint) VALUES (v_id, p_hash, p_hint); END $$;"
    "CREATE FUNCTION t.invoice(p_hash bytea, p_number text, p_minor bigint, "
    "p_currency text, p_days integer) RETURNS void LANGUAGE plpgsql AS $$ "
    "DECLARE v_id bigint; v_sum bigint := abs(p_minor); BEGIN "
    "INSERT INTO billing.seller (tax_id, name) VALUES ('RO1', 'Seller') "
    "ON CONFLICT DO NOTHING; "
    "INSERT INTO billing.document (account_id, seller_id, number, kind, "
    "currency, issued_on, due_on, net_minor, tax_minor, total_minor, "
    "payable_minor) SELECT a.id, s.id, p_number, CASE WHEN p_minor < 0 THEN "
    "'credit_note' ELSE 'invoice' END::billing.document_kind, p_currency, "
    "ops.day(now()) + p_days - 15, ops.day(now()) + p_days, v_sum, 0, v_sum, "
    "v_sum FROM billing.seller AS s, customer.account AS a "
    "WHERE a.payment_code_hash = p_hash RETURNING id INTO v_id; "
    "PERFORM billing.post_document(v_id, now()); END $$;";

static void add_files(struct sm_buf *out, const char *folder)
{
    for (size_t i = 0; i < sm_schema_file_count; i++) {
        if (strncmp(sm_schema_files[i].name, folder, strlen(folder)) != 0)
            continue;
        sm_buf_adds(out, sm_schema_files[i].text);
        sm_buf_addc(out, '\n');
    }
}

static void run(struct sm_buf *script)
{
    assert_true(sm_buf_ok(script));
    sm_test_sql(script->data);
    sm_buf_clear(script);
}

void sm_bills_schema(void)
{
    static const char as_owner[] = "SET SESSION AUTHORIZATION smetka_owner;";
    struct sm_buf script;

    sm_buf_init(&script, SCRIPT_MAX);
    add_files(&script, "roles.sql");
    run(&script);
    sm_buf_adds(&script, as_owner);
    add_files(&script, "migrations/");
    run(&script);
    sm_buf_adds(&script, as_owner);
    add_files(&script, "functions/");
    add_files(&script, "views/");
    add_files(&script, "grants.sql");
    run(&script);
    sm_test_sql(helpers);
    sm_buf_release(&script);
}

/* The hash of CODE under the harness's secret.lookup, in hex. */
static const char *code_hash(char out[2 * SM_HASH_BYTES + 1], const char *code)
{
    struct sm_key_bytes key;
    uint8_t hash[SM_HASH_BYTES];
    char text[65];

    snprintf(text, sizeof(text), "%064d", 1);
    assert_int_equal(sm_key_parse(&key, text), 0);
    sm_hmac(hash, &key, "payment_code", code, strlen(code));
    sm_hex(out, hash, sizeof(hash));
    return out;
}

void sm_bills_account(const char *code)
{
    char hash[2 * SM_HASH_BYTES + 1], call[256];

    assert_true(strlen(code) >= 4);
    snprintf(call, sizeof(call), "SELECT t.account('\\x%s', '%s')",
             code_hash(hash, code), code + strlen(code) - 4);
    sm_test_sql(call);
}

void sm_bills_invoice(const char *code, const char *number, int64_t minor,
                      const char *currency, int days)
{
    char hash[2 * SM_HASH_BYTES + 1], call[512];

    snprintf(call, sizeof(call),
             "SELECT t.invoice('\\x%s', '%s', %" PRId64 ", '%s', %d)",
             code_hash(hash, code), number, minor, currency, days);
    sm_test_sql(call);
}
