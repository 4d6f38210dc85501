/* A line that names nobody stops the run: a household that was meant and is left out would look as
 * if nothing had been found about it. */
#include "run/scope.h"

#include "value/mask.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TOLD = 20, SHOWN = 64 };

static int is_blank(char c)
{
    return c == ' ' || c == '\r' || c == '\t';
}

static hedui_span trim(hedui_span text)
{
    while (text.length && is_blank(text.at[0])) {
        text.at++;
        text.length--;
    }
    while (text.length && is_blank(text.at[text.length - 1]))
        text.length--;
    return text;
}

static hedui_span first_cell(hedui_span line)
{
    hedui_span cell = trim(line);
    if (cell.length && cell.at[0] == '"') {
        const char *end = memchr(cell.at + 1, '"', cell.length - 1);
        if (end)
            return trim((hedui_span){cell.at + 1, (size_t)(end - cell.at - 1)});
    }
    for (size_t i = 0; i < cell.length; i++)
        if (cell.at[i] == ',' || cell.at[i] == '\t')
            cell.length = i;
    return trim(cell);
}

static hedui_status nobody(const char *file, hedui_err *err)
{
    return hedui_fail(err, HEDUI_E4017, hedui_place_none(), HEDUI_ARG_TEXT(file));
}

hedui_status hedui_scope_read(hedui_scope *scope, const char *file, hedui_span text,
                              hedui_arena *arena, hedui_err *err)
{
    size_t most = 1;
    uint32_t number = 0, count = 0;
    for (size_t i = 0; i < text.length; i++)
        most += text.at[i] == '\n';
    hedui_scope_line *lines = hedui_arena_array(arena, most, sizeof *lines);
    if (!lines)
        return hedui_fail_memory(err);
    if (text.length >= 3 && memcmp(text.at, "\xEF\xBB\xBF", 3) == 0)
        text = (hedui_span){text.at + 3, text.length - 3};
    while (text.length) {
        const char *end = memchr(text.at, '\n', text.length);
        hedui_span line = {text.at, end ? (size_t)(end - text.at) : text.length};
        size_t used = line.length + (end != NULL);
        text = (hedui_span){text.at + used, text.length - used};
        number++;
        hedui_span id = first_cell(line);
        if (id.length && id.at[0] != '#')
            lines[count++] = (hedui_scope_line){id, number};
    }
    if (!count)
        return nobody(file, err);
    *scope = (hedui_scope){file, lines, count};
    return HEDUI_OK;
}

static int by_id(const void *a, const void *b)
{
    const hedui_household *x = *(const hedui_household *const *)a,
                          *y = *(const hedui_household *const *)b;
    return hedui_span_compare(x->id, y->id);
}

static int is_heading(hedui_span cell, const hedui_caseload *caseload)
{
    uint32_t column = caseload->household_columns[HEDUI_HOUSEHOLD_ID];
    const hedui_layout *layout = caseload->household_delivery->layout;
    if (column >= layout->column_count)
        return 0;
    for (uint32_t i = 0; i < layout->columns[column].header_count; i++)
        if (hedui_span_equal(cell, layout->columns[column].headers[i]))
            return 1;
    return 0;
}

/* What stands there may be anything, a citizen number too. */
static hedui_status unknown(const hedui_scope *scope, const hedui_scope_line *line, hedui_err *err)
{
    char shown[SHOWN * 4];
    hedui_span id = line->id;
    hedui_place place = hedui_place_none();
    if (id.length > SHOWN)
        id.length = SHOWN;
    hedui_mask_excerpt(shown, sizeof shown, id, HEDUI_MASK_NOTHING);
    place.file = scope->file;
    place.line = line->line;
    return hedui_fail(err, HEDUI_E4016, place, HEDUI_ARG_TEXT(shown));
}

hedui_status hedui_scope_find(const uint8_t **in, const hedui_scope *scope,
                              const hedui_caseload *caseload, hedui_arena *arena,
                              const hedui_notes *notes, hedui_err *err)
{
    uint32_t count = caseload->household_count, found = 0, told = 0;
    const hedui_household **sorted = hedui_arena_array(arena, count, sizeof *sorted);
    uint8_t *made = hedui_arena_array(arena, count, 1);
    hedui_status status = HEDUI_OK;
    if (!sorted || !made)
        return hedui_fail_memory(err);
    for (uint32_t i = 0; i < count; i++)
        sorted[i] = &caseload->households[i];
    if (count)
        qsort(sorted, count, sizeof *sorted, by_id);
    for (uint32_t i = 0; i < scope->count; i++) {
        const hedui_household key = {.id = scope->lines[i].id}, *wanted = &key;
        const hedui_household **hit =
            count ? bsearch(&wanted, sorted, count, sizeof *sorted, by_id) : NULL;
        if (hit) {
            made[*hit - caseload->households] = 1;
            found++;
        } else if (i > 0 || !is_heading(scope->lines[i].id, caseload)) {
            hedui_err one;
            hedui_err_init(&one);
            hedui_status failed = unknown(scope, &scope->lines[i], &one);
            if (notes && told++ < MOST_TOLD)
                notes->add(notes->context, &one);
            if (!status && err && err->status == HEDUI_OK)
                *err = one;
            status = status ? status : failed;
        }
    }
    if (!status && !found)
        status = nobody(scope->file, err);
    if (!status)
        *in = made;
    return status;
}
