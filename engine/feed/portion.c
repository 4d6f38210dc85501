/* The same steps as row by row (row.c, batch.c), up to where the rows before begin to matter. A row
 * with which anything is wrong, or that may be a footer, is left to be read row by row: such rows
 * are few, and all that is told of them is told in one place. */
#include "feed/portion.h"

enum { FIRST_EVENTS = 64 };

/* Texts and tables of what was read stand in the row arena, below what is given up with a row. */
static void *keep(hedui_portion *portion, size_t count, size_t size)
{
    void *kept = hedui_arena_array(portion->reader.row_arena, count, size);
    portion->failed |= !kept;
    return kept;
}

static hedui_portion_event *last(hedui_portion *portion)
{
    return &portion->events[portion->event_count - 1];
}

/* The last event is the open one: rows are counted in it until it gets its line. */
static void open_event(hedui_portion *portion)
{
    if (portion->event_count == portion->event_room) {
        uint32_t room = portion->event_room ? portion->event_room * 4 : FIRST_EVENTS;
        hedui_portion_event *events = keep(portion, room, sizeof *events);
        if (!events)
            return;
        if (portion->event_count)
            memcpy(events, portion->events, portion->event_count * sizeof *events);
        portion->events = events;
        portion->event_room = room;
    }
    portion->events[portion->event_count++] = (hedui_portion_event){0};
}

static void put_event(hedui_portion *portion, const hedui_line *line, const hedui_portion_row *row)
{
    last(portion)->line = line;
    last(portion)->row = row;
    open_event(portion);
}

static void decode(hedui_portion *portion, const hedui_pending *p, const hedui_line *line)
{
    hedui_reader *reader = &portion->reader;
    hedui_decoded_row *decoded = hedui_reader_keep(reader, line);
    hedui_portion_row *row = keep(portion, 1, sizeof *row);
    portion->failed |= !decoded;
    if (portion->failed)
        return;
    if (decoded->fault != HEDUI_DECODED) {
        put_event(portion, line, NULL);
        return;
    }
    row->decoded = decoded;
    row->id_count = p->id_count;
    for (uint32_t i = 0; i < p->id_count; i++) {
        row->persons[i] = reader->persons[p->first_id + i];
        row->roles[i] = reader->roles[p->first_id + i];
        row->forms[i] = reader->forms[p->first_id + i];
    }
    put_event(portion, line, row);
}

static void decide(hedui_portion *portion, const hedui_line *const *lines)
{
    hedui_reader *reader = &portion->reader;
    hedui_reader_match(reader);
    for (uint32_t i = 0; i < reader->pending_count && !portion->failed; i++) {
        const hedui_pending *p = &reader->pending[i];
        if (p->fault != HEDUI_CSV_SOUND)
            put_event(portion, lines[i], NULL);
        else if (p->other_document)
            last(portion)->others++;
        else if (hedui_reader_wanted(reader, p))
            decode(portion, p, lines[i]);
        else
            last(portion)->strangers++;
        reader->row_start = hedui_arena_here(reader->row_arena); /* what was kept, stays */
        portion->failed |= !hedui_reader_forget(reader);
    }
    reader->pending_count = 0;
    reader->id_count = 0;
}

/* Structure and numbers of a row; it waits unless there is nothing in it. */
static void look(hedui_portion *portion, const hedui_line *line, const hedui_line **lines)
{
    hedui_reader *reader = &portion->reader;
    if (hedui_reader_blank(reader, &line->row)) {
        portion->blank++;
        return;
    }
    lines[reader->pending_count] = line;
    hedui_pending *p = &reader->pending[reader->pending_count++];
    *p = (hedui_pending){.fault = line->row.fault, .first_id = reader->id_count};
    if (p->fault != HEDUI_CSV_SOUND)
        return;
    uint32_t count = hedui_reader_cut(&p->fault, reader, &line->row);
    if (p->fault != HEDUI_CSV_SOUND)
        return;
    if (hedui_reader_footer(reader, count, p->fault))
        p->fault = HEDUI_REASON_csv_columns;
    else
        p->other_document = hedui_reader_persons(reader, p);
    portion->failed |= !hedui_reader_forget(reader);
}

static void read_lines(hedui_crew_work *work)
{
    hedui_portion *portion = (hedui_portion *)work;
    const hedui_line *waiting[HEDUI_MATCH_BATCH];
    open_event(portion);
    portion->reader.row_start = hedui_arena_here(portion->reader.row_arena);
    for (uint32_t i = 0; i < portion->line_count && !portion->failed; i++) {
        look(portion, &portion->lines[i], waiting);
        if (hedui_reader_full(&portion->reader))
            decide(portion, waiting);
    }
    if (!portion->failed)
        decide(portion, waiting);
}

hedui_portion *hedui_portion_open(const hedui_reader *of, hedui_arena *arena)
{
    hedui_portion *portion = hedui_arena_take(arena, sizeof *portion);
    if (!portion)
        return NULL;
    portion->work.run = read_lines;
    portion->lines = hedui_arena_array(arena, HEDUI_PORTION_ROWS, sizeof *portion->lines);
    if (!portion->lines ||
        !hedui_reader_open(&portion->reader, of->layout, of->header, of->matcher)) {
        hedui_portion_close(portion);
        return NULL;
    }
    portion->reader.format = of->format;
    portion->start = portion->reader.row_start;
    return portion;
}

void hedui_portion_close(hedui_portion *portion)
{
    if (portion)
        hedui_reader_close(&portion->reader);
}

void hedui_portion_reset(hedui_portion *portion)
{
    hedui_arena_reset(portion->reader.row_arena, portion->start);
    portion->reader.row_start = portion->start;
    portion->reader.pending_count = 0;
    portion->reader.id_count = 0;
    portion->line_count = 0;
    portion->blank = 0;
    portion->events = NULL;
    portion->event_count = 0;
    portion->event_room = 0;
    portion->failed = 0;
}
