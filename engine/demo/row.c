/* Cells of a row: RFC 4180 quoting, dates and amounts as exports write them. */
#include "demo/out.h"

#include <hedui/date.h>

#include <inttypes.h>

void hedui_demo_raw_cell(hedui_demo_row *row, const char *text)
{
    if (row->cells++)
        hedui_buffer_byte(&row->text, row->mark ? row->mark : ',');
    hedui_buffer_text(&row->text, text);
}

void hedui_demo_cell(hedui_demo_row *row, const char *text)
{
    const char special[] = {row->mark ? row->mark : ',', '"', '\r', '\n', '\0'};
    if (!strpbrk(text, special)) {
        hedui_demo_raw_cell(row, text);
        return;
    }
    hedui_demo_raw_cell(row, "\"");
    for (; *text; text++) {
        if (*text == '"')
            hedui_buffer_byte(&row->text, '"');
        hedui_buffer_byte(&row->text, *text);
    }
    hedui_buffer_byte(&row->text, '"');
}

void hedui_demo_say(hedui_demo_row *row, const char *header, const char *meaning)
{
    if (!row->telling)
        return;
    hedui_buffer_format(&row->said, "%s\t", header);
    for (; *meaning; meaning++)
        hedui_buffer_byte(&row->said, *meaning == '\n' || *meaning == '\t' ? ' ' : *meaning);
    hedui_buffer_byte(&row->said, '\n');
}

void hedui_demo_date_cell(hedui_demo_row *row, int32_t day, const char *style)
{
    int year = 0, month = 0, dom = 0;
    char text[HEDUI_DATE_TEXT];
    hedui_demo_raw_cell(row, "");
    if (day == HEDUI_DEMO_NEVER)
        return;
    hedui_date_to_civil(&year, &month, &dom, day);
    hedui_date_print(text, day);
    if (strcmp(style, "compact") == 0)
        hedui_buffer_format(&row->text, "%04d%02d%02d", year, month, dom);
    else if (strcmp(style, "slash") == 0)
        hedui_buffer_format(&row->text, "%d/%d/%d", year, month, dom);
    else
        hedui_buffer_text(&row->text, text);
}

void hedui_demo_money_cell(hedui_demo_row *row, int64_t fen)
{
    hedui_demo_raw_cell(row, "");
    hedui_buffer_format(&row->text, "%" PRId64, fen / 100);
    if (fen % 100)
        hedui_buffer_format(&row->text, ".%02d", (int)(fen % 100));
}
