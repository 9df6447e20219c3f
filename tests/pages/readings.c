#include "readings.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "harness.h"
#include "payer.h"
#include "support/fixture.h"

/* The keyed hash of the harness's secret.lookup, in hex. */
static void keyed(char out[2 * SM_HASH_BYTES + 1], const char *purpose,
                  const char *text)
{
    struct sm_key_bytes key;
    uint8_t hash[SM_HASH_BYTES];
    char secret[65];

    snprintf(secret, sizeof(secret), "%064d", 1);
    assert_int_equal(sm_key_parse(&key, secret), SM_OK);
    sm_hmac(hash, &key, purpose, text, strlen(text));
    sm_hex(out, hash, sizeof(hash));
}

void sm_readings_meter(const char *code, const char *serial, int registers)
{
    char hash[2 * SM_HASH_BYTES + 1], sql[1600];

    keyed(hash, "payment_code", code);
    snprintf(
        sql, sizeof(sql),
        "INSERT INTO meter.route (code, first_day, last_day, read_method) "
        "VALUES ('all month', 1, 31, 'self') ON CONFLICT DO NOTHING; "
        "WITH c AS (INSERT INTO customer.contract (account_id, number, "
        "utility) SELECT id, 'C %s', 'electricity' FROM customer.account "
        "WHERE payment_code_hash = '\\x%s' RETURNING id), "
        "p AS (INSERT INTO customer.supply_point (contract_id, code, address) "
        "SELECT id, 'P %s', 'Street 1, flat %s' FROM c RETURNING id), "
        "l AS (INSERT INTO meter.place SELECT p.id, r.id FROM p, meter.route "
        "AS r), m AS (INSERT INTO meter.meter (supply_point_id, kind, serial) "
        "SELECT id, 'electricity', '%s' FROM p RETURNING id), "
        "r AS (INSERT INTO meter.register (meter_id, no, kind, unit, digits) "
        "SELECT id, n, CASE WHEN %d = 1 THEN 'single' WHEN n = 1 THEN 'day' "
        "ELSE 'night' END, 'KWH', 5 FROM m, generate_series(1, %d) AS n "
        "RETURNING id) INSERT INTO meter.reading (register_id, value_milli, "
        "received_at, read_on, source, state) SELECT id, 1000000, now(), "
        "(date_trunc('month', ops.day(now())::timestamp) "
        "- interval '2 months')::date, 'read', 'accepted' FROM r",
        serial, hash, serial, serial, serial, registers, registers);
    sm_test_sql(sql);
}

void sm_readings_client(const char *code, const char *client)
{
    char hash[2 * SM_HASH_BYTES + 1], client_hash[2 * SM_HASH_BYTES + 1];
    char sql[400];

    keyed(hash, "payment_code", code);
    keyed(client_hash, "client_code", client);
    snprintf(sql, sizeof(sql),
             "UPDATE customer.account SET client_code_hash = '\\x%s' "
             "WHERE payment_code_hash = '\\x%s'",
             client_hash, hash);
    sm_test_sql(sql);
}

void sm_readings_expect(const char *sql, const char *want)
{
    char got[400];

    sm_payer_sql(got, sizeof(got), sql);
    assert_string_equal(got, want);
}
