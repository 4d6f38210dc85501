/* R4 for leaders: what was found in both directions, by category and by town, drawn and in figures.
 * The table beneath a chart is its data. */
#include "report/html.h"
#include "report/summary.h"

#include <hedui/escape.h>
#include <hedui/label.h>

extern const char hedui_text_report_report_css[];

enum { ROW = 26, LABELS = 300, BARS = 560, WIDTH = LABELS + BARS + 70 };

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
    if (change == INT64_MIN)
        return;
    put(out, change > 0 ? "，比上期多 " : change < 0 ? "，比上期少 " : "，与上期持平");
    if (change)
        hedui_report_html_number(out, change < 0 ? -change : change);
}

/* Both directions side by side: a campaign is judged by both. */
static void put_directions(hedui_buffer *out, const hedui_summary *s)
{
    static const char *const names[] = {"待核实疑点（核实后可能减发、停发，也可能不影响待遇）",
                                        "拟纳入线索（可能应纳入保障或提高待遇）"};
    int64_t unknown = s->knows_before ? 0 : INT64_MIN;
    hedui_summary_counts sums[2] = {{.before = unknown}, {.before = unknown}};
    for (size_t i = 0; i < s->rule_count; i++) {
        const hedui_summary_rule *r = &s->rules[i];
        hedui_summary_counts *sum = &sums[hedui_summary_is_include(r)];
        sum->flags += r->all.flags;
        sum->kept += r->all.kept;
        if (s->knows_before)
            sum->before += r->all.before;
    }
    put(out, "<h2>一、总的情况</h2>\n<p class=\"equation\">台账 <b>");
    hedui_report_html_number(out, s->run->households);
    put(out, "</b> 户，有疑点 <b>");
    hedui_report_html_number(out, s->run->flagged);
    put(out, "</b> 户");
    put_change(out, hedui_summary_change(s->run->base.length ? s->run->base_flagged : INT64_MIN,
                                         s->run->flagged));
    put(out, "；疑点 <b>");
    hedui_report_html_number(out, s->run->flags);
    put(out, "</b> 条（两个方向合计：优先级高 ");
    hedui_report_html_number(out, s->run->high);
    put(out, "、中 ");
    hedui_report_html_number(out, s->run->medium);
    put(out, "、低 ");
    hedui_report_html_number(out, s->run->low);
    put(out, "）</p>\n<div class=\"two\">\n");
    for (int i = 0; i < 2; i++) {
        put(out, "<div><p>");
        put(out, names[i]);
        put(out, "</p><p class=\"equation\"><b>");
        hedui_report_html_number(out, sums[i].flags);
        put(out, "</b> 条");
        put_change(out, hedui_summary_change(sums[i].before, sums[i].flags));
        if (sums[i].kept) {
            put(out, "（另有 ");
            hedui_report_html_number(out, sums[i].kept);
            put(out, " 条本次未核对）");
        }
        put(out, "</p></div>\n");
    }
    put(out, "</div>\n");
    int any = 0;
    for (size_t i = 0; i < s->rule_count; i++)
        any |= hedui_summary_is_include(&s->rules[i]);
    if (!any)
        put(out,
            "<p "
            "class=\"note\">本期执行的规则里没有查找应保未保的规则，拟纳入为零不等于没有应保未保的"
            "家庭。</p>\n");
}

static void svg_begin(hedui_buffer *out, const char *title, size_t rows)
{
    hedui_buffer_format(out,
                        "<svg class=\"chart\" role=\"img\" viewBox=\"0 0 %d %zu\" "
                        "xmlns=\"http://www.w3.org/2000/svg\">\n<title>%s</title>\n",
                        WIDTH, rows * ROW + 8, title);
}

/* The length of the beginning of `text` that is no wider than `width` Latin letters. */
static size_t fit(hedui_span text, size_t width)
{
    size_t length = 0;
    for (size_t end = 1; end <= text.length; end++) {
        int whole = end == text.length || ((unsigned char)text.at[end] & 0xC0) != 0x80;
        if (whole && hedui_display_width((hedui_span){text.at, end}) > width)
            break;
        length = whole ? end : length;
    }
    return length;
}

static void svg_label(hedui_buffer *out, size_t row, hedui_span label)
{
    hedui_buffer_format(out, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">", LABELS - 8,
                        row * ROW + 19);
    /* as many characters as fit: the table beneath has them all */
    size_t kept = fit(label, 38);
    hedui_escape_html(out, (hedui_span){label.at, kept});
    put(out, kept < label.length ? "…</text>" : "</text>");
}

/* A bar from `from` to `to` of `whole`. */
static void svg_bar(hedui_buffer *out, size_t row, const char *class, int64_t from, int64_t to,
                    int64_t whole)
{
    int x = (int)(from * BARS / whole), end = (int)(to * BARS / whole);
    if (to <= from)
        return;
    hedui_buffer_format(out, "<rect class=\"%s\" x=\"%d\" y=\"%zu\" width=\"%d\" height=\"%d\"/>",
                        class, LABELS + x, row * ROW + 5, end > x ? end - x : 1, ROW - 8);
}

static void svg_number(hedui_buffer *out, size_t row, int64_t at, int64_t whole)
{
    hedui_buffer_format(out, "<text x=\"%d\" y=\"%zu\">", LABELS + (int)(at * BARS / whole) + 6,
                        row * ROW + 19);
    hedui_report_html_number(out, at);
    put(out, "</text>\n");
}

static const char *class_of(hedui_span severity)
{
    return hedui_span_is(severity, "high")     ? "high"
           : hedui_span_is(severity, "medium") ? "medium"
                                               : "low";
}

static void legend(hedui_buffer *out)
{
    put(out, "<p class=\"note legend\"><i class=\"high\"></i>优先级高 <i class=\"medium\"></i>中 "
             "<i class=\"low\"></i>低 <i class=\"include\"></i>拟纳入线索</p>\n");
}

static void chart_rules(hedui_buffer *out, const hedui_summary *s, int include)
{
    int64_t most = 1; /* of both directions: the two charts have one scale */
    size_t rows = 0;
    for (size_t i = 0; i < s->rule_count; i++) {
        const hedui_summary_rule *r = &s->rules[i];
        rows += hedui_summary_is_include(r) == include && r->all.flags;
        most = r->all.flags > most ? r->all.flags : most;
    }
    if (!rows)
        return;
    svg_begin(out, include ? "各类拟纳入线索条数" : "各类待核实疑点条数", rows);
    rows = 0;
    for (size_t i = 0; i < s->rule_count; i++) {
        const hedui_summary_rule *r = &s->rules[i];
        if (hedui_summary_is_include(r) != include || !r->all.flags)
            continue;
        svg_label(out, rows, r->title);
        svg_bar(out, rows, include ? "include" : class_of(r->severity), 0, r->all.flags, most);
        svg_number(out, rows++, r->all.flags, most);
    }
    put(out, "</svg>\n");
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
    put(out, "<h2>二、各类疑点</h2>\n");
    legend(out);
    for (int include = 0; include < 2; include++)
        chart_rules(out, s, include);
    put(out, "<table>\n<thead><tr><th>规则</th><th>疑点类别</th><th class=\"w\">优先级</th>"
             "<th class=\"n\">户数</th><th class=\"n\">条数</th><th class=\"n\">上期条数</th>"
             "<th class=\"n\">增减</th><th class=\"n\">本次未核对</th></tr></thead>\n<tbody>\n");
    for (int include = 0; include < 2; include++) {
        hedui_buffer_format(out, "<tr class=\"sum\"><td colspan=\"8\">%s</td></tr>\n",
                            heads[include]);
        rule_rows(out, s, include);
    }
    put(out, "</tbody>\n</table>\n");
}

/* Flags of a town by priority; leads for inclusion stand by themselves. */
enum { HIGH, MEDIUM, LOW, INCLUDE, PARTS };

static void count_town(int64_t parts[PARTS], const hedui_summary *s, size_t town)
{
    memset(parts, 0, PARTS * sizeof *parts);
    for (size_t i = 0; i < s->rule_count; i++) {
        const hedui_summary_rule *r = &s->rules[i];
        int part = hedui_summary_is_include(r)            ? INCLUDE
                   : hedui_span_is(r->severity, "high")   ? HIGH
                   : hedui_span_is(r->severity, "medium") ? MEDIUM
                                                          : LOW;
        parts[part] += r->towns[town].flags;
    }
}

static void chart_towns(hedui_buffer *out, const hedui_summary *s)
{
    static const char *const classes[PARTS] = {"high", "medium", "low", "include"};
    int64_t most = 1, parts[PARTS];
    for (size_t i = 0; i < s->run->town_count; i++)
        most = s->run->towns[i].flags > most ? s->run->towns[i].flags : most;
    if (!s->run->town_count)
        return;
    svg_begin(out, "各乡镇疑点条数，按核查优先级和方向", s->run->town_count);
    for (size_t i = 0; i < s->run->town_count; i++) {
        int64_t at = 0;
        svg_label(out, i, hedui_store_town_name(&s->run->towns[i], HEDUI_ZH));
        count_town(parts, s, i);
        for (int p = 0; p < PARTS; p++) {
            svg_bar(out, i, classes[p], at, at + parts[p], most);
            at += parts[p];
        }
        svg_number(out, i, s->run->towns[i].flags, most);
    }
    put(out, "</svg>\n");
}

/* Rules across would not fit: towns down, as leaders read them. */
static void put_towns(hedui_buffer *out, const hedui_summary *s)
{
    put(out, "<h2>三、各乡镇</h2>\n");
    legend(out);
    chart_towns(out, s);
    put(out, "<table>\n<thead><tr><th>乡镇（街道）</th><th class=\"n\">台账户数</th>"
             "<th class=\"n\">有疑点户数</th><th class=\"n\">上期</th><th class=\"n\">增减</th>"
             "<th class=\"n\">疑点条数</th><th class=\"n\">高</th><th class=\"n\">中</th>"
             "<th class=\"n\">低</th><th class=\"n\">其中拟纳入</th>"
             "<th class=\"n\">本次未核对</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < s->run->town_count; i++) {
        const hedui_store_town *t = &s->run->towns[i];
        int64_t parts[PARTS];
        count_town(parts, s, i);
        put(out, "<tr>");
        hedui_report_html_cell(out, hedui_store_town_name(t, HEDUI_ZH));
        hedui_report_html_cell_number(out, t->households);
        hedui_report_html_cell_number(out, t->flagged);
        hedui_report_html_cell_number(out, t->flagged_before);
        cell_change(out, hedui_summary_change(t->flagged_before, t->flagged));
        hedui_report_html_cell_number(out, t->flags);
        hedui_report_html_cell_number(out, t->high);
        hedui_report_html_cell_number(out, t->medium);
        hedui_report_html_cell_number(out, t->low);
        hedui_report_html_cell_number(out, parts[INCLUDE]);
        hedui_report_html_cell_number(out, t->kept);
        put(out, "</tr>\n");
    }
    put(out,
        "</tbody>\n</table>\n<p "
        "class=\"note\">图中拟纳入线索不论优先级另成一段；表中高、中、低是两个方向合计。"
        "同一户可以有几类疑点，各类户数相加不等于有疑点的户数。"
        "“本次未核对”是上期疑点中因来源或授权不足、这次没有核对的，不计入条数。每类在每个乡镇的户数"
        "和条数见同名工作簿。</p>\n");
}

hedui_status hedui_summary_html(hedui_buffer *out, const hedui_summary *s,
                                const hedui_report_order *order, hedui_err *err)
{
    hedui_span line;
    hedui_status status = hedui_report_line(&line, order, err);
    if (status)
        return status;
    put_head(out, s, line);
    put_directions(out, s);
    put_rules(out, s);
    put_towns(out, s);
    put(out, "<footer>疑点为比对线索，不作为认定结论</footer>\n</body>\n</html>\n");
    return hedui_buffer_failed(out) ? hedui_fail_memory(err) : HEDUI_OK;
}
