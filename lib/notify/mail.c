#include "notify/mail.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#define HEAD_MAX 2048
#define PART_MAX (4u * 1024 * 1024)

struct sm_mailer {
    struct sm_mail_options options;
    CURL *curl;
};

const char *sm_mail_result_word(enum sm_mail_result result)
{
    switch (result) {
    case SM_MAIL_SENT:
        return "sent";
    case SM_MAIL_RETRY:
        return "retry";
    case SM_MAIL_FAILED:
        break;
    }
    return "failed";
}

enum sm_status sm_mailer_new(struct sm_mailer **out,
                             const struct sm_mail_options *options,
                             struct sm_error *err)
{
    struct sm_mailer *mailer;

    *out = NULL;
    if (strncmp(options->url, "smtp://", 7) != 0 &&
        strncmp(options->url, "smtps://", 8) != 0)
        return SM_FAIL(err, SM_INVALID, "smtp.url: smtp:// or smtps://");
    if (!sm_mail_address_ok(options->from))
        return SM_FAIL(err, SM_INVALID, "smtp.from: not an address");
    mailer = calloc(1, sizeof(*mailer));
    if (mailer == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    mailer->options = *options;
    mailer->curl = curl_easy_init();
    if (mailer->curl == NULL) {
        free(mailer);
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    }
    *out = mailer;
    return SM_OK;
}

void sm_mailer_free(struct sm_mailer *mailer)
{
    if (mailer == NULL)
        return;
    curl_easy_cleanup(mailer->curl);
    free(mailer);
}

static bool has_control(const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text < ' ' || *text == 0x7f)
            return true;
    return false;
}

/* Append LINE to LIST and clear it; false without memory. */
static bool add(struct curl_slist **list, struct sm_buf *line)
{
    struct curl_slist *longer;

    if (!sm_buf_ok(line))
        return false;
    longer = curl_slist_append(*list, line->data);
    if (longer != NULL)
        *list = longer;
    sm_buf_clear(line);
    return longer != NULL;
}

/* A display name, quoted or encoded, with the blank that follows it. */
static void add_name(struct sm_buf *line, const char *name)
{
    if (name[0] == '\0' || has_control(name))
        return;
    if (strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                     "0123456789 ") == strlen(name)) {
        sm_buf_addf(line, "%s ", name);
        return;
    }
    /* Anything special goes encoded: no quoting rules to get wrong. */
    sm_mail_add_encoded(line, name);
    sm_buf_addc(line, ' ');
}

/* The headers of MAIL.  The recipient stands in To alone: one message each. */
static bool make_head(struct curl_slist **list, const struct sm_mailer *mailer,
                      const struct sm_mail *mail)
{
    const struct sm_mail_options *options = &mailer->options;
    const char *name = mail->from_name != NULL ? mail->from_name : "";
    struct sm_buf line;
    bool ok;

    sm_buf_init(&line, HEAD_MAX);
    sm_buf_adds(&line, "Date: ");
    sm_mail_add_date(&line, mail->date_us);
    ok = add(list, &line);
    sm_buf_adds(&line, "From: ");
    add_name(&line, name);
    sm_buf_addf(&line, "<%s>", options->from);
    ok = ok && add(list, &line);
    sm_buf_addf(&line, "To: <%s>", mail->to);
    ok = ok && add(list, &line);
    sm_buf_adds(&line, "Subject: ");
    sm_mail_add_header_text(&line, mail->subject);
    ok = ok && add(list, &line);
    sm_buf_addf(&line, "Message-ID: <outbox-%lld@%s>", (long long)mail->id,
                strchr(options->from, '@') + 1);
    ok = ok && add(list, &line);
    sm_buf_adds(&line, "Auto-Submitted: auto-generated");
    ok = ok && add(list, &line);
    sm_buf_addf(&line, "Content-Language: %s", mail->lang);
    ok = ok && add(list, &line);
    sm_buf_adds(&line, "Content-Type: multipart/alternative");
    ok = ok && add(list, &line);
    sm_buf_release(&line);
    return ok;
}

static bool add_part(curl_mime *mime, const char *text, const char *type)
{
    curl_mimepart *part = curl_mime_addpart(mime);
    struct sm_buf lines;
    bool ok;

    /* libcurl's encoder takes CRLF alone for the end of a line. */
    sm_buf_init(&lines, PART_MAX);
    sm_mail_add_lines(&lines, text);
    ok = part != NULL && sm_buf_ok(&lines) &&
         curl_mime_data(part, lines.data, lines.len) == CURLE_OK &&
         curl_mime_type(part, type) == CURLE_OK &&
         curl_mime_encoder(part, "quoted-printable") == CURLE_OK;
    sm_buf_release(&lines);
    return ok;
}

/* What the server's last words mean for this message. */
static enum sm_mail_result judge(CURL *curl, CURLcode rc, const char *reason,
                                 struct sm_error *err)
{
    long code = 0;

    if (rc == CURLE_OK)
        return SM_MAIL_SENT;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
    SM_FAIL(err, SM_UNAVAILABLE, "smtp: curl %d, code %ld", (int)rc, code);
    /* 5xx to the recipient or to the content is final.  5xx to ourselves
     * (sender refused, log-in) is our set-up: the mail waits for its repair.
     * libcurl tells the two apart only in words. */
    if ((rc == CURLE_SEND_ERROR || rc == CURLE_WEIRD_SERVER_REPLY) &&
        code >= 500 && code <= 599 && strncmp(reason, "MAIL", 4) != 0)
        return SM_MAIL_FAILED;
    return SM_MAIL_RETRY;
}

static void configure(CURL *curl, const struct sm_mail_options *options,
                      struct curl_slist *to, struct curl_slist *head,
                      curl_mime *mime, char *reason)
{
    curl_easy_setopt(curl, CURLOPT_URL, options->url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(
        curl, CURLOPT_USE_SSL,
        (long)(options->allow_plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
    if (options->ca_file != NULL && options->ca_file[0] != '\0')
        curl_easy_setopt(curl, CURLOPT_CAINFO, options->ca_file);
    if (options->user != NULL && options->user[0] != '\0') {
        curl_easy_setopt(curl, CURLOPT_USERNAME, options->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, options->password);
    }
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS,
                     (long)options->connect_ms);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)options->total_ms);
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, options->from);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, head);
    curl_easy_setopt(curl, CURLOPT_MIMEPOST, mime);
    curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, reason);
}

enum sm_mail_result sm_mail_send(struct sm_mailer *mailer,
                                 const struct sm_mail *mail,
                                 struct sm_error *err)
{
    enum sm_mail_result result = SM_MAIL_RETRY;
    struct curl_slist *head = NULL, *to = NULL;
    char reason[CURL_ERROR_SIZE] = "";
    CURL *curl = mailer->curl;
    curl_mime *mime = NULL;

    if (!sm_mail_address_ok(mail->to) || has_control(mail->subject)) {
        SM_FAIL(err, SM_INVALID, "mail: address or subject refused");
        return SM_MAIL_FAILED;
    }
    curl_easy_reset(curl); /* keeps the connection */
    mime = curl_mime_init(curl);
    to = curl_slist_append(NULL, mail->to);
    if (mime == NULL || to == NULL || !make_head(&head, mailer, mail) ||
        !add_part(mime, mail->text, "text/plain; charset=utf-8") ||
        !add_part(mime, mail->html, "text/html; charset=utf-8")) {
        SM_FAIL(err, SM_INTERNAL, "mail: out of memory");
        goto out;
    }
    configure(curl, &mailer->options, to, head, mime, reason);
    result = judge(curl, curl_easy_perform(curl), reason, err);
out:
    curl_easy_reset(curl);
    curl_mime_free(mime);
    curl_slist_free_all(head);
    curl_slist_free_all(to);
    return result;
}
