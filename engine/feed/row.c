/* Row by row: each is counted, checked, and waits until the numbers of some are looked up. */
#include "feed/footer.h"
#include "feed/scan.h"

#include "value/cell.h"
#include "value/mask.h"

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
    size_t start = scan->reader.scratch.length;
    hedui_span readable =
        hedui_converter_lenient(&scan->reader.converter, text, &scan->reader.scratch);
    hedui_mask_excerpt(reject->excerpt, sizeof reject->excerpt, readable, mask);
    scan->reader.scratch.length = start;
}

hedui_status hedui_scan_keep_reject(hedui_scan *scan, const hedui_reject *reject, hedui_err *err)
{
    scan->ledger.rejected++;
    scan->ledger.rejected_by[reject->reason]++;
    return hedui_rejects_add(scan->delivery->rejects, reject, err);
}

/* Which character set the first rows speak for, whatever the layout says. */
static void look_at_charset(hedui_scan *scan, const hedui_csv_row *row)
{
    if (hedui_scan_knows_charset(scan))
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
    return hedui_reader_forget(&scan->reader) ? HEDUI_OK : hedui_fail_memory(err);
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

static void note_footer(hedui_scan *scan, const hedui_line *line)
{
    enum { ENOUGH = 1024 };
    hedui_reader *reader = &scan->reader;
    hedui_span text = {line->row.at, line->row.length}, said = text;
    size_t start = reader->scratch.length;
    if (said.length > ENOUGH)
        said.length = ENOUGH;
    scan->footer_says[scan->footer_count] =
        hedui_footer_count(hedui_converter_lenient(&reader->converter, said, &reader->scratch));
    reader->scratch.length = start;
    hedui_scan_reject(&scan->footers[scan->footer_count++], scan, line->offset, line->number,
                      line->row.length, HEDUI_REASON_csv_columns, HEDUI_COLUMN_NONE, text);
}

hedui_status hedui_scan_row(hedui_scan *scan, const hedui_line *line, hedui_err *err)
{
    hedui_reader *reader = &scan->reader;
    hedui_pending p = {.line = *line, .fault = line->row.fault, .fault_column = HEDUI_COLUMN_NONE};
    if (hedui_reader_blank(reader, &line->row)) {
        scan->ledger.blank_lines++;
        return HEDUI_OK;
    }
    uint32_t count = 0;
    if (p.fault == HEDUI_CSV_SOUND)
        count = hedui_reader_cut(&p.fault, reader, &line->row);
    if (count && scan->footer_count < HEDUI_SCAN_FOOTERS &&
        hedui_reader_footer(reader, count, p.fault)) {
        note_footer(scan, line);
        return HEDUI_OK;
    }
    int flush = scan->footer_count || hedui_reader_full(reader);
    hedui_status status = flush ? hedui_scan_flush(scan, err) : HEDUI_OK;
    if (status == HEDUI_OK)
        status = hedui_scan_footers_are_records(scan, err);
    if (status != HEDUI_OK)
        return status;
    if (flush && p.fault == HEDUI_CSV_SOUND) /* flushing used the cells for other rows */
        (void)hedui_csv_split(reader->cells, &line->row, &reader->format);
    look_at_charset(scan, &line->row);
    scan->ledger.records++;
    p.first_id = reader->id_count;
    if (p.fault == HEDUI_CSV_SOUND)
        p.other_document = hedui_reader_persons(reader, &p);
    if (p.other_document && !scan->chain)
        scan->ledger.other_document++;
    else
        reader->pending[reader->pending_count++] = p;
    return hedui_scan_forget_row(scan, err);
}
