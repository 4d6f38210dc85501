/* Workbooks, read back by the reader of deliveries: what goes in comes out, nothing becomes a
 * formula, what does not fit is told. */
#include "feed_file.h"
#include "store_world.h"

#include "report/workbook.h"
#include "sheet/xlsx.h"

#include <hedui/file.h>
#include <hedui/report.h>
#include <hedui/store_run.h>

static const hedui_workbook_column columns[] = {
    {HEDUI_SPAN("文字"), HEDUI_SHEET_TEXT, 20, 0, 0, NULL, HEDUI_WORKBOOK_COUNT},
    {HEDUI_SPAN("人数"), HEDUI_SHEET_NUMBER, 8, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
    {HEDUI_SPAN("金额（元）"), HEDUI_SHEET_MONEY, 12, 0, 0, NULL, HEDUI_WORKBOOK_SUM},
    {HEDUI_SPAN("日期"), HEDUI_SHEET_DATE, 12, 1, 0, NULL, 0},
    {HEDUI_SPAN("结果"), HEDUI_SHEET_TEXT, 12, 1, 0, "pick", 0},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* All cells of one sheet, as "row.column=text" lines; kinds of formulas as they are stored. */
typedef struct seen {
    hedui_buffer lines;
    size_t longest;
} seen;

static hedui_status take_row(void *context, const hedui_xlsx_row *row, hedui_err *err)
{
    seen *s = context;
    (void)err;
    for (uint32_t i = 0; i < row->count; i++) {
        const hedui_xlsx_cell *c = &row->cells[i];
        hedui_buffer_format(&s->lines, "%u.%u%c", row->number, c->column,
                            c->kind == HEDUI_XLSX_TEXT ? '=' : '#');
        hedui_buffer_add(&s->lines, c->text);
        hedui_buffer_byte(&s->lines, '\n');
        s->longest = c->text.length > s->longest ? c->text.length : s->longest;
    }
    return HEDUI_OK;
}

static hedui_status take_merged(void *context, const hedui_xlsx_range *range, hedui_err *err)
{
    (void)context, (void)range, (void)err;
    return HEDUI_OK;
}

/* Read sheet `number` of a workbook in memory. */
static void read_sheet(seen *s, const hedui_buffer *book, uint32_t number)
{
    const char *path = temporary_path("book.xlsx");
    hedui_arena *arena = hedui_arena_open(0);
    hedui_zip *zip = NULL;
    hedui_xlsx *xlsx = NULL;
    const hedui_xlsx_sink sink = {take_row, take_merged, s};
    write_file(path, hedui_buffer_span(book));
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    *s = (seen){.longest = 0};
    hedui_buffer_init(&s->lines);
    assert_int_equal(hedui_zip_open(&zip, fd, path, arena, NULL), HEDUI_OK);
    assert_int_equal(hedui_xlsx_open(&xlsx, zip, path, 0, arena, NULL), HEDUI_OK);
    uint32_t count = 0;
    const hedui_xlsx_sheet *sheets = hedui_xlsx_sheets(xlsx, &count);
    assert_true(number < count);
    hedui_buffer_text(&s->lines, "sheet ");
    hedui_buffer_add(&s->lines, sheets[number].name);
    hedui_buffer_text(&s->lines, sheets[number].hidden ? " hidden\n" : "\n");
    assert_int_equal(hedui_xlsx_read(xlsx, number, &sink, NULL), HEDUI_OK);
    hedui_buffer_byte(&s->lines, '\0');
    hedui_xlsx_close(xlsx);
    hedui_zip_close(zip);
    (void)close(fd);
    hedui_arena_close(arena);
}

static void expect(const seen *s, const char *line)
{
    if (!strstr(s->lines.data, line))
        fail_msg("no %s in\n%.2000s", line, s->lines.data);
}

static hedui_workbook_page page_named(const char *name)
{
    return (hedui_workbook_page){.name = name,
                                 .title = HEDUI_SPAN("题目"),
                                 .line = HEDUI_SPAN("说明"),
                                 .note = HEDUI_SPAN("表下的话"),
                                 .frozen = 1};
}

static void put_row(hedui_workbook *book, hedui_span text, int64_t number, int64_t fen)
{
    const hedui_sheet_cell cells[COLUMNS] = {
        {.text = text}, {.number = number}, {.number = fen}, {.number = 16256}, {.is_empty = 1}};
    hedui_workbook_row(book, cells, 1);
}

/* What a spreadsheet might run, or take for something else, is a text like any other. */
static void hostile_texts_stay_texts(void **state)
{
    static const char *const texts[] = {"=cmd|' /C calc'!A0",
                                        "+1+1",
                                        "-2",
                                        "@SUM(A1)",
                                        "<b>&amp;\"'",
                                        "659000199001010018",
                                        "00123",
                                        "第一行\n第二行",
                                        "\xF0\xA0\xAE\xB7 字"};
    enum { TEXTS = sizeof texts / sizeof *texts };
    hedui_buffer out;
    seen s;
    (void)state;
    hedui_buffer_init(&out);
    hedui_workbook *book = hedui_workbook_begin(NULL);
    hedui_workbook_page page = page_named("表");
    hedui_workbook_sheet(book, &page, columns, COLUMNS);
    for (int i = 0; i < TEXTS; i++)
        put_row(book, hedui_span_of(texts[i]), i, 100 * i + 5);
    hedui_workbook_sheet_end(book);
    assert_int_equal(hedui_workbook_end(&out, book, NULL), HEDUI_OK);
    read_sheet(&s, &out, 0);
    expect(&s, "1.0=题目\n");
    expect(&s, "2.0=说明\n");
    expect(&s, "3.2=金额（元）\n");
    for (int i = 0; i < TEXTS; i++) {
        char line[128];
        (void)snprintf(line, sizeof line, "\n%d.0=%s\n", i + 4, texts[i]);
        expect(&s, line);
    }
    expect(&s, "\n6.2#2.05\n");
    expect(&s, "\n6.3#2014-07-05\n");
    /* 0 + ... + 8, 9 × 0.05 + 36; the counted cells */
    expect(&s, "\n13.0#9\n13.1#36\n13.2#36.45\n");
    expect(&s, "\n14.0=表下的话\n");
    hedui_buffer_free(&s.lines);
    hedui_buffer_free(&out);
}

/* 32,767 characters are all that a cell holds: what is longer ends whole characters earlier, and
 * says that it does. */
static void a_text_too_long_is_cut_and_says_so(void **state)
{
    static const size_t lengths[] = {32766, 32767, 32768, 100000};
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        for (int wide = 0; wide < 2; wide++) {
            hedui_buffer out, text;
            seen s;
            hedui_buffer_init(&out);
            hedui_buffer_init(&text);
            while (text.length < lengths[i])
                hedui_buffer_text(&text, wide ? "长" : "x");
            hedui_workbook *book = hedui_workbook_begin(NULL);
            hedui_workbook_page page = page_named("表");
            hedui_workbook_sheet(book, &page, columns, COLUMNS);
            put_row(book, hedui_buffer_span(&text), 1, 1);
            hedui_workbook_sheet_end(book);
            assert_int_equal(hedui_workbook_end(&out, book, NULL), HEDUI_OK);
            read_sheet(&s, &out, 0);
            if (text.length <= 32767) {
                assert_int_equal(s.longest, text.length);
            } else {
                assert_in_range(s.longest, 32700, 32767);
                expect(&s, wide ? "长……（太长，未完；全文见 CSV 清单）\n"
                                : "x……（太长，未完；全文见 CSV 清单）\n");
            }
            hedui_buffer_free(&s.lines);
            hedui_buffer_free(&text);
            hedui_buffer_free(&out);
        }
}

static void more_rows_than_a_sheet_holds_are_refused(void **state)
{
    (void)state;
    for (uint32_t rows = 4; rows <= 6; rows++) {
        hedui_buffer out;
        hedui_err err;
        hedui_err_init(&err);
        hedui_buffer_init(&out);
        hedui_workbook *book = hedui_workbook_begin(NULL);
        hedui_workbook_page page = page_named("表");
        page.most = 5;
        hedui_workbook_sheet(book, &page, columns, COLUMNS);
        for (uint32_t i = 0; i < rows; i++)
            put_row(book, hedui_span_of("行"), 1, 1);
        hedui_workbook_sheet_end(book);
        assert_int_equal(hedui_workbook_end(&out, book, &err), rows > 5 ? HEDUI_E7002 : HEDUI_OK);
        assert_int_equal(out.length == 0, rows > 5);
        hedui_buffer_free(&out);
    }
}

/* Tabs are named after departments, whose names come from layouts. */
static void any_name_makes_a_tab(void **state)
{
    static const struct {
        const char *name, *tab;
    } cases[] = {
        {"民政[救助]:低保*?/\\", "民政_救助__低保____"},
        {"'引号'", "_引号_"},
        {"", "表"},
        {"1234567890123456789012345678901234", "1234567890123456789012345678901"},
        {"县人力资源和社会保障局社会保险事业管理中心城乡居民养老保险服务大厅窗口",
         "县人力资源和社会保障局社会保险事业管理中心城乡居民养老保险服务"},
        {"公安", "公安"},
        {"公安", "公安(2)"},
        {"Tax", "Tax"},
        {"TAX", "TAX(2)"},
        {"1234567890123456789012345678901999", "1234567890123456789012345678(2)"},
        {"_hedui", "_hedui(2)"},
        {"字典", "字典(2)"},
        {"History", "History_"},
    };
    enum { CASES = sizeof cases / sizeof *cases };
    hedui_workbook_page pages[CASES];
    hedui_buffer out;
    (void)state;
    hedui_buffer_init(&out);
    hedui_workbook *book = hedui_workbook_begin(NULL);
    for (int i = 0; i < CASES; i++) {
        pages[i] = page_named(cases[i].name);
        hedui_workbook_sheet(book, &pages[i], columns, COLUMNS);
        put_row(book, hedui_span_of(cases[i].name), 1, 1);
        hedui_workbook_sheet_end(book);
    }
    hedui_workbook_identity(book, "run", hedui_span_of("R"));
    assert_int_equal(hedui_workbook_end(&out, book, NULL), HEDUI_OK);
    for (uint32_t i = 0; i < CASES; i++) {
        char line[160];
        seen s;
        read_sheet(&s, &out, i);
        (void)snprintf(line, sizeof line, "sheet %s\n", cases[i].tab);
        expect(&s, line);
        hedui_buffer_free(&s.lines);
    }
    hedui_buffer_free(&out);
}

/* The one file of a report on the latest run. */
static hedui_span build(hedui_store *store, const char *kind, const char *format,
                        const char *households, hedui_arena *arena)
{
    const char *const *files = NULL;
    char folder[256];
    size_t count = 0;
    hedui_span bytes;
    (void)temporary_path("book.xlsx"); /* its folder */
    (void)snprintf(folder, sizeof folder, "%s", temporary_path(""));
    hedui_report_request request = {
        .kind = kind, .folder = folder, .format = format, .households = hedui_span_of(households)};
    assert_int_equal(hedui_report_build(&files, &count, store, &request, arena, NULL), HEDUI_OK);
    assert_int_equal(count, 1);
    assert_int_equal(hedui_file_read(&bytes, files[0], 1 << 24, arena, NULL), HEDUI_OK);
    return bytes;
}

/* The first sheet of the one ledger of the latest run; the caller frees the lines. */
static void read_ledger(seen *s, hedui_store *store, hedui_arena *arena)
{
    hedui_buffer book;
    hedui_buffer_init(&book);
    hedui_buffer_add(&book, build(store, "ledger", NULL, "", arena));
    read_sheet(s, &book, 0);
    hedui_buffer_free(&book);
}

/* A household of its head alone. */
static void people_of(world *w, hedui_run_member *head)
{
    *head = (hedui_run_member){.name = w->households[0].head_name,
                               .relation = HEDUI_SPAN("户主"),
                               .id_masked = "659001********0011"};
    w->households[0].people = head;
    w->households[0].members = 1;
}

static void tells_none_of(const char *text, const char *const *never, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strstr(text, never[i]))
            fail_msg("told: %s in\n%.3000s", never[i], text);
}

/* R2 as the family gets it, R3, R4 and R8 of the same county as its ledger.
 * @param kept  What the visit sheet and the report on the household tell all the same. */
static void pages_tell_none_of(hedui_store *store, const char *const *never, size_t count,
                               const char *const kept[2], hedui_arena *arena)
{
    static const struct {
        const char *kind, *format, *households;
    } pages[] = {{"visit", NULL, "HD14-0001"},
                 {"household", NULL, "HD14-0001"},
                 {"route", NULL, ""},
                 {"summary", "html", ""}};
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        hedui_span page = build(store, pages[i].kind, pages[i].format, pages[i].households, arena);
        char *text = strndup(page.at, page.length);
        assert_non_null(text);
        tells_none_of(text, never, count);
        if (i < 2 && !strstr(text, kept[i]))
            fail_msg("%s does not say %s in\n%.3000s", pages[i].kind, kept[i], text);
        free(text);
    }
}

/* Papers go from hand to hand: what the families of supporters have, and that there was a tip, is
 * told by no cell of a ledger and on no page. Where to look stands there all the same, also of a
 * tip's flag that is kept when its rule is gone. */
static void no_paper_tells_of_a_tip_or_a_supporter(void **state)
{
    static const char *const never[] = {"举报", "外人", "9000", "赡养人登记", "热线", "近亲属库"};
    static const char *const kept[] = {"其他：请按入户查看情况逐项说明。", "所需栏目为空"};
    enum { NEVER = sizeof never / sizeof *never };
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    hedui_run_member head;
    seen s;
    (void)state;
    world *w = world_make(1);
    people_of(w, &head);
    w->rules[DEATH].category = 12;
    w->rules[DEATH].title = hedui_span_of("有投诉举报");
    w->rules[DEATH].ask = hedui_span_of("问一问举报的情况");
    w->deliveries[CASELOAD].feed = hedui_span_of("debtors"); /* whatever its layout is called */
    w->deliveries[CASELOAD].part = hedui_span_of("supporter");
    w->deliveries[CASELOAD].title = hedui_span_of("赡养人登记");
    w->deliveries[CASELOAD].source = hedui_span_of("近亲属库");
    w->deliveries[CREMATION].title = hedui_span_of("热线登记"); /* only tips rest on it */
    w->deliveries[CREMATION].source = hedui_span_of("热线办");
    (void)world_flag(w, 0, VEH, "02|测A00001", 1);
    /* a supporter's row in a register of another department */
    world_flag(w, 0, VEH, "02|测A00002", 4)->message = hedui_span_of("外人钱有余名下有车");
    w->evidence[1].person = hedui_span_of("外人钱有余");
    world_flag(w, 0, DEATH, "1f0e", 2)->message = hedui_span_of("有投诉举报：家中有轿车");
    hedui_run_flag *supporter = world_flag(w, 0, INC, "2a7b", 3);
    supporter->message = hedui_span_of("外人钱有余月收入 9000 元");
    supporter->person = hedui_span_of("外人钱有余");
    /* what stayed open about the tip is told to nobody, of a supporter without his name */
    world_cause(w, 0, DEATH, HEDUI_RUN_EMPTY_FIELD);
    world_cause(w, 0, INC, HEDUI_RUN_EMPTY_FIELD);
    w->undetermined[1].person = hedui_span_of("外人钱有余");
    world_write(id, store, w);
    free(w);
    read_ledger(&s, store, arena);
    tells_none_of(s.lines.data, never, NEVER);
    expect(&s, "\n4.7=名下有车辆登记，请核实\n");
    expect(&s, "\n5.7=其他\n");
    expect(&s, "\n6.7=其他\n");
    expect(&s, "\n7.7=其他\n");
    expect(&s, "=见核查员参考页\n");
    hedui_buffer_free(&s.lines);
    pages_tell_none_of(store, never, NEVER, kept, arena);
    w = world_make(1);
    people_of(w, &head);
    w->rules[DEATH].id = hedui_span_of("DEATH-02");
    world_write(id, store, w);
    free(w);
    read_ledger(&s, store, arena);
    tells_none_of(s.lines.data, never, 1);
    expect(&s, "=DEATH-01\n");
    expect(&s, "见核查员参考页\n【本次未核对，沿用上次：该规则本次未执行】");
    hedui_buffer_free(&s.lines);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

/* What a layout and a rule say is for the inspector's own sheet stands on no other paper. */
static void what_is_for_the_inspector_alone_is_on_no_paper(void **state)
{
    static const char *const never[] = {"密报", "热线"};
    static const char *const kept[] = {"名下登记有小型普通客车", "名下登记有小型普通客车"};
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    hedui_run_member head;
    (void)state;
    world *w = world_make(1);
    people_of(w, &head);
    w->rules[DEATH].title = hedui_span_of("有密报");
    w->rules[DEATH].visit_sheet = 1;
    w->deliveries[CREMATION].visit_sheet = 1;
    w->deliveries[CREMATION].title = hedui_span_of("热线登记");
    w->deliveries[CREMATION].source = hedui_span_of("热线办");
    (void)world_flag(w, 0, VEH, "02|测A00001", 1);
    world_cause(w, 0, DEATH, HEDUI_RUN_EMPTY_FIELD);
    world_write(id, store, w);
    free(w);
    pages_tell_none_of(store, never, 2, kept, arena);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

/* A town that is named has its ledger though nothing was found there: one to hand back empty. */
static void a_town_without_flags_has_a_ledger_if_named(void **state)
{
    char *path = world_path();
    char id[HEDUI_STORE_RUN_ID];
    hedui_store *store = world_open(path);
    hedui_arena *arena = hedui_arena_open(0);
    const char *const *files = NULL;
    size_t count = 0;
    hedui_buffer book;
    seen s;
    (void)state;
    world *w = world_make(24);
    (void)world_flag(w, 0, VEH, "02|测A00001", 1);
    world_write(id, store, w);
    free(w);
    const hedui_store_run *run = NULL;
    assert_int_equal(hedui_store_run_find(&run, store, hedui_span_of(id), arena, NULL), HEDUI_OK);
    hedui_span empty = {"", 0};
    for (size_t i = 0; i < run->town_count; i++)
        if (!run->towns[i].flags)
            empty = run->towns[i].name;
    assert_true(empty.length > 0);
    (void)temporary_path("book.xlsx"); /* its folder */
    char folder[256];
    (void)snprintf(folder, sizeof folder, "%s", temporary_path(""));
    hedui_report_request request = {.kind = "ledger", .folder = folder};
    assert_int_equal(hedui_report_build(&files, &count, store, &request, arena, NULL), HEDUI_OK);
    assert_int_equal(count, 1);
    request.town = empty;
    assert_int_equal(hedui_report_build(&files, &count, store, &request, arena, NULL), HEDUI_OK);
    assert_int_equal(count, 1);
    hedui_span bytes;
    assert_int_equal(hedui_file_read(&bytes, files[0], 1 << 24, arena, NULL), HEDUI_OK);
    hedui_buffer_init(&book);
    hedui_buffer_add(&book, bytes);
    read_sheet(&s, &book, 0);
    expect(&s, "sheet 核查台账\n");
    expect(&s, "\n4.0=疑点为比对线索，不作为认定结论");
    assert_null(strstr(s.lines.data, "合计"));
    hedui_buffer_free(&s.lines);
    read_sheet(&s, &book, 1);
    expect(&s, "sheet _hedui hidden\n");
    expect(&s, "4.0=rows\n4.1=0\n");
    hedui_buffer_free(&s.lines);
    hedui_buffer_free(&book);
    hedui_arena_close(arena);
    hedui_store_close(store);
    world_remove(path);
}

static int tear_down(void **state)
{
    (void)state;
    remove_temporary();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_texts_stay_texts),
        cmocka_unit_test(a_text_too_long_is_cut_and_says_so),
        cmocka_unit_test(more_rows_than_a_sheet_holds_are_refused),
        cmocka_unit_test(any_name_makes_a_tab),
        cmocka_unit_test(no_paper_tells_of_a_tip_or_a_supporter),
        cmocka_unit_test(what_is_for_the_inspector_alone_is_on_no_paper),
        cmocka_unit_test(a_town_without_flags_has_a_ledger_if_named),
    };
    return cmocka_run_group_tests(tests, NULL, tear_down);
}
