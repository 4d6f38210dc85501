/* R3, where to go: the households with flags by village, the most urgent first. */
#include "report/html.h"
#include "report/visits.h"
#include "store/view.h"

#include <hedui/escape.h>

extern const char hedui_text_report_route_css[];

enum { ROUTE_COLUMNS = 9 };

static void put(hedui_buffer *out, const char *html)
{
    hedui_buffer_text(out, html);
}

/* The head of a village's table stands on every page that the table reaches. */
static void put_village(hedui_buffer *out, const hedui_report_order *order, hedui_span name)
{
    const hedui_store_run *run = order->run;
    put(out,
        "<table>\n<colgroup><col style=\"width:12mm\"><col style=\"width:34mm\"><col "
        "style=\"width:36mm\"><col style=\"width:14mm\"><col style=\"width:58mm\"><col "
        "style=\"width:30mm\"><col style=\"width:16mm\"><col style=\"width:18mm\"><col "
        "style=\"width:26mm\"><col></colgroup>\n<thead>\n<tr class=\"who\"><th colspan=\"10\">");
    if (order->town)
        hedui_escape_html(out, hedui_store_town_name(order->town, HEDUI_ZH));
    put(out, "　");
    hedui_escape_html(out, name.length ? name : hedui_span_of("村（社区）不详"));
    put(out, "　核对批次：");
    hedui_escape_html(out, run->id);
    put(out, *hedui_report_state_mark(run) ? "　" : "");
    put(out, hedui_report_state_mark(run));
    put(out,
        "</th></tr>\n<tr><th>序号</th><th>核查编号</th><th>户主</th><th>人口</th><th>组、住址"
        "</th><th>电话</th><th>疑点数</th><th>最高优先级</th><th>期限</th><th>走访结果</th></tr>\n"
        "</thead>\n<tbody>\n");
}

static void put_household(hedui_buffer *out, const hedui_sheet_cell *c, int64_t number)
{
    hedui_buffer_format(out, "<tr><td class=\"c\">%lld</td>", (long long)number);
    hedui_report_html_cell(out, c[2].text);
    hedui_report_html_cell(out, c[3].text);
    hedui_buffer_format(out, "<td class=\"c\">%lld</td>", (long long)c[4].number);
    hedui_report_html_cell(out, c[5].text);
    hedui_buffer_format(out, "<td></td><td class=\"c\">%lld</td><td class=\"c\">",
                        (long long)c[6].number);
    hedui_escape_html(out, c[7].text);
    put(out, "</td><td class=\"c\">");
    if (!c[8].is_empty)
        hedui_report_html_date(out, (int32_t)c[8].number);
    put(out, "</td><td>□已走访<br>□没见到</td></tr>\n");
}

static hedui_status put_rows(hedui_buffer *out, hedui_store_view *view,
                             const hedui_report_order *order, hedui_err *err)
{
    hedui_sheet_cell cells[ROUTE_COLUMNS];
    hedui_buffer village;
    int64_t number = 0;
    hedui_buffer_init(&village);
    while (hedui_store_view_row(cells, view, err)) {
        if (!number || !hedui_span_equal(hedui_buffer_span(&village), cells[0].text)) {
            put(out, number ? "</tbody>\n</table>\n" : "");
            put_village(out, order, cells[1].text);
            hedui_buffer_restart(&village);
            hedui_buffer_add(&village, cells[0].text);
        }
        put_household(out, cells, ++number);
    }
    put(out, number ? "</tbody>\n</table>\n" : "<p>没有需要走访的户。</p>\n");
    hedui_status status = view->status;
    if (!status && hedui_buffer_failed(&village))
        status = hedui_fail_memory(err);
    hedui_buffer_free(&village);
    return status;
}

hedui_status hedui_report_route(hedui_buffer *out, const hedui_report_order *order, hedui_err *err)
{
    hedui_store_view view = {0};
    hedui_span line;
    hedui_status status = hedui_visits_view(&view, order, "route", err);
    if (!status)
        status = hedui_report_line(&line, order, 0, err);
    if (!status) {
        hedui_report_html_begin(out, view.title, hedui_text_report_route_css);
        put(out, "<h1>");
        if (order->town)
            hedui_escape_html(out, hedui_store_town_name(order->town, HEDUI_ZH));
        hedui_escape_html(out, view.title);
        put(out, "</h1>\n<p class=\"line\">");
        hedui_escape_html(out, line);
        put(out, "</p>\n");
        status = put_rows(out, &view, order, err);
        put(out, "<p class=\"foot\">疑点为比对线索，不作为认定结论</p>\n");
        hedui_report_html_end(out);
    }
    hedui_store_view_close(&view);
    if (!status && hedui_buffer_failed(out))
        status = hedui_fail_memory(err);
    return status;
}
