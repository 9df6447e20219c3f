#include "metered.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "bills.h"
#include "customer.h"
#include "payer.h"
#include "support/fixture.h"

static const char world[] =
    "CREATE FUNCTION t.route(p_code text, p_from integer, p_to integer, "
    "p_keeps boolean) RETURNS void LANGUAGE sql AS $$ "
    "INSERT INTO meter.route (code, read_method, read_every_months, "
    "keeps_outside, note_en) VALUES (p_code, 'self', 3, p_keeps, 'A note'); "
    "INSERT INTO meter.route_dates SELECT r.id, ops.day(now()) + p_from, "
    "ops.day(now()) + p_to FROM meter.route AS r WHERE r.code = p_code $$; "
    "CREATE FUNCTION t.meter(p_hint text, p_serial text, p_route text, "
    "p_kinds text[], p_decimals integer) RETURNS void LANGUAGE plpgsql AS $$ "
    "DECLARE v_contract bigint; v_point bigint; v_meter bigint; BEGIN "
    "INSERT INTO customer.contract (account_id, number, utility) SELECT a.id, "
    "'C ' || p_serial, 'electricity' FROM customer.account AS a WHERE "
    "a.payment_code_hint = p_hint RETURNING id INTO v_contract; "
    "INSERT INTO customer.supply_point (contract_id, code, address) VALUES "
    "(v_contract, 'P ' || p_serial, 'Street ' || p_serial) RETURNING id INTO "
    "v_point; INSERT INTO meter.place SELECT v_point, r.id FROM meter.route "
    "AS r WHERE r.code = p_route; "
    "INSERT INTO meter.meter (supply_point_id, kind, serial) VALUES (v_point, "
    "'electricity', p_serial) RETURNING id INTO v_meter; "
    "INSERT INTO meter.register (meter_id, no, kind, unit, digits, decimals) "
    "SELECT v_meter, n, k, 'KWH', 5, p_decimals FROM unnest(p_kinds) WITH "
    "ORDINALITY AS u (k, n); "
    "INSERT INTO meter.reading (register_id, value_milli, received_at, "
    "read_on, source, state, billed) SELECT r.id, CASE WHEN r.no = 2 THEN "
    "2000 - 30 * n ELSE 2000 - 100 * n END * 1000, now(), ops.day(now()) - 10 "
    "- 30 * n, CASE WHEN n = 1 THEN 'estimated' ELSE 'read' END::meter.source, "
    "'accepted', true FROM meter.register AS r, generate_series(0, 6) AS n "
    "WHERE r.meter_id = v_meter; END $$; "
    "SELECT t.route('OPEN', -5, 5, false), t.route('NEXT', 3, 9, false), "
    "t.route('KEEP', 30, 40, true); "
    "SELECT t.meter('1111', 'E1', 'OPEN', '{single}', 0), "
    "t.meter('1111', 'D1', 'OPEN', '{day,night}', 0), "
    "t.meter('2222', 'N1', 'NEXT', '{single}', 0), "
    "t.meter('2222', 'K1', 'KEEP', '{single}', 0), "
    "t.meter('1111', 'W1', 'OPEN', '{single}', 2), "
    "t.meter('3333', 'B1', 'OPEN', '{single}', 0);";

void sm_metered(struct sm_browser *ana, struct sm_browser *bob,
                struct sm_browser *eye)
{
    static const char *const hers[] = {"ANAA00001111", "ANAA00002222", NULL};
    static const char *const his[] = {"BOBB00003333", NULL};
    static const char *const none[] = {NULL};

    sm_bills_schema();
    sm_bills_account("ANAA00001111");
    sm_bills_account("ANAA00002222");
    sm_bills_account("BOBB00003333");
    sm_test_sql(world);
    sm_customer(ana, "ana@example.org", hers);
    sm_customer(bob, "bob@example.org", his);
    sm_customer(eye, "eye@example.org", none);
    sm_test_sql(
        "INSERT INTO auth.login_account (login_id, account_id, role, state, "
        "scope, invited_by, created_at, ends_at) SELECT l.id, a.id, "
        "'delegate', 'active', '{see}', o.id, now(), now() + interval '1 day' "
        "FROM auth.login AS l, auth.login AS o, customer.account AS a WHERE "
        "l.email = 'eye@example.org' AND o.email = 'ana@example.org' AND "
        "a.payment_code_hint = '1111'");
}

const char *sm_metered_path(char out[64], const char *serial)
{
    uint8_t id[SM_ID_BYTES];
    char sql[160], hex[40], text[SM_ID_TEXT];

    snprintf(sql, sizeof(sql),
             "SELECT replace(public_id::text, '-', '') FROM meter.meter WHERE "
             "serial = '%s'",
             serial);
    sm_payer_sql(hex, sizeof(hex), sql);
    assert_int_equal(sm_unhex(id, sizeof(id), hex), SM_OK);
    sm_id_format(text, id);
    snprintf(out, 64, "/en/meters/%s", text);
    return out;
}

void sm_metered_hidden(char *out, size_t size, const struct sm_answer *answer,
                       const char *name)
{
    char mark[64];
    const char *at;

    snprintf(mark, sizeof(mark), "name=\"%s\" value=\"", name);
    at = strstr(answer->body, mark);
    assert_non_null(at);
    at += strlen(mark);
    snprintf(out, size, "%.*s", (int)strcspn(at, "\""), at);
}

void sm_metered_post(struct sm_answer *out, struct sm_browser *who,
                     const char *serial, const char *fields)
{
    char path[64], to[80], key[40], body[300];

    sm_metered_path(path, serial);
    sm_browser_get(out, who, path);
    sm_assert_page(out, 200);
    sm_metered_hidden(key, sizeof(key), out, "once_key");
    sm_answer_free(out);
    snprintf(to, sizeof(to), "%s/reading", path);
    snprintf(body, sizeof(body), "%s&once_key=%s", fields, key);
    sm_browser_post(out, who, to, body);
}

void sm_metered_sent(const char *serial, const char *want)
{
    char sql[200], got[16];

    snprintf(sql, sizeof(sql),
             "SELECT count(*) FROM meter.submission AS s JOIN meter.meter AS m "
             "ON m.id = s.meter_id WHERE m.serial = '%s'",
             serial);
    sm_payer_sql(got, sizeof(got), sql);
    assert_string_equal(got, want);
}
