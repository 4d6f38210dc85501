/** @file
 * Rows and columns on a terminal, aligned by display width: a Chinese character takes two columns.
 */
#ifndef HEDUI_CLI_GRID_H
#define HEDUI_CLI_GRID_H

#include <hedui/arena.h>
#include <hedui/buffer.h>

#include <stdint.h>

enum { HEDUI_CLI_GRID_COLUMNS = 16, HEDUI_CLI_GRID_BLOCK = 1024, HEDUI_CLI_GRID_CELLS = 1 << 20 };

typedef struct hedui_cli_grid {
    const char *sides; /**< one letter a column: 'l' or 'r' */
    const hedui_span *cells[HEDUI_CLI_GRID_CELLS / HEDUI_CLI_GRID_BLOCK];
    hedui_span *block; /**< of HEDUI_CLI_GRID_BLOCK cells, being filled */
    uint32_t count;
    hedui_arena *arena;
} hedui_cli_grid;

/** An empty grid; `sides` ("lrr") is borrowed. */
void hedui_cli_grid_init(hedui_cli_grid *grid, const char *sides, hedui_arena *arena);

/** Add a cell behind the last; a full row is followed by the next. The text is borrowed. Cells
 * beyond HEDUI_CLI_GRID_CELLS are left out: longer lists are for files. */
void hedui_cli_grid_add(hedui_cli_grid *grid, hedui_span text);

/** The cell with index `i` in the order of adding; empty behind the last. */
hedui_span hedui_cli_grid_cell(const hedui_cli_grid *grid, uint32_t i);

/** Append the rows, each with `indent` blanks in front and two blanks between columns. Where
 * standard output is a terminal, columns of text are folded to its width if that is enough. */
void hedui_cli_grid_print(hedui_buffer *out, const hedui_cli_grid *grid, uint32_t indent);

#endif
