/** @file
 * One XML part of an archive, read as a stream of elements and text.
 *
 * Namespaces are looked through: a handler sees local names, whatever prefix a program wrote. A
 * document type is refused (no entities, so none that multiply), depth is bounded.
 */
#ifndef HEDUI_SHEET_XML_H
#define HEDUI_SHEET_XML_H

#include "sheet/zip.h"

enum { HEDUI_XML_DEPTH = 64 };

/** What is done with a part. Each returns HEDUI_OK to go on; another status ends the reading and is
 * given back, HEDUI_XML_ENOUGH as HEDUI_OK. */
typedef struct hedui_xml_reader {
    hedui_status (*start)(void *context, const char *name, const char *const *attributes,
                          hedui_err *err); /**< attributes: name, value, …, NULL */
    hedui_status (*end)(void *context, const char *name, hedui_err *err);
    hedui_status (*text)(void *context, hedui_span text, hedui_err *err); /**< may come in pieces */
    void *context;
} hedui_xml_reader;

/** No need to read on. */
#define HEDUI_XML_ENOUGH ((hedui_status)-1)

/**
 * Read a part from beginning to end.
 *
 * @param file  Name of the archive, for errors.
 * @return HEDUI_E2217 (not well-formed), E2218 (document type, too deep), as hedui_zip_read.
 */
hedui_status hedui_xml_read(const hedui_xml_reader *reader, hedui_zip *zip,
                            const hedui_zip_entry *part, const char *file, hedui_err *err);

/** The value of an attribute by its local name, or NULL. */
const char *hedui_xml_attribute(const char *const *attributes, const char *name);

/** 1 for "1" and "true". NULL is no. */
int hedui_xml_is_true(const char *value);

#endif
