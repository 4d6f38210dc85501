/* R4 as a workbook: rules, towns, rules by town, what was not checked, what is due. Each sheet says
 * in its title what it counts: on paper there is no tab. */
#include "report/summary.h"
#include "report/workbook.h"

#include <hedui/label.h>

/* A note runs on to the right and makes the print smaller: each fits below its table. */
static const char note[] = "疑点为比对线索，不作为认定结论。同一户可以有几类疑点，各类户数相加不等"
                           "于有疑点的户数；“本次未核对”是"
                           "以前有、这次没有核对的，不计入条数。";
static const char town_note[] =
    "疑点为比对线索，不作为认定结论。“本次未核对”是以前有、这次没有核对的，"
    "不计入条数。没有上期的，上期和增减空着。";
static const char open_note[] =
    "没有查到不等于没有。同一户可以有几个原因，户数不能相加；逐户的原因见“核对结果（按户）”。";
static const char work_note[] =
    "这里没有核查进度：交回的台账还不能读回，“已过期限”包括已核查的户；进度按交回的台账统计。";

/* Rules whose flags ask for less first, then those that ask for more. */
static const hedui_summary_rule *rule_at(const hedui_summary *s, size_t index)
{
    for (int include = 0; include < 2; include++)
        for (size_t i = 0; i < s->rule_count; i++)
            if (hedui_summary_is_include(&s->rules[i]) == include && !index--)
                return &s->rules[i];
    return NULL;
}

static int starts_includes(const hedui_summary *s, size_t index)
{
    return index && hedui_summary_is_include(rule_at(s, index)) &&
           !hedui_summary_is_include(rule_at(s, index - 1));
}

static hedui_span direction(const hedui_summary_rule *rule)
{
    return hedui_span_of(hedui_summary_is_include(rule) ? "拟纳入线索" : "待核实疑点");
}

static void write_rules(hedui_workbook *book, const hedui_summary *s, hedui_workbook_page *page)
{
    static const hedui_workbook_column columns[] = {
        {HEDUI_SPAN("方向"), HEDUI_SHEET_TEXT, 13, 0, 0, NULL, 0},
        {HEDUI_SPAN("规则"), HEDUI_SHEET_TEXT, 12, 0, 0, NULL, 0},
        {HEDUI_SPAN("疑点类别"), HEDUI_SHEET_TEXT, 46, 0, 0, NULL, 0},
        {HEDUI_SPAN("核查优先级"), HEDUI_SHEET_TEXT, 8, 0, 0, NULL, 0},
        {HEDUI_SPAN("处理口径"), HEDUI_SHEET_TEXT, 25, 0, 0, NULL, 0},
        {HEDUI_SPAN("户数"), HEDUI_SHEET_NUMBER, 9, 0, 0, NULL, 0},
        {HEDUI_SPAN("条数"), HEDUI_SHEET_NUMBER, 9, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("上期条数"), HEDUI_SHEET_NUMBER, 9, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("增减"), HEDUI_SHEET_NUMBER, 9, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("本次未核对"), HEDUI_SHEET_NUMBER, 9, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
    };
    page->name = "按类别";
    page->title = hedui_span_of("低保核查疑点汇总表（按类别）");
    page->frozen = 3;
    hedui_workbook_sheet(book, page, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < s->rule_count; i++) {
        const hedui_summary_rule *r = rule_at(s, i);
        const hedui_sheet_cell cells[] = {
            hedui_sheet_text(direction(r)),
            hedui_sheet_text(r->id),
            hedui_sheet_text(r->title),
            hedui_sheet_text(hedui_label(HEDUI_LABEL_SEVERITY, r->severity, HEDUI_ZH)),
            hedui_sheet_text(hedui_label(HEDUI_LABEL_EFFECT, r->effect, HEDUI_ZH)),
            hedui_sheet_number(r->all.households),
            hedui_sheet_number(r->all.flags),
            hedui_sheet_number(r->all.before),
            hedui_sheet_number(hedui_summary_change(r->all.before, r->all.flags)),
            hedui_sheet_number(r->all.kept)};
        hedui_workbook_row(book, cells, starts_includes(s, i));
    }
    hedui_workbook_sheet_end(book);
}

static void write_towns(hedui_workbook *book, const hedui_summary *s, hedui_workbook_page *page)
{
    static const hedui_workbook_column columns[] = {
        {HEDUI_SPAN("乡镇（街道）"), HEDUI_SHEET_TEXT, 16, 0, 0, NULL, 0},
        {HEDUI_SPAN("台账户数"), HEDUI_SHEET_NUMBER, 10, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("有疑点户数"), HEDUI_SHEET_NUMBER, 10, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("上期有疑点户数"), HEDUI_SHEET_NUMBER, 11, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("增减（户）"), HEDUI_SHEET_NUMBER, 10, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("部分未核对户数"), HEDUI_SHEET_NUMBER, 11, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("疑点条数"), HEDUI_SHEET_NUMBER, 10, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("高"), HEDUI_SHEET_NUMBER, 8, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("中"), HEDUI_SHEET_NUMBER, 8, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("低"), HEDUI_SHEET_NUMBER, 8, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("其中拟纳入线索（条）"), HEDUI_SHEET_NUMBER, 11, 0, 0, NULL,
         HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("本次未核对（条）"), HEDUI_SHEET_NUMBER, 17, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
    };
    page->name = "按乡镇";
    page->title = hedui_span_of("低保核查疑点汇总表（按乡镇）");
    page->note = hedui_span_of(town_note);
    page->frozen = 1;
    hedui_workbook_sheet(book, page, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < s->run->town_count; i++) {
        const hedui_store_town *t = &s->run->towns[i];
        int64_t include = 0;
        for (size_t r = 0; r < s->rule_count; r++)
            include += hedui_summary_is_include(&s->rules[r]) ? s->rules[r].towns[i].flags : 0;
        const hedui_sheet_cell cells[] = {
            hedui_sheet_text(hedui_store_town_name(t, HEDUI_ZH)),
            hedui_sheet_number(t->households),
            hedui_sheet_number(t->flagged),
            hedui_sheet_number(t->flagged_before),
            hedui_sheet_number(hedui_summary_change(t->flagged_before, t->flagged)),
            hedui_sheet_number(t->unchecked),
            hedui_sheet_number(t->flags),
            hedui_sheet_number(t->high),
            hedui_sheet_number(t->medium),
            hedui_sheet_number(t->low),
            hedui_sheet_number(include),
            hedui_sheet_number(t->kept)};
        hedui_workbook_row(book, cells, 0);
    }
    hedui_workbook_sheet_end(book);
}

/* Rules down, towns across. @param flags  1: flags, 0: households. */
static hedui_status write_matrix(hedui_workbook *book, const hedui_summary *s,
                                 hedui_workbook_page *page, int flags,
                                 const hedui_report_order *order, hedui_err *err)
{
    uint32_t towns = (uint32_t)s->run->town_count, count = towns + 3;
    hedui_workbook_column *columns = hedui_arena_array(order->arena, count, sizeof *columns);
    hedui_sheet_cell *cells = hedui_arena_array(order->arena, count, sizeof *cells);
    if (!columns || !cells)
        return hedui_fail_memory(err);
    columns[0] = (hedui_workbook_column){.title = HEDUI_SPAN("规则"), .width = 12};
    columns[1] = (hedui_workbook_column){.title = HEDUI_SPAN("疑点类别"), .width = 36};
    for (uint32_t t = 0; t <= towns; t++)
        columns[2 + t] = (hedui_workbook_column){
            .title = t < towns ? hedui_store_town_name(&s->run->towns[t], HEDUI_ZH)
                               : hedui_span_of("合计"),
            .kind = HEDUI_SHEET_NUMBER,
            .width = 10,
            .sum = flags ? HEDUI_WORKBOOK_SUM : HEDUI_WORKBOOK_NO_SUM};
    page->name = flags ? "类别×乡镇（条数）" : "类别×乡镇（户数）";
    page->title = hedui_span_of(flags ? "低保核查疑点汇总表（各类在各乡镇的条数）"
                                      : "低保核查疑点汇总表（各类在各乡镇的户数）");
    page->note = hedui_span_of(note);
    page->frozen = 2;
    page->large = towns > 8;
    hedui_workbook_sheet(book, page, columns, count);
    for (size_t i = 0; i < s->rule_count; i++) {
        const hedui_summary_rule *r = rule_at(s, i);
        cells[0] = hedui_sheet_text(r->id);
        cells[1] = hedui_sheet_text(r->title);
        for (uint32_t t = 0; t <= towns; t++) {
            const hedui_summary_counts *c = t < towns ? &r->towns[t] : &r->all;
            cells[2 + t] = hedui_sheet_number(flags ? c->flags : c->households);
        }
        hedui_workbook_row(book, cells, starts_includes(s, i));
    }
    hedui_workbook_sheet_end(book);
    return HEDUI_OK;
}

static void write_open(hedui_workbook *book, const hedui_summary *s, hedui_workbook_page *page)
{
    static const hedui_workbook_column columns[] = {
        {HEDUI_SPAN("原因"), HEDUI_SHEET_TEXT, 36, 0, 0, NULL, 0},
        {HEDUI_SPAN("数据"), HEDUI_SHEET_TEXT, 36, 0, 0, NULL, 0},
        {HEDUI_SPAN("由谁补正"), HEDUI_SHEET_TEXT, 22, 0, 0, NULL, 0},
        {HEDUI_SPAN("涉及规则"), HEDUI_SHEET_NUMBER, 10, 0, 0, NULL, 0},
        {HEDUI_SPAN("户数"), HEDUI_SHEET_NUMBER, 10, 0, 0, NULL, 0},
    };
    page->name = "没有核对到的";
    page->title = hedui_span_of("低保核查疑点汇总表（没有核对到的和原因）");
    page->note = hedui_span_of(open_note);
    page->frozen = 0;
    page->large = 0;
    hedui_workbook_sheet(book, page, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < s->open_count; i++) {
        const hedui_report_open *o = &s->open[i];
        const hedui_sheet_cell cells[] = {hedui_sheet_text(o->reason), hedui_sheet_text(o->feed),
                                          hedui_sheet_text(o->mender), hedui_sheet_number(o->rules),
                                          hedui_sheet_number(o->households)};
        hedui_workbook_row(book, cells, 0);
    }
    hedui_workbook_sheet_end(book);
}

static void write_work(hedui_workbook *book, const hedui_summary *s, hedui_workbook_page *page)
{
    static const hedui_workbook_column columns[] = {
        {HEDUI_SPAN("乡镇（街道）"), HEDUI_SHEET_TEXT, 18, 0, 0, NULL, 0},
        {HEDUI_SPAN("要核查的户数"), HEDUI_SHEET_NUMBER, 15, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("其中疑点都没有核对到"), HEDUI_SHEET_NUMBER, 22, 0, 0, NULL,
         HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("已过期限"), HEDUI_SHEET_NUMBER, 14, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("七日内到期"), HEDUI_SHEET_NUMBER, 14, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("七日后到期"), HEDUI_SHEET_NUMBER, 14, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("没有定期限"), HEDUI_SHEET_NUMBER, 14, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
        {HEDUI_SPAN("最早期限"), HEDUI_SHEET_DATE, 14, 0, 0, NULL, 0},
    };
    page->name = "核查期限";
    page->title = hedui_span_of("低保核查疑点汇总表（各乡镇要核查的户和期限）");
    page->note = hedui_span_of(work_note);
    page->frozen = 1;
    hedui_workbook_sheet(book, page, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < s->run->town_count; i++) {
        const hedui_summary_work *w = &s->work[i];
        const hedui_sheet_cell first = {.number = w->first, .is_empty = w->first == INT32_MIN};
        const hedui_sheet_cell cells[] = {
            hedui_sheet_text(hedui_store_town_name(&s->run->towns[i], HEDUI_ZH)),
            hedui_sheet_number(w->listed),
            hedui_sheet_number(w->kept_only),
            hedui_sheet_number(w->overdue),
            hedui_sheet_number(w->soon),
            hedui_sheet_number(w->later),
            hedui_sheet_number(w->open_end),
            first};
        hedui_workbook_row(book, cells, 0);
    }
    hedui_workbook_sheet_end(book);
}

hedui_status hedui_summary_xlsx(hedui_buffer *out, const hedui_summary *s,
                                const hedui_report_order *order, hedui_err *err)
{
    hedui_workbook_page page = {.note = hedui_span_of(note), .foot = "制表：　　　　　审核："};
    hedui_workbook *book = NULL;
    hedui_status status = hedui_report_line(&page.line, order, 1, err);
    if (status)
        return status;
    book = hedui_workbook_begin(err);
    if (!book)
        return HEDUI_E1001;
    write_rules(book, s, &page);
    write_towns(book, s, &page);
    status = write_matrix(book, s, &page, 0, order, err);
    if (!status)
        status = write_matrix(book, s, &page, 1, order, err);
    if (!status) {
        write_open(book, s, &page);
        write_work(book, s, &page);
    }
    hedui_status ended = hedui_workbook_end(status ? NULL : out, book, status ? NULL : err);
    return status ? status : ended;
}
