/* The interface document for departments, in Chinese, written from the layouts, so that what is
 * asked for and what is read cannot differ. */
#include <hedui/feed.h>

#include "feed/layout.h"

#include <stdio.h>

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

/* 甲、乙 */
static void add_words(hedui_buffer *out, const char *before, const hedui_span *words,
                      uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        hedui_buffer_text(out, i ? "、" : before);
        hedui_buffer_add(out, words[i]);
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
    add_words(out, "，可带单位", column->suffixes, column->suffix_count);
    if (column->percent)
        hedui_buffer_text(out, "，不带 % 也按百分数读");
    if (column->negative)
        hedui_buffer_text(out, "，可为负");
    if (column->max)
        hedui_buffer_format(out, "，最多 %u 个字", (unsigned)column->max);
    if (column->separator.length) {
        hedui_buffer_text(out, "，用“");
        hedui_buffer_add(out, column->separator);
        hedui_buffer_text(out, "”分隔");
    }
    if (column->epoch_ms)
        hedui_buffer_text(out, "，也可写毫秒数（北京时间）");
    if (column->serial)
        hedui_buffer_text(out, "，也可写电子表格日期序号");
    if (column->sensitive)
        hedui_buffer_text(out, "，显示时遮盖");
    add_words(out, "，表示没有：", column->none, column->none_count);
    add_words(out, "，表示不掌握：", column->unknown, column->unknown_count);
    add_words(out, "，表示无期限：", column->open, column->open_count);
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

/* Which codes of a column are meant by the bits. */
static void add_codes(hedui_buffer *out, const hedui_code_list *list, uint64_t bits)
{
    int first = 1;
    for (uint32_t i = 0; i < list->count && i < HEDUI_CODES_MAX; i++) {
        if (!(bits >> i & 1))
            continue;
        hedui_buffer_text(out, first ? "" : "、");
        hedui_buffer_add(out, list->codes[i].code);
        hedui_buffer_text(out, " ");
        hedui_buffer_add(out, list->codes[i].label);
        first = 0;
    }
}

static void add_kind(hedui_buffer *out, const hedui_layout *layout)
{
    switch (layout->kind) {
    case HEDUI_FEED_FULL:
    case HEDUI_FEED_DELTA:
        hedui_buffer_text(out, "\n- 种类：全量。文件里没有的人，按没有记录处理");
        break;
    case HEDUI_FEED_HITS:
        hedui_buffer_text(
            out, "\n- 种类：比中名单，回复查询名单。名单上没有查到的人不写；文件名带上名单编号"
                 "（如 Q20140705-01），或写在交接清单的 answers 里");
        break;
    case HEDUI_FEED_VERDICT:
        hedui_buffer_text(
            out, "\n- 种类：结论名单，回复查询名单。名单上的每个人写一行；文件名带上名单编号"
                 "（如 Q20140705-01），或写在交接清单的 answers 里");
        break;
    }
    if (layout->answer_column != HEDUI_COLUMN_NONE) {
        hedui_buffer_text(out, "；结论写在“");
        hedui_buffer_add(out, layout->columns[layout->answer_column].title);
        hedui_buffer_text(out, "”列");
    }
    if (!layout->delta_name.length)
        return;
    hedui_buffer_text(out, "\n- 增量文件：`");
    hedui_buffer_add(out, layout->delta_name);
    hedui_buffer_text(out, "`，变更标志写在“");
    const hedui_column *mark = &layout->columns[layout->change_column];
    hedui_buffer_add(out, mark->header_count ? mark->headers[0] : mark->name);
    hedui_buffer_text(out, "”列（全量文件没有这一列），表示删除的是 ");
    add_codes(out, mark->list, layout->deleted_codes);
    if (layout->delta_pattern.length) {
        hedui_buffer_text(out, "；截止日写在文件名里：`");
        hedui_buffer_add(out, layout->delta_pattern);
        hedui_buffer_text(out, "`");
    }
}

static void add_persons(hedui_buffer *out, const hedui_layout *layout)
{
    for (uint32_t i = 0; i < layout->person_count; i++) {
        const hedui_layout_person *person = &layout->persons[i];
        hedui_buffer_text(out, i ? "；" : "\n- 涉及的人：");
        hedui_buffer_add(out, person->title);
        hedui_buffer_text(out, "（号码在“");
        hedui_buffer_add(out, layout->columns[person->id_column].title);
        hedui_buffer_text(out, "”列");
        if (person->kind_column != HEDUI_COLUMN_NONE) {
            hedui_buffer_text(out, "，“");
            hedui_buffer_add(out, layout->columns[person->kind_column].title);
            hedui_buffer_text(out, "”是 ");
            add_codes(out, layout->columns[person->kind_column].list, person->citizen_codes);
            hedui_buffer_text(out, " 的才是公民身份号码");
        }
        hedui_buffer_text(out, person->optional ? "，可以没有）" : "）");
    }
}

/* "0.1%" from millionths. */
static void add_share(hedui_buffer *out, int32_t share)
{
    int64_t rest = (share < 0 ? -(int64_t)share : share) % 10000;
    hedui_buffer_format(out, "%s%d", share < 0 && share > -10000 ? "-" : "", share / 10000);
    if (rest) {
        char digits[8];
        int length = snprintf(digits, sizeof digits, "%04d", (int)rest);
        while (length > 1 && digits[length - 1] == '0')
            digits[--length] = '\0';
        hedui_buffer_format(out, ".%s", digits);
    }
    hedui_buffer_text(out, "%");
}

static void add_limit(hedui_buffer *out, const char *before, int32_t limit, const char *after)
{
    if (limit < 0)
        return;
    hedui_buffer_text(out, before);
    add_share(out, limit);
    hedui_buffer_text(out, after);
}

/* What gets a file held or refused. */
static void add_guards(hedui_buffer *out, const hedui_layout *layout)
{
    const hedui_layout_guards *g = &layout->guards;
    hedui_buffer_text(out, "\n- 接收时的检查：");
    if (g->age_warn_days >= 0)
        hedui_buffer_format(out, "\n    - 数据截止日超过 %d 天提示", g->age_warn_days);
    if (g->age_refuse_days >= 0)
        hedui_buffer_format(out, "\n    - 数据截止日超过 %d 天不采用", g->age_refuse_days);
    if (g->rows_fall >= 0) {
        hedui_buffer_text(out, "\n    - 行数比上次采用的减少超过 ");
        add_share(out, g->rows_fall);
        hedui_buffer_text(out, " 或增加超过 ");
        add_share(out, g->rows_rise);
        hedui_buffer_text(out, "，待人放行");
    }
    add_limit(out, "\n    - 问题行超过 ", g->rejects_hold, "，待人放行");
    add_limit(out, "\n    - 问题行超过 ", g->rejects_refuse, "，整份不采用");
    add_limit(out, "\n    - 比中的行里内容有误的超过 ", g->fields_hold, "，待人放行");
    add_limit(out, "\n    - 比中的行里内容有误的超过 ", g->fields_refuse, "，整份不采用");
    add_limit(out, "\n    - 比中率与上次相差超过 ", g->join_rate, "，待人放行");
    add_limit(out, "\n    - 比中的行里姓名与台账相符的不到 ", g->name_agreement, "，待人放行");
    add_limit(out, "\n    - 任一列读不懂或代码不在表内的超过 ", g->unknown_share, "，待人放行");
    for (uint32_t i = 0; i < g->watch_count; i++) {
        const hedui_layout_watch *watch = &g->watches[i];
        hedui_buffer_text(out, "\n    - “");
        hedui_buffer_add(out, layout->columns[watch->column].title);
        hedui_buffer_text(out, "”与上次相比");
        add_limit(out, "，各代码所占比例相差 ", watch->share, "（百分点）");
        add_limit(out, "，零所占比例相差 ", watch->zero, "（百分点）");
        add_limit(out, "，中位数相差 ", watch->median, "");
        hedui_buffer_text(out, "以上，待人放行");
    }
    if (g->watch_count)
        hedui_buffer_format(out, "（有值的行不到 %d 行的不比）", g->watch_from);
    hedui_buffer_text(out, "\n    - 内容与上次相同而截止日不同的，不采用");
}

/* A value as samples write it, the words of machines in those of people. */
static void add_value(hedui_buffer *out, hedui_span value)
{
    static const char *const words[][2] = {
        {"unknown", "不掌握"}, {"absent", "没有"}, {"true", "是"}, {"false", "否"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (hedui_span_is(value, words[i][0])) {
            hedui_buffer_text(out, words[i][1]);
            return;
        }
    hedui_buffer_add(out, value);
}

/* The samples of the layout, and what they are read as. */
static void add_samples(hedui_buffer *out, const hedui_layout *layout)
{
    for (uint32_t i = 0; i < layout->sample_count; i++) {
        const hedui_layout_sample *sample = &layout->samples[i];
        hedui_buffer_format(out, "\n样例 %u：", (unsigned)i + 1);
        for (uint32_t c = 0; c < sample->cell_count; c++) {
            hedui_buffer_text(out, c ? "，" : "");
            hedui_buffer_add(out, sample->headers[c]);
            hedui_buffer_text(out, sample->cells[c].length ? " `" : "（空）");
            hedui_buffer_add(out, sample->cells[c]);
            hedui_buffer_text(out, sample->cells[c].length ? "`" : "");
        }
        if (sample->rejected) {
            hedui_buffer_text(out, "\n→ 作废：");
            hedui_buffer_text(out, hedui_reason_text(sample->reason, 1));
        }
        for (uint32_t v = 0; v < sample->value_count; v++) {
            hedui_buffer_text(out, v ? "，" : "\n→ 读成：");
            hedui_buffer_add(out, layout->columns[sample->columns[v]].title);
            hedui_buffer_text(out, " ");
            add_value(out, sample->values[v]);
        }
        hedui_buffer_text(out, "\n");
    }
}

/* What holds for every file. */
static void add_general(hedui_buffer *out)
{
    hedui_buffer_text(
        out, "\n## 通则\n\n"
             "- 文件必须是完整的 gzip。截断、校验不符、尾部有多余内容、其他格式的，整份不采用。\n"
             "- 表头里列的次序不限，多出的列不读；缺少必需的列，整份不采用。\n"
             "- 旁边可放交接清单 `*.manifest.yaml`，写明 "
             "`file`（文件名）、`feed`（布局）、`sha256`、`rows`"
             "（数据行数，含问题行）、`cut_off`（数据截止日）、`answers`"
             "（所回复的查询名单编号）；有则必须相符，"
             "不符的整份不采用。\n"
             "- "
             "编码、列数、号码、必填项有误的行作废并记在账上，其余的行照用；作废的行所涉及的人，这"
             "份数据对他就是"
             "不掌握。行号、原因和更正办法由接收回执发回。\n"
             "- “待人放行”的先不发布，由核对机构查明后放行；“不采用”的需要重新交一份。\n");
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
    add_kind(out, layout);
    add_persons(out, layout);
    if (layout->title_lines)
        hedui_buffer_format(out, "\n- 表头上面可有标题，最多 %u 行", (unsigned)layout->title_lines);
    add_words(out, "\n- 末尾可有合计行，以这些字开头：", layout->footers, layout->footer_count);
    if (layout->footer_count)
        hedui_buffer_text(out, "；写明“共 12,345 条”的，须与数据行数一致");
    hedui_buffer_text(out, "\n- 应交日：");
    if (layout->due.every == HEDUI_DUE_NEVER)
        hedui_buffer_text(out, hedui_layout_is_answer(layout) ? "按查询名单的期限" : "未约定");
    else
        hedui_due_print(out, &layout->due, HEDUI_ZH);
    add_guards(out, layout);
    hedui_buffer_text(out, "\n\n| 列 | 内容 | 空值 | 表头也可写作 | 代码表 |\n"
                           "|---|---|---|---|---|\n");
    for (uint32_t c = 0; c < layout->column_count; c++)
        add_column(out, &layout->columns[c]);
    add_samples(out, layout);
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

/* 1 if no layout before is of the same department: its layouts stand together. */
static int is_first_of(const hedui_layouts *layouts, uint32_t i)
{
    for (uint32_t j = 0; j < i; j++)
        if (hedui_span_equal(layouts->list[i]->source, layouts->list[j]->source))
            return 0;
    return 1;
}

hedui_status hedui_feed_document(hedui_buffer *out, const char *feed, const char *const *folders,
                                 size_t folder_count, hedui_arena *arena, hedui_err *err)
{
    const hedui_layouts *layouts;
    const hedui_layout *only = NULL;
    hedui_status status = hedui_layouts_load(&layouts, folders, folder_count, arena, NULL, err);
    if (status == HEDUI_OK && feed) {
        only = hedui_layouts_find_named(layouts, hedui_span_of(feed));
        if (!only)
            status = hedui_fail(err, HEDUI_E2032, hedui_place_none(), HEDUI_ARG_TEXT(feed));
    }
    if (status != HEDUI_OK)
        return status;
    hedui_buffer_text(out, "# 数据交换接口说明\n");
    for (uint32_t i = 0; i < layouts->count; i++)
        if (only ? layouts->list[i] == only : is_first_of(layouts, i))
            for (uint32_t j = i; j < layouts->count; j++)
                if (only ? j == i
                         : hedui_span_equal(layouts->list[i]->source, layouts->list[j]->source))
                    add_layout(out, layouts->list[j]);
    add_general(out);
    hedui_buffer_text(out, "\n## 代码表\n");
    for (uint32_t i = 0; i < layouts->code_list_count; i++)
        if (!only || uses(only, layouts->code_lists[i]))
            add_list(out, layouts->code_lists[i]);
    return hedui_buffer_failed(out) ? hedui_fail_memory(err) : HEDUI_OK;
}
