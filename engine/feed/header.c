/* Headers are few and read once: plain comparison, no table. */
#include "feed/header.h"

#include "value/cell.h"

enum { NO_MORE = 0x110000 }; /* no character */

/* The next character that counts: people space headers out (姓 名) and break them in two lines. */
static uint32_t folded(hedui_span *text)
{
    while (text->length) {
        uint32_t c = hedui_utf8_take(text);
        if (hedui_is_blank(c) || c == '\n' || c == '\r')
            continue;
        if (c >= 0xFF01 && c <= 0xFF5E)
            c = c - 0xFF01 + 0x21;
        return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
    }
    return NO_MORE;
}

/* The same header but for case, width and blanks. */
static int same(hedui_span a, hedui_span b)
{
    uint32_t c;
    do {
        c = folded(&a);
        if (c != folded(&b))
            return 0;
    } while (c != NO_MORE);
    return 1;
}

uint32_t hedui_header_column(const hedui_layout *layout, hedui_span cell)
{
    for (uint32_t c = 0; c < layout->column_count; c++) {
        const hedui_column *column = &layout->columns[c];
        if (same(cell, column->name))
            return c;
        for (uint32_t i = 0; i < column->header_count; i++)
            if (same(cell, column->headers[i]))
                return c;
    }
    return HEDUI_COLUMN_NONE;
}

uint32_t hedui_header_known(const hedui_layout *layout, const hedui_span *cells, uint32_t count)
{
    uint32_t known = 0;
    for (uint32_t i = 0; i < count; i++)
        known += hedui_header_column(layout, cells[i]) != HEDUI_COLUMN_NONE;
    return known;
}

hedui_refusal hedui_header_read(hedui_header *header, hedui_span *detail,
                                const hedui_layout *layout, const hedui_span *cells, uint32_t count,
                                hedui_arena *arena)
{
    while (count && !hedui_trim(cells[count - 1]).length)
        count--;
    hedui_span *extra = hedui_arena_array(arena, count, sizeof *extra);
    if (!extra)
        return HEDUI_REFUSAL_COUNT;
    header->cells = count;
    header->extra = extra;
    header->extra_count = 0;
    for (uint32_t c = 0; c < layout->column_count; c++)
        header->cell_of[c] = HEDUI_COLUMN_NONE;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t c = hedui_header_column(layout, cells[i]);
        if (c == HEDUI_COLUMN_NONE) {
            hedui_span name = hedui_arena_copy(arena, hedui_trim(cells[i]));
            if (!name.at)
                return HEDUI_REFUSAL_COUNT;
            extra[header->extra_count++] = name;
        } else if (header->cell_of[c] != HEDUI_COLUMN_NONE) {
            *detail = layout->columns[c].title;
            return HEDUI_REFUSAL_column_doubled;
        } else {
            header->cell_of[c] = i;
        }
    }
    for (uint32_t c = 0; c < layout->column_count; c++)
        if (layout->columns[c].header_required && header->cell_of[c] == HEDUI_COLUMN_NONE) {
            *detail = layout->columns[c].title;
            return HEDUI_REFUSAL_column_missing;
        }
    return HEDUI_REFUSAL_none;
}
