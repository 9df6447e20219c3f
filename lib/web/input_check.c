/* The rules of the input types; one function a type. */
#include <string.h>
#include <utf8proc.h>

#include "base/text.h"
#include "ident/code.h"
#include "ident/mail.h"
#include "ident/phone.h"
#include "money/money.h"
#include "web/input.h"

/* No field of ours is longer; what is, is refused before it is looked at. */
enum { RAW_MAX = 4096 };

/* What a type's rule works on. */
struct check {
    struct sm_value *value;
    struct sm_arena *arena;
    const struct sm_settings *settings;
    const struct sm_input *input;
    char *text; /* trimmed copy of the raw value, ours to change */
    size_t len;
};

static const char *const no_memory =
    SM_N_("The field could not be read. Please try again.");

static void accept_text(struct check *c, const char *text)
{
    c->value->text = text;
    c->value->len = strlen(text);
}

static const char *accept_copy(struct check *c, const char *text)
{
    const char *copy = sm_arena_strdup(c->arena, text);

    if (!copy)
        return no_memory;
    accept_text(c, copy);
    return NULL;
}

/* Compose to NFC inside the arena; ASCII is in NFC already. */
static bool compose(struct check *c)
{
    utf8proc_ssize_t room = (utf8proc_ssize_t)(c->len * 4 + 16), count;
    utf8proc_int32_t *points;
    bool ascii = true;

    for (size_t i = 0; i < c->len; i++)
        ascii = ascii && (unsigned char)c->text[i] < 0x80;
    if (ascii)
        return true;
    points = sm_arena_calloc(c->arena, (size_t)room + 1, sizeof(*points));
    if (!points)
        return false;
    count = utf8proc_decompose((const utf8proc_uint8_t *)c->text,
                               (utf8proc_ssize_t)c->len, points, room,
                               UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (count < 0 || count > room)
        return false;
    count =
        utf8proc_reencode(points, count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (count < 0)
        return false;
    c->text = (char *)points;
    c->len = (size_t)count;
    return true;
}

/* A control character or a line break of any alphabet. */
static bool has_control(const char *text, size_t len)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    utf8proc_ssize_t left = (utf8proc_ssize_t)len;

    while (left > 0) {
        utf8proc_int32_t point;
        utf8proc_ssize_t used = utf8proc_iterate(at, left, &point);

        if (used <= 0 || point < 0x20 || (point >= 0x7f && point < 0xa0) ||
            point == 0x2028 || point == 0x2029)
            return true;
        at += used;
        left -= used;
    }
    return false;
}

static const char *check_text(struct check *c)
{
    size_t points;

    if (!compose(c))
        return no_memory;
    if (has_control(c->text, c->len))
        return SM_N_("This holds characters that cannot be used here.");
    points = sm_utf8_length(c->text, c->len);
    if ((int64_t)points < c->input->min)
        return SM_N_("This is too short.");
    if ((int64_t)points > c->input->max)
        return SM_N_("This is too long.");
    accept_text(c, c->text);
    return NULL;
}

static const char *check_choice(struct check *c)
{
    const char *at = c->input->choices;

    for (int64_t index = 0;; index++) {
        size_t len = strcspn(at, "|");

        if (len == c->len && memcmp(at, c->text, len) == 0) {
            c->value->number = index;
            accept_text(c, c->text);
            return NULL;
        }
        if (at[len] == '\0')
            return SM_N_("Choose one of the answers.");
        at += len + 1;
    }
}

static const char *check_int(struct check *c)
{
    int64_t number;

    if (sm_parse_i64(&number, c->text, INT64_MIN, INT64_MAX) != SM_OK)
        return SM_N_("This is not a whole number.");
    if (number < c->input->min)
        return SM_N_("The number is too small.");
    if (number > c->input->max)
        return SM_N_("The number is too large.");
    c->value->number = number;
    accept_text(c, c->text);
    return NULL;
}

static const char *check_amount(struct check *c)
{
    int64_t minor;

    if (sm_amount_parse(&minor, c->text, 2) != SM_OK)
        return SM_N_("This is not an amount. It looks like 123.45.");
    if (minor < c->input->min)
        return SM_N_("The amount is too small.");
    if (minor > c->input->max)
        return SM_N_("The amount is too large.");
    c->value->number = minor;
    accept_text(c, c->text);
    return NULL;
}

static const char *check_bool(struct check *c)
{
    if (strcmp(c->text, "1") != 0 && strcmp(c->text, "on") != 0)
        return SM_N_("Choose one of the answers.");
    c->value->number = 1;
    accept_text(c, c->text);
    return NULL;
}

static const char *check_id(struct check *c)
{
    if (sm_id_parse(c->value->id, c->text) != SM_OK)
        return SM_N_("This reference is not complete.");
    accept_text(c, c->text);
    return NULL;
}

static const char *check_token(struct check *c)
{
    for (size_t i = 0; i < c->len; i++) {
        char byte = c->text[i];

        if (!sm_is_digit(byte) && !sm_is_alpha(byte) && byte != '-' &&
            byte != '_')
            return SM_N_("This reference is not complete.");
    }
    if ((int64_t)c->len < c->input->min || (int64_t)c->len > c->input->max)
        return SM_N_("This reference is not complete.");
    accept_text(c, c->text);
    return NULL;
}

static const char *check_lang(struct check *c)
{
    enum sm_lang lang;

    if (sm_lang_parse(&lang, c->text) != SM_OK)
        return SM_N_("Choose one of the answers.");
    c->value->number = lang;
    accept_text(c, c->text);
    return NULL;
}

static const char *check_payment_code(struct check *c)
{
    struct sm_code_rule rule = {
        .min = (int)sm_settings_int(c->settings, "payment_code.min"),
        .max = (int)sm_settings_int(c->settings, "payment_code.max"),
        .digits = sm_settings_bool(c->settings, "payment_code.digits"),
    };
    char code[SM_CODE_TEXT];

    if (sm_code_check_parse(
            &rule.check, sm_settings_str(c->settings, "payment_code.check")) !=
            SM_OK ||
        sm_code_parse(code, c->text, &rule) != SM_OK)
        return SM_N_("This is not a payment code. Compare it with the one on "
                     "your bill, character by character.");
    return accept_copy(c, code);
}

static const char *check_email(struct check *c)
{
    char address[SM_EMAIL_TEXT];

    if (sm_email_parse(address, c->text) != SM_OK)
        return SM_N_("This is not an e-mail address. It looks like "
                     "name@example.com.");
    return accept_copy(c, address);
}

static const char *check_phone(struct check *c)
{
    const char *lang = sm_settings_str(c->settings, "company.default_language");
    char number[SM_PHONE_TEXT];

    if (sm_phone_parse(number, c->text,
                       strcmp(lang, "bg") == 0 ? SM_COUNTRY_BG
                                               : SM_COUNTRY_RO) != SM_OK)
        return SM_N_("This is not a telephone number. It looks like "
                     "+40 722 123 456.");
    return accept_copy(c, number);
}

static const char *check_client_code(struct check *c)
{
    struct sm_code_rule rule = {
        .min = (int)sm_settings_int(c->settings, "client_code.min"),
        .max = (int)sm_settings_int(c->settings, "client_code.max"),
        .digits = sm_settings_bool(c->settings, "client_code.digits"),
    };
    char code[SM_CODE_TEXT];

    if (sm_code_parse(code, c->text, &rule) != SM_OK)
        return SM_N_("This is not a client code. Compare it with the one on "
                     "your bill.");
    return accept_copy(c, code);
}

static const char *check_invoice_no(struct check *c)
{
    char number[SM_INVOICE_NO_TEXT];

    if (sm_invoice_no_parse(number, c->text) != SM_OK)
        return SM_N_("This is not an invoice number. Copy it from the bill, "
                     "with its letters.");
    return accept_copy(c, number);
}

static const char *check(struct check *c)
{
    switch (c->input->type) {
    case SM_IN_TEXT:
        return check_text(c);
    case SM_IN_CHOICE:
        return check_choice(c);
    case SM_IN_INT:
        return check_int(c);
    case SM_IN_AMOUNT:
        return check_amount(c);
    case SM_IN_BOOL:
        return check_bool(c);
    case SM_IN_ID:
        return check_id(c);
    case SM_IN_TOKEN:
        return check_token(c);
    case SM_IN_PAYMENT_CODE:
        return check_payment_code(c);
    case SM_IN_EMAIL:
        return check_email(c);
    case SM_IN_PHONE:
        return check_phone(c);
    case SM_IN_LANG:
        return check_lang(c);
    case SM_IN_CLIENT_CODE:
        return check_client_code(c);
    case SM_IN_INVOICE_NO:
        return check_invoice_no(c);
    case SM_IN_PASSWORD: /* sm_input_check() has taken these */
    case SM_IN_BYTES:
    default:
        return no_memory;
    }
}

/* A copy without blanks at its ends. */
static bool trim(struct check *c, size_t len)
{
    const char *raw = c->value->raw;

    while (len > 0 && raw[len - 1] == ' ')
        len--;
    while (len > 0 && raw[0] == ' ') {
        raw++;
        len--;
    }
    c->text = sm_arena_strndup(c->arena, raw, len);
    c->len = len;
    return c->text != NULL;
}

/* As it came, MAX bytes at most; what it may be is looked at where it is
 * used. */
static void take_as_is(struct sm_value *out, size_t len, size_t max)
{
    out->text = out->raw;
    out->len = len;
    out->present = len > 0;
    if (len <= max)
        return;
    out->text = "";
    out->len = 0;
    out->present = false;
    out->error = SM_N_("This is too long.");
}

void sm_input_check(struct sm_value *out, struct sm_arena *arena,
                    const struct sm_settings *settings,
                    const struct sm_input *input, size_t len)
{
    struct check c = {out, arena, settings, input, NULL, 0};
    const char *error = NULL;

    if (input->type == SM_IN_PASSWORD || input->type == SM_IN_BYTES) {
        take_as_is(out, len,
                   input->type == SM_IN_BYTES ? (size_t)input->max : RAW_MAX);
        out->raw = "";
        return;
    }
    out->text = "";
    if (len > RAW_MAX)
        error = SM_N_("This is too long.");
    else if (!trim(&c, len))
        error = no_memory;
    else if (c.len == 0)
        return;
    if (!error)
        error = check(&c);
    if (!error) {
        out->present = true;
        return;
    }
    out->text = "";
    out->len = 0;
    out->number = 0;
    out->error = input->bad ? input->bad : error;
}

const char *sm_input_missing(const struct sm_input *input)
{
    if (input->missing)
        return input->missing;
    switch (input->type) {
    case SM_IN_PAYMENT_CODE:
        return SM_N_("Type the payment code.");
    case SM_IN_EMAIL:
        return SM_N_("Type an e-mail address.");
    case SM_IN_CLIENT_CODE:
        return SM_N_("Type the client code.");
    case SM_IN_INVOICE_NO:
        return SM_N_("Type an invoice number.");
    case SM_IN_PASSWORD:
        return SM_N_("Type a password.");
    case SM_IN_PHONE:
        return SM_N_("Type a telephone number.");
    case SM_IN_AMOUNT:
        return SM_N_("Type an amount.");
    case SM_IN_INT:
        return SM_N_("Type a number.");
    case SM_IN_CHOICE:
    case SM_IN_LANG:
        return SM_N_("Choose one of the answers.");
    case SM_IN_BOOL:
        return SM_N_("Tick this box to go on.");
    case SM_IN_BYTES:
        return SM_N_("Choose a file.");
    case SM_IN_TEXT:
    case SM_IN_ID:
    case SM_IN_TOKEN:
    default:
        return SM_N_("Fill in this field.");
    }
}
