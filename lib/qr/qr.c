#include "qr/qr.h"

#include <errno.h>
#include <qrencode.h>

enum { QUIET = 4 }; /* modules around it, as the standard wants */

/* The dark modules of a row, each run of them one rectangle of the path. */
static void add_row(struct sm_buf *out, const QRcode *code, int y)
{
    const unsigned char *row = code->data + (size_t)y * (size_t)code->width;

    for (int x = 0; x < code->width; x++) {
        int begin = x;

        while (x < code->width && row[x] & 1)
            x++;
        if (x > begin)
            sm_buf_addf(out, "M%d %dh%dv1h-%dz", begin + QUIET, y + QUIET,
                        x - begin, x - begin);
    }
}

enum sm_status sm_qr_svg(struct sm_buf *out, const char *text)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    int side;

    if (!code)
        return errno == ENOMEM ? SM_INTERNAL : SM_INVALID;
    side = code->width + 2 * QUIET;
    sm_buf_addf(out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d "
                "%d\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" "
                "d=\"M0 0h%dv%dh-%dz\"/><path d=\"",
                side, side, side, side, side);
    for (int y = 0; y < code->width; y++)
        add_row(out, code, y);
    sm_buf_adds(out, "\"/></svg>\n");
    QRcode_free(code);
    return sm_buf_ok(out) ? SM_OK : SM_INTERNAL;
}
