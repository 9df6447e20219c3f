/* needs: portal pay */
/* A customer pays what they chose: from the log-in to the receipt. */
#include "payer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "auth/password.h"
#include "base/text.h"
#include "bills.h"
#include "crypto/crypto.h"
#include "support/fixture.h"

#define GOOD "correct+horse+staple"
#define RON "RON\xc2\xa0" /* and no break */
#define SITES 500
#define AT_ONCE 120

static struct sm_payer payer;

static void make_key(struct sm_key_bytes *out, int number)
{
    char text[65];

    snprintf(text, sizeof(text), "%064d", number);
    assert_int_equal(sm_key_parse(out, text), SM_OK);
}

/* A log-in with the password above. */
static void add_login(const char *email)
{
    static struct sm_hasher *hasher;
    char kept[SM_PASSWORD_TEXT], hex[2 * SM_HASH_BYTES + 1], sql[512];
    struct sm_key_bytes key;
    uint8_t hash[SM_HASH_BYTES];
    struct sm_error err;

    make_key(&key, 4);

    struct sm_password_options options = sm_password_defaults(&key);

    if (!hasher)
        assert_int_equal(sm_hasher_new(&hasher, &options, &err), SM_OK);
    assert_int_equal(sm_password_hash(kept, hasher, "correct horse staple",
                                      strlen("correct horse staple"), &err),
                     SM_OK);
    make_key(&key, 1);
    sm_hmac(hash, &key, "login", email, strlen(email));
    sm_hex(hex, hash, sizeof(hash));
    snprintf(sql, sizeof(sql),
             "INSERT INTO auth.login (email_key, email, password, language, "
             "source, created_at, password_at) VALUES ('\\x%s', '%s', '%s', "
             "'en', 'web', now(), now())",
             hex, email, kept);
    sm_test_sql(sql);
}

/* EMAIL holds the account whose payment code ends in HINT; with SCOPE (an
 * array) it is lent to them. */
static void give(const char *email, const char *hint, const char *scope)
{
    char sql[768];

    snprintf(sql, sizeof(sql),
             "INSERT INTO auth.login_account (login_id, account_id, role, "
             "state, scope, invited_by, created_at, ends_at) SELECT l.id, "
             "a.id, '%s', 'active', '%s', %s, now(), %s FROM auth.login AS l, "
             "customer.account AS a WHERE l.email = '%s' AND "
             "a.payment_code_hint LIKE '%s'",
             scope ? "delegate" : "holder", scope ? scope : "{}",
             scope ? "l.id" : "NULL",
             scope ? "now() + interval '1 day'" : "NULL", email, hint);
    sm_test_sql(sql);
}

static int start(void **state)
{
    (void)state;
    sm_payer_open(&payer, "");
    sm_bills_account("SELECT000001");
    sm_bills_invoice("SELECT000001", "S-1", 4100, "RON", -10);
    sm_bills_invoice("SELECT000001", "S-2", 5200, "RON", 20);
    sm_bills_invoice("SELECT000001", "S-E", 700, "EUR", 20);
    sm_bills_account("SELECT000002");
    sm_bills_invoice("SELECT000002", "T-1", 1550, "RON", 10);
    sm_bills_account("SELECT000003");
    sm_bills_invoice("SELECT000003", "X-1", 9900, "RON", 10);
    add_login("ana@example.org");
    give("ana@example.org", "0001", NULL);
    give("ana@example.org", "0002", NULL);
    add_login("bob@example.org");
    give("bob@example.org", "0001", "{see}");
    give("bob@example.org", "0002", "{see,pay}");
    return 0;
}

static int stop(void **state)
{
    (void)state;
    sm_payer_close(&payer);
    return 0;
}

static struct sm_browser enter(const char *email)
{
    struct sm_browser browser = {.site = &payer.portal};
    struct sm_answer answer;
    char fields[256];

    snprintf(fields, sizeof(fields), "email=%s&password=" GOOD, email);
    sm_browser_get(&answer, &browser, "/en/login");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &browser, "/en/login", fields);
    if (answer.http != 303)
        fail_msg("%d\n%s", answer.http, answer.body);
    sm_answer_free(&answer);
    return browser;
}

/* "invoice=ID" of the document NUMBER, after a '&'. */
static void add_invoice(char *out, size_t size, const char *number)
{
    char sql[256], hex[64], id[SM_ID_TEXT];
    uint8_t bytes[SM_ID_BYTES];
    size_t len = strlen(out);

    snprintf(sql, sizeof(sql),
             "SELECT replace(public_id::text, '-', '') FROM billing.document "
             "WHERE number = '%s'",
             number);
    sm_payer_sql(hex, sizeof(hex), sql);
    assert_int_equal(sm_unhex(bytes, sizeof(bytes), hex), SM_OK);
    sm_id_format(id, bytes);
    snprintf(out + len, size - len, "&invoice=%s", id);
}

/* POST FIELDS from the overview. */
static void post(struct sm_answer *out, struct sm_browser *browser,
                 const char *fields)
{
    struct sm_answer page;

    sm_browser_get(&page, browser, "/en/home");
    sm_assert_page(&page, 200);
    sm_answer_free(&page);
    sm_browser_post(out, browser, "/en/pay/selection", fields);
}

/* Choose; the address of the page that shows it. */
static void choose(char path[128], struct sm_browser *browser,
                   const char *fields)
{
    struct sm_answer answer;

    post(&answer, browser, fields);
    if (answer.http != 303)
        fail_msg("%d\n%s", answer.http, strstr(answer.body, "<main"));
    sm_answer_header(&answer, "Location", path, 128);
    assert_int_equal(strncmp(path, "/en/pay/selection/", 18), 0);
    sm_answer_free(&answer);
}

/* The value of the hidden field NAME of the form that pays. */
static void field(char *out, size_t size, const struct sm_answer *page,
                  const char *name)
{
    const char *form = strstr(page->body, "/start\">"), *at;
    char mark[64];

    if (!form)
        fail_msg("no form in\n%s", strstr(page->body, "<main"));
    snprintf(mark, sizeof(mark), "name=\"%s\" value=\"", name);
    at = strstr(form, mark);
    assert_non_null(at);
    at += strlen(mark);
    snprintf(out, size, "%.*s", (int)strcspn(at, "\""), at);
}

/* Press the button of PAGE, which stands at PATH; sets payer.payment. */
static void press(struct sm_answer *out, struct sm_browser *browser,
                  const struct sm_answer *page, const char *path)
{
    static const char *const names[] = {"once_key", "choice", "amount",
                                        "currency", "shown_minor"};
    struct sm_browser at_pay = *browser;
    char body[512] = "", value[128], to[128], sql[256], hex[64];
    uint8_t id[SM_ID_BYTES];

    for (size_t i = 0; i < 5; i++) {
        size_t len = strlen(body);

        field(value, sizeof(value), page, names[i]);
        snprintf(body + len, sizeof(body) - len, "&%s=%s", names[i], value);
    }
    field(at_pay.csrf, sizeof(at_pay.csrf), page, "csrf");
    at_pay.site = &payer.pay;
    snprintf(to, sizeof(to), "/en/pay/%.26s/start", path + 18);
    sm_browser_post(out, &at_pay, to, body);
    field(value, sizeof(value), page, "once_key");
    snprintf(sql, sizeof(sql),
             "SELECT replace(id::text, '-', '') FROM pay.attempt WHERE "
             "once_key = '%s'",
             value);
    sm_payer_sql(hex, sizeof(hex), sql);
    if (*hex) {
        assert_int_equal(sm_unhex(id, sizeof(id), hex), SM_OK);
        sm_id_format(payer.payment, id);
    }
    payer.browser = at_pay;
}

static void expect_to(const struct sm_answer *answer, const char *begin)
{
    char to[512];

    if (answer->http != 303)
        fail_msg("%d\n%s", answer->http, answer->body);
    sm_answer_header(answer, "Location", to, sizeof(to));
    if (strncmp(to, begin, strlen(begin)) != 0)
        fail_msg("goes to %s, not %s", to, begin);
}

/* The processor says that it has taken the money of the newest session. */
static void settle(const char *key)
{
    struct sm_answer answer;
    char what[64];

    snprintf(what, sizeof(what), "pay?id=cs_test_%d",
             sm_payer_sessions(&payer));
    free(sm_payer_tell(&payer, what));
    sm_payer_event(&answer, &payer, key, "checkout.session.completed",
                   sm_payer_sessions(&payer), false);
    assert_int_equal(answer.http, 200);
    sm_answer_free(&answer);
    sm_payer_expect(&payer, "settled");
}

static void test_buttons(void **state)
{
    struct sm_browser ana = enter("ana@example.org");
    struct sm_browser bob = enter("bob@example.org");
    struct sm_answer answer;

    (void)state;
    sm_browser_get(&answer, &ana, "/en/home");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "To pay for all places, in RON");
    sm_assert_has(&answer, "108.50");
    sm_assert_hasnt(&answer, "To pay for all places, in EUR"); /* one place */
    sm_assert_has(&answer, "name=\"place\"");
    sm_answer_free(&answer);
    /* who may only see has no button for it */
    sm_browser_get(&answer, &bob, "/en/home");
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "93.00");
    sm_assert_has(&answer, "Pay " RON "15.50, code …0002");
    sm_assert_hasnt(&answer, "code …0001\"");
    sm_assert_hasnt(&answer, "To pay for all places");
    sm_answer_free(&answer);
}

static void expect_refused(struct sm_browser *browser, const char *fields,
                           const char *words)
{
    struct sm_answer answer;

    post(&answer, browser, fields);
    sm_assert_page(&answer, 422);
    sm_assert_has(&answer, words);
    sm_answer_free(&answer);
}

static void test_refusals(void **state)
{
    struct sm_browser ana = enter("ana@example.org");
    struct sm_browser bob = enter("bob@example.org");
    struct sm_answer answer;
    char fields[8192] = "", path[128];

    (void)state;
    expect_refused(&ana, "", "Tick at least one bill");
    expect_refused(&ana, "all=1", "These bills are in several currencies");
    expect_refused(&ana, "invoice=aaaa", "This reference is not complete.");
    expect_refused(&ana, "all=1&currency=USD", "There is nothing to pay here");
    expect_refused(&ana, "invoice=aaaaaaaaaaaaaaaaaaaaaaaaaa",
                   "There is nothing to pay here");
    add_invoice(fields, sizeof(fields), "X-1"); /* somebody else's */
    expect_refused(&ana, fields, "There is nothing to pay here");
    fields[0] = '\0';
    add_invoice(fields, sizeof(fields), "S-1"); /* he may see it only */
    expect_refused(&bob, fields, "There is nothing to pay here");
    for (int i = 0; i < 200; i++)
        add_invoice(fields, sizeof(fields), "S-1");
    expect_refused(&ana, fields, "Too many were chosen at once.");
    sm_browser_get(&answer, &ana, "/en/pay/selection");
    expect_to(&answer, "/en/home");
    sm_answer_free(&answer);
    /* what of a list is not theirs is left out, and they are told */
    fields[0] = '\0';
    add_invoice(fields, sizeof(fields), "S-1");
    add_invoice(fields, sizeof(fields), "X-1");
    choose(path, &ana, fields);
    assert_non_null(strstr(path, "?left_out=1"));
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "there is nothing to pay on it");
    sm_assert_hasnt(&answer, "X-1");
    sm_answer_free(&answer);
}

static void test_whose(void **state)
{
    struct sm_browser ana = enter("ana@example.org");
    struct sm_browser other = enter("ana@example.org");
    struct sm_browser bob = enter("bob@example.org"), guest;
    struct sm_answer answer;
    char fields[256] = "", path[128], bill[128];

    (void)state;
    add_invoice(fields, sizeof(fields), "T-1");
    choose(path, &ana, fields);
    sm_browser_get(&answer, &other, path); /* another browser of hers */
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &bob, path);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    snprintf(bob.cookie, sizeof(bob.cookie), "%s", ana.cookie);
    sm_browser_get(&answer, &bob, path); /* the same browser, another log-in */
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    /* the guest's address leads there, and the receipt's can be changed */
    snprintf(bill, sizeof(bill), "/en/pay/%.26s", path + 18);
    sm_browser_get(&answer, &ana, bill);
    expect_to(&answer, path);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &other, bill);
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    snprintf(bill, sizeof(bill), "/en/pay/%.26s/email", path + 18);
    guest = ana;
    guest.session[0] = '\0';
    sm_browser_get(&answer, &guest, bill);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "ana@example.org");
    sm_answer_free(&answer);
    sm_browser_post(&answer, &guest, bill, "email=other%40example.org");
    snprintf(bill, sizeof(bill), "/en/pay/%.26s", path + 18);
    expect_to(&answer, bill);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, path);
    sm_assert_has(&answer, "o***@example.org");
    sm_answer_free(&answer);
    /* no further code, and nothing to see once logged out */
    snprintf(bill, sizeof(bill), "/en/pay/%.26s/add", path + 18);
    sm_browser_get(&answer, &guest, bill);
    sm_answer_free(&answer);
    sm_browser_post(&answer, &guest, bill, "payment_code=SELECT000003");
    sm_assert_page(&answer, 404);
    sm_answer_free(&answer);
    sm_browser_get(&answer, &guest, path);
    expect_to(&answer, "/en/login?next=%2Fpay%2Fselection%2F");
    sm_answer_free(&answer);
}

static void show(struct sm_answer *out, struct sm_browser *browser,
                 const char *path, const char *amount, int http)
{
    char whole[192];

    snprintf(whole, sizeof(whole), "%s?amount=%s", path, amount);
    sm_browser_get(out, browser, whole);
    sm_assert_page(out, http);
}

/* The number of the row after NUMBER's, as the page prints it. */
static void expect_part(const struct sm_answer *page, const char *number,
                        const char *open, const char *part)
{
    const char *row = strstr(page->body, number);
    char mark[96];

    assert_non_null(row);
    snprintf(mark, sizeof(mark), "<td>" RON "%s</td><td>" RON "%s</td></tr>",
             open, part);
    if (!strstr(row, mark) || strstr(row, mark) > strstr(row, "</tr>"))
        fail_msg("%s has no %s in\n%s", number, mark, row);
}

static void test_amounts(void **state)
{
    struct sm_browser ana = enter("ana@example.org");
    struct sm_answer answer;
    char fields[256] = "", path[128];

    (void)state;
    add_invoice(fields, sizeof(fields), "T-1");
    add_invoice(fields, sizeof(fields), "S-1");
    choose(path, &ana, fields);
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "2 bills");
    sm_assert_has(&answer, "Pay " RON "56.50 by card");
    assert_true(strstr(answer.body, ">S-1") < strstr(answer.body, ">T-1"));
    assert_non_null(
        strstr(answer.head, "form-action 'self' https://checkout.example.com"));
    sm_answer_free(&answer);
    show(&answer, &ana, path, "45,00", 200); /* what is due first is first */
    expect_part(&answer, "S-1", "41.00", "41.00");
    expect_part(&answer, "T-1", "15.50", "4.00");
    sm_assert_has(&answer, "Pay " RON "45.00 by card");
    sm_assert_has(&answer, "name=\"choice\" value=\"other\"");
    sm_assert_has(&answer, "Stays open of them");
    sm_answer_free(&answer);
    show(&answer, &ana, path, "60", 200); /* the others, then credit */
    expect_part(&answer, "S-2", "52.00", "3.50");
    sm_assert_has(&answer, "S-2 (not chosen)");
    sm_assert_hasnt(&answer, "Stays as credit");
    sm_answer_free(&answer);
    show(&answer, &ana, path, "200", 200);
    expect_part(&answer, "S-2", "52.00", "52.00");
    sm_assert_has(&answer, "<dt>Stays as credit</dt><dd>" RON "91.50");
    sm_answer_free(&answer);
    show(&answer, &ana, path, "0.99", 422);
    sm_assert_has(&answer, "The amount is too small.");
    sm_assert_hasnt(&answer, "/start\"");
    sm_answer_free(&answer);
    show(&answer, &ana, path, "20000.01", 422);
    sm_assert_has(&answer, "The amount is too large.");
    sm_answer_free(&answer);
    show(&answer, &ana, path, "x%3C", 422);
    sm_assert_has(&answer, "This is not an amount.");
    sm_assert_has(&answer, "value=\"x&lt;\"");
    sm_answer_free(&answer);
    sm_test_server_stop();
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 503);
    sm_answer_free(&answer);
    sm_test_server_start();
    sm_site_await(&payer.portal);
    sm_site_await(&payer.pay);
    sm_site_await(&payer.notify);
}

static void test_paid(void **state)
{
    struct sm_browser ana = enter("ana@example.org");
    struct sm_answer page, answer;
    char fields[256] = "", path[128], receipt[128];

    (void)state;
    add_invoice(fields, sizeof(fields), "S-2");
    add_invoice(fields, sizeof(fields), "T-1");
    choose(path, &ana, fields);
    sm_browser_get(&page, &ana, path);
    press(&answer, &ana, &page, path);
    expect_to(&answer, "https://checkout.example.com/");
    sm_answer_free(&answer);
    press(&answer, &ana, &page, path); /* twice: the same order */
    expect_to(&answer, "https://checkout.example.com/");
    sm_answer_free(&answer);
    sm_answer_free(&page);
    /* meanwhile there is no second button */
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "You have a payment under way");
    sm_assert_hasnt(&answer, "/start\"");
    sm_answer_free(&answer);
    settle("evt_sel_1");
    sm_payer_expect_sql(
        "SELECT string_agg(d.number || ' ' || a.amount_minor, ', ' ORDER BY "
        "d.number) FROM pay.allocation AS a JOIN billing.document AS d ON "
        "d.id = a.document_id WHERE a.payment_id IS NOT NULL",
        "S-2 5200, T-1 1550");
    snprintf(receipt, sizeof(receipt), "/en/pay/receipt/%s", payer.payment);
    sm_browser_get(&answer, &payer.browser, receipt);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "S-2");
    sm_assert_has(&answer, "T-1");
    sm_assert_hasnt(&answer, "<dt>Payment code</dt>"); /* there are two */
    sm_answer_free(&answer);
    snprintf(receipt, sizeof(receipt), "/en/pay/status/%s", payer.payment);
    sm_browser_get(&answer, &payer.browser, receipt);
    sm_assert_has(&answer, "and 1 more");
    sm_assert_has(&answer, "href=\"/en/home\">Back to the overview");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, path);
    sm_assert_page(&answer, 200);
    sm_assert_has(&answer, "All of these bills are paid.");
    sm_answer_free(&answer);
    sm_browser_get(&answer, &ana, "/en/home");
    sm_assert_hasnt(&answer, "To pay for all places");
    sm_answer_free(&answer);
}

/* One of them is paid elsewhere before the button is pressed. */
static void test_changed(void **state)
{
    struct sm_browser ana = enter("ana@example.org");
    struct sm_answer page, answer;
    char fields[256] = "", path[128];

    (void)state;
    sm_bills_invoice("SELECT000002", "T-2", 800, "RON", 30);
    add_invoice(fields, sizeof(fields), "S-1");
    add_invoice(fields, sizeof(fields), "T-2");
    choose(path, &ana, fields);
    sm_browser_get(&page, &ana, path);
    sm_bills_invoice("SELECT000002", "T-3", -800, "RON", 0);
    press(&answer, &ana, &page, path);
    sm_assert_page(&answer, 409);
    sm_assert_has(&answer, "The sum has changed");
    sm_assert_has(&answer, "41.00");
    sm_answer_free(&answer);
    sm_answer_free(&page);
    sm_browser_get(&page, &ana, path);
    sm_assert_page(&page, 200);
    sm_assert_has(&page, "<td>paid</td>");
    sm_assert_has(&page, "Pay " RON "41.00 by card");
    press(&answer, &ana, &page, path);
    expect_to(&answer, "https://checkout.example.com/");
    sm_answer_free(&answer);
    sm_answer_free(&page);
    settle("evt_sel_2");
}

static void test_120_of_500(void **state)
{
    struct sm_browser many;
    struct sm_answer page, answer;
    static char fields[AT_ONCE * 40];
    char path[128], number[16], sql[512];
    int64_t at;

    (void)state;
    snprintf(sql, sizeof(sql),
             "SELECT t.account(sha256(('many' || n)::bytea), 'M' || n), "
             "t.invoice(sha256(('many' || n)::bytea), 'M-' || n, 1000 + n, "
             "'RON', n) FROM generate_series(1, %d) AS n",
             SITES);
    sm_test_sql(sql);
    add_login("many@example.org");
    give("many@example.org", "M%", NULL);
    many = enter("many@example.org");
    for (int i = 1; i <= AT_ONCE; i++) {
        snprintf(number, sizeof(number), "M-%d", i * 4);
        add_invoice(fields, sizeof(fields), number);
    }
    at = sm_test_ms();
    choose(path, &many, fields);
    print_message("home and choosing %d of %d sites: %" PRId64 " ms\n", AT_ONCE,
                  SITES, sm_test_ms() - at);
    at = sm_test_ms();
    sm_browser_get(&page, &many, path);
    sm_assert_page(&page, 200);
    print_message("their page: %" PRId64 " ms\n", sm_test_ms() - at);
    sm_assert_has(&page, "120 bills");
    sm_assert_has(&page, "Pay " RON "1,490.40 by card");
    at = sm_test_ms();
    press(&answer, &many, &page, path);
    expect_to(&answer, "https://checkout.example.com/");
    print_message("start: %" PRId64 " ms\n", sm_test_ms() - at);
    sm_answer_free(&answer);
    sm_answer_free(&page);
    at = sm_test_ms();
    settle("evt_sel_3");
    print_message("settling: %" PRId64 " ms\n", sm_test_ms() - at);
    sm_payer_expect_sql("SELECT count(*) || ' ' || sum(i.total_minor) || ' ' "
                        "|| count(DISTINCT i.account_id) FROM "
                        "billing.open_item AS i JOIN billing.document AS d ON "
                        "d.id = i.document_id WHERE i.open_minor = 0 AND "
                        "d.number LIKE 'M-%'",
                        "120 149040 120");
    expect_refused(&many, "all=1&currency=RON",
                   "These are more than 200 bills");
    sm_browser_get(&answer, &many, "/en/home");
    sm_assert_has(&answer, "A payment takes up to 200 bills");
    sm_answer_free(&answer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_buttons),    cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_whose),      cmocka_unit_test(test_amounts),
        cmocka_unit_test(test_paid),       cmocka_unit_test(test_changed),
        cmocka_unit_test(test_120_of_500),
    };

    return cmocka_run_group_tests(tests, start, stop);
}
