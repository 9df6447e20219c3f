/* Is this a whole HTML page?  libxml2's parser says what does not balance; it
 * knows no HTML 5, so its complaints about unknown elements are passed over. */
#include <libxml/HTMLparser.h>
#include <libxml/xmlerror.h>
#include <stdio.h>
#include <string.h>

#include "harness.h"

static _Thread_local char problem[256];

static void note(void *ctx, xmlErrorPtr error)
{
    (void)ctx;
    if (error->code == XML_HTML_UNKNOWN_TAG || problem[0])
        return;
    snprintf(problem, sizeof(problem), "line %d: %s", error->line,
             error->message);
}

const char *sm_html_problem(const char *html, size_t len)
{
    const char *h1;
    htmlDocPtr doc;

    problem[0] = '\0';
    xmlSetStructuredErrorFunc(NULL, note);
    doc = htmlReadMemory(html, (int)len, "page", "UTF-8", HTML_PARSE_NONET);
    if (!doc)
        return "not HTML at all";
    xmlFreeDoc(doc);
    if (problem[0])
        return problem;
    if (strncasecmp(html, "<!doctype html>", 15) != 0)
        return "it does not begin with its doctype";
    if (strstr(html, "{{") || strstr(html, "[["))
        return "a marker was left unexpanded";
    if (!strstr(html, "<html lang=\""))
        return "no lang attribute";
    h1 = strstr(html, "<h1");
    if (!h1)
        return "no h1";
    if (strstr(h1 + 1, "<h1"))
        return "more than one h1";
    return NULL;
}
