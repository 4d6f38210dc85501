/* What is done to every row of a feed: structure, and the numbers of the people in it. Fields are
 * decoded later and only for rows that matter, so this is the code that has to be fast. */
#include "feed/footer.h"
#include "feed/scan.h"

#include "value/cell.h"
#include "value/mask.h"

int hedui_scan_text(hedui_span *text, hedui_scan *scan, uint32_t cell)
{
    hedui_csv_cell raw = scan->cells[cell];
    hedui_span bytes = hedui_csv_text(raw, &scan->unquoted);
    if (!hedui_converter_text(text, &scan->converter, bytes, &scan->scratch))
        return 0;
    if (text->at == raw.at)
        return 1;
    /* the buffers move when they grow */
    *text = hedui_arena_copy(scan->row_arena, *text);
    if (text->at)
        return 1;
    scan->scratch.failed = 1;
    return 0;
}

void hedui_scan_reject(hedui_reject *reject, hedui_scan *scan, uint64_t offset, uint32_t line,
                       uint32_t length, hedui_reason reason, uint32_t column, hedui_span text)
{
    hedui_mask mask = HEDUI_MASK_TEXT;
    memset(reject, 0, sizeof *reject);
    if (column != HEDUI_COLUMN_NONE) {
        hedui_column_type type = scan->layout->columns[column].type;
        if (type != HEDUI_COLUMN_CITIZEN_ID && !hedui_column_type_is_text(type) &&
            !scan->layout->columns[column].sensitive)
            mask = HEDUI_MASK_NOTHING;
    }
    reject->offset = offset;
    reject->line = line;
    reject->length = length;
    reject->reason = (uint8_t)reason;
    reject->column = column;
    reject->person = HEDUI_PERSON_NONE;
    if (text.length > HEDUI_SCAN_EXCERPT)
        text.length = HEDUI_SCAN_EXCERPT;
    size_t start = scan->scratch.length;
    hedui_span readable = hedui_converter_lenient(&scan->converter, text, &scan->scratch);
    hedui_mask_excerpt(reject->excerpt, sizeof reject->excerpt, readable, mask);
    scan->scratch.length = start;
}

hedui_status hedui_scan_keep_reject(hedui_scan *scan, const hedui_reject *reject, hedui_err *err)
{
    scan->ledger.rejected++;
    scan->ledger.rejected_by[reject->reason]++;
    return hedui_rejects_add(scan->delivery->rejects, reject, err);
}

/* The code of a document kind. Few spellings occur in a file, so each is looked up once. */
static uint32_t kind_code(hedui_scan *scan, const hedui_code_list *list, uint32_t cell)
{
    hedui_csv_cell raw = scan->cells[cell];
    for (uint32_t i = 0; i < scan->kind_count; i++)
        if (scan->kinds[i].length == raw.length &&
            memcmp(scan->kinds[i].raw, raw.at, raw.length) == 0)
            return scan->kinds[i].code;
    hedui_span text;
    uint32_t code = HEDUI_CODE_NONE;
    if (hedui_scan_text(&text, scan, cell)) {
        hedui_column column = {.type = HEDUI_COLUMN_CODE, .list = list};
        hedui_decoded decoded = hedui_decode(&column, text, scan->row_arena);
        if (decoded.state == HEDUI_CELL_VALUE)
            code = (uint32_t)decoded.number;
        else if (decoded.state == HEDUI_CELL_ABSENT)
            code = list->count; /* empty */
    }
    if (scan->kind_count < HEDUI_SCAN_KINDS && raw.length <= sizeof scan->kinds[0].raw) {
        uint32_t i = scan->kind_count++;
        memcpy(scan->kinds[i].raw, raw.at, raw.length);
        scan->kinds[i].length = (uint8_t)raw.length;
        scan->kinds[i].code = code;
    }
    return code;
}

hedui_person_cells hedui_scan_person(hedui_scan *scan, uint32_t person)
{
    const hedui_layout_person *p = &scan->layout->persons[person];
    hedui_person_cells found = {
        .kind = HEDUI_PERSON_EMPTY, .reason = HEDUI_DECODED, .column = p->id_column};
    if (p->kind_column != HEDUI_COLUMN_NONE &&
        scan->header.cell_of[p->kind_column] != HEDUI_COLUMN_NONE) {
        const hedui_code_list *list = scan->layout->columns[p->kind_column].list;
        uint32_t code = kind_code(scan, list, scan->header.cell_of[p->kind_column]);
        if (code == HEDUI_CODE_NONE) {
            found.reason = HEDUI_REASON_id_type;
            found.column = p->kind_column;
        } else if (code < list->count && !(p->citizen_codes >> code & 1)) {
            found.kind = HEDUI_PERSON_OTHER;
            return found;
        }
    }
    uint32_t cell = scan->header.cell_of[p->id_column];
    hedui_span text;
    if (cell == HEDUI_COLUMN_NONE)
        return found;
    if (hedui_citizen_id_plain(&found.id,
                               (hedui_span){scan->cells[cell].at, scan->cells[cell].length})) {
        found.form = HEDUI_CITIZEN_ID_18; /* ASCII, whatever the character set */
        found.kind = HEDUI_PERSON_CITIZEN;
        return found;
    }
    if (!hedui_scan_text(&text, scan, cell)) {
        found.kind = HEDUI_PERSON_BAD;
        found.reason = HEDUI_REASON_encoding;
        found.column = p->id_column;
        return found;
    }
    found.form = hedui_citizen_id_parse(&found.id, text);
    if (found.form == HEDUI_CITIZEN_ID_EMPTY)
        return found;
    hedui_reason reason = hedui_decode_id_reason(found.form);
    found.kind = reason == HEDUI_DECODED ? HEDUI_PERSON_CITIZEN : HEDUI_PERSON_BAD;
    if (reason != HEDUI_DECODED && found.reason == HEDUI_DECODED)
        found.reason = reason;
    return found;
}

static int is_blank_row(const hedui_scan *scan, const hedui_csv_row *row)
{
    for (uint32_t i = 0; i < row->length; i++)
        if (row->at[i] != scan->format.delimiter && row->at[i] != ' ' && row->at[i] != '\t')
            return 0;
    return 1;
}

/* 1 if the first cell cannot begin as a footer does: it begins with an ASCII character, which says
 * the same in every character set, is no blank, and begins no footer. Nearly all do. */
static int is_surely_no_footer(const hedui_scan *scan)
{
    hedui_csv_cell first = scan->cells[0];
    if (!first.length || (unsigned char)*first.at >= 0x80 || *first.at == ' ' || *first.at == '\t')
        return !scan->layout->footer_count;
    for (uint32_t i = 0; i < scan->layout->footer_count; i++)
        if (!scan->layout->footers[i].length || *scan->layout->footers[i].at == *first.at)
            return 0;
    return 1;
}

/* Whether the first cell begins as a footer does. */
static int looks_like_footer(hedui_scan *scan)
{
    if (is_surely_no_footer(scan))
        return 0;
    hedui_csv_cell first = scan->cells[0];
    hedui_span raw = {first.at, first.length < 64 ? first.length : 64};
    size_t start = scan->scratch.length;
    hedui_span text = hedui_trim(hedui_converter_lenient(&scan->converter, raw, &scan->scratch));
    int is = 0;
    for (uint32_t i = 0; i < scan->layout->footer_count && !is; i++) {
        hedui_span mark = scan->layout->footers[i];
        is = text.length >= mark.length && memcmp(text.at, mark.at, mark.length) == 0;
    }
    scan->scratch.length = start;
    return is;
}

/* 1 if no column that says whose row it is, or which, has anything in it. */
static int says_nothing(const hedui_scan *scan, uint32_t count)
{
    const hedui_layout *layout = scan->layout;
    for (uint32_t i = 0; i < layout->person_count + layout->key_count; i++) {
        uint32_t column = i < layout->person_count ? layout->persons[i].id_column
                                                   : layout->keys[i - layout->person_count];
        uint32_t cell = scan->header.cell_of[column];
        if (cell != HEDUI_COLUMN_NONE && cell != 0 && cell < count && scan->cells[cell].length)
            return 0;
    }
    return 1;
}

static hedui_reason structure_of(const hedui_scan *scan, uint32_t count, uint32_t length)
{
    if (count < scan->header.cells || count > HEDUI_CSV_FIELDS)
        return HEDUI_REASON_csv_columns;
    for (uint32_t i = scan->header.cells; i < count; i++)
        if (scan->cells[i].length)
            return HEDUI_REASON_csv_columns;
    for (uint32_t i = 0; length > HEDUI_CSV_FIELD && i < count; i++)
        if (scan->cells[i].length > HEDUI_CSV_FIELD)
            return HEDUI_REASON_field_too_long;
    return HEDUI_CSV_SOUND;
}

/* Read everybody's number; put those that are numbers among scan->ids. @return 1 if the row is of
 * another document and done with. */
static int read_persons(hedui_scan *scan, hedui_pending *p)
{
    int others = 0;
    for (uint32_t i = 0; i < scan->layout->person_count; i++) {
        hedui_person_cells found = hedui_scan_person(scan, i);
        int costs_row = found.reason != HEDUI_DECODED && !scan->layout->persons[i].optional;
        if (costs_row && p->fault == HEDUI_CSV_SOUND) {
            p->fault = found.reason;
            p->fault_column = found.column;
        }
        others += found.kind == HEDUI_PERSON_OTHER;
        if (found.kind != HEDUI_PERSON_CITIZEN)
            continue;
        scan->ids[scan->id_count] = found.id;
        scan->roles[scan->id_count] = (uint8_t)i;
        scan->forms[scan->id_count] = (uint8_t)found.form;
        scan->id_count++;
        p->id_count++;
    }
    if (!scan->layout->person_count || p->id_count || p->fault != HEDUI_CSV_SOUND)
        return 0;
    if (others)
        return 1;
    p->fault = HEDUI_REASON_missing;
    p->fault_column = scan->layout->persons[0].id_column;
    return 0;
}

/* Which character set the first rows speak for, whatever the layout says. */
static void look_at_charset(hedui_scan *scan, const hedui_csv_row *row)
{
    enum { ENOUGH = 100, MOST = 10000 };
    if (scan->utf8_rows + scan->other_rows >= ENOUGH || scan->rows_looked_at >= MOST)
        return;
    scan->rows_looked_at++;
    unsigned char all = 0;
    for (uint32_t i = 0; i < row->length; i++)
        all |= (unsigned char)row->at[i];
    if (all < 0x80)
        return;
    if (hedui_utf8_valid((hedui_span){row->at, row->length}))
        scan->utf8_rows++;
    else
        scan->other_rows++;
}

hedui_status hedui_scan_forget_row(hedui_scan *scan, hedui_err *err)
{
    if (hedui_buffer_failed(&scan->scratch) || hedui_buffer_failed(&scan->unquoted))
        return hedui_fail_memory(err);
    hedui_buffer_clear(&scan->scratch);
    hedui_buffer_clear(&scan->unquoted);
    hedui_arena_reset(scan->row_arena, scan->row_start);
    return HEDUI_OK;
}

hedui_status hedui_scan_footers_are_records(hedui_scan *scan, hedui_err *err)
{
    hedui_status status = scan->footer_count ? hedui_scan_flush(scan, err) : HEDUI_OK;
    for (uint32_t i = 0; i < scan->footer_count && status == HEDUI_OK; i++) {
        scan->ledger.records++;
        status = hedui_scan_keep_reject(scan, &scan->footers[i], err);
    }
    scan->footer_count = 0;
    return status;
}

hedui_status hedui_scan_row(hedui_scan *scan, const hedui_csv_row *row, hedui_err *err)
{
    hedui_pending p = {.row = *row,
                       .offset = scan->block.offset,
                       .line = scan->block.line,
                       .fault = row->fault,
                       .fault_column = HEDUI_COLUMN_NONE};
    hedui_span text = {row->at, row->length};
    if (is_blank_row(scan, row)) {
        scan->ledger.blank_lines++;
        return HEDUI_OK;
    }
    uint32_t count = 0;
    if (p.fault == HEDUI_CSV_SOUND) {
        count = hedui_csv_split(scan->cells, row, &scan->format);
        p.fault = structure_of(scan, count, row->length);
    }
    if (count && scan->footer_count < HEDUI_SCAN_FOOTERS &&
        (p.fault == HEDUI_REASON_csv_columns || says_nothing(scan, count)) &&
        looks_like_footer(scan)) {
        enum { ENOUGH = 1024 };
        size_t start = scan->scratch.length;
        hedui_span said = {text.at, text.length < ENOUGH ? text.length : ENOUGH};
        scan->footer_says[scan->footer_count] =
            hedui_footer_count(hedui_converter_lenient(&scan->converter, said, &scan->scratch));
        scan->scratch.length = start;
        hedui_scan_reject(&scan->footers[scan->footer_count++], scan, p.offset, p.line, row->length,
                          HEDUI_REASON_csv_columns, HEDUI_COLUMN_NONE, text);
        return HEDUI_OK;
    }
    int flush = scan->footer_count || scan->pending_count == HEDUI_MATCH_BATCH ||
                scan->id_count + scan->layout->person_count > HEDUI_SCAN_IDS;
    hedui_status status = flush ? hedui_scan_flush(scan, err) : HEDUI_OK;
    if (status == HEDUI_OK)
        status = hedui_scan_footers_are_records(scan, err);
    if (status != HEDUI_OK)
        return status;
    if (flush && p.fault == HEDUI_CSV_SOUND) /* flushing used the cells for other rows */
        (void)hedui_csv_split(scan->cells, row, &scan->format);
    look_at_charset(scan, row);
    scan->ledger.records++;
    p.first_id = scan->id_count;
    if (p.fault == HEDUI_CSV_SOUND)
        p.other_document = read_persons(scan, &p);
    if (p.other_document && !scan->chain)
        scan->ledger.other_document++;
    else
        scan->pending[scan->pending_count++] = p;
    return hedui_scan_forget_row(scan, err);
}
