/* Two passes: widths, then text. */
#include "cli/grid.h"

#include <hedui/escape.h>

enum { BLOCK = HEDUI_CLI_GRID_BLOCK };

void hedui_cli_grid_init(hedui_cli_grid *grid, const char *sides, hedui_arena *arena)
{
    memset(grid, 0, sizeof *grid);
    grid->sides = sides;
    grid->arena = arena;
}

void hedui_cli_grid_add(hedui_cli_grid *grid, hedui_span text)
{
    if (grid->count == HEDUI_CLI_GRID_CELLS)
        return;
    if (grid->count % BLOCK == 0) {
        grid->block = hedui_arena_array(grid->arena, BLOCK, sizeof *grid->block);
        if (!grid->block)
            return;
        grid->cells[grid->count / BLOCK] = grid->block;
    }
    grid->block[grid->count++ % BLOCK] = text;
}

/* Blanks in front of an empty last cell are cut off again. */
static void end_line(hedui_buffer *out)
{
    while (out->length && out->data[out->length - 1] == ' ')
        out->data[--out->length] = '\0';
    hedui_buffer_byte(out, '\n');
}

void hedui_cli_grid_print(hedui_buffer *out, const hedui_cli_grid *grid, uint32_t indent)
{
    size_t widths[HEDUI_CLI_GRID_COLUMNS] = {0};
    uint32_t columns = (uint32_t)strlen(grid->sides);
    for (uint32_t i = 0; i < grid->count; i++) {
        size_t width = hedui_display_width(grid->cells[i / BLOCK][i % BLOCK]);
        if (width > widths[i % columns])
            widths[i % columns] = width;
    }
    for (uint32_t i = 0; i < grid->count; i++) {
        hedui_span text = grid->cells[i / BLOCK][i % BLOCK];
        uint32_t column = i % columns;
        int last = column + 1 == columns || i + 1 == grid->count;
        for (uint32_t blank = 0; column == 0 && blank < indent; blank++)
            hedui_buffer_byte(out, ' ');
        if (grid->sides[column] == 'r')
            hedui_pad_left(out, text, widths[column]);
        else if (last)
            hedui_buffer_add(out, text);
        else
            hedui_pad_right(out, text, widths[column]);
        if (last)
            end_line(out);
        else
            hedui_buffer_text(out, "  ");
    }
}
