/* expat, fed from the archive by pieces. */
#include "sheet/xml.h"

#include <hedui/buffer.h>

#include <expat.h>

/* Parts name the namespace before the local name, with this between. */
enum { SEPARATOR = '|', PIECE = 64 * 1024 };

typedef struct reading {
    const hedui_xml_reader *reader;
    XML_Parser parser;
    hedui_err *err;
    hedui_status status;
    uint32_t depth;
    int refused; /* a document type, or too deep */
} reading;

static const char *local(const char *name)
{
    const char *mark = strrchr(name, SEPARATOR);
    return mark ? mark + 1 : name;
}

const char *hedui_xml_attribute(const char *const *attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(local(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

int hedui_xml_is_true(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void stop(reading *r, hedui_status status)
{
    r->status = status;
    (void)XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    reading *r = data;
    if (r->status != HEDUI_OK || r->refused)
        return;
    if (++r->depth > HEDUI_XML_DEPTH) {
        r->refused = 1;
        (void)XML_StopParser(r->parser, XML_FALSE);
        return;
    }
    hedui_status status = r->reader->start(r->reader->context, local(name),
                                           (const char *const *)(uintptr_t)attributes, r->err);
    if (status != HEDUI_OK)
        stop(r, status);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
    reading *r = data;
    if (r->status != HEDUI_OK || r->refused)
        return;
    r->depth--;
    hedui_status status =
        r->reader->end ? r->reader->end(r->reader->context, local(name), r->err) : HEDUI_OK;
    if (status != HEDUI_OK)
        stop(r, status);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int length)
{
    reading *r = data;
    if (r->status != HEDUI_OK || r->refused || !r->reader->text)
        return;
    hedui_status status =
        r->reader->text(r->reader->context, (hedui_span){text, (size_t)length}, r->err);
    if (status != HEDUI_OK)
        stop(r, status);
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int internal)
{
    reading *r = data;
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    r->refused = 1;
    (void)XML_StopParser(r->parser, XML_FALSE);
}

/* Feed the parser; what it stumbles on is told with the part's name. */
static hedui_status feed(reading *r, hedui_zip_stream *stream, const hedui_zip_entry *part,
                         const char *file, hedui_err *err)
{
    for (;;) {
        size_t got = 0;
        void *room = XML_GetBuffer(r->parser, PIECE);
        if (!room)
            return hedui_fail_memory(err);
        hedui_status status = hedui_zip_read(&got, stream, room, PIECE, err);
        if (status != HEDUI_OK)
            return status;
        if (XML_ParseBuffer(r->parser, (int)got, got == 0) == XML_STATUS_ERROR) {
            if (r->refused)
                return hedui_fail(err, HEDUI_E2218, hedui_place_none(), HEDUI_ARG_TEXT(file),
                                  HEDUI_ARG_SPAN(part->name));
            if (r->status != HEDUI_OK)
                return r->status == HEDUI_XML_ENOUGH ? HEDUI_OK : r->status;
            if (XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY)
                return hedui_fail_memory(err);
            return hedui_fail(err, HEDUI_E2217, hedui_place_none(), HEDUI_ARG_TEXT(file),
                              HEDUI_ARG_SPAN(part->name),
                              HEDUI_ARG_NUMBER(XML_GetCurrentLineNumber(r->parser)),
                              HEDUI_ARG_TEXT(XML_ErrorString(XML_GetErrorCode(r->parser))));
        }
        if (!got)
            return HEDUI_OK;
    }
}

hedui_status hedui_xml_read(const hedui_xml_reader *reader, hedui_zip *zip,
                            const hedui_zip_entry *part, const char *file, hedui_err *err)
{
    reading r = {.reader = reader, .err = err};
    hedui_zip_stream *stream = NULL;
    hedui_arena *arena = hedui_arena_open(256);
    r.parser = XML_ParserCreateNS(NULL, SEPARATOR);
    hedui_status status = arena && r.parser ? HEDUI_OK : hedui_fail_memory(err);
    if (status == HEDUI_OK)
        status = hedui_zip_stream_open(&stream, zip, part, arena, err);
    if (status == HEDUI_OK) {
        XML_SetUserData(r.parser, &r);
        XML_SetElementHandler(r.parser, on_start, on_end);
        XML_SetCharacterDataHandler(r.parser, on_text);
        XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
        status = feed(&r, stream, part, file, err);
    }
    hedui_zip_stream_close(stream);
    if (r.parser)
        XML_ParserFree(r.parser);
    hedui_arena_close(arena);
    return status;
}
