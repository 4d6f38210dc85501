/* Workbooks written part by part, read back cell by cell; what is not sound is refused by name. */
#include "xlsx_file.h"

#include "sheet/xlsx.h"

#include <hedui/file.h>

typedef struct seen {
    hedui_buffer text;
    uint32_t rows;
} seen;

/* "B2 text=…" for each cell, a line each. */
static hedui_status note_row(void *context, const hedui_xlsx_row *row, hedui_err *err)
{
    static const char *const kinds[] = {"text", "number", "date", "flag", "error"};
    seen *s = context;
    (void)err;
    s->rows++;
    for (uint32_t i = 0; i < row->count; i++)
        hedui_buffer_format(&s->text, "%u,%u%s %s%s%s=%.*s\n", row->number, row->cells[i].column,
                            row->hidden ? " hidden" : "", kinds[row->cells[i].kind],
                            row->cells[i].inexact ? " inexact" : "",
                            row->cells[i].pending ? " pending" : "", (int)row->cells[i].text.length,
                            row->cells[i].text.at);
    return HEDUI_OK;
}

static hedui_status note_range(void *context, const hedui_xlsx_range *range, hedui_err *err)
{
    (void)err;
    hedui_buffer_format(&((seen *)context)->text, "merged %u,%u to %u,%u\n", range->first_row,
                        range->first_column, range->last_row, range->last_column);
    return HEDUI_OK;
}

/* Read sheet `sheet` of the file at `path`. */
static hedui_status read_file(seen *s, const char *path, uint32_t sheet, size_t shared_bytes)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_zip *zip = NULL;
    hedui_xlsx *xlsx = NULL;
    hedui_xlsx_sink sink = {note_row, note_range, s};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    hedui_status status = hedui_zip_open(&zip, fd, path, arena, NULL);
    if (status == HEDUI_OK)
        status = hedui_xlsx_open(&xlsx, zip, path, shared_bytes, arena, NULL);
    if (status == HEDUI_OK)
        status = hedui_xlsx_read(xlsx, sheet, &sink, NULL);
    hedui_xlsx_close(xlsx);
    hedui_zip_close(zip);
    hedui_arena_close(arena);
    (void)close(fd);
    return status;
}

static hedui_status read_parts(seen *s, const workbook_parts *parts, uint32_t sheet)
{
    const char *path = temporary_path("book.xlsx");
    write_workbook(path, parts);
    hedui_status status = read_file(s, path, sheet, 0);
    (void)unlink(path);
    remove_temporary();
    return status;
}

static void gives_cells_as_the_sheet_shows_them(void **state)
{
    static const char shared[] = "<si><t>张三</t></si><si><r><t xml:space='preserve'>a </t></r><r>"
                                 "<t>b</t></r><rPh sb='0' eb='1'><t>phonetic</t></rPh></si>"
                                 "<si><t/></si><si><t>x_x000D_y_x005F_x000D_</t></si>";
    static const struct {
        const char *cells, *want;
    } cases[] = {
        {"<row r='1'><c r='A1' t='s'><v>0</v></c></row>", "1,0 text=张三\n"},
        {"<row r='1'><c r='A1' t='s'><v>1</v></c></row>", "1,0 text=a b\n"},
        {"<row r='1'><c r='A1' t='s'><v>2</v></c></row>", ""},
        {"<row r='1'><c r='A1' t='s'><v>3</v></c></row>", "1,0 text=x\ry_x000D_\n"},
        {"<row r='7'><c r='AA7' t='inlineStr'><is><t>李</t><rPh><t>no</t></rPh></is></c></row>",
         "7,26 text=李\n"},
        {"<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v></c></row>",
         "1,0 number=1\n1,1 number=2\n2,1 number=3\n"},
        {"<row r='1'><c r='A1'><v>659000195001010019</v></c></row>",
         "1,0 number inexact=6.5900019500101E+17\n"},
        {"<row r='1'><c r='A1' t='str'><f>A2</f><v>6.59E+17</v></c></row>", "1,0 text=6.59E+17\n"},
        {"<row r='1'><c r='A1' s='1'><v>41820</v></c></row>", "1,0 date=2014-06-30\n"},
        {"<row r='1'><c r='A1' s='2'><v>41820</v></c></row>", "1,0 date=2014-06-30\n"},
        {"<row r='1'><c r='A1' s='3'><v>2</v></c></row>", "1,0 number=000002\n"},
        {"<row r='1'><c r='A1' s='4'><v>0.5</v></c></row>", "1,0 number=0.5\n"},
        {"<row r='1'><c r='A1' s='5'><v>41820</v></c></row>", "1,0 number=41820\n"},
        {"<row r='1'><c r='A1' s='99'><v>41820</v></c></row>", "1,0 number=41820\n"},
        {"<row r='1'><c r='A1' t='d'><v>2014-06-30T00:00:00</v></c></row>",
         "1,0 date=2014-06-30T00:00:00\n"},
        {"<row r='1'><c r='A1' t='b'><v>1</v></c><c r='B1' t='b'><v>0</v></c></row>",
         "1,0 flag=TRUE\n1,1 flag=FALSE\n"},
        {"<row r='1'><c r='A1' t='e'><f>1/0</f><v>#DIV/0!</v></c></row>", "1,0 error=#DIV/0!\n"},
        {"<row r='1'><c r='A1'><f>A2+1</f><v>3</v></c></row>", "1,0 number=3\n"},
        {"<row r='1'><c r='A1'><f>A2+1</f></c></row>", "1,0 text pending=\n"},
        {"<row r='1'><c r='A1' t='str'><f>A2</f><v></v></c></row>", ""},
        {"<row r='1' hidden='1'><c r='A1'><v>1</v></c></row>", "1,0 hidden number=1\n"},
        {"<row r='1' hidden='true'><c r='A1' s='1'/></row>", ""},
        {"<row r='2'><c r='$B$2'><v>1</v></c></row>", "2,1 number=1\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        seen s = {0};
        workbook_parts parts = {.rows = cases[i].cells, .shared = shared};
        hedui_status status = read_parts(&s, &parts, 0);
        const char *got = s.text.data ? s.text.data : "";
        if (status != HEDUI_OK || strcmp(got, cases[i].want) != 0)
            fail_msg("%s: E%d %s", cases[i].cells, (int)status, got);
        hedui_buffer_free(&s.text);
    }
}

static void refuses_what_is_not_sound(void **state)
{
    static const struct {
        workbook_parts parts;
        hedui_status status;
    } cases[] = {
        {{.rows = "<row r='1'><c r='A1' t='s'><v>9</v></c></row>"}, HEDUI_E2217},
        {{.rows = "<row r='1'><c r='A1' t='s'><v>-1</v></c></row>"}, HEDUI_E2217},
        {{.rows = "<row r='1'><c r='A1'><v>abc</v></c></row>"}, HEDUI_E2217},
        {{.rows = "<row r='1'><c r='A1' t='zz'><v>1</v></c></row>"}, HEDUI_E2217},
        {{.rows = "<row r='2'/><row r='1'/>"}, HEDUI_E2217},
        {{.rows = "<row r='0'/>"}, HEDUI_E2217},
        {{.rows = "<row r='1'><c r='B1'/><c r='A1'/></row>"}, HEDUI_E2217},
        {{.rows = "<row r='1'><c r='A1'/><c r='A1'/></row>"}, HEDUI_E2217},
        {{.rows = "<row r='1'><c r='A2'/></row>"}, HEDUI_E2217},
        {{.rows = "<row r='1'><c r='AAAAAA1'/></row>"}, HEDUI_E2217},
        {{.rows = "<row r='1'><c r='1'/></row>"}, HEDUI_E2217},
        {{.rows = "<row r='1'><c r='ZZ1'><v>1</v></c></row>"}, HEDUI_E2220},
        {{.rows = "<row>"}, HEDUI_E2217},
        {{.behind = "<mergeCells><mergeCell ref='A1'/></mergeCells>"}, HEDUI_E2217},
        {{.rows = "<!DOCTYPE a>"}, HEDUI_E2217},
        {{.extra = "xl/vbaProject.bin"}, HEDUI_E2204},
        {{.extra = "xl/workbook.bin"}, HEDUI_E2205},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        seen s = {0};
        hedui_status status = read_parts(&s, &cases[i].parts, 0);
        if (status != cases[i].status)
            fail_msg("case %zu: E%d, not E%d", i, (int)status, (int)cases[i].status);
        hedui_buffer_free(&s.text);
    }
}

static void reads_sheets_by_their_links(void **state)
{
    seen s = {0};
    workbook_parts parts = {.rows = "<row><c><v>1</v></c></row>",
                            .second = "<x:row><x:c><x:v>2</x:v></x:c></x:row>",
                            .second_state = "veryHidden",
                            .properties = "<workbookPr date1904='true'/>"};
    (void)state;
    assert_int_equal(read_parts(&s, &parts, 1), HEDUI_OK);
    assert_string_equal(s.text.data, "1,0 number=2\n");
    hedui_buffer_clear(&s.text);
    parts.rows = "<row><c s='1'><v>40542</v></c></row>";
    parts.behind = "<mergeCells><mergeCell ref='A1:C3'/></mergeCells>";
    assert_int_equal(read_parts(&s, &parts, 0), HEDUI_OK);
    assert_string_equal(s.text.data, "1,0 date=2014-12-31\nmerged 1,0 to 3,2\n");
    hedui_buffer_free(&s.text);
}

/* Parts that multiply themselves, are missing, or are nested without end. */
static void refuses_hostile_parts(void **state)
{
    static const char bomb[] = "<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>"
                               "<Relationships>&b;</Relationships>";
    hedui_buffer deep;
    const char *path = temporary_path("hostile.xlsx");
    seen s = {0};
    (void)state;
    hedui_buffer_init(&deep);
    for (int i = 0; i < 100; i++)
        hedui_buffer_text(&deep, "<a>");
    struct {
        const char *root;
        hedui_status status;
    } cases[] = {{bomb, HEDUI_E2218}, {deep.data, HEDUI_E2218},  {"<Relationships/>", HEDUI_E2216},
                 {"", HEDUI_E2217},   {"\xFF\xFE", HEDUI_E2217}, {xlsx_root, HEDUI_E2216}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const zip_part parts[] = {{"[Content_Types].xml", "<Types/>", 0},
                                  {"_rels/.rels", cases[i].root, 0}};
        write_zip(path, parts, 2);
        hedui_status status = read_file(&s, path, 0, 0);
        if (status != cases[i].status)
            fail_msg("case %zu: E%d", i, (int)status);
    }
    (void)unlink(path);
    remove_temporary();
    hedui_buffer_free(&deep);
}

/* The one thing that grows with a workbook is its shared texts. */
static void bounds_the_shared_texts(void **state)
{
    enum { TEXTS = 2000, BYTES = TEXTS * (10 + 4) };
    hedui_buffer shared;
    seen s = {0};
    const char *path = temporary_path("shared.xlsx");
    (void)state;
    hedui_buffer_init(&shared);
    for (int i = 0; i < TEXTS; i++)
        hedui_buffer_format(&shared, "<si><t>text%06d</t></si>", i);
    workbook_parts parts = {.rows = "<row><c t='s'><v>1999</v></c></row>", .shared = shared.data};
    write_workbook(path, &parts);
    assert_int_equal(read_file(&s, path, 0, BYTES - 1), HEDUI_E2219);
    assert_int_equal(read_file(&s, path, 0, BYTES), HEDUI_OK);
    assert_string_equal(s.text.data, "1,0 text=text001999\n");
    (void)unlink(path);
    remove_temporary();
    hedui_buffer_free(&shared);
    hedui_buffer_free(&s.text);
}

static hedui_status open_bytes(hedui_span bytes)
{
    const char *path = temporary_path("any.zip");
    hedui_arena *arena = hedui_arena_open(0);
    hedui_zip *zip = NULL;
    write_file(path, bytes);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    hedui_status status = hedui_zip_open(&zip, fd, path, arena, NULL);
    hedui_zip_close(zip);
    hedui_arena_close(arena);
    (void)close(fd);
    (void)unlink(path);
    remove_temporary();
    return status;
}

static void refuses_names_that_lead_out(void **state)
{
    static const char *const bad[] = {"../a.csv", "a/../b.csv", "/etc/a.csv",
                                      "..",       "a\\b.csv",   "c:a.csv"};
    static const char *const good[] = {"a.csv", "folder/a.csv", "..a.csv", "a..csv"};
    const char *path = temporary_path("names.zip");
    hedui_arena *arena = hedui_arena_open(0);
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad + sizeof good / sizeof *good; i++) {
        int is_bad = i < sizeof bad / sizeof *bad;
        zip_part part = {is_bad ? bad[i] : good[i - sizeof bad / sizeof *bad], "x", 1};
        hedui_zip *zip = NULL;
        path = temporary_path("names.zip");
        write_zip(path, &part, 1);
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        hedui_status status = hedui_zip_open(&zip, fd, path, arena, NULL);
        if (status != (is_bad ? HEDUI_E2211 : HEDUI_OK))
            fail_msg("%s: E%d", part.name, (int)status);
        hedui_zip_close(zip);
        (void)close(fd);
    }
    (void)unlink(path);
    remove_temporary();
    hedui_arena_close(arena);
}

static void refuses_archives_beyond_the_bounds(void **state)
{
    const char *path = temporary_path("bounds.zip");
    zip_part *parts = calloc(HEDUI_ZIP_ENTRIES + 1, sizeof *parts);
    char(*names)[16] = calloc(HEDUI_ZIP_ENTRIES + 1, sizeof *names);
    size_t size = 16 * 1048576;
    char *zeros = calloc(1, size), out[4096];
    hedui_arena *arena = hedui_arena_open(0);
    hedui_zip *zip = NULL;
    hedui_zip_stream *stream = NULL;
    hedui_status status;
    size_t got = 1;
    (void)state;
    assert_true(parts && names && zeros);
    for (int i = 0; i <= HEDUI_ZIP_ENTRIES; i++) {
        (void)snprintf(names[i], sizeof names[i], "%d.csv", i);
        parts[i] = (zip_part){names[i], "x", 1};
    }
    write_zip(path, parts, HEDUI_ZIP_ENTRIES + 1);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_int_equal(hedui_zip_open(&zip, fd, path, arena, NULL), HEDUI_E2213);
    (void)close(fd);
    /* zeros shrink a thousandfold */
    zip_part bomb = {"a.csv", zeros, size};
    write_zip(path, &bomb, 1);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_int_equal(hedui_zip_open(&zip, fd, path, arena, NULL), HEDUI_OK);
    uint32_t count;
    const hedui_zip_entry *entry = hedui_zip_entries(zip, &count);
    assert_int_equal(hedui_zip_stream_open(&stream, zip, entry, arena, NULL), HEDUI_OK);
    do
        status = hedui_zip_read(&got, stream, out, sizeof out, NULL);
    while (status == HEDUI_OK && got);
    assert_int_equal(status, HEDUI_E2212);
    hedui_zip_stream_close(stream);
    hedui_zip_close(zip);
    (void)close(fd);
    (void)unlink(path);
    remove_temporary();
    hedui_arena_close(arena);
    free(parts);
    free(names);
    free(zeros);
    assert_int_equal(open_bytes((hedui_span){"PK\3\4 and no more", 16}), HEDUI_E2209);
    assert_int_equal(open_bytes((hedui_span){"", 0}), HEDUI_E2209);
}

/* Every truncation of an archive is refused; every flipped bit is, or gives the same cells. */
static void sees_damage_anywhere(void **state)
{
    workbook_parts parts = {.rows = "<row><c t='inlineStr'><is><t>659000195001010019</t></is></c>"
                                    "<c s='1'><v>41820</v></c></row>"};
    const char *path = temporary_path("whole.xlsx");
    hedui_arena *arena = hedui_arena_open(0);
    hedui_span whole;
    seen s = {0};
    (void)state;
    write_workbook(path, &parts);
    assert_int_equal(hedui_file_read(&whole, path, 1 << 20, arena, NULL), HEDUI_OK);
    assert_int_equal(read_file(&s, path, 0, 0), HEDUI_OK);
    hedui_span want = hedui_arena_copy(arena, hedui_buffer_span(&s.text));
    for (size_t length = 0; length < whole.length; length += 7) {
        hedui_buffer_clear(&s.text);
        write_file(path, (hedui_span){whole.at, length});
        if (read_file(&s, path, 0, 0) == HEDUI_OK)
            fail_msg("cut at %zu", length);
    }
    char *bytes = (char *)(uintptr_t)whole.at;
    for (size_t bit = 0; bit < whole.length * 8; bit += 5) {
        bytes[bit / 8] ^= (char)(1 << bit % 8);
        hedui_buffer_clear(&s.text);
        write_file(path, whole);
        if (read_file(&s, path, 0, 0) == HEDUI_OK &&
            !hedui_span_equal(hedui_buffer_span(&s.text), want))
            fail_msg("bit %zu: %s", bit, s.text.data);
        bytes[bit / 8] ^= (char)(1 << bit % 8);
    }
    (void)unlink(path);
    remove_temporary();
    hedui_buffer_free(&s.text);
    hedui_arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gives_cells_as_the_sheet_shows_them),
                                       cmocka_unit_test(refuses_what_is_not_sound),
                                       cmocka_unit_test(reads_sheets_by_their_links),
                                       cmocka_unit_test(refuses_hostile_parts),
                                       cmocka_unit_test(bounds_the_shared_texts),
                                       cmocka_unit_test(refuses_names_that_lead_out),
                                       cmocka_unit_test(refuses_archives_beyond_the_bounds),
                                       cmocka_unit_test(sees_damage_anywhere)};
    return cmocka_run_group_tests_name("sheet/xlsx", tests, NULL, NULL);
}
