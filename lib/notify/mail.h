/* Sending one mail to one recipient over SMTP.  TLS is required (STARTTLS, or
 * from the start with smtps://) unless the options allow a server without;
 * certificates are verified, no address or
 * subject with a control byte passes.  A mailer keeps its connection between
 * messages and belongs to one thread.  The words of a mail are made elsewhere
 * (cgi/jobs); this file knows only how mail travels. */
#ifndef SM_NOTIFY_MAIL_H
#define SM_NOTIFY_MAIL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/status.h"

struct sm_mail_options {
    const char *url;  /* smtp://host:port or smtps://host:port */
    const char *user; /* "" or NULL: no log-in */
    const char *password;
    const char *ca_file; /* "" or NULL: the system's roots */
    const char *from;    /* address of sender and envelope */
    bool allow_plain;    /* use TLS only where the server offers it */
    int connect_ms;
    int total_ms; /* for one message */
};

struct sm_mail {
    int64_t id; /* makes the Message-ID; the same for each retry */
    const char *to;
    const char *from_name; /* shown beside the sender; may be "" or NULL */
    const char *lang;      /* for Content-Language */
    const char *subject;   /* UTF-8, one line */
    const char *text;      /* UTF-8, lines end with LF */
    const char *html;      /* UTF-8 */
    int64_t date_us;       /* of the Date header */
};

enum sm_mail_result {
    SM_MAIL_SENT,  /* the server took responsibility */
    SM_MAIL_RETRY, /* not now: no connection, 4xx, our own set-up refused */
    SM_MAIL_FAILED /* never: this recipient or content is refused */
};

/* The result as notify.outbox_done() spells it.  Static. */
const char *sm_mail_result_word(enum sm_mail_result result);

struct sm_mailer;

/* A mailer with a copy of OPTIONS' pointers, which must outlive it.
 * SM_INVALID if url or from cannot be used.  No connection is made yet.
 * sm_http_global_init() must have been called. */
enum sm_status sm_mailer_new(struct sm_mailer **out,
                             const struct sm_mail_options *options,
                             struct sm_error *err) SM_MUSTCHECK;

/* Close the connection and release the mailer.  NULL is fine. */
void sm_mailer_free(struct sm_mailer *mailer);

/* Send MAIL and wait for the server's word.  ERR gets the reason of anything
 * but SM_MAIL_SENT; it never holds the address.  A lost answer after the last
 * byte is SM_MAIL_RETRY: mail goes out at least once. */
enum sm_mail_result sm_mail_send(struct sm_mailer *mailer,
                                 const struct sm_mail *mail,
                                 struct sm_error *err) SM_MUSTCHECK;

/* True if TEXT is a plain ASCII address (dot-atom @ host name with a dot) of
 * at most 254 bytes, without quotes, comments or control bytes. */
bool sm_mail_address_ok(const char *text);

/* Append TEXT as RFC 2047 encoded words (Q) of at most 75 characters that never
 * cut a letter; fit for a subject and for a display name. */
void sm_mail_add_encoded(struct sm_buf *out, const char *text);

/* The same, but TEXT itself if it is plain ASCII. */
void sm_mail_add_header_text(struct sm_buf *out, const char *text);

/* Append TEXT with CRLF at the end of each line, however it ended before. */
void sm_mail_add_lines(struct sm_buf *out, const char *text);

/* Append the instant as RFC 5322 writes it, in UTC. */
void sm_mail_add_date(struct sm_buf *out, int64_t us);

#endif
