/* Tables of the run report: ledgers, what was not checked, rules, towns, inputs. */
#include "report/html.h"

#include <hedui/escape.h>
#include <hedui/label.h>

static void put(hedui_buffer *out, const char *html)
{
    hedui_buffer_text(out, html);
}

static void put_label(hedui_buffer *out, hedui_label_kind kind, hedui_span code)
{
    hedui_escape_html(out, hedui_label(kind, code, HEDUI_ZH));
}

static void cell_label(hedui_buffer *out, hedui_label_kind kind, hedui_span code)
{
    hedui_report_html_cell(out, hedui_label(kind, code, HEDUI_ZH));
}

static void ledger_row(hedui_buffer *out, const hedui_store_delivery *d)
{
    const int64_t numbers[] = {d->records,  d->accepted, d->other_document, d->duplicate,
                               d->rejected, d->matched,  d->not_in_caseload};
    put(out, "<tr><td>");
    hedui_escape_html(out, d->title);
    put(out, "<br><span class=\"note\">");
    hedui_escape_html(out, d->source);
    put(out, "</span></td><td class=\"w\">");
    hedui_report_html_date(out, d->cut_off);
    put(out, d->used ? "</td><td>" : "</td><td class=\"bad\">");
    put_label(out, HEDUI_LABEL_VERDICT, d->verdict);
    put(out, "</td>");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hedui_report_html_cell_number(out, d->file.length ? numbers[i] : INT64_MIN);
    put(out, "</tr>\n");
}

static void ledger_sum(hedui_buffer *out, const hedui_report_data *data)
{
    int64_t sums[7] = {0};
    for (size_t i = 0; i < data->delivery_count; i++) {
        const hedui_store_delivery *d = &data->deliveries[i];
        const int64_t numbers[] = {d->records,  d->accepted, d->other_document, d->duplicate,
                                   d->rejected, d->matched,  d->not_in_caseload};
        if (!d->used)
            continue;
        for (int j = 0; j < 7; j++)
            sums[j] += numbers[j];
    }
    put(out, "<tr class=\"sum\"><td colspan=\"3\">合计（已采用的数据源）</td>");
    for (int j = 0; j < 7; j++)
        hedui_report_html_cell_number(out, sums[j]);
    put(out, "</tr>\n");
}

/* As on the screen: many titles stand behind the sentence, not before it. */
void hedui_report_html_about(hedui_buffer *out, hedui_span titles, size_t count,
                             hedui_span sentence)
{
    int many = count >= HEDUI_STORE_REMARK_TITLES;
    if (many)
        hedui_buffer_format(out, "%zu 个数据源", count);
    else
        hedui_escape_html(out, titles);
    put(out, titles.length ? "：" : "");
    hedui_escape_html(out, sentence);
    if (many) {
        put(out, "<br><span class=\"note\">");
        hedui_escape_html(out, titles);
        put(out, "</span>");
    }
}

/* What held the run back stands at the head of the report. */
static void put_remarks(hedui_buffer *out, const hedui_report_data *data)
{
    hedui_buffer sentence, titles;
    hedui_buffer_init(&sentence);
    hedui_buffer_init(&titles);
    for (size_t i = 0; i < data->delivery_count; i++) {
        const hedui_store_delivery *d = &data->deliveries[i];
        for (size_t j = 0; j < d->remark_count; j++) {
            hedui_buffer_restart(&sentence);
            hedui_buffer_restart(&titles);
            if (hedui_store_is_hold(data->run, d, &d->remarks[j]))
                continue;
            size_t count =
                hedui_store_remark_titles(&titles, data->deliveries, data->delivery_count, i, j);
            if (!count)
                continue;
            hedui_report_remark(&sentence, d->remarks[j].number, d->remarks[j].argument);
            put(out, "<p>");
            hedui_report_html_about(out, hedui_buffer_span(&titles), count,
                                    hedui_buffer_span(&sentence));
            put(out, "</p>\n");
        }
    }
    out->failed |= sentence.failed | titles.failed;
    hedui_buffer_free(&sentence);
    hedui_buffer_free(&titles);
}

/* One row a source: how many rows were set aside, and why. */
static void put_rejects(hedui_buffer *out, const hedui_report_data *data)
{
    if (!data->reject_count)
        return;
    put(out, "<table>\n<thead><tr><th>有问题行的数据源</th><th class=\"n\">问题行</th>"
             "<th>原因（行数）</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0, next; i < data->reject_count; i = next) {
        int64_t total = 0;
        for (next = i; next < data->reject_count &&
                       hedui_span_equal(data->rejects[next].feed, data->rejects[i].feed);
             next++)
            total += data->rejects[next].count;
        put(out, "<tr><td class=\"w\">");
        hedui_escape_html(out, data->rejects[i].title);
        put(out, "</td>");
        hedui_report_html_cell_number(out, total);
        put(out, "<td>");
        for (size_t j = i; j < next; j++) {
            put(out, j > i ? "，" : "");
            put_label(out, HEDUI_LABEL_REJECT, data->rejects[j].reason);
            put(out, " ");
            hedui_report_html_number(out, data->rejects[j].count);
        }
        put(out, "</td></tr>\n");
    }
    put(out, "</tbody>\n</table>\n");
}

/* 1 if a rule went unanswered for want of the feed. */
static int is_missed(const hedui_store_run *run, hedui_span feed)
{
    for (size_t i = 0; i < run->gap_count; i++)
        if (hedui_span_equal(run->gaps[i].source, feed))
            return 1;
    return 0;
}

/* Feeds that came, or that a rule missed; the others are counted in one line, as on the screen:
 * thirty red lines of what nobody asked for would bury the one that matters. */
static void ledger_rows(hedui_buffer *out, const hedui_report_data *data)
{
    int64_t idle = 0;
    for (size_t i = 0; i < data->delivery_count; i++) {
        const hedui_store_delivery *d = &data->deliveries[i];
        if (d->file.length || is_missed(data->run, d->feed))
            ledger_row(out, d);
        else
            idle++;
    }
    if (!idle)
        return;
    put(out, "<tr><td colspan=\"10\" class=\"note\">另有 ");
    hedui_report_html_number(out, idle);
    put(out, " 个数据源未收到，本期规则不用</td></tr>\n");
}

void hedui_report_html_ledgers(hedui_buffer *out, const hedui_report_data *data)
{
    put(out, "<h2>二、数据源与行数</h2>\n<table>\n<thead><tr><th>数据源</th><th>数据截止</th>"
             "<th>使用情况</th><th class=\"n\">行数</th><th class=\"n\">可用</th>"
             "<th class=\"n\">其他证件</th><th class=\"n\">重复</th><th class=\"n\">问题行</th>"
             "<th class=\"n\">匹配台账</th><th class=\"n\">不在台账</th></tr></thead>\n<tbody>\n");
    ledger_rows(out, data);
    ledger_sum(out, data);
    put(out, "</tbody>\n</table>\n<p class=\"note\">行数＝可用＋其他证件＋重复＋问题行；"
             "可用＝匹配台账＋不在台账。“其他证件”指单位、护照等非公民身份号码的行；"
             "“问题行”未采用，逐行原因见“问题行清单”。未采用的数据源不计入合计。</p>\n");
    put_remarks(out, data);
    put_rejects(out, data);
}

void hedui_report_html_gaps(hedui_buffer *out, const hedui_report_data *data)
{
    const hedui_store_run *run = data->run;
    put(out, "<h2>三、无法核对的内容</h2>\n");
    if (!run->gap_count)
        put(out, "<p>各规则所需的数据源都已采用。</p>\n");
    else
        put(out, "<table>\n<thead><tr><th>规则</th><th>数据源</th><th>原因</th>"
                 "<th class=\"n\">无法核对的户数</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < run->gap_count; i++) {
        put(out, "<tr>");
        hedui_report_html_cell(out, run->gaps[i].rule);
        hedui_report_html_cell(out, run->gaps[i].source_title);
        put(out, "<td>");
        hedui_escape_html(out, hedui_label(HEDUI_LABEL_CAUSE, run->gaps[i].reason, HEDUI_ZH));
        if (run->gaps[i].field_title.length) {
            put(out, "“");
            hedui_escape_html(out, run->gaps[i].field_title);
            put(out, "”");
        }
        put(out, "</td>");
        hedui_report_html_cell_number(out, run->gaps[i].households);
        put(out, "</tr>\n");
    }
    put(out, run->gap_count ? "</tbody>\n</table>\n" : "");
    if (run->purged)
        return;
    put(out, "<h3>按原因</h3>\n");
    hedui_report_html_open(out, data->open, data->open_count, 0);
}

static int is_tag(const hedui_store_rule *rule)
{
    return hedui_span_is(rule->effect, "inform");
}

static void put_rule(hedui_buffer *out, const hedui_store_rule *rule)
{
    put(out, "<tr><td>");
    hedui_escape_html(out, rule->id);
    put(out, " ");
    hedui_escape_html(out, rule->title);
    if (!rule->in_force) {
        hedui_span why = hedui_label(HEDUI_LABEL_STANDING, rule->standing, HEDUI_ZH);
        put(out, "（");
        hedui_escape_html(out, why.length ? why : hedui_span_of("本日不施行，未判断"));
        put(out, "）");
    }
    put(out, "</td>");
    hedui_report_html_cell(out, rule->basis);
    if (!is_tag(rule)) {
        cell_label(out, HEDUI_LABEL_SEVERITY, rule->severity);
        cell_label(out, HEDUI_LABEL_EFFECT, rule->effect);
    }
    hedui_report_html_cell_number(out, rule->in_force ? rule->flags : INT64_MIN);
    hedui_report_html_cell_number(out, rule->in_force ? rule->households : INT64_MIN);
    hedui_report_html_cell_number(out, rule->in_force ? rule->unanswered : INT64_MIN);
    put(out, "</tr>\n");
}

/* Tags are counted, never listed by household, and add up with nothing. */
static void put_tags(hedui_buffer *out, const hedui_store_run *run)
{
    size_t tags = 0;
    for (size_t i = 0; i < run->rule_count; i++)
        tags += (size_t)is_tag(&run->rules[i]);
    if (!tags)
        return;
    put(out, "<h3>重点核查类别</h3>\n<table>\n<thead><tr><th>规则</th><th>依据</th>"
             "<th class=\"n\">提示条数</th><th class=\"n\">户数</th>"
             "<th class=\"n\">无法核对的户数</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < run->rule_count; i++)
        if (is_tag(&run->rules[i]))
            put_rule(out, &run->rules[i]);
    put(out, "</tbody>\n</table>\n<p class=\"note\">提示只是提醒入户时看一看，不是疑点，"
             "不计入上面的疑点，不使任何一户上名单。</p>\n");
}

void hedui_report_html_rules(hedui_buffer *out, const hedui_store_run *run)
{
    put(out, "<h2>四、规则</h2>\n<table>\n<thead><tr><th>规则</th><th>依据</th><th "
             "class=\"w\">优先级</th>"
             "<th>处理口径</th><th class=\"n\">疑点条数</th><th class=\"n\">有疑点户数</th>"
             "<th class=\"n\">无法核对的户数</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < run->rule_count; i++)
        if (!is_tag(&run->rules[i]))
            put_rule(out, &run->rules[i]);
    put(out, "</tbody>\n</table>\n");
    put_tags(out, run);
}

/* Found, and no flags by a decision of two people: counted nowhere else on this paper. */
void hedui_report_html_stood(hedui_buffer *out, const hedui_report_data *data)
{
    if (data->run->overridden == INT64_MIN) {
        put(out, "<h3>例外认定</h3>\n<p class=\"note\">明细已按保存期限清除，条数不详。</p>\n");
        return;
    }
    if (!data->stood_count)
        return;
    put(out, "<h3>例外认定</h3>\n<table>\n<thead><tr><th>编号</th><th>户编号</th><th>规则</th>"
             "<th>提出人</th><th>批准人</th><th>截止日</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < data->stood_count; i++) {
        const hedui_store_stood *o = &data->stood[i];
        put(out, "<tr>");
        hedui_report_html_cell(out, o->override);
        hedui_report_html_cell(out, o->household);
        put(out, "<td>");
        hedui_escape_html(out, o->rule);
        put(out, " ");
        hedui_escape_html(out, o->title);
        put(out, "</td>");
        hedui_report_html_cell(out, o->proposer);
        hedui_report_html_cell(out, o->approver);
        put(out, "<td class=\"w\">");
        hedui_report_html_date(out, o->until);
        put(out, "</td></tr>\n");
    }
    put(out, "</tbody>\n</table>\n<p class=\"note\">本批次已核到、按两人认定不列为疑点的；"
             "不计入上面的疑点。内容有变、到期或被撤销的，会重新列出。</p>\n");
}

/* Rows of registers that two people say are not these people's: delivered, good, and not counted;
 * by household and place, without names. */
void hedui_report_html_met(hedui_buffer *out, const hedui_report_data *data)
{
    if (!data->met_count)
        return;
    put(out, "<h3>非本人认定</h3>\n<table>\n<thead><tr><th>编号</th><th>户编号</th><th>数据</th>"
             "<th>文件和行号</th><th>情况</th><th>提出人</th><th>批准人</th><th>截止日</th></tr>"
             "</thead>\n<tbody>\n");
    for (size_t i = 0; i < data->met_count; i++) {
        const hedui_store_met *m = &data->met[i];
        put(out, "<tr>");
        hedui_report_html_cell(out, m->pair);
        hedui_report_html_cell(out, m->household);
        hedui_report_html_cell(out, m->feed_title);
        put(out, "<td>");
        hedui_escape_html(out, m->file);
        hedui_buffer_format(out, " 第 %lld 行</td>", (long long)m->line);
        hedui_report_html_cell(out, hedui_label(HEDUI_LABEL_PAIR, m->state, HEDUI_ZH));
        hedui_report_html_cell(out, m->proposer);
        hedui_report_html_cell(out, m->approver);
        put(out, "<td class=\"w\">");
        hedui_report_html_date(out, m->until);
        put(out, "</td></tr>\n");
    }
    put(out,
        "</tbody>\n</table>\n<p class=\"note\">按两人认定不是本人的行，“不计入”的在本批次当作没有；"
        "来源照样算查过，行数仍在上面的数据表里。</p>\n");
}

static void town_row(hedui_buffer *out, const hedui_store_town *town)
{
    const int64_t numbers[] = {
        town->households,   town->flagged, town->flagged_before, town->clear,  town->unchecked,
        town->out_of_scope, town->flags,   town->high,           town->medium, town->low};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        hedui_report_html_cell_number(out, numbers[i]);
    put(out, "</tr>\n");
}

void hedui_report_html_towns(hedui_buffer *out, const hedui_store_run *run)
{
    put(out,
        "<h2>五、各乡镇</h2>\n<table>\n<thead><tr><th>乡镇（街道）</th><th class=\"n\">台账户数"
        "</th><th class=\"n\">有疑点</th><th class=\"n\">上期有疑点</th>"
        "<th class=\"n\">未发现疑点</th>"
        "<th class=\"n\">部分未核对</th><th class=\"n\">不在核对范围</th>"
        "<th class=\"n\">疑点条数</th><th class=\"n\">高</th><th class=\"n\">中</th>"
        "<th class=\"n\">低</th></tr></thead>\n<tbody>\n");
    hedui_store_town sum = {0};
    for (size_t i = 0; i < run->town_count; i++) {
        const hedui_store_town *town = &run->towns[i];
        put(out, "<tr>");
        hedui_report_html_cell(out, hedui_store_town_name(town, HEDUI_ZH));
        town_row(out, town);
        sum.households += town->households;
        sum.flagged += town->flagged;
        /* not known of one is not known of all: there was no run before */
        sum.flagged_before = town->flagged_before == INT64_MIN
                                 ? INT64_MIN
                                 : sum.flagged_before + town->flagged_before;
        sum.clear += town->clear;
        sum.unchecked += town->unchecked;
        sum.out_of_scope += town->out_of_scope;
        sum.flags += town->flags;
        sum.high += town->high;
        sum.medium += town->medium;
        sum.low += town->low;
    }
    put(out, "<tr class=\"sum\"><td>合计</td>");
    town_row(out, &sum);
    put(out, "</tbody>\n</table>\n");
}

void hedui_report_html_inputs(hedui_buffer *out, const hedui_report_data *data)
{
    const hedui_store_run *run = data->run;
    put(out, "<h2>六、输入文件与校验值</h2>\n<table>\n<thead><tr><th>类别</th><th>名称</th>"
             "<th>SHA-256</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < data->delivery_count; i++) {
        const hedui_store_delivery *d = &data->deliveries[i];
        if (!d->file.length)
            continue;
        put(out, "<tr><td class=\"w\">数据文件</td>");
        hedui_report_html_cell(out, d->file);
        put(out, "<td>");
        hedui_report_html_digest(out, &d->digest);
        put(out, "</td></tr>\n");
    }
    for (size_t i = 0; i < run->input_count; i++) {
        put(out, "<tr><td class=\"w\">");
        put_label(out, HEDUI_LABEL_INPUT, run->inputs[i].kind);
        put(out, "</td>");
        /* of what the program itself writes down the kind says all: its name is for programs */
        int own = hedui_span_is(run->inputs[i].kind, "prior") ||
                  hedui_span_is(run->inputs[i].kind, "inputs");
        hedui_report_html_cell(out, own ? hedui_span_of("") : run->inputs[i].name);
        put(out, "<td>");
        hedui_report_html_digest(out, &run->inputs[i].digest);
        put(out, "</td></tr>\n");
    }
    put(out, "<tr class=\"sum\"><td class=\"w\">结果</td><td>核对结果摘要（同样输入必得同样结果）"
             "</td><td>");
    hedui_report_html_digest(out, &run->digest);
    put(out, "</td></tr>\n</tbody>\n</table>\n<p class=\"note\">程序版本 ");
    hedui_escape_html(out, run->engine);
    put(out, "。</p>\n");
}
