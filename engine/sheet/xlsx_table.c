/* What cells refer to by number: shared texts and styles. */
#include "sheet/xlsx_part.h"

#include "sheet/xlsx_number.h"
#include "value/cell.h"

static int hex(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* The code unit of "_xHHHH_" at `at`, or -1. */
static int32_t escaped(const char *at, size_t left)
{
    enum { LENGTH = 7 };
    int32_t unit = 0;
    if (left < LENGTH || at[0] != '_' || at[1] != 'x' || at[6] != '_')
        return -1;
    for (int i = 2; i < 6; i++) {
        int digit = hex(at[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

void hedui_xlsx_unescape(hedui_buffer *buffer, size_t from)
{
    enum { LENGTH = 7 };
    char *text = buffer->data;
    size_t to = from;
    if (buffer->length <= from || !memchr(text + from, '_', buffer->length - from))
        return;
    for (size_t at = from; at < buffer->length;) {
        int32_t unit = escaped(text + at, buffer->length - at);
        /* a NUL or half a pair stays as it is written: there is no character for it */
        if (unit <= 0 || (unit >= 0xD800 && unit <= 0xDFFF)) {
            text[to++] = text[at++];
            continue;
        }
        to += (size_t)hedui_utf8_put(text + to, (uint32_t)unit); /* shorter than the escape */
        at += LENGTH;
    }
    buffer->length = to;
    text[to] = '\0';
}

typedef struct strings {
    hedui_xlsx *xlsx;
    size_t start; /* of the text being read */
    int in_text, in_phonetic;
} strings;

static hedui_status strings_start(void *context, const char *name, const char *const *attributes,
                                  hedui_err *err)
{
    strings *s = context;
    (void)attributes;
    (void)err;
    if (strcmp(name, "si") == 0)
        s->start = s->xlsx->shared.length;
    else if (strcmp(name, "rPh") == 0)
        s->in_phonetic = 1;
    else if (strcmp(name, "t") == 0)
        s->in_text = !s->in_phonetic;
    return HEDUI_OK;
}

static hedui_status check_shared(const hedui_xlsx *xlsx, hedui_err *err)
{
    if (hedui_buffer_failed(&xlsx->shared) || hedui_buffer_failed(&xlsx->shared_ends))
        return hedui_fail_memory(err);
    if (xlsx->shared.length + xlsx->shared_ends.length > xlsx->shared_limit)
        return hedui_fail(err, HEDUI_E2219, hedui_place_none(), HEDUI_ARG_TEXT(xlsx->name),
                          HEDUI_ARG_NUMBER(xlsx->shared_limit));
    return HEDUI_OK;
}

static hedui_status strings_text(void *context, hedui_span text, hedui_err *err)
{
    strings *s = context;
    if (!s->in_text)
        return HEDUI_OK;
    hedui_buffer_add(&s->xlsx->shared, text);
    return check_shared(s->xlsx, err);
}

static hedui_status strings_end(void *context, const char *name, hedui_err *err)
{
    strings *s = context;
    hedui_xlsx *xlsx = s->xlsx;
    if (strcmp(name, "t") == 0)
        s->in_text = 0;
    else if (strcmp(name, "rPh") == 0)
        s->in_phonetic = 0;
    if (strcmp(name, "si") != 0)
        return HEDUI_OK;
    hedui_xlsx_unescape(&xlsx->shared, s->start);
    uint32_t end = (uint32_t)xlsx->shared.length; /* below the limit, which is far below 4 GiB */
    hedui_buffer_add(&xlsx->shared_ends, (hedui_span){(const char *)&end, sizeof end});
    xlsx->shared_count++;
    return check_shared(xlsx, err);
}

hedui_status hedui_xlsx_read_shared(hedui_xlsx *xlsx, hedui_err *err)
{
    const hedui_zip_entry *part = NULL;
    strings s = {.xlsx = xlsx};
    hedui_xml_reader reader = {strings_start, strings_end, strings_text, &s};
    if (xlsx->shared_read || !xlsx->strings_part.length)
        return HEDUI_OK;
    hedui_status status = hedui_xlsx_part(&part, xlsx, xlsx->strings_part, err);
    if (status == HEDUI_OK)
        status = hedui_xml_read(&reader, xlsx->zip, part, xlsx->name, err);
    xlsx->shared_read = status == HEDUI_OK;
    return status;
}

int hedui_xlsx_shared(hedui_span *text, const hedui_xlsx *xlsx, uint32_t index)
{
    uint32_t from = 0, to;
    if (index >= xlsx->shared_count)
        return 0;
    if (index)
        memcpy(&from, xlsx->shared_ends.data + (index - 1) * sizeof from, sizeof from);
    memcpy(&to, xlsx->shared_ends.data + index * sizeof to, sizeof to);
    *text = (hedui_span){to > from ? xlsx->shared.data + from : "", to - from};
    return 1;
}

typedef struct styles {
    hedui_xlsx *xlsx;
    struct {
        uint32_t number;
        unsigned format;
    } codes[HEDUI_XLSX_CODES];
    uint32_t code_count;
    int in_cells; /* inside cellXfs, which is what cells refer to */
} styles;

static unsigned format_of(const styles *s, uint32_t number)
{
    for (uint32_t i = 0; i < s->code_count; i++)
        if (s->codes[i].number == number)
            return s->codes[i].format;
    return hedui_xlsx_format_known(number);
}

static hedui_status styles_start(void *context, const char *name, const char *const *attributes,
                                 hedui_err *err)
{
    styles *s = context;
    uint32_t number = 0;
    if (strcmp(name, "cellXfs") == 0)
        s->in_cells = 1;
    if (strcmp(name, "numFmt") == 0) {
        const char *code = hedui_xml_attribute(attributes, "formatCode");
        if (s->in_cells || !code ||
            !hedui_xlsx_index(&number, hedui_xml_attribute(attributes, "numFmtId")))
            return HEDUI_OK;
        if (s->code_count == HEDUI_XLSX_CODES)
            return hedui_xlsx_too_many(s->xlsx, name, err);
        s->codes[s->code_count].number = number;
        s->codes[s->code_count++].format = hedui_xlsx_format(hedui_span_of(code));
    }
    if (strcmp(name, "xf") == 0 && s->in_cells) {
        if (s->xlsx->format_count == HEDUI_XLSX_FORMATS)
            return hedui_xlsx_too_many(s->xlsx, name, err);
        (void)hedui_xlsx_index(&number, hedui_xml_attribute(attributes, "numFmtId"));
        s->xlsx->formats[s->xlsx->format_count++] = (uint8_t)format_of(s, number);
    }
    return HEDUI_OK;
}

static hedui_status styles_end(void *context, const char *name, hedui_err *err)
{
    styles *s = context;
    (void)err;
    if (strcmp(name, "cellXfs") == 0)
        s->in_cells = 0;
    return HEDUI_OK;
}

hedui_status hedui_xlsx_read_styles(hedui_xlsx *xlsx, hedui_err *err)
{
    const hedui_zip_entry *part = NULL;
    if (!xlsx->styles_part.length)
        return HEDUI_OK;
    styles *s = hedui_arena_take(xlsx->arena, sizeof *s);
    if (!s)
        return hedui_fail_memory(err);
    s->xlsx = xlsx;
    hedui_xml_reader reader = {styles_start, styles_end, NULL, s};
    hedui_status status = hedui_xlsx_part(&part, xlsx, xlsx->styles_part, err);
    return status ? status : hedui_xml_read(&reader, xlsx->zip, part, xlsx->name, err);
}
