/* Requests to Netopia: JSON bodies, written without a tree, and the call. */
#include <stdio.h>
#include <string.h>

#include "money/money.h"
#include "pay/netopia_wire.h"
#include "pay/protocol.h"

#define REPLY_MAX (256 * 1024)

void sm_netopia_text(struct sm_buf *out, const char *name, const char *value)
{
    sm_buf_addf(out, "\"%s\":\"", name);
    sm_buf_add_json(out, value, strlen(value));
    sm_buf_adds(out, "\",");
}

void sm_netopia_sum(struct sm_buf *out, const char *name, int64_t minor)
{
    char amount[SM_DECIMAL_TEXT];

    sm_decimal_format(amount, minor, 2);
    sm_buf_addf(out, "\"%s\":%s,", name, amount);
}

void sm_netopia_end(struct sm_buf *out, const char *end)
{
    if (out->len > 0 && out->data[out->len - 1] == ',')
        out->data[--out->len] = '\0';
    sm_buf_adds(out, end);
}

/* Who pays.  We know an address only; the rest is asked for, so it gets what
 * says that nothing is known. */
static void write_payer(struct sm_buf *out, const char *name, const char *email)
{
    sm_buf_addf(out, "\"%s\":{", name);
    sm_netopia_text(out, "email", email);
    sm_netopia_text(out, "phone", "-");
    sm_netopia_text(out, "firstName", "-");
    sm_netopia_text(out, "lastName", "-");
    sm_netopia_text(out, "city", "-");
    sm_buf_adds(out, "\"country\":642,");
    sm_netopia_text(out, "countryName", "Romania");
    sm_netopia_text(out, "state", "-");
    sm_netopia_text(out, "postalCode", "000000");
    sm_netopia_text(out, "details", "-");
    sm_netopia_end(out, "},");
}

static void write_config(struct sm_buf *out, const struct sm_pay_order *order,
                         const char *origin)
{
    char id[SM_ID_TEXT], url[512];

    sm_id_format(id, order->payment);
    sm_buf_adds(out, "\"config\":{");
    sm_netopia_text(out, "emailTemplate", "");
    sm_netopia_text(out, "emailSubject", "");
    (void)snprintf(url, sizeof(url), "%s/%s/pay/status/%s", origin, order->lang,
                   id);
    sm_netopia_text(out, "cancelUrl", url);
    (void)snprintf(url, sizeof(url), "%s/gw/notify/netopia", origin);
    sm_netopia_text(out, "notifyUrl", url);
    (void)snprintf(url, sizeof(url), "%s/%s/pay/return/%s", origin, order->lang,
                   id);
    sm_netopia_text(out, "redirectUrl", url);
    sm_netopia_text(out, "language",
                    strcmp(order->lang, "ro") == 0 ? "ro" : "en");
    sm_netopia_end(out, "},");
}

/* created_us as RFC 3339. */
static void write_time(struct sm_buf *out, int64_t us)
{
    char stamp[SM_PROTO_STAMP];

    sm_proto_stamp(stamp, us);
    sm_buf_addf(out, "\"dateTime\":\"%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ\",", stamp,
                stamp + 4, stamp + 6, stamp + 8, stamp + 10, stamp + 12);
}

void sm_netopia_start_body(struct sm_buf *out, const struct sm_pay_order *order,
                           const char *pos, const char *origin,
                           const char *company)
{
    char description[200];

    (void)snprintf(description, sizeof(description), "%.*s, ...%.16s",
                   (int)sm_proto_fit(company, 150), company, order->hint);
    sm_buf_addc(out, '{');
    write_config(out, order, origin);
    /* no card, ever: it is typed at their page */
    sm_buf_adds(out, "\"payment\":{\"options\":{\"installments\":0,"
                     "\"bonus\":0},\"instrument\":{\"type\":\"card\"},"
                     "\"data\":{}},\"order\":{\"ntpID\":\"\",");
    sm_netopia_text(out, "posSignature", pos);
    write_time(out, order->created_us);
    sm_netopia_text(out, "description", description);
    sm_netopia_text(out, "orderID", order->order_no);
    sm_netopia_sum(out, "amount", order->amount_minor);
    sm_netopia_text(out, "currency", order->currency);
    write_payer(out, "billing", order->email);
    write_payer(out, "shipping", order->email);
    sm_buf_adds(out, "\"products\":[{");
    sm_netopia_text(out, "name", description);
    sm_netopia_text(out, "code", order->order_no);
    sm_netopia_text(out, "category", "bill");
    sm_netopia_sum(out, "price", order->amount_minor);
    sm_buf_adds(out, "\"vat\":0}],\"installments\":{\"selected\":0,"
                     "\"available\":[0]},\"data\":{}}}");
}

enum sm_status sm_netopia_call(struct sm_http_reply *reply,
                               const struct netopia *self,
                               struct sm_arena *arena, const char *path,
                               const struct sm_buf *body, int budget_ms,
                               struct sm_error *err)
{
    const char *url = sm_arena_printf(arena, "%s%s", self->base_url, path);
    const char *headers[] = {
        sm_arena_printf(arena, "Authorization: %s", self->api_key),
        "Content-Type: application/json", "Accept: application/json"};
    enum sm_status status;

    if (!sm_buf_ok(body) || url == NULL || headers[0] == NULL)
        return SM_FAIL(err, SM_INTERNAL, "out of memory");
    status = sm_http_send(reply,
                          &(struct sm_http_request){
                              .method = "POST",
                              .url = url,
                              .headers = headers,
                              .nheaders = SM_COUNT(headers),
                              .body = body->data,
                              .body_len = body->len,
                              .connect_ms = budget_ms < self->connect_ms
                                                ? budget_ms
                                                : self->connect_ms,
                              .total_ms = budget_ms,
                              .reply_max = REPLY_MAX,
                              .ca_file = self->ca_file,
                          },
                          err);
    if (status != SM_OK || reply->code == 200 || reply->code == 400 ||
        reply->code == 404)
        return status;
    status = SM_FAIL(err, SM_UNAVAILABLE, "netopia: http %d", reply->code);
    sm_http_reply_release(reply);
    return status;
}
