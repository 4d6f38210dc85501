/* R8, the answer about one household, for its file and for the family: who authorised what, which
 * sources were checked as of which day, what was found. Not flagged is an answer too; what was not
 * checked is never told as nothing found. */
#include "report/html.h"
#include "report/visits.h"
#include "store/view.h"

#include <hedui/escape.h>

extern const char hedui_text_report_household_css[];

enum { SOURCE_COLUMNS = 6, NOT_DELIVERED = 4, OPEN_COLUMNS = 3 };

static void put(hedui_buffer *out, const char *html)
{
    hedui_buffer_text(out, html);
}

static void put_head(hedui_buffer *out, const hedui_report_order *order, const hedui_visit *v)
{
    const hedui_store_run *run = order->run;
    const char *mark = hedui_report_state_mark(run);
    hedui_report_html_begin(out, hedui_span_of("居民家庭经济状况核对报告"),
                            hedui_text_report_household_css);
    /* the head of this table stands on every page */
    put(out, "<table class=\"page\">\n");
    if (*mark) {
        put(out, "<thead><tr><th><div class=\"mark\">");
        put(out, mark);
        put(out, "</div></th></tr></thead>\n");
    }
    put(out, "<tbody><tr><td>\n<h1>居民家庭经济状况核对报告</h1>\n<p class=\"unit\">");
    hedui_escape_html(out, run->unit);
    put(out, "</p>\n<p class=\"ends\"><span>文号：　　　　　　　　</span><span>核查编号：");
    hedui_escape_html(out, v->id);
    put(out, "</span></p>\n<h2>一、委托和授权</h2>\n<p class=\"t\">受委托对");
    hedui_escape_html(out, v->head);
    put(out, "户（");
    hedui_escape_html(out, v->address.length ? v->address : v->town);
    put(out, "）的家庭经济状况进行核对。保障类别：");
    hedui_escape_html(out, v->programme);
    put(out, "（");
    hedui_escape_html(out, v->status);
    put(out, "）。核对批次 ");
    hedui_escape_html(out, run->id);
    put(out, "，核对基准日 ");
    hedui_report_html_date(out, run->as_of);
    put(out, "。</p>\n<p class=\"t\">授权书编号：</p>\n");
}

static void put_members(hedui_buffer *out, const hedui_visit *v)
{
    put(out,
        "<table class=\"list\">\n<colgroup><col style=\"width:42mm\"><col style=\"width:20mm\">"
        "<col style=\"width:44mm\"><col style=\"width:21mm\"><col></colgroup>\n<thead><tr>"
        "<th>姓名</th><th>关系</th><th>证件号</th><th>保障对象</th><th>核对授权</th></tr></thead>"
        "\n<tbody>\n");
    for (const hedui_visit_member *m = v->first_member; m; m = m->next) {
        put(out, "<tr>");
        hedui_report_html_cell(out, m->name);
        hedui_report_html_cell(out, m->relation);
        hedui_report_html_cell(out, m->id);
        put(out, m->counted ? "<td class=\"c\">是</td>" : "<td class=\"c\">否</td>");
        put(out, m->authorised ? "<td class=\"c\">有</td></tr>\n"
                               : "<td class=\"c\">无，未核对</td></tr>\n");
    }
    put(out, "</tbody>\n</table>\n");
}

static void put_source(hedui_buffer *out, const hedui_sheet_cell *c)
{
    put(out, "<tr>");
    hedui_report_html_cell(out, c[1].text);
    hedui_report_html_cell(out, c[2].text);
    put(out, "<td class=\"c\">");
    hedui_report_html_date(out, c[3].is_empty ? INT32_MIN : (int32_t)c[3].number);
    put(out, "</td><td>");
    hedui_escape_html(out, c[5].text);
    put(out, "</td></tr>\n");
}

static int begins(hedui_span text, const char *with)
{
    size_t length = strlen(with);
    return text.length >= length && memcmp(text.at, with, length) == 0;
}

/* Sources of which nothing came stand in one sentence: there are many, and they are all the same.
 */
static hedui_status put_sources(hedui_buffer *out, const hedui_report_order *order, hedui_err *err)
{
    hedui_store_view view = {0};
    hedui_sheet_cell cells[SOURCE_COLUMNS];
    hedui_buffer missing;
    int plain = 0; /* the run did not say of every source what it has */
    hedui_buffer_init(&missing);
    hedui_status status = hedui_visits_view(&view, order, "household_source", err);
    put(out,
        "<h2>二、核对项目、来源和结果</h2>\n<table class=\"list\">\n<colgroup><col "
        "style=\"width:38mm\"><col style=\"width:44mm\"><col style=\"width:26mm\"><col>"
        "</colgroup>\n<thead><tr><th>来源单位</th><th>核对项目</th><th>数据截止</th><th>结果</th>"
        "</tr></thead>\n<tbody>\n");
    while (!status && hedui_store_view_row(cells, &view, err)) {
        plain |= begins(cells[5].text, "无疑点记录");
        if (cells[4].number != NOT_DELIVERED) {
            put_source(out, cells);
            continue;
        }
        hedui_buffer_text(&missing, missing.length ? "、" : "");
        hedui_buffer_add(&missing, cells[2].text);
    }
    put(out, "</tbody>\n</table>\n");
    if (missing.length) {
        put(out, "<p class=\"small\">未核对（数据源未收到）：");
        hedui_escape_html(out, hedui_buffer_span(&missing));
        put(out, "。</p>\n");
    }
    put(out,
        plain
            ? "<p class=\"small\">“有记录”指有需要核实的记录；“无疑点记录”指到数据截止日，该来源中"
              "没有发现需要核实的记录；“未核对”不等于没有记录。</p>\n"
            : "<p "
              "class=\"small\">"
              "“有记录”指到数据截止日，该来源有所列成员的记录，不等于有问题，需要核实的"
              "列在第三项；“无记录”指已授权的保障对象在该来源中都没有记录；“未核对”不等于没有记录。"
              "</p>\n");
    status = status ? status : view.status;
    if (!status && hedui_buffer_failed(&missing))
        status = hedui_fail_memory(err);
    hedui_store_view_close(&view);
    hedui_buffer_free(&missing);
    return status;
}

static void put_result(hedui_buffer *out, const hedui_visit *v)
{
    put(out, "<h2>三、核对结果</h2>\n<p class=\"t\">");
    hedui_escape_html(out, v->state);
    if (v->flags)
        hedui_buffer_format(out, "，共 %lld 条，待核实", (long long)v->flags);
    put(out, "。已核对的来源和数据截止日见上表。</p>\n");
    if (v->first_flag)
        put(out, "<table class=\"list\">\n<colgroup><col style=\"width:12mm\"><col></colgroup>\n"
                 "<thead><tr><th>序号</th><th>疑点及行号</th></tr></thead>\n<tbody>\n");
    int number = 0;
    for (const hedui_visit_flag *f = v->first_flag; f; f = f->next) {
        hedui_buffer_format(out, "<tr><td class=\"c\">%d</td><td>", ++number);
        if (!f->sources.length) {
            hedui_escape_html(out, f->title);
            put(out, "：");
        }
        hedui_report_html_text(out, f->message);
        if (f->places.length) {
            put(out, "〔");
            hedui_report_html_text(out, f->places);
            put(out, "〕");
        }
        if (f->remark.length) {
            put(out, "（");
            hedui_escape_html(out, f->remark);
            put(out, "）");
        }
        put(out, "</td></tr>\n");
    }
    put(out, v->first_flag ? "</tbody>\n</table>\n" : "");
    put(out, "<p class=\"t\">疑点为比对线索，不作为认定结论；未核实不停发、减发。</p>\n");
}

/* What stays open is told with its reason, and counts against nobody. */
static hedui_status put_open(hedui_buffer *out, const hedui_report_order *order,
                             const hedui_visit *v, hedui_err *err)
{
    hedui_store_view view = {0};
    hedui_sheet_cell cells[OPEN_COLUMNS];
    int rows = 0;
    if (!v->unanswered)
        return HEDUI_OK;
    hedui_buffer_format(
        out,
        "<p class=\"t\">有 %lld 条规则因数据或授权不足无法核对，不等于没有问题，也不"
        "作为不利的依据。</p>\n",
        (long long)v->unanswered);
    hedui_status status = hedui_visits_view(&view, order, "household_open", err);
    while (!status && hedui_store_view_row(cells, &view, err)) {
        if (!rows++)
            put(out, "<table class=\"list\">\n<colgroup><col style=\"width:96mm\"><col></colgroup>"
                     "\n<thead><tr><th>无法核对的事项</th><th>原因</th></tr></thead>\n<tbody>\n");
        put(out, "<tr>");
        hedui_report_html_cell(out, cells[1].text);
        hedui_report_html_cell(out, cells[2].text);
        put(out, "</tr>\n");
    }
    put(out, rows ? "</tbody>\n</table>\n" : "<p class=\"t\">原因：数据源未收到或未采用。</p>\n");
    status = status ? status : view.status;
    hedui_store_view_close(&view);
    return status;
}

static void put_end(hedui_buffer *out, const hedui_report_order *order)
{
    put(out, "<h2>四、有效期和异议</h2>\n<p class=\"t\">本报告反映核对基准日 ");
    hedui_report_html_date(out, order->run->as_of);
    put(out, " 以前收到的数据。</p>\n<p class=\"t\">有效期至：　　　　年　　月　　日</p>\n<p "
             "class=\"t\">对本报告有异议的，"
             "可以说明情况、提供材料，向乡镇人民政府（街道办事处）或县级民政部门提出，由其重新核对"
             "。</p>\n"
             "<p class=\"t\">联系电话：</p>\n<table class=\"sign\">\n<tr><td>经办人（签字）：</td>"
             "<td>审核人（签字）：</td></tr>\n<tr><td></td><td>单位（盖章）：</td></tr>\n"
             "<tr><td></td><td>　　　　年　　月　　日</td></tr>\n</table>\n"
             "</td></tr></tbody>\n</table>\n");
    hedui_report_html_end(out);
}

hedui_status hedui_report_household(hedui_buffer *out, const hedui_report_order *order,
                                    hedui_err *err)
{
    hedui_visits visits = {0};
    hedui_status status = hedui_visits_load(&visits, order, err);
    for (size_t i = 0; !status && i < visits.count; i++) {
        put_head(out, order, &visits.list[i]);
        put_members(out, &visits.list[i]);
        status = put_sources(out, order, err);
        put_result(out, &visits.list[i]);
        if (!status)
            status = put_open(out, order, &visits.list[i], err);
        put_end(out, order);
    }
    if (!status && hedui_buffer_failed(out))
        status = hedui_fail_memory(err);
    return status;
}
