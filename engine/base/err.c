/* Error values: texts are copied into the value's own fixed room, so that reporting "no memory"
 * needs none and a worker's error can leave its thread by value. */
#include <hedui/err.h>

void hedui_err_init(hedui_err *err)
{
    if (err)
        memset(err, 0, sizeof *err);
    if (err)
        err->offset = -1;
}

/* Number of leading bytes, at most `room`, that do not cut a UTF-8 character. */
static size_t whole_characters(hedui_span text, size_t room)
{
    if (text.length <= room)
        return text.length;
    size_t n = room;
    while (n > 0 && ((unsigned char)text.at[n] & 0xC0) == 0x80)
        n--;
    return n;
}

static void copy_file(hedui_err *err, const char *file)
{
    static const char dots[] = "...";
    hedui_span name = hedui_span_of(file);
    if (name.length < HEDUI_ERR_FILE) {
        memcpy(err->file, name.at, name.length);
        err->file[name.length] = '\0';
        return;
    }
    size_t keep = HEDUI_ERR_FILE - sizeof dots;
    const char *tail = name.at + name.length - keep;
    while (((unsigned char)*tail & 0xC0) == 0x80) {
        tail++;
        keep--;
    }
    memcpy(err->file, dots, sizeof dots - 1);
    memcpy(err->file + sizeof dots - 1, tail, keep);
    err->file[sizeof dots - 1 + keep] = '\0';
}

static void copy_text(hedui_err *err, unsigned slot, hedui_span text)
{
    static const hedui_span ellipsis = HEDUI_SPAN("…");
    enum { LONGEST = 240 };
    size_t room = (size_t)HEDUI_ERR_TEXT - err->text_used;
    size_t most = room < LONGEST ? room : LONGEST;
    size_t used = text.length;
    int cut = text.length > most;
    if (cut)
        used = most > ellipsis.length ? whole_characters(text, most - ellipsis.length) : 0;
    err->args[slot].at = err->text_used;
    if (used)
        memcpy(err->text + err->text_used, text.at, used);
    if (cut && most > ellipsis.length) {
        memcpy(err->text + err->text_used + used, ellipsis.at, ellipsis.length);
        used += ellipsis.length;
    }
    err->args[slot].length = (uint16_t)used;
    err->text_used = (uint16_t)(err->text_used + used);
}

hedui_status hedui_fail_with(hedui_err *err, hedui_status status, hedui_place place,
                             const hedui_arg *args)
{
    if (!err || err->status != HEDUI_OK)
        return status;
    hedui_err_init(err);
    err->status = status;
    err->line = place.line;
    err->column = place.column;
    err->offset = place.offset;
    copy_file(err, place.file);
    for (unsigned i = 0; i < HEDUI_ERR_ARGS && args[i].kind != HEDUI_ARG_KIND_END; i++) {
        err->args[i].kind = (uint8_t)args[i].kind;
        err->args[i].number = args[i].number;
        if (args[i].kind == HEDUI_ARG_KIND_TEXT)
            copy_text(err, i, args[i].text);
    }
    return status;
}

hedui_status hedui_fail_plain(hedui_err *err, hedui_status status, hedui_place place)
{
    static const hedui_arg none[] = {HEDUI_ARG_END};
    return hedui_fail_with(err, status, place, none);
}

hedui_status hedui_fail_memory(hedui_err *err)
{
    return hedui_fail_plain(err, HEDUI_E1001, hedui_place_none());
}

void hedui_err_excerpt(hedui_err *err, hedui_span source_line, uint32_t column, uint32_t width)
{
    if (!err)
        return;
    size_t used = whole_characters(source_line, HEDUI_ERR_EXCERPT - 1);
    memcpy(err->excerpt, source_line.at, used);
    err->excerpt[used] = '\0';
    err->caret_column = column;
    err->caret_width = width;
}
