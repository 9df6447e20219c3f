/* The picture that an app on the telephone reads. */
#include <string.h>

#include "portal/second.h"
#include "qr/qr.h"
#include "shared/layout.h"

/* The company's name without colons, which part it from the rest. */
static const char *issuer(struct sm_request *rq)
{
    char *name = sm_arena_strdup(rq->arena, sm_layout_text(rq, "company.name"));

    for (char *p = name; p && *p; p++) {
        if (*p == ':')
            *p = ' ';
    }
    return name && *name ? name : "Smetka";
}

static enum sm_status draw(struct sm_request *rq, struct sm_reply *rp,
                           const char *uri)
{
    struct sm_buf svg;
    const char *copy;
    enum sm_status st;

    sm_buf_init(&svg, 65536);
    st = sm_qr_svg(&svg, uri);
    copy = st == SM_OK ? sm_arena_strndup(rq->arena, svg.data, svg.len) : NULL;
    if (copy)
        sm_reply_file(rp, "image/svg+xml", "code.svg", copy, svg.len);
    else
        st = SM_FAIL(&rq->err, SM_INTERNAL, "the QR code was not drawn");
    sm_buf_release(&svg);
    return st;
}

static enum sm_status show(struct sm_request *rq, struct sm_reply *rp)
{
    uint8_t secret[SM_TOTP_SECRET_BYTES];
    char uri[1024];
    enum sm_status st;

    if (rq->customer->second)
        return SM_NOT_FOUND;
    sm_second_offer(secret, rq);
    st = sm_totp_uri(uri, sizeof(uri), secret, issuer(rq), rq->customer->email);
    explicit_bzero(secret, sizeof(secret));
    if (st == SM_OK)
        st = draw(rq, rp, uri);
    explicit_bzero(uri, sizeof(uri));
    return st;
}

const struct sm_page sm_page_settings_code_qr = {
    .path = "/settings/code/qr",
    .auth = SM_AUTH_CUSTOMER,
    .confirm = true,
    .get = show,
    .personal = true,
    .help = "The secret of the second step as a QR code.",
};
