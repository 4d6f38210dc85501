/* Workbooks by libxlsxwriter. Its file goes to memory, because it would write people's data to the
 * file's final name bit by bit; what else it spools has no name and goes with the process. */
#include "report/workbook.h"

#include "report/workbook_look.h"

#include <hedui/arena.h>
#include <hedui/escape.h>

#include <errno.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* Version 1.1.4 of the library copies the formula of a list twice and frees it once. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
static void begin_lost(void)
{
    __lsan_disable();
}
static void end_lost(void)
{
    __lsan_enable();
}
#else
static void begin_lost(void)
{
}
static void end_lost(void)
{
}
#endif

enum {
    LISTS = 8,
    HEAD_ROWS = 3,       /* title, line, captions */
    CELL_UNITS = 32767,  /* what a cell holds, in UTF-16 units; never more than bytes of UTF-8 */
    SHEET_ROWS = 1048000 /* of a table, so that totals and note still fit */
};
static const double line_height = 14.25; /* of ten points of Song */

typedef struct list {
    const char *name;
    const char *const *texts;
    uint32_t count;
} list;

struct hedui_workbook {
    hedui_arena *arena;
    lxw_workbook *file;
    lxw_error failed; /* the first */
    int no_memory;
    uint32_t too_long; /* rows that its sheet takes, if there were more */
    int fd;
    list lists[LISTS];
    uint32_t list_count;
    hedui_workbook_looks looks;
    lxw_worksheet *identity;
    lxw_row_t identity_rows;
    /* of the open sheet */
    lxw_worksheet *sheet;
    const hedui_workbook_page *page;
    const hedui_workbook_column *columns;
    uint32_t count;
    lxw_row_t row;
    int64_t *sums;  /* of numbers, and of a counted column its cells */
    uint8_t *known; /* 1: some cell of the column says something */
};

static void check(hedui_workbook *book, lxw_error error)
{
    if (!book->failed)
        book->failed = error;
}

/* A text with an end; the library copies it. */
static const char *ended(hedui_workbook *book, hedui_span text)
{
    hedui_span copy = hedui_arena_copy(book->arena, text);
    if (copy.at)
        return copy.at;
    book->no_memory = 1;
    return "";
}

hedui_workbook *hedui_workbook_begin(hedui_err *err)
{
    hedui_arena *arena = hedui_arena_open(0);
    hedui_workbook *book = arena ? hedui_arena_take(arena, sizeof *book) : NULL;
    char path[40];
    if (!book) {
        (void)hedui_fail_memory(err);
        hedui_arena_close(arena);
        return NULL;
    }
    book->arena = arena;
    book->fd = memfd_create("workbook", MFD_CLOEXEC);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", book->fd);
    book->file = book->fd < 0 ? NULL : workbook_new(path);
    if (!book->file) {
        (void)hedui_fail_memory(err);
        if (book->fd >= 0)
            (void)close(book->fd);
        hedui_arena_close(arena);
        return NULL;
    }
    lxw_doc_properties properties = {.created = 946684800}; /* always the same: 2000-01-01 */
    check(book, workbook_set_properties(book->file, &properties));
    book->no_memory |= !hedui_workbook_looks_make(&book->looks, book->file);
    return book;
}

void hedui_workbook_list(hedui_workbook *book, const char *name, const char *const *texts,
                         uint32_t count)
{
    if (book->list_count < LISTS)
        book->lists[book->list_count++] = (list){name, texts, count};
}

/* Rows of text that a cell takes in its column, which shows `width` Latin letters. Where the font
 * is missing, Latin letters come in one that is wider by a quarter. */
static uint32_t lines_of(hedui_span text, double width)
{
    size_t room = width > 4 ? (size_t)(width - 1.5) : 3;
    uint32_t lines = 0;
    while (text.length) {
        const char *end = memchr(text.at, '\n', text.length);
        size_t length = end ? (size_t)(end - text.at) : text.length;
        size_t wide = hedui_display_width((hedui_span){text.at, length}), latin = 0;
        for (size_t i = 0; i < length; i++)
            latin += (unsigned char)text.at[i] < 0x80;
        wide += latin / 4;
        lines += wide ? (uint32_t)((wide + room - 1) / room) : 1;
        text.at += length + (end != NULL);
        text.length -= length + (end != NULL);
    }
    return lines ? lines : 1;
}

/* Excel shows no row higher than 409 points. */
static double height_of(uint32_t lines, double line)
{
    double height = lines * line + 4;
    return height > 409 ? 409 : height;
}

static lxw_col_t last_printed(const hedui_workbook *book)
{
    uint32_t last = (book->page->printed ? book->page->printed : book->count) - 1;
    while (last > 0 && book->columns[last].hidden)
        last--;
    return (lxw_col_t)last;
}

static void write_head(hedui_workbook *book)
{
    lxw_col_t last = last_printed(book);
    uint32_t lines = 1;
    if (last > 0) {
        check(book, worksheet_merge_range(book->sheet, 0, 0, 0, last,
                                          ended(book, book->page->title), book->looks.title));
        check(book, worksheet_merge_range(book->sheet, 1, 0, 1, last, ended(book, book->page->line),
                                          book->looks.line[book->page->large != 0]));
    }
    double width = 0;
    for (uint32_t i = 0; i < book->count; i++) {
        const hedui_workbook_column *c = &book->columns[i];
        lxw_row_col_options hidden = {.hidden = LXW_TRUE};
        check(book, worksheet_set_column_opt(book->sheet, (lxw_col_t)i, (lxw_col_t)i,
                                             book->page->large ? c->width : c->width * 7 / 8, NULL,
                                             c->hidden ? &hidden : NULL));
        check(book,
              worksheet_write_string(book->sheet, 2, (lxw_col_t)i, ended(book, c->title),
                                     c->fill ? book->looks.caption_fill : book->looks.caption));
        uint32_t needed = lines_of(c->title, c->width);
        if (!c->hidden)
            lines = needed > lines ? needed : lines;
        if (i <= last)
            width += c->width;
    }
    check(book, worksheet_set_row(book->sheet, 0, 30, NULL));
    check(book, worksheet_set_row(book->sheet, 1,
                                  height_of(lines_of(book->page->line, width), line_height), NULL));
    check(book, worksheet_set_row(book->sheet, 2, height_of(lines, 15.5), NULL));
}

static void set_print(hedui_workbook *book)
{
    lxw_worksheet *sheet = book->sheet;
    char foot[200];
    worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, book->page->large ? 8 : 9); /* A3, A4 */
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_center_horizontally(sheet);
    worksheet_set_margins(sheet, 0.35, 0.35, 0.5, 0.7);
    check(book, worksheet_repeat_rows(sheet, 0, HEAD_ROWS - 1));
    (void)snprintf(foot, sizeof foot, "&L%s&R第 &P 页 / 共 &N 页",
                   book->page->foot ? book->page->foot : "");
    check(book, worksheet_set_footer(sheet, foot));
}

void hedui_workbook_sheet(hedui_workbook *book, const hedui_workbook_page *page,
                          const hedui_workbook_column *columns, uint32_t count)
{
    book->page = page;
    book->columns = columns;
    book->count = count;
    book->row = HEAD_ROWS;
    book->sums = hedui_arena_array(book->arena, count, sizeof *book->sums);
    book->known = hedui_arena_array(book->arena, count, sizeof *book->known);
    book->sheet = book->no_memory ? NULL : hedui_workbook_tab(book->file, page->name);
    book->no_memory |= !book->sums || !book->known || !book->sheet;
    if (book->no_memory)
        return;
    write_head(book);
    set_print(book);
    worksheet_freeze_panes(book->sheet, HEAD_ROWS, (lxw_col_t)page->frozen);
}

static const char *cell_text(hedui_workbook *book, hedui_span text)
{
    static const char cut[] = "……（太长，未完；全文见 CSV 清单）";
    if (text.length <= CELL_UNITS)
        return ended(book, text);
    size_t kept = CELL_UNITS - sizeof cut;
    while (kept > 0 && ((unsigned char)text.at[kept] & 0xC0) == 0x80)
        kept--;
    hedui_buffer whole;
    hedui_buffer_init(&whole);
    hedui_buffer_add(&whole, (hedui_span){text.at, kept});
    hedui_buffer_text(&whole, cut);
    book->no_memory |= hedui_buffer_failed(&whole);
    const char *made = ended(book, hedui_buffer_span(&whole));
    hedui_buffer_free(&whole);
    return made;
}

static void write_cell(hedui_workbook *book, uint32_t i, const hedui_sheet_cell *cell, int strong)
{
    const hedui_workbook_column *c = &book->columns[i];
    const hedui_workbook_look *looks =
        &book->looks
             .cells[book->page->large != 0][c->fill == 1 || (c->fill == 2 && strong)][strong != 0];
    lxw_format *const formats[] = {looks->text, looks->number, looks->money, looks->date};
    lxw_format *f = formats[c->kind];
    lxw_col_t at = (lxw_col_t)i;
    book->known[i] |= !cell->is_empty;
    if (!cell->is_empty)
        book->sums[i] += c->sum == HEDUI_WORKBOOK_COUNT ? 1 : cell->number;
    if (cell->is_empty) {
        check(book, worksheet_write_blank(book->sheet, book->row, at, f));
    } else if (c->kind == HEDUI_SHEET_TEXT) {
        check(book,
              worksheet_write_string(book->sheet, book->row, at, cell_text(book, cell->text), f));
    } else {
        /* days of office programs count from 1899-12-30 */
        double number = c->kind == HEDUI_SHEET_MONEY  ? (double)cell->number / 100
                        : c->kind == HEDUI_SHEET_DATE ? (double)(cell->number + 25569)
                                                      : (double)cell->number;
        check(book, worksheet_write_number(book->sheet, book->row, at, number, f));
    }
}

static lxw_row_t most_rows(const hedui_workbook *book)
{
    return book->page->most && book->page->most < SHEET_ROWS ? book->page->most : SHEET_ROWS;
}

void hedui_workbook_row(hedui_workbook *book, const hedui_sheet_cell *cells, int strong)
{
    uint32_t lines = 1;
    const double line = book->page->large
                            ? line_height * HEDUI_WORKBOOK_LARGE_TYPE / HEDUI_WORKBOOK_TYPE
                            : line_height;
    if (book->no_memory || book->too_long)
        return;
    if (book->row - HEAD_ROWS >= most_rows(book)) {
        book->too_long = most_rows(book);
        return;
    }
    for (uint32_t i = 0; i < book->count; i++) {
        uint32_t needed = book->columns[i].hidden || book->columns[i].kind != HEDUI_SHEET_TEXT
                              ? 1
                              : lines_of(cells[i].text, book->columns[i].width);
        lines = needed > lines ? needed : lines;
        write_cell(book, i, &cells[i], strong);
    }
    /* left to itself, LibreOffice draws the second line over the next row */
    check(book, worksheet_set_row(book->sheet, book->row, height_of(lines, line), NULL));
    book->row++;
}

/* A choice refers to the hidden sheet: a list inside the rule breaks off at 255 bytes. */
static void offer(hedui_workbook *book, lxw_col_t column, const char *name)
{
    for (uint32_t i = 0; i < book->list_count; i++) {
        if (strcmp(book->lists[i].name, name) != 0)
            continue;
        char formula[64];
        (void)snprintf(formula, sizeof formula, "=字典!$%c$2:$%c$%u", (char)('A' + i),
                       (char)('A' + i), book->lists[i].count + 1);
        char title[] = "请从列表中选择", text[] = "请点单元格右边的箭头，从列表中选一项。";
        lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA,
                                    .value_formula = formula,
                                    .ignore_blank = LXW_VALIDATION_ON,
                                    .error_title = title,
                                    .error_message = text};
        begin_lost();
        lxw_error error = worksheet_data_validation_range(book->sheet, HEAD_ROWS, column,
                                                          book->row - 1, column, &rule);
        end_lost();
        check(book, error);
    }
}

static void bound(hedui_workbook *book, lxw_col_t column, hedui_sheet_kind kind)
{
    /* the library reads these, though it asks for texts that it could change */
    char bad_day[] = "日期不对", write_day[] = "请写成 2026-11-21 这样的日期。";
    char bad_amount[] = "金额不对", write_amount[] = "请填 0 到 1000000 之间的数，单位是元。";
    lxw_data_validation rule = {.ignore_blank = LXW_VALIDATION_ON,
                                .criteria = LXW_VALIDATION_CRITERIA_BETWEEN};
    if (kind == HEDUI_SHEET_TEXT)
        return;
    if (kind == HEDUI_SHEET_DATE) {
        rule.validate = LXW_VALIDATION_TYPE_DATE;
        rule.minimum_datetime = (lxw_datetime){2000, 1, 1, 0, 0, 0};
        rule.maximum_datetime = (lxw_datetime){2099, 12, 31, 0, 0, 0};
        rule.error_title = bad_day;
        rule.error_message = write_day;
    } else {
        rule.validate = LXW_VALIDATION_TYPE_DECIMAL;
        rule.minimum_number = 0;
        rule.maximum_number = 1000000;
        rule.error_title = bad_amount;
        rule.error_message = write_amount;
    }
    check(book, worksheet_data_validation_range(book->sheet, HEAD_ROWS, column, book->row - 1,
                                                column, &rule));
}

static void write_totals(hedui_workbook *book)
{
    const int large = book->page->large != 0;
    int any = 0;
    for (uint32_t i = 0; i < book->count; i++)
        any |= book->columns[i].sum;
    if (!any)
        return;
    check(book, worksheet_set_row(book->sheet, book->row, 20, NULL));
    for (uint32_t i = 0; i < book->count; i++) {
        const hedui_workbook_column *c = &book->columns[i];
        char formula[64], name[16];
        if (!c->sum || (!c->fill && !book->known[i])) { /* of what nobody knows: not zero */
            check(book, worksheet_write_string(book->sheet, book->row, (lxw_col_t)i,
                                               i == 0 ? "合计" : "", book->looks.total[large]));
            continue;
        }
        lxw_col_to_name(name, (lxw_col_t)i, 0);
        int counted = c->sum == HEDUI_WORKBOOK_COUNT;
        int money = !counted && c->kind == HEDUI_SHEET_MONEY;
        (void)snprintf(formula, sizeof formula, "=SUBTOTAL(%d,%s%d:%s%u)", counted ? 103 : 109,
                       name, HEAD_ROWS + 1, name, book->row);
        double sum = money ? (double)book->sums[i] / 100 : (double)book->sums[i];
        check(book, worksheet_write_formula_num(book->sheet, book->row, (lxw_col_t)i, formula,
                                                money     ? book->looks.total_money[large]
                                                : counted ? book->looks.total_count[large]
                                                          : book->looks.total[large],
                                                sum));
    }
    book->row++;
}

void hedui_workbook_sheet_end(hedui_workbook *book)
{
    if (book->no_memory || book->too_long)
        return;
    int rows = book->row > HEAD_ROWS;
    lxw_row_t last = rows ? book->row - 1 : HEAD_ROWS;
    check(book,
          worksheet_autofilter(book->sheet, HEAD_ROWS - 1, 0, last, (lxw_col_t)(book->count - 1)));
    for (uint32_t i = 0; rows && i < book->count; i++) {
        if (book->columns[i].list)
            offer(book, (lxw_col_t)i, book->columns[i].list);
        else if (book->columns[i].fill)
            bound(book, (lxw_col_t)i, book->columns[i].kind);
    }
    if (rows)
        write_totals(book);
    if (book->page->note.length) {
        check(book, worksheet_set_row(book->sheet, book->row, 22, NULL));
        check(book,
              worksheet_write_string(book->sheet, book->row++, 0, ended(book, book->page->note),
                                     book->looks.note[book->page->large != 0]));
    }
    if (book->page->printed)
        check(book, worksheet_print_area(book->sheet, 0, 0, book->row - 1, last_printed(book)));
    book->sheet = NULL;
}

void hedui_workbook_identity(hedui_workbook *book, const char *name, hedui_span value)
{
    if (!book->identity)
        book->identity = book->no_memory ? NULL : workbook_add_worksheet(book->file, "_hedui");
    book->no_memory |= !book->identity;
    if (book->no_memory)
        return;
    check(book, worksheet_write_string(book->identity, book->identity_rows, 0, name, NULL));
    check(book, worksheet_write_string(book->identity, book->identity_rows++, 1, ended(book, value),
                                       NULL));
}

static void write_lists(hedui_workbook *book)
{
    lxw_worksheet *sheet =
        book->list_count && !book->no_memory ? workbook_add_worksheet(book->file, "字典") : NULL;
    for (uint32_t i = 0; sheet && i < book->list_count; i++) {
        check(book, worksheet_write_string(sheet, 0, (lxw_col_t)i, book->lists[i].name, NULL));
        for (uint32_t j = 0; j < book->lists[i].count; j++)
            check(book, worksheet_write_string(sheet, j + 1, (lxw_col_t)i, book->lists[i].texts[j],
                                               NULL));
    }
    if (sheet)
        worksheet_hide(sheet);
    if (book->identity)
        worksheet_hide(book->identity);
}

static hedui_status read_back(hedui_buffer *out, int fd, hedui_err *err)
{
    char piece[1 << 14];
    ssize_t got;
    if (lseek(fd, 0, SEEK_SET) != 0)
        return hedui_fail(err, HEDUI_E7001, hedui_place_none(), HEDUI_ARG_ERRNO(errno));
    while ((got = read(fd, piece, sizeof piece)) > 0)
        hedui_buffer_add(out, (hedui_span){piece, (size_t)got});
    if (got < 0)
        return hedui_fail(err, HEDUI_E7001, hedui_place_none(), HEDUI_ARG_ERRNO(errno));
    return hedui_buffer_failed(out) ? hedui_fail_memory(err) : HEDUI_OK;
}

hedui_status hedui_workbook_end(hedui_buffer *out, hedui_workbook *book, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    write_lists(book);
    check(book, workbook_close(book->file)); /* frees it as well */
    if (book->no_memory || book->failed == LXW_ERROR_MEMORY_MALLOC_FAILED)
        status = hedui_fail_memory(err);
    else if (book->too_long)
        status = hedui_fail(err, HEDUI_E7002, hedui_place_none(), HEDUI_ARG_NUMBER(book->too_long));
    else if (book->failed)
        status = hedui_fail(err, HEDUI_E7001, hedui_place_none(),
                            HEDUI_ARG_TEXT(lxw_strerror(book->failed)));
    else if (out)
        status = read_back(out, book->fd, err);
    (void)close(book->fd);
    hedui_arena_close(book->arena);
    return status;
}
