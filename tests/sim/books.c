#include "books.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sim.h"

static PGconn *conn, *monitor;
static char conninfo[512], database[64];

/* What is asked of the database, by name.  $now is microseconds. */
static const struct {
    const char *name, *sql;
} statements[] = {
    {"begin", "SELECT sim.begin($1::bigint)"},
    {"account", "SELECT sim.account($1::bytea)"},
    {"customer", "SELECT sim.customer($1::bytea, $2, $3::bigint[])"},
    {"publics", "SELECT string_agg(d.public_id::text, ',')"
                " FROM billing.document AS d WHERE d.id = ANY ($1::bigint[])"},
    {"document",
     "SELECT sim.document($1::bigint, $2, $3, $4::bigint, $5::integer,"
     " $6::integer, $7, 'epoch'::timestamptz"
     " + $8::bigint * interval '1 microsecond')"},
    {"elsewhere",
     "SELECT billing.import_payment($1::bigint, 'bank', $2, $3::bigint, $4,"
     " '1970-01-01'::date + $5::integer, nullif($6, ''),"
     " 'epoch'::timestamptz + $7::bigint * interval '1 microsecond')"},
    {"untie", "SELECT sim.untie()"},
    {"due", "SELECT sweep, mail, refund FROM sim.due()"},
    {"refund",
     "SELECT outcome, refund_id, amount_minor FROM pay.refund_request("
     "$1::uuid, nullif($2, '')::bigint, 'operator', 'sim',"
     " 'epoch'::timestamptz + $3::bigint * interval '1 microsecond')"},
    {"horizon", "UPDATE sim.mark SET horizon = 'epoch'::timestamptz"
                " + $1::bigint * interval '1 microsecond'"},
    {"items", "SELECT o.document_id, o.open_minor FROM billing.open_item AS o"
              " WHERE o.document_id > (SELECT document FROM sim.mark)"},
    {"credits",
     "SELECT b.account_id, b.currency, b.credit_minor,"
     " coalesce((SELECT sum(e.amount_minor) FROM billing.journal_entry AS e"
     "  WHERE e.account = 'credit' AND e.account_id = b.account_id"
     "   AND e.currency = b.currency), 0) FROM billing.balance AS b"
     " WHERE b.account_id > (SELECT account FROM sim.mark)"},
    {"attempts",
     "SELECT a.id, a.state, coalesce(s.amount_minor, 0),"
     " coalesce(s.currency, ''), coalesce(s.processor_ref, ''),"
     " coalesce(s.credit_minor, 0), r.receipt_no, coalesce(a.email, ''),"
     " a.needs_person FROM pay.attempt AS a"
     " JOIN pay.intent AS i ON i.id = a.intent_id"
     " LEFT JOIN pay.settlement AS s ON s.payment_id = a.id"
     " LEFT JOIN pay.receipt AS r ON r.payment_id = a.id"
     " WHERE i.account_id > (SELECT account FROM sim.mark)"
     " ORDER BY a.order_no"},
    {"unmatched", "SELECT u.processor_ref, u.amount_minor, u.currency"
                  " FROM pay.unmatched AS u"
                  " WHERE u.id > (SELECT lost FROM sim.mark)"},
    {"outbox", "SELECT o.template, o.recipient, o.state, o.dedupe_key,"
               " o.args ->> 'payment_id' FROM notify.outbox AS o"
               " WHERE o.id > (SELECT message FROM sim.mark) ORDER BY o.id"},
    {"clearing", "SELECT e.currency, e.account::text, sum(e.amount_minor)"
                 " FROM billing.journal_entry AS e"
                 " WHERE e.txn_id > (SELECT txn FROM sim.mark)"
                 "  AND e.account IN ('processor_clearing', 'suspense', 'fees')"
                 " GROUP BY 1, 2"},
    {"broken", "SELECT rule, subject FROM sim.broken"},
    {"broken_all", "SELECT rule, subject FROM sim.broken_all"},
};

static const char *base(void)
{
    const char *text = getenv("SMETKA_TEST_DATABASE");

    return text != NULL ? text : "dbname=smetka";
}

const char *books_conninfo(void)
{
    return conninfo;
}

static void complain(PGconn *of, const char *what)
{
    fprintf(stderr, "sim: %s: %s", what, PQerrorMessage(of));
}

static bool run(PGconn *on, const char *sql)
{
    PGresult *result = PQexec(on, sql);
    bool good = PQresultStatus(result) == PGRES_COMMAND_OK ||
                PQresultStatus(result) == PGRES_TUPLES_OK;

    if (!good)
        complain(on, sql);
    PQclear(result);
    return good;
}

/* WHAT and the database's name and TAIL, on a connection to another one. */
static bool manage(const char *what, const char *tail)
{
    PGconn *admin = PQconnectdb(base());
    char sql[200];
    bool good;

    snprintf(sql, sizeof(sql), "%s %s%s", what, database, tail);
    good = run(admin, "SET client_min_messages = error") && run(admin, sql);
    PQfinish(admin);
    return good;
}

/* Apply the file of the planted bug. */
static bool plant(void)
{
    const struct sim_mutant_info *info = &sim_mutants[sim.mutant];
    char path[512], *text;
    size_t len;
    FILE *file;
    bool good;

    if (!info->sql)
        return true;
    snprintf(path, sizeof(path), "%s/%s.sql", SIM_MUTANTS, info->name);
    file = fopen(path, "r");
    text = calloc(1, 16384);
    if (file == NULL || text == NULL) {
        fprintf(stderr, "sim: %s cannot be read\n", path);
        return false;
    }
    len = fread(text, 1, 16383, file);
    good = len > 0 && run(conn, text);
    fclose(file);
    free(text);
    return good;
}

static bool prepare(void)
{
    size_t i;

    for (i = 0; i < SM_COUNT(statements); i++) {
        PGresult *result =
            PQprepare(conn, statements[i].name, statements[i].sql, 0, NULL);
        bool good = PQresultStatus(result) == PGRES_COMMAND_OK;

        if (!good)
            complain(conn, statements[i].name);
        PQclear(result);
        if (!good)
            return false;
    }
    return true;
}

bool books_open(const char *name)
{
    snprintf(database, sizeof(database), "%s", name);
    snprintf(conninfo, sizeof(conninfo), "%s", base());
    /* a later word wins */
    snprintf(conninfo + strlen(conninfo), sizeof(conninfo) - strlen(conninfo),
             " dbname=%s", name);
    if (!manage("DROP DATABASE IF EXISTS", "") ||
        !manage("CREATE DATABASE", " TEMPLATE sim_base"))
        return false;
    conn = PQconnectdb(conninfo);
    monitor = PQconnectdb(conninfo);
    if (PQstatus(conn) != CONNECTION_OK || PQstatus(monitor) != CONNECTION_OK) {
        complain(conn, "connect");
        return false;
    }
    return run(conn, "SET plan_cache_mode = force_generic_plan;"
                     " SET enable_seqscan = off; SET jit = off") &&
           plant() && prepare();
}

void books_close(void)
{
    PQfinish(conn);
    PQfinish(monitor);
    conn = monitor = NULL;
    manage("DROP DATABASE IF EXISTS", "");
}

PGresult *books_ask(const char *name, int count, const char *const *args)
{
    PGresult *result = PQexecPrepared(conn, name, count, args, NULL, NULL, 0);

    if (PQresultStatus(result) != PGRES_TUPLES_OK &&
        PQresultStatus(result) != PGRES_COMMAND_OK)
        sim_broken("SIM", "%s: %s", name, PQerrorMessage(conn));
    return result;
}

/* One number out of one row. */
static int64_t number(PGresult *result)
{
    int64_t value = 0;

    if (PQntuples(result) > 0 && !PQgetisnull(result, 0, 0))
        value = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return value;
}

static const char *word(char out[24], int64_t value)
{
    snprintf(out, 24, "%lld", (long long)value);
    return out;
}

void books_mark(int64_t order_life_s)
{
    char life[24];

    PQclear(books_ask("begin", 1, (const char *[]){word(life, order_life_s)}));
}

static const char *hash_word(char out[80], const uint8_t hash[32])
{
    int i;

    snprintf(out, 80, "\\x");
    for (i = 0; i < 32; i++)
        snprintf(out + 2 + 2 * i, 3, "%02x", hash[i]);
    return out;
}

/* "{1,2}" */
static const char *array_word(char *out, size_t size, const int64_t *numbers,
                              int count)
{
    size_t len = 1;
    int i;

    snprintf(out, size, "{");
    for (i = 0; i < count && len < size - 24; i++)
        len += (size_t)snprintf(out + len, size - len, "%s%lld",
                                i > 0 ? "," : "", (long long)numbers[i]);
    snprintf(out + len, size - len, "}");
    return out;
}

int64_t books_account(const uint8_t code_hash[32])
{
    char hex[80];

    return number(
        books_ask("account", 1, (const char *[]){hash_word(hex, code_hash)}));
}

void books_customer(const uint8_t session[32], const char *email,
                    const int64_t *accounts, int count)
{
    char hex[80], list[256];

    PQclear(books_ask(
        "customer", 3,
        (const char *[]){hash_word(hex, session), email,
                         array_word(list, sizeof(list), accounts, count)}));
}

void books_publics(char *out, size_t size, const int64_t *documents, int count)
{
    char list[2048];
    PGresult *rows = books_ask(
        "publics", 1,
        (const char *[]){array_word(list, sizeof(list), documents, count)});

    snprintf(out, size, "%s",
             PQntuples(rows) > 0 ? PQgetvalue(rows, 0, 0) : "");
    PQclear(rows);
}

int64_t books_document(int64_t account, const char *number_text,
                       bool credit_note, int64_t minor, int issued, int due,
                       const char *currency)
{
    char text[5][24];
    const char *args[] = {word(text[0], account),
                          number_text,
                          credit_note ? "credit_note" : "invoice",
                          word(text[1], minor),
                          word(text[2], issued),
                          word(text[3], due),
                          currency,
                          word(text[4], sim.now_us)};

    return number(books_ask("document", 8, args));
}

bool books_elsewhere(int64_t account, const char *reference, int64_t minor,
                     const char *currency, const char *invoice)
{
    char text[4][24];
    const char *args[] = {word(text[0], account),
                          reference,
                          word(text[1], minor),
                          currency,
                          word(text[2], sim.now_us / SIM_DAY),
                          invoice != NULL ? invoice : "",
                          word(text[3], sim.now_us)};
    PGresult *result = books_ask("elsewhere", 7, args);
    bool good = PQresultStatus(result) == PGRES_TUPLES_OK;

    PQclear(result);
    return good;
}

void books_due(int64_t due_us[3])
{
    PGresult *result = books_ask("due", 0, NULL);
    int i;

    for (i = 0; i < 3; i++) {
        due_us[i] = INT64_MAX;
        if (PQntuples(result) == 1 && !PQgetisnull(result, 0, i))
            due_us[i] = strtoll(PQgetvalue(result, 0, i), NULL, 10);
    }
    PQclear(result);
}

void books_uuid(uint8_t out[16], const char *text)
{
    int n = 0;

    memset(out, 0, 16);
    for (; *text != '\0' && n < 32; text++) {
        unsigned digit;

        if (*text == '-')
            continue;
        digit = (unsigned)(*text <= '9' ? *text - '0' : *text - 'a' + 10);
        out[n / 2] = (uint8_t)((unsigned)out[n / 2] << 4 | digit);
        n++;
    }
}

void books_refund(char out[16], uint8_t id[16], int64_t *minor,
                  const uint8_t payment[16], int64_t amount)
{
    char hex[40], text[2][24];
    PGresult *result;
    int i;

    for (i = 0; i < 16; i++)
        snprintf(hex + 2 * i, 3, "%02x", payment[i]);
    result =
        books_ask("refund", 3,
                  (const char *[]){hex, amount > 0 ? word(text[0], amount) : "",
                                   word(text[1], sim.now_us)});
    snprintf(out, 16, "%s",
             PQntuples(result) == 1 ? PQgetvalue(result, 0, 0) : "");
    memset(id, 0, 16);
    *minor = 0;
    if (PQntuples(result) == 1 && !PQgetisnull(result, 0, 1)) {
        books_uuid(id, PQgetvalue(result, 0, 1));
        *minor = strtoll(PQgetvalue(result, 0, 2), NULL, 10);
    }
    PQclear(result);
}

bool books_somebody_waits(void)
{
    PGresult *result = PQexec(
        monitor, "SELECT FROM pg_catalog.pg_stat_activity AS a WHERE a.datname"
                 " = current_database() AND a.wait_event_type = 'Lock'");
    bool waits = PQntuples(result) > 0;

    PQclear(result);
    return waits;
}
