/* The packs as one HTML document, for the people who answer for the policy and do not read YAML. */
#include <hedui/job_rules.h>

#include <hedui/date.h>
#include <hedui/escape.h>
#include <hedui/label.h>

#include <string.h>

extern const char hedui_text_report_report_css[];

hedui_span hedui_rules_state_words(const char *state, hedui_language language)
{
    return hedui_label(HEDUI_LABEL_STANDING, hedui_span_of(state), language);
}

static void put(hedui_buffer *out, const char *html)
{
    hedui_buffer_text(out, html);
}

static void put_day(hedui_buffer *out, int32_t day)
{
    int year, month, d;
    if (day == INT32_MIN || day == INT32_MAX)
        return;
    hedui_date_to_civil(&year, &month, &d, day);
    hedui_buffer_format(out, "%04d-%02d-%02d", year, month, d);
}

static void put_days(hedui_buffer *out, int32_t from, int32_t to)
{
    if (from == INT32_MIN && to == INT32_MAX)
        return;
    put_day(out, from);
    put(out, " 至 ");
    put_day(out, to);
}

static void cell(hedui_buffer *out, hedui_span text)
{
    put(out, "<td>");
    hedui_escape_html(out, text);
    put(out, "</td>");
}

/* Whether the text behind a document was seen, and by whom if not by the pack's authors. */
static void put_seen(hedui_buffer *out, const hedui_rules_document *d)
{
    put(out, "<td>");
    if (d->confirmed) {
        put(out, "看过");
    } else if (d->seen_by.length) {
        hedui_escape_html(out, d->seen_by);
        put(out, " ");
        put_day(out, d->seen_on);
        put(out, " 看过");
    } else {
        put(out, "没有看过，依据它的规则不判断");
    }
    put(out, "</td>");
}

static void code(hedui_buffer *out, hedui_span text)
{
    put(out, "<pre>");
    hedui_escape_html(out, text);
    put(out, "</pre>\n");
}

static void put_documents(hedui_buffer *out, const hedui_rules_book *book)
{
    static const char *const kinds[][2] = {{"law", "法律"},     {"regulation", "法规、规章"},
                                           {"measure", "办法"}, {"standard", "标准"},
                                           {"notice", "通知"},  {"work_plan", "工作方案"}};
    put(out, "<h2>依据的文件</h2>\n<table>\n<tr><th>文件</th><th>种类</th><th>发文单位</th>"
             "<th>文号</th><th>日期</th><th>原文</th><th>说明</th></tr>\n");
    for (uint32_t i = 0; i < book->document_count; i++) {
        const hedui_rules_document *d = &book->documents[i];
        const char *kind = d->kind;
        for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
            if (strcmp(d->kind, kinds[k][0]) == 0)
                kind = kinds[k][1];
        hedui_buffer_format(out, "<tr id=\"doc-%.*s\">", (int)d->id.length, d->id.at);
        cell(out, d->title);
        cell(out, hedui_span_of(kind));
        cell(out, d->issuer);
        cell(out, d->number);
        put(out, "<td>");
        put_day(out, d->date);
        put(out, "</td>");
        put_seen(out, d);
        cell(out, d->note);
        put(out, "</tr>\n");
    }
    put(out, "</table>\n");
}

static void put_size(hedui_buffer *out, const hedui_rules_row *r)
{
    put(out, "<td>");
    if (r->size_from > 0 || r->size_to != INT64_MAX)
        hedui_buffer_format(out, "%lld", (long long)r->size_from);
    if (r->size_to == INT64_MAX && r->size_from > 0)
        put(out, " 人及以上");
    else if (r->size_to != INT64_MAX && r->size_to != r->size_from)
        hedui_buffer_format(out, " 至 %lld 人", (long long)r->size_to);
    else if (r->size_from > 0)
        put(out, " 人");
    put(out, "</td>");
}

static void put_parameters(hedui_buffer *out, const hedui_rules_book *book)
{
    put(out, "<h2>参数</h2>\n");
    for (uint32_t i = 0; i < book->parameter_count; i++) {
        const hedui_rules_parameter *p = &book->parameters[i];
        put(out, "<h3>");
        hedui_escape_html(out, p->title);
        put(out, " <code>");
        hedui_escape_html(out, p->id);
        put(out, "</code></h3>\n<p>");
        hedui_escape_html(out, p->unit);
        put(out, p->used ? "" : "（没有规则用到）");
        put(out, "</p>\n<table>\n<tr><th>区划</th><th>城乡</th><th>救助</th><th>人口</th>"
                 "<th>生效期</th><th>值</th><th>依据</th></tr>\n");
        for (uint32_t k = 0; k < p->row_count; k++) {
            const hedui_rules_row *r = &p->rows[k];
            put(out, "<tr>");
            cell(out, r->area);
            cell(out, r->urban_rural);
            cell(out, r->programme);
            put_size(out, r);
            put(out, "<td>");
            put_days(out, r->from, r->to);
            put(out, "</td>");
            cell(out, r->value);
            put(out, "<td>");
            if (r->document)
                hedui_escape_html(out, r->document->title);
            put(out, " ");
            hedui_escape_html(out, r->article);
            put(out, "</td></tr>\n");
        }
        put(out, "</table>\n");
    }
}

static void put_values(hedui_buffer *out, const hedui_rules_book *book)
{
    if (book->value_count)
        put(out, "<h2>派生值</h2>\n");
    for (uint32_t i = 0; i < book->value_count; i++) {
        const hedui_rules_value *v = &book->values[i];
        put(out, "<h3>");
        hedui_escape_html(out, v->title);
        put(out, " <code>");
        hedui_escape_html(out, v->id);
        put(out, "</code></h3>\n<p>");
        put(out, strcmp(v->subject, "household") == 0 ? "每户一个"
                 : strcmp(v->subject, "member") == 0  ? "每位成员一个"
                                                      : "每位义务人家庭一个");
        if (v->unit.length)
            put(out, "，单位：");
        hedui_escape_html(out, v->unit);
        if (v->rounding.length)
            put(out, "，取整：");
        hedui_escape_html(out, v->rounding);
        put(out, v->used ? "</p>\n" : "（没有规则用到）</p>\n");
        for (uint32_t k = 0; k < v->line_count; k++) {
            if (v->lines[k].title.length) {
                put(out, v->lines[k].minus ? "<p>减：" : "<p>加：");
                hedui_escape_html(out, v->lines[k].title);
                put(out, "</p>\n");
            }
            code(out, v->lines[k].text);
        }
    }
}

static void fact(hedui_buffer *out, const char *head, hedui_span text)
{
    if (!text.length)
        return;
    hedui_buffer_format(out, "<tr><th>%s</th>", head);
    cell(out, text);
    put(out, "</tr>\n");
}

static void put_unless(hedui_buffer *out, const hedui_rules_rule *r)
{
    for (uint32_t i = 0; i < r->unless_count; i++) {
        const hedui_rules_unless *u = &r->unless[i];
        put(out, "<tr><th>例外</th><td>");
        hedui_escape_html(out, u->title);
        if (strcmp(u->kind, "override") == 0)
            put(out, "（由人认定，不自动排除）");
        else if (strcmp(u->kind, "manual") == 0)
            put(out, "（入户时问）：");
        if (strcmp(u->kind, "is") == 0)
            code(out, u->text);
        else
            hedui_escape_html(out, u->text);
        put(out, "</td></tr>\n");
    }
}

static void put_examples(hedui_buffer *out, const hedui_rules_rule *r)
{
    if (!r->example_count)
        return;
    put(out, "<p>样例</p>\n<ul>\n");
    for (uint32_t i = 0; i < r->example_count; i++) {
        const char *expect = r->examples[i].expect;
        put(out, "<li>");
        hedui_escape_html(out, r->examples[i].title);
        put(out, strcmp(expect, "true") == 0    ? "：提示</li>\n"
                 : strcmp(expect, "false") == 0 ? "：不提示</li>\n"
                                                : "：无法判断</li>\n");
    }
    put(out, "</ul>\n");
}

static void put_rule(hedui_buffer *out, const hedui_rules_rule *r, int32_t day)
{
    put(out, "<h3>");
    hedui_escape_html(out, r->id);
    put(out, " ");
    hedui_escape_html(out, r->title);
    put(out, "</h3>\n<table class=\"facts\">\n");
    fact(out, "当日", hedui_rules_state_words(hedui_rules_state(r, day), HEDUI_ZH));
    fact(out, "性质", hedui_label(HEDUI_LABEL_EFFECT, hedui_span_of(r->effect), HEDUI_ZH));
    if (r->category)
        hedui_buffer_format(out, "<tr><th>类别</th><td>第 %lld 类</td></tr>\n",
                            (long long)r->category);
    put(out, "<tr><th>依据</th><td>");
    hedui_escape_html(out, r->document->title);
    put(out, " ");
    hedui_escape_html(out, r->article);
    put(out, "</td></tr>\n<tr><th>生效期</th><td>");
    put_days(out, r->from, r->to);
    put(out, "</td></tr>\n");
    fact(out, "范围", r->applies_to);
    fact(out, "替换", r->replaces);
    fact(out, "只能由人判断", r->manual);
    fact(out, "逐项判断", r->each);
    if (r->when.length) {
        put(out, "<tr><th>条件</th><td>");
        code(out, r->when);
        put(out, "</td></tr>\n");
    }
    put_unless(out, r);
    fact(out, "说明", r->message);
    fact(out, "无法判断时",
         hedui_span_of(strcmp(r->undetermined, "review") == 0 ? "请人核查" : "备注"));
    fact(out, "核实时问", r->ask);
    fact(out, "什么可以消除", r->clears);
    put(out, "<tr><th>所用参数</th><td>");
    for (uint32_t i = 0; i < r->parameter_count; i++) {
        put(out, i ? "、" : "");
        hedui_escape_html(out, r->parameters[i]->title);
    }
    put(out, "</td></tr>\n<tr><th>所用派生值</th><td>");
    for (uint32_t i = 0; i < r->value_count; i++) {
        put(out, i ? "、" : "");
        hedui_escape_html(out, r->values[i]->title);
    }
    put(out, "</td></tr>\n</table>\n");
    put_examples(out, r);
}

void hedui_job_rules_document(hedui_buffer *out, const hedui_rules_book *book, int32_t day)
{
    put(out, "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width\">\n<title>核对规则</title>\n"
             "<style>\n");
    put(out, hedui_text_report_report_css);
    put(out, "</style>\n</head>\n<body>\n<h1>核对规则</h1>\n<p>");
    for (uint32_t i = 0; i < book->pack_count; i++) {
        put(out, i ? "；" : "");
        hedui_escape_html(out, book->pack_titles[i]);
    }
    put(out, "。当日：");
    put_day(out, day);
    put(out, "。疑点是线索，不是结论；无法判断绝不当作没有问题。</p>\n");
    put_documents(out, book);
    put_parameters(out, book);
    put_values(out, book);
    put(out, "<h2>规则</h2>\n");
    for (uint32_t i = 0; i < book->rule_count; i++)
        put_rule(out, &book->rules[i], day);
    put(out, "</body>\n</html>\n");
}
