#include "xml/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The dictionary of names of a parser context only grows; a fresh context
 * after so many documents keeps strange names from filling the memory. */
enum { DOCUMENTS_PER_CONTEXT = 1000 };

struct sm_xml {
    struct sm_xml_limits limits;
    xmlParserCtxtPtr ctxt;
    int documents;
    /* of the document being walked */
    const struct sm_xml_handler *handler;
    struct sm_error *err;
    enum sm_status status;
    int depth;
    size_t nodes;
};

static int line_of(const struct sm_xml *xml)
{
    return xml->ctxt->input ? xml->ctxt->input->line : 0;
}

/* Keep the first failure and stop the parser. */
static void stop(struct sm_xml *xml, enum sm_status status)
{
    if (xml->status == SM_OK)
        xml->status = status;
    xmlStopParser(xml->ctxt);
}

static void refuse(struct sm_xml *xml, const char *why)
{
    if (xml->status == SM_OK)
        stop(xml,
             SM_FAIL(xml->err, SM_INVALID, "line %d: %s", line_of(xml), why));
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
    (void)name;
    (void)external;
    (void)system;
    refuse(((xmlParserCtxtPtr)ctx)->_private, "a DOCTYPE is not accepted");
}

static xmlEntityPtr on_entity(void *ctx, const xmlChar *name)
{
    (void)ctx;
    return xmlGetPredefinedEntity(name);
}

static void on_error(void *ctx, xmlErrorPtr error)
{
    struct sm_xml *xml = ((xmlParserCtxtPtr)ctx)->_private;
    const char *text = error->message ? error->message : "not well-formed";

    if (error->level < XML_ERR_ERROR || xml->status != SM_OK)
        return;
    stop(xml, SM_FAIL(xml->err, SM_INVALID, "line %d: %.*s", error->line,
                      (int)strcspn(text, "\n"), text));
}

static void on_open(void *ctx, const xmlChar *name, const xmlChar *prefix,
                    const xmlChar *uri, int nnamespaces,
                    const xmlChar **namespaces, int nattributes, int ndefaulted,
                    const xmlChar **attributes)
{
    struct sm_xml *xml = ((xmlParserCtxtPtr)ctx)->_private;
    struct sm_xml_element element = {.uri = uri ? (const char *)uri : "",
                                     .name = (const char *)name,
                                     .line = line_of(xml),
                                     .attributes_ = attributes,
                                     .count_ = nattributes};
    enum sm_status status;

    (void)prefix;
    (void)nnamespaces;
    (void)namespaces;
    (void)ndefaulted;
    if (xml->status != SM_OK)
        return;
    xml->nodes += 1 + (size_t)nattributes;
    if (++xml->depth > xml->limits.depth) {
        refuse(xml, "elements are nested too deep");
        return;
    }
    if (xml->nodes > xml->limits.nodes) {
        refuse(xml, "too many elements");
        return;
    }
    status = xml->handler->open(xml->handler->ctx, &element, xml->err);
    if (status != SM_OK)
        stop(xml, status);
}

static void on_close(void *ctx, const xmlChar *name, const xmlChar *prefix,
                     const xmlChar *uri)
{
    struct sm_xml *xml = ((xmlParserCtxtPtr)ctx)->_private;
    enum sm_status status;

    (void)name;
    (void)prefix;
    (void)uri;
    if (xml->status != SM_OK)
        return;
    xml->depth--;
    status = xml->handler->close(xml->handler->ctx, xml->err);
    if (status != SM_OK)
        stop(xml, status);
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
    struct sm_xml *xml = ((xmlParserCtxtPtr)ctx)->_private;
    enum sm_status status;

    if (xml->status != SM_OK)
        return;
    status = xml->handler->text(xml->handler->ctx, (const char *)text,
                                (size_t)len, xml->err);
    if (status != SM_OK)
        stop(xml, status);
}

static enum sm_status make_context(struct sm_xml *xml)
{
    xmlParserCtxtPtr ctxt = xmlNewParserCtxt();

    if (!ctxt)
        return SM_INTERNAL;
    memset(ctxt->sax, 0, sizeof(*ctxt->sax));
    ctxt->sax->initialized = XML_SAX2_MAGIC;
    ctxt->sax->internalSubset = on_doctype;
    ctxt->sax->getEntity = on_entity;
    ctxt->sax->startElementNs = on_open;
    ctxt->sax->endElementNs = on_close;
    ctxt->sax->characters = on_text;
    ctxt->sax->ignorableWhitespace = on_text;
    ctxt->sax->cdataBlock = on_text;
    ctxt->sax->serror = on_error;
    ctxt->_private = xml;
    xmlFreeParserCtxt(xml->ctxt);
    xml->ctxt = ctxt;
    xml->documents = 0;
    return SM_OK;
}

enum sm_status sm_xml_new(struct sm_xml **out,
                          const struct sm_xml_limits *limits,
                          struct sm_error *err)
{
    struct sm_xml *xml = calloc(1, sizeof(*xml));

    *out = NULL;
    if (!xml || limits->bytes > INT_MAX)
        goto out;
    xml->limits = *limits;
    xmlInitParser();
    if (make_context(xml) == SM_OK)
        *out = xml;
out:
    if (*out)
        return SM_OK;
    free(xml);
    return SM_FAIL(err, SM_INTERNAL, "no XML parser");
}

void sm_xml_free(struct sm_xml *xml)
{
    if (!xml)
        return;
    xmlFreeParserCtxt(xml->ctxt);
    free(xml);
}

enum sm_status sm_xml_parse(struct sm_xml *xml, const char *bytes, size_t len,
                            const struct sm_xml_handler *handler,
                            struct sm_error *err)
{
    xmlDocPtr doc;

    if (len == 0 || len > xml->limits.bytes)
        return SM_FAIL(err, SM_INVALID,
                       len == 0 ? "the document is empty"
                                : "the document is too large");
    if (xml->documents++ == DOCUMENTS_PER_CONTEXT && make_context(xml) != SM_OK)
        return SM_FAIL(err, SM_INTERNAL, "no XML parser");
    xml->handler = handler;
    xml->err = err;
    xml->status = SM_OK;
    xml->depth = 0;
    xml->nodes = 0;
    doc = xmlCtxtReadMemory(xml->ctxt, bytes, (int)len, NULL, NULL,
                            XML_PARSE_NONET | XML_PARSE_COMPACT);
    xmlFreeDoc(doc); /* no tree is built, so this is NULL */
    if (xml->status != SM_OK)
        return xml->status;
    if (!xml->ctxt->wellFormed || !xml->ctxt->nsWellFormed)
        return SM_FAIL(err, SM_INVALID, "not well-formed");
    return SM_OK;
}

enum sm_status sm_xml_attribute(char *out, size_t size,
                                const struct sm_xml_element *element,
                                const char *name)
{
    /* libxml2 gives five pointers an attribute: local name, prefix, URI,
     * begin and end of the value. */
    const xmlChar *const *attribute = element->attributes_;

    for (int i = 0; i < element->count_; i++, attribute += 5) {
        size_t len = (size_t)(attribute[4] - attribute[3]);

        if (attribute[2] || strcmp((const char *)attribute[0], name) != 0)
            continue;
        if (len >= size)
            return SM_INVALID;
        memcpy(out, attribute[3], len);
        out[len] = '\0';
        return SM_OK;
    }
    return SM_NOT_FOUND;
}
