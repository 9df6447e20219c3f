/* smetka account letter: codes that prove a contract, for letters. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "ctl/account.h"
#include "ctl/work.h"
#include "domain/csv_write.h"
#include "sql/ctl_account.h"

/* 79 bits: so many that what the database keeps of a code needs no key. */
enum { GROUPS = 4, BATCH = 500, MOST = 1000, MOST_MAX = 1000000 };

void ctl_draw_code(char *out, size_t groups)
{
    static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
    const uint8_t fair = 256 / (sizeof(alphabet) - 1) * (sizeof(alphabet) - 1);
    size_t len = 0;

    while (len < CTL_CODE_TEXT(groups) - 1) {
        uint8_t byte;

        if (len % 5 == 4) {
            out[len++] = '-';
            continue;
        }
        sm_random(&byte, 1);
        if (byte < fair)
            out[len++] = alphabet[byte % (sizeof(alphabet) - 1)];
    }
    out[len] = '\0';
}

/* Letters being made: of the client CODE, or of all from LAST on. */
struct letters {
    struct ctl_work *work;
    const char *code; /* NULL: of whoever has nobody */
    int64_t last, made;
    char codes[BATCH][CTL_CODE_TEXT(GROUPS)];
};

/* Keep a drawn code for each of the rows; until when they are good. */
static enum sm_status keep(struct letters *l, struct sm_date *until,
                           const struct sm_rows *due)
{
    struct ctl_work *work = l->work;
    struct sm_rows *rows = NULL;
    struct sm_buf json;
    enum sm_status st;

    sm_buf_init(&json, BATCH * 64);
    sm_buf_addc(&json, '[');
    for (int i = 0; i < sm_rows_count(due); i++) {
        ctl_draw_code(l->codes[i], GROUPS);
        sm_buf_addf(&json, "%s[%lld,\"%s\"]", i > 0 ? "," : "",
                    (long long)sm_row_int(due, i, CTL_LETTERS_DUE__ACCOUNT),
                    l->codes[i]);
    }
    sm_buf_addc(&json, ']');

    const struct sm_arg args[] = {
        sm_arg_json(json.data),
        sm_arg_int4((int32_t)sm_settings_int(work->ctl->settings,
                                             "register.letter_days")),
        sm_arg_time(sm_clock_now_us()),
    };

    st = sm_buf_ok(&json)
             ? ctl_work_run(&rows, work, &sm_sql_ctl_letters_put, args)
             : SM_FAIL(&work->ctl->err, SM_INTERNAL, "letters: no memory");
    if (st == SM_OK)
        *until = sm_row_date(rows, 0, CTL_LETTERS_PUT__UNTIL);
    explicit_bzero(json.data, json.len);
    sm_buf_release(&json);
    return st;
}

static void add_json(struct sm_buf *out, const char *name, const char *text)
{
    sm_buf_addf(out, "\"%s\":\"", name);
    sm_buf_add_json(out, text, strlen(text));
    sm_buf_adds(out, "\",");
}

static void add_letter(struct sm_buf *out, const struct sm_rows *rows, int i,
                       const char *code, struct sm_date until, bool json)
{
    static const struct {
        const char *name;
        int column;
    } texts[] = {
        {"client_code", CTL_LETTERS_DUE__CLIENT_CODE},
        {"name", CTL_LETTERS_DUE__NAME},
        {"address", CTL_LETTERS_DUE__ADDRESS},
        {"language", CTL_LETTERS_DUE__LANGUAGE},
    };

    if (json)
        sm_buf_addc(out, '{');
    for (size_t t = 0; t < SM_COUNT(texts); t++) {
        const char *text = sm_row_text(rows, i, texts[t].column);

        if (json)
            add_json(out, texts[t].name, text);
        else
            sm_csv_text(out, text);
    }
    if (json) {
        add_json(out, "code", code);
        sm_buf_addf(out, "\"until\":\"%04d-%02d-%02d\"}\n", until.year,
                    until.month, until.day);
    } else {
        sm_csv_text(out, code);
        sm_csv_date(out, until);
        sm_csv_end(out);
    }
}

/* Print the letters of one batch, which are kept already. */
static enum sm_status print(struct letters *l, const struct sm_rows *due,
                            struct sm_date until)
{
    struct ctl *ctl = l->work->ctl;
    struct sm_buf out;
    bool ok;

    sm_buf_init(&out, BATCH * 2048);
    for (int i = 0; i < sm_rows_count(due); i++)
        add_letter(&out, due, i, l->codes[i], until, ctl->json);
    ok = sm_buf_ok(&out) && fwrite(out.data, 1, out.len, stdout) == out.len &&
         fflush(stdout) == 0;
    explicit_bzero(out.data, out.len);
    sm_buf_release(&out);
    return ok ? SM_OK : SM_FAIL(&ctl->err, SM_UNAVAILABLE, "standard output");
}

static enum sm_status make(struct letters *l, int64_t most)
{
    int count = BATCH;

    while (count == BATCH && l->made < most) {
        int64_t left = most - l->made;
        struct sm_rows *due = NULL;
        struct sm_date until = {0};
        const struct sm_arg args[] = {
            sm_arg_text(l->code),
            sm_arg_int8(l->last),
            sm_arg_int4(left < BATCH ? (int32_t)left : BATCH),
            sm_arg_time(sm_clock_now_us()),
        };
        enum sm_status st;

        sm_arena_clear(l->work->arena);
        st = ctl_work_run(&due, l->work, &sm_sql_ctl_letters_due, args);
        count = st == SM_OK ? sm_rows_count(due) : 0;
        if (st == SM_OK && count > 0)
            st = keep(l, &until, due);
        if (st == SM_OK && count > 0)
            st = print(l, due, until);
        if (st != SM_OK)
            return st;
        if (count > 0)
            l->last = sm_row_int(due, count - 1, CTL_LETTERS_DUE__ACCOUNT);
        l->made += count;
    }
    if (l->code && l->made == 0)
        return SM_FAIL(&l->work->ctl->err, SM_NOT_FOUND,
                       "no active account has this client code");
    return SM_OK;
}

int ctl_account_letter(struct ctl *ctl)
{
    struct letters letters = {
        .code = ctl->nargs > 1 ? ctl->args[1] : NULL,
    };
    struct ctl_work work;
    enum sm_status st;
    int64_t most = MOST;
    int code = ctl_option_int(&most, ctl, "most", MOST, 1, MOST_MAX);

    if (code != CTL_OK)
        return code;
    code = ctl_work_open(&work, ctl, false);
    letters.work = &work;
    if (code == CTL_OK) {
        if (!ctl->json)
            puts("client_code,name,address,language,code,until");
        st = make(&letters, most);
        if (st != SM_OK)
            code = ctl_fail(ctl, st, "account letter");
        explicit_bzero(letters.codes, sizeof(letters.codes));
    }
    ctl_work_close(&work);
    return code;
}
