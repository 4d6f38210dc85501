/* Months become stretches.
 *
 * Every row of a benefit feed says of one month: received, not received or not known; of several
 * rows of a month one that says received is enough. The months of the present spell that no row
 * speaks of are received, because the caseload says so. Neighbouring months are one stretch.
 *
 * A stretch is a period only if both its ends are certain: a month that may have been paid beside
 * it, or a row that may speak of any month, would make it another one. Asking for its length or its
 * last day must not give an answer that a row better read would overturn. */
#include "rule/intervals.h"
#include "rule/getter.h"

#include <hedui/date.h>

#include <stdlib.h>

typedef enum received { RECEIVED_NOT, RECEIVED_MAYBE, RECEIVED } received;

/* Months first .. last, year * 12 + month - 1. */
typedef struct stretch {
    int32_t first, last;
    received is;
} stretch;

typedef struct gathering {
    const hedui_case *c;
    hedui_arena *arena;
    stretch *months; /* one a row, later one a month, by month */
    uint32_t count;
    hedui_cel_value open;  /* why there may be any month more */
    hedui_cel_value doubt; /* why single months are not certain */
    hedui_cel_value failed;
} gathering;

int hedui_is_benefit_feed(const hedui_catalogue *catalogue, uint32_t feed)
{
    return catalogue->feeds[feed]->benefit.month != HEDUI_COLUMN_NONE;
}

int hedui_has_benefit(const hedui_catalogue *catalogue)
{
    for (uint32_t f = 0; f < catalogue->feed_count; f++)
        if (hedui_is_benefit_feed(catalogue, f))
            return 1;
    return 0;
}

static uint32_t field_of(const uint32_t *columns, uint32_t count, uint32_t column)
{
    for (uint32_t i = 0; i < count && column != HEDUI_COLUMN_NONE; i++)
        if (columns[i] == column)
            return i;
    return UINT32_MAX;
}

void hedui_benefit_fields(uint32_t fields[2], const hedui_catalogue *catalogue, uint32_t feed)
{
    const hedui_row_shape *shape = &catalogue->rows[feed];
    const hedui_layout_benefit *benefit = &catalogue->feeds[feed]->benefit;
    fields[0] = field_of(shape->columns, shape->member, benefit->month);
    fields[1] = field_of(shape->columns, shape->member, benefit->state);
}

void hedui_benefit_household_fields(uint32_t fields[2], const hedui_catalogue *catalogue)
{
    const hedui_layout_benefit *benefit = &catalogue->households->benefit;
    fields[0] = field_of(catalogue->household_columns, catalogue->household_members, benefit->from);
    fields[1] =
        field_of(catalogue->household_columns, catalogue->household_members, benefit->state);
}

int hedui_benefit_month(int32_t *month, const hedui_case *the_case, uint32_t feed, uint32_t row,
                        hedui_arena *arena)
{
    uint32_t fields[2];
    hedui_benefit_fields(fields, the_case->catalogue, feed);
    hedui_cel_value value =
        hedui_get_row(&the_case->catalogue->rows[feed], the_case, row, fields[0], arena);
    if (value.kind != HEDUI_CEL_MONTH)
        return 0;
    *month = value.as.day;
    return 1;
}

static int is_absent(hedui_cel_value value)
{
    return value.kind == HEDUI_CEL_ERROR && value.code == HEDUI_CEL_ERROR_ABSENT;
}

static void because(gathering *g, hedui_cel_value *why, hedui_cel_value unknown)
{
    if (unknown.kind == HEDUI_CEL_UNKNOWN)
        *why = hedui_cel_unknown_merge(*why, unknown, g->arena);
    else
        g->failed = unknown;
}

/* What a state says; `value` unknown, absent or a code. An unknown goes into `why`. */
static received read_state(gathering *g, hedui_cel_value value, const hedui_layout_benefit *benefit,
                           hedui_cel_value undecided, hedui_cel_value *why)
{
    if (value.kind == HEDUI_CEL_UNKNOWN) {
        because(g, why, value);
        return RECEIVED_MAYBE;
    }
    if (value.kind != HEDUI_CEL_CODE) {
        if (!is_absent(value))
            g->failed = value;
        return RECEIVED_NOT;
    }
    uint64_t bit = UINT64_C(1) << (value.count & 63);
    if (benefit->undecided & bit) {
        because(g, why, undecided);
        return RECEIVED_MAYBE;
    }
    return benefit->received & bit ? RECEIVED : RECEIVED_NOT;
}

static void add_row(gathering *g, uint32_t feed, uint32_t row)
{
    const hedui_row_shape *shape = &g->c->catalogue->rows[feed];
    const hedui_layout_benefit *benefit = &g->c->catalogue->feeds[feed]->benefit;
    uint32_t fields[2], member = g->c->book->feeds[feed].links[row].member;
    received is = RECEIVED;
    hedui_benefit_fields(fields, g->c->catalogue, feed);
    hedui_cel_value month = hedui_get_row(shape, g->c, row, fields[0], g->arena);
    if (fields[1] != UINT32_MAX) {
        hedui_cel_value undecided =
            hedui_get_unknown(HEDUI_CAUSE_BAD_FIELD, feed, benefit->state, member, g->arena);
        hedui_cel_value state = hedui_get_row(shape, g->c, row, fields[1], g->arena);
        is = read_state(g, state, benefit, undecided, &g->doubt);
    }
    if (month.kind == HEDUI_CEL_MONTH)
        g->months[g->count++] = (stretch){month.as.day, month.as.day, is};
    else if (!is_absent(month))
        because(g, &g->open, month); /* received or not: it may be any month of the spell */
}

/* The rows of the list as rules see it: of those who count, and why there may be more. */
static void add_feed(gathering *g, uint32_t feed)
{
    const hedui_catalogue *catalogue = g->c->catalogue;
    uint32_t field = catalogue->household_lists + feed;
    hedui_cel_value list = hedui_get_household(catalogue, g->c, g->c->household, field, g->arena);
    if (list.kind != HEDUI_CEL_LIST) {
        because(g, &g->open, list);
        return;
    }
    stretch *more = hedui_arena_array(g->arena, (size_t)g->count + list.count, sizeof *more);
    if (!more) {
        g->failed = hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
        return;
    }
    if (g->count)
        memcpy(more, g->months, g->count * sizeof *more);
    g->months = more;
    for (uint32_t i = 0; i < list.count; i++)
        if (list.as.items[i].kind == HEDUI_CEL_UNKNOWN)
            because(g, &g->open, list.as.items[i]);
        else
            add_row(g, feed, list.as.items[i].count);
}

int32_t hedui_benefit_month_of(int32_t day)
{
    int year, month, day_of_month;
    hedui_date_to_civil(&year, &month, &day_of_month, day);
    return year * 12 + month - 1;
}

/* What the caseload says is received now, up to the month of the run; none: last before first. */
static stretch present(gathering *g)
{
    const stretch none = {0, -1, RECEIVED};
    const hedui_catalogue *catalogue = g->c->catalogue;
    uint32_t fields[2], household = g->c->household;
    hedui_benefit_household_fields(fields, catalogue);
    if (fields[0] == UINT32_MAX)
        return none;
    hedui_cel_value from = hedui_get_household(catalogue, g->c, household, fields[0], g->arena);
    if (fields[1] != UINT32_MAX) {
        hedui_cel_value state =
            hedui_get_household(catalogue, g->c, household, fields[1], g->arena);
        hedui_cel_value undecided =
            hedui_get_unknown(HEDUI_CAUSE_BAD_FIELD, catalogue->feed_count,
                              catalogue->households->benefit.state, UINT32_MAX, g->arena);
        if (read_state(g, state, &catalogue->households->benefit, undecided, &g->open) != RECEIVED)
            return none;
    }
    if (from.kind == HEDUI_CEL_MONTH)
        return (stretch){from.as.day, hedui_benefit_month_of(g->c->book->as_of), RECEIVED};
    if (!is_absent(from))
        because(g, &g->open, from);
    return none;
}

static int by_month(const void *a, const void *b)
{
    const stretch *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->is < y->is) - (x->is > y->is);
}

/* One a month: the first of each is the one that says most. */
static void distinct(gathering *g)
{
    uint32_t used = 0;
    if (g->count)
        qsort(g->months, g->count, sizeof *g->months, by_month);
    for (uint32_t i = 0; i < g->count; i++)
        if (!used || g->months[used - 1].first != g->months[i].first)
            g->months[used++] = g->months[i];
    g->count = used;
}

typedef struct listing {
    hedui_cel_value *items;
    uint32_t count;
    stretch last; /* being put together; `is` RECEIVED_NOT: none */
    hedui_cel_value doubt;
} listing;

static int32_t first_day(int32_t month)
{
    int32_t day = 0;
    (void)hedui_date_from_civil(&day, month / 12, month % 12 + 1, 1);
    return day;
}

static int32_t last_day(int32_t month)
{
    return first_day(month) + hedui_date_month_length(month / 12, month % 12 + 1) - 1;
}

static void end_stretch(listing *l)
{
    const stretch *s = &l->last;
    if (s->is == RECEIVED_MAYBE)
        l->items[l->count++] = l->doubt;
    else if (s->is == RECEIVED)
        l->items[l->count++] =
            hedui_cel_period(s->last - s->first + 1, 0, first_day(s->first), last_day(s->last));
    l->last.is = RECEIVED_NOT;
}

static void add_stretch(listing *l, stretch s)
{
    if (s.last < s.first || s.is == RECEIVED_NOT)
        return;
    if (l->last.is != RECEIVED_NOT && l->last.last + 1 == s.first) {
        l->last.last = s.last;
        l->last.is = s.is < l->last.is ? s.is : l->last.is;
        return;
    }
    end_stretch(l);
    l->last = s;
}

/* The months of the spell that no row speaks of, in their places between those of the rows. */
static hedui_cel_value merged(const gathering *g, stretch spell)
{
    listing l = {.doubt = g->doubt, .last = {0, -1, RECEIVED_NOT}};
    l.items = hedui_arena_array(g->arena, 2 * (size_t)g->count + 1, sizeof *l.items);
    if (!l.items)
        return hedui_cel_fail(HEDUI_CEL_ERROR_MEMORY);
    for (uint32_t i = 0; i < g->count; i++) {
        stretch month = g->months[i], before = spell;
        if (before.last >= month.first)
            before.last = month.first - 1;
        add_stretch(&l, before);
        if (spell.first <= month.first)
            spell.first = month.first + 1;
        add_stretch(&l, month);
    }
    add_stretch(&l, spell);
    end_stretch(&l);
    return hedui_cel_list(l.items, l.count);
}

hedui_cel_value hedui_benefit_intervals(const hedui_case *the_case, hedui_arena *arena)
{
    hedui_cel_value nothing = hedui_cel_unknown(NULL, 0);
    gathering g = {.c = the_case, .arena = arena, .open = nothing, .doubt = nothing};
    g.failed = hedui_cel_null();
    for (uint32_t f = 0; f < the_case->catalogue->feed_count; f++)
        if (hedui_is_benefit_feed(the_case->catalogue, f))
            add_feed(&g, f);
    stretch spell = present(&g);
    if (g.failed.kind == HEDUI_CEL_ERROR)
        return g.failed;
    if (g.open.count)
        return g.open;
    distinct(&g);
    return merged(&g, spell);
}
