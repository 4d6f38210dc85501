/* Formats of workbooks. */
#include "report/workbook_look.h"

static lxw_format *format(lxw_workbook *file, const char *font, double size, int border)
{
    lxw_format *f = workbook_add_format(file);
    if (!f)
        return NULL;
    format_set_font_name(f, font);
    format_set_font_size(f, size);
    format_set_text_wrap(f);
    format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
    if (border)
        format_set_border(f, LXW_BORDER_THIN);
    return f;
}

static lxw_format *shaped(lxw_workbook *file, const char *font, const char *shape, double size)
{
    lxw_format *f = format(file, font, size, 1);
    if (f)
        format_set_num_format(f, shape);
    return f;
}

static lxw_format *caption(lxw_workbook *file, lxw_color_t colour)
{
    lxw_format *f = format(file, "黑体", 11, 1);
    if (!f)
        return NULL;
    format_set_align(f, LXW_ALIGN_CENTER);
    format_set_pattern(f, LXW_PATTERN_SOLID);
    format_set_bg_color(f, colour);
    return f;
}

static int make_cells(hedui_workbook_look *look, lxw_workbook *file, int large, int fill,
                      int strong)
{
    static const char *const shapes[] = {"@", "#,##0", "#,##0.00", "yyyy-mm-dd"};
    lxw_format **const made[] = {&look->text, &look->number, &look->money, &look->date};
    for (int i = 0; i < 4; i++) {
        lxw_format *f = *made[i] = shaped(file, "宋体", shapes[i],
                                          large ? HEDUI_WORKBOOK_LARGE_TYPE : HEDUI_WORKBOOK_TYPE);
        if (!f)
            return 0;
        if (fill) {
            format_set_pattern(f, LXW_PATTERN_SOLID);
            format_set_bg_color(f, 0xFFF9DB);
        }
        if (strong)
            format_set_top(f, LXW_BORDER_MEDIUM);
    }
    return 1;
}

int hedui_workbook_looks_make(hedui_workbook_looks *looks, lxw_workbook *file)
{
    looks->title = format(file, "方正小标宋简体", 18, 0);
    looks->line = format(file, "宋体", 10, 0);
    looks->note = workbook_add_format(file);
    if (looks->note) { /* not wrapped: one long line over the empty cells on its right */
        format_set_font_name(looks->note, "宋体");
        format_set_font_size(looks->note, 10);
        format_set_align(looks->note, LXW_ALIGN_VERTICAL_CENTER);
    }
    looks->caption = caption(file, 0xE7ECF2);
    looks->caption_fill = caption(file, 0xFFE9A8);
    looks->total = shaped(file, "黑体", "#,##0", HEDUI_WORKBOOK_TYPE);
    looks->total_money = shaped(file, "黑体", "#,##0.00", HEDUI_WORKBOOK_TYPE);
    looks->total_count = shaped(file, "黑体", "#,##0\"条\"", HEDUI_WORKBOOK_TYPE);
    if (looks->title)
        format_set_align(looks->title, LXW_ALIGN_CENTER);
    int made = looks->title && looks->line && looks->note && looks->caption &&
               looks->caption_fill && looks->total && looks->total_money && looks->total_count;
    for (int i = 0; made && i < 8; i++)
        made = make_cells(&looks->cells[i / 4][i / 2 % 2][i % 2], file, i / 4, i / 2 % 2, i % 2);
    return made;
}
