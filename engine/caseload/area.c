/* Areas. The file is small and written by the centre itself, so any fault stops the run. */
#include "caseload/area.h"

#include "value/cell.h"

#include <hedui/file.h>

enum { LARGEST = 16 << 20, COLUMNS = 4 };

typedef struct line_reader {
    const char *path;
    hedui_span rest;
    uint32_t line;
    hedui_err *err;
} line_reader;

/* One line's cells; the format has no quotes, so a quote is a fault rather than a guess. */
static hedui_status next_line(line_reader *r, hedui_span cells[COLUMNS], uint32_t *count)
{
    const char *end = memchr(r->rest.at, '\n', r->rest.length);
    size_t length = end ? (size_t)(end - r->rest.at) : r->rest.length;
    hedui_span line = {r->rest.at, length};
    r->rest.at += length + (end != NULL);
    r->rest.length -= length + (end != NULL);
    r->line++;
    if (line.length && line.at[line.length - 1] == '\r')
        line.length--;
    *count = 0;
    if (line.length == 0)
        return HEDUI_OK;
    for (;;) {
        const char *comma = memchr(line.at, ',', line.length);
        size_t used = comma ? (size_t)(comma - line.at) : line.length;
        if (*count == COLUMNS || memchr(line.at, '"', used))
            return hedui_fail(r->err, HEDUI_E4001, hedui_place_at(r->path, r->line, 0),
                              HEDUI_ARG_TEXT("code,name,parent,urban_rural"));
        cells[(*count)++] = (hedui_span){line.at, used};
        if (!comma)
            return HEDUI_OK;
        line.at += used + 1;
        line.length -= used + 1;
    }
}

static hedui_status read_header(line_reader *r, uint32_t order[3])
{
    static const char *const names[] = {"code", "name", "parent"};
    hedui_span cells[COLUMNS];
    uint32_t count;
    hedui_status status = next_line(r, cells, &count);
    if (status)
        return status;
    for (uint32_t n = 0; n < 3; n++) {
        order[n] = COLUMNS;
        for (uint32_t i = 0; i < count; i++)
            if (hedui_span_is(cells[i], names[n]))
                order[n] = i;
        if (order[n] == COLUMNS)
            return hedui_fail(r->err, HEDUI_E4001, hedui_place_at(r->path, r->line, 0),
                              HEDUI_ARG_TEXT("code,name,parent,urban_rural"));
    }
    return HEDUI_OK;
}

static hedui_status read_rows(hedui_areas *areas, hedui_span *parents, uint32_t *lines,
                              hedui_area *list, line_reader *r)
{
    uint32_t order[3];
    hedui_status status = read_header(r, order);
    while (!status && r->rest.length) {
        hedui_span cells[COLUMNS] = {{0}};
        uint32_t count, n = areas->count;
        status = next_line(r, cells, &count);
        if (status || count == 0)
            continue;
        hedui_place here = hedui_place_at(r->path, r->line, 0);
        for (uint32_t i = 0; i < 3; i++)
            if (order[i] >= count)
                return hedui_fail(r->err, HEDUI_E4001, here,
                                  HEDUI_ARG_TEXT("code,name,parent,urban_rural"));
        if (!hedui_utf8_valid(cells[order[1]])) /* would go into every report and its name */
            return hedui_fail_plain(r->err, HEDUI_E4006, here);
        list[n].code = cells[order[0]];
        list[n].name = cells[order[1]];
        parents[n] = cells[order[2]];
        lines[n] = r->line;
        uint32_t stored = hedui_table_put(&areas->by_code, list[n].code, n);
        if (stored == HEDUI_TABLE_NONE)
            return hedui_fail_memory(r->err);
        if (stored != n || list[n].code.length == 0)
            return hedui_fail(r->err, HEDUI_E4002, here, HEDUI_ARG_SPAN(list[n].code));
        areas->count++;
    }
    return status;
}

/* Parents by code, then depths; walking up more steps than there are areas means a circle. */
static hedui_status link_parents(hedui_areas *areas, hedui_area *list, const hedui_span *parents,
                                 const uint32_t *lines, hedui_span root, const char *path,
                                 hedui_err *err)
{
    areas->root = HEDUI_AREA_NONE;
    for (uint32_t i = 0; i < areas->count; i++) {
        hedui_place here = hedui_place_at(path, lines[i], 0);
        list[i].parent = HEDUI_AREA_NONE;
        if (parents[i].length) {
            list[i].parent = hedui_table_find(&areas->by_code, parents[i]);
            if (list[i].parent == HEDUI_TABLE_NONE)
                return hedui_fail(err, HEDUI_E4003, here, HEDUI_ARG_SPAN(parents[i]));
        } else if (!hedui_span_equal(list[i].code, root)) {
            return hedui_fail(err, HEDUI_E4004, here, HEDUI_ARG_SPAN(root));
        } else {
            areas->root = i;
        }
    }
    if (areas->root == HEDUI_AREA_NONE)
        return hedui_fail(err, HEDUI_E4004, hedui_place_file(path), HEDUI_ARG_SPAN(root));
    for (uint32_t i = 0; i < areas->count; i++) {
        for (uint32_t up = list[i].parent; up != HEDUI_AREA_NONE; up = list[up].parent)
            if (++list[i].depth > areas->count)
                return hedui_fail(err, HEDUI_E4003, hedui_place_at(path, lines[i], 0),
                                  HEDUI_ARG_SPAN(parents[i]));
    }
    return HEDUI_OK;
}

hedui_status hedui_areas_load(const hedui_areas **areas, const char *path, hedui_span root,
                              hedui_arena *arena, hedui_err *err)
{
    hedui_span text;
    hedui_status status = hedui_file_read(&text, path, LARGEST, arena, err);
    if (status)
        return status;
    size_t most = 1;
    for (size_t i = 0; i < text.length; i++)
        most += text.at[i] == '\n';
    hedui_areas *made = hedui_arena_take(arena, sizeof *made);
    hedui_area *list = hedui_arena_array(arena, most, sizeof *list);
    hedui_span *parents = hedui_arena_array(arena, most, sizeof *parents);
    uint32_t *lines = hedui_arena_array(arena, most, sizeof *lines);
    if (!made || !list || !parents || !lines)
        return hedui_fail_memory(err);
    hedui_table_init(&made->by_code, arena);
    status = hedui_digest_of(&made->digest, text, err);
    if (status)
        return status;
    if (text.length >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0) {
        text.at += 3;
        text.length -= 3;
    }
    line_reader r = {path, text, 0, err};
    status = read_rows(made, parents, lines, list, &r);
    if (!status)
        status = link_parents(made, list, parents, lines, root, path, err);
    if (status)
        return status;
    made->list = list;
    *areas = made;
    return HEDUI_OK;
}

uint32_t hedui_areas_find(const hedui_areas *areas, hedui_span code)
{
    return hedui_table_find(&areas->by_code, code);
}

uint32_t hedui_areas_at_depth(const hedui_areas *areas, uint32_t area, uint32_t depth)
{
    if (area == HEDUI_AREA_NONE || areas->list[area].depth < depth)
        return HEDUI_AREA_NONE;
    while (areas->list[area].depth > depth)
        area = areas->list[area].parent;
    return area;
}
