/* smetka paylink: make and verify signed pay links, without a database. */
#include "domain/paylink.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "crypto/crypto.h"
#include "ctl/ctl.h"
#include "domain/csv.h"
#include "domain/import_value.h"

enum { DAY_S = 86400 };

/* What links are made with. */
struct maker {
    struct ctl *ctl;
    bool json;
    uint8_t seed[32];
    uint8_t key_id;
    const char *origin;
    const char *lang;
    int64_t expires_at;
    int64_t made;
};

/* A private key as its file or the settings hold it. */
static bool parse_seed(uint8_t seed[32], const char *text)
{
    char hex[65];
    size_t len = strcspn(text, " \r\n");

    if (len != 64 || text[len + strspn(text + len, " \r\n")] != '\0')
        return false;
    memcpy(hex, text, 64);
    hex[64] = '\0';
    return sm_unhex(seed, 32, hex) == SM_OK;
}

static enum sm_status read_seed_file(uint8_t seed[32], const char *path,
                                     struct sm_error *err)
{
    struct sm_buf buf;
    enum sm_status status;

    sm_buf_init(&buf, 1024);
    status = ctl_read_file(&buf, path, err);
    if (status == SM_OK && !parse_seed(seed, buf.data))
        status = SM_FAIL(err, SM_INVALID, "%.200s: not 64 hex digits", path);
    sm_buf_release(&buf);
    return status;
}

static int keygen(struct ctl *ctl)
{
    const char *file = ctl_option(ctl, "public");
    uint8_t seed[32];
    uint8_t public_key[32];
    char hex[65];
    enum sm_status status = SM_OK;

    if (file)
        status = read_seed_file(seed, file, &ctl->err);
    else
        sm_random(seed, sizeof(seed));
    if (status == SM_OK)
        status = sm_ed25519_public(public_key, seed);
    if (status != SM_OK)
        return ctl_fail(ctl, status, "paylink keygen");
    sm_hex(hex, public_key, sizeof(public_key));
    if (file && !ctl->json) {
        puts(hex);
        return CTL_OK;
    }
    if (ctl->json)
        printf("{\"public\":\"%s\"", hex);
    else
        printf("public  %s\n", hex);
    if (!file) {
        sm_hex(hex, seed, sizeof(seed));
        printf(ctl->json ? ",\"private\":\"%s\"" : "private %s\n", hex);
    }
    if (ctl->json)
        puts("}");
    return CTL_OK;
}

/* Fill LINK from texts.  NULL, or what is wrong. */
static const char *read_link(struct sm_paylink *link, const char *account,
                             const char *rule, const char *amount,
                             const char *currency)
{
    int scale = sm_import_currency_scale(currency);

    if (!ctl_parse_id(link->account, account))
        return "the account is not a public id";
    if (scale < 0)
        return "the currency is not an ISO 4217 code";
    sm_copy(link->currency, sizeof(link->currency), currency);
    if (*rule == '\0')
        rule = *amount ? "fixed" : "total";
    if (strcmp(rule, "total") == 0)
        link->rule = SM_PAYLINK_TOTAL;
    else if (strcmp(rule, "current") == 0)
        link->rule = SM_PAYLINK_CURRENT;
    else if (strcmp(rule, "fixed") == 0)
        link->rule = SM_PAYLINK_FIXED;
    else
        return "the rule is not total, current or fixed";
    if (link->rule == SM_PAYLINK_FIXED &&
        (sm_import_decimal(&link->amount_minor, amount, scale) != SM_OK ||
         link->amount_minor <= 0))
        return "a fixed amount must be a decimal number above zero";
    if (link->rule != SM_PAYLINK_FIXED && *amount)
        return "an amount belongs to the rule fixed only";
    return NULL;
}

static const char *make_one(struct maker *m, const char *account,
                            const char *rule, const char *amount,
                            const char *currency)
{
    struct sm_paylink link = {.key_id = m->key_id, .expires_at = m->expires_at};
    char token[SM_PAYLINK_TEXT];
    const char *wrong = read_link(&link, account, rule, amount, currency);

    if (wrong)
        return wrong;
    if (sm_paylink_make(token, &link, m->seed) != SM_OK)
        return "the link could not be signed";
    if (m->json)
        printf("{\"account\":\"%s\",\"url\":\"%s/%s/l/%s\"}\n", account,
               m->origin, m->lang, token);
    else
        printf("%s,%s/%s/l/%s\n", account, m->origin, m->lang, token);
    m->made++;
    return NULL;
}

enum column { ACCOUNT, AMOUNT, CURRENCY, RULE };

static const struct sm_csv_column columns[] = {
    [ACCOUNT] = {"account", true},
    [AMOUNT] = {"amount", false},
    [CURRENCY] = {"currency", false},
    [RULE] = {"rule", false},
};

/* One link a record of PATH.  A bad record is named and ends in exit 1. */
static int make_bulk(struct maker *m, const char *path, const char *currency)
{
    struct ctl *ctl = m->ctl;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct sm_csv_source source = {&fd, sm_csv_read_fd};
    struct sm_csv *csv = NULL;
    enum sm_status status;
    int code = CTL_OK;

    status = fd < 0 ? SM_FAIL(&ctl->err, SM_NOT_FOUND, "cannot be opened")
                    : sm_csv_open(&csv, &source, columns, SM_COUNT(columns),
                                  &ctl->err);
    if (status != SM_OK)
        code = ctl_fail(ctl, status, path);
    while (status == SM_OK || status == SM_INVALID) {
        const char *wrong;
        const char *own;

        if (!csv)
            break;
        status = sm_csv_next(csv, &ctl->err);
        if (status == SM_NOT_FOUND)
            break;
        own = sm_csv_get(csv, CURRENCY);
        wrong = status != SM_OK
                    ? ctl->err.message
                    : make_one(m, sm_csv_get(csv, ACCOUNT),
                               sm_csv_get(csv, RULE), sm_csv_get(csv, AMOUNT),
                               *own ? own : currency);
        if (!wrong)
            continue;
        fprintf(stderr, "%s: line %lld: %s\n", path,
                (long long)sm_csv_line(csv), wrong);
        code = CTL_REFUSED;
    }
    sm_csv_free(csv);
    if (fd >= 0)
        close(fd);
    return code;
}

static const char *or_else(const char *text, const char *fallback)
{
    return text ? text : fallback;
}

/* Keys, origin and expiry from options, else from the settings. */
static int open_maker(struct maker *m)
{
    struct ctl *ctl = m->ctl;
    const char *key = ctl_option(ctl, "key");
    int64_t id = 1;
    int64_t days = 30;
    enum sm_status status = SM_OK;
    int code = ctl_settings(ctl);

    if (code == CTL_OK)
        code = ctl_option_int(&days, ctl, "days", 30, 1, 3650);
    if (code == CTL_OK)
        code = ctl_option_int(
            &id, ctl, "key-id",
            sm_settings_int(ctl->settings, "paylink.signing_key_id"), 0, 255);
    if (code != CTL_OK)
        return code;
    m->key_id = (uint8_t)id;
    m->origin = or_else(ctl_option(ctl, "origin"),
                        sm_settings_str(ctl->settings, "public_origin"));
    m->lang = or_else(ctl_option(ctl, "lang"), "ro");
    m->expires_at = sm_clock_now_us() / 1000000 + days * DAY_S;
    if (key)
        status = read_seed_file(m->seed, key, &ctl->err);
    else if (!parse_seed(m->seed,
                         sm_settings_str(ctl->settings, "paylink.signing_key")))
        status = SM_FAIL(&ctl->err, SM_INVALID,
                         "paylink.signing_key is not set; or give --key");
    return status == SM_OK ? CTL_OK : ctl_fail(ctl, status, "paylink make");
}

static int make(struct ctl *ctl)
{
    struct maker m = {.ctl = ctl, .json = ctl->json};
    const char *file = ctl_option(ctl, "codes");
    const char *account = ctl_option(ctl, "account");
    const char *wrong;
    const char *currency;
    int code;

    if (!file == !account)
        return ctl_usage(ctl, "give either --codes or --account");
    code = open_maker(&m);
    if (code != CTL_OK)
        return code;
    currency = or_else(ctl_option(ctl, "currency"),
                       sm_settings_str(ctl->settings, "company.currency"));
    if (!ctl->json)
        puts("account,url");
    if (file)
        return make_bulk(&m, file, currency);
    wrong = make_one(&m, account, or_else(ctl_option(ctl, "rule"), ""),
                     or_else(ctl_option(ctl, "amount"), ""), currency);
    if (!wrong)
        return CTL_OK;
    sm_error_set(&ctl->err, SM_INVALID, __FILE__, __LINE__, "%s", wrong);
    return ctl_fail(ctl, SM_INVALID, "paylink make");
}

static int verify(struct ctl *ctl)
{
    static const char *const rules[] = {"total", "current", "fixed"};
    struct sm_paylink_keys keys;
    struct sm_paylink link;
    char account[SM_ID_TEXT];
    enum sm_status status;
    int code = ctl_settings(ctl);

    if (code != CTL_OK)
        return code;
    if (ctl->nargs != 2)
        return ctl_usage(ctl, "verify needs a token");
    status = sm_paylink_keys_parse(
        &keys, sm_settings_str(ctl->settings, "paylink.keys"));
    if (status != SM_OK)
        return ctl_fail(ctl, status, "paylink.keys");
    status = sm_paylink_verify(&link, &keys, ctl->args[1],
                               sm_clock_now_us() / 1000000);
    if (status != SM_OK && status != SM_CONFLICT)
        return ctl_fail(ctl, status, "the link is not genuine");
    sm_id_format(account, link.account);
    printf(ctl->json ? "{\"account\":\"%s\",\"rule\":\"%s\",\"amount_minor\":"
                       "%lld,\"currency\":\"%s\",\"key_id\":%d,\"expires_at\":"
                       "%lld,\"expired\":%s}\n"
                     : "account      %s\nrule         %s\namount_minor %lld\n"
                       "currency     %s\nkey_id       %d\nexpires_at   %lld\n"
                       "expired      %s\n",
           account, rules[link.rule], (long long)link.amount_minor,
           link.currency, link.key_id, (long long)link.expires_at,
           status == SM_CONFLICT ? "true" : "false");
    return status == SM_OK ? CTL_OK : CTL_REFUSED;
}

static int run_paylink(struct ctl *ctl)
{
    if (strcmp(ctl->args[0], "make") == 0)
        return make(ctl);
    if (strcmp(ctl->args[0], "verify") == 0)
        return verify(ctl);
    if (strcmp(ctl->args[0], "keygen") == 0)
        return keygen(ctl);
    return ctl_usage(ctl, "paylink what? make, verify or keygen");
}

static const struct ctl_option options[] = {
    {"codes", "FILE", "CSV of account (public id), amount, currency, rule"},
    {"account", "ID", "One account's public id instead"},
    {"rule", "RULE", "total, current or fixed"},
    {"amount", "N", "Amount of the rule fixed, such as 12.50"},
    {"currency", "CODE", "Where the file has none (company.currency)"},
    {"days", "N", "Days until a link expires (30)"},
    {"lang", "LANG", "ro, bg or en (ro)"},
    {"origin", "URL", "Instead of public_origin"},
    {"key", "FILE", "Private key instead of paylink.signing_key"},
    {"key-id", "N", "Its id instead of paylink.signing_key_id"},
    {"public", "FILE", "keygen: print the public key of this private one"},
};

const struct ctl_command ctl_command_paylink = {
    .name = "paylink",
    .usage = "make | verify TOKEN | keygen",
    .help = "Make and verify signed pay links, without a database.\n"
            "make prints account,url lines; keygen prints a new pair of keys: "
            "the private\none goes into paylink.signing_key, the public one "
            "as id:hex into paylink.keys.",
    .options = options,
    .noptions = SM_COUNT(options),
    .min_args = 1,
    .max_args = 2,
    .run = run_paylink,
};
