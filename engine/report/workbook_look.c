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

static double type_of(int large)
{
    return large ? HEDUI_WORKBOOK_LARGE_TYPE : HEDUI_WORKBOOK_TYPE;
}

static int make_cells(hedui_workbook_look *look, lxw_workbook *file, int large, int fill,
                      int strong)
{
    static const char *const shapes[] = {"@", "#,##0", "#,##0.00", "yyyy-mm-dd"};
    lxw_format **const made[] = {&look->text, &look->number, &look->money, &look->date};
    for (int i = 0; i < 4; i++) {
        lxw_format *f = *made[i] = shaped(file, "宋体", shapes[i], type_of(large));
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

static int make_size(hedui_workbook_looks *looks, lxw_workbook *file, int large)
{
    const double type = type_of(large);
    lxw_format *note = looks->note[large] = workbook_add_format(file);
    if (note) { /* not wrapped: one long line over the empty cells on its right */
        format_set_font_name(note, "宋体");
        format_set_font_size(note, type);
        format_set_align(note, LXW_ALIGN_VERTICAL_CENTER);
    }
    looks->line[large] = format(file, "宋体", type, 0);
    looks->total[large] = shaped(file, "黑体", "#,##0", type);
    looks->total_money[large] = shaped(file, "黑体", "#,##0.00", type);
    looks->total_count[large] = shaped(file, "黑体", "#,##0\"条\"", type);
    int made = note && looks->line[large] && looks->total[large] && looks->total_money[large] &&
               looks->total_count[large];
    for (int i = 0; made && i < 4; i++)
        made = make_cells(&looks->cells[large][i / 2][i % 2], file, large, i / 2, i % 2);
    return made;
}

int hedui_workbook_looks_make(hedui_workbook_looks *looks, lxw_workbook *file)
{
    /* the font that columns are measured in: the library's own is on no office machine without
     * Excel, and whatever stands in for it makes a sheet half as wide again */
    lxw_format *first = STAILQ_FIRST(file->formats);
    if (first)
        format_set_font_name(first, "宋体");
    looks->title = format(file, "方正小标宋简体", 18, 0);
    looks->caption = caption(file, 0xE7ECF2);
    looks->caption_fill = caption(file, 0xFFE9A8);
    if (looks->title)
        format_set_align(looks->title, LXW_ALIGN_CENTER);
    return first && looks->title && looks->caption && looks->caption_fill &&
           make_size(looks, file, 0) && make_size(looks, file, 1);
}
