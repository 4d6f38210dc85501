/* Programs and offices get the list alone: a sentence behind it would be a row of theirs. */
#include "cli/list.h"

#include <hedui/escape.h>

#include <string.h>

const char *const hedui_cli_shapes[] = {"table", "csv", "md", "json", NULL};

/* @return 1 if it is a number as people read it, with commas. */
static int number_of(int64_t *number, hedui_span text)
{
    uint64_t size = 0;
    size_t digits = 0, at = text.length && text.at[0] == '-';
    int negative = at != 0;
    for (; at < text.length; at++) {
        if (text.at[at] == ',')
            continue;
        if (text.at[at] < '0' || text.at[at] > '9' || ++digits > 18)
            return 0;
        size = size * 10 + (uint64_t)(text.at[at] - '0');
    }
    *number = negative ? -(int64_t)size : (int64_t)size;
    return digits > 0;
}

static void put_csv(hedui_buffer *out, const hedui_cli_grid *grid)
{
    uint32_t columns = (uint32_t)strlen(grid->sides);
    hedui_buffer_text(out, "\xEF\xBB\xBF");
    for (uint32_t i = 0; i < grid->count; i++) {
        hedui_span text = hedui_cli_grid_cell(grid, i);
        int64_t number;
        if (grid->sides[i % columns] == 'r' && number_of(&number, text))
            hedui_buffer_format(out, "%lld", (long long)number);
        else if (!hedui_span_is(text, "-"))
            hedui_escape_csv(out, text);
        hedui_buffer_text(out, (i + 1) % columns ? "," : "\r\n");
    }
}

static void put_rule(hedui_buffer *out, const char *sides)
{
    for (; *sides; sides++)
        hedui_buffer_text(out, *sides == 'r' ? "| ---: " : "| --- ");
    hedui_buffer_text(out, "|\n");
}

static void put_markdown(hedui_buffer *out, const hedui_cli_grid *grid)
{
    uint32_t columns = (uint32_t)strlen(grid->sides);
    for (uint32_t i = 0; i < grid->count; i++) {
        hedui_span text = hedui_cli_grid_cell(grid, i);
        hedui_buffer_text(out, i % columns ? " | " : "| ");
        for (size_t k = 0; k < text.length; k++) {
            if (text.at[k] == '|')
                hedui_buffer_byte(out, '\\');
            hedui_buffer_byte(out, text.at[k] == '\n' ? ' ' : text.at[k]);
        }
        if (i % columns + 1 == columns)
            hedui_buffer_text(out, " |\n");
        if (i + 1 == columns)
            put_rule(out, grid->sides);
    }
}

void hedui_cli_list_print(hedui_cli *cli, const hedui_cli_grid *grid)
{
    if (cli->shape == HEDUI_CLI_CSV)
        put_csv(&cli->list, grid);
    else if (cli->shape == HEDUI_CLI_MARKDOWN)
        put_markdown(&cli->list, grid);
    else
        hedui_cli_grid_print(&cli->out, grid, 0);
}
