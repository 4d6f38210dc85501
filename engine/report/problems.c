/* R9, what goes back to a department: what became of its deliveries, every row that was not used,
 * with what to do about it, and the rows that two people found to be another person's. One file a
 * department: none sees the rows of another. */
#include "report/kinds.h"
#include "report/workbook.h"

#include <hedui/date.h>
#include <hedui/escape.h>
#include <hedui/label.h>
#include <hedui/message.h>
#include <hedui/store_delivery.h>
#include <hedui/store_pair.h>

static const hedui_workbook_column received[] = {
    {HEDUI_SPAN("数据"), HEDUI_SHEET_TEXT, 20, 0, 0, NULL, 0},
    {HEDUI_SPAN("文件（批次）"), HEDUI_SHEET_TEXT, 26, 0, 0, NULL, 0},
    {HEDUI_SPAN("数据截止"), HEDUI_SHEET_DATE, 12, 0, 0, NULL, 0},
    {HEDUI_SPAN("使用情况"), HEDUI_SHEET_TEXT, 13, 0, 0, NULL, 0},
    {HEDUI_SPAN("行数"), HEDUI_SHEET_NUMBER, 9, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
    {HEDUI_SPAN("上次行数"), HEDUI_SHEET_NUMBER, 9, 0, 0, NULL, 0},
    {HEDUI_SPAN("比上次"), HEDUI_SHEET_TEXT, 9, 0, 0, NULL, 0},
    {HEDUI_SPAN("采用"), HEDUI_SHEET_NUMBER, 9, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
    {HEDUI_SPAN("其他证件"), HEDUI_SHEET_NUMBER, 9, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
    {HEDUI_SPAN("重复"), HEDUI_SHEET_NUMBER, 8, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
    {HEDUI_SPAN("问题行（未采用）"), HEDUI_SHEET_NUMBER, 10, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
    {HEDUI_SPAN("问题行占比"), HEDUI_SHEET_TEXT, 8, 0, 0, NULL, 0},
    {HEDUI_SPAN("问题行的原因（行数）"), HEDUI_SHEET_TEXT, 28, 0, 0, NULL, 0},
    {HEDUI_SPAN("不应为空的栏目空着的占比"), HEDUI_SHEET_TEXT, 26, 0, 0, NULL, 0},
    {HEDUI_SPAN("需要说明的情况"), HEDUI_SHEET_TEXT, 34, 0, 0, NULL, 0},
};
static const hedui_workbook_column returned[] = {
    {HEDUI_SPAN("序号"), HEDUI_SHEET_NUMBER, 7, 0, 0, NULL, 0},
    {HEDUI_SPAN("数据"), HEDUI_SHEET_TEXT, 18, 0, 0, NULL, 0},
    {HEDUI_SPAN("文件（批次）"), HEDUI_SHEET_TEXT, 26, 0, 0, NULL, 0},
    {HEDUI_SPAN("行号"), HEDUI_SHEET_NUMBER, 9, 0, 0, NULL, 0},
    {HEDUI_SPAN("字段"), HEDUI_SHEET_TEXT, 16, 0, 0, NULL, HEDUI_WORKBOOK_COUNT},
    {HEDUI_SPAN("原值（掩码）"), HEDUI_SHEET_TEXT, 28, 0, 0, NULL, 0},
    {HEDUI_SPAN("错误码"), HEDUI_SHEET_TEXT, 15, 0, 0, NULL, 0},
    {HEDUI_SPAN("原因"), HEDUI_SHEET_TEXT, 26, 0, 0, NULL, 0},
    {HEDUI_SPAN("建议"), HEDUI_SHEET_TEXT, 34, 0, 0, NULL, 0},
};
static const hedui_workbook_column mistaken[] = {
    {HEDUI_SPAN("序号"), HEDUI_SHEET_NUMBER, 7, 0, 0, NULL, 0},
    {HEDUI_SPAN("数据"), HEDUI_SHEET_TEXT, 18, 0, 0, NULL, 0},
    {HEDUI_SPAN("文件（批次）"), HEDUI_SHEET_TEXT, 30, 0, 0, NULL, 0},
    {HEDUI_SPAN("行号"), HEDUI_SHEET_NUMBER, 9, 0, 0, NULL, HEDUI_WORKBOOK_COUNT},
    {HEDUI_SPAN("本行公民身份号码（掩码）"), HEDUI_SHEET_TEXT, 24, 0, 0, NULL, 0},
    {HEDUI_SPAN("非本人认定"), HEDUI_SHEET_TEXT, 16, 0, 0, NULL, 0},
    {HEDUI_SPAN("认定截止日"), HEDUI_SHEET_DATE, 12, 0, 0, NULL, 0},
    {HEDUI_SPAN("建议"), HEDUI_SHEET_TEXT, 44, 0, 0, NULL, 0},
};
/* Columns of the first sheet. */
enum {
    TITLE,
    FILE_NAME,
    CUT_OFF,
    USED,
    RECORDS,
    BEFORE,
    CHANGE,
    ACCEPTED,
    OTHER,
    DOUBLE,
    REJECTED,
    SHARE,
    WHY,
    EMPTY,
    TO_SAY
};
enum {
    RECEIVED = sizeof received / sizeof *received,
    RETURNED = sizeof returned / sizeof *returned,
    MISTAKEN = sizeof mistaken / sizeof *mistaken,
    REASONS = 64
};

typedef struct problems {
    hedui_workbook *book;
    const hedui_report_order *order;
    const hedui_store_delivery *deliveries;
    size_t delivery_count;
    const hedui_store_reject *rejects;
    size_t reject_count;
    const hedui_store_met *met;
    size_t met_count;
} problems;

/* Rows of a chain are told by file. */
static int is_of(const hedui_store_reject *reject, const hedui_store_delivery *d)
{
    return hedui_span_equal(reject->feed, d->feed) && hedui_span_equal(reject->file, d->file);
}

static int is_mine(const problems *p, const hedui_store_delivery *d)
{
    return d->file.length && hedui_span_equal(d->source, p->order->source);
}

/* The words of a buffer, kept for the sheet; an empty cell without memory, which the end tells. */
static hedui_sheet_cell kept(const problems *p, hedui_buffer *words)
{
    hedui_sheet_cell cell =
        hedui_sheet_text(hedui_arena_copy(p->order->arena, hedui_buffer_span(words)));
    cell.is_empty = !cell.text.at;
    hedui_buffer_restart(words);
    return cell;
}

/* "0.33%", rounded half up; nothing of no rows. */
static void share(hedui_buffer *out, int64_t part, int64_t whole)
{
    if (whole <= 0 || part > INT64_MAX / 40000 || whole > INT64_MAX / 4)
        return;
    int64_t hundredths = (part * 20000 + whole) / (2 * whole);
    hedui_buffer_format(out, "%lld.%02lld%%", (long long)(hundredths / 100),
                        (long long)(hundredths % 100));
}

/* Reasons of one file in the order in which they first occur. */
static void reasons(hedui_buffer *out, const problems *p, const hedui_store_delivery *d)
{
    struct {
        hedui_span reason;
        long long count;
    } tally[REASONS];
    size_t count = 0;
    for (size_t i = 0; i < p->reject_count; i++) {
        size_t t = 0;
        if (!is_of(&p->rejects[i], d))
            continue;
        while (t < count && !hedui_span_equal(tally[t].reason, p->rejects[i].reason))
            t++;
        if (t == REASONS)
            continue;
        if (t == count) {
            tally[count].reason = p->rejects[i].reason;
            tally[count++].count = 0;
        }
        tally[t].count++;
    }
    for (size_t t = 0; t < count; t++) {
        hedui_buffer_text(out, t ? "；" : "");
        hedui_buffer_add(out, hedui_label(HEDUI_LABEL_REJECT, tally[t].reason, HEDUI_ZH));
        hedui_buffer_format(out, " %lld", tally[t].count);
    }
}

/* What held the file or kept it from being used. */
static void remarks(hedui_buffer *out, const hedui_store_delivery *d)
{
    for (size_t i = 0; i < d->remark_count; i++) {
        const hedui_store_remark *r = &d->remarks[i];
        if (!hedui_span_is(r->verdict, "held") && !hedui_span_is(r->verdict, "refused"))
            continue;
        hedui_buffer_text(out, out->length ? "\n" : "");
        hedui_message_remark(out, r->number, r->argument, HEDUI_ZH);
    }
}

/* The rows against those of the delivery before, of full deliveries: a delta has as many as
 * changed. */
static hedui_status compare(hedui_sheet_cell *before, hedui_buffer *change, const problems *p,
                            size_t at, hedui_err *err)
{
    const hedui_store_delivery *d = &p->deliveries[at];
    int64_t records = INT64_MIN;
    if (at && hedui_span_equal(p->deliveries[at - 1].feed, d->feed))
        return HEDUI_OK;
    hedui_status status =
        hedui_store_delivery_before(&records, p->order->store, p->order->run->id, d, err);
    if (!status)
        *before = hedui_sheet_number(records);
    if (status || records == INT64_MIN)
        return status;
    int64_t more = d->records - records;
    hedui_buffer_text(change, more > 0 ? "+" : more < 0 ? "−" : "");
    share(change, more < 0 ? -more : more, records);
    return HEDUI_OK;
}

/* "发证机关 3.20%": of the rows about people of the caseload, the only ones that are read. */
static hedui_status empties(hedui_buffer *out, const problems *p, const hedui_store_delivery *d,
                            hedui_err *err)
{
    static const char kind[] = "empty ";
    enum { KIND = sizeof kind - 1 };
    const hedui_store_figure *figures = NULL;
    size_t count = 0;
    hedui_status status = hedui_store_figure_list(&figures, &count, p->order->store,
                                                  p->order->run->id, d, p->order->arena, err);
    for (size_t i = 0; !status && i < count; i++) {
        const hedui_span name = figures[i].name;
        if (name.length <= KIND || memcmp(name.at, kind, KIND) != 0 || !figures[i].part)
            continue;
        hedui_buffer_text(out, out->length ? "；" : "");
        hedui_buffer_add(out, (hedui_span){name.at + KIND, name.length - KIND});
        hedui_buffer_byte(out, ' ');
        share(out, figures[i].part, figures[i].whole);
    }
    return status;
}

static hedui_status write_received(problems *p, hedui_workbook_page *page, hedui_err *err)
{
    hedui_buffer words;
    hedui_status status = HEDUI_OK;
    hedui_buffer_init(&words);
    page->name = "接收情况";
    page->frozen = 2;
    page->large = 1;
    hedui_workbook_sheet(p->book, page, received, RECEIVED);
    for (size_t i = 0; !status && i < p->delivery_count; i++) {
        const hedui_store_delivery *d = &p->deliveries[i];
        if (!is_mine(p, d))
            continue;
        hedui_sheet_cell cells[RECEIVED] = {
            [TITLE] = hedui_sheet_text(d->title),
            [FILE_NAME] = hedui_sheet_text(d->file),
            [CUT_OFF] = {.number = d->cut_off, .is_empty = d->cut_off == INT32_MIN},
            [USED] = hedui_sheet_text(hedui_label(HEDUI_LABEL_VERDICT, d->verdict, HEDUI_ZH)),
            [RECORDS] = hedui_sheet_number(d->records),
            [BEFORE] = {.is_empty = 1},
            [ACCEPTED] = hedui_sheet_number(d->accepted),
            [OTHER] = hedui_sheet_number(d->other_document),
            [DOUBLE] = hedui_sheet_number(d->duplicate),
            [REJECTED] = hedui_sheet_number(d->rejected)};
        status = compare(&cells[BEFORE], &words, p, i, err);
        cells[CHANGE] = kept(p, &words);
        share(&words, d->rejected, d->records);
        cells[SHARE] = kept(p, &words);
        reasons(&words, p, d);
        cells[WHY] = kept(p, &words);
        if (!status)
            status = empties(&words, p, d, err);
        cells[EMPTY] = kept(p, &words);
        remarks(&words, d);
        cells[TO_SAY] = kept(p, &words);
        hedui_workbook_row(p->book, cells, 0);
    }
    hedui_workbook_sheet_end(p->book);
    if (!status && hedui_buffer_failed(&words))
        status = hedui_fail_memory(err);
    hedui_buffer_free(&words);
    return status;
}

static hedui_status write_returned(problems *p, hedui_workbook_page *page, hedui_err *err)
{
    int64_t n = 0;
    hedui_buffer words;
    hedui_buffer_init(&words);
    page->name = "问题行";
    page->frozen = 4;
    page->large = 0;
    hedui_workbook_sheet(p->book, page, returned, RETURNED);
    for (size_t i = 0; i < p->delivery_count; i++) {
        const hedui_store_delivery *d = &p->deliveries[i];
        int first = 1;
        for (size_t j = 0; is_mine(p, d) && j < p->reject_count; j++) {
            const hedui_store_reject *r = &p->rejects[j];
            if (!is_of(r, d))
                continue;
            hedui_escape_line(&words, r->excerpt);
            const hedui_sheet_cell cells[RETURNED] = {
                hedui_sheet_number(++n),
                hedui_sheet_text(d->title),
                hedui_sheet_text(d->file),
                hedui_sheet_number(r->line),
                hedui_sheet_text(r->column.length ? r->column : hedui_span_of("（整行）")),
                hedui_sheet_text(hedui_buffer_span(&words)),
                hedui_sheet_text(r->reason),
                hedui_sheet_text(hedui_label(HEDUI_LABEL_REJECT, r->reason, HEDUI_ZH)),
                hedui_sheet_text(hedui_remedy(r->reason, HEDUI_ZH))};
            hedui_workbook_row(p->book, cells, first);
            hedui_buffer_restart(&words);
            first = 0;
        }
    }
    hedui_workbook_sheet_end(p->book);
    hedui_status status = hedui_buffer_failed(&words) ? hedui_fail_memory(err) : HEDUI_OK;
    hedui_buffer_free(&words);
    return status;
}

/* A row stands here once, in however many households its person is. Neither they nor what the
 * decision rests on are for the department: it knows its own row. */
static int is_mistaken(const problems *p, size_t at)
{
    const hedui_store_met *m = &p->met[at];
    int first = 1;
    for (size_t i = 0; i < at; i++)
        first &= p->met[i].line != m->line || !hedui_span_is(p->met[i].state, "left_out") ||
                 memcmp(&p->met[i].file_digest, &m->file_digest, sizeof m->file_digest) != 0;
    return first && hedui_span_is(m->state, "left_out") &&
           hedui_span_equal(m->source, p->order->source);
}

static void write_mistaken(problems *p, hedui_workbook_page *page)
{
    static const hedui_span advice =
        HEDUI_SPAN("经查，本行不是该号码持有人的。请核对证件号、姓名，更正后重新报送。");
    int64_t n = 0;
    page->name = "非本人";
    page->frozen = 4;
    page->large = 0;
    for (size_t i = 0; i < p->met_count; i++) {
        const hedui_store_met *m = &p->met[i];
        if (!is_mistaken(p, i))
            continue;
        if (!n)
            hedui_workbook_sheet(p->book, page, mistaken, MISTAKEN);
        const hedui_sheet_cell cells[MISTAKEN] = {hedui_sheet_number(++n),
                                                  hedui_sheet_text(m->feed_title),
                                                  hedui_sheet_text(m->file),
                                                  hedui_sheet_number(m->line),
                                                  hedui_sheet_text(m->person_masked),
                                                  hedui_sheet_text(m->pair),
                                                  {.number = m->until},
                                                  hedui_sheet_text(advice)};
        hedui_workbook_row(p->book, cells, 0);
    }
    if (n)
        hedui_workbook_sheet_end(p->book);
}

static hedui_status load(problems *p, hedui_err *err)
{
    const hedui_report_order *o = p->order;
    hedui_status status = hedui_store_delivery_list(&p->deliveries, &p->delivery_count, o->store,
                                                    o->run->id, o->arena, err);
    if (!status)
        status = hedui_store_reject_list(&p->rejects, &p->reject_count, o->store, o->run->id,
                                         hedui_span_of(""), o->arena, err);
    return status ? status
                  : hedui_store_met_list(&p->met, &p->met_count, o->store, o->run->id,
                                         hedui_span_of(""), o->arena, err);
}

/* Whether the run is a draft is nothing to a department: what its file lacks, it lacks. */
static hedui_status describe(hedui_span *line, const hedui_report_order *order, hedui_err *err)
{
    char day[HEDUI_DATE_TEXT];
    hedui_buffer words;
    hedui_buffer_init(&words);
    hedui_date_print(day, order->run->as_of);
    hedui_buffer_add(&words, order->run->unit);
    hedui_buffer_text(&words, "　核对批次：");
    hedui_buffer_add(&words, order->run->id);
    hedui_buffer_format(&words, "　核对基准日：%s　公民身份号码等已遮盖", day);
    *line = hedui_arena_copy(order->arena, hedui_buffer_span(&words));
    int failed = hedui_buffer_failed(&words) || !line->at;
    hedui_buffer_free(&words);
    return failed ? hedui_fail_memory(err) : HEDUI_OK;
}

hedui_status hedui_report_problems(hedui_buffer *out, const hedui_report_order *order,
                                   hedui_err *err)
{
    problems p = {.order = order};
    hedui_buffer title;
    hedui_workbook_page page = {
        .note = HEDUI_SPAN("行数＝采用＋其他证件＋重复＋问题行。“空着的占比”只按涉及保障对象的行计"
                           "。行号按解压后的文件计，第一行为表头；原值已"
                           "遮盖，原文在来源单位的文件里。请更正后按原布局重新报送。"),
        .foot = "移交人（签字）：　　　　　接收人（签字）：　　　　　日期："};
    hedui_buffer_init(&title);
    hedui_buffer_add(&title, order->source);
    hedui_buffer_text(&title, "数据质量与退回清单");
    page.title = hedui_buffer_span(&title);
    hedui_status status = load(&p, err);
    if (!status)
        status = describe(&page.line, order, err);
    if (!status && hedui_buffer_failed(&title))
        status = hedui_fail_memory(err);
    if (!status && !(p.book = hedui_workbook_begin(err)))
        status = HEDUI_E1001;
    if (!status)
        status = write_received(&p, &page, err);
    if (!status)
        status = write_returned(&p, &page, err);
    if (!status)
        write_mistaken(&p, &page);
    if (p.book) {
        hedui_status ended = hedui_workbook_end(status ? NULL : out, p.book, status ? NULL : err);
        status = status ? status : ended;
    }
    hedui_buffer_free(&title);
    return status;
}
