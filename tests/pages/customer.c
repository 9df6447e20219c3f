#include "customer.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "crypto/crypto.h"
#include "payer.h"
#include "support/fixture.h"

/* The keyed hash of the harness's secret.lookup, in hex. */
static void keyed(char out[2 * SM_HASH_BYTES + 1], const char *purpose,
                  const void *data, size_t len)
{
    struct sm_key_bytes key;
    uint8_t hash[SM_HASH_BYTES];
    char text[65];

    snprintf(text, sizeof(text), "%064d", 1);
    assert_int_equal(sm_key_parse(&key, text), SM_OK);
    sm_hmac(hash, &key, purpose, data, len);
    sm_hex(out, hash, sizeof(hash));
}

void sm_customer(struct sm_browser *browser, const char *name,
                 const char *const *codes)
{
    char login[2 * SM_HASH_BYTES + 1], session[2 * SM_HASH_BYTES + 1];
    char code[2 * SM_HASH_BYTES + 1], id_text[SM_ID_TEXT], sql[1024];
    uint8_t id[SM_ID_BYTES];

    sm_random(id, sizeof(id));
    sm_id_format(id_text, id);
    keyed(login, "login", name, strlen(name));
    keyed(session, "session", id, sizeof(id));
    snprintf(sql, sizeof(sql),
             "INSERT INTO auth.login (email_key, email, password, language, "
             "source, created_at, password_at) VALUES ('\\x%s', '%s', "
             "'$argon2id$', 'en', 'web', now(), now()); "
             "INSERT INTO auth.session (key, login_id, stage, kept, agent, "
             "started_at, seen_at, confirmed_at, idle, ends_at) SELECT "
             "'\\x%s', id, 'in', false, '', now(), now(), now(), '1 hour', "
             "now() + interval '1 hour' FROM auth.login WHERE email = '%s'",
             login, name, session, name);
    sm_test_sql(sql);
    for (; *codes; codes++) {
        keyed(code, "payment_code", *codes, strlen(*codes));
        snprintf(sql, sizeof(sql),
                 "INSERT INTO auth.login_account (login_id, account_id, role, "
                 "state, created_at) SELECT l.id, a.id, 'holder', 'active', "
                 "now() FROM auth.login AS l, customer.account AS a WHERE "
                 "l.email = '%s' AND a.payment_code_hash = '\\x%s'",
                 name, code);
        sm_test_sql(sql);
    }
    snprintf(browser->session, sizeof(browser->session), "__Host-smetka-in=%s",
             id_text);
}

void sm_customer_bill(char out[27], const char *number)
{
    uint8_t id[SM_ID_BYTES];
    char sql[200], hex[40];

    snprintf(sql, sizeof(sql),
             "SELECT replace(public_id::text, '-', '') FROM billing.document "
             "WHERE number = '%s'",
             number);
    sm_payer_sql(hex, sizeof(hex), sql);
    assert_int_equal(sm_unhex(id, sizeof(id), hex), SM_OK);
    sm_id_format(out, id);
}
