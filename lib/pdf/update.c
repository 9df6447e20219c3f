/* cairo 1.16 cannot say in which language a document is, that its title is to
 * be shown, nor what stands for a figure that is not seen.  It is said by an
 * incremental update (ISO 32000-1 7.5.6): the catalog and the figures' elements
 * again, with more entries, behind what cairo wrote. */
#include "pdf/pdf_impl.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#define CATALOG "<< /Type /Catalog\n"
#define FIGURE "/S /Figure\n"
#define ELEMENT "<< /Type /StructElem\n"
#define OBJECT_MAX 1000

/* An object that is written again. */
struct object {
    unsigned long number;
    size_t at;
};

struct update {
    struct sm_buf *bytes;
    size_t end; /* of what cairo wrote */
    struct object objects[SM_PDF_FIGURES + 1];
    size_t count;
};

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

/* The number of the object whose content begins AT, behind "N 0 obj\n". */
static unsigned long number_before(const struct sm_buf *bytes, const char *at)
{
    static const char word[] = " 0 obj\n";
    size_t len = sizeof(word) - 1;

    if ((size_t)(at - bytes->data) < len + 1 ||
        memcmp(at - len, word, len) != 0)
        return 0;
    at -= len;
    while (at > bytes->data && at[-1] >= '0' && at[-1] <= '9')
        at--;
    return strtoul(at, NULL, 10);
}

/* Write the object whose content begins AT again, with MORE behind its first
 * line.  What it points into may move. */
static bool again(struct update *u, size_t at, const char *head,
                  const char *more)
{
    const char *content = u->bytes->data + at;
    const char *rest = content + strlen(head);
    const char *end = strstr(rest, "endobj");
    unsigned long number = number_before(u->bytes, content);
    char copy[OBJECT_MAX];

    if (number == 0 || end == NULL || (size_t)(end - rest) >= sizeof(copy))
        return false;
    snprintf(copy, sizeof(copy), "%.*s", (int)(end - rest), rest);
    u->objects[u->count++] = (struct object){number, u->bytes->len};
    sm_buf_addf(u->bytes, "%lu 0 obj\n%s%s%sendobj\n", number, head, more,
                copy);
    return true;
}

/* TEXT as a PDF text string: UTF-16 with its mark, in hex. */
static void put_text(struct sm_buf *out, const char *text)
{
    utf8proc_int32_t point;

    sm_buf_adds(out, "<FEFF");
    while (*text != '\0') {
        utf8proc_ssize_t n =
            utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &point);

        if (n <= 0) {
            n = 1;
            point = 0xfffd;
        }
        text += n;
        if (point >= 0x10000) {
            point -= 0x10000;
            sm_buf_addf(out, "%04X", 0xd800u + (unsigned)(point >> 10));
            point = 0xdc00 + (point & 0x3ff);
        }
        sm_buf_addf(out, "%04X", (unsigned)point);
    }
    sm_buf_addc(out, '>');
}

/* The next element of a figure behind *AT, which moves there; false at the
 * end of what cairo wrote. */
static bool next_figure(const struct update *u, size_t *at)
{
    const char *from = u->bytes->data + *at;
    const char *found;

    while ((found = memmem(from, u->end - (size_t)(from - u->bytes->data),
                           ELEMENT, strlen(ELEMENT))) != NULL) {
        from = found + strlen(ELEMENT);
        if (strncmp(from + strspn(from, " "), FIGURE, strlen(FIGURE)) == 0) {
            *at = (size_t)(found - u->bytes->data);
            return true;
        }
    }
    return false;
}

static bool put_figures(struct update *u, const char *const *alts, size_t nalts)
{
    struct sm_buf more;
    bool good = true;
    size_t at = 0;

    sm_buf_init(&more, (size_t)64 << 10);
    for (size_t i = 0; i < nalts && good; i++) {
        sm_buf_clear(&more);
        sm_buf_adds(&more, "   /Alt ");
        put_text(&more, alts[i]);
        sm_buf_addc(&more, '\n');
        good = sm_buf_ok(&more) && next_figure(u, &at) &&
               again(u, at, ELEMENT, more.data);
        at += strlen(ELEMENT);
    }
    sm_buf_release(&more);
    return good;
}

static int compare(const void *a, const void *b)
{
    const struct object *one = a, *two = b;

    return (one->number > two->number) - (one->number < two->number);
}

/* The table of the objects and the trailer. */
static void put_table(struct update *u, unsigned long size, unsigned long root,
                      unsigned long info, unsigned long previous)
{
    size_t xref = u->bytes->len;

    qsort(u->objects, u->count, sizeof(u->objects[0]), compare);
    sm_buf_adds(u->bytes, "xref\n");
    for (size_t i = 0; i < u->count; i++)
        sm_buf_addf(u->bytes, "%lu 1\n%010zu 00000 n \n", u->objects[i].number,
                    u->objects[i].at);
    sm_buf_addf(u->bytes,
                "trailer\n<< /Size %lu\n   /Root %lu 0 R\n   /Info %lu 0 R\n"
                "   /Prev %lu\n>>\nstartxref\n%zu\n%%%%EOF\n",
                size, root, info, previous, xref);
}

bool sm_pdf_update(struct sm_buf *bytes, const char *lang,
                   const char *const *alts, size_t nalts)
{
    const char *trailer = find_last(bytes, "trailer\n");
    const char *catalog = find_last(bytes, CATALOG);
    struct update u = {.bytes = bytes, .end = bytes->len};
    unsigned long size, root, info, previous;
    char more[120];

    if (trailer == NULL || catalog == NULL || nalts > SM_PDF_FIGURES)
        return false;
    size = number_behind(trailer, "/Size ");
    root = number_behind(trailer, "/Root ");
    info = number_behind(trailer, "/Info ");
    previous = number_behind(trailer, "startxref\n");
    if (size == 0 || root == 0 || info == 0 || previous == 0)
        return false;
    snprintf(more, sizeof(more),
             "   /Lang (%s)\n"
             "   /ViewerPreferences << /DisplayDocTitle true >>\n",
             lang);
    if (!again(&u, (size_t)(catalog - bytes->data), CATALOG, more) ||
        u.objects[0].number != root || !put_figures(&u, alts, nalts))
        return false;
    put_table(&u, size, root, info, previous);
    return sm_buf_ok(bytes);
}
