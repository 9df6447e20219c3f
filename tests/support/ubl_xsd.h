/* Documents against the XML schemas of UBL 2.1; included after cmocka.h. */
#ifndef SM_SUPPORT_UBL_XSD_H
#define SM_SUPPORT_UBL_XSD_H

#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>

#define UBL_XSD SM_TESTS "/data/ubl21-xsdrt/maindoc/"

/* Parsed once; freed at the end so that nothing is reported as lost. */
static xmlSchemaPtr ubl_schemas[2];

static inline void ubl_xsd_load(void)
{
    static const char *const files[] = {UBL_XSD "UBL-Invoice-2.1.xsd",
                                        UBL_XSD "UBL-CreditNote-2.1.xsd"};

    for (int i = 0; i < 2; i++) {
        xmlSchemaParserCtxtPtr ctxt = xmlSchemaNewParserCtxt(files[i]);

        assert_non_null(ctxt);
        ubl_schemas[i] = xmlSchemaParse(ctxt);
        xmlSchemaFreeParserCtxt(ctxt);
        assert_non_null(ubl_schemas[i]);
    }
}

static inline void ubl_xsd_free(void)
{
    xmlSchemaFree(ubl_schemas[0]);
    xmlSchemaFree(ubl_schemas[1]);
    xmlSchemaCleanupTypes();
    xmlCleanupParser();
}

static inline void ubl_xsd_silent(void *ctx, const char *format, ...)
{
    (void)ctx;
    (void)format;
}

/* True if the LEN bytes are well-formed and valid by the schema of its kind;
 * what is wrong goes to standard error, unless it is expected. */
static inline bool ubl_xsd_valid(const char *bytes, size_t len,
                                 bool credit_note, bool expected)
{
    xmlDocPtr doc =
        xmlReadMemory(bytes, (int)len, "document.xml", NULL, XML_PARSE_NONET);
    xmlSchemaValidCtxtPtr ctxt;
    int wrong;

    if (!doc)
        return false;
    ctxt = xmlSchemaNewValidCtxt(ubl_schemas[credit_note]);
    assert_non_null(ctxt);
    if (!expected)
        xmlSchemaSetValidErrors(ctxt, ubl_xsd_silent, ubl_xsd_silent, NULL);
    wrong = xmlSchemaValidateDoc(ctxt, doc);
    xmlSchemaFreeValidCtxt(ctxt);
    xmlFreeDoc(doc);
    return wrong == 0;
}

#endif
