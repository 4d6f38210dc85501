/* Two passes: widths, then text. On a terminal that is narrower than the rows, cells of text go on
 * in the next line of their column; off it a row is a line, as programs want it. */
#include "cli/grid.h"

#include <hedui/escape.h>

#include <sys/ioctl.h>
#include <unistd.h>

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

hedui_span hedui_cli_grid_cell(const hedui_cli_grid *grid, uint32_t i)
{
    return i < grid->count ? grid->cells[i / BLOCK][i % BLOCK] : (hedui_span){"", 0};
}

/* Columns of the terminal that reads this; 0: nobody's, and a row is a line. */
static size_t terminal_width(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col;
}

/* The widest column of text that may give way, or the number of columns. Days and numbers of rules
 * stay whole as long as longer texts can give. */
static uint32_t widest_of(const size_t *made, const size_t *widths, const char *sides, int any)
{
    enum { SHORT = 16, LEAST = 12, LEAST_OF_ANY = 8 };
    uint32_t columns = (uint32_t)strlen(sides), widest = columns;
    for (uint32_t c = 0; c < columns; c++) {
        int gives = any ? made[c] > LEAST_OF_ANY : widths[c] > SHORT && made[c] > LEAST;
        if (sides[c] == 'l' && gives && (widest == columns || made[c] > made[widest]))
            widest = c;
    }
    return widest;
}

/* Narrow columns of text, the widest first, until a row fits; numbers are never parted. Where that
 * is not enough the rows stay whole: the terminal breaks them as it does with any line. */
static void fit(size_t *widths, const char *sides, size_t indent, size_t most)
{
    size_t made[HEDUI_CLI_GRID_COLUMNS], total = indent;
    uint32_t columns = (uint32_t)strlen(sides);
    memcpy(made, widths, sizeof made);
    for (uint32_t c = 0; c < columns; c++)
        total += made[c] + (c ? 2 : 0);
    for (int any = 0; most && total > most && any < 2; any++) {
        uint32_t widest;
        while (total > most && (widest = widest_of(made, widths, sides, any)) < columns) {
            made[widest]--;
            total--;
        }
    }
    if (!most || total <= most)
        memcpy(widths, made, sizeof made);
}

/* 1 if `text` begins with a mark that no line begins with. */
static int begins_with_mark(hedui_span text)
{
    static const char *const marks[] = {"，", "。", "；", "：", "、", "）", "》", "”"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (text.length >= strlen(marks[i]) && memcmp(text.at, marks[i], strlen(marks[i])) == 0)
            return 1;
    return 0;
}

/* The beginning of `text` that stands in one line of a column; a blank at its end goes with it. */
static size_t part_of(hedui_span text, size_t width)
{
    size_t length = 0, before = 0, gap = 0;
    for (size_t end = 1; end <= text.length; end++) {
        int whole = end == text.length || ((unsigned char)text.at[end] & 0xC0) != 0x80;
        if (!whole)
            continue;
        if (hedui_display_width((hedui_span){text.at, end}) > width && length) {
            if (text.at[length] == ' ')
                return length + 1;
            if (begins_with_mark((hedui_span){text.at + length, text.length - length}) && before)
                return before;
            return gap > length / 2 ? gap : length;
        }
        before = length;
        length = end;
        gap = text.at[end - 1] == ' ' ? end : gap;
    }
    return text.length;
}

/* One row, in as many lines as its longest cell needs. */
static void print_row(hedui_buffer *out, const hedui_cli_grid *grid, uint32_t row,
                      const size_t *widths, uint32_t indent)
{
    hedui_span rest[HEDUI_CLI_GRID_COLUMNS];
    uint32_t columns = (uint32_t)strlen(grid->sides);
    int more = 1;
    for (uint32_t c = 0; c < columns; c++)
        rest[c] = hedui_cli_grid_cell(grid, row * columns + c);
    while (more) {
        more = 0;
        for (uint32_t blank = 0; blank < indent; blank++)
            hedui_buffer_byte(out, ' ');
        for (uint32_t c = 0; c < columns; c++) {
            size_t length = part_of(rest[c], widths[c]);
            hedui_span part = {rest[c].at, length};
            hedui_buffer_text(out, c ? "  " : "");
            if (grid->sides[c] == 'r')
                hedui_pad_left(out, part, widths[c]);
            else
                hedui_pad_right(out, part, widths[c]);
            rest[c] = (hedui_span){rest[c].at + length, rest[c].length - length};
            more |= rest[c].length != 0;
        }
        end_line(out);
    }
}

void hedui_cli_grid_print(hedui_buffer *out, const hedui_cli_grid *grid, uint32_t indent)
{
    size_t widths[HEDUI_CLI_GRID_COLUMNS] = {0};
    uint32_t columns = (uint32_t)strlen(grid->sides);
    for (uint32_t i = 0; i < grid->count; i++) {
        size_t width = hedui_display_width(hedui_cli_grid_cell(grid, i));
        if (width > widths[i % columns])
            widths[i % columns] = width;
    }
    fit(widths, grid->sides, indent, terminal_width());
    for (uint32_t row = 0; row * columns < grid->count; row++)
        print_row(out, grid, row, widths, indent);
}
