/* The charts of R4. They are copied in black and white: priorities differ in lightness, every bar
 * has its numbers, and what a night did not check is named where its bar would be. */
#include "report/html.h"
#include "report/summary.h"

#include <hedui/escape.h>

enum { ROW = 26, LABELS = 330, BARS = 530, WIDTH = LABELS + BARS + 70 };
enum { HIGH, MEDIUM, LOW, INCLUDE, PARTS };
static const char *const classes[PARTS] = {"high", "medium", "low", "include"};

static void put(hedui_buffer *out, const char *html)
{
    hedui_buffer_text(out, html);
}

void hedui_summary_legend(hedui_buffer *out, const char *of, int towns)
{
    put(out, "<p class=\"note legend\">");
    put(out, of);
    put(out, "<i class=\"high\"></i>优先级高 <i class=\"medium\"></i>中 <i class=\"low\"></i>低 "
             "<i class=\"include\"></i>拟纳入线索");
    put(out, towns ? "（不论优先级）</p>\n" : "</p>\n");
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
    size_t kept = fit(label, 44);
    hedui_escape_html(out, (hedui_span){label.at, kept});
    put(out, kept < label.length ? "…</text>" : "</text>");
}

/* A bar from `from` to `to` of `whole`, with its number where there is room for one. */
static void svg_bar(hedui_buffer *out, size_t row, int part, int64_t from, int64_t to,
                    int64_t whole, int numbered)
{
    int x = (int)(from * BARS / whole), end = (int)(to * BARS / whole);
    if (to <= from)
        return;
    int width = end > x ? end - x : 1;
    hedui_buffer_format(out, "<rect class=\"%s\" x=\"%d\" y=\"%zu\" width=\"%d\" height=\"%d\"/>",
                        classes[part], LABELS + x, row * ROW + 5, width, ROW - 8);
    if (!numbered || width < 34)
        return;
    hedui_buffer_format(out, "<text class=\"in%s\" x=\"%d\" y=\"%zu\" text-anchor=\"middle\">",
                        part == HIGH ? " dark" : "", LABELS + x + width / 2, row * ROW + 19);
    hedui_report_html_number(out, to - from);
    put(out, "</text>");
}

static void svg_number(hedui_buffer *out, size_t row, int64_t at, int64_t whole)
{
    hedui_buffer_format(out, "<text class=\"t\" x=\"%d\" y=\"%zu\">",
                        LABELS + (int)(at * BARS / whole) + 6, row * ROW + 19);
    hedui_report_html_number(out, at);
    put(out, "</text>\n");
}

static void svg_kept(hedui_buffer *out, size_t row, int64_t kept)
{
    hedui_buffer_format(out, "<text x=\"%d\" y=\"%zu\">没有核对到，沿用以前的 ", LABELS + 6,
                        row * ROW + 19);
    hedui_report_html_number(out, kept);
    put(out, " 条</text>\n");
}

static int part_of(const hedui_summary_rule *rule)
{
    return hedui_summary_is_include(rule)            ? INCLUDE
           : hedui_span_is(rule->severity, "high")   ? HIGH
           : hedui_span_is(rule->severity, "medium") ? MEDIUM
                                                     : LOW;
}

void hedui_summary_chart_rules(hedui_buffer *out, const hedui_summary *s, int include)
{
    int64_t most = 1; /* of both directions: the two charts have one scale */
    size_t rows = 0;
    for (size_t i = 0; i < s->rule_count; i++) {
        const hedui_summary_rule *r = &s->rules[i];
        rows += hedui_summary_is_include(r) == include && (r->all.flags || r->all.kept);
        most = r->all.flags > most ? r->all.flags : most;
    }
    if (!rows)
        return;
    svg_begin(out, include ? "各类拟纳入线索条数" : "各类待核实疑点条数", rows);
    rows = 0;
    for (size_t i = 0; i < s->rule_count; i++) {
        const hedui_summary_rule *r = &s->rules[i];
        if (hedui_summary_is_include(r) != include || (!r->all.flags && !r->all.kept))
            continue;
        svg_label(out, rows, r->title);
        svg_bar(out, rows, part_of(r), 0, r->all.flags, most, 0);
        if (r->all.flags)
            svg_number(out, rows, r->all.flags, most);
        else
            svg_kept(out, rows, r->all.kept);
        rows++;
    }
    put(out, "</svg>\n");
}

void hedui_summary_count_town(int64_t parts[PARTS], const hedui_summary *s, size_t town)
{
    memset(parts, 0, PARTS * sizeof *parts);
    for (size_t i = 0; i < s->rule_count; i++)
        parts[part_of(&s->rules[i])] += s->rules[i].towns[town].flags;
}

void hedui_summary_chart_towns(hedui_buffer *out, const hedui_summary *s)
{
    int64_t most = 1, parts[PARTS];
    for (size_t i = 0; i < s->run->town_count; i++)
        most = s->run->towns[i].flags > most ? s->run->towns[i].flags : most;
    if (!s->run->town_count)
        return;
    svg_begin(out, "各乡镇疑点条数，按核查优先级和方向", s->run->town_count);
    for (size_t i = 0; i < s->run->town_count; i++) {
        int64_t at = 0;
        svg_label(out, i, hedui_store_town_name(&s->run->towns[i], HEDUI_ZH));
        hedui_summary_count_town(parts, s, i);
        for (int p = 0; p < PARTS; p++) {
            svg_bar(out, i, p, at, at + parts[p], most, 1);
            at += parts[p];
        }
        svg_number(out, i, s->run->towns[i].flags, most);
    }
    put(out, "</svg>\n");
}
