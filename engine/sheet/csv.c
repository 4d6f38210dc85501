/* CSV for office programs. */
#include "sheet/sheet.h"

#include <hedui/date.h>
#include <hedui/escape.h>

static void put_money(hedui_buffer *out, int64_t fen)
{
    uint64_t size = fen < 0 ? 0 - (uint64_t)fen : (uint64_t)fen;
    const char cents[] = {'.', (char)('0' + size % 100 / 10), (char)('0' + size % 10)};
    if (fen < 0)
        hedui_buffer_byte(out, '-');
    hedui_buffer_number(out, (int64_t)(size / 100));
    hedui_buffer_add(out, (hedui_span){cents, sizeof cents});
}

static void put_date(hedui_buffer *out, int64_t day)
{
    char text[HEDUI_DATE_TEXT];
    if (day < HEDUI_DATE_MIN || day > HEDUI_DATE_MAX)
        return;
    hedui_date_print(text, (int32_t)day);
    hedui_buffer_text(out, text);
}

static void put_cell(hedui_buffer *out, hedui_sheet_kind kind, const hedui_sheet_cell *cell)
{
    if (cell->is_empty)
        return;
    switch (kind) {
    case HEDUI_SHEET_TEXT:
        hedui_escape_csv(out, cell->text);
        break;
    case HEDUI_SHEET_NUMBER:
        hedui_buffer_number(out, cell->number);
        break;
    case HEDUI_SHEET_MONEY:
        put_money(out, cell->number);
        break;
    case HEDUI_SHEET_DATE:
        put_date(out, cell->number);
        break;
    }
}

void hedui_sheet_csv_head(hedui_buffer *out, const hedui_sheet_column *columns, uint32_t count,
                          int bom)
{
    if (bom)
        hedui_buffer_text(out, "\xEF\xBB\xBF");
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            hedui_buffer_byte(out, ',');
        hedui_escape_csv(out, columns[i].title);
    }
    hedui_buffer_text(out, "\r\n");
}

void hedui_sheet_csv_row(hedui_buffer *out, const hedui_sheet_column *columns,
                         const hedui_sheet_cell *cells, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            hedui_buffer_byte(out, ',');
        put_cell(out, columns[i].kind, &cells[i]);
    }
    hedui_buffer_text(out, "\r\n");
}
