/* The tree as sets: cells, searched lists, variables and reasons, each once and in an order that
 * depends on the data only. */
#include "cel/explain.h"

#include <stdlib.h>

typedef struct sets {
    hedui_cel_cell *cells;
    hedui_cel_search *searches;
    hedui_cel_read *reads;
    uint32_t cell_count, search_count, read_count;
    value reasons;
    int assumed;
    hedui_arena *arena;
} sets;

static void count_nodes(const hedui_cel_witness *w, uint32_t *count)
{
    for (; w; w = w->next) {
        *count += 1;
        count_nodes(w->child, count);
    }
}

static void add_cell(sets *s, const hedui_cel_witness *w)
{
    hedui_cel_cell cell = {w->type, w->object, w->row, w->field, w->value};
    s->cells[s->cell_count++] = cell;
}

static void add_search(sets *s, const hedui_cel_witness *w)
{
    hedui_cel_search search = {w->program, w->type,  w->owner, w->object,
                               w->row,     w->field, w->count};
    for (uint32_t i = 0; i < s->search_count; i++) {
        const hedui_cel_search *other = &s->searches[i];
        if (other->program == search.program && other->type == search.type &&
            other->owner == search.owner && other->object == search.object &&
            other->row == search.row && other->field == search.field)
            return;
    }
    s->searches[s->search_count++] = search;
}

static void add_read(sets *s, const hedui_cel_witness *w)
{
    hedui_cel_read read = {w->slot, w->value};
    if (w->value.kind == HEDUI_CEL_RECORD || w->value.kind == HEDUI_CEL_LIST)
        return;
    for (uint32_t i = 0; i < s->read_count; i++)
        if (s->reads[i].slot == w->slot)
            return;
    s->reads[s->read_count++] = read;
}

static void collect(sets *s, const hedui_cel_witness *w)
{
    for (; w; w = w->next) {
        if (w->kind == HEDUI_CEL_WITNESS_ROW ||
            (w->kind == HEDUI_CEL_WITNESS_CELL && w->value.kind != HEDUI_CEL_UNKNOWN))
            add_cell(s, w);
        else if (w->kind == HEDUI_CEL_WITNESS_SEARCHED || w->kind == HEDUI_CEL_WITNESS_EVERY)
            add_search(s, w);
        else if (w->kind == HEDUI_CEL_WITNESS_VARIABLE && !hedui_cel_undetermined(w->value))
            add_read(s, w);
        else if (w->kind == HEDUI_CEL_WITNESS_UNKNOWN)
            s->reasons = hedui_cel_unknown_merge(s->reasons, w->value, s->arena);
        s->assumed |= w->kind == HEDUI_CEL_WITNESS_ASSUMED;
        collect(s, w->child);
    }
}

static uint32_t source_of(const type *t)
{
    return t && t->record ? t->record->source : 0;
}

static int compare_names(const type *a, const type *b)
{
    return a == b ? 0 : hedui_span_compare(a->name, b->name);
}

/* A row before its fields: HEDUI_CEL_NO_FIELD + 1 is 0. */
static int compare_cells(const void *left, const void *right)
{
    const hedui_cel_cell *a = left, *b = right;
    uint32_t sa = source_of(a->type), sb = source_of(b->type);
    if (sa != sb)
        return sa < sb ? -1 : 1;
    int names = compare_names(a->type, b->type);
    if (names)
        return names;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->field + 1 < b->field + 1 ? -1 : a->field + 1 > b->field + 1;
}

static int same_cell(const hedui_cel_cell *a, const hedui_cel_cell *b)
{
    int elements = a->value.kind == HEDUI_CEL_PERIOD || b->value.kind == HEDUI_CEL_PERIOD;
    return a->type == b->type && a->object == b->object && a->row == b->row &&
           a->field == b->field && (!elements || hedui_cel_equal(a->value, b->value));
}

/* Equal neighbours stay in the order of the tree, so equal rows of different objects do too. */
static void sort_cells(hedui_cel_cell *cells, hedui_cel_cell *spare, uint32_t count)
{
    for (uint64_t width = 1; width < count; width *= 2) {
        for (uint64_t low = 0; low < count; low += 2 * width) {
            uint64_t i = low, mid = low + width < count ? low + width : count;
            uint64_t j = mid, high = low + 2 * width < count ? low + 2 * width : count;
            for (uint64_t k = low; k < high; k++)
                spare[k] = j >= high || (i < mid && compare_cells(&cells[i], &cells[j]) <= 0)
                               ? cells[i++]
                               : cells[j++];
        }
        memcpy(cells, spare, count * sizeof *cells);
    }
}

static void unique_cells(sets *s)
{
    uint32_t used = 0;
    for (uint32_t i = 0; i < s->cell_count; i++) {
        uint32_t j = used;
        while (j > 0 && compare_cells(&s->cells[j - 1], &s->cells[i]) == 0 &&
               !same_cell(&s->cells[j - 1], &s->cells[i]))
            j--;
        if (j == 0 || !same_cell(&s->cells[j - 1], &s->cells[i]))
            s->cells[used++] = s->cells[i];
    }
    s->cell_count = used;
}

static int compare_reads(const void *left, const void *right)
{
    const hedui_cel_read *a = left, *b = right;
    return a->slot < b->slot ? -1 : a->slot > b->slot;
}

void hedui_cel_flatten(explainer *x, hedui_cel_explanation *result)
{
    sets s = {.reasons = hedui_cel_unknown(NULL, 0), .arena = x->e.arena};
    uint32_t count = 0;
    count_nodes(result->tree, &count);
    s.cells = hedui_arena_array(s.arena, count, sizeof *s.cells);
    s.searches = hedui_arena_array(s.arena, count, sizeof *s.searches);
    s.reads = hedui_arena_array(s.arena, count, sizeof *s.reads);
    hedui_cel_cell *spare = hedui_arena_array(s.arena, count, sizeof *spare);
    if (!s.cells || !s.searches || !s.reads || !spare) {
        x->failed = 1;
        return;
    }
    collect(&s, result->tree);
    sort_cells(s.cells, spare, s.cell_count);
    unique_cells(&s);
    qsort(s.reads, s.read_count, sizeof *s.reads, compare_reads);
    if (result->value.kind == HEDUI_CEL_UNKNOWN)
        s.reasons = hedui_cel_unknown_merge(s.reasons, result->value, s.arena);
    result->cells = s.cells;
    result->cell_count = s.cell_count;
    result->searches = s.searches;
    result->search_count = s.search_count;
    result->reads = s.reads;
    result->read_count = s.read_count;
    if (hedui_cel_undetermined(result->value) || hedui_cel_is_partial(result->value) || s.assumed) {
        result->reasons = s.reasons.as.reasons;
        result->reason_count = s.reasons.count;
    }
    result->assumed = s.assumed;
}
