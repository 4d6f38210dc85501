/* The run report as one HTML document: what was found, whether it adds up, what was not checked. */
#include "report/data.h"
#include "report/html.h"

#include <hedui/escape.h>
#include <hedui/label.h>
#include <hedui/report.h>

extern const char hedui_text_report_report_css[];

static void put(hedui_buffer *out, const char *html)
{
    hedui_buffer_text(out, html);
}

static void put_label(hedui_buffer *out, hedui_label_kind kind, hedui_span code)
{
    hedui_escape_html(out, hedui_label(kind, code, HEDUI_ZH));
}

/* Whose decision the state is: a night with nothing to hold it back needs nobody's. */
static void put_decider(hedui_buffer *out, const hedui_store_run *run)
{
    if (run->event_count) {
        put(out, "（");
        hedui_escape_html(out, run->events[run->event_count - 1].person);
        put(out, "决定，理由见下）");
    } else if (hedui_span_is(run->state, "published")) {
        put(out, "（没有暂不发布的原因，程序自动发布）");
    }
}

static void put_head(hedui_buffer *out, const hedui_store_run *run)
{
    put(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width\">\n<title>核对批次报告 ");
    hedui_escape_html(out, run->id);
    put(out, "</title>\n<style>\n");
    put(out, hedui_text_report_report_css);
    put(out, "</style>\n</head>\n<body>\n<h1>核对批次报告</h1>\n<p class=\"unit\">");
    hedui_escape_html(out, run->unit);
    put(out, "</p>\n<table class=\"facts\">\n<tr><th>核对批次</th><td>");
    hedui_escape_html(out, run->id);
    put(out, "</td><th>核对基准日</th><td>");
    hedui_report_html_date(out, run->as_of);
    put(out, "</td></tr>\n<tr><th>发布情况</th><td>");
    put_label(out, HEDUI_LABEL_RUN_STATE, run->state);
    put_decider(out, run);
    put(out, "</td><th>对比批次</th><td>");
    if (run->base.length)
        hedui_escape_html(out, run->base);
    else
        put(out, run->listed ? "无（按名单核对）" : "无（首次发布前）");
    put(out, "</td></tr>\n</table>\n");
}

static void put_holds(hedui_buffer *out, const hedui_report_data *data)
{
    const hedui_store_run *run = data->run;
    hedui_buffer sentence, remark, titles;
    hedui_buffer_init(&sentence);
    hedui_buffer_init(&remark);
    hedui_buffer_init(&titles);
    if (run->hold_count) {
        put(out, "<div class=\"hold\"><strong>");
        put(out, run->listed                          ? "本批次按名单核对，须留意："
                 : hedui_span_is(run->state, "draft") ? "本批次为草稿，尚未发布给核查员。原因："
                                                      : "本批次曾暂不发布。原因：");
        put(out, "</strong>\n<ul>\n");
    }
    for (size_t i = 0; i < run->hold_count; i++) {
        const hedui_store_hold *hold = &run->holds[i];
        hedui_buffer_restart(&titles);
        size_t count =
            hedui_store_hold_titles(&titles, data->deliveries, data->delivery_count, run, i);
        if (!count)
            continue;
        hedui_buffer_restart(&remark);
        hedui_report_remark(&remark, hold->number, hold->argument);
        hedui_buffer_restart(&sentence);
        hedui_buffer_add(&sentence, hedui_label(HEDUI_LABEL_VERDICT, hold->verdict, HEDUI_ZH));
        hedui_buffer_text(&sentence, remark.length ? "。" : "");
        hedui_buffer_add(&sentence, hedui_buffer_span(&remark));
        put(out, "<li>");
        hedui_report_html_about(out, hedui_buffer_span(&titles), count,
                                hedui_buffer_span(&sentence));
        put(out, "</li>\n");
    }
    if (run->hold_count) {
        put(out, "</ul>");
        if (hedui_span_is(run->state, "draft")) {
            put(out, "\n核实无误后，由负责人发布：<code>hedui runs publish ");
            hedui_escape_html(out, run->id);
            put(out, " --person 姓名 --reason 理由</code>；否则补齐数据后重新核对。");
        }
        put(out, "</div>\n");
    }
    for (size_t i = 0; i < run->event_count; i++) {
        put(out, "<p class=\"must\">");
        put_label(out, HEDUI_LABEL_RUN_STATE, run->events[i].event);
        put(out, "：");
        hedui_escape_html(out, run->events[i].person);
        put(out, "，理由：");
        hedui_escape_html(out, run->events[i].reason);
        put(out, "</p>\n");
    }
    out->failed |= sentence.failed | remark.failed | titles.failed;
    hedui_buffer_free(&sentence);
    hedui_buffer_free(&remark);
    hedui_buffer_free(&titles);
}

/* +6.9%, in tenths rounded half away from zero. */
static void put_change(hedui_buffer *out, int64_t before, int64_t now)
{
    if (before <= 0 || now > INT64_MAX / 4000 || before > INT64_MAX / 4000)
        return;
    int64_t difference = now - before;
    if (!difference) {
        put(out, "，持平");
        return;
    }
    int64_t size = difference < 0 ? -difference : difference;
    int64_t tenths = (size * 2000 + before) / (2 * before);
    hedui_buffer_format(out, "，%s%lld.%lld%%", difference < 0 ? "−" : "+",
                        (long long)(tenths / 10), (long long)(tenths % 10));
}

static void put_summary(hedui_buffer *out, const hedui_store_run *run)
{
    static const char *const states[] = {"有疑点", "未发现疑点", "部分未核对", "不在核对范围"};
    static const char *const kinds[] = {"新增", "延续", "有变化"};
    static const char *const levels[] = {"优先级高", "中", "低"};
    static const char *const matches[] = {"证件号与姓名一致", "仅证件号一致（来源无姓名）",
                                          "姓名不同", "由15位证件号升位"};
    const int64_t state_parts[] = {run->flagged, run->clear, run->unchecked, run->out_of_scope};
    const int64_t kind_parts[] = {run->fresh, run->continuing, run->changed};
    const int64_t level_parts[] = {run->high, run->medium, run->low};
    int64_t rows = 0;
    for (int i = 0; i < 4; i++)
        rows += run->rows_matched[i];
    put(out, "<h2>一、核对结果</h2>\n");
    hedui_report_html_equation(out, "台账", "户", run->households, states, state_parts, 4);
    hedui_report_html_equation(out, "疑点", "条", run->flags, kinds, kind_parts, 3);
    hedui_report_html_equation(out, "疑点", "条", run->flags, levels, level_parts, 3);
    if (run->base.length) {
        put(out, "<p>对比批次有疑点 ");
        hedui_report_html_number(out, run->base_flagged);
        put(out, " 户，本批次 ");
        hedui_report_html_number(out, run->flagged);
        put(out, " 户");
        put_change(out, run->base_flagged, run->flagged);
        put(out, "。以前的疑点中，已核对且不再出现的 ");
        hedui_report_html_number(out, run->gone);
        put(out, " 条；因来源或授权不足、本次未核对而保留的 ");
        hedui_report_html_number(out, run->not_checked);
        put(out, " 条（不计入上面的疑点条数）。</p>\n");
    }
    put(out, "<p>台账共 ");
    hedui_report_html_number(out, run->persons);
    put(out, " 人，其中有有效核对授权的 ");
    hedui_report_html_number(out, run->persons_authorised);
    put(out, " 人，在数据源中有记录的 ");
    hedui_report_html_number(out, run->persons_matched);
    put(out, " 人。</p>\n");
    hedui_report_html_equation(out, "对应到台账成员", "行次", rows, matches, run->rows_matched, 4);
    put(out,
        "<p class=\"note\">“部分未核对”的户没有疑点，但至少有一条规则因数据或授权不足无法判断，"
        "不等于没有问题。匹配存疑（姓名不同、由15位号升位等）的疑点一律只作入户核实。“行次”按成员计"
        "，同一人在多户的各户分别计。</p>\n");
}

void hedui_report_data_html(hedui_buffer *out, const hedui_report_data *data)
{
    put_head(out, data->run);
    put_holds(out, data);
    put_summary(out, data->run);
    hedui_report_html_ledgers(out, data);
    hedui_report_html_gaps(out, data);
    hedui_report_html_rules(out, data->run);
    hedui_report_html_stood(out, data);
    hedui_report_html_met(out, data);
    hedui_report_html_towns(out, data->run);
    hedui_report_html_inputs(out, data);
    put(out, "<footer>疑点为比对线索，不作为认定结论</footer>\n</body>\n</html>\n");
}

hedui_status hedui_report_run_html(hedui_buffer *out, hedui_store *store, hedui_span run,
                                   hedui_err *err)
{
    return hedui_report_data_put(out, hedui_report_data_html, store, run, err);
}
