/* The scan's side of portions: a ring of those that were handed over, the oldest of which is
 * settled when there is no room for another. A portion that is sent takes the window along and
 * leaves its own room for the next: the text of rows stays where it is until they are settled, and
 * only what is left of the last row is copied. */
#include "feed/share.h"

#include "feed/portion.h"
#include "feed/scan.h"

enum { MOST = 6 };

struct hedui_share {
    hedui_crew *crew;
    hedui_portion *open;       /* rows are put into it; NULL: they are read one by one */
    hedui_portion *sent[MOST]; /* a ring */
    uint32_t first, sent_count;
    hedui_portion *spare[MOST];
    uint32_t spare_count, made;
};

static hedui_share *share_of(hedui_scan *scan)
{
    if (!scan->share)
        scan->share = hedui_arena_take(scan->arena, sizeof *scan->share);
    if (scan->share)
        scan->share->crew = scan->crew;
    return scan->share;
}

int hedui_share_goes_on(const hedui_scan *scan)
{
    return scan->share && scan->share->open;
}

/* A decoded row: as if the scan's own reader had read it. */
static hedui_status settle_row(hedui_scan *scan, const hedui_portion_event *event, hedui_err *err)
{
    hedui_reader *reader = &scan->reader;
    const hedui_portion_row *row = event->row;
    const hedui_pending p = {
        .line = *event->line, .fault = HEDUI_CSV_SOUND, .id_count = row->id_count};
    for (uint32_t i = 0; i < row->id_count; i++) {
        reader->persons[i] = row->persons[i];
        reader->roles[i] = row->roles[i];
        reader->forms[i] = row->forms[i];
    }
    scan->ledger.records++;
    hedui_status status = hedui_scan_settle(scan, &p, row->decoded, err);
    return status == HEDUI_OK ? hedui_scan_forget_row(scan, err) : status;
}

static hedui_status settle_event(hedui_scan *scan, const hedui_portion_event *event, hedui_err *err)
{
    hedui_ledger *ledger = &scan->ledger;
    hedui_status status = HEDUI_OK;
    if (event->strangers || event->others || event->row)
        status = hedui_scan_footers_are_records(scan, err);
    ledger->records += (uint64_t)event->strangers + event->others;
    ledger->accepted += event->strangers;
    ledger->not_in_caseload += event->strangers;
    ledger->other_document += event->others;
    if (status != HEDUI_OK || !event->line)
        return status;
    if (event->row)
        return settle_row(scan, event, err);
    status = hedui_scan_row(scan, event->line, err);
    return status == HEDUI_OK ? hedui_scan_flush(scan, err) : status;
}

static hedui_status settle(hedui_scan *scan, const hedui_portion *portion, hedui_err *err)
{
    enum { AHEAD = 8 };
    hedui_status status = portion->failed ? hedui_fail_memory(err) : HEDUI_OK;
    scan->ledger.blank_lines += portion->blank;
    for (uint32_t i = 0; i < portion->event_count && status == HEDUI_OK; i++) {
        if (i + AHEAD < portion->event_count && portion->events[i + AHEAD].row)
            hedui_seen_prefetch(&scan->seen, portion->events[i + AHEAD].row->decoded->hash);
        status = settle_event(scan, &portion->events[i], err);
    }
    return status;
}

static hedui_status settle_oldest(hedui_scan *scan, hedui_err *err)
{
    hedui_share *share = scan->share;
    hedui_portion *portion = share->sent[share->first];
    share->first = (share->first + 1) % MOST;
    share->sent_count--;
    hedui_crew_finish(share->crew, &portion->work);
    hedui_status status = settle(scan, portion, err);
    hedui_portion_reset(portion);
    share->spare[share->spare_count++] = portion;
    return status;
}

/* Put rows into a portion from now on. */
static hedui_status open_portion(hedui_scan *scan, hedui_err *err)
{
    hedui_share *share = scan->share;
    hedui_status status = HEDUI_OK;
    if (!share->spare_count && share->made < MOST) {
        hedui_portion *made = hedui_portion_open(&scan->reader, scan->arena);
        if (!made)
            return hedui_fail_memory(err);
        share->spare[share->spare_count++] = made;
        share->made++;
    }
    if (!share->spare_count)
        status = settle_oldest(scan, err);
    if (status == HEDUI_OK)
        share->open = share->spare[--share->spare_count];
    return status;
}

hedui_status hedui_share_begin(hedui_scan *scan, hedui_err *err)
{
    if (!scan->crew || !scan->header_found || scan->chain || scan->watch || scan->doubles ||
        !hedui_scan_knows_charset(scan) || (!scan->always_share && !hedui_crew_idle(scan->crew)))
        return HEDUI_OK;
    return share_of(scan) ? open_portion(scan, err) : hedui_fail_memory(err);
}

hedui_status hedui_share_row(hedui_scan *scan, const hedui_csv_row *row, hedui_err *err)
{
    hedui_portion *open = scan->share->open;
    open->lines[open->line_count++] = (hedui_line){*row, scan->block.offset, scan->block.line};
    hedui_block_take(&scan->block, row->taken, row->lines);
    return open->line_count == HEDUI_PORTION_ROWS ? hedui_share_send(scan, err) : HEDUI_OK;
}

hedui_status hedui_share_send(hedui_scan *scan, hedui_err *err)
{
    hedui_share *share = scan->share;
    hedui_portion *portion = share->open;
    if (!portion->line_count)
        return HEDUI_OK;
    if (!hedui_block_part(&scan->block, &portion->text, &portion->size))
        return hedui_fail_memory(err);
    share->open = NULL;
    share->sent[(share->first + share->sent_count++) % MOST] = portion;
    hedui_crew_offer(share->crew, &portion->work);
    hedui_status status = open_portion(scan, err);
    if (status != HEDUI_OK)
        return status;
    if (scan->always_share || share->sent_count > 1 || hedui_crew_idle(share->crew))
        return HEDUI_OK;
    return hedui_share_end(scan, err);
}

hedui_status hedui_share_end(hedui_scan *scan, hedui_err *err)
{
    hedui_share *share = scan->share;
    hedui_status status = HEDUI_OK;
    if (!share)
        return HEDUI_OK;
    if (share->open && share->open->line_count)
        status = hedui_share_send(scan, err);
    while (status == HEDUI_OK && share->sent_count)
        status = settle_oldest(scan, err);
    if (share->open && status == HEDUI_OK) {
        share->spare[share->spare_count++] = share->open;
        share->open = NULL;
    }
    return status;
}

void hedui_share_close(hedui_share *share)
{
    if (!share)
        return;
    for (; share->sent_count; share->sent_count--, share->first = (share->first + 1) % MOST) {
        hedui_crew_finish(share->crew, &share->sent[share->first]->work);
        hedui_portion_close(share->sent[share->first]);
    }
    while (share->spare_count)
        hedui_portion_close(share->spare[--share->spare_count]);
    hedui_portion_close(share->open);
}
