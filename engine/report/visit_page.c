/* The parts of a visit sheet. Lengths follow visit.css; a Chinese character is as wide as its type
 * is high, a Latin one about half. */
#include "report/visit_page.h"
#include "report/html.h"

#include <hedui/date.h>
#include <hedui/escape.h>

/* Tenths of a millimetre. */
enum {
    PAGE = 2730,
    KEPT_FREE = 25, /* borders and rounding */
    PADDING = 10,   /* of a row: above, below, its border */
    TITLE = 125,    /* with the line below */
    ENDS = 64,
    MARK = 66,
    BASIC = 3 * 55,
    LOOK = 80,
    REASON = 90,
    TALL_ROWS = 4,
    TALLER = 80,     /* at most */
    OTHER_TYPE = 60, /* left to offices whose type is wider than ours */
    LOOKS = 70 + 3 * (LOOK + 1),
    OPINION = 70 + 54 + 54 + REASON + 1,
    SIGN = 142,
    TOLD = 88,
    PICK = 48,
    NAME_WIDTH = 316,
    ADDRESS_WIDTH = 1556,
    SOURCE_WIDTH = 236,
    FLAG_WIDTH = 1366,
    QUESTION_WIDTH = 1166,
    SOURCES_WIDTH = 1346,
    SOURCES_GAP = 10
};

/* Sizes of type, in tenths of a point, with line spacing 1.25. A cell is half a character. */
enum { SMALL = 90, BODY = 100 };

static void put(const hedui_visit_page *p, const char *html)
{
    hedui_buffer_text(p->out, html);
}

static void put_text(const hedui_visit_page *p, hedui_span text)
{
    hedui_report_html_text(p->out, text);
}

/* An odd cell at the end of a line is lost; in sentences, characters that may not begin or end a
 * line pull another one with them. */
static int lines_of(hedui_span text, int width, int size)
{
    int cells = width * 1000 / (size * 176);
    cells -= cells < 20 ? 1 : 3;
    int lines = 0;
    size_t from = 0;
    for (size_t i = 0; i <= text.length; i++) {
        if (i < text.length && text.at[i] != '\n')
            continue;
        size_t shown = hedui_display_width((hedui_span){text.at + from, i - from});
        lines += shown ? (int)((shown + (size_t)cells - 1) / (size_t)cells) : 1;
        from = i + 1;
    }
    return lines;
}

static int row(int lines, int size)
{
    return (lines * size * 441 + 999) / 1000 + PADDING;
}

static int has_sources(const hedui_visit_page *p)
{
    const hedui_visit_sources *s = p->sources;
    return s->has_count || s->open_count || s->none_count || s->missing;
}

/* Room for the fewest words on them. */
static int sources_least(const hedui_visit_page *p)
{
    return has_sources(p) ? SOURCES_GAP + row(1, SMALL) : 0;
}

int hedui_visit_room_first(const hedui_visit_page *p)
{
    int mark = *hedui_report_state_mark(p->order->run) ? MARK : 0;
    return PAGE - KEPT_FREE - sources_least(p) - mark - TITLE - ENDS - BASIC -
           row(lines_of(p->visit->address, ADDRESS_WIDTH, BODY), BODY) - LOOKS - OPINION - SIGN -
           TOLD;
}

int hedui_visit_room_further(const hedui_visit_page *p)
{
    int mark = *hedui_report_state_mark(p->order->run) ? MARK : 0;
    return PAGE - KEPT_FREE - sources_least(p) - mark - TITLE - ENDS - SIGN - TOLD;
}

int hedui_visit_member_height(const hedui_visit_member *m)
{
    return row(lines_of(m->name, NAME_WIDTH, BODY), BODY);
}

static hedui_span words_of(hedui_visit_page *p, const hedui_visit_flag *f)
{
    hedui_buffer *out = &p->words;
    hedui_buffer_restart(out);
    hedui_buffer_add(out, f->sources.length ? f->message : f->title);
    if (!f->sources.length) {
        hedui_buffer_text(out, "：");
        hedui_buffer_add(out, f->message);
    }
    if (f->places.length) {
        hedui_buffer_text(out, "〔");
        hedui_buffer_add(out, f->places);
        hedui_buffer_text(out, "〕");
    }
    if (f->remark.length) {
        hedui_buffer_text(out, "（");
        hedui_buffer_add(out, f->remark);
        hedui_buffer_text(out, "）");
    }
    return hedui_buffer_span(out);
}

/* What is asked about a flag: the rule's question, then what its exceptions leave to people, then
 * what the family may show. */
static hedui_span asked_of(hedui_visit_page *p, const hedui_visit_flag *f)
{
    hedui_buffer *out = &p->words;
    hedui_buffer_restart(out);
    if (f->ask.length) {
        hedui_buffer_text(out, "问：");
        hedui_buffer_add(out, f->ask);
    }
    for (size_t i = 0, from = 0; f->questions.length && i <= f->questions.length; i++) {
        if (i < f->questions.length && f->questions.at[i] != '\n')
            continue;
        hedui_buffer_text(out, out->length ? "　" : "问：");
        hedui_buffer_add(out, (hedui_span){f->questions.at + from, i - from});
        from = i + 1;
    }
    if (f->clears.length) {
        hedui_buffer_text(out, out->length ? "　可消除疑点：" : "可消除疑点：");
        hedui_buffer_add(out, f->clears);
    }
    return hedui_buffer_span(out);
}

int hedui_visit_flag_height(hedui_visit_page *p, const hedui_visit_flag *f)
{
    int lines = lines_of(words_of(p, f), FLAG_WIDTH, SMALL);
    hedui_span asked = asked_of(p, f);
    lines += asked.length ? lines_of(asked, FLAG_WIDTH, SMALL) : 0;
    int sources = lines_of(f->sources, SOURCE_WIDTH, SMALL);
    return row(lines > sources ? lines : sources, SMALL) + PICK;
}

static hedui_span question_of(hedui_visit_page *p, const hedui_visit_question *q)
{
    hedui_buffer_restart(&p->words);
    hedui_buffer_add(&p->words, q->title);
    hedui_buffer_text(&p->words, "：");
    hedui_buffer_add(&p->words, q->text);
    return hedui_buffer_span(&p->words);
}

int hedui_visit_question_height(hedui_visit_page *p, const hedui_visit_question *q)
{
    return row(lines_of(question_of(p, q), QUESTION_WIDTH, SMALL), SMALL);
}

static void put_pair(const hedui_visit_page *p, const char *name, hedui_span text)
{
    put(p, "<th>");
    put(p, name);
    put(p, "</th>");
    hedui_report_html_cell(p->out, text);
}

static void put_basic(const hedui_visit_page *p)
{
    const hedui_visit *v = p->visit;
    put(p,
        "<table>\n<colgroup><col style=\"width:18mm\"><col style=\"width:42mm\"><col "
        "style=\"width:28mm\"><col style=\"width:38mm\"><col style=\"width:20mm\"><col></colgroup>"
        "\n<tr>");
    put_pair(p, "乡镇", v->town);
    put_pair(p, "村、社区", v->area);
    put_pair(p, "户主", v->head);
    put(p, "</tr>\n<tr>");
    put_pair(p, "保障类别", v->programme);
    put_pair(p, "户主证件号", v->head_id);
    put_pair(p, "联系电话", hedui_span_of(""));
    put(p, "</tr>\n<tr><th>家庭人口</th><td>");
    hedui_buffer_format(p->out, "%lld 人，保障 %lld 人", (long long)v->people,
                        (long long)v->counted);
    put(p, "</td><th>月保障金（元）</th><td>");
    hedui_report_html_money(p->out, v->paid_fen);
    put(p, "</td>");
    put_pair(p, "享受起始", v->since.length ? v->since : v->status);
    put(p, "</tr>\n<tr><th>住址</th><td colspan=\"5\">");
    hedui_escape_html(p->out, v->address);
    put(p, "</td></tr>\n</table>\n");
}

void hedui_visit_put_head(hedui_visit_page *p)
{
    const hedui_store_run *run = p->order->run;
    const char *mark = hedui_report_state_mark(run);
    put(p, "<section>\n");
    if (*mark) {
        put(p, "<p class=\"mark\">");
        put(p, mark);
        put(p, "</p>\n");
    }
    put(p, p->sheet > 1 ? "<h1>入户核查表（续表）</h1>\n" : "<h1>入户核查表</h1>\n");
    put(p, "<p class=\"line\">");
    hedui_escape_html(p->out, run->unit);
    put(p, "　核对批次：");
    hedui_escape_html(p->out, run->id);
    put(p, "　核对基准日：");
    hedui_report_html_date(p->out, run->as_of);
    put(p, "　证件号已遮盖</p>\n<p class=\"ends\"><b>核查编号：");
    hedui_escape_html(p->out, p->visit->id);
    put(p, "</b>");
    if (p->sheet > 1) {
        put(p, "<span>户主：");
        hedui_escape_html(p->out, p->visit->head);
        put(p, "</span>");
    } else {
        put(p, "<span>核查期限：");
        if (p->visit->visit_by == INT32_MIN)
            put(p, "　　年　　月　　日");
        else
            hedui_report_html_date(p->out, p->visit->visit_by);
        put(p, "</span>");
    }
    hedui_buffer_format(p->out, "<span>第 %zu/共 %zu 份%s</span></p>\n", p->number, p->total,
                        p->sheet > 1 ? "　续表" : "");
    if (p->sheet == 1)
        put_basic(p);
}

void hedui_visit_put_members(hedui_visit_page *p, size_t count)
{
    const int32_t as_of = p->order->run->as_of;
    if (!count && p->sheet > 1)
        return;
    put(p, "<h2>一、家庭成员</h2>\n<table>\n<colgroup><col style=\"width:34mm\"><col "
           "style=\"width:16mm\"><col style=\"width:12mm\"><col style=\"width:19mm\"><col "
           "style=\"width:19mm\"><col style=\"width:20mm\"><col style=\"width:20mm\"><col>"
           "</colgroup>\n<tr><th>姓名</th><th>关系</th><th>年龄</th><th>保障对象</th><th>核对授权"
           "</th><th>健康状况</th><th>劳动能力</th><th>从业和月收入</th></tr>\n");
    if (!p->member)
        put(p, "<tr><td colspan=\"8\">本批次没有保存家庭成员，请当面登记。</td></tr>\n");
    for (; p->member && count; p->member = p->member->next, count--) {
        const hedui_visit_member *m = p->member;
        int is_known = m->born >= HEDUI_DATE_MIN && m->born <= HEDUI_DATE_MAX;
        put(p, "<tr>");
        hedui_report_html_cell(p->out, m->name);
        hedui_report_html_cell(p->out, m->relation);
        put(p, "<td class=\"c\">");
        if (is_known && m->born <= as_of)
            hedui_buffer_format(p->out, "%d", hedui_date_age(m->born, as_of));
        put(p, m->counted ? "</td><td class=\"c\">是</td>" : "</td><td class=\"c\">否</td>");
        put(p, m->authorised ? "<td class=\"c\">有</td>" : "<td class=\"c\">无</td>");
        put(p, "<td></td><td></td><td></td></tr>\n");
    }
    put(p, "</table>\n");
}

static void put_flag(hedui_visit_page *p, const hedui_visit_flag *f)
{
    put(p, "<tr><td class=\"c\" rowspan=\"2\">");
    hedui_buffer_format(p->out, "%d</td><td>", ++p->flag_number);
    put_text(p, f->sources);
    put(p, "</td><td>");
    put_text(p, words_of(p, f));
    hedui_span asked = asked_of(p, f);
    if (asked.length) {
        put(p, "<div class=\"ask\">");
        put_text(p, asked);
        put(p, "</div>");
    }
    put(p, "</td></tr>\n<tr class=\"pick\"><td colspan=\"2\">□属实　□不属实　□比对有误（非本人）"
           "　□登记有误　□已核实，不影响待遇　□无法核实（原因：　　　　　）</td></tr>\n");
}

void hedui_visit_put_flags(hedui_visit_page *p, size_t count)
{
    if (!count && p->sheet > 1)
        return;
    put(p,
        "<h2>二、系统核对疑点</h2>\n<table class=\"flags\">\n<colgroup><col "
        "style=\"width:11mm\"><col style=\"width:26mm\"><col></colgroup>\n<tr><th>序号</th><th>来源"
        "</th><th>疑点及行号；核实结果（勾选）</th></tr>\n");
    if (!p->flag)
        put(p,
            "<tr><td colspan=\"3\">本批次没有疑点（只说明已核对的数据中没有发现）。</td></tr>\n");
    else if (!count)
        put(p, "<tr><td colspan=\"3\">见续表。</td></tr>\n");
    for (; p->flag && count; p->flag = p->flag->next, count--)
        put_flag(p, p->flag);
    put(p, "</table>\n");
}

void hedui_visit_put_questions(hedui_visit_page *p, size_t count)
{
    if (!count)
        return;
    put(p, p->sheet > 1 ? "<h2>三、入户查看情况（需要了解的事项）</h2>\n" : "");
    put(p, "<table class=\"flags\">\n<colgroup><col style=\"width:120mm\"><col></colgroup>\n");
    put(p, "<tr><th>需要了解的事项</th><th>了解到的情况</th></tr>\n");
    for (; p->question && count; p->question = p->question->next, count--) {
        put(p, "<tr><td>");
        put_text(p, question_of(p, p->question));
        put(p, "</td><td></td></tr>\n");
    }
    put(p, "</table>\n");
}

/* Rows of the table of sources: a name and what is told, at most one each for what they have, what
 * was not checked and the rest. */
typedef struct source_rows {
    const char *names[3];
    hedui_span texts[3];
    int count, height;
} source_rows;

static void add_row(source_rows *rows, const char *name, hedui_span text)
{
    if (!text.length)
        return;
    rows->names[rows->count] = name;
    rows->texts[rows->count++] = text;
    rows->height += row(lines_of(text, SOURCES_WIDTH, SMALL), SMALL);
}

/* In full, or as numbers from one kind on: 0 all are numbers, 3 none. */
static source_rows rows_of(hedui_visit_page *p, int in_full)
{
    const hedui_visit_sources *s = p->sources;
    const char *none = s->plain ? "无疑点记录" : "无记录";
    hedui_buffer *out = &p->words;
    source_rows rows = {.height = SOURCES_GAP};
    hedui_buffer_restart(out);
    hedui_buffer_add(out, s->open);
    if (s->missing)
        hedui_buffer_format(out, "%s没有收到的数据源 %u 项", out->length ? "；" : "", s->missing);
    size_t open = out->length;
    if (in_full < 1)
        hedui_buffer_format(out, "有记录 %u 项，", s->has_count);
    if (in_full < 2)
        hedui_buffer_format(out, "未核对 %u 项，", s->open_count + s->missing);
    if (in_full < 3)
        hedui_buffer_format(out, "%s %u 项；逐项见核对报告", none, s->none_count);
    const hedui_span words = hedui_buffer_span(out);
    const hedui_span numbers = {words.at + open, words.length - open};
    if (in_full > 0)
        add_row(&rows, "有记录（不等于有问题）", s->has);
    if (in_full > 1)
        add_row(&rows, "未核对（不等于没有）", (hedui_span){words.at, open});
    if (in_full < 3)
        add_row(&rows, in_full ? "其他来源" : "各来源", numbers);
    else
        add_row(&rows, none, s->none);
    return rows;
}

void hedui_visit_put_sources(hedui_visit_page *p)
{
    const int room = p->spare + sources_least(p);
    if (!has_sources(p))
        return;
    int in_full = 3;
    source_rows rows = rows_of(p, in_full);
    while (rows.height > room && in_full)
        rows = rows_of(p, --in_full);
    put(p,
        "<table class=\"flags joined\">\n<colgroup><col style=\"width:39mm\"><col></colgroup>\n");
    for (int i = 0; i < rows.count; i++) {
        put(p, "<tr><th>");
        put(p, rows.names[i]);
        put(p, "</th><td>");
        put_text(p, rows.texts[i]);
        put(p, "</td></tr>\n");
    }
    put(p, "</table>\n");
    p->spare = room - rows.height;
}

/* A row to write in, higher where the page has room to spare. */
static void put_tall(const hedui_visit_page *p, int height)
{
    int more = p->spare < OTHER_TYPE ? 0 : (p->spare - OTHER_TYPE) / TALL_ROWS;
    height += more < TALLER ? more : TALLER;
    hedui_buffer_format(p->out, "<tr style=\"height:%d.%dmm\">", height / 10, height % 10);
}

void hedui_visit_put_looks(hedui_visit_page *p)
{
    static const char *const names[][2] = {{"住房及装修", "机动车辆"},
                                           {"大额家电家具", "就业与收入"},
                                           {"赡养抚养扶养", "看病上学等支出"}};
    put(p, "<h2>三、入户查看情况</h2>\n<table>\n<colgroup><col style=\"width:28mm\"><col "
           "style=\"width:60mm\"><col style=\"width:28mm\"><col></colgroup>\n");
    for (int i = 0; i < 3; i++) {
        put_tall(p, LOOK);
        put_pair(p, names[i][0], hedui_span_of(""));
        put_pair(p, names[i][1], hedui_span_of(""));
        put(p, "</tr>\n");
    }
    put(p, "</table>\n");
}

void hedui_visit_put_end(hedui_visit_page *p)
{
    if (p->sheet == 1) {
        put(p,
            "<h2>四、核查意见</h2>\n<table>\n<colgroup><col style=\"width:22mm\"><col></colgroup>\n"
            "<tr><th>入户情况</th><td>□见到本人　□不在家　□人户分离　□找不到人"
            "　□拒绝配合　□死亡　□迁出　□其他</td></tr>\n<tr><th>处理意见</th><td>□继续保障　□减发"
            "　□增发　□停发　□纳入　□更正信息　□再次入户</td></tr>\n");
        put_tall(p, REASON);
        put(p, "<th>每月金额、依据、理由</th><td></td></tr>\n</table>\n");
    }
    put(p,
        "<table class=\"sign\">\n<tr><td>核查人一（签字、日期）</td><td>核查人二（签字、日期）</td>"
        "<td>村（居）委会（签字）</td><td>户主或家属（签字、手印）</td></tr>\n</table>\n");
    if (p->sheet == 1)
        put(p,
            "<p class=\"told\">告知：本表的疑点是数据比对得到的线索，不作为认定结论；未核实"
            "不停发、减发。您可以说明情况、提供材料；不同意核查意见的，请在签字处注明，也可以向乡镇"
            "（街道）或县级民政部门提出异议。两名核查人应当出示证件。</p>\n");
    else
        put(p, "<p class=\"told\">疑点为比对线索，不作为认定结论。</p>\n");
    put(p, "</section>\n");
}
