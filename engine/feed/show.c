/* `feeds show`: one line of a delivery, what each cell was read as, and what became of the row. */
#include <hedui/feed_line.h>

#include "feed/delivery.h"
#include "feed/inbox.h"
#include "feed/watch.h"

#include "value/mask.h"

#include <stdlib.h>

typedef struct showing {
    hedui_feed_line *told;
    const hedui_layout *layout;
    hedui_arena *arena;
    int reveal, failed;
} showing;

/* Names, numbers and free text are masked; so is whatever stands in an unknown column. */
static hedui_span shown(showing *s, const hedui_column *column, hedui_span text)
{
    enum { ROOM = 400 };
    char masked[ROOM];
    hedui_mask mask = HEDUI_MASK_TEXT;
    if (s->told->kind == HEDUI_LINE_HEADER)
        mask = HEDUI_MASK_NOTHING; /* names of columns are nobody's */
    if (column && !column->sensitive && column->type != HEDUI_COLUMN_CITIZEN_ID &&
        !hedui_column_type_is_text(column->type))
        mask = HEDUI_MASK_NOTHING;
    if (!s->reveal) {
        hedui_mask_excerpt(masked, sizeof masked, text, mask);
        text = hedui_span_of(masked);
    }
    hedui_span kept = hedui_arena_copy(s->arena, text);
    s->failed |= kept.at == NULL;
    return kept.at ? kept : hedui_span_of("");
}

static hedui_span value_of(showing *s, const hedui_column *column, const hedui_decoded *decoded)
{
    hedui_buffer text;
    if (decoded->state != HEDUI_CELL_VALUE)
        return hedui_span_of("");
    if (hedui_column_type_is_text(column->type))
        return shown(s, column, decoded->text);
    hedui_buffer_init(&text);
    hedui_column_print(&text, column, decoded->number);
    if (column->type == HEDUI_COLUMN_CODE) {
        hedui_buffer_byte(&text, ' ');
        hedui_buffer_add(&text, column->list->codes[decoded->number].label);
    }
    hedui_span made = shown(s, column, hedui_buffer_span(&text));
    s->failed |= hedui_buffer_failed(&text);
    hedui_buffer_free(&text);
    return made;
}

static const char *state_word(const hedui_watch_cell *cell)
{
    static const char *const words[] = {"value", "absent",    "unknown",       "unlisted",
                                        "bad",   "no_column", "other_document"};
    return cell->column == HEDUI_COLUMN_NONE ? "extra" : words[cell->decoded.state];
}

static void tell_cells(showing *s, const hedui_watch *watch)
{
    hedui_feed_cell *cells = hedui_arena_array(s->arena, watch->cell_count, sizeof *cells);
    if (!cells) {
        s->failed = 1;
        return;
    }
    for (uint32_t i = 0; i < watch->cell_count; i++) {
        const hedui_watch_cell *cell = &watch->cells[i];
        const hedui_column *column =
            cell->column == HEDUI_COLUMN_NONE ? NULL : &s->layout->columns[cell->column];
        cells[i].name = column ? column->name : hedui_span_of("");
        cells[i].header = cell->header;
        cells[i].type = column ? hedui_column_type_name(column->type) : "";
        cells[i].raw = shown(s, column, cell->raw);
        cells[i].value = hedui_span_of("");
        cells[i].state = state_word(cell);
        if (!column)
            continue;
        cells[i].value = value_of(s, column, &cell->decoded);
        if (cell->decoded.reason == HEDUI_DECODED)
            continue;
        cells[i].reason = hedui_reason_name(cell->decoded.reason);
        cells[i].zh = hedui_reason_text(cell->decoded.reason, 1);
        cells[i].en = hedui_reason_text(cell->decoded.reason, 0);
    }
    s->told->cells = cells;
    s->told->cell_count = watch->cell_count;
}

/* What the ledger made of the row, which only the end of the scan could tell. */
static hedui_status settle(hedui_watch *watch, const hedui_delivery *delivery, hedui_err *err)
{
    uint64_t count = hedui_rejects_count(delivery->rejects);
    for (uint64_t i = 0; i < count && watch->kind != HEDUI_LINE_NONE; i++) {
        hedui_reject one;
        hedui_status status = hedui_rejects_get(&one, delivery->rejects, i, err);
        if (status != HEDUI_OK)
            return status;
        if (one.offset != watch->offset)
            continue;
        watch->kind = HEDUI_LINE_REJECTED;
        watch->reason = (hedui_reason)one.reason;
        watch->column = one.column;
        watch->length = one.length;
        return HEDUI_OK;
    }
    if (delivery->refusal != HEDUI_REFUSAL_none && watch->kind == HEDUI_LINE_DUPLICATE)
        watch->kind = HEDUI_LINE_READ;
    if (watch->kind == HEDUI_LINE_READ && delivery->refusal == HEDUI_REFUSAL_none)
        watch->kind = HEDUI_LINE_ACCEPTED;
    return HEDUI_OK;
}

static hedui_status tell(showing *s, const hedui_watch *watch, const hedui_delivery *delivery,
                         hedui_err *err)
{
    hedui_feed_line *told = s->told;
    told->feed = s->layout->name;
    told->title = s->layout->title;
    told->source = s->layout->source;
    told->line = watch->line;
    told->kind = watch->kind;
    told->first = watch->first;
    told->lines = watch->lines;
    told->offset = watch->offset;
    told->length = watch->length;
    hedui_digest_hex(told->sha256, &delivery->digest);
    if (watch->kind == HEDUI_LINE_REJECTED) {
        told->reason = hedui_reason_name(watch->reason);
        told->zh = hedui_reason_text(watch->reason, 1);
        told->en = hedui_reason_text(watch->reason, 0);
        if (watch->column != HEDUI_COLUMN_NONE)
            told->column = s->layout->columns[watch->column].title;
    }
    if (delivery->refusal != HEDUI_REFUSAL_none) {
        told->refusal = hedui_refusal_name(delivery->refusal);
        told->refusal_zh = hedui_refusal_text(delivery->refusal, 1);
        told->refusal_en = hedui_refusal_text(delivery->refusal, 0);
    }
    tell_cells(s, watch);
    return s->failed || watch->failed ? hedui_fail_memory(err) : HEDUI_OK;
}

hedui_status hedui_feed_show(const hedui_feed_line **line, const char *path, const char *feed,
                             uint32_t number, int reveal, const char *const *folders,
                             size_t folder_count, hedui_arena *arena, hedui_err *err)
{
    const hedui_layouts *layouts;
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    showing s = {.arena = arena, .reveal = reveal};
    hedui_watch watch = {.line = number, .arena = arena, .column = HEDUI_COLUMN_NONE};
    hedui_scan_options options = {.watch = &watch};
    hedui_delivery *delivery = NULL;
    hedui_status status = hedui_layouts_load(&layouts, folders, folder_count, arena, NULL, err);
    if (status == HEDUI_OK && feed)
        s.layout = hedui_layouts_find_named(layouts, hedui_span_of(feed));
    else if (status == HEDUI_OK)
        status = hedui_inbox_layout(&s.layout, NULL, name, layouts, err);
    if (status == HEDUI_OK && !s.layout)
        status = feed ? hedui_fail(err, HEDUI_E2032, hedui_place_none(), HEDUI_ARG_TEXT(feed))
                      : hedui_fail(err, HEDUI_E2031, hedui_place_none(), HEDUI_ARG_TEXT(name));
    if (status == HEDUI_OK)
        status = hedui_delivery_survey(&delivery, path, s.layout, &options, err);
    if (status == HEDUI_OK)
        status = settle(&watch, delivery, err);
    if (status == HEDUI_OK && !(s.told = hedui_arena_take(arena, sizeof *s.told)))
        status = hedui_fail_memory(err);
    if (status == HEDUI_OK)
        status = tell(&s, &watch, delivery, err);
    hedui_delivery_close(delivery);
    if (status == HEDUI_OK)
        *line = s.told;
    return status;
}
