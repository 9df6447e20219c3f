#include "portal/events.h"

#include <string.h>
#include <time.h>

#include "domain/csv_write.h"
#include "sql/data.h"

static const struct {
    const char *kind, *words;
    bool quiet; /* the detail is none for people */
} events[] = {
    {"registered", SM_N_("The account was made"), false},
    {"issued", SM_N_("The account was handed out at a desk"), false},
    {"logged_in", SM_N_("Logged in"), false},
    {"logged_out", SM_N_("Logged out"), false},
    {"sessions_ended", SM_N_("Logged out in other browsers, how many"), false},
    {"guessed", SM_N_("Wrong passwords were typed many times"), false},
    {"totp_on", SM_N_("The second step was switched on"), false},
    {"totp_off", SM_N_("The second step was switched off"), false},
    {"password_changed", SM_N_("The password was changed"), false},
    {"password_reset", SM_N_("A new password was set by a mailed link"), false},
    {"contract_added", SM_N_("A contract was added"), false},
    {"contract_asked", SM_N_("A contract was asked for"), false},
    {"contract_refused", SM_N_("A contract was refused by its owner"), false},
    {"agreed", SM_N_("You let another account see your contract"), false},
    {"refused", SM_N_("You refused another account your contract"), false},
    {"email_asked", SM_N_("Another e-mail address was asked for"), false},
    {"email_changed", SM_N_("The e-mail address was changed"), false},
    {"email_withdrawn", SM_N_("The change of address was stopped"), false},
    {"email_restored", SM_N_("The old e-mail address was put back"), false},
    {"delegate_invited", SM_N_("Somebody was invited to see your places"),
     false},
    {"delegate_accepted", SM_N_("An invitation was accepted"), false},
    {"delegate_withdrawn", SM_N_("An invitation was withdrawn"), false},
    {"delegate_ended", SM_N_("Somebody's access to your places ended"), false},
    {"delegate_paying", SM_N_("Your bill was opened to pay it"), false},
    {"delegate_paid", SM_N_("Your bill was paid by somebody"), false},
    {"delegate_reading", SM_N_("A meter reading was sent for you"), false},
    {"delegate_request", SM_N_("A request was made for you"), false},
    {"delegate_document", SM_N_("Your bill was opened by somebody"), false},
    {"access_given", SM_N_("You were let in to the places of another"), false},
    {"access_ended", SM_N_("Your access to the places of another ended"),
     false},
    {"paperless_on", SM_N_("The paper bill was switched off"), false},
    {"paperless_off", SM_N_("The paper bill was switched on"), false},
    {"address_asked", SM_N_("Another address for letters was asked for"),
     false},
    {"business_asked", SM_N_("Other business data were asked for"), false},
    {"data_approved", SM_N_("The company accepted your change of data"), true},
    {"data_refused", SM_N_("The company refused your change of data"), true},
    {"representative_asked", SM_N_("Acting for an organisation was asked for"),
     false},
    {"representative_approved",
     SM_N_("Acting for an organisation was accepted"), false},
    {"representative_refused", SM_N_("Acting for an organisation was refused"),
     false},
    {"payment_missing", SM_N_("You told us of a missing payment"), false},
    {"missing_found", SM_N_("A missing payment was found"), false},
    {"missing_refused", SM_N_("A missing payment was not found"), false},
    {"token_made", SM_N_("A token for programs was made"), false},
    {"token_ended", SM_N_("A token for programs was revoked"), false},
    {"exported", SM_N_("The data of the account were asked for as a file"),
     false},
    {"closing_asked", SM_N_("Closing of the account was asked for"), false},
    {"closing_kept", SM_N_("The account stays: closing was called off"), false},
    {"closed", SM_N_("The account was closed"), false},
};

static size_t find(const char *kind)
{
    size_t i = 0;

    while (i < SM_COUNT(events) && strcmp(events[i].kind, kind) != 0)
        i++;
    return i;
}

const char *sm_events_words(const char *kind)
{
    size_t i = find(kind);

    return i < SM_COUNT(events) ? events[i].words : NULL;
}

bool sm_events_detailed(const char *kind)
{
    size_t i = find(kind);

    return i == SM_COUNT(events) || !events[i].quiet;
}

enum sm_status sm_events_read(struct sm_rows **out, struct sm_request *rq,
                              struct sm_arena *arena, int64_t before,
                              int32_t most)
{
    const struct sm_arg args[] = {
        sm_login_session(rq),
        before > 0 ? sm_arg_int4((int32_t)before) : sm_arg_null(SM_TYPE_INT4),
        sm_arg_int4(most),
        sm_arg_time(rq->now_us),
    };

    return sm_db_read(out, rq->app->pool, arena, &sm_sql_auth_events, args,
                      &rq->err);
}

void sm_events_text(struct sm_buf *out, const struct sm_rows *rows, int i)
{
    sm_buf_addi(out, sm_row_int(rows, i, AUTH_EVENTS__SEQ));
    sm_buf_addc(out, '|');
    sm_buf_addi(out, sm_row_time(rows, i, AUTH_EVENTS__AT));
    sm_buf_addc(out, '|');
    sm_buf_adds(out, sm_row_text(rows, i, AUTH_EVENTS__KIND));
    sm_buf_addc(out, '|');
    sm_buf_adds(out, sm_row_text(rows, i, AUTH_EVENTS__DETAIL));
}

void sm_events_csv(struct sm_buf *out, const struct sm_rows *rows, int i)
{
    int64_t at = sm_row_time(rows, i, AUTH_EVENTS__AT);
    time_t seconds = (time_t)(at / 1000000);
    char hash[2 * SM_HASH_BYTES + 1];
    struct sm_buf text;
    struct tm tm;

    sm_hex(hash, sm_row_bytes(rows, i, AUTH_EVENTS__HASH), SM_HASH_BYTES);
    sm_buf_init(&text, 1024);
    sm_events_text(&text, rows, i);
    sm_buf_addi(out, sm_row_int(rows, i, AUTH_EVENTS__SEQ));
    gmtime_r(&seconds, &tm);
    sm_buf_addf(out, ",%04d-%02d-%02dT%02d:%02d:%02dZ,", tm.tm_year + 1900,
                tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec);
    sm_buf_addi(out, at);
    sm_csv_text(out, sm_row_text(rows, i, AUTH_EVENTS__KIND));
    sm_csv_text(out, sm_row_text(rows, i, AUTH_EVENTS__DETAIL));
    sm_csv_text(out, text.data); /* begins with a digit: never altered */
    sm_csv_text(out, hash);
    sm_csv_end(out);
    sm_buf_release(&text);
}
