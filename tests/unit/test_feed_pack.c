/* What departments hand over becomes a delivery that a check accepts, or is refused by name. The
 * content wanted is written out by hand; that a check and a night read the delivery is tried. */
#include "xlsx_file.h"

#include <hedui/feed_pack.h>
#include <hedui/file.h>

#include <dirent.h>

static const char cremation[] =
    "feed: cremation\nas: deaths\ntitle: 火化\nsource: 测试\nrow: 一人\n"
    "key: [no]\npersons: [{role: dead, id: citizen, name: name}]\n"
    "file: {name: \"cremation-*.csv.gz\", charset: utf-8, "
    "kind: full, cut_off: {from: manifest, or: file_name, "
    "pattern: \"cremation-{date}\"}, title_lines: 3, footers: [合计]}\n"
    "columns:\n  no: {type: text, header: [编号], required: true}\n"
    "  citizen: {type: citizen_id, header: [证件号码], required: true}\n"
    "  name: {type: name, header: [姓名]}\n"
    "  died_on: {type: date, header: [死亡日期]}\n"
    "  paid: {type: money, header: [金额]}\n";

#define P1 "659000195001010019"
#define P2 "659000195102020021"

/* A header and cells for the sheets below. */
#define T(text) "<c t='inlineStr'><is><t>" text "</t></is></c>"
#define N(number) "<c><v>" number "</v></c>"
#define D(number) "<c s='1'><v>" number "</v></c>"
#define HEAD "<row>" T("编号") T("证件号码") T("姓名") T("死亡日期") T("金额") "</row>"
#define ROW1 "<row>" T("H1") T(P1) T("张三") D("41791") N("1234.5600000000001") "</row>"
#define HEAD_LINE "编号,证件号码,姓名,死亡日期,金额\n"
#define LINE1 "H1," P1 ",张三,2014-06-01,1234.56\n"

typedef struct bench {
    hedui_arena *arena;
    char folder[256], feeds[272], out[272];
    hedui_err err;
} bench;

static const char *in(bench *b, const char *folder, const char *name)
{
    return hedui_path_join(folder, name, b->arena);
}

static void layout(bench *b, const char *name, const char *charset)
{
    hedui_buffer text;
    const char *at = strstr(cremation, "utf-8");
    hedui_buffer_init(&text);
    hedui_buffer_add(&text, (hedui_span){cremation, (size_t)(at - cremation)});
    hedui_buffer_text(&text, charset);
    hedui_buffer_text(&text, at + strlen("utf-8"));
    write_file(in(b, b->feeds, name), hedui_buffer_span(&text));
    hedui_buffer_free(&text);
}

static void open_bench(bench *b, const char *charset)
{
    b->arena = hedui_arena_open(0);
    (void)snprintf(b->folder, sizeof b->folder, "%s", temporary_path("pack"));
    (void)snprintf(b->feeds, sizeof b->feeds, "%s/feeds", b->folder);
    (void)snprintf(b->out, sizeof b->out, "%s/inbox", b->folder);
    (void)mkdir(b->folder, 0700);
    (void)mkdir(b->feeds, 0700);
    (void)mkdir(b->out, 0700);
    layout(b, "cremation.yaml", charset);
}

static void empty(const char *path)
{
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            (void)unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder)
        (void)closedir(folder);
}

static void close_bench(bench *b)
{
    const char *const folders[] = {b->out, b->feeds, b->folder};
    for (int i = 0; i < 3; i++) {
        empty(folders[i]);
        (void)rmdir(folders[i]);
    }
    remove_temporary();
    hedui_arena_close(b->arena);
}

static size_t files_in(const char *path)
{
    size_t count = 0;
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    if (folder)
        (void)closedir(folder);
    return count;
}

static hedui_status pack(const hedui_feed_pack_report **report, bench *b, const char *name,
                         hedui_feed_pack_options options)
{
    const char *const folders[] = {b->feeds};
    *report = NULL;
    hedui_err_init(&b->err);
    options.out = b->out;
    return hedui_feed_pack(report, in(b, b->folder, name), &options, folders, 1, b->arena, &b->err);
}

/* The text of a gzip file, by zlib's own reading of the whole member. */
static hedui_span text_of(bench *b, const char *path)
{
    enum { MOST = 1 << 20 };
    hedui_span packed;
    z_stream z = {0};
    char *text = hedui_arena_take(b->arena, MOST);
    assert_int_equal(hedui_file_read(&packed, path, MOST, b->arena, NULL), HEDUI_OK);
    assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
    z.next_in = (Bytef *)(uintptr_t)packed.at;
    z.avail_in = (uInt)packed.length;
    z.next_out = (Bytef *)text;
    z.avail_out = MOST;
    assert_int_equal(inflate(&z, Z_FINISH), Z_STREAM_END);
    hedui_span out = {text, MOST - z.avail_out};
    (void)inflateEnd(&z);
    return out;
}

static void writes_rows_as_the_sheet_shows_them(void **state)
{
    static const struct {
        const char *rows, *behind, *want;
        uint64_t accepted, rejected;
    } cases[] = {
        {HEAD ROW1, NULL, HEAD_LINE LINE1, 1, 0},
        /* titles above, merged; an empty row; a total below, merged */
        {"<row>" T("火化登记表") "</row><row r='3'>" T("编号") T("证件号码") T("姓名") T("死亡日期")
             T("金额") "</row>" ROW1 "<row r='6'>" T("合计") "</row>",
         "<mergeCells><mergeCell ref='A1:E1'/><mergeCell ref='A6:D6'/></mergeCells>",
         "火化登记表\n\n" HEAD_LINE LINE1 "\n合计,,,,\n", 1, 0},
        /* what stands in quotes, and a cell behind the header's last */
        {HEAD "<row>" T("H,1") T(P1) T("张\"三") T("2014-06-01") "</row>", NULL,
         HEAD_LINE "\"H,1\"," P1 ",\"张\"\"三\",2014-06-01,\n", 1, 0},
        {HEAD ROW1 "<row>" T("H2") T(P2) T("李四") "<c/><c/>" T("旁注") "</row>", NULL,
         HEAD_LINE LINE1 "H2," P2 ",李四,,,旁注\n", 1, 1},
        /* destroyed and masked numbers go along; nobody takes them for numbers */
        {HEAD ROW1 "<row>" T("H2") N("659000195102020021") T("李四") "</row>", NULL,
         HEAD_LINE LINE1 "H2,6.5900019510202E+17,李四,,\n", 1, 1},
        {HEAD ROW1 "<row>" T("H2") T("6.59E+17") "</row><row>" T("H3")
             T("659000********0021") "</row>",
         NULL, HEAD_LINE LINE1 "H2,6.59E+17,,,\nH3,659000********0021,,,\n", 1, 2},
        /* an old number of 15 digits is whole */
        {HEAD "<row>" T("H1") N("659000500101001") T("张三") "</row>", NULL,
         HEAD_LINE "H1,659000500101001,张三,,\n", 1, 0},
        /* a day that never was is what the sheet shows */
        {HEAD "<row>" T("H1") T(P1) T("张三") D("60") "</row>", NULL,
         HEAD_LINE "H1," P1 ",张三,1900-02-29,\n", 1, 0},
    };
    bench b;
    const hedui_feed_pack_report *report;
    (void)state;
    open_bench(&b, "utf-8");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        workbook_parts parts = {.rows = cases[i].rows, .behind = cases[i].behind};
        empty(b.out);
        write_workbook(in(&b, b.folder, "cremation-20140630.xlsx"), &parts);
        hedui_status status =
            pack(&report, &b, "cremation-20140630.xlsx", (hedui_feed_pack_options){0});
        if (status != HEDUI_OK || report->refused || report->packed_count != 1)
            fail_msg("case %zu: E%d refused %d %s", i, (int)status, report && report->refused,
                     report && report->packed[0].check && report->packed[0].check->refusal
                         ? report->packed[0].check->refusal
                         : "");
        const hedui_feed_packed *packed = &report->packed[0];
        hedui_span got = text_of(&b, packed->path);
        if (!hedui_span_is(got, cases[i].want))
            fail_msg("case %zu: %.*s", i, (int)got.length, got.at);
        if (packed->check->accepted != cases[i].accepted ||
            packed->check->rejected != cases[i].rejected)
            fail_msg("case %zu: %llu accepted", i, (unsigned long long)packed->check->accepted);
        assert_string_equal(strrchr(packed->path, '/'), "/cremation-20140630.csv.gz");
        assert_int_equal(files_in(b.out), 2);
    }
    close_bench(&b);
}

static void refuses_tables_with_faults(void **state)
{
    static const struct {
        const char *rows, *behind, *fault, *place;
        uint64_t all;
    } cases[] = {
        {HEAD ROW1 "<row>" T("H2") "<c t='e'><v>#N/A</v></c></row>", NULL, "error_cell", "B3", 1},
        {HEAD ROW1 "<row>" T("H2") "<c><f>A1</f></c></row>", NULL, "formula_pending", "B3", 1},
        {HEAD "<row hidden='1'>" T("H1") "</row>" ROW1, NULL, "hidden_row", "2", 1},
        {HEAD ROW1, "<mergeCells><mergeCell ref='A1:B1'/></mergeCells>", "merged_cells", "A1:B1",
         1},
        {HEAD ROW1 ROW1, "<mergeCells><mergeCell ref='C2:C3'/></mergeCells>", "merged_cells",
         "C2:C3", 1},
        /* a long code that is no citizen number would pass for a text */
        {HEAD "<row>" N("6228480012345678901") T(P1) "</row>", NULL, "text_destroyed", "A2", 1},
    };
    bench b;
    const hedui_feed_pack_report *report;
    (void)state;
    open_bench(&b, "utf-8");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        workbook_parts parts = {.rows = cases[i].rows, .behind = cases[i].behind};
        write_workbook(in(&b, b.folder, "cremation-20140630.xlsx"), &parts);
        hedui_status status =
            pack(&report, &b, "cremation-20140630.xlsx", (hedui_feed_pack_options){0});
        if (status != HEDUI_OK || !report->refused)
            fail_msg("case %zu: E%d", i, (int)status);
        const hedui_feed_packed *packed = &report->packed[0];
        assert_int_equal(packed->faults_all, cases[i].all);
        assert_string_equal(packed->faults[0].fault, cases[i].fault);
        if (!hedui_span_is(packed->faults[0].place, cases[i].place))
            fail_msg("case %zu: %s", i, packed->faults[0].place.at);
        assert_true(packed->faults[0].remedy_zh[0] && packed->faults[0].remedy_en[0]);
        assert_int_equal(files_in(b.out), 0);
    }
    close_bench(&b);
}

/* A cell of a column that no layout knows is nobody's business. */
static void looks_at_columns_of_the_layout_only(void **state)
{
    bench b;
    const hedui_feed_pack_report *report;
    workbook_parts parts = {.rows = "<row>" T("编号") T("证件号码") T("备注") "</row><row>" T("H1")
                                T(P1) "<c t='e'><v>#REF!</v></c></row>"};
    (void)state;
    open_bench(&b, "utf-8");
    write_workbook(in(&b, b.folder, "cremation-20140630.xlsx"), &parts);
    assert_int_equal(pack(&report, &b, "cremation-20140630.xlsx", (hedui_feed_pack_options){0}),
                     HEDUI_OK);
    assert_false(report->refused);
    assert_int_equal(report->packed[0].faults_all, 0);
    close_bench(&b);
}

static void refuses_files_by_name(void **state)
{
    static const char ole[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 an old workbook";
    static const char locked[] =
        "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1...E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    static const struct {
        const char *bytes;
        size_t length;
        hedui_status status;
    } cases[] = {
        {ole, sizeof ole - 1, HEDUI_E2201},
        {"\x09\x08\x10\x00\x00\x06", 6, HEDUI_E2201},
        {locked, sizeof locked - 1, HEDUI_E2202},
        {"<html><table>", 13, HEDUI_E2206},
        {"\xEF\xBB\xBF\r\n<?xml version='1.0'?><Workbook/>", 35, HEDUI_E2206},
        {"Rar!\x1A\x07", 6, HEDUI_E2207},
        {"%PDF-1.4", 8, HEDUI_E2207},
        {"a\0b", 3, HEDUI_E2207},
        {"\xFF\xFE\x16\x7F", 4, HEDUI_E2208},
        {"", 0, HEDUI_E2224},
        {"PK\3\4", 4, HEDUI_E2209},
        {"\x1F\x8B\x08", 3, HEDUI_E2232},
    };
    static const struct {
        const char *first, *second;
        size_t first_length;
        hedui_status status;
    } archives[] = {
        {"mimetype", "content.xml", 0, HEDUI_E2203},
        {"word/document.xml", "[Content_Types].xml", 0, HEDUI_E2207},
        {"a/readme.pdf", "b.png", 0, HEDUI_E2236}, /* texts under such names fit no layout */
        {"readme.txt", "~$cremation-20140630.xlsx", 0, HEDUI_E2215},
        {"cremation-20140630.csv", "x/cremation-20140630.csv", 0, HEDUI_E2226},
    };
    bench b;
    const hedui_feed_pack_report *report;
    (void)state;
    open_bench(&b, "utf-8");
    const char *path = in(&b, b.folder, "cremation-20140630.any");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        write_file(path, (hedui_span){cases[i].bytes, cases[i].length});
        hedui_status status =
            pack(&report, &b, "cremation-20140630.any", (hedui_feed_pack_options){0});
        if (status != cases[i].status)
            fail_msg("case %zu: E%d, not E%d", i, (int)status, (int)cases[i].status);
    }
    for (size_t i = 0; i < sizeof archives / sizeof *archives; i++) {
        static const char text[] = HEAD_LINE LINE1;
        zip_part parts[] = {{archives[i].first, text, 0}, {archives[i].second, text, 0}};
        write_zip(path, parts, 2);
        hedui_status status =
            pack(&report, &b, "cremation-20140630.any", (hedui_feed_pack_options){0});
        if (status != archives[i].status)
            fail_msg("archive %zu: E%d, not E%d", i, (int)status, (int)archives[i].status);
    }
    assert_int_equal(files_in(b.out), 0);
    close_bench(&b);
}

static void asks_which_sheet(void **state)
{
    static const struct {
        const char *second, *state, *sheet;
        hedui_status status;
        uint32_t left_out;
    } cases[] = {
        {NULL, "visible", NULL, HEDUI_OK, 0}, /* an empty sheet is none */
        {NULL, "hidden", NULL, HEDUI_OK, 0},
        {"<x:row><x:c><x:v>1</x:v></x:c></x:row>", "visible", NULL, HEDUI_E2221, 0},
        {"<x:row><x:c><x:v>1</x:v></x:c></x:row>", "hidden", NULL, HEDUI_E2221, 0},
        {"<x:row><x:c><x:v>1</x:v></x:c></x:row>", "hidden", "数据", HEDUI_OK, 1},
        {"<x:row><x:c><x:v>1</x:v></x:c></x:row>", "hidden", "旧", HEDUI_E2223, 0},
        {NULL, "visible", "旧", HEDUI_E2224, 0},
        {NULL, "visible", "没有", HEDUI_E2222, 0},
    };
    bench b;
    const hedui_feed_pack_report *report;
    (void)state;
    open_bench(&b, "utf-8");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        workbook_parts parts = {
            .rows = HEAD ROW1, .second = cases[i].second, .second_state = cases[i].state};
        empty(b.out);
        write_workbook(in(&b, b.folder, "cremation-20140630.xlsx"), &parts);
        hedui_status status = pack(&report, &b, "cremation-20140630.xlsx",
                                   (hedui_feed_pack_options){.sheet = cases[i].sheet});
        if (status != cases[i].status ||
            (status == HEDUI_OK && report->left_out_count != cases[i].left_out))
            fail_msg("case %zu: E%d", i, (int)status);
    }
    close_bench(&b);
}

/* Texts come in either character set, for layouts of either; broken characters stay broken. */
static void packs_texts_in_the_layouts_character_set(void **state)
{
    static const char text[] = HEAD_LINE LINE1 "H2," P2 ",李四李四李四李四,,\n";
    static const char *const sets[] = {"utf-8", "gb18030"};
    bench b;
    const hedui_feed_pack_report *report;
    (void)state;
    for (int to = 0; to < 2; to++)
        for (int from = 0; from < 2; from++)
            for (int broken = 0; broken < 2; broken++) {
                open_bench(&b, sets[to]);
                hedui_span source = hedui_span_of(text), want = hedui_span_of(text);
                if (from)
                    source = to_gb18030(source, b.arena);
                if (to)
                    want = to_gb18030(want, b.arena);
                source = hedui_arena_copy(b.arena, source);
                if (broken) /* the last character of the last name loses its end */
                    memset((char *)(uintptr_t)source.at + source.length - 4, '\xFF', 1);
                write_file(in(&b, b.folder, "cremation-20140630.csv"), source);
                assert_int_equal(
                    pack(&report, &b, "cremation-20140630.csv", (hedui_feed_pack_options){0}),
                    HEDUI_OK);
                assert_false(report->refused);
                assert_int_equal(report->packed[0].converted, to != from);
                hedui_span got = text_of(&b, report->packed[0].path);
                if (!broken && !hedui_span_equal(got, want))
                    fail_msg("%s to %s: %.*s", sets[from], sets[to], (int)got.length, got.at);
                if (broken && to == from)
                    assert_true(hedui_span_equal(got, source));
                assert_int_equal(report->packed[0].check->accepted, 2 - broken);
                assert_int_equal(report->packed[0].check->rejected, broken);
                close_bench(&b);
            }
}

static void says_in_the_manifest_what_it_made(void **state)
{
    bench b;
    const hedui_feed_pack_report *report;
    hedui_span manifest, again;
    (void)state;
    open_bench(&b, "gb18030");
    write_file(in(&b, b.folder, "火化 6月.csv"), hedui_span_of(HEAD_LINE LINE1));
    const hedui_feed_pack_options options = {
        .feed = "cremation", .has_cut_off = 1, .cut_off = 16251}; /* 2014-06-30 */
    assert_int_equal(pack(&report, &b, "火化 6月.csv", (hedui_feed_pack_options){0}), HEDUI_E2236);
    assert_int_equal(
        pack(&report, &b, "火化 6月.csv", (hedui_feed_pack_options){.feed = "cremation"}),
        HEDUI_E2225);
    assert_int_equal(pack(&report, &b, "火化 6月.csv", (hedui_feed_pack_options){.feed = "none"}),
                     HEDUI_E2032);
    assert_int_equal(pack(&report, &b, "火化 6月.csv", options), HEDUI_OK);
    assert_string_equal(strrchr(report->packed[0].path, '/'), "/cremation-20140630.csv.gz");
    const char *path = in(&b, b.out, "cremation-20140630.manifest.yaml");
    assert_int_equal(hedui_file_read(&manifest, path, 4096, b.arena, NULL), HEDUI_OK);
    assert_non_null(strstr(manifest.at, "file: cremation-20140630.csv.gz, feed: cremation, "
                                        "rows: 1, cut_off: 2014-06-30"));
    assert_non_null(strstr(manifest.at, report->packed[0].check->sha256));
    /* another of the same name is refused, unless it is meant; the same bytes give the same */
    assert_int_equal(pack(&report, &b, "火化 6月.csv", options), HEDUI_E2227);
    hedui_feed_pack_options meant = options;
    meant.replace = 1;
    assert_int_equal(pack(&report, &b, "火化 6月.csv", meant), HEDUI_OK);
    assert_int_equal(hedui_file_read(&again, path, 4096, b.arena, NULL), HEDUI_OK);
    assert_true(hedui_span_equal(manifest, again));
    /* a delivery that another manifest names would stop the night */
    empty(b.out);
    write_file(in(&b, b.out, "manifest.yaml"),
               hedui_span_of("files:\n  - {file: cremation-20140630.csv.gz}\n"));
    assert_int_equal(pack(&report, &b, "火化 6月.csv", options), HEDUI_E2035);
    assert_int_equal(files_in(b.out), 1);
    empty(b.out);
    meant.rehearse = 1;
    assert_int_equal(pack(&report, &b, "火化 6月.csv", meant), HEDUI_OK);
    assert_int_equal(files_in(b.out), 0);
    close_bench(&b);
}

static void packs_every_table_of_an_archive_or_none(void **state)
{
    bench b;
    const hedui_feed_pack_report *report;
    hedui_buffer gz;
    hedui_span book;
    workbook_parts sheet = {.rows = HEAD ROW1};
    (void)state;
    open_bench(&b, "utf-8");
    hedui_buffer_init(&gz);
    gzip_add(&gz, hedui_span_of(HEAD_LINE LINE1), 6);
    write_workbook(in(&b, b.folder, "book"), &sheet);
    assert_int_equal(hedui_file_read(&book, in(&b, b.folder, "book"), 1 << 20, b.arena, NULL),
                     HEDUI_OK);
    zip_part parts[] = {{"data/cremation-20140430.csv.gz", gz.data, gz.length},
                        {"data/cremation-20140531.xlsx", book.at, book.length},
                        {"cremation-20140630.csv", HEAD_LINE LINE1, 0},
                        {"letter.pdf", "%PDF-1.4", 0},
                        {"__MACOSX/._a.csv", "x", 0}};
    write_zip(in(&b, b.folder, "june.zip"), parts, 5);
    assert_int_equal(pack(&report, &b, "june.zip", (hedui_feed_pack_options){0}), HEDUI_OK);
    assert_int_equal(report->packed_count, 3);
    assert_int_equal(report->left_out_count, 2);
    assert_false(report->refused);
    assert_int_equal(files_in(b.out), 6);
    for (int i = 0; i < 3; i++)
        assert_true(hedui_span_is(text_of(&b, report->packed[i].path), HEAD_LINE LINE1));
    /* one bad table, and nothing is written */
    empty(b.out);
    parts[2].text = "编号,姓名\nH1,张三\n";
    write_zip(in(&b, b.folder, "june.zip"), parts, 5);
    assert_int_equal(pack(&report, &b, "june.zip", (hedui_feed_pack_options){0}), HEDUI_OK);
    assert_true(report->refused && report->packed[2].refused && !report->packed[0].refused);
    assert_string_equal(report->packed[2].check->refusal, "column_missing");
    assert_int_equal(files_in(b.out), 0);
    hedui_buffer_free(&gz);
    close_bench(&b);
}

/* More rejects than the night would take: a newer delivery would push a usable one out. */
static void refuses_more_rejects_than_the_guard(void **state)
{
    bench b;
    const hedui_feed_pack_report *report;
    hedui_buffer text;
    (void)state;
    open_bench(&b, "utf-8");
    hedui_buffer_init(&text);
    hedui_buffer_text(&text, cremation);
    hedui_buffer_text(&text, "guards: {rejects: {hold: 10%, refuse: 40%}}\n");
    write_file(in(&b, b.feeds, "cremation.yaml"), hedui_buffer_span(&text));
    hedui_buffer_free(&text);
    write_file(in(&b, b.folder, "cremation-20140630.csv"),
               hedui_span_of(HEAD_LINE LINE1 "H2,6.59E+17,,,\n"));
    assert_int_equal(pack(&report, &b, "cremation-20140630.csv", (hedui_feed_pack_options){0}),
                     HEDUI_OK);
    assert_true(report->refused && report->packed[0].too_many_rejects);
    assert_int_equal(files_in(b.out), 0);
    close_bench(&b);
}

/* A night judges what the columns reject by a limit of its own; one share must not take the other's
 * place. 2 rows that cannot be read at all, 4 that lack a mark, of 20. */
static void holds_columns_against_their_own_limit(void **state)
{
    static const struct {
        const char *guards;
        int refused;
    } cases[] = {
        {"rejects: {refuse: 15%}, fields: {refuse: 25%}", 0},
        {"rejects: {refuse: 5%}, fields: {refuse: 25%}", 1},
        {"rejects: {refuse: 15%}, fields: {refuse: 20%}", 1},
        {"rejects: {refuse: 15%}, fields: {hold: 1%}", 1},
        {"rejects: {refuse: 35%}", 0},
        {"rejects: {refuse: 25%}", 1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bench b;
        const hedui_feed_pack_report *report;
        hedui_buffer text;
        open_bench(&b, "utf-8");
        hedui_buffer_init(&text);
        hedui_buffer_format(
            &text, "%s  mark: {type: text, header: [标记], required: true}\nguards: {%s}\n",
            cremation, cases[i].guards);
        write_file(in(&b, b.feeds, "cremation.yaml"), hedui_buffer_span(&text));
        hedui_buffer_free(&text);
        hedui_buffer_text(&text, "编号,证件号码,姓名,死亡日期,金额,标记\n");
        for (int row = 0; row < 20; row++)
            hedui_buffer_format(&text, "H%d,%s,,,,%s\n", row, row < 2 ? "6.59E+17" : P1,
                                row >= 2 && row < 6 ? "" : "x");
        write_file(in(&b, b.folder, "cremation-20140630.csv"), hedui_buffer_span(&text));
        hedui_buffer_free(&text);
        assert_int_equal(pack(&report, &b, "cremation-20140630.csv", (hedui_feed_pack_options){0}),
                         HEDUI_OK);
        assert_int_equal(report->packed[0].check->rejected, 6);
        assert_int_equal(report->packed[0].too_many_rejects, cases[i].refused);
        assert_int_equal(report->refused, cases[i].refused);
        close_bench(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(writes_rows_as_the_sheet_shows_them),
                                       cmocka_unit_test(refuses_tables_with_faults),
                                       cmocka_unit_test(looks_at_columns_of_the_layout_only),
                                       cmocka_unit_test(refuses_files_by_name),
                                       cmocka_unit_test(asks_which_sheet),
                                       cmocka_unit_test(packs_texts_in_the_layouts_character_set),
                                       cmocka_unit_test(says_in_the_manifest_what_it_made),
                                       cmocka_unit_test(packs_every_table_of_an_archive_or_none),
                                       cmocka_unit_test(refuses_more_rejects_than_the_guard),
                                       cmocka_unit_test(holds_columns_against_their_own_limit)};
    return cmocka_run_group_tests_name("feed/pack", tests, NULL, NULL);
}
