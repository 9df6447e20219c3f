/* XML from strangers, parsed safely; the only user of libxml2.
 *
 * The document is walked once and reported element by element; no tree is
 * built.  Refused, always: a DOCTYPE (so there are no entities but the five of
 * XML and nothing external is ever loaded), prefixes without a namespace,
 * more bytes, levels or nodes than the limits allow. */
#ifndef SM_XML_XML_H
#define SM_XML_XML_H

#include <stddef.h>

#include "base/status.h"

struct sm_xml;

struct sm_xml_limits {
    size_t bytes; /* of the document */
    int depth;    /* levels of elements */
    size_t nodes; /* elements and attributes */
};

/* An element at its start tag.  Lives during the call. */
struct sm_xml_element {
    const char *uri;  /* namespace, "" for none */
    const char *name; /* local name, without prefix */
    int line;
    const void *attributes_; /* for sm_xml_attribute() */
    int count_;
};

/* What the walk reports.  Any status but SM_OK ends it and is returned. */
struct sm_xml_handler {
    void *ctx;
    enum sm_status (*open)(void *ctx, const struct sm_xml_element *element,
                           struct sm_error *err);
    /* A piece of character data of the innermost element; one text may come
     * in several pieces. */
    enum sm_status (*text)(void *ctx, const char *text, size_t len,
                           struct sm_error *err);
    enum sm_status (*close)(void *ctx, struct sm_error *err);
};

/* A parser that may be used for any number of documents, one at a time, by
 * one thread.  Free with sm_xml_free(). */
enum sm_status sm_xml_new(struct sm_xml **out,
                          const struct sm_xml_limits *limits,
                          struct sm_error *err) SM_MUSTCHECK;

/* NULL is fine. */
void sm_xml_free(struct sm_xml *xml);

/* Walk the LEN bytes of one document.  SM_INVALID if it is not well-formed
 * or breaks a limit (the message names the line); else what the handler
 * returned. */
enum sm_status sm_xml_parse(struct sm_xml *xml, const char *bytes, size_t len,
                            const struct sm_xml_handler *handler,
                            struct sm_error *err) SM_MUSTCHECK;

/* Copy the value of the attribute NAME (without namespace) into OUT[SIZE].
 * SM_NOT_FOUND if it is absent, SM_INVALID if it does not fit. */
enum sm_status sm_xml_attribute(char *out, size_t size,
                                const struct sm_xml_element *element,
                                const char *name) SM_MUSTCHECK;

#endif
