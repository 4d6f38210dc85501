/* From the first byte of the text to the last: byte-order mark, line ends, title lines, header,
 * rows.
 *
 * Nothing here may depend on where a window ends: whatever is decided, is decided by the text. */
#include "feed/scan.h"
#include "feed/watch.h"

#include "value/cell.h"

static hedui_refusal refuse(hedui_scan *scan, hedui_refusal refusal, const char *detail)
{
    hedui_delivery *delivery = scan->delivery;
    delivery->refusal = refusal;
    delivery->refusal_detail = hedui_span_of(detail);
    delivery->refusal_line = scan->block.line;
    return refusal;
}

/* Have at least `length` bytes in the window, or all there are. */
static hedui_status need(hedui_scan *scan, size_t length, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    while (status == HEDUI_OK && !scan->block.ended && scan->block.to - scan->block.from < length)
        status = hedui_block_more(&scan->block, err);
    return status;
}

static hedui_span window(const hedui_scan *scan)
{
    return (hedui_span){scan->block.data + scan->block.from, scan->block.to - scan->block.from};
}

static int starts(hedui_span text, const char *mark, size_t length)
{
    return text.length >= length && memcmp(text.at, mark, length) == 0;
}

static hedui_status begin(hedui_scan *scan, hedui_err *err)
{
    hedui_status status = need(scan, 3, err);
    if (status != HEDUI_OK)
        return status;
    hedui_span text = window(scan);
    if (starts(text, "\xFF\xFE", 2) || starts(text, "\xFE\xFF", 2)) {
        (void)refuse(scan, HEDUI_REFUSAL_charset, "utf-16");
    } else if (starts(text, "\xEF\xBB\xBF", 3)) {
        if (scan->layout->charset != HEDUI_CHARSET_UTF8)
            (void)refuse(scan, HEDUI_REFUSAL_charset, "utf-8");
        hedui_block_take(&scan->block, 3, 0);
    }
    /* the first line end says how lines end in this file */
    for (size_t seen = 0; status == HEDUI_OK;) {
        text = window(scan);
        while (seen < text.length && text.at[seen] != '\n' && text.at[seen] != '\r')
            seen++;
        if (seen + 1 < text.length || scan->block.ended || seen > HEDUI_CSV_ROW) {
            scan->reader.format.cr_ends =
                seen + 1 < text.length && text.at[seen] == '\r' && text.at[seen + 1] != '\n';
            break;
        }
        status = hedui_block_more(&scan->block, err);
    }
    return status;
}

/* The cells of a line by `charset`; NULL without memory. */
static hedui_span *header_cells(hedui_scan *scan, uint32_t count, hedui_charset charset)
{
    hedui_converter other = {0};
    hedui_converter *converter = &scan->reader.converter;
    hedui_span *cells = hedui_arena_array(scan->delivery->arena, count, sizeof *cells);
    if (charset != converter->charset) {
        if (!hedui_converter_open(&other, charset))
            return NULL;
        converter = &other;
    }
    for (uint32_t i = 0; cells && i < count; i++) {
        hedui_span raw = hedui_csv_text(scan->reader.cells[i], &scan->reader.unquoted);
        hedui_span text = hedui_converter_lenient(converter, raw, &scan->reader.scratch);
        cells[i] = hedui_arena_copy(scan->delivery->arena, text);
        if (!cells[i].at)
            cells = NULL;
    }
    if (hedui_buffer_failed(&scan->reader.scratch) || hedui_buffer_failed(&scan->reader.unquoted))
        cells = NULL;
    hedui_converter_close(&other);
    return cells;
}

static hedui_status found_header(hedui_scan *scan, const hedui_span *cells, uint32_t count,
                                 hedui_err *err)
{
    hedui_delivery *delivery = scan->delivery;
    scan->ledger.header_lines++;
    scan->header_found = 1;
    hedui_refusal refusal = hedui_header_read(&scan->header, &delivery->refusal_detail,
                                              scan->layout, cells, count, delivery->arena);
    if (refusal == HEDUI_REFUSAL_COUNT)
        return hedui_fail_memory(err);
    uint32_t change = scan->layout->change_column;
    if (refusal == HEDUI_REFUSAL_none && scan->chain &&
        (change == HEDUI_COLUMN_NONE || scan->header.cell_of[change] == HEDUI_COLUMN_NONE)) {
        refusal = HEDUI_REFUSAL_column_missing;
        if (change != HEDUI_COLUMN_NONE)
            delivery->refusal_detail = scan->layout->columns[change].title;
    }
    delivery->refusal = refusal;
    if (refusal != HEDUI_REFUSAL_none)
        delivery->refusal_line = scan->block.line;
    delivery->extra_columns = scan->header.extra;
    delivery->extra_column_count = scan->header.extra_count;
    uint8_t *has = hedui_arena_take(delivery->arena, scan->layout->column_count);
    if (!has)
        return hedui_fail_memory(err);
    for (uint32_t c = 0; c < scan->layout->column_count; c++)
        has[c] = scan->header.cell_of[c] != HEDUI_COLUMN_NONE;
    delivery->has_column = has;
    return HEDUI_OK;
}

/* A line before the header was found: is it one? */
static hedui_status header_line(hedui_scan *scan, const hedui_csv_row *row, hedui_err *err)
{
    uint32_t count = 0;
    if (row->fault == HEDUI_CSV_SOUND)
        count = hedui_csv_split(scan->reader.cells, row, &scan->reader.format);
    if (count > HEDUI_CSV_FIELDS) {
        (void)refuse(scan, HEDUI_REFUSAL_too_many_columns, NULL);
        return HEDUI_OK;
    }
    hedui_span *cells = header_cells(scan, count, scan->layout->charset);
    if (!cells)
        return hedui_fail_memory(err);
    if (hedui_header_known(scan->layout, cells, count) >= hedui_header_enough(scan->layout))
        return found_header(scan, cells, count, err);
    int utf8 = scan->layout->charset == HEDUI_CHARSET_UTF8;
    cells = header_cells(scan, count, utf8 ? HEDUI_CHARSET_GB18030 : HEDUI_CHARSET_UTF8);
    if (!cells)
        return hedui_fail_memory(err);
    if (hedui_header_known(scan->layout, cells, count) >= hedui_header_enough(scan->layout))
        (void)refuse(scan, HEDUI_REFUSAL_charset, utf8 ? "gb18030" : "utf-8");
    else if (scan->ledger.title_lines == scan->layout->title_lines)
        (void)refuse(scan, HEDUI_REFUSAL_no_header, NULL);
    else
        scan->ledger.title_lines++;
    hedui_buffer_clear(&scan->reader.scratch);
    hedui_buffer_clear(&scan->reader.unquoted);
    return HEDUI_OK;
}

static int is_blank_line(const hedui_csv_row *row)
{
    return hedui_trim((hedui_span){row->at, row->length}).length == 0;
}

/* A row without an end in sight: remember its beginning and skip to its line end. */
static hedui_status start_skipping(hedui_scan *scan, hedui_err *err)
{
    hedui_status status = hedui_scan_flush(scan, err);
    hedui_scan_reject(&scan->skipped, scan, scan->block.offset, scan->block.line, 0,
                      HEDUI_REASON_row_too_long, HEDUI_COLUMN_NONE, window(scan));
    if (scan->watch)
        hedui_watch_endless(scan);
    scan->skipping = 1;
    scan->skipped_length = 0;
    scan->skipped_last = '\0';
    return status;
}

static hedui_status end_skipping(hedui_scan *scan, hedui_err *err)
{
    uint64_t length = scan->skipped_length - (scan->skipped_last == '\r');
    scan->skipped.length = length > UINT32_MAX ? UINT32_MAX : (uint32_t)length;
    scan->skipping = 0;
    if (!scan->header_found) {
        if (scan->ledger.title_lines++ == scan->layout->title_lines)
            (void)refuse(scan, HEDUI_REFUSAL_no_header, NULL);
        return HEDUI_OK;
    }
    hedui_status status = hedui_scan_footers_are_records(scan, err);
    scan->ledger.records++;
    return status == HEDUI_OK ? hedui_scan_keep_reject(scan, &scan->skipped, err) : status;
}

static hedui_status skip(hedui_scan *scan, hedui_err *err)
{
    hedui_span text = window(scan);
    const char *end = NULL;
    if (text.length)
        end = memchr(text.at, '\n', text.length);
    if (scan->reader.format.cr_ends && text.length) {
        const char *cr = memchr(text.at, '\r', end ? (size_t)(end - text.at) : text.length);
        end = cr ? cr : end;
    }
    size_t length = end ? (size_t)(end - text.at) : text.length;
    scan->skipped_length += length;
    if (length)
        scan->skipped_last = text.at[length - 1];
    if (end) {
        int pair = *end == '\r' && end + 1 < text.at + text.length && end[1] == '\n';
        hedui_block_take(&scan->block, length + 1 + (size_t)pair, 1);
        return end_skipping(scan, err);
    }
    hedui_block_take(&scan->block, length, 0);
    return scan->block.ended ? end_skipping(scan, err) : hedui_block_more(&scan->block, err);
}

static hedui_status take(hedui_scan *scan, const hedui_csv_row *row, hedui_err *err)
{
    hedui_status status;
    hedui_ledger before = {0};
    uint32_t footers = scan->footer_count;
    if (scan->watch)
        before = scan->ledger;
    if (scan->header_found)
        status =
            hedui_scan_row(scan, &(hedui_line){*row, scan->block.offset, scan->block.line}, err);
    else if (is_blank_line(row)) {
        scan->ledger.blank_lines++;
        status = HEDUI_OK;
    } else {
        status = header_line(scan, row, err);
    }
    if (scan->watch && status == HEDUI_OK)
        hedui_watch_row(scan, row, &before, footers);
    hedui_block_take(&scan->block, row->taken, row->lines);
    return status;
}

/* Of a text that is of no use, the container is still checked to its end: which of two faults is
 * told must not depend on the window. */
static hedui_status drain(hedui_scan *scan, hedui_err *err)
{
    hedui_status status = HEDUI_OK;
    while (status == HEDUI_OK && !scan->block.ended) {
        scan->block.from = scan->block.to;
        status = hedui_stop_check(scan->stop, err);
        if (status == HEDUI_OK)
            status = hedui_block_more(&scan->block, err);
    }
    return status;
}

/* Rows may not wait longer: the window moves. */
static hedui_status more(hedui_scan *scan, hedui_err *err)
{
    hedui_status status =
        hedui_share_goes_on(scan) ? hedui_share_send(scan, err) : hedui_scan_flush(scan, err);
    if (status == HEDUI_OK)
        status = hedui_stop_check(scan->stop, err);
    if (status == HEDUI_OK && !hedui_share_goes_on(scan))
        status = hedui_share_begin(scan, err);
    return status == HEDUI_OK ? hedui_block_more(&scan->block, err) : status;
}

hedui_status hedui_scan_run(hedui_scan *scan, hedui_err *err)
{
    hedui_csv_row row;
    hedui_status status = begin(scan, err);
    while (status == HEDUI_OK && scan->delivery->refusal == HEDUI_REFUSAL_none &&
           hedui_inflate_now(scan->inflate).refusal == HEDUI_REFUSAL_none) {
        if (scan->skipping) {
            status = skip(scan, err);
            continue;
        }
        switch (hedui_csv_next(&row, &scan->reader.format, window(scan), scan->block.ended)) {
        case HEDUI_CSV_GOT:
            status = hedui_share_goes_on(scan) ? hedui_share_row(scan, &row, err)
                                               : take(scan, &row, err);
            continue;
        case HEDUI_CSV_MORE:
            status = more(scan, err);
            continue;
        case HEDUI_CSV_ENDLESS:
            status = hedui_share_end(scan, err);
            if (status == HEDUI_OK)
                status = start_skipping(scan, err);
            continue;
        case HEDUI_CSV_END:
            break;
        }
        break;
    }
    if (status == HEDUI_OK)
        status = hedui_share_end(scan, err);
    if (status == HEDUI_OK)
        status = hedui_scan_flush(scan, err);
    scan->ledger.footer_lines += scan->footer_count;
    if (status == HEDUI_OK && !scan->header_found && scan->delivery->refusal == HEDUI_REFUSAL_none)
        (void)refuse(scan, HEDUI_REFUSAL_no_header, NULL);
    return status == HEDUI_OK ? drain(scan, err) : status;
}
