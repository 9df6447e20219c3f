#include "sandbox/wire.h"

#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "keys.h"

static const struct sb_wire *const wires[] = {
    &sb_wire_stripe,    &sb_wire_borica,  &sb_wire_epay,
    &sb_wire_euplatesc, &sb_wire_netopia,
};

const struct sb_wire *sb_wire_of(const char *name)
{
    for (size_t i = 0; i < SM_COUNT(wires); i++)
        if (strcmp(wires[i]->name, name) == 0)
            return wires[i];
    return NULL;
}

enum sm_status sb_back_form(struct sm_reply *rp, const char *url,
                            const struct sb_field *fields, size_t count)
{
    rp->tpl = "back.tpl";
    sm_set(rp->dict, K_BACK_URL, url);
    for (size_t i = 0; i < count; i++) {
        struct sm_dict *row = sm_section(rp->dict, K_BACK_FIELDS);

        sm_set(row, K_BACK_NAME, fields[i].name);
        sm_set(row, K_BACK_VALUE, fields[i].value);
    }
    return SM_OK;
}

const char *sb_amount(struct sm_request *rq, int64_t minor)
{
    const char *text = sm_arena_printf(rq->arena, "%lld.%02lld",
                                       (long long)minor / 100,
                                       (long long)minor % 100);

    return text != NULL ? text : "";
}

bool sb_amount_read(int64_t *out, const char *text)
{
    const char *dot = strchr(text, '.');
    int64_t whole, part;
    char head[16];

    if (dot == NULL || dot == text || strlen(dot) != 3 ||
        (size_t)(dot - text) >= sizeof(head) || !sm_is_digit(dot[1]))
        return false;
    (void)sm_copy(head, (size_t)(dot - text) + 1, text);
    if (sm_parse_i64(&whole, head, 0, INT64_C(9999999999)) != SM_OK ||
        sm_parse_i64(&part, dot + 1, 0, 99) != SM_OK)
        return false;
    *out = whole * 100 + part;
    return true;
}

static int hex_digit(char c)
{
    if (sm_is_digit(c))
        return c - '0';
    c = sm_to_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Decode LEN bytes of urlencoded text; false if it does not fit. */
static bool decode(char *out, size_t size, const char *text, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        char c = text[i];

        if (n + 1 >= size)
            return false;
        if (c == '+') {
            c = ' ';
        } else if (c == '%' && i + 2 < len && hex_digit(text[i + 1]) >= 0 &&
                   hex_digit(text[i + 2]) >= 0) {
            c = (char)(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2]));
            i += 2;
        }
        out[n++] = c;
    }
    out[n] = '\0';
    return true;
}

bool sb_form_value(char *out, size_t size, const char *body, size_t len,
                   const char *name)
{
    const char *end = body + len;
    char key[128];

    out[0] = '\0';
    while (body < end) {
        const char *amp = memchr(body, '&', (size_t)(end - body));
        const char *stop = amp != NULL ? amp : end;
        const char *eq = memchr(body, '=', (size_t)(stop - body));

        if (eq != NULL && decode(key, sizeof(key), body, (size_t)(eq - body)) &&
            strcmp(key, name) == 0)
            return decode(out, size, eq + 1, (size_t)(stop - eq - 1));
        body = stop + 1;
    }
    return true;
}

bool sb_behave(struct sm_request *rq, struct sm_reply *rp, const char *word)
{
    (void)rq;
    if (strcmp(word, "slow") == 0)
        (void)sleep(4);
    if (strcmp(word, "never") == 0)
        (void)sleep(60);
    if (strncmp(word, "error", 5) != 0)
        return true;
    sm_reply_text(rp, 500, "application/json",
                  "{\"error\":{\"type\":\"api_error\","
                  "\"message\":\"The sandbox was told to fail\"}}");
    return false;
}
