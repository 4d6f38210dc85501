/* R4 for leaders: what was found in both directions, by category and by town, drawn and in figures.
 * The table beneath a chart is its data. */
#include "report/html.h"
#include "report/summary.h"

#include <hedui/escape.h>
#include <hedui/label.h>

extern const char hedui_text_report_report_css[];

static void put(hedui_buffer *out, const char *html)
{
    hedui_buffer_text(out, html);
}

static void put_head(hedui_buffer *out, const hedui_summary *s, hedui_span line)
{
    put(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width\">\n<title>疑点汇总表 ");
    hedui_escape_html(out, s->run->id);
    put(out, "</title>\n<style>\n");
    put(out, hedui_text_report_report_css);
    put(out, "</style>\n</head>\n<body>\n<h1>低保核查疑点汇总表</h1>\n<p class=\"unit\">");
    hedui_escape_html(out, line);
    put(out, "</p>\n");
}

static void put_change(hedui_buffer *out, int64_t change)
{
    put(out, change > 0 ? "比上期多 " : change < 0 ? "比上期少 " : "与上期持平");
    if (change)
        hedui_report_html_number(out, change < 0 ? -change : change);
}

/* Whom the night left in which state: "not flagged" alone would read as "in order". */
static void put_states(hedui_buffer *out, const hedui_summary *s)
{
    static const char *const names[] = {"有疑点", "未发现疑点", "部分未核对", "不在核对范围"};
    const hedui_store_run *run = s->run;
    const int64_t parts[] = {run->flagged, run->clear, run->unchecked, run->out_of_scope};
    hedui_report_html_equation(out, "台账", "户", run->households, names, parts, 4);
    int64_t open = hedui_summary_all_work(s)->unanswered;
    if (!open)
        return;
    put(out, "<p class=\"must\">有 ");
    hedui_report_html_number(out, open);
    put(out, " 户至少一条规则无法核对，其中没有疑点的 ");
    hedui_report_html_number(out, run->unchecked);
    put(out, " 户记为“部分未核对”。没有查到不等于没有；原因和由谁补正见第四节。</p>\n");
}

/* Fewer than last time is no success by itself. */
static void put_comparison(hedui_buffer *out, const hedui_summary *s)
{
    const hedui_store_run *run = s->run;
    if (!run->base.length) {
        put(out, run->listed ? "<p>按名单核对，不与别的批次比较。</p>\n"
                             : "<p>没有可比的：此前没有发布过批次，疑点都算新增。</p>\n");
        return;
    }
    put(out, "<p>有疑点的户");
    put_change(out, hedui_summary_change(run->base_flagged, run->flagged));
    put(out, "（上期 ");
    hedui_escape_html(out, run->base);
    put(out, "，");
    hedui_report_html_number(out, run->base_flagged);
    put(out, " 户）。以前的疑点，核对过、不再出现的 ");
    hedui_report_html_number(out, run->gone);
    put(out, " 条；这次没有核对到、不能当作已消除的 ");
    hedui_report_html_number(out, run->not_checked);
    put(out, " 条，仍列在台账里，不计入上面的条数。</p>\n");
}

/* Both directions side by side: a campaign is judged by both. */
static void put_directions(hedui_buffer *out, const hedui_summary *s)
{
    static const char *const names[] = {"待核实疑点（核实后可能减发、停发，也可能不影响待遇）",
                                        "拟纳入线索（可能应纳入保障或提高待遇）"};
    int64_t unknown = s->knows_before ? 0 : INT64_MIN;
    hedui_summary_counts sums[2] = {{.before = unknown}, {.before = unknown}};
    int any = 0;
    for (size_t i = 0; i < s->rule_count; i++) {
        const hedui_summary_rule *r = &s->rules[i];
        hedui_summary_counts *sum = &sums[hedui_summary_is_include(r)];
        any |= hedui_summary_is_include(r);
        sum->flags += r->all.flags;
        sum->kept += r->all.kept;
        if (s->knows_before)
            sum->before += r->all.before;
    }
    put(out, "<div class=\"two\">\n");
    for (int i = 0; i < 2; i++) {
        put(out, "<div><p>");
        put(out, names[i]);
        put(out, "</p><p class=\"equation\"><b>");
        hedui_report_html_number(out, sums[i].flags);
        put(out, "</b> 条");
        if (sums[i].before != INT64_MIN) {
            put(out, "，");
            put_change(out, hedui_summary_change(sums[i].before, sums[i].flags));
        }
        if (sums[i].kept) {
            put(out, "（没有核对到的 ");
            hedui_report_html_number(out, sums[i].kept);
            put(out, " 条不在内）");
        }
        put(out, "</p></div>\n");
    }
    put(out, "</div>\n");
    if (!any)
        put(out, "<p class=\"note\">本期执行的规则里没有查找应保未保的规则，拟纳入为零不等于没有"
                 "应保未保的家庭。</p>\n");
}

static void put_result(hedui_buffer *out, const hedui_summary *s)
{
    static const char *const kinds[] = {"新增", "延续", "有变化"};
    static const char *const levels[] = {"优先级高", "中", "低"};
    const hedui_store_run *run = s->run;
    const int64_t kind_parts[] = {run->fresh, run->continuing, run->changed};
    const int64_t level_parts[] = {run->high, run->medium, run->low};
    put(out, "<h2>一、总的情况</h2>\n");
    put_states(out, s);
    hedui_report_html_equation(out, "疑点", "条", run->flags, kinds, kind_parts, 3);
    hedui_report_html_equation(out, "疑点", "条", run->flags, levels, level_parts, 3);
    put_comparison(out, s);
    put_directions(out, s);
    put(out,
        "<p class=\"note\">疑点是线索，只决定先去看谁：多少不是成绩，不据此定退出比例，也不折算成"
        "钱。</p>\n");
}

static void cell_change(hedui_buffer *out, int64_t change)
{
    put(out, "<td class=\"n\">");
    put(out, change > 0 ? "+" : "");
    hedui_report_html_number(out, change);
    put(out, "</td>");
}

static void rule_rows(hedui_buffer *out, const hedui_summary *s, int include)
{
    for (size_t i = 0; i < s->rule_count; i++) {
        const hedui_summary_rule *r = &s->rules[i];
        if (hedui_summary_is_include(r) != include)
            continue;
        put(out, "<tr><td class=\"w\">");
        hedui_escape_html(out, r->id);
        put(out, "</td>");
        hedui_report_html_cell(out, r->title);
        hedui_report_html_cell(out, hedui_label(HEDUI_LABEL_SEVERITY, r->severity, HEDUI_ZH));
        hedui_report_html_cell_number(out, r->all.households);
        hedui_report_html_cell_number(out, r->all.flags);
        hedui_report_html_cell_number(out, r->all.before);
        cell_change(out, hedui_summary_change(r->all.before, r->all.flags));
        hedui_report_html_cell_number(out, r->all.kept);
        put(out, "</tr>\n");
    }
}

static void put_rules(hedui_buffer *out, const hedui_summary *s)
{
    static const char *const heads[] = {"待核实疑点", "拟纳入线索"};
    hedui_summary_counts sum = {.before = s->knows_before ? 0 : INT64_MIN};
    int rules[2] = {0};
    for (size_t i = 0; i < s->rule_count; i++) {
        rules[hedui_summary_is_include(&s->rules[i])]++;
        sum.kept += s->rules[i].all.kept;
        if (s->knows_before)
            sum.before += s->rules[i].all.before;
    }
    put(out, "<h2>二、各类疑点</h2>\n");
    hedui_summary_legend(out, "条数", 0);
    for (int include = 0; include < 2; include++)
        hedui_summary_chart_rules(out, s, include);
    put(out, "<table>\n<thead><tr><th>规则</th><th>疑点类别</th><th class=\"w\">优先级</th>"
             "<th class=\"n\">户数</th><th class=\"n\">条数</th><th class=\"n\">上期条数</th>"
             "<th class=\"n\">增减</th><th class=\"n\">没有核对到</th></tr></thead>\n<tbody>\n");
    for (int include = 0; include < 2; include++) {
        if (!rules[include])
            continue;
        hedui_buffer_format(out, "<tr class=\"sum\"><td colspan=\"8\">%s</td></tr>\n",
                            heads[include]);
        rule_rows(out, s, include);
    }
    put(out, "<tr class=\"sum\"><td colspan=\"3\">合计（一户有几类的，户数只计一次）</td>");
    hedui_report_html_cell_number(out, s->run->flagged);
    hedui_report_html_cell_number(out, s->run->flags);
    hedui_report_html_cell_number(out, sum.before);
    cell_change(out, hedui_summary_change(sum.before, s->run->flags));
    hedui_report_html_cell_number(out, sum.kept);
    put(out, "</tr>\n</tbody>\n</table>\n<p "
             "class=\"note\">“没有核对到”是以前有、因来源或授权不足这次没有"
             "核对的疑点，不计入条数，也不算消除。</p>\n");
}

/* What a row of towns has: a town, or all of them. */
static void town_cells(hedui_buffer *out, const hedui_store_town *t, int64_t include)
{
    hedui_report_html_cell_number(out, t->households);
    hedui_report_html_cell_number(out, t->flagged);
    hedui_report_html_cell_number(out, t->flagged_before);
    cell_change(out, hedui_summary_change(t->flagged_before, t->flagged));
    hedui_report_html_cell_number(out, t->unchecked);
    hedui_report_html_cell_number(out, t->flags);
    hedui_report_html_cell_number(out, t->high);
    hedui_report_html_cell_number(out, t->medium);
    hedui_report_html_cell_number(out, t->low);
    hedui_report_html_cell_number(out, include);
    hedui_report_html_cell_number(out, t->kept);
    put(out, "</tr>\n");
}

static void add_town(hedui_store_town *sum, const hedui_store_town *t)
{
    sum->households += t->households;
    sum->flagged += t->flagged;
    /* not known of one is not known of all: there was no run before */
    sum->flagged_before =
        t->flagged_before == INT64_MIN ? INT64_MIN : sum->flagged_before + t->flagged_before;
    sum->unchecked += t->unchecked;
    sum->flags += t->flags;
    sum->high += t->high;
    sum->medium += t->medium;
    sum->low += t->low;
    sum->kept += t->kept;
}

/* Rules across would not fit: towns down, as leaders read them. */
static void put_towns(hedui_buffer *out, const hedui_summary *s)
{
    hedui_store_town sum = {0};
    int64_t parts[4], include = 0;
    put(out, "<h2>三、各乡镇</h2>\n");
    hedui_summary_legend(out, "条数", 1);
    hedui_summary_chart_towns(out, s);
    put(out, "<table>\n<thead><tr><th>乡镇（街道）</th><th class=\"n\">台账户数</th>"
             "<th class=\"n\">有疑点户数</th><th class=\"n\">上期</th><th class=\"n\">增减</th>"
             "<th class=\"n\">部分未核对户数</th><th class=\"n\">疑点条数</th>"
             "<th class=\"n\">高</th><th class=\"n\">中</th><th class=\"n\">低</th>"
             "<th class=\"n\">其中拟纳入</th><th class=\"n\">没有核对到</th></tr></thead>\n"
             "<tbody>\n");
    for (size_t i = 0; i < s->run->town_count; i++) {
        const hedui_store_town *t = &s->run->towns[i];
        hedui_summary_count_town(parts, s, i);
        include += parts[3];
        add_town(&sum, t);
        put(out, "<tr>");
        hedui_report_html_cell(out, hedui_store_town_name(t, HEDUI_ZH));
        town_cells(out, t, parts[3]);
    }
    put(out, "<tr class=\"sum\"><td>合计</td>");
    town_cells(out, &sum, include);
    put(out,
        "</tbody>\n</table>\n<p class=\"note\">高、中、低是条数，两个方向合计。“乡镇不明”是台账里"
        "区划代码不在区划表里的户。每类在每个乡镇的户数和条数见同名工作簿。</p>\n");
}

static void put_open(hedui_buffer *out, const hedui_summary *s)
{
    put(out, "<h2>四、没有核对到的</h2>\n");
    hedui_report_html_open(out, s->open, s->open_count, 12);
}

static void work_cells(hedui_buffer *out, const hedui_summary_work *w)
{
    const int64_t numbers[] = {w->listed, w->kept_only, w->overdue, w->soon, w->later, w->open_end};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hedui_report_html_cell_number(out, numbers[i]);
    put(out, "<td class=\"w\">");
    if (w->first == INT32_MIN)
        put(out, "—");
    else
        hedui_report_html_date(out, w->first);
    put(out, "</td></tr>\n");
}

/* Findings are not read back yet: what is due is told, what is done cannot be. */
static void put_work(hedui_buffer *out, const hedui_summary *s)
{
    put(out, "<h2>五、各乡镇要核查的户和期限</h2>\n<table>\n<thead><tr><th>乡镇（街道）</th>"
             "<th class=\"n\">要核查的户数</th><th class=\"n\">其中疑点都没有核对到</th>"
             "<th class=\"n\">已过期限</th><th class=\"n\">七日内到期</th>"
             "<th class=\"n\">七日后到期</th><th class=\"n\">没有定期限</th>"
             "<th class=\"w\">最早期限</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < s->run->town_count; i++) {
        if (!s->work[i].listed)
            continue;
        put(out, "<tr>");
        hedui_report_html_cell(out, hedui_store_town_name(&s->run->towns[i], HEDUI_ZH));
        work_cells(out, &s->work[i]);
    }
    put(out, "<tr class=\"sum\"><td>合计</td>");
    work_cells(out, hedui_summary_all_work(s));
    put(out,
        "</tbody>\n</table>\n<p "
        "class=\"note\">与台账、走访清单是同一批户：有疑点的户，加上疑点都没有"
        "核对到、沿用以前的户。期限从疑点首次发现算起，按核对基准日计。</p>\n"
        "<p class=\"must\">这里没有核查进度：交回的台账还不能读回程序，“已过期限”包括已经核查的"
        "户。进度请按各乡镇交回的台账统计。</p>\n");
}

hedui_status hedui_summary_html(hedui_buffer *out, const hedui_summary *s,
                                const hedui_report_order *order, hedui_err *err)
{
    hedui_span line;
    hedui_status status = hedui_report_line(&line, order, 1, err);
    if (status)
        return status;
    put_head(out, s, line);
    put_result(out, s);
    put_rules(out, s);
    put_towns(out, s);
    put_open(out, s);
    put_work(out, s);
    put(out, "<footer>疑点为比对线索，不作为认定结论</footer>\n</body>\n</html>\n");
    return hedui_buffer_failed(out) ? hedui_fail_memory(err) : HEDUI_OK;
}
