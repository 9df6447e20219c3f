/* cairo 1.16 cannot say in which language a document is, nor that its title is
 * to be shown.  Both are said by an incremental update (ISO 32000-1 7.5.6): the
 * catalog again, with two entries more, behind what cairo wrote. */
#include "pdf/pdf_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CATALOG "<< /Type /Catalog\n"
#define CATALOG_MAX 1000

/* The last TEXT in the bytes, or NULL. */
static const char *find_last(const struct sm_buf *bytes, const char *text)
{
    size_t len = strlen(text);

    for (size_t i = bytes->len; i >= len; i--)
        if (memcmp(bytes->data + i - len, text, len) == 0)
            return bytes->data + i - len;
    return NULL;
}

/* The number behind WORD, which must stand in TEXT; 0 if it does not. */
static unsigned long number_behind(const char *text, const char *word)
{
    const char *at = strstr(text, word);

    return at != NULL ? strtoul(at + strlen(word), NULL, 10) : 0;
}

bool sm_pdf_add_language(struct sm_buf *bytes, const char *lang)
{
    const char *trailer = find_last(bytes, "trailer\n");
    const char *catalog = find_last(bytes, CATALOG);
    const char *end = catalog != NULL ? strstr(catalog, "endobj") : NULL;
    unsigned long size, root, info, previous;
    char rest[CATALOG_MAX];
    size_t object, xref;

    if (trailer == NULL || end == NULL ||
        (size_t)(end - catalog) >= sizeof(rest))
        return false;
    size = number_behind(trailer, "/Size ");
    root = number_behind(trailer, "/Root ");
    info = number_behind(trailer, "/Info ");
    previous = number_behind(trailer, "startxref\n");
    if (size == 0 || root == 0 || info == 0 || previous == 0)
        return false;
    catalog += strlen(CATALOG);
    snprintf(rest, sizeof(rest), "%.*s", (int)(end - catalog), catalog);
    object = bytes->len;
    sm_buf_addf(bytes,
                "%lu 0 obj\n" CATALOG "   /Lang (%s)\n"
                "   /ViewerPreferences << /DisplayDocTitle true >>\n%sendobj\n",
                root, lang, rest);
    xref = bytes->len;
    sm_buf_addf(bytes,
                "xref\n%lu 1\n%010zu 00000 n \n"
                "trailer\n<< /Size %lu\n   /Root %lu 0 R\n   /Info %lu 0 R\n"
                "   /Prev %lu\n>>\nstartxref\n%zu\n%%%%EOF\n",
                root, object, size, root, info, previous, xref);
    return sm_buf_ok(bytes);
}
