/* The parts of a mail's head that are text: addresses, encoded words, dates. */
#include <string.h>

#include "base/clock.h"
#include "base/text.h"
#include "notify/mail.h"

#define ADDRESS_MAX 254
#define LOCAL_MAX 64
#define LABEL_MAX 63
/* RFC 2047: an encoded word has at most 75 characters. */
#define WORD_HEAD "=?UTF-8?Q?"
#define WORD_TAIL "?="
#define WORD_ROOM (75 - (sizeof(WORD_HEAD) - 1) - (sizeof(WORD_TAIL) - 1))

static bool is_atom(char byte)
{
    return sm_is_alpha(byte) || sm_is_digit(byte) ||
           (byte != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", byte) != NULL);
}

/* Dot-atom: atoms joined by single dots. */
static bool local_ok(const char *text, size_t len)
{
    size_t i;

    if (len == 0 || len > LOCAL_MAX)
        return false;
    for (i = 0; i < len; i++) {
        if (is_atom(text[i]))
            continue;
        if (text[i] != '.' || i == 0 || i + 1 == len || text[i - 1] == '.')
            return false;
    }
    return true;
}

static bool domain_ok(const char *text)
{
    size_t label = 0, dots = 0;
    const char *at;

    for (at = text; *at != '\0'; at++) {
        if (*at == '.') {
            if (label == 0 || at[-1] == '-')
                return false;
            label = 0;
            dots++;
        } else if (sm_is_alpha(*at) || sm_is_digit(*at) ||
                   (*at == '-' && label > 0)) {
            if (++label > LABEL_MAX)
                return false;
        } else {
            return false;
        }
    }
    return dots > 0 && label > 0 && at[-1] != '-';
}

bool sm_mail_address_ok(const char *text)
{
    const char *at = strchr(text, '@');

    return at != NULL && strlen(text) <= ADDRESS_MAX &&
           local_ok(text, (size_t)(at - text)) && domain_ok(at + 1);
}

static bool is_plain(const char *text)
{
    const char *at;

    for (at = text; *at != '\0'; at++)
        if (*at < ' ' || *at > '~')
            return false;
    return strstr(text, "=?") == NULL;
}

/* Bytes of the UTF-8 letter at TEXT. */
static size_t letter_len(const char *text)
{
    size_t len = 1;

    while (((unsigned char)text[len] & 0xc0) == 0x80)
        len++;
    return len;
}

/* One letter in the Q encoding; returns its length, at most 12. */
static size_t encode_letter(char out[16], const char *letter, size_t len)
{
    static const char hex[] = "0123456789ABCDEF";
    size_t n = 0, i;

    for (i = 0; i < len && n + 3 < 16; i++) {
        unsigned char byte = (unsigned char)letter[i];

        if (sm_is_alpha(letter[i]) || sm_is_digit(letter[i])) {
            out[n++] = letter[i];
        } else if (byte == ' ') {
            out[n++] = '_';
        } else {
            out[n++] = '=';
            out[n++] = hex[byte >> 4];
            out[n++] = hex[byte & 15];
        }
    }
    return n;
}

void sm_mail_add_encoded(struct sm_buf *out, const char *text)
{
    size_t room = 0, len, n;
    char letter[16];
    bool open = false;

    for (; *text != '\0'; text += len) {
        len = letter_len(text);
        n = encode_letter(letter, text, len);
        if (n > room) {
            sm_buf_adds(out, open ? WORD_TAIL "\r\n " WORD_HEAD : WORD_HEAD);
            open = true;
            room = WORD_ROOM;
        }
        sm_buf_add(out, letter, n);
        room -= n;
    }
    sm_buf_adds(out, open ? WORD_TAIL : "");
}

void sm_mail_add_header_text(struct sm_buf *out, const char *text)
{
    if (is_plain(text))
        sm_buf_adds(out, text);
    else
        sm_mail_add_encoded(out, text);
}

void sm_mail_add_lines(struct sm_buf *out, const char *text)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\r\n");

        sm_buf_add(out, text, len);
        text += len;
        if (*text == '\0')
            return;
        sm_buf_adds(out, "\r\n");
        text += text[0] == '\r' && text[1] == '\n' ? 2 : 1;
    }
}

void sm_mail_add_date(struct sm_buf *out, int64_t us)
{
    static const char days[7][4] = {"Thu", "Fri", "Sat", "Sun",
                                    "Mon", "Tue", "Wed"};
    static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr",
                                       "May", "Jun", "Jul", "Aug",
                                       "Sep", "Oct", "Nov", "Dec"};
    int64_t seconds = us / 1000000, day = seconds / 86400;
    struct sm_date date = sm_date_from_days(day);
    int in_day = (int)(seconds % 86400);

    sm_buf_addf(out, "%s, %d %s %d %02d:%02d:%02d +0000", days[day % 7],
                date.day, months[date.month - 1], date.year, in_day / 3600,
                in_day / 60 % 60, in_day % 60);
}
