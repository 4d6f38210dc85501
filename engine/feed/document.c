/* The interface document for departments, in Chinese, written from the layouts, so that what is
 * asked for and what is read cannot differ. */
#include <hedui/feed.h>

#include "feed/layout.h"

static const char *type_words(hedui_column_type type)
{
    static const char *const words[] = {
        [HEDUI_COLUMN_CITIZEN_ID] = "18 位公民身份号码",
        [HEDUI_COLUMN_NAME] = "姓名原文",
        [HEDUI_COLUMN_TEXT] = "文字",
        [HEDUI_COLUMN_DATE] = "日期，YYYY-MM-DD",
        [HEDUI_COLUMN_MONTH] = "年月，YYYYMM",
        [HEDUI_COLUMN_MONEY] = "人民币金额",
        [HEDUI_COLUMN_INTEGER] = "整数",
        [HEDUI_COLUMN_AREA] = "面积（平方米，两位小数）",
        [HEDUI_COLUMN_RATE] = "比率，如 8%",
        [HEDUI_COLUMN_DECIMAL] = "数值",
        [HEDUI_COLUMN_CODE] = "代码",
        [HEDUI_COLUMN_CODES] = "代码（可有几个）",
        [HEDUI_COLUMN_YES_NO] = "是或否",
        [HEDUI_COLUMN_USCC] = "18 位统一社会信用代码（GB 32100）",
        [HEDUI_COLUMN_PLATE] = "机动车牌照号",
    };
    return words[type];
}

static const char *unit_words(hedui_money_unit unit)
{
    static const char *const words[] = {
        [HEDUI_MONEY_YUAN] = "，单位元",
        [HEDUI_MONEY_WAN_YUAN] = "，单位万元",
        [HEDUI_MONEY_FEN] = "，单位分",
        [HEDUI_MONEY_STATED] = "，每格写明单位（元、万元）",
    };
    return words[unit];
}

static const char *empty_words(const hedui_column *column)
{
    if (column->empty == HEDUI_EMPTY_REJECTED)
        return "必填";
    if (column->empty == HEDUI_EMPTY_UNKNOWN)
        return column->header_required ? "不掌握可留空，列须保留" : "不掌握可留空";
    return column->header_required ? "没有则留空，列须保留" : "没有则留空";
}

static const char *delimiter_words(char delimiter)
{
    switch (delimiter) {
    case '\t':
        return "制表符";
    case '|':
        return "竖线 |";
    case '^':
        return "脱字符 ^";
    case ';':
        return "分号";
    default:
        return "逗号";
    }
}

static void add_column(hedui_buffer *out, const hedui_column *column)
{
    hedui_buffer_text(out, "| ");
    hedui_buffer_add(out, column->title);
    hedui_buffer_text(out, " | ");
    hedui_buffer_text(out, type_words(column->type));
    if (column->type == HEDUI_COLUMN_MONEY)
        hedui_buffer_text(out, unit_words(column->unit));
    if (column->type == HEDUI_COLUMN_DECIMAL)
        hedui_buffer_format(out, "，最多 %u 位小数", (unsigned)column->scale);
    if (column->suffix_count) {
        hedui_buffer_text(out, "，单位");
        hedui_buffer_add(out, column->suffixes[0]);
    }
    if (column->percent)
        hedui_buffer_text(out, "，不带 % 也按百分数读");
    if (column->negative)
        hedui_buffer_text(out, "，可为负");
    hedui_buffer_text(out, " | ");
    hedui_buffer_text(out, empty_words(column));
    hedui_buffer_text(out, " | ");
    for (uint32_t i = 1; i < column->header_count; i++) {
        hedui_buffer_text(out, i > 1 ? "、" : "");
        hedui_buffer_add(out, column->headers[i]);
    }
    hedui_buffer_text(out, " | ");
    if (column->list)
        hedui_buffer_add(out, column->list->title);
    hedui_buffer_text(out, " |\n");
}

static void add_layout(hedui_buffer *out, const hedui_layout *layout)
{
    hedui_buffer_text(out, "\n## ");
    hedui_buffer_add(out, layout->title);
    hedui_buffer_text(out, "（");
    hedui_buffer_add(out, layout->source);
    hedui_buffer_text(out, "）\n\n- 一行是：");
    hedui_buffer_add(out, layout->row);
    hedui_buffer_text(out, "\n- 文件名：`");
    hedui_buffer_add(out, layout->file_name);
    hedui_buffer_text(out, "`，gzip 压缩的 CSV，");
    hedui_buffer_text(out, layout->charset == HEDUI_CHARSET_UTF8 ? "UTF-8" : "GB18030");
    hedui_buffer_text(out, "，用");
    hedui_buffer_text(out, delimiter_words(layout->delimiter));
    hedui_buffer_text(out, "分隔，首行为表头");
    if (layout->cut_off_pattern.length) {
        hedui_buffer_text(out, "\n- 数据截止日写在文件名里：`");
        hedui_buffer_add(out, layout->cut_off_pattern);
        hedui_buffer_text(out, "`（YYYYMMDD 或 YYYYMM）");
    }
    if (layout->key_count)
        hedui_buffer_text(out, "\n- 区分各行：");
    for (uint32_t k = 0; k < layout->key_count; k++) {
        hedui_buffer_text(out, k ? "、" : "");
        hedui_buffer_add(out, layout->columns[layout->keys[k]].title);
    }
    if (layout->delta_name.length) {
        hedui_buffer_text(out, "\n- 增量文件：`");
        hedui_buffer_add(out, layout->delta_name);
        hedui_buffer_text(out, "`，变更标志写在“");
        const hedui_column *mark = &layout->columns[layout->change_column];
        hedui_buffer_add(out, mark->header_count ? mark->headers[0] : mark->name);
        hedui_buffer_text(out, "”列");
    }
    hedui_buffer_text(out, "\n\n| 列 | 内容 | 空值 | 表头也可写作 | 代码表 |\n"
                           "|---|---|---|---|---|\n");
    for (uint32_t c = 0; c < layout->column_count; c++)
        add_column(out, &layout->columns[c]);
}

static void add_list(hedui_buffer *out, const hedui_code_list *list)
{
    hedui_buffer_text(out, "\n### ");
    hedui_buffer_add(out, list->title);
    hedui_buffer_text(out, "\n\n| 代码 | 含义 |\n|---|---|\n");
    for (uint32_t i = 0; i < list->count; i++) {
        hedui_buffer_text(out, "| ");
        hedui_buffer_add(out, list->codes[i].code);
        hedui_buffer_text(out, " | ");
        hedui_buffer_add(out, list->codes[i].label);
        hedui_buffer_text(out, " |\n");
    }
}

static int uses(const hedui_layout *layout, const hedui_code_list *list)
{
    for (uint32_t c = 0; c < layout->column_count; c++)
        if (layout->columns[c].list == list)
            return 1;
    return 0;
}

hedui_status hedui_feed_document(hedui_buffer *out, const char *feed, const char *const *folders,
                                 size_t folder_count, hedui_arena *arena, hedui_err *err)
{
    const hedui_layouts *layouts;
    const hedui_layout *only = NULL;
    hedui_status status = hedui_layouts_load(&layouts, folders, folder_count, arena, NULL, err);
    if (status == HEDUI_OK && feed) {
        only = hedui_layouts_find(layouts, hedui_span_of(feed));
        if (!only)
            status = hedui_fail(err, HEDUI_E2032, hedui_place_none(), HEDUI_ARG_TEXT(feed));
    }
    if (status != HEDUI_OK)
        return status;
    hedui_buffer_text(out, "# 数据交换接口说明\n");
    for (uint32_t i = 0; i < layouts->count; i++)
        if (!only || layouts->list[i] == only)
            add_layout(out, layouts->list[i]);
    hedui_buffer_text(out, "\n## 代码表\n");
    for (uint32_t i = 0; i < layouts->code_list_count; i++)
        if (!only || uses(only, layouts->code_lists[i]))
            add_list(out, layouts->code_lists[i]);
    return hedui_buffer_failed(out) ? hedui_fail_memory(err) : HEDUI_OK;
}
