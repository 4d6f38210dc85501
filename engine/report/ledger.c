/* R1, the ledger that a town fills in: what was found stands on the left and comes from a view,
 * what people find out is written on the right. Finding and decision are two fields: nobody's money
 * follows from a flag. */
#include "report/kinds.h"
#include "report/workbook.h"
#include "store/view.h"

#include <hedui/digest.h>
#include <hedui/label.h>

#include <stdio.h>

/* Widths of the view's columns in their order: those that are read on paper, then, behind what is
 * filled in, those for the screen alone, which may be wide; 0: hidden, for the way back. */
static const double widths[] = {5, 5, 14, 8, 8, 5, 10.5, 12, 20, 25, 8, 12, 15, 20, 64, 0, 0, 0};
enum {
    READ = 13,
    BEHIND = 2,
    KEYS = 3,
    FROM_VIEW = READ + BEHIND + KEYS,
    HOUSEHOLDS = 1,
    NUMBER = 2,
    FLAGS = 7
};

static const hedui_workbook_column asked[] = {
    {HEDUI_SPAN("核实结果（选）"), HEDUI_SHEET_TEXT, 13, 1, 0, "finding", 0},
    {HEDUI_SPAN("核实情况说明"), HEDUI_SHEET_TEXT, 13, 1, 0, NULL, 0},
    {HEDUI_SPAN("处理意见（选）"), HEDUI_SHEET_TEXT, 9, 2, 0, "decision", 0},
    {HEDUI_SPAN("拟保障金额（元/月）"), HEDUI_SHEET_MONEY, 11, 2, 0, NULL, HEDUI_WORKBOOK_SUM},
    {HEDUI_SPAN("依据条款"), HEDUI_SHEET_TEXT, 9, 2, 0, NULL, 0},
    {HEDUI_SPAN("理由"), HEDUI_SHEET_TEXT, 12, 2, 0, NULL, 0},
    {HEDUI_SPAN("核查人一"), HEDUI_SHEET_TEXT, 8, 2, 0, NULL, 0},
    {HEDUI_SPAN("核查人二"), HEDUI_SHEET_TEXT, 8, 2, 0, NULL, 0},
    {HEDUI_SPAN("核查日期"), HEDUI_SHEET_DATE, 12, 2, 0, NULL, 0},
};
enum { CHOICES = 32, ASKED = sizeof asked / sizeof *asked, COLUMNS = FROM_VIEW + ASKED };

static void columns_of(hedui_workbook_column columns[COLUMNS], const hedui_store_view *view)
{
    for (uint32_t i = 0; i < FROM_VIEW; i++) {
        hedui_workbook_column *c = &columns[i < READ ? i : i + ASKED];
        *c = (hedui_workbook_column){.title = view->columns[i].title,
                                     .kind = view->columns[i].kind,
                                     .width = widths[i] > 0 ? widths[i] : 10,
                                     .hidden = i >= READ + BEHIND};
    }
    columns[HOUSEHOLDS].sum = HEDUI_WORKBOOK_SUM;
    columns[FLAGS].sum = HEDUI_WORKBOOK_COUNT;
    memcpy(&columns[READ], asked, sizeof asked);
}

/* The keys of all rows as they were written: tells whether rows were lost on the way. */
static void take_in(hedui_digester *digest, const hedui_sheet_cell *cells)
{
    hedui_digester_field(digest, cells[NUMBER].text);
    for (uint32_t i = READ + BEHIND; i < FROM_VIEW; i++)
        hedui_digester_field(digest, cells[i].text);
}

static hedui_status write_rows(hedui_workbook *book, hedui_store_view *view, hedui_digest *keys,
                               int64_t *rows, hedui_err *err)
{
    hedui_sheet_cell got[FROM_VIEW], cells[COLUMNS];
    hedui_digester *digester = hedui_digester_open();
    if (!digester)
        return hedui_fail_memory(err);
    while (hedui_store_view_row(got, view, err)) {
        memset(cells, 0, sizeof cells);
        memcpy(cells, got, READ * sizeof *cells);
        memcpy(&cells[READ + ASKED], &got[READ], (BEHIND + KEYS) * sizeof *cells);
        for (uint32_t i = READ; i < READ + ASKED; i++)
            cells[i].is_empty = 1;
        hedui_workbook_row(book, cells, !got[HOUSEHOLDS].is_empty);
        take_in(digester, got);
        (*rows)++;
    }
    hedui_status status = view->status;
    if (!status)
        status = hedui_digester_end(keys, digester, err);
    hedui_digester_close(digester);
    return status;
}

static void identify(hedui_workbook *book, const hedui_report_order *order, int64_t rows,
                     const hedui_digest *keys)
{
    char number[24], hex[HEDUI_DIGEST_HEX];
    (void)snprintf(number, sizeof number, "%lld", (long long)rows);
    hedui_digest_hex(hex, keys);
    hedui_workbook_identity(book, "format", hedui_span_of("hedui.ledger/1"));
    hedui_workbook_identity(book, "run", order->run->id);
    hedui_workbook_identity(book, "town", order->town ? order->town->code : hedui_span_of(""));
    hedui_workbook_identity(book, "rows", hedui_span_of(number));
    hedui_workbook_identity(book, "keys", hedui_span_of(hex));
}

/* One word per idea; what an inspector cannot tell confirms nothing. */
static void offer(hedui_workbook *book, const char *name, hedui_label_kind kind, const char **texts)
{
    hedui_span code, words;
    uint32_t count = 0;
    while (count < CHOICES && hedui_label_at(&code, &words, kind, count, HEDUI_ZH))
        texts[count++] = words.at;
    hedui_workbook_list(book, name, texts, count);
}

static hedui_status fill(hedui_workbook *book, hedui_store_view *view,
                         const hedui_report_order *order, hedui_err *err)
{
    hedui_workbook_column columns[COLUMNS];
    const char *texts[2 * CHOICES];
    hedui_digest keys;
    int64_t rows = 0;
    hedui_buffer title;
    hedui_workbook_page page = {
        .name = "核查台账",
        .note = HEDUI_SPAN(
            "疑点为比对线索，不作为认定结论；未核实不得停发、减发。黄色栏由核查人填写，"
            "两名核查人共同签字；每户的处理意见填在该户第一行。打印用 A3 横向，最右两栏不打印。"),
        .foot = "核查人（签字）：　　　　　审核人（签字）：　　　　　单位（盖章）：",
        .frozen = 5,
        .large = 1,
        .printed = READ + ASKED};
    hedui_buffer_init(&title);
    hedui_buffer_add(&title, order->town ? hedui_store_town_name(order->town, HEDUI_ZH)
                                         : hedui_span_of(""));
    hedui_buffer_add(&title, view->title);
    page.title = hedui_buffer_span(&title);
    columns_of(columns, view);
    offer(book, "finding", HEDUI_LABEL_FINDING, texts);
    offer(book, "decision", HEDUI_LABEL_DECISION, texts + CHOICES);
    hedui_status status = hedui_report_line(&page.line, order, 1, err);
    if (!status && hedui_buffer_failed(&title))
        status = hedui_fail_memory(err);
    if (!status) {
        hedui_workbook_sheet(book, &page, columns, COLUMNS);
        status = write_rows(book, view, &keys, &rows, err);
        hedui_workbook_sheet_end(book);
    }
    if (!status)
        identify(book, order, rows, &keys);
    hedui_buffer_free(&title);
    return status;
}

hedui_status hedui_report_ledger(hedui_buffer *out, const hedui_report_order *order, hedui_err *err)
{
    hedui_store_view view = {0};
    hedui_workbook *book = NULL;
    hedui_status status =
        hedui_store_view_open(&view, order->store, "ledger", order->run->id, order->arena, err);
    if (!status && order->town)
        status = hedui_store_view_town(&view, order->town->code, err);
    if (!status && !(book = hedui_workbook_begin(err)))
        status = HEDUI_E1001;
    if (!status)
        status = fill(book, &view, order, err);
    if (book) {
        hedui_status ended = hedui_workbook_end(status ? NULL : out, book, status ? NULL : err);
        status = status ? status : ended;
    }
    hedui_store_view_close(&view);
    return status;
}
