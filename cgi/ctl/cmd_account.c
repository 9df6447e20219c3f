/* smetka account: log-ins handed out at a desk, letters that prove a
 * contract. */
#include <stdio.h>
#include <string.h>

#include "auth/password.h"
#include "base/clock.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "ctl/account.h"
#include "ctl/work.h"
#include "sql/ctl_account.h"

/* The keyed hash by which a log-in is found. */
static enum sm_status hash_user(uint8_t out[SM_HASH_BYTES],
                                const struct ctl *ctl, const char *user)
{
    struct sm_key_bytes key;
    char lower[255];
    size_t len = strlen(user);

    if (len < 3 || len >= sizeof(lower) ||
        sm_key_parse(&key, sm_settings_str(ctl->settings, "secret.lookup")) !=
            SM_OK)
        return SM_INVALID;
    for (size_t i = 0; i < len; i++)
        lower[i] = sm_to_lower(user[i]);
    sm_hmac(out, &key, "login", lower, len);
    explicit_bzero(&key, sizeof(key));
    return SM_OK;
}

static enum sm_status hash_password(char out[SM_PASSWORD_TEXT], struct ctl *ctl,
                                    const char *password)
{
    struct sm_password_options options;
    struct sm_key_bytes pepper;
    struct sm_hasher *hasher = NULL;
    enum sm_status st;

    if (sm_key_parse(&pepper,
                     sm_settings_str(ctl->settings, "secret.pepper")) != SM_OK)
        return SM_FAIL(&ctl->err, SM_INVALID,
                       "secret.pepper: not 64 hex digits");
    options = sm_password_defaults(&pepper);
    st = sm_hasher_new(&hasher, &options, &ctl->err);
    if (st == SM_OK)
        st = sm_password_hash(out, hasher, password, strlen(password),
                              &ctl->err);
    sm_hasher_free(hasher);
    explicit_bzero(&pepper, sizeof(pepper));
    explicit_bzero(&options, sizeof(options));
    return st;
}

/* The password of --password-file, or a new one. */
static enum sm_status choose_password(char *out, size_t size, struct ctl *ctl)
{
    const char *path = ctl_option(ctl, "password-file");
    struct sm_buf file;
    enum sm_status st;
    size_t len;

    if (!path) {
        ctl_draw_code(out, 3);
        return SM_OK;
    }
    sm_buf_init(&file, 2048);
    st = ctl_read_file(&file, path, &ctl->err);
    len = st == SM_OK ? strcspn(file.data, "\r\n") : 0;
    if (st == SM_OK && (len < SM_PASSWORD_MIN_CHARS || len >= size))
        st = SM_FAIL(&ctl->err, SM_INVALID,
                     "the password has fewer than 10 or too many characters");
    if (st == SM_OK) {
        memcpy(out, file.data, len);
        out[len] = '\0';
    }
    sm_buf_release(&file);
    return st;
}

static enum sm_status issue(const char **outcome, struct ctl_work *work,
                            const char *password)
{
    struct ctl *ctl = work->ctl;
    const char *user = ctl_option(ctl, "user"), *lang = ctl_option(ctl, "lang");
    char kept[SM_PASSWORD_TEXT];
    uint8_t key[SM_HASH_BYTES];
    struct sm_rows *rows = NULL;
    enum sm_status st;

    if (hash_user(key, ctl, user) != SM_OK)
        return SM_FAIL(&ctl->err, SM_INVALID,
                       "the user name is too short or secret.lookup is not "
                       "64 hex digits");
    st = hash_password(kept, ctl, password);
    if (st != SM_OK)
        return st;

    const struct sm_arg args[] = {
        sm_arg_text(ctl->args[1]),
        sm_arg_bytes(key, sizeof(key)),
        sm_arg_text(user),
        sm_arg_text(kept),
        sm_arg_text(lang ? lang : "ro"),
        sm_arg_bool(ctl_option(ctl, "lasting") != NULL),
        sm_arg_time(sm_clock_now_us()),
    };

    st = ctl_work_run(&rows, work, &sm_sql_ctl_account_issue, args);
    if (st == SM_OK)
        *outcome = sm_row_text(rows, 0, CTL_ACCOUNT_ISSUE__OUTCOME);
    return st;
}

static int answer(struct ctl_work *work, const char *outcome,
                  const char *password)
{
    struct ctl *ctl = work->ctl;
    bool given = ctl_option(ctl, "password-file") != NULL;
    const char *pairs[][2] = {
        {"user", ctl_option(ctl, "user")},
        {"password", password},
    };

    if (strcmp(outcome, "miss") == 0)
        return ctl_fail(ctl,
                        SM_FAIL(&ctl->err, SM_NOT_FOUND,
                                "no active account has this client code"),
                        "account issue");
    if (strcmp(outcome, "taken") == 0)
        return ctl_fail(
            ctl,
            SM_FAIL(&ctl->err, SM_CONFLICT, "somebody uses this name already"),
            "account issue");
    return ctl_work_say(work, pairs, given ? 1 : 2, CTL_OK);
}

static int run_issue(struct ctl *ctl)
{
    char password[SM_PASSWORD_MAX_CHARS * 4 + 1];
    const char *outcome = "", *lang = ctl_option(ctl, "lang");
    struct ctl_work work;
    enum sm_status st;
    int code;

    if (ctl->nargs != 2)
        return ctl_usage(ctl, "account issue CLIENT_CODE");
    if (!ctl_option(ctl, "user"))
        return ctl_usage(ctl, "--user says by which name to log in");
    if (lang && strcmp(lang, "ro") != 0 && strcmp(lang, "bg") != 0 &&
        strcmp(lang, "en") != 0)
        return ctl_usage(ctl, "--lang is ro, bg or en");
    code = ctl_work_open(&work, ctl, false);
    if (code == CTL_OK) {
        st = choose_password(password, sizeof(password), ctl);
        if (st == SM_OK)
            st = issue(&outcome, &work, password);
        code = st == SM_OK ? answer(&work, outcome, password)
                           : ctl_fail(ctl, st, "account issue");
        explicit_bzero(password, sizeof(password));
    }
    ctl_work_close(&work);
    return code;
}

static int run_account(struct ctl *ctl)
{
    if (strcmp(ctl->args[0], "issue") == 0)
        return run_issue(ctl);
    if (strcmp(ctl->args[0], "letter") == 0)
        return ctl_account_letter(ctl);
    return ctl_usage(ctl, "account what? issue or letter");
}

static const struct ctl_option options[] = {
    {"user", "NAME", "e-mail address or user name to log in by"},
    {"lang", "CODE", "language of its mail: ro (default), bg, en"},
    {"password-file", "FILE", "take the password from here, print none"},
    {"lasting", NULL, "for demonstrations: it need not be changed"},
    {"most", "N", "letters at a time (1000)"},
};

const struct ctl_command ctl_command_account = {
    .name = "account",
    .usage = "issue CLIENT_CODE --user NAME | letter [CLIENT_CODE]",
    .help = "Hand a log-in out to somebody who was seen at a desk.\n"
            "The password is printed once, opens only the page that changes\n"
            "it, and ends in 14 days.  The same name again gives another\n"
            "password, as long as none of them was used.\n"
            "letter prints, as CSV for who prints the letters, codes with\n"
            "which their readers register (register.proof): for one client,\n"
            "or for those who have neither a log-in nor a letter on its way.",
    .options = options,
    .noptions = SM_COUNT(options),
    .min_args = 1,
    .max_args = 2,
    .any_server = true,
    .run = run_account,
};
